/// The firm's facts as the dataset `facts` gives them, and the values that rules and tables take from them. Names are
/// those of merge fields: revenue.managed.2025, growth(revenue.total,2024,2025), cagr(...), share(part,whole,period).
#pragma once
#include <deckle/date.hpp>
#include <deckle/decimal.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace award_submission {

using deckle::Date;
using deckle::Decimal;

struct Fact {
    std::string id, period, label;
    std::variant<std::string, Decimal, Date> content; // words, number or day
    std::string unit, source;
    std::optional<Date> as_of;
    std::string printed = {}; // as merge fields print it; empty when the host does not say

    /// "revenue.total.2025"
    [[nodiscard]] std::string name() const { return period.empty() ? id : id + "." + period; }
};

/// The last day of a period: 2026, 2026-Q3, 2026-10, 2026-10-31, "LTM 2026-10" or LTM-2026-10; nullopt for other texts.
[[nodiscard]] std::optional<Date> period_end(std::string_view period);

class Facts {
public:
    explicit Facts(std::vector<Fact> facts = {}) : facts_(std::move(facts)) {}
    /// nullptr when there is none. An empty period is the newest one.
    [[nodiscard]] Fact const* find(std::string_view id, std::string_view period) const;
    /// The fact of a year: of exactly that period, else the newest one that ends with the year (2025-12, 2025-Q4).
    [[nodiscard]] Fact const* of_year(std::string_view id, int year) const;
    [[nodiscard]] std::vector<Fact> const& all() const { return facts_; }

private:
    std::vector<Fact> facts_;
};

/// What an expression comes to. Without content, `reason` says why: a name for leaf::na.
struct Value {
    std::optional<std::variant<std::string, Decimal, Date>> content;
    std::string unit;
    std::string reason;
    std::vector<Fact const*> facts; // that it was made of
};

/// `text`: id[.period], growth(id,old,new), cagr(id,old,new) or share(part,whole[,period]). nullopt when it is written
/// otherwise. A growth from zero is `new_from_zero`, from below zero `negative_base`.
[[nodiscard]] std::optional<Value> evaluate(std::string_view text, Facts const& facts);

/// (after - before) / before. n/a: `new_from_zero`, `negative_base`.
[[nodiscard]] std::variant<Decimal, std::string> growth(Decimal before, Decimal after);
/// (after / before)^(1/years) - 1 at 12 places. REQUIRES: years > 0. n/a as growth(), and for an end below zero.
[[nodiscard]] std::variant<Decimal, std::string> cagr(Decimal before, Decimal after, int years);

} // namespace award_submission
