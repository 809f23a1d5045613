#include "sections.hpp"

namespace compliance {

namespace {

/// The folder that all named files share, with its slash; it then stands in the heading.
std::string common_folder(std::vector<Filed> const& files) {
    std::optional<std::string> folder;
    for (Filed const& f : files) {
        if (f.file.empty()) continue;
        std::string own = f.file.substr(0, f.file.rfind('/') + 1);
        if (folder && *folder != own) return "";
        folder = std::move(own);
    }
    return folder.value_or("");
}

} // namespace

void evidence(Page const& page) {
    auto const& [in, a, words, report] = page;
    if (!in.has("completions", "evidence") && !in.has("certificates", "evidence")) {
        report.section(
            "evidence", "Evidence",
            {block::missing("Evidence", "each file that proves a completion, with its SHA-256", bind("completions"))});
        return;
    }
    block::Table table;
    std::string const folder = common_folder(a.evidence);
    table.column(folder.empty() ? Json("File") : leaf::text("File in {folder}", {{"folder", folder}}))
        .column("Proves")
        .column("Day")
        .column("SHA-256 of the file");
    for (Filed const& f : a.evidence) {
        Json proves = f.person.empty() ? leaf::text("{of} {what}", {{"of", f.of}, {"what", f.proves}})
                      : f.of.empty()   ? leaf::text("{what}, {who}", {{"what", f.proves}, {"who", f.person}})
                                       : leaf::text("{of} {who}", {{"of", f.of}, {"who", f.person}});
        Json hash = f.hash;
        if (f.state == Filed::State::missing) hash = "✕ file missing";
        if (f.state == Filed::State::unnamed) hash = "✕ no file is named";
        if (f.state == Filed::State::changed)
            proves = leaf::text("{what} ▲ changed since it was filed", {{"what", proves}});
        table.row({f.file.empty() ? f.id : f.file.substr(folder.size()), proves, leaf::date(f.date), hash},
                  f.state == Filed::State::there ? "" : "soon");
    }
    int const missing = a.evidence_in(Filed::State::missing), unnamed = a.evidence_in(Filed::State::unnamed),
              changed = a.evidence_in(Filed::State::changed);
    Json const note = leaf::text("{there} there, {missing} missing, {unnamed} not named, {changed} changed",
                                 {{"there", count(a.evidence_in(Filed::State::there))},
                                  {"missing", count(missing)},
                                  {"unnamed", count(unnamed)},
                                  {"changed", count(changed)}});
    report.section("evidence", "Evidence index",
                   {a.evidence.empty() ? block::text("No completion is recorded.") : table.json()},
                   a.evidence.empty() ? Json(nullptr) : note);
}

} // namespace compliance
