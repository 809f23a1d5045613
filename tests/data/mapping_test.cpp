#include "scratch.hpp"
#include <chrono>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>

namespace deckle::data {
namespace {

using Lines = std::vector<std::string>;

class Mapping : public testing::Test {
protected:
    Lines load(std::string_view text, std::string const& binding, std::vector<std::string> const& columns) {
        dataset = load_csv(scratch, text, binding, columns);
        return lines(dataset.table);
    }
    Lines json(std::string_view text, std::string const& binding, std::vector<std::string> const& columns) {
        scratch.write("x.json", text);
        dataset = load_invoices(scratch, "connector = \"json\"", "file = \"x.json\"\n" + binding, columns, diagnostics);
        return lines(dataset.table);
    }
    std::string error(std::string_view text, std::string const& binding,
                      std::vector<std::string> const& columns = {"id", "total"}) {
        return error_of([&] { load(text, binding, columns); });
    }
    Scratch scratch;
    Dataset dataset;
    Diagnostics diagnostics;
};

TEST_F(Mapping, every_type) {
    EXPECT_EQ(load("Id,Due Date,Total,Status,Count,Hours,Seen,Active\n"
                   "a,1/5/2026,\"$1,234.5\",Break-Fix,3.0,1.255,7/1/2026 12:00,Yes\n"
                   " b ,,(2),N/A,,,,\n",
                   "dates = \"M/D/YYYY\"\nnulls = [\"n/a\"]",
                   {"id", "due_date", "total", "status", "count", "hours", "seen", "active"}),
              (Lines{"a|2026-01-05|1234.5000|break_fix|3|1.26|2026-07-01T17:00:00Z|true", "b|-|-2.0000|-|-|-|-|-"}));
    auto const& total = *dataset.table.find("total");
    EXPECT_EQ(total.type, Type::money);
    EXPECT_EQ(total.currency, "USD");
    EXPECT_EQ(dataset.source.rows, 2);
    EXPECT_EQ(dataset.source.name, "c");
    EXPECT_EQ(dataset.source.connector, "csv");
    EXPECT_EQ(dataset.source.file, "x.csv");
    EXPECT_EQ(dataset.source.sha256.size(), 64U);
}

TEST_F(Mapping, files_are_as_old_as_the_newest_of_them) {
    scratch.write("a.csv", "id,total\na,1\n");
    scratch.write("b.csv", "id,total\nb,2\n");
    auto set = [&](char const* name, char const* instant) {
        auto const at = parse_instant(instant)->time_since_epoch();
        timespec const both[2] = {{std::chrono::floor<std::chrono::seconds>(at).count(), 0},
                                  {std::chrono::floor<std::chrono::seconds>(at).count(), 0}};
        ASSERT_EQ(::utimensat(AT_FDCWD, (scratch.root / name).c_str(), both, 0), 0);
    };
    set("a.csv", "2026-10-30T08:00:00Z");
    set("b.csv", "2026-10-29T08:00:00Z");
    auto const d = load_invoices(scratch, "connector = \"csv\"", "file = \"*.csv\"", {"id"}, diagnostics);
    EXPECT_EQ(to_iso(d.source.fetched), "2026-10-30T08:00:00Z");
}

TEST_F(Mapping, requested_columns_in_their_order_and_unbound_ones_are_null) {
    EXPECT_EQ(load("id,total,count\na,1,2\n", "columns.count = \"\"", {"count", "hours", "id"}), Lines{"-|-|a"});
    EXPECT_EQ(dataset.bound, Lines{"id"});
    load("id,total\na,1\n", "", {});
    EXPECT_EQ(dataset.table.columns.size(), 9U);
    EXPECT_EQ(dataset.bound, (Lines{"id", "total"}));
}

TEST_F(Mapping, currency_column_goes_with_its_money) {
    EXPECT_EQ(load("id,total,currency\na,1,eur\nb,2,\n", "", {"id", "total"}), (Lines{"a|1.0000|EUR", "b|2.0000|USD"}));
    EXPECT_EQ(dataset.table.find("total")->currency, "currency");
    EXPECT_NE(error("id,total,currency\na,1,Euro\n", "").find("currency 'Euro' is no ISO 4217 currency code"),
              std::string::npos);
}

TEST_F(Mapping, constants_defaults_fallbacks_differences_and_signs) {
    EXPECT_EQ(load("no,debit,credit,memo,text,n\n1,5.00,,,x,2\n2,,7.25,m,y,\n3,,,,,1\n",
                   R"(columns.id = { column = ["memo", "text", "no"] }
columns.total = { plus = "credit", minus = "debit", negate = true }
columns.currency = { value = "CAD" }
columns.count = { column = "n", default = "9", negate = true }
on_bad_row = "report")",
                   {"id", "total", "currency", "count"}),
              (Lines{"x|5.0000|CAD|-2", "m|-7.2500|CAD|-9"}));
    ASSERT_EQ(dataset.bad.size(), 1U);
    EXPECT_EQ(dataset.bad[0].column, "total");
    EXPECT_EQ(dataset.bad[0].reason, "is required, but empty");
    EXPECT_EQ(load("id,total\na,1\n", "negate = [\"total\"]", {"total"}), Lines{"-1.0000"});
}

TEST_F(Mapping, value_maps) {
    EXPECT_EQ(
        load(
            "id,total,state\na,1,Paid in full\nb,1, UNPAID \nc,1,Open\nd,1,?\n",
            R"(columns.status = { column = "state", values = { "paid in full" = "paid", "Unpaid" = "open", "?" = "" } })",
            {"id", "status"}),
        (Lines{"a|paid", "b|open", "c|open", "d|-"}));
    EXPECT_EQ(load("id,total,status\na,1,weird\n", "values = { status = { \"*\" = \"open\" } }", {"status"}),
              Lines{"open"});
    std::string const message = error("id,total,status\na,1,weird\n", "", {"status"});
    EXPECT_NE(message.find("status 'weird' is none of open, paid, break_fix; say what it means in values.status"),
              std::string::npos)
        << message;
}

TEST_F(Mapping, only_and_except_count_what_they_leave_out) {
    std::string const text = "id,total,Type\na,1,Invoice\nb,x,Credit\nc,3, invoice \nd,4,Void\n";
    EXPECT_EQ(load(text, "only = { Type = [\"Invoice\"] }", {"id"}), (Lines{"a", "c"}));
    EXPECT_EQ(dataset.source.filtered, 2);
    EXPECT_EQ(dataset.source.rows, 2);
    EXPECT_EQ(load(text, "except = { Type = [\"credit\", \"void\"] }", {"id"}), (Lines{"a", "c"}));
    EXPECT_NE(error(text, "only = { Typ = \"Invoice\" }").find("has no such column; did you mean 'Type'?"),
              std::string::npos);
}

TEST_F(Mapping, bad_rows_fail_with_all_of_them_named) {
    std::string text = "id,total,due_date\n";
    for (int i = 0; i < 30; ++i) text += "r" + std::to_string(i) + ",1x,2026-02-30\n";
    std::string const message = error(text, "", {"id", "total", "due_date"});
    EXPECT_NE(message.find("dataset invoices: 30 of 30 rows are bad\n  x.csv:2: total '1x' is not a number\n"
                           "  x.csv:2: due_date '2026-02-30' is not a date such as"),
              std::string::npos)
        << message;
    EXPECT_NE(message.find("and 40 more"), std::string::npos);
    EXPECT_NE(message.find("set on_bad_row = \"report\""), std::string::npos);
    EXPECT_NE(error(text, "on_bad_row = \"report\"\nmax_bad_rows = 29").find("more than max_bad_rows = 29"),
              std::string::npos);
    EXPECT_EQ(load(text, "on_bad_row = \"report\"\nmax_bad_rows = 30", {"id"}), Lines{});
    EXPECT_EQ(dataset.source.rejected, 30);
    EXPECT_EQ(dataset.source.rows, 30);
}

TEST_F(Mapping, rejected_rows_leave_no_trace_in_the_table) {
    EXPECT_EQ(load("id,total,active,status\na,1,y,open\nb,x,n,paid\nc,3,n,\nd,4,q,\n", "on_bad_row = \"report\"",
                   {"id", "total", "active", "status"}),
              (Lines{"a|1.0000|true|open", "c|3.0000|false|-"}));
}

TEST_F(Mapping, duplicates_by_key) {
    load("id,total\na,1\nb,2\na,3\n", "on_bad_row = \"report\"", {"total"});
    EXPECT_EQ(lines(dataset.table), (Lines{"1.0000", "2.0000"}));
    ASSERT_EQ(dataset.bad.size(), 1U);
    EXPECT_EQ(dataset.bad[0].row, 4);
    EXPECT_EQ(dataset.bad[0].text, "a");
    EXPECT_EQ(dataset.bad[0].reason, "is there already, in row 2");
}

TEST_F(Mapping, missing_columns_name_file_and_nearest) {
    std::string const message = error("Invoice No,Amount\na,1\n", "columns = { total = \"Amuont\" }");
    EXPECT_NE(message.find("column total is taken from 'Amuont', but x.csv has no such column; did you mean 'Amount'?"),
              std::string::npos)
        << message;
    EXPECT_NE(message.find("column id is required and has no source in x.csv"), std::string::npos) << message;
}

TEST_F(Mapping, numbers_at_their_limits) {
    EXPECT_EQ(
        load("id,total,count\na,1234567890123456789012345678901234.5678,9223372036854775807\n", "", {"total", "count"}),
        Lines{"1234567890123456789012345678901234.5678|9223372036854775807"});
    std::string const message = error(
        "id,total,count\na,12345678901234567890123456789012345,9223372036854775808\nb,1,1.5\n", "", {"total", "count"});
    for (char const* part : {"has more than 38 digits", "is too large", "is not a whole number"})
        EXPECT_NE(message.find(part), std::string::npos) << message;
}

TEST_F(Mapping, rounding_is_told) {
    scratch.write("x.csv", "id,total,hours\na,1.00000,1.005\nb,1,2.3333\n");
    auto const d = load_invoices(scratch, "connector = \"csv\"", "file = \"x.csv\"", {"total", "hours"}, diagnostics);
    EXPECT_EQ(lines(d.table), (Lines{"1.0000|1.01", "1.0000|2.33"}));
    ASSERT_EQ(diagnostics.items().size(), 1U);
    EXPECT_EQ(diagnostics.items()[0].message,
              "dataset invoices, column hours: 2 values had more than 2 places and were rounded half up");
}

TEST_F(Mapping, json_columns_may_be_absent_where_they_are_null) {
    EXPECT_EQ(json("[]", "columns = { id = \"Id\", total = \"Total\", hours = \"H\" }", {"id", "hours"}), Lines{});
    EXPECT_TRUE(diagnostics.empty());
    EXPECT_EQ(
        json(R"([{"Id": "a", "Total": 1.5}])", "columns = { id = \"Id\", hours = \"H\" }", {"id", "hours", "total"}),
        Lines{"a|-|1.5000"});
    EXPECT_TRUE(diagnostics.has("column-not-seen"));
    EXPECT_NE(error_of([&] {
                  json(R"([{"Id": "a"}])", "columns = { id = \"Id\" }", {"id"});
              }).find("column total is required and has no source"),
              std::string::npos);
}

TEST_F(Mapping, bad_text_is_shown_short_and_as_utf8) {
    load("id,total\na," + std::string(79, 'x') + "\xc3\xa9tail\nb,1\n", "on_bad_row = \"report\"", {"id"});
    EXPECT_EQ(dataset.bad.at(0).text, std::string(79, 'x'));
    load("id,total\ncaf\xe9,1\n", "on_bad_row = \"report\"", {"id"});
    EXPECT_EQ(dataset.bad.at(0).text, "caf\xef\xbf\xbd | 1");
}

TEST_F(Mapping, accounts_get_their_statement_lines) {
    Catalogue catalogue;
    catalogue.add(parse_definition(R"(name = "accounts"
meaning = "m"
columns = [ { name = "number", type = "text", meaning = "m", key = true, required = true },
  { name = "type", type = "text", meaning = "m" }, { name = "line", type = "text", meaning = "m" } ])",
                                   "accounts.toml"));
    scratch.write("a.csv", "number,type,line\n1000,bank,\n4000,income,special\n9999,odd,\n");
    scratch.write("deckle.toml", "[company]\nname = \"T\"\n[connections.c]\nconnector = \"csv\"\n"
                                 "[datasets.accounts]\nconnection = \"c\"\nfile = \"a.csv\"\n");
    scratch.write("accounts.toml", "[lines]\ncash = \"1000-1999\"\n[types]\nincome = \"revenue\"\n");
    auto const workspace = load_workspace(scratch.root, catalogue);
    auto const d = load_dataset(workspace, catalogue, {"accounts", 1, true, {{"line", true}, {"number", true}}},
                                fetched, diagnostics);
    EXPECT_EQ(lines(d.table), (Lines{"cash|1000", "special|4000", "-|9999"}));
    EXPECT_EQ(d.bound, (Lines{"line", "number"}));
}

TEST_F(Mapping, a_set_leaves_out_unbound_optional_datasets_and_gathers_errors) {
    auto catalogue = small_catalogue();
    catalogue.add(parse_definition(
        "name = \"bills\"\nmeaning = \"m\"\ncolumns = [{ name = \"id\", type = \"text\", meaning = \"m\", "
        "required = true }]",
        "bills.toml"));
    scratch.write("x.csv", "id,total\na,x\n");
    scratch.write("b.csv", "no\na\n");
    auto const workspace = parse_workspace("[company]\nname = \"T\"\n[connections.c]\nconnector = \"csv\"\n"
                                           "[datasets.invoices]\nconnection = \"c\"\nfile = \"x.csv\"\n"
                                           "[datasets.bills]\nconnection = \"c\"\nfile = \"b.csv\"\n",
                                           scratch.root, catalogue);
    std::string const message = error_of([&] {
        (void)data::load(workspace, catalogue, {{"invoices", 1, true, {}}, {"bills", 1, false, {}}}, fetched,
                         diagnostics);
    });
    EXPECT_NE(message.find("total 'x' is not a number"), std::string::npos) << message;
    EXPECT_NE(message.find("dataset bills: column id is required"), std::string::npos) << message;
    auto const empty = parse_workspace("[company]\nname = \"T\"", scratch.root, catalogue);
    EXPECT_TRUE(data::load(empty, catalogue, {{"invoices", 1, false, {}}}, fetched, diagnostics).datasets.empty());
    EXPECT_NE(error_of([&] {
                  (void)data::load(empty, catalogue, {{"invoices", 1, true, {}}}, fetched, diagnostics);
              }).find("dataset invoices is not bound; add [datasets.invoices]"),
              std::string::npos);
    EXPECT_NE(error_of([&] {
                  (void)data::load(empty, catalogue, {{"invoices", 2, true, {}}}, fetched, diagnostics);
              }).find("version 2 is asked for"),
              std::string::npos);
}

TEST_F(Mapping, a_hundred_thousand_rows_cost_no_more_each_than_a_tenth_of_them) {
    auto clocks = [&](int rows) { // processor time, so that other programs do not count
        std::string text = "id,due_date,total,status,count,hours,currency,memo\n";
        for (int i = 0; i < rows; ++i)
            text += "INV-" + std::to_string(i) + ",10/31/2026,\"1,234." + std::to_string(10 + i % 90) + "\",open," +
                    std::to_string(i) + ",1.25,USD,\"some text, of no use\"\n";
        scratch.write("x.csv", text);
        auto const start = std::clock();
        auto const d = load_invoices(scratch, "connector = \"csv\"\ndates = \"M/D/YYYY\"", "file = \"x.csv\"",
                                     {"id", "due_date", "total", "status", "count", "hours", "currency"}, diagnostics);
        auto const took = static_cast<double>(std::clock() - start);
        EXPECT_EQ(d.table.rows, rows);
        EXPECT_EQ(cell_text(*d.table.find("total"), 9'999), "1234.1900");
        return took;
    };
    double const few = clocks(10'000);
    EXPECT_LT(clocks(100'000), 10 * few * 5);
}

} // namespace
} // namespace deckle::data
