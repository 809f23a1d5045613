// A process that saves a draft is killed at random moments, 200 times: what it said was saved is there, and the store
// can be read and written.
#include "drafts/draft_store.hpp"
#include <csignal>
#include <random>
#include <sys/wait.h>

namespace deckle::store {
namespace {

/// Saves one version after the other and says so; never returns.
[[noreturn]] void save_for_ever(std::filesystem::path const& file, std::string const& id, int report, int round) {
    try {
        Database database{file};
        Drafts drafts(database);
        for (int n = 0;; ++n) {
            std::string const text = std::to_string(round) + "." + std::to_string(n) + std::string(3000, 'x');
            int const version =
                drafts.save(id, 1'000'000, {{"Q1", text}, {"Q2", text}}, "save", {"Child", {}, ""}, {"draft"}).version;
            if (::write(report, &version, sizeof version) != sizeof version) break;
        }
    } catch (...) { // NOLINT: the parent sees that nothing came
    }
    ::_exit(1);
}

TEST_F(DraftStore, KilledAtAnyMomentItLosesNothing) {
    std::string const id = create();
    std::minstd_rand random(20261122);
    int newest = 1;
    int reported = 0;
    for (int round = 0; round < 200; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        pid_t const child = ::fork();
        if (child == 0) save_for_ever(file, id, ends[1], round);
        ::close(ends[1]);
        ::usleep(static_cast<useconds_t>(random() % 40'000));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status)); // it was at work
        for (int version = 0; ::read(ends[0], &version, sizeof version) == sizeof version; ++reported) newest = version;
        ::close(ends[0]);
        if (round % 20 != 19) continue;
        Database own{file};
        Drafts fresh(own);
        EXPECT_GE(fresh.find(id).version, newest);
        auto const texts = fresh.texts(id, newest);
        EXPECT_EQ(texts.at("Q1").value, texts.at("Q2").value); // never half a version
        EXPECT_EQ(texts.at("Q1").version, newest);
    }
    EXPECT_GT(reported, 20); // else nothing was tested
    Database own{file};
    Drafts fresh(own);
    auto const log = fresh.log(id);
    ASSERT_EQ(static_cast<int>(log.size()), fresh.find(id).version); // no gap
    for (std::size_t i = 1; i < log.size(); ++i) EXPECT_EQ(log[i].fields.size(), 2U) << log[i].version;
    EXPECT_EQ(fresh.save(id, 1'000'000, {{"Q1", "after"}}, "save", act(), {"draft"}).version,
              static_cast<int>(log.size()) + 1);
}

} // namespace
} // namespace deckle::store
