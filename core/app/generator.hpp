/// A loaded plugin at work for the pipeline.
#pragma once
#include "app/output.hpp"
#include "plugin_host/plugin_host.hpp"
#include "report/run.hpp"
#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace deckle::app {

/// How long a plugin may take where nobody has said otherwise.
inline constexpr std::chrono::seconds plugin_time{120};

/// The plugin process seen as the pipeline's generator; its progress goes to the terminal, its warnings to `say`.
class PluginGenerator final : public report::Generator {
public:
    PluginGenerator(plugin_host::Session& plugin, std::chrono::milliseconds timeout, Say say = say_on_terminal)
        : plugin_(plugin), timeout_(timeout), say_(std::move(say)) {}
    report::Generated generate(std::string const& request, data::DatasetSet const& datasets) override;

private:
    plugin_host::Session& plugin_;
    std::chrono::milliseconds timeout_;
    Say say_;
};

/// "name=value" of --set. Throws Error{usage} for anything else.
[[nodiscard]] std::map<std::string, std::string> parse_settings(std::vector<std::string> const& settings);

} // namespace deckle::app
