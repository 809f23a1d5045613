// The answers as fields, what the judges weigh against them, and what proves them.
#include "sections.hpp"
#include <algorithm>
#include <map>

namespace award_submission {
namespace {

/// What stands in the answer now: the draft's text, or what a new draft begins with.
std::string current(Entry const& e, Question const& q) {
    return e.edits.text(q.field.id, e.edits.present() ? "" : q.field.value);
}

Json state_of(Entry const& e, Question const& q) {
    if (e.approved(q.field.id)) return "Approved";
    if (current(e, q).empty()) return "Empty";
    return e.edits.present() ? "Written" : "Suggested";
}

} // namespace

void answers(Entry const& e, deckle::Report& report) {
    for (Question const& q : e.questions) report.field(q.field);
}

void criteria(Entry const& e, deckle::Report& report) {
    if (e.criteria.empty()) return;
    Decimal all;
    bool weighed = true;
    for (Criterion const& c : e.criteria) {
        weighed = weighed && c.weight.has_value();
        all += c.weight.value_or(Decimal());
    }
    block::Table table;
    table.column("Criterion").column("Weight", deckle::Align::right).column("Answered by").column("State");
    for (Criterion const& c : e.criteria) {
        Json labels = "", states = "";
        std::string pattern;
        std::vector<std::pair<std::string, Json>> args;
        std::map<std::string, int> by_state;
        for (Question const& q : e.questions)
            if (std::find(q.criteria.begin(), q.criteria.end(), c.id) != q.criteria.end()) {
                pattern += (pattern.empty() ? "" : ", ") + q.field.id;
                ++by_state[state_of(e, q).get<std::string>()];
            }
        std::string state;
        for (auto const& [name, n] : by_state) state += (state.empty() ? "" : ", ") + std::to_string(n) + " " + name;
        std::transform(state.begin(), state.end(), state.begin(),
                       [](char ch) { return ch >= 'A' && ch <= 'Z' ? char(ch + 32) : ch; });
        Json const weight =
            weighed && !all.is_zero() ? leaf::pct(c.weight->divided_by(all), {.digits = 0}) : leaf::na("not_published");
        Json const what =
            c.guidance.empty() ? Json(c.text) : leaf::text("{what}. {how}.", {{"what", c.text}, {"how", c.guidance}});
        table.row({what, weight, pattern.empty() ? Json("No answer speaks to it") : Json(pattern), state},
                  pattern.empty() ? "soon" : "");
    }
    report.section("criteria", "What the judges weigh", {table.json()}, "and which answers speak to it");
}

void evidence(Entry const& e, deckle::Report& report) {
    std::vector<Json> blocks;
    block::Table files;
    files.caption("Files").column("File").column("Proves").column("State");
    bool any = false;
    for (Question const& q : e.questions) {
        if (q.field.kind != deckle::Field::Kind::file) continue;
        any = true;
        std::string const file = current(e, q);
        std::string const label = q.field.label.get<std::string>();
        files.row({leaf::text("{id}: {what}", {{"id", q.field.id}, {"what", file.empty() ? label : file}}), q.proves,
                   file.empty() ? Json(q.field.required ? "Missing" : "Not given") : state_of(e, q)},
                  file.empty() && q.field.required ? "soon" : "");
    }
    if (any) blocks.push_back(files.json());

    std::map<std::string, Fact const*> used;
    for (Rule const& r : e.rules)
        for (Fact const* fact : r.ruling.value.facts) used[fact->name()] = fact;
    for (Question const& q : e.questions)
        if (deckle::Edit const* edit = e.edits.find(q.field.id))
            for (std::string const& name : edit->facts)
                if (auto const value = evaluate(name, e.facts))
                    for (Fact const* fact : value->facts) used[fact->name()] = fact;
    if (!used.empty()) {
        block::Table facts;
        facts.caption("Facts used")
            .column("Fact")
            .column("Period")
            .column("Value", deckle::Align::right)
            .column("Source")
            .column("As of");
        for (auto const& [name, fact] : used)
            facts.row({fact->label, fact->period, printed(*fact), fact->source,
                       fact->as_of ? leaf::date(*fact->as_of) : Json("")});
        blocks.push_back(facts.json());
    }
    if (blocks.empty()) blocks.push_back(block::text("This award asks for no files, and no fact is used yet."));
    report.section("evidence", "Evidence", blocks, "what proves the answers");
}

} // namespace award_submission
