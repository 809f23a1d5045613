#include "chart/svg.hpp"
#include "base/text.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace deckle::chart {
namespace {

// Inter Regular 4.0 with tnum, U+0020 to U+007E, thousandths of the size.
constexpr std::array<int, 95> inter{281, 278, 403, 631, 638, 813, 639, 222, 362, 362, 500, 659, 276, 460, 276, 357,
                                    648, 648, 648, 648, 648, 648, 648, 648, 648, 648, 276, 276, 659, 659, 659, 507,
                                    936, 676, 651, 727, 719, 598, 587, 743, 740, 264, 543, 652, 563, 889, 753, 761,
                                    635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452,
                                    497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544, 237, 869, 585, 597,
                                    609, 609, 372, 523, 364, 581, 557, 813, 540, 557, 541, 362, 327, 362, 659};
constexpr double bold_factor = 1.045; // the widest of what SemiBold adds

/// The next code point and its length; a broken byte counts as one character.
std::pair<char32_t, std::size_t> next(std::string_view text) {
    auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    unsigned const first = byte(0);
    std::size_t const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    char32_t code = length == 1 ? first : first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(i) & 0x3f);
    return {code, std::min(length, text.size())};
}

double advance(char32_t code) {
    if (code >= 0x20 && code < 0x7f) return inter[code - 0x20] / 1000.0;
    if (code == 0xa0 || code == 0x202f) return 0.281;
    if (code == 0x2212) return 0.659;
    if (code >= 0x2e80 && code != 0xfeff) return 1.0; // CJK and its neighbors
    return 0.66;
}

} // namespace

double text_width(std::string_view text, double size, bool bold) {
    double sum = 0;
    while (!text.empty()) {
        auto const [code, length] = next(text);
        sum += advance(code);
        text.remove_prefix(length);
    }
    return sum * size * (bold ? bold_factor : 1.0);
}

std::string fitted(std::string const& text, double width, double size, bool bold) {
    if (text_width(text, size, bold) <= width) return text;
    std::string out;
    std::string_view rest = text;
    while (!rest.empty()) {
        auto const length = next(rest).second;
        auto longer = out + std::string(rest.substr(0, length));
        if (text_width(longer + "…", size, bold) > width) break;
        out = std::move(longer);
        rest.remove_prefix(length);
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out + "…";
}

Box text_box(std::string_view text, double x, double y, Anchor anchor, double size, bool bold) {
    double const width = text_width(text, size, bold);
    double const left = anchor == Anchor::start ? x : anchor == Anchor::middle ? x - width / 2 : x - width;
    return {left, y - size * 0.78, width, size * 1.0};
}

std::string number(double value) {
    if (std::abs(value) < 0.05) value = 0;
    std::array<char, 400> digits; // of the largest double
    auto const end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 1).ptr;
    std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
    if (text.ends_with(".0")) text.remove_suffix(2);
    return std::string(text);
}

void Svg::rect(Box const& box, std::string_view fill, std::string_view stroke, double stroke_width) {
    body_ += fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" fill="{}")", number(box.x), number(box.y),
                         number(box.width), number(box.height), fill);
    if (!stroke.empty()) body_ += fmt::format(R"( stroke="{}" stroke-width="{}")", stroke, number(stroke_width));
    body_ += "/>";
}

void Svg::line(Point from, Point to, std::string_view stroke, double width, std::string_view dashes) {
    body_ += fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}")", number(from.x),
                         number(from.y), number(to.x), number(to.y), stroke, number(width));
    if (!dashes.empty()) body_ += fmt::format(R"( stroke-dasharray="{}")", dashes);
    body_ += "/>";
}

void Svg::path(std::vector<std::vector<Point>> const& runs, std::string_view stroke, double width,
               std::string_view dashes) {
    std::string d;
    for (auto const& run : runs) {
        if (run.size() < 2) continue;
        for (std::size_t i = 0; i < run.size(); ++i)
            d += fmt::format("{}{}{} {}", d.empty() ? "" : " ", i == 0 ? "M" : "L", number(run[i].x), number(run[i].y));
    }
    if (d.empty()) return;
    body_ += fmt::format(R"(<path d="{}" fill="none" stroke="{}" stroke-width="{}")", d, stroke, number(width));
    if (!dashes.empty()) body_ += fmt::format(R"( stroke-dasharray="{}")", dashes);
    body_ += "/>";
}

void Svg::circle(Point center, double radius, std::string_view fill) {
    body_ += fmt::format(R"(<circle cx="{}" cy="{}" r="{}" fill="{}"/>)", number(center.x), number(center.y),
                         number(radius), fill);
}

void Svg::text(std::string_view text, double x, double y, Anchor anchor, double size, std::string_view fill,
               bool bold) {
    if (text.empty()) return;
    body_ += fmt::format(R"(<text x="{}" y="{}" font-size="{}" fill="{}")", number(x), number(y), number(size), fill);
    if (anchor != Anchor::start)
        body_ += anchor == Anchor::middle ? R"( text-anchor="middle")" : R"( text-anchor="end")";
    if (bold) body_ += R"( font-weight="600")";
    body_ += ">" + escape_markup(text) + "</text>";
}

void Svg::hatched(Box const& box, std::string_view stroke) {
    rect(box, "#ffffff", stroke, 0.9);
    constexpr double step = 4.6;
    std::vector<std::vector<Point>> lines;
    // Lines x + y = c, cut to the box.
    for (double c = box.x + box.y + step / 2; c < box.x + box.width + box.y + box.height; c += step) {
        double const from_x = std::max(box.x, c - box.y - box.height);
        double const to_x = std::min(box.x + box.width, c - box.y);
        if (to_x - from_x > 0.3) lines.push_back({{from_x, c - from_x}, {to_x, c - to_x}});
    }
    path(lines, stroke, 0.8);
}

std::string lighter(std::string const& color, double share) {
    auto const channel = [&](std::size_t at) {
        int const value = std::stoi(color.substr(at, 2), nullptr, 16);
        return static_cast<int>(std::lround(value + (255 - value) * share));
    };
    return fmt::format("#{:02x}{:02x}{:02x}", channel(1), channel(3), channel(5));
}

} // namespace deckle::chart
