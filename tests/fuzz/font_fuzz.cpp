// A font file as @font-face brings it: opened, shaped with, cut down to its used glyphs and embedded.
#include "base/error.hpp"
#include "css/cascade.hpp"
#include "css/stylesheet.hpp"
#include "fuzz/target.hpp"
#include "html/parse.hpp"
#include "layout/layout.hpp"
#include "pdf/writer.hpp"
#include "text/face.hpp"
#include "text/font_set.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace deckle;
    static constexpr char const* html =
        "<!doctype html><style>p{font-family:F;margin:0}b{font-variant-numeric:tabular-nums}</style>"
        "<p>Text AV fi 0123 <b>45.6</b> &#228;&#8364;&#x5D0;&#x627;&#x644;&#x915;&#x94D;&#x937;&#x1F600; x";
    Diagnostics diagnostics;
    try {
        text::FontSet fonts;
        fonts.add_file(DECKLE_SOURCE_DIR "/tests/fonts/square.ttf");
        fonts.add_face(text::Face::from_bytes(std::string(fuzz::text_of(data, size)), "fuzz.ttf"), "F");
        layout::Options options;
        options.limits.pages = 20;
        pdf::Writer writer({}, diagnostics);
        (void)layout::layout_html(html, "fuzz.html", fonts, options, writer, diagnostics);
        (void)writer.take();
    } catch (Error const&) {
    }
    return 0;
}
