// The pipeline with a generator that is no process: what goes into the plugin and what is made of its model.
#include "base/file.hpp"
#include "layout/layout.hpp"
#include "report/run.hpp"
#include "text/font_set.hpp"
#include <deckle/document.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace deckle;
using namespace deckle::report;
using model::Json;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

constexpr char const* descriptor_json = R"json({"id": "open-invoices", "version": "1.2.0", "title": "Open invoices",
  "history": "previous", "params": {"type": "object", "properties": {}},
  "datasets": [{"name": "invoices", "required": true, "columns": [{"name": "id", "required": true},
    {"name": "total", "required": true}, {"name": "due_date"}]}, {"name": "bills", "columns": [{"name": "id"}]}]})json";

class FixedGenerator final : public Generator {
public:
    explicit FixedGenerator(std::string model) : model_(std::move(model)) {}
    Generated generate(std::string const& request, data::DatasetSet const&) override {
        seen = Json::parse(request);
        return {model_, {{"due.ics", "text/calendar", "BEGIN:VCALENDAR"}}};
    }
    Json seen;

private:
    std::string model_;
};

std::string const good_model = R"json({"schema": "deckle.report/1",
  "title": {"$text": "{open} is <open>", "args": {"open": {"$money": ["1234.5", "USD"]}}},
  "sections": [{"id": "list", "title": "By customer", "blocks": [{"table": {
     "columns": [{"label": "Customer", "align": "left"}, {"label": "Open", "align": "right"}],
     "rows": [{"cells": ["Müller & Söhne", {"$money": ["-0.004", "USD"]}]}, {"cells": ["Harlan", {"$na": "no_revenue"}]}]}}]}],
  "figures": [{"id": "ar.open", "version": 1, "label": "Open", "value": {"$money": ["1234.5", "USD"]}, "unit": "USD",
     "period": "2026-10", "complete": true, "source": ["invoices"], "formula": "sum of balances"}]})json";

class ReportRun : public testing::Test {
protected:
    ReportRun() {
        workspace.root = fs::path(DECKLE_BINARY_DIR) / "tests-report-run";
        workspace.company.name = "Prairie & Sons, Inc.";
        workspace.company.zone = "America/Chicago";
        data::Dataset invoices;
        invoices.bound = {"id", "total"};
        invoices.source = {"books", "invoices", "csv", "invoices.csv", Instant{}, 12, 0, 0, ""};
        invoices.table.rows = 12;
        datasets.datasets["invoices"] = invoices;
        request.period = parse_period("2026-10");
        request.as_of = request.period.end;
        request.now = *parse_instant("2026-11-01T11:00:00Z");
    }
    Result make(std::string const& model, std::string const& formats) {
        FixedGenerator generator(model);
        request.formats = parse_formats(formats);
        Resources resources(fs::path(DECKLE_SOURCE_DIR) / "report-templates");
        auto result = run(workspace, parse_descriptor(descriptor_json, "open-invoices"), generator, datasets, request,
                          resources, diagnostics);
        seen = generator.seen;
        return result;
    }
    std::string bytes(Result const& result, std::string const& format) {
        for (auto const& output : result.outputs)
            if (output.format == format) return output.bytes;
        ADD_FAILURE() << "no output " << format;
        return "";
    }

    data::Workspace workspace;
    data::DatasetSet datasets;
    Request request;
    Diagnostics diagnostics;
    Json seen;
};

} // namespace

TEST_F(ReportRun, TellsThePluginWhatIsBound) {
    (void)make(good_model, "json");
    EXPECT_EQ(seen["period"]["start"], "2026-10-01");
    EXPECT_EQ(seen["as_of"], "2026-10-31");
    EXPECT_EQ(seen["datasets"]["invoices"]["columns"], (Json{"id", "total"}));
    EXPECT_EQ(seen["datasets"]["bills"]["bound"], false);
    EXPECT_EQ(seen["datasets"]["figures@previous"]["bound"], false);
    EXPECT_EQ(seen["company"]["name"], "Prairie & Sons, Inc.");
    ASSERT_GE(seen["zone_offsets"].size(), 1u);
    EXPECT_EQ(seen["zone_offsets"][0]["from"], "2024-10-31T00:00:00Z");
}

TEST_F(ReportRun, ADocumentGetsItsEditsAndIsAnnotatedBeforeItIsRendered) {
    request.edits = Json::parse(R"json({"draft": "k3f9", "state": "review", "version": 2, "fields": {
        "Q1": {"value": "We grew {{growth}}.", "text": "We grew 31.0%.", "facts": ["revenue.total.2026"],
               "approved": {"by": "Dana", "at": "2026-11-01T10:00:00Z", "note": "by phone"}},
        "Q2": {"value": "", "text": "", "facts": [], "approved": null}}})json");
    request.origin = Json::parse(R"json({"draft": "b2c4", "report": "award-submission", "params": {"award": "a"},
        "state": "won", "outcome": {"date": "2026-10-30"}, "fields": {"Q7": "Why us"}})json");
    request.annotate = [](Json& model) { model["title"] = "Annotated"; };
    auto const result = make(good_model, "html,json");
    EXPECT_THAT(bytes(result, "html"), HasSubstr("Annotated"));
    EXPECT_EQ(result.model["title"], "Annotated");

    Edits const edits(seen);
    EXPECT_TRUE(edits.present());
    EXPECT_EQ(edits.state(), "review");
    ASSERT_NE(edits.find("Q1"), nullptr);
    EXPECT_EQ(edits.find("Q1")->value, "We grew {{growth}}.");
    EXPECT_EQ(edits.find("Q1")->facts, std::vector<std::string>{"revenue.total.2026"});
    EXPECT_EQ(edits.find("Q1")->approved->by, "Dana");
    EXPECT_FALSE(edits.find("Q2")->approved);
    EXPECT_EQ(edits.text("Q1", "other"), "We grew 31.0%.");
    EXPECT_EQ(edits.text("Q9", "other"), "other");
    auto const origin = Origin::of(seen);
    ASSERT_TRUE(origin);
    EXPECT_EQ(origin->state, "won");
    EXPECT_EQ(origin->fields.at("Q7"), "Why us");
    EXPECT_EQ(origin->outcome.at("date"), "2026-10-30");
}

TEST_F(ReportRun, AReportWithoutADraftHasNeitherEditsNorOrigin) {
    (void)make(good_model, "json");
    EXPECT_FALSE(Edits(seen).present());
    EXPECT_FALSE(Origin::of(seen));
}

TEST_F(ReportRun, WhatThePreviousRunReadIsNoSourceOfThisOne) {
    Json const with_history = [] {
        Json d = Json::parse(descriptor_json);
        d["datasets"].push_back({{"name", "invoices@previous"}, {"required", false}, {"columns", {{{"name", "id"}}}}});
        return d;
    }();
    FixedGenerator generator(good_model);
    request.formats = parse_formats("json");
    Resources resources(fs::path(DECKLE_SOURCE_DIR) / "report-templates");
    auto const descriptor = parse_descriptor(with_history.dump(), "open-invoices");
    auto result = run(workspace, descriptor, generator, datasets, request, resources, diagnostics);
    EXPECT_EQ(generator.seen["datasets"]["invoices@previous"], (Json{{"bound", false}}));
    datasets.datasets["invoices@previous"].bound = {"id"};
    datasets.datasets["invoices@previous"].table.rows = 9;
    result = run(workspace, descriptor, generator, datasets, request, resources, diagnostics);
    EXPECT_EQ(generator.seen["datasets"]["invoices@previous"],
              (Json{{"bound", true}, {"rows", 9}, {"columns", {"id"}}}));
    EXPECT_EQ(result.model["run"]["sources"].size(), 1u);
    EXPECT_EQ(result.model["run"]["rows_read"], 12);
}

TEST_F(ReportRun, MakesEveryFormat) {
    auto const result = make(good_model, "pdf,html,json,csv,figures");
    EXPECT_THAT(bytes(result, "html"), HasSubstr("$1,234.50 is &lt;open&gt;"));
    EXPECT_THAT(bytes(result, "html"), HasSubstr("Müller &amp; Söhne"));
    EXPECT_THAT(bytes(result, "html"), HasSubstr("n/a"));
    EXPECT_THAT(bytes(result, "pdf"), testing::StartsWith("%PDF-1."));
    EXPECT_GE(result.pages, 1u);
    EXPECT_THAT(bytes(result, "csv"), HasSubstr("Harlan"));
    EXPECT_THAT(bytes(result, "figures"), HasSubstr("ar.open"));
    EXPECT_EQ(bytes(result, "due.ics"), "BEGIN:VCALENDAR");
    EXPECT_EQ(Json::parse(bytes(result, "json"))["run"]["rows_read"], 12);
    EXPECT_FALSE(result.partial);
    std::vector<std::string> names;
    for (auto const& output : result.outputs) names.push_back(output.name);
    EXPECT_THAT(names, testing::Contains("Prairie-Sons-Inc_open-invoices_2026-10.pdf"));
    EXPECT_THAT(names, testing::Contains("Prairie-Sons-Inc_open-invoices_2026-10.due.ics"));
}

/// Sums so far stand at page ends, exactly once where they belong, in the PDF's pages.
/// Fonts, shaped words, subsets, templates and sheets are shared; what came before must not show.
TEST_F(ReportRun, ReportsThatShareResourcesAreTheSameBytesAsAlone) {
    request.formats = parse_formats("pdf");
    auto const descriptor = parse_descriptor(descriptor_json, "open-invoices");
    auto pdf = [&](Resources& resources, std::string const& title) {
        Json model = Json::parse(good_model);
        model["title"] = title;
        FixedGenerator generator(model.dump());
        auto const result = run(workspace, descriptor, generator, datasets, request, resources, diagnostics);
        return bytes(result, "pdf") + result.fonts_hash + result.template_hash;
    };
    Resources shared(fs::path(DECKLE_SOURCE_DIR) / "report-templates");
    for (auto const* const title : {"Ada owes 1,234.50", "Zoë and 株式会社 owe nothing", "Ada owes 1,234.50"}) {
        Resources own(fs::path(DECKLE_SOURCE_DIR) / "report-templates");
        EXPECT_EQ(pdf(shared, title), pdf(own, title)) << title;
    }
}

TEST_F(ReportRun, ALongTableCarriesItsSumsForward) {
    Json report = Json::parse(good_model);
    Json& table = report["sections"][0]["blocks"][0]["table"];
    table["columns"][1]["sum"] = "#,##0.00";
    table["carry"] = {{"brought", "Brought forward"}, {"carried", "Carried forward"}};
    table["rows"] = Json::array();
    for (int i = 0; i < 120; ++i)
        table["rows"].push_back({{"cells", {"Row " + std::to_string(i), {{"$money", {"1000.25", "USD"}}}}}});
    table["footer"] = {{{"cells", {"All rows", {{"$money", {"120030.00", "USD"}}}}}}};
    std::string const html = bytes(make(report.dump(), "html"), "html");
    text::FontSet fonts;
    fonts.add_standard();
    layout::PageList list;
    (void)layout::layout_html(html, "report.html", fonts, {}, list, diagnostics);
    for (auto const& item : diagnostics.items()) ADD_FAILURE() << item.to_string();
    ASSERT_GE(list.pages.size(), 3U);
    int rows = 0;
    for (std::size_t i = 0; i < list.pages.size(); ++i) {
        std::string text;
        int here = 0;
        for (layout::Item const& item : list.pages[i].items) {
            auto const* run = std::get_if<layout::GlyphRun>(&item);
            if (run == nullptr) continue;
            text += run->text + "|";
            here += run->text == "$1,000.25" ? 1 : 0;
        }
        SCOPED_TRACE(text);
        auto const amount = [](int count) { // of so many rows
            std::string cents = std::to_string(count * 25 % 100);
            std::string whole = std::to_string(count * 1000 + count * 25 / 100);
            whole.insert(whole.size() - 3, ",");
            return whole + "." + std::string(2 - cents.size(), '0') + cents + "|";
        };
        bool const first = i == 0, last = rows + here == 120;
        EXPECT_EQ(text.find("Brought forward|" + amount(std::max(1, rows))) != std::string::npos, !first);
        rows += here;
        EXPECT_EQ(text.find("Carried forward|" + amount(rows)) != std::string::npos, !last);
        EXPECT_EQ(text.find("All rows|") != std::string::npos, last);
        if (last) break; // other sections follow
    }
    EXPECT_EQ(rows, 120);
}

TEST_F(ReportRun, AnEmptyConfidentialityLeavesNoMark) {
    EXPECT_THAT(bytes(make(good_model, "html"), "html"), HasSubstr("Open invoices · October 2026</span>"));
    workspace.theme.confidentiality = "Internal";
    EXPECT_THAT(bytes(make(good_model, "html"), "html"), HasSubstr("October 2026 · Internal</span>"));
}

TEST_F(ReportRun, SameInputSameBytes) {
    auto const first = make(good_model, "pdf,html");
    auto const second = make(good_model, "pdf,html");
    EXPECT_EQ(bytes(first, "pdf"), bytes(second, "pdf"));
    EXPECT_EQ(bytes(first, "html"), bytes(second, "html"));
}

TEST_F(ReportRun, DataTravelsInThePdf) {
    request.attach = parse_attached("csv,json");
    request.pdf_a = true;
    std::string const pdf = bytes(make(good_model, "pdf"), "pdf");
    for (char const* const part : {"/UF(Prairie-Sons-Inc_open-invoices_2026-10.csv)", "/AFRelationship/Data",
                                   "/UF(Prairie-Sons-Inc_open-invoices_2026-10.json)", ">3</pdfaid:part>"})
        EXPECT_NE(pdf.find(part), std::string::npos) << part;
    for (auto const& output : make(good_model, "pdf").outputs) EXPECT_NE(output.format, "csv");
}

TEST_F(ReportRun, RejectedRowsMakeItPartialAndAreListed) {
    auto& invoices = datasets.datasets["invoices"];
    invoices.source.rejected = 1;
    invoices.bad = {{"invoices", "invoices.csv", 7, "total", "12,x", "is no number"}};
    auto const result = make(good_model, "html");
    EXPECT_TRUE(result.partial);
    EXPECT_THAT(bytes(result, "html"), HasSubstr("12,x"));
}

TEST_F(ReportRun, ChecksThatHoldAreOneQuietLineAndTheOthersStandOut) {
    auto const with = [](bool ok) {
        Json model = Json::parse(good_model);
        Json const amount{{"$money", {"10.00", "USD"}}}, other{{"$money", {"7.50", "USD"}}};
        model["checks"] = {{{"id", "ar.aging"},
                            {"label", "Ageing adds up"},
                            {"ok", true},
                            {"expected", amount},
                            {"actual", amount},
                            {"difference", {{"$money", {"0", "USD"}}}}},
                           {{"id", "ar.control"},
                            {"label", "The ledger agrees"},
                            {"ok", ok},
                            {"expected", amount},
                            {"actual", ok ? amount : other},
                            {"difference", {{"$money", {ok ? "0" : "-2.50", "USD"}}}},
                            {"note", "Look at the journal"}}};
        return model.dump();
    };
    auto const good = bytes(make(with(true), "html"), "html");
    EXPECT_THAT(good, HasSubstr("agree: 2 of 2."));
    EXPECT_THAT(good, Not(HasSubstr("do not tie out")));
    auto const bad = make(with(false), "html");
    for (auto const* part :
         {"Totals do not tie out", "The ledger agrees", "$10.00", "$7.50", "−$2.50", "Look at the journal"})
        EXPECT_THAT(bytes(bad, "html"), HasSubstr(part));
    EXPECT_THAT(bytes(bad, "html"), Not(HasSubstr("Ageing adds up")));
    EXPECT_FALSE(bad.partial); // a gate of its own keeps it back
    EXPECT_THAT(bytes(make(good_model, "html"), "html"), Not(HasSubstr("checks")));
}

TEST_F(ReportRun, AWrongModelIsThePluginsFault) {
    for (auto const* bad : {R"({"schema": "deckle.report/1"})", "not json",
                            R"({"schema": "deckle.report/1", "title": {"$money": ["1e5", "USD"]}, "sections": []})"}) {
        try {
            (void)make(bad, "json");
            FAIL() << bad;
        } catch (Error const& e) {
            EXPECT_THAT(e.to_string(), HasSubstr("open-invoices")) << bad;
        }
    }
}

TEST(Formats, OnlyDataGoesIntoThePdf) {
    EXPECT_EQ(parse_attached("csv,figures").size(), 2u);
    EXPECT_TRUE(parse_attached("").empty());
    EXPECT_THROW((void)parse_attached("html"), Error);
}

TEST(FileName, CarriesCompanyReportAndPeriod) {
    EXPECT_EQ(file_name("Müller & Söhne GmbH", "cash-flow", "2026-Q4", 2, "pdf"),
              "Müller-Söhne-GmbH_cash-flow_2026-Q4_r2.pdf");
    EXPECT_EQ(file_name("../../etc", "x", "2026", 1, "html"), "etc_x_2026.html");
}

TEST(Formats, UnknownOnesAreNamed) {
    EXPECT_EQ(parse_formats("pdf,json").size(), 2u);
    EXPECT_THROW((void)parse_formats("pdf,docx"), Error);
    EXPECT_THROW((void)parse_formats(""), Error);
}
