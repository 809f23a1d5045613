/// The quality gates: what has to hold before what was made may leave.
#pragma once
#include "base/zone.hpp"
#include "data/schedule_settings.hpp"
#include "delivery/product.hpp"
#include <string>
#include <vector>

namespace deckle::service {

using delivery::Product;

/// What one gate found.
struct GateFinding {
    std::string gate; // "fresh", "complete", "ties_out", "not_empty"
    bool good = true;
    bool may_become_good = true; // when the sources change; false: a person has to change something here
    std::string reason;          // why it is not good
};

struct Verdict {
    bool good = true;
    bool may_become_good = true;
    std::string reason;            // of every gate that is not good, one a line
    std::vector<GateFinding> each; // of the gates that the schedule asks for, in the order of the README
};

/// `now`: when it was made. `zone`: of the times in `reason`. `sent`: the models of the edition that was sent last;
/// empty when there is none. Reads the files of the product.
///
/// fresh      the newest data of each source of the run is not older than the schedule's `fresh`
/// complete   every report of the schedule is there, no row was rejected, nothing was lost in drawing, each PDF is
/// whole
///            and has a page
/// ties_out   the reports' own checks hold, and those that were made in `sent` are made again: what they need may be
///            missing now
/// not_empty  no report is empty: without a row of any source, with figures none of which has a value, or with tables
///            none of which has a row. A figure that is zero has a value: a compliance report with nothing overdue is
///            not empty. And no source has lost the rows that it had in `sent`, or most of them, but those that may.
[[nodiscard]] Verdict judge(data::Schedule const& schedule, Product const& product,
                            std::vector<model::Json> const& sent, Instant now, std::string const& zone);

/// The gates in words: "no source older than 3 days", "complete", "totals tie out", "not empty".
[[nodiscard]] std::vector<std::string> gate_words(data::Gates const& gates);

} // namespace deckle::service
