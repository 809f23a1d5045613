#include "calendar.hpp"
#include <algorithm>

namespace compliance {
namespace {

struct Collector {
    Records const& records;
    Date as_of;
    std::vector<Event> out = {};

    [[nodiscard]] std::string program(std::string const& id) const {
        Program const* p = records.program(id);
        return p == nullptr ? id : p->name;
    }
    void add(Event event) {
        if (event.date >= as_of) out.push_back(std::move(event));
    }

    void item(Item const& i) {
        if (!i.counted()) return;
        Requirement const& r = *i.requirement;
        std::string const who = i.person == nullptr ? "" : i.person->name;
        std::string const key = r.id + (i.person == nullptr ? "" : "." + i.person->id);
        auto event = [&](EventKind kind, char const* prefix, Date day) {
            Event e;
            e.date = day;
            e.kind = kind;
            e.id = std::string(prefix) + "." + key;
            e.what = r.name;
            e.person = who;
            e.program = program(r.program);
            e.owner = r.owner;
            e.note = r.source;
            return e;
        };
        if (!met(i.status)) {
            if (!i.date || i.status == Status::expired) return;
            Event e = event(EventKind::due, "due", *i.date);
            e.at = i.deadline;
            e.stated = i.deadline ? r.due_stated : "";
            add(std::move(e));
        } else if (r.scope != Scope::count && i.date) {
            Event e = event(EventKind::expires, "expires", *i.date);
            e.at = i.deadline;
            e.stated = i.deadline ? r.due_stated : "";
            add(std::move(e));
        }
        for (Holder const& h : i.holders)
            if (h.validity.until) {
                Event e = event(EventKind::certificate_ends, "holder", *h.validity.until);
                e.id += "." + h.person->id;
                e.person = h.person->name;
                add(std::move(e));
            }
        if (auto const opens = i.window_opens()) add(event(EventKind::window_opens, "window", *opens));
    }
};

} // namespace

std::vector<Event> events(Records const& records, std::vector<Item> const& items, Date as_of) {
    Collector c{records, as_of};
    for (Item const& i : items) c.item(i);
    for (Proof const& p : records.proofs) {
        Person const* who = records.person(p.person);
        if (!p.certificate || !p.expires || records.requirement(p.requirement) != nullptr || who == nullptr ||
            !who->employed(as_of))
            continue;
        c.add({*p.expires,
               {},
               EventKind::certificate_ends,
               "certificate." + p.id,
               p.name,
               who->name,
               p.vendor,
               who->name,
               ""});
    }
    for (Program const& p : records.programs)
        if (p.renewal)
            c.add({*p.renewal,
                   {},
                   EventKind::program_renews,
                   "program." + p.id,
                   p.name,
                   "",
                   p.name,
                   p.owner,
                   p.benefit_note});
    for (Control const& k : records.controls)
        if (k.next_test && k.status != "not_applicable")
            c.add({*k.next_test, {}, EventKind::control_test, "control." + k.id, k.name, "", "Controls", k.owner, ""});
    std::stable_sort(c.out.begin(), c.out.end(),
                     [](Event const& a, Event const& b) { return std::pair(a.date, a.id) < std::pair(b.date, b.id); });
    return std::move(c.out);
}

int band(Date day, Date as_of) {
    int const days = day - as_of;
    return days < 0 || days > 90 ? 0 : days <= 30 ? 30 : days <= 60 ? 60 : 90;
}

} // namespace compliance
