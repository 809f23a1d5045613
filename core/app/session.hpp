/// What most commands need: catalogue, workspace, plugins and the run ledger of one workspace.
#pragma once
#include "app/options.hpp"
#include "data/workspace.hpp"
#include "plugin_host/plugin_host.hpp"
#include "report/run.hpp"
#include "store/commentary.hpp"
#include "store/facts.hpp"
#include "store/store.hpp"

namespace deckle::app {

struct Session {
    explicit Session(Common const& common);

    data::Catalogue const& catalogue; // the installed one
    data::Workspace workspace;
    plugin_host::PluginHost plugins;

    /// The store that the workspace names: opened on first use, then the same. For one thread.
    [[nodiscard]] store::Database& database() const;
    [[nodiscard]] std::unique_ptr<store::Store> open_store() const;
    [[nodiscard]] store::Commentaries open_commentaries() const;
    [[nodiscard]] store::HandFacts open_facts() const;

private:
    mutable std::unique_ptr<store::Database> database_;
};

/// Where the workspace's store is, ready to be opened. Throws Error{usage} when its password is not to be had.
[[nodiscard]] store::Place open_place(data::Workspace const& workspace);

/// The account that runs the program; empty when it is not known.
[[nodiscard]] std::string account();
/// Who writes: `by` as given, else [user] name, else the account that runs the program. Throws Error{usage} when
/// neither is known.
[[nodiscard]] std::string author(std::string const& by, data::Workspace const& workspace);

[[nodiscard]] plugin_host::PluginHost open_plugins(Common const& common);

/// A loaded plugin with its parsed descriptor.
struct LoadedReport {
    plugin_host::Session plugin;
    report::Descriptor descriptor;
};
[[nodiscard]] LoadedReport load_report(plugin_host::PluginHost const& plugins, std::string const& id);

} // namespace deckle::app
