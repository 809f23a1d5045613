/// Runs a built plugin through its C ABI on small tables written as text: a host in miniature.
#pragma once
#include <deckle/plugin.h>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace plugin_tests {

using Json = nlohmann::json;

/// One dataset as text cells; "" is null. Columns that are not named are not bound (all null), as the contract says.
struct TestTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

struct Outcome {
    int status = -1;
    std::string error, pointer;
    Json model;
    std::map<std::string, std::string> outputs; // by name
    std::size_t streams_opened = 0, streams_released = 0;
};

class PluginRunner {
public:
    explicit PluginRunner(std::string const& library); // opens the plugin, reads the descriptor and the catalogue
    std::map<std::string, TestTable> tables;
    Json params;                            // over the descriptor's defaults
    Json edits = nullptr, origin = nullptr; // of an editable document, see deckle/document.hpp
    std::string as_of = "2026-10-31";
    std::string period_start = "2026-10-01", period_end = "2026-10-31", label = "2026-10";
    std::string week_start = "monday";
    std::string fiscal_year_start = "01-01";
    Json zone_offsets = Json::array({{{"from", "2000-01-01T00:00:00Z"}, {"minutes", -360}}}); // Chicago, winter
    std::string now = "2026-11-01T11:00:00Z";
    std::size_t batch_rows = 0; // 0: one batch
    bool stop = false;
    [[nodiscard]] Outcome run() const;
    [[nodiscard]] Json const& descriptor() const { return descriptor_; }

    struct ColumnType {
        std::string name, type, currency;
        bool required = false;
    };
    /// Of the catalogue, by dataset; X@previous is as X.
    [[nodiscard]] static std::vector<ColumnType> catalogue(std::string const& dataset);

private:
    deckle_plugin const* plugin_ = nullptr;
    Json descriptor_;
};

/// What a person reads: leaves in their plainest form.
[[nodiscard]] std::string plain(Json const& leaf);
/// The section's JSON; fails the test when there is none.
[[nodiscard]] Json section(Json const& model, std::string const& id);
/// The figure's value leaf; null when there is none.
[[nodiscard]] Json figure(Json const& model, std::string const& id, std::string const& period = "");
/// All text of a value, space-separated.
[[nodiscard]] std::string all_text(Json const& value);

} // namespace plugin_tests
