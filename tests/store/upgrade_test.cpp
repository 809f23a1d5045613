// Stores of every earlier version, with rows as that version wrote them.
#include "base/error.hpp"
#include "samples.hpp"
#include "store/commentary.hpp"
#include "store/deliveries.hpp"
#include "store/drafts.hpp"
#include "store/editions.hpp"
#include "store/facts.hpp"
#include "store/migrations.hpp"
#include "store/queue.hpp"
#include <fmt/format.h>

namespace deckle::store {
namespace {

/// What a version could write, by version.
std::vector<std::string> rows_of(std::size_t version) {
    switch (version) {
    case 1:
        return {
            "INSERT INTO runs (id, report, plugin_version, plugin_hash, period, as_of, params, revision, started, "
            "finished, status) VALUES ('0abc', 'cash-flow', '1.0.0', 'ab12', '2026-09', '2026-09-30', '{}', 1, "
            "1790000000000, 1790000000001, 'ok')",
            "INSERT INTO blobs VALUES ('5e', NULL)",
            "INSERT INTO snapshots VALUES ('0abc', 0, 'invoices', '{}', 7, '5e')",
            "INSERT INTO figures VALUES ('0abc', 0, 'cash.total', 1, '2026-09', '12345678901234567890.1234', 'USD')",
            "INSERT INTO outputs VALUES ('0abc', 0, 'out/a.pdf', 'pdf', '99aa', 12345678901)"};
    case 2:
        return {"INSERT INTO commentaries VALUES ('cash-flow', '2026-09', 1, 'Text', 'Dana', 1790000000000)"};
    case 3:
        return {
            "INSERT INTO runs (id, report, plugin_version, plugin_hash, period, as_of, params, revision, started, "
            "status, pack, pack_run) VALUES ('0abd', 'pipeline', '1.0.0', 'ab12', '2026-09', '2026-09-30', '{}', 1, "
            "1790000000002, 'started', 'monthly', '0abc')"};
    case 4:
        return {"INSERT INTO hand_facts (id, period, at, author, content) VALUES ('team.size', '', 0, 'Dana', '{}')"};
    case 5:
        return {
            "INSERT INTO drafts (id, report, title, params, period, origin, state, version) VALUES ('0dra', 'essay', "
            "'Essay', '{}', '2026-09', '', 'draft', 1)",
            "INSERT INTO draft_versions VALUES ('0dra', 1, 0, 'Dana', 'new', '', 'draft', '')",
            "INSERT INTO draft_texts VALUES ('0dra', 'q', 1, 'one')"};
    case 6:
        return {"INSERT INTO runs (id, report, plugin_version, plugin_hash, period, as_of, params, revision, started, "
                "status, started_by, options) VALUES ('0abe', 'pipeline', '1.0.0', 'ab12', '2026-09', '2026-09-30', "
                "'{}', 1, 1790000000003, 'started', 'dana', '{\"pdf_a\":true}')"};
    case 7:
        return {"INSERT INTO jobs (key, lane, run_at, payload) VALUES ('make/0edi/1', 'make', 1, '{}')",
                "INSERT INTO editions (id, schedule, period, part, revision, subject, params, recipients, started_as, "
                "started_by, due, state, changed) VALUES ('0edi', 'month-end', '2026-09', '', 1, 'pack:monthly', '{}', "
                "'[]', 'schedule', '', 1, 'queued', 1)",
                "INSERT INTO deliveries (id, schedule, period, subject, revision, recipient, channel, edition, run, "
                "content, state, message_id, created, changed) VALUES ('0del', 'month-end', '2026-09', 'pack:monthly', "
                "1, 'a@b.example', 'mail', '0edi', '0abc', '{}', 'unknown', 'x@b.example', 1, 1)"};
    default:
        return {};
    }
}

Place written_by(std::size_t version) {
    Place const place = kind().fresh();
    std::vector<std::string> sql = {"CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY)"};
    for (std::size_t v = 1; v <= version; ++v) {
        for (auto const& statement : migrations()[v - 1]) sql.push_back(kind().schema(statement));
        sql.push_back(fmt::format("INSERT INTO schema_version VALUES ({})", v));
        for (auto const& statement : rows_of(v)) sql.push_back(statement);
    }
    kind().run(place, sql);
    return place;
}

TEST(Upgrade, AStoreOfEachEarlierVersionKeepsItsRows) {
    for (std::size_t version = 1; version < migrations().size(); ++version) {
        SCOPED_TRACE(version);
        Place const place = written_by(version);
        { Database first(place); }
        Database database(place);
        Store store(database);
        auto const run = store.run("0abc");
        EXPECT_EQ(run.period, "2026-09");
        EXPECT_EQ(run.status, Status::ok);
        EXPECT_EQ(run.pack, "");
        EXPECT_EQ(run.options, "{}");
        EXPECT_EQ(store.notes("0abc").gates, "[]");
        EXPECT_EQ(store.figures("0abc").at(0).value, "12345678901234567890.1234");
        EXPECT_EQ(store.snapshot_bytes(store.snapshots("0abc").at(0).sha256), "");
        EXPECT_EQ(store.outputs("0abc").at(0).size, 12345678901);
        if (version >= 2) {
            EXPECT_EQ(Commentaries(database).current("cash-flow", "2026-09")->text, "Text");
        }
        if (version >= 3) {
            EXPECT_EQ(store.run("0abd").pack_run, "0abc");
        }
        if (version >= 4) {
            EXPECT_EQ(HandFacts(database).current().at(0).id, "team.size");
        }
        if (version >= 5) {
            EXPECT_EQ(Drafts(database).texts("0dra").at("q").value, "one");
        }
        if (version >= 6) {
            EXPECT_EQ(store.run("0abe").started_by, "dana");
        }
        if (version >= 7) {
            EXPECT_EQ(Queue(database).claim("w", {"make"}, 1, std::chrono::minutes(1)).at(0).key, "make/0edi/1");
            EXPECT_EQ(Editions(database).find("0edi").subject, "pack:monthly");
            EXPECT_EQ(Deliveries(database).find("0del").state, DeliveryState::unknown);
        }
        // And it goes on from there.
        std::string const id = store.start(start_of());
        store.finish(id, end_of());
        EXPECT_EQ(store.runs({}).front().id, id);
        EXPECT_EQ(store.previous("cash-flow", Date::of("2026-10-31"))->id, "0abc");
        EXPECT_EQ(Commentaries(database).write({"cash-flow", "2026-09", 0, "More", "Dana", {}}), version >= 2 ? 2 : 1);
    }
}

TEST(Upgrade, AStoreOfANewerVersionIsRefusedAndLeftAlone) {
    Place const place = kind().fresh();
    { Database first(place); }
    kind().run(place, {"INSERT INTO schema_version VALUES (99)"});
    try {
        Database newer(place);
        FAIL();
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::refused);
        EXPECT_THAT(e.what(), testing::HasSubstr(fmt::format("written by a newer Deckle (schema 99; this one knows {})",
                                                             migrations().size())));
    }
}

} // namespace
} // namespace deckle::store
