/// A workspace: one company's folder with deckle.toml and accounts.toml. See README.md for every key.
#pragma once
#include "base/error.hpp"
#include "data/accounts.hpp"
#include "data/binding.hpp"
#include "data/catalogue.hpp"
#include "data/connectors/connector.hpp"
#include "data/delivery_settings.hpp"
#include "data/reminder_settings.hpp"
#include "data/schedule_settings.hpp"
#include "data/store_settings.hpp"
#include <filesystem>
#include <map>
#include <optional>

namespace deckle::data {

struct Company {
    std::string name;
    std::string currency = "USD";
    std::string zone = "UTC";
    std::string locale = "en_US";
    std::string paper = "letter";
    std::string fiscal_year_start = "01-01";
    std::string week_start = "monday";
};

struct Theme {
    std::string brand;          // "#rrggbb" or empty
    std::filesystem::path logo; // absolute, or empty
    std::string confidentiality;
};

struct Pack {
    std::string title;
    std::vector<std::string> reports;
};

/// [facts."ID"]: where a fact comes from, beside the dataset facts. One of figure and sql is empty.
struct FactSource {
    std::string figure; // "cash-flow:recurring.mrr"
    std::string sql;    // one SELECT over datasets
    std::string label, unit, source, evidence, period;
    std::optional<int> digits;
    std::optional<int> scale;      // of the whole numbers that sql returns; see README.md
    std::optional<int> valid_days; // from its as-of date on
    bool is_public = false;
    Position position;
};

struct DocumentSettings {
    int stale_after_days = 400; // [facts]
    bool four_eyes = false;     // [drafts]: who approves is not who edited last
    std::string user;           // [user] name
};

struct Workspace {
    std::filesystem::path root; // absolute
    Company company;
    Theme theme;
    std::map<std::string, Connection, std::less<>> connections;
    std::map<std::string, Binding, std::less<>> datasets;
    std::map<std::string, std::string, std::less<>> reports; // [reports.ID]: parameter defaults, as JSON object text
    std::map<std::string, Pack, std::less<>> packs;
    std::map<std::string, Schedule, std::less<>> schedules;
    ServiceSettings service;
    DeliverySettings delivery;
    std::optional<ReminderSettings> reminders;
    std::map<std::string, FactSource, std::less<>> facts;
    DocumentSettings documents;
    StoreSettings store;
    std::optional<AccountMap> accounts; // accounts.toml, when there is one
};

/// Reads `root`/deckle.toml and accounts.toml. Throws Error{usage}: without a deckle.toml it says so and names
/// `deckle init`; otherwise the message holds every problem, one a line, with file:line:column.
/// No data file is opened.
[[nodiscard]] Workspace load_workspace(std::filesystem::path const& root, Catalogue const& catalogue,
                                       ConnectorRegistry const& connectors = ConnectorRegistry::standard());
/// As above, from text (accounts.toml is not read).
[[nodiscard]] Workspace parse_workspace(std::string_view toml, std::filesystem::path const& root,
                                        Catalogue const& catalogue,
                                        ConnectorRegistry const& connectors = ConnectorRegistry::standard());

} // namespace deckle::data
