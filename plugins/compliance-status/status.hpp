/// Where each requirement stands on a day: requirement, completion and notice are records of their own.
#pragma once
#include "records.hpp"
#include <map>

namespace compliance {

enum class Status {
    overdue,
    expired,
    due_30,
    due_60,
    due_90,
    expiring, // complete, with 90 days or less left
    undated,
    not_started,
    in_progress,
    compliant,
    not_applicable, // waived, not applicable, replaced, or nobody has the role
};

/// By how pressing it is: red, amber, open (later than 90 days), green.
enum class Light { red, amber, open, green, none };
[[nodiscard]] Light light(Status status);
/// Complete today.
[[nodiscard]] inline bool met(Status s) {
    return s == Status::compliant || s == Status::expiring;
}

/// How long completions hold: the last day, and what they rest on.
struct Validity {
    Proof const* proof = nullptr; // the newest
    std::optional<Date> until;    // nullopt = no end, when there is a proof
    [[nodiscard]] bool holds(Date day) const { return proof != nullptr && (!until || *until >= day); }
};

/// Each proof is valid for valid_months (else one cycle) from its day, or until the day it states. Renewed inside the
/// window before expiry it runs on from the old end, counted from the first day, so that February 29 comes back in leap
/// years; renewed outside it, never ends earlier than before. `proofs` are of one requirement (and person).
[[nodiscard]] Validity validity(Requirement const& requirement, std::vector<Proof const*> proofs);

/// Someone whose proof counts for a requirement of persons.
struct Holder {
    Person const* person = nullptr;
    Validity validity;
};

/// One thing that is met or not: a requirement, or a requirement of one person.
struct Item {
    Requirement const* requirement = nullptr;
    Person const* person = nullptr; // Scope::person
    Status status = Status::undated;
    std::optional<Date> date;               // the day that counts: due while open, last valid day once complete
    std::optional<deckle::Moment> deadline; // the moment, where a time is stated
    Validity validity;
    Decimal credit;                              // 0 to 1; people found of people needed
    int have = 0, need = 0;                      // Scope::count
    std::vector<Holder> holders;                 // Scope::count: valid today, longest first
    std::optional<int> have_at_due;              // of the holders, still valid on the due date
    std::optional<Decimal> points;               // reached, for requirements with points
    std::vector<Requirement const*> below_floor; // sub-scores

    [[nodiscard]] bool counted() const { return status != Status::not_applicable; }
    [[nodiscard]] int days(Date as_of) const { return date ? *date - as_of : 0; }
    /// First day on which it can be renewed without losing time.
    [[nodiscard]] std::optional<Date> window_opens() const {
        if (!met(status) || !validity.until || !requirement->window_days) return std::nullopt;
        return *validity.until - *requirement->window_days;
    }
};

struct Records {
    std::vector<Program> programs;
    std::vector<Requirement> requirements;
    std::vector<Proof> proofs; // up to the as-of date
    std::vector<Notice> notices;
    std::vector<Person> people;
    bool people_listed = true; // false: nobody knows who is missing, so requirements of each person cannot be judged
    std::vector<Control> controls;
    std::vector<Mapping> mappings;

    [[nodiscard]] Requirement const* requirement(std::string const& id) const;
    [[nodiscard]] Program const* program(std::string const& id) const;
    [[nodiscard]] Person const* person(std::string const& id) const;
    [[nodiscard]] Person const* person_named(std::string const& name) const;
};

/// The earliest of the requirement's own date and those of verified notices about it.
[[nodiscard]] std::optional<Date> effective_due(Records const& records, Requirement const& requirement, Date as_of);

/// In the order of the requirements, then of the people. Sub-scores belong to their total and have no item.
[[nodiscard]] std::vector<Item> items(Records const& records, Date as_of);

} // namespace compliance
