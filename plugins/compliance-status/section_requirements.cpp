#include "sections.hpp"
#include <algorithm>

namespace compliance {

using deckle::Align;

namespace {

Json state(Group const& g, Date as_of) {
    Item const& item = *g.worst;
    Json text = status_text(item, as_of);
    if (item.points)
        return leaf::text("{have} of {need}: {text}", {{"have", leaf::num(item.points->trimmed())},
                                                       {"need", leaf::num(g.requirement->points_needed->trimmed())},
                                                       {"text", text}});
    if (item.need > 0) {
        Args args = {{"have", count(item.have)}, {"need", count(item.need)}, {"text", text}};
        if (!item.have_at_due || *item.have_at_due >= item.have) return leaf::text("{have} of {need}: {text}", args);
        args.emplace_back("later", count(*item.have_at_due));
        return leaf::text("{have} of {need}, {later} by then: {text}", args);
    }
    if (auto const opens = item.window_opens())
        text = leaf::text("{text}; renew from {day}", {{"text", text}, {"day", leaf::date(*opens, "day")}});
    if (item.person != nullptr)
        return leaf::text("{met} of {all}: {text}",
                          {{"met", leaf::num(g.met)}, {"all", count(g.counted)}, {"text", text}});
    return text;
}

Json name(Requirement const& r) {
    std::string pattern = r.source.empty() ? "{id} {name}" : "{id} {name}, {source}";
    Args args = {{"id", r.id}, {"name", r.name}};
    if (!r.source.empty()) args.emplace_back("source", r.source);
    return leaf::text(r.mandatory ? pattern : pattern + " (recommended)", args);
}

bool silent(Analysis const& a, Requirement const& r) {
    return std::any_of(a.silent.begin(), a.silent.end(), [&](Item const* item) { return item->requirement == &r; });
}

void sub_score(block::Table& table, Requirement const& part) {
    Decimal const have = part.points_have.value_or(Decimal(0));
    bool const low = part.points_needed && have < *part.points_needed;
    Args args = {{"have", leaf::num(have.trimmed())}};
    if (part.points_needed) args.emplace_back("floor", leaf::num(part.points_needed->trimmed()));
    table.row({leaf::text("– {name}", {{"name", part.name}}), low ? "✕ Below floor" : "● Above floor",
               leaf::text(part.points_needed ? "{have}, floor {floor}" : "{have}", args), "", part.owner, ""},
              low ? "soon" : "");
}

} // namespace

void every_requirement(Page const& page) {
    auto const& [in, a, words, report] = page;
    if (a.groups.empty()) {
        report.section("requirements", "Every requirement",
                       {block::missing("Requirements", "each requirement with its state, day, owner and source",
                                       bind("requirements"))});
        return;
    }
    block::Table table;
    table.column("Requirement").column("Light").column("State").column("Day").column("Owner").column("Notice");
    Program const* shown = nullptr;
    for (Group const& g : a.groups) {
        if (g.program != shown) table.row({g.program->name, "", "", "", "", ""}, "strong");
        shown = g.program;
        Item const& item = *g.worst;
        Light const l = light(item.status);
        table.row({name(*g.requirement), light_text(l), state(g, in.as_of), day(item.date), g.requirement->owner,
                   silent(a, *g.requirement) ? "✕ none" : ""},
                  g.requirement->mandatory || l != Light::red ? tone(l) : "");
        for (Requirement const& part : in.records.requirements)
            if (part.part_of == g.requirement->id) sub_score(table, part);
    }
    std::vector<Json> blocks = {table.json()};
    for (Proof const* p : a.strays)
        blocks.push_back(block::callout(
            "soon",
            leaf::text("{id} of {day} names the requirement {what}, which is not listed: it counts for nothing.",
                       {{"id", p->id}, {"day", leaf::date(p->date)}, {"what", p->requirement}})));
    if (in.later_proofs > 0)
        blocks.push_back(block::text(leaf::text(
            "{n} recorded after the as-of date and not counted.",
            {{"n", counted(in.later_proofs, "completion or certificate is", "completions and certificates are")}})));
    for (ProgramStatus const& p : a.programs)
        if (!p.program->listed)
            blocks.push_back(
                block::callout("soon", leaf::text("{id} is named by requirements and not listed as a program.",
                                                  {{"id", p.program->id}})));
    report.section("requirements", "Every requirement", blocks);
}

} // namespace compliance
