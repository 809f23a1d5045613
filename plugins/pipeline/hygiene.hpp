/// What is wrong with the records of the deals: each rule with the deals that break it.
#pragma once
#include "deal.hpp"

namespace pipeline {

enum class Rule {
    close_date_past,
    no_close_date,
    no_amount,
    no_next_step,
    next_step_past,
    no_contact,
    no_account,
    no_owner,
    no_probability,
    probability_differs,
    duplicate,
    stage_before_created,
    closed_without_date,
    lost_without_reason,
};

/// Which columns the source fills: a rule about a column it does not fill would blame every deal.
struct Filled {
    bool contact = true, account = true, owner = true, next_step = true, next_step_date = true, reason = true;
    bool amount = true, expected = true;
};

struct Finding {
    Rule rule;
    std::vector<Deal const*> deals; // largest first
};

/// In the order of Rule, without rules that no deal breaks. Open deals, and those closed since `closed_since`.
[[nodiscard]] std::vector<Finding> findings(std::vector<Deal> const& deals, Stages const& stages, Filled const& filled,
                                            Date as_of, Date closed_since, Basis basis);

/// The words of a name in one order, without case, punctuation and the account's own words: two deals of one account
/// with equal words are one deal twice.
[[nodiscard]] std::string name_key(std::string const& name, std::string const& account);

} // namespace pipeline
