/// Short ways to write the leaves this report uses.
#pragma once
#include "metric.hpp"
#include <deckle/words.hpp>

namespace cash_flow {

using deckle::Date;
using deckle::Json;
namespace leaf = deckle::leaf;
using deckle::words::bind;
using deckle::words::task;

struct Words {
    std::string currency;
    bool thousands = false; // the amounts of the weekly tables and charts

    /// In a sentence or as a key figure: whole units, with symbol.
    [[nodiscard]] Json money(Decimal amount) const { return leaf::money(amount, currency, {.digits = 0}); }
    /// In a column whose heading names the unit.
    [[nodiscard]] Json cell(Decimal amount) const {
        return leaf::money(amount, currency, {.digits = 0, .symbol = false});
    }
    /// As `cell`, blank for zero: in wide tables the eye then finds what is there.
    [[nodiscard]] Json cell_or_blank(Decimal amount) const { return amount.is_zero() ? Json("") : cell(amount); }
    /// In the weekly tables.
    [[nodiscard]] Json weekly(Decimal amount) const {
        if (!thousands) return cell(amount);
        return leaf::money(amount, currency, {.digits = 1, .scale = 3, .symbol = false});
    }
    /// The exact value of a figure.
    [[nodiscard]] Json exact(Decimal amount) const { return leaf::money(amount, currency); }
    /// As a label in the weekly chart: whole thousands, or units.
    [[nodiscard]] Json label(Decimal amount) const {
        return leaf::money(amount, currency, {.digits = 0, .scale = thousands ? 3 : 0, .symbol = false});
    }
    [[nodiscard]] std::string unit() const { return deckle::words::unit(currency); }
    [[nodiscard]] std::string weekly_unit() const { return thousands ? "thousand " + unit() : unit(); }

    [[nodiscard]] static Json days(Metric const& m) { return number(m, 1); }
    [[nodiscard]] static Json number(Metric const& m, int digits) { return deckle::words::number(m, digits); }
    [[nodiscard]] static Json percent(Metric const& m, int digits = 1) { return deckle::words::percent(m, digits); }
    [[nodiscard]] Json money(Metric const& m) const { return m ? money(m.value()) : leaf::na(m.reason()); }
    [[nodiscard]] static Json count(std::int64_t n) { return leaf::num(n); }
    [[nodiscard]] static Json day(Date d) { return leaf::date(d, "day"); }
    /// "1 day", "3 days" and the like.
    [[nodiscard]] static Json counted(std::int64_t n, char const* one, char const* many) {
        return deckle::words::counted(n, one, many);
    }
};

} // namespace cash_flow
