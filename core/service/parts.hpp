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

/// What the rows give, and what is wrong with the others (a line each: dataset, row, column).
struct PartList {
    std::vector<Part> good;
    std::string problems;
};

/// One part of id "" for a schedule without [schedules.X.each]; else one for each row of `rows` that `only` takes, in
/// their order, perhaps none. A row's `to` may hold several addresses parted by ; or ,. `allow`: domains as
/// is_allowed_recipient takes them; empty = every domain.
/// REQUIRES: `rows` is not null when the schedule has [schedules.X.each].
/// Throws Error{data} with every problem (dataset, row counted from 1, column): a blank or repeated id, a blank
/// parameter, no address, one that cannot be used or that may not be written to, ids that make the same file name.
[[nodiscard]] std::vector<Part> parts_of(data::Schedule const& schedule, data::Table const* rows,
                                         std::vector<std::string> const& allow = {});

/// With the rows read from the dataset. A row that gives no part keeps no other from its own. Throws as
/// data::load_dataset, and Error{usage} for a column that is not there.
[[nodiscard]] PartList list_parts(data::Workspace const& workspace, data::Catalogue const& catalogue,
                                  data::Schedule const& schedule, Instant now);
/// As parts_of, with the rows read from the dataset.
[[nodiscard]] std::vector<Part> read_parts(data::Workspace const& workspace, data::Catalogue const& catalogue,
                                           data::Schedule const& schedule, Instant now);

} // namespace deckle::service
