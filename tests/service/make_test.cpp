#include "desk.hpp"
#include "product.hpp"
#include "service/jobs.hpp"
#include "service/opening.hpp"
#include "service/release.hpp"
#include "service/worker.hpp"
#include <atomic>
#include <gmock/gmock.h>

namespace deckle::service {
namespace {

using namespace std::chrono_literals;
using store::EditionState;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using enum store::EditionState;

/// Makes what it is told to.
class PaperPress final : public Press {
public:
    Product make(store::Edition const& edition, data::Schedule const&, std::int64_t) override {
        ++made_;
        last = edition;
        meanwhile();
        if (!problem.empty()) throw Error(code, problem);
        return product;
    }
    Product made(store::Edition const&) override {
        meanwhile();
        if (!problem.empty()) throw Error(code, problem);
        return product;
    }

    Product product;
    std::string problem;
    ErrorCode code = ErrorCode::plugin;
    std::function<void()> meanwhile = [] {};
    store::Edition last;
    int made_ = 0;
};

class Make : public Desk {
protected:
    Make() {
        press.product = good_product(paper);
        press.product.run = "k3f9a2b1";
        office.retry_after = 0ms;
        office.recheck = 0ms;
    }
    /// An edition of 2026-10 that is due now.
    void due(std::string const& keys = {}) {
        read("[schedules.close]\nreport = \"cash-flow\"\nwhen = \"1st of month 07:00\"\n" + keys);
        id = run_now(office, {"close", "2026-10", "", "dana"}).at(0).id;
    }
    /// Works off one job; false when none is due.
    bool work() {
        auto const claimed = store::Queue(database).claim("w", {make_lane}, 1, 1min);
        if (claimed.empty()) return false;
        try {
            run_job(office, press, claimed.front());
        } catch (LeaseLost const&) {
            return false;
        } catch (Error const& e) {
            fail_job(office, claimed.front(), e.to_string());
        }
        return true;
    }
    store::Edition edition() { return store::Editions(database).find(id); }
    std::vector<std::string> states() {
        std::vector<std::string> all;
        for (auto const& e : store::Editions(database).log(id)) all.emplace_back(to_string(e.state));
        return all;
    }

    /// For the worker and its keeper.
    auto workplace() {
        struct Place final : Workplace {
            std::function<Office(store::Database&)> office_of;
            Press& press_;
            Place(std::function<Office(store::Database&)> o, Press& p) : office_of(std::move(o)), press_(p) {}
            Office office(store::Database& other) override { return office_of(other); }
            Press& press() override { return press_; }
        };
        return
            [this] { return std::make_shared<Place>([this](store::Database& other) { return beside(other); }, press); };
    }

    Folder paper;
    PaperPress press;
    std::string id;
};

TEST_F(Make, WhatIsGoodGoesOut) {
    due();
    ASSERT_TRUE(work());
    EXPECT_THAT(states(), ElementsAre("queued", "making", "delivering", "done")) << "to nobody: done at once";
    EXPECT_EQ(edition().run, "k3f9a2b1");
    EXPECT_EQ(edition().attempts, 1);
    EXPECT_EQ(press.last.trigger, "by hand");
    EXPECT_FALSE(work());
}

TEST_F(Make, WhatFailsIsTriedAgainAndThenGivenUp) {
    due("retries = 2\n");
    press.problem = "the ledger's file is missing";
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(edition().state, queued);
        ASSERT_TRUE(work());
    }
    EXPECT_EQ(edition().state, failed);
    EXPECT_EQ(edition().reason, "the ledger's file is missing");
    EXPECT_EQ(press.made_, 3);
    EXPECT_FALSE(work());
    EXPECT_THAT(store::Queue(database).dead(), SizeIs(1));
    press.problem.clear();
    (void)run_now(office, {"close", "2026-10", "", "dana"});
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, done);
}

TEST_F(Make, WhatCannotBeReadYetIsTriedUntilItIsGivenUp) {
    due("retries = 1\ngive_up = \"1d\"\n");
    press.code = ErrorCode::data;
    press.problem = "unbilled-items.json is not there";
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, queued) << "at first it is tried again soon";
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, held);
    EXPECT_EQ(edition().reason, "unbilled-items.json is not there");
    EXPECT_EQ(edition().run, "");
    EXPECT_THAT(store::Queue(database).dead(), IsEmpty());
    EXPECT_THROW(release_edition(office, id, "dana", ""), Error) << "there is nothing to release";
    press.problem.clear(); // the export came
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, done);
}

TEST_F(Make, WhatCannotBeReadForTooLongIsGivenUp) {
    due("retries = 0\ngive_up = \"1d\"\n");
    press.code = ErrorCode::io;
    press.problem = "the CRM does not answer";
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, held);
    clock.set("2026-11-05T13:00:00Z");
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, failed);
    EXPECT_EQ(edition().reason, "given up after 2 attempts: the CRM does not answer");
    EXPECT_FALSE(work());
}

TEST_F(Make, WhatIsMadeOnceMoreIsAsTheScheduleIsNow) {
    due("to = [\"wrong@prairie.example\"]\nset = { minimum_cash = \"250000\" }\n[schedules.close.gates]\nfresh = "
        "\"12h\"\n");
    press.product.models[0]["run"]["sources"] = {source("psa", "invoices", "2026-11-01T06:00:00Z")};
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, held);
    read("[schedules.close]\nreport = \"cash-flow\"\nwhen = \"1st of month 07:00\"\nto = [\"right@prairie.example\"]\n"
         "set = { minimum_cash = \"400000\" }\n");
    ASSERT_TRUE(work());
    EXPECT_EQ(press.last.params, R"({"minimum_cash":"400000"})");
    EXPECT_EQ(press.last.to, R"(["right@prairie.example"])");
    EXPECT_EQ(edition().to, R"(["right@prairie.example"])");
}

TEST_F(Make, WhatIsGivenUpMayBeReleasedOrTriedForAsLongAgain) {
    due("give_up = \"1d\"\n[schedules.close.gates]\nfresh = \"12h\"\n");
    press.product.models[0]["run"]["sources"] = {source("psa", "invoices", "2026-11-01T06:00:00Z")};
    clock.set("2026-11-05T14:00:00Z");
    ASSERT_TRUE(work());
    ASSERT_EQ(edition().state, failed);
    (void)run_now(office, {"close", "2026-10", "", "dana"});
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, held) << "a day from now on";
    clock.set("2026-11-06T15:00:00Z");
    ASSERT_TRUE(work());
    ASSERT_EQ(edition().state, failed);
    release_edition(office, id, "dana", "the books are closed");
    while (work()) {
    }
    EXPECT_EQ(edition().state, done);
}

TEST_F(Make, WhatReachedNobodyMayBeMadeAgain) {
    due();
    ASSERT_TRUE(work());
    auto const delivery = [&](char const* to, store::DeliveryState state) {
        store::Deliveries deliveries(database);
        store::Delivery d;
        d.schedule = "close";
        d.period = "2026-10";
        d.subject = "report:cash-flow";
        d.recipient = to;
        d.channel = "mail";
        d.edition = id;
        d.content = "{}";
        d.message_id = "prairie.example";
        auto const claimed = deliveries.claim(d, clock.now()).value();
        EXPECT_TRUE(deliveries.leaving(claimed, 1, clock.now()));
        EXPECT_TRUE(deliveries.settle(claimed, 1, state, "552 too large", clock.now()));
        return claimed;
    };
    auto const refused = delivery("ann@prairie.example", store::DeliveryState::failed);
    (void)run_now(office, {"close", "2026-10", "", "dana"});
    EXPECT_EQ(edition().state, queued);
    EXPECT_EQ(store::Deliveries(database).find(refused).state, store::DeliveryState::cancelled)
        << "what was refused is not sent as it was";
    ASSERT_TRUE(work());
    EXPECT_EQ(press.made_, 2);
    (void)delivery("bob@prairie.example", store::DeliveryState::sent);
    EXPECT_THROW((void)run_now(office, {"close", "2026-10", "", "dana"}), Error) << "somebody has it";
}

TEST_F(Make, OneThatBecomesGoodGoesOutByItself) {
    due("give_up = \"1d\"\n[schedules.close.gates]\nfresh = \"12h\"\n");
    clock.set("2026-11-04T13:00:00Z"); // the source is of 06:00
    office.recheck = 0ms;
    press.product.models[0] = report_model("cash-flow");
    press.product.models[0]["run"]["sources"] = {source("psa", "invoices", "2026-11-01T06:00:00Z")};
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, held);
    EXPECT_THAT(edition().reason, HasSubstr("invoices"));
    EXPECT_EQ(edition().run, "k3f9a2b1");
    press.product.models[0] = report_model("cash-flow");
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, done);
}

TEST_F(Make, OneThatIsHeldTooLongFails) {
    due("give_up = \"1d\"\n[schedules.close.gates]\nfresh = \"12h\"\n");
    press.product.models[0]["run"]["sources"] = {source("psa", "invoices", "2026-11-01T06:00:00Z")};
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, held);
    clock.set("2026-11-05T13:00:00Z");
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, failed);
    EXPECT_THAT(edition().reason, HasSubstr("given up after 2 attempts"));
    EXPECT_FALSE(work());
}

TEST_F(Make, APersonMayReleaseWhatIsHeld) {
    due("[schedules.close.gates]\nfresh = \"12h\"\n");
    press.product.models[0]["run"]["sources"] = {source("psa", "invoices", "2026-11-01T06:00:00Z")};
    store::Store ledger(database);
    store::RunStart start;
    start.report = "cash-flow";
    start.period = "2026-10";
    start.as_of = Date::of("2026-10-31");
    press.product.run = ledger.start(start);
    store::RunEnd end;
    end.figures = {{"ar.total", 1, "2026-10", "418017.84", "USD"}};
    ledger.finish(press.product.run, end);
    ASSERT_TRUE(work());
    EXPECT_THAT(ledger.notes(press.product.run).gates,
                HasSubstr(R"({"gate":"fresh","good":false,"may_become_good":true,"reason":")"));
    EXPECT_THAT(ledger.figure_history("cash-flow", "ar.total"), IsEmpty()) << "what is held is nobody's figure";
    release_edition(office, id, "dana", "the books are closed");
    EXPECT_THAT(ledger.figure_history("cash-flow", "ar.total"), testing::SizeIs(1));
    EXPECT_EQ(edition().state, delivering);
    while (work()) {
    }
    EXPECT_EQ(edition().state, done);
    EXPECT_EQ(press.made_, 1) << "what was looked at leaves, not another one";
    EXPECT_EQ(store::Editions(database).log(id).at(3).by, "dana");
}

TEST_F(Make, AReviewIsWaitedFor) {
    due("review = \"required\"\n");
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, waiting);
    EXPECT_FALSE(work());
    stop_edition(office, id, "dana", "wrong rate");
    EXPECT_EQ(edition().state, stopped);
    EXPECT_THROW(release_edition(office, id, "dana", ""), Error);
    EXPECT_FALSE(work());
}

TEST_F(Make, AReviewThatIsOptionalEndsByItself) {
    clock.set(store::Database(folder / ".deckle" / "store.db").now() - 25h); // its release is past on the store's clock
    due("review = \"optional until 10:00\"\n");
    ASSERT_TRUE(work());
    ASSERT_EQ(edition().state, waiting);
    ASSERT_TRUE(edition().release_at);
    clock.set(*edition().release_at);
    office.recheck = 0ms;
    auto const deadline = std::chrono::steady_clock::now() + 5s;
    // The job is due by the store's clock, a day after `now` at the most.
    store::Queue queue(database);
    enqueue_release(office, id, 0ms);
    while (edition().state == waiting && std::chrono::steady_clock::now() < deadline) (void)work();
    EXPECT_EQ(edition().state, done);
    EXPECT_EQ(press.made_, 1);
}

TEST_F(Make, WhatAPersonStoppedMeanwhileDoesNotLeave) {
    due();
    press.meanwhile = [&] { stop_edition(office, id, "dana", "not this month"); };
    EXPECT_FALSE(work()) << "its lease is gone";
    EXPECT_EQ(edition().state, stopped);
    EXPECT_FALSE(work());
}

TEST_F(Make, WhatBeganBeforeItWasStoppedAndAskedForAgainIsDropped) {
    due();
    press.meanwhile = [&] {
        if (press.made_ > 1) return;
        stop_edition(office, id, "dana", "wrong data");
        (void)run_now(office, {"close", "2026-10", "", "dana"});
    };
    EXPECT_FALSE(work());
    EXPECT_EQ(edition().state, queued);
    EXPECT_EQ(edition().run, "") << "not the one of the wrong data";
    press.product.run = "k3f9a2b2";
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, done);
    EXPECT_EQ(edition().run, "k3f9a2b2");
    EXPECT_FALSE(work());
}

constexpr char const* reviewed_in_a_folder =
    "review = \"required\"\ncopies = [\"archive\"]\n[delivery.channels.archive]\nkind = \"folder\"\npath = \"a\"\n";

TEST_F(Make, WhatIsStoppedWhileItsReleaseIsAtWorkDoesNotLeave) {
    due(reviewed_in_a_folder);
    ASSERT_TRUE(work());
    release_edition(office, id, "dana", "");
    press.meanwhile = [&] { stop_edition(office, id, "ellen", "wrong figures"); };
    EXPECT_FALSE(work());
    EXPECT_EQ(edition().state, stopped);
    EXPECT_THAT(store::Deliveries(database).list({.edition = id}), IsEmpty());
    EXPECT_FALSE(work());
}

TEST_F(Make, AReleaseThatComesTooEarlyIsPutOff) { // the database's clock and the service's differ
    clock.set(store::Database(folder / ".deckle" / "store.db").now());
    due("review = \"optional until 10:00\"\n");
    ASSERT_TRUE(work());
    store::Queue queue(database);
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(queue.hurry("release/" + id + "/"), 1);
        EXPECT_TRUE(work());
        EXPECT_EQ(edition().state, waiting);
    }
    clock.set(*edition().release_at);
    EXPECT_EQ(queue.hurry("release/" + id + "/"), 1);
    EXPECT_TRUE(work());
    EXPECT_EQ(edition().state, done);
}

TEST_F(Make, WhatAPersonReleasedIsNotReleasedAgainByItsTime) {
    clock.set(store::Database(folder / ".deckle" / "store.db").now());
    due(std::string("review = \"optional until 10:00\"\n") + std::string(reviewed_in_a_folder).substr(20));
    ASSERT_TRUE(work());
    auto const until = *edition().release_at;
    release_edition(office, id, "dana", "");
    ASSERT_TRUE(work());
    auto const delivery = store::Deliveries(database).list({.edition = id}).at(0).id;
    store::Deliveries(database).resolve(delivery, store::DeliveryState::cancelled, "dana", "nobody reads it",
                                        clock.now());
    clock.set(until);
    EXPECT_EQ(store::Queue(database).hurry("release/" + id + "/"), 0);
    EXPECT_EQ(store::Deliveries(database).find(delivery).state, store::DeliveryState::cancelled);
}

TEST_F(Make, AReleaseThatFailsCanBeReleasedAgain) {
    due(reviewed_in_a_folder);
    ASSERT_TRUE(work());
    release_edition(office, id, "dana", "");
    press.problem = "its file is gone";
    while (work()) {
    }
    EXPECT_EQ(edition().state, held);
    EXPECT_EQ(edition().reason, "it could not leave: its file is gone");
    auto const as_it_was = workspace;
    read("");
    EXPECT_THROW(release_edition(office, id, "dana", ""), Error) << "of no schedule any more";
    EXPECT_EQ(edition().state, held);
    workspace = as_it_was;
    press.problem.clear();
    release_edition(office, id, "dana", "");
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, delivering);
    EXPECT_EQ(press.made_, 1);
}

TEST_F(Make, AJobOfNothingEndsAndItsWorkerGoesOn) {
    store::Queue queue(database);
    ASSERT_TRUE(queue.enqueue({"make/nothing/1", make_lane, R"({"edition":"nothing"})", {}}));
    ASSERT_TRUE(queue.enqueue({"unheard/of", make_lane, "{}", {}}));
    Activity activity;
    Keeper keeper([this] { return store::Database(folder / ".deckle" / "store.db"); }, 30s, activity, log, [] {});
    Worker worker(database, keeper, {"w", {make_lane}}, log);
    EXPECT_TRUE(worker.work_one(workplace()));
    EXPECT_TRUE(worker.work_one(workplace()));
    EXPECT_FALSE(worker.work_one(workplace()));
    EXPECT_THAT(queue.dead(), SizeIs(2));
    EXPECT_THAT(logged.str(), HasSubstr("unknown kind: unheard/of"));
}

TEST_F(Make, AWorkerPastItsLeaseChangesNothing) {
    due();
    press.meanwhile = [&] { (void)store::Queue(database).abandon("w", "gone", true); };
    EXPECT_FALSE(work());
    EXPECT_EQ(edition().state, making);
    press.meanwhile = [] {};
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, done);
}

TEST_F(Make, AJobThatEndsItsWorkersIsGivenUp) {
    due("retries = 2\n");
    store::Queue queue(database);
    for (int i = 0; i < 3; ++i) {
        ASSERT_THAT(queue.claim("w", {make_lane}, 1, 1min), SizeIs(1));
        ASSERT_THAT(queue.abandon("w", "ended by signal 9", true), SizeIs(1));
    }
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, failed);
    EXPECT_EQ(press.made_, 0);
}

TEST_F(Make, AScheduleThatIsGoneFailsItsEditions) {
    due();
    read("");
    ASSERT_TRUE(work());
    EXPECT_EQ(edition().state, failed);
    EXPECT_THAT(edition().reason, HasSubstr("not in deckle.toml any more"));
}

/// A run that hangs is named, ended, and does not block the next.
TEST_F(Make, AJobPastItsTimeIsEndedWithWhatItWasAt) {
    due("timeout = \"1s\"\n");
    std::atomic<bool> ended = false;
    Activity activity;
    auto const open = [this] { return store::Database(folder / ".deckle" / "store.db"); };
    Keeper keeper(open, 30s, activity, log, [&] { ended = true; });
    Worker worker(database, keeper, {"w", {make_lane}}, log);
    press.meanwhile = [&] {
        activity.set("layout of pipeline");
        while (!ended) std::this_thread::sleep_for(5ms); // a process would be ended here
    };
    ASSERT_TRUE(worker.work_one(workplace()));
    EXPECT_EQ(edition().state, queued) << "to be tried again";
    EXPECT_EQ(edition().reason, "ended after 1 s, its time-out: stuck in layout of pipeline");
    EXPECT_THAT(logged.str(), HasSubstr("job stuck"));
}

TEST_F(Make, ALongJobKeepsItsLease) {
    due();
    Activity activity;
    Keeper keeper([this] { return store::Database(folder / ".deckle" / "store.db"); }, 300ms, activity, log, [] {});
    Worker worker(database, keeper, {"w", {make_lane}, 300ms}, log);
    press.meanwhile = [&] {
        store::Database other(folder / ".deckle" / "store.db");
        auto const until = std::chrono::steady_clock::now() + 900ms; // three leases long
        while (std::chrono::steady_clock::now() < until) {
            EXPECT_THAT(store::Queue(other).reap(100, 1h), IsEmpty());
            std::this_thread::sleep_for(20ms);
        }
    };
    ASSERT_TRUE(worker.work_one(workplace()));
    EXPECT_EQ(edition().state, done);
}

} // namespace
} // namespace deckle::service
