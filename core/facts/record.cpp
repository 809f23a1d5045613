// Facts as JSON (what the store keeps) and as the dataset that documents open.
#include "data/table_builder.hpp"
#include "data/values.hpp"
#include "facts/sources.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::facts {

using model::Json;

std::string to_json(Fact const& fact) {
    Json json{{"label", fact.label}, {"unit", fact.value.unit}, {"source", fact.source}, {"public", fact.is_public}};
    if (auto const* number = fact.value.number()) json["value"] = number->to_string();
    if (auto const* day = fact.value.day()) json["day"] = day->to_string();
    if (auto const* words = fact.value.words()) json["text"] = *words;
    if (fact.value.digits) json["digits"] = *fact.value.digits;
    if (!fact.evidence.empty()) json["evidence"] = fact.evidence;
    if (fact.as_of) json["as_of"] = fact.as_of->to_string();
    if (fact.valid_until) json["valid_until"] = fact.valid_until->to_string();
    return json.dump();
}

Fact from_json(std::string const& text) {
    try {
        Json const json = Json::parse(text);
        auto const date = [&](char const* name) {
            return json.contains(name) ? std::optional(Date::of(json.at(name).get<std::string>())) : std::nullopt;
        };
        Fact fact;
        fact.label = json.at("label");
        fact.value.unit = json.at("unit");
        fact.source = json.at("source");
        fact.is_public = json.at("public");
        fact.evidence = json.value("evidence", "");
        if (json.contains("digits")) fact.value.digits = json.at("digits").get<int>();
        fact.as_of = date("as_of");
        fact.valid_until = date("valid_until");
        if (json.contains("value"))
            fact.value.content = Decimal::of(json.at("value").get<std::string>());
        else if (json.contains("day"))
            fact.value.content = *date("day");
        else
            fact.value.content = json.at("text").get<std::string>();
        return fact;
    } catch (std::exception const& e) {
        throw Error(ErrorCode::data, fmt::format("a fact set by hand cannot be read: {}", e.what()));
    }
}

Value parse_value(std::string const& text, std::string const& unit, std::string const& currency) {
    if (unit == "text") return {text, "", {}};
    if (auto const day = Date::parse(text); day && unit.empty()) return {*day, "", {}};
    std::string reason;
    auto const number = data::parse_number(text, '.', reason);
    if (!number) {
        if (!unit.empty())
            throw Error(ErrorCode::usage, fmt::format("'{}' is no number of {}: {}", text, unit, reason));
        return {text, "", {}};
    }
    bool const percent = text.ends_with('%');
    std::string const code = text.size() > 3 && data::is_currency(text.substr(0, 3)) ? text.substr(0, 3)
                             : text.size() > 3 && data::is_currency(text.substr(text.size() - 3))
                                 ? text.substr(text.size() - 3)
                                 : "";
    bool const sign = text.find_first_of("$") != std::string::npos || text.find("\xe2\x82\xac") != std::string::npos ||
                      text.find("\xc2\xa3") != std::string::npos;
    std::string const found = percent ? "percent" : !code.empty() ? code : sign ? currency : unit;
    if (!unit.empty() && found != unit)
        throw Error(ErrorCode::usage, fmt::format("'{}' is no number of {}", text, unit));
    if (unit == "percent" && !percent)
        throw Error(ErrorCode::usage, fmt::format("write a percentage with its sign: {}%", text));
    return {*number, found, {}};
}

data::Dataset dataset(FactSet const& facts, data::DatasetRequest const& request, data::Catalogue const& catalogue,
                      model::Formatter const& formatter, Instant now) {
    auto const& definition = *catalogue.find("facts");
    std::vector<data::ColumnSpec> specs;
    auto const add = [&](std::string const& name) {
        auto const* column = definition.find(name);
        if (column == nullptr)
            throw Error(ErrorCode::plugin, "the dataset facts has no column '" + name + "', which the plugin asks for");
        specs.push_back({column->name, column->type, column->type == data::Type::decimal ? 12 : 0, ""});
    };
    for (auto const& column : request.columns) add(column.name);
    if (specs.empty())
        for (auto const& column : definition.columns) add(column.name);
    data::TableBuilder table(specs);
    for (Fact const& fact : facts.facts()) {
        for (std::size_t i = 0; i < specs.size(); ++i) {
            auto& out = table[i];
            std::string const& name = specs[i].name;
            auto const text = [&](std::string const& value) { value.empty() ? out.null() : out.text(value); };
            auto const day = [&](std::optional<Date> const& date) { date ? out.date(*date) : out.null(); };
            if (name == "id") out.text(fact.id);
            if (name == "period") text(fact.period.text);
            if (name == "label") out.text(fact.label);
            if (name == "text") fact.value.words() != nullptr ? out.text(*fact.value.words()) : out.null();
            if (name == "value") fact.value.number() != nullptr ? out.decimal(*fact.value.number()) : out.null();
            if (name == "day") fact.value.day() != nullptr ? out.date(*fact.value.day()) : out.null();
            if (name == "unit") text(fact.value.unit);
            if (name == "source") text(fact.source);
            if (name == "evidence") text(fact.evidence);
            if (name == "as_of") day(fact.as_of);
            if (name == "valid_until") day(fact.valid_until);
            if (name == "digits") fact.value.digits ? out.integer(*fact.value.digits) : out.null();
            if (name == "public") out.boolean(fact.is_public);
            if (name == "printed") out.text(print(fact.value, formatter));
        }
    }
    data::Dataset dataset;
    dataset.table = table.finish();
    for (auto const& spec : specs) dataset.bound.push_back(spec.name);
    dataset.source = {.name = "facts",
                      .dataset = "facts",
                      .connector = "facts",
                      .file = "",
                      .fetched = now,
                      .rows = dataset.table.rows,
                      .rejected = 0,
                      .filtered = 0,
                      .sha256 = ""};
    return dataset;
}

} // namespace deckle::facts
