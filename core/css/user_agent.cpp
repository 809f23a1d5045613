/// HTML5's suggested rendering (https://html.spec.whatwg.org/multipage/rendering.html), made for print.
#include "css/sheet_data.hpp"
#include "css/stylesheet.hpp"

namespace deckle::css {
namespace {

constexpr char const* text = R"css(
@page { margin: 54pt }
html, body, address, article, aside, blockquote, center, dd, details, dialog, dir, div, dl, dt, fieldset, figcaption,
figure, footer, form, h1, h2, h3, h4, h5, h6, header, hgroup, hr, legend, listing, main, menu, nav, ol, p, plaintext, pre,
search, section, summary, ul, xmp, optgroup, option { display: block }
head, link, meta, script, style, title, base, template, datalist, param, source, track, area, rp, audio, basefont, bgsound,
frame, frameset, noembed, noframes,
desc, metadata, defs, dialog:not([open]), details:not([open]) > :not(summary) { display: none }
svg title { display: none }
li { display: list-item; counter-increment: list-item }
summary { display: block }
body { margin: 0 }
p, dl, ul, ol, menu, dir, blockquote, figure, pre, listing, xmp, plaintext { margin: 1em 0 }
blockquote, figure { margin-left: 30pt; margin-right: 30pt }
dd { margin-inline-start: 30pt }
ul, ol, menu, dir { padding-inline-start: 30pt; counter-reset: list-item }
ul ul, ul ol, ol ul, ol ol, dl ul, dl ol, ul dl, ol dl { margin-top: 0; margin-bottom: 0 }
ol { list-style-type: decimal }
ul ul, ol ul { list-style-type: circle }
ul ul ul, ul ol ul, ol ul ul, ol ol ul { list-style-type: square }
h1 { font-size: 2em; margin: .67em 0; bookmark-level: 1 }
h2 { font-size: 1.5em; margin: .83em 0; bookmark-level: 2 }
h3 { font-size: 1.17em; margin: 1em 0; bookmark-level: 3 }
h4 { margin: 1.33em 0; bookmark-level: 4 }
h5 { font-size: .83em; margin: 1.67em 0; bookmark-level: 5 }
h6 { font-size: .67em; margin: 2.33em 0; bookmark-level: 6 }
h1, h2, h3, h4, h5, h6 { font-weight: bold; break-after: avoid; break-inside: avoid }
dt, summary, legend, caption { break-after: avoid }
caption, figcaption, tr, img, svg { break-inside: avoid }
b, strong { font-weight: bolder }
i, cite, em, var, dfn, address { font-style: italic }
tt, code, kbd, samp, pre, listing, xmp, plaintext { font-family: monospace }
pre, listing, xmp, plaintext, textarea { white-space: pre-wrap }
big { font-size: larger }
small { font-size: smaller }
sub { vertical-align: sub; font-size: smaller; line-height: 0 }
sup { vertical-align: super; font-size: smaller; line-height: 0 }
u, ins { text-decoration: underline }
s, strike, del { text-decoration: line-through }
mark { background: #ff0; color: #000 }
abbr[title] { text-decoration: underline dotted }
a:link { color: #0000ee; text-decoration: underline }
center { text-align: center }
nobr { white-space: nowrap }
hr { border: .75pt inset gray; margin: .5em auto; color: gray; overflow: hidden }
q::before { content: open-quote }
q::after { content: close-quote }
table { display: table; border-spacing: 1.5pt; box-sizing: border-box; text-indent: 0 }
thead { display: table-header-group; vertical-align: middle; break-after: avoid }
tbody { display: table-row-group; vertical-align: middle }
tfoot { display: table-footer-group; vertical-align: middle; break-before: avoid }
tr { display: table-row; vertical-align: inherit }
td, th { display: table-cell; vertical-align: inherit; padding: .75pt }
th { font-weight: bold; text-align: center }
caption { display: table-caption; text-align: center }
colgroup { display: table-column-group }
col { display: table-column }
col[hidden], colgroup[hidden], tr[hidden], tbody[hidden] { visibility: collapse }
fieldset { margin: 0 1.5pt; border: 1.5pt groove #c0c0c0; padding: .35em .75em .625em }
legend { padding: 0 1.5pt }
button, input, select, textarea, meter, progress { display: inline-block }
input[type=hidden] { display: none }
img, video, canvas, object, iframe, embed { display: inline-block }
svg { display: inline-block; overflow: hidden }
svg svg, symbol, marker, pattern { overflow: hidden }
rt { font-size: 50%; text-align: center; line-height: 1; white-space: nowrap }
[dir=rtl] { direction: rtl; unicode-bidi: isolate }
[dir=ltr] { direction: ltr; unicode-bidi: isolate }
[dir=auto], bdi:not([dir]) { unicode-bidi: plaintext }
bdo, bdo[dir] { unicode-bidi: isolate-override }
)css";

} // namespace

std::string_view user_agent_text() {
    return text;
}

StyleSheet const& user_agent_sheet() {
    static StyleSheet const sheet = [] {
        Diagnostics none; // a test requires that there are none
        return parse(std::string(text), {"user-agent.css", 1, 1}, none, {}, Origin::user_agent);
    }();
    return sheet;
}

} // namespace deckle::css
