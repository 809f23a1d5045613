#include "breakdown.hpp"
#include <algorithm>

namespace pipeline {

Decimal cost_between(Campaign const& c, Date from, Date to) {
    Decimal const net = c.cost - c.funded;
    if (!c.start) return net;
    Date const end = std::min(c.end.value_or(to), to);
    int const days = end - *c.start + 1;
    int const inside = end - std::max(*c.start, from) + 1;
    if (days <= 0 || inside <= 0) return 0;
    return inside == days ? net : (net * inside).divided_by(days, 2);
}

std::vector<SourceRow> by_source(std::vector<Deal> const& deals, std::vector<Campaign> const& campaigns, bool bound,
                                 Date from, Date to, Basis basis, bool no_decision_is_lost) {
    std::map<std::string, SourceRow> rows;
    std::map<std::string, std::string> source_of; // campaign -> source of the first deal that names it
    for (Deal const& d : deals) {
        SourceRow& row = rows[d.source];
        if (d.created && *d.created >= from && *d.created <= to) ++row.created;
        if (d.is_open()) row.open.add(d.parts(basis));
        if (d.closed_in(from, to)) row.closed.add(d, basis, no_decision_is_lost);
        if (!d.campaign.empty()) source_of.emplace(d.campaign, d.source);
    }
    if (bound) {
        for (auto& [name, row] : rows) row.cost = Decimal(0);
        for (Campaign const& c : campaigns) {
            auto const named = source_of.find(c.id);
            std::string const source = !c.source.empty() ? c.source : named == source_of.end() ? "" : named->second;
            SourceRow& row = rows[source];
            row.cost = (row.cost ? row.cost.value() : Decimal(0)) + cost_between(c, from, to);
        }
    }
    std::vector<SourceRow> out;
    for (auto& [name, row] : rows) {
        row.source = name;
        if (row.cost) row.cost_per_won = deckle::ratio(row.cost.value(), row.closed.won, "none_won");
        out.push_back(std::move(row));
    }
    std::stable_sort(out.begin(), out.end(), [](SourceRow const& x, SourceRow const& y) {
        if (x.source.empty() != y.source.empty()) return y.source.empty();
        return x.closed.won_value > y.closed.won_value;
    });
    return out;
}

void Mix::add(Deal const& d) {
    ++deals;
    one_time += d.one_time;
    monthly += d.monthly;
    acv += d.acv();
    first_year += d.first_year();
    tcv += d.tcv();
    if (d.monthly.is_zero()) return;
    ++recurring_deals;
    if (!d.term) ++assumed_terms;
}

std::vector<MonthRow> by_month(std::vector<Deal> const& deals, Date from, Date to, Basis basis) {
    std::vector<MonthRow> out;
    for (Date m = from.first_of_month(); m <= to; m = m.plus_months(1)) out.push_back({m, {}, {}, {}, 0});
    auto row = [&](std::optional<Date> day) -> MonthRow* {
        if (!day || *day < from || *day > to || out.empty()) return nullptr;
        Date const first = out.front().month;
        int const index =
            (day->year() - first.year()) * 12 + static_cast<int>(day->month()) - static_cast<int>(first.month());
        return &out[static_cast<std::size_t>(index)];
    };
    for (Deal const& d : deals) {
        Parts const worth = d.parts(basis);
        if (MonthRow* r = row(d.created)) {
            r->created.add(worth);
            if (worth.total().is_zero()) ++r->without_amount;
        }
        if (MonthRow* r = d.is_open() ? nullptr : row(d.closed))
            (d.status == Status::won ? r->won : r->lost).add(worth);
    }
    return out;
}

namespace {

std::vector<ReasonRow> grouped(std::vector<Deal> const& deals, Date from, Date to, Basis basis, bool competitor) {
    std::map<std::string, ReasonRow> rows;
    for (Deal const& d : deals) {
        bool const counts = d.closed_in(from, to) && d.status != Status::won;
        if (!counts || (competitor && d.lost_to.empty())) continue;
        ReasonRow& r = rows[competitor ? d.lost_to : d.loss_reason];
        ++r.deals;
        if (d.status == Status::no_decision) ++r.no_decision;
        r.value += d.value(basis);
    }
    std::vector<ReasonRow> out;
    for (auto& [name, r] : rows) {
        r.reason = name;
        out.push_back(std::move(r));
    }
    std::stable_sort(out.begin(), out.end(), [](ReasonRow const& x, ReasonRow const& y) {
        return x.value != y.value ? x.value > y.value : x.deals > y.deals;
    });
    return out;
}

} // namespace

std::vector<ReasonRow> by_reason(std::vector<Deal> const& deals, Date from, Date to, Basis basis) {
    return grouped(deals, from, to, basis, false);
}

std::vector<ReasonRow> by_competitor(std::vector<Deal> const& deals, Date from, Date to, Basis basis) {
    return grouped(deals, from, to, basis, true);
}

} // namespace pipeline
