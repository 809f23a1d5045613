#include "sections.hpp"

namespace compliance {

using deckle::Align;

void cost_and_return(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("Spent in twelve months, left to spend, and what it brings").unit(words.unit());
    table.column("Program")
        .column("Fees", Align::right)
        .column("Hours", Align::right)
        .column("Labor", Align::right)
        .column("To close", Align::right);
    table.column("Cost a year", Align::right)
        .column("Benefit", Align::right)
        .column("Return", Align::right)
        .column("What we lose if we lapse");
    auto hours = [](Decimal h) { return h.is_zero() ? Json("") : leaf::num(h, {.digits = 1}); };
    Cost spent, open;
    for (ProgramStatus const& p : a.programs) {
        spent += p.spent;
        open += p.open;
        Metric const returns = a.proofs_known ? p.returns() : Metric::na("missing_dataset:completions");
        table.row({p.program->name, words.cell(p.spent.fees), hours(p.spent.hours), words.cell(p.spent.labor),
                   words.cell(p.open.total()), words.cell(p.year()),
                   p.program->benefit ? words.cell(*p.program->benefit) : leaf::na("no_benefit"),
                   returns ? leaf::num(returns.value(), {.digits = 1}) : leaf::na(returns.reason()),
                   p.program->benefit_note});
    }
    if (!a.elsewhere.total().is_zero() || !a.elsewhere.hours.is_zero()) {
        spent += a.elsewhere;
        table.row({"Outside any program", words.cell(a.elsewhere.fees), hours(a.elsewhere.hours),
                   words.cell(a.elsewhere.labor), "", words.cell(a.elsewhere.total()), "", "", ""});
    }
    table.footer({"Total", words.total(spent.fees), leaf::num(spent.hours, {.digits = 1}), words.total(spent.labor),
                  words.total(open.total()), words.total(spent.total() + open.total()), words.total(a.totals.benefit),
                  "", ""});
    std::vector<Json> blocks = {table.json()};
    if (!a.proofs_known)
        blocks.push_back(
            block::missing("What was spent", "fees paid and hours worked for each program", bind("completions")));
    blocks.push_back(block::text(leaf::text(
        "Labor is hours at the person's loaded cost, else that of the requirement's owner, else {rate} an hour. Return "
        "is the benefit over the cost of a year: what was spent in twelve months and what is left to spend.",
        {{"rate", leaf::money(in.loaded_rate, in.currency)}})));
    report.section("cost", "What it costs and what it brings", blocks);
}

} // namespace compliance
