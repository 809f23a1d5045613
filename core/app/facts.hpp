/// Facts of a session's workspace, as commands and documents need them.
#pragma once
#include "app/session.hpp"
#include "facts/sources.hpp"

namespace deckle::app {

/// "YYYY-MM-DD", or today in the company's zone when empty. Throws Error{usage}.
[[nodiscard]] Date day_of(std::string const& text, Session const& session, char const* option);

/// Every source asked, for that day.
[[nodiscard]] facts::FactSet facts_of(Session const& session, Date as_of, Instant now, Diagnostics& diagnostics);

[[nodiscard]] facts::Freshness freshness_of(Session const& session, Date as_of);

/// Replaces the dataset `facts` by the merged facts of all sources, for a document that asks for it.
void put_facts(data::DatasetSet& datasets, report::Descriptor const& descriptor, facts::FactSet const& facts,
               Session const& session, Instant now);
/// The descriptor's datasets that are loaded as usual.
[[nodiscard]] report::Descriptor without_facts(report::Descriptor descriptor);

} // namespace deckle::app
