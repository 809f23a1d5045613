#include "store/drafts.hpp"
#include "store/ids.hpp"
#include "store/lookup.hpp"
#include "store/sql.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Statement;

template <class... Binding>
std::vector<Draft> Drafts::select(std::string const& where, Binding const&... bindings) {
    std::vector<Draft> all;
    Draft row;
    Statement s = database_.sql(
        "SELECT id, report, title, params, period, origin, state, version, outcome, submitted FROM drafts " + where);
    ((void)(s, bindings), ...);
    s, into(row.id), into(row.report), into(row.title), into(row.params), into(row.period), into(row.origin),
        into(row.state), into(row.version), into(row.outcome), into(row.submitted);
    for_rows(s, [&] { all.push_back(row); });
    return all;
}

std::string Drafts::create(Draft const& draft, Texts const& texts, Act const& act) {
    return transacted(database_, [&] {
        std::string id = run_id(act.at);
        for (int later = 1; !select("WHERE id = ?", bind(id)).empty(); ++later) id = run_id(act.at, later);
        std::string state = "draft";
        database_.sql(
            "INSERT INTO drafts (id, report, title, params, period, origin, state, version) VALUES (?, ?, ?, ?, ?, "
            "?, "
            "?, 1)"),
            bind(id), bind(draft.report), bind(draft.title), bind(draft.params), bind(draft.period), bind(draft.origin),
            bind(state), now;
        log(id, 1, "new", "", state, act);
        for (auto const& [field, value] : texts)
            database_.sql("INSERT INTO draft_texts VALUES (?, ?, 1, ?)"), bind(id), bind(field), bind(value), now;
        return id;
    });
}

std::vector<Draft> Drafts::all(std::string const& report, std::string const& state) {
    return guarded(database_, [&] {
        return select("WHERE (?1 = '' OR report = ?1) AND (?2 = '' OR state = ?2) ORDER BY seq DESC", bind(report),
                      bind(state));
    });
}

Draft Drafts::find(std::string const& id) {
    return guarded(database_, [&] {
        if (id != "last")
            return the_one(select("WHERE id >= ?1 AND id < ?1 || '~' ORDER BY seq LIMIT 6", bind(id)), id,
                           {"draft", "drafts", "deckle draft list"});
        auto const found = select("ORDER BY seq DESC LIMIT 1");
        if (found.empty()) throw Error(ErrorCode::usage, "There is no draft yet; `deckle draft new REPORT` starts one");
        return found.front();
    });
}

std::map<std::string, DraftText> Drafts::texts(std::string const& id, int version) {
    return guarded(database_, [&] {
        std::map<std::string, DraftText> all;
        std::string field;
        DraftText row;
        // Oldest first, so that the newest stays.
        Statement s = database_.sql(
            "SELECT t.field, t.value, t.version, v.author FROM draft_texts t JOIN draft_versions v ON v.draft = "
            "t.draft "
            "AND v.version = t.version WHERE t.draft = ?1 AND (?2 = 0 OR t.version <= ?2) ORDER BY t.version");
        s, bind(id), bind(version), into(field), into(row.value), into(row.version), into(row.author);
        for_rows(s, [&] { all[field] = row; });
        return all;
    });
}

std::vector<DraftEntry> Drafts::log(std::string const& id) {
    return guarded(database_, [&] {
        std::vector<DraftEntry> all;
        DraftEntry row;
        std::int64_t at = 0;
        Statement s = database_.sql(
            "SELECT version, at, author, action, field, state, note FROM draft_versions WHERE draft = ? ORDER BY "
            "version");
        s, bind(id), into(row.version), into(at), into(row.author), into(row.action), into(row.field), into(row.state),
            into(row.note);
        for_rows(s, [&] {
            row.at = Instant(std::chrono::milliseconds(at));
            all.push_back(row);
        });
        std::string field;
        int version = 0;
        Statement t = database_.sql("SELECT version, field FROM draft_texts WHERE draft = ? ORDER BY version, field");
        t, bind(id), into(version), into(field);
        for_rows(t, [&] {
            auto const it = std::ranges::find(all, version, &DraftEntry::version);
            if (it != all.end()) it->fields.push_back(field);
        });
        return all;
    });
}

std::map<std::string, KeptApproval> Drafts::approvals(std::string const& id) {
    return guarded(database_, [&] {
        std::map<std::string, KeptApproval> all;
        std::string field;
        KeptApproval row;
        std::int64_t at = 0;
        Statement s = database_.sql(
            "SELECT a.field, a.version, a.text, v.at, v.author, v.note FROM draft_approvals a JOIN draft_versions v "
            "ON "
            "v.draft = a.draft AND v.version = a.version WHERE a.draft = ? ORDER BY a.version");
        s, bind(id), into(field), into(row.version), into(row.text), into(at), into(row.author), into(row.note);
        for_rows(s, [&] {
            row.at = Instant(std::chrono::milliseconds(at));
            all[field] = row;
        });
        return all;
    });
}

Saved Drafts::save(std::string const& id, int base, Texts const& texts, std::string const& action, Act const& act,
                   std::vector<std::string> const& states) {
    return transacted(database_, [&] {
        Draft const draft = locked(id);
        if (std::ranges::find(states, draft.state) == states.end())
            throw Error(ErrorCode::refused,
                        fmt::format("the draft {} is {}: its texts cannot be changed; `deckle draft "
                                    "reopen {}` makes a draft of it again, where that is allowed",
                                    id, draft.state, id));
        auto const present = this->texts(id);
        Saved saved{draft.version, {}, {}};
        Texts changes;
        for (auto const& [field, value] : texts) {
            auto const it = present.find(field);
            if (it != present.end() && it->second.value == value) continue;
            if (it != present.end() && it->second.version > base)
                saved.conflicts.push_back({field, value, it->second});
            else
                changes[field] = value;
        }
        if (changes.empty()) return saved;
        saved.version = draft.version + 1;
        log(id, saved.version, action, "", draft.state, act);
        for (auto const& [field, value] : changes) {
            database_.sql("INSERT INTO draft_texts VALUES (?, ?, ?, ?)"), bind(id), bind(field), bind(saved.version),
                bind(value), now;
            saved.fields.push_back(field);
        }
        return saved;
    });
}

int Drafts::move(std::string const& id, int version, Move const& move, Act const& act) {
    return transacted(database_, [&] {
        Draft const draft = locked(id);
        if (draft.state != move.from || draft.version != version)
            throw Error(ErrorCode::refused,
                        fmt::format("the draft {} was changed by somebody else meanwhile (version {}, {}): look at it "
                                    "again, `deckle draft show {}`",
                                    id, draft.version, draft.state, id));
        int const next = version + 1;
        log(id, next, move.action, move.field, move.to, act);
        database_.sql("UPDATE drafts SET state = ? WHERE id = ?"), bind(move.to), bind(id), now;
        if (move.approved)
            database_.sql("INSERT INTO draft_approvals VALUES (?, ?, ?, ?)"), bind(id), bind(move.field), bind(next),
                bind(*move.approved), now;
        if (move.outcome)
            database_.sql("UPDATE drafts SET outcome = ? WHERE id = ?"), bind(*move.outcome), bind(id), now;
        if (move.submitted)
            database_.sql("UPDATE drafts SET submitted = ? WHERE id = ?"), bind(*move.submitted), bind(id), now;
        return next;
    });
}

Draft Drafts::locked(std::string const& id) {
    auto const found = select("WHERE id = ?", bind(id));
    if (found.empty()) throw Error(ErrorCode::usage, "There is no draft " + id);
    return found.front();
}

void Drafts::log(std::string const& id, int version, std::string const& action, std::string const& field,
                 std::string const& state, Act const& act) {
    database_.sql("INSERT INTO draft_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?)"), bind(id), bind(version),
        bind(act.at.time_since_epoch().count()), bind(act.author), bind(action), bind(field), bind(state),
        bind(act.note), now;
    database_.sql("UPDATE drafts SET version = ? WHERE id = ?"), bind(version), bind(id), now;
}

} // namespace deckle::store
