#include "data/inspect.hpp"
#include "scratch.hpp"
#include <cstdlib>

namespace deckle::data {
namespace {

std::string problems(std::string const& toml, std::filesystem::path const& root = "/nowhere") {
    return error_of([&] { (void)parse_workspace(toml, root, small_catalogue()); });
}

testing::AssertionResult says(std::string const& message, std::string const& part) {
    if (message.find(part) != std::string::npos) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "'" << part << "' is not in:\n" << message;
}

TEST(Workspace, defaults_and_everything_at_once) {
    auto const minimal = parse_workspace("[company]\nname = \"P\"", "/nowhere", small_catalogue());
    EXPECT_EQ(minimal.company.currency, "USD");
    EXPECT_EQ(minimal.company.zone, "UTC");
    EXPECT_EQ(minimal.company.week_start, "monday");

    auto const w = parse_workspace(R"(
[company]
name = "Prairie"
currency = "CAD"
zone = "America/Toronto"
locale = "en_CA"
paper = "a4"
fiscal_year_start = "04-01"
week_start = "sunday"
[theme]
brand = "#1f4e79"
confidentiality = "Confidential"
[connections.books]
connector = "csv"
folder = "exports"
dates = "M/D/YYYY"
[datasets.invoices]
connection = "books"
file = ["a.csv", "b-*.csv"]
columns = { id = "No", total = { plus = "C", minus = "D" }, currency = { value = "USD" }, due_date = { column = ["Due", "Date"], dates = "DD.MM.YYYY" }, status = "" }
values = { status = { "Paid in full" = "paid" } }
only = { Type = "Invoice" }
nulls = ["N/A"]
on_bad_row = "report"
max_bad_rows = 5
[datasets."acme.backups"]
connection = "books"
file = "x.csv"
columns = { anything = "X" }
[reports.cash-flow]
minimum_cash = 25000
scenarios = { slip = 0.2, names = ["a", "b"], from = 2026-01-01, on = true }
[packs.monthly]
reports = ["cash-flow"]
[schedules.month-end]
pack = "monthly"
when = "3rd business day after month end 07:00"
to = ["owner@prairie.example"]
)",
                                   "/nowhere", small_catalogue());
    EXPECT_EQ(w.company.paper, "a4");
    auto const& binding = w.datasets.at("invoices");
    EXPECT_EQ(binding.notation.dates, std::vector<std::string>{"M/D/YYYY"});
    EXPECT_EQ(binding.columns.at("due_date").notation.dates, std::vector<std::string>{"DD.MM.YYYY"});
    EXPECT_EQ(binding.columns.at("total").kind, ColumnBinding::Kind::difference);
    EXPECT_EQ(binding.columns.at("status").kind, ColumnBinding::Kind::unbound);
    EXPECT_EQ(binding.max_bad_rows, 5);
    EXPECT_EQ(w.reports.at("cash-flow"),
              R"({"minimum_cash":25000,"scenarios":{"from":"2026-01-01","names":["a","b"],"on":true,"slip":0.2}})");
    EXPECT_EQ(w.schedules.at("month-end").pack, "monthly");
    EXPECT_TRUE(w.datasets.contains("acme.backups"));
}

TEST(Workspace, every_problem_at_once_with_its_place_and_the_nearest_key) {
    std::string const message = problems(R"([company]
nam = "P"
currency = "EURO"
zone = "Mars/Base"
paper = "a5"
fiscal_year_start = "02-30"
[theme]
brand = "blue"
[conections.x]
[connections.c]
connector = "cvs"
[connections.d]
connector = "csv"
folder = "../up"
seperator = ";"
[connections.e]
connector = "sqlite"
[datasets.invoice]
connection = "d"
[datasets.invoices]
connection = "dd"
[schedules.s]
when = 7
)");
    for (char const* part :
         {"deckle.toml:2:1: unknown key 'nam' in [company]; did you mean 'name'?",
          "deckle.toml:1:1: [company] has no 'name'", "deckle.toml:3:1: 'EURO' is no ISO 4217 currency code",
          "deckle.toml:4:1: 'Mars/Base' is no time zone",
          "[company] paper = \"a5\" is none of \"letter\", \"a4\", \"legal\"", "'02-30' is no day of the year",
          "deckle.toml:8:1: 'blue' is no color", "unknown key 'conections'; did you mean 'connections'?",
          "deckle.toml:11:1: unknown connector 'cvs'; did you mean 'csv'?", "'../up' lies outside the workspace",
          "deckle.toml:15:1: unknown key 'seperator' in [connections.d]; did you mean 'separator'?",
          "[connections.e] has no 'file'", "the catalogue has no dataset 'invoice'; did you mean 'invoices'?",
          "deckle.toml:21:1: there is no connection 'dd'; did you mean 'd'?",
          "[schedules.s] needs either 'pack' or 'report'",
          "deckle.toml:23:1: [schedules.s] when must be a text in quotation marks, not a whole number"})
        EXPECT_TRUE(says(message, part));
    EXPECT_TRUE(message.starts_with("16 problems in the configuration:")) << message;
}

TEST(Workspace, datasets_are_checked_against_catalogue_and_connector) {
    std::string const message = problems(R"([company]
name = "P"
[connections.c]
connector = "csv"
[connections.s]
connector = "sqlite"
file = "x.db"
[datasets.invoices]
connection = "c"
path = "x"
dates = "dd/mm/yyyy"
decimal = ";"
max_bad_rows = 3
negate = ["id", "amount"]
columns = { du_date = "D", id = 5, total = { value = "1", column = "X" }, hours = { colum = "H" } }
values = { stats = { a = "b" }, status = { a = 1 } }
only = { Type = 5 }
)");
    for (char const* part :
         {"[datasets.invoices] has no 'file', which the connector 'csv' requires",
          "deckle.toml:10:1: unknown key 'path'", "unknown letter 'd' in the date pattern",
          "decimal = \";\" is none of", "max_bad_rows needs on_bad_row = \"report\"",
          "column id is text: only numbers can be negated", "has no column 'amount'",
          "has no column 'du_date'; did you mean 'due_date'?", "column id must be the name of a source column",
          "needs one of 'column', 'value', or 'plus' with 'minus'",
          "unknown key 'colum' in [datasets.invoices] column hours; did you mean 'column'?",
          "has no column 'stats'; did you mean 'status'?", "\"a\" must become a text",
          "only Type must be a text or a list of texts"})
        EXPECT_TRUE(says(message, part));
    EXPECT_TRUE(says(problems("[company]\nname=\"P\"\n[connections.s]\nconnector=\"sqlite\"\nfile=\"x\"\n"
                              "[datasets.invoices]\nconnection=\"s\"\ntable=\"a\"\nquery=\"b\""),
                     "needs either 'table' or 'query'"));
}

TEST(Workspace, a_syntax_error_has_its_place) {
    EXPECT_TRUE(says(problems("[company]\nname = \"P\nx"), "deckle.toml:2:"));
    EXPECT_TRUE(says(problems("[company]\nname = \"P\"\nname = \"Q\""), "deckle.toml:3:"));
    EXPECT_TRUE(says(problems(""), "there is no [company]"));
}

TEST(Workspace, missing_deckle_toml_names_init) {
    Scratch const scratch;
    EXPECT_TRUE(says(error_of([&] { (void)load_workspace(scratch.root, small_catalogue()); }), "'deckle init "));
}

class SecretConnector final : public Connector {
public:
    [[nodiscard]] std::string name() const override { return "secretive"; }
    [[nodiscard]] std::vector<Key> connection_keys() const override { return {{"key", Key::Kind::secret, true}}; }
    [[nodiscard]] std::vector<Key> dataset_keys() const override { return {}; }
    [[nodiscard]] std::unique_ptr<SourceReader> open(SourceRequest const&) const override { return nullptr; }
};

TEST(Workspace, secrets_are_addresses_and_never_texts) {
    ConnectorRegistry connectors;
    connectors.add(std::make_unique<SecretConnector>());
    Scratch const scratch;
    scratch.write("key.txt", "from-file\n");
    auto read = [&](std::string const& value) {
        auto const w =
            parse_workspace("[company]\nname = \"P\"\n[connections.c]\nconnector = \"secretive\"\nkey = " + value,
                            scratch.root, small_catalogue(), connectors);
        return read_secret(w.connections.at("c").settings.at("key"), "key", scratch.root);
    };
    ::setenv("DECKLE_TEST_SECRET", "from-environment", 1);
    EXPECT_EQ(read("{ env = \"DECKLE_TEST_SECRET\" }"), "from-environment");
    EXPECT_EQ(read("{ file = \"key.txt\" }"), "from-file");
    std::string const plain = error_of([&] { read("\"hunter2\""); });
    EXPECT_TRUE(says(plain, "is a secret: write { env = \"NAME\" } or { file = \"path\" }"));
    EXPECT_EQ(plain.find("hunter2"), std::string::npos);
    EXPECT_TRUE(says(error_of([&] { read("{ env = \"DECKLE_TEST_NOT_SET\" }"); }), "DECKLE_TEST_NOT_SET is not set"));
    EXPECT_TRUE(says(error_of([&] { read("{ enw = \"X\" }"); }), "did you mean 'env'?"));
    EXPECT_TRUE(says(error_of([&] { read("{ file = \"../key.txt\" }"); }), "outside the workspace"));
}

TEST(Accounts, numbers_win_over_ranges_and_ranges_over_types) {
    auto const map = parse_accounts(R"([lines]
cash = ["1000-1099", "Checking"]
restricted = "1050"
other = ["1000-1999"]
opex = ["6-1000 to 6-1999"]
[types]
income = "revenue"
)",
                                    "accounts.toml", {});
    EXPECT_EQ(map.line("1010", ""), "cash");
    EXPECT_EQ(map.line("1050", "income"), "restricted");
    EXPECT_EQ(map.line("1050.5", ""), "cash");
    EXPECT_EQ(map.line("1100", ""), "other");
    EXPECT_EQ(map.line("01100", ""), "other");
    EXPECT_EQ(map.line("checking ", ""), "cash");
    EXPECT_EQ(map.line("6-1500", ""), "opex");
    EXPECT_EQ(map.line("4000", "Income"), "revenue");
    EXPECT_EQ(map.line("4000", "bank"), std::nullopt);
    EXPECT_EQ(map.line("", ""), std::nullopt);
}

TEST(Accounts, every_problem_at_once) {
    std::string const message = error_of([] {
        (void)parse_accounts(R"([lines]
cash = ["1000-1099", "2000-1000", ""]
revnue = ["4000"]
opex = ["1000-1099"]
[types]
bank = "csh"
[tpes]
)",
                             "accounts.toml", {"cash", "revenue", "opex"});
    });
    EXPECT_TRUE(says(message, "accounts.toml:2:1: cash: '2000-1000' is no account number or range"));
    EXPECT_TRUE(says(message, "accounts.toml:3:1: unknown statement line 'revnue'; did you mean 'revenue'?"));
    EXPECT_TRUE(says(message, "opex: '1000-1099' is given to 'cash' as well"));
    EXPECT_TRUE(says(message, "unknown statement line 'csh'; did you mean 'cash'?"));
    EXPECT_TRUE(says(message, "unknown key 'tpes'; did you mean 'types'?"));
}

TEST(Accounts, lines_by_convention) {
    EXPECT_EQ(propose_line("1020", "Operating checking", "bank", {}), "cash");
    EXPECT_EQ(propose_line("1590", "Accumulated Depreciation", "fixed_asset", {}), "accumulated_depreciation");
    EXPECT_EQ(propose_line("6950", "Depreciation expense", "expense", {}), "depreciation");
    EXPECT_EQ(propose_line("2350", "Income tax payable", "other_current_liability", {}), "income_tax_payable");
    EXPECT_EQ(propose_line("7900", "Income taxes", "other_expense", {}), "tax");
    EXPECT_EQ(propose_line("4010", "Managed services", "", {}), "revenue");
    EXPECT_EQ(propose_line("", "Something", "", {}), std::nullopt);
    EXPECT_EQ(propose_line("1020", "Checking", "bank", {"revenue"}), std::nullopt);
}

TEST(Catalogue, the_real_one_loads_and_is_whole) {
    auto const catalogue = load_catalogue(std::filesystem::path(DECKLE_SOURCE_DIR) / "core/data/catalogue");
    ASSERT_NE(catalogue.find("invoices"), nullptr);
    EXPECT_EQ(catalogue.find("invoices")->find("total")->currency, "currency");
    EXPECT_FALSE(catalogue.find("accounts")->find("line")->values.empty());
    EXPECT_GE(catalogue.datasets().size(), 40U);
}

TEST(Catalogue, every_problem_at_once) {
    std::string const message = error_of([] {
        (void)parse_definition(R"(name = "x"
[[columns]]
name = "Bad Name"
type = "number"
meaning = "m"
[[columns]]
name = "a"
type = "text"
meaning = "m"
scale = 2
currency = "b"
[[columns]]
name = "a"
type = "money"
currency = "b"
meaning = "m"
keyy = true
)",
                               "x.toml");
    });
    EXPECT_TRUE(says(message, "has no 'meaning'"));
    EXPECT_TRUE(says(message, "x.toml:3:1: column name 'Bad Name' is not lower snake case"));
    EXPECT_TRUE(says(message, "x.toml:4:1: [[columns]] type = \"number\" is none of"));
    EXPECT_TRUE(says(message, "x.toml:10:1: column a: scale is for decimal and money"));
    EXPECT_TRUE(says(message, "column a: only money has a currency"));
    EXPECT_TRUE(says(message, "column a is defined twice"));
    EXPECT_TRUE(says(message, "its currency column 'b' is no text column"));
    EXPECT_TRUE(says(message, "x.toml:17:1: unknown key 'keyy' in [[columns]]; did you mean 'key'?"));
}

} // namespace
} // namespace deckle::data
