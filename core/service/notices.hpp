/// What the people behind a schedule are told, each thing once: a notice is a claim in the delivery ledger like every
/// message, so it is never sent twice, whoever notices first.
#pragma once
#include "service/office.hpp"
#include "store/deliveries.hpp"
#include "store/store.hpp"
#include <string>
#include <utility>
#include <vector>

namespace deckle::service {

/// What happened, to what, since when, and what to do now. Plain text; no secrets.
struct Notice {
    std::string key;     // what it is about, told once for ever: "missed/month-end/..."
    std::string subject; // without the company's name
    std::string what;    // a few sentences
    std::vector<std::pair<std::string, std::string>> about; // "Due" -> "Nov 4, 2026 07:00 CST"
    std::vector<std::pair<std::string, std::string>> now;   // "Send it as it is" -> the command; may be empty
    std::vector<std::string> columns;                       // of `rows`; those with figures begin with '>'
    std::vector<std::vector<std::string>> rows;             // a table between what and about
    std::vector<store::Output> files = {};                  // attached to a mail that may have as much
};

/// As a mail: HTML of tables with inline styles, and the same as text.
struct NoticeText {
    std::string subject, html, text;
    std::vector<store::Output> files = {};
};

/// One per thread. Everything is part of the caller's transaction (Database::transact), so that a state and the notice
/// about it are kept together. Returns false when that key was told before. Without an address or a channel that can
/// carry it, the notice stands in the ledger as cancelled, and the log has it; nothing is thrown for that.
class Notices {
public:
    explicit Notices(Office& office) : office_(office), workspace_(office.workspace) {}

    /// No firing is left: nothing will come any more.
    bool never_again(std::string const& schedule, Instant now);
    /// As it stands nothing comes of a schedule when it fires. Once a day for each message.
    bool wrong_schedule(std::string const& schedule, std::string const& message, Instant now);
    /// deckle.toml became wrong: what runs goes on with what it knew. Once a day for each message.
    bool wrong_configuration(std::string const& message, Instant now);

    /// A daily job (reminders/DAY, restate/SCHEDULE/DAY) was given up.
    bool daily_failed(std::string const& job, std::string const& reason, Instant now);

    /// To the schedule's owners; `schedule` may be empty or gone.
    bool tell(Notice const& notice, std::string const& schedule, Instant now);
    /// To these addresses by this channel (empty: the notices' own); what the message looks like is in `text`.
    bool send(std::string const& subject_kind, std::string const& key, NoticeText const& text,
              std::vector<std::string> const& to, std::string const& channel, Instant now);

    [[nodiscard]] NoticeText compose(Notice const& notice) const;
    /// The schedule's own owners, else those of [delivery].
    [[nodiscard]] std::vector<std::string> const& owners(std::string const& schedule) const;
    /// What notices leave by: notice_channel, the schedule's, or the only one for mail; empty when there is none.
    [[nodiscard]] std::string channel(std::string const& schedule) const;

private:
    Office& office_;
    data::Workspace const& workspace_;
};

[[nodiscard]] inline Notices notices(Office& office) {
    return Notices(office);
}

/// Ends with a full stop, and with no blank.
[[nodiscard]] std::string sentence(std::string text);

/// "Monthly pack" or "cash-flow": what a schedule, or the subject of an edition or delivery ("pack:monthly"), makes.
[[nodiscard]] std::string title_of(data::Workspace const& workspace, std::string const& subject);

} // namespace deckle::service
