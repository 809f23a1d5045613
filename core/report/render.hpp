/// Report model -> HTML page -> PDF.
#pragma once
#include "layout/layout.hpp"
#include "pdf/attachment.hpp"
#include "pdf/writer.hpp"
#include "report/run.hpp"
#include "template/template.hpp"
#include "text/font_set.hpp"

namespace deckle::report {

/// Where the report's template and partials are looked for: the workspace's before the plugin's before the standard
/// ones; `builtin` is the folder report-templates/.
[[nodiscard]] templates::Folders template_folders(data::Workspace const& workspace, Descriptor const& descriptor,
                                                  std::filesystem::path const& builtin);
/// The plugin's first template, or the standard one.
[[nodiscard]] std::string template_name(Descriptor const& descriptor);

/// The page as HTML, and what it was made of.
struct HtmlPage {
    std::string html;
    std::string name; // of the template's file, for messages
    std::string template_hash;
};
[[nodiscard]] HtmlPage render_html(model::Json const& model, model::Formatter const& formatter,
                                   data::Workspace const& workspace, Descriptor const& descriptor, Resources& resources,
                                   Diagnostics& diagnostics);

/// A PDF in the making: the workspace's paper and fonts, and the writer that the laid out pages go to.
class Print {
public:
    /// Its dates come from the request's as-of date.
    Print(data::Workspace const& workspace, Request const& request, std::vector<pdf::Attachment> attachments,
          Resources& resources, Diagnostics& diagnostics);

    text::FontSet fonts;
    layout::Options options;
    pdf::Writer writer;
    /// Over the fonts that are in the file.
    [[nodiscard]] std::string fonts_hash() const;
};

/// Files that go into the PDF.
[[nodiscard]] std::vector<pdf::Attachment> attached(std::vector<Output>&& files);

struct Rendered {
    std::string html, pdf;
    std::size_t pages = 0; // of the PDF
    std::string template_hash, fonts_hash;
};

/// The PDF is made only when the request asks for it, with `attachments` in it; its dates come from the request's as-of
/// date. What a template or the layout could not do is in `diagnostics`.
[[nodiscard]] Rendered render(model::Json const& model, model::Formatter const& formatter,
                              data::Workspace const& workspace, Descriptor const& descriptor, Request const& request,
                              std::vector<pdf::Attachment> attachments, Resources& resources, Diagnostics& diagnostics);

} // namespace deckle::report
