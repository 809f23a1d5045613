#include "drafts/document.hpp"
#include "drafts/check.hpp"
#include "drafts/count.hpp"
#include "drafts/export.hpp"
#include "drafts/states.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::drafts {

using model::Json;

namespace {

int severity_rank(Json const& finding) {
    std::string const severity = finding.value("severity", "");
    return severity == "error" ? 0 : severity == "warning" ? 1 : 2;
}

Json approval_json(store::KeptApproval const& approval) {
    return {{"by", approval.author}, {"at", to_iso(approval.at)}, {"note", approval.note}};
}

} // namespace

Document::Document(store::Draft draft, std::map<std::string, store::DraftText> const& texts,
                   std::map<std::string, store::KeptApproval> const& approvals, facts::Context const& context)
    : draft_(std::move(draft)), approvals_(approvals), context_(context) {
    if (is_out(draft_.state) && !draft_.submitted.empty()) sent_ = Json::parse(draft_.submitted);
    for (auto const& [field, text] : texts) parts_.emplace(field, part(text, field));
}

Part Document::part(store::DraftText kept, std::string const& field) const {
    Part part;
    part.kept = std::move(kept);
    part.merged = facts::merge(part.kept.value, context_);
    if (sent_.is_object() && sent_.contains(field)) {
        part.merged.text = sent_.at(field).get<std::string>();
        part.merged.issues.clear(); // it has gone out as it is
    }
    if (auto const it = approvals_.find(field); it != approvals_.end()) {
        part.approval = it->second;
        part.approved = it->second.text == part.merged.text;
    }
    return part;
}

Json Document::edits() const {
    Json fields = Json::object();
    for (auto const& [id, part] : parts_)
        fields[id] = {{"value", part.kept.value},
                      {"text", part.merged.text},
                      {"facts", part.merged.facts},
                      {"approved", part.approved ? approval_json(*part.approval) : Json()}};
    return {{"draft", draft_.id}, {"state", draft_.state}, {"version", draft_.version}, {"fields", fields}};
}

Json Document::as_origin() const {
    Json fields = Json::object();
    for (auto const& [id, part] : parts_) fields[id] = part.merged.text;
    return {{"draft", draft_.id},
            {"report", draft_.report},
            {"params", Json::parse(draft_.params)},
            {"state", draft_.state},
            {"outcome", Json::parse(draft_.outcome)},
            {"fields", fields}};
}

std::string Document::texts_json() const {
    Json texts = Json::object();
    for (auto const& [id, part] : parts_) texts[id] = part.merged.text;
    return texts.dump();
}

bool Document::approval_stands() const {
    auto const it = approvals_.find("");
    return it != approvals_.end() && it->second.text == texts_json();
}

std::string Document::changed_since_approval() const {
    auto const it = approvals_.find("");
    Json const approved = it == approvals_.end() ? Json::object() : Json::parse(it->second.text);
    std::string changed;
    for (auto const& [id, part] : parts_)
        if (approved.value(id, "") != part.merged.text) changed += (changed.empty() ? "" : ", ") + id;
    return changed;
}

void Document::annotate(Json& model, std::filesystem::path const& workspace) const {
    Json findings = model.value("findings", Json::array());
    if (model.contains("fields")) {
        for (Json& field : model["fields"]) {
            std::string const id = field.at("id");
            auto const it = parts_.find(id);
            Part const part =
                it != parts_.end() ? it->second : this->part({field.at("value").get<std::string>(), 0, ""}, id);
            field["value"] = part.kept.value;
            field["text"] = part.merged.text;
            field["count"] =
                count(pasted_text(field),
                      field.contains("limit") ? unit_of(field["limit"].value("unit", "")) : Field::Unit::words);
            field["approved"] = part.approved ? approval_json(*part.approval) : Json();
            for (Json& finding : check_field(field, part.merged, context_.formatter, workspace))
                findings.push_back(std::move(finding));
            if (part.approval && !part.approved)
                findings.push_back(
                    {{"rule", "approval.void"},
                     {"severity", "warning"},
                     {"field", id},
                     {"message", fmt::format("{} approved another text on {}: it needs approval again",
                                             part.approval->author, to_iso(part.approval->at).substr(0, 10))}});
        }
    }
    if (draft_.state == "approved" && !approval_stands())
        findings.push_back(
            {{"rule", "approval.void"},
             {"severity", "error"},
             {"message",
              fmt::format("The approval is void, because the text has changed since: {}. `deckle draft reopen "
                          "{}`, then submit and approve it again",
                          changed_since_approval(), draft_.id)}});
    std::stable_sort(findings.begin(), findings.end(), [](Json const& a, Json const& b) {
        return severity_rank(a) < severity_rank(b); // what keeps it from being approved stands first
    });
    if (!findings.empty()) model["findings"] = std::move(findings);
}

store::Texts first_texts(Json const& model) {
    store::Texts texts;
    for (Json const& field : model.value("fields", Json::array()))
        texts[field.at("id").get<std::string>()] = field.at("value").get<std::string>();
    return texts;
}

std::vector<std::string> finding_texts(Json const& model, model::Formatter const& formatter, bool errors_only) {
    std::vector<std::string> texts;
    for (Json const& finding : model.value("findings", Json::array())) {
        if (errors_only && finding.at("severity") != "error") continue;
        std::string const field = finding.value("field", "");
        texts.push_back(fmt::format("{}{}{} [{}]", errors_only ? "" : finding.at("severity").get<std::string>() + ": ",
                                    field.empty() ? "" : field + ": ", formatter.text(finding.at("message")),
                                    finding.at("rule").get<std::string>()));
    }
    return texts;
}

} // namespace deckle::drafts
