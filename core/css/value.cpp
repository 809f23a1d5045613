#include "css/value.hpp"
#include "css/calc.hpp"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace deckle::css {

namespace {
Token const end_token;
}

Token const& Cursor::peek() const {
    return at_ < tokens_.size() ? tokens_[at_] : end_token;
}

void Cursor::skip_space() {
    while (at_ < tokens_.size() && tokens_[at_].type == Token::Type::whitespace) ++at_;
}

Token const& Cursor::take() {
    auto const& token = peek();
    if (at_ < tokens_.size()) ++at_;
    skip_space();
    return token;
}

bool Cursor::take_ident(std::string_view lower) {
    if (!peek().is_ident(lower)) return false;
    take();
    return true;
}

bool Cursor::take_delim(char c) {
    if (!peek().is_delim(c)) return false;
    take();
    return true;
}

bool Cursor::take_comma() {
    if (peek().type != Token::Type::comma) return false;
    take();
    return true;
}

namespace {

/// +1 for what opens a bracket, -1 for what closes one.
int nesting(Token const& t) {
    using Type = Token::Type;
    switch (t.type) {
    case Type::function:
    case Type::open_paren:
    case Type::open_bracket:
    case Type::open_brace:
        return 1;
    case Type::close_paren:
    case Type::close_bracket:
    case Type::close_brace:
        return -1;
    default:
        return 0;
    }
}

} // namespace

Tokens Cursor::take_block() {
    auto const from = ++at_;
    int depth = 1;
    while (at_ < tokens_.size() && (depth += nesting(tokens_[at_])) > 0) ++at_;
    auto const inside = tokens_.subspan(from, at_ - from);
    if (at_ < tokens_.size()) ++at_;
    skip_space();
    return inside;
}

Tokens Cursor::take_until_comma() {
    auto const from = at_;
    int depth = 0;
    while (!done() && !(depth == 0 && tokens_[at_].type == Token::Type::comma)) depth += nesting(tokens_[at_++]);
    auto const inside = tokens_.subspan(from, at_ - from);
    take_comma();
    return inside;
}

std::optional<Length> read_length_percentage(Cursor& c, Context const& x, Sign sign, bool unitless) {
    unitless = unitless || x.unitless;
    auto const back = c.mark();
    auto const& t = c.peek();
    std::optional<Length> out;
    bool calculated = false;
    switch (t.type) {
    case Token::Type::percentage:
        out = Length::pct(t.number);
        break;
    case Token::Type::number:
        if (t.number == 0 || unitless) out = Length::pt(t.number * 0.75);
        break;
    case Token::Type::dimension:
        if (auto const unit = unit_points(t.text, x)) out = Length::pt(t.number * *unit);
        break;
    case Token::Type::function:
        if (auto const value = read_calc(c, x); value && value->kind == CalcValue::Kind::length) {
            out = Length{Length::Kind::value, value->number, value->percent};
            calculated = true;
        } else if (value && value->kind == CalcValue::Kind::number && unitless) {
            out = Length::pt(value->number * 0.75);
            calculated = true;
        }
        break;
    default:
        break;
    }
    if (!out) {
        c.reset(back);
        return std::nullopt;
    }
    if (!calculated) c.take();
    if (sign == Sign::not_negative && (out->points < 0 || out->percent < 0)) {
        if (!calculated) {
            c.reset(back);
            return std::nullopt;
        }
        if (out->percent == 0) out->points = std::max(out->points, 0.0);
    }
    return out;
}

std::optional<double> read_length(Cursor& c, Context const& x, Sign sign, bool unitless) {
    auto const back = c.mark();
    auto const value = read_length_percentage(c, x, sign, unitless);
    if (value && value->percent == 0) return value->points;
    c.reset(back);
    return std::nullopt;
}

std::optional<double> read_number(Cursor& c, Context const& x, Sign sign) {
    auto const back = c.mark();
    std::optional<double> out;
    if (c.peek().type == Token::Type::number)
        out = c.take().number;
    else if (c.peek().type == Token::Type::function)
        if (auto const value = read_calc(c, x); value && value->kind == CalcValue::Kind::number) out = value->number;
    if (out && (sign == Sign::any || *out >= 0)) return out;
    c.reset(back);
    return std::nullopt;
}

std::optional<int> read_integer(Cursor& c, Context const& x) {
    auto const back = c.mark();
    if (c.peek().type == Token::Type::number && c.peek().integer) return static_cast<int>(c.take().number);
    if (c.peek().type == Token::Type::function)
        if (auto const value = read_number(c, x)) return static_cast<int>(std::lround(std::clamp(*value, -1e9, 1e9)));
    c.reset(back);
    return std::nullopt;
}

std::optional<double> read_number_or_percentage(Cursor& c, Context const& x) {
    if (c.peek().type == Token::Type::percentage) return c.take().number / 100;
    return read_number(c, x);
}

std::optional<double> read_angle(Cursor& c, Context const& x) {
    auto const back = c.mark();
    auto const& t = c.peek();
    if (t.type == Token::Type::number && t.number == 0) return c.take(), 0.0;
    if (t.type == Token::Type::dimension) {
        if (auto const unit = unit_degrees(t.text)) return c.take(), t.number * *unit;
    } else if (t.type == Token::Type::function) {
        if (auto const value = read_calc(c, x); value && value->kind == CalcValue::Kind::angle) return value->number;
    }
    c.reset(back);
    return std::nullopt;
}

std::optional<Url> read_url(Cursor& c, Context const& x) {
    if (c.peek().type != Token::Type::url) return std::nullopt;
    return Url{std::string(c.take().text), x.file ? *x.file : std::string()};
}

std::optional<std::string> read_custom_ident(Cursor& c) {
    auto const& t = c.peek();
    if (t.type != Token::Type::ident || t.is("inherit") || t.is("initial") || t.is("unset") || t.is("revert"))
        return std::nullopt;
    return std::string(c.take().text);
}

std::optional<std::pair<Length, Length>> read_position(Cursor& c, Context const& x) {
    // up to four parts: keyword, keyword + offset, or plain length
    struct Part {
        int axis = -1; // 0 x, 1 y, -1 either
        double percent = 0;
        bool keyword = false, has_offset = false;
        Length length;
    };
    std::vector<Part> parts;
    auto const back = c.mark();
    while (parts.size() < 4) {
        Part p;
        auto const& t = c.peek();
        if (t.is_ident("left") || t.is_ident("right"))
            p = {0, t.is("right") ? 100.0 : 0.0, true, false, {}};
        else if (t.is_ident("top") || t.is_ident("bottom"))
            p = {1, t.is("bottom") ? 100.0 : 0.0, true, false, {}};
        else if (t.is_ident("center"))
            p = {-1, 50, true, false, {}};
        else if (auto const length = read_length_percentage(c, x)) {
            if (!parts.empty() && parts.back().keyword && !parts.back().has_offset && parts.back().axis >= 0) {
                // an offset from that side, unless it turns out to be the other axis ("left 20%")
                p.length = *length;
                parts.push_back(p);
                continue;
            }
            p.length = *length;
            parts.push_back(p);
            continue;
        } else
            break;
        c.take();
        parts.push_back(p);
    }
    if (parts.empty()) return std::nullopt;
    // three or four parts: join offsets with their keyword
    if (parts.size() > 2) {
        std::vector<Part> joined;
        for (auto const& p : parts) {
            if (!p.keyword && !joined.empty() && joined.back().keyword && !joined.back().has_offset) {
                joined.back().has_offset = true;
                joined.back().length = p.length;
            } else
                joined.push_back(p);
        }
        parts = joined;
    }
    if (parts.size() > 2) {
        c.reset(back);
        return std::nullopt;
    }
    auto const value = [](Part const& p) {
        if (!p.keyword) return p.length;
        if (!p.has_offset) return Length::pct(p.percent);
        if (p.percent == 100) return Length{Length::Kind::value, -p.length.points, 100 - p.length.percent};
        return p.length;
    };
    if (parts.size() == 1) {
        auto const v = value(parts[0]);
        if (parts[0].axis == 1) return std::pair{Length::pct(50), v};
        return std::pair{v, Length::pct(50)};
    }
    bool const swapped = parts[0].axis == 1 || parts[1].axis == 0;
    if (swapped && (parts[0].axis == 0 || parts[1].axis == 1)) {
        c.reset(back);
        return std::nullopt;
    }
    return swapped ? std::pair{value(parts[1]), value(parts[0])} : std::pair{value(parts[0]), value(parts[1])};
}

} // namespace deckle::css
