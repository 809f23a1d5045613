#include "deals.hpp"
#include "hygiene.hpp"
#include <gtest/gtest.h>

namespace pipeline {
namespace {

Date const today = "2026-10-31"_day;

Deal clean(std::string const& id) {
    Deal d = open_deal(id, 100_d);
    d.account = "Acme " + id;
    d.contact = "Dana";
    d.owner = "Ann";
    d.next_step = "Call";
    d.next_step_date = today + 3;
    d.stage_date = "2026-08-01"_day;
    return d;
}

/// Which rules this one deal breaks.
std::vector<Rule> broken(Deal const& d, Filled const& filled = {}) {
    std::vector<Rule> out;
    for (Finding const& f : findings({d}, four_stages, filled, today, "2025-11-01"_day, Basis::first_year))
        out.push_back(f.rule);
    return out;
}

TEST(Records, CleanOnesAreNotListed) {
    EXPECT_TRUE(broken(clean("1")).empty());
}

TEST(Records, EachRule) {
    auto rule_of = [](auto change) {
        Deal d = clean("1");
        change(d);
        auto const rules = broken(d);
        EXPECT_EQ(rules.size(), 1U);
        return rules.empty() ? Rule::duplicate : rules.front();
    };
    EXPECT_EQ(rule_of([](Deal& d) { d.expected = today - 1; }), Rule::close_date_past);
    EXPECT_EQ(rule_of([](Deal& d) { d.expected.reset(); }), Rule::no_close_date);
    EXPECT_EQ(rule_of([](Deal& d) { d.one_time = 0; }), Rule::no_amount);
    EXPECT_EQ(rule_of([](Deal& d) {
                  d.next_step = "";
                  d.next_step_date.reset();
              }),
              Rule::no_next_step);
    EXPECT_EQ(rule_of([](Deal& d) { d.next_step_date = today - 1; }), Rule::next_step_past);
    EXPECT_EQ(rule_of([](Deal& d) { d.contact = ""; }), Rule::no_contact);
    EXPECT_EQ(rule_of([](Deal& d) { d.account = ""; }), Rule::no_account);
    EXPECT_EQ(rule_of([](Deal& d) { d.owner = ""; }), Rule::no_owner);
    EXPECT_EQ(rule_of([](Deal& d) { d.stage = "Elsewhere"; }), Rule::no_probability);
    EXPECT_EQ(rule_of([](Deal& d) { d.probability = "0.9"_d; }), Rule::probability_differs);
    EXPECT_EQ(rule_of([](Deal& d) { d.stage_date = "2026-06-30"_day; }), Rule::stage_before_created);
    EXPECT_EQ(rule_of([](Deal& d) {
                  d.status = Status::won;
                  d.closed.reset();
              }),
              Rule::closed_without_date);
    EXPECT_EQ(rule_of([](Deal& d) {
                  d.status = Status::lost;
                  d.closed = today;
              }),
              Rule::lost_without_reason);
}

TEST(Records, WhatIsRightAtTheEdge) {
    Deal d = clean("1");
    d.expected = today; // today is not past
    d.next_step_date = today;
    d.probability = "0.50"_d; // the stage's, written otherwise
    d.one_time = 0;
    d.monthly = 5_d;
    d.stage_date = d.created;
    EXPECT_TRUE(broken(d).empty());
    Deal old = closed_deal("2", Status::lost, 1_d, "2025-10-31");
    EXPECT_TRUE(broken(old).empty()); // before the window
}

TEST(Records, ColumnsThatTheSourceDoesNotFillBlameNobody) {
    Deal d = open_deal("1", 0_d, "");
    Filled none{false, false, false, false, false, false, false, false};
    EXPECT_TRUE(broken(d, none).empty());
}

TEST(Records, DoublesAreOfOneAccountWithTheSameWords) {
    std::vector<Deal> deals = {clean("1"), clean("2"), clean("3"), clean("4"), clean("5")};
    deals[0].name = "Server refresh, Osage Valley Hospital";
    deals[1].name = "osage valley hospital - Refresh (server)";
    deals[2].name = "Server refresh, Osage Valley Hospital";
    deals[3].name = "Wireless refresh, Osage Valley Hospital";
    for (auto& d : deals) d.account = "Osage Valley Hospital";
    deals[2].account = "Another Hospital";
    deals[4].account = "";
    auto const found = findings(deals, four_stages, {}, today, today, Basis::first_year);
    auto const it = std::find_if(found.begin(), found.end(), [](auto const& f) { return f.rule == Rule::duplicate; });
    ASSERT_NE(it, found.end());
    ASSERT_EQ(it->deals.size(), 2U);
    EXPECT_EQ(it->deals[0]->id, "1");
    EXPECT_EQ(it->deals[1]->id, "2");
    deals.push_back(clean("6"));
    deals.push_back(clean("7"));
    for (std::size_t i : {5U, 6U}) {
        deals[i].account = deals[i].name = "Zebra";
        deals[i].one_time = 900_d;
    }
    auto const two = findings(deals, four_stages, {}, today, today, Basis::first_year);
    auto const largest = std::find_if(two.begin(), two.end(), [](auto const& f) { return f.rule == Rule::duplicate; });
    ASSERT_NE(largest, two.end());
    ASSERT_EQ(largest->deals.size(), 4U);
    EXPECT_EQ(largest->deals[0]->id, "6");       // the largest pair first
    EXPECT_EQ(name_key("Acme", "Acme"), "acme"); // a name that is the account's alone keeps its words
}

} // namespace
} // namespace pipeline
