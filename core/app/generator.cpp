#include "app/generator.hpp"
#include "app/output.hpp"

namespace deckle::app {

report::Generated PluginGenerator::generate(std::string const& request, data::DatasetSet const& datasets) {
    struct Source final : plugin_host::DatasetSource {
        data::DatasetSet const& set;
        explicit Source(data::DatasetSet const& s) : set(s) {}
        data::Table const* open(std::string_view name) override {
            auto const* const dataset = set.find(name);
            return dataset == nullptr ? nullptr : &dataset->table;
        }
    } source(datasets);
    ProgressLine line;
    plugin_host::Control control;
    control.deadline = timeout_;
    control.progress = [&](double fraction, std::string const& stage) {
        line.show(plugin_.plugin().id + ": " + stage + " " + std::to_string(static_cast<int>(fraction * 100)) + " %");
    };
    auto result = plugin_.generate(request, source, control);
    for (auto const& entry : result.log)
        if (entry.level >= plugin_host::LogLine::Level::warning) say_(plugin_.plugin().id + ": " + entry.text);
    report::Generated generated{std::move(result.model), {}};
    for (auto& output : result.outputs)
        generated.outputs.push_back({std::move(output.name), std::move(output.media_type), std::move(output.bytes)});
    return generated;
}

std::map<std::string, std::string> parse_settings(std::vector<std::string> const& settings) {
    std::map<std::string, std::string> parsed;
    for (auto const& setting : settings) {
        auto const equals = setting.find('=');
        if (equals == std::string::npos || equals == 0)
            throw Error(ErrorCode::usage, "--set " + setting + ": write it as name=value");
        parsed[setting.substr(0, equals)] = setting.substr(equals + 1);
    }
    return parsed;
}

} // namespace deckle::app
