/// Notices held against requirements and completions: what each one calls for, and what nobody has reminded of.
#pragma once
#include "status.hpp"

namespace compliance {

enum class Answer {
    act,              // the requirement is open
    reply_with_proof, // it was complete before the notice came
    done,             // it has been completed since
    not_applicable,   // it does not apply: say so
    triage,           // no known requirement
};

struct NoticeAnswer {
    Notice const* notice = nullptr;
    Requirement const* requirement = nullptr; // the new version, when the old one is replaced; nullptr = triage
    Answer answer = Answer::triage;
    bool verified = false;        // else: verify before paying or replying, never through the number it names
    bool conflict = false;        // its deadline differs from the requirement's or another notice's
    std::optional<Date> earliest; // of all deadlines about the requirement
};

/// Up to the as-of date, newest first.
[[nodiscard]] std::vector<NoticeAnswer> answers(Records const& records, std::vector<Item> const& items, Date as_of);

/// Deadlines that differ for one requirement.
struct Conflict {
    Requirement const* requirement = nullptr;
    std::vector<Date> deadlines; // two or more, earliest first: that one is used
};
[[nodiscard]] std::vector<Conflict> conflicts(Records const& records, Date as_of);

/// Counted, not complete, and no notice has come: nobody will remind of it. Most pressing first.
[[nodiscard]] std::vector<Item const*> silent(Records const& records, std::vector<Item> const& items, Date as_of);

} // namespace compliance
