#include "template/theme.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace deckle::templates {
namespace {

using Rgb = std::array<int, 3>;

std::optional<int> hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return {};
}

Rgb parse_color(std::string const& text) {
    Rgb color{};
    bool const shorthand = text.size() == 4;
    bool ok = (shorthand || text.size() == 7) && text[0] == '#';
    for (std::size_t i = 0; ok && i < 3; ++i) {
        auto const high = hex(text[shorthand ? 1 + i : 1 + 2 * i]);
        auto const low = hex(text[shorthand ? 1 + i : 2 + 2 * i]);
        ok = high && low;
        if (ok) color[i] = *high * 16 + *low;
    }
    if (!ok)
        throw Error(ErrorCode::usage, fmt::format("theme: brand \"{}\" is no colour; write it like #1f4e79", text));
    return color;
}

// https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio, against white
double contrast_on_white(Rgb const& color) {
    auto const linear = [](int channel) {
        double const c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 1.05 / (0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2]) + 0.05);
}

std::string to_hex(Rgb const& color) {
    return fmt::format("#{:02x}{:02x}{:02x}", color[0], color[1], color[2]);
}

std::string_view media_type(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
    if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
    auto const head = bytes.substr(0, 1024);
    if (head.find("<svg") != std::string_view::npos &&
        bytes.find_first_not_of(" \t\r\n\xef\xbb\xbf") == bytes.find('<'))
        return "image/svg+xml";
    return {};
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve(bytes.size() * 4 / 3 + 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const byte = [&](std::size_t k) {
            return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
        };
        unsigned const group = byte(0) << 16 | byte(1) << 8 | byte(2);
        out += alphabet[group >> 18];
        out += alphabet[group >> 12 & 63];
        out += i + 1 < bytes.size() ? alphabet[group >> 6 & 63] : '=';
        out += i + 2 < bytes.size() ? alphabet[group & 63] : '=';
    }
    return out;
}

} // namespace

std::string readable_brand(Theme const& theme) {
    auto color = parse_color(theme.brand);
    while (contrast_on_white(color) < 4.5)
        for (auto& channel : color) channel = channel * 24 / 25;
    return to_hex(color);
}

std::string theme_variables(Theme const& theme, std::string const& paper) {
    auto const brand = parse_color(theme.brand);
    bool const font_ok = !theme.font.empty() && theme.font.size() <= 60 && std::ranges::all_of(theme.font, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '-';
    });
    if (!font_ok) throw Error(ErrorCode::usage, fmt::format("theme: font \"{}\" is no family name", theme.font));
    if (paper != "letter" && paper != "a4" && paper != "legal")
        throw Error(ErrorCode::usage, fmt::format("paper \"{}\" is not letter, legal or a4", paper));
    // Light brands stay as they are in rules and bars; text and marks take the darker ink.
    return fmt::format(":root{{--brand:{};--brand-ink:{};--font:\"{}\"}}\n@page{{size:{}}}", to_hex(brand),
                       readable_brand(theme), theme.font, paper == "a4" ? "A4" : paper);
}

std::string data_uri(std::filesystem::path const& file, std::vector<std::filesystem::path> const& roots) {
    constexpr std::uintmax_t limit = 8U << 20;
    if (std::ranges::none_of(roots, [&](auto const& root) { return is_inside(file, root); }))
        throw Error(ErrorCode::refused,
                    fmt::format("image {} is outside the workspace and the report's folder", file.string()));
    std::error_code error;
    auto const size = std::filesystem::file_size(file, error);
    if (!error && size > limit)
        throw Error(ErrorCode::limit, fmt::format("image {} has {} bytes, more than 8 MB", file.string(), size));
    auto const bytes = read_file(file);
    auto const type = media_type(bytes);
    if (type.empty()) throw Error(ErrorCode::data, fmt::format("{} is no PNG, JPEG or SVG image", file.string()));
    return fmt::format("data:{};base64,{}", type, base64(bytes));
}

} // namespace deckle::templates
