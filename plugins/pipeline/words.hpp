/// Short ways to write the leaves this report uses.
#pragma once
#include "inputs.hpp"
#include <deckle/words.hpp>

namespace pipeline {

using deckle::Json;
namespace leaf = deckle::leaf;
using deckle::words::bind;
using deckle::words::counted;
using deckle::words::task;

struct Words {
    std::string currency;
    Basis basis = Basis::first_year;
    bool thousands = false; // the amounts of the charts

    /// In a sentence or as a key figure: whole units, with symbol.
    [[nodiscard]] Json money(Decimal amount) const { return leaf::money(amount, currency, {.digits = 0}); }
    [[nodiscard]] Json money(Metric const& m) const { return m ? money(m.value()) : leaf::na(m.reason()); }
    /// In a column whose heading names the unit.
    [[nodiscard]] Json cell(Decimal amount) const {
        return leaf::money(amount, currency, {.digits = 0, .symbol = false});
    }
    [[nodiscard]] Json cell(Metric const& m) const { return m ? cell(m.value()) : leaf::na(m.reason()); }
    /// Blank for zero: in wide tables the eye then finds what is there.
    [[nodiscard]] Json cell_or_blank(Decimal amount) const { return amount.is_zero() ? Json("") : cell(amount); }
    [[nodiscard]] Json signed_cell(Decimal amount) const {
        return leaf::money(amount, currency, {.digits = 0, .symbol = false, .sign = true});
    }
    /// The exact value of a figure.
    [[nodiscard]] Json exact(Decimal amount) const { return leaf::money(amount, currency); }

    /// What a deal is worth, in words.
    [[nodiscard]] std::string value() const {
        static constexpr char const* names[] = {"first-year value", "total contract value", "annual contract value",
                                                "one-time amount"};
        return names[static_cast<int>(basis)];
    }
    [[nodiscard]] std::string unit() const { return deckle::words::unit(currency) + ", " + value(); }
    [[nodiscard]] std::string chart_unit() const { return (thousands ? "thousand " : "") + unit(); }

    [[nodiscard]] static Json count(std::int64_t n) { return leaf::num(n); }
    [[nodiscard]] static Json count_or_blank(int n) { return n == 0 ? Json("") : count(n); }
    [[nodiscard]] static Json number(Metric const& m, int digits) { return deckle::words::number(m, digits); }
    [[nodiscard]] static Json percent(Metric const& m, int digits = 1) { return deckle::words::percent(m, digits); }
    [[nodiscard]] static Json day(std::optional<Date> d) { return d ? leaf::date(*d, "day") : Json(""); }
    [[nodiscard]] static Json named(std::string const& name, char const* otherwise) {
        return name.empty() ? Json(otherwise) : Json(name);
    }
    /// Times, or "covered" when the quota is met already.
    [[nodiscard]] static Json coverage(Metric const& m) {
        return !m && m.reason() == "quota_met" ? Json("covered") : number(m, 2);
    }
};

/// Name with account, where the name does not tell it.
[[nodiscard]] inline std::string title_of(Deal const& d) {
    std::string name = d.name.empty() ? d.id : d.name;
    bool const told = d.account.empty() || name.find(d.account) != std::string::npos;
    return told ? name : name + ", " + d.account;
}

} // namespace pipeline
