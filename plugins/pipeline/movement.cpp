#include "movement.hpp"
#include <algorithm>

namespace pipeline {
namespace {

using ById = std::map<std::string_view, Deal const*>;

ById by_id(std::vector<Deal> const& deals) {
    ById out;
    for (Deal const& d : deals) out.emplace(d.id, &d);
    return out;
}

Deal const* find(ById const& deals, std::string const& id) {
    auto const it = deals.find(id);
    return it == deals.end() ? nullptr : it->second;
}

} // namespace

Decimal Changes::sum(Move move) const {
    Decimal out;
    for (Moved const& m : moves)
        if (m.move == move) out += m.amount;
    return out;
}

int Changes::count(Move move) const {
    return static_cast<int>(std::count_if(moves.begin(), moves.end(), [&](Moved const& m) { return m.move == move; }));
}

Changes changes(std::vector<Deal> const& before, std::vector<Deal> const& after, Quarter const& quarter, Basis basis) {
    Changes out;
    ById const then = by_id(before), now = by_id(after);
    auto counts = [&](Deal const* d) { return d && d->is_open() && d->expected_in(quarter.start, quarter.end); };
    for (auto const& [id, d] : then) {
        if (!counts(d)) continue;
        Decimal const was = d->value(basis);
        out.before += was;
        Deal const* const today = find(now, d->id);
        if (counts(today)) {
            Decimal const change = today->value(basis) - was;
            if (!change.is_zero())
                out.moves.push_back({change.is_negative() ? Move::down : Move::up, today, change, d->expected});
            continue;
        }
        bool const later = today != nullptr && today->expected && *today->expected > quarter.end;
        Move const move = today == nullptr               ? Move::removed
                          : today->is_open()             ? (later ? Move::slipped : Move::dated_out)
                          : today->status == Status::won ? Move::won
                                                         : Move::lost;
        out.moves.push_back({move, today == nullptr ? d : today, -was, d->expected});
    }
    for (auto const& [id, d] : now) {
        if (!counts(d)) continue;
        Decimal const is = d->value(basis);
        out.after += is;
        Deal const* const earlier = find(then, d->id);
        if (counts(earlier)) continue;
        bool const later = earlier != nullptr && earlier->expected && *earlier->expected > quarter.end;
        Move const move = earlier == nullptr    ? Move::added
                          : !earlier->is_open() ? Move::reopened
                          : later               ? Move::pulled_in
                                                : Move::dated_in;
        out.moves.push_back({move, d, is, earlier == nullptr ? std::nullopt : earlier->expected});
    }
    std::stable_sort(out.moves.begin(), out.moves.end(),
                     [](Moved const& x, Moved const& y) { return x.amount.abs() > y.amount.abs(); });
    return out;
}

Slippage slippage(std::vector<Deal> const& start, std::vector<Deal> const& now, Date from, Date to, Basis basis) {
    Slippage out;
    ById const today = by_id(now);
    for (Deal const& d : start) {
        if (!d.is_open() || !d.expected) continue;
        Decimal const value = d.value(basis);
        Deal const* const is = find(today, d.id);
        if (d.expected_in(from, to)) {
            out.expected += value;
            ++out.expected_deals;
            if (is != nullptr && is->is_open() && is->expected && *is->expected > to) {
                out.slipped += value;
                out.slipped_deals.push_back({Move::slipped, is, value, d.expected});
            }
        } else if (*d.expected > to && is != nullptr) {
            bool const now_in =
                is->is_open() ? is->expected_in(from, to) : is->status == Status::won && is->closed_in(from, to);
            if (now_in) out.pulled_in += value;
        }
    }
    std::stable_sort(out.slipped_deals.begin(), out.slipped_deals.end(),
                     [](Moved const& x, Moved const& y) { return x.amount > y.amount; });
    return out;
}

} // namespace pipeline
