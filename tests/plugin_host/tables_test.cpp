#include "plugin_host/host.hpp"
#include <nlohmann/json.hpp>

namespace deckle::plugin_host {
namespace {

using nlohmann::json;

data::Table every_type(std::int64_t rows) {
    data::TableBuilder b({{.name = "id", .type = data::Type::integer},
                          {.name = "name", .type = data::Type::text},
                          {.name = "rate", .type = data::Type::decimal, .scale = 6},
                          {.name = "amount", .type = data::Type::money, .scale = 4, .currency = "unit"},
                          {.name = "day", .type = data::Type::date},
                          {.name = "at", .type = data::Type::datetime},
                          {.name = "open", .type = data::Type::boolean},
                          {.name = "unit", .type = data::Type::text},
                          {.name = "nothing", .type = data::Type::money, .scale = 2, .currency = "EUR"}});
    for (std::int64_t i = 0; i < rows; ++i) {
        b[0].integer(i);
        if (i % 3 == 1)
            b[1].null();
        else
            b[1].text(i % 2 == 0 ? "Käse " + std::to_string(i) : "");
        b[2].decimal(Decimal::from_units(-i, 6));
        b[3].decimal(Decimal::of("12345678901234567890123.4567"));
        b[4].date(Date::of("2026-10-31") + static_cast<int>(i));
        b[5].datetime(Instant(std::chrono::milliseconds(1'793'530'800'123 + i)));
        if (i % 7 == 0)
            b[6].null();
        else
            b[6].boolean(i % 2 == 0);
        b[7].text("CAD");
        b[8].null();
    }
    return b.finish();
}

json cells(std::int64_t rows, std::int64_t batch_rows) {
    Options options = test_options();
    options.batch_rows = batch_rows;
    PluginHost const host(options);
    Tables tables;
    tables.tables["table"] = every_type(rows);
    return json::parse(host.open("rows").generate(request(), tables).model);
}

TEST(TablesToPlugin, every_type_arrives_exactly) {
    json const model = cells(2, 0);
    EXPECT_EQ(model["cells"][0], (json{"0", "Käse 0", "0.000000", "12345678901234567890123.4567", "2026-10-31",
                                       "1793530800123", "null", "CAD", "null"}));
    EXPECT_EQ(model["cells"][1], (json{"1", "null", "-0.000001", "12345678901234567890123.4567", "2026-11-01",
                                       "1793530800124", "false", "CAD", "null"}));
    EXPECT_EQ(model["currency"], "CAD");
}

TEST(TablesToPlugin, cells_equal_the_table_whatever_the_batches) {
    data::Table const table = every_type(1000);
    json const model = cells(1000, 0);
    ASSERT_EQ(model["cells"].size(), 1000U);
    for (std::int64_t row = 0; row < table.rows; row += 37)
        for (std::size_t c : {0U, 1U, 2U, 3U, 4U, 6U})
            EXPECT_EQ(model["cells"][static_cast<std::size_t>(row)][c],
                      table.columns[c].is_null(row) ? "null" : data::cell_text(table.columns[c], row));
    for (std::int64_t batch : {1, 8, 64, 996, 1000, 5000}) EXPECT_EQ(cells(1000, batch), model) << batch;
}

TEST(TablesToPlugin, no_rows) {
    json const model = cells(0, 0);
    EXPECT_TRUE(model["cells"].empty());
}

TEST(TablesToPlugin, batches_have_exact_null_counts) {
    std::vector<std::optional<std::int64_t>> values;
    for (std::int64_t i = 0; i < 1003; ++i) values.push_back(i % 5 == 0 ? std::nullopt : std::optional(i));
    Options options = test_options();
    for (auto const& [batch, batches] : {std::pair{0, 1}, {8, 126}, {1000, 2}}) {
        options.batch_rows = batch;
        Tables tables = integers(values);
        json const sums = json::parse(PluginHost(options).open("plain-c").generate("{}", tables).model);
        EXPECT_EQ(sums, (json{{"rows", 1003}, {"batches", batches}, {"nulls", 201}, {"sum", 502503 - 100500}}));
    }
}

TEST(TablesToPlugin, no_rows_is_no_batch) {
    Tables tables = integers({});
    EXPECT_EQ(PluginHost(test_options()).open("plain-c").generate("{}", tables).model,
              R"({"rows":0,"batches":0,"nulls":0,"sum":0})");
}

TEST(TablesToPlugin, only_nulls) {
    Tables tables = integers({std::nullopt, std::nullopt});
    EXPECT_EQ(PluginHost(test_options()).open("plain-c").generate("{}", tables).model,
              R"({"rows":2,"batches":1,"nulls":2,"sum":0})");
}

TEST(TablesToPlugin, a_large_table_and_a_large_model) {
    json const model = cells(30'000, 4096);
    EXPECT_EQ(model["cells"].size(), 30'000U);
    EXPECT_EQ(model["cells"][29'999][0], "29999");
}

TEST(Job, has_request_outputs_progress_and_log) {
    PluginHost const host(test_options());
    Tables tables = integers({1, 2});
    std::vector<std::string> stages;
    PluginResult const result =
        host.open("rows").generate(request(), tables, {.progress = [&](double fraction, std::string const& stage) {
                                       stages.push_back(std::to_string(fraction).substr(0, 3) + " " + stage);
                                   }});
    EXPECT_THAT(stages, testing::ElementsAre("0.5 half way"));
    ASSERT_EQ(result.outputs.size(), 1U);
    EXPECT_EQ(result.outputs[0].name, "rows.txt");
    EXPECT_EQ(result.outputs[0].media_type, "text/plain");
    EXPECT_EQ(result.outputs[0].bytes, std::string("a\0b", 3));
    ASSERT_EQ(result.log.size(), 1U);
    EXPECT_EQ(result.log[0].text, "2 rows");
    EXPECT_EQ(result.log[0].level, LogLine::Level::info);
    json const model = json::parse(result.model);
    EXPECT_EQ(model["minimum"], "250000.50");
    EXPECT_EQ(model["from"], "2026-10-01");
    EXPECT_EQ(model["period"], "2026-10");
    EXPECT_EQ(model["as_of"], "2026-10-31");
    EXPECT_EQ(model["week_start"], 7);
    EXPECT_EQ(model["bound"], (json{true, true, false, false}));
}

} // namespace
} // namespace deckle::plugin_host
