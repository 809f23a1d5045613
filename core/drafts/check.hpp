/// What the host finds wrong with one field of a document.
#pragma once
#include "facts/merge.hpp"
#include "model/json.hpp"
#include <filesystem>
#include <vector>

namespace deckle::drafts {

/// Findings of the report model: field.required, field.limit, field.number, field.date, field.choice, field.file
/// (errors), fact.* as merge() has them, markdown.* (warnings). `field` is of the model, with `text` and `count`.
[[nodiscard]] std::vector<model::Json> check_field(model::Json const& field, facts::Merged const& merged,
                                                   model::Formatter const& formatter,
                                                   std::filesystem::path const& workspace);

} // namespace deckle::drafts
