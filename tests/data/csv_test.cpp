#include "scratch.hpp"

namespace deckle::data {
namespace {

using testing::Test;
using Lines = std::vector<std::string>;

class Csv : public Test {
protected:
    Lines load(std::string_view text, std::string const& binding = "",
               std::vector<std::string> columns = {"id", "total"}) {
        dataset = load_csv(scratch, text, binding, columns);
        return lines(dataset.table);
    }
    std::string error(std::string_view text, std::string const& binding = "") {
        return error_of([&] { load(text, binding); });
    }
    Scratch scratch;
    Dataset dataset;
};

TEST_F(Csv, byte_order_mark_and_every_line_end) {
    EXPECT_EQ(load("\xef\xbb\xbf"
                   "id,total\n1,2\n3,4\n"),
              (Lines{"1|2.0000", "3|4.0000"}));
    EXPECT_EQ(load("id,total\r\n1,2\r\n3,4"), (Lines{"1|2.0000", "3|4.0000"}));
    EXPECT_EQ(load("id,total\r1,2\r3,4\r"), (Lines{"1|2.0000", "3|4.0000"}));
}

TEST_F(Csv, quotation_marks) {
    EXPECT_EQ(load("\"id\",\"total\"\n\"a, b\",\"1,000.5\"\n\"say \"\"hi\"\"\",2\n\"\",3\nx\"y,4\n\"line\nbreak\",5\n",
                   "on_bad_row = \"report\""),
              (Lines{"a, b|1000.5000", "say \"hi\"|2.0000", "x\"y|4.0000", "line\nbreak|5.0000"}));
    ASSERT_EQ(dataset.bad.size(), 1U);
    EXPECT_EQ(dataset.bad[0].row, 4);
    EXPECT_EQ(dataset.bad[0].reason, "is required, but empty");
}

TEST_F(Csv, row_numbers_are_the_lines_of_the_file) {
    load("title\n\nid,total\n\"a\nb\nc\",1\n\n,2\n", "skip_top = 1\non_bad_row = \"report\"");
    ASSERT_EQ(dataset.bad.size(), 1U);
    EXPECT_EQ(dataset.bad[0].row, 8);
    EXPECT_EQ(dataset.bad[0].file, "x.csv");
    load("id,total\r\n\"a\r\nb\",1\r\n,2\r\n", "on_bad_row = \"report\"");
    EXPECT_EQ(dataset.bad.at(0).row, 4);
}

TEST_F(Csv, a_quotation_mark_that_is_never_closed_stops_the_run) {
    EXPECT_NE(error("id,total\na,1\n\"b,2\nc,3\n", "on_bad_row = \"report\"").find("row at line 3 is never closed"),
              std::string::npos);
}

TEST_F(Csv, text_after_a_quotation_mark_is_a_bad_row) {
    load("id,total\n\"a\"b,1\nc,2\n", "on_bad_row = \"report\"");
    EXPECT_EQ(dataset.table.rows, 1);
    EXPECT_EQ(dataset.bad.at(0).reason, "text after the closing quotation mark of cell 1");
}

TEST_F(Csv, ragged_rows_are_bad_unless_only_empty_cells_are_too_many) {
    load("id,total\na,1,,\nb\nc,3,x\nd,4\n", "on_bad_row = \"report\"");
    EXPECT_EQ(lines(dataset.table), (Lines{"a|1.0000", "d|4.0000"}));
    ASSERT_EQ(dataset.bad.size(), 2U);
    EXPECT_EQ(dataset.bad[0].row, 3);
    EXPECT_NE(dataset.bad[0].reason.find("1 cells, but the header has 2"), std::string::npos);
    EXPECT_EQ(dataset.bad[1].text, "c | 3");
}

TEST_F(Csv, title_and_total_lines) {
    std::string const text = "Prairie \"Systems\nInvoices\n\nid,total\na,1\n\nb,2\n,,\nTOTAL,3\nprinted 1/1/2026\n";
    EXPECT_EQ(load(text, "skip_top = 2\nskip_bottom = 2"), (Lines{"a|1.0000", "b|2.0000"}));
    EXPECT_EQ(load(text, "skip_top = 2\nend_at = \"Total\""), (Lines{"a|1.0000", "b|2.0000"}));
    EXPECT_EQ(load("id,total\na,1\n", "skip_bottom = 5"), Lines{});
}

TEST_F(Csv, a_file_without_its_end_line_was_cut) {
    std::string const text = "id,total\na,1\nb,2\n";
    EXPECT_NE(error(text, "end_at = \"TOTAL\"")
                  .find("x.csv:3: the line end_at = \"TOTAL\" is not in the file: it was cut "
                        "off, or end_at is wrong\n"),
              std::string::npos);
    EXPECT_EQ(load(text, "end_at = \"TOTAL\"\non_bad_row = \"report\"\nonly = { id = [\"a\"] }"), Lines{"a|1.0000"});
    EXPECT_EQ(dataset.source.rejected, 1) << "half a file is told as a row that cannot be read, and chosen by nothing";
    EXPECT_EQ(dataset.bad.at(0).row, 3);
    load(text + "Total\n", "end_at = \"TOTAL\"\nskip_bottom = 1");
    EXPECT_EQ(dataset.source.rejected, 0);
    scratch.write("e/1.csv", "id,total\nc,1\nTOTAL,1\n");
    scratch.write("e/2.csv", text);
    Diagnostics diagnostics;
    auto const both =
        load_invoices(scratch, "connector = \"csv\"\nfolder = \"e\"",
                      "file = \"*.csv\"\nend_at = \"TOTAL\"\non_bad_row = \"report\"", {"total"}, diagnostics);
    ASSERT_EQ(both.bad.size(), 1U);
    EXPECT_EQ(both.bad[0].file, "e/2.csv") << "each file has its own";
}

TEST_F(Csv, empty_header_only_and_no_header) {
    EXPECT_NE(error("").find("x.csv is empty: not even a header line"), std::string::npos);
    EXPECT_NE(error("\xef\xbb\xbf\n\n").find("is empty"), std::string::npos);
    EXPECT_EQ(load("id,total\n"), Lines{});
    EXPECT_EQ(load("id,total"), Lines{});
    EXPECT_EQ(dataset.source.rows, 0);
    EXPECT_EQ(load("a,1\nb,2\n", "header = [\"id\", \"total\"]"), (Lines{"a|1.0000", "b|2.0000"}));
    EXPECT_EQ(load("", "header = [\"id\", \"total\"]"), Lines{});
}

TEST_F(Csv, encodings) {
    EXPECT_EQ(load("id;total\ncaf\xe9 \x80;1,5\n", "encoding = \"windows-1252\"\nseparator = \";\"\ndecimal = \",\""),
              Lines{"caf\xc3\xa9 \xe2\x82\xac|1.5000"});
    EXPECT_EQ(load("id\ttotal\n\"\xe9\"\"\xe8\"\t1\n", "encoding = \"iso-8859-1\"\nseparator = \"\\t\""),
              Lines{"\xc3\xa9\"\xc3\xa8|1.0000"});
    EXPECT_EQ(load("id|total\nx|1\n", "separator = \"|\""), Lines{"x|1.0000"});
    std::string const message = error("id,total\nok,1\ncaf\xe9,2\n");
    EXPECT_NE(message.find("x.csv:3: not valid UTF-8; if the export is older Windows text"), std::string::npos)
        << message;
    EXPECT_NE(error(std::string_view("\xff\xfei\0d\0", 6)).find("is UTF-16"), std::string::npos);
    EXPECT_NE(error("id,total\n\x81,1\n", "encoding = \"windows-1252\"").find("does not define"), std::string::npos);
}

TEST_F(Csv, duplicate_headers_are_told_apart) {
    std::string const text = "id,Amount,Amount\na,1,2\n";
    EXPECT_EQ(load(text, "columns.total = \"Amount#2\""), Lines{"a|2.0000"});
    std::string const message = error(text, "columns.total = \"Amount\"");
    EXPECT_NE(message.find("has no such column; did you mean 'Amount#1'?"), std::string::npos) << message;
}

TEST_F(Csv, records_longer_than_a_piece_of_the_file) {
    std::string const big(700'000, 'x');
    std::string text = "id,total\n";
    for (int i = 0; i < 5; ++i) text += "\"" + std::to_string(i) + big + "\n\"\"\"," + std::to_string(i) + "\r\n";
    load(text);
    ASSERT_EQ(dataset.table.rows, 5);
    EXPECT_EQ(dataset.table.find("id")->text(4), "4" + big + "\n\"");
}

TEST_F(Csv, several_files_in_name_order_with_columns_in_any_order) {
    scratch.write("e/bank-2.csv", "total,id,extra\n2,b,z\n");
    scratch.write("e/bank-1.csv", "id,total\na,1\n");
    scratch.write("e/other.csv", "id,total\nq,9\n");
    Diagnostics diagnostics;
    auto const connection = "connector = \"csv\"\nfolder = \"e\"";
    auto const both = load_invoices(scratch, connection, "file = \"bank-*.csv\"", {"id", "total"}, diagnostics);
    EXPECT_EQ(lines(both.table), (Lines{"a|1.0000", "b|2.0000"}));
    EXPECT_EQ(both.source.file, "e/bank-1.csv, e/bank-2.csv");
    auto const list =
        load_invoices(scratch, connection, "file = [\"bank-2.csv\", \"bank-*.csv\"]", {"id"}, diagnostics);
    EXPECT_EQ(lines(list.table), (Lines{"b", "a"}));
    std::string const message =
        error_of([&] { load_invoices(scratch, connection, "file = \"bnk-1.csv\"", {"id"}, diagnostics); });
    EXPECT_NE(message.find("no file 'bnk-1.csv' in e; did you mean 'bank-1.csv'?"), std::string::npos) << message;
}

TEST_F(Csv, a_link_out_of_the_workspace_is_refused) {
    Scratch outside;
    outside.write("x.csv", "id,total\na,1\n");
    std::filesystem::create_symlink(outside.root / "x.csv", scratch.root / "link.csv");
    Diagnostics diagnostics;
    std::string const message =
        error_of([&] { load_invoices(scratch, "connector = \"csv\"", "file = \"link.csv\"", {"id"}, diagnostics); });
    EXPECT_NE(message.find("leads outside the workspace"), std::string::npos) << message;
    auto const named = load_invoices(scratch, "connector = \"csv\"\nfolder = \"" + outside.root.string() + "\"",
                                     "file = \"x.csv\"", {"id"}, diagnostics);
    EXPECT_EQ(named.table.rows, 1);
}

TEST_F(Csv, every_cut_of_a_file_reads_or_fails_cleanly) {
    std::string const text = "\xef\xbb\xbfid,total\r\n\"a \"\"q\"\"\r\n\xc3\xa9\",\"1,000.00\"\r\n,\r\nb,(2)\r\n";
    for (std::size_t n = 0; n <= text.size(); ++n) {
        try {
            load(text.substr(0, n), "on_bad_row = \"report\"");
        } catch (Error const& error) {
            EXPECT_FALSE(std::string(error.what()).empty());
        }
    }
}

} // namespace
} // namespace deckle::data
