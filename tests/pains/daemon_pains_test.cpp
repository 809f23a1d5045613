// What hurts elsewhere when a scheduler starts, stops and gets stuck.
#include "daemon.hpp"
#include "plugin_host/plugin_host.hpp"
#include "service/opening.hpp"
#include <sys/wait.h>

namespace deckle::pains {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

std::string const to_ann = "to = \"ann@tiny.example\"\n";

/// Period -> state.
std::map<std::string, EditionState> editions(Daemon& daemon) {
    std::map<std::string, EditionState> all;
    for (auto const& e : daemon.editions()) all[e.period] = e.state;
    return all;
}

using DaemonPain = MailPain;

TEST_F(DaemonPain, Pain04_StartingAgainNeitherReplaysNorDoublesWhatIsOverdue) {
    schedule(month_end + to_ann);
    auto d = daemon();
    d->tick();
    d.reset();
    clock.set("2027-02-20T13:00:00Z"); // down for more than three months: four were due
    for (int start = 0; start < 3; ++start) {
        d = daemon();
        d->tick();
        d->work();
        d.reset();
    }
    d = daemon();
    EXPECT_EQ(press.made_count, 1);
    EXPECT_THAT(reports_taken(server), ElementsAre(Pair("ann@tiny.example", 1)));
    EXPECT_THAT(editions(*d),
                ElementsAre(Pair("2026-10", EditionState::skipped), Pair("2026-11", EditionState::skipped),
                            Pair("2026-12", EditionState::skipped), Pair("2027-01", EditionState::done)));
}

TEST_F(DaemonPain, Pain05_WhatWasMissedWhileDownComesAndIsNotSkippedSilently) {
    schedule(month_end + to_ann +
             "[schedules.skips]\nreport = \"cash-flow\"\ncatch_up = \"skip\"\n"
             "when = \"3rd business day after month end 07:00\"\n" +
             to_ann);
    auto d = daemon();
    d->tick();
    d.reset();
    clock.set("2026-11-20T13:00:00Z"); // down on November 4
    d = daemon();
    d->tick();
    d->work();
    EXPECT_THAT(reports_taken(server), ElementsAre(Pair("ann@tiny.example", 1)));
    auto const all = d->editions();
    ASSERT_EQ(all.size(), 2u);
    for (auto const& e : all) {
        EXPECT_EQ(e.period, "2026-10");
        if (e.schedule == "month-end") {
            EXPECT_EQ(e.trigger, "catch-up");
        }
        if (e.schedule != "skips") continue;
        EXPECT_EQ(e.state, EditionState::skipped); // as it was configured, and it stands in the list with its reason
        EXPECT_NE(e.reason, "");
    }
}

TEST_F(DaemonPain, Pain09_AStuckRunBlocksNoLaterOne) {
    schedule(month_end + to_ann +
             "[schedules.weekly]\nreport = \"cash-flow\"\nperiod = \"this month\"\n"
             "when = \"wednesday 07:00\"\nto = \"bob@tiny.example\"\n");
    auto d = daemon();
    d->tick();
    clock.set("2026-11-04T13:00:00Z");
    d->tick();
    store::Queue queue(d->database());
    auto const stuck = queue.claim("gone", {service::make_lane}, 1, std::chrono::milliseconds(50));
    ASSERT_EQ(stuck.size(), 1u); // its worker never comes back
    d->work();
    EXPECT_EQ(reports_taken(server).size(), 1u); // the other went out meanwhile
    std::vector<store::Job> back;
    for (int i = 0; i < 200 && back.empty(); ++i) {
        back = queue.reap(5, std::chrono::hours(1));
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ASSERT_EQ(back.size(), 1u);
    EXPECT_EQ(back[0].key, stuck[0].key);
    d->work();
    EXPECT_THAT(reports_taken(server), ElementsAre(Pair("ann@tiny.example", 1), Pair("bob@tiny.example", 1)));
    EXPECT_FALSE(queue.complete(stuck[0])); // the one that was stuck may say nothing any more
}

/// Pages of this process that are in memory.
std::int64_t resident_pages() {
    std::istringstream words(read_file("/proc/self/statm"));
    std::int64_t all = 0, resident = 0;
    words >> all >> resident;
    return resident;
}

TEST(ProcessPain, Pain11_NeitherMemoryNorProcessesPileUp) {
    fs::path const bin = fs::path(DECKLE_BINARY_DIR) / "bin";
    plugin_host::Options options;
    options.runner = bin / "deckle-runner";
    options.built_in = {fs::path(DECKLE_BINARY_DIR) / "plugins"};
    plugin_host::PluginHost const host(options);
    auto const open_and_close = [&](int times) {
        for (int i = 0; i < times; ++i) {
            auto const session = host.open("cash-flow");
            ASSERT_THAT(session.descriptor(), HasSubstr("cash-flow"));
        }
    };
    open_and_close(10);
    auto const before = resident_pages();
    open_and_close(60);
    EXPECT_LT(resident_pages() - before, 256) << "pages of 4 KB";
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1); // no child is left, living or dead
    EXPECT_EQ(errno, ECHILD);
}

} // namespace
} // namespace deckle::pains
