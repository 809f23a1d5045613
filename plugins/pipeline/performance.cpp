#include "performance.hpp"
#include <algorithm>

namespace pipeline {

using deckle::ratio;

Metric median(std::vector<Decimal> values) {
    if (values.empty()) return Metric::na("no_history");
    std::sort(values.begin(), values.end());
    std::size_t const middle = values.size() / 2;
    if (values.size() % 2 == 1) return values[middle];
    return (values[middle - 1] + values[middle]).divided_by(2);
}

Metric mean(std::vector<Decimal> const& values) {
    Decimal sum;
    for (Decimal const& v : values) sum += v;
    return ratio(sum, static_cast<std::int64_t>(values.size()), "no_history");
}

Metric Closed::win_rate() const {
    return ratio(won, won + lost, "none_closed");
}
Metric Closed::win_rate_by_value() const {
    return ratio(won_value, won_value + lost_value, won + lost == 0 ? "none_closed" : "no_amounts");
}
Metric Closed::average_deal() const {
    return ratio(won_value, won, "none_won");
}
Metric Closed::median_deal() const {
    return won_values.empty() ? Metric::na("none_won") : median(won_values);
}
Metric Closed::mean_cycle() const {
    return cycles.empty() ? Metric::na(won == 0 ? "none_won" : "no_created_date") : mean(cycles);
}
Metric Closed::median_cycle() const {
    return cycles.empty() ? mean_cycle() : median(cycles);
}

void Closed::add(Deal const& deal, Basis basis, bool no_decision_is_lost) {
    Decimal const value = deal.value(basis);
    if (deal.status == Status::won) {
        ++won;
        won_value += value;
        won_values.push_back(value);
        if (deal.created && deal.closed)
            cycles.emplace_back(*deal.closed - *deal.created);
        else
            ++cycle_unknown;
        return;
    }
    if (deal.status == Status::no_decision) {
        ++no_decision;
        if (!no_decision_is_lost) return;
    }
    ++lost;
    lost_value += value;
    if (value.is_zero()) ++lost_without_amount;
}

Closed closed_between(std::vector<Deal> const& deals, Date from, Date to, Basis basis, bool no_decision_is_lost) {
    Closed out;
    for (Deal const& d : deals)
        if (d.closed_in(from, to)) out.add(d, basis, no_decision_is_lost);
    return out;
}

Metric velocity(int open_deals, Closed const& closed) {
    Metric const average = closed.average_deal(), rate = closed.win_rate(), cycle = closed.mean_cycle();
    for (Metric const& m : {average, rate, cycle})
        if (!m) return m;
    return ratio(average.value() * Decimal(open_deals) * rate.value(), cycle.value(), "no_cycle");
}

} // namespace pipeline
