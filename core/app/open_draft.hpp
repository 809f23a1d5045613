/// A draft on the table: its plugin, the facts of the day, what it says.
#pragma once
#include "app/facts.hpp"
#include "drafts/document.hpp"

namespace deckle::app {

/// The document of a plugin, from a draft or new.
class Desk {
public:
    /// `as_of`: YYYY-MM-DD, or today when empty.
    Desk(Common const& common, std::string const& as_of);

    Session const session;
    store::Drafts drafts;
    Date const as_of;
    model::Formatter const formatter;
    Diagnostics diagnostics;

    /// Of all sources; gathered once.
    [[nodiscard]] facts::FactSet const& facts();
    [[nodiscard]] facts::Context context() { return {facts(), freshness_of(session, as_of), formatter}; }
    /// What the draft says today.
    [[nodiscard]] drafts::Document document(store::Draft const& draft);
    /// Runs the plugin. `document` is absent for a new draft. The model is annotated.
    [[nodiscard]] report::Result make(LoadedReport& loaded, store::Draft const& draft, drafts::Document const* document,
                                      std::set<report::Format> formats);
    /// The same for a draft that is kept.
    [[nodiscard]] report::Result make(drafts::Document const& document, std::set<report::Format> formats = {});
    /// Who acts, now.
    [[nodiscard]] store::Act act(std::string const& by, std::string const& note = {}) const;

private:
    std::optional<facts::FactSet> facts_;
};

} // namespace deckle::app
