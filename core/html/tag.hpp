/// Names of the elements Deckle knows, interned. Anything else is Tag::unknown and keeps its name as text.
#pragma once
#include <cstdint>
#include <string_view>

// clang-format off
#define DECKLE_HTML_TAGS(X) \
    X(a) X(abbr) X(address) X(area) X(article) X(aside) X(audio) X(b) X(base) X(bdi) X(bdo) X(big) X(blockquote) X(body) \
    X(br) X(button) X(canvas) X(caption) X(center) X(cite) X(code) X(col) X(colgroup) X(data) X(datalist) X(dd) X(del) \
    X(details) X(dfn) X(dialog) X(dir) X(div) X(dl) X(dt) X(em) X(embed) X(fieldset) X(figcaption) X(figure) X(font) \
    X(footer) X(form) X(frame) X(frameset) X(h1) X(h2) X(h3) X(h4) X(h5) X(h6) X(head) X(header) X(hgroup) X(hr) X(html) \
    X(i) X(iframe) X(img) X(input) X(ins) X(kbd) X(label) X(legend) X(li) X(link) X(main) X(map) X(mark) X(menu) X(meta) \
    X(meter) X(nav) X(noscript) X(object) X(ol) X(optgroup) X(option) X(output) X(p) X(param) X(picture) X(pre) \
    X(progress) X(q) X(rp) X(rt) X(ruby) X(s) X(samp) X(script) X(search) X(section) X(select) X(slot) X(small) X(source) \
    X(span) X(strike) X(strong) X(style) X(sub) X(summary) X(sup) X(table) X(tbody) X(td) X(textarea) X(tfoot) X(th) \
    X(thead) X(time) X(title) X(tr) X(track) X(tt) X(u) X(ul) X(var) X(video) X(wbr) \
    X(applet) X(basefont) X(bgsound) X(keygen) X(listing) X(marquee) X(math) X(nobr) X(noembed) X(noframes) X(plaintext) \
    X(rb) X(rtc) X(xmp)
#define DECKLE_SVG_TAGS(X) \
    X(svg) X(g) X(defs) X(use) X(symbol) X(path) X(rect) X(circle) X(ellipse) X(line) X(polyline) X(polygon) X(text) \
    X(tspan) X(textPath) X(linearGradient) X(radialGradient) X(stop) X(clipPath) X(mask) X(pattern) X(marker) X(image) \
    X(desc) X(metadata) X(foreignObject) X(filter)
// clang-format on

namespace deckle::html {

enum class Tag : std::uint8_t {
    unknown,
#define X(name) name,
    DECKLE_HTML_TAGS(X) DECKLE_SVG_TAGS(X)
#undef X
        template_, // <template>
    switch_,       // SVG <switch>
};

/// Case-sensitive ("linearGradient"); HTML names are lower case.
[[nodiscard]] Tag tag_from_name(std::string_view name);
/// Empty for Tag::unknown.
[[nodiscard]] std::string_view tag_name(Tag tag);

} // namespace deckle::html
