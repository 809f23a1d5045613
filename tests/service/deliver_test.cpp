// One delivery, from its claim to what came of it, with a way out that fails at each point and a worker that ends at
// each point. What counts is what left, as the other side counts it.
#include "base/file.hpp"
#include "data/sha256.hpp"
#include "data/workspace_reader.hpp"
#include "service/attention.hpp"
#include "service/claims.hpp"
#include "service/closing.hpp"
#include "service/deliver.hpp"
#include "service/release.hpp"
#include "store/editions.hpp"
#include "store/sql.hpp"
#include <gmock/gmock.h>
#include <map>
#include <Poco/Data/Statement.h>
#include <sstream>
#include <unistd.h>

namespace deckle::service {
namespace {

namespace fs = std::filesystem;
using delivery::Outcome;
using store::DeliveryState;
using testing::HasSubstr;
using enum store::DeliveryState;

/// The worker ends here, as by SIGKILL: nothing catches it.
struct Killed {};

class FaultyClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        if (calls_left > 0 && --calls_left == 0) {
            if (fails) throw Error(ErrorCode::io, "the database is gone");
            throw Killed();
        }
        return at;
    }
    Instant at = parse_instant("2026-11-04T13:00:00Z").value();
    mutable int calls_left = 0; // 0 = it goes on for ever
    bool fails = false;
};

/// The other side. It ends the worker, or breaks, where it is told to.
class Server final : public delivery::Transport {
public:
    enum class Point { none, at_once, before, after, taken };

    delivery::Receipt send(delivery::Message const& message, std::function<void()> const& leaving) override {
        messages.push_back(message);
        pass(Point::at_once);
        if (meanwhile) std::exchange(meanwhile, nullptr)();
        pass(Point::before);
        if (outcome == Outcome::later || outcome == Outcome::refused) return {outcome, "rcpt", "450 not now", wait};
        leaving();
        if (underway) std::exchange(underway, nullptr)();
        pass(Point::after);
        if (outcome == Outcome::unknown) return {outcome, "end", "the line dropped"};
        ++taken[message.to];
        pass(Point::taken);
        return {Outcome::accepted, "end", "250 OK"};
    }
    std::vector<delivery::Check> test() override { return {}; }

    Outcome outcome = Outcome::accepted;
    Point killed_at = Point::none;
    std::chrono::seconds wait{0};
    bool breaks = false; // instead of being killed: an exception of its own
    std::function<void()> meanwhile, underway;
    std::map<std::string, int> taken;
    std::vector<delivery::Message> messages;

private:
    void pass(Point point) {
        if (killed_at != point) return;
        killed_at = Point::none;
        if (breaks) throw Error(ErrorCode::failed, "something broke");
        throw Killed();
    }
};

class Deliver : public testing::Test {
protected:
    Deliver() {
        (void)store::Deliveries(database);
        read(R"([delivery]
from = "Prairie <reports@prairie.example>"
allow = ["prairie.example"]
owner = ["owner@prairie.example"]
[delivery.channels.mail]
kind = "smtp"
host = "127.0.0.1"
port = 2525
security = "none"
[delivery.channels.archive]
kind = "folder"
path = "archive"
[delivery.channels.old]
kind = "folder"
path = "old"
[packs.monthly]
reports = ["cash-flow"]
[schedules.month-end]
pack = "monthly"
when = "3rd business day after month end 07:00"
to = ["ann@prairie.example"]
via = "mail"
)");
        office.open_transport = [this](data::Channel const&) { return std::make_unique<Passing>(server); };
        office.retry_after = std::chrono::milliseconds(1);
        office.gather = std::chrono::milliseconds(0);
        fs::create_directories(folder / ".deckle/artifacts/e/1");
        write_file(folder / ".deckle/artifacts/e/1/whole.pdf", "%PDF-1");
    }
    ~Deliver() override { fs::remove_all(folder); }

    /// A transport that somebody else owns.
    class Passing final : public delivery::Transport {
    public:
        explicit Passing(Transport& to) : to_(to) {}
        delivery::Receipt send(delivery::Message const& m, std::function<void()> const& leaving) override {
            return to_.send(m, leaving);
        }
        std::vector<delivery::Check> test() override { return to_.test(); }

    private:
        Transport& to_;
    };

    void read(std::string const& toml) {
        workspace = data::parse_workspace("[company]\nname = \"Prairie\"\nzone = \"America/Chicago\"\n" + toml, folder,
                                          catalogue);
    }
    data::Schedule& schedule() { return workspace.schedules.at("month-end"); }

    Product product() {
        Product p;
        p.run = "6ajyq5zf";
        p.models = {
            model::Json::parse(R"({"title":"Cash is fine","run":{"report":"cash-flow","report_title":"Cash flow",
            "period":{"$date":"2026-10-01","style":"month"},"as_of":{"$date":"2026-10-31"}}})")};
        p.files = {{folder / ".deckle/artifacts/e/1/whole.pdf", "whole.pdf", "application/pdf",
                    data::sha256_hex("%PDF-1"), 6, ""}};
        return p;
    }

    /// Opened, made, and on its way to `to`.
    store::Edition claimed(std::vector<std::string> const& to, std::string const& period = "2026-10") {
        store::Editions editions(database);
        store::Edition e;
        e.schedule = "month-end";
        e.period = period;
        e.subject = "pack:monthly";
        e.to = model::Json(to).dump();
        auto const id = editions.open(e, clock.at).value();
        EXPECT_TRUE(
            editions.step(id, {store::EditionState::queued}, {.to = store::EditionState::delivering}, clock.at));
        e = editions.find(id);
        claim_messages(office, schedule(), e, "6ajyq5zf", compose_messages(office, schedule(), e, product()));
        return e;
    }

    std::vector<store::Delivery> deliveries(store::Edition const& e) {
        return store::Deliveries(database).list({.edition = e.id});
    }
    store::Delivery only(store::Edition const& e) {
        auto const all = deliveries(e);
        EXPECT_EQ(all.size(), 1U);
        return all.at(0);
    }
    store::EditionState state(store::Edition const& e) { return store::Editions(database).find(e.id).state; }

    /// Every lease has run out, every job is due.
    void time_passes() {
        using namespace Poco::Data::Keywords;
        database.sql("UPDATE jobs SET lease_until = 0 WHERE state = 'leased'"), now;
        (void)store::Queue(database).reap(100, std::chrono::hours(1000));
        database.sql("UPDATE jobs SET run_at = 0 WHERE state = 'ready'"), now;
    }

    /// What a worker does with one job; false when none is due.
    bool work_one(Office& by) {
        store::Queue queue(by.database);
        auto const jobs = queue.claim("worker", {"deliver"}, 1, std::chrono::seconds(30));
        if (jobs.empty()) return false;
        bool const notice = jobs[0].key.starts_with("attention/");
        try {
            notice ? run_attention(by, jobs[0]) : deliver(by, jobs[0]);
        } catch (LeaseLost const&) { // another has it
        } catch (Error const& e) {
            clock.calls_left = 0;
            notice ? fail_attention(by, jobs[0], e.what()) : fail_deliver(by, jobs[0], e.what());
        }
        return true;
    }
    /// Workers one after another, each until it ends, until nothing is left to do.
    void work() {
        for (int i = 0; i < 200; ++i) {
            time_passes();
            try {
                if (!work_one(office)) return;
            } catch (Killed const&) {
                clock.calls_left = 0;
            }
        }
        FAIL() << "it never ends";
    }
    int taken(char const* to = "ann@prairie.example") { return server.taken[to]; }

    /// What must hold of a delivery that nobody works at any more, whatever happened.
    void expect_honest(store::Edition const& e, std::string const& what) {
        auto const d = only(e);
        EXPECT_LE(taken(), 1) << what;
        if (taken() == 1)
            EXPECT_TRUE(d.state == sent || d.state == unknown) << what << ": received, but " << to_string(d.state);
        else
            EXPECT_TRUE(d.state == failed || d.state == unknown) << what << ": lost, but " << to_string(d.state);
        EXPECT_EQ(state(e) == store::EditionState::done, d.state == sent) << what;
        if (d.state == sent) return;
        // A person says, and then everybody has exactly one.
        store::Deliveries all(database);
        database.transact([&] {
            all.resolve(d.id, taken() == 1 ? sent : pending, "Dana", "asked her", clock.at);
            store::Queue queue(database);
            if (taken() == 0) enqueue_delivery(queue, d.id);
            (void)close_edition(database, e.id, clock.at);
        });
        server.outcome = Outcome::accepted;
        server.killed_at = Server::Point::none;
        work();
        EXPECT_EQ(taken(), 1) << what;
        EXPECT_EQ(only(e).state, sent) << what;
        EXPECT_EQ(state(e), store::EditionState::done) << what;
    }
    /// The next case begins with nothing received.
    void forget() {
        server.taken.clear();
        server.outcome = Outcome::accepted;
        clock.calls_left = 0;
        clock.fails = false;
    }

    fs::path const folder = fs::path(testing::TempDir()) /
                            (std::string("deliver-") + testing::UnitTest::GetInstance()->current_test_info()->name() +
                             "-" + std::to_string(::getpid()));
    data::Catalogue catalogue = data::load_catalogue(fs::path(DECKLE_SOURCE_DIR) / "core/data/catalogue");
    data::Workspace workspace;
    store::Database database{folder / ".deckle" / "store.db"};
    FaultyClock clock;
    Server server;
    std::ostringstream logged;
    Log log{logged, clock, ""};
    Office office{.workspace = workspace,
                  .catalogue = catalogue,
                  .templates = fs::path(DECKLE_SOURCE_DIR) / "report-templates",
                  .database = database,
                  .clock = clock,
                  .log = log};
};

TEST_F(Deliver, SendsWhatWasClaimedOnceToEach) {
    auto const e = claimed({"ann@prairie.example", "bob@prairie.example"});
    work();
    EXPECT_EQ(taken(), 1);
    EXPECT_EQ(taken("bob@prairie.example"), 1);
    for (auto const& d : deliveries(e)) {
        EXPECT_EQ(d.state, sent);
        EXPECT_EQ(d.answer, "end: 250 OK");
        EXPECT_EQ(d.attempts, 1);
    }
    EXPECT_EQ(state(e), store::EditionState::done);
    ASSERT_EQ(server.messages.size(), 2U);
    auto const& m = server.messages[0];
    EXPECT_EQ(m.subject, "Prairie: monthly, October 2026");
    EXPECT_THAT(m.html, HasSubstr("Cash is fine"));
    EXPECT_THAT(m.text, HasSubstr("Cash is fine"));
    ASSERT_EQ(m.attachments.size(), 1U);
    EXPECT_EQ(m.attachments[0].name, "Prairie_monthly-pack_2026-10.pdf");
    EXPECT_EQ(m.attachments[0].bytes, "%PDF-1");
    EXPECT_EQ(m.from_name, "Prairie");
}

TEST_F(Deliver, ClaimingAgainChangesNothing) {
    auto const e = claimed({"ann@prairie.example"});
    claim_messages(office, schedule(), e, "another", compose_messages(office, schedule(), e, product()));
    work();
    EXPECT_EQ(taken(), 1);
    EXPECT_EQ(only(e).run, "6ajyq5zf");
}

// https://github.com/apache/superset/issues/22664 and https://github.com/odoo/odoo/issues/99189: sent twice.
TEST_F(Deliver, AWorkerThatEndsAtAnyPointSendsNothingTwiceAndLosesNothingSilently) {
    using Point = Server::Point;
    std::map<DeliveryState, int> outcomes;
    int cases = 0;
    for (auto const outcome : {Outcome::accepted, Outcome::refused, Outcome::later, Outcome::unknown})
        for (auto const point : {Point::at_once, Point::before, Point::after, Point::taken, Point::none})
            for (bool const breaks : {false, true}) {
                forget();
                auto const e = claimed({"ann@prairie.example"}, "2026-10@" + std::to_string(cases++));
                server.outcome = outcome;
                server.killed_at = point;
                server.breaks = breaks;
                work();
                ++outcomes[only(e).state];
                expect_honest(e, std::string(name_of(outcome)) + " at point " +
                                     std::to_string(static_cast<int>(point)) + (breaks ? ", broken" : ", killed"));
            }
    EXPECT_GT(outcomes[sent], 0);
    EXPECT_GT(outcomes[failed], 0);
    EXPECT_GT(outcomes[unknown], 0);
}

TEST_F(Deliver, AWorkerThatEndsBetweenAnyTwoStepsOfTheLedgerDoesNeither) {
    for (bool const fails : {false, true}) // a lost database, or a lost worker
        for (auto const outcome : {Outcome::accepted, Outcome::refused, Outcome::unknown}) {
            int step = 1;
            for (bool reached = true; reached; ++step) {
                forget();
                auto const e = claimed({"ann@prairie.example"}, "2026-10@" + std::to_string(static_cast<int>(outcome)) +
                                                                    std::to_string(fails) + "-" + std::to_string(step));
                server.outcome = outcome;
                clock.fails = fails;
                clock.calls_left = step;
                time_passes();
                try {
                    (void)work_one(office);
                } catch (Killed const&) {
                }
                reached = clock.calls_left == 0;
                clock.calls_left = 0;
                work();
                expect_honest(e, std::string(name_of(outcome)) + ", step " + std::to_string(step));
            }
            EXPECT_GT(step, 2);
        }
}

TEST_F(Deliver, TwoWorkersAtOneDeliveryAreOneSender) {
    // The first one is slow before anything has left; the second does it all meanwhile.
    auto const e = claimed({"ann@prairie.example"});
    store::Database other(folder / ".deckle" / "store.db");
    Office second{.workspace = workspace,
                  .catalogue = catalogue,
                  .templates = office.templates,
                  .database = other,
                  .clock = clock,
                  .log = log,
                  .open_transport = office.open_transport};
    server.meanwhile = [&] {
        time_passes();
        EXPECT_TRUE(work_one(second));
    };
    time_passes();
    EXPECT_TRUE(work_one(office));
    work();
    EXPECT_EQ(taken(), 1);
    EXPECT_EQ(only(e).state, sent);
    EXPECT_EQ(only(e).attempts, 1);
}

TEST_F(Deliver, AWorkerThatIsSlowToHearTheAnswerStillRecordsIt) {
    auto const e = claimed({"ann@prairie.example"});
    store::Database other(folder / ".deckle" / "store.db");
    Office second{.workspace = workspace,
                  .catalogue = catalogue,
                  .templates = office.templates,
                  .database = other,
                  .clock = clock,
                  .log = log,
                  .open_transport = office.open_transport};
    server.underway = [&] {
        time_passes();
        EXPECT_TRUE(work_one(second));
        EXPECT_EQ(only(e).state, unknown); // the second cannot know
    };
    time_passes();
    EXPECT_TRUE(work_one(office));
    EXPECT_EQ(taken(), 1);
    EXPECT_EQ(only(e).state, sent);
    EXPECT_EQ(state(e), store::EditionState::done);
}

TEST_F(Deliver, AnEditionIsStoppedWhileItLeaves) {
    auto const e = claimed({"ann@prairie.example", "bob@prairie.example", "cid@prairie.example"});
    time_passes();
    ASSERT_TRUE(work_one(office));
    ASSERT_EQ(taken(), 1);
    stop_edition(office, e.id, "Dana", "the figures are wrong");
    work();
    EXPECT_EQ(taken(), 1) << "what has not left does not";
    EXPECT_EQ(state(e), store::EditionState::done);
    EXPECT_EQ(std::ranges::count(deliveries(e), cancelled, &store::Delivery::state), 2);
    EXPECT_THROW(stop_edition(office, e.id, "Dana", ""), Error) << "nothing is left to be stopped";
}

TEST_F(Deliver, OneThatWasStoppedBeforeItLeftCanBeAskedForAgain) {
    auto const e = claimed({"ann@prairie.example"});
    stop_edition(office, e.id, "Dana", "the figures are wrong");
    EXPECT_EQ(state(e), store::EditionState::stopped);
    EXPECT_THROW((void)send_also(office, store::Editions(database).find(e.id), "bob@prairie.example", "Dana"), Error)
        << "what is stopped goes to nobody";
    work();
    EXPECT_EQ(taken(), 0);
    // It is made again, and leaves as it is now.
    ASSERT_TRUE(store::Editions(database).step(e.id, {store::EditionState::stopped},
                                               {.to = store::EditionState::delivering}, clock.at));
    write_file(folder / ".deckle/artifacts/e/1/whole.pdf", "%PDF-2");
    auto second = product();
    second.files[0].sha256 = data::sha256_hex("%PDF-2");
    claim_messages(office, schedule(), e, "7bbyq5zf", compose_messages(office, schedule(), e, second));
    work();
    EXPECT_EQ(taken("ann@prairie.example"), 1);
    EXPECT_EQ(server.messages.back().attachments.at(0).bytes, "%PDF-2");
    EXPECT_EQ(state(e), store::EditionState::done);
}

TEST_F(Deliver, NothingLeavesThatAPersonCancelledMeanwhile) {
    auto const e = claimed({"ann@prairie.example"});
    server.meanwhile = [&] {
        store::Deliveries(database).resolve(only(e).id, cancelled, "Dana", "wrong address", clock.at);
    };
    work();
    EXPECT_EQ(taken(), 0);
    EXPECT_EQ(only(e).state, cancelled);
    EXPECT_EQ(state(e), store::EditionState::done);
}

// https://github.com/metabase/metabase/issues/47961: one bad recipient, and all got it again.
TEST_F(Deliver, OneBadRecipientTouchesNobodyElse) {
    auto const e = claimed({"ann@prairie.example", "eve@elsewhere.example", "bob@prairie.example"});
    auto const refused = deliveries(e).at(1);
    EXPECT_EQ(refused.recipient, "eve@elsewhere.example");
    EXPECT_EQ(refused.state, failed);
    EXPECT_EQ(refused.attempts, 0);
    EXPECT_THAT(refused.answer, HasSubstr(schedule().position.to_string()));
    EXPECT_THAT(refused.answer, HasSubstr("[delivery] allow"));
    EXPECT_GT(schedule().position.line, 0);
    work();
    EXPECT_EQ(taken(), 1);
    EXPECT_EQ(taken("bob@prairie.example"), 1);
    EXPECT_EQ(taken("eve@elsewhere.example"), 0);
    EXPECT_EQ(taken("owner@prairie.example"), 1); // is told
    EXPECT_EQ(state(e), store::EditionState::delivering);
}

TEST_F(Deliver, GivesUpAfterItsAttemptsAndTellsTheOwner) {
    auto const e = claimed({"ann@prairie.example"});
    server.outcome = Outcome::later;
    int tries = 0;
    while (only(e).state == pending && tries < 100) {
        time_passes();
        ASSERT_TRUE(work_one(office));
        ++tries;
        EXPECT_EQ(store::Queue(database).depth("deliver"), tries < late_attempts ? 1 : 2)
            << "people are told of " << tries;
    }
    EXPECT_EQ(tries, delivery_attempts);
    EXPECT_EQ(only(e).state, failed);
    EXPECT_THAT(only(e).answer, HasSubstr("given up after 20 attempts: rcpt: 450 not now"));
    EXPECT_EQ(only(e).attempts, delivery_attempts) << "also those that never got as far as the message";
    server.outcome = Outcome::accepted;
    work();
    EXPECT_EQ(taken(), 0);
    EXPECT_EQ(taken("owner@prairie.example"), 1);
}

TEST_F(Deliver, AServerThatAsksToBeLeftAloneIs) {
    (void)claimed({"ann@prairie.example"});
    server.outcome = Outcome::later;
    server.wait = std::chrono::minutes(10);
    ASSERT_TRUE(work_one(office));
    using namespace Poco::Data::Keywords;
    std::int64_t due = 0;
    database.sql("SELECT run_at FROM jobs WHERE state = 'ready'"), into(due), now;
    EXPECT_NEAR(static_cast<double>(due - store::ms(database.now())), 600'000, 60'000);
}

TEST_F(Deliver, WaitsLongerEachTimeAndNotAllAtOnce) {
    office.retry_after = std::chrono::seconds(30);
    auto const wait = [&](char const* id, int attempt) { return delivery_wait(office, id, attempt); };
    EXPECT_GE(wait("a", 1), std::chrono::seconds(30));
    EXPECT_LE(wait("a", 1), std::chrono::seconds(33));
    EXPECT_GE(wait("a", 2), std::chrono::seconds(60));
    EXPECT_LE(wait("a", 19), std::chrono::minutes(66));
    EXPECT_EQ(wait("a", 3), wait("a", 3));
    std::set<std::int64_t> all;
    for (char const* id : {"a", "b", "c", "d", "e", "f", "g", "h"}) all.insert(wait(id, 5).count());
    EXPECT_GT(all.size(), 4U);
}

TEST_F(Deliver, AFileThatWasChangedDoesNotLeave) {
    auto const e = claimed({"ann@prairie.example"});
    write_file(folder / ".deckle/artifacts/e/1/whole.pdf", "%PDF-2");
    work();
    EXPECT_EQ(taken(), 0);
    EXPECT_EQ(only(e).state, failed);
    EXPECT_THAT(only(e).answer, HasSubstr("was changed after it was made"));
    EXPECT_EQ(taken("owner@prairie.example"), 1);

    write_file(folder / ".deckle/artifacts/e/1/whole.pdf", "%PDF-1");
    auto const f = claimed({"bob@prairie.example"}, "2026-11");
    fs::remove(folder / ".deckle/artifacts/e/1/whole.pdf");
    work();
    EXPECT_EQ(only(f).state, failed);
    EXPECT_EQ(taken("bob@prairie.example"), 0);
}

TEST_F(Deliver, AChannelThatIsGoneIsSaid) {
    auto const e = claimed({"ann@prairie.example"});
    workspace.delivery.channels.erase("mail");
    work();
    EXPECT_EQ(only(e).state, failed);
    EXPECT_THAT(only(e).answer, HasSubstr("[delivery.channels.mail]"));
}

TEST_F(Deliver, WhatIsTooLargeGoesToTheFolderFirstAndTheMailHasItsAddress) {
    workspace.delivery.channels.at("mail").max_attachment = 5;
    auto refused = product();
    store::Edition unsent;
    unsent.period = "2026-10";
    unsent.subject = "pack:monthly";
    unsent.to = R"(["ann@prairie.example"])";
    EXPECT_THAT(cannot_leave(office, schedule(), unsent, refused).value_or(""), HasSubstr("6 bytes, more than the 5"));
    workspace.delivery.link = "https://files.prairie.example/";
    EXPECT_EQ(cannot_leave(office, schedule(), unsent, refused), std::nullopt);

    auto const e = claimed({"ann@prairie.example"});
    ASSERT_EQ(deliveries(e).size(), 2U);
    server.outcome = Outcome::later;
    time_passes();
    EXPECT_TRUE(work_one(office)); // the folder is not there yet
    EXPECT_TRUE(work_one(office)); // so the mail waits
    EXPECT_EQ(server.messages.size(), 1U);
    server.outcome = Outcome::accepted;
    work();
    ASSERT_EQ(server.messages.size(), 3U);
    EXPECT_EQ(server.messages[1].attachments.size(), 1U);
    EXPECT_TRUE(server.messages[2].attachments.empty());
    EXPECT_THAT(server.messages[2].html, HasSubstr("https://files.prairie.example/Prairie_monthly-pack_2026-10.pdf"));
    EXPECT_EQ(state(e), store::EditionState::done);
}

TEST_F(Deliver, AnEditionToNobodyIsDone) {
    auto const e = claimed({});
    EXPECT_TRUE(deliveries(e).empty());
    EXPECT_EQ(state(e), store::EditionState::done);
}

TEST_F(Deliver, CopiesGoToTheirFolder) {
    schedule().copies = {"archive", "old"};
    auto const e = claimed({"ann@prairie.example"});
    work();
    EXPECT_EQ(deliveries(e).size(), 3U);
    EXPECT_EQ(server.messages.size(), 3U);
    EXPECT_EQ(state(e), store::EditionState::done);
    schedule().copies = {"archiv"};
    EXPECT_THAT(cannot_leave(office, schedule(), e, product()).value_or(""), HasSubstr("did you mean 'archive'?"));
}

TEST_F(Deliver, AJobWhoseWorkersAllDiedLeavesNothingPending) {
    auto const e = claimed({"ann@prairie.example"});
    store::Queue queue(database);
    auto const jobs = queue.claim("worker", {"deliver"}, 1, std::chrono::seconds(30));
    using namespace Poco::Data::Keywords;
    database.sql("UPDATE jobs SET lease_until = 0"), now;
    auto const dead = queue.reap(1, std::chrono::hours(1));
    ASSERT_EQ(dead.size(), 1U);
    fail_deliver(office, dead[0], "its worker has not been heard of");
    EXPECT_EQ(only(e).state, failed);
    EXPECT_EQ(jobs.size(), 1U);
}

TEST_F(Deliver, TheDateIsThatOfTheTryAndTheMessageIdThatOfTheClaim) {
    auto const e = claimed({"ann@prairie.example"});
    auto const begin = clock.at;
    server.outcome = Outcome::later;
    time_passes();
    ASSERT_TRUE(work_one(office));
    clock.at += std::chrono::hours(26);
    server.outcome = Outcome::unknown;
    time_passes();
    ASSERT_TRUE(work_one(office));
    auto const d = only(e);
    ASSERT_EQ(d.state, unknown);
    clock.at += std::chrono::hours(1);
    database.transact([&] {
        store::Deliveries(database).resolve(d.id, pending, "Dana", "asked her", clock.at);
        store::Queue queue(database);
        enqueue_delivery(queue, d.id);
    });
    server.outcome = Outcome::accepted;
    work();
    std::vector<delivery::Message> tries;
    std::ranges::copy_if(server.messages, std::back_inserter(tries), [](auto const& m) { return m.notice.empty(); });
    ASSERT_EQ(tries.size(), 3U);
    EXPECT_EQ(tries[0].date, begin);
    EXPECT_EQ(tries[1].date, begin + std::chrono::hours(26));
    EXPECT_EQ(tries[2].date, begin + std::chrono::hours(27));
    for (auto const& m : tries) EXPECT_EQ(m.id, d.message_id);
}

TEST_F(Deliver, ANoticeSaysWhatItIsOf) {
    struct {
        char const *subject, *key, *notice, *schedule, *period;
    } const cases[] = {
        {"notice", "held/month-end/2026-10@2026-10-20/0123456789abcdef", "held", "month-end", "2026-10@2026-10-20"},
        {"notice", "failed/reminders/2026-Q4/0123456789abcdef", "failed", "reminders", "2026-Q4"},
        {"notice", "failed/reminders/2026-11-04", "failed", "", ""},
        {"notice", "failed/restate/month-end/2026-11-04", "failed", "month-end", ""},
        {"notice", "missed/month-end/2026-11-04T13:00:00Z", "missed", "month-end", ""},
        {"notice", "never/month-end/0123456789abcdef", "never", "month-end", ""},
        {"notice", "configuration/2026-11-04/0123456789abcdef", "configuration", "", ""},
        {"notice", "restated/abcd2345/0123456789abcdef", "restated", "", ""},
        {"reminder", "2026-11-04", "reminder", "", ""},
    };
    for (auto const& wanted : cases) {
        store::Delivery d;
        d.subject = wanted.subject;
        d.period = wanted.key;
        d.channel = "archive";
        d.content = R"({"subject":"s","html":"","text":"t"})";
        d.message_id = "a@prairie.example";
        auto const m = message_of(workspace, d, clock.at);
        delivery::check_message(m);
        std::map<std::string, std::string> headers(m.headers.begin(), m.headers.end());
        EXPECT_EQ(m.notice, wanted.notice) << wanted.key;
        EXPECT_EQ(m.to, "");
        EXPECT_EQ(headers["X-Deckle-Schedule"], wanted.schedule) << wanted.key;
        EXPECT_EQ(headers["X-Deckle-Period"], wanted.period) << wanted.key;
    }
}

} // namespace
} // namespace deckle::service
