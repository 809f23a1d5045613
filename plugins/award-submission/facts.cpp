#include "facts.hpp"
#include <algorithm>

namespace award_submission {
namespace {

std::string_view trim_blanks(std::string_view text) {
    auto const first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_id(std::string_view text) {
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z' && text.back() != '.' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
           });
}

std::string same_period(std::string_view text) {
    return text.starts_with("LTM-") ? "LTM " + std::string(text.substr(4)) : std::string(text);
}

// revenue.total.2025 -> {revenue.total, 2025}
std::pair<std::string_view, std::string_view> split(std::string_view name) {
    for (auto at = name.find('.'); at != std::string_view::npos; at = name.find('.', at + 1))
        if (period_end(name.substr(at + 1))) return {name.substr(0, at), name.substr(at + 1)};
    return {name, {}};
}

std::string missing(std::string_view id, std::string_view period) {
    return "missing_fact:" + std::string(id) + (period.empty() ? "" : "." + std::string(period));
}

/// Two facts as numbers, for the functions.
struct Pair {
    Value value;
    Decimal first, second;
    Fact const *one = nullptr, *two = nullptr;
};
Pair numbers(Facts const& facts, std::string_view id1, std::string_view period1, std::string_view id2,
             std::string_view period2) {
    Pair pair;
    auto take = [&](std::string_view id, std::string_view period, Decimal& to) -> Fact const* {
        Fact const* const fact = facts.find(id, period);
        if (!pair.value.reason.empty()) return fact;
        if (fact == nullptr)
            pair.value.reason = missing(id, period);
        else if (auto const* number = std::get_if<Decimal>(&fact->content))
            to = *number, pair.value.facts.push_back(fact);
        else
            pair.value.reason = "no_number:" + fact->name();
        return fact;
    };
    pair.one = take(id1, period1, pair.first);
    pair.two = take(id2, period2, pair.second);
    if (pair.value.reason.empty() && pair.one->unit != pair.two->unit) pair.value.reason = "mixed_units";
    return pair;
}

void set(Value& value, std::variant<Decimal, std::string> const& result) {
    if (auto const* number = std::get_if<Decimal>(&result))
        value.content = *number, value.unit = "percent";
    else
        value.reason = std::get<std::string>(result);
}

} // namespace

std::optional<Date> period_end(std::string_view p) {
    if (p.starts_with("LTM ") || p.starts_with("LTM-")) {
        p.remove_prefix(4);
        if (p.size() != 7) return std::nullopt;
    }
    if (p.size() == 4 && digits(p)) return Date::parse(std::string(p) + "-12-31");
    if (p.size() == 10) return Date::parse(p);
    if (p.size() != 7 || p[4] != '-' || !digits(p.substr(0, 4))) return std::nullopt;
    if (p[5] == 'Q') {
        if (p[6] < '1' || p[6] > '4') return std::nullopt;
        auto const first = Date::from_ymd(std::stoi(std::string(p.substr(0, 4))), unsigned(p[6] - '0') * 3, 1);
        return first ? std::optional(first->last_of_month()) : std::nullopt;
    }
    auto const first = Date::parse(std::string(p) + "-01");
    return first ? std::optional(first->last_of_month()) : std::nullopt;
}

Fact const* Facts::find(std::string_view id, std::string_view period) const {
    Fact const* best = nullptr;
    for (Fact const& fact : facts_) {
        if (fact.id != id) continue;
        if (!period.empty()) {
            if (same_period(fact.period) == same_period(period)) return &fact;
            continue;
        }
        if (fact.period.empty()) return &fact;
        // The later end, then the longer period, which has the shorter name.
        auto const end = period_end(fact.period), other = best == nullptr ? std::nullopt : period_end(best->period);
        if (best == nullptr || end > other || (end == other && fact.period.size() < best->period.size())) best = &fact;
    }
    return best;
}

Fact const* Facts::of_year(std::string_view id, int year) const {
    std::string const name = std::to_string(year);
    if (auto const* exact = find(id, name)) return exact;
    Fact const* best = nullptr;
    for (Fact const& fact : facts_)
        if (fact.id == id && !fact.period.starts_with("LTM") &&
            period_end(fact.period) == Date::parse(name + "-12-31") &&
            (best == nullptr || fact.period.size() < best->period.size()))
            best = &fact;
    return best;
}

std::optional<Value> evaluate(std::string_view text, Facts const& facts) {
    text = trim_blanks(text);
    auto const open = text.find('(');
    if (open == std::string_view::npos) {
        auto const [id, period] = split(text);
        if (!is_id(id)) return std::nullopt;
        Fact const* const fact = facts.find(id, period);
        if (fact == nullptr) return Value{std::nullopt, "", missing(id, period), {}};
        return Value{fact->content, fact->unit, "", {fact}};
    }
    if (text.back() != ')') return std::nullopt;
    std::string_view const name = trim_blanks(text.substr(0, open));
    std::vector<std::string_view> args;
    for (std::string_view rest = text.substr(open + 1, text.size() - open - 2);;) {
        auto const comma = rest.find(',');
        args.push_back(trim_blanks(rest.substr(0, comma)));
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
    }
    if (name == "share" && (args.size() == 2 || args.size() == 3) && is_id(args[0]) && is_id(args[1])) {
        auto const period = args.size() == 3 ? args[2] : std::string_view();
        Pair pair = numbers(facts, args[0], period, args[1], period);
        if (!pair.value.reason.empty()) return pair.value;
        if (pair.second.is_zero())
            pair.value.reason = "zero_denominator";
        else
            set(pair.value, pair.first.divided_by(pair.second));
        return pair.value;
    }
    bool const is_cagr = name == "cagr";
    if ((!is_cagr && name != "growth") || args.size() != 3 || !is_id(args[0])) return std::nullopt;
    auto const from = period_end(args[1]), to = period_end(args[2]);
    if (!from || !to) return std::nullopt;
    Pair pair = numbers(facts, args[0], args[1], args[0], args[2]);
    if (!pair.value.reason.empty()) return pair.value;
    int const years = to->year() - from->year();
    if (is_cagr && years < 1)
        pair.value.reason = "no_years_between";
    else
        set(pair.value, is_cagr ? cagr(pair.first, pair.second, years) : growth(pair.first, pair.second));
    return pair.value;
}

std::variant<Decimal, std::string> growth(Decimal before, Decimal after) {
    if (before.is_zero()) return std::string("new_from_zero");
    if (before.is_negative()) return std::string("negative_base");
    return (after - before).divided_by(before);
}

std::variant<Decimal, std::string> cagr(Decimal before, Decimal after, int years) {
    auto const whole = growth(before, after);
    if (std::holds_alternative<std::string>(whole)) return whole;
    if (after.is_negative()) return std::string("negative_end");
    if (after.is_zero()) return Decimal(-1);
    Decimal const ratio = after.divided_by(before, 15);
    Decimal x = ratio > Decimal(1) ? ratio : Decimal(1); // Newton's steps fall from above to the root
    for (int step = 0; step < 200; ++step) {
        Decimal power(1);
        for (int i = 1; i < years; ++i) power = (power * x).rounded(15);
        Decimal const next = (Decimal(years - 1) * x + ratio.divided_by(power, 15)).divided_by(Decimal(years), 15);
        if (next >= x) break;
        x = next;
    }
    return (x - Decimal(1)).rounded(12);
}

} // namespace award_submission
