// The command line from outside: a workspace with invoices and a bank export alone.
#include "app/program.hpp"
#include "app/tiny_workspace.hpp"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace deckle;
using namespace deckle::tests;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

class App : public testing::Test {
protected:
    App() : folder(fresh_folder()) { write_tiny_workspace(folder); }
    /// Puts `to` in place of `from`, once, in one of the workspace's files.
    void change(std::string const& file, std::string const& from, std::string const& to) {
        std::string text = read_file(folder / file);
        auto const at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        write_file(folder / file, text.replace(at, from.size(), to));
    }
    Answer run(std::string const& more = "") {
        return program_with("run cash-flow --period 2026-10 --out out --format pdf,html,json " + more, folder);
    }
    void expect_no_output() const { EXPECT_FALSE(fs::exists(folder / "out") && !fs::is_empty(folder / "out")); }

    fs::path folder;
};

} // namespace

TEST_F(App, InvoicesAndABankExportMakeAReport) {
    auto const answer = run();
    ASSERT_EQ(answer.code, 0) << answer.err;
    EXPECT_EQ(answer.out, "out/Tiny-IT_cash-flow_2026-10.pdf\nout/Tiny-IT_cash-flow_2026-10.html\n"
                          "out/Tiny-IT_cash-flow_2026-10.json\n");
    std::string const html = read_file(folder / "out/Tiny-IT_cash-flow_2026-10.html");
    EXPECT_THAT(html, HasSubstr("Harlan Clinic"));
    EXPECT_THAT(html, HasSubstr("$274,200"));
    EXPECT_THAT(html, Not(HasSubstr("«missing")));
    auto const check = shell("qpdf --check out/*.pdf && pdffonts out/*.pdf && pdftotext -layout out/*.pdf -", folder);
    EXPECT_EQ(check.code, 0) << check.out << check.err;
    EXPECT_EQ(check.err, "");
    EXPECT_THAT(check.out, HasSubstr("Harlan Clinic"));
}

TEST_F(App, SameInputSameBytes) {
    ASSERT_EQ(run().code, 0);
    fs::rename(folder / "out", folder / "first");
    ASSERT_EQ(run().code, 0);
    auto const differs = shell("diff -r first out", folder);
    EXPECT_EQ(differs.code, 0) << differs.out;
}

TEST_F(App, AnEarlierRunIsMadeAgainFromItsSnapshot) {
    ASSERT_EQ(run("--set minimum_cash=250000").code, 0);
    fs::rename(folder / "out", folder / "first");
    fs::remove(folder / "invoices.csv");
    auto const runs = Json::parse(program_with("runs list --json", folder).out);
    ASSERT_EQ(runs.size(), 1u);
    std::string const id = runs[0]["id"];
    auto const again =
        program_with("run --from-snapshot " + id.substr(0, 6) + " --out out --format pdf,html,json", folder);
    ASSERT_EQ(again.code, 0) << again.err;
    auto const differs = shell("cmp first/*.pdf out/*.pdf && cmp first/*.html out/*.html", folder);
    EXPECT_EQ(differs.code, 0) << differs.out;
    auto const shown = Json::parse(program_with("runs show --json " + id, folder).out);
    EXPECT_EQ(shown["status"], "ok");
    EXPECT_EQ(shown["params"]["minimum_cash"], "250000");
    EXPECT_EQ(shown["inputs"].size(), 3u);
    EXPECT_GT(shown["figures"].size(), 10u);
    EXPECT_THAT(program_with("runs show " + id, folder).out, HasSubstr("out/Tiny-IT_cash-flow_2026-10.pdf"));
}

TEST_F(App, ABrokenCellFailsWithItsPlace) {
    change("invoices.csv", "28600.00,28600.00", "28x00.00,28600.00");
    auto const answer = run();
    EXPECT_EQ(answer.code, 1);
    EXPECT_THAT(answer.err, HasSubstr("invoices.csv"));
    EXPECT_THAT(answer.err, HasSubstr("3"));
    EXPECT_THAT(answer.err, HasSubstr("total"));
    EXPECT_THAT(answer.err, HasSubstr("28x00.00"));
    EXPECT_EQ(answer.out, "");
    expect_no_output();
    auto const runs = Json::parse(program_with("runs list --json", folder).out);
    EXPECT_EQ(runs[0]["status"], "failed");
}

TEST_F(App, ABrokenCellMayBeReportedInstead) {
    change("invoices.csv", "28600.00,28600.00", "28x00.00,28600.00");
    change("deckle.toml", "file = \"invoices.csv\"", "file = \"invoices.csv\"\non_bad_row = \"report\"");
    auto const answer = run();
    EXPECT_EQ(answer.code, 4) << answer.err;
    EXPECT_THAT(read_file(folder / "out/Tiny-IT_cash-flow_2026-10.html"), HasSubstr("28x00.00"));
}

TEST_F(App, AMissingColumnIsNamedWithItsNearest) {
    change("invoices.csv", "Total", "Totl");
    auto const answer = run();
    EXPECT_EQ(answer.code, 1);
    EXPECT_THAT(answer.err, HasSubstr("Total"));
    EXPECT_THAT(answer.err, HasSubstr("Totl"));
    expect_no_output();
}

TEST_F(App, AMissingFileIsNamed) {
    fs::remove(folder / "bank.csv");
    auto const answer = run();
    EXPECT_EQ(answer.code, 1);
    EXPECT_THAT(answer.err, HasSubstr("bank.csv"));
    expect_no_output();
}

TEST_F(App, AnUnknownKeyIsNamedWithItsPlace) {
    change("deckle.toml", "currency =", "curency =");
    auto const answer = run();
    EXPECT_EQ(answer.code, 2);
    EXPECT_THAT(answer.err, HasSubstr("deckle.toml:3:1"));
    EXPECT_THAT(answer.err, HasSubstr("currency"));
    expect_no_output();
}

TEST_F(App, WrongParametersPeriodsAndNamesAreUsageErrors) {
    std::pair<char const*, char const*> const cases[] = {
        {"run cash-flow --period 2026-10 --set minimun_cash=1", "minimum_cash"},
        {"run cash-flow --period 2026-10 --set dso_days=soon", "dso_days"},
        {"run cash-flow --period 2026-10 --set minimum_cash", "name=value"},
        {"run cash-flow --period October", "2026-10"},
        {"run cash-flow", "--period"},
        {"run cash-flow --period 2026-10 --as-of 31.10.2026", "YYYY-MM-DD"},
        {"run cash-flow --period 2026-10 --format docx", "docx"},
        {"run cashflow --period 2026-10", "cash-flow"},
        {"run cash-flow --perod 2026-10", "--perod"},
        {"runs show zzzz", "zzzz"},
        {"data preview invoises", "invoices"},
        {"run cash-flow --period 2026-10 -w nowhere", "deckle init"},
    };
    for (auto const& [arguments, expected] : cases) {
        auto const answer = program_with(arguments, folder);
        EXPECT_EQ(answer.code, 2) << arguments << "\n" << answer.err;
        EXPECT_THAT(answer.err, HasSubstr(expected)) << arguments;
        EXPECT_EQ(answer.out, "") << arguments;
    }
    expect_no_output();
}

TEST_F(App, OneFileMayGoToStandardOutput) {
    auto const answer = program_with("run cash-flow --period 2026-10 --format json --out -", folder);
    ASSERT_EQ(answer.code, 0) << answer.err;
    EXPECT_EQ(Json::parse(answer.out)["run"]["company"], "Tiny IT");
    EXPECT_EQ(program_with("run cash-flow --period 2026-10 --out -", folder).code, 2);
    auto const timed = program_with("run cash-flow --period 2026-10 --format pdf --out - --timings", folder);
    EXPECT_TRUE(timed.out.starts_with("%PDF-")) << "the stages go to standard error";
    for (auto const* stage : {"start ", "data ", "plugin ", "model ", "template ", "layout ", "pdf ", "ledger "})
        EXPECT_THAT(timed.err, HasSubstr(std::string("\n") + stage)) << timed.err;
}

TEST_F(App, JsonAnswersNameTheFilesAndTheirHashes) {
    auto const answer = run("--json");
    ASSERT_EQ(answer.code, 0) << answer.err;
    auto const json = Json::parse(answer.out);
    EXPECT_EQ(json["status"], "ok");
    auto const sum = shell("sha256sum out/*.pdf", folder).out;
    EXPECT_EQ(json["outputs"][0]["sha256"], sum.substr(0, 64));
}

TEST_F(App, DataCommandsShowWhatReportsSee) {
    auto const preview = program_with("data preview invoices --rows 2", folder);
    EXPECT_EQ(preview.code, 0) << preview.err;
    EXPECT_THAT(preview.out, HasSubstr("46300.00"));
    EXPECT_THAT(preview.out, HasSubstr("2026-08-18"));
    EXPECT_THAT(preview.out, Not(HasSubstr("1003")));
    auto const list = Json::parse(program_with("data list --json", folder).out);
    auto const bound = std::count_if(list.begin(), list.end(), [](Json const& d) { return d["bound"] == true; });
    EXPECT_EQ(bound, 2);
    EXPECT_EQ(program_with("data check", folder).code, 0);
    change("invoices.csv", "10/15/2026", "15.10.2026");
    auto const check = program_with("data check", folder);
    EXPECT_EQ(check.code, 1);
    EXPECT_THAT(check.out, HasSubstr("15.10.2026"));
}

TEST_F(App, ReportsSayWhatThisWorkspaceCanProduce) {
    EXPECT_THAT(program_with("report list", folder).out, HasSubstr("cash-flow"));
    auto const show = program_with("report show cash-flow", folder);
    EXPECT_EQ(show.code, 0) << show.err;
    EXPECT_THAT(show.out, HasSubstr("no: bind"));
    EXPECT_THAT(show.out, HasSubstr("minimum_cash"));
}

TEST_F(App, ATemplateOfTheWorkspaceWinsAndIsLinted) {
    ASSERT_EQ(run().code, 0);
    EXPECT_EQ(program_with("template lint cash-flow", folder).code, 0)
        << program_with("template lint cash-flow", folder).out;
    fs::create_directories(folder / "templates/cash-flow");
    write_file(
        folder / "templates/cash-flow/report.html.mustache",
        "<!doctype html><html lang=\"en\"><title>{{title}}</title>\n<p>Ours: {{run.company}} {{nothing}}</p></html>");
    auto const lint = program_with("template lint cash-flow", folder);
    EXPECT_EQ(lint.code, 1);
    EXPECT_THAT(lint.out, HasSubstr("report.html.mustache:2:"));
    auto const answer = run();
    EXPECT_THAT(answer.err, HasSubstr("nothing"));
    EXPECT_THAT(read_file(folder / "out/Tiny-IT_cash-flow_2026-10.html"), HasSubstr("Ours: Tiny IT"));
}

TEST_F(App, InitStartsAWorkspaceThatChecksClean) {
    auto const init = program_with("init new --company 'Müller GmbH'", folder);
    ASSERT_EQ(init.code, 0) << init.err;
    EXPECT_THAT(read_file(folder / "new/.gitignore"), HasSubstr(".deckle/"));
    EXPECT_THAT(read_file(folder / "new/deckle.toml"), HasSubstr("Müller GmbH"));
    EXPECT_EQ(program_with("data check -w new", folder).code, 0);
    EXPECT_EQ(program_with("init new", folder).code, 3) << "nothing may be overwritten";
}

TEST_F(App, RenderTurnsOneHtmlFileIntoAPdf) {
    write_file(folder / "a.html", "<!doctype html><title>One</title><h1>Hello office</h1>");
    EXPECT_EQ(program_with("render a.html -o a.pdf", folder).code, 0);
    EXPECT_THAT(shell("pdftotext a.pdf -", folder).out, HasSubstr("Hello office"));
    EXPECT_EQ(shell("'" + program().string() + "' render - -o - < a.html > b.pdf", folder).code, 0);
    EXPECT_EQ(read_file(folder / "a.pdf"), read_file(folder / "b.pdf"));
    EXPECT_THAT(program_with("render a.html -o - --dump pages", folder).out, HasSubstr("Hello office"));
    EXPECT_EQ(program_with("render none.html -o c.pdf", folder).code, 1);
    write_file(folder / "two.html", "<p>a\n<p style='break-before:page'>b");
    auto const explained = program_with("render two.html -o two.pdf --explain-breaks", folder);
    EXPECT_EQ(explained.code, 0);
    EXPECT_THAT(explained.err, HasSubstr("page 1 ends before <p> at two.html:2: <p> at line 2 asks for it"));
    EXPECT_FALSE(fs::exists(folder / "c.pdf"));
}

TEST_F(App, ManagementsParagraphStandsUnderTheAnswer) {
    auto const set = [&](std::string const& more) { return program_with("commentary set cash-flow " + more, folder); };
    auto const html = [&](std::string const& more = "") {
        fs::remove_all(folder / "out");
        EXPECT_EQ(run(more).code, 0);
        return read_file(folder / "out/Tiny-IT_cash-flow_2026-10.html");
    };
    EXPECT_THAT(html(), Not(HasSubstr("class=\"commentary\"")));
    auto const first = set("--period 2026-10 --by 'Dana Whitfield' 'We *chose* to wait for Harlan.'");
    EXPECT_EQ(first.code, 0) << first.err;
    EXPECT_THAT(first.err, HasSubstr("version 1"));
    auto const page = html();
    EXPECT_THAT(page, HasSubstr("<p>We <em>chose</em> to wait for Harlan.</p>"));
    EXPECT_THAT(page, HasSubstr("Dana Whitfield, "));
    EXPECT_LT(page.find("class=\"lead\""), page.find("class=\"commentary\""));
    EXPECT_LT(page.find("class=\"commentary\""), page.find("<section"));

    // Other months have none, later versions are kept, an earlier run keeps the text it had.
    EXPECT_THAT(program_with("run cash-flow --period 2026-09 --format html --out -", folder).out,
                Not(HasSubstr("class=\"commentary\"")));
    EXPECT_EQ(shell("printf 'Second <b>try</b>' | '" + program().string() +
                        "' commentary set cash-flow --period 2026-10 --by Renée -",
                    folder)
                  .err,
              "line 1: HTML (<b>) prints as the text it is: write Markdown [markdown.html]\n"
              "line 1: HTML (</b>) prints as the text it is: write Markdown [markdown.html]\n"
              "Commentary of cash-flow, 2026-10: version 2\n");
    EXPECT_THAT(html(), HasSubstr("Second &lt;b&gt;try&lt;/b&gt;"));
    auto const runs = Json::parse(program_with("runs list --json", folder).out);
    EXPECT_EQ(html("--from-snapshot " + runs[2]["id"].get<std::string>()), page);
    EXPECT_EQ(program_with("commentary show cash-flow --period 2026-10", folder).out, "Second <b>try</b>\n");
    EXPECT_EQ(
        Json::parse(program_with("commentary show cash-flow --period 2026-10 --history --json", folder).out).size(),
        2u);
    EXPECT_THAT(program_with("commentary list", folder).out, HasSubstr("Renée"));
    EXPECT_EQ(set("--period 2026-10 --by Dana ''").code, 0);
    EXPECT_THAT(html(), Not(HasSubstr("class=\"commentary\"")));

    EXPECT_EQ(set("--period 2026-13 x").code, 2);
    EXPECT_EQ(program_with("commentary set cash-flw --period 2026-10 x", folder).code, 2);
    auto const none = program_with("commentary show cash-flow --period 2026-01", folder);
    EXPECT_EQ(none.code, 2);
    EXPECT_THAT(none.err, HasSubstr("deckle commentary set cash-flow --period 2026-01"));
}

TEST_F(App, ARunIsVerifiedToTheByteAndTwoAreCompared) {
    ASSERT_EQ(run("--attach csv --pdfa --revision 2").code, 0);
    change("invoices.csv", "\"46,300.00\",\"46,300.00\"", "\"46,300.00\",\"40,000.00\"");
    ASSERT_EQ(program_with("run cash-flow --period 2026-10 --format figures --out later", folder).code, 0);
    auto const runs = Json::parse(program_with("runs list --json", folder).out);
    std::string const after = runs[0]["id"], before = runs[1]["id"];

    auto const diff = Json::parse(program_with("runs diff --json " + before + " " + after, folder).out);
    Json open;
    for (auto const& figure : diff["figures"])
        if (figure["id"] == "ar.total") open = figure;
    ASSERT_FALSE(open.is_null()) << diff.dump(1);
    EXPECT_EQ(open["before"], "74900");
    EXPECT_EQ(open["after"], "68600");
    EXPECT_EQ(open["change"], "-6300");
    EXPECT_GT(diff["unchanged"], 3);
    EXPECT_EQ(diff["other_data"], Json{"invoices"});
    EXPECT_THAT(program_with("runs diff " + before + " " + after, folder).out, HasSubstr("-6300"));

    // Made again with its own attachments, format and revision, from the data as they were.
    auto const verified = program_with("runs verify " + before, folder);
    EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
    EXPECT_THAT(verified.err, HasSubstr("the same to the byte"));
    write_file(folder / "out/Tiny-IT_cash-flow_2026-10_r2.html", "changed by hand");
    fs::remove(folder / "out/Tiny-IT_cash-flow_2026-10_r2.json");
    auto const touched = program_with("runs verify --json " + before, folder);
    EXPECT_EQ(touched.code, 1);
    std::map<std::string, std::string> files;
    auto const answer = Json::parse(touched.out);
    for (auto const& output : answer["outputs"]) {
        EXPECT_TRUE(output["same"]);
        files[fs::path(output["path"].get<std::string>()).extension()] = output["file"];
    }
    EXPECT_EQ(files[".pdf"], "as recorded");
    EXPECT_EQ(files[".html"], "changed");
    EXPECT_EQ(files[".json"], "gone");
    fs::create_directories(folder / "templates/cash-flow");
    write_file(folder / "templates/cash-flow/report.html.mustache",
               "<!doctype html><title>x</title><h1>{{title}}!</h1>");
    auto const other = program_with("runs verify " + before, folder);
    EXPECT_EQ(other.code, 1);
    EXPECT_THAT(other.out, HasSubstr("DIFFERENT"));
    EXPECT_THAT(other.err, HasSubstr("a template is another one than in that run"));
    EXPECT_EQ(program_with("runs verify nosuch", folder).code, 2);
}

TEST_F(App, SchedulesAreExplainedBeforeTheyFire) {
    write_file(folder / "holidays.txt", "11-04 Founders' Day\n");
    write_file(folder / "deckle.toml", read_file(folder / "deckle.toml") + R"(
[schedules.closing]
report = "cash-flow"
when = "3rd business day after month end 07:00"
holidays = "holidays.txt"
to = ["owner@tiny.example"]

[schedules.night]
report = "cash-flow"
when = "every day 02:30"
zone = "Australia/Sydney"
period = "this month"
)");
    auto const list = program_with("schedule list", folder);
    EXPECT_EQ(list.code, 0) << list.err;
    EXPECT_THAT(list.out, HasSubstr("owner@tiny.example"));
    auto const text = program_with("schedule explain closing --from 2026-10-15 --count 2", folder);
    EXPECT_EQ(text.code, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("Thu 2026-11-05 07:00 CST  2026-11-05T13:00:00Z  2026-10  "
                                    "Tiny-IT_cash-flow_2026-10.pdf"));
    EXPECT_THAT(text.out, HasSubstr("Thu 2026-12-03 07:00 CST"));
    EXPECT_THAT(text.out, Not(HasSubstr("night")));
    auto const json = Json::parse(program_with("schedule explain --from 2026-10-04 --count 1 --json", folder).out);
    ASSERT_EQ(json.size(), 2u);
    EXPECT_EQ(json[1]["firings"][0]["at"], "2026-10-03T16:00:00Z");
    EXPECT_EQ(json[1]["firings"][0]["period"], "2026-10");
    EXPECT_THAT(json[1]["firings"][0]["notes"].get<std::string>(), HasSubstr("clocks go forward"));
    EXPECT_EQ(json[0]["to"][0], "owner@tiny.example");

    auto const unknown = program_with("schedule explain closng", folder);
    EXPECT_EQ(unknown.code, 2);
    EXPECT_THAT(unknown.err, HasSubstr("did you mean 'closing'?"));
    change("deckle.toml", "every day 02:30", "every dayy 02:30");
    auto const wrong = program_with("schedule list", folder);
    EXPECT_EQ(wrong.code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("deckle.toml:"));
    EXPECT_THAT(wrong.err, HasSubstr("'every dayy 02:30' is not understood"));
}

TEST_F(App, HelpAndDoctorAnswer) {
    for (auto const* command :
         {"", "run", "report", "report list", "report show", "data", "data list", "data preview", "data check",
          "data accounts", "runs", "runs list", "runs show", "template", "template lint", "init", "render", "doctor"}) {
        auto const help = program_with(std::string(command) + " --help", folder);
        EXPECT_EQ(help.code, 0) << command;
        EXPECT_GT(help.out.size(), 60u) << command;
        EXPECT_EQ(help.err, "") << command;
    }
    EXPECT_THAT(program_with("--help", folder).out, HasSubstr("Exit codes"));
    auto const doctor = program_with("doctor", folder);
    EXPECT_EQ(doctor.code, 0) << doctor.out << doctor.err;
    EXPECT_EQ(program_with("", folder).code, 2);
}

TEST_F(App, APluginThatBreaksIsReportedAndLeavesNothing) {
    std::string const plugins =
        "--allow-unsafe-plugins '" + (fs::path(DECKLE_BINARY_DIR) / "test-plugins").string() + "' ";
    auto with_fault = [&](std::string const& fault) {
        return program_with("run fault --period 2026-10 --timeout 1 --out out --set fault=" + fault + " " + plugins,
                            folder);
    };
    for (auto const& [fault, word] :
         {std::pair("segfault", "SIGSEGV"), std::pair("exit", "exit"), std::pair("loop", "1 s")}) {
        auto const answer = with_fault(fault);
        EXPECT_EQ(answer.code, 1) << fault << answer.err;
        EXPECT_THAT(answer.err, HasSubstr("fault")) << fault;
        EXPECT_THAT(answer.err, HasSubstr(word)) << fault;
    }
    expect_no_output();
    auto const good = with_fault("none");
    EXPECT_EQ(good.code, 0) << good.err;
    EXPECT_TRUE(fs::exists(folder / "out/Tiny-IT_fault_2026-10.pdf")) << "the standard template serves any plugin";
    EXPECT_EQ(program_with("run fault --period 2026-10 --out out", folder).code, 2)
        << "only built-in plugins load by default";
}

TEST_F(App, ReportsSayWhatTheyTakeAndGive) {
    auto const list = Json::parse(program_with("report list --json", folder).out);
    auto const cash = std::find_if(list.begin(), list.end(), [](auto const& r) { return r["id"] == "cash-flow"; });
    ASSERT_NE(cash, list.end());
    auto const dataset = [&](std::string const& name) {
        for (auto const& d : (*cash)["datasets"])
            if (d["name"] == name) return d;
        ADD_FAILURE() << name;
        return Json();
    };
    EXPECT_EQ(dataset("invoices")["required"], true);
    EXPECT_EQ(dataset("invoices")["bound"], true);
    EXPECT_EQ(dataset("bills")["required"], false);
    EXPECT_EQ(dataset("bills")["bound"], false);
    EXPECT_FALSE(dataset("bills")["columns"].empty());
    auto const shown = Json::parse(program_with("report show cash-flow --json", folder).out);
    EXPECT_EQ(shown["datasets"], (*cash)["datasets"]);
    EXPECT_TRUE(shown["values"].contains("minimum_cash"));
    auto const text = program_with("report show cash-flow", folder).out;
    for (char const* part : {"Section ", "Dataset ", "Parameter ", "no: bind ", "Required columns"})
        EXPECT_THAT(text, HasSubstr(part));
    EXPECT_THAT(program_with("report list", folder).out, testing::ContainsRegex("cash-flow .* of [0-9]+ sections"));
    fs::create_directories(folder / "elsewhere");
    auto const outside = program_with("report list", folder / "elsewhere");
    EXPECT_EQ(outside.code, 0) << outside.err;
    EXPECT_THAT(outside.out, HasSubstr("no workspace"));
}
