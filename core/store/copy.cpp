// Tables and columns are read from SQLite's own catalogue; their values are text, whole numbers and blobs alone.
#include "store/copy.hpp"
#include "store/sql.hpp"
#include <deque>
#include <fmt/format.h>
#include <Poco/Data/Statement.h>
#include <variant>

namespace deckle::store {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::BLOB;
using Poco::Data::Statement;

constexpr int fetched_at_once = 100; // from PostgreSQL, whose answers are held whole

struct Table {
    std::string name;
    std::vector<std::string> columns, types;
    std::string counted; // the column that counts up by itself; empty = none
};

/// In the order in which they were made, so that what others refer to comes first.
std::vector<Table> tables_of(Database& sqlite) {
    std::vector<Table> tables;
    std::string name, definition, type;
    int key = 0;
    Statement all =
        sqlite.sql("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND "
                   "name <> 'schema_version' ORDER BY rowid");
    all, into(name), into(definition);
    for_rows(all, [&] {
        tables.push_back({name, {}, {}, definition.find("AUTOINCREMENT") == std::string::npos ? "" : "?"});
    });
    for (auto& table : tables) {
        Statement columns =
            sqlite.sql("SELECT name, type, pk FROM pragma_table_info('" + table.name + "') ORDER BY cid");
        columns, into(name), into(type), into(key);
        for_rows(columns, [&] {
            table.columns.push_back(name);
            table.types.push_back(type);
            if (key == 1 && table.counted == "?") table.counted = name;
        });
    }
    return tables;
}

/// One row; its places are both read into and written from.
class Row {
public:
    explicit Row(Table const& table) {
        for (auto const& type : table.types) {
            if (type == "INTEGER")
                cells_.emplace_back(Nullable<std::int64_t>());
            else if (type == "BLOB")
                cells_.emplace_back(Nullable<BLOB>());
            else
                cells_.emplace_back(Nullable<std::string>());
        }
    }
    void read_by(Statement& select) {
        for (auto& cell : cells_) std::visit([&](auto& value) { select, into(value); }, cell);
    }
    void written_by(Statement& insert) {
        for (auto& cell : cells_) std::visit([&](auto& value) { insert, use(value); }, cell);
    }

private:
    std::deque<std::variant<Nullable<std::int64_t>, Nullable<BLOB>, Nullable<std::string>>>
        cells_; // stay where they are
};

template <class F>
void each_row(Database& from, std::string const& select, Row& row, F&& use_row) {
    if (!from.is_postgresql()) {
        Statement rows = from.sql(select);
        row.read_by(rows);
        return for_rows(rows, use_row);
    }
    from.sql("DECLARE backup_rows NO SCROLL CURSOR FOR " + select), now;
    for (int fetched = fetched_at_once; fetched == fetched_at_once;) {
        fetched = 0;
        Statement rows = from.sql(fmt::format("FETCH {} FROM backup_rows", fetched_at_once));
        row.read_by(rows);
        for_rows(rows, [&] {
            ++fetched;
            use_row();
        });
    }
    from.sql("CLOSE backup_rows"), now;
}

void copy_table(Database& from, Database& to, Table const& table) {
    std::string columns, places;
    for (auto const& column : table.columns) {
        columns += (columns.empty() ? "" : ", ") + column;
        places += places.empty() ? "?" : ", ?";
    }
    Row row(table);
    Statement insert = to.sql("INSERT INTO " + table.name + " (" + columns + ") VALUES (" + places + ")");
    row.written_by(insert);
    each_row(from, "SELECT " + columns + " FROM " + table.name, row, [&] { insert.execute(); });
    if (to.is_postgresql() && !table.counted.empty()) {
        std::int64_t next = 0;
        to.sql(fmt::format(
            "SELECT setval(pg_get_serial_sequence('{0}', '{1}'), coalesce(max({1}), 0) + 1, false) FROM {0}",
            table.name, table.counted)),
            into(next), now;
    }
}

} // namespace

bool is_empty(Database& database) {
    return guarded(database, [&] {
        std::int64_t n = 0;
        database.sql(
            "SELECT (SELECT count(*) FROM runs) + (SELECT count(*) FROM drafts) + (SELECT count(*) FROM hand_facts) + "
            "(SELECT count(*) FROM commentaries) + (SELECT count(*) FROM editions) + "
            "(SELECT count(*) FROM deliveries) + (SELECT count(*) FROM jobs)"),
            into(n), now;
        return n == 0;
    });
}

SetAside set_aside(Database& database, std::string const& why, std::string const& by, Instant now_is) {
    return transacted(database, [&] {
        SetAside aside;
        auto const at = ms(now_is);
        auto const done = [&](char const* text, auto&&... values) {
            Statement s = database.sql(text);
            ((void)(s, bind(values)), ...);
            s, now;
        };
        auto const set = [&](std::string const& of, std::string const& owner, char const* from, char const* to,
                             char const* reason) {
            std::string const where = std::string(" WHERE state IN (") + from + ")";
            std::int64_t n = 0;
            database.sql("SELECT count(*) FROM " + of + where), into(n), now;
            done(("INSERT INTO " + owner + "_events (" + owner +
                  ", at, state, author, note) SELECT id, ?, ?, ?, ? FROM " + of + where)
                     .c_str(),
                 at, std::string(to), by, why);
            done(("UPDATE " + of + " SET state = ?, " + reason + " = ?, changed = ?" + where).c_str(), std::string(to),
                 why, at);
            return n;
        };
        aside.deliveries = set("deliveries", "delivery", "'pending', 'sending'", "unknown", "answer");
        aside.editions = set("editions", "edition", "'queued', 'making'", "failed", "reason");
        done("UPDATE jobs SET state = 'done', token = token + 1, ended = ? WHERE state IN ('ready', 'leased')", at);
        done("UPDATE schedules SET paused = 1, changed = ?, author = ?, note = ? WHERE paused = 0", at, by, why);
        done("DELETE FROM services");
        return aside;
    });
}

void copy(Database& from, Database& to) {
    guarded(to, [&] {
        auto const tables = tables_of(from.is_postgresql() ? to : from);
        from.read_at_once([&] {
            to.transact([&] {
                for (auto table = tables.rbegin(); table != tables.rend(); ++table)
                    to.sql("DELETE FROM " + table->name), now;
                for (auto const& table : tables) copy_table(from, to, table);
            });
        });
    });
}

} // namespace deckle::store
