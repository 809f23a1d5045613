/// Figures of periods that were sent and have changed since: made again from the data as they are now, compared with
/// what was sent, and told to the owners once for each set of changes.
#pragma once
#include "service/office.hpp"
#include "service/survey.hpp"
#include "store/editions.hpp"
#include "store/figure_changes.hpp"
#include "store/queue.hpp"
#include <string>
#include <vector>

namespace deckle::service {

struct RestatedFigure {
    std::string report;
    store::Compared figure; // before: as sent; after: as it is now
};

/// What became of one edition.
struct Restated {
    store::Edition edition;
    std::vector<RestatedFigure> figures; // beyond the threshold
    std::size_t within = 0;              // changed by less
    std::string problem;                 // why it could not be made again; empty = it could
};

/// True when the change is more than the threshold (of what was sent) and, of money, more than the amount; a value that
/// came, went or is no number counts whenever it differs.
[[nodiscard]] bool is_material(data::Watch const& watch, store::Compared const& figure);

/// The editions that are looked at again: of the newest `periods` periods of which something was sent, each part's
/// newest revision that was.
[[nodiscard]] std::vector<store::Edition> sent_editions(Office& office, std::string const& schedule,
                                                        std::size_t periods);

/// Looks at them now. One that changed in nothing is there too. Throws Error{io} when the database fails.
[[nodiscard]] std::vector<Restated> restated(Office& office, Survey& survey, std::string const& schedule,
                                             data::Watch const& watch);

/// Part of a service's tick: puts in the job restate/SCHEDULE/DAY, once a day after six in the schedule's zone.
void enqueue_restatements(Office& office);
/// That job.
void run_restatements(Office& office, Survey& survey, store::Job const& job);
/// False when that set of changes was told, or there is none. Part of the caller's transaction.
bool tell_restated(Office& office, Restated const& found);

/// What a person asks for.
struct RevisionAsked {
    std::string schedule, period, part; // part: empty = all that were sent
    std::string reason, by;
};
/// Opens the next revision of what was sent of a period (or could be delivered to nobody), with its job. Throws
/// Error{usage} for an unknown schedule or without a reason, Error{refused} when nothing of that period was sent, or a
/// newer revision is under way.
std::vector<store::Edition> revise(Office& office, RevisionAsked const& asked);

/// As people read it, in the company's locale: "$1,204.50", "31.0%", "41.5 days", "n/a".
[[nodiscard]] std::string figure_text(data::Workspace const& workspace, std::optional<std::string> const& value,
                                      std::string const& unit);
/// With its sign: "+$1,204.50", "-1.1 pts", "+0.4 days".
[[nodiscard]] std::string change_text(data::Workspace const& workspace, Decimal change, std::string const& unit);

} // namespace deckle::service
