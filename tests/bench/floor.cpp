// The floor of the benchmarks: the ledger placed by hand through libharu's own UTF-8 text path, with embedded
// Liberation Sans, compressed, and without any layout: fixed columns, fixed rows, no widths measured.
#include "table_rows.hpp"
#include <cstdio>
#include <cstdlib>
#include <hpdf.h>

namespace {

using namespace deckle::bench;

[[noreturn]] void failed(HPDF_STATUS error, HPDF_STATUS detail, void*) {
    std::fprintf(stderr, "libharu: 0x%04lX, %lu\n", error, detail);
    std::exit(1);
}

constexpr float width = 595.276F, height = 841.89F, margin = 42.52F, row_height = 13.2F, padding = 3.75F;
constexpr float column_x[] = {42.52F, 98, 150, 262, 412, 482, 552.76F};

float begin_page(HPDF_Doc pdf, HPDF_Font font, HPDF_Page& page) {
    page = HPDF_AddPage(pdf);
    HPDF_Page_SetWidth(page, width);
    HPDF_Page_SetHeight(page, height);
    HPDF_Page_SetFontAndSize(page, font, 8);
    HPDF_Page_SetLineWidth(page, 0.5F);
    return height - margin;
}

void put(HPDF_Page page, float y, std::size_t column, char const* text) {
    HPDF_Page_BeginText(page);
    HPDF_Page_TextOut(page, column_x[column] + padding, y - 9.4F, text);
    HPDF_Page_EndText(page);
}

void line(HPDF_Page page, float x1, float y1, float x2, float y2) {
    HPDF_Page_MoveTo(page, x1, y1);
    HPDF_Page_LineTo(page, x2, y2);
    HPDF_Page_Stroke(page);
}

void header(HPDF_Page page, float y) {
    HPDF_Page_SetRGBFill(page, 0.8F, 0.85F, 0.9F);
    HPDF_Page_Rectangle(page, margin, y - row_height, width - 2 * margin, row_height);
    HPDF_Page_Fill(page);
    HPDF_Page_SetRGBFill(page, 0, 0, 0);
    for (std::size_t c = 0; c < columns.size(); ++c) put(page, y, c, columns[c].data());
    line(page, margin, y, width - margin, y);
    line(page, margin, y - row_height, width - margin, y - row_height);
}

void end_page(HPDF_Page page, float y) {
    for (float const x : column_x) line(page, x, height - margin, x, y);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: bench_floor ROWS OUT.pdf\n");
        return 2;
    }
    auto const rows = static_cast<std::uint32_t>(std::atoi(argv[1]));
    HPDF_Doc const pdf = HPDF_New(failed, nullptr);
    HPDF_SetCompressionMode(pdf, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(pdf);
    char const* const name =
        HPDF_LoadTTFontFromFile(pdf, "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", HPDF_TRUE);
    HPDF_Font const font = HPDF_GetFont(pdf, name, "UTF-8");
    HPDF_Page page = nullptr;
    float y = 0;
    for (std::uint32_t i = 0; i < rows; ++i) {
        if (page == nullptr || y - row_height < margin) {
            if (page != nullptr) end_page(page, y);
            y = begin_page(pdf, font, page);
            header(page, y);
            y -= row_height;
        }
        if (i % 2 == 1) {
            HPDF_Page_SetRGBFill(page, 0.95F, 0.95F, 0.95F);
            HPDF_Page_Rectangle(page, margin, y - row_height, width - 2 * margin, row_height);
            HPDF_Page_Fill(page);
            HPDF_Page_SetRGBFill(page, 0, 0, 0);
        }
        auto const cells = row(i);
        for (std::size_t c = 0; c < cells.size(); ++c) put(page, y, c, cells[c].c_str());
        line(page, margin, y - row_height, width - margin, y - row_height);
        y -= row_height;
    }
    if (page != nullptr) end_page(page, y);
    HPDF_SaveToFile(pdf, argv[2]);
    HPDF_Free(pdf);
    return 0;
}
