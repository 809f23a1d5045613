/// Figures that may be undefined; the SDK's.
#pragma once
#include <deckle/metric.hpp>

namespace cash_flow {

using deckle::Decimal;
using deckle::difference;
using deckle::Metric;
using deckle::ratio;

} // namespace cash_flow
