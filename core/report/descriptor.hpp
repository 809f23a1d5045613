/// What a plugin says about itself, read from its descriptor JSON.
#pragma once
#include "data/dataset.hpp"
#include "model/json.hpp"
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::report {

/// A part of the report and the datasets it cannot be made without.
struct SectionNeeds {
    std::string id, title;
    std::vector<std::string> needs;
};

struct Descriptor {
    std::string id, version, title, summary;
    model::Json params = model::Json::object(); // JSON Schema draft 7 of the parameters
    std::vector<data::DatasetRequest> datasets;
    std::vector<SectionNeeds> sections;
    std::vector<std::string> templates;         // the first one renders the report; empty = the standard template
    bool is_document = false;                   // kind "document": edited as drafts
    bool wants_previous = false;                // history: the previous run's figures as dataset figures@previous
    std::vector<data::DatasetRequest> previous; // and its datasets: "X@previous", here under the plain name X
};

/// "X" -> "X@previous": dataset X as the report's previous run read it.
[[nodiscard]] std::string previous_name(std::string_view dataset);

/// Throws Error{plugin} naming the member that is missing or of the wrong type, and for a previous dataset that is
/// required or stands in a descriptor without history.
[[nodiscard]] Descriptor parse_descriptor(std::string_view json, std::string const& plugin);

/// The plugin's parameters: schema defaults, then the workspace's (`defaults_json`, an object or empty), then `set`
/// (texts as typed on the command line). Throws Error{usage} listing every unknown name and every wrong value.
[[nodiscard]] model::Json resolve_params(Descriptor const& descriptor, std::string_view defaults_json,
                                         std::map<std::string, std::string> const& set);

} // namespace deckle::report
