#include "analysis.hpp"
#include <algorithm>

namespace compliance {
namespace {

std::vector<Group> group(Records const& records, std::vector<ProgramStatus> const& programs,
                         std::vector<Item> const& items) {
    std::vector<Group> out;
    for (ProgramStatus const& p : programs) {
        std::size_t const first = out.size();
        for (Requirement const& r : records.requirements) {
            if (r.program != p.program->id || !r.part_of.empty()) continue;
            Group g;
            g.requirement = &r;
            g.program = p.program;
            for (Item const& item : items) {
                if (item.requirement != &r) continue;
                g.items.push_back(&item);
                g.met += item.credit;
                g.counted += item.counted() ? 1 : 0;
                bool const worse =
                    g.worst == nullptr || item.status < g.worst->status ||
                    (item.status == g.worst->status && item.date && g.worst->date && *item.date < *g.worst->date);
                if (worse) g.worst = &item;
            }
            out.push_back(std::move(g));
        }
        std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                         [](Group const& a, Group const& b) {
                             if (a.worst->status != b.worst->status) return a.worst->status < b.worst->status;
                             return a.worst->date && b.worst->date && *a.worst->date < *b.worst->date;
                         });
    }
    return out;
}

Filed filed(std::string const& id, std::string const& file, std::string const& hash, std::string const& noted) {
    Filed f;
    f.id = id;
    f.file = file;
    f.hash = hash;
    f.state = file.empty()                      ? Filed::State::unnamed
              : hash.empty()                    ? Filed::State::missing
              : !noted.empty() && noted != hash ? Filed::State::changed
                                                : Filed::State::there;
    return f;
}

std::vector<Filed> evidence(Records const& records, Date as_of) {
    std::vector<Filed> out;
    for (Proof const& p : records.proofs) {
        Filed f = filed(p.id, p.evidence, p.hash, p.filed_hash);
        Requirement const* r = records.requirement(p.requirement);
        Person const* who = records.person(p.person);
        f.of = p.requirement;
        f.proves = r != nullptr ? r->name : p.certificate ? p.name : "";
        f.person = who != nullptr ? who->name : p.person;
        f.date = p.date;
        out.push_back(std::move(f));
    }
    for (Control const& c : records.controls) {
        if (c.evidence.empty()) continue; // a control need not name a file
        Filed f = filed(c.id, c.evidence, c.hash, "");
        f.of = c.id;
        f.proves = c.name;
        f.date = c.tested.value_or(as_of);
        out.push_back(std::move(f));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](Filed const& a, Filed const& b) { return std::pair(a.file, a.id) < std::pair(b.file, b.id); });
    return out;
}

Totals total(Analysis const& a) {
    Totals t;
    t.spent = a.elsewhere;
    for (ProgramStatus const& p : a.programs) {
        t.met += p.met;
        t.counted += p.counted;
        ++t.programs[p.light];
        t.spent += p.spent;
        t.open += p.open;
        Decimal const benefit = p.program->benefit.value_or(Decimal(0));
        t.benefit += benefit;
        if (p.light == Light::red) t.benefit_late += benefit;
        if (p.light == Light::amber) t.benefit_soon += benefit;
    }
    for (Item const& item : a.items) ++t.items[item.status];
    for (Group const& g : a.groups) {
        if (!g.requirement->mandatory) continue;
        t.late += light(g.worst->status) == Light::red ? 1 : 0;
        t.soon += light(g.worst->status) == Light::amber ? 1 : 0;
    }
    return t;
}

} // namespace

std::vector<std::string> Group::people() const {
    std::vector<std::string> out;
    for (Item const* item : items)
        if (item->person != nullptr && item->status == worst->status) out.push_back(item->person->name);
    return out;
}

Decimal Analysis::year() const {
    Decimal sum;
    for (ProgramStatus const& p : programs)
        if (p.program->benefit) sum += p.year();
    return sum;
}

Metric Analysis::returns() const {
    if (!proofs_known) return Metric::na("missing_dataset:completions");
    return totals.benefit.is_zero() ? Metric::na("no_benefit") : ratio(totals.benefit, year());
}

int Analysis::evidence_in(Filed::State state) const {
    return static_cast<int>(
        std::count_if(evidence.begin(), evidence.end(), [&](Filed const& f) { return f.state == state; }));
}

std::unique_ptr<Analysis> analyze(Inputs const& in) {
    Records const& records = in.records;
    Rates const rates(records, in.loaded_rate);
    auto out = std::make_unique<Analysis>();
    Analysis& a = *out;
    a.proofs_known = in.has("completions") || in.has("certificates");
    a.items = items(records, in.as_of);
    a.programs = programs(records, a.items, rates, in.as_of);
    a.groups = group(records, a.programs, a.items);
    a.elsewhere = spent_elsewhere(records, rates, in.as_of);
    a.answers = answers(records, a.items, in.as_of);
    a.conflicts = conflicts(records, in.as_of);
    a.silent = silent(records, a.items, in.as_of);
    a.dependences = bus_factor(a.items);
    a.left = left_behind(records, in.as_of);
    a.matrix = matrix(records, a.items, in.as_of);
    a.other_certificates = other_certificates(records, in.as_of);
    a.controls = map_controls(records.controls, records.mappings, in.as_of);
    a.events = events(records, a.items, in.as_of);
    a.evidence = evidence(records, in.as_of);
    for (Proof const& p : records.proofs)
        if (!p.requirement.empty() && records.requirement(p.requirement) == nullptr) a.strays.push_back(&p);
    a.totals = total(a);
    a.actions = actions(in, a);
    return out;
}

} // namespace compliance
