#include "plugin_host/runner/library.hpp"
#include <boost/dll/shared_library.hpp>
#include <string_view>

namespace deckle::runner {
namespace {

// Boost wraps the loader's message: "... (dlerror system message: /a/b.so: undefined symbol: f): Bad file descriptor".
std::string reason(std::string_view message, std::string const& path) {
    constexpr std::string_view marker = "dlerror system message: ";
    if (auto const at = message.find(marker); at != message.npos) {
        message.remove_prefix(at + marker.size());
        message = message.substr(0, message.rfind(')'));
    }
    if (message.starts_with(path + ": ")) message.remove_prefix(path.size() + 2);
    return std::string(message);
}

std::string other_abi(boost::dll::shared_library const& library) {
    for (int major = 2; major <= 9; ++major)
        if (library.has("deckle_plugin_v" + std::to_string(major))) return std::to_string(major);
    return {};
}

} // namespace

deckle_plugin const& load(std::string const& path) {
    using namespace boost::dll;
    auto& library = *new shared_library(); // never unloaded: nothing of a plugin is safe to run after main
    try {
        library.load(std::filesystem::path(path), load_mode::rtld_now | load_mode::rtld_local);
    } catch (std::exception const& e) {
        throw LoadError(reason(e.what(), path));
    }
    if (!library.has("deckle_plugin_v1")) {
        std::string const other = other_abi(library);
        throw LoadError(other.empty() ? "it exports no deckle_plugin_v1, so it is no Deckle plugin"
                                      : "it was built for plugin ABI " + other + "; this Deckle speaks ABI 1");
    }
    auto const entry = library.get<deckle_plugin const*(std::uint32_t, std::uint32_t)>("deckle_plugin_v1");
    deckle_plugin const* const plugin = entry(DECKLE_ABI_MAJOR, DECKLE_ABI_MINOR);
    if (plugin == nullptr) throw LoadError("it cannot serve plugin ABI 1.0 (deckle_plugin_v1 returned NULL)");
    if (!DECKLE_HAS(plugin, generate)) throw LoadError("its deckle_plugin struct is too small for ABI 1.0");
    if (plugin->abi_major != DECKLE_ABI_MAJOR)
        throw LoadError("it names plugin ABI " + std::to_string(plugin->abi_major) + "; this Deckle speaks ABI 1");
    if (plugin->descriptor_json == nullptr) throw LoadError("its descriptor_json is NULL");
    if (plugin->create == nullptr || plugin->destroy == nullptr || plugin->generate == nullptr)
        throw LoadError("its create, destroy or generate function is NULL");
    return *plugin;
}

} // namespace deckle::runner
