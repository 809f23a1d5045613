/// A draft as it reads today: texts with their facts, what is approved, what is wrong with it. See deckle/document.hpp.
#pragma once
#include "facts/merge.hpp"
#include "model/json.hpp"
#include "store/drafts.hpp"
#include <filesystem>

namespace deckle::drafts {

/// One field.
struct Part {
    store::DraftText kept; // version 0: the plugin's beginning, never saved
    facts::Merged merged;
    std::optional<store::KeptApproval> approval; // the newest, also when it is void
    bool approved = false;                       // it stands for this text
};

class Document {
public:
    /// With what the store has of the draft. Of one that is out, the texts are as they were sent.
    Document(store::Draft draft, std::map<std::string, store::DraftText> const& texts,
             std::map<std::string, store::KeptApproval> const& approvals, facts::Context const& context);

    [[nodiscard]] store::Draft const& draft() const { return draft_; }
    [[nodiscard]] std::map<std::string, Part> const& parts() const { return parts_; }

    /// For the plugin: request.edits.
    [[nodiscard]] model::Json edits() const;
    /// For the plugin of a draft that was started from this one: request.origin.
    [[nodiscard]] model::Json as_origin() const;
    /// The texts as JSON: what an approval of the document is bound to, and what is kept when it goes out.
    [[nodiscard]] std::string texts_json() const;
    /// Approved as a whole, and not changed since.
    [[nodiscard]] bool approval_stands() const;
    /// The fields that read differently than when the document was approved: "Q1, Q3".
    [[nodiscard]] std::string changed_since_approval() const;

    /// Adds to the plugin's model: of each field `value`, `text`, `count` and `approved`, and the host's findings.
    /// `workspace` is where files are looked for.
    void annotate(model::Json& model, std::filesystem::path const& workspace) const;

private:
    [[nodiscard]] Part part(store::DraftText kept, std::string const& field) const;

    store::Draft draft_;
    std::map<std::string, store::KeptApproval> approvals_;
    facts::Context context_;
    model::Json sent_; // texts of a draft that is out; null before
    std::map<std::string, Part> parts_;
};

/// What a new draft begins with: the value of each field of the plugin's model.
[[nodiscard]] store::Texts first_texts(model::Json const& model);

/// The message of a finding as plain text, of severity "error" where `errors_only`: "Q1: ... [field.limit]".
[[nodiscard]] std::vector<std::string> finding_texts(model::Json const& model, model::Formatter const& formatter,
                                                     bool errors_only);

} // namespace deckle::drafts
