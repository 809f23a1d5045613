#include "data/binding.hpp"
#include "data/connectors/files.hpp"
#include "data/values.hpp"
#include "data/words.hpp"
#include "data/workspace_reader.hpp"
#include <algorithm>

namespace deckle::data {
namespace {

ValueMap value_map(toml::table const& table, Section& section, std::string const& key) {
    ValueMap map;
    for (auto const& [from, to] : table) {
        if (auto const* text = to.as_string())
            map[fold(from.str())] = text->get();
        else
            section.problem(key, key + ": \"" + std::string(from.str()) + "\" must become a text");
    }
    return map;
}

std::map<std::string, std::vector<std::string>, std::less<>> filters(Section& section, std::string const& file,
                                                                     std::string const& key, Problems& problems) {
    std::map<std::string, std::vector<std::string>, std::less<>> map;
    auto const* table = section.table(key);
    if (table == nullptr) return map;
    Section list(*table, section.name() + " " + key, file, problems);
    for (auto const& [column, texts] : *table)
        for (auto const& text : list.texts(column.str())) map[std::string(column.str())].push_back(fold(text));
    return map;
}

class DatasetReader {
public:
    DatasetReader(Section& section, std::string const& file, Workspace const& workspace,
                  DatasetDefinition const* definition, ConnectorRegistry const& connectors, Problems& problems)
        : section_(section), file_(file), workspace_(workspace), definition_(definition), connectors_(connectors),
          problems_(problems) {
        if (definition == nullptr) return;
        for (auto const& column : definition->columns)
            if (column.hash_of.empty()) column_names_.push_back(column.name);
    }

    Binding read() {
        Binding binding;
        binding.connection = section_.required("connection");
        auto const connection = workspace_.connections.find(binding.connection);
        if (connection == workspace_.connections.end()) {
            std::vector<std::string> names;
            for (auto const& [name, c] : workspace_.connections) names.push_back(name);
            if (!binding.connection.empty())
                section_.problem("connection", "there is no connection '" + binding.connection + "'" +
                                                   hint(binding.connection, names));
        } else {
            binding.notation = connection->second.notation;
        }
        auto const* connector =
            connection == workspace_.connections.end() ? nullptr : connectors_.find(connection->second.connector);
        if (connector != nullptr)
            for (auto const& key : connector->dataset_keys()) {
                if (key.required && !section_.has(key.name))
                    section_.problem(key.name, section_.name() + " has no '" + key.name + "', which the connector '" +
                                                   connector->name() + "' requires");
                read_setting(section_, file_, key, binding.settings, problems_);
            }
        check_sqlite(connector, binding);
        binding.notation = read_notation(section_, binding.notation);
        for (auto const& text : section_.texts("nulls")) binding.nulls.push_back(fold(text));
        if (auto const* values = section_.table("values")) {
            Section list(*values, section_.name() + " values", file_, problems_);
            list.each_table([&](std::string const& column, toml::table const& table, Position const& at) {
                if (known(column, at)) binding.values[column] = value_map(table, list, column);
            });
        }
        binding.negate = section_.texts("negate");
        for (auto const& column : binding.negate)
            if (known(column, section_.at("negate"))) check_number(column, section_.at("negate"));
        binding.only = filters(section_, file_, "only", problems_);
        binding.except = filters(section_, file_, "except", problems_);
        binding.report_bad_rows = section_.choice("on_bad_row", {"fail", "report"}).value_or("fail") == "report";
        if (section_.has("max_bad_rows") && !binding.report_bad_rows)
            section_.problem("max_bad_rows", "max_bad_rows needs on_bad_row = \"report\"");
        binding.max_bad_rows = section_.integer("max_bad_rows", 0).value_or(binding.max_bad_rows);
        if (auto const* columns = section_.table("columns")) read_columns(*columns, binding);
        // Without a connector its keys cannot be told from slips.
        if (connector != nullptr) section_.finish();
        return binding;
    }

private:
    bool known(std::string const& column, Position const& at) {
        if (definition_ == nullptr) return true;
        if (auto const* found = definition_->find(column); found != nullptr) {
            if (found->hash_of.empty()) return true;
            problems_.add(at, "column " + column + " is filled by Deckle from the file that " + found->hash_of +
                                  " names; leave it out");
            return false;
        }
        problems_.add(at,
                      "dataset " + definition_->name + " has no column '" + column + "'" + hint(column, column_names_));
        return false;
    }

    void check_number(std::string const& column, Position const& at) {
        auto const* c = definition_ == nullptr ? nullptr : definition_->find(column);
        if (c != nullptr && c->type != Type::integer && c->type != Type::decimal && c->type != Type::money)
            problems_.add(at, "column " + column + " is " + std::string(to_string(c->type)) +
                                  ": only numbers can be negated");
    }

    void check_sqlite(Connector const* connector, Binding const& binding) {
        if (connector == nullptr || connector->name() != "sqlite") return;
        if (binding.settings.contains("table") == binding.settings.contains("query"))
            section_.problem("table", section_.name() + " needs either 'table' or 'query'");
    }

    void read_columns(toml::table const& table, Binding& binding) {
        Section columns(table, section_.name() + " columns", file_, problems_);
        for (auto const& [key, node] : table) {
            std::string const name(key.str());
            Position const at = columns.at(name);
            if (!known(name, at)) continue;
            ColumnBinding column;
            column.position = at;
            column.notation = binding.notation;
            if (auto const it = binding.values.find(name); it != binding.values.end()) column.values = it->second;
            column.negate = std::find(binding.negate.begin(), binding.negate.end(), name) != binding.negate.end();
            if (auto const* text = node.as_string()) {
                if (text->get().empty())
                    column.kind = ColumnBinding::Kind::unbound;
                else
                    column.sources = {text->get()};
            } else if (auto const* details = node.as_table()) {
                Section section(*details, section_.name() + " column " + name, file_, problems_);
                read_details(section, name, column);
            } else {
                columns.problem(name, "column " + name +
                                          " must be the name of a source column or a table such as "
                                          "{ column = \"X\" } or { value = \"USD\" }");
            }
            binding.columns[name] = std::move(column);
        }
    }

    void read_details(Section& section, std::string const& name, ColumnBinding& column) {
        bool const value = section.has("value");
        bool const source = section.has("column");
        bool const difference = section.has("plus") || section.has("minus");
        if (value + source + difference != 1)
            section.problem(value ? "value" : "column",
                            section.name() + " needs one of 'column', 'value', or 'plus' with 'minus'");
        if (value) {
            column.kind = ColumnBinding::Kind::constant;
            column.constant = section.text("value").value_or("");
        } else if (difference) {
            column.kind = ColumnBinding::Kind::difference;
            column.sources = {section.required("plus"), section.required("minus")};
            check_number(name, section.at("plus"));
        } else {
            column.sources = section.texts("column");
            column.constant = section.text("default").value_or("");
        }
        if (!value) column.notation = read_notation(section, column.notation);
        if (auto const negate = section.boolean("negate")) {
            column.negate = *negate;
            check_number(name, section.at("negate"));
        }
        if (auto const* values = section.table("values")) column.values = value_map(*values, section, "values");
        section.finish();
    }

    Section& section_;
    std::string const& file_;
    Workspace const& workspace_;
    DatasetDefinition const* definition_;
    ConnectorRegistry const& connectors_;
    Problems& problems_;
    std::vector<std::string> column_names_;
};

} // namespace

Notation read_notation(Section& section, Notation notation) {
    if (auto const decimal = section.choice("decimal", {".", ","})) notation.decimal = decimal->front();
    if (section.has("dates")) {
        notation.dates = section.texts("dates");
        for (auto const& pattern : notation.dates)
            if (std::string reason; !DatePattern::compile(pattern, reason)) section.problem("dates", reason);
    }
    if (auto const zone = section.text("zone")) {
        notation.zone = *zone;
        if (!is_zone(*zone)) section.problem("zone", "'" + *zone + "' is no time zone such as \"America/Chicago\"");
    }
    return notation;
}

void read_setting(Section& section, std::string const& file, Key const& key, Settings& settings, Problems& problems) {
    if (!section.has(key.name)) return;
    Setting setting;
    setting.position = section.at(key.name);
    if (key.kind == Key::Kind::number) {
        setting.number = section.integer(key.name, 0).value_or(0);
    } else if (key.kind == Key::Kind::secret) {
        auto const* table = section.node(key.name)->as_table();
        if (table == nullptr)
            return section.problem(key.name, section.name() + " " + key.name +
                                                 " is a secret: write { env = \"NAME\" } or { file = \"path\" }");
        Section secret(*table, section.name() + " " + key.name, file, problems);
        setting.secret_env = secret.text("env").value_or("");
        setting.secret_file = secret.text("file").value_or("");
        if (setting.secret_env.empty() == setting.secret_file.empty())
            section.problem(key.name, section.name() + " " + key.name + " needs either 'env' or 'file'");
        secret.finish();
    } else if (key.kind == Key::Kind::texts) {
        setting.texts = section.texts(key.name);
    } else {
        auto const text = key.choices.empty() ? section.text(key.name) : section.choice(key.name, key.choices);
        if (text) setting.texts = {*text};
    }
    if (key.kind == Key::Kind::text || key.kind == Key::Kind::texts) {
        if (setting.texts.empty()) return;
        for (auto const& text : setting.texts)
            if (text.empty()) section.problem(key.name, section.name() + " " + key.name + " is empty");
    }
    settings[key.name] = std::move(setting);
}

void read_datasets(Section& section, std::string const& file, Workspace& workspace, Catalogue const& catalogue,
                   ConnectorRegistry const& connectors, Problems& problems) {
    section.each_table([&](std::string const& name, toml::table const& table, Position const& at) {
        auto const* definition = catalogue.find(name);
        // "publisher.name" is a plugin's own dataset; its columns are checked when the plugin asks for it.
        if (definition == nullptr && name.find('.') == std::string::npos) {
            std::vector<std::string> names;
            for (auto const& [known, d] : catalogue.datasets()) names.push_back(known);
            problems.add(at, "the catalogue has no dataset '" + name + "'" + hint(name, names));
            return;
        }
        Section dataset(table, "[datasets." + name + "]", file, problems);
        auto const before = problems.size();
        auto binding = DatasetReader(dataset, file, workspace, definition, connectors, problems).read();
        binding.position = at;
        // One that is not sound would only repeat its problems when its data is read; without a connector, likewise.
        auto const connection = workspace.connections.find(binding.connection);
        if (problems.size() == before && connectors.find(connection->second.connector) != nullptr)
            workspace.datasets.emplace(name, std::move(binding));
    });
}

} // namespace deckle::data
