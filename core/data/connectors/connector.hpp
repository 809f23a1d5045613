/// What a source is to the rest: rows of text cells. Connectors know nothing of the catalogue.
#pragma once
#include "base/error.hpp"
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::data {

/// A configuration value of a connection or dataset: text, a list of texts, an integer, or a secret's address.
struct Setting {
    std::vector<std::string> texts; // one for text
    std::int64_t number = 0;
    std::string secret_env, secret_file; // where a secret is; never the secret itself
    Position position;
};
using Settings = std::map<std::string, Setting, std::less<>>;

/// A key a connector understands, for checking deckle.toml.
struct Key {
    enum class Kind { text, texts, number, secret }; // texts: one text or a list
    std::string name = {};
    Kind kind = Kind::text;
    bool required = false;
    std::vector<std::string> choices = {}; // closed list, empty = any
};

/// How values are written in a source.
struct Notation {
    char decimal = '.';
    std::vector<std::string> dates; // patterns tried in order; empty = ISO 8601
    std::string zone;               // of times without an offset; empty = the company's
};

struct Connection {
    std::string name;
    std::string connector;
    Settings settings;
    Notation notation; // what its datasets start from
    Position position;
};

/// What to read: settings of the connection and of the dataset (the dataset's win).
struct SourceRequest {
    std::string dataset;        // for messages
    std::filesystem::path root; // the workspace
    Settings settings;

    [[nodiscard]] Setting const* find(std::string_view key) const;
    [[nodiscard]] std::string text(std::string_view key, std::string_view otherwise = "") const;
};

/// One row; the views live until the next call of `next`.
struct SourceRow {
    std::vector<std::optional<std::string_view>> cells; // aligned with columns(); nullopt = null or absent. UTF-8.
    std::string_view file;                              // as shown to people: relative to the workspace where possible
    std::int64_t number = 0; // line in the file (csv, toml, xml) or number of the row from 1 (json, sqlite)
    std::string problem;     // not empty: the row could not be taken apart (ragged, bad encoding); cells may be none
};

class SourceReader {
public:
    virtual ~SourceReader() = default;
    /// All columns of the source in its own order; names that occur twice are "Amount#1", "Amount#2".
    [[nodiscard]] virtual std::vector<std::string> const& columns() const = 0;
    /// True when a column that is null in every row may be missing from `columns` (json, toml, xml).
    [[nodiscard]] virtual bool sparse() const { return false; }
    /// False at the end. Throws Error{data or io} when the source cannot be read on.
    [[nodiscard]] virtual bool next(SourceRow& row) = 0;
    /// The files or "file:table" that were read, as shown to people.
    [[nodiscard]] virtual std::vector<std::string> const& files() const = 0;
    /// SHA-256 of the content that was read, lower-case hexadecimal; complete after the last row.
    [[nodiscard]] virtual std::string sha256() = 0;
};

class Connector {
public:
    virtual ~Connector() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual std::vector<Key> connection_keys() const = 0;
    [[nodiscard]] virtual std::vector<Key> dataset_keys() const = 0;
    /// Throws Error{data or io} for a missing file, table or path, naming what there is instead.
    [[nodiscard]] virtual std::unique_ptr<SourceReader> open(SourceRequest const& request) const = 0;
};

class ConnectorRegistry {
public:
    void add(std::unique_ptr<Connector> connector);
    /// nullptr when there is none of that name.
    [[nodiscard]] Connector const* find(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> names() const;
    /// csv, json, xml, sqlite, toml.
    [[nodiscard]] static ConnectorRegistry const& standard();

private:
    std::map<std::string, std::unique_ptr<Connector>, std::less<>> connectors_;
};

/// The value of a secret setting. Throws Error{usage} naming the variable or file, never the value.
[[nodiscard]] std::string read_secret(Setting const& setting, std::string_view key, std::filesystem::path const& root);

} // namespace deckle::data
