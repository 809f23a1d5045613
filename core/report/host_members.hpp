/// What the host says beside the plugin: the request it makes and the `run` member that templates see.
#pragma once
#include "report/run.hpp"

namespace deckle::report {

/// `request_json` of the plugin contract.
[[nodiscard]] std::string request_json(data::Workspace const& workspace, Descriptor const& descriptor,
                                       data::DatasetSet const& datasets, Request const& request);

/// The `run` member: company, period, sources with their times and rows, bad rows. Neither the clock nor the run's id
/// is in it, so that the same data gives the same bytes.
[[nodiscard]] model::Json run_member(data::Workspace const& workspace, Descriptor const& descriptor,
                                     data::DatasetSet const& datasets, Request const& request);

/// The `checks` of `run`, for the page: {"hold": count, "failed": [those that do not]}; null for a model without
/// checks.
[[nodiscard]] model::Json checks_member(model::Json const& report_model);

} // namespace deckle::report
