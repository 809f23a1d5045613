#include "schedule/period_rule.hpp"
#include "schedule/words.hpp"
#include <array>
#include <utility>

namespace deckle::schedule {
namespace {

constexpr std::array<std::pair<PeriodRule, std::string_view>, 4> names{
    {{PeriodRule::previous_month, "previous month"},
     {PeriodRule::previous_quarter, "previous quarter"},
     {PeriodRule::previous_year, "previous year"},
     {PeriodRule::this_month, "this month"}}};

std::string month_text(Date day) {
    return day.to_string().substr(0, 7);
}

} // namespace

std::optional<PeriodRule> parse_period_rule(std::string_view text) {
    for (auto const& [rule, name] : names)
        if (lower(trimmed(text)) == name) return rule;
    return std::nullopt;
}

std::string_view to_string(PeriodRule rule) {
    for (auto const& [known, name] : names)
        if (known == rule) return name;
    return {};
}

std::string period_for(PeriodRule rule, Date day, std::string_view fiscal_year_start) {
    Date const month = day.first_of_month();
    if (rule == PeriodRule::this_month) return month_text(month);
    if (rule == PeriodRule::previous_month) return month_text(month - 1);
    int const months = rule == PeriodRule::previous_quarter ? 3 : 12;
    int const first_month = whole_number(fiscal_year_start.substr(0, 2));
    int const since = (static_cast<int>(month.month()) - first_month + 12) % months;
    Date const start = month.plus_months(-since - months);
    if (start.month() % 3 == 1 && months == 3)
        return start.to_string().substr(0, 4) + "-Q" + std::to_string(start.month() / 3 + 1);
    if (start.month() == 1) return start.to_string().substr(0, 4);
    return month_text(start) + ".." + month_text(start.plus_months(months - 1));
}

} // namespace deckle::schedule
