#include "status.hpp"
#include <algorithm>

namespace compliance {
namespace {

/// What a completion is good for, `times` over.
struct Period {
    int months = 0, days = 0;
    [[nodiscard]] bool endless() const { return months == 0 && days == 0; }
    [[nodiscard]] Date after(Date day, int times) const { return day.plus_months(months * times) + days * times; }
};

Period period(Requirement const& r) {
    if (r.valid_months > 0) return {r.valid_months, 0};
    static std::map<std::string, Period> const cycles = {
        {"weekly", {0, 7}},    {"biweekly", {0, 14}},  {"semimonthly", {0, 15}}, {"monthly", {1, 0}},
        {"quarterly", {3, 0}}, {"semiannual", {6, 0}}, {"annual", {12, 0}}};
    auto const it = cycles.find(r.cycle);
    return it == cycles.end() ? Period{} : it->second;
}

Status by_due(std::optional<Date> due, bool started, Date as_of) {
    if (!due) return Status::undated;
    int const days = *due - as_of;
    if (days < 0) return Status::overdue;
    if (days <= 30) return Status::due_30;
    if (days <= 60) return Status::due_60;
    if (days <= 90) return Status::due_90;
    return started ? Status::in_progress : Status::not_started;
}

Status while_valid(std::optional<Date> until, Date as_of) {
    return until && *until <= as_of + 90 ? Status::expiring : Status::compliant;
}

std::vector<Proof const*> proofs_of(Records const& records, std::string const& requirement, Person const* person) {
    std::vector<Proof const*> out;
    for (Proof const& p : records.proofs)
        if (p.requirement == requirement && (person == nullptr || p.person == person->id)) out.push_back(&p);
    return out;
}

struct Judge {
    Records const& records;
    Date as_of;

    void open(Item& item) const {
        Requirement const& r = *item.requirement;
        item.date = effective_due(records, r, as_of);
        if (item.date == r.due) item.deadline = r.due_at;
        bool const begun =
            (r.started && *r.started <= as_of) || item.have > 0 || (item.points && *item.points > Decimal(0));
        item.status = by_due(item.date, begun, as_of);
    }

    void by_proof(Item& item) const {
        item.validity = validity(*item.requirement, proofs_of(records, item.requirement->id, item.person));
        if (item.validity.proof == nullptr) return open(item);
        item.date = item.validity.until;
        if (item.date && item.date == item.requirement->due) item.deadline = item.requirement->due_at;
        if (!item.validity.holds(as_of)) {
            item.status = Status::expired;
            return;
        }
        item.status = while_valid(item.validity.until, as_of);
        item.credit = Decimal(1);
    }

    void by_points(Item& item) const {
        Requirement const& r = *item.requirement;
        Decimal sum;
        bool parts = false;
        for (Requirement const& part : records.requirements) {
            if (part.part_of != r.id || !part.counted()) continue;
            parts = true;
            Decimal const have = part.points_have.value_or(Decimal(0));
            sum += have;
            if (part.points_needed && have < *part.points_needed) item.below_floor.push_back(&part);
        }
        item.points = r.points_have ? r.points_have : parts ? std::optional(sum) : std::nullopt;
        if (!item.points || *item.points < *r.points_needed || !item.below_floor.empty()) return open(item);
        item.status = Status::compliant;
        item.credit = Decimal(1);
    }

    void by_count(Item& item) const {
        Requirement const& r = *item.requirement;
        item.need = std::max(1, r.count);
        int lapsed = 0;
        for (Person const& p : records.people) {
            if (!p.employed(as_of) || !p.has_role(r.role)) continue;
            Validity const v = validity(r, proofs_of(records, r.id, &p));
            if (v.holds(as_of))
                item.holders.push_back({&p, v});
            else
                lapsed += v.proof != nullptr ? 1 : 0;
        }
        std::stable_sort(item.holders.begin(), item.holders.end(), [](Holder const& a, Holder const& b) {
            if (!a.validity.until || !b.validity.until) return !a.validity.until && b.validity.until;
            return *a.validity.until > *b.validity.until;
        });
        item.have = static_cast<int>(item.holders.size());
        item.credit = Decimal(std::min(item.have, item.need)).divided_by(Decimal(item.need));
        if (item.have >= item.need) {
            item.validity = item.holders[static_cast<std::size_t>(item.need) - 1].validity;
            item.date = item.validity.until;
            item.status = while_valid(item.date, as_of);
        } else {
            open(item);
            if (!item.date && item.have + lapsed >= item.need) item.status = Status::expired;
        }
        if (auto const due = effective_due(records, r, as_of); due && *due > as_of)
            item.have_at_due = static_cast<int>(std::count_if(item.holders.begin(), item.holders.end(),
                                                              [&](Holder const& h) { return h.validity.holds(*due); }));
    }
};

} // namespace

Light light(Status status) {
    switch (status) {
    case Status::overdue:
    case Status::expired:
        return Light::red;
    case Status::due_30:
    case Status::due_60:
    case Status::due_90:
    case Status::expiring:
    case Status::undated:
        return Light::amber;
    case Status::not_started:
    case Status::in_progress:
        return Light::open;
    case Status::compliant:
        return Light::green;
    case Status::not_applicable:
        break;
    }
    return Light::none;
}

Validity validity(Requirement const& requirement, std::vector<Proof const*> proofs) {
    std::stable_sort(proofs.begin(), proofs.end(), [](Proof const* a, Proof const* b) { return a->date < b->date; });
    Period const each = period(requirement);
    Validity out;
    bool endless = false;
    Date first;    // from which the periods are counted
    int times = 0; // periods up to out.until
    auto run = [&](Date from, int n) {
        Date const end = each.after(from, n);
        if (out.until && end <= *out.until) return;
        first = from;
        times = n;
        out.until = end;
    };
    for (Proof const* p : proofs) {
        out.proof = p;
        if (p->expires) {
            if (out.until && *p->expires <= *out.until) continue;
            out.until = first = *p->expires;
            times = 0;
        } else if (p->certificate || each.endless()) {
            endless = true;
        } else if (out.until && requirement.window_days && p->date <= *out.until &&
                   p->date >= *out.until - *requirement.window_days) {
            run(first, times + 1);
        } else {
            run(p->date, 1);
        }
    }
    if (endless) out.until.reset();
    return out;
}

std::optional<Date> effective_due(Records const& records, Requirement const& requirement, Date as_of) {
    std::optional<Date> due = requirement.due;
    for (Notice const& n : records.notices)
        if (n.requirement == requirement.id && n.deadline && n.verified(as_of) && (!due || *n.deadline < *due))
            due = n.deadline;
    return due;
}

std::vector<Item> items(Records const& records, Date as_of) {
    Judge const judge{records, as_of};
    std::vector<Item> out;
    for (Requirement const& r : records.requirements) {
        if (!r.part_of.empty()) continue;
        Item item;
        item.requirement = &r;
        if (!r.counted()) {
            item.status = Status::not_applicable;
        } else if (r.scope == Scope::person) {
            std::size_t const before = out.size();
            for (Person const& p : records.people) {
                if (!records.people_listed || !p.employed(as_of) || !p.has_role(r.role)) continue;
                Item own = item;
                own.person = &p;
                judge.by_proof(own);
                out.push_back(std::move(own));
            }
            if (out.size() > before) continue;
            item.status = Status::not_applicable; // nobody it applies to is known
        } else if (r.scope == Scope::count) {
            judge.by_count(item);
        } else if (r.points_needed) {
            judge.by_points(item);
        } else {
            judge.by_proof(item);
        }
        out.push_back(std::move(item));
    }
    return out;
}

namespace {

template <class T, class F>
T const* find(std::vector<T> const& list, F const& same) {
    auto const it = std::find_if(list.begin(), list.end(), same);
    return it == list.end() ? nullptr : &*it;
}

} // namespace

Requirement const* Records::requirement(std::string const& id) const {
    return find(requirements, [&](Requirement const& r) { return r.id == id; });
}
Program const* Records::program(std::string const& id) const {
    return find(programs, [&](Program const& p) { return p.id == id; });
}
Person const* Records::person(std::string const& id) const {
    return find(people, [&](Person const& p) { return p.id == id; });
}
Person const* Records::person_named(std::string const& name) const {
    return find(people, [&](Person const& p) { return p.name == name; });
}

} // namespace compliance
