#include "sections.hpp"

namespace compliance {

using deckle::Align;

namespace {

char const* state(Control const& c) {
    if (c.status == "implemented") return "● In place";
    if (c.status == "partial") return "▲ In part";
    if (c.status == "planned") return "○ Planned";
    if (c.status == "not_applicable") return "– Not applicable";
    return c.status == "not_implemented" ? "■ Not in place" : "○ Not stated";
}

} // namespace

void controls(Page const& page) {
    auto const& [in, a, words, report] = page;
    if (!in.has("controls") || !in.has("control_mappings")) {
        report.section(
            "controls", "Controls and frameworks",
            {block::missing(
                "Controls and frameworks",
                "each control once, with the frameworks it serves, and how much of each framework is in place",
                bind(in.has("controls") ? "control_mappings" : "controls"))});
        return;
    }
    if (a.controls.controls.empty()) {
        report.section("controls", "Controls and frameworks", {block::text("No control is recorded.")});
        return;
    }
    block::Table coverage;
    coverage.caption("How much of each framework is in place").unit("of the references that controls are mapped to");
    coverage.column("Framework")
        .column("References", Align::right)
        .column("In place", Align::right)
        .column("Share", Align::right)
        .column("Tested, not due again", Align::right);
    for (Framework const& f : a.controls.frameworks)
        coverage.row(
            {f.name, count(f.references), count(f.in_place), deckle::words::percent(f.coverage(), 0), count(f.tested)});

    block::Table table;
    table.caption("Each control once, for all frameworks").column("Control").column("State");
    for (Framework const& f : a.controls.frameworks) table.column(f.name);
    table.column("Tested").column("Next test").column("Owner");
    for (MappedControl const& m : a.controls.controls) {
        std::vector<Json> cells = {m.control->name, state(*m.control)};
        for (Framework const& f : a.controls.frameworks) {
            std::string all;
            if (auto const it = m.references.find(f.name); it != m.references.end())
                for (std::string const& r : it->second) all += (all.empty() ? "" : ", ") + r;
            cells.emplace_back(all);
        }
        cells.push_back(day(m.control->tested));
        cells.push_back(m.test_overdue ? leaf::text("✕ {day}", {{"day", day(m.control->next_test)}})
                                       : day(m.control->next_test));
        cells.emplace_back(m.control->owner);
        table.row(cells, m.test_overdue ? "soon" : "");
    }
    std::vector<Json> blocks = {coverage.json(), table.json()};
    for (Mapping const* m : a.controls.unknown)
        blocks.push_back(block::callout(
            "soon", leaf::text("{framework} {reference} is mapped to the control {id}, which is not listed.",
                               {{"framework", m->framework}, {"reference", m->reference}, {"id", m->control}})));
    report.section("controls", "One control, several frameworks", blocks,
                   leaf::text("{n} serve more than one", {{"n", counted(a.controls.shared, "control", "controls")}}));
}

} // namespace compliance
