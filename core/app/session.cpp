#include "app/session.hpp"
#include "app/modules.hpp"
#include "app/resources.hpp"
#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace deckle::app {

plugin_host::PluginHost open_plugins(Common const& common) {
    plugin_host::Options options;
    options.runner = installation().runner;
    options.built_in = {installation().plugins};
    if (!common.unsafe_plugins.empty()) {
        options.unsafe = {std::filesystem::absolute(common.unsafe_plugins)};
        options.allow_unsafe = true;
    }
    return plugin_host::PluginHost(std::move(options));
}

namespace {

/// A third of the work of a small command; a service needs it for every job.
data::Catalogue const& installed_catalogue() {
    static data::Catalogue const read = data::load_catalogue(installation().catalogue);
    return read;
}

} // namespace

Session::Session(Common const& common)
    : catalogue(installed_catalogue()), workspace(data::load_workspace(common.workspace, catalogue)),
      plugins(open_plugins(common)) {}

store::Database& Session::database() const {
    if (!database_) database_ = std::make_unique<store::Database>(open_place(workspace));
    return *database_;
}

std::unique_ptr<store::Store> Session::open_store() const {
    return std::make_unique<store::Store>(database());
}

store::Commentaries Session::open_commentaries() const {
    return store::Commentaries(database());
}

store::HandFacts Session::open_facts() const {
    return store::HandFacts(database());
}

store::Place open_place(data::Workspace const& workspace) {
    data::StoreSettings const& settings = workspace.store;
    if (settings.postgresql.empty()) return workspace.root / ".deckle" / "store.db";
    use_postgresql();
    store::Place place{settings.postgresql,
                       settings.password ? data::read_secret(*settings.password, "[store] password", workspace.root)
                                         : ""};
    place.company = settings.company.empty() ? workspace.company.name : settings.company;
    return place;
}

std::string account() {
    for (char const* const name : {"USER", "LOGNAME"})
        if (char const* const value = std::getenv(name); value != nullptr && *value != '\0') return value;
    if (auto const* const entry = ::getpwuid(::geteuid()); entry != nullptr) return entry->pw_name;
    return {};
}

std::string author(std::string const& by, data::Workspace const& workspace) {
    if (!by.empty()) return by;
    if (!workspace.documents.user.empty()) return workspace.documents.user;
    if (std::string name = account(); !name.empty()) return name;
    throw Error(ErrorCode::usage, "who does this? Add --by \"Your Name\", or [user] name = \"...\" to deckle.toml");
}

LoadedReport load_report(plugin_host::PluginHost const& plugins, std::string const& id) {
    auto plugin = plugins.open(id);
    auto descriptor = report::parse_descriptor(plugin.descriptor(), id);
    if (descriptor.id != id)
        throw Error(ErrorCode::plugin, "plugin " + plugin.plugin().library.string() + " calls itself '" +
                                           descriptor.id + "'; its folder, its file and its id must be the same");
    return {std::move(plugin), std::move(descriptor)};
}

} // namespace deckle::app
