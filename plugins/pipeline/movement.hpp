/// What moved: between two reports, and out of the period in which deals were expected.
#pragma once
#include "deal.hpp"
#include "quarter.hpp"

namespace pipeline {

enum class Move {
    added,
    pulled_in, // from a later quarter
    dated_in,  // from an earlier one, or from no date
    reopened,
    up,
    down,
    slipped,   // to a later quarter
    dated_out, // to an earlier one, or to no date
    won,
    lost,
    removed, // no longer in the source
};
constexpr Move all_moves[] = {Move::added,   Move::pulled_in, Move::dated_in, Move::reopened, Move::up,     Move::down,
                              Move::slipped, Move::dated_out, Move::won,      Move::lost,     Move::removed};

/// One deal's part in the change; `amount` is signed.
struct Moved {
    Move move;
    Deal const* deal; // as it is now; for `removed` as it was
    Decimal amount;
    std::optional<Date> expected_before;
};

/// From the open pipeline of a quarter, as it stood in the last report, to the one of now. It ties out:
/// before + all amounts = after. Points into the two lists.
struct Changes {
    Decimal before, after;
    std::vector<Moved> moves;
    [[nodiscard]] Decimal sum(Move move) const;
    [[nodiscard]] int count(Move move) const;
};
[[nodiscard]] Changes changes(std::vector<Deal> const& before, std::vector<Deal> const& after, Quarter const& quarter,
                              Basis basis);

/// Of what was expected in a span when it began.
struct Slippage {
    Decimal expected, slipped, pulled_in; // values at the start; pulled in: now expected or won in it, then later
    int expected_deals = 0;
    std::vector<Moved> slipped_deals;
    [[nodiscard]] Metric rate() const { return deckle::ratio(slipped, expected, "none_expected"); }
};
/// `start`: the deals at the end of the day before `from`. Points into `now`.
[[nodiscard]] Slippage slippage(std::vector<Deal> const& start, std::vector<Deal> const& now, Date from, Date to,
                                Basis basis);

} // namespace pipeline
