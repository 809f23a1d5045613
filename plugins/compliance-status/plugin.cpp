// The compliance status report: reads the datasets, judges each requirement, lays out the sections in the order they
// are printed, and writes the days ahead as a calendar file.
#include "checks.hpp"
#include "descriptor.hpp"
#include "ics.hpp"
#include "sections.hpp"

namespace compliance {

struct ComplianceStatus {
    static constexpr char const* descriptor = compliance::descriptor;

    void generate(deckle::Job& job) {
        Inputs const in = read_inputs(job);
        job.progress(0.5, "Judging");
        auto const a = analyze(in);
        job.check_stop();
        job.progress(0.8, "Writing");
        Words const words{in.currency};
        deckle::Report report(title(in, *a, words));
        report.lead(lead(in, *a, words));
        Page const page{in, *a, words, report};
        key_figures(page);
        needs_you(page);
        lights(page);
        late(page);
        calendar(page);
        notices(page);
        people(page);
        cost_and_return(page);
        every_requirement(page);
        controls(page);
        evidence(page);
        all_actions(page);
        figures(page);
        checks(page);
        job.write(report.json());
        // A calendar holds at least one event.
        if (!a->events.empty()) job.write_output("due.ics", "text/calendar", ics(a->events, {in.company, in.now}));
    }
};

} // namespace compliance

DECKLE_PLUGIN(compliance::ComplianceStatus)
