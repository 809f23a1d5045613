// deckle data list|preview|check|accounts, deckle init.
#include "app/options.hpp"
#include "app/output.hpp"
#include "app/resources.hpp"
#include "base/zone.hpp"
#include "data/inspect.hpp"
#include "data/table_builder.hpp"
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace deckle::app {
namespace {

using Json = nlohmann::json;

data::Catalogue catalogue_of_installation() {
    return data::load_catalogue(installation().catalogue);
}

bool is_number(data::Type type) {
    return type == data::Type::integer || type == data::Type::decimal || type == data::Type::money;
}

} // namespace

int list_data(Common const& common) {
    auto const catalogue = catalogue_of_installation();
    auto const workspace = data::load_workspace(common.workspace, catalogue);
    auto const states = data::list_datasets(workspace, catalogue, SystemClock().now());
    bool const broken = std::any_of(states.begin(), states.end(), [](auto const& s) { return !s.error.empty(); });
    if (common.json) {
        Json list = Json::array();
        for (auto const& s : states) {
            Json entry{{"dataset", s.name}, {"meaning", s.meaning}, {"bound", s.bound}, {"unbound_columns", s.unbound}};
            if (s.bound)
                entry.update({{"connection", s.connection},
                              {"connector", s.connector},
                              {"file", s.file},
                              {"rows", s.rows},
                              {"rejected", s.rejected},
                              {"columns", s.columns}});
            if (!s.error.empty()) entry["error"] = s.error;
            list.push_back(std::move(entry));
        }
        std::cout << list.dump(2) << "\n";
    } else {
        std::vector<std::vector<std::string>> rows;
        for (auto const& s : states) {
            std::string const state = !s.bound ? "not bound" : s.error.empty() ? std::to_string(s.rows) : "error";
            rows.push_back({s.name, state, s.rejected > 0 ? std::to_string(s.rejected) : "", s.connector, s.file});
        }
        print_table({{"Dataset"}, {"Rows", true}, {"Rejected", true}, {"Connector"}, {"File"}}, rows);
    }
    for (auto const& s : states)
        if (!s.error.empty()) std::cerr << s.name << ": " << s.error << "\n";
    return broken ? failed : ok;
}

int preview_data(Common const& common, PreviewOptions const& options) {
    auto const catalogue = catalogue_of_installation();
    auto const workspace = data::load_workspace(common.workspace, catalogue);
    auto const preview =
        data::preview_dataset(workspace, catalogue, options.dataset, options.rows, SystemClock().now());
    auto const& table = preview.dataset.table;
    if (common.json) {
        Json rows = Json::array();
        for (std::int64_t row = 0; row < table.rows; ++row) {
            Json entry = Json::object();
            for (auto const& column : table.columns)
                entry[column.name] = column.is_null(row) ? Json(nullptr) : Json(data::cell_text(column, row));
            rows.push_back(std::move(entry));
        }
        std::cout << rows.dump(2) << "\n";
    } else {
        std::vector<TextColumn> columns;
        for (auto const& column : table.columns) columns.push_back({column.name, is_number(column.type)});
        std::vector<std::vector<std::string>> rows;
        for (std::int64_t row = 0; row < table.rows; ++row) {
            auto& cells = rows.emplace_back();
            for (auto const& column : table.columns) cells.push_back(data::cell_text(column, row));
        }
        print_table(columns, rows);
    }
    auto const& source = preview.dataset.source;
    std::cerr << counted(source.rows, "row") << " read from " << source.file << ", " << source.rejected
              << " rejected\n";
    for (auto const& bad : preview.dataset.bad)
        std::cerr << bad.file << " row " << bad.row << ", column " << bad.column << ": '" << bad.text << "' "
                  << bad.reason << "\n";
    return source.rejected > 0 ? partial : ok;
}

int check_data(Common const& common) {
    auto const found = data::check_data(common.workspace, catalogue_of_installation(), SystemClock().now());
    if (common.json) {
        Json list = Json::array();
        for (auto const& d : found.items())
            list.push_back({{"severity", d.severity == Severity::error     ? "error"
                                         : d.severity == Severity::warning ? "warning"
                                                                           : "note"},
                            {"code", d.code},
                            {"message", d.message},
                            {"place", d.position.to_string()}});
        std::cout << list.dump(2) << "\n";
    } else {
        for (auto const& d : found.items()) std::cout << d.to_string() << "\n";
        std::cout << counted(static_cast<std::int64_t>(found.count(Severity::error)), "error") << ", "
                  << counted(static_cast<std::int64_t>(found.count(Severity::warning)), "warning") << "\n";
    }
    return found.count(Severity::error) > 0 ? failed : ok;
}

int list_accounts(Common const& common) {
    auto const catalogue = catalogue_of_installation();
    auto const workspace = data::load_workspace(common.workspace, catalogue);
    auto const accounts = data::unmapped_accounts(workspace, catalogue, SystemClock().now());
    if (common.json) {
        Json list = Json::array();
        for (auto const& a : accounts)
            list.push_back({{"number", a.number},
                            {"name", a.name},
                            {"type", a.type},
                            {"balance", a.balance ? Json(a.balance->to_string()) : Json(nullptr)},
                            {"balance_date", a.balance_date ? Json(a.balance_date->to_string()) : Json(nullptr)},
                            {"proposed", a.proposed ? Json(*a.proposed) : Json(nullptr)}});
        std::cout << list.dump(2) << "\n";
        return ok;
    }
    std::vector<std::vector<std::string>> rows;
    for (auto const& a : accounts)
        rows.push_back({a.number, a.name, a.type, a.balance ? a.balance->to_string() : "",
                        a.balance_date ? a.balance_date->to_string() : "",
                        a.proposed ? *a.proposed + " = [\"" + a.number + "\"]" : ""});
    if (rows.empty())
        std::cerr << "Every account has a statement line.\n";
    else
        print_table(
            {{"Account"}, {"Name"}, {"Type"}, {"Balance", true}, {"On"}, {"Proposed for [lines] in accounts.toml"}},
            rows);
    return ok;
}

int init_workspace(std::filesystem::path const& folder, std::string const& company) {
    for (auto const& file : data::init_workspace(folder, company)) std::cout << file.string() << "\n";
    std::cerr << "Put exports into " << (folder / "exports").string() << ", describe them in "
              << (folder / "deckle.toml").string() << ", then: deckle data check -w " << folder.string() << "\n";
    return ok;
}

} // namespace deckle::app
