/// One report run, end to end: datasets -> plugin -> report model -> HTML -> PDF. Values in, values out: nothing is
/// written here, no plugin is loaded here and no clock is read here.
#pragma once
#include "base/diagnostics.hpp"
#include "data/dataset.hpp"
#include "model/tables.hpp"
#include "report/descriptor.hpp"
#include "report/period.hpp"
#include "report/resources.hpp"
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace deckle::report {

/// A file that the plugin wrote beside its report model (declared in the descriptor's outputs[]).
struct PluginOutput {
    std::string name, media_type, bytes;
};

struct Generated {
    std::string model; // JSON text, not yet checked
    std::vector<PluginOutput> outputs;
};

/// The plugin at work; plugin_host has the real one.
class Generator {
public:
    virtual ~Generator() = default;
    /// `request` is the JSON of the contract; `datasets` holds what the descriptor asked for and the workspace binds.
    /// Throws Error{plugin} when the plugin breaks, and what the plugin reported otherwise.
    virtual Generated generate(std::string const& request, data::DatasetSet const& datasets) = 0;
};

enum class Format { pdf, html, json, csv, xlsx, figures };

/// "pdf,html" -> formats. Throws Error{usage} for an unknown one.
[[nodiscard]] std::set<Format> parse_formats(std::string_view list);

/// The same for what goes into the PDF: json, csv, xlsx, figures; "" = nothing.
[[nodiscard]] std::set<Format> parse_attached(std::string_view list);

struct Request {
    Period period;
    Date as_of;
    Instant now{};
    int revision = 1;
    std::string correction; // why there is a revision; its readers see it
    model::Json params; // of resolve_params
    std::set<Format> formats = {Format::pdf, Format::html};
    std::set<Format> attach; // files that go into the PDF; see parse_attached()
    bool pdf_a = false;      // PDF/A-2b, 3b with attached files
    /// Management's paragraph: {"text": {"$markdown": ...}, "author": ..., "date": {"$date": ...}}, or null.
    model::Json commentary = nullptr;
    // Of an editable document; see deckle/document.hpp.
    model::Json edits = nullptr;  // the draft's fields; null for a new draft
    model::Json origin = nullptr; // the draft it was started from
    /// For Format::xlsx; the library behind it is opened on first use.
    std::function<std::string(model::Workbook const&)> write_workbook;
    /// Called with the checked model before it is rendered: what the host knows about fields is added here.
    std::function<void(model::Json&)> annotate = [](model::Json&) {};
    /// Called as each stage begins, some more than once: "plugin", "model", "template", "layout", "pdf", "other".
    std::function<void(std::string_view)> stage = [](std::string_view) {};
};

struct Output {
    std::string format; // "pdf", "html", ..., or the plugin's own name
    std::string name;   // file name: company, report, period
    std::string bytes;
};

struct Result {
    model::Json model; // the report model with `run`
    std::vector<Output> outputs;
    std::string html;                      // the page, whenever PDF or HTML was asked for
    std::string template_hash, fonts_hash; // SHA-256 over the files that took part; empty when none did
    std::size_t pages = 0;                 // of the PDF
    bool partial = false;                  // a row was rejected, or something could not be drawn
};

/// The datasets a report wants from this workspace. Throws as data::load.
[[nodiscard]] data::DatasetSet load_datasets(data::Workspace const& workspace, data::Catalogue const& catalogue,
                                             Descriptor const& descriptor, Instant now, Diagnostics& diagnostics);

/// REQUIRES: `datasets` has what the descriptor requires; the previous run's figures and datasets, if any, stand in it
/// as "figures@previous", "X@previous". Throws Error; then nothing was made.
[[nodiscard]] Result run(data::Workspace const& workspace, Descriptor const& descriptor, Generator& generator,
                         data::DatasetSet const& datasets, Request const& request, Resources& resources,
                         Diagnostics& diagnostics);

/// json, csv, xlsx and figures among `formats`, from a report model with `run`.
[[nodiscard]] std::vector<Output> data_files(model::Json const& report_model, std::set<Format> const& formats,
                                             data::Workspace const& workspace, Descriptor const& descriptor,
                                             Request const& request);

/// "Prairie-Systems-Group_cash-flow_2026-10.pdf"; a revision past the first adds "_r2".
[[nodiscard]] std::string file_name(std::string_view company, std::string_view report, std::string_view period,
                                    int revision, std::string_view extension);

} // namespace deckle::report
