/// The delivery ledger: who is to get what by which way, claimed before anything leaves, and what came of it.
#pragma once
#include "store/database.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::store {

enum class DeliveryState {
    pending,   // nothing has left
    sending,   // it is leaving right now
    sent,      // taken over by the other side
    failed,    // refused for good, or tried too often; nothing has left
    unknown,   // it may have left: the worker died, or the line dropped. A person says
    cancelled, // by a person
};
[[nodiscard]] std::string_view to_string(DeliveryState state);
/// Throws Error{data} for an unknown word.
[[nodiscard]] DeliveryState delivery_state(std::string_view word);

/// What there can be one of only.
struct Claim {
    std::string schedule; // empty for notices
    std::string period;   // as in EditionKey; of a notice what it is about: "failed/EDITION"
    std::string subject;  // "pack:monthly", with "#PART" when there are parts; "notice", "reminder"
    int revision = 1;
    std::string recipient; // address; empty for a folder or webhook
    std::string channel;   // [delivery.channels.NAME]

    /// Of a schedule that makes one for each of many; empty otherwise.
    [[nodiscard]] std::string part() const {
        auto const at = subject.find('#');
        return at == std::string::npos ? "" : subject.substr(at + 1);
    }
};

struct Delivery : Claim {
    std::string id;           // eight letters and digits that sort by time
    std::string edition, run; // empty for notices
    std::string content;      // JSON: what the message is made of (subject line, body, files with their SHA-256)
    DeliveryState state = DeliveryState::pending;
    int attempts = 0;       // how often it was tried, also in vain
    std::string message_id; // the same in every attempt; made from the id
    std::string answer;     // the other side's last words, or why it failed
    Instant created{}, changed{};
};

struct DeliveryEvent {
    Instant at{};
    DeliveryState state = DeliveryState::pending; // afterwards
    std::string by;                               // empty: the service
    std::string note;
};

struct DeliveryFilter {
    std::string schedule = {}, edition = {}, period = {}; // empty = all
    std::vector<DeliveryState> states = {};               // empty = all
    bool notices = false;                                 // those without a schedule too
    std::size_t limit = 200;
};

/// Each function is one transaction, or part of the caller's; what it says is on the disk when it returns. Throws
/// Error{io} when the database fails.
class Deliveries {
public:
    explicit Deliveries(Database& database);

    /// nullopt: that claim exists already. `message_id` of the argument is the domain of the one it gets; `id`, `state`
    /// and what comes later are not read.
    std::optional<std::string> claim(Delivery const& delivery, Instant now);
    /// After a person stopped an edition and asked for it again: a claim that was cancelled before anything may have
    /// left becomes pending, with this content, edition and run. Returns its id; nullopt in every other case.
    std::optional<std::string> renew(Delivery const& delivery, Instant now);
    /// By id or its unique beginning. Throws Error{usage} for none and for several, naming them.
    [[nodiscard]] Delivery find(std::string const& id);
    /// Newest first.
    [[nodiscard]] std::vector<Delivery> list(DeliveryFilter const& filter);
    /// A notice whose key (`period`) begins so has left.
    [[nodiscard]] bool has_told(std::string const& key);
    /// Oldest first.
    [[nodiscard]] std::vector<DeliveryEvent> log(std::string const& id);

    /// pending -> sending, for one caller only; false for every other: nothing may leave then. `token`: the job's
    /// lease.
    [[nodiscard]] bool leaving(std::string const& id, std::int64_t token, Instant now);
    /// What came of it: from sending (by the same token) to sent, unknown, failed or, when nothing was taken over, back
    /// to pending; from pending (nothing left) to failed or pending. False when it is in another state or of another
    /// token: a person or another worker has decided meanwhile. An unknown one may still become sent by its own token.
    /// `tried`: of one that never left, that it was tried (what was leaving is counted already).
    [[nodiscard]] bool settle(std::string const& id, std::int64_t token, DeliveryState state, std::string const& answer,
                              Instant now, bool tried = false);
    /// sending, by any token -> unknown: its worker is gone. False when it is in another state.
    [[nodiscard]] bool lost(std::string const& id, std::string const& why, Instant now);
    /// A person decides: unknown -> sent, pending (again) or cancelled; failed -> pending or cancelled; pending ->
    /// cancelled. Throws Error{refused} for every other step, saying the state.
    void resolve(std::string const& id, DeliveryState to, std::string const& by, std::string const& note, Instant now);

private:
    template <class... Binding>
    [[nodiscard]] std::vector<Delivery> select(std::string const& where, Binding const&... bindings);
    void record(std::string const& id, DeliveryState state, std::string const& by, std::string const& note,
                Instant now);

    Database& database_;
};

} // namespace deckle::store
