#include "plugin_host/plugin_host.hpp"
#include "base/error.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace deckle::plugin_host {
namespace fs = std::filesystem;
namespace {

bool is_id(std::string_view s) { // lower case with hyphens, "publisher.name" for third parties
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    }) && s.front() != '.';
}

void find_in(fs::path const& folder, bool built_in, std::vector<PluginFile>& found) {
    std::error_code none; // a folder that is not there holds no plugins
    for (auto const& entry : fs::directory_iterator(folder, none)) {
        std::string const id = entry.path().filename().string();
        fs::path const library = fs::absolute(entry.path() / (id + ".so"));
        bool const known = std::any_of(found.begin(), found.end(), [&](auto const& p) { return p.id == id; });
        if (is_id(id) && !known && fs::exists(library, none)) found.push_back({id, library, built_in});
    }
}

} // namespace

PluginHost::PluginHost(Options options) : options_(std::move(options)) {}

std::vector<PluginFile> PluginHost::list() const {
    std::vector<PluginFile> found;
    for (fs::path const& folder : options_.built_in) find_in(folder, true, found);
    if (options_.allow_unsafe)
        for (fs::path const& folder : options_.unsafe) find_in(folder, false, found);
    std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    return found;
}

PluginFile PluginHost::find(std::string_view id) const {
    std::vector<std::string> ids;
    for (PluginFile& plugin : list()) {
        if (plugin.id == id) return std::move(plugin);
        ids.push_back(plugin.id);
    }
    if (!options_.allow_unsafe) {
        std::vector<PluginFile> others;
        for (fs::path const& folder : options_.unsafe) find_in(folder, false, others);
        if (std::any_of(others.begin(), others.end(), [&](auto const& p) { return p.id == id; }))
            throw Error(ErrorCode::refused, fmt::format("The plugin '{}' is not part of Deckle and is not loaded; "
                                                        "--allow-unsafe-plugins loads it all the same (for tests only)",
                                                        id));
    }
    throw Error(ErrorCode::usage, fmt::format("There is no report '{}'; these are installed: {}", id,
                                              ids.empty() ? "none" : fmt::format("{}", fmt::join(ids, ", "))));
}

} // namespace deckle::plugin_host
