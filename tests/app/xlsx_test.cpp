// --format xlsx: read back by Python's own library, as a spreadsheet program would.
#include "app/program.hpp"
#include "app/tiny_workspace.hpp"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace deckle;
using namespace deckle::tests;
using testing::HasSubstr;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

class Xlsx : public testing::Test {
protected:
    Xlsx() : folder(fresh_folder()) { write_tiny_workspace(folder); }
    Answer run(std::string const& more = "") {
        return program_with("run cash-flow --period 2026-10 --out out --format xlsx,csv,json " + more, folder);
    }
    Json sheets() {
        auto const answer =
            shell("python3 '" + std::string(DECKLE_SOURCE_DIR) + "/tests/app/read_xlsx.py' " + file, folder);
        EXPECT_EQ(answer.code, 0) << answer.err;
        return answer.code == 0 ? Json::parse(answer.out) : Json();
    }
    static Json cell(Json const& sheet, std::string const& label, std::size_t column) {
        for (auto const& row : sheet)
            if (!row.empty() && row[0].is_array() && row[0][1] == label) return row.at(column);
        ADD_FAILURE() << "no row " << label;
        return {};
    }

    fs::path folder;
    std::string const file = "out/Tiny-IT_cash-flow_2026-10.xlsx";
};

} // namespace

TEST_F(Xlsx, HasTheFiguresAndEveryTable) {
    ASSERT_EQ(run().code, 0);
    auto const book = sheets();
    ASSERT_TRUE(book.contains("Figures"));
    EXPECT_EQ(cell(book["Figures"], "Cash", 1), Json::parse(R"(["number","274200","\"$\"#,##0.00",false])"));
    EXPECT_EQ(cell(book["Figures"], "Figure", 0), Json::parse(R"(["text","Figure","",true])"));
    auto const model = Json::parse(read_file(folder / "out/Tiny-IT_cash-flow_2026-10.json"));
    std::size_t tables = 0, rows = 0, read = 0;
    for (auto const& section : model["sections"])
        for (auto const& block : section["blocks"])
            if (block.contains("table")) {
                ++tables;
                rows += block["table"]["rows"].size() + block["table"].value("footer", Json::array()).size();
            }
    EXPECT_EQ(book.size(), tables + 1);
    for (auto const& [name, sheet] : book.items())
        if (name != "Figures") read += sheet.size() - 1;
    EXPECT_EQ(read, rows);
    auto const& weeks = book["Cash at the end of each week"];
    EXPECT_EQ(weeks[0][0][1], "Week of");
    EXPECT_EQ(weeks[1][0], Json::parse(R"(["number","46328","yyyy-mm-dd",false])")); // 2026-11-02
    EXPECT_EQ(weeks.back()[1][3], true);                                             // the total
}

TEST_F(Xlsx, SameInputSameBytes) {
    ASSERT_EQ(run().code, 0);
    fs::rename(folder / "out", folder / "first");
    ASSERT_EQ(run().code, 0);
    EXPECT_EQ(shell("diff -r first out", folder).out, "");
    // The as-of date; what the zip says of its entries is checked in read_xlsx.py.
    auto const properties = shell("python3 -c 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read("
                                  "\"docProps/core.xml\").decode())' " +
                                      file,
                                  folder);
    EXPECT_THAT(properties.out, HasSubstr("<dcterms:created xsi:type=\"dcterms:W3CDTF\">2026-10-31T05:00:00Z<"));
}

/// Names that a spreadsheet would run stay text, in both kinds of file; negative numbers stay numbers.
TEST_F(Xlsx, NothingIsAFormula) {
    std::string invoices = read_file(folder / "invoices.csv");
    for (auto const& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"Harlan Clinic", "=HYPERLINK(1)"}, {"Tri-County Co-op", "@SUM(A1)"}, {"Oak Street Dental", "-2+3"}})
        invoices.replace(invoices.find(from), from.size(), to);
    write_file(folder / "invoices.csv", invoices);
    ASSERT_EQ(run().code, 0);
    std::string all = sheets().dump();
    EXPECT_THAT(all, HasSubstr("[\"text\",\"=HYPERLINK(1)\""));
    std::string const csv = read_file(folder / "out/Tiny-IT_cash-flow_2026-10.csv");
    EXPECT_THAT(csv, HasSubstr("'=HYPERLINK(1)"));
    EXPECT_THAT(csv, HasSubstr(",-6450.00"));
    for (char const* start : {"\n=", ",=", "\n@", ",@", "\n+", ",+"})
        EXPECT_EQ(csv.find(start), std::string::npos) << start;
}

TEST_F(Xlsx, GoesIntoThePdf) {
    auto const answer = program_with("run cash-flow --period 2026-10 --out out --format pdf --attach xlsx", folder);
    ASSERT_EQ(answer.code, 0) << answer.err;
    EXPECT_THAT(shell("pdfdetach -list out/*.pdf", folder).out, HasSubstr("Tiny-IT_cash-flow_2026-10.xlsx"));
}
