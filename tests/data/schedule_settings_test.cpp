#include "base/duration.hpp"
#include "scratch.hpp"

namespace deckle::data {
namespace {

std::string const head = R"([company]
name = "Prairie"
zone = "America/Chicago"
[connections.books]
connector = "csv"
[datasets.invoices]
connection = "books"
file = "a.csv"
[packs.monthly]
reports = ["cash-flow", "pipeline"]
)";
constexpr int head_lines = 10;

Workspace parsed(std::string const& toml) {
    return parse_workspace(head + toml, "/nowhere", small_catalogue());
}

/// The problems of a schedule that would be sound without `lines`, which begin in line 3 of it.
std::string problems(std::string const& lines) {
    return error_of([&] { (void)parsed("[schedules.s]\npack = \"monthly\"\nwhen = \"every day 07:00\"\n" + lines); });
}

std::string at(int line, int column = 1) {
    return "deckle.toml:" + std::to_string(head_lines + 3 + line) + ":" + std::to_string(column) + ": ";
}

testing::AssertionResult says(std::string const& message, std::string const& part) {
    if (message.find(part) != std::string::npos) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "'" << part << "' is not in:\n" << message;
}

TEST(ScheduleSettings, DefaultsAreTheCarefulOnes) {
    auto const w = parsed("[schedules.s]\nreport = \"cash-flow\"\nwhen = \"every day 07:00\"\n");
    auto const& s = w.schedules.at("s");
    EXPECT_EQ(s.reports, std::vector<std::string>{"cash-flow"});
    EXPECT_EQ(s.zone, "America/Chicago");
    EXPECT_EQ(s.catch_up, CatchUp::once);
    EXPECT_EQ(s.timeout, std::chrono::minutes(10));
    EXPECT_EQ(s.retries, 3);
    EXPECT_EQ(s.give_up, std::chrono::hours(48));
    EXPECT_EQ(s.review.mode, Review::Mode::none);
    EXPECT_FALSE(s.gates.fresh);
    EXPECT_TRUE(s.gates.complete);
    EXPECT_TRUE(s.gates.ties_out);
    EXPECT_TRUE(s.gates.not_empty);
    EXPECT_FALSE(s.only_if);
    EXPECT_FALSE(s.each);
    EXPECT_EQ(w.service.workers, 2);
}

TEST(ScheduleSettings, EveryKeyIsRead) {
    Scratch const scratch;
    scratch.write("us.txt", "12-25 Christmas Day\n");
    auto const w = parse_workspace(head + R"(
[delivery]
from = "reports@prairie.example"
allow = ["prairie.example"]
[delivery.channels.mail]
kind = "smtp"
host = "127.0.0.1"
security = "none"
[delivery.channels.archive]
kind = "folder"
path = "out"
[delivery.channels.hook]
kind = "folder"
path = "other"
[service]
workers = 4
[schedules.month-end]
pack = "monthly"
when = "3rd business day after month end 07:00"
zone = "Europe/Berlin"
holidays = "us.txt"
shift = "next"
period = "previous quarter"
set = { minimum_cash = "250000", months = 3, drafts = false }
via = "mail"
copies = ["archive", "hook"]
subject = "{{company}}: {{title}}"
file_name = "{{company}}_{{period}}"
catch_up = "all"
timeout = "90s"
retries = 0
give_up = "36h"
review = "optional until 10:05"
reviewer = "dana@prairie.example"
[schedules.month-end.gates]
fresh = "3d"
complete = false
ties_out = false
not_empty = false
[schedules.month-end.only_if]
figure = "cash-flow:cash.cushion"
below = "-0.25"
[schedules.month-end.each]
dataset = "invoices"
id = "id"
to = "status"
only = { status = ["open", "paid"], currency = "USD" }
set = { customer = "currency" }
)",
                                   scratch.root, small_catalogue());
    auto const& s = w.schedules.at("month-end");
    EXPECT_EQ(w.service.workers, 4);
    EXPECT_EQ(s.reports, (std::vector<std::string>{"cash-flow", "pipeline"}));
    EXPECT_EQ(s.zone, "Europe/Berlin");
    EXPECT_EQ(s.holidays, scratch.root / "us.txt");
    EXPECT_EQ(s.set,
              (std::map<std::string, std::string>{{"minimum_cash", "250000"}, {"months", "3"}, {"drafts", "false"}}));
    EXPECT_EQ(s.via, "mail");
    EXPECT_EQ(s.copies, (std::vector<std::string>{"archive", "hook"}));
    EXPECT_EQ(s.subject, "{{company}}: {{title}}");
    EXPECT_EQ(s.file_name, "{{company}}_{{period}}");
    EXPECT_EQ(s.catch_up, CatchUp::all);
    EXPECT_EQ(s.timeout, std::chrono::seconds(90));
    EXPECT_EQ(s.retries, 0);
    EXPECT_EQ(s.give_up, std::chrono::hours(36));
    EXPECT_EQ(s.review.mode, Review::Mode::optional);
    EXPECT_EQ(s.review.hour, 10);
    EXPECT_EQ(s.review.minute, 5);
    EXPECT_EQ(s.reviewer, std::vector<std::string>{"dana@prairie.example"});
    EXPECT_EQ(s.gates.fresh, std::chrono::hours(72));
    EXPECT_FALSE(s.gates.complete || s.gates.ties_out || s.gates.not_empty);
    EXPECT_EQ(s.only_if->report, "cash-flow");
    EXPECT_EQ(s.only_if->figure, "cash.cushion");
    EXPECT_EQ(s.only_if->comparison, OnlyIf::Comparison::below);
    EXPECT_EQ(s.only_if->than, *Decimal::parse("-0.25"));
    EXPECT_EQ(s.each->dataset, "invoices");
    EXPECT_EQ(s.each->id, "id");
    EXPECT_EQ(s.each->to, "status");
    EXPECT_EQ(s.each->only.at("status"), (std::vector<std::string>{"open", "paid"}));
    EXPECT_EQ(s.each->only.at("currency"), std::vector<std::string>{"USD"});
    EXPECT_EQ(s.each->set.at("customer"), "currency");
}

TEST(ScheduleSettings, FreshnessMayBeAskedOfSomeConnections) {
    auto const w = parsed("[schedules.s]\nreport = \"cash-flow\"\nwhen = \"every day 07:00\"\n"
                          "gates = { fresh = { books = \"1d\" } }\n");
    auto const& gates = w.schedules.at("s").gates;
    EXPECT_FALSE(gates.fresh);
    EXPECT_EQ(gates.fresh_of, (std::map<std::string, std::chrono::seconds>{{"books", std::chrono::hours(24)}}));
}

TEST(ScheduleSettings, SomeDatasetsMayBeEmpty) {
    auto const gates = [](char const* line) {
        return parsed("[schedules.s]\nreport = \"cash-flow\"\nwhen = \"every day 07:00\"\ngates = { " + std::string(line) +
                      " }\n")
            .schedules.at("s")
            .gates;
    };
    EXPECT_THAT(gates("not_empty = { except = [\"invoices\"] }").may_be_empty, testing::ElementsAre("invoices"));
    EXPECT_TRUE(gates("not_empty = { except = [\"invoices\"] }").not_empty);
    EXPECT_THAT(gates("").may_be_empty, testing::IsEmpty());
    EXPECT_THAT(error_of([&] { (void)gates("not_empty = { except = [\"invoice\"] }"); }),
                testing::HasSubstr("there is no [datasets.invoice]; did you mean 'invoices'"));
}

TEST(ScheduleSettings, WrongValuesSayWhereAndWhatIsAllowed) {
    std::pair<char const*, std::string> const cases[] = {
        {"timeout = \"10 min\"",
         at(1) + R"([schedules.s] timeout = "10 min" is no span of time: write a whole number)"},
        {"timeout = 10", at(1) + "[schedules.s] timeout must be a text in quotation marks, not a whole number"},
        {"give_up = \"0d\"", at(1) + "[schedules.s] give_up = \"0d\" is no span of time"},
        {"retries = -1", at(1) + "[schedules.s] retries must be a whole number of at least 0"},
        {"retries = 101", at(1) + "[schedules.s] retries is at most 100"},
        {"catch_up = \"twice\"", at(1) + R"([schedules.s] catch_up = "twice" is none of "once", "all", "skip")"},
        {"review = \"optional\"",
         at(1) + R"([schedules.s] review = "optional" is none of "none", "required", "optional until 10:00")"},
        {"review = \"optional until 24:00\"", at(1) + "[schedules.s] review = \"optional until 24:00\" is none of"},
        {"review = \"optional until 1x:00\"", at(1) + "[schedules.s] review = \"optional until 1x:00\" is none of"},
        {"holidays = \"us.txt\"", at(1) + "there is no file 'us.txt'"},
        {"to = [\"a@b.example\", \"dana\"]", at(1) + "'dana' is no mail address: it has no @"},
        {"to = [\"a@b.example\", \"A@b.example\"]", at(1) + "[schedules.s] to has 'A@b.example' twice"},
        {"reviewer = \"d@\"", at(1) + "'d@' is no mail address"},
        {"subject = \"a\\nBcc: b\"", at(1) + "[schedules.s] subject must be one line"},
        {"file_name = \"../x\"", at(1) + "[schedules.s] file_name is a name without a folder"},
        {"set = { a = 1.5 }", "[schedules.s.set] a must be a text in quotation marks, a whole number, true or false"},
        {"gates = { frsh = \"3d\" }", at(1, 11) + "unknown key 'frsh' in [schedules.s.gates]; did you mean 'fresh'?"},
        {"gates = { fresh = { book = \"3d\" } }", at(1, 21) + "there is no connection 'book'; did you mean 'books'?"},
        {"gates = { fresh = { books = \"soon\" } }", "[schedules.s.gates] fresh books = \"soon\" is no span of time"},
        {"gates = { complete = \"no\" }", at(1, 11) + "[schedules.s.gates] complete must be true or false"},
        {"only_if = { figure = \"cash-flow:cash\" }",
         "[schedules.s.only_if] needs one of 'below', 'above' and 'equals'"},
        {"only_if = { figure = \"cash-flow:cash\", below = 1, above = 2 }",
         "needs one of 'below', 'above' and 'equals'"},
        {"only_if = { figure = \"cash\", below = 1 }", at(1, 13) + "write report and figure, such as"},
        {"only_if = { figure = \"cashflow:cash\", below = 1 }",
         at(1, 13) + "[schedules.s] makes no report 'cashflow'; did you mean 'cash-flow'?"},
        {"only_if = { figure = \"cash-flow:cash\", below = \"1,000\" }", "below = \"1,000\" is no number such as"},
        {"[schedules.s.each]\ndataset = \"invoice\"\nid = \"id\"",
         at(2) + "there is no [datasets.invoice]; did you mean 'invoices'?"},
        {"[schedules.s.each]\ndataset = \"invoices\"", "[schedules.s.each] has no 'id', which is required"},
        {"[schedules.s.each]\ndataset = \"invoices\"\nid = \"ids\"\nto = \"sttus\"",
         at(4) + "the dataset 'invoices' has no column 'sttus'; did you mean 'status'?"},
        {"[schedules.s.each]\ndataset = \"invoices\"\nid = \"id\"\nset = { owner = \"stat\" }",
         at(4, 9) + "the dataset 'invoices' has no column 'stat'; did you mean 'status'?"},
        {"[schedules.s.each]\ndataset = \"invoices\"\nid = \"id\"\nonly = { idd = \"1\" }",
         at(4, 10) + "the dataset 'invoices' has no column 'idd'; did you mean 'id'?"},
        {"to = \"a@b.example\"\n[schedules.s.each]\ndataset = \"invoices\"\nid = \"id\"\nto = \"status\"",
         at(5) + "either [schedules.s.each] names the column of addresses, or [schedules.s] has 'to'"},
        {"set = { owner = \"x\" }\n[schedules.s.each]\ndataset = \"invoices\"\nid = \"id\"\nset = { owner = \"status\" "
         "}",
         at(5, 9) + "[schedules.s] sets 'owner' too"},
        {"[service]\nworkers = 0", at(2) + "[service] workers must be a whole number of at least 1"},
        {"[service]\nworker = 2", at(2) + "unknown key 'worker' in [service]; did you mean 'workers'?"},
    };
    for (auto const& [lines, message] : cases) EXPECT_TRUE(says(problems(lines), message)) << lines;
}

TEST(ScheduleSettings, NamesInSubjectAndFileNameAreKnownOnes) {
    EXPECT_TRUE(says(problems("subject = \"{{company}}, {{perod}}\""),
                     at(1) + "[schedules.s] subject has no name 'perod'; did you mean 'period'?"));
    EXPECT_TRUE(
        says(problems("file_name = \"{{#prt}}x{{/prt}}\""), at(1) + "[schedules.s] file_name has no name 'prt'"));
    EXPECT_TRUE(says(problems("file_name = \"{{period\""), "write a name as {{period}}"));
    EXPECT_NO_THROW((void)parsed("[schedules.s]\npack = \"monthly\"\nwhen = \"every day 07:00\"\n"
                                 "subject = \"{{title}}{{#part}}, {{ part }}{{/part}}{{revision}}\"\n"));
}

TEST(ScheduleSettings, ChannelsAreThoseOfDelivery) {
    std::string const delivery = R"([delivery]
from = "reports@prairie.example"
allow = ["prairie.example"]
[delivery.channels.mail]
kind = "smtp"
host = "127.0.0.1"
security = "none"
[delivery.channels.archive]
kind = "folder"
path = "out"
)";
    auto const found = [&](std::string const& lines, std::string const& more = {}) {
        return error_of([&] {
            (void)parsed(delivery + more + "[schedules.s]\npack = \"monthly\"\nwhen = \"every day 07:00\"\n" + lines);
        });
    };
    EXPECT_NO_THROW((void)parsed(delivery +
                                 "[schedules.s]\npack = \"monthly\"\nwhen = \"every day 07:00\"\nvia = \"mail\"\n"
                                 "copies = [\"archive\"]\nto = \"a@prairie.example\"\n"));
    EXPECT_TRUE(says(found("via = \"mial\""), "there is no [delivery.channels.mial]; did you mean 'mail'?"));
    EXPECT_TRUE(says(found("copies = \"archiv\""), "there is no [delivery.channels.archiv]; did you mean 'archive'?"));
    EXPECT_TRUE(says(found("via = \"archive\""), "the channel 'archive' is a folder: mail goes out by smtp or graph"));
    EXPECT_TRUE(says(found("copies = \"mail\""), "the channel 'mail' is a smtp channel: it needs addresses"));
    EXPECT_TRUE(says(found("to = \"a@rival.example\""), "'a@rival.example' may not be written to"));
    EXPECT_TRUE(says(found("to = \"a@prairie.example\"",
                           "[delivery.channels.other]\nkind = \"smtp\"\nhost = \"127.0.0.1\"\nsecurity = \"none\"\n"),
                     "[schedules.s] needs 'via', since there are several mail channels: mail, other"));
}

TEST(Duration, IsANumberAndAUnit) {
    using namespace std::chrono_literals;
    EXPECT_EQ(parse_duration("90s"), 90s);
    EXPECT_EQ(parse_duration("10m"), 10min);
    EXPECT_EQ(parse_duration("36h"), 36h);
    EXPECT_EQ(parse_duration("9999d"), 9999 * 24h);
    for (auto const* wrong : {"", "d", "0d", "-1d", "+1d", "1", "1.5h", "1 d", "1w", "10000d", "99999999999999999999s"})
        EXPECT_EQ(parse_duration(wrong), std::nullopt) << wrong;
    EXPECT_EQ(duration_words(24h), "1 day");
    EXPECT_EQ(duration_words(36h), "36 hours");
    EXPECT_EQ(duration_words(90s), "90 seconds");
    EXPECT_EQ(duration_words(0s), "0 seconds");
}

} // namespace
} // namespace deckle::data
