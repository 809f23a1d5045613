#include "base/error.hpp"
#include "data/table_builder.hpp"
#include <gtest/gtest.h>

namespace deckle::data {
namespace {

TEST(Table, holds_every_type_and_nulls) {
    TableBuilder builder({{"t", Type::text},
                          {"i", Type::integer},
                          {"d", Type::decimal, 2},
                          {"m", Type::money, 4, "USD"},
                          {"on", Type::date},
                          {"at", Type::datetime},
                          {"b", Type::boolean}});
    builder[0].text("é");
    builder[1].integer(-7);
    builder[2].decimal(Decimal::of("1.005"));
    builder[3].decimal(Decimal::of("-12345678901234567890.1234"));
    builder[4].date(Date::of("1899-12-31"));
    builder[5].datetime(*parse_instant("2026-10-31T12:00:00.250Z"));
    builder[6].boolean(true);
    for (std::size_t i = 0; i < builder.size(); ++i) builder[i].null();
    Table const table = builder.finish();

    ASSERT_EQ(table.rows, 2);
    std::vector<std::string> texts;
    for (auto const& column : table.columns) {
        texts.push_back(cell_text(column, 0));
        EXPECT_FALSE(column.is_null(0)) << column.name;
        EXPECT_TRUE(column.is_null(1)) << column.name;
        EXPECT_EQ(column.null_count, 1) << column.name;
    }
    EXPECT_EQ(texts, (std::vector<std::string>{"é", "-7", "1.01", "-12345678901234567890.1234", "1899-12-31",
                                               "2026-10-31T12:00:00.250Z", "true"}));
    EXPECT_EQ(table.find("m")->currency, "USD");
    EXPECT_EQ(table.find("none"), nullptr);
}

TEST(Table, no_nulls_means_no_bitmap_and_spare_bits_are_zero) {
    ColumnBuilder builder({"b", Type::boolean});
    for (int i = 0; i < 9; ++i) builder.boolean(true);
    Column column = builder.finish();
    EXPECT_TRUE(column.validity.empty());
    EXPECT_EQ(column.values, (std::vector<std::uint8_t>{0xff, 0x01}));
    for (int i = 0; i < 8; ++i) builder.boolean(true);
    builder.null();
    column = builder.finish();
    EXPECT_EQ(column.validity, (std::vector<std::uint8_t>{0xff, 0x00}));
    EXPECT_EQ(column.null_count, 1);
}

TEST(Table, pop_takes_back_the_last_value_of_every_type) {
    TableBuilder builder({{"t", Type::text}, {"i", Type::integer}, {"b", Type::boolean}});
    auto fill = [&] {
        builder[0].text("a");
        builder[1].integer(1);
        builder[2].boolean(true);
    };
    fill();
    Table const expected = builder.finish();
    fill();
    builder[0].text("more");
    builder[1].null();
    builder[2].boolean(true);
    for (std::size_t i = 0; i < 3; ++i) builder[i].pop();
    Table const table = builder.finish();
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(table.columns[i].values, expected.columns[i].values);
        EXPECT_EQ(table.columns[i].offsets, expected.columns[i].offsets);
        EXPECT_EQ(table.columns[i].validity, expected.columns[i].validity);
        EXPECT_EQ(table.columns[i].null_count, 0);
    }
}

TEST(Table, a_decimal_past_38_digits_is_an_error) {
    ColumnBuilder builder({"m", Type::money, 4, "USD"});
    builder.decimal(Decimal::of("1234567890123456789012345678901234"));
    EXPECT_THROW(builder.decimal(Decimal::of("12345678901234567890123456789012345")), Error);
    EXPECT_EQ(builder.rows(), 1);
}

} // namespace
} // namespace deckle::data
