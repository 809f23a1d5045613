// PNG and JPEG files, decoded and written to a PDF.
#include "base/error.hpp"
#include "fuzz/target.hpp"
#include "layout/image.hpp"
#include "pdf/writer.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace deckle;
    Diagnostics diagnostics;
    try {
        layout::Page page;
        page.size = {200, 200};
        page.items.emplace_back(layout::DrawImage{
            layout::decode_image(fuzz::text_of(data, size), "fuzz.png", {1u << 20, 250'000}), {10, 10, 100, 100}});
        pdf::Writer writer({}, diagnostics);
        writer.page(std::move(page));
        writer.finish({}, {});
        (void)writer.take();
    } catch (Error const&) {
    }
    return 0;
}
