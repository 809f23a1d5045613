#include "build.hpp"
#include "programs.hpp"

namespace compliance {
namespace {

Date const d = "2026-10-31"_day;

Program program(std::string id, std::optional<Decimal> benefit = {}) {
    Program p;
    p.id = p.name = std::move(id);
    p.benefit = benefit;
    return p;
}

TEST(Cost, IsFeesAndHoursAtTheLoadedRate) {
    Records r;
    r.requirements = {required("R")};
    Proof p = done("R", "2026-10-05"_day);
    p.cost = 120_d;
    p.hours = "2.75"_d;
    Cost const c = cost(r, Rates(r, 65_d), p);
    EXPECT_EQ(c.total(), "298.75"_d);
    EXPECT_EQ(c.labor, "178.75"_d);
    Cost sum = c;
    sum += c;
    EXPECT_EQ(sum.total(), "597.50"_d);
}

TEST(Cost, TakesThePersonsRateThenTheOwnersThenTheGivenOne) {
    Records r;
    r.people = {person("ann"), person("bob"), person("none")};
    r.people[0].hourly_cost = 50_d;
    r.people[1].hourly_cost = 40_d;
    r.requirements = {required("R")};
    Rates const rates(r, 65_d);
    EXPECT_EQ(rates.of("ann", &r.requirements[0]), 50_d);
    EXPECT_EQ(rates.of("none", &r.requirements[0]), 65_d);
    r.requirements[0].owner = "bob";
    EXPECT_EQ(rates.of("none", &r.requirements[0]), 40_d);
    EXPECT_EQ(rates.of("", &r.requirements[0]), 40_d);
    EXPECT_EQ(rates.of("", nullptr), 65_d);
    r.requirements[0].role = "engineer";
    EXPECT_EQ(rates.of_role(r.requirements[0], d), 45_d); // of those who have one
    r.requirements[0].role = "pilot";
    EXPECT_EQ(rates.of_role(r.requirements[0], d), 40_d);
}

TEST(Cost, ToCloseCountsThePeopleThatAreMissing) {
    Records r;
    r.people = {person("ann"), person("bob")};
    r.people[0].hourly_cost = 50_d;
    r.people[1].hourly_cost = 40_d;
    r.requirements = {required("C", "2026-12-31"_day)};
    r.requirements[0].scope = Scope::count;
    r.requirements[0].role = "engineer";
    r.requirements[0].count = 3;
    r.requirements[0].fee = 165_d;
    r.requirements[0].hours = 10_d;
    r.proofs = {done("C", "2026-01-01"_day, "ann")};
    auto all = items(r, d);
    Cost c = to_close(Rates(r, 65_d), all[0], d);
    EXPECT_EQ(c.fees, 330_d);
    EXPECT_EQ(c.hours, 20_d);
    EXPECT_EQ(c.labor, 900_d);
    r.requirements[0].scope = Scope::person;
    all = items(r, d);
    EXPECT_EQ(to_close(Rates(r, 65_d), all[0], d).total(), 0_d); // ann is done
    EXPECT_EQ(to_close(Rates(r, 65_d), all[1], d).total(), 565_d);
    r.requirements[0].state = State::waived;
    all = items(r, d);
    EXPECT_EQ(to_close(Rates(r, 65_d), all[0], d).total(), 0_d);
}

TEST(Programs, TheWorstMandatoryRequirementDecides) {
    Records r;
    r.programs = {program("P"), program("empty")};
    r.requirements = {required("ok"), required("soon", "2026-12-01"_day), required("late", "2026-10-01"_day)};
    r.requirements[2].mandatory = false;
    r.proofs = {done("ok", "2026-01-01"_day)};
    auto all = items(r, d);
    auto list = programs(r, all, Rates(r, 65_d), d);
    EXPECT_EQ(list[0].light, Light::amber);
    EXPECT_EQ(list[0].worst->requirement->id, "soon");
    EXPECT_EQ(list[0].score().value().rounded(4), "0.3333"_d); // recommended ones are counted, and decide nothing
    EXPECT_EQ(list[0].next, "2026-12-01"_day);
    EXPECT_EQ(list[1].light, Light::none);
    EXPECT_EQ(list[1].score().reason(), "no_requirements");
    r.requirements[2].mandatory = true;
    all = items(r, d);
    EXPECT_EQ(programs(r, all, Rates(r, 65_d), d)[0].light, Light::red);
}

TEST(Programs, ScoreCountsPeopleOneByOneAndNOfARoleInParts) {
    Records r;
    r.programs = {program("P")};
    r.requirements = {required("company"), required("each"), required("six"), required("waived")};
    r.requirements[1].scope = Scope::person;
    r.requirements[2].scope = Scope::count;
    r.requirements[2].count = 6;
    r.requirements[3].state = State::waived;
    for (int i = 0; i < 4; ++i) {
        r.people.push_back(person("e" + std::to_string(i)));
        r.proofs.push_back(done(i < 3 ? "each" : "company", "2026-01-01"_day, "e" + std::to_string(i)));
        if (i < 3) r.proofs.push_back(done("six", "2026-01-01"_day, "e" + std::to_string(i)));
    }
    auto const all = items(r, d);
    auto const list = programs(r, all, Rates(r, 65_d), d);
    EXPECT_EQ(list[0].counted, 6_d); // 1 + 4 people + 1
    EXPECT_EQ(list[0].met, "4.5"_d); // 1 + 3 + 3/6
    EXPECT_EQ(list[0].score().value(), "0.75"_d);
}

TEST(Programs, SpendIsOfTwelveMonthsAndReturnOfAYear) {
    Records r;
    r.programs = {program("P", 9200_d), program("Q")};
    r.requirements = {required("R"), required("open", "2026-12-01"_day)};
    r.requirements[1].fee = 120_d;
    r.proofs = {done("R", "2025-10-31"_day), done("R", "2025-11-01"_day), done("R", d), done("unknown", d)};
    for (Proof& p : r.proofs) p.cost = 100_d;
    auto const all = items(r, d);
    auto const list = programs(r, all, Rates(r, 65_d), d);
    EXPECT_EQ(list[0].spent.fees, 200_d); // a year ago today is over
    EXPECT_EQ(list[0].open.fees, 120_d);
    EXPECT_EQ(list[0].year(), 320_d);
    EXPECT_EQ(list[0].returns().value(), "28.75"_d);
    EXPECT_EQ(list[1].returns().reason(), "no_benefit");
    EXPECT_EQ(spent_elsewhere(r, Rates(r, 65_d), d).fees, 100_d);
    Records free = r;
    free.proofs.clear();
    free.requirements.pop_back();
    auto const none = items(free, d);
    EXPECT_EQ(programs(free, none, Rates(free, 65_d), d)[0].returns().reason(), "zero_denominator");
}

TEST(Programs, MostPressingFirstThenLargestBenefit) {
    Records r;
    r.programs = {program("green", 9_d), program("small", 1_d), program("large", 2_d), program("red")};
    auto of = [](char const* id, char const* p, std::optional<Date> due) {
        Requirement x = required(id, due);
        x.program = p;
        return x;
    };
    r.requirements = {of("A", "green", {}), of("B", "small", "2026-12-01"_day), of("C", "large", "2026-12-02"_day),
                      of("D", "red", "2026-10-01"_day)};
    r.proofs = {done("A", d)};
    auto const all = items(r, d);
    std::string order;
    for (auto const& p : programs(r, all, Rates(r, 65_d), d)) order += p.program->id + " ";
    EXPECT_EQ(order, "red large small green ");
}

} // namespace
} // namespace compliance
