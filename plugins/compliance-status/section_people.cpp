#include "sections.hpp"

namespace compliance {

namespace {

constexpr std::size_t columns_at_once = 7;

Json cell_text(Cell const& cell) {
    switch (cell.state) {
    case CellState::blank:
        return "";
    case CellState::missing:
        return "✕ missing";
    case CellState::expired:
        return leaf::text("✕ expired {day}", {{"day", leaf::date(*cell.until)}});
    case CellState::ends_soon:
        return leaf::text("▲ {day}", {{"day", leaf::date(*cell.until)}});
    case CellState::valid:
        return cell.until ? leaf::date(*cell.until) : Json("no end");
    }
    return "";
}

Json matrix_table(Matrix const& m, std::size_t first) {
    std::size_t const last = std::min(m.columns.size(), first + columns_at_once);
    block::Table table;
    table.caption("Training and certificates by person: the last valid day")
        .unit("✕ missing or expired, ▲ ends within 90 days");
    table.column("Person");
    for (std::size_t c = first; c < last; ++c) table.column(m.columns[c]->name);
    for (Matrix::Row const& row : m.rows) {
        std::vector<Json> cells = {row.person->name};
        bool any = false, bad = false;
        for (std::size_t c = first; c < last; ++c) {
            cells.push_back(cell_text(row.cells[c]));
            any = any || row.cells[c].state != CellState::blank;
            bad = bad || row.cells[c].state == CellState::missing || row.cells[c].state == CellState::expired;
        }
        if (any) table.row(cells, bad ? "soon" : "");
    }
    return table.json();
}

Json leaving(Analysis const& a) {
    block::Table table;
    table.caption("If one person leaves: what would fall short");
    table.column("Requirement").column("Today").column("Without one").column("Who");
    for (Group const& g : a.groups) {
        std::vector<std::string> who; // those who are needed in most places first
        Loss const* loss = nullptr;
        for (Dependence const& d : a.dependences)
            for (Loss const& l : d.losses)
                if (l.item->requirement == g.requirement) {
                    who.push_back(d.person->name);
                    loss = &l;
                }
        if (loss == nullptr) continue;
        auto of = [&](int n) {
            return leaf::text("{n} of {need}", {{"n", count(n)}, {"need", count(loss->item->need)}});
        };
        table.row({g.requirement->name, of(loss->item->have), of(loss->left), names(who, who.size())});
    }
    return table.json();
}

Json others(Page const& page) {
    block::Table table;
    table.caption("Certificates that no program counts");
    table.column("Certificate").column("Person").column("From").column("Earned").column("Ends");
    for (Proof const* p : page.a.other_certificates) {
        Cell cell{CellState::valid, p->expires};
        if (p->expires && *p->expires < page.in.as_of)
            cell.state = CellState::expired;
        else if (p->expires && *p->expires <= page.in.as_of + 90)
            cell.state = CellState::ends_soon;
        table.row({p->name, page.in.records.person(p->person)->name, p->vendor, leaf::date(p->date), cell_text(cell)});
    }
    return table.json();
}

} // namespace

void people(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> blocks;
    if (!in.has("people")) {
        blocks.push_back(
            block::missing("People", "who holds which training and certificate, and whose leaving would cost a program",
                           bind("people")));
        report.section("people", "People: training and certificates", blocks);
        return;
    }
    for (std::size_t first = 0; first < a.matrix.columns.size(); first += columns_at_once)
        blocks.push_back(matrix_table(a.matrix, first));
    if (!a.dependences.empty()) blocks.push_back(leaving(a));
    for (LeftBehind const& l : a.left) {
        Args args = {{"what", l.proof->certificate ? Json(l.proof->name)
                                                   : Json(in.records.requirement(l.proof->requirement)->name)}};
        args.emplace_back("who", l.person == nullptr ? Json(l.proof->person) : Json(l.person->name));
        if (l.person != nullptr && l.person->end) args.emplace_back("day", leaf::date(*l.person->end));
        blocks.push_back(block::text(
            leaf::text(l.person == nullptr ? "{who} is not in the list of people: {what} does not count."
                       : l.person->end && args.size() == 3 ? "{who} left on {day}: {what} no longer counts."
                                                           : "{who} is not employed yet: {what} does not count.",
                       args)));
    }
    if (!a.other_certificates.empty()) blocks.push_back(others(page));
    if (!in.has("certificates"))
        blocks.push_back(
            block::missing("Certificates", "the certificates people hold and when they end", bind("certificates")));
    if (blocks.empty())
        blocks.push_back(block::text("No requirement is about people, and no certificate is recorded."));
    report.section("people", "People: training and certificates", blocks);
}

} // namespace compliance
