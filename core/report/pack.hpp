/// Several reports as one PDF: a cover with what each of them answers, contents, and the reports with their pages
/// numbered through.
#pragma once
#include "pdf/attachment.hpp"
#include "report/run.hpp"

namespace deckle::report {

/// What the pack needs of one report.
struct PackPart {
    std::string id, title; // of the report; the title is the id when the report could not even be loaded
    std::string problem;   // why it is missing; empty = it is there
    model::Json model;     // its title, lead and sections; `run.partial`
    std::string html;      // its page
    std::vector<pdf::Attachment> attachments;
};

/// The part of a report that was made on this request, with the files that the request attaches.
[[nodiscard]] PackPart pack_part(data::Workspace const& workspace, Descriptor const& descriptor, Request const& request,
                                 Result const& result);

struct PackResult {
    model::Json model; // of the cover: title, reports, missing, `run`
    Output pdf;
    std::size_t pages = 0;
    std::string template_hash, fonts_hash; // the hash of the cover's template
    bool partial = false;                  // a report is missing or partial, or something could not be drawn
};

/// Template: report-templates/pack. REQUIRES: at least one part is there.
/// The request's period, dates, revision and PDF/A count; its formats and parameters do not.
[[nodiscard]] PackResult make_pack(data::Workspace const& workspace, std::string const& name,
                                   std::vector<PackPart>&& parts, Request const& request, Resources& resources,
                                   Diagnostics& diagnostics);

} // namespace deckle::report
