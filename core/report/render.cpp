#include "report/render.hpp"
#include "chart/chart.hpp"
#include "data/sha256.hpp"
#include "layout/layout.hpp"
#include "pdf/writer.hpp"
#include "template/template.hpp"
#include "text/font_set.hpp"
#include <fmt/format.h>
#include <set>

namespace deckle::report {
namespace {

templates::Theme theme_of(data::Workspace const& workspace) {
    templates::Theme theme;
    if (!workspace.theme.brand.empty()) theme.brand = workspace.theme.brand;
    theme.logo = workspace.theme.logo;
    theme.confidentiality = workspace.theme.confidentiality;
    return theme;
}

layout::Size paper_size(std::string const& paper) {
    if (paper == "a4") return layout::a4;
    if (paper == "legal") return {612, 1008};
    return layout::letter;
}

/// Pages go to the PDF writer as layout goes on; this tells which of the two is at work.
class StagedSink final : public layout::PageSink {
public:
    StagedSink(layout::PageSink& writer, Request const& request) : writer_(writer), request_(request) {}
    void structure(layout::Structure&& structure) override { writer_.structure(std::move(structure)); }
    void page(layout::Page&& page) override {
        request_.stage("pdf");
        writer_.page(std::move(page));
        request_.stage("layout");
    }
    void append(std::size_t page, std::vector<layout::Item>&& items) override {
        writer_.append(page, std::move(items));
    }
    void finish(std::vector<layout::OutlineEntry>&& outline, layout::Metadata&& metadata) override {
        request_.stage("pdf");
        writer_.finish(std::move(outline), std::move(metadata));
    }

private:
    layout::PageSink& writer_;
    Request const& request_;
};

} // namespace

templates::Folders template_folders(data::Workspace const& workspace, Descriptor const& descriptor,
                                    std::filesystem::path const& builtin) {
    return {workspace.root / "templates" / descriptor.id, workspace.root / "templates", builtin / descriptor.id,
            builtin / "standard"};
}

std::string template_name(Descriptor const& descriptor) {
    return descriptor.templates.empty() ? "report.html.mustache" : descriptor.templates.front();
}

Rendered render(model::Json const& model, model::Formatter const& formatter, data::Workspace const& workspace,
                Descriptor const& descriptor, Request const& request, std::vector<pdf::Attachment> attachments,
                Resources& resources, Diagnostics& diagnostics) {
    request.stage("template");
    auto const& [page, template_hash] =
        resources.page(template_name(descriptor), template_folders(workspace, descriptor, resources.templates()));
    templates::Theme const theme = theme_of(workspace);
    chart::Style const chart_style{.brand = templates::readable_brand(theme)};
    templates::RenderContext const context{.formatter = formatter,
                                           .theme = theme,
                                           .paper = workspace.company.paper,
                                           .image_roots = {workspace.root, resources.templates() / descriptor.id},
                                           .chart = [&](model::Json const& spec, Diagnostics& found) {
                                               return chart::to_html(spec, formatter, chart_style, found);
                                           }};
    Rendered rendered;
    rendered.html = page.render(model, context, diagnostics);
    rendered.template_hash = template_hash;
    if (!request.formats.contains(Format::pdf)) return rendered;

    request.stage("layout");

    text::FontSet fonts(resources.fonts());
    if (auto const own = workspace.root / "fonts"; std::filesystem::is_directory(own))
        fonts.add_folder(own, diagnostics);
    layout::Options options;
    options.sheets = &resources.sheets();
    options.tags = layout::Tags::automatic;
    options.page = paper_size(workspace.company.paper);
    pdf::WriterOptions writer_options;
    writer_options.created = from_local(request.as_of, 0, 0, 0, workspace.company.zone);
    writer_options.subsets = &resources.subsets();
    writer_options.pdf_a = request.pdf_a;
    writer_options.attachments = std::move(attachments);
    pdf::Writer writer(std::move(writer_options), diagnostics);
    StagedSink sink(writer, request);
    rendered.pages =
        layout::layout_html(rendered.html, page.files().front().filename().string(), fonts, options, sink, diagnostics)
            .pages;
    request.stage("pdf");
    rendered.pdf = writer.take();
    std::set<std::string> drawn;
    for (auto const* const face : writer.faces())
        drawn.insert(fmt::format("{} {:016x}\n", face->path().string(), face->content_hash()));
    rendered.fonts_hash = data::sha256_hex(fmt::format("{}", fmt::join(drawn, "")));
    return rendered;
}

} // namespace deckle::report
