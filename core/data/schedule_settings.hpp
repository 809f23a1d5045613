/// [schedules.NAME] and [service] of deckle.toml, checked. See README.md for every key.
#pragma once
#include "base/date.hpp"
#include "base/error.hpp"
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace deckle::data {

/// What becomes of firings that were missed while nothing ran.
enum class CatchUp {
    once, // the newest is made up for
    all,  // each is
    skip, // none is; each is recorded as skipped
};

/// What has to hold before anything leaves.
struct Gates {
    std::optional<std::chrono::seconds> fresh;            // no source is older than this when the report is made
    std::map<std::string, std::chrono::seconds> fresh_of; // by connection, when only these are asked
    bool complete = true;                                 // nothing is missing, rejected, cut or drawn wrongly
    bool ties_out = true;                                 // the reports' own checks hold
    bool not_empty = true;                                // there is something in it
    std::vector<std::string> may_be_empty;                // datasets that may have lost all their rows
};

/// Made, but sent only when a figure is so.
struct OnlyIf {
    enum class Comparison { below, above, equals };
    std::string report, figure; // "cash-flow", "forecast.cushion"
    Comparison comparison = Comparison::below;
    Decimal than;
    Position position;
};

/// A report for each row of a dataset.
struct Each {
    std::string dataset;
    std::string id;                                       // column: names the part, unique
    std::string to;                                       // column of addresses; empty = the schedule's `to`
    std::map<std::string, std::vector<std::string>> only; // column -> texts: these rows alone
    std::map<std::string, std::string> set;               // parameter -> column
    Position position;
};

struct Review {
    enum class Mode { none, required, optional };
    Mode mode = Mode::none;
    int hour = 0, minute = 0; // optional: goes out by itself then, in the schedule's zone
};

/// Of the periods that were sent, which are looked at again, and what counts as changed.
struct Watch {
    int periods = 3;   // the newest that were sent
    Decimal threshold; // share of what was sent: 0.01
    Decimal amount;    // of figures in money: a smaller change is none, however large its share
    Position position;
};

struct Schedule {
    std::string pack, report;               // one of them is empty
    std::vector<std::string> reports;       // those it makes: its own, or of the pack in their order
    std::string when;                       // as schedule::When reads it
    std::string zone;                       // IANA; the company's unless given
    std::string shift;                      // on a day that is no business day: "none", "next", "previous"
    std::string period;                     // as schedule::parse_period_rule reads it
    std::filesystem::path holidays;         // text or .ics, absolute; empty = weekends only
    std::map<std::string, std::string> set; // parameters, as on the command line; of a pack for each report that has it
    std::vector<std::string> to;            // addresses
    std::string via;                        // a mail-like channel; empty = the only one
    std::vector<std::string> copies;        // folder and webhook channels
    std::string subject, file_name;         // templates; empty = the default
    CatchUp catch_up = CatchUp::once;
    std::chrono::seconds timeout{600};       // of making
    int retries = 3;                         // of making, after the first attempt
    std::chrono::seconds give_up{2 * 86400}; // held that long, from when it was due: failed
    Review review;
    std::vector<std::string> reviewer; // addresses; empty = the owners
    std::vector<std::string> owner;    // addresses that notices go to; empty = those of [delivery]
    Gates gates;
    std::optional<OnlyIf> only_if;
    std::optional<Each> each;
    std::optional<Watch> watch;
    Position position; // of `when`
};

/// [service]: deckle serve.
struct ServiceSettings {
    int workers = 2; // that make; one more delivers
};

} // namespace deckle::data
