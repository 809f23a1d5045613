/// `only_if`: made, but sent only when a figure is so.
#pragma once
#include "data/schedule_settings.hpp"
#include "delivery/product.hpp"
#include <optional>
#include <string>

namespace deckle::service {

using delivery::Product;

/// Why it is not to be sent: "cash-flow:forecast.cushion is 12000.00, not below 0"; nullopt when the condition is met
/// or there is none. A figure that the report has several times (for each week) meets it when one of them does; the
/// words name the nearest by its period. What is not available never meets it. Throws Error{usage} with the place in
/// deckle.toml for a figure that the report does not have, naming the nearest.
[[nodiscard]] std::optional<std::string> unmet(data::Schedule const& schedule, Product const& product);

/// The condition in words: "only when cash-flow:forecast.cushion is below 0"; empty when there is none.
[[nodiscard]] std::string condition_words(data::Schedule const& schedule);

} // namespace deckle::service
