// Queue, editions and deliveries on one database: what is claimed is claimed once.
#include "base/error.hpp"
#include "samples.hpp"
#include "store/commentary.hpp"
#include "store/deliveries.hpp"
#include "store/drafts.hpp"
#include "store/editions.hpp"
#include "store/queue.hpp"
#include "store/reminders.hpp"
#include <set>
#include <thread>

namespace deckle::store {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

class Service : public testing::Test {
protected:
    Place const place = kind().fresh();
    Database database{place}, other{place};
    Instant const noon = parse_instant("2026-11-04T12:00:00Z").value();

    static Delivery delivery() {
        Delivery d;
        d.schedule = "month-end";
        d.period = "2026-10";
        d.subject = "pack:monthly";
        d.recipient = "owner@prairie.example";
        d.channel = "mail";
        d.message_id = "prairie.example";
        return d;
    }
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

TEST_F(Service, OneJobIsClaimedByItsKey) {
    Queue queue(database), second(other);
    (void)queue.enqueue({.key = "a", .lane = "deliver"});
    (void)queue.enqueue({.key = "b", .lane = "deliver", .payload = "{\"x\":1}"});
    (void)queue.enqueue({.key = "later", .lane = "deliver", .delay = 1h});
    EXPECT_FALSE(queue.claim_one("one", "later", 1min));
    EXPECT_FALSE(queue.claim_one("one", "none", 1min));
    auto const job = queue.claim_one("one", "b", 1min);
    ASSERT_TRUE(job);
    EXPECT_EQ(job->payload, "{\"x\":1}");
    EXPECT_EQ(job->attempt, 1);
    EXPECT_FALSE(second.claim_one("two", "b", 1min));
    EXPECT_TRUE(queue.complete(*job));
    EXPECT_FALSE(queue.claim_one("one", "b", 1min));
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

TEST_F(Service, WhatWasSentLastIsKnownOfEachPart) {
    Editions editions(database);
    auto const open = [&](char const* period, char const* part, EditionState state) {
        Edition e;
        e.schedule = "own";
        e.period = period;
        e.part = part;
        e.subject = "report:pipeline";
        e.trigger = "schedule";
        e.due = noon;
        auto const id = editions.open(e, noon).value();
        EXPECT_TRUE(editions.step(id, {EditionState::queued}, {.to = state}, noon));
    };
    open("2026-08", "A", EditionState::done);
    open("2026-09", "A", EditionState::delivering);
    open("2026-09", "B", EditionState::done);
    open("2026-10", "A", EditionState::held);
    EXPECT_EQ(editions.last_sent("own", "A")->period, "2026-09");
    EXPECT_EQ(editions.last_sent("own", "B")->part, "B");
    EXPECT_FALSE(editions.last_sent("own", "C"));
    EXPECT_FALSE(editions.last_sent("other", "A"));
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
    EXPECT_FALSE(editions.last_sent("month-end", "")) << "it was not sent yet";
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
    Delivery d = delivery();
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

TEST_F(Service, ACancelledClaimIsRenewedUnlessItMayHaveLeft) {
    Deliveries deliveries(database);
    Delivery d = delivery();
    d.content = "first";
    auto const id = deliveries.claim(d, noon).value();
    d.content = "second";
    d.edition = "another";
    EXPECT_FALSE(deliveries.renew(d, noon)) << "it is pending";
    deliveries.resolve(id, DeliveryState::cancelled, "Dana", "", noon);
    EXPECT_FALSE(deliveries.claim(d, noon)) << "there is one for ever";
    EXPECT_EQ(deliveries.renew(d, noon), id);
    EXPECT_EQ(deliveries.find(id).content, "second");
    EXPECT_EQ(deliveries.find(id).edition, "another");
    EXPECT_EQ(deliveries.find(id).state, DeliveryState::pending);
    ASSERT_TRUE(deliveries.leaving(id, 1, noon));
    ASSERT_TRUE(deliveries.settle(id, 1, DeliveryState::unknown, "line dropped", noon));
    deliveries.resolve(id, DeliveryState::cancelled, "Dana", "", noon);
    EXPECT_FALSE(deliveries.renew(d, noon)) << "it may have arrived";
}

TEST_F(Service, WhatIsRevokedIsDoneByNobody) {
    Queue queue(database);
    ASSERT_TRUE(queue.enqueue({"make/e1/1", "make", "{}", {}}));
    ASSERT_TRUE(queue.enqueue({"make/e1/2", "make", "{}", 1h}));
    ASSERT_TRUE(queue.enqueue({"make/e2/1", "make", "{}", 1h}));
    auto const job = queue.claim("w", {"make"}, 1, 1min).at(0);
    queue.revoke("make/e1/");
    EXPECT_FALSE(queue.renew(job, 1min));
    EXPECT_FALSE(queue.complete(job));
    EXPECT_FALSE(queue.fail(job, "too late", 0ms));
    EXPECT_EQ(queue.depth("make"), 1);
    EXPECT_FALSE(queue.enqueue({"make/e1/2", "make", "{}", {}})) << "its key stays used";
}

TEST_F(Service, WhatAClockAheadPutInIsDue) {
    Queue queue(database);
    ASSERT_TRUE(queue.enqueue({"make/next-year", "make", "{}", std::chrono::days(365)}));
    ASSERT_TRUE(queue.enqueue({"release/tomorrow", "make", "{}", 24h}));
    (void)queue.reap(9, 10min);
    auto const claimed = queue.claim("w", {"make"}, 9, 1min);
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].key, "make/next-year");
}

TEST_F(Service, WhatWaitsIsHurried) {
    Queue queue(database);
    ASSERT_TRUE(queue.enqueue({.key = "deliver/abc/1", .lane = "deliver", .delay = std::chrono::hours(1)}));
    ASSERT_TRUE(queue.enqueue({.key = "deliver/abcd/1", .lane = "deliver", .delay = std::chrono::hours(1)}));
    EXPECT_EQ(queue.hurry("deliver/abc/"), 1);
    EXPECT_EQ(queue.hurry("deliver/abc/"), 0) << "it is due already";
    auto const due = queue.claim("w", {"deliver"}, 10, std::chrono::seconds(30));
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].key, "deliver/abc/1");
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

TEST_F(Service, NothingIsKeptOfATransactionOfWhichAPartFailed) {
    Queue queue(database);
    EXPECT_THROW(database.transact([&] {
        (void)queue.enqueue({.key = "a", .lane = "make"});
        try {
            database.transact([] { throw Error(ErrorCode::failed, "no"); });
        } catch (Error const&) { // as if nothing had been
        }
    }),
                 Error);
    EXPECT_EQ(queue.depth("make"), 0);
}

/// `work` in three threads at once, each with a database of its own; what it throws fails the test.
template <class F>
void in_three(Place const& place, F const& work) {
    std::vector<std::thread> threads;
    for (int n = 0; n < 3; ++n)
        threads.emplace_back([&, n] {
            try {
                Database own(place);
                work(own, n);
            } catch (std::exception const& e) {
                ADD_FAILURE() << e.what();
            }
        });
    for (auto& thread : threads) thread.join();
}

TEST_F(Service, ManyWorkersClaimEachJobOnce) {
    Queue queue(database);
    for (int i = 0; i < 60; ++i) (void)queue.enqueue({.key = std::to_string(i), .lane = "make"});
    std::mutex mutex;
    std::multiset<std::string> claimed;
    in_three(place, [&](Database& own, int n) {
        Queue mine(own);
        for (;;) {
            auto const jobs = mine.claim("worker " + std::to_string(n), {"make"}, 2, 1min);
            if (jobs.empty()) return;
            for (auto const& job : jobs) {
                EXPECT_TRUE(mine.renew(job, 1min));
                EXPECT_TRUE(mine.complete(job));
                std::lock_guard const lock(mutex);
                claimed.insert(job.key);
            }
        }
    });
    EXPECT_EQ(claimed.size(), 60U);
    EXPECT_EQ(std::set(claimed.begin(), claimed.end()).size(), 60U);
}

TEST_F(Service, WhatIsReadAndThenWrittenIsRightWithManyWriters) {
    Draft draft;
    draft.report = "essay";
    std::string const id = Drafts(database).create(draft, {{"q", "-"}}, {"Dana", noon, ""});
    in_three(place, [&](Database& own, int n) {
        Store store(own);
        Drafts drafts(own);
        Commentaries commentaries(own);
        for (int i = 0; i < 8; ++i) {
            auto const text = std::to_string(n) + "." + std::to_string(i);
            store.finish(store.start(start_of()), end_of()); // the same id to all, if nobody looked
            (void)commentaries.write({"cash-flow", "2026-10", 0, text, "Dana", noon});
            (void)drafts.save(id, 1'000'000, {{"q", text}}, "save", {"Dana", noon, ""}, {"draft"});
        }
    });
    EXPECT_THAT(Store(database).runs({}), SizeIs(24));
    EXPECT_EQ(Commentaries(database).current("cash-flow", "2026-10")->version, 24);
    EXPECT_EQ(Drafts(database).find(id).version, 25);
    EXPECT_THAT(Drafts(database).log(id), SizeIs(25));
}

TEST_F(Service, OneOfManySendersMayLetItLeave) {
    Delivery d;
    d.recipient = "a@b.example";
    std::atomic<int> claims = 0, left = 0;
    for (int i = 0; i < 10; ++i) {
        d.period = std::to_string(i);
        in_three(place, [&](Database& own, int n) {
            Deliveries mine(own);
            if (auto const id = mine.claim(d, noon)) {
                ++claims;
                if (mine.leaving(*id, n, noon)) ++left;
            }
        });
    }
    EXPECT_EQ(claims, 10);
    EXPECT_EQ(left, 10);
}

} // namespace
} // namespace deckle::store
