#include "base/error.hpp"
#include "layout/image.hpp"
#include "pdf/srgb.hpp"
#include "pdf_a_rules.hpp"
#include "pdf_fixture.hpp"

namespace deckle::pdf {
namespace {

using namespace layout;

class PdfATest : public PdfTest {
protected:
    /// One of everything that a rule is about.
    std::string sample(bool attached, bool pdf_a = true) {
        Page page{{300, 200}, {}};
        add_text(page, 20, 30, "TrueType: fine", family("DejaVu Sans"));
        add_text(page, 20, 50, "CFF: fine", family("Inter"));
        page.items.emplace_back(FillRect{{20, 60, 20, 20}, {255, 0, 0, 255}});
        page.items.emplace_back(Link{{20, 20, 50, 10}, "https://example.com"});
        auto image = std::make_shared<Image>();
        image->width = image->height = 2;
        image->samples.assign(12, 128);
        image->alpha.assign(4, 100);
        page.items.emplace_back(DrawImage{image, {50, 60, 20, 20}});
        Gradient gradient{Gradient::Kind::linear, {80, 60}, {100, 60}, 0, {{0, {0, 0, 0, 255}}, {1, {9, 9, 9, 0}}}};
        page.items.emplace_back(FillPath{rectangle(80, 60, 20, 20), gradient, FillRule::nonzero});
        auto group = std::make_unique<Group>();
        group->opacity = 0.5;
        group->items.emplace_back(FillRect{{110, 60, 20, 20}, {0, 0, 255, 255}});
        page.items.emplace_back(std::move(group));
        WriterOptions options;
        options.pdf_a = pdf_a;
        options.created = Instant{std::chrono::sys_days{std::chrono::year{2026} / 10 / 31}};
        if (attached) options.attachments = {{"données.csv", "a,b\n1,2\n", "", "the figures", {}}};
        std::vector<Page> pages;
        pages.push_back(std::move(page));
        return write(std::move(pages), {{1, "One", 0, {0, 0}}}, {"Title", "Author", "Subject", "key, words", "en"},
                     std::move(options));
    }
    static std::vector<std::string> violations(std::string const& bytes) {
        return pdf_a_violations(bytes, run(bytes, "qpdf --json --json-stream-data=inline --decode-level=generalized % "
                                                  "2>/dev/null || test $? = 3"));
    }
    static std::string repeated(std::string const& part, int times) {
        std::string text;
        for (int i = 0; i < times; ++i) text += part;
        return text;
    }
    static bool breaks(std::vector<std::string> const& found, std::string const& rule) {
        return std::ranges::any_of(found, [&](std::string const& v) { return v.starts_with(rule + " "); });
    }
    static std::string list(std::vector<std::string> const& found) {
        std::string text;
        for (std::string const& v : found) text += v + "\n";
        return text;
    }
};

TEST_F(PdfATest, KeepsTheRules) {
    for (bool const attached : {false, true}) {
        std::string const bytes = sample(attached);
        expect_valid(bytes);
        EXPECT_EQ(list(violations(bytes)), "") << (attached ? "3b" : "2b");
        std::string const xmp = run(bytes, "pdfinfo -meta %");
        EXPECT_NE(xmp.find(attached ? ">3</pdfaid:part>" : ">2</pdfaid:part>"), std::string::npos) << xmp;
    }
    EXPECT_TRUE(diagnostics.empty());
    EXPECT_FALSE(violations(sample(false, false)).empty()) << "only by option";
}

TEST_F(PdfATest, TheCheckerSeesEachBrokenRule) {
    struct Breakage {
        char const* rule;
        std::string from, to;
        bool attached = false;
    };
    std::string const font = "/Type /FontDescriptor", state = "/Type /ExtGState", catalog = "/Type /Catalog";
    Breakage const all[] = {
        {"6.1.2", "%PDF-1.7", "%PDF-2.0"},
        {"6.1.2", "\n%\xBF\xF7\xA2\xFE", "\n%text"},
        {"6.1.3", "/ID [", "/XX ["},
        {"6.1.7.1", "/Type /Metadata", "/Type /Metadata /FFilter /None"},
        {"6.1.7.2", "/Type /Metadata", "/Type /Metadata /Filter /LZWDecode"},
        {"6.1.13", "/Producer", "/" + std::string(200, 'x')},
        {"6.1.13", " Tf\n", " Tf\n" + repeated("q\n", 29)},
        {"6.2.2", " Tf\n", " Tf\nxyz\n"},
        {"6.2.3", "/GTS_PDFA1", "/GTS_PDFX"},
        {"6.2.3", "acsp", "xxxx"},
        {"6.2.4.3", "1 0 0 rg", "0 1 1 0 k"},
        {"6.2.4.3", "/ColorSpace /DeviceRGB", "/ColorSpace /DeviceCMYK"},
        {"6.2.5", state, state + " /TR /Identity"},
        {"6.2.8.1", "/Subtype /Image", "/Subtype /Image /Interpolate true"},
        {"6.2.9", "/Subtype /Form", "/Subtype /Form /OPI << >>"},
        {"6.2.10", "/CS /DeviceRGB", "/XX /DeviceRGB"},
        {"6.2.10", state, state + " /BM /Odd"},
        {"6.2.11.3.2", "/CIDToGIDMap", "/XIDToGIDMap"},
        {"6.2.11.3.3", "/Encoding /Identity-H", "/Encoding /UniJIS-UCS2-H"},
        {"6.2.11.4.1", "/FontFile2", "/XontFile2"},
        {"6.2.11.4.1", "/FontFile3", "/XontFile3"},
        {"6.2.11.5", "/W [\n    1\n    [\n      6", "/W [\n    1\n    [\n      7"},
        {"6.2.11.7.2", "/ToUnicode", "/XoUnicode"},
        {"6.3.1", "/Subtype /Link", "/Subtype /Movie"},
        {"6.3.2", "/F 4", "/F 2"},
        {"6.4.1", "/F 4", "/F 4 /AA << >>"},
        {"6.5.1", "/S /URI", "/S /Launch"},
        {"6.5.2", catalog, catalog + " /AA << >>"},
        {"6.6.2.1", "/Metadata ", "/Xetadata "},
        {"6.6.2.1", "id=\"W5M0", "bytes=\"9\" id=\"W5M0"},
        {"6.6.2.3", "http://ns.adobe.com/pdf/1.3/", "http://example.com/"},
        {"6.6.4", ">2</pdfaid", ">1</pdfaid"},
        {"6.8", ">3</pdfaid", ">2</pdfaid", true},
        {"6.8", "/AFRelationship", "/XFRelationship", true},
        {"6.8", "/AF [", "/XF [", true},
        {"6.8", "/ModDate (D:20261031000000Z)\n    /Size", "/Size", true},
        {"6.10", "/Type /Page\n", "/Type /Page /PresSteps << >>\n"},
        {"6.11", catalog, catalog + " /Requirements [ ]"},
    };
    std::string const plain = run(sample(false), "qpdf --qdf --object-streams=disable % -"),
                      attached = run(sample(true), "qpdf --qdf --object-streams=disable % -");
    EXPECT_EQ(list(violations(plain)) + list(violations(attached)), "");
    for (Breakage const& b : all) {
        std::string text = b.attached ? attached : plain;
        std::size_t at = text.find(b.from);
        ASSERT_NE(at, std::string::npos) << b.rule << " " << b.from;
        text.replace(at, b.from.size(), b.to);
        auto const found = violations(run(text, "fix-qdf %"));
        EXPECT_TRUE(breaks(found, b.rule)) << b.rule << ": " << b.from << " -> " << b.to << "\n" << list(found);
    }
}

TEST_F(PdfATest, DoesNotClaimWhatItIsNot) {
    WriterOptions options;
    options.pdf_a = true;
    Page missing{{300, 200}, {}};
    add_text(missing, 20, 30, "a\U00013080b", family("Inter"));
    std::vector<Page> pages;
    pages.push_back(std::move(missing));
    std::string bytes = write(std::move(pages), {}, {}, options);
    EXPECT_TRUE(diagnostics.has("not-pdf-a"));
    EXPECT_TRUE(breaks(violations(bytes), "6.6.4"));
    EXPECT_TRUE(breaks(violations(bytes), "6.2.11.8"));

    diagnostics = Diagnostics();
    Page cmyk{{300, 200}, {}};
    auto image = std::make_shared<Image>();
    image->width = image->height = 1;
    image->channels = 4;
    image->samples.assign(4, 0);
    cmyk.items.emplace_back(DrawImage{image, {50, 60, 20, 20}});
    pages.clear();
    pages.push_back(std::move(cmyk));
    bytes = write(std::move(pages), {}, {}, options);
    EXPECT_TRUE(diagnostics.has("not-pdf-a"));
    EXPECT_TRUE(breaks(violations(bytes), "6.2.4.3"));
}

TEST_F(PdfATest, AttachmentsComeOutAgain) {
    Page page{{300, 200}, {}};
    add_text(page, 20, 30, "text");
    WriterOptions options;
    options.created = Instant{std::chrono::sys_days{std::chrono::year{2026} / 10 / 31}};
    options.attachments = {{"b.json", "{}", "", "the model", {}},
                           {"a.csv", "1,2\n", "", "", Attachment::Relationship::source},
                           {"empty.bin", "", "", "", {}}};
    std::vector<Page> pages;
    pages.push_back(std::move(page));
    std::string const bytes = write(std::move(pages), {}, {}, options);
    expect_valid(bytes);
    std::string const names = run(bytes, "pdfdetach -list %");
    EXPECT_NE(names.find("1: a.csv\n2: b.json\n3: empty.bin"), std::string::npos) << names;
    EXPECT_EQ(run(bytes, "pdfdetach -save 1 -o %.out % && cat %.out && rm %.out"), "1,2\n");
    std::string const json = run(bytes, "qpdf --list-attachments --verbose %");
    for (char const* const part : {"description: the model", "mime type: application/json", "mime type: text/csv",
                                   "mime type: application/octet-stream", "modification date: D:20261031000000Z"})
        EXPECT_NE(json.find(part), std::string::npos) << part << "\n" << json;
    EXPECT_NE(bytes.find("/AFRelationship/Source"), std::string::npos);

    options.attachments = {{"a", "1", "", "", {}}, {"a", "2", "", "", {}}};
    pages.clear();
    pages.push_back(Page{{300, 200}, {}});
    EXPECT_THROW((void)write(std::move(pages), {}, {}, options), Error);
}

TEST(Srgb, IsAProfile) {
    std::string const profile = srgb_profile();
    auto const fixed = [&](std::string_view tag) { // X, Y, Z of a tag
        for (std::size_t i = 132; i < 132 + 9 * 12; i += 12) {
            if (profile.compare(i, 4, tag) != 0) continue;
            auto const number = [&](std::size_t at) {
                std::uint32_t value = 0;
                for (std::size_t k = 0; k < 4; ++k) value = value << 8 | static_cast<unsigned char>(profile.at(at + k));
                return value;
            };
            std::size_t const at = number(i + 4) + 8;
            return std::array{number(at) / 65536.0, number(at + 4) / 65536.0, number(at + 8) / 65536.0};
        }
        return std::array<double, 3>{};
    };
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_NEAR(fixed("rXYZ")[i] + fixed("gXYZ")[i] + fixed("bXYZ")[i], fixed("wtpt")[i], 3e-4);
    EXPECT_EQ(profile, srgb_profile());
    EXPECT_EQ(profile.size() % 4, 0U);
}

} // namespace
} // namespace deckle::pdf
