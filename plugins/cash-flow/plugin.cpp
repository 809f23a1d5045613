// The cash-flow report: reads the datasets, computes the figures, lays out the sections in the order they are printed.
#include "checks.hpp"
#include "descriptor.hpp"
#include "sections.hpp"
#include <algorithm>

namespace cash_flow {
namespace {

/// Small firms read whole units, others thousands: by the largest amount of the weekly table.
bool in_thousands(Analysis const& a) {
    Decimal largest = a.position.limit;
    for (Week const& w : a.forecast.weeks) largest = std::max({largest, w.closing.abs(), w.receipts, w.payments});
    return largest >= Decimal(20000);
}

} // namespace

struct CashFlow {
    static constexpr char const* descriptor = cash_flow::descriptor;

    void generate(deckle::Job& job) {
        Inputs const in = read_inputs(job);
        job.progress(0.5, "Computing");
        Analysis const a = analyze(in);
        job.check_stop();
        job.progress(0.8, "Writing");
        Words const words{in.currency, in_thousands(a)};
        deckle::Report report(title(in, a, words));
        report.lead(lead(in, a, words));
        Page const page{in, a, words, report};
        key_figures(page);
        needs_you(page);
        weeks(page);
        cash_today(page);
        forecast_detail(page);
        statement(page);
        receivables(page);
        payables(page);
        unbilled_work(page);
        working_capital(page);
        recurring_revenue(page);
        all_actions(page);
        figures(page);
        checks(page);
        job.write(report.json());
    }
};

} // namespace cash_flow

DECKLE_PLUGIN(cash_flow::CashFlow)
