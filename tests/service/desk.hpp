/// What a test of the service works with: a workspace of its own, a store, a clock that is set.
#pragma once
#include "data/workspace_reader.hpp"
#include "service/office.hpp"
#include "store/deliveries.hpp"
#include "store/editions.hpp"
#include <gtest/gtest.h>
#include <sstream>
#include <unistd.h>

namespace deckle::service {

class SetClock final : public Clock {
public:
    explicit SetClock(char const* at) { set(at); }
    [[nodiscard]] Instant now() const override { return at_; }
    void set(char const* at) { at_ = parse_instant(at).value(); }
    void set(Instant at) { at_ = at; }

private:
    Instant at_;
};

class Desk : public testing::Test {
protected:
    explicit Desk(char const* now = "2026-11-04T13:00:00Z") : clock(now) { (void)store::Deliveries(database); }
    ~Desk() override { std::filesystem::remove_all(folder); }

    /// "[company]" with name and zone stands before it.
    void read(std::string const& toml, std::string const& zone = "America/Chicago") {
        workspace =
            data::parse_workspace("[company]\nname = \"Prairie\"\nzone = \"" + zone + "\"\n" + toml, folder, catalogue);
    }
    /// A second service at the same store.
    [[nodiscard]] Office beside(store::Database& other) {
        return {workspace, catalogue, office.templates, other, clock, log};
    }
    /// An edition in this state.
    store::Edition edition(std::string const& schedule, std::string const& period, store::EditionState state,
                           std::string const& reason = {}, std::string const& part = {}) {
        store::Editions editions(database);
        store::Edition e;
        e.part = part;
        e.schedule = schedule;
        e.period = period;
        e.subject = "pack:monthly";
        e.trigger = "schedule";
        e.due = clock.now();
        auto const id = editions.open(e, clock.now()).value();
        if (state == store::EditionState::queued) return editions.find(id);
        store::EditionStep const step{.to = state, .note = reason, .run = "k3f9a2b1", .attempt = true};
        EXPECT_TRUE(editions.step(id, {store::EditionState::queued}, step, clock.now()));
        return editions.find(id);
    }

    std::filesystem::path const folder =
        std::filesystem::path(testing::TempDir()) /
        (std::string("desk-") + testing::UnitTest::GetInstance()->current_test_info()->name() + "-" +
         std::to_string(::getpid()));
    data::Catalogue catalogue =
        data::load_catalogue(std::filesystem::path(DECKLE_SOURCE_DIR) / "core" / "data" / "catalogue");
    data::Workspace workspace;
    store::Database database{folder / ".deckle" / "store.db"};
    SetClock clock;
    std::ostringstream logged;
    Log log{logged, clock, ""};
    Office office{workspace, catalogue, std::filesystem::path(DECKLE_SOURCE_DIR) / "report-templates",
                  database,  clock,     log};
};

} // namespace deckle::service
