/// Editable documents (descriptor kind "document": award submissions, press releases).
///
/// The plugin's model carries `fields` (Field, what a person fills in) and `findings` (Finding, what is wrong) beside
/// its sections. The first time, `edits` is null and each field's `value` is what the draft begins with. From then on
/// the texts live in the draft, and every request brings all of them back; the plugin writes the document with them.
///
///     "edits":  {"draft": "k3f9a2b1", "state": "review", "version": 7,
///                "fields": {"Q1": {"value": "We grew {{growth(revenue.total,2025,2026)|pct}}.", "text": "We
///                grew 31.0%.",
///                                  "facts": ["revenue.total.2025", "revenue.total.2026"],
///                                  "approved": {"by": "Dana Whitfield", "at": "2026-11-22T15:04:05Z", "note": ""}}}}
///     "origin": {"draft": "b2c4d6e8", "report": "award-submission", "params": {...}, "state": "won",
///                "outcome": {...}, "fields": {"Q1": "We grew 31.0%."}}
///
/// The host replaces merge fields (one that has no fact becomes a visible marker and a finding of severity error),
/// counts against limits, checks kinds and required fields, and keeps approvals: `approved` is null once the text has
/// changed. It adds `text`, `count` and `approved` to the model's fields before it renders the document.
#pragma once
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace deckle {

struct Approval {
    std::string by, at, note; // at: UTC, 2026-11-22T15:04:05Z
};

/// One field of the draft.
struct Edit {
    std::string value;              // as typed, with merge fields
    std::string text;               // as it is printed
    std::vector<std::string> facts; // those it uses: "revenue.total.2026"
    std::optional<Approval> approved;
};

/// The draft behind the request. `present()` is false for a new draft, and for a report run without one.
class Edits {
public:
    explicit Edits(nlohmann::json const& request) {
        auto const edits = request.find("edits");
        if (edits == request.end() || !edits->is_object()) return;
        present_ = true;
        state_ = edits->value("state", "");
        for (auto const& [id, field] : edits->at("fields").items()) {
            Edit edit{field.value("value", ""), field.value("text", ""),
                      field.value("facts", std::vector<std::string>{}), std::nullopt};
            if (auto const a = field.find("approved"); a != field.end() && a->is_object())
                edit.approved = Approval{a->value("by", ""), a->value("at", ""), a->value("note", "")};
            fields_.emplace(id, std::move(edit));
        }
    }

    [[nodiscard]] bool present() const { return present_; }
    /// draft, review, approved, submitted, shortlisted, won, lost, withdrawn; empty without a draft.
    [[nodiscard]] std::string const& state() const { return state_; }
    /// nullptr for a field that the draft does not have.
    [[nodiscard]] Edit const* find(std::string const& field) const {
        auto const it = fields_.find(field);
        return it == fields_.end() ? nullptr : &it->second;
    }
    /// What is printed: the draft's text, or `otherwise` where it has none.
    [[nodiscard]] std::string text(std::string const& field, std::string const& otherwise = {}) const {
        Edit const* const edit = find(field);
        return edit == nullptr ? otherwise : edit->text;
    }

private:
    bool present_ = false;
    std::string state_;
    std::map<std::string, Edit> fields_;
};

/// The draft that this one was started from: an award that was won starts its press release.
struct Origin {
    std::string draft, report, state;
    nlohmann::json params;                     // of that draft
    nlohmann::json outcome;                    // what was recorded with its state: receipt, date, note
    std::map<std::string, std::string> fields; // texts as printed

    [[nodiscard]] static std::optional<Origin> of(nlohmann::json const& request) {
        auto const origin = request.find("origin");
        if (origin == request.end() || !origin->is_object()) return std::nullopt;
        return Origin{origin->value("draft", ""),
                      origin->value("report", ""),
                      origin->value("state", ""),
                      origin->value("params", nlohmann::json::object()),
                      origin->value("outcome", nlohmann::json::object()),
                      origin->value("fields", std::map<std::string, std::string>{})};
    }
};

} // namespace deckle
