#include "base/error.hpp"
#include "fuzz/target.hpp"
#include "layout/layout.hpp"
#include "pdf/writer.hpp"
#include "text/font_set.hpp"
#include <cstdlib>
#include <memory>

namespace deckle::fuzz {

void render(std::string_view html) {
    layout::Options options;
    options.limits.bytes = 256 * 1024;
    options.limits.elements = 4'000;
    options.limits.depth = 120;
    options.limits.nesting = 100;
    options.limits.boxes = 10'000;
    options.limits.pages = 40;
    options.limits.pixels = 250'000;
    Diagnostics diagnostics;
    static auto const square = [] {
        auto set = std::make_unique<text::FontSet>();
        set->add_file(DECKLE_SOURCE_DIR "/tests/fonts/square.ttf");
        return set;
    };
    static auto shared = square();
    if (static int runs = 0; ++runs % 500 == 0) shared = square(); // it remembers words
    text::FontSet fonts(*shared);
    try {
        pdf::Writer writer({}, diagnostics);
        (void)layout::layout_html(html, "fuzz.html", fonts, options, writer, diagnostics);
        if (!writer.take().starts_with("%PDF-")) std::abort();
    } catch (Error const&) {
    }
}

} // namespace deckle::fuzz
