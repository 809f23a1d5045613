#include "report/run.hpp"
#include "model/check.hpp"
#include "model/export.hpp"
#include "report/host_members.hpp"
#include "report/render.hpp"
#include <algorithm>

namespace deckle::report {
namespace {

constexpr std::pair<Format, char const*> format_names[] = {{Format::pdf, "pdf"},
                                                           {Format::html, "html"},
                                                           {Format::json, "json"},
                                                           {Format::csv, "csv"},
                                                           {Format::figures, "figures"}};

/// Letters and digits of any script stay, everything else becomes one hyphen.
std::string file_word(std::string_view text) {
    std::string word;
    for (char const c : text) {
        bool const keep =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0 || c == '.';
        if (keep)
            word += c;
        else if (!word.empty() && word.back() != '-')
            word += '-';
    }
    auto const first = word.find_first_not_of("-.");
    if (first == std::string::npos) return "report";
    return word.substr(first, word.find_last_not_of("-.") - first + 1);
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
                        "unknown format '" + std::string(name) + "'; known: pdf, html, json, csv, figures");
        formats.insert(known->first);
        if (comma == std::string_view::npos) return formats;
        list.remove_prefix(comma + 1);
    }
}

std::set<Format> parse_attached(std::string_view list) {
    std::set<Format> formats;
    if (!list.empty()) formats = parse_formats(list);
    if (formats.contains(Format::pdf) || formats.contains(Format::html))
        throw Error(ErrorCode::usage, "only json, csv and figures can go into the PDF");
    return formats;
}

std::string file_name(std::string_view company, std::string_view report, std::string_view period, int revision,
                      std::string_view extension) {
    std::string name = file_word(company) + "_" + file_word(report) + "_" + file_word(period);
    if (revision > 1) name += "_r" + std::to_string(revision);
    return name + "." + std::string(extension);
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
    result.partial = datasets.partial();

    auto wanted = [&](Format format) { return request.formats.contains(format); };
    auto const file = [&](std::string format, std::string_view extension, std::string bytes) {
        return Output{
            std::move(format),
            file_name(workspace.company.name, descriptor.id, request.period.label, request.revision, extension),
            std::move(bytes)};
    };
    auto const add = [&](std::string format, std::string_view extension, std::string bytes) {
        result.outputs.push_back(file(std::move(format), extension, std::move(bytes)));
    };
    model::Formatter const formatter(workspace.company.locale, workspace.company.zone);
    auto const data_files = [&](std::set<Format> const& formats) {
        std::vector<Output> files;
        if (formats.contains(Format::json)) files.push_back(file("json", "json", result.model.dump(2) + "\n"));
        if (formats.contains(Format::csv))
            files.push_back(file("csv", "csv", model::tables_csv(result.model, formatter)));
        if (formats.contains(Format::figures)) {
            auto const figures = model::figures(result.model);
            files.push_back(file("figures", "figures.json", model::figures_json(figures)));
            files.push_back(file("figures", "figures.csv", model::figures_csv(figures)));
        }
        return files;
    };
    if (wanted(Format::pdf) || wanted(Format::html)) {
        Diagnostics drawn;
        std::vector<pdf::Attachment> attachments;
        if (wanted(Format::pdf))
            for (Output& attached : data_files(request.attach))
                attachments.push_back({std::move(attached.name), std::move(attached.bytes), {}, {}, {}});
        Rendered rendered =
            render(result.model, formatter, workspace, descriptor, request, std::move(attachments), resources, drawn);
        request.stage("other");
        if (drawn.count(Severity::error) > 0) result.partial = true;
        diagnostics.append(drawn);
        result.template_hash = std::move(rendered.template_hash);
        result.fonts_hash = std::move(rendered.fonts_hash);
        result.pages = rendered.pages;
        if (wanted(Format::pdf)) add("pdf", "pdf", std::move(rendered.pdf));
        if (wanted(Format::html)) add("html", "html", std::move(rendered.html));
    }
    for (Output& output : data_files(request.formats)) result.outputs.push_back(std::move(output));
    for (auto& output : generated.outputs) {
        auto const dot = output.name.find_last_of('.');
        std::string const stem = output.name.substr(0, dot);
        std::string const extension = dot == std::string::npos ? "bin" : output.name.substr(dot + 1);
        add(output.name, file_word(stem) + "." + file_word(extension), std::move(output.bytes));
    }
    return result;
}

} // namespace deckle::report
