#include "desk.hpp"
#include "service/attention.hpp"
#include "service/jobs.hpp"
#include "service/metrics.hpp"
#include "service/opening.hpp"
#include "service/scheduler.hpp"
#include <barrier>
#include <fstream>
#include <gmock/gmock.h>
#include <thread>

namespace deckle::service {
namespace {

using namespace std::chrono_literals;
using store::EditionState;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// No edition is made in these tests.
class NoPress final : public Press {
public:
    Product make(store::Edition const&, data::Schedule const&, std::int64_t) override {
        throw Error(ErrorCode::failed, "not here");
    }
    Product made(store::Edition const&) override { throw Error(ErrorCode::failed, "not here"); }
};

class Scheduler : public Desk {
protected:
    void schedule(std::string const& keys, std::string const& zone = "America/Chicago") {
        read("[schedules.close]\nreport = \"cash-flow\"\n" + keys, zone);
    }
    std::optional<Instant> tick_at(std::string const& at) {
        clock.set(parse_instant(at).value());
        return tick(office);
    }
    /// "2026-10 queued schedule", oldest first.
    std::vector<std::string> editions() {
        std::vector<std::string> all;
        for (auto const& e : store::Editions(database).list({.limit = 1000}))
            all.insert(all.begin(), e.period + (e.part.empty() ? "" : "#" + e.part) + " " +
                                        std::string(to_string(e.state)) + " " + e.trigger);
        return all;
    }
    std::vector<std::string> dues() {
        std::vector<std::string> all;
        for (auto const& e : store::Editions(database).list({.limit = 1000})) all.insert(all.begin(), to_iso(e.due));
        return all;
    }
    std::int64_t jobs() { return store::Queue(database).depth(make_lane); }
    void begin_at(std::string const& at) {
        (void)tick_at(at);
        ASSERT_THAT(editions(), IsEmpty()) << "a schedule that is new does not fire its past";
    }
};

TEST_F(Scheduler, OfMissedFiringsOfOnePeriodTheNewestIsMade) {
    schedule("when = \"monday 07:00\"\nto = [\"ann@prairie.example\"]\nset = { minimum_cash = \"5\" }\n");
    begin_at("2026-10-28T18:00:00Z");
    (void)tick_at("2026-11-10T18:00:00Z"); // nothing ran on the 2nd and the 9th
    EXPECT_THAT(editions(), ElementsAre("2026-10 queued catch-up"));
    auto const made = store::Editions(database).list({}).at(0);
    EXPECT_EQ(to_iso(made.due), "2026-11-09T13:00:00Z");
    EXPECT_EQ(made.to, R"(["ann@prairie.example"])");
    EXPECT_EQ(made.params, R"({"minimum_cash":"5"})");
    EXPECT_EQ(jobs(), 1);
}

TEST_F(Scheduler, WhatWasSkippedIsMadeByTheNextFiringOfItsPeriodOrByHand) {
    schedule("when = \"monday 07:00\"\nto = [\"ann@prairie.example\"]\n");
    begin_at("2026-10-28T18:00:00Z");
    store::Editions(database).pause("close", true, "dana", "", clock.now());
    (void)tick_at("2026-11-02T13:00:00Z");
    EXPECT_THAT(editions(), ElementsAre("2026-10 skipped schedule"));
    store::Editions(database).pause("close", false, "dana", "", clock.now());
    (void)tick_at("2026-11-09T13:00:00Z");
    EXPECT_THAT(editions(), ElementsAre("2026-10 queued schedule"));
    EXPECT_EQ(store::Editions(database).list({}).at(0).to, R"(["ann@prairie.example"])");
    store::Editions(database).pause("close", true, "dana", "", clock.now());
    (void)tick_at("2026-12-07T13:00:00Z");
    (void)run_now(office, {"close", "2026-11", "", "dana"});
    EXPECT_EQ(store::Editions(database).list({}).at(0).to, R"(["ann@prairie.example"])") << "not to nobody";
}

TEST_F(Scheduler, ACalendarWithoutABusinessDayStopsItsScheduleAlone) {
    std::ofstream(folder / "closed.txt") << [] {
        std::string days;
        for (Date day = Date::of("2026-11-01"); day < Date::of("2028-02-01"); day = day + 1)
            days += day.to_string() + " Closed\n";
        return days;
    }();
    read("[schedules.a]\nreport = \"cash-flow\"\nwhen = \"1st of month 07:00\"\nshift = \"next\"\nholidays = "
         "\"closed.txt\"\n"
         "[schedules.b]\nreport = \"cash-flow\"\nwhen = \"monday 07:00\"\n");
    (void)tick_at("2026-10-30T14:00:00Z");
    (void)tick_at("2026-11-02T13:00:00Z");
    EXPECT_THAT(editions(), ElementsAre("2026-10 queued schedule"));
    EXPECT_THAT(logged.str(), HasSubstr("leaves no business day"));
}

TEST_F(Scheduler, AHolidayFileThatIsGoneStopsItsScheduleAlone) {
    std::ofstream(folder / "days.txt") << "12-25 Christmas\n";
    read("[schedules.a]\nreport = \"cash-flow\"\nwhen = \"1st of month 07:00\"\nholidays = \"days.txt\"\n"
         "[schedules.b]\nreport = \"cash-flow\"\nwhen = \"monday 07:00\"\n");
    (void)tick_at("2026-10-30T14:00:00Z");
    std::filesystem::remove(folder / "days.txt");
    (void)tick_at("2026-11-02T13:00:00Z");
    EXPECT_THAT(editions(), ElementsAre("2026-10 queued schedule"));
    EXPECT_THAT(logged.str(), HasSubstr("days.txt"));
}

TEST_F(Scheduler, AFiringBecomesOneEditionWithItsJob) {
    schedule("when = \"3rd business day after month end 07:00\"\n");
    begin_at("2026-11-01T12:00:00Z");
    EXPECT_EQ(tick_at("2026-11-04T12:59:59Z").value(), parse_instant("2026-11-04T13:00:00Z").value());
    EXPECT_THAT(editions(), IsEmpty());
    EXPECT_EQ(to_iso(tick_at("2026-11-04T13:00:00Z").value()), "2026-12-03T13:00:00Z");
    (void)tick_at("2026-11-04T13:00:01Z");
    EXPECT_THAT(editions(), ElementsAre("2026-10 queued schedule"));
    EXPECT_EQ(jobs(), 1);
}

TEST_F(Scheduler, ClocksThatGoForwardAndBackFireOncePerDay) {
    // A gap fires at the first moment after it, an overlap at the first of the two.
    struct Case {
        std::string zone, when, from, until;
        std::vector<std::string> dues;
    };
    for (auto const& [zone, when, from, until, expected] : std::vector<Case>{
             {"America/Chicago",
              "every day 02:30",
              "2026-03-07T12:00:00Z",
              "2026-03-10T00:00:00Z",
              {"2026-03-08T08:00:00Z", "2026-03-09T07:30:00Z"}},
             {"America/Chicago",
              "every day 01:30",
              "2026-10-31T12:00:00Z",
              "2026-11-02T12:00:00Z",
              {"2026-11-01T06:30:00Z", "2026-11-02T07:30:00Z"}},
             {"Australia/Sydney",
              "every day 02:30",
              "2026-10-03T00:00:00Z",
              "2026-10-05T00:00:00Z",
              {"2026-10-03T16:00:00Z", "2026-10-04T15:30:00Z"}},
             {"Australia/Sydney",
              "every day 02:30",
              "2026-04-04T00:00:00Z",
              "2026-04-06T00:00:00Z",
              {"2026-04-04T15:30:00Z", "2026-04-05T16:30:00Z"}},
             {"Asia/Tokyo",
              "every day 02:30",
              "2026-03-28T00:00:00Z",
              "2026-03-30T00:00:00Z",
              {"2026-03-28T17:30:00Z", "2026-03-29T17:30:00Z"}},
         }) {
        std::filesystem::remove_all(folder);
        database = store::Database(folder / ".deckle" / "store.db");
        schedule("when = \"" + when + "\"\nperiod = \"this month\"\n", zone);
        for (auto at = *parse_instant(from); at <= *parse_instant(until); at += 10min) {
            clock.set(at);
            (void)tick(office);
        }
        EXPECT_EQ(dues(), expected) << zone << " " << when;
        EXPECT_EQ(jobs(), std::ssize(expected));
    }
}

TEST_F(Scheduler, OfMissedFiringsTheNewestIsMadeAndTheOthersAreRecorded) {
    schedule("when = \"every day 07:00\"\nperiod = \"this month\"\n");
    begin_at("2026-11-02T14:00:00Z");
    (void)tick_at("2026-11-05T18:00:00Z");
    EXPECT_THAT(editions(), ElementsAre("2026-11@2026-11-03 skipped catch-up", "2026-11@2026-11-04 skipped catch-up",
                                        "2026-11@2026-11-05 queued catch-up"));
    EXPECT_EQ(jobs(), 1);
    auto const first = store::Editions(database).list({.states = {EditionState::skipped}}).back();
    EXPECT_THAT(first.reason, HasSubstr("missed"));
}

TEST_F(Scheduler, EveryMissedFiringIsMadeWhenTheScheduleSaysSo) {
    schedule("when = \"every day 07:00\"\nperiod = \"this month\"\ncatch_up = \"all\"\n");
    begin_at("2026-11-02T14:00:00Z");
    (void)tick_at("2026-11-05T18:00:00Z");
    EXPECT_EQ(jobs(), 3);
}

TEST_F(Scheduler, NoMissedFiringIsMadeWhenTheScheduleSaysSoButOneThatIsAFewMinutesLateIs) {
    schedule("when = \"every day 07:00\"\nperiod = \"this month\"\ncatch_up = \"skip\"\n");
    begin_at("2026-11-02T14:00:00Z");
    (void)tick_at("2026-11-05T13:10:00Z");
    EXPECT_THAT(editions(), ElementsAre("2026-11@2026-11-03 skipped catch-up", "2026-11@2026-11-04 skipped catch-up",
                                        "2026-11@2026-11-05 queued schedule"));
}

TEST_F(Scheduler, FiringsDuringAPauseAreRecordedAndNotMade) {
    schedule("when = \"every day 07:00\"\nperiod = \"this month\"\n");
    begin_at("2026-11-02T14:00:00Z");
    store::Editions(database).pause("close", true, "dana", "audit", clock.now());
    (void)tick_at("2026-11-03T13:00:00Z");
    store::Editions(database).pause("close", false, "dana", "", clock.now());
    (void)tick_at("2026-11-04T13:00:00Z");
    EXPECT_THAT(editions(), ElementsAre("2026-11@2026-11-03 skipped schedule", "2026-11@2026-11-04 queued schedule"));
    EXPECT_EQ(store::Editions(database).list({.states = {EditionState::skipped}}).at(0).reason,
              "paused by dana: audit");
}

TEST_F(Scheduler, AClockThatIsSetBackMakesNothingTwice) {
    schedule("when = \"every day 07:00\"\nperiod = \"this month\"\n");
    begin_at("2026-11-02T14:00:00Z");
    (void)tick_at("2026-11-03T13:00:00Z");
    (void)tick_at("2026-11-03T12:00:00Z"); // an hour back
    (void)tick_at("2026-11-03T13:00:00Z");
    EXPECT_THAT(editions(), ElementsAre("2026-11@2026-11-03 queued schedule"));
    EXPECT_THAT(logged.str(), HasSubstr("clock set back"));
}

TEST_F(Scheduler, AClockFarAheadSetsAsideWhatItMadeUntilThatTimeComes) {
    schedule("when = \"1st of month 07:00\"\n");
    begin_at("2026-11-02T14:00:00Z");
    (void)tick_at("2027-02-01T13:00:00Z"); // wrong
    EXPECT_THAT(editions(),
                ElementsAre("2026-11 skipped catch-up", "2026-12 skipped catch-up", "2027-01 queued schedule"));
    (void)tick_at("2026-11-02T15:00:00Z"); // right again
    EXPECT_THAT(editions(),
                ElementsAre("2026-11 skipped catch-up", "2026-12 skipped catch-up", "2027-01 skipped schedule"));
    (void)tick_at("2026-12-01T13:00:00Z");
    (void)tick_at("2027-01-01T13:00:00Z");
    (void)tick_at("2027-02-01T13:00:00Z");
    EXPECT_THAT(editions(),
                ElementsAre("2026-11 queued catch-up", "2026-12 queued catch-up", "2027-01 queued schedule"));
    EXPECT_EQ(jobs(), 3) << "the job from the wrong time is revoked";
}

TEST_F(Scheduler, TwoSchedulersAtOnceFireEachFiringOnce) {
    read("[schedules.a]\nreport = \"cash-flow\"\nwhen = \"every day 07:00\"\nperiod = \"this month\"\n"
         "[schedules.b]\nreport = \"cash-flow\"\nwhen = \"every day 07:00\"\nperiod = \"this month\"\n");
    (void)tick_at("2026-11-01T14:00:00Z");
    auto const start = clock.now();
    std::barrier together(2);
    std::vector<std::thread> services;
    for (int i = 0; i < 2; ++i)
        services.emplace_back([&] {
            store::Database other(folder / ".deckle" / "store.db");
            SetClock mine("2026-11-01T14:00:00Z");
            std::ostringstream lines;
            Log mine_too(lines, mine, "");
            Office desk{workspace, catalogue, office.templates, other, mine, mine_too};
            for (int day = 1; day <= 10; ++day) {
                together.arrive_and_wait();
                mine.set(start + day * 24h - 1h); // 07:00 in Chicago
                (void)tick(desk);
            }
        });
    for (auto& service : services) service.join();
    EXPECT_EQ(editions().size(), 20u);
    EXPECT_EQ(jobs(), 20);
}

class Bursting : public Scheduler {
protected:
    Bursting() {
        write("id,name,email\nA1,Acme,it@acme.example\nB2,Birch,office@birch.example\n");
        read(R"(
[connections.files]
connector = "csv"
folder = "."
[datasets.customers]
connection = "files"
file = "customers.csv"
columns = { id = "id", name = "name", owner = "email" }
[schedules.close]
report = "cash-flow"
when = "1st of month 07:00"
retries = 1
[schedules.close.each]
dataset = "customers"
id = "id"
)");
        begin_at("2026-11-02T14:00:00Z");
    }
    void write(std::string const& text) { std::ofstream(folder / "customers.csv") << text; }
    /// Works off one job of the lane; true when it was done.
    bool work() {
        NoPress press;
        auto const claimed = store::Queue(database).claim("w", {make_lane}, 1, 1min);
        if (claimed.empty()) return false;
        try {
            run_job(office, press, claimed.front());
            return true;
        } catch (Error const& e) {
            fail_job(office, claimed.front(), e.to_string());
            return false;
        }
    }
};

TEST_F(Bursting, EachRowBecomesAnEdition) {
    (void)tick_at("2026-12-01T13:00:00Z");
    EXPECT_THAT(editions(), IsEmpty()) << "the rows are read by a job, so that a source that is away is not a loss";
    ASSERT_TRUE(work());
    EXPECT_THAT(editions(), ElementsAre("2026-11#A1 queued schedule", "2026-11#B2 queued schedule"));
    EXPECT_EQ(jobs(), 2);
}

TEST_F(Bursting, ASourceThatIsAwayIsTriedAgainAndThenTold) {
    std::filesystem::remove(folder / "customers.csv");
    office.retry_after = 0ms;
    (void)tick_at("2026-12-01T13:00:00Z");
    ASSERT_FALSE(work());
    EXPECT_THAT(editions(), IsEmpty());
    EXPECT_EQ(jobs(), 1) << "to be tried again";
    ASSERT_FALSE(work());
    EXPECT_THAT(editions(), ElementsAre("2026-11 failed schedule"));
    EXPECT_THAT(store::Queue(database).dead(), SizeIs(1));
    EXPECT_THAT(store::Editions(database).list({}).at(0).reason, HasSubstr("customers"));
}

TEST_F(Bursting, ARowThatGivesNoReportKeepsNoOtherFromItsOwn) {
    workspace.schedules.at("close").each->to = "owner";
    write("id,name,email\nA1,Acme,it@acme.example\nB2,Birch,\nC3,Cy,c@cy.example\nD4,Di,di at home\n");
    (void)tick_at("2026-12-01T13:00:00Z");
    ASSERT_TRUE(work()) << "wrong rows do not become right by themselves";
    EXPECT_THAT(editions(),
                ElementsAre("2026-11#A1 queued schedule", "2026-11#C3 queued schedule", "2026-11 failed schedule"));
    auto const whole = store::Editions(database).of({"close", "2026-11", "", 1}).value();
    EXPECT_THAT(whole.reason, HasSubstr("dataset customers, row 2, column owner: there is no mail address"));
    EXPECT_THAT(whole.reason, HasSubstr("row 4, column owner: 'di at home' is no mail address"));
    auto const notice = attention(office, Need::failed, "close", "2026-11");
    ASSERT_TRUE(notice);
    EXPECT_THAT(notice->what, HasSubstr("Some rows give no report"));
    // Mended: the rest is made, and nothing is wrong any more.
    EXPECT_THROW((void)run_now(office, {"close", "2026-11", "B2", "dana"}), Error);
    write("id,name,email\nA1,Acme,it@acme.example\nB2,Birch,office@birch.example\nC3,Cy,c@cy.example\n");
    clock.set("2026-12-01T14:00:00Z");
    EXPECT_THAT(run_now(office, {"close", "2026-11", "", "dana"}), SizeIs(1));
    EXPECT_EQ(store::Editions(database).of({"close", "2026-11", "", 1})->state, store::EditionState::skipped);
}

TEST_F(Bursting, APersonMayAskForOnePart) {
    EXPECT_EQ(run_now(office, {"close", "2026-09", "B2", "dana"}).at(0).part, "B2");
    EXPECT_THAT(editions(), ElementsAre("2026-09#B2 queued by hand"));
    try {
        (void)run_now(office, {"close", "2026-09", "B1", "dana"});
        FAIL();
    } catch (Error const& e) {
        EXPECT_STREQ(e.what(), "the schedule close has no part 'B1'; did you mean 'A1'?");
    }
}

TEST_F(Bursting, APersonAsksForWhatIsNotThereYetOrFailed) {
    std::filesystem::rename(folder / "customers.csv", folder / "away.csv");
    office.retry_after = 0ms;
    (void)tick_at("2026-12-01T13:00:00Z");
    while (jobs() > 0) (void)work();
    ASSERT_THAT(editions(), ElementsAre("2026-11 failed schedule"));
    EXPECT_THROW((void)run_now(office, {"close", "", "", "dana"}), Error) << "the rows are read at once";
    std::filesystem::rename(folder / "away.csv", folder / "customers.csv");
    EXPECT_EQ(run_now(office, {"close", "", "", "dana"}).size(), 2U);
    EXPECT_THAT(editions(), testing::UnorderedElementsAre("2026-11 skipped schedule", "2026-11#A1 queued by hand",
                                                          "2026-11#B2 queued by hand"))
        << "the whole does not stand as failed for ever";
    store::Editions all(database);
    auto const a = all.of({"close", "2026-11", "A1", 1}).value(), b = all.of({"close", "2026-11", "B2", 1}).value();
    ASSERT_TRUE(all.step(a.id, {EditionState::queued}, {.to = EditionState::done}, clock.now()));
    ASSERT_TRUE(all.step(b.id, {EditionState::queued}, {.to = EditionState::held, .note = "old"}, clock.now()));
    auto const again = run_now(office, {"close", "", "", "dana"});
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].part, "B2");
    EXPECT_EQ(again[0].state, EditionState::queued);
    ASSERT_TRUE(all.step(b.id, {EditionState::queued}, {.to = EditionState::stopped}, clock.now()));
    try {
        (void)run_now(office, {"close", "", "", "dana"});
        FAIL();
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::refused);
        EXPECT_THAT(e.what(), AllOf(HasSubstr("A1: edition " + a.id + " was sent already"),
                                    HasSubstr("B2: edition " + b.id + " was stopped")));
    }
}

TEST_F(Scheduler, OneUnreadableFileOfHolidaysDoesNotEndTheMetrics) {
    std::ofstream(folder / "days.ics") << "no calendar";
    schedule("when = \"1st of month 07:00\"\nholidays = \"days.ics\"\n");
    EXPECT_THAT(metrics(office), AllOf(HasSubstr("deckle_schedule_readable{schedule=\"close\"} 0\n"),
                                       HasSubstr("deckle_schedule_missing{schedule=\"close\"} 1\n"),
                                       HasSubstr("deckle_schedule_paused{schedule=\"close\"} 0\n")));
    schedule("when = \"1st of month 07:00\"\n");
    EXPECT_THAT(metrics(office), AllOf(HasSubstr("deckle_schedule_readable{schedule=\"close\"} 1\n"),
                                       HasSubstr("deckle_schedule_next_seconds{schedule=\"close\"} ")));
}

TEST_F(Scheduler, APersonMayAskForAnEditionUnlessItWasSent) {
    schedule("when = \"1st of month 07:00\"\n");
    clock.set("2026-11-04T13:00:00Z");
    auto const first = run_now(office, {"close", "", "", "dana"}).at(0);
    EXPECT_EQ(first.period, "2026-10");
    EXPECT_EQ(first.trigger, "by hand");
    EXPECT_EQ(first.by, "dana");
    EXPECT_EQ(jobs(), 1);
    auto const refusal = [&] {
        try {
            (void)run_now(office, {"close", "2026-10", "", "dana"});
            return std::string("made");
        } catch (Error const& e) {
            return std::string(e.what());
        }
    };
    EXPECT_THAT(refusal(), HasSubstr("is being made already"));
    store::Editions all(database);
    ASSERT_TRUE(all.step(first.id, {EditionState::queued}, {.to = EditionState::failed, .note = "x"}, clock.now()));
    EXPECT_EQ(refusal(), "made") << "what failed is made again";
    ASSERT_TRUE(all.step(first.id, {EditionState::queued}, {.to = EditionState::done}, clock.now()));
    EXPECT_THAT(refusal(),
                HasSubstr("was sent already; for a corrected one: deckle schedule revise close --period 2026-10"));
}

} // namespace
} // namespace deckle::service
