// The sales pipeline report: reads the deals, computes the figures, lays out the sections in the order they are
// printed.
#include "checks.hpp"
#include "descriptor.hpp"
#include "sections.hpp"
#include <algorithm>

namespace pipeline {

struct Pipeline {
    static constexpr char const* descriptor = pipeline::descriptor;

    void generate(deckle::Job& job) {
        Inputs const in = read_inputs(job);
        job.progress(0.5, "Computing");
        Analysis const a = analyze(in);
        job.check_stop();
        job.progress(0.8, "Writing");
        Decimal const largest = std::max({a.now.quota ? a.now.quota.value() : Decimal(0), a.now.best_case().total(),
                                          a.open.total(), a.closed.won_value});
        Words const words{in.currency, in.params.basis, largest >= Decimal(20000)};
        deckle::Report report("");
        Page const page{in, a, words, report};
        Json const message = title(page);
        std::string const& who = in.params.salesperson;
        report.set("title", who.empty() ? message : leaf::text("{who}: {what}", {{"who", who}, {"what", message}}));
        report.lead(lead(page));
        key_figures(page);
        needs_you(page);
        forecast_section(page);
        what_changed(page);
        slipped(page);
        stages(page);
        stalled(page);
        selling(page);
        people(page);
        lead_sources(page);
        recurring(page);
        lost_reasons(page);
        records(page);
        all_actions(page);
        figures(page);
        checks(page);
        job.write(report.json());
    }
};

} // namespace pipeline

DECKLE_PLUGIN(pipeline::Pipeline)
