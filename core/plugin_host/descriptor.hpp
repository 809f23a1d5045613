/// What a plugin says about itself, checked (core/sdk/schema/plugin-descriptor-1.json).
#pragma once
#include "data/dataset.hpp"
#include "model/json.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace deckle::plugin_host {

enum class History { none, previous };

struct Section {
    std::string id, title;
    std::vector<std::string> needs; // datasets without which the section is only named
};

struct Descriptor {
    std::string id, version, title, kind, summary;
    model::Json params; // JSON Schema draft 7 of the parameters; an object with "properties"
    std::vector<data::DatasetRequest> datasets;
    std::vector<Section> sections;
    std::vector<std::string> templates; // file names beside the library, in templates/
    History history = History::none;
    std::vector<std::string> outputs; // names of the files it may write
    std::string min_host;             // least ABI version, "1.0"
    model::Json json;                 // the whole
};

/// Throws Error{plugin} naming the plugin and the pointer of what is wrong; also when its id is not `id` or it needs a
/// newer host.
[[nodiscard]] Descriptor parse_descriptor(std::string_view text, std::string_view id);

/// `given` over `workspace` over the schema's defaults, then checked. Throws Error{usage} naming each wrong parameter.
[[nodiscard]] model::Json fill_params(Descriptor const& descriptor, model::Json const& workspace,
                                      model::Json const& given);

} // namespace deckle::plugin_host
