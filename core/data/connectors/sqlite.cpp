// Rows from an SQLite database, opened read-only through Poco::Data. Every column is cast to text inside SQLite, so
// that Poco never makes a double of a decimal.
#include "data/connectors/encoding.hpp"
#include "data/connectors/files.hpp"
#include "data/connectors/standard.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <Poco/URI.h>

namespace deckle::data {
namespace {

using namespace Poco::Data::Keywords;

std::string quoted(std::string const& name) {
    std::string q = "\"";
    for (char const c : name) q += c == '"' ? std::string("\"\"") : std::string(1, c);
    return q + "\"";
}

class SqliteReader final : public SourceReader {
public:
    SqliteReader(SourceRequest const& request, std::filesystem::path const& path, std::string const& shown)
        : session_("SQLite", uri(path)), shown_(shown + ":" + request.text("table", "query")) {
        std::string const table = request.text("table");
        if (!table.empty()) check_table(request, table, shown);
        std::string const source = table.empty() ? "(" + without_semicolon(request.text("query")) + ")" : quoted(table);
        Poco::Data::RecordSet const probe(session_, "SELECT * FROM " + source + " LIMIT 0");
        std::vector<std::string> names;
        for (std::size_t i = 0; i < probe.columnCount(); ++i) names.push_back(probe.columnName(i));
        columns_ = unique_names(names);
        std::string list;
        for (auto const& name : names) list += (list.empty() ? "" : ", ") + ("CAST(" + quoted(name) + " AS TEXT)");
        statement_ = std::make_unique<Poco::Data::Statement>(session_);
        *statement_ << "SELECT " + list + " FROM " + source;
        cells_.resize(names.size());
        for (auto& column : cells_) *statement_, into(column);
        *statement_, limit(batch);
        files_ = {shown_};
    }

    [[nodiscard]] std::vector<std::string> const& columns() const override { return columns_; }
    [[nodiscard]] std::vector<std::string> const& files() const override { return files_; }
    [[nodiscard]] std::string sha256() override { return hash_.hex(); }

    [[nodiscard]] bool next(SourceRow& row) override {
        if (at_ == count_ && !fetch()) return false;
        row.file = shown_;
        row.number = ++number_;
        row.problem.clear();
        row.cells.assign(columns_.size(), std::nullopt);
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            auto const& cell = cells_[i][at_];
            if (cell.isNull()) {
                hash_.add({"\0", 1});
                continue;
            }
            std::string const& text = cell.value();
            hash_.add("=" + std::to_string(text.size()) + ":");
            hash_.add(text);
            if (!is_utf8(text)) row.problem = "column " + columns_[i] + " is not valid UTF-8";
            row.cells[i] = text;
        }
        ++at_;
        return true;
    }

private:
    static constexpr unsigned batch = 2000;

    static std::string uri(std::filesystem::path const& path) {
        std::string encoded;
        Poco::URI::encode(path.string(), "?#%", encoded);
        return "file:" + encoded + "?mode=ro";
    }

    static std::string without_semicolon(std::string query) {
        while (!query.empty() && (query.back() == ';' || trim(query.substr(query.size() - 1)).empty()))
            query.pop_back();
        return query;
    }

    void check_table(SourceRequest const& request, std::string const& table, std::string const& shown) {
        std::vector<std::string> names;
        session_ << "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER "
                    "BY name",
            into(names), now;
        if (std::find(names.begin(), names.end(), table) == names.end())
            throw Error(ErrorCode::data,
                        "dataset " + request.dataset + ": no table '" + table + "' in " + shown + hint(table, names),
                        request.find("table")->position);
    }

    bool fetch() {
        if (statement_->done()) return false;
        for (auto& column : cells_) column.clear();
        count_ = statement_->execute();
        at_ = 0;
        return count_ != 0;
    }

    Poco::Data::Session session_;
    std::string shown_;
    std::vector<std::string> columns_, files_;
    std::unique_ptr<Poco::Data::Statement> statement_;
    std::vector<std::vector<Poco::Nullable<std::string>>> cells_; // by column, one batch
    std::size_t at_ = 0, count_ = 0;
    std::int64_t number_ = 0;
    ContentHash hash_;
};

// Poco's exceptions stay in this file.
class GuardedReader final : public SourceReader {
public:
    GuardedReader(SourceRequest const& request, std::filesystem::path const& path, std::string const& shown)
        : where_("dataset " + request.dataset + ": " + shown + ": ") {
        guarded([&] { reader_ = std::make_unique<SqliteReader>(request, path, shown); });
    }
    [[nodiscard]] std::vector<std::string> const& columns() const override { return reader_->columns(); }
    [[nodiscard]] std::vector<std::string> const& files() const override { return reader_->files(); }
    [[nodiscard]] std::string sha256() override { return reader_->sha256(); }
    [[nodiscard]] bool next(SourceRow& row) override {
        bool more = false;
        guarded([&] { more = reader_->next(row); });
        return more;
    }

private:
    template <class F>
    void guarded(F const& f) {
        try {
            f();
        } catch (Poco::Exception const& error) {
            throw Error(ErrorCode::data, where_ + error.message());
        }
    }
    std::string where_;
    std::unique_ptr<SqliteReader> reader_;
};

class SqliteConnector final : public Connector {
public:
    SqliteConnector() { Poco::Data::SQLite::Connector::registerConnector(); }
    [[nodiscard]] std::string name() const override { return "sqlite"; }
    [[nodiscard]] std::vector<Key> connection_keys() const override { return {{"file", Key::Kind::text, true}}; }
    [[nodiscard]] std::vector<Key> dataset_keys() const override { return {{"table"}, {"query"}}; }
    [[nodiscard]] std::unique_ptr<SourceReader> open(SourceRequest const& request) const override {
        if (request.text("table").empty() == request.text("query").empty())
            throw Error(ErrorCode::usage, "dataset " + request.dataset + ": give either 'table' or 'query'");
        auto const files = source_files(request);
        if (files.size() != 1)
            throw Error(ErrorCode::data,
                        "dataset " + request.dataset + ": '" + request.text("file") + "' is more than one file");
        return std::make_unique<GuardedReader>(request, files[0].path, files[0].shown);
    }
};

} // namespace

std::unique_ptr<Connector> make_sqlite_connector() {
    return std::make_unique<SqliteConnector>();
}

} // namespace deckle::data
