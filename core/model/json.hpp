/// JSON from outside: parsed strictly, with its position in every complaint.
#pragma once
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace deckle::model {

using Json = nlohmann::json; // objects are ordered by name, so output is deterministic

/// The text of a member; empty when it has none, or `object` is none.
[[nodiscard]] std::string text_of(Json const& object, char const* member);

struct JsonLimits {
    std::size_t bytes = std::size_t{256} << 20;
    int depth = 64;
    std::size_t nodes = 20'000'000;
};

/// `name` stands for the text in messages ("report model of cash-flow"). Refused, as Error{data} with line and column:
/// malformed text, bad UTF-8, a member twice in one object, a number that double cannot hold (more than 15
/// significant digits: such values belong into a typed leaf). Over a limit: Error{limit}.
[[nodiscard]] Json parse_json(std::string_view text, std::string const& name, JsonLimits limits = {});

} // namespace deckle::model
