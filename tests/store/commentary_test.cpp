#include "samples.hpp"
#include "store/commentary.hpp"
#include <gtest/gtest.h>

namespace deckle::store {
namespace {

Commentary of(std::string text, char const* author = "Dana Whitfield", char const* period = "2026-10") {
    return {"cash-flow", period, 0, std::move(text), author, *parse_instant("2026-11-02T15:04:05Z")};
}

TEST(Commentaries, EveryVersionIsKept) {
    Place const place = kind().fresh();
    {
        Database database(place);
        Commentaries store(database);
        EXPECT_FALSE(store.current("cash-flow", "2026-10"));
        EXPECT_EQ(store.write(of("One *customer*")), 1);
        EXPECT_EQ(store.write(of("Two customers", "Renée")), 2);
        EXPECT_EQ(store.write(of("Other month", "Dana", "2026-09")), 1);
    }
    Database database(place);
    Commentaries store(database);
    auto const current = store.current("cash-flow", "2026-10");
    ASSERT_TRUE(current);
    EXPECT_EQ(current->text, "Two customers");
    EXPECT_EQ(current->version, 2);
    EXPECT_EQ(current->author, "Renée");
    EXPECT_EQ(to_iso(current->written), "2026-11-02T15:04:05Z");
    auto const history = store.history("cash-flow", "2026-10");
    ASSERT_EQ(history.size(), 2u);
    EXPECT_EQ(history[0].text, "One *customer*");
    EXPECT_FALSE(store.current("pipeline", "2026-10"));
    auto const all = store.all();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].text, "Two customers");
    EXPECT_EQ(all[1].period, "2026-09");
}

TEST(Commentaries, TheSameTextIsNoNewVersionAndNothingTakesItBack) {
    Database database(kind().fresh());
    Commentaries store(database);
    EXPECT_EQ(store.write(of("")), 0);
    EXPECT_EQ(store.write(of("A")), 1);
    EXPECT_EQ(store.write(of("A", "Someone else")), 1);
    EXPECT_EQ(store.write(of("")), 2);
    EXPECT_FALSE(store.current("cash-flow", "2026-10"));
    EXPECT_TRUE(store.all().empty());
    EXPECT_EQ(store.write(of("A")), 3);
    EXPECT_TRUE(store.current("cash-flow", "2026-10"));
}

} // namespace
} // namespace deckle::store
