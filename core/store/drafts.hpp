/// Drafts of editable documents: every version of every text, with who and when, for ever.
#pragma once
#include "base/zone.hpp"
#include "store/database.hpp"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace deckle::store {

/// Texts by field.
using Texts = std::map<std::string, std::string>;

struct Draft {
    std::string id; // eight letters and digits that sort by time
    std::string report, title;
    std::string params = "{}"; // JSON
    std::string period;        // label, "2026-10"
    std::string origin;        // the draft it was started from; empty = none
    std::string state = "draft";
    int version = 1;            // of the last entry of its log
    std::string outcome = "{}"; // JSON: receipt, date, note
    std::string submitted;      // JSON: the texts as they went out; empty before
};

/// Who did something and when.
struct Act {
    std::string author;
    Instant at{};
    std::string note;
};

/// One line of a draft's log.
struct DraftEntry : Act {
    int version = 1;
    std::string action;                   // new, save, submit, approve, reject, reopen, submitted, won ...
    std::string field;                    // approve of one
    std::string state;                    // afterwards
    std::vector<std::string> fields = {}; // whose text changed
};

struct DraftText {
    std::string value;
    int version = 0;    // that it has this text since
    std::string author; // of that version
};

/// An approval of a field, or of the whole document (field "").
struct KeptApproval : Act {
    int version = 0;
    std::string text; // what was approved
};

/// A text that could not be saved, because somebody else changed it since `base`.
struct SaveConflict {
    std::string field, value; // the loser's
    DraftText now;
};
struct Saved {
    int version = 0;                 // of the draft afterwards; the same as before when nothing changed
    std::vector<std::string> fields; // saved
    std::vector<SaveConflict> conflicts;
};

/// What a step of the draft's life changes.
struct Move {
    std::string action;
    std::string from; // the state it must be in
    std::string to;
    std::optional<std::string> approved;  // the text approved
    std::string field;                    // approved; "" = the document
    std::optional<std::string> outcome;   // JSON
    std::optional<std::string> submitted; // JSON
};

/// Beside the run ledger. Every function throws Error{io} when the database fails;
/// each that writes is one transaction.
class Drafts {
public:
    explicit Drafts(Database& database) : database_(database) {}

    /// `id`, `state` and `version` of the argument are not read. Returns the id.
    std::string create(Draft const& draft, Texts const& texts, Act const& act);
    /// Newest first; empty texts = any.
    [[nodiscard]] std::vector<Draft> all(std::string const& report = {}, std::string const& state = {});
    /// By id, unique beginning of one, or "last". Throws Error{usage} for none and for several, naming them.
    [[nodiscard]] Draft find(std::string const& id);

    /// REQUIRES of the rest: a full id. The texts as of a version; 0 = now.
    [[nodiscard]] std::map<std::string, DraftText> texts(std::string const& id, int version = 0);
    /// Oldest first.
    [[nodiscard]] std::vector<DraftEntry> log(std::string const& id);
    /// The newest of each field, and of the document ("").
    [[nodiscard]] std::map<std::string, KeptApproval> approvals(std::string const& id);

    /// Saves the texts that differ as one version. A text that was changed after version `base` is a conflict and stays
    /// as it is; the others are saved. Throws Error{refused} when the draft is in none of `states`.
    Saved save(std::string const& id, int base, Texts const& texts, std::string const& action, Act const& act,
               std::vector<std::string> const& states);
    /// Throws Error{refused} when it is not in state `from` (any more), or when its version is not `version`: what was
    /// approved is what was seen. Returns the new version.
    int move(std::string const& id, int version, Move const& move, Act const& act);

private:
    [[nodiscard]] Draft locked(std::string const& id);
    void log(std::string const& id, int version, std::string const& action, std::string const& field,
             std::string const& state, Act const& act);
    template <class... Binding>
    [[nodiscard]] std::vector<Draft> select(std::string const& where, Binding const&... bindings);

    Database& database_;
};

} // namespace deckle::store
