/// Bursting: a schedule that makes a report for each row of a dataset.
#pragma once
#include "base/zone.hpp"
#include "data/workspace.hpp"
#include <string>
#include <vector>

namespace deckle::service {

struct Part {
    std::string id;            // empty when the schedule makes one only
    std::string params = "{}"; // JSON object of texts, as on the command line
    std::vector<std::string> to;
};

/// One part of id "" for a schedule without [schedules.X.each]; else one for each row of `rows` that `only` takes, in
/// their order, perhaps none. A row's `to` may hold several addresses parted by ; or ,. `allow`: domains as
/// is_allowed_recipient takes them; empty = every domain.
/// REQUIRES: `rows` is not null when the schedule has [schedules.X.each].
/// Throws Error{data} with every problem (dataset, row counted from 1, column): a blank or repeated id, a blank
/// parameter, no address, one that cannot be used or that may not be written to.
[[nodiscard]] std::vector<Part> parts_of(data::Schedule const& schedule, data::Table const* rows,
                                         std::vector<std::string> const& allow = {});

/// As above, with the rows read from the dataset. Throws as data::load_dataset too.
[[nodiscard]] std::vector<Part> read_parts(data::Workspace const& workspace, data::Catalogue const& catalogue,
                                           data::Schedule const& schedule, Instant now);

} // namespace deckle::service
