#include "css/calc.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace deckle::css {
namespace {

using Kind = CalcValue::Kind;

class Calculator {
public:
    Calculator(Cursor& c, Context const& x, int depth) : c_(c), x_(x), depth_(depth) {}

    std::optional<CalcValue> sum() {
        auto left = product();
        while (left && (c_.peek().is_delim('+') || c_.peek().is_delim('-'))) {
            double const sign = c_.take().delim == '-' ? -1 : 1;
            auto const right = product();
            if (!right || !same_kind(*left, *right)) return std::nullopt;
            left->number += sign * right->number;
            left->percent += sign * right->percent;
        }
        return left;
    }

private:
    static bool same_kind(CalcValue const& a, CalcValue const& b) { return a.kind == b.kind; }

    std::optional<CalcValue> product() {
        auto left = value();
        while (left && (c_.peek().is_delim('*') || c_.peek().is_delim('/'))) {
            bool const divide = c_.take().delim == '/';
            auto right = value();
            if (!right) return std::nullopt;
            if (!divide && left->kind == Kind::number) std::swap(*left, *right);
            if (right->kind != Kind::number || (divide && right->number == 0)) return std::nullopt;
            double const factor = divide ? 1 / right->number : right->number;
            left->number *= factor;
            left->percent *= factor;
        }
        return left;
    }

    std::optional<CalcValue> value() {
        auto const& t = c_.peek();
        switch (t.type) {
        case Token::Type::number:
            return c_.take(), CalcValue{Kind::number, t.number, 0};
        case Token::Type::percentage:
            return c_.take(), CalcValue{Kind::length, 0, t.number};
        case Token::Type::dimension:
            if (auto const unit = unit_points(t.text, x_))
                return c_.take(), CalcValue{Kind::length, t.number * *unit, 0};
            if (auto const unit = unit_degrees(t.text)) return c_.take(), CalcValue{Kind::angle, t.number * *unit, 0};
            return std::nullopt;
        case Token::Type::ident:
            if (t.is("pi")) return c_.take(), CalcValue{Kind::number, std::numbers::pi, 0};
            if (t.is("e")) return c_.take(), CalcValue{Kind::number, std::numbers::e, 0};
            return std::nullopt;
        case Token::Type::open_paren: {
            if (depth_ > 32) return std::nullopt;
            Cursor inner(c_.take_block());
            auto out = Calculator(inner, x_, depth_ + 1).sum();
            return inner.done() ? out : std::nullopt;
        }
        case Token::Type::function:
            return depth_ > 32 ? std::nullopt : function();
        default:
            return std::nullopt;
        }
    }

public:
    std::optional<CalcValue> function() {
        auto const& t = c_.peek();
        bool const calc = t.is("calc"), min = t.is("min"), max = t.is("max"), clamp = t.is("clamp"), abs = t.is("abs");
        if (!calc && !min && !max && !clamp && !abs) return std::nullopt;
        Cursor inner(c_.take_block());
        std::vector<CalcValue> args;
        do {
            auto const v = Calculator(inner, x_, depth_ + 1).sum();
            if (!v || (!args.empty() && !same_kind(args[0], *v))) return std::nullopt;
            args.push_back(*v);
        } while (inner.take_comma());
        if (!inner.done()) return std::nullopt;
        if (calc) return args.size() == 1 ? std::optional(args[0]) : std::nullopt;
        bool const percent_only =
            std::ranges::all_of(args, [](auto& a) { return a.kind == Kind::length && a.number == 0; });
        for (auto const& a : args)
            if (a.percent != 0 && !percent_only) return std::nullopt;
        auto const key = [&](CalcValue const& v) { return percent_only && v.number == 0 ? v.percent : v.number; };
        auto const less = [&](CalcValue const& a, CalcValue const& b) { return key(a) < key(b); };
        if (abs && args.size() == 1)
            return CalcValue{args[0].kind, std::abs(args[0].number), std::abs(args[0].percent)};
        if (min) return *std::ranges::min_element(args, less);
        if (max) return *std::ranges::max_element(args, less);
        if (clamp && args.size() == 3) return std::max(args[0], std::min(args[1], args[2], less), less);
        return std::nullopt;
    }

private:
    Cursor& c_;
    Context const& x_;
    int depth_;
};

} // namespace

std::optional<CalcValue> read_calc(Cursor& c, Context const& x) {
    auto const back = c.mark();
    auto out = Calculator(c, x, 0).function();
    if (!out) {
        c.reset(back);
        return out;
    }
    // https://www.w3.org/TR/css-values-4/#calc-ieee: not a number is 0; the ends are those of written numbers
    for (double* const value : {&out->number, &out->percent})
        *value = std::isnan(*value) ? 0 : std::clamp(*value, -1e9, 1e9);
    return out;
}

namespace {

/// A page neither grows nor shrinks: svw, lvw and dvw are vw.
std::optional<double> viewport_share(std::string_view unit, Context const& x) {
    if (unit.size() > 2 &&
        (unit[0] == 's' || unit[0] == 'l' || unit[0] == 'd' || unit[0] == 'S' || unit[0] == 'L' || unit[0] == 'D'))
        unit.remove_prefix(1);
    if (equals_nocase(unit, "vw") || equals_nocase(unit, "vi")) return x.viewport_width / 100;
    if (equals_nocase(unit, "vh") || equals_nocase(unit, "vb")) return x.viewport_height / 100;
    if (equals_nocase(unit, "vmin")) return std::min(x.viewport_width, x.viewport_height) / 100;
    if (equals_nocase(unit, "vmax")) return std::max(x.viewport_width, x.viewport_height) / 100;
    return std::nullopt;
}

} // namespace

std::optional<double> unit_points(std::string_view unit, Context const& x) {
    struct Unit {
        std::string_view name;
        double points;
    };
    static constexpr std::array absolute{Unit{"pt", 1},  Unit{"px", 0.75}, Unit{"mm", 72 / 25.4}, Unit{"cm", 72 / 2.54},
                                         Unit{"in", 72}, Unit{"pc", 12},   Unit{"q", 72 / 101.6}};
    for (auto const& u : absolute)
        if (equals_nocase(unit, u.name)) return u.points;
    auto const& own = x.font_size_pass ? x.parent : x.style;
    if (equals_nocase(unit, "em")) return own.font_size;
    if (equals_nocase(unit, "rem")) return x.root_font_size;
    if (equals_nocase(unit, "ch"))
        return x.zero_advance && *x.zero_advance ? (*x.zero_advance)(own) : own.font_size / 2;
    if (equals_nocase(unit, "ex")) return x.x_height && *x.x_height ? (*x.x_height)(own) : own.font_size / 2;
    if (equals_nocase(unit, "ic")) return own.font_size;
    if (auto const share = viewport_share(unit, x)) return share;
    if (equals_nocase(unit, "lh")) {
        auto const& line = own.line_height;
        if (line.kind == LineHeight::Kind::length) return line.value;
        return own.font_size * (line.kind == LineHeight::Kind::number ? line.value : 1.2);
    }
    return std::nullopt;
}

std::optional<double> unit_degrees(std::string_view unit) {
    if (equals_nocase(unit, "deg")) return 1.0;
    if (equals_nocase(unit, "rad")) return 180 / std::numbers::pi;
    if (equals_nocase(unit, "grad")) return 0.9;
    if (equals_nocase(unit, "turn")) return 360.0;
    return std::nullopt;
}

} // namespace deckle::css
