#include "desk.hpp"
#include "model/json.hpp"
#include "service/attention.hpp"
#include "service/missed.hpp"
#include "service/scheduler.hpp"
#include "store/queue.hpp"
#include "store/services.hpp"
#include <gmock/gmock.h>

namespace deckle::service {
namespace {

using namespace std::chrono_literals;
using store::EditionState;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

/// Due on November 4, 2026 at 07:00 in Chicago, 13:00 in UTC.
class MissedTest : public Desk {
protected:
    MissedTest() : Desk("2026-11-04T14:00:00Z") {
        read("[packs.monthly]\ntitle = \"Monthly pack\"\nreports = [\"cash-flow\"]\n"
             "[schedules.month-end]\npack = \"monthly\"\nwhen = \"3rd business day after month end 07:00\"\n");
        workspace.delivery.channels["mail"] = {"mail", data::SmtpSettings{}, 0, {}};
        workspace.delivery.owner = {"dana@prairie.example"};
    }
    LastDue check() { return last_due(office, 30min).at(0); }
    /// A service that ran for a while; still at work without an end.
    void service(char const* from, char const* seen, bool stopped = false) {
        store::Services services(database);
        services.beat("host:1", parse_instant(from).value());
        services.beat("host:1", parse_instant(seen).value());
        if (stopped) services.stop("host:1", parse_instant(seen).value());
    }
    void tick_at(char const* at) {
        clock.set(at);
        (void)tick(office);
    }
    std::string delivery(store::Edition const& e, char const* to) {
        store::Delivery d;
        d.schedule = e.schedule;
        d.period = e.period;
        d.subject = e.subject;
        d.edition = e.id;
        d.recipient = to;
        d.channel = "mail";
        return store::Deliveries(database).claim(d, clock.now()).value();
    }
    std::vector<std::string> told() {
        std::vector<std::string> texts;
        for (auto const& d : store::Deliveries(database).list({.notices = true}))
            if (d.subject == "notice") texts.push_back(model::Json::parse(d.content).at("text"));
        return texts;
    }
};

TEST_F(MissedTest, NoServiceEverRan) {
    auto const due = check();
    EXPECT_TRUE(due.missing);
    EXPECT_EQ(to_iso(*due.at), "2026-11-04T13:00:00Z");
    EXPECT_EQ(due.period, "2026-10");
    EXPECT_EQ(due.state, "not made");
    EXPECT_THAT(due.why, HasSubstr("no service has ever run here"));
    EXPECT_EQ(due.command, "deckle serve --no-web");
}

TEST_F(MissedTest, TheServiceWasStoppedInTheMiddle) {
    service("2026-10-01T08:00:00Z", "2026-11-02T20:15:00Z");
    tick_at("2026-11-02T20:00:00Z");
    clock.set("2026-11-04T13:29:00Z");
    EXPECT_FALSE(check().missing) << "the grace is not over";
    clock.set("2026-11-04T13:30:00Z");
    EXPECT_TRUE(check().missing);
    EXPECT_THAT(check().why, HasSubstr("no service has been heard of since Nov 2, 2026 14:15 CST"));
    service("2026-10-01T08:00:00Z", "2026-11-02T20:20:00Z", true);
    EXPECT_THAT(check().why, HasSubstr("no service runs since Nov 2, 2026 14:20 CST"));
}

TEST_F(MissedTest, WhatWasDueBeforeTheScheduleBeganIsNotMissing) {
    service("2026-11-10T08:00:00Z", "2026-11-10T08:00:00Z");
    tick_at("2026-11-10T08:00:00Z");
    EXPECT_FALSE(check().missing);
    EXPECT_EQ(check().state, "not due");
}

TEST_F(MissedTest, HeldFailedAndWaitingAreMissingStoppedAndDoneAreNot) {
    auto const e = edition("month-end", "2026-10", EditionState::held, "invoices.json is 9 days old");
    EXPECT_TRUE(check().missing);
    EXPECT_EQ(check().state, "held");
    EXPECT_THAT(check().why, HasSubstr("invoices.json is 9 days old"));
    EXPECT_EQ(check().command, "deckle schedule release " + e.id);
    store::Editions editions(database);
    auto const becomes = [&](EditionState from, EditionState to, char const* note) {
        ASSERT_TRUE(editions.step(e.id, {from}, {.to = to, .note = note}, clock.now()));
    };
    becomes(EditionState::held, EditionState::failed, "the plugin broke");
    EXPECT_EQ(check().state, "failed");
    EXPECT_EQ(check().command, "deckle schedule run month-end --period 2026-10");
    becomes(EditionState::failed, EditionState::waiting, "");
    EXPECT_EQ(check().state, "waiting");
    becomes(EditionState::waiting, EditionState::skipped, "cash-flow:cash.cushion is not below 0");
    EXPECT_FALSE(check().missing) << "its condition was not met";
    becomes(EditionState::skipped, EditionState::skipped, "missed: nothing ran when it was due");
    EXPECT_TRUE(check().missing);
    becomes(EditionState::skipped, EditionState::stopped, "not this month");
    EXPECT_FALSE(check().missing);
    becomes(EditionState::stopped, EditionState::done, "");
    EXPECT_FALSE(check().missing);
    EXPECT_EQ(check().state, "delivered");
}

TEST_F(MissedTest, AStatusOfSentIsWhatTheDeliveriesSay) {
    auto const e = edition("month-end", "2026-10", EditionState::delivering);
    auto const a = delivery(e, "a@x.example"), b = delivery(e, "b@x.example");
    store::Deliveries deliveries(database);
    ASSERT_TRUE(deliveries.leaving(a, 1, clock.now()) &&
                deliveries.settle(a, 1, store::DeliveryState::sent, "250", clock.now()));
    ASSERT_TRUE(deliveries.leaving(b, 1, clock.now()) && deliveries.lost(b, "gone", clock.now()));
    EXPECT_TRUE(check().missing);
    EXPECT_EQ(check().state, "partly delivered");
    EXPECT_THAT(check().why, HasSubstr("1 not known of 2 deliveries"));
}

TEST_F(MissedTest, APausedScheduleIsNotMissing) {
    store::Editions(database).pause("month-end", true, "Dana", "audit", clock.now());
    EXPECT_FALSE(check().missing);
    EXPECT_EQ(check().state, "paused");
}

TEST_F(MissedTest, ItIsToldOnceForEachFiring) {
    auto const due = check();
    EXPECT_TRUE(tell_missing(office, due));
    EXPECT_FALSE(tell_missing(office, check()));
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_THAT(told()[0], AllOf(HasSubstr("Missing: Monthly pack, 2026-10"), HasSubstr("no service has ever run"),
                                 HasSubstr("Nov 4, 2026 07:00 CST"), HasSubstr("deckle serve --no-web")));
    clock.set("2026-12-03T14:00:00Z"); // the next firing
    EXPECT_TRUE(tell_missing(office, check()));
}

TEST_F(MissedTest, WhatTheServiceHasToldIsNotToldAgain) {
    auto const e = edition("month-end", "2026-10", EditionState::held, "fresh: invoices.json is 9 days old");
    auto const held = attention(office, Need::held, "month-end", "2026-10").value();
    ASSERT_TRUE(notices(office).tell(held, "month-end", clock.now()));
    store::Deliveries deliveries(database);
    auto const mail = deliveries.list({.notices = true}).at(0);
    EXPECT_FALSE(deliveries.has_told(mail.period)) << "it has not left";
    ASSERT_TRUE(deliveries.leaving(mail.id, 1, clock.now()));
    ASSERT_TRUE(deliveries.settle(mail.id, 1, store::DeliveryState::sent, "250", clock.now()));
    EXPECT_TRUE(deliveries.has_told("held/month-end/2026-10/"));
    EXPECT_FALSE(deliveries.has_told("held/month-end/2026-1/"));
    EXPECT_TRUE(check().missing);
    EXPECT_FALSE(tell_missing(office, check()));
    ASSERT_TRUE(store::Editions(database).step(e.id, {EditionState::held}, {.to = EditionState::failed}, clock.now()));
    EXPECT_TRUE(tell_missing(office, check())) << "of that nobody has heard";
}

TEST_F(MissedTest, AfterADowntimeTheOwnersLearnFromWhenToWhenAndWhatCameOfIt) {
    service("2026-10-01T08:00:00Z", "2026-11-02T20:15:00Z");
    tick_at("2026-11-02T20:15:00Z");
    clock.set("2026-11-06T09:00:00Z");
    store::Services(database).beat("host:2", clock.now());
    (void)tick(office);
    (void)tick(office);
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_THAT(told()[0], AllOf(HasSubstr("Late: Monthly pack, 2026-10"),
                                 HasSubstr("No service ran from Nov 2, 2026 14:15 CST until Nov 6, 2026 03:00 CST"),
                                 HasSubstr("is made now")));
    EXPECT_FALSE(tell_missing(office, check())) << "that firing was told of";
}

TEST_F(MissedTest, WhatIsNotCaughtUpIsToldWithTheWayToMakeIt) {
    workspace.schedules.at("month-end").catch_up = data::CatchUp::skip;
    tick_at("2026-11-02T20:15:00Z");
    tick_at("2026-11-06T09:00:00Z");
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_THAT(told()[0], AllOf(HasSubstr("Missed: Monthly pack, 2026-10"), HasSubstr("catch_up = \"skip\""),
                                 HasSubstr("deckle schedule run month-end --period 2026-10")));
    tick_at("2026-12-03T13:00:05Z");
    EXPECT_THAT(told(), SizeIs(1)) << "in time";
}

} // namespace
} // namespace deckle::service
