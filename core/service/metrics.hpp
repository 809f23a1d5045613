/// What the store holds, as figures for monitoring.
#pragma once
#include "service/office.hpp"

namespace deckle::service {

/// Text in the exposition format of Prometheus, ends with a line break.
// https://prometheus.io/docs/instrumenting/exposition_formats/
[[nodiscard]] std::string metrics(Office& office);

} // namespace deckle::service
