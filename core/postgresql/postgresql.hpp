/// Poco's connector to PostgreSQL. The only folder that knows libpq; a library of its own, opened on first use
/// (app/modules.cpp).
#pragma once

extern "C" {
[[gnu::visibility("default")]] extern char const* const deckle_module_id;

/// From now on Poco::Data::Session opens "PostgreSQL" too, in the whole program.
[[gnu::visibility("default")]] void deckle_postgresql();
}
