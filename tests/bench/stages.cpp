// What each stage costs, in one process: items per second of processor time.
#include "css/cascade.hpp"
#include "css/stylesheet.hpp"
#include "data/workspace.hpp"
#include "html/parse.hpp"
#include "layout/layout.hpp"
#include "one_page.hpp"
#include "pdf/writer.hpp"
#include "report/host_members.hpp"
#include "report/render.hpp"
#include "table_page.hpp"
#include "text/font_set.hpp"
#include <benchmark/benchmark.h>

namespace {

using namespace deckle;

struct NoPages final : layout::PageSink {
    void page(layout::Page&&) override {}
    void append(std::size_t, std::vector<layout::Item>&&) override {}
    void finish(std::vector<layout::OutlineEntry>&&, layout::Metadata&&) override {}
};

std::string const& page_of(std::int64_t rows) {
    static std::map<std::int64_t, std::string> pages;
    auto& page = pages[rows];
    if (page.empty()) page = bench::table_page(static_cast<std::uint32_t>(rows));
    return page;
}

void html(benchmark::State& state) {
    for (auto _ : state) {
        Diagnostics diagnostics;
        benchmark::DoNotOptimize(html::parse(page_of(state.range(0)), "bench", diagnostics));
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(html)->Name("html, rows")->Arg(500)->Arg(5000)->Arg(50000)->Unit(benchmark::kMillisecond);

void layout_only(benchmark::State& state) {
    for (auto _ : state) {
        Diagnostics diagnostics;
        text::FontSet fonts;
        fonts.add_standard();
        NoPages sink;
        (void)layout::layout_html(page_of(state.range(0)), "bench", fonts, {}, sink, diagnostics);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(layout_only)->Name("html + layout, rows")->Arg(500)->Arg(5000)->Arg(50000)->Unit(benchmark::kMillisecond);

void whole(benchmark::State& state) {
    for (auto _ : state) {
        Diagnostics diagnostics;
        text::FontSet fonts;
        fonts.add_standard();
        pdf::Writer writer(pdf::WriterOptions{}, diagnostics);
        (void)layout::layout_html(page_of(state.range(0)), "bench", fonts, {}, writer, diagnostics);
        benchmark::DoNotOptimize(writer.take());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(whole)->Name("html + layout + pdf, rows")->Arg(500)->Arg(5000)->Arg(50000)->Unit(benchmark::kMillisecond);

/// 200 different one-page reports with a chart: template, chart, layout, PDF.
void one_page_reports(benchmark::State& state) {
    data::Workspace workspace;
    workspace.company.name = "Prairie Systems Group";
    report::Descriptor descriptor;
    descriptor.id = "bench-ledger";
    descriptor.title = "Ledger";
    report::Request request;
    request.period = report::parse_period("2026-10");
    request.as_of = request.period.end;
    request.params = model::Json::object();
    request.formats = {report::Format::pdf};
    report::Resources resources(std::filesystem::path(DECKLE_BINARY_DIR) / "share/deckle/report-templates");
    model::Formatter const formatter(workspace.company.locale, workspace.company.zone);
    std::vector<model::Json> models;
    for (std::uint32_t i = 0; i < 200; ++i) {
        models.push_back(bench::one_page(i, "USD"));
        models.back()["run"] = report::run_member(workspace, descriptor, {}, request);
    }
    for (auto _ : state)
        for (auto const& model : models) {
            Diagnostics diagnostics;
            auto const made =
                report::render(model, formatter, workspace, descriptor, request, {}, resources, diagnostics);
            if (made.pages != 1) state.SkipWithError("not one page");
        }
    state.SetItemsProcessed(state.iterations() * 200);
}
BENCHMARK(one_page_reports)->Name("one-page reports")->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
