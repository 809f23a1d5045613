#include "build.hpp"
#include "notices.hpp"

namespace compliance {
namespace {

/// 2009: the vendor's site said October 31, the fax December 31; R2 got no notice, and one was about nothing known.
Records of_2009() {
    Records r;
    r.requirements = {required("R1", "2009-10-31"_day), required("R2", "2009-10-31"_day)};
    r.proofs = {done("R1", "2009-10-05"_day)};
    r.notices = {notice("N1", "2009-10-12"_day, "R1", "2009-12-31"_day), notice("N2", "2009-10-20"_day, "R9")};
    r.notices[0].channel = "fax";
    r.notices[0].amount = 120_d;
    r.notices[0].verified_how = "";
    return r;
}

std::vector<NoticeAnswer> answered(Records const& r, Date as_of) {
    return answers(r, items(r, as_of), as_of);
}

TEST(Notices, TheCaseOf2009) {
    Records const r = of_2009();
    Date const d = "2009-11-30"_day;
    auto const all = items(r, d);
    auto const list = answers(r, all, d);
    ASSERT_EQ(list.size(), 2U); // newest first
    EXPECT_EQ(list[0].answer, Answer::triage);
    EXPECT_EQ(list[0].notice->requirement, "R9");
    EXPECT_EQ(list[1].answer, Answer::reply_with_proof);
    EXPECT_TRUE(list[1].conflict);
    EXPECT_EQ(list[1].earliest, "2009-10-31"_day);
    EXPECT_FALSE(list[1].verified); // verify before paying $120
    auto const differing = conflicts(r, d);
    ASSERT_EQ(differing.size(), 1U);
    EXPECT_EQ(differing[0].deadlines, (std::vector<Date>{"2009-10-31"_day, "2009-12-31"_day}));
    auto const unnoticed = silent(r, all, d);
    ASSERT_EQ(unnoticed.size(), 1U);
    EXPECT_EQ(unnoticed[0]->requirement->id, "R2");
    EXPECT_EQ(unnoticed[0]->status, Status::overdue);
    EXPECT_EQ(unnoticed[0]->days(d), -30);
}

TEST(Notices, WhatCameLaterIsNotKnownYet) {
    Records const r = of_2009();
    EXPECT_TRUE(answered(r, "2009-10-11"_day).empty());
    EXPECT_TRUE(conflicts(r, "2009-10-11"_day).empty());
}

TEST(Notices, OpenIsActAndCompletedSinceIsDone) {
    Records r;
    r.requirements = {required("R", "2026-12-31"_day)};
    r.notices = {notice("N", "2026-10-01"_day, "R", "2026-12-31"_day)};
    EXPECT_EQ(answered(r, "2026-10-31"_day)[0].answer, Answer::act);
    EXPECT_FALSE(answered(r, "2026-10-31"_day)[0].conflict);
    r.proofs = {done("R", "2026-10-15"_day)};
    EXPECT_EQ(answered(r, "2026-10-31"_day)[0].answer, Answer::done);
    r.proofs = {done("R", "2026-10-01"_day)}; // on the day it came
    EXPECT_EQ(answered(r, "2026-10-31"_day)[0].answer, Answer::reply_with_proof);
}

TEST(Notices, AskForTheNextTermWhereTheProofEndsByTheirDeadline) {
    Records r;
    r.requirements = {required("R", "2026-11-20"_day)};
    r.requirements[0].valid_months = 12;
    r.proofs = {done("R", "2025-11-20"_day)};
    r.notices = {notice("N", "2026-10-14"_day, "R", "2026-11-20"_day)};
    EXPECT_EQ(answered(r, "2026-10-31"_day)[0].answer, Answer::act);
    r.notices[0].deadline = "2026-11-19"_day;
    EXPECT_EQ(answered(r, "2026-10-31"_day)[0].answer, Answer::reply_with_proof);
}

TEST(Notices, AboutAReplacedRequirementMeanItsNewVersion) {
    Records r;
    r.requirements = {required("R1"), required("R2", "2026-12-15"_day)};
    r.requirements[0].state = State::replaced;
    r.requirements[0].replaced_by = "R2";
    r.notices = {notice("N", "2026-10-01"_day, "R1", "2026-12-15"_day)};
    auto const list = answered(r, "2026-10-31"_day);
    EXPECT_EQ(list[0].requirement->id, "R2");
    EXPECT_EQ(list[0].answer, Answer::act);
    EXPECT_TRUE(silent(r, items(r, "2026-10-31"_day), "2026-10-31"_day).empty());
    r.requirements[1].state = State::replaced; // in a circle: still an end
    r.requirements[1].replaced_by = "R1";
    EXPECT_EQ(answered(r, "2026-10-31"_day)[0].answer, Answer::not_applicable);
}

TEST(Notices, WaivedIsSaidToBeSo) {
    Records r;
    r.requirements = {required("R")};
    r.requirements[0].state = State::waived;
    r.notices = {notice("N", "2026-10-01"_day, "R")};
    EXPECT_EQ(answered(r, "2026-10-31"_day)[0].answer, Answer::not_applicable);
}

TEST(Notices, AreOpenForAPersonUntilEveryoneIsDone) {
    Records r;
    r.requirements = {required("R", "2026-12-31"_day)};
    r.requirements[0].scope = Scope::person;
    r.people = {person("ann"), person("bob")};
    r.proofs = {done("R", "2026-09-01"_day, "ann")};
    r.notices = {notice("N", "2026-10-01"_day, "R")};
    EXPECT_EQ(answered(r, "2026-10-31"_day)[0].answer, Answer::act);
    r.proofs.push_back(done("R", "2026-10-02"_day, "bob"));
    EXPECT_EQ(answered(r, "2026-10-31"_day)[0].answer, Answer::done);
}

TEST(Notices, AreVerifiedFromTheDayOnWhichTheyWere) {
    Notice n = notice("N", "2026-10-01"_day, "R");
    n.verified_date = "2026-11-02"_day;
    EXPECT_FALSE(n.verified("2026-10-31"_day));
    EXPECT_TRUE(n.verified("2026-11-02"_day));
}

} // namespace
} // namespace compliance
