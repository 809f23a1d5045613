#include "desk.hpp"
#include "model/json.hpp"
#include "service/attention.hpp"
#include "service/deliver.hpp"
#include "service/jobs.hpp"
#include "store/sql.hpp"
#include "store/store.hpp"
#include <gmock/gmock.h>
#include <Poco/Data/Statement.h>

namespace deckle::service {
namespace {

using store::DeliveryState;
using store::EditionState;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

class AttentionTest : public Desk {
protected:
    AttentionTest() {
        read("[packs.monthly]\ntitle = \"Monthly pack\"\nreports = [\"cash-flow\"]\n"
             "[schedules.month-end]\npack = \"monthly\"\nwhen = \"3rd business day after month end 07:00\"\n"
             "reviewer = \"nora@prairie.example\"\ngive_up = \"2d\"\n");
        workspace.delivery.channels["mail"] = {"mail", data::SmtpSettings{}, 0, {}};
        workspace.delivery.owner = {"dana@prairie.example"};
        workspace.delivery.from.address = "reports@prairie.example";
        office.gather = 0ms;
    }
    void needs(Need need) { needs_person(office, need, "month-end", "2026-10"); }
    /// Works off what is due of the notices themselves, once each; returns how many.
    int work() {
        int n = 0;
        for (auto const& job : store::Queue(database).claim("w", {deliver_lane}, 100, 1min)) {
            if (!job.key.starts_with("attention/")) continue;
            run_attention(office, job);
            ++n;
        }
        return n;
    }
    /// What was told, oldest first.
    std::vector<store::Delivery> told() {
        auto all = store::Deliveries(database).list({.notices = true});
        std::erase_if(all, [](auto const& d) { return !d.schedule.empty(); });
        std::ranges::reverse(all);
        return all;
    }
    static std::string member(store::Delivery const& d, char const* name) {
        return model::Json::parse(d.content).at(name);
    }
    std::string subject(std::size_t n) { return member(told().at(n), "subject"); }
    std::string text(std::size_t n) { return member(told().at(n), "text"); }

    /// A delivery of the edition of a part that came to this.
    std::string delivery(DeliveryState state, std::string const& to, std::string const& part = {}) {
        store::Deliveries deliveries(database);
        store::Delivery d;
        d.schedule = "month-end";
        d.period = "2026-10";
        d.subject = "pack:monthly" + (part.empty() ? "" : "#" + part);
        d.recipient = to;
        d.channel = "mail";
        d.edition = "e";
        d.content = "{}";
        d.message_id = "prairie.example";
        auto const id = deliveries.claim(d, clock.now()).value();
        if (state == DeliveryState::pending) return id;
        EXPECT_TRUE(deliveries.leaving(id, 1, clock.now()));
        EXPECT_TRUE(deliveries.settle(id, 1, state, "end: the line dropped", clock.now()));
        return id;
    }
    /// The gates that keep an edition back.
    void gates(store::Edition const& e, std::string const& json) {
        store::Store ledger(database);
        store::RunStart start;
        start.report = "cash-flow";
        start.period = "2026-10";
        start.as_of = Date::of("2026-10-31");
        start.started = clock.now();
        auto const run = ledger.start(start);
        store::RunEnd end;
        end.finished = clock.now();
        ledger.finish(run, end);
        ledger.set_gates(run, json, false);
        EXPECT_TRUE(store::Editions(database).step(
            e.id, {EditionState::held}, {.to = EditionState::held, .note = e.reason, .run = run}, clock.now()));
    }
};

TEST_F(AttentionTest, AFailureIsToldOnce) {
    auto const e = edition("month-end", "2026-10", EditionState::failed, "the file bills.csv is not there");
    needs(Need::failed);
    needs(Need::failed);
    EXPECT_EQ(work(), 1);
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_EQ(subject(0), "Prairie: Not made: Monthly pack, 2026-10");
    EXPECT_THAT(text(0), AllOf(HasSubstr("the file bills.csv is not there."),
                               HasSubstr("deckle schedule run month-end --period 2026-10"),
                               HasSubstr("deckle runs show k3f9a2b1"), HasSubstr("Edition: " + e.id),
                               HasSubstr("Due: Nov 4, 2026 07:00 CST")));
}

TEST_F(AttentionTest, WhatComesToManyPartsIsOneNotice) {
    for (char const* part : {"Acme & Co", "Birch's", "Cedar"})
        (void)edition("month-end", "2026-10", EditionState::failed, "bills.csv is not there", part);
    auto const last = edition("month-end", "2026-10", EditionState::queued, "", "Dogwood");
    needs(Need::failed);
    EXPECT_EQ(work(), 1);
    EXPECT_THAT(told(), IsEmpty()) << "another part is still to be made";
    ASSERT_TRUE(store::Editions(database).step(last.id, {EditionState::queued},
                                               {.to = EditionState::failed, .note = "it took too long"}, clock.now()));
    EXPECT_EQ(work(), 1);
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_EQ(subject(0), "Prairie: Not made: 4 parts of Monthly pack, 2026-10");
    EXPECT_THAT(text(0),
                AllOf(HasSubstr("Acme & Co\n    Why: bills.csv is not there"), HasSubstr("Dogwood"),
                      HasSubstr("it took too long"), HasSubstr("deckle schedule run month-end --period 2026-10"),
                      HasSubstr("deckle schedule editions month-end --state failed")));
}

TEST_F(AttentionTest, OfVeryManyTheMailShowsTheFirst) {
    for (int i = 0; i < 60; ++i)
        (void)edition("month-end", "2026-10", EditionState::failed, "x", "Part " + std::to_string(i));
    needs(Need::failed);
    EXPECT_EQ(work(), 1);
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_THAT(text(0), HasSubstr("For each it is the same: x."));
    EXPECT_THAT(text(0), AllOf(HasSubstr("Part 39\n"), Not(HasSubstr("Part 40\n")), HasSubstr("and 20 more")));
}

TEST_F(AttentionTest, AtMostOneNoticeAnHourAndNothingIsForgotten) {
    (void)edition("month-end", "2026-10", EditionState::failed, "x", "A");
    needs(Need::failed);
    EXPECT_EQ(work(), 1);
    clock.set("2026-11-04T13:20:00Z");
    (void)edition("month-end", "2026-10", EditionState::failed, "x", "B");
    needs(Need::failed);
    needs(Need::failed);
    EXPECT_EQ(work(), 0) << "when the hour is over";
    EXPECT_THAT(told(), SizeIs(1));
    using namespace Poco::Data::Keywords;
    std::int64_t wait = 0;
    std::string const waiting = "attention/failed/month-end/2026-10/2026-11-04T14:00:00Z";
    database.sql("SELECT run_at FROM jobs WHERE key = ?"), bind(std::string(waiting)), into(wait), now;
    EXPECT_NEAR(static_cast<double>(wait - store::ms(database.now())), 40 * 60'000, 60'000);
    database.sql("UPDATE jobs SET run_at = 0 WHERE state = 'ready'"), now;
    EXPECT_EQ(work(), 1);
    ASSERT_THAT(told(), SizeIs(2));
    EXPECT_EQ(subject(1), "Prairie: Not made: 2 parts of Monthly pack, 2026-10");
}

TEST_F(AttentionTest, WhatIsSettledMeanwhileIsNotToldOf) {
    auto const e = edition("month-end", "2026-10", EditionState::failed, "x");
    needs(Need::failed);
    ASSERT_TRUE(
        store::Editions(database).step(e.id, {EditionState::failed}, {.to = EditionState::stopped}, clock.now()));
    EXPECT_EQ(work(), 1);
    EXPECT_THAT(told(), IsEmpty());
}

TEST_F(AttentionTest, AHoldIsToldOnceForTheGatesThatKeepItBack) {
    auto const e = edition("month-end", "2026-10", EditionState::held, "fresh: invoices.json is 9 days old");
    auto const stale = R"([{"gate":"fresh","good":false,"may_become_good":true,"reason":"9 days"},
                           {"gate":"complete","good":true,"may_become_good":true,"reason":""}])";
    gates(e, stale);
    auto const first = attention(office, Need::held, "month-end", "2026-10").value();
    EXPECT_EQ(first.subject, "Held: Monthly pack, 2026-10");
    EXPECT_THAT(first.what, AllOf(HasSubstr("invoices.json is 9 days old."), HasSubstr("until Nov 6, 2026 07:00 CST")));
    EXPECT_THAT(first.now, testing::ElementsAre(testing::Pair("Send it as it is", "deckle schedule release " + e.id),
                                                testing::Pair("Or give it up", "deckle schedule stop " + e.id)));
    clock.set("2026-11-04T15:00:00Z");
    gates(e, stale); // made again, and held for the same
    EXPECT_EQ(attention(office, Need::held, "month-end", "2026-10").value().key, first.key);
    gates(e, R"([{"gate":"fresh","good":true,"may_become_good":true,"reason":""},
                 {"gate":"complete","good":false,"may_become_good":false,"reason":"no file"}])");
    auto const other = attention(office, Need::held, "month-end", "2026-10").value();
    EXPECT_NE(other.key, first.key) << "somebody has to do something now";
    EXPECT_THAT(other.what, HasSubstr("It will not become right by itself."));
    EXPECT_EQ(other.now.front().second, "deckle schedule run month-end --period 2026-10");
}

TEST_F(AttentionTest, MuchThatKeepsItBackIsATable) {
    auto const e =
        edition("month-end", "2026-10", EditionState::held,
                "fresh: bills of ledger is 9 days old; payroll of files is 8 days old\ncomplete: there is no file");
    gates(e, R"([{"gate":"fresh","good":false,"may_become_good":true,"reason":"old"}])");
    auto const notice = attention(office, Need::held, "month-end", "2026-10").value();
    EXPECT_EQ(notice.rows, (std::vector<std::vector<std::string>>{{"fresh", "bills of ledger is 9 days old"},
                                                                  {"fresh", "payroll of files is 8 days old"},
                                                                  {"complete", "there is no file"}}));
    EXPECT_THAT(notice.what, Not(HasSubstr("9 days")));
}

TEST_F(AttentionTest, HeldPartsAreToldTogether) {
    gates(edition("month-end", "2026-10", EditionState::held, "fresh: old", "A"),
          R"([{"gate":"fresh","good":false,"may_become_good":true,"reason":"old"}])");
    gates(edition("month-end", "2026-10", EditionState::held, "complete: no file", "B"),
          R"([{"gate":"complete","good":false,"may_become_good":false,"reason":"no file"}])");
    auto const notice = attention(office, Need::held, "month-end", "2026-10").value();
    EXPECT_EQ(notice.subject, "Held: 2 parts of Monthly pack, 2026-10");
    EXPECT_THAT(notice.what, HasSubstr("1 of them are made again by themselves"));
    EXPECT_THAT(notice.now, testing::Contains(testing::Pair(
                                "Send them as they are",
                                "deckle schedule release --schedule month-end --period 2026-10 --state held")));
}

TEST_F(AttentionTest, WhatIsToBeReviewedIsAttached) {
    store::Store ledger(database);
    store::RunStart start;
    start.report = "cash-flow";
    start.period = "2026-10";
    start.as_of = Date::of("2026-10-31");
    auto const run = ledger.start(start);
    store::RunEnd end;
    end.outputs = {{"/made/a.pdf", "pdf", "99aa", 1234}, {"/made/a.html", "html", "99ab", 99}};
    ledger.finish(run, end);
    auto const e = edition("month-end", "2026-10", EditionState::queued);
    ASSERT_TRUE(store::Editions(database).step(e.id, {EditionState::queued}, {.to = EditionState::waiting, .run = run},
                                               clock.now()));
    auto const notice = attention(office, Need::waiting, "month-end", "2026-10").value();
    ASSERT_EQ(notice.files.size(), 1U);
    EXPECT_EQ(notice.files[0].path, "/made/a.pdf");
}

TEST_F(AttentionTest, AWaitingRunTellsTheReviewer) {
    auto const e = edition("month-end", "2026-10", EditionState::queued);
    ASSERT_TRUE(store::Editions(database).step(
        e.id, {EditionState::queued},
        {.to = EditionState::waiting, .release_at = parse_instant("2026-11-04T16:00:00Z")}, clock.now()));
    needs(Need::waiting);
    EXPECT_EQ(work(), 1);
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_EQ(told()[0].recipient, "nora@prairie.example");
    EXPECT_THAT(text(0), AllOf(HasSubstr("goes out by itself at Nov 4, 2026 10:00 CST"),
                               HasSubstr("deckle schedule release " + e.id)));
    (void)edition("month-end", "2026-10", EditionState::waiting, "", "B");
    auto const both = attention(office, Need::waiting, "month-end", "2026-10").value();
    EXPECT_THAT(both.what, HasSubstr("go out by themselves from Nov 4, 2026 10:00 CST on"));
    EXPECT_THAT(both.now, testing::Contains(testing::Pair(
                              "Send them all", "deckle schedule release --schedule month-end --period 2026-10")));
}

TEST_F(AttentionTest, ADeliveryThatIsUnknownWaitsForAPerson) {
    auto const id = delivery(DeliveryState::unknown, "bob@client.example", "Acme & Co");
    needs(Need::unknown);
    EXPECT_EQ(work(), 1);
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_EQ(subject(0), "Prairie: Not known: Monthly pack, 2026-10, Acme & Co to bob@client.example");
    EXPECT_THAT(text(0), AllOf(HasSubstr("deckle delivery resolve " + id + " sent"), HasSubstr("the line dropped.")));
    auto const again = attention(office, Need::unknown, "month-end", "2026-10").value().key;
    store::Deliveries deliveries(database);
    deliveries.resolve(id, DeliveryState::pending, "Dana", "", clock.now());
    clock.set("2026-11-04T15:00:00Z");
    ASSERT_TRUE(deliveries.leaving(id, 2, clock.now()));
    ASSERT_TRUE(deliveries.settle(id, 2, DeliveryState::unknown, "it happened again", clock.now()));
    EXPECT_NE(attention(office, Need::unknown, "month-end", "2026-10").value().key, again);
}

TEST_F(AttentionTest, RecipientsWhoDidNotGetItAreToldOfTogether) {
    (void)delivery(DeliveryState::failed, "bob@client.example");
    (void)delivery(DeliveryState::failed, "eve@client.example");
    (void)delivery(DeliveryState::sent, "ann@client.example");
    auto const last = delivery(DeliveryState::pending, "tom@client.example");
    needs(Need::undelivered);
    EXPECT_EQ(work(), 1);
    EXPECT_THAT(told(), IsEmpty()) << "one is still leaving";
    store::Deliveries(database).resolve(last, DeliveryState::cancelled, "Dana", "", clock.now());
    EXPECT_EQ(work(), 1);
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_EQ(subject(0), "Prairie: Not delivered: Monthly pack, 2026-10 to 2 recipients");
    EXPECT_THAT(text(0), AllOf(HasSubstr("bob@client.example"), HasSubstr("eve@client.example"),
                               Not(HasSubstr("ann@client.example")),
                               HasSubstr("deckle delivery resend --failed --schedule month-end --period 2026-10")));
}

TEST_F(AttentionTest, WhatIsTriedInVainForAnHourIsTold) {
    store::Deliveries deliveries(database);
    auto const tried = [&](std::string const& id, int times) {
        for (int i = 0; i < times; ++i) {
            EXPECT_TRUE(deliveries.leaving(id, i + 1, clock.now()));
            EXPECT_TRUE(deliveries.settle(id, i + 1, DeliveryState::pending, "login: 535 5.7.8 no", clock.now()));
        }
    };
    tried(delivery(DeliveryState::pending, "tom@client.example"), 2);
    needs(Need::late);
    EXPECT_EQ(work(), 1);
    EXPECT_THAT(told(), IsEmpty()) << "that is soon yet";
    auto const id = delivery(DeliveryState::pending, "bob@client.example");
    tried(id, late_attempts);
    auto const notice = attention(office, Need::late, "month-end", "2026-10").value();
    EXPECT_EQ(notice.subject, "Not yet delivered: Monthly pack, 2026-10 to bob@client.example");
    EXPECT_THAT(notice.what, HasSubstr("login: 535 5.7.8 no"));
    tried(id, 1);
    EXPECT_EQ(attention(office, Need::late, "month-end", "2026-10")->key, notice.key) << "once";
    tried(delivery(DeliveryState::pending, "eve@client.example"), late_attempts);
    EXPECT_EQ(attention(office, Need::late, "month-end", "2026-10")->subject,
              "Not yet delivered: Monthly pack, 2026-10 to 2 recipients");
}

TEST_F(AttentionTest, ANoticeAboutANoticeWouldNeverEnd) {
    needs_person(office, Need::undelivered, "", "failed/month-end");
    EXPECT_EQ(store::Queue(database).depth(deliver_lane), 0);
}

TEST_F(AttentionTest, APartsNameIsOneWordOfTheCommand) {
    (void)edition("month-end", "2026-10", EditionState::failed, "x", "Birch's; rm -rf ~");
    auto const notice = attention(office, Need::failed, "month-end", "2026-10").value();
    EXPECT_EQ(notice.now.back().second,
              R"(deckle schedule run month-end --period 2026-10 --part 'Birch'\''s; rm -rf ~')");
}

TEST_F(AttentionTest, ItIsPartOfTheCallersTransaction) {
    (void)edition("month-end", "2026-10", EditionState::failed, "no data");
    EXPECT_THROW(database.transact([&] {
        needs(Need::failed);
        throw Error(ErrorCode::failed, "power cut");
    }),
                 Error);
    EXPECT_EQ(work(), 0);
    needs(Need::failed);
    EXPECT_EQ(work(), 1);
}

} // namespace
} // namespace deckle::service
