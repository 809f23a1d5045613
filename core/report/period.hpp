/// The period a report is about, as people write it.
#pragma once
#include "base/date.hpp"
#include <string>
#include <string_view>

namespace deckle::report {

struct Period {
    Date start, end;   // both belong to it
    std::string label; // as written: "2026-10", "2026-Q4", "2026", "2026-02..2026-04"
};

/// Accepts a month (2026-10), a quarter (2026-Q4), a calendar year (2026) or a span of months (2026-02..2026-04). Throws Error{usage} for anything else.
[[nodiscard]] Period parse_period(std::string_view text);

} // namespace deckle::report
