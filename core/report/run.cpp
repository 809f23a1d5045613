#include "report/run.hpp"
#include "base/text.hpp"
#include "model/check.hpp"
#include "model/export.hpp"
#include "report/host_members.hpp"
#include "report/render.hpp"
#include <algorithm>

namespace deckle::report {
namespace {

constexpr std::pair<Format, char const*> format_names[] = {{Format::pdf, "pdf"},   {Format::html, "html"},
                                                           {Format::json, "json"}, {Format::csv, "csv"},
                                                           {Format::xlsx, "xlsx"}, {Format::figures, "figures"}};

Output file(std::string format, std::string_view extension, std::string bytes, data::Workspace const& workspace,
            Descriptor const& descriptor, Request const& request) {
    return {std::move(format),
            file_name(workspace.company.name, descriptor.id, request.period.label, request.revision, extension),
            std::move(bytes)};
}

} // namespace

std::set<Format> parse_formats(std::string_view list) {
    std::set<Format> formats;
    while (true) {
        auto const comma = list.find(',');
        auto const name = list.substr(0, comma);
        auto const known = std::find_if(std::begin(format_names), std::end(format_names),
                                        [&](auto const& entry) { return name == entry.second; });
        if (known == std::end(format_names))
            throw Error(ErrorCode::usage,
                        "unknown format '" + std::string(name) + "'; known: pdf, html, json, csv, xlsx, figures");
        formats.insert(known->first);
        if (comma == std::string_view::npos) return formats;
        list.remove_prefix(comma + 1);
    }
}

std::set<Format> parse_attached(std::string_view list) {
    std::set<Format> formats;
    if (!list.empty()) formats = parse_formats(list);
    if (formats.contains(Format::pdf) || formats.contains(Format::html))
        throw Error(ErrorCode::usage, "only json, csv, xlsx and figures can go into the PDF");
    return formats;
}

std::string file_name(std::string_view company, std::string_view report, std::string_view period, int revision,
                      std::string_view extension) {
    std::string name = file_word(company) + "_" + file_word(report) + "_" + file_word(period);
    if (revision > 1) name += "_r" + std::to_string(revision);
    return name + "." + std::string(extension);
}

std::vector<Output> data_files(model::Json const& report_model, std::set<Format> const& formats,
                               data::Workspace const& workspace, Descriptor const& descriptor, Request const& request) {
    std::vector<Output> files;
    auto const add = [&](std::string format, std::string_view extension, std::string bytes) {
        files.push_back(file(std::move(format), extension, std::move(bytes), workspace, descriptor, request));
    };
    if (formats.contains(Format::json)) add("json", "json", report_model.dump(2) + "\n");
    if (formats.contains(Format::csv) || formats.contains(Format::xlsx)) {
        model::Formatter const formatter(workspace.company.locale, workspace.company.zone);
        if (formats.contains(Format::csv)) add("csv", "csv", model::tables_csv(report_model, formatter));
        if (formats.contains(Format::xlsx)) {
            auto const created = from_local(request.as_of, 0, 0, 0, workspace.company.zone);
            add("xlsx", "xlsx", request.write_workbook(model::workbook(report_model, formatter, created)));
        }
    }
    if (formats.contains(Format::figures)) {
        auto const figures = model::figures(report_model);
        add("figures", "figures.json", model::figures_json(figures));
        add("figures", "figures.csv", model::figures_csv(figures));
    }
    return files;
}

std::vector<pdf::Attachment> attached(std::vector<Output>&& files) {
    std::vector<pdf::Attachment> attachments;
    for (Output& file : files) attachments.push_back({std::move(file.name), std::move(file.bytes), {}, {}, {}});
    return attachments;
}

data::DatasetSet load_datasets(data::Workspace const& workspace, data::Catalogue const& catalogue,
                               Descriptor const& descriptor, Instant now, Diagnostics& diagnostics) {
    return data::load(workspace, catalogue, descriptor.datasets, now, diagnostics);
}

Result run(data::Workspace const& workspace, Descriptor const& descriptor, Generator& generator,
           data::DatasetSet const& datasets, Request const& request, Resources& resources, Diagnostics& diagnostics) {
    request.stage("plugin");
    Generated generated = generator.generate(request_json(workspace, descriptor, datasets, request), datasets);
    request.stage("model");
    std::string const name = "report model of " + descriptor.id;
    Result result;
    result.model = model::parse_json(generated.model, name);
    model::require_valid(result.model, name);
    request.annotate(result.model);
    result.model["run"] = run_member(workspace, descriptor, datasets, request);
    if (model::Json checks = checks_member(result.model); !checks.is_null())
        result.model["run"]["checks"] = std::move(checks);
    result.partial = datasets.partial();

    auto wanted = [&](Format format) { return request.formats.contains(format); };
    auto const add = [&](std::string format, std::string_view extension, std::string bytes) {
        result.outputs.push_back(file(std::move(format), extension, std::move(bytes), workspace, descriptor, request));
    };
    if (wanted(Format::pdf) || wanted(Format::html)) {
        model::Formatter const formatter(workspace.company.locale, workspace.company.zone);
        Diagnostics drawn;
        std::vector<pdf::Attachment> attachments;
        if (wanted(Format::pdf))
            attachments = attached(data_files(result.model, request.attach, workspace, descriptor, request));
        Rendered rendered =
            render(result.model, formatter, workspace, descriptor, request, std::move(attachments), resources, drawn);
        request.stage("other");
        if (drawn.count(Severity::error) > 0) result.partial = true;
        diagnostics.append(drawn);
        result.template_hash = std::move(rendered.template_hash);
        result.fonts_hash = std::move(rendered.fonts_hash);
        result.pages = rendered.pages;
        result.html = std::move(rendered.html);
        if (wanted(Format::pdf)) add("pdf", "pdf", std::move(rendered.pdf));
        if (wanted(Format::html)) add("html", "html", result.html);
    }
    for (Output& output : data_files(result.model, request.formats, workspace, descriptor, request))
        result.outputs.push_back(std::move(output));
    for (auto& output : generated.outputs) {
        auto const dot = output.name.find_last_of('.');
        std::string const stem = output.name.substr(0, dot);
        std::string const extension = dot == std::string::npos ? "bin" : output.name.substr(dot + 1);
        add(output.name, file_word(stem) + "." + file_word(extension), std::move(output.bytes));
    }
    return result;
}

} // namespace deckle::report
