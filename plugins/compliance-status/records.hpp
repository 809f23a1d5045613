/// What the report reads, row by row, as plain values. Money is in the company's currency, dates are calendar dates.
#pragma once
#include <deckle/date.hpp>
#include <deckle/deadline.hpp>
#include <deckle/decimal.hpp>
#include <optional>
#include <string>
#include <vector>

namespace compliance {

using deckle::Date;
using deckle::Decimal;

struct Program {
    std::string id, name, vendor, tier;
    std::optional<Date> renewal;
    std::string owner;
    std::optional<Decimal> benefit; // yearly value lost if it lapses
    std::string benefit_note;
    bool listed = true; // false: only requirements name it
};

enum class Scope { company, person, count };
enum class State { open, waived, not_applicable, replaced };

struct Requirement {
    std::string id, program, name, kind;
    Scope scope = Scope::company;
    std::string role;
    int count = 1; // people needed, for Scope::count
    bool mandatory = true;
    std::optional<Date> due; // the day at the company on which the deadline falls
    std::string due_time;    // as stated
    std::string due_stated;  // day and time in the deadline's own zone: "2026-11-30 11:59 PM PST"; where it was read
    std::optional<deckle::Moment> due_at;
    std::string cycle;
    int valid_months = 0; // 0 = by the cycle
    std::optional<int> window_days;
    std::optional<Decimal> points_needed, points_have;
    std::string part_of; // a sub-score of that requirement, whose points_needed is its floor
    Decimal fee, hours;
    std::string owner;
    std::optional<Date> started;
    State state = State::open;
    std::string replaced_by, source;

    [[nodiscard]] bool counted() const { return state == State::open; }
};

/// A completion, or a certificate of a person.
struct Proof {
    std::string id, requirement, person;
    Date date;
    std::optional<Date> expires;
    bool certificate = false;
    std::string name, vendor; // of a certificate
    std::string evidence;     // file
    std::string hash;         // SHA-256 of the file today; empty = file missing
    std::string filed_hash;   // SHA-256 noted when it was filed
    Decimal cost, hours;
};

struct Notice {
    std::string id;
    Date date;
    std::string channel, sender, program, requirement, claim;
    std::optional<Date> deadline;
    std::optional<Decimal> amount;
    std::string verified_how, verified_by;
    std::optional<Date> verified_date;

    [[nodiscard]] bool verified(Date as_of) const {
        return !verified_how.empty() && (!verified_date || *verified_date <= as_of);
    }
};

struct Person {
    std::string id, name, title;
    std::vector<std::string> roles;
    std::optional<Date> start, end;
    std::optional<Decimal> hourly_cost;
    bool listed = true; // false: known by proofs only, with whatever role they need

    /// On the last day too.
    [[nodiscard]] bool employed(Date day) const { return (!start || *start <= day) && (!end || *end >= day); }
    /// No role asked for: everyone.
    [[nodiscard]] bool has_role(std::string const& role) const {
        if (role.empty() || !listed) return true;
        for (std::string const& r : roles)
            if (r == role) return true;
        return false;
    }
};

struct Control {
    std::string id, name, owner, status, requirement, evidence, hash;
    std::optional<Date> tested, next_test;
};

struct Mapping {
    std::string control, framework, reference;
};

} // namespace compliance
