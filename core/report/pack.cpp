#include "report/pack.hpp"
#include "base/text.hpp"
#include "report/host_members.hpp"
#include "report/render.hpp"
#include <algorithm>
#include <deque>

namespace deckle::report {

using model::Json;

namespace {

Json cover_model(data::Workspace const& workspace, Descriptor const& pack, std::vector<PackPart> const& parts,
                 Request const& request) {
    Json model{{"title", pack.title}, {"reports", Json::array()}, {"missing", Json::array()}};
    model["run"] = run_member(workspace, pack, {}, request);
    for (auto const& part : parts) {
        if (!part.problem.empty()) {
            model["missing"].push_back({{"title", part.title}, {"why", first_line(part.problem)}});
            continue;
        }
        Json report = part.model;
        report["name"] = part.title;
        report["link"] = "#" + part.id;
        for (auto& section : report["sections"])
            section["link"] = "#" + part.id + "/" + section["id"].get<std::string>();
        model["reports"].push_back(std::move(report));
    }
    bool const partial = std::any_of(parts.begin(), parts.end(), [](PackPart const& part) {
        return !part.problem.empty() || part.model.at("partial").get<bool>();
    });
    model["run"]["partial"] = partial;
    return model;
}

} // namespace

PackPart pack_part(data::Workspace const& workspace, Descriptor const& descriptor, Request const& request,
                   Result const& result) {
    PackPart part{descriptor.id, descriptor.title, {}, {}, result.html, {}};
    Json sections = Json::array();
    for (auto const& section : result.model.value("sections", Json::array()))
        if (section.contains("title")) sections.push_back({{"id", section.at("id")}, {"title", section.at("title")}});
    part.model = {{"title", result.model.at("title")}, {"sections", sections}, {"partial", result.partial}};
    if (result.model.contains("lead")) part.model["lead"] = result.model["lead"];
    part.attachments = attached(data_files(result.model, request.attach, workspace, descriptor, request));
    return part;
}

PackResult make_pack(data::Workspace const& workspace, std::string const& name, std::vector<PackPart>&& parts,
                     Request const& request, Resources& resources, Diagnostics& diagnostics) {
    Descriptor pack; // looks like a report, so that it has a template, a file name and a `run`
    pack.id = "pack";
    pack.title = workspace.packs.at(name).title;
    if (pack.title.empty()) pack.title = name;
    PackResult result;
    result.model = cover_model(workspace, pack, parts, request);
    result.partial = result.model["run"]["partial"];

    Diagnostics drawn;
    model::Formatter const formatter(workspace.company.locale, workspace.company.zone);
    HtmlPage const cover = render_html(result.model, formatter, workspace, pack, resources, drawn);
    result.template_hash = cover.template_hash;
    std::vector<pdf::Attachment> attachments;
    for (auto& part : parts)
        std::move(part.attachments.begin(), part.attachments.end(), std::back_inserter(attachments));
    Print print(workspace, request, std::move(attachments), resources, drawn);
    std::deque<text::FontSet> fonts; // of the chapters
    std::vector<layout::Chapter> chapters;
    chapters.push_back({"", "", cover.html, cover.name, &fonts.emplace_back(print.fonts)});
    for (auto const& part : parts)
        if (part.problem.empty())
            chapters.push_back({part.id, part.title, part.html, part.id, &fonts.emplace_back(print.fonts)});
    result.pages = layout::layout_book(chapters, print.options, print.writer, drawn).pages;
    result.pdf = {"pdf",
                  file_name(workspace.company.name, name + "-pack", request.period.label, request.revision, "pdf"),
                  print.writer.take()};
    result.fonts_hash = print.fonts_hash();
    if (drawn.count(Severity::error) > 0) result.partial = true;
    diagnostics.append(drawn);
    return result;
}

} // namespace deckle::report
