/// Custom properties: https://www.w3.org/TR/css-variables-1/
#pragma once
#include "css/style.hpp"
#include "css/tokenizer.hpp"
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace deckle::css {

/// The value of a variable, nullptr when it has none. May work it out on the way.
using Lookup = std::function<std::string const*(std::string_view name)>;

/// `text` with every var() replaced, and every env() by its fallback; nullopt when one has neither value nor fallback
/// (`missing` names it), or when the result would grow past a limit.
[[nodiscard]] std::optional<std::string> substitute(std::string_view text, Lookup const& lookup, std::string& missing);

/// Parent's variables and the element's own declared ones, var() in them resolved. Names in a cycle get no value.
[[nodiscard]] CustomProperties resolve_variables(CustomProperties const* inherited, CustomProperties const& declared);

} // namespace deckle::css
