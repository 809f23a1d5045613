// deckle run --pack: reports by themselves and as one PDF, with a test plugin beside cash-flow.
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

class Pack : public testing::Test {
protected:
    Pack() : folder(fresh_folder()) {
        write_tiny_workspace(folder);
        append("[packs.monthly]\ntitle = \"Monthly pack\"\nreports = [\"cash-flow\", \"fault\"]\n");
    }
    void append(std::string const& toml) {
        write_file(folder / "deckle.toml", read_file(folder / "deckle.toml") + toml);
    }
    [[nodiscard]] std::string unsafe() const {
        return " --allow-unsafe-plugins '" + std::string(DECKLE_BINARY_DIR) + "/test-plugins' ";
    }
    Answer run(std::string const& more = "") {
        return program_with("run --pack monthly --period 2026-10 --out out --format pdf,html" + unsafe() + more,
                            folder);
    }
    Answer verified(std::string const& id) { return program_with("runs verify " + id + unsafe(), folder); }
    Json runs() { return Json::parse(program_with("runs list --json", folder).out); }
    [[nodiscard]] int pages(std::string const& file) const {
        return std::stoi(shell("pdfinfo " + file + " | sed -n 's/^Pages: *//p'", folder).out);
    }

    fs::path folder;
    std::string const whole = "out/Tiny-IT_monthly-pack_2026-10.pdf";
};

} // namespace

TEST_F(Pack, IsEveryReportByItselfAndOneDocument) {
    auto const answer = run();
    ASSERT_EQ(answer.code, 0) << answer.err;
    EXPECT_EQ(answer.out, whole + "\nout/Tiny-IT_cash-flow_2026-10.pdf\nout/Tiny-IT_cash-flow_2026-10.html\n"
                                  "out/Tiny-IT_fault_2026-10.pdf\nout/Tiny-IT_fault_2026-10.html\n");
    // Each is what `deckle run` makes.
    for (std::string const report : {"cash-flow", "fault"}) {
        auto const alone =
            program_with("run " + report + " --period 2026-10 --out alone --format pdf,html" + unsafe(), folder);
        ASSERT_EQ(alone.code, 0) << alone.err;
    }
    auto const differs = shell("rm -f same; mkdir same; cp out/* same; rm same/*pack*; diff -r same alone", folder);
    EXPECT_EQ(differs.code, 0) << differs.out;

    int const cash = pages("alone/Tiny-IT_cash-flow_2026-10.pdf"), fault = pages("alone/Tiny-IT_fault_2026-10.pdf");
    int const all = pages(whole);
    EXPECT_EQ(all, 1 + cash + fault);
    for (int page = 1; page <= all; ++page) {
        std::string const n = std::to_string(page);
        auto const text = shell("pdftotext -layout -f " + n + " -l " + n + " " + whole + " -", folder).out;
        EXPECT_THAT(text, HasSubstr(n + " of " + std::to_string(all)));
    }
    std::string const cover = shell("pdftotext -layout -l 1 " + whole + " -", folder).out;
    for (char const* text : {"Monthly pack", "October 2026", "as of October 31, 2026", "Tiny IT", "Contents"})
        EXPECT_THAT(cover, HasSubstr(text));
    auto const title =
        Json::parse(program_with("run cash-flow --period 2026-10 --json --format json --out j", folder).out);
    std::string const words = shell("pdftotext -l 1 " + whole + " - | tr '\\n' ' '", folder).out;
    EXPECT_THAT(words, HasSubstr(title["title"].get<std::string>())); // the answer
    EXPECT_THAT(shell("pdftotext -layout -l 1 " + whole + " - | grep -E '^ *Receivables.*[. ]+[0-9]+$'", folder).out,
                Not(testing::IsEmpty()));

    auto const check = shell("qpdf --check " + whole + " && pdfinfo -struct " + whole, folder);
    EXPECT_EQ(check.code, 0) << check.out << check.err;
    EXPECT_EQ(check.err, "");
    EXPECT_THAT(check.out, HasSubstr("Document\n"));
    EXPECT_THAT(check.out, HasSubstr("\n  Sect"));
    // Each face is in the file once.
    EXPECT_EQ(shell("pdffonts " + whole + " | tail -n +3 | cut -d+ -f2 | cut -d' ' -f1 | sort | uniq -d", folder).out,
              "");
    std::string const plain = shell("qpdf --qdf --object-streams=disable " + whole + " -", folder).out;
    for (char const* part : {"/Title (Cash flow)", "/Dest (cash-flow)", "/Dest (cash-flow/receivables)"})
        EXPECT_THAT(plain, HasSubstr(part));
}

TEST_F(Pack, SameInputSameBytes) {
    ASSERT_EQ(run("--attach figures").code, 0);
    fs::rename(folder / "out", folder / "first");
    ASSERT_EQ(run("--attach figures").code, 0);
    auto const differs = shell("diff -r first out", folder);
    EXPECT_EQ(differs.code, 0) << differs.out;
    auto const files = shell("pdfdetach -list " + whole, folder).out;
    EXPECT_THAT(files, HasSubstr("4 embedded files"));
    EXPECT_THAT(files, HasSubstr("Tiny-IT_cash-flow_2026-10.figures.csv"));
}

TEST_F(Pack, TheLedgerShowsWhatBelongsTogether) {
    ASSERT_EQ(run().code, 0);
    auto const list = runs();
    ASSERT_EQ(list.size(), 3u);
    EXPECT_EQ(list[0]["report"], "fault");
    EXPECT_EQ(list[1]["report"], "cash-flow");
    EXPECT_EQ(list[2]["report"], "");
    for (auto const& each : list) {
        EXPECT_EQ(each["pack"], "monthly");
        EXPECT_EQ(each["status"], "ok");
    }
    std::string const pack = list[2]["id"];
    EXPECT_EQ(list[0]["pack_run"], pack);
    EXPECT_EQ(list[1]["pack_run"], pack);
    auto const shown = program_with("runs show " + pack, folder).out;
    EXPECT_THAT(shown, HasSubstr(whole));
    EXPECT_THAT(shown, HasSubstr(list[1]["id"].get<std::string>()));
    auto const again = program_with("run --from-snapshot " + pack + " --out again", folder);
    EXPECT_EQ(again.code, 2);
    EXPECT_THAT(again.err, HasSubstr("is a pack"));
    auto const one = program_with("run --from-snapshot " + list[1]["id"].get<std::string>() + " --out again", folder);
    EXPECT_EQ(one.code, 0) << one.err;
    EXPECT_EQ(shell("cmp out/*cash-flow*.pdf again/*cash-flow*.pdf", folder).code, 0);
}

TEST_F(Pack, AReportThatFailsIsToldAndKeepsNoneBack) {
    ASSERT_EQ(run().code, 0);
    auto const whole_run = runs()[2]["id"].get<std::string>();
    fs::remove_all(folder / "out");
    append("[reports.fault]\nfault = \"segfault\"\n");
    auto bank = read_file(folder / "bank.csv");
    bank.replace(bank.find("274200.00"), 9, "264200.00");
    write_file(folder / "bank.csv", bank);
    auto const answer = run("--json");
    EXPECT_EQ(answer.code, 4) << answer.err;
    EXPECT_THAT(answer.err, HasSubstr("fault"));
    auto const told = Json::parse(answer.out);
    EXPECT_EQ(told["status"], "partial");
    EXPECT_EQ(told["reports"][0]["status"], "ok");
    EXPECT_EQ(told["reports"][1]["status"], "failed");
    EXPECT_THAT(told["reports"][1]["message"].get<std::string>(), HasSubstr("crash"));
    EXPECT_EQ(pages(whole), 1 + pages("out/Tiny-IT_cash-flow_2026-10.pdf"));
    std::string const cover = shell("pdftotext -layout -l 1 " + whole + " -", folder).out;
    EXPECT_THAT(cover, HasSubstr("is missing."));
    EXPECT_FALSE(fs::exists(folder / "out/Tiny-IT_fault_2026-10.pdf"));
    auto const list = runs();
    EXPECT_EQ(list[0]["status"], "failed");
    EXPECT_EQ(list[1]["status"], "ok");
    EXPECT_EQ(list[2]["status"], "partial");
    auto const differ = program_with("runs diff " + whole_run + " " + list[2]["id"].get<std::string>(), folder);
    EXPECT_THAT(differ.err, HasSubstr("fault is in one of them only"));
    EXPECT_THAT(differ.out, HasSubstr("cash-flow:cash.closing"));
    auto const again = verified(list[2]["id"]);
    EXPECT_EQ(again.code, 0) << "with what was missing missing: " << again.err;
}

TEST_F(Pack, TheWholeIsMadeAgainFromTheLedger) {
    ASSERT_EQ(run("--revision 2 --correction 'An invoice was voided' --attach csv").code, 0);
    EXPECT_THAT(run("--correction 'An invoice was voided'").err, HasSubstr("add --revision 2"));
    auto const pack = runs()[2]["id"].get<std::string>();
    std::string const file = "out/Tiny-IT_monthly-pack_2026-10_r2.pdf";
    auto const cover = shell("pdftotext -layout -l 1 " + file + " -", folder).out;
    EXPECT_THAT(cover, HasSubstr("Corrected issue, revision 2: An invoice was voided"));
    fs::remove(folder / "invoices.csv");
    auto const same = verified(pack);
    EXPECT_EQ(same.code, 0) << same.err;
    EXPECT_THAT(same.out, HasSubstr("the same"));
    EXPECT_THAT(same.out, HasSubstr("as recorded"));
    write_file(folder / file, read_file(folder / file) + "x");
    EXPECT_EQ(verified(pack).code, 1) << "the file is not what was made";
    fs::create_directories(folder / "templates/pack");
    auto page = read_file(fs::path(DECKLE_SOURCE_DIR) / "report-templates/pack/report.html.mustache");
    page.replace(page.find("Contents"), 8, "Chapters");
    write_file(folder / "templates/pack/report.html.mustache", page);
    EXPECT_THAT(verified(pack).err, HasSubstr("the template of the cover is another one than in that run"));
}

TEST_F(Pack, WithoutAnyReportThereIsNone) {
    append("[reports.fault]\nfault = \"throw\"\n");
    fs::remove(folder / "invoices.csv");
    auto const answer = run();
    EXPECT_EQ(answer.code, 1);
    EXPECT_EQ(answer.out, "");
    EXPECT_THAT(answer.err, HasSubstr("invoices.csv"));
    EXPECT_THAT(answer.err, HasSubstr("a fault on purpose"));
    EXPECT_FALSE(fs::exists(folder / "out") && !fs::is_empty(folder / "out"));
    for (auto const& each : runs()) EXPECT_EQ(each["status"], "failed");
}

TEST_F(Pack, WithoutAPeriodItIsTheLastWholeMonth) {
    auto const answer = program_with("run --pack monthly --out out --format json" + unsafe(), folder);
    std::string const month =
        shell("export TZ=America/Chicago; date -d \"$(date +%Y-%m-01) -1 day\" +%Y-%m", folder).out.substr(0, 7);
    EXPECT_THAT(answer.out, HasSubstr("_" + month + ".json")) << answer.err;
    EXPECT_THAT(answer.out, Not(HasSubstr("pdf")));
}

TEST_F(Pack, WhatItCannotHaveIsSaid) {
    struct Case {
        std::string arguments, message;
    };
    for (auto const& [arguments, message] : std::vector<Case>{
             {"run --pack monthy", "did you mean 'monthly'"},
             {"run cash-flow --pack monthly", "not both"},
             {"run --pack monthly --set minimum_cash=1", "[reports.NAME]"},
             {"run --pack monthly --out -", "needs a folder"},
             {"run --pack monthly --period Oktober", "Oktober"},
             {"run --pack monthly --from-snapshot 0", "one report"},
         }) {
        auto const answer = program_with(arguments, folder);
        EXPECT_EQ(answer.code, 2) << arguments;
        EXPECT_THAT(answer.err, HasSubstr(message));
    }
    append("[packs.twice]\nreports = [\"cash-flow\", \"cash-flow\"]\n");
    auto const twice = run();
    EXPECT_EQ(twice.code, 2);
    EXPECT_THAT(twice.err, HasSubstr("'cash-flow' twice"));
}
