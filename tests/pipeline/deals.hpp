/// Deals for tests.
#pragma once
#include "deal.hpp"
#include "support/printing.hpp"

namespace pipeline {

using namespace plugin_tests;

inline Deal open_deal(std::string const& id, Decimal one_time, std::string const& expected = "2026-11-30") {
    Deal d;
    d.id = d.name = id;
    d.stage = "Propose";
    d.one_time = one_time;
    d.created = "2026-07-01"_day;
    if (!expected.empty()) d.expected = Date::of(expected);
    return d;
}

inline Deal closed_deal(std::string const& id, Status status, Decimal one_time, std::string const& closed,
                        std::string const& created = "2026-01-01") {
    Deal d = open_deal(id, one_time, closed);
    d.status = status;
    d.stage = status == Status::won ? "Won" : "Lost";
    d.closed = Date::of(closed);
    d.created = created.empty() ? std::optional<Date>() : Date::of(created);
    return d;
}

inline Stages const four_stages = {{"Qualify", 1, Decimal::of("0.1")},
                                   {"Discover", 2, Decimal::of("0.25")},
                                   {"Propose", 3, Decimal::of("0.5")},
                                   {"Negotiate", 4, Decimal::of("0.75")}};

} // namespace pipeline
