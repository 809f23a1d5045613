#include "people.hpp"
#include <algorithm>

namespace compliance {

std::vector<Dependence> bus_factor(std::vector<Item> const& items) {
    std::vector<Dependence> out;
    for (Item const& item : items) {
        if (!item.counted() || item.requirement->scope != Scope::count || item.have > item.need) continue;
        for (Holder const& h : item.holders) {
            auto it = std::find_if(out.begin(), out.end(), [&](Dependence const& d) { return d.person == h.person; });
            if (it == out.end()) it = out.insert(out.end(), {h.person, {}});
            it->losses.push_back({&item, item.have - 1});
        }
    }
    std::stable_sort(out.begin(), out.end(),
                     [](Dependence const& a, Dependence const& b) { return a.losses.size() > b.losses.size(); });
    return out;
}

std::vector<LeftBehind> left_behind(Records const& records, Date as_of) {
    std::vector<LeftBehind> out;
    for (Proof const& p : records.proofs) {
        if (p.person.empty()) continue;
        Requirement const* r = records.requirement(p.requirement);
        if (r != nullptr && (!r->counted() || r->scope == Scope::company)) continue;
        Person const* who = records.person(p.person);
        if (who != nullptr && who->employed(as_of)) continue;
        bool const valid = r == nullptr ? !p.expires || *p.expires >= as_of : validity(*r, {&p}).holds(as_of);
        if (valid) out.push_back({&p, who});
    }
    return out;
}

Matrix matrix(Records const& records, std::vector<Item> const& items, Date as_of) {
    Matrix out;
    for (Item const& item : items)
        if (item.counted() && item.requirement->scope != Scope::company &&
            std::find(out.columns.begin(), out.columns.end(), item.requirement) == out.columns.end())
            out.columns.push_back(item.requirement);
    for (Person const& p : records.people) {
        if (!p.employed(as_of)) continue;
        Matrix::Row row{&p, {}};
        bool any = false;
        for (Requirement const* r : out.columns) {
            std::vector<Proof const*> own;
            for (Proof const& proof : records.proofs)
                if (proof.requirement == r->id && proof.person == p.id) own.push_back(&proof);
            Validity const v = validity(*r, own);
            Cell cell;
            if (v.proof != nullptr) {
                cell.until = v.until;
                cell.state = !v.holds(as_of)                     ? CellState::expired
                             : v.until && *v.until <= as_of + 90 ? CellState::ends_soon
                                                                 : CellState::valid;
            } else if (r->scope == Scope::person && p.has_role(r->role)) {
                cell.state = CellState::missing;
            }
            any = any || cell.state != CellState::blank;
            row.cells.push_back(cell);
        }
        if (any) out.rows.push_back(std::move(row));
    }
    return out;
}

std::vector<Proof const*> other_certificates(Records const& records, Date as_of) {
    std::vector<Proof const*> out;
    for (Proof const& p : records.proofs) {
        Person const* who = records.person(p.person);
        if (!p.certificate || records.requirement(p.requirement) != nullptr || who == nullptr || !who->employed(as_of))
            continue;
        auto const same = std::find_if(out.begin(), out.end(),
                                       [&](Proof const* q) { return q->person == p.person && q->name == p.name; });
        if (same == out.end())
            out.push_back(&p);
        else if (!p.expires || ((*same)->expires && *p.expires > *(*same)->expires))
            *same = &p;
    }
    std::stable_sort(out.begin(), out.end(), [](Proof const* a, Proof const* b) {
        if (a->expires && b->expires) return *a->expires < *b->expires;
        return a->expires && !b->expires;
    });
    return out;
}

} // namespace compliance
