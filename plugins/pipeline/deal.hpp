/// A deal, what it is worth, and how it stood on another day.
#pragma once
#include <deckle/date.hpp>
#include <deckle/metric.hpp>
#include <map>
#include <string>
#include <vector>

namespace pipeline {

using deckle::Date;
using deckle::Decimal;
using deckle::Metric;

enum class Status { open, won, lost, no_decision };

/// What counts as the value of a deal.
enum class Basis {
    first_year, // one-time + 12 months of the recurring part
    tcv,        // one-time + the recurring part over its term
    acv,        // 12 months of the recurring part
    one_time,
};

/// Amounts in company currency; the recurring part never mixes with the one-time part unseen.
struct Parts {
    Decimal one_time, recurring;
    [[nodiscard]] Decimal total() const { return one_time + recurring; }
    Parts& operator+=(Parts const& o);
    friend Parts operator+(Parts a, Parts const& b) { return a += b; }
    friend Parts operator*(Parts const& p, Decimal factor) { return {p.one_time * factor, p.recurring * factor}; }
};

struct Deal {
    std::string id, name, account, contact, owner, source, campaign, type, stage, loss_reason, lost_to, next_step;
    Status status = Status::open;
    std::optional<Decimal> probability = {}; // its own, as a ratio
    bool commit = false;
    Decimal one_time, monthly;
    std::optional<int> term = {}; // months; 12 where the source does not say
    std::optional<Date> created, stage_date, last_activity, expected, original, closed, next_step_date;

    [[nodiscard]] Decimal acv() const { return monthly * 12; }
    [[nodiscard]] Decimal first_year() const { return one_time + acv(); }
    [[nodiscard]] Decimal tcv() const { return one_time + monthly * term.value_or(12); }
    [[nodiscard]] Parts parts(Basis basis) const;
    [[nodiscard]] Decimal value(Basis basis) const { return parts(basis).total(); }
    [[nodiscard]] bool is_open() const { return status == Status::open; }
    [[nodiscard]] bool expected_in(Date from, Date to) const {
        return expected && *expected >= from && *expected <= to;
    }
    [[nodiscard]] bool closed_in(Date from, Date to) const {
        return !is_open() && closed && *closed >= from && *closed <= to;
    }
};

struct Stage {
    std::string name;
    int position = 0;
    std::optional<Decimal> probability; // default of the stage, as a ratio
};
using Stages = std::vector<Stage>; // in their order

/// Index in `stages`; nullopt for a stage that is not listed (closed ones usually are not).
[[nodiscard]] std::optional<std::size_t> stage_index(Stages const& stages, std::string const& name);

/// Won = 1, lost = 0; else the deal's own, else the default of its stage; nullopt when neither is known.
[[nodiscard]] std::optional<Decimal> chance(Deal const& deal, Stages const& stages);

/// Exports hold probabilities as 0 to 1 or 0 to 100: above 1 anywhere means percent everywhere.
void as_ratios(std::vector<std::optional<Decimal>*> const& probabilities);

struct StageChange {
    Date date;
    std::string stage;
    std::optional<Decimal> amount = {};
    std::optional<Date> expected = {};
};
using History = std::map<std::string, std::vector<StageChange>>; // by deal, in order of date

/// The deal at the end of `day`. What happened after that day is undone: a deal closed later is open again, one that
/// moved on is in the stage and has the one-time amount and expected close of its last change up to that day; then its
/// own probability is not known, nor is its stage where the history lacks it. nullopt when it did not exist yet.
[[nodiscard]] std::optional<Deal> at(Deal const& deal, History const& history, Stages const& stages, Date day);
[[nodiscard]] std::vector<Deal> at(std::vector<Deal> const& deals, History const& history, Stages const& stages,
                                   Date day);

/// How often the expected close moved to a later day, up to and including `day`.
[[nodiscard]] int pushes(Deal const& deal, History const& history, Date day);

} // namespace pipeline
