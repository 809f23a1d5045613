#include "report/render.hpp"
#include "chart/chart.hpp"
#include "data/sha256.hpp"
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

HtmlPage render_html(model::Json const& model, model::Formatter const& formatter, data::Workspace const& workspace,
                     Descriptor const& descriptor, Resources& resources, Diagnostics& diagnostics) {
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
    return {page.render(model, context, diagnostics), page.files().front().filename().string(), template_hash};
}

namespace {

pdf::WriterOptions writer_options(data::Workspace const& workspace, Request const& request,
                                  std::vector<pdf::Attachment> attachments, Resources& resources) {
    pdf::WriterOptions options;
    options.created = from_local(request.as_of, 0, 0, 0, workspace.company.zone);
    options.subsets = &resources.subsets();
    options.pdf_a = request.pdf_a;
    options.attachments = std::move(attachments);
    return options;
}

} // namespace

Print::Print(data::Workspace const& workspace, Request const& request, std::vector<pdf::Attachment> attachments,
             Resources& resources, Diagnostics& diagnostics)
    : fonts(resources.fonts()),
      writer(writer_options(workspace, request, std::move(attachments), resources), diagnostics) {
    if (auto const own = workspace.root / "fonts"; std::filesystem::is_directory(own))
        fonts.add_folder(own, diagnostics);
    options.sheets = &resources.sheets();
    options.tags = layout::Tags::automatic;
    options.page = paper_size(workspace.company.paper);
}

std::string Print::fonts_hash() const {
    std::set<std::string> drawn;
    for (auto const* const face : writer.faces())
        drawn.insert(fmt::format("{} {:016x}\n", face->path().string(), face->content_hash()));
    return data::sha256_hex(fmt::format("{}", fmt::join(drawn, "")));
}

Rendered render(model::Json const& model, model::Formatter const& formatter, data::Workspace const& workspace,
                Descriptor const& descriptor, Request const& request, std::vector<pdf::Attachment> attachments,
                Resources& resources, Diagnostics& diagnostics) {
    request.stage("template");
    HtmlPage page = render_html(model, formatter, workspace, descriptor, resources, diagnostics);
    Rendered rendered;
    rendered.html = std::move(page.html);
    rendered.template_hash = std::move(page.template_hash);
    if (!request.formats.contains(Format::pdf)) return rendered;

    request.stage("layout");
    Print print(workspace, request, std::move(attachments), resources, diagnostics);
    StagedSink sink(print.writer, request);
    rendered.pages = layout::layout_html(rendered.html, page.name, print.fonts, print.options, sink, diagnostics).pages;
    request.stage("pdf");
    rendered.pdf = print.writer.take();
    rendered.fonts_hash = print.fonts_hash();
    return rendered;
}

} // namespace deckle::report
