#include "data/catalogue.hpp"
#include "base/file.hpp"
#include "data/config.hpp"
#include "data/words.hpp"
#include <algorithm>

namespace deckle::data {
namespace {

std::vector<std::string> const type_names = {"text", "integer", "decimal", "money", "date", "datetime", "boolean"};

bool is_snake_case(std::string_view name) {
    return !name.empty() && name[0] >= 'a' && name[0] <= 'z' && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

ColumnDefinition read_column(toml::table const& table, std::string const& file, Problems& problems) {
    Section section(table, "[[columns]]", file, problems);
    ColumnDefinition column;
    column.name = section.required("name");
    if (!column.name.empty() && !is_snake_case(column.name))
        section.problem("name", "column name '" + column.name + "' is not lower snake case");
    column.meaning = section.required("meaning");
    if (!section.has("type")) section.problem("type", "column " + column.name + " has no 'type', which is required");
    if (auto const type = section.choice("type", type_names))
        column.type = static_cast<Type>(std::find(type_names.begin(), type_names.end(), *type) - type_names.begin());
    column.key = section.boolean("key").value_or(false);
    column.required = section.boolean("required").value_or(false);
    bool const exact = column.type == Type::decimal || column.type == Type::money;
    if (auto const scale = section.integer("scale", 0)) {
        if (!exact || *scale > Decimal::max_scale)
            section.problem("scale", "column " + column.name + ": scale is for decimal and money, 0 to 18");
        else
            column.scale = static_cast<int>(*scale);
    }
    column.currency = section.text("currency").value_or("");
    if (!column.currency.empty() && column.type != Type::money)
        section.problem("currency", "column " + column.name + ": only money has a currency");
    column.values = section.texts("values");
    if (!column.values.empty() && column.type != Type::text)
        section.problem("values", "column " + column.name + ": only text has a closed list of values");
    column.file = section.boolean("file").value_or(false);
    if (column.file && column.type != Type::text)
        section.problem("file", "column " + column.name + ": only text names a file");
    section.finish();
    return column;
}

ColumnDefinition hash_column(std::string const& file) {
    ColumnDefinition column;
    column.name = file + "_sha256";
    column.meaning = "SHA-256 of the file that " + file + " names, filled by Deckle; empty when it is not there";
    column.hash_of = file;
    return column;
}

std::optional<DatasetDefinition> read_definition(std::string_view toml, std::string const& file, Problems& problems) {
    auto const document = parse_toml(toml, file, problems);
    if (!document) return std::nullopt;
    Section section(*document, "", file, problems);
    DatasetDefinition dataset;
    dataset.name = section.required("name");
    dataset.meaning = section.required("meaning");
    dataset.version = static_cast<int>(section.integer("version", 1).value_or(1));
    if (auto const* list = section.node("columns")) {
        if (auto const* columns = list->as_array(); columns != nullptr && columns->is_homogeneous<toml::table>()) {
            for (auto const& column : *columns) {
                dataset.columns.push_back(read_column(*column.as_table(), file, problems));
                if (dataset.columns.back().file) dataset.columns.push_back(hash_column(dataset.columns.back().name));
            }
        } else {
            section.problem("columns", "columns must be written as [[columns]]");
        }
    }
    if (dataset.columns.empty()) section.problem("columns", "dataset " + dataset.name + " has no columns");
    section.finish();
    for (auto const& column : dataset.columns) {
        auto const same = [&](ColumnDefinition const& c) { return c.name == column.name; };
        if (std::count_if(dataset.columns.begin(), dataset.columns.end(), same) > 1)
            section.problem("columns", "column " + column.name + " is defined twice");
        if (column.currency.empty()) continue;
        auto const* currency = dataset.find(column.currency);
        if (currency == nullptr || currency->type != Type::text)
            section.problem("columns", "column " + column.name + ": its currency column '" + column.currency +
                                           "' is no text column of the dataset");
    }
    return dataset;
}

} // namespace

ColumnDefinition const* DatasetDefinition::find(std::string_view column) const {
    auto const it = std::find_if(columns.begin(), columns.end(), [&](auto const& c) { return c.name == column; });
    return it == columns.end() ? nullptr : &*it;
}

DatasetDefinition const* Catalogue::find(std::string_view name) const {
    auto const it = datasets_.find(name);
    return it == datasets_.end() ? nullptr : &it->second;
}

void Catalogue::add(DatasetDefinition definition) {
    std::string const name = definition.name;
    if (!datasets_.emplace(name, std::move(definition)).second)
        throw Error(ErrorCode::usage, "dataset " + name + " is defined twice");
}

DatasetDefinition parse_definition(std::string_view toml, std::string const& file) {
    Problems problems;
    auto definition = read_definition(toml, file, problems);
    problems.raise();
    return std::move(*definition);
}

Catalogue load_catalogue(std::filesystem::path const& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    if (error) throw Error(ErrorCode::io, "cannot read the catalogue " + folder.string() + ": " + error.message());
    std::sort(files.begin(), files.end());
    Problems problems;
    Catalogue catalogue;
    for (auto const& path : files) {
        std::string const file = path.filename().string();
        auto definition = read_definition(read_file(path), file, problems);
        if (!definition) continue;
        if (definition->name != path.stem().string())
            problems.add({file, 1, 1}, "the file defines dataset '" + definition->name + "': name and file must agree");
        else
            catalogue.add(std::move(*definition));
    }
    problems.raise();
    return catalogue;
}

} // namespace deckle::data
