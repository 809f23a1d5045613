/// Pages by hand, and what other programs make of the file.
#pragma once
#include "base/file.hpp"
#include "pdf/writer.hpp"
#include "text/shaper.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <gtest/gtest.h>

namespace deckle::pdf {

class PdfTest : public testing::Test {
protected:
    PdfTest() { fonts.add_standard(); }

    /// A line of text as layout would place it.
    void add_text(layout::Page& page, double x, double y, std::string_view text, text::FontRequest const& request = {},
                  float size = 10, layout::Color color = {}) {
        text::StyledRun run;
        run.text = text;
        run.font = &fonts.font(request);
        run.size = size;
        auto const shaped = shaper.shape({&run, 1});
        for (text::Piece& piece : shaped.pieces(shaped.line(0, 1e6))) {
            layout::GlyphRun glyphs;
            glyphs.face = piece.face;
            glyphs.size = piece.size;
            glyphs.color = color;
            glyphs.origin = {x + piece.x, y};
            glyphs.rtl = piece.rtl;
            glyphs.glyphs = std::move(piece.glyphs);
            glyphs.text = shaped.text().substr(piece.begin, piece.end - piece.begin);
            page.items.emplace_back(std::move(glyphs));
        }
    }
    static text::FontRequest family(std::string const& name, int weight = 400) {
        text::FontRequest request;
        request.families = {name};
        request.weight = weight;
        return request;
    }
    static layout::Path rectangle(double x, double y, double width, double height) {
        using Kind = layout::PathSegment::Kind;
        return {{Kind::move, {{{x, y}}}},
                {Kind::line, {{{x + width, y}}}},
                {Kind::line, {{{x + width, y + height}}}},
                {Kind::line, {{{x, y + height}}}},
                {Kind::close, {}}};
    }

    std::string write(std::vector<layout::Page> pages, std::vector<layout::OutlineEntry> outline = {},
                      layout::Metadata metadata = {}, WriterOptions options = {}) {
        Writer writer(std::move(options), diagnostics);
        for (layout::Page& page : pages) writer.page(std::move(page));
        writer.finish(std::move(outline), std::move(metadata));
        return writer.take();
    }
    std::string write(layout::Page page) {
        std::vector<layout::Page> pages;
        pages.push_back(std::move(page));
        return write(std::move(pages));
    }

    /// What `command` prints about the file, "%" standing for its path; fails the test when it ends with an error.
    static std::string run(std::string const& bytes, std::string command) {
        auto const* const test = testing::UnitTest::GetInstance()->current_test_info();
        std::string name = std::string(test->test_suite_name()) + "_" + test->name() + ".pdf";
        std::ranges::replace(name, '/', '_');
        std::filesystem::path const path = std::filesystem::path(testing::TempDir()) / name;
        write_file(path, bytes);
        for (std::size_t at = command.find('%'); at != std::string::npos;
             at = command.find('%', at + path.string().size()))
            command.replace(at, 1, path.string());
        std::string out;
        FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
        std::array<char, 4096> buffer{};
        for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), n);
        EXPECT_EQ(pclose(pipe), 0) << command << "\n" << out;
        return out;
    }
    static void expect_valid(std::string const& bytes) {
        EXPECT_NE(run(bytes, "qpdf --check %").find("No syntax or stream encoding errors found"), std::string::npos);
    }
    /// One line of text to a line.
    static std::string text_of(std::string const& bytes) {
        std::string text = run(bytes, "pdftotext -raw -nopgbrk % -");
        while (text.ends_with("\n\n")) text.pop_back();
        return text;
    }
    /// The page in gray, one byte a point.
    static std::string pixels(std::string const& bytes, int page = 1) {
        std::string const pgm = run(bytes, "pdftoppm -gray -r 72 -aa no -aaVector no -f " + std::to_string(page) +
                                               " -l " + std::to_string(page) + " %");
        std::size_t at = 0;
        for (int i = 0; i < 3; ++i) at = pgm.find('\n', at) + 1; // P5, size, depth
        return pgm.substr(at);
    }

    text::FontSet fonts;
    Diagnostics diagnostics;
    text::Shaper shaper{fonts, diagnostics};
};

} // namespace deckle::pdf
