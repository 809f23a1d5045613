// An SVG file as an image.
#include "base/error.hpp"
#include "fuzz/target.hpp"
#include "layout/layout.hpp"
#include "layout/svg.hpp"
#include "pdf/writer.hpp"
#include "text/font_set.hpp"
#include "text/shaper.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace deckle;
    if (size > 64 * 1024) return 0;
    Diagnostics diagnostics;
    text::FontSet fonts;
    fonts.add_file(DECKLE_SOURCE_DIR "/tests/fonts/square.ttf");
    try {
        layout::Drawing const drawing(fuzz::text_of(data, size), "fuzz.svg", {}, diagnostics);
        text::Shaper shaper(fonts, diagnostics);
        layout::DrawContext context{fonts, shaper, diagnostics};
        layout::Page page;
        page.size = {200, 200};
        drawing.draw({10, 10, 180, 180}, context, page.items);
        pdf::Writer writer({}, diagnostics);
        writer.page(std::move(page));
        writer.finish({}, {});
        (void)writer.take();
    } catch (Error const&) {
    }
    return 0;
}
