/// A daemon's parts in one thread, on a clock that the test sets: the real store, scheduler, jobs and transports. What
/// presses is the test's own, so that it can fail, and be slow.
#pragma once
#include "data/workspace.hpp"
#include "delivery/sending.hpp"
#include "made.hpp"
#include "service/jobs.hpp"
#include "service/scheduler.hpp"
#include "store/deliveries.hpp"
#include "store/editions.hpp"
#include "support/smtp_server.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <thread>

namespace deckle::pains {

using store::DeliveryState;
using store::EditionState;

class SetClock final : public Clock {
public:
    explicit SetClock(char const* text) : now_(at(text)) {}
    [[nodiscard]] Instant now() const override { return now_; }
    void set(char const* text) { now_ = at(text); }

private:
    Instant now_;
};

/// Gives what `make` gives.
class TestPress final : public service::Press {
public:
    using Make = std::function<delivery::Product(store::Edition const&, data::Schedule const&)>;
    explicit TestPress(Make make) : make_(std::move(make)) {}
    delivery::Product make(store::Edition const& edition, data::Schedule const& schedule, std::int64_t) override {
        ++made_count;
        return make_(edition, schedule);
    }
    delivery::Product made(store::Edition const& edition) override { return make_(edition, {}); }
    int made_count = 0;

private:
    Make make_;
};

inline data::Catalogue const& catalogue() {
    static auto const all = data::load_catalogue(fs::path(DECKLE_SOURCE_DIR) / "core/data/catalogue");
    return all;
}

/// The tiny workspace with mail to an SMTP server on this machine, and `more`.
inline data::Workspace mailing_workspace(fs::path const& root, std::uint16_t port, std::string const& more) {
    tests::write_tiny_workspace(root);
    write_file(root / "deckle.toml", read_file(root / "deckle.toml") + R"(
[delivery]
from = "Tiny Reports <reports@tiny.example>"
allow = ["tiny.example"]
owner = ["owner@tiny.example"]
[delivery.channels.mail]
kind = "smtp"
host = "127.0.0.1"
security = "none"
port = )" + std::to_string(port) + "\n" + more);
    return data::load_workspace(root, catalogue());
}

class Daemon {
public:
    Daemon(data::Workspace const& workspace, TestPress& press, Clock const& clock)
        : database_(store::Place(workspace.root / ".deckle/store.db")), log_(lines_, clock, "test"),
          press_(press), office_{.workspace = workspace,
                                 .catalogue = catalogue(),
                                 .templates = fs::path(DECKLE_SOURCE_DIR) / "report-templates",
                                 .database = database_,
                                 .clock = clock,
                                 .log = log_,
                                 .open_transport =
                                     [](data::Channel const& channel) { return tests::open_transport(channel); },
                                 .retry_after = std::chrono::milliseconds(1),
                                 .recheck = std::chrono::hours(1)} {
        database_.commit_to_disk(); // as the service does
    }

    void tick() { (void)service::tick(office_); }
    /// One job of any lane; false when none is due.
    bool work_one() {
        store::Queue queue(database_);
        auto const jobs = queue.claim("test", {service::make_lane, service::deliver_lane}, 1, std::chrono::minutes(5));
        if (jobs.empty()) return false;
        try {
            service::run_job(office_, press_, jobs[0]);
        } catch (Error const& e) {
            service::fail_job(office_, jobs[0], e.what());
        }
        return true;
    }
    /// Until nothing has been due for a while: what failed is tried again after milliseconds.
    void work() {
        for (int idle = 0; idle < 12;) {
            if (work_one()) {
                idle = 0;
                continue;
            }
            ++idle;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }

    [[nodiscard]] store::Database& database() { return database_; }
    [[nodiscard]] service::Office& office() { return office_; }
    [[nodiscard]] std::vector<store::Edition> editions() { return store::Editions(database_).list({}); }
    /// The reports; notices are left out.
    [[nodiscard]] std::vector<store::Delivery> deliveries() { return store::Deliveries(database_).list({}); }
    /// Notices alone, to whom ever.
    [[nodiscard]] std::vector<store::Delivery> notices() {
        auto all = store::Deliveries(database_).list({.notices = true});
        std::erase_if(all, [](store::Delivery const& d) { return !d.schedule.empty(); });
        return all;
    }
    [[nodiscard]] std::string log() const { return lines_.str(); }

private:
    store::Database database_;
    std::ostringstream lines_;
    service::Log log_;
    TestPress& press_;
    service::Office office_;
};

/// How often the server took a report over for each recipient.
inline std::map<std::string, int> reports_taken(tests::SmtpServer const& server) {
    std::map<std::string, int> counts;
    for (auto const& accepted : server.accepted())
        for (auto const& to : accepted.at("to"))
            if (to != "owner@tiny.example") ++counts[to.get<std::string>()]; // who gets notices alone
    return counts;
}

/// A test with a server, a workspace and reports that are made once.
class MailPain : public testing::Test {
protected:
    MailPain() : server((fs::create_directories(folder.root / "smtp"), folder.root / "smtp")) {}

    void schedule(std::string const& text) {
        fs::create_directories(folder.root / "w");
        product = made_cash_flow(folder.root / "w");
        workspace = mailing_workspace(folder.root / "w", server.port(), text);
    }
    /// A daemon that has seen the schedules, and one more moment later when they fire.
    std::unique_ptr<Daemon> daemon() { return std::make_unique<Daemon>(workspace, press, clock); }

    tests::TestFolder folder;
    tests::SmtpServer server;
    data::Workspace workspace;
    delivery::Product product;
    SetClock clock{"2026-11-03T12:00:00Z"};
    TestPress press{[this](auto const&, auto const&) { return product; }};
};

/// Fires on November 4, 2026, 07:00 in Chicago.
inline std::string const month_end = R"(
[schedules.month-end]
report = "cash-flow"
when = "3rd business day after month end 07:00"
)";

} // namespace deckle::pains
