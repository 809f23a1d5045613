/// Mustache templates over a report model: loaded with their partials in place, rendered with escaping always on.
/// Those named *.txt.mustache give plain text, where nothing is escaped; their partials are *.txt.mustache too.
///
/// Names: `a.b` as in Mustache; `.a` looks in the current item only; `.` is the item. Of the current item:
/// `$type` (money num pct date datetime text na ...), `$reason` (of an n/a, in words), `$align` (left right center: of
/// a table cell or column), `$index` (from 1), `$first`, `$last`. Of the page: `$lang`, `$style` (theme and style
/// sheets),
/// `$logo` (data URI), `$sources` (one line: what was read, when, how many rows). `{{{x}}}` only for $markdown, $chart
/// and `$style`: what the host itself rendered.
#pragma once
#include "base/diagnostics.hpp"
#include "model/formatter.hpp"
#include "template/theme.hpp"
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace deckle::templates {

/// Where template files are looked for, first hit wins: workspace, then the plugin's, then the standard folder.
using Folders = std::vector<std::filesystem::path>;

/// What rendering needs beside the model.
struct RenderContext {
    model::Formatter const& formatter;
    Theme theme = {};
    std::string paper = "letter";
    std::vector<std::filesystem::path> image_roots = {}; // $image paths are relative to the first root that has them
    /// Chart spec (the object inside $chart) to SVG text; chart::to_svg in the program.
    std::function<std::string(model::Json const&, Diagnostics&)> chart = {};
};

/// A loaded template: immutable, may be rendered by several threads at once.
class Template {
public:
    /// Loads `name` ("report.html.mustache") and the style sheets theme.css and report.css; partial `{{> table}}` is
    /// `table.html.mustache`. Throws Error with file:line:column for bad syntax, a partial that includes itself, and
    /// tags where escaping cannot protect (unquoted attributes, script, style). An unknown partial leaves a marker and
    /// a diagnostic when rendered.
    static Template load(std::string const& name, Folders const& folders);
    /// As `load`, from text; `name` stands for it in positions.
    static Template from_text(std::string const& text, std::string const& name, Folders const& folders = {});
    ~Template();
    Template(Template&&) noexcept;
    Template& operator=(Template&&) noexcept;

    /// A missing name prints «missing: name» and adds diagnostic "missing-name" at the tag's file:line:column.
    [[nodiscard]] std::string render(model::Json const& model, RenderContext const& context,
                                     Diagnostics& diagnostics) const;

    /// All files this template was made of, in the order they were first read, style sheets last (for the run ledger).
    [[nodiscard]] std::vector<std::filesystem::path> const& files() const;

private:
    struct Impl;
    explicit Template(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Finds without rendering: syntax, unknown partials, names that the sample model lacks, raw tags on anything the host
/// did not render. Errors are findings too (severity error); nothing is thrown for what a template can contain.
/// `sample` may be null: names are then not checked.
void lint(std::string const& name, Folders const& folders, model::Json const* sample, Diagnostics& diagnostics);

} // namespace deckle::templates
