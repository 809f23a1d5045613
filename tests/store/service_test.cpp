// Queue, editions and deliveries on one database: what is claimed is claimed once.
#include "base/error.hpp"
#include "store/deliveries.hpp"
#include "store/editions.hpp"
#include "store/queue.hpp"
#include "store/reminders.hpp"
#include <gmock/gmock.h>
#include <unistd.h>

namespace deckle::store {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

class Service : public testing::Test {
protected:
    std::filesystem::path const folder =
        std::filesystem::path(testing::TempDir()) /
        (std::string("service-") + testing::UnitTest::GetInstance()->current_test_info()->name() + "-" +
         std::to_string(::getpid()));
    Database database{folder / "store.db"}, other{folder / "store.db"};
    Instant const noon = parse_instant("2026-11-04T12:00:00Z").value();

    ~Service() override { std::filesystem::remove_all(folder); }
};

TEST_F(Service, AJobIsClaimedOnceAndItsKeyIsUsedOnce) {
    Queue queue(database), second(other);
    EXPECT_TRUE(queue.enqueue({.key = "a", .lane = "make"}));
    EXPECT_FALSE(second.enqueue({.key = "a", .lane = "make"}));
    EXPECT_TRUE(queue.enqueue({.key = "later", .lane = "make", .delay = 1h}));
    EXPECT_TRUE(queue.enqueue({.key = "b", .lane = "deliver", .payload = "{\"x\":1}"}));
    auto const jobs = queue.claim("one", {"deliver", "make"}, 5, 1min);
    EXPECT_THAT(jobs, ElementsAre(Field(&Job::key, "b"), Field(&Job::key, "a")));
    EXPECT_EQ(jobs[0].payload, "{\"x\":1}");
    EXPECT_THAT(second.claim("two", {"deliver", "make"}, 5, 1min), IsEmpty());
    EXPECT_TRUE(queue.complete(jobs[0]));
    EXPECT_FALSE(queue.complete(jobs[0]));
    EXPECT_FALSE(queue.enqueue({.key = "b", .lane = "deliver"}));
    EXPECT_EQ(queue.depth("make"), 2);
}

TEST_F(Service, AWorkerPastItsLeaseIsRefused) {
    Queue queue(database), second(other);
    (void)queue.enqueue({.key = "a", .lane = "make"});
    auto const stale = queue.claim("one", {"make"}, 1, -1ms).at(0);
    EXPECT_THAT(second.reap(3, 1h), ElementsAre(Field(&Job::key, "a")));
    auto const fresh = second.claim("two", {"make"}, 1, 1min).at(0);
    EXPECT_EQ(fresh.attempt, 2);
    EXPECT_FALSE(queue.renew(stale, 1min));
    EXPECT_FALSE(queue.complete(stale));
    EXPECT_TRUE(second.renew(fresh, 1min));
    EXPECT_TRUE(second.give_back(fresh));
    EXPECT_EQ(second.claim("two", {"make"}, 1, 1min).at(0).attempt, 2);
}

TEST_F(Service, AJobThatFailsTooOftenIsDeadUntilRevived) {
    Queue queue(database);
    (void)queue.enqueue({.key = "a", .lane = "make"});
    EXPECT_TRUE(queue.fail(queue.claim("one", {"make"}, 1, 1min).at(0), "no data", 0ms));
    (void)queue.claim("one", {"make"}, 1, -1ms);
    EXPECT_THAT(queue.reap(2, 1h), SizeIs(1));
    EXPECT_THAT(queue.claim("one", {"make"}, 1, 1min), IsEmpty());
    EXPECT_THAT(queue.dead(), ElementsAre(Field(&DeadJob::reason, testing::HasSubstr("one"))));
    EXPECT_TRUE(queue.revive("a"));
    EXPECT_EQ(queue.claim("one", {"make"}, 1, 1min).at(0).attempt, 1);
}

TEST_F(Service, ThereIsOneEditionOfAPeriodAndPart) {
    Editions editions(database), second(other);
    Edition e;
    e.schedule = "month-end";
    e.period = "2026-10";
    e.subject = "pack:monthly";
    e.trigger = "schedule";
    e.due = noon;
    auto const id = editions.open(e, noon);
    ASSERT_TRUE(id);
    EXPECT_FALSE(second.open(e, noon));
    e.revision = 2;
    EXPECT_TRUE(second.open(e, noon));
    EXPECT_EQ(editions.newest("month-end", "2026-10", "")->revision, 2);

    EXPECT_TRUE(editions.step(*id, {EditionState::queued}, {.to = EditionState::making, .attempt = true}, noon));
    EXPECT_FALSE(second.step(*id, {EditionState::queued}, {.to = EditionState::making}, noon));
    EXPECT_TRUE(second.step(*id, {EditionState::making}, {.to = EditionState::held, .note = "stale", .run = "abc"},
                            noon + 1min));
    auto const found = editions.find(*id);
    EXPECT_EQ(found.reason, "stale");
    EXPECT_EQ(found.run, "abc");
    EXPECT_EQ(found.attempts, 1);
    EXPECT_THAT(editions.log(*id), SizeIs(3));
    EXPECT_THAT(editions.list({.states = {EditionState::held}}), SizeIs(1));
}

TEST_F(Service, ARevisionKeepsWhyItIsMade) {
    Editions editions(database);
    Edition e;
    e.schedule = "month-end";
    e.period = "2026-10";
    e.revision = 2;
    e.trigger = "revision";
    e.by = "Dana";
    e.note = "an invoice was voided";
    auto const id = editions.open(e, noon).value();
    (void)editions.step(id, {EditionState::queued}, {.to = EditionState::making, .note = "first try"}, noon);
    EXPECT_EQ(editions.find(id).note, "an invoice was voided");
    EXPECT_EQ(editions.log(id).at(0).note, "revision: an invoice was voided");
}

TEST_F(Service, AReminderIsGivenOnce) {
    Reminders reminders(database), second(other);
    EXPECT_TRUE(reminders.claim("award/msp-501", "2026-12-01", 14, noon));
    EXPECT_FALSE(second.claim("award/msp-501", "2026-12-01", 14, noon + 24h));
    EXPECT_TRUE(second.claim("award/msp-501", "2026-12-01", 7, noon));
    EXPECT_TRUE(second.claim("award/msp-501", "2026-12-08", 14, noon)) << "the deadline moved";
    EXPECT_TRUE(second.claim("award/msp-501", "2026-12-01", -1, noon)) << "passed";
    EXPECT_THAT(reminders.given("award/msp-501", "2026-12-01"), ElementsAre(-1, 7, 14));
    EXPECT_THAT(reminders.given("award/other", "2026-12-01"), IsEmpty());
}

TEST_F(Service, AFiringIsDealtWithOnce) {
    Editions editions(database), second(other);
    EXPECT_FALSE(editions.schedule("x").seen);
    EXPECT_TRUE(editions.advance("x", std::nullopt, noon));
    EXPECT_FALSE(second.advance("x", std::nullopt, noon));
    EXPECT_TRUE(second.advance("x", noon, noon + 1h));
    second.pause("x", true, "Dana", "holidays", noon);
    EXPECT_TRUE(editions.schedule("x").paused);
    EXPECT_EQ(editions.schedule("x").seen, noon + 1h);
}

TEST_F(Service, WhatLeavesLeavesOnce) {
    Deliveries deliveries(database), second(other);
    Delivery d;
    d.schedule = "month-end";
    d.period = "2026-10";
    d.subject = "pack:monthly";
    d.recipient = "owner@prairie.example";
    d.channel = "mail";
    d.message_id = "prairie.example";
    auto const id = deliveries.claim(d, noon);
    ASSERT_TRUE(id);
    EXPECT_FALSE(second.claim(d, noon));
    EXPECT_THAT(deliveries.find(*id).message_id, testing::EndsWith("@prairie.example"));

    EXPECT_TRUE(deliveries.leaving(*id, 1, noon));
    EXPECT_FALSE(second.leaving(*id, 2, noon));
    EXPECT_FALSE(second.settle(*id, 2, DeliveryState::sent, "250", noon));
    EXPECT_TRUE(second.lost(*id, "worker gone", noon));
    EXPECT_FALSE(second.leaving(*id, 2, noon)) << "unknown waits for a person";
    EXPECT_TRUE(deliveries.settle(*id, 1, DeliveryState::sent, "250 OK", noon)) << "it was alive after all";
    EXPECT_THROW(deliveries.resolve(*id, DeliveryState::pending, "Dana", "", noon), Error);
    EXPECT_THAT(deliveries.log(*id), SizeIs(4));
}

TEST_F(Service, AnUnknownDeliveryIsDecidedByAPerson) {
    Deliveries deliveries(database);
    Delivery d;
    d.recipient = "a@b.example";
    auto const id = deliveries.claim(d, noon).value();
    EXPECT_TRUE(deliveries.settle(id, 1, DeliveryState::pending, "421 later", noon));
    EXPECT_TRUE(deliveries.leaving(id, 1, noon));
    EXPECT_TRUE(deliveries.settle(id, 1, DeliveryState::unknown, "line dropped", noon));
    EXPECT_THAT(deliveries.list({.states = {DeliveryState::unknown}}), IsEmpty()) << "no schedule: a notice";
    EXPECT_THAT(deliveries.list({.states = {DeliveryState::unknown}, .notices = true}), SizeIs(1));
    deliveries.resolve(id, DeliveryState::pending, "Dana", "not in their inbox", noon);
    EXPECT_TRUE(deliveries.leaving(id, 2, noon));
    EXPECT_TRUE(deliveries.settle(id, 2, DeliveryState::sent, "250 OK", noon));
}

TEST_F(Service, ATransactionInATransactionIsPartOfIt) {
    Queue queue(database);
    EXPECT_THROW(database.transact([&] {
        (void)queue.enqueue({.key = "a", .lane = "make"});
        throw Error(ErrorCode::failed, "no");
    }),
                 Error);
    EXPECT_EQ(queue.depth("make"), 0);
    EXPECT_TRUE(queue.enqueue({.key = "a", .lane = "make"}));
}

} // namespace
} // namespace deckle::store
