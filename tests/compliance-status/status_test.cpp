#include "build.hpp"

namespace compliance {
namespace {

Status status(Requirement const& r, std::vector<Proof> const& proofs, Date as_of) {
    Records records;
    records.requirements = {r};
    records.proofs = proofs;
    return only(records, as_of).status;
}

TEST(Bands, AreThirtyDaysWideAndTheNinetiethDayIsIn) {
    Date const d = "2026-11-30"_day;
    EXPECT_EQ(d + 90, "2027-02-28"_day);
    EXPECT_EQ(status(required("R", "2026-11-29"_day), {}, d), Status::overdue);
    EXPECT_EQ(status(required("R", "2026-11-30"_day), {}, d), Status::due_30);
    EXPECT_EQ(status(required("R", "2026-12-30"_day), {}, d), Status::due_30);
    EXPECT_EQ(status(required("R", "2026-12-31"_day), {}, d), Status::due_60);
    EXPECT_EQ(status(required("R", "2027-01-29"_day), {}, d), Status::due_60);
    EXPECT_EQ(status(required("R", "2027-01-30"_day), {}, d), Status::due_90);
    EXPECT_EQ(status(required("R", "2027-02-28"_day), {}, d), Status::due_90);
    EXPECT_EQ(status(required("R", "2027-03-01"_day), {}, d), Status::not_started);
    EXPECT_EQ(status(required("R"), {}, d), Status::undated);
}

TEST(Bands, StartedWorkIsInProgressOnlyWhileItIsNotDue) {
    Requirement r = required("R", "2027-03-01"_day);
    r.started = "2026-11-30"_day;
    EXPECT_EQ(status(r, {}, "2026-11-30"_day), Status::in_progress);
    EXPECT_EQ(status(r, {}, "2026-11-29"_day), Status::not_started); // begun later
    EXPECT_EQ(status(r, {}, "2027-02-01"_day), Status::due_30);
    r.due.reset();
    EXPECT_EQ(status(r, {}, "2026-11-30"_day), Status::undated);
}

TEST(Proof, HoldsThroughItsLastDay) {
    Requirement r = required("R", "2026-01-31"_day);
    r.valid_months = 12;
    std::vector<Proof> const proofs = {done("R", "2026-01-15"_day)};
    EXPECT_EQ(status(r, proofs, "2026-10-16"_day), Status::compliant);
    EXPECT_EQ(status(r, proofs, "2026-10-17"_day), Status::expiring); // 90 days left
    EXPECT_EQ(status(r, proofs, "2027-01-15"_day), Status::expiring);
    EXPECT_EQ(status(r, proofs, "2027-01-16"_day), Status::expired);
}

TEST(Proof, WithoutAnEndHoldsForeverAndACycleIsAnEnd) {
    Requirement r = required("R", "2020-01-31"_day);
    EXPECT_EQ(status(r, {done("R", "2020-01-15"_day)}, "2030-01-01"_day), Status::compliant);
    r.cycle = "once";
    EXPECT_EQ(status(r, {done("R", "2020-01-15"_day)}, "2030-01-01"_day), Status::compliant);
    r.cycle = "quarterly";
    EXPECT_EQ(status(r, {done("R", "2020-01-15"_day)}, "2020-04-15"_day), Status::expiring);
    EXPECT_EQ(status(r, {done("R", "2020-01-15"_day)}, "2020-04-16"_day), Status::expired);
    r.cycle = "weekly";
    EXPECT_EQ(status(r, {done("R", "2020-01-15"_day)}, "2020-01-23"_day), Status::expired);
    r.valid_months = 24; // wins over the cycle
    EXPECT_EQ(status(r, {done("R", "2020-01-15"_day)}, "2021-01-01"_day), Status::compliant);
}

std::optional<Date> until(Requirement const& r, std::vector<Proof> const& proofs) {
    std::vector<Proof const*> list;
    for (Proof const& p : proofs) list.push_back(&p);
    return validity(r, list).until;
}

TEST(Renewal, InsideTheWindowRunsOnFromTheOldEnd) {
    Requirement r = required("R");
    r.valid_months = 12;
    r.window_days = 60;
    EXPECT_EQ(until(r, {done("R", "2025-03-31"_day), done("R", "2026-02-10"_day)}), "2027-03-31"_day);
    EXPECT_EQ(until(r, {done("R", "2025-03-31"_day), done("R", "2026-01-30"_day)}),
              "2027-03-31"_day); // first day of the window
    EXPECT_EQ(until(r, {done("R", "2026-02-10"_day), done("R", "2025-03-31"_day)}), "2027-03-31"_day); // in any order
    EXPECT_EQ(until(r, {done("R", "2025-03-31"_day), done("R", "2026-02-10"_day), done("R", "2027-03-01"_day)}),
              "2028-03-31"_day);
}

TEST(Renewal, BeforeTheWindowCountsFromItsDayAndNeverShortens) {
    Requirement r = required("R");
    r.valid_months = 12;
    r.window_days = 60;
    EXPECT_EQ(until(r, {done("R", "2025-03-31"_day), done("R", "2026-01-29"_day)}), "2027-01-29"_day);
    Proof longer = done("R", "2025-03-31"_day);
    longer.expires = "2028-03-31"_day;
    EXPECT_EQ(until(r, {longer, done("R", "2026-01-29"_day)}), "2028-03-31"_day);
    Proof shorter = done("R", "2026-01-29"_day);
    shorter.expires = "2026-02-28"_day;
    EXPECT_EQ(until(r, {done("R", "2025-03-31"_day), shorter}), "2026-03-31"_day);
    EXPECT_EQ(until(r, {done("R", "2025-03-31"_day), done("R", "2026-06-15"_day)}), "2027-06-15"_day); // after a gap
}

TEST(Renewal, WindowOpensThatManyDaysBefore) {
    Records records;
    Requirement r = required("R");
    r.valid_months = 12;
    r.window_days = 60;
    records.requirements = {r};
    records.proofs = {done("R", "2026-02-24"_day)};
    EXPECT_EQ(only(records, "2026-10-31"_day).window_opens(), "2026-12-26"_day);
    EXPECT_EQ(only(records, "2027-03-31"_day).window_opens(), std::nullopt); // lapsed: at once
}

TEST(Renewal, FebruaryTwentyNinthComesBackInLeapYears) {
    Requirement r = required("R");
    r.valid_months = 12;
    r.window_days = 30;
    std::vector<Proof> proofs = {done("R", "2024-02-29"_day)};
    EXPECT_EQ(until(r, proofs), "2025-02-28"_day);
    proofs.push_back(done("R", "2025-02-20"_day));
    EXPECT_EQ(until(r, proofs), "2026-02-28"_day);
    proofs.push_back(done("R", "2026-02-20"_day));
    proofs.push_back(done("R", "2027-02-20"_day));
    EXPECT_EQ(until(r, proofs), "2028-02-29"_day);
    r.valid_months = 48;
    EXPECT_EQ(until(r, {done("R", "2024-02-29"_day)}), "2028-02-29"_day);
}

TEST(Certificate, WithoutAnEndHasNone) {
    Requirement r = required("R");
    r.valid_months = 12;
    Proof p = done("R", "2020-01-01"_day);
    p.certificate = true;
    EXPECT_EQ(until(r, {p}), std::nullopt);
    p.expires = "2021-06-30"_day;
    EXPECT_EQ(until(r, {p}), "2021-06-30"_day);
}

TEST(Requirement, WaivedNotApplicableAndReplacedAreNotCounted) {
    for (State const state : {State::waived, State::not_applicable, State::replaced}) {
        Requirement r = required("R", "2020-01-01"_day);
        r.state = state;
        EXPECT_EQ(status(r, {}, "2026-10-31"_day), Status::not_applicable);
    }
}

TEST(Requirement, ANewVersionNeedsAProofOfItsOwn) {
    Records records;
    Requirement old = required("R1", "2026-06-30"_day), now = required("R2", "2026-12-15"_day);
    old.state = State::replaced;
    old.replaced_by = "R2";
    records.requirements = {old, now};
    records.proofs = {done("R1", "2025-06-20"_day)};
    auto const all = items(records, "2026-10-31"_day);
    EXPECT_EQ(all[0].status, Status::not_applicable);
    EXPECT_EQ(all[1].status, Status::due_60);
}

TEST(Scope, EveryoneWithTheRoleWhoIsEmployedHasAnItem) {
    Records records;
    Requirement r = required("R", "2026-09-30"_day);
    r.scope = Scope::person;
    r.role = "engineer";
    records.requirements = {r};
    records.people = {person("ann"),  person("bob"),  person("eve", {"sales"}), person("two", {"sales", "engineer"}),
                      person("gone"), person("later")};
    records.people[4].end = "2026-10-30"_day;
    records.people[5].start = "2026-11-01"_day;
    records.proofs = {done("R", "2026-09-01"_day, "ann"), done("R", "2026-09-01"_day, "gone")};
    auto const all = items(records, "2026-10-31"_day);
    ASSERT_EQ(all.size(), 3U); // who has two roles is counted once
    EXPECT_EQ(all[0].status, Status::compliant);
    EXPECT_EQ(all[1].status, Status::overdue);
    EXPECT_EQ(all[2].person->name, "two");
    EXPECT_EQ(items(records, "2026-10-30"_day).size(), 4U); // on the last day too
}

TEST(Scope, ARoleThatNobodyHasDoesNotApply) {
    Records records;
    Requirement r = required("R", "2026-09-30"_day);
    r.scope = Scope::person;
    r.role = "pilot";
    records.requirements = {r};
    EXPECT_EQ(only(records, "2026-10-31"_day).status, Status::not_applicable);
}

Records six_engineers(int certified) {
    Records records;
    Requirement r = required("R", "2027-02-28"_day);
    r.scope = Scope::count;
    r.role = "engineer";
    r.count = 6;
    r.valid_months = 12;
    records.requirements = {r};
    for (int i = 0; i < 8; ++i) {
        records.people.push_back(person("e" + std::to_string(i)));
        if (i < certified) records.proofs.push_back(done("R", "2026-02-01"_day + i, "e" + std::to_string(i)));
    }
    return records;
}

TEST(Scope, SixEngineersCountEachOnceAndLeavingDropsTheCount) {
    Records records = six_engineers(5);
    records.proofs.push_back(done("R", "2026-03-01"_day, "e0")); // a second certificate of one person
    Item item = only(records, "2026-10-31"_day);
    EXPECT_EQ(item.have, 5);
    EXPECT_EQ(item.credit, Decimal(5).divided_by(Decimal(6)));
    EXPECT_EQ(item.status, Status::in_progress);
    EXPECT_EQ(item.have_at_due, 1); // only e0's lasts until February 28
    records.people[1].end = "2026-08-31"_day;
    EXPECT_EQ(only(records, "2026-10-31"_day).have, 4);
    records = six_engineers(8);
    item = only(records, "2026-10-31"_day);
    EXPECT_EQ(item.credit, Decimal(1)); // more than six are no more than all
    EXPECT_EQ(item.status, Status::compliant);
    EXPECT_EQ(item.date, "2027-02-03"_day); // then fewer than six are left
    EXPECT_EQ(only(records, "2026-11-05"_day).status, Status::expiring);
    records.people[0].roles = {"sales"};
    EXPECT_EQ(only(records, "2026-10-31"_day).have, 7);
}

TEST(Scope, ACountWithoutADateIsExpiredWhenItWasReachedOnce) {
    Records records = six_engineers(6);
    records.requirements[0].due.reset();
    EXPECT_EQ(only(records, "2027-02-03"_day).status, Status::expired);
    records = six_engineers(3);
    records.requirements[0].due.reset();
    EXPECT_EQ(only(records, "2026-10-31"_day).status, Status::undated);
}

TEST(Points, NeedTheTotalAndEachFloor) {
    Records records;
    Requirement total = required("T", "2027-02-28"_day);
    total.points_needed = 70_d;
    auto part = [](char const* id, Decimal have) {
        Requirement r = required(id);
        r.part_of = "T";
        r.points_needed = 1_d;
        r.points_have = have;
        return r;
    };
    records.requirements = {total, part("performance", 0_d), part("skilling", 40_d), part("success", "26.5"_d)};
    Date const d = "2026-10-31"_day;
    Item item = only(records, d); // sub-scores have no item of their own
    EXPECT_EQ(item.points, "66.5"_d);
    EXPECT_EQ(item.status, Status::in_progress);
    ASSERT_EQ(item.below_floor.size(), 1U);
    EXPECT_EQ(item.below_floor[0]->id, "performance");
    records.requirements[2].points_have = 60_d; // 86.5, but nothing in one metric
    EXPECT_EQ(only(records, d).status, Status::in_progress);
    records.requirements[1].points_have = 1_d;
    EXPECT_EQ(only(records, d).status, Status::compliant);
    records.requirements[2].points_have = "42.5"_d; // 70 exactly
    EXPECT_EQ(only(records, d).status, Status::compliant);
    records.requirements[2].points_have = "42.4"_d;
    EXPECT_EQ(only(records, d).status, Status::in_progress);
    records.requirements[0].points_have = 71_d; // the total as the vendor states it
    EXPECT_EQ(only(records, d).status, Status::compliant);
    EXPECT_EQ(only(records, d).credit, 1_d);
}

TEST(Points, UnknownPointsAreNotMet) {
    Records records;
    Requirement r = required("T", "2026-10-01"_day);
    r.points_needed = 70_d;
    records.requirements = {r};
    EXPECT_EQ(only(records, "2026-10-31"_day).status, Status::overdue);
    EXPECT_EQ(only(records, "2026-10-31"_day).points, std::nullopt);
}

TEST(Due, IsTheEarliestOfTheRequirementAndVerifiedNotices) {
    Records records;
    records.requirements = {required("R", "2026-12-31"_day)};
    records.notices = {notice("N1", "2026-10-01"_day, "R", "2026-11-30"_day),
                       notice("N2", "2026-10-02"_day, "R", "2027-01-31"_day)};
    EXPECT_EQ(only(records, "2026-10-31"_day).date, "2026-11-30"_day);
    records.notices[0].verified_how = ""; // a fax that looks like a hoax moves nothing
    EXPECT_EQ(only(records, "2026-10-31"_day).date, "2026-12-31"_day);
    records.requirements[0].due.reset();
    EXPECT_EQ(only(records, "2026-10-31"_day).date, "2027-01-31"_day);
}

TEST(Lights, FollowTheStatus) {
    EXPECT_EQ(light(Status::overdue), Light::red);
    EXPECT_EQ(light(Status::expired), Light::red);
    for (Status const s : {Status::due_30, Status::due_60, Status::due_90, Status::expiring, Status::undated})
        EXPECT_EQ(light(s), Light::amber);
    EXPECT_EQ(light(Status::in_progress), Light::open);
    EXPECT_EQ(light(Status::not_started), Light::open);
    EXPECT_EQ(light(Status::compliant), Light::green);
    EXPECT_EQ(light(Status::not_applicable), Light::none);
}

} // namespace
} // namespace compliance
