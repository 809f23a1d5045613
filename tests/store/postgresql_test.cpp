// What only PostgreSQL has: a line that can break, a password, rows that are locked.
#include "base/error.hpp"
#include "postgresql_kind.hpp"
#include "samples.hpp"
#include "store/deliveries.hpp"
#include "store/dialect.hpp"
#include "store/queue.hpp"

namespace deckle::store {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

template <class F>
std::string message_of(F&& f) {
    try {
        f();
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::io);
        return e.what();
    }
    ADD_FAILURE() << "no error";
    return {};
}

TEST(Dialect, PlaceholdersAreNumbered) {
    EXPECT_EQ(for_postgresql("SELECT '?' WHERE a = ? AND b = ?"), "SELECT '?' WHERE a = $1 AND b = $2");
    EXPECT_EQ(for_postgresql("(?1 = '' OR a = ?1) LIMIT ?2"), "($1 = '' OR a = $1) LIMIT $2");
    EXPECT_EQ(for_sqlite("SELECT 1 FOR UPDATE SKIP LOCKED"), "SELECT 1 ");
}

TEST(Postgresql, ADatabaseOfAnotherProgramIsNotTaken) {
    Place const place = kind().fresh();
    kind().run(place, {"CREATE TABLE customers (id INTEGER)"});
    try {
        Database taken(place);
        ADD_FAILURE() << "no error";
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::refused);
        EXPECT_THAT(e.what(), HasSubstr("holds the tables of another program"));
    }
}

TEST(Postgresql, NoErrorHoldsThePassword) {
    Place place = server().place();
    place.password = "wrong-but-secret";
    EXPECT_THAT(
        message_of([&] { Database refused(place); }),
        AllOf(HasSubstr("password authentication failed"), HasSubstr("dbname=deckle"), Not(HasSubstr("wrong-but"))));
    place.postgresql = "host=127.0.0.1 port=1 user=deckle dbname=deckle";
    EXPECT_THAT(message_of([&] { Database nobody(place); }), AllOf(HasSubstr("port=1"), Not(HasSubstr("wrong-but"))));
    place.password = "wrong but secret";
    EXPECT_THROW(Database{place}, Error);
}

TEST(Postgresql, ALostConnectionFailsWhatWasUnderWayAndIsMadeAgain) {
    Database database(kind().fresh());
    Queue queue(database);
    (void)queue.enqueue({.key = "before", .lane = "make"});
    EXPECT_THAT(message_of([&] {
                    database.transact([&] {
                        (void)queue.enqueue({.key = "within", .lane = "make"});
                        server().restart();
                        (void)queue.enqueue({.key = "after", .lane = "make"});
                    });
                }),
                HasSubstr("the connection was lost, and nothing of what was being written is kept"));
    EXPECT_EQ(queue.depth("make"), 1);
    EXPECT_TRUE(queue.enqueue({.key = "within", .lane = "make"}));
    server().restart(); // nothing was under way: nobody notices
    EXPECT_TRUE(queue.enqueue({.key = "after", .lane = "make"}));
    EXPECT_EQ(queue.depth("make"), 3);
}

TEST(Postgresql, AnUnansweredCommitIsAnErrorThatSaysSo) {
    Database database(kind().fresh());
    Queue queue(database);
    EXPECT_THAT(message_of([&] {
                    database.transact([&] {
                        (void)queue.enqueue({.key = "a", .lane = "make"});
                        server().restart();
                    });
                }),
                HasSubstr("whether what was just written is kept is not known"));
    (void)queue.enqueue({.key = "a", .lane = "make"}); // whatever became of it, once more does no harm
    EXPECT_EQ(queue.depth("make"), 1);
}

TEST(Postgresql, WhileItIsDownEveryUseFailsAndAfterwardsNone) {
    Database database(kind().fresh());
    Queue queue(database);
    server().stop();
    (void)message_of([&] { (void)queue.enqueue({.key = "a", .lane = "make"}); });
    (void)message_of([&] { (void)queue.depth("make"); });
    (void)message_of([&] { (void)queue.depth("make"); });
    server().start();
    EXPECT_TRUE(queue.enqueue({.key = "a", .lane = "make"}));
}

TEST(Postgresql, LeasesDoNotWaitForALongTransaction) {
    Place const place = kind().fresh();
    Database one(place), two(place);
    Queue first(one), second(two);
    (void)first.enqueue({.key = "a", .lane = "make"});
    (void)first.enqueue({.key = "b", .lane = "make"});
    one.transact([&] {
        EXPECT_THAT(first.claim("one", {"make"}, 1, 1min), SizeIs(1));
        auto const other = second.claim("two", {"make"}, 2, 1min); // not the one that is not committed
        EXPECT_THAT(other, testing::ElementsAre(testing::Field(&Job::key, "b")));
        EXPECT_TRUE(second.renew(other.at(0), 2min));
    });
}

TEST(Postgresql, CommitsReachTheDiskAlsoAfterANewConnection) {
    Database database(kind().fresh());
    Deliveries deliveries(database);
    server().restart();
    Delivery d;
    d.recipient = "a@b.example";
    EXPECT_TRUE(deliveries.claim(d, at("2026-11-04T12:00:00Z")));
    EXPECT_FALSE(deliveries.claim(d, at("2026-11-04T12:00:00Z")));
}

} // namespace
} // namespace deckle::store
