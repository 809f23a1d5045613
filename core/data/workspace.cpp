#include "data/workspace.hpp"
#include "base/file.hpp"
#include "base/zone.hpp"
#include "data/accounts_reader.hpp"
#include "data/connectors/files.hpp"
#include "data/values.hpp"
#include "data/words.hpp"
#include "data/workspace_reader.hpp"
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace deckle::data {
namespace {

namespace fs = std::filesystem;

bool is_locale(std::string_view s) {
    return (s.size() == 2 || (s.size() == 5 && s[2] == '_')) && std::all_of(s.begin(), s.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
           });
}

bool is_color(std::string_view s) {
    return s.size() == 7 && s[0] == '#' && s.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

void read_company(Section section, Company& company) {
    company.name = section.required("name");
    if (auto const currency = section.text("currency")) {
        company.currency = *currency;
        if (!is_currency(*currency)) section.problem("currency", "'" + *currency + "' is no ISO 4217 currency code");
    }
    if (auto const zone = section.text("zone")) {
        company.zone = *zone;
        if (!is_zone(*zone)) section.problem("zone", "'" + *zone + "' is no time zone such as \"America/Chicago\"");
    }
    if (auto const locale = section.text("locale")) {
        company.locale = *locale;
        if (!is_locale(*locale)) section.problem("locale", "'" + *locale + "' is no locale such as \"en_US\"");
    }
    company.paper = section.choice("paper", {"letter", "a4", "legal"}).value_or(company.paper);
    if (auto const start = section.text("fiscal_year_start")) {
        company.fiscal_year_start = *start;
        if (!Date::parse("2001-" + *start))
            section.problem("fiscal_year_start", "'" + *start + "' is no day of the year written MM-DD");
    }
    company.week_start =
        section.choice("week_start", {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
            .value_or(company.week_start);
    section.finish();
}

void read_theme(Section section, fs::path const& root, Theme& theme) {
    theme.brand = section.text("brand").value_or("");
    if (!theme.brand.empty() && !is_color(theme.brand))
        section.problem("brand", "'" + theme.brand + "' is no color written #rrggbb");
    if (auto const logo = section.text("logo")) {
        try {
            theme.logo = inside_workspace(root, *logo);
            if (!fs::is_regular_file(theme.logo)) section.problem("logo", "there is no file '" + *logo + "'");
        } catch (Error const& error) {
            section.problem("logo", error.what());
        }
    }
    theme.confidentiality = section.text("confidentiality").value_or("");
    section.finish();
}

void read_connection(Section section, std::string const& file, Connection& connection, fs::path const& root,
                     ConnectorRegistry const& connectors, Problems& problems) {
    connection.connector = section.required("connector");
    auto const* connector = connectors.find(connection.connector);
    if (connector == nullptr) {
        if (!connection.connector.empty())
            section.problem("connector", "unknown connector '" + connection.connector + "'" +
                                             hint(connection.connector, connectors.names()));
        return;
    }
    for (auto const& key : connector->connection_keys()) {
        if (key.required && !section.has(key.name))
            section.problem(key.name, section.name() + " has no '" + key.name + "', which is required");
        read_setting(section, file, key, connection.settings, problems);
    }
    connection.notation = read_notation(section, {});
    if (auto const it = connection.settings.find("folder"); it != connection.settings.end()) {
        try {
            (void)inside_workspace(root, it->second.texts.front());
        } catch (Error const& error) {
            section.problem("folder", error.what());
        }
    }
    section.finish();
}

nlohmann::json to_json(toml::node const& node, Section& section, std::string const& key) {
    if (auto const* s = node.as_string()) return s->get();
    if (auto const* n = node.as_integer()) return n->get();
    if (auto const* b = node.as_boolean()) return b->get();
    if (auto const* f = node.as_floating_point()) {
        if (!std::isfinite(f->get())) section.problem(key, key + " is not a finite number");
        return f->get();
    }
    if (auto const* array = node.as_array()) {
        auto list = nlohmann::json::array();
        for (auto const& item : *array) list.push_back(to_json(item, section, key));
        return list;
    }
    if (auto const* table = node.as_table()) {
        auto object = nlohmann::json::object();
        for (auto const& [k, v] : *table) object[std::string(k.str())] = to_json(v, section, key);
        return object;
    }
    if (auto const* date = node.as_date()) {
        auto const d = Date::from_ymd(date->get().year, date->get().month, date->get().day);
        return d ? d->to_string() : "";
    }
    section.problem(key, key + ": write times as text");
    return nullptr;
}

Pack read_pack(Section section) {
    Pack pack;
    pack.title = section.text("title").value_or("");
    if (!section.has("reports")) section.problem("reports", section.name() + " has no 'reports', which is required");
    pack.reports = section.texts("reports");
    if (section.has("reports") && pack.reports.empty())
        section.problem("reports", section.name() + " has no report in 'reports'");
    for (auto it = pack.reports.begin(); it != pack.reports.end(); ++it)
        if (std::find(pack.reports.begin(), it, *it) != it)
            section.problem("reports", section.name() + " has the report '" + *it + "' twice");
    section.finish();
    return pack;
}

FactSource read_fact(Section section) {
    FactSource fact;
    fact.figure = section.text("figure").value_or("");
    fact.sql = section.text("sql").value_or("");
    if (fact.figure.empty() == fact.sql.empty())
        section.problem("figure", section.name() + " needs either 'figure' or 'sql'");
    if (!fact.figure.empty() && fact.figure.find(':') == std::string::npos)
        section.problem("figure", "write report and figure, such as \"cash-flow:recurring.mrr\"");
    fact.label = section.text("label").value_or("");
    fact.unit = section.text("unit").value_or("");
    fact.source = section.text("source").value_or("");
    fact.evidence = section.text("evidence").value_or("");
    fact.period = section.text("period").value_or("");
    auto const number = [&](char const* key) -> std::optional<int> {
        auto const n = section.integer(key, 0);
        return n ? std::optional(static_cast<int>(std::min<std::int64_t>(*n, 100000))) : std::nullopt;
    };
    fact.digits = number("digits");
    fact.scale = number("scale");
    if (fact.scale && *fact.scale > 12) section.problem("scale", "scale is at most 12");
    fact.valid_days = number("valid_days");
    fact.is_public = section.boolean("public").value_or(false);
    fact.position = section.at("figure");
    section.finish();
    return fact;
}

/// stale_after_days beside one table for each fact.
void read_facts(Section section, std::string const& file, Workspace& workspace, Problems& problems) {
    if (auto const days = section.integer("stale_after_days", 1))
        workspace.documents.stale_after_days = static_cast<int>(std::min<std::int64_t>(*days, 100000));
    for (auto const& [key, value] : section.raw()) {
        std::string const id(key.str());
        auto const* table = value.as_table();
        if (table == nullptr) continue; // finish() knows
        (void)section.table(id);
        if (!table->contains("figure") && !table->contains("sql"))
            section.problem(id, "[facts." + id +
                                    "] needs 'figure' or 'sql'; the name of a fact is written in quotes: "
                                    "[facts.\"revenue.recurring\"]");
        else
            workspace.facts[id] = read_fact(Section(*table, "[facts.\"" + id + "\"]", file, problems));
    }
    section.finish();
}

void read_document(Section& document, std::string const& file, Workspace& workspace, Catalogue const& catalogue,
                   ConnectorRegistry const& connectors, Problems& problems) {
    auto section = [&](std::string const& key) -> std::optional<Section> {
        auto const* table = document.table(key);
        if (table == nullptr) return std::nullopt;
        return Section(*table, "[" + key + "]", file, problems);
    };
    auto each = [&](std::string const& key, auto const& use) {
        auto parent = section(key);
        if (!parent) return;
        parent->each_table([&](std::string const& name, toml::table const& table, Position const& at) {
            if (!is_id(name)) problems.add(at, "'" + name + "' is no id: lower-case letters, digits, hyphens");
            use(name, Section(table, "[" + key + "." + name + "]", file, problems), at);
        });
    };
    if (auto company = section("company"))
        read_company(std::move(*company), workspace.company);
    else if (!document.has("company"))
        problems.add({file, 1, 1}, "there is no [company] with at least a name");
    if (auto theme = section("theme")) read_theme(std::move(*theme), workspace.root, workspace.theme);
    each("connections", [&](std::string const& name, Section table, Position const& at) {
        auto& connection = workspace.connections[name];
        connection.name = name;
        connection.position = at;
        read_connection(std::move(table), file, connection, workspace.root, connectors, problems);
    });
    if (auto datasets = section("datasets")) read_datasets(*datasets, file, workspace, catalogue, connectors, problems);
    each("reports", [&](std::string const& name, Section table, Position const&) {
        workspace.reports[name] = to_json(table.raw(), table, name).dump();
    });
    each("packs", [&](std::string const& name, Section table, Position const&) {
        workspace.packs[name] = read_pack(std::move(table));
    });
    if (auto delivery = section("delivery"))
        workspace.delivery = read_delivery(std::move(*delivery), file, workspace.root, problems);
    each("schedules", [&](std::string const& name, Section table, Position const&) {
        workspace.schedules[name] =
            read_schedule(std::move(table), document.raw(), file, workspace, catalogue, problems);
    });
    if (auto reminders = section("reminders"))
        workspace.reminders = read_reminders(std::move(*reminders), workspace.delivery);
    if (auto service = section("service")) workspace.service = read_service(std::move(*service));
    if (auto facts = section("facts")) read_facts(std::move(*facts), file, workspace, problems);
    if (auto drafts = section("drafts")) {
        workspace.documents.four_eyes = drafts->boolean("four_eyes").value_or(false);
        drafts->finish();
    }
    if (auto store = section("store")) workspace.store = read_store_settings(std::move(*store), file, problems);
    if (auto user = section("user")) {
        workspace.documents.user = user->required("name");
        user->finish();
    }
    document.finish();
}

void read_text(std::string_view toml, std::string const& file, Workspace& workspace, Catalogue const& catalogue,
               ConnectorRegistry const& connectors, Problems& problems) {
    auto const document = parse_toml(toml, file, problems);
    if (!document) return;
    Section section(*document, "", file, problems);
    read_document(section, file, workspace, catalogue, connectors, problems);
}

} // namespace

bool is_id(std::string_view s) {
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
}

Workspace read_workspace(fs::path const& root, Catalogue const& catalogue, ConnectorRegistry const& connectors,
                         Problems& problems) {
    Workspace workspace;
    workspace.root = fs::absolute(root).lexically_normal();
    if (workspace.root.filename().empty()) workspace.root = workspace.root.parent_path();
    auto const file = workspace.root / "deckle.toml";
    if (!fs::exists(file))
        throw Error(ErrorCode::usage, "there is no deckle.toml in " + workspace.root.string() + "; 'deckle init " +
                                          root.string() + "' makes a workspace there");
    read_text(read_file(file), "deckle.toml", workspace, catalogue, connectors, problems);
    if (auto const accounts = workspace.root / "accounts.toml"; fs::exists(accounts)) {
        auto const* dataset = catalogue.find("accounts");
        auto const* line = dataset == nullptr ? nullptr : dataset->find("line");
        workspace.accounts = read_accounts(read_file(accounts), "accounts.toml",
                                           line == nullptr ? std::vector<std::string>{} : line->values, problems);
    }
    return workspace;
}

Workspace load_workspace(fs::path const& root, Catalogue const& catalogue, ConnectorRegistry const& connectors) {
    Problems problems;
    auto workspace = read_workspace(root, catalogue, connectors, problems);
    problems.raise();
    return workspace;
}

Workspace parse_workspace(std::string_view toml, fs::path const& root, Catalogue const& catalogue,
                          ConnectorRegistry const& connectors) {
    Problems problems;
    Workspace workspace;
    workspace.root = fs::absolute(root).lexically_normal();
    read_text(toml, "deckle.toml", workspace, catalogue, connectors, problems);
    problems.raise();
    return workspace;
}

} // namespace deckle::data
