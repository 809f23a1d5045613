#include "data/snapshot.hpp"
#include "scratch.hpp"

namespace deckle::data {
namespace {

Table sample(int rows) {
    TableBuilder builder({{"t", Type::text},
                          {"i", Type::integer},
                          {"d", Type::decimal, 2},
                          {"m", Type::money, 4, "t"},
                          {"on", Type::date},
                          {"at", Type::datetime},
                          {"b", Type::boolean}});
    for (int i = 0; i < rows; ++i) {
        if (i % 3 == 2) {
            for (std::size_t c = 0; c < builder.size(); ++c) builder[c].null();
            continue;
        }
        builder[0].text("row \xc3\xa9 " + std::to_string(i));
        builder[1].integer(-i);
        builder[2].decimal(Decimal::from_units(i, 1));
        builder[3].decimal(Decimal::of("-99999999999999999999999999999999.1234"));
        builder[4].date(Date::of("2026-10-31") + i);
        builder[5].datetime(fetched);
        builder[6].boolean(i % 2 == 0);
    }
    return builder.finish();
}

void expect_equal(Table const& a, Table const& b) {
    ASSERT_EQ(a.rows, b.rows);
    ASSERT_EQ(a.columns.size(), b.columns.size());
    for (std::size_t i = 0; i < a.columns.size(); ++i) {
        EXPECT_EQ(a.columns[i].name, b.columns[i].name);
        EXPECT_EQ(a.columns[i].type, b.columns[i].type);
        EXPECT_EQ(a.columns[i].scale, b.columns[i].scale);
        EXPECT_EQ(a.columns[i].currency, b.columns[i].currency);
        EXPECT_EQ(a.columns[i].null_count, b.columns[i].null_count);
        EXPECT_EQ(a.columns[i].validity, b.columns[i].validity);
        EXPECT_EQ(a.columns[i].offsets, b.columns[i].offsets);
        EXPECT_EQ(a.columns[i].values, b.columns[i].values);
    }
}

TEST(Snapshot, exact_round_trip) {
    for (int rows : {0, 1, 2, 3, 8, 9, 20'000}) {
        auto const table = sample(rows);
        std::string const bytes = write_snapshot(table);
        expect_equal(read_snapshot(bytes), table);
        EXPECT_EQ(write_snapshot(read_snapshot(bytes)), bytes);
    }
    expect_equal(read_snapshot(write_snapshot({})), {});
    EXPECT_LT(write_snapshot(sample(20'000)).size(), 400'000U);
}

TEST(Snapshot, damage_is_an_error_and_never_a_table) {
    std::string const bytes = write_snapshot(sample(50));
    EXPECT_THROW((void)read_snapshot(""), Error);
    EXPECT_THROW((void)read_snapshot("hello"), Error);
    EXPECT_NE(error_of([] { (void)read_snapshot("DKSNAP9\nxxxx"); }).find("version"), std::string::npos);
    for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_THROW((void)read_snapshot(bytes.substr(0, n)), Error) << n;
    EXPECT_THROW((void)read_snapshot(bytes + "x"), Error);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 0x41);
        EXPECT_THROW((void)read_snapshot(changed), Error) << i;
    }
}

// https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
TEST(Snapshot, an_older_one_as_todays_request_wants_it) {
    auto const definition = parse_definition(R"(name = "x"
version = 1
meaning = "Test"
[[columns]]
name = "t"
type = "text"
meaning = "Currency"
[[columns]]
name = "m"
type = "money"
currency = "t"
meaning = "Amount"
[[columns]]
name = "i"
type = "integer"
meaning = "Count"
[[columns]]
name = "later"
type = "date"
meaning = "Not there then"
[[columns]]
name = "on"
type = "text"
meaning = "A date then"
)",
                                             "x.toml");
    auto const ask = [&](std::vector<ColumnRequest> columns) {
        return as_requested(sample(3), {"x", 1, false, std::move(columns)}, definition);
    };
    auto const table = ask({{"i", true}, {"later", false}, {"m", false}});
    ASSERT_TRUE(table);
    ASSERT_EQ(table->rows, 3);
    EXPECT_EQ(table->columns[0].name, "i");
    EXPECT_EQ(table->columns[0].integer(1), -1);
    EXPECT_EQ(table->columns[1].null_count, 3);
    EXPECT_EQ(table->columns[2].name, "m");
    ASSERT_NE(table->find("t"), nullptr); // its currency
    EXPECT_FALSE(ask({{"i", true}, {"later", true}}));
    EXPECT_FALSE(ask({{"on", false}}));
    EXPECT_FALSE(ask({{"unknown", false}}));
}

TEST(Snapshot, sha256) {
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

} // namespace
} // namespace deckle::data
