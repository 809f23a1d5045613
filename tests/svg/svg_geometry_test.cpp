#include "layout/svg_geometry.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace deckle::layout;
using namespace deckle::layout::svg;

namespace {

std::string text(std::string const& data) {
    bool ok = true;
    std::string out;
    auto const number = [](double v) {
        auto s = fmt::format("{:.3f}", v);
        while (s.back() == '0') s.pop_back();
        if (s.back() == '.') s.pop_back();
        return s == "-0" ? "0" : s;
    };
    auto const point = [&](Point p) { return number(p.x) + "," + number(p.y); };
    for (auto const& s : parse_path(data, ok)) {
        if (!out.empty()) out += ' ';
        if (s.kind == PathSegment::Kind::move) out += "M" + point(s.points[0]);
        if (s.kind == PathSegment::Kind::line) out += "L" + point(s.points[0]);
        if (s.kind == PathSegment::Kind::close) out += "Z";
        if (s.kind == PathSegment::Kind::cubic)
            out += "C" + point(s.points[0]) + " " + point(s.points[1]) + " " + point(s.points[2]);
    }
    return out + (ok ? "" : " !");
}

TEST(SvgPath, commands) {
    EXPECT_EQ(text("M10 20 L30,40 50 60 l1-1z"), "M10,20 L30,40 L50,60 L51,59 Z");
    EXPECT_EQ(text("m10,20 5,5 h10 v-5 H1V2"), "M10,20 L15,25 L25,25 L25,20 L1,20 L1,2");
    EXPECT_EQ(text("M0 0C1 1 2 2 3 3s1 1 2 2"), "M0,0 C1,1 2,2 3,3 C4,4 4,4 5,5");
    EXPECT_EQ(text("M0 0 S1 1 2 2"), "M0,0 C0,0 1,1 2,2");
    EXPECT_EQ(text("M0 0Q3 0 3 3T6 6"), "M0,0 C2,0 3,1 3,3 C3,5 4,6 6,6");
    EXPECT_EQ(text("M1 1zl2 0"), "M1,1 Z M1,1 L3,1");
    EXPECT_EQ(text("M1 1h1zm1 1h1"), "M1,1 L2,1 Z M2,2 L3,2");
}

TEST(SvgPath, numbers_run_together) {
    EXPECT_EQ(text("M.5.5L1e1-2.5+3 4"), "M0.5,0.5 L10,-2.5 L3,4");
    EXPECT_EQ(text("M0,0,1,1"), "M0,0 L1,1");
    EXPECT_EQ(text("  \n M 1 , 2 \t"), "M1,2");
    EXPECT_EQ(text("M5E-1 1E1"), "M0.5,10");
}

TEST(SvgPath, arcs) {
    EXPECT_EQ(text("M0 0A10 10 0 0 1 10 10"), "M0,0 C5.523,0 10,4.477 10,10");
    EXPECT_EQ(text("M0 0a10 10 0 0110 10"), "M0,0 C5.523,0 10,4.477 10,10") << "flags need nothing between";
    EXPECT_EQ(text("M0 0A10 10 0 0 0 10 10"), "M0,0 C0,5.523 4.477,10 10,10");
    EXPECT_EQ(text("M0 0A0 10 0 0 1 10 10"), "M0,0 L10,10") << "no radius, a line";
    EXPECT_EQ(text("M0 0A1 1 0 0 1 0 0"), "M0,0") << "no distance, nothing";
    EXPECT_EQ(text("M0 0A1 1 0 0 1 20 0"), "M0,0 C0,-5.523 4.477,-10 10,-10 C15.523,-10 20,-5.523 20,0")
        << "too small: grown";
}

TEST(SvgPath, mistakes_end_it) {
    EXPECT_EQ(text("M0 0L1 1 L2"), "M0,0 L1,1 !");
    EXPECT_EQ(text("L1 1"), " !");
    EXPECT_EQ(text("M0 0X"), "M0,0 !");
    EXPECT_EQ(text("M0 0z5 5"), "M0,0 Z !");
    EXPECT_EQ(text("M0 0A1 1 0 2 0 5 5"), "M0,0 !");
    EXPECT_EQ(text(""), "");
    EXPECT_EQ(text("M1e999 0"), " !");
}

TEST(SvgGeometry, bounds_are_exact) {
    bool ok = true;
    auto const b = bounds(parse_path("M0 0C0 10 10 10 10 0", ok));
    EXPECT_NEAR(b.height, 7.5, 1e-9);
    EXPECT_NEAR(b.width, 10, 1e-9);
    auto const circle = bounds(ellipse_path({5, 5}, 3, 2));
    EXPECT_NEAR(circle.x, 2, 1e-9);
    EXPECT_NEAR(circle.height, 4, 1e-9);
    EXPECT_EQ(bounds(Path{}).width, 0);
}

TEST(SvgGeometry, fit) {
    auto const at = [](std::string_view how) {
        auto const m = fit({0, 0, 10, 20}, {100, 100, 100, 100}, parse_fit(how));
        return fmt::format("{} {} {} {}", m.a, m.d, m.e, m.f);
    };
    EXPECT_EQ(at(""), "5 5 125 100");
    EXPECT_EQ(at("xMinYMid"), "5 5 100 100");
    EXPECT_EQ(at("xMaxYMax meet"), "5 5 150 100");
    EXPECT_EQ(at("none"), "10 5 100 100");
    EXPECT_EQ(at("xMidYMin slice"), "10 10 100 100");
    EXPECT_EQ(at("xMidYMax slice"), "10 10 100 0");
}

TEST(SvgGeometry, matrices) {
    Matrix const m{2, 0, 0, 3, 4, 5};
    auto const back = inverse(m);
    ASSERT_TRUE(back);
    auto const p = apply(*back, apply(m, {7, 8}));
    EXPECT_NEAR(p.x, 7, 1e-12);
    EXPECT_NEAR(p.y, 8, 1e-12);
    EXPECT_FALSE(inverse({1, 2, 2, 4, 0, 0}));
    EXPECT_TRUE(is_identity(combine(m, *back)));
}

TEST(SvgGeometry, numbers) {
    EXPECT_EQ(parse_numbers("1, 2 ,3-4")->size(), 4u);
    EXPECT_TRUE(parse_numbers("")->empty());
    EXPECT_FALSE(parse_numbers("1 a"));
    EXPECT_FALSE(parse_numbers("1px"));
}

} // namespace
