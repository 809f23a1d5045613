#include "notices.hpp"
#include <algorithm>
#include <set>

namespace compliance {
namespace {

/// The version in force; a chain of replacements ends where it began at the latest.
Requirement const* current(Records const& records, std::string const& id) {
    Requirement const* r = records.requirement(id);
    std::set<std::string> seen;
    while (r != nullptr && r->state == State::replaced && seen.insert(r->id).second) {
        Requirement const* next = records.requirement(r->replaced_by);
        if (next == nullptr) break;
        r = next;
    }
    return r;
}

std::vector<Date> deadlines(Records const& records, Requirement const& r, Date as_of) {
    std::set<Date> days;
    if (r.due) days.insert(*r.due);
    for (Notice const& n : records.notices)
        if (n.deadline && n.date <= as_of && current(records, n.requirement) == &r) days.insert(*n.deadline);
    return {days.begin(), days.end()};
}

Answer answer(Records const& records, std::vector<Item> const& items, Requirement const& r, Notice const& notice) {
    bool counted = false, open = false, later = false;
    for (Item const& item : items) {
        if (item.requirement != &r || !item.counted()) continue;
        counted = true;
        // A proof that ends by the notice's deadline is not what it asks for: the next one is.
        bool const ends = item.validity.until && notice.deadline && *item.validity.until <= *notice.deadline;
        open = open || !met(item.status) || ends;
        for (Proof const& p : records.proofs)
            later = later || (p.requirement == r.id && p.date > notice.date &&
                              (item.person == nullptr || p.person == item.person->id));
    }
    if (!counted) return Answer::not_applicable;
    return open ? Answer::act : later ? Answer::done : Answer::reply_with_proof;
}

} // namespace

std::vector<NoticeAnswer> answers(Records const& records, std::vector<Item> const& items, Date as_of) {
    std::vector<NoticeAnswer> out;
    for (Notice const& n : records.notices) {
        if (n.date > as_of) continue;
        NoticeAnswer a;
        a.notice = &n;
        a.verified = n.verified(as_of);
        a.requirement = current(records, n.requirement);
        if (a.requirement != nullptr) {
            a.answer = answer(records, items, *a.requirement, n);
            auto const days = deadlines(records, *a.requirement, as_of);
            if (!days.empty()) a.earliest = days.front();
            a.conflict = days.size() > 1 && n.deadline.has_value();
        }
        out.push_back(a);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](NoticeAnswer const& a, NoticeAnswer const& b) { return a.notice->date > b.notice->date; });
    return out;
}

std::vector<Conflict> conflicts(Records const& records, Date as_of) {
    std::vector<Conflict> out;
    for (Requirement const& r : records.requirements)
        if (auto days = deadlines(records, r, as_of); r.counted() && days.size() > 1)
            out.push_back({&r, std::move(days)});
    return out;
}

std::vector<Item const*> silent(Records const& records, std::vector<Item> const& items, Date as_of) {
    std::vector<Item const*> out;
    for (Item const& item : items) {
        bool const noticed = std::any_of(records.notices.begin(), records.notices.end(), [&](Notice const& n) {
            return n.date <= as_of && current(records, n.requirement) == item.requirement;
        });
        if (item.counted() && !met(item.status) && !noticed) out.push_back(&item);
    }
    std::stable_sort(out.begin(), out.end(), [](Item const* a, Item const* b) {
        if (a->date && b->date) return *a->date < *b->date;
        return a->date && !b->date;
    });
    return out;
}

} // namespace compliance
