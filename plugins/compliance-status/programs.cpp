#include "programs.hpp"
#include <algorithm>

namespace compliance {
namespace {

bool in_last_year(Proof const& proof, Date as_of) {
    return proof.date > as_of.plus_months(-12) && proof.date <= as_of;
}

/// Smaller is more pressing: statuses stand in that order, what is late longest comes first.
bool worse(Item const& a, Item const& b) {
    if (a.status != b.status) return a.status < b.status;
    return a.date.value_or(Date::from_days(0)) < b.date.value_or(Date::from_days(0));
}

} // namespace

Decimal Rates::of(std::string const& person, Requirement const* requirement) const {
    Person const* who = records_->person(person);
    if ((who == nullptr || !who->hourly_cost) && requirement != nullptr)
        who = records_->person_named(requirement->owner);
    return who != nullptr && who->hourly_cost ? *who->hourly_cost : otherwise_;
}

Decimal Rates::of_role(Requirement const& requirement, Date day) const {
    Decimal sum;
    std::int64_t n = 0;
    for (Person const& p : records_->people) {
        if (requirement.role.empty() || !p.employed(day) || !p.has_role(requirement.role) || !p.hourly_cost) continue;
        sum += *p.hourly_cost;
        ++n;
    }
    return n == 0 ? of("", &requirement) : sum.divided_by(Decimal(n));
}

Cost cost(Records const& records, Rates const& rates, Proof const& proof) {
    return {proof.cost, proof.hours, proof.hours * rates.of(proof.person, records.requirement(proof.requirement))};
}

Cost to_close(Rates const& rates, Item const& item, Date as_of) {
    if (!item.counted() || met(item.status)) return {};
    Requirement const& r = *item.requirement;
    Decimal const times(r.scope == Scope::count ? std::max(0, item.need - item.have) : 1);
    Decimal const rate = item.person != nullptr    ? rates.of(item.person->id, &r)
                         : r.scope == Scope::count ? rates.of_role(r, as_of)
                                                   : rates.of("", &r);
    return {r.fee * times, r.hours * times, r.hours * times * rate};
}

Metric ProgramStatus::returns() const {
    if (!program->benefit) return Metric::na("no_benefit");
    return ratio(*program->benefit, year());
}

std::vector<ProgramStatus> programs(Records const& records, std::vector<Item> const& items, Rates const& rates,
                                    Date as_of) {
    std::vector<ProgramStatus> out;
    for (Program const& p : records.programs) {
        ProgramStatus s;
        s.program = &p;
        s.next = p.renewal && *p.renewal >= as_of ? p.renewal : std::nullopt;
        for (Item const& item : items) {
            if (item.requirement->program != p.id) continue;
            s.items.push_back(&item);
            if (!item.counted()) continue;
            s.counted += Decimal(1);
            s.met += item.credit;
            s.open += to_close(rates, item, as_of);
            if (item.date && *item.date >= as_of && (!s.next || *item.date < *s.next)) s.next = item.date;
            if (item.requirement->mandatory && (s.worst == nullptr || worse(item, *s.worst))) s.worst = &item;
        }
        if (s.worst != nullptr) s.light = light(s.worst->status);
        for (Proof const& proof : records.proofs)
            if (Requirement const* r = records.requirement(proof.requirement);
                r != nullptr && r->program == p.id && in_last_year(proof, as_of))
                s.spent += cost(records, rates, proof);
        out.push_back(std::move(s));
    }
    std::stable_sort(out.begin(), out.end(), [](ProgramStatus const& a, ProgramStatus const& b) {
        if (a.light != b.light) return a.light < b.light;
        return a.program->benefit.value_or(Decimal(0)) > b.program->benefit.value_or(Decimal(0));
    });
    return out;
}

Cost spent_elsewhere(Records const& records, Rates const& rates, Date as_of) {
    Cost sum;
    for (Proof const& proof : records.proofs) {
        Requirement const* r = records.requirement(proof.requirement);
        if (in_last_year(proof, as_of) && (r == nullptr || records.program(r->program) == nullptr))
            sum += cost(records, rates, proof);
    }
    return sum;
}

} // namespace compliance
