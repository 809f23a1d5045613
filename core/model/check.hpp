/// The report model's schema (core/sdk/schema/report-model-1.json) and its check.
#pragma once
#include "model/json.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace deckle::model {

struct Problem {
    std::string pointer; // JSON pointer (RFC 6901), "" is the whole document
    std::string message;
};

/// The schema's text, JSON Schema draft 7, as shipped to plugin authors.
[[nodiscard]] std::string_view report_model_schema();

/// Every typed leaf anywhere in the tree, then the shape by the schema. Empty = valid. At most 20 problems.
[[nodiscard]] std::vector<Problem> problems(Json const& report_model);

/// Throws Error{plugin} with up to five problems, each with its pointer; `name` says whose model it is.
void require_valid(Json const& report_model, std::string const& name);

/// Any draft 7 schema (plugin parameters) against any value. Throws Error{usage} when the schema itself is unusable.
[[nodiscard]] std::vector<Problem> schema_problems(Json const& schema, Json const& value);

} // namespace deckle::model
