/// The versioned catalogue of datasets: what each column means, its type, unit and sign.
#pragma once
#include "data/table.hpp"
#include <filesystem>
#include <map>

namespace deckle::data {

struct ColumnDefinition {
    std::string name;
    Type type = Type::text;
    std::string meaning;
    bool key = false;
    bool required = false;
    int scale = 4;                   // decimal and money
    std::string currency;            // money: the column that holds the code; empty = company currency
    std::vector<std::string> values; // text: closed list; empty = open
    bool file = false;               // text: the name of a file; X is then followed by a column X_sha256
    std::string hash_of = {};        // X_sha256: the column X; filled by the loader, never mapped
};

struct DatasetDefinition {
    std::string name;
    int version = 1;
    std::string meaning;
    std::vector<ColumnDefinition> columns;

    /// nullptr when there is no such column.
    [[nodiscard]] ColumnDefinition const* find(std::string_view column) const;
};

class Catalogue {
public:
    [[nodiscard]] DatasetDefinition const* find(std::string_view name) const;
    [[nodiscard]] std::map<std::string, DatasetDefinition, std::less<>> const& datasets() const { return datasets_; }
    /// A plugin's private dataset ("publisher.name") or one for tests. Throws Error{usage} when the name is taken.
    void add(DatasetDefinition definition);

private:
    std::map<std::string, DatasetDefinition, std::less<>> datasets_;
};

/// All `*.toml` of a folder. Throws Error{usage} naming every problem with file:line:column.
[[nodiscard]] Catalogue load_catalogue(std::filesystem::path const& folder);
/// One definition; `file` is for messages. Throws as above.
[[nodiscard]] DatasetDefinition parse_definition(std::string_view toml, std::string const& file);

} // namespace deckle::data
