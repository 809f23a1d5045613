// Three years in figures, from facts.
#include "sections.hpp"
#include <array>
#include <deckle/words.hpp>
#include <map>
#include <set>

namespace award_submission {
namespace {

using Year = std::optional<Decimal>;
constexpr std::size_t years = 3;

class Schedule {
public:
    explicit Schedule(Entry const& e) : e_(e) {
        table_.column("").unit(leaf::text("revenue and EBITDA in {unit}", {{"unit", deckle::words::unit(e.currency)}}));
        for (std::size_t i = 0; i < years; ++i) table_.column(std::to_string(year(i)), deckle::Align::right);
        table_.column("Change", deckle::Align::right);
    }

    enum class As { money, count, ratio };

    /// One fact over the years; `label` empty = the fact's own.
    void fact(std::string const& id, std::string label, As as, std::string_view tone = {}) {
        std::array<Json, years> cells;
        std::array<Year, years> values;
        for (std::size_t i = 0; i < years; ++i) {
            Fact const* const found = e_.facts.of_year(id, year(i));
            auto const* number = found == nullptr ? nullptr : std::get_if<Decimal>(&found->content);
            if (number == nullptr) {
                cells[i] = missing(id, year(i));
                continue;
            }
            if (label.empty()) label = found->label;
            if (as == As::money && found->unit != e_.currency) {
                cells[i] = leaf::na("unit_is:" + (found->unit.empty() ? std::string("none") : found->unit));
                continue;
            }
            values[i] = *number;
            cells[i] = cell(*number, as);
        }
        if (label.empty()) label = id;
        row(label, cells, change(values, as), tone);
    }

    void row(Json const& label, std::array<Json, years> const& cells, Json const& change, std::string_view tone = {}) {
        std::vector<Json> all{label};
        all.insert(all.end(), cells.begin(), cells.end());
        all.push_back(change);
        table_.row(all, tone);
    }

    [[nodiscard]] int year(std::size_t i) const { return e_.last_year - static_cast<int>(years - 1 - i); }
    [[nodiscard]] Year number(std::string const& id, int year) const {
        Fact const* const found = e_.facts.of_year(id, year);
        auto const* value = found == nullptr ? nullptr : std::get_if<Decimal>(&found->content);
        return value == nullptr ? std::nullopt : Year(*value);
    }
    [[nodiscard]] Json cell(Decimal value, As as) const {
        if (as == As::money) return leaf::money(value, e_.currency, {.digits = 0, .symbol = false});
        return as == As::ratio ? leaf::pct(value, {.digits = 1}) : leaf::num(value.trimmed());
    }
    [[nodiscard]] static Json ratio(std::variant<Decimal, std::string> const& value, bool sign = true) {
        if (auto const* number = std::get_if<Decimal>(&value)) return leaf::pct(*number, {.digits = 1, .sign = sign});
        return leaf::na(std::get<std::string>(value));
    }
    [[nodiscard]] Json json() const { return table_.json(); }
    /// n/a, and noted for the line below the table.
    [[nodiscard]] Json missing(std::string const& id, int year) {
        missing_.insert(id + "." + std::to_string(year));
        return leaf::na("missing_fact:" + id + "." + std::to_string(year));
    }
    /// The facts that were looked for and are not there: "a, b"; empty when there are all.
    [[nodiscard]] std::string not_found() const {
        std::string list;
        for (std::string const& name : missing_) list += (list.empty() ? "" : ", ") + name;
        return list;
    }

private:
    /// Of the last year against the one before: in percent, of ratios in points.
    static Json change(std::array<Year, years> const& v, As as) {
        if (!v[years - 1] || !v[years - 2]) return leaf::na("no_two_years");
        if (as != As::ratio) return ratio(growth(*v[years - 2], *v[years - 1]));
        return leaf::text(
            "{n} pts", {{"n", leaf::num((*v[years - 1] - *v[years - 2]) * Decimal(100), {.digits = 1, .sign = true})}});
    }

    Entry const& e_;
    block::Table table_;
    std::set<std::string> missing_;
};

} // namespace

void schedule(Entry const& e, deckle::Report& report) {
    if (!e.facts_bound) {
        report.section("schedule", "Three years in figures",
                       {block::missing("Three years in figures",
                                       "revenue by stream, growth, margins, staff, devices, customers and retention",
                                       deckle::words::bind("facts"))});
        return;
    }
    Schedule s(e);
    using As = Schedule::As;
    // Every stream there is a fact for in one of the years; what the total has beyond them is "other".
    std::map<std::string, bool> streams;
    for (Fact const& fact : e.facts.all())
        if (fact.id.starts_with("revenue.") && fact.unit == e.currency && fact.id != "revenue.total" &&
            fact.id != "revenue.recurring")
            for (std::size_t i = 0; i < years; ++i)
                if (s.number(fact.id, s.year(i))) streams[fact.id] = true;
    static constexpr std::array usual{"revenue.managed", "revenue.cloud", "revenue.projects", "revenue.hardware",
                                      "revenue.break_fix"};
    std::vector<std::string> ordered;
    for (char const* id : usual)
        if (streams.erase(id) > 0) ordered.emplace_back(id);
    for (auto const& [id, there] : streams) ordered.push_back(id);
    for (std::string const& id : ordered) s.fact(id, "", As::money);
    if (!ordered.empty()) {
        std::array<Json, years> rest;
        bool shown = false;
        for (std::size_t i = 0; i < years; ++i) {
            auto left = s.number("revenue.total", s.year(i));
            for (std::string const& id : ordered)
                if (auto const part = s.number(id, s.year(i)); left && part) *left -= *part;
            rest[i] = left ? s.cell(*left, As::money) : s.missing("revenue.total", s.year(i));
            shown = shown || (left && !left->rounded(0).is_zero());
        }
        if (shown) s.row("Other, credits and allowances", rest, "");
    }
    s.fact("revenue.total", "Total revenue", As::money, "strong");
    std::array<Json, years> growths;
    for (std::size_t i = 0; i < years; ++i) {
        auto const before = s.number("revenue.total", s.year(i) - 1), after = s.number("revenue.total", s.year(i));
        growths[i] = before && after ? Schedule::ratio(growth(*before, *after))
                                     : s.missing("revenue.total", s.year(i) - (before ? 0 : 1));
    }
    auto const first = s.number("revenue.total", s.year(0)), last = s.number("revenue.total", s.year(years - 1));
    s.row("Growth over the year before", growths,
          first && last
              ? leaf::text("{n} a year", {{"n", Schedule::ratio(cagr(*first, *last, static_cast<int>(years) - 1))}})
              : leaf::na("no_two_years"));
    s.fact("revenue.recurring_share", "Recurring share of revenue", As::ratio);
    s.fact("margin.gross", "Gross margin", As::ratio);
    s.fact("ebitda", "EBITDA", As::money);
    s.fact("staff.count", "Employees, year end", As::count);
    s.fact("seats.managed", "Devices under management, year end", As::count);
    s.fact("customers.active", "Customers, year end", As::count);
    s.fact("customers.retention", "Customers retained", As::ratio);
    std::vector<Json> blocks{s.json()};
    if (std::string const gone = s.not_found(); !gone.empty())
        blocks.push_back(block::callout("info", leaf::text("n/a where there is no fact: {names}", {{"names", gone}})));
    report.section("schedule", "Three years in figures", blocks,
                   leaf::text("{from} to {to}, from the firm's facts",
                              {{"from", std::to_string(s.year(0))}, {"to", std::to_string(s.year(years - 1))}}));
}

} // namespace award_submission
