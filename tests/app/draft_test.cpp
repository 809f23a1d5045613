// A document from its first draft to the prize, on the command line.
#include "app/program.hpp"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace deckle;
using namespace deckle::tests;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

class Draft : public testing::Test {
protected:
    Draft() : folder(fresh_folder()) {
        write_file(folder / "deckle.toml", R"([company]
name = "Tiny IT"
currency = "USD"
zone = "America/Chicago"

[connections.books]
connector = "csv"

[datasets.facts]
connection = "books"
file = "facts.csv"

[user]
name = "Lucía Ortega"
)");
        write_file(folder / "facts.csv", "id,period,label,text,value,day,unit,source,as_of,public\n"
                                         "revenue.total,2025,Total revenue,,4268437.16,,USD,Ledger,2025-12-31,yes\n"
                                         "customers.active,2026-10,Customers,,88,,customers,PSA,2026-10-31,yes\n"
                                         "company.owner,,Owner,Dana Whitfield,,,,,,yes\n");
    }
    Answer deckle(std::string const& arguments, std::string const& before = "") {
        return shell(before + " '" + program().string() + "' " + arguments + " --allow-unsafe-plugins '" +
                         DECKLE_BINARY_DIR + "/test-plugins'",
                     folder);
    }
    Answer draft(std::string const& arguments, std::string const& before = "") {
        return deckle("draft " + arguments, before);
    }
    std::string done(std::string const& arguments) {
        auto const answer = draft(arguments);
        EXPECT_EQ(answer.code, 0) << arguments << "\n" << answer.err;
        return answer.out;
    }
    void begin() { id = done("new essay --as-of 2026-11-22").substr(0, 8); }
    /// Everything that keeps it from being approved, put right.
    void make_good() {
        done("set last Q3 'We **won**.'");
        done("set last Q4 'Per seat'");
        done("approve last --field Q3 --by 'Dana Whitfield' --as-of 2026-11-22");
    }
    Json shown() { return Json::parse(done("show last --json --as-of 2026-11-22")); }
    std::vector<std::string> rules() {
        std::vector<std::string> all;
        Json const model = shown();
        for (Json const& f : model["findings"])
            all.push_back(f.value("field", "") + " " + f["rule"].get<std::string>() + " " +
                          f["severity"].get<std::string>());
        return all;
    }

    fs::path folder;
    std::string id;
};

} // namespace

TEST_F(Draft, StartsFilledWithTheFirmsOwnFacts) {
    begin();
    auto const model = shown();
    EXPECT_EQ(model["title"], "Essay");
    EXPECT_EQ(model["fields"][0]["value"], "Tiny IT has {{customers.active}} customers.");
    EXPECT_EQ(model["fields"][0]["text"], "Tiny IT has 88 customers.");
    EXPECT_EQ(model["fields"][0]["count"], 5);
    EXPECT_EQ(model["fields"][0]["facts"], Json({"customers.active.2026-10"}));
    EXPECT_EQ(model["fields"][1]["text"], "4,268,437");
    EXPECT_THAT(draft("show last --as-of 2026-11-22").out, HasSubstr("5 of at most 8 words"));
    EXPECT_EQ(done("show last --field Q1 --as-of 2026-11-22"), "Tiny IT has 88 customers.\n");
    EXPECT_THAT(done("list"), HasSubstr("Lucía Ortega"));
    done("new essay --set topic=prize");
    EXPECT_EQ(shown()["title"], "Essay, prize");
    done("new essay --title 'The prize'");
    EXPECT_EQ(shown()["title"], "The prize");
    EXPECT_EQ(draft("new cash-flow").code, 2);
    EXPECT_THAT(draft("new essay --set topik=x").err, HasSubstr("topik"));
}

TEST_F(Draft, EverySaveIsAVersion) {
    begin();
    done("set last Q1 'One.' --by Dana");
    write_file(folder / "text.txt", "Two\r\nlines.\r\n\r\n");
    done("set " + id + " Q1 --file text.txt --by Tom --note shorter");
    EXPECT_EQ(draft("set last Q1 -", "printf 'Two\\nlines.' |").err, "Nothing changed\n");
    auto const log = Json::parse(done("log last --json"));
    ASSERT_EQ(log.size(), 3U);
    EXPECT_EQ(log[2]["by"], "Tom");
    EXPECT_EQ(log[2]["note"], "shorter");
    EXPECT_EQ(log[2]["fields"], Json({"Q1"}));
    EXPECT_EQ(done("diff last"), "Q1: [-One.-]{+Two\nlines.+}\n");
    EXPECT_THAT(done("diff last 1 2"), HasSubstr("Q1: [-Tiny IT has {{customers.active}} customers.-]{+One.+}"));
    EXPECT_EQ(draft("diff last 1 9").code, 2);
    EXPECT_THAT(draft("set last Q9 x").err, HasSubstr("no field 'Q9'"));
    done("take last Q1 --offer 2");
    EXPECT_EQ(shown()["fields"][0]["text"], "Tiny IT.");
    EXPECT_THAT(draft("take last Q2").err, HasSubstr("nothing is offered"));
    EXPECT_THAT(draft("take last Q1 --offer 3").err, HasSubstr("2  2025"));
}

TEST_F(Draft, TheHostFindsWhatIsWrong) {
    begin();
    EXPECT_THAT(rules(), testing::ElementsAre());
    done("set last Q1 'Tiny IT has {{customers.activ}} customers and also ten friends, all told.'");
    done("set last Q2 many");
    done("set last Q3 'We have {{customers.active}} customers, not 90 customers, by synergy. <br>'");
    done("set last Q4 Daily");
    done("set last Q5 tomorrow");
    done("set last Q6 none.pdf");
    done("set last X 'See https://example.com/a/very/long/path/indeed and this: 日本語日本語'");
    EXPECT_THAT(rules(),
                testing::UnorderedElementsAre("Q1 fact.missing error", "Q1 field.limit error", "Q2 field.number error",
                                              "Q3 fact.contradiction warning", "Q3 essay.hype warning",
                                              "Q3 markdown.html warning", "Q4 field.choice error",
                                              "Q5 field.date error", "Q6 field.file error", "X field.limit error"));
    EXPECT_EQ(shown()["fields"][0]["text"],
              "Tiny IT has «missing: customers.activ» customers and also ten friends, all told.");
    EXPECT_EQ(shown()["fields"][6]["count"], 50);
    done("submit last");
    auto const refusal = draft("approve last --by Dana --as-of 2026-11-22");
    EXPECT_EQ(refusal.code, 3);
    EXPECT_THAT(refusal.err,
                HasSubstr("Q1: column 13: {{customers.activ}}: there is no fact customers.activ, did you mean "
                          "'customers.active'? [fact.missing]"));
    EXPECT_THAT(refusal.err, HasSubstr("Q3: Dana Whitfield has not approved it"));
    EXPECT_THAT(refusal.err, HasSubstr("field.choice"));
    EXPECT_EQ(draft("approve last --field Q1 --by Dana").code, 3);
}

TEST_F(Draft, FromReviewToThePrize) {
    begin();
    make_good();
    EXPECT_EQ(draft("approve last --by Dana").code, 3); // review comes first
    done("submit last");
    EXPECT_EQ(draft("reject last").code, 2); // why?
    done("reject last --note 'more numbers'");
    done("submit last");
    done("approve last --by Dana --as-of 2026-11-22");
    EXPECT_EQ(draft("set last Q1 late").code, 3);
    EXPECT_EQ(draft("mark last won").code, 3);
    done("mark last submitted --receipt R-17 --date 2026-11-23 --as-of 2026-11-22");
    // What went out stays as it went out, whatever becomes of the facts.
    ASSERT_EQ(deckle("facts set customers.active 95 --period 2026-10").code, 0);
    EXPECT_EQ(shown()["fields"][0]["text"], "Tiny IT has 88 customers.");
    done("mark last shortlisted --date 2026-12-01");
    done("mark last won --date 2026-12-20 --note 'first of 40'");
    auto const won = shown();
    EXPECT_EQ(won["state"], "won");
    EXPECT_EQ(won["outcome"], Json({{"receipt", "R-17"}, {"date", "2026-12-20"}, {"note", "first of 40"}}));
    // The prize starts another document.
    done("new essay --from " + id + " --set topic=prize --as-of 2026-11-22");
    auto const next = shown();
    EXPECT_EQ(next["origin"], id);
    EXPECT_EQ(next["fields"][2]["text"], "After Tiny IT has 88 customers.");
    EXPECT_EQ(next["fields"][0]["text"], "Tiny IT has 95 customers.");
    EXPECT_THAT(done("list --state won"), HasSubstr(id));
}

TEST_F(Draft, AnApprovalIsBoundToTheText) {
    begin();
    make_good();
    done("submit last");
    done("set last Q3 'We lost.'"); // editing in review is allowed, and voids the field's approval
    EXPECT_THAT(rules(), testing::Contains("Q3 approval.void warning"));
    EXPECT_TRUE(shown()["fields"][2]["approved"].is_null());
    EXPECT_EQ(draft("approve last --field Q3 --by Tom --as-of 2026-11-22").code, 3); // not the one it names
    done("approve last --field Q3 --by 'dana whitfield' --as-of 2026-11-22");
    done("approve last --by Dana --as-of 2026-11-22");
    EXPECT_TRUE(shown()["approval_stands"]);
    ASSERT_EQ(deckle("facts set customers.active 95 --period 2026-10").code, 0); // a fact changes afterwards
    EXPECT_FALSE(shown()["approval_stands"]);
    EXPECT_THAT(rules(), testing::ElementsAre(" approval.void error"));
    EXPECT_THAT(draft("export last --format txt --out out --as-of 2026-11-22").err, HasSubstr("changed since: Q1"));
    auto const refusal = draft("mark last submitted --as-of 2026-11-22");
    EXPECT_EQ(refusal.code, 3);
    EXPECT_THAT(refusal.err, HasSubstr("changed since: Q1"));
    done("reopen last");
    done("submit last");
    done("approve last --by Dana --as-of 2026-11-22");
    done("mark last submitted --as-of 2026-11-22");
}

TEST_F(Draft, FourEyes) {
    write_file(folder / "deckle.toml", read_file(folder / "deckle.toml") + "\n[drafts]\nfour_eyes = true\n");
    begin();
    make_good();
    done("submit last");
    auto const refusal = draft("approve last --by 'lucía Ortega' --as-of 2026-11-22");
    EXPECT_EQ(refusal.code, 3);
    EXPECT_THAT(refusal.err, HasSubstr("somebody else approves it"));
    done("approve last --by Tom --as-of 2026-11-22");
}

TEST_F(Draft, TwoEditorsNeverOverwriteEachOther) {
    begin();
    done("set last Q1 'Mine.' --by Dana");
    auto const late = draft("set last Q1 'Late.' --version 1 --by Tom");
    EXPECT_EQ(late.code, 3);
    EXPECT_THAT(late.err, HasSubstr("Q1: Dana changed this text meanwhile (version 2)"));
    fs::path const kept = fs::directory_iterator(folder / ".deckle/conflicts")->path();
    EXPECT_THAT(late.err, HasSubstr(kept.filename().string()));
    EXPECT_EQ(read_file(kept), "Late.\n");
    EXPECT_EQ(shown()["fields"][0]["text"], "Mine.");
    done("set last Q4 Hourly --version 1 --by Tom"); // another field merges
}

TEST_F(Draft, AnEditorGetsAllTexts) {
    begin();
    write_file(folder / "editor.sh", "sed -i 's/} customers\\./} clients./; s/^=== Q4 .*/&\\nHourly/' \"$1\"\n");
    auto const edited = draft("edit last --as-of 2026-11-22", "EDITOR='sh ./editor.sh'");
    EXPECT_EQ(edited.code, 0) << edited.err;
    EXPECT_THAT(edited.err, HasSubstr("version 2: Q1, Q4"));
    EXPECT_EQ(shown()["fields"][0]["text"], "Tiny IT has 88 clients.");
    EXPECT_EQ(shown()["fields"][3]["text"], "Hourly");
    EXPECT_THAT(draft("edit last", "EDITOR=true").err, HasSubstr("Nothing changed"));
    EXPECT_EQ(draft("edit last", "VISUAL= EDITOR=false").code, 1);
    // Somebody saves while the editor is open.
    write_file(folder / "slow.sh", "'" + program().string() +
                                       "' draft set last Q1 'Meanwhile.' --by Tom\n"
                                       "sed -i 's/^Tiny.*/Too late./; s/^Hourly/Per seat/' \"$1\"\n");
    auto const late = draft("edit last", "EDITOR='sh ./slow.sh'");
    EXPECT_EQ(late.code, 3);
    EXPECT_THAT(late.err, HasSubstr("Q1: Tom changed this text meanwhile"));
    EXPECT_EQ(shown()["fields"][0]["text"], "Meanwhile.");
    EXPECT_EQ(shown()["fields"][3]["text"], "Per seat");
    write_file(folder / "broken.sh", "echo '=== Q9 ===' >> \"$1\"\n");
    auto const broken = draft("edit last", "EDITOR='sh ./broken.sh'");
    EXPECT_EQ(broken.code, 2);
    EXPECT_THAT(broken.err, HasSubstr("no field 'Q9'"));
    EXPECT_FALSE(fs::is_empty(folder / ".deckle/edit")); // kept
}

TEST_F(Draft, ExportsForPeopleAndPortals) {
    begin();
    make_good();
    auto const all = draft("export last --format pdf,html,md,txt,docx,fields --out out --as-of 2026-11-22");
    EXPECT_EQ(all.code, 0) << all.err;
    EXPECT_THAT(all.err, HasSubstr("is not approved (draft)"));
    EXPECT_THAT(all.out, HasSubstr("out/Tiny-IT_essay_" + id + ".Q1.txt  5 of at most 8 words\n"));
    std::string const stem = "out/Tiny-IT_essay_" + id + ".";
    EXPECT_EQ(read_file(folder / (stem + "Q1.txt")), "Tiny IT has 88 customers.\n");
    EXPECT_THAT(
        read_file(folder / (stem + "md")),
        testing::AllOf(testing::StartsWith("# Essay\n"), HasSubstr("## Story\n\n### Your story\n\nWe **won**.\n")));
    EXPECT_THAT(read_file(folder / (stem + "txt")), HasSubstr("Your story\n\nWe won.\n"));
    EXPECT_THAT(read_file(folder / (stem + "html")), HasSubstr("We <strong>won</strong>."));
    auto const pdf = shell("qpdf --check " + stem + "pdf && pdftotext " + stem + "pdf -", folder);
    EXPECT_EQ(pdf.code, 0) << pdf.err;
    EXPECT_THAT(pdf.out, HasSubstr("Tiny IT has 88 customers."));
    fs::rename(folder / "out", folder / "first");
    ASSERT_EQ(draft("export last --format pdf,html,md,txt,docx,fields --out out --as-of 2026-11-22").code, 0);
    EXPECT_EQ(shell("diff -r first out", folder).out, ""); // the same bytes
    EXPECT_EQ(done("export last --format fields --field Q3 --out - --as-of 2026-11-22"),
              "We won.\n"); // Markdown is not pasted
    EXPECT_EQ(done("export last --format fields --field Q1 --out - --as-of 2026-11-22"), "Tiny IT has 88 customers.\n");
    EXPECT_THAT(done("export last --format fields --out - --as-of 2026-11-22"),
                HasSubstr("=== Q1 === Name and size (5 of at most 8 words)\nTiny IT has 88 customers.\n\n=== Q2 === "
                          "Revenue (USD)\n"));
    EXPECT_EQ(draft("export last --format doc").code, 2);
    auto const without = draft("export last --format docx --out none", "PATH=/nowhere");
    EXPECT_EQ(without.code, 1);
    EXPECT_THAT(without.err, HasSubstr("apt install pandoc"));
    EXPECT_FALSE(fs::exists(folder / "none"));
}
