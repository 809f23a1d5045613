/// Editions: what a schedule makes for one period, from the moment it is due to the moment all have it.
#pragma once
#include "store/database.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::store {

enum class EditionState {
    queued,     // due, not begun (or to be tried again)
    making,     // being made
    held,       // a gate keeps it back: `reason`
    waiting,    // made; a person has to release it
    delivering, // its deliveries are claimed
    done,       // each delivery is settled: sent, or cancelled by a person
    failed,     // given up: `reason`
    skipped,    // nothing was to be made: condition not met, missed and not caught up
    stopped,    // a person did not release it
};
[[nodiscard]] std::string_view to_string(EditionState state);
/// Throws Error{data} for an unknown word.
[[nodiscard]] EditionState edition_state(std::string_view word);

/// What there can be one of only.
struct EditionKey {
    std::string schedule;
    std::string period; // "2026-10"; with "@2026-10-20" when the as-of date is not its end
    std::string part;   // of a schedule that makes one for each of many; empty otherwise
    int revision = 1;
};

struct Edition : EditionKey {
    std::string id;            // eight letters and digits that sort by time
    std::string subject;       // "pack:monthly", "report:cash-flow"
    std::string params = "{}"; // JSON: parameters of its own
    std::string to = "[]";     // JSON: its recipients
    std::string trigger;       // "schedule", "catch-up", "revision", or "by hand"
    std::string by;            // the account, when a person asked
    std::string note;          // of a revision: why it is made
    Instant due{};
    EditionState state = EditionState::queued;
    std::string reason;                // why it is in that state
    std::string run;                   // newest, of the ledger; empty before
    int attempts = 0;                  // begun
    std::optional<Instant> release_at; // waiting: goes out by itself then
    Instant changed{};
};

struct EditionEvent {
    Instant at{};
    EditionState state = EditionState::queued; // afterwards
    std::string by;                            // empty: the service
    std::string note;
};

struct EditionFilter {
    std::string schedule = {}, period = {}; // empty = all
    std::vector<EditionState> states = {};  // empty = all
    std::size_t limit = 50;
};

/// What a step changes beside the state; absent = stays.
struct EditionStep {
    EditionState to = EditionState::queued;
    std::string by = {}, note = {}; // the note is the reason too
    std::optional<std::string> run = {};
    std::optional<Instant> release_at = {};
    bool attempt = false;                                    // one more was begun
    std::optional<std::string> params = {}, recipients = {}; // JSON, as in Edition
    std::optional<Instant> due = {};
};

/// What is known of a schedule.
struct ScheduleState {
    std::optional<Instant> seen; // firings until then are dealt with
    bool paused = false;
    std::optional<Instant> changed; // when it was paused or resumed
    std::string by, note;
};

/// Each function is one transaction, or part of the caller's; throws Error{io} when the database fails.
class Editions {
public:
    explicit Editions(Database& database) : database_(database) {}

    /// `id`, `state` and what comes later are not read. nullopt: there is one with that key (see `of`).
    std::optional<std::string> open(Edition const& edition, Instant now);
    [[nodiscard]] std::optional<Edition> of(EditionKey const& key);
    /// By id or its unique beginning. Throws Error{usage} for none and for several, naming them.
    [[nodiscard]] Edition find(std::string const& id);
    /// The newest revision; nullopt when there is none.
    [[nodiscard]] std::optional<Edition> newest(std::string const& schedule, std::string const& period,
                                                std::string const& part);
    /// The newest whose deliveries were claimed; nullopt when there is none.
    [[nodiscard]] std::optional<Edition> last_sent(std::string const& schedule, std::string const& part);
    /// When the earliest of a schedule was due; nullopt when there is none.
    [[nodiscard]] std::optional<Instant> first_due(std::string const& schedule);
    /// Newest first.
    [[nodiscard]] std::vector<Edition> list(EditionFilter const& filter);
    /// False when it is in none of the states `from` (any more): nothing is changed.
    [[nodiscard]] bool step(std::string const& id, std::vector<EditionState> const& from, EditionStep const& step,
                            Instant now);
    /// Oldest first.
    [[nodiscard]] std::vector<EditionEvent> log(std::string const& id);

    [[nodiscard]] ScheduleState schedule(std::string const& name);
    /// False when `seen` is not `before` any more: another daemon has dealt with it.
    [[nodiscard]] bool advance(std::string const& name, std::optional<Instant> before, Instant to);
    void pause(std::string const& name, bool paused, std::string const& by, std::string const& note, Instant now);

private:
    template <class... Binding>
    [[nodiscard]] std::vector<Edition> select(std::string const& where, Binding const&... bindings);

    Database& database_;
};

} // namespace deckle::store
