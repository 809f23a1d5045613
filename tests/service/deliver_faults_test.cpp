// Workers that end, two at one delivery, and people who decide meanwhile.
#include "delivering.hpp"

namespace deckle::service {
namespace {

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

} // namespace
} // namespace deckle::service
