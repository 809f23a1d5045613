// What a recipient reads: composed from report models, measured, and its names.
#include "base/file.hpp"
#include "delivery/letter.hpp"
#include "delivery/names.hpp"
#include "template/template.hpp"
#include <algorithm>
#include <gmock/gmock.h>
#include <unistd.h>

using namespace deckle;
using namespace deckle::delivery;
using model::Json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

fs::path const templates_folder = fs::path(DECKLE_SOURCE_DIR) / "report-templates";

Json action(std::string const& head, char const* tone, bool owner) {
    Json a{{"when", "Now"},
           {"tone", tone},
           {"what", {{"$text", "{head}{rest}"}, {"args", {{"head", head}, {"rest", ": at once"}}}}}};
    if (owner) {
        a["owner"] = "Dana";
        a["due"] = {{"$date", "2026-11-02"}, {"style", "day"}};
    }
    return a;
}

Json report(std::string const& id, std::string const& title, int actions = 2) {
    Json some = Json::array(), all = Json::array();
    for (int i = 0; i < actions; ++i) {
        auto const head = "Call customer " + std::to_string(i) + " of " + id;
        if (i < 4) some.push_back(action(head, "bad", false));
        all.push_back(action(head, "bad", true));
    }
    Json const figures = Json::parse(R"([
        {"label":"Cash","value":{"$money":["318418.27","USD"],"digits":0},"note":"$27,681 less than in September"},
        {"label":"DSO","value":{"$num":"41.5"},"tone":"soon"},
        {"label":"Margin","value":{"$na":"no_revenue"},"tone":"bad"}])");
    return {{"schema", "deckle.report/1"},
            {"title", "The answer of " + id + " & <more>"},
            {"lead", "The lead of " + id},
            {"sections",
             {{{"id", "today"}, {"title", "Today"}, {"blocks", {{{"key_figures", figures}}}}},
              {{"id", "alerts"}, {"title", "What needs you"}, {"blocks", {{{"actions", some}}}}},
              {{"id", "actions"}, {"title", "Actions"}, {"blocks", {{{"actions", all}}}}}}},
            {"run",
             {{"report", id},
              {"report_title", title},
              {"company", "Prairie"},
              {"period", {{"$date", "2026-10-01"}, {"style", "month"}}},
              {"as_of", {{"$date", "2026-10-31"}, {"style", "long"}}},
              {"partial", false},
              {"rows_read", 180},
              {"rows_rejected", 0}}}};
}

struct Case {
    Case() {
        workspace.root = "/nowhere";
        workspace.company.name = "Prairie & Sons";
        workspace.company.zone = "America/Chicago";
        workspace.theme.brand = "#1f4e79";
        workspace.packs["monthly"] = {"Monthly pack", {"cash-flow", "pipeline"}};
        edition.schedule = "month-end";
        edition.period = "2026-10";
        edition.subject = "pack:monthly";
        product.run = "6ajyq5zf";
        product.models = {report("cash-flow", "Cash flow"), report("pipeline", "Sales pipeline")};
        product.files = {{"a/whole.pdf", "whole.pdf", "application/pdf", "aa", 218'677, ""},
                         {"a/cash.pdf", "cash.pdf", "application/pdf", "bb", 89'521, "cash-flow"}};
        terms.contact = "ellen@prairie.example";
    }

    Letter compose() {
        Diagnostics found;
        auto letter = delivery::compose(workspace, edition, product, terms, templates_folder, found);
        for (auto const& d : found.items()) ADD_FAILURE() << d.to_string();
        return letter;
    }

    /// One report instead of the pack.
    void single() {
        edition.subject = "report:cash-flow";
        product.models.resize(1);
        product.files = {product.files[1]};
    }

    data::Workspace workspace;
    store::Edition edition;
    Product product;
    LetterTerms terms;
};

std::vector<std::string> names_of(std::vector<File> const& files) {
    std::vector<std::string> names;
    for (auto const& file : files) names.push_back(file.name);
    return names;
}

} // namespace

TEST(Letter, SaysWhatEachReportAnswersAndWhatNeedsTheReader) {
    auto const letter = Case().compose();
    EXPECT_EQ(letter.subject, "Prairie & Sons: Monthly pack, October 2026");
    for (auto const& body : {letter.html, letter.text})
        for (char const* text :
             {"Monthly pack", "October 2026", "as of October 31, 2026", "The answer of cash-flow",
              "The lead of pipeline", "$318,418", "$27,681 less than in September", "no revenue",
              "Call customer 1 of pipeline", ": at once", "Dana, by Nov 2", "Prairie-Sons_monthly-pack_2026-10.pdf",
              "219 KB", "6ajyq5zf", "month-end", "ellen@prairie.example", "What needs you", "Sales pipeline"})
            EXPECT_THAT(body, HasSubstr(text));
    EXPECT_THAT(letter.text, HasSubstr("Prairie & Sons"));
    EXPECT_THAT(letter.text, HasSubstr("File: Prairie-Sons_monthly-pack_2026-10.pdf (219 KB)")); // also of a webhook
    EXPECT_THAT(letter.text, Not(HasSubstr("Attached")));                                        // without files
    EXPECT_THAT(letter.text, HasSubstr("The answer of cash-flow & <more>"));
    EXPECT_THAT(letter.text, Not(HasSubstr("\n\n\n")));
    EXPECT_THAT(letter.html, HasSubstr("The answer of cash-flow &amp; &lt;more&gt;"));
}

TEST(Letter, IsATableWithInlineStylesThatFetchesNothing) {
    auto const html = Case().compose().html;
    EXPECT_THAT(html, HasSubstr("width=\"600\""));
    EXPECT_THAT(html, HasSubstr("border-top:4px solid #1f4e79"));
    EXPECT_THAT(html, HasSubstr("prefers-color-scheme: dark"));
    for (char const* not_there : {"<svg", "<img", "<script", "url(", "<link", "src=", "flex", "grid"})
        EXPECT_THAT(html, Not(HasSubstr(not_there))) << not_there;
}

TEST(Letter, OneReportHasNoHeadingOfItsOwn) {
    Case c;
    c.single();
    auto const letter = c.compose();
    EXPECT_EQ(letter.subject, "Prairie & Sons: Cash flow, October 2026");
    EXPECT_THAT(names_of(letter.files), ElementsAre("Prairie-Sons_cash-flow_2026-10.pdf"));
    EXPECT_EQ(letter.text.find("Cash flow"), letter.text.rfind("Cash flow"));
}

// https://github.com/metabase/metabase/issues and others: what is broken went out as good.
TEST(Letter, AMissingOrPartialReportIsSaidBeforeAnythingElse) {
    Case c;
    c.product.models.erase(c.product.models.begin());
    c.product.models[0]["run"]["partial"] = true;
    c.product.models[0]["run"]["rows_rejected"] = 3;
    c.product.status = store::Status::partial;
    c.product.message = "pipeline: other\ncash-flow: exports/bank.csv is not there\nmore";
    auto const letter = c.compose();
    for (auto const& body : {letter.html, letter.text}) {
        auto const missing = body.find("The report cash-flow is missing."),
                   partial = body.find("Sales pipeline is partial."), answer = body.find("The lead of pipeline");
        ASSERT_NE(missing, std::string::npos);
        ASSERT_NE(partial, std::string::npos);
        EXPECT_LT(missing, answer);
        EXPECT_LT(partial, answer);
        EXPECT_THAT(body, HasSubstr("exports/bank.csv is not there"));
        EXPECT_THAT(body, HasSubstr("3 of 180 rows"));
    }
}

TEST(Letter, ARevisionSaysThatItReplacesWhatWasSentAndWhy) {
    Case c;
    c.edition.revision = 2;
    c.terms.reason = "A payment had been booked twice.";
    auto const letter = c.compose();
    EXPECT_EQ(letter.subject, "Prairie & Sons: Monthly pack, October 2026 (corrected, revision 2)");
    EXPECT_EQ(letter.files[0].name, "Prairie-Sons_monthly-pack_2026-10_r2.pdf");
    for (auto const& body : {letter.html, letter.text}) {
        EXPECT_THAT(body, HasSubstr("revision 2"));
        EXPECT_THAT(body, HasSubstr("A payment had been booked twice."));
    }
    EXPECT_THAT(letter.html, HasSubstr("Corrected issue"));
    EXPECT_THAT(letter.text, HasSubstr("CORRECTED ISSUE"));
}

TEST(Letter, APartIsNamedInSubjectFileAndBody) {
    Case c;
    c.single();
    c.edition.part = "Harlan Clinic/7";
    auto const letter = c.compose();
    EXPECT_EQ(letter.subject, "Prairie & Sons: Cash flow, Harlan Clinic/7, October 2026");
    EXPECT_EQ(letter.files[0].name, "Prairie-Sons_cash-flow_Harlan-Clinic-7_2026-10.pdf");
    EXPECT_THAT(letter.text, HasSubstr("Cash flow, Harlan Clinic/7"));
}

TEST(Letter, PeriodsReadAsPeopleWriteThem) {
    Case c;
    c.single();
    c.product.models[0]["run"]["period"] = "2026-Q4";
    c.edition.period = "2026-Q4";
    EXPECT_EQ(c.compose().subject, "Prairie & Sons: Cash flow, Q4 2026");
    c.product.models[0]["run"]["period"] = {{"$date", "2026-10-01"}, {"style", "month"}};
    c.product.models[0]["run"]["as_of"] = {{"$date", "2026-10-20"}, {"style", "long"}};
    c.edition.period = "2026-10@2026-10-20";
    auto const letter = c.compose();
    EXPECT_EQ(letter.subject, "Prairie & Sons: Cash flow, October 2026, as of October 20, 2026");
    EXPECT_EQ(letter.files[0].name, "Prairie-Sons_cash-flow_2026-10-as-of-2026-10-20.pdf");
}

TEST(Letter, WhatIsTooLargeIsLinkedOrDoesNotLeave) {
    Case c;
    c.terms.max_attachment = 308'198; // the sum of both
    EXPECT_EQ(c.compose().files.size(), 2U);
    c.terms.max_attachment = 308'197;
    try {
        (void)c.compose();
        ADD_FAILURE();
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::limit);
        EXPECT_THAT(e.what(), HasSubstr("308198 bytes, more than the 308197 of max_attachment"));
        EXPECT_THAT(e.what(), HasSubstr("link"));
    }
    c.terms.link = "https://files.prairie.example/reports/";
    c.workspace.company.name = "Præirie";
    auto const letter = c.compose();
    EXPECT_TRUE(letter.files.empty());
    EXPECT_EQ(letter.linked.size(), 2U);
    for (auto const& body : {letter.html, letter.text})
        EXPECT_THAT(body, HasSubstr("https://files.prairie.example/reports/Pr%C3%A6irie_monthly-pack_2026-10.pdf"));
}

TEST(Letter, ALongOneLosesWholeItemsAndSaysHowMany) {
    Case c;
    c.product.models.clear();
    auto& reports = c.workspace.packs["monthly"].reports;
    reports.clear();
    for (int i = 0; i < 60; ++i) {
        reports.push_back("report-" + std::to_string(i));
        c.product.models.push_back(report(reports.back(), "Report " + std::to_string(i), 12));
    }
    auto const letter = c.compose();
    EXPECT_LE(letter.html.size(), max_letter);
    EXPECT_GT(letter.html.size(), max_letter / 2); // not more than needed
    EXPECT_THAT(letter.html, HasSubstr("12 items in the report"));
    auto const more = letter.text.find(" more reports are in the file");
    ASSERT_NE(more, std::string::npos);
    int answers = 0;
    for (std::size_t at = 0; (at = letter.text.find("The answer of", at)) != std::string::npos; ++at) ++answers;
    auto const line = letter.text.rfind('\n', more) + 1;
    EXPECT_EQ(std::stoi(letter.text.substr(line, more - line)) + answers, 60);
    EXPECT_THAT(letter.html, HasSubstr("</html>"));
}

TEST(Letter, ATitleThatIsLargerThanALetterIsAnError) {
    Case c;
    c.single();
    c.product.models[0]["title"] = std::string(70'000, 'x');
    EXPECT_THROW((void)c.compose(), Error);
}

TEST(Letter, TheWorkspacesTemplateWins) {
    Case c;
    c.workspace.root = fs::path(DECKLE_BINARY_DIR) / "tests-delivery" / ("letter" + std::to_string(getpid()));
    fs::create_directories(c.workspace.root / "templates/mail");
    write_file(c.workspace.root / "templates/mail/letter.txt.mustache", "Ours: {{title}} & {{contact}}\n");
    auto const letter = c.compose();
    fs::remove_all(c.workspace.root);
    EXPECT_EQ(letter.text, "Ours: Monthly pack & ellen@prairie.example\n");
    EXPECT_THAT(letter.html, HasSubstr("The lead of cash-flow"));
}

TEST(Letter, TheTemplatesNameNothingThatIsNotThere) {
    auto const sample = sample_letter();
    for (char const* name : {"letter.html.mustache", "letter.txt.mustache"}) {
        Diagnostics found;
        templates::lint(name, {templates_folder / "mail"}, &sample, found);
        for (auto const& d : found.items()) ADD_FAILURE() << d.to_string();
    }
}

TEST(Letter, TheSameProductGivesTheSameBytes) {
    auto const a = Case().compose(), b = Case().compose();
    EXPECT_EQ(a.html, b.html);
    EXPECT_EQ(a.text, b.text);
}

TEST(Names, TemplatesAreChecked) {
    EXPECT_EQ(name_template_problem(default_subject), "");
    EXPECT_EQ(name_template_problem(default_file_name), "");
    EXPECT_EQ(name_template_problem("Figures {{ as_of }}{{^part}}, all{{/part}}"), "");
    for (char const* text : {"{{compny}}", "{{#prt}}x{{/prt}}", "{{{titel}}}", "{{^part}}{{bad}}{{/part}}"})
        EXPECT_THAT(name_template_problem(text), HasSubstr("known: company, title, report, pack, period, part"))
            << text;
    for (char const* text : {"{{title", "{{#part}}x", "a\r\nBcc: x@evil.example", "{{title | upper}}", "{{}}"})
        EXPECT_NE(name_template_problem(text), "") << text;
}

TEST(Names, ASubjectIsOneLine) {
    Names const names{{"company", "Tri\r\nBcc: x@evil.example"}, {"title", "A & <B>"}, {"period", "October 2026"}};
    EXPECT_EQ(subject_line("", names), "Tri Bcc: x@evil.example: A & <B>, October 2026");
    EXPECT_EQ(subject_line("{{title}}", {{"title", std::string(300, 'x')}}).size(), 200U);
    EXPECT_THROW((void)subject_line("{{part}}", names), Error);
}

TEST(Names, AFileNameIsGoodOnEveryFileSystem) {
    auto const named = [](std::string const& text, std::string const& title) {
        return file_name(text, {{"title", title}, {"revision", "_r2"}}, "pdf");
    };
    EXPECT_EQ(named("{{title}}{{revision}}", "Cash / flow: \"Q4\""), "Cash-flow-Q4_r2.pdf");
    EXPECT_EQ(named("a/b\\c:d*{{title}}?", "x"), "a-b-c-d-x-.pdf");
    EXPECT_EQ(named("con", ""), "_con.pdf");
    EXPECT_EQ(named("LPT1.x", ""), "_LPT1.x.pdf");
    EXPECT_EQ(named("..{{title}}. ", "."), "report.pdf");
    EXPECT_EQ(named("{{title}}", "日本語 レポート"), "日本語-レポート.pdf");
    EXPECT_LE(named("{{title}}{{title}}{{title}}{{title}}", std::string(300, 'x')).size(), 200U);
    std::string wide;
    for (int i = 0; i < 100; ++i) wide += "語";
    EXPECT_EQ(named("{{title}}", wide).size() % 3, 1U); // whole characters and ".pdf"
    EXPECT_THROW((void)named("...", ""), Error);
}

TEST(Letter, TwoFilesOfOneNameAreAnError) {
    Case c;
    c.terms.file_name = "{{company}} {{period}}";
    EXPECT_THROW((void)c.compose(), Error);
}
