/// Typed leaves as they stand in the tree: which kind, which options, and what is wrong with one.
#pragma once
#include "model/json.hpp"
#include <functional>
#include <string>
#include <string_view>

namespace deckle::model {

/// The member that makes an object a leaf ("$money"), or nullptr. Objects are ordered by name and `$` sorts first.
[[nodiscard]] inline std::string const* leaf_key(Json const& value) {
    if (!value.is_object() || value.empty()) return nullptr;
    std::string const& first = value.begin().key();
    return first.starts_with('$') ? &first : nullptr;
}

using LeafReport = std::function<void(std::string const& message)>;

/// Calls `report` for each thing wrong with the leaf itself (not with leaves inside $text or $chart).
/// REQUIRES: `leaf_key(leaf)` is not null.
void check_leaf(Json const& leaf, LeafReport const& report);

/// A {name} place of a $text sentence, or the literal text between; `name` true for a place.
using TextPiece = std::function<void(std::string_view piece, bool name)>;
/// False when a brace is alone or a name is empty.
bool split_sentence(std::string_view sentence, TextPiece const& piece);

} // namespace deckle::model
