// The SDK's schemas, its builders and the built-in plugins agree.
#include "base/file.hpp"
#include "model/check.hpp"
#include "plugin_host/host.hpp"
#include <deckle/model.hpp>

namespace deckle::plugin_host {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> problems_of(std::string_view descriptor) {
    Json const schema = model::parse_json(
        read_file(fs::path(DECKLE_SOURCE_DIR) / "core/sdk/schema/plugin-descriptor-1.json"), "descriptor schema");
    std::vector<std::string> texts;
    for (auto const& p : model::schema_problems(schema, Json::parse(descriptor)))
        texts.push_back(p.pointer + ": " + p.message);
    return texts;
}

TEST(DescriptorSchema, accepts_every_plugin_of_this_build) {
    Options options = test_options();
    options.built_in.push_back(fs::path(DECKLE_BINARY_DIR) / "plugins");
    PluginHost const host(options);
    for (PluginFile const& plugin : host.list()) {
        bool const ours = plugin.library.parent_path().parent_path().filename() == "plugins";
        if (!ours && plugin.id != "plain-c" && plugin.id != "fault") continue;
        Session const session = host.open(plugin.id);
        EXPECT_THAT(problems_of(session.descriptor()), testing::IsEmpty()) << plugin.id;
        EXPECT_EQ(Json::parse(session.descriptor()).at("id"), plugin.id);
    }
}

TEST(DescriptorSchema, refuses_what_is_wrong) {
    auto const wrong = [](std::string const& more) {
        return problems_of(R"({"id":"a","version":"1.0.0","title":"A","kind":"report")" + more + "}");
    };
    EXPECT_THAT(wrong(""), testing::IsEmpty());
    EXPECT_THAT(wrong(R"(,"sumary":"typing slip")"), testing::Not(testing::IsEmpty()));
    EXPECT_THAT(wrong(R"(,"history":"sometimes")"), testing::Not(testing::IsEmpty()));
    EXPECT_THAT(wrong(R"(,"datasets":[{"name":"Invoices","version":1,"required":true}])"),
                testing::Not(testing::IsEmpty()));
    EXPECT_THAT(wrong(R"(,"params":{"type":"object","properties":{"weeks":{"type":"integer"}}})"),
                testing::Not(testing::IsEmpty()));
    EXPECT_THAT(wrong(R"(,"templates":["../../etc/passwd"])"), testing::Not(testing::IsEmpty()));
    EXPECT_THAT(problems_of(R"({"id":"A b","version":"1","title":"","kind":"?"})"), testing::SizeIs(testing::Ge(4U)));
}

TEST(ModelBuilders, make_a_valid_report_model) {
    Date const day = Date::of("2026-10-31");
    Report report(
        leaf::text("Cash stays above {min} {{always}}", {{"min", leaf::money(250'000, "USD", {.digits = 0})}}));
    report.lead(leaf::text("As of {day}", {{"day", leaf::date(day, "long")}}));
    report.section(
        "position", "Where we stand",
        {block::heading("Cash"), block::text("A sentence"),
         block::key_figures(
             {{.label = "Cash today", .value = leaf::money(Decimal::of("1234.5"), "USD"), .tone = "bad"},
              {.label = "DSO", .value = leaf::na("no_revenue"), .note = leaf::pct(Decimal::of("0.31"))}}),
         block::Table()
             .caption("Receivables")
             .unit("USD thousands")
             .column("Customer")
             .column("Balance", Align::right)
             .sum("#,##0.00;(#,##0.00)")
             .carry("Brought forward", "Carried forward")
             .row({"Acme", leaf::money(1, "USD", {.scale = 3, .accounting = true, .sign = true})}, "bad")
             .row({"Bolt", leaf::num(Decimal::of("-2.50"), {.digits = 1})})
             .footer({"Total", leaf::datetime(Instant(std::chrono::milliseconds(0)), "short")})
             .json(),
         block::chart(Chart("line")
                          .categories({"Oct", leaf::date(day, "month_short")})
                          .series("Cash", "actual", {Decimal(1), std::nullopt})
                          .band(0, 250, "minimum 250")
                          .mark(0, 1, "low", "bad")
                          .set("scale", 3)),
         block::callout("soon", "Watch this"),
         block::actions({{.when = leaf::date(day, "day"), .what = "Call Acme", .owner = "Dana", .tone = "soon"}}),
         block::missing("Payables", "what is due", "deckle data bind bills"), block::markdown("*hello*"),
         block::page_break()},
        "A note");
    report.figure({.id = "cash.dso",
                   .label = "Days sales outstanding",
                   .value = leaf::num(Decimal::of("41.5")),
                   .unit = "days",
                   .period = "2026-10",
                   .source = {"invoices"},
                   .formula = "A/R / sales x days"});
    report.set("own_member", leaf::image("logo.svg"));
    for (auto const& p : model::problems(report.json())) ADD_FAILURE() << p.pointer << ": " << p.message;
}

} // namespace
} // namespace deckle::plugin_host
