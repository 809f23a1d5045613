/// One delivery, from its claim to what came of it, with a way out that fails at each point and a worker that ends at
/// each point. What counts is what left, as the other side counts it.
#pragma once
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

} // namespace deckle::service
