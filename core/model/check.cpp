// Two passes. Leaves can stand anywhere, also in members only the plugin's own template knows, so a walk of ours checks
// each one and says plainly what is wrong. The shape is checked with valijson against the published schema, over a
// skeleton of the model in which each leaf has become {"$leaf":true}: matching 300,000 cells against ten alternatives
// each would take minutes. `pattern` is left out too, since std::regex recurses once per character and a long string
// from a plugin would end the process; the walk does the same by hand. tests/model proves that the published schema,
// whole, rejects the same documents.
#include "model/check.hpp"
#include "base/date.hpp"
#include "base/error.hpp"
#include "model/leaf.hpp"
#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <set>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wextra"
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

namespace deckle::model {
namespace {

constexpr std::size_t max_problems = 20;

std::string escaped(std::string_view token) {
    std::string out;
    for (char const c : token) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
}

/// valijson's context is "<root>", "[sections]", "[0]".
std::string pointer_of(std::vector<std::string> const& context) {
    std::string pointer;
    for (auto const& step : context)
        if (step.size() > 2 && step.front() == '[') pointer += "/" + escaped(step.substr(1, step.size() - 2));
    return pointer;
}

/// valijson's sentences in the reader's terms.
std::string plain(std::string const& text) {
    auto const quoted = [&]() -> std::string {
        auto const end = text.rfind('\'');
        auto const start = end == std::string::npos || end == 0 ? std::string::npos : text.rfind('\'', end - 1);
        return start == std::string::npos ? std::string() : text.substr(start + 1, end - start - 1);
    };
    if (text.starts_with("Object contains a property that could not be validated"))
        return fmt::format("unknown member \"{}\"", quoted());
    if (text.starts_with("Missing required property '$leaf'")) return "is an object but no typed leaf";
    if (text.starts_with("Missing required property '$")) return fmt::format("must be a {} leaf", quoted());
    if (text.starts_with("Missing required property")) return fmt::format("member \"{}\" is missing", quoted());
    if (text.starts_with("Object should have no more than 1 ")) return "a block has one member, which names its kind";
    if (text.starts_with("Object should have no fewer than 1 ")) return "a block needs a member that names its kind";
    if (text.starts_with("Value type not permitted")) return "has the wrong type";
    if (text.starts_with("Failed to match against any enum")) return "is none of the allowed words";
    if (text.starts_with("Failed to match expected value")) return "has another value than the schema asks for";
    return text;
}

/// A parsed schema, ready to validate.
class Compiled {
public:
    explicit Compiled(Json const& schema) {
        valijson::SchemaParser parser;
        valijson::adapters::NlohmannJsonAdapter const adapter(schema);
        parser.populateSchema(adapter, schema_);
    }
    void validate(Json const& value, std::string const& base, std::vector<Problem>& out) const {
        valijson::Validator validator;
        valijson::ValidationResults results;
        if (validator.validate(schema_, valijson::adapters::NlohmannJsonAdapter(value), &results)) return;
        std::vector<Problem> found;
        for (auto const& error : results) {
            // The parents of a bad value only repeat that something inside is bad.
            if (error.description.starts_with("Failed to validate against schema associated with property") ||
                error.description.starts_with("Failed to validate item") ||
                error.description.starts_with("Failed to validate against child schema"))
                continue;
            found.push_back({base + pointer_of(error.context), plain(error.description)});
        }
        if (found.empty() && results.numErrors() > 0)
            found.push_back({base + pointer_of(results.begin()->context), plain(results.begin()->description)});
        out.insert(out.end(), found.begin(), found.end());
    }

private:
    valijson::Schema schema_;
};

void without_patterns(Json& node) {
    if (node.is_object() && node.contains("pattern") && node["pattern"].is_string()) node.erase("pattern");
    for (auto& child : node)
        if (child.is_structured()) without_patterns(child);
}

/// The model with every leaf reduced to {"$leaf":true}, and charts and Markdown marked as such.
Json skeleton(Json const& node) {
    if (auto const* key = leaf_key(node)) {
        Json leaf = {{"$leaf", true}};
        if (*key == "$chart" || *key == "$markdown") leaf[*key] = true;
        return leaf;
    }
    if (node.is_string())
        return node.get_ref<std::string const&>().substr(0, 64); // the schema asks for short words only
    if (!node.is_structured()) return node;
    Json out = node.is_array() ? Json::array() : Json::object();
    if (node.is_array())
        for (auto const& child : node) out.push_back(skeleton(child));
    else
        for (auto const& [name, child] : node.items()) out.emplace(name, skeleton(child));
    return out;
}

struct Schemas {
    std::unique_ptr<Compiled> document, chart;
};

Schemas const& schemas() {
    static Schemas const compiled = [] {
        Json schema = Json::parse(report_model_schema());
        without_patterns(schema);
        auto& definitions = schema["definitions"];
        auto const has = [](std::vector<std::string> const& types, char const* member) {
            return Json{{"type", types}, {"required", {member}}};
        };
        definitions["leaf"] = has({"object"}, "$leaf");
        definitions["amount"] = has({"object"}, "$leaf");              // Walk::checks knows which
        definitions["printable"] = has({"object", "string"}, "$leaf"); // `required` speaks of objects only
        definitions["chart_leaf"] = has({"object"}, "$chart");
        definitions["markdown"] = has({"object"}, "$markdown");
        Json const chart = {{"definitions", definitions}, {"allOf", Json::array({{{"$ref", "#/definitions/chart"}}})}};
        definitions.erase("chart");
        return Schemas{std::make_unique<Compiled>(schema), std::make_unique<Compiled>(chart)};
    }();
    return compiled;
}

/// The members the schema knows; the plugin's own ones are left out.
Json skeleton_of_document(Json const& model) {
    if (!model.is_object()) return skeleton(model);
    Json out = Json::object();
    for (auto const* name : {"schema", "title", "lead", "sections", "figures", "checks", "fields", "findings"})
        if (model.contains(name)) out[name] = skeleton(model[name]);
    return out;
}

bool matches_id(std::string_view id, bool dotted) {
    bool at_start = true;
    bool dot_seen = false;
    for (char const c : id) {
        bool const letter = c >= 'a' && c <= 'z';
        bool const other = (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (c == '.') {
            if (!dotted || at_start) return false;
            dot_seen = at_start = true;
            continue;
        }
        if (!letter && !(other && (dot_seen || !at_start))) return false;
        at_start = false;
    }
    return !at_start && (dot_seen || !dotted);
}

bool is_field_id(std::string_view id) {
    auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    auto const other = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
    return !id.empty() && letter(id.front()) && std::ranges::all_of(id, other);
}

class Walk {
public:
    explicit Walk(std::vector<Problem>& out) : out_(out) {}

    void value(Json const& node, std::string& pointer) {
        if (out_.size() >= max_problems || !node.is_structured()) return;
        if (auto const* key = leaf_key(node)) {
            check_leaf(node, [&](std::string const& message) { report(pointer, message); });
            if (*key == "$chart" && node["$chart"].is_object()) chart(node["$chart"], pointer + "/$chart");
        }
        auto const length = pointer.size();
        if (node.is_array()) {
            for (std::size_t i = 0; i < node.size(); ++i) {
                if (!node[i].is_structured()) continue;
                pointer += '/';
                pointer += std::to_string(i);
                value(node[i], pointer);
                pointer.resize(length);
            }
            return;
        }
        for (auto const& [name, child] : node.items()) {
            if (!child.is_structured()) continue;
            pointer += '/';
            pointer += escaped(name);
            value(child, pointer);
            pointer.resize(length);
        }
    }

    /// What the schema says with `pattern`.
    void ids(Json const& model) {
        auto const each = [&](char const* member, bool dotted) {
            each_object(model, member, [&](Json const& item, std::string const& at) {
                auto const id = text_of(item, "id");
                if (id && !matches_id(*id, dotted))
                    report(at + "/id",
                           dotted ? fmt::format("\"{}\" is not a {} id: lower case words with dots, like cash.dso", *id,
                                                std::string_view(member).substr(0, std::strlen(member) - 1))
                                  : fmt::format("\"{}\" is not an id: lower case, digits, - and _", *id));
            });
        };
        each("sections", false);
        each("figures", true);
        each("checks", true);
    }

    /// Totals are amounts of money, numbers or percentages.
    void checks(Json const& model) {
        each_object(model, "checks", [&](Json const& check, std::string const& at) {
            for (auto const* member : {"expected", "actual", "difference"}) {
                auto const it = check.find(member);
                if (it == check.end()) continue; // the schema says so
                auto const* key = leaf_key(*it);
                if (key == nullptr || (*key != "$money" && *key != "$num" && *key != "$pct"))
                    report(at + "/" + member, "must be a $money, $num or $pct leaf");
            }
        });
    }

    /// Of an editable document: ids that are words and unique, findings that name a field there is.
    void fields(Json const& model) {
        std::set<std::string> known;
        each_object(model, "fields", [&](Json const& field, std::string const& at) {
            if (field.contains("weight")) decimal(field["weight"], at + "/weight");
            auto const id = text_of(field, "id");
            if (!id) return;
            if (!is_field_id(*id))
                report(at + "/id", fmt::format("\"{}\" is not an id: letters, digits, - and _", *id));
            else if (!known.insert(*id).second)
                report(at + "/id", fmt::format("\"{}\" names two fields", *id));
        });
        each_object(model, "findings", [&](Json const& finding, std::string const& at) {
            if (auto const rule = text_of(finding, "rule"); rule && !matches_id(*rule, true))
                report(at + "/rule",
                       fmt::format("\"{}\" is not a rule: lower case words with dots, like lead.length", *rule));
            if (auto const field = text_of(finding, "field"); field && !known.contains(*field))
                report(at + "/field", fmt::format("there is no field \"{}\"", *field));
        });
    }

private:
    template <class Visit>
    static void each_object(Json const& model, char const* member, Visit visit) {
        auto const list = model.find(member);
        if (list == model.end() || !list->is_array()) return;
        for (std::size_t i = 0; i < list->size(); ++i)
            if ((*list)[i].is_object()) visit((*list)[i], fmt::format("/{}/{}", member, i));
    }
    static std::optional<std::string> text_of(Json const& object, char const* member) {
        auto const it = object.find(member);
        return it != object.end() && it->is_string() ? std::optional(it->get<std::string>()) : std::nullopt;
    }

    void report(std::string pointer, std::string message) {
        if (out_.size() < max_problems) out_.push_back({std::move(pointer), std::move(message)});
    }

    void decimal(Json const& value, std::string const& pointer) {
        if (value.is_string() && !Decimal::parse(value.get_ref<std::string const&>()))
            report(pointer,
                   fmt::format("\"{}\" is not a decimal number", value.get_ref<std::string const&>().substr(0, 60)));
    }

    void chart(Json const& spec, std::string const& pointer) {
        auto const before = out_.size();
        Json shape = Json::object();
        for (auto const& [name, child] : spec.items()) shape[name] = skeleton(child);
        schemas().chart->validate(shape, pointer, out_);
        if (out_.size() > before) return;
        auto const categories = spec.contains("categories") ? spec["categories"].size()
                                : spec["series"].empty()    ? 0
                                                            : spec["series"][0]["values"].size();
        for (std::size_t s = 0; s < spec["series"].size(); ++s) {
            auto const& values = spec["series"][s]["values"];
            auto const here = fmt::format("{}/series/{}/values", pointer, s);
            if (values.size() != categories)
                report(here, fmt::format("has {} values for {} categories", values.size(), categories));
            for (std::size_t i = 0; i < values.size(); ++i) decimal(values[i], fmt::format("{}/{}", here, i));
        }
        for (auto const* end : {"from", "to"})
            if (spec.contains("band")) decimal(spec["band"][end], pointer + "/band/" + end);
        auto const inside = [&](Json const& index, std::size_t size, std::string const& where) {
            if (index.get<std::uint64_t>() >= size)
                report(where, fmt::format("{} is outside: there are {}", index.dump(), size));
        };
        if (spec.contains("now")) inside(spec["now"], categories + 1, pointer + "/now");
        if (spec.contains("totals"))
            for (std::size_t i = 0; i < spec["totals"].size(); ++i)
                inside(spec["totals"][i], categories, fmt::format("{}/totals/{}", pointer, i));
        if (!spec.contains("marks")) return;
        for (std::size_t i = 0; i < spec["marks"].size(); ++i) {
            auto const& mark = spec["marks"][i];
            inside(mark["index"], categories, fmt::format("{}/marks/{}/index", pointer, i));
            if (mark.contains("series"))
                inside(mark["series"], spec["series"].size(), fmt::format("{}/marks/{}/series", pointer, i));
        }
    }

    std::vector<Problem>& out_;
};

} // namespace

std::vector<Problem> problems(Json const& report_model) {
    std::vector<Problem> out;
    std::string pointer;
    Walk walk(out);
    walk.value(report_model, pointer);
    schemas().document->validate(skeleton_of_document(report_model), "", out);
    if (report_model.is_object()) {
        walk.ids(report_model);
        walk.checks(report_model);
        walk.fields(report_model);
    }
    std::vector<Problem> unique;
    for (auto& problem : out) {
        bool const known = std::ranges::any_of(
            unique, [&](Problem const& p) { return p.pointer == problem.pointer && p.message == problem.message; });
        if (!known && unique.size() < max_problems) unique.push_back(std::move(problem));
    }
    return unique;
}

void require_valid(Json const& report_model, std::string const& name) {
    auto const found = problems(report_model);
    if (found.empty()) return;
    std::string message = fmt::format("{} is not a valid report model", name);
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 5); ++i)
        message += fmt::format("{} {}: {}", i == 0 ? ":" : ";",
                               found[i].pointer.empty() ? "(document)" : found[i].pointer, found[i].message);
    if (found.size() > 5) message += fmt::format("; and {} more", found.size() - 5);
    throw Error(ErrorCode::plugin, message);
}

std::vector<Problem> schema_problems(Json const& schema, Json const& value) {
    try {
        std::vector<Problem> out;
        Compiled(schema).validate(value, "", out);
        if (out.size() > max_problems) out.resize(max_problems);
        return out;
    } catch (std::exception const& error) {
        throw Error(ErrorCode::usage, fmt::format("the schema cannot be used: {}", error.what()));
    }
}

} // namespace deckle::model
