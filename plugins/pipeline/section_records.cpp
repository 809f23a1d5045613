#include "sections.hpp"

namespace pipeline {

namespace block = deckle::block;
using deckle::Align;

namespace {

struct RuleWords {
    char const *wrong, *matters;
};

RuleWords words_of(Rule rule) {
    switch (rule) {
    case Rule::close_date_past:
        return {"Close date in the past", "the forecast counts on a day that is gone"};
    case Rule::no_close_date:
        return {"No close date", "in no quarter's forecast"};
    case Rule::no_amount:
        return {"No amount", "counts as nothing"};
    case Rule::no_next_step:
        return {"No next step", "nobody knows what happens now"};
    case Rule::next_step_past:
        return {"Next step overdue", "it was not done, or not noted"};
    case Rule::no_contact:
        return {"No contact", "nobody to call"};
    case Rule::no_account:
        return {"No account", "nobody to sell to; doubles are not found"};
    case Rule::no_owner:
        return {"No owner", "nobody works on it"};
    case Rule::no_probability:
        return {"No probability, nor one of its stage", "weighs nothing in the forecast"};
    case Rule::probability_differs:
        return {"Probability is not the stage's", "weighted by feeling"};
    case Rule::duplicate:
        return {"Same account, same name: a double?", "counted twice"};
    case Rule::stage_before_created:
        return {"Entered its stage before it was created", "ages are wrong"};
    case Rule::closed_without_date:
        return {"Closed without a date", "in no win rate, no quarter"};
    case Rule::lost_without_reason:
        return {"Lost without a reason", "nothing is learnt from it"};
    }
    return {"", ""};
}

} // namespace

void records(Page const& page) {
    auto const& [in, a, words, report] = page;
    if (a.findings.empty()) {
        report.section("records", "Records to put right", {block::text("Every record is in order.")});
        return;
    }
    block::Table table;
    table.column("What is wrong")
        .column("Why it matters")
        .column("Records", Align::right)
        .column("Value", Align::right);
    table.column("Which");
    for (Finding const& f : a.findings) {
        Decimal value;
        std::string which;
        std::size_t const show = 3;
        for (std::size_t i = 0; i < f.deals.size(); ++i) {
            value += f.deals[i]->value(in.params.basis);
            if (i < show) which += (i == 0 ? "" : "; ") + title_of(*f.deals[i]) + " (" + f.deals[i]->id + ")";
        }
        Json list = which;
        if (f.deals.size() > show)
            list =
                leaf::text("{which}; {n} more",
                           {{"which", which}, {"n", Words::count(static_cast<std::int64_t>(f.deals.size() - show))}});
        RuleWords const w = words_of(f.rule);
        table.row(
            {w.wrong, w.matters, Words::count(static_cast<std::int64_t>(f.deals.size())), words.cell(value), list});
    }
    report.section(
        "records", "Records to put right", {table.json()},
        leaf::text("{clean} of {all} open deals have none of these; {unit}",
                   {{"clean", Words::count(a.clean)}, {"all", Words::count(a.open.deals)}, {"unit", words.unit()}}));
}

} // namespace pipeline
