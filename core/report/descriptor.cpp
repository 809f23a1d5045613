#include "report/descriptor.hpp"
#include "base/nearest.hpp"
#include "model/check.hpp"
#include <algorithm>

namespace deckle::report {
namespace {

using model::Json;

constexpr std::string_view previous_suffix = "@previous";

std::string text(Json const& object, char const* member) {
    auto const it = object.find(member);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

Json list(Json const& object, char const* member) {
    return object.value(member, Json::array());
}

/// The types a property allows, in the schema's order.
std::vector<std::string> types_of(Json const& property) {
    auto const it = property.find("type");
    if (it == property.end()) return {};
    return it->is_array() ? it->get<std::vector<std::string>>() : std::vector{it->get<std::string>()};
}

/// A command line's text as the property wants it; as text when it fits nothing else, so that the schema refuses it
/// with its own words.
Json typed(std::string const& text, Json const& property) {
    for (auto const& type : types_of(property)) {
        if (type == "boolean" && (text == "true" || text == "false")) return text == "true";
        if (type == "string") return text;
        if (type == "integer" || type == "number") {
            Json const value = Json::parse(text, nullptr, false);
            if (type == "integer" ? value.is_number_integer() : value.is_number()) return value;
        }
    }
    return text;
}

/// TOML numbers become the exact text that a decimal parameter (a string) wants.
Json as_property(Json value, Json const& property) {
    auto const types = types_of(property);
    bool const wants_text = std::find(types.begin(), types.end(), "string") != types.end() &&
                            std::find(types.begin(), types.end(), "number") == types.end();
    return value.is_number() && wants_text ? Json(value.dump()) : value;
}

} // namespace

std::string previous_name(std::string_view dataset) {
    return std::string(dataset) + std::string(previous_suffix);
}

Descriptor parse_descriptor(std::string_view json, std::string const& plugin) {
    try {
        Json const root = model::parse_json(json, "descriptor of " + plugin);
        Descriptor d;
        d.id = root.at("id").get<std::string>();
        d.version = root.at("version").get<std::string>();
        d.title = root.at("title").get<std::string>();
        d.summary = text(root, "summary");
        d.params = root.value("params", Json::object());
        for (auto const& dataset : list(root, "datasets")) {
            data::DatasetRequest request;
            request.name = dataset.at("name").get<std::string>();
            request.version = dataset.value("version", 1);
            request.required = dataset.value("required", false);
            for (auto const& column : list(dataset, "columns"))
                request.columns.push_back({column.at("name").get<std::string>(), column.value("required", false)});
            if (!request.name.ends_with(previous_suffix)) {
                d.datasets.push_back(std::move(request));
                continue;
            }
            if (request.required || text(root, "history") != "previous")
                throw Error(ErrorCode::plugin, "the descriptor of plugin " + plugin + " asks for " + request.name +
                                                   ", which needs \"required\": false and \"history\": \"previous\"");
            request.name.resize(request.name.size() - previous_suffix.size());
            d.previous.push_back(std::move(request));
        }
        for (auto const& section : list(root, "sections"))
            d.sections.push_back({section.at("id").get<std::string>(), section.at("title").get<std::string>(),
                                  section.value("needs", std::vector<std::string>{})});
        d.templates = root.value("templates", std::vector<std::string>{});
        d.is_document = text(root, "kind") == "document";
        d.wants_previous = text(root, "history") == "previous";
        return d;
    } catch (Json::exception const& e) {
        throw Error(ErrorCode::plugin,
                    "the descriptor of plugin " + plugin + " is not as the contract says: " + e.what());
    }
}

Json resolve_params(Descriptor const& descriptor, std::string_view defaults_json,
                    std::map<std::string, std::string> const& set) {
    Json const properties = descriptor.params.value("properties", Json::object());
    std::vector<std::string> names;
    Json params = Json::object();
    for (auto const& [name, property] : properties.items()) {
        names.push_back(name);
        if (auto const it = property.find("default"); it != property.end()) params[name] = *it;
    }
    std::string problems;
    auto complain = [&](std::string const& line) { problems += (problems.empty() ? "" : "\n") + line; };
    auto known = [&](std::string const& name, std::string const& where) {
        if (properties.contains(name)) return true;
        complain(where + ": report " + descriptor.id + " has no parameter '" + name + "'" + suggestion(name, names));
        return false;
    };
    if (!defaults_json.empty()) {
        std::string const where = "deckle.toml [reports." + descriptor.id + "]";
        Json const defaults = model::parse_json(defaults_json, where);
        for (auto const& [name, value] : defaults.items())
            if (known(name, where)) params[name] = as_property(value, properties[name]);
    }
    for (auto const& [name, value] : set)
        if (known(name, "--set " + name)) params[name] = typed(value, properties[name]);
    for (auto const& problem : model::schema_problems(descriptor.params, params)) {
        std::string const name = problem.pointer.empty() ? "parameters" : problem.pointer.substr(1);
        Json const property = properties.value(name, Json::object());
        std::string why = problem.message;
        if (why.find("'pattern'") != std::string::npos) { // nobody who sets a value reads regular expressions
            auto const like = property.value("default", Json());
            why = "the value does not have its form" + (like.is_string() ? ", as " + like.dump() + " has it" : "");
        }
        if (params.contains(name)) why += " (given: " + params[name].dump() + ")";
        if (auto const means = model::text_of(property, "description"); !means.empty()) why += "; it is: " + means;
        complain("parameter " + name + " of report " + descriptor.id + ": " + why);
    }
    if (!problems.empty()) throw Error(ErrorCode::usage, problems);
    return params;
}

} // namespace deckle::report
