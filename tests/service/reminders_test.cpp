#include "desk.hpp"
#include "service/reminders.hpp"
#include <fstream>
#include <gmock/gmock.h>

namespace deckle::service {
namespace {

using model::Json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::vector<int> const usual = {30, 14, 7, 1, 0};

DueItem award(char const* day, std::string stated, char const* zone = "America/Chicago") {
    DueItem item;
    item.id = "award/msp-501";
    item.what = "Entry for MSP 501";
    item.left = "4 of 9 answers approved, draft k3f9a2b1";
    item.day = Date::of(day);
    item.stated = std::move(stated);
    if (item.stated.empty()) return item;
    Clocks clocks;
    for (auto const& o :
         zone_offsets(zone, *parse_instant("2026-01-01T00:00:00Z"), *parse_instant("2028-01-01T00:00:00Z")))
        clocks.add(o.from, o.minutes);
    auto const deadline = parse_deadline(item.day, item.stated, clocks).value();
    item.at = deadline.at;
    item.east = deadline.east;
    return item;
}

Standing at(DueItem const& item, char const* now, std::set<int> const& given = {},
            std::string const& zone = "America/Chicago") {
    return standing(item, usual, given, parse_instant(now).value(), zone);
}

TEST(Standing, EachStepComesOnceAndAMissedDayIsMadeUpFor) {
    auto const item = award("2026-12-15", "");
    EXPECT_THAT(at(item, "2026-11-14T14:00:00Z").steps, IsEmpty());
    EXPECT_EQ(at(item, "2026-11-14T14:00:00Z").silent, "next 30 days before");
    EXPECT_THAT(at(item, "2026-11-15T14:00:00Z").steps, ElementsAre(30));
    EXPECT_THAT(at(item, "2026-11-16T14:00:00Z", {30}).steps, IsEmpty());
    EXPECT_THAT(at(item, "2026-12-09T14:00:00Z", {30}).steps, ElementsAre(14, 7)) << "nothing ran for two weeks";
    EXPECT_EQ(at(item, "2026-12-09T14:00:00Z", {30}).days, 6) << "the days there are, not those of the step";
    EXPECT_THAT(at(item, "2026-12-15T14:00:00Z", {30, 14, 7, 1}).steps, ElementsAre(0));
    EXPECT_TRUE(at(item, "2026-12-16T14:00:00Z", {30}).passed);
    EXPECT_THAT(at(item, "2026-12-16T14:00:00Z", {30}).steps, ElementsAre(-1));
    EXPECT_THAT(at(item, "2026-12-17T14:00:00Z", {30, -1}).steps, IsEmpty());
    EXPECT_THAT(at(item, "2026-12-17T14:00:00Z", {}).steps, IsEmpty()) << "of a deadline before all this began";
}

TEST(Standing, TheLastMailComesBeforeTheDeadlineAlsoWhereItsZoneIsAhead) {
    auto const tokyo = award("2026-12-01", "10 AM JST"); // 19:00 of the day before in Chicago
    auto const s = at(tokyo, "2026-11-30T14:00:00Z", {30, 14, 7});
    EXPECT_THAT(s.steps, ElementsAre(1, 0));
    EXPECT_EQ(s.hours, 11);
    EXPECT_FALSE(at(tokyo, "2026-11-29T14:00:00Z", {30, 14, 7}).hours);
}

TEST(Standing, DaysAreThoseOfTheDeadlinesOwnZone) {
    // Midnight in Sydney is 07:00 the day before in Chicago: at 08:00 there it is the day itself already.
    auto const sydney = award("2026-12-01", "5 PM AEDT");
    EXPECT_EQ(to_iso(*sydney.at), "2026-12-01T06:00:00Z");
    EXPECT_EQ(at(sydney, "2026-11-30T14:00:00Z").days, 0);
    EXPECT_THAT(at(sydney, "2026-11-30T14:00:00Z", {30, 14, 7, 1}).steps, ElementsAre(0));
    EXPECT_TRUE(at(sydney, "2026-12-01T14:00:00Z", {30}).passed) << "a mail on the first of December would be too late";
    // 11:59 PM in California is the next day in Chicago.
    auto const pacific = award("2026-12-01", "11:59 PM PST");
    EXPECT_EQ(at(pacific, "2026-12-02T06:30:00Z").days, 0);
    EXPECT_FALSE(at(pacific, "2026-12-02T06:30:00Z").passed) << "00:30 in Chicago, 22:30 in California";
    EXPECT_TRUE(at(pacific, "2026-12-02T07:59:00Z").passed);
}

TEST(Standing, DaylightSavingDoesNotLoseADay) {
    // Chicago's clocks go forward on 2027-03-14.
    auto const item = award("2027-03-15", "5 PM");
    EXPECT_EQ(to_iso(*item.at), "2027-03-15T22:00:00Z");
    EXPECT_EQ(at(item, "2027-03-14T05:30:00Z").days, 2) << "23:30 CST on the 13th";
    EXPECT_EQ(at(item, "2027-03-14T06:30:00Z").days, 1) << "00:30 CST on the 14th";
    EXPECT_EQ(at(item, "2027-03-15T04:30:00Z").days, 1) << "23:30 CDT on the 14th";
    EXPECT_EQ(at(item, "2027-03-15T05:30:00Z").days, 0) << "00:30 CDT on the 15th";
    // Back on 2026-11-01; and a zone without: Phoenix.
    auto const back = award("2026-11-02", "");
    EXPECT_EQ(at(back, "2026-11-02T05:30:00Z").days, 1);
    EXPECT_EQ(at(back, "2026-11-02T06:30:00Z").days, 0);
    EXPECT_EQ(at(back, "2026-11-02T06:30:00Z", {}, "America/Phoenix").days, 1);
}

TEST(Standing, WhatIsDoneIsNotSpokenOf) {
    auto item = award("2026-12-15", "");
    item.done = "its draft k3f9a2b1 is submitted";
    EXPECT_THAT(at(item, "2026-12-14T14:00:00Z").steps, IsEmpty());
    EXPECT_EQ(at(item, "2026-12-14T14:00:00Z").silent, "its draft k3f9a2b1 is submitted");
}

class RemindersTest : public Desk {
protected:
    RemindersTest() : Desk("2026-11-22T14:00:00Z") {
        read("[reminders]\nto = [\"dana@prairie.example\", \"lucia@prairie.example\"]\n");
        workspace.delivery.channels["mail"] = {"mail", data::SmtpSettings{}, 0, {}};
    }
    /// The texts of the digests, newest first.
    std::vector<std::string> told() {
        std::vector<std::string> texts;
        for (auto const& d : store::Deliveries(database).list({.notices = true}))
            texts.push_back(Json::parse(d.content).at("text"));
        return texts;
    }
};

TEST_F(RemindersTest, OneMailADayToEachRecipientNamingWhatIsLeft) {
    auto const item = award("2026-12-01", "11:59 PM PST");
    auto other = award("2026-12-20", "");
    other.id = "release/x";
    other.what = "Embargo ends: Nine networks moved";
    EXPECT_TRUE(send_digest(office, {item, other}, {}));
    EXPECT_FALSE(send_digest(office, {item, other}, {})) << "said";
    ASSERT_THAT(told(), SizeIs(2)) << "two recipients";
    EXPECT_THAT(told()[0], AllOf(HasSubstr("2 reminders: Entry for MSP 501 in 9 days"),
                                 HasSubstr("Dec 1, 2026, 11:59 PM PST (Dec 2 01:59 CST)"), HasSubstr("Left: 9 days"),
                                 HasSubstr("4 of 9 answers approved"), HasSubstr("Left: 28 days")));
    auto const d = store::Deliveries(database).list({.notices = true})[0];
    EXPECT_EQ(d.subject, "reminder");
    EXPECT_EQ(d.period, "2026-11-22");
    clock.set("2026-11-23T14:00:00Z");
    EXPECT_FALSE(send_digest(office, {item, other}, {})) << "no step is new";
    clock.set("2026-11-25T14:00:00Z"); // the 24th, seven days before, was missed
    EXPECT_TRUE(send_digest(office, {item, other}, {}));
    EXPECT_THAT(told()[0],
                AllOf(HasSubstr("1 reminder: Entry for MSP 501 in 6 days"), Not(HasSubstr("Nine networks"))));
    clock.set("2026-12-01T14:00:00Z");
    EXPECT_TRUE(send_digest(office, {item}, {}));
    EXPECT_THAT(told()[0],
                AllOf(HasSubstr("Entry for MSP 501 today"), HasSubstr("11:59 PM PST"), HasSubstr("Left: today")));
    clock.set("2026-12-02T14:00:00Z");
    EXPECT_TRUE(send_digest(office, {item}, {}));
    EXPECT_THAT(told()[0], HasSubstr("Left: passed"));
    clock.set("2026-12-03T14:00:00Z");
    EXPECT_FALSE(send_digest(office, {item}, {}));
}

TEST_F(RemindersTest, ADeadlineThatMovesIsSpokenOfAnew) {
    EXPECT_TRUE(send_digest(office, {award("2026-12-01", "")}, {}));
    clock.set("2026-11-23T14:00:00Z");
    EXPECT_TRUE(send_digest(office, {award("2026-12-08", "")}, {}));
}

TEST_F(RemindersTest, WhatCannotBeLookedAtIsSaid) {
    EXPECT_TRUE(send_digest(office, {}, {"award_catalogue: awards/x.toml:3:1: unknown key"}));
    EXPECT_THAT(told()[0], HasSubstr("something may be missing here: award_catalogue: awards/x.toml:3:1"));
}

TEST_F(RemindersTest, TheJobComesOnceADayAtItsHourInTheCompanysZone) {
    store::Queue queue(database);
    clock.set("2026-11-22T13:59:00Z"); // 07:59 CST
    enqueue_reminders(office);
    EXPECT_EQ(queue.depth("make"), 0);
    clock.set("2026-11-22T14:00:00Z");
    enqueue_reminders(office);
    enqueue_reminders(office);
    EXPECT_EQ(queue.depth("make"), 1);
    clock.set("2026-11-23T05:59:00Z"); // still the 22nd
    enqueue_reminders(office);
    EXPECT_EQ(queue.depth("make"), 1);
    clock.set("2026-07-22T13:00:00Z"); // 08:00 CDT
    enqueue_reminders(office);
    EXPECT_EQ(queue.depth("make"), 2);
    workspace.reminders.reset();
    clock.set("2026-11-24T14:00:00Z");
    enqueue_reminders(office);
    EXPECT_EQ(queue.depth("make"), 2) << "nobody asked for any";
}

class Findings final : public Survey {
public:
    std::vector<DraftProgress> progress;
    std::string ics;
    std::vector<DraftProgress> drafts() override { return progress; }
    std::optional<std::string> calendar(std::string const& report) override {
        if (ics.empty()) throw Error(ErrorCode::plugin, report + " broke");
        return ics;
    }
    std::vector<store::Figure> run_again(store::Run const&) override { return {}; }
};

TEST_F(RemindersTest, AwardsEmbargoesAndCalendarsAreAsked) {
    std::filesystem::create_directories(folder / "lists");
    std::ofstream(folder / "lists" / "awards.csv") << "award_id,award,status,deadline,deadline_time\n"
                                                      "msp-501,MSP 501,,2026-12-10,11:59 PM PST\n"
                                                      "old,Old award,historic,2026-12-10,\n"
                                                      "later,Later award,open,,\n"
                                                      "won,Won award,,2026-12-11,\n"
                                                      "odd,Odd award,,2026-12-12,tea time\n";
    std::ofstream(folder / "lists" / "releases.csv")
        << "slug,headline,embargo_date,embargo_time\nnine,Nine networks,2027-02-18,9 a.m. CST\nfree,Free one,,\n";
    read("[reminders]\n[connections.lists]\nconnector = \"csv\"\nfolder = \"lists\"\n"
         "[datasets.award_catalogue]\nconnection = \"lists\"\nfile = \"awards.csv\"\n"
         "[datasets.releases]\nconnection = \"lists\"\nfile = \"releases.csv\"\n");
    Findings survey;
    survey.progress = {{"d2", "award-submission", "review", {{"award", "msp-501"}}, 4, 9},
                       {"d1", "award-submission", "withdrawn", {{"award", "msp-501"}}, 0, 9},
                       {"d3", "award-submission", "won", {{"award", "won"}}, 9, 9}};
    survey.ics =
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:due.R03@x\r\nDTSTART:20261201T075900Z\r\n"
        "X-DECKLE-DUE:2026-11-30 11:59 PM PST\r\n"
        "SUMMARY:Risk questionnaire is due (Print\\, PC)\r\nDESCRIPTION:Owner: Ellen Sor\r\n ensen\\nPortal\r\n"
        "BEGIN:VALARM\r\nDESCRIPTION:no\r\nTRIGGER:-P7D\r\nEND:VALARM\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:certificate.C4@x\r\nDTSTART;VALUE=DATE:20261202\r\nSUMMARY:CISSP ends\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n";
    std::vector<std::string> problems;
    auto const items = due_items(office, survey, problems);
    EXPECT_THAT(problems, IsEmpty());
    ASSERT_THAT(items, SizeIs(6));
    EXPECT_EQ(items[0].id, "compliance-status/due.R03@x");
    EXPECT_EQ(items[0].what, "Risk questionnaire is due (Print, PC)");
    EXPECT_EQ(items[0].owner, "Ellen Sorensen");
    EXPECT_EQ(items[0].day, Date::of("2026-11-30")) << "in its own zone; December 1, 01:59 in Chicago";
    EXPECT_EQ(items[0].stated, "11:59 PM PST");
    EXPECT_EQ(to_iso(*items[0].at), "2026-12-01T07:59:00Z");
    EXPECT_EQ(items[0].east, -480);
    EXPECT_EQ(items[1].day, Date::of("2026-12-02"));
    EXPECT_EQ(items[2].left, "4 of 9 answers approved, draft d2");
    EXPECT_EQ(items[3].done, "its draft d3 is won");
    EXPECT_THAT(items[4].left, HasSubstr("its time \"tea time\" cannot be read"));
    EXPECT_EQ(items[5].what, "Embargo ends: Nine networks");
    EXPECT_THAT(items[5].left, HasSubstr("deckle draft new press-release --set release=nine"));
    EXPECT_EQ(to_iso(*items[5].at), "2027-02-18T15:00:00Z");

    survey.ics.clear();
    EXPECT_THAT(due_items(office, survey, problems), SizeIs(4)) << "the rest is still there";
    EXPECT_THAT(problems, ElementsAre("compliance-status: compliance-status broke"));
}

} // namespace
} // namespace deckle::service
