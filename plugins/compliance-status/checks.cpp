#include "checks.hpp"
#include <deckle/check.hpp>

namespace compliance {

void checks(Page const& page) {
    auto const& [in, a, words, report] = page;
    auto const check = [&](char const* id, char const* label, Decimal expected, Decimal actual) {
        deckle::add_check(report, {.id = id, .label = label, .expected = expected, .actual = actual});
    };
    auto const number = [](std::size_t n) { return Decimal(static_cast<std::int64_t>(n)); };

    Decimal by_status, counted, met, in_groups, in_programs;
    for (auto const& [status, n] : a.totals.items) by_status += Decimal(n);
    for (Item const& item : a.items) {
        if (!item.counted()) continue;
        counted += Decimal(1);
        met += item.credit;
    }
    for (Group const& g : a.groups) in_groups += number(g.items.size());
    for (ProgramStatus const& p : a.programs) in_programs += number(p.items.size());
    check("compliance.states", "Counts by state add up to the requirements", number(a.items.size()), by_status);
    check("compliance.counted", "What the programs count are the requirements that count", counted, a.totals.counted);
    check("compliance.met", "What the programs meet are the requirements that are met", met, a.totals.met);
    check("compliance.groups", "Requirements in the list are all there are", number(a.items.size()), in_groups);
    check("compliance.programs", "Requirements of the programs are all there are", number(a.items.size()), in_programs);
}

} // namespace compliance
