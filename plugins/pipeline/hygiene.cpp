#include "hygiene.hpp"
#include <algorithm>
#include <set>

namespace pipeline {
namespace {

std::set<std::string> words(std::string const& text) {
    std::set<std::string> out;
    std::string word;
    for (char const c : text + " ") {
        bool const keep = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c & 0x80) != 0;
        bool const upper = c >= 'A' && c <= 'Z';
        if (keep)
            word += c;
        else if (upper)
            word += static_cast<char>(c - 'A' + 'a');
        else if (!word.empty())
            out.insert(std::exchange(word, {}));
    }
    return out;
}

std::string joined(std::set<std::string> const& list) {
    std::string out;
    for (std::string const& w : list) out += (out.empty() ? "" : " ") + w;
    return out;
}

/// Grouped by account and name, so that no deal is compared with every other; the largest group first.
std::vector<Deal const*> duplicates(std::vector<Deal const*> const& open, Basis basis) {
    std::map<std::pair<std::string, std::string>, std::vector<Deal const*>> groups;
    for (Deal const* d : open)
        if (!d->account.empty()) groups[{joined(words(d->account)), name_key(d->name, d->account)}].push_back(d);
    std::vector<std::vector<Deal const*>> twice;
    for (auto& [key, deals] : groups)
        if (deals.size() > 1 && !key.second.empty()) twice.push_back(std::move(deals));
    std::stable_sort(twice.begin(), twice.end(),
                     [&](auto const& x, auto const& y) { return x.front()->value(basis) > y.front()->value(basis); });
    std::vector<Deal const*> out;
    for (auto const& deals : twice) out.insert(out.end(), deals.begin(), deals.end());
    return out;
}

} // namespace

std::string name_key(std::string const& name, std::string const& account) {
    std::set<std::string> left = words(name);
    for (std::string const& w : words(account)) left.erase(w);
    return joined(left.empty() ? words(name) : left);
}

std::vector<Finding> findings(std::vector<Deal> const& deals, Stages const& stages, Filled const& filled, Date as_of,
                              Date closed_since, Basis basis) {
    std::map<Rule, std::vector<Deal const*>> found;
    std::vector<Deal const*> open;
    for (Deal const& d : deals) {
        auto check = [&](bool wrong, Rule rule) {
            if (wrong) found[rule].push_back(&d);
        };
        if (!d.is_open()) {
            check(!d.closed, Rule::closed_without_date);
            bool const lost = d.status != Status::won && d.closed && *d.closed >= closed_since;
            check(filled.reason && lost && d.loss_reason.empty(), Rule::lost_without_reason);
            continue;
        }
        open.push_back(&d);
        check(d.expected && *d.expected < as_of, Rule::close_date_past);
        check(filled.expected && !d.expected, Rule::no_close_date);
        check(filled.amount && d.one_time.is_zero() && d.monthly.is_zero(), Rule::no_amount);
        check(filled.next_step && d.next_step.empty() && !d.next_step_date, Rule::no_next_step);
        check(filled.next_step_date && d.next_step_date && *d.next_step_date < as_of, Rule::next_step_past);
        check(filled.contact && d.contact.empty(), Rule::no_contact);
        check(filled.account && d.account.empty(), Rule::no_account);
        check(filled.owner && d.owner.empty(), Rule::no_owner);
        check(!chance(d, stages), Rule::no_probability);
        auto const stage = stage_index(stages, d.stage);
        check(stage && d.probability && stages[*stage].probability && *d.probability != *stages[*stage].probability,
              Rule::probability_differs);
        check(d.created && d.stage_date && *d.stage_date < *d.created, Rule::stage_before_created);
    }
    if (auto twice = duplicates(open, basis); !twice.empty()) found[Rule::duplicate] = std::move(twice);
    std::vector<Finding> out;
    for (auto& [rule, list] : found) {
        if (rule != Rule::duplicate)
            std::stable_sort(list.begin(), list.end(),
                             [&](Deal const* x, Deal const* y) { return x->value(basis) > y->value(basis); });
        out.push_back({rule, std::move(list)});
    }
    return out;
}

} // namespace pipeline
