#include "data/secrets.hpp"
#include "data/workspace.hpp"
#include "scratch.hpp"
#include <gmock/gmock.h>

using namespace deckle;
using namespace deckle::data;
using testing::HasSubstr;

namespace {

StoreSettings settings_of(std::string const& toml) {
    return parse_workspace("[company]\nname = \"T\"\n" + toml, "/nowhere", small_catalogue()).store;
}

std::string problem_of(std::string const& toml) {
    return error_of([&] { (void)settings_of(toml); });
}

} // namespace

TEST(StoreSettings, SqliteUnlessPostgresqlIsNamed) {
    EXPECT_EQ(settings_of("").postgresql, "");
    auto const store =
        settings_of("[store]\npostgresql = \"host=db.example dbname=deckle\"\npassword = { env = \"SECRET\" }\n");
    EXPECT_EQ(store.postgresql, "host=db.example dbname=deckle");
    EXPECT_EQ(store.password.value().secret_env, "SECRET");
    EXPECT_FALSE(settings_of("[store]\npostgresql = \"host=/run/postgresql\"\n").password);
}

TEST(StoreSettings, NoPasswordInPlainText) {
    EXPECT_THAT(problem_of("[store]\npostgresql = \"host=db.example password=geheim\"\n"),
                testing::AllOf(HasSubstr("deckle.toml:4:"), HasSubstr("must not hold the password"),
                               testing::Not(HasSubstr("geheim"))));
    EXPECT_THAT(problem_of("[store]\npostgresql = \"host=db.example\"\npassword = \"geheim\"\n"),
                HasSubstr("is a secret"));
    EXPECT_THAT(problem_of("[store]\npostgresql = \"postgresql://deckle:geheim@db.example/deckle\"\n"),
                testing::AllOf(HasSubstr("written in words"), testing::Not(HasSubstr("geheim"))));
    EXPECT_THAT(problem_of("[store]\npassword = { env = \"X\" }\n"), HasSubstr("postgresql"));
}

TEST(Secrets, EachPlaceOfOneIsNamed) {
    auto const places = secret_places(R"([store]
postgresql = "host=db.example"
password = { env = "SECRET" }
[datasets.invoices]
connection = "books"
file = "invoices.csv"
[delivery.channels.hook]
secret = { file = "keys/hook.key" }
)");
    ASSERT_EQ(places.size(), 2U);
    EXPECT_EQ(places[0].key, "delivery.channels.hook.secret");
    EXPECT_EQ(places[0].file, "keys/hook.key");
    EXPECT_EQ(places[1].key, "store.password");
    EXPECT_EQ(places[1].env, "SECRET");
}
