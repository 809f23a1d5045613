// Facts on the command line.
#include "app/program.hpp"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace deckle;
using namespace deckle::tests;
using testing::HasSubstr;
using Json = nlohmann::json;

namespace {

struct FactsCommand : testing::Test {
    FactsCommand() : folder(fresh_folder()) {
        write_file(folder / "deckle.toml", "[company]\nname = \"Tiny IT\"\nzone = \"America/Chicago\"\n"
                                           "[connections.books]\nconnector = \"csv\"\n"
                                           "[datasets.facts]\nconnection = \"books\"\nfile = \"facts.csv\"\n");
        write_file(folder / "facts.csv", "id,period,label,text,value,day,unit,source,as_of,public\n"
                                         "customers.active,2026-10,Customers,,88,,customers,PSA,2026-10-31,yes\n"
                                         "certificates,2025,Certificates,,4,,people,File,2025-09-30,yes\n");
    }
    Answer facts(std::string const& arguments) { return program_with("facts " + arguments, folder); }
    std::filesystem::path folder;
};

} // namespace

TEST_F(FactsCommand, SayWhereTheyComeFromAndWhenTheyEnd) {
    auto const set =
        facts("set revenue.total 4268437.16USD --period 2025 --source Ledger --evidence ledger.pdf --until "
              "2026-12-31 --digits 0 --public --label 'Total revenue' --by Dana");
    EXPECT_EQ(set.code, 0) << set.err;
    EXPECT_EQ(set.out, "revenue.total.2025 = $4,268,437\n");
    auto const list = Json::parse(facts("list --json --as-of 2026-11-22").out);
    ASSERT_EQ(list.size(), 3U);
    EXPECT_EQ(list[2]["printed"], "$4,268,437");
    EXPECT_EQ(list[2]["value"], "4268437.16");
    EXPECT_EQ(list[2]["unit"], "USD");
    EXPECT_EQ(list[2]["evidence"], "ledger.pdf");
    EXPECT_EQ(list[2]["valid_until"], "2026-12-31");
    EXPECT_EQ(list[2]["origin"], "by hand");
    EXPECT_EQ(list[2]["state"], "good");
    EXPECT_EQ(list[0]["id"], "certificates");
    EXPECT_EQ(list[0]["state"], "stale: is of 2025-09-30, more than 400 days ago");
    EXPECT_THAT(facts("list --as-of 2027-01-01").out, HasSubstr("stale: held until 2026-12-31"));
}

TEST_F(FactsCommand, SourcesThatDisagreeAreFindings) {
    EXPECT_EQ(facts("check --as-of 2026-09-30").code, 0);
    EXPECT_EQ(facts("set customers.active 90 --period 2026-10 --by Dana").out, "customers.active.2026-10 = 90\n");
    auto const check = facts("check --as-of 2026-10-31");
    EXPECT_EQ(check.code, 1);
    EXPECT_THAT(check.out, HasSubstr("fact.conflict: customers.active.2026-10: 90 (set by Dana on "));
    EXPECT_THAT(check.out, HasSubstr("is used, but dataset (facts.csv) says 88"));
    auto const shown = Json::parse(facts("show customers.active --json").out);
    EXPECT_EQ(shown["values"][0]["value"], "90");
    EXPECT_EQ(shown["values"][0]["unit"], "customers"); // what is not said stays
    EXPECT_EQ(shown["others"][0]["value"], "88");
    EXPECT_EQ(shown["history"].size(), 1U);
    EXPECT_EQ(facts("unset customers.active --period 2026-10 --by Tom").code, 0);
    EXPECT_EQ(facts("check --as-of 2026-09-30").code, 0);
    EXPECT_THAT(facts("show customers.active").out, HasSubstr("Tom  2026-10  taken back"));
    EXPECT_EQ(facts("unset customers.active --period 2026-10 --by Tom").code, 2);
}

TEST_F(FactsCommand, WrongNamesPeriodsAndValuesAreUsageErrors) {
    EXPECT_THAT(facts("set Revenue 1 --by D").err, HasSubstr("no name of a fact"));
    EXPECT_THAT(facts("set revenue.2025 1 --by D").err, HasSubstr("the period goes to --period"));
    EXPECT_THAT(facts("set revenue 1 --period FY25 --by D").err, HasSubstr("--period FY25"));
    EXPECT_THAT(facts("set customers.active many --period 2026-10 --by D").err, HasSubstr("no number of customers"));
    EXPECT_THAT(facts("set revenue 1 --until soon --by D").err, HasSubstr("--until soon: not a date"));
    EXPECT_THAT(facts("show nothing").err, HasSubstr("there is no fact nothing"));
    for (char const* wrong : {"set Revenue 1 --by D", "show nothing", "list --as-of x"})
        EXPECT_EQ(facts(wrong).code, 2);
}
