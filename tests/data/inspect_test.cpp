#include "data/inspect.hpp"
#include "scratch.hpp"

namespace deckle::data {
namespace {

namespace fs = std::filesystem;

Catalogue real_catalogue() {
    return load_catalogue(fs::path(DECKLE_SOURCE_DIR) / "core/data/catalogue");
}

TEST(Init, makes_a_workspace_that_checks_clean_and_overwrites_nothing) {
    Scratch const scratch;
    auto const written = init_workspace(scratch.root / "firm", "Smith \"and\" Sons \\ Co");
    EXPECT_EQ(written.size(), 3U);
    auto const catalogue = real_catalogue();
    auto const workspace = load_workspace(scratch.root / "firm", catalogue);
    EXPECT_EQ(workspace.company.name, "Smith \"and\" Sons \\ Co");
    EXPECT_EQ(workspace.accounts->line("1", "bank"), "cash");
    EXPECT_TRUE(fs::is_directory(scratch.root / "firm/exports"));
    EXPECT_EQ(read_file(scratch.root / "firm/.gitignore"), ".deckle/\n");
    EXPECT_TRUE(check_data(scratch.root / "firm", catalogue, fetched).empty());
    EXPECT_NE(error_of([&] { init_workspace(scratch.root / "firm", "x"); }).find("nothing was written"),
              std::string::npos);
    scratch.write("other/.gitignore", "*.o");
    init_workspace(scratch.root / "other", "");
    EXPECT_EQ(read_file(scratch.root / "other/.gitignore"), "*.o\n.deckle/\n");
}

// What is commented out in the new deckle.toml must be right when a person takes the marks away.
TEST(Init, its_commented_examples_are_valid) {
    Scratch const scratch;
    init_workspace(scratch.root, "Firm");
    std::string text = read_file(scratch.root / "deckle.toml"), live;
    bool examples = false;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        examples = examples || line.starts_with("# [datasets");
        live += (examples && line.starts_with("# ") ? line.substr(2) : line) + "\n";
        at = end + 1;
    }
    auto const workspace = parse_workspace(live, scratch.root, real_catalogue());
    EXPECT_EQ(workspace.datasets.size(), 2U);
    EXPECT_EQ(workspace.schedules.size(), 1U);
}

class Inspect : public testing::Test {
protected:
    Inspect() {
        scratch.write("deckle.toml", R"([company]
name = "T"
[connections.c]
connector = "csv"
[datasets.invoices]
connection = "c"
file = "i.csv"
on_bad_row = "report"
[datasets.accounts]
connection = "c"
file = "a.csv"
[datasets.balances]
connection = "c"
file = "b.csv"
[datasets.bills]
connection = "c"
file = "none.csv"
)");
        scratch.write("accounts.toml", "[types]\nbank = \"cash\"\n");
        scratch.write("i.csv", "id,customer,date,total\n1,A,2026-10-01,5\n2,B,2026-10-02,6\n3,C,nope,7\n");
        scratch.write("a.csv", "number,name,type\n1000,Checking,bank\n4000,Sales,income\n6000,Rent,expense\n");
        scratch.write(
            "b.csv",
            "account,date,amount\n4000,2026-09-30,-90\n4000,2026-10-31,-100\n6000,2026-10-31,250\n1000,2026-10-31,1\n");
    }
    Scratch scratch;
    Catalogue catalogue = real_catalogue();
};

TEST_F(Inspect, list_shows_bound_broken_and_unbound) {
    auto const states = list_datasets(load_workspace(scratch.root, catalogue), catalogue, fetched);
    auto find = [&](std::string const& name) {
        return *std::find_if(states.begin(), states.end(), [&](auto const& s) { return s.name == name; });
    };
    EXPECT_EQ(states.size(), catalogue.datasets().size());
    auto const invoices = find("invoices");
    EXPECT_EQ(invoices.rows, 2);
    EXPECT_EQ(invoices.rejected, 1);
    EXPECT_EQ(invoices.file, "i.csv");
    EXPECT_EQ(invoices.columns, (std::vector<std::string>{"id", "customer", "date", "total"}));
    EXPECT_NE(find("bills").error.find("no file 'none.csv'"), std::string::npos);
    EXPECT_FALSE(find("payments").bound);
    auto const accounts = find("accounts");
    EXPECT_EQ(std::count(accounts.columns.begin(), accounts.columns.end(), "line"), 1);
}

TEST_F(Inspect, preview_shows_bound_columns_and_never_fails_on_bad_rows) {
    auto const workspace = load_workspace(scratch.root, catalogue);
    auto const preview = preview_dataset(workspace, catalogue, "invoices", 1, fetched);
    EXPECT_EQ(lines(preview.dataset.table), std::vector<std::string>{"1|A|2026-10-01|5.0000"});
    EXPECT_EQ(preview.dataset.bad.size(), 1U);
    EXPECT_EQ(preview.definition.name, "invoices");
    EXPECT_NE(error_of([&] { (void)preview_dataset(workspace, catalogue, "invoics", 1, fetched); }).find("'invoices'"),
              std::string::npos);
}

TEST_F(Inspect, check_tells_everything_at_once) {
    std::string all;
    auto const found = check_data(scratch.root, catalogue, fetched);
    for (auto const& item : found.items()) all += item.to_string() + "\n";
    for (char const* part :
         {"i.csv:4: warning: dataset invoices: date 'nope' is not a date", "error: dataset bills: no file 'none.csv'",
          "account 6000 Rent has no statement line in accounts.toml; by convention: opex"})
        EXPECT_NE(all.find(part), std::string::npos) << part << "\n" << all;
    scratch.write("deckle.toml", "[company]\nname = \"T\"\n[connections.c]\nconnector = \"csv\"\n[connections.d]\n"
                                 "connector = \"cvs\"\n[datasets.invoices]\nconnection = \"c\"\nfile = \"i.csv\"\n"
                                 "[datasets.bills]\nconnection = \"d\"\n[datasets.accounts]\nconnection = \"x\"\n");
    std::vector<std::string> codes;
    auto const mixed = check_data(scratch.root, catalogue, fetched);
    for (auto const& item : mixed.items()) codes.push_back(item.code);
    EXPECT_EQ(codes, (std::vector<std::string>{"configuration", "configuration", "bad-rows", "bad-cell"}))
        << "sound datasets are checked, unsound ones are told once";
    scratch.write("deckle.toml", "[company]\nnme = 1\n");
    EXPECT_EQ(check_data(scratch.root, catalogue, fetched).items().at(0).code, "configuration");
    fs::remove(scratch.root / "deckle.toml");
    EXPECT_NE(check_data(scratch.root, catalogue, fetched).items().at(0).message.find("deckle init"),
              std::string::npos);
}

TEST_F(Inspect, unmapped_accounts_largest_first_with_their_latest_balance) {
    auto const unmapped = unmapped_accounts(load_workspace(scratch.root, catalogue), catalogue, fetched);
    ASSERT_EQ(unmapped.size(), 2U);
    EXPECT_EQ(unmapped[0].number, "6000");
    EXPECT_EQ(unmapped[0].proposed, "opex");
    EXPECT_EQ(unmapped[1].balance, Decimal::of("-100"));
    EXPECT_EQ(unmapped[1].balance_date, Date::of("2026-10-31"));
    EXPECT_EQ(unmapped[1].proposed, "revenue");
}

TEST(SampleWorkspace, has_no_errors) {
    auto const found = check_data(fs::path(DECKLE_SOURCE_DIR) / "sample-data", real_catalogue(), fetched);
    for (auto const& item : found.items()) EXPECT_NE(item.severity, Severity::error) << item.to_string();
}

} // namespace
} // namespace deckle::data
