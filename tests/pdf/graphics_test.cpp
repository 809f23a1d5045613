#include "layout/image.hpp"
#include "pdf_fixture.hpp"

namespace deckle::pdf {
namespace {

using namespace layout;

constexpr Color red{200, 30, 30, 255}, blue{30, 30, 200, 255}, black{0, 0, 0, 255};
constexpr Size canvas{100, 100};

/// Gray of a point of the rendered page; 100 points = 100 pixels.
int gray(std::string const& pixels, int x, int y) {
    return static_cast<unsigned char>(pixels[static_cast<std::size_t>(y * 100 + x)]);
}

std::unique_ptr<Group> group_of(std::vector<Item> items) {
    auto group = std::make_unique<Group>();
    group->items = std::move(items);
    return group;
}

class Graphics : public PdfTest {
protected:
    std::string rendered(std::vector<Item> items) {
        Page page{canvas, std::move(items)};
        bytes = write(std::move(page));
        expect_valid(bytes);
        return pixels(bytes);
    }
    template <class... Items>
    static std::vector<Item> list(Items&&... items) {
        std::vector<Item> made;
        (made.emplace_back(std::forward<Items>(items)), ...);
        return made;
    }
    std::string bytes;
};

TEST_F(Graphics, RectanglesStandWhereTheyBelong) {
    std::string const p = rendered(list(FillRect{{10, 20, 30, 40}, black}, FillRect{{50, 20, 10, 10}, black},
                                        FillRect{{70, 70, -5, 10}, black}, FillRect{{80, 80, 10, 10}, {0, 0, 0, 0}}));
    EXPECT_EQ(gray(p, 11, 21), 0);
    EXPECT_EQ(gray(p, 38, 58), 0);
    EXPECT_EQ(gray(p, 55, 25), 0);
    EXPECT_EQ(gray(p, 45, 30), 255);
    EXPECT_EQ(gray(p, 11, 18), 255);
    EXPECT_EQ(gray(p, 11, 62), 255);
    EXPECT_EQ(gray(p, 68, 75), 255);
    EXPECT_EQ(gray(p, 85, 85), 255);
}

TEST_F(Graphics, PathsFillByTheirRule) {
    Path ring = PdfTest::rectangle(10, 10, 80, 80);
    for (PathSegment const& s : PdfTest::rectangle(30, 30, 40, 40)) ring.push_back(s);
    EXPECT_EQ(gray(rendered(list(FillPath{ring, black, FillRule::evenodd})), 50, 50), 255);
    EXPECT_EQ(gray(rendered(list(FillPath{ring, black, FillRule::nonzero})), 50, 50), 0);
}

TEST_F(Graphics, StrokesAndDashes) {
    using Kind = PathSegment::Kind;
    Path const line{{Kind::move, {{{0, 50}}}}, {Kind::line, {{{100, 50}}}}};
    Stroke stroke;
    stroke.width = 10;
    stroke.dashes = {20, 30};
    std::string const p = rendered(list(StrokePath{line, stroke}));
    EXPECT_EQ(gray(p, 10, 47), 0);
    EXPECT_EQ(gray(p, 10, 43), 255);
    EXPECT_EQ(gray(p, 30, 50), 255);
    EXPECT_EQ(gray(p, 60, 50), 0);
}

TEST_F(Graphics, AlphaOfColours) {
    int const half = gray(rendered(list(FillRect{{0, 0, 50, 50}, {0, 0, 0, 128}})), 20, 20);
    EXPECT_NEAR(half, 127, 3);
}

TEST_F(Graphics, LinearGradient) {
    Gradient gradient;
    gradient.from = {0, 0};
    gradient.to = {100, 0};
    gradient.stops = {{0, black}, {0.5, {128, 128, 128, 255}}, {0.5, {255, 255, 255, 255}}, {1, black}};
    std::string const p = rendered(list(FillPath{PdfTest::rectangle(0, 20, 100, 60), gradient}));
    EXPECT_LT(gray(p, 2, 50), 15);
    EXPECT_NEAR(gray(p, 25, 50), 64, 10);
    EXPECT_GT(gray(p, 52, 50), 235); // the hard edge
    EXPECT_NEAR(gray(p, 75, 50), 127, 10);
    EXPECT_EQ(gray(p, 75, 10), 255); // outside the path
}

TEST_F(Graphics, VerticalAndTransparentGradient) {
    Gradient gradient;
    gradient.from = {0, 0};
    gradient.to = {0, 100};
    gradient.stops = {{0, black}, {1, {0, 0, 0, 0}}};
    std::string const p = rendered(list(FillPath{PdfTest::rectangle(0, 0, 100, 100), gradient}));
    EXPECT_LT(gray(p, 50, 4), 20);
    EXPECT_NEAR(gray(p, 50, 50), 127, 12);
    EXPECT_GT(gray(p, 50, 96), 235);
}

TEST_F(Graphics, RadialGradient) {
    Gradient gradient;
    gradient.kind = Gradient::Kind::radial;
    gradient.from = gradient.to = {50, 30};
    gradient.radius = 30;
    gradient.stops = {{0, black}, {1, {255, 255, 255, 255}}};
    std::string const p = rendered(list(FillPath{PdfTest::rectangle(0, 0, 100, 100), gradient}));
    EXPECT_LT(gray(p, 50, 30), 15);
    EXPECT_NEAR(gray(p, 50, 45), 127, 12);
    EXPECT_EQ(gray(p, 50, 70), 255);
}

TEST_F(Graphics, GroupsMoveAndClip) {
    auto group = group_of(list(FillRect{{0, 0, 20, 20}, black}));
    group->transform = {0, 1, -1, 0, 60, 10}; // a quarter turn, then to (60, 10): covers x 40..60, y 10..30
    group->clip = PdfTest::rectangle(0, 0, 100, 25);
    std::string const p = rendered(list(std::move(group), FillRect{{0, 90, 10, 10}, black}));
    EXPECT_EQ(gray(p, 42, 12), 0);
    EXPECT_EQ(gray(p, 58, 23), 0);
    EXPECT_EQ(gray(p, 58, 28), 255); // clipped
    EXPECT_EQ(gray(p, 38, 12), 255);
    EXPECT_EQ(gray(p, 62, 12), 255);
    EXPECT_EQ(gray(p, 5, 95), 0); // nothing of the group's state is left
}

TEST_F(Graphics, OpacityBlendsAGroupAsOne) {
    auto group = group_of(list(FillRect{{0, 0, 60, 60}, black}, FillRect{{30, 30, 60, 60}, black}));
    group->opacity = 0.5;
    std::string const p = rendered(list(std::move(group)));
    EXPECT_NEAR(gray(p, 10, 10), 127, 3);
    EXPECT_NEAR(gray(p, 45, 45), 127, 3); // not darker where they overlap
}

TEST_F(Graphics, OpacityTextAndNestedGroups) {
    Page inner{canvas, {}};
    add_text(inner, 10, 50, "faint", {}, 20);
    auto nested = group_of(std::move(inner.items));
    nested->opacity = 0.5;
    auto outer = group_of({});
    outer->items.emplace_back(std::move(nested));
    outer->opacity = 0.5;
    outer->transform.e = 5;
    Page page{canvas, {}};
    page.items.emplace_back(std::move(outer));
    bytes = write(std::move(page));
    expect_valid(bytes);
    EXPECT_EQ(text_of(bytes), "faint\n");
    int darkest = 255;
    for (char const c : pixels(bytes)) darkest = std::min<int>(darkest, static_cast<unsigned char>(c));
    EXPECT_NEAR(darkest, 191, 5);
}

std::shared_ptr<Image> checks(int channels) {
    auto image = std::make_shared<Image>();
    image->width = image->height = 2;
    image->channels = channels;
    for (int i = 0; i < 4; ++i)
        for (int c = 0; c < channels; ++c) image->samples.push_back(i == 0 || i == 3 ? 0 : 255);
    return image;
}

TEST_F(Graphics, ImagesAreWrittenOnce) {
    auto const image = checks(3);
    std::string const p = rendered(list(DrawImage{image, {0, 0, 50, 50}}, DrawImage{image, {50, 50, 40, 20}}));
    EXPECT_EQ(gray(p, 10, 10), 0);
    EXPECT_EQ(gray(p, 40, 10), 255);
    EXPECT_EQ(gray(p, 40, 40), 0);
    EXPECT_EQ(gray(p, 55, 52), 0);
    std::string const images = run(bytes, "pdfimages -list %");
    EXPECT_EQ(std::ranges::count(images, '\n'), 4) << images; // two header lines, two uses
    std::size_t objects = 0;
    for (std::size_t at = bytes.find("/Subtype/Image"); at != std::string::npos;
         at = bytes.find("/Subtype/Image", at + 1))
        ++objects;
    EXPECT_EQ(objects, 1U);
}

TEST_F(Graphics, ImageAlphaAndGray) {
    auto const image = checks(1);
    image->alpha = {255, 255, 255, 0};
    std::string const p =
        rendered(list(FillRect{{0, 0, 100, 100}, {128, 128, 128, 255}}, DrawImage{image, {0, 0, 100, 100}}));
    EXPECT_EQ(gray(p, 20, 20), 0);
    EXPECT_NEAR(gray(p, 80, 80), 128, 2);
}

TEST_F(Graphics, SmoothImagesArePredicted) {
    for (int const channels : {1, 3}) {
        auto image = std::make_shared<Image>();
        image->width = image->height = 100;
        image->channels = channels;
        for (int y = 0; y < 100; ++y)
            for (int x = 0; x < 100; ++x)
                for (int c = 0; c < channels; ++c)
                    image->samples.push_back(static_cast<std::uint8_t>(y < 50 ? x * 2 + y % 3 : y * y / 50 + x % 2));
        rendered(list(DrawImage{image, {0, 0, 100, 100}}));
        EXPECT_NE(bytes.find("/Predictor 15"), std::string::npos);
        std::string const file = run(bytes, "rm -f %.image-*; pdfimages % %.image && cat %.image-000.p?m");
        std::string samples; // as RGB, which is what pdfimages gives for gray too
        for (std::uint8_t const sample : image->samples)
            samples.append(channels == 1 ? 3 : 1, static_cast<char>(sample));
        EXPECT_TRUE(file.ends_with(samples)) << channels;
        EXPECT_GT(file.size(), samples.size());
    }
}

TEST_F(Graphics, BrokenItemsAreReportedAndLeftOut) {
    double const nan = std::nan("");
    auto image = checks(3);
    image->samples.pop_back();
    rendered(list(FillRect{{nan, 0, 1, 1}, black}, DrawImage{image, {0, 0, 10, 10}}, DrawImage{nullptr, {0, 0, 10, 10}},
                  FillPath{{{PathSegment::Kind::move, {{{nan, 1}}}}}, black}, StrokePath{{}, {}},
                  FillPath{PdfTest::rectangle(0, 0, 1, 1), Gradient{}}, std::unique_ptr<Group>()));
    EXPECT_TRUE(diagnostics.has("bad-coordinates"));
    EXPECT_TRUE(diagnostics.has("bad-image"));
    EXPECT_EQ(diagnostics.items().size(), 3U);
}

} // namespace
} // namespace deckle::pdf
