/// Dates and decimals are the SDK's own, so plugins and host share one implementation.
#pragma once
#include <deckle/date.hpp>
#include <deckle/decimal.hpp>
