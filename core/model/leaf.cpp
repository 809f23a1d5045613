#include "model/leaf.hpp"
#include "base/date.hpp"
#include "base/zone.hpp"
#include "model/formatter.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>

namespace deckle::model {
namespace {

enum class Option { digits, scale, flag, date_style, datetime_style, args };

struct OptionRule {
    std::string_view name;
    Option kind;
};

struct LeafRule {
    std::string_view key;
    std::string_view type;
    std::vector<OptionRule> options;
};

std::array<LeafRule, 10> const& rules() {
    static std::array<LeafRule, 10> const all{{
        {"$money",
         "money",
         {{"digits", Option::digits},
          {"scale", Option::scale},
          {"symbol", Option::flag},
          {"accounting", Option::flag},
          {"sign", Option::flag}}},
        {"$num", "num", {{"digits", Option::digits}, {"sign", Option::flag}}},
        {"$pct", "pct", {{"digits", Option::digits}, {"sign", Option::flag}}},
        {"$date", "date", {{"style", Option::date_style}}},
        {"$datetime", "datetime", {{"style", Option::datetime_style}}},
        {"$text", "text", {{"args", Option::args}}},
        {"$na", "na", {}},
        {"$markdown", "markdown", {}},
        {"$chart", "chart", {}},
        {"$image", "image", {}},
    }};
    return all;
}

LeafRule const* rule_of(std::string_view key) {
    auto const it = std::ranges::find(rules(), key, &LeafRule::key);
    return it == rules().end() ? nullptr : &*it;
}

bool is_integer_in(Json const& value, std::int64_t low, std::int64_t high) {
    if (!value.is_number_integer()) return false;
    auto const number =
        value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX ? INT64_MAX : value.get<std::int64_t>();
    return number >= low && number <= high;
}

std::optional<std::string> option_fault(Option kind, Json const& value) {
    auto const one_of = [&](std::initializer_list<std::string_view> words) -> std::optional<std::string> {
        if (value.is_string() && std::ranges::find(words, value.get_ref<std::string const&>()) != words.end())
            return {};
        return fmt::format("must be one of {}", fmt::join(words, ", "));
    };
    switch (kind) {
    case Option::digits:
        return is_integer_in(value, 0, 18) ? std::nullopt : std::optional("must be a whole number from 0 to 18");
    case Option::scale:
        return is_integer_in(value, 0, 12) ? std::nullopt : std::optional("must be a whole number from 0 to 12");
    case Option::flag:
        return value.is_boolean() ? std::nullopt : std::optional("must be true or false");
    case Option::args:
        return value.is_object() ? std::nullopt : std::optional("must be an object of leaves and strings");
    case Option::date_style:
        return one_of({"long", "medium", "day", "month", "month_short", "month_year"});
    case Option::datetime_style:
        return one_of({"medium", "short"});
    }
    return {};
}

bool is_decimal(Json const& value) {
    return value.is_string() && Decimal::parse(value.get_ref<std::string const&>());
}

bool is_currency(Json const& value) {
    if (!value.is_string()) return false;
    auto const& code = value.get_ref<std::string const&>();
    return code.size() == 3 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_reason(std::string_view text) {
    auto const name = text.substr(0, text.find(':'));
    auto const word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && name[0] >= 'a' && name[0] <= 'z' && std::ranges::all_of(name, word) &&
           (name.size() == text.size() || text.size() > name.size() + 1);
}

/// What is wrong with the leaf's main value, in words.
std::optional<std::string> value_fault(std::string_view type, Json const& value) {
    auto const text = [&]() -> std::string_view { return value.get_ref<std::string const&>(); };
    if (type == "money") {
        bool const ok = value.is_array() && value.size() == 2 && is_decimal(value[0]) && is_currency(value[1]);
        return ok ? std::nullopt : std::optional(R"(must be [amount, currency] like ["1234.50","USD"])");
    }
    if (type == "num" || type == "pct")
        return is_decimal(value) ? std::nullopt : std::optional("must be a decimal number as a string, like \"12.5\"");
    if (type == "date")
        return value.is_string() && Date::parse(text()) ? std::nullopt
                                                        : std::optional("must be a calendar date like \"2026-10-31\"");
    if (type == "datetime")
        return value.is_string() && parse_instant(text())
                   ? std::nullopt
                   : std::optional("must be a moment like \"2026-11-01T11:00:00Z\"");
    if (type == "na")
        return value.is_string() && is_reason(text())
                   ? std::nullopt
                   : std::optional("must be a reason in lower case, like \"no_revenue\" or \"missing_column:due\"");
    if (type == "chart") return value.is_object() ? std::nullopt : std::optional("must be a chart object");
    return value.is_string() ? std::nullopt : std::optional("must be a string");
}

} // namespace

std::string_view leaf_type(Json const& value) {
    if (value.is_object()) {
        auto const* key = leaf_key(value);
        auto const* rule = key ? rule_of(*key) : nullptr;
        return rule ? rule->type : std::string_view{};
    }
    if (value.is_array() || value.is_null()) return {};
    return "text";
}

bool split_sentence(std::string_view sentence, TextPiece const& piece) {
    while (!sentence.empty()) {
        auto const brace = sentence.find_first_of("{}");
        if (brace != 0) {
            piece(sentence.substr(0, brace), false);
            if (brace == std::string_view::npos) return true;
            sentence.remove_prefix(brace);
            continue;
        }
        if (sentence.size() > 1 && sentence[1] == sentence[0]) {
            piece(sentence.substr(0, 1), false);
            sentence.remove_prefix(2);
            continue;
        }
        auto const end = sentence.find('}');
        if (sentence[0] == '}' || end == std::string_view::npos || end == 1) return false;
        piece(sentence.substr(1, end - 1), true);
        sentence.remove_prefix(end + 1);
    }
    return true;
}

void check_leaf(Json const& leaf, LeafReport const& report) {
    std::string const& key = *leaf_key(leaf);
    auto const* rule = rule_of(key);
    if (rule == nullptr) {
        std::vector<std::string_view> known;
        for (auto const& one : rules()) known.push_back(one.key);
        report(fmt::format("unknown leaf {} (known: {})", key, fmt::join(known, ", ")));
        return;
    }
    for (auto const& [name, value] : leaf.items()) {
        if (name == key) continue;
        auto const option = std::ranges::find(rule->options, name, &OptionRule::name);
        if (option == rule->options.end()) {
            std::vector<std::string_view> known;
            for (auto const& one : rule->options) known.push_back(one.name);
            report(fmt::format("{} has no option \"{}\" ({})", key, name,
                               known.empty() ? "it has none" : fmt::format("known: {}", fmt::join(known, ", "))));
        } else if (auto const fault = option_fault(option->kind, value)) {
            report(fmt::format("option \"{}\" of {} {}", name, key, *fault));
        }
    }
    Json const& value = leaf.at(key);
    if (auto const fault = value_fault(rule->type, value)) {
        report(fmt::format("{} {}", key, *fault));
        return;
    }
    if (rule->type != "text") return;
    auto const args = leaf.find("args");
    bool const closed = split_sentence(value.get_ref<std::string const&>(), [&](std::string_view piece, bool name) {
        if (name && (args == leaf.end() || !args->is_object() || !args->contains(std::string(piece))))
            report(fmt::format("$text names {{{}}}, which args does not have", piece));
    });
    if (!closed) report("$text has a brace alone; write {name} for a place, {{ and }} for braces");
}

std::string reason_text(std::string_view reason) {
    auto const colon = reason.find(':');
    std::string words(reason.substr(0, colon));
    std::ranges::replace(words, '_', ' ');
    if (colon == std::string_view::npos) return words;
    std::string const object(reason.substr(colon + 1));
    if (words.starts_with("missing ")) return words.substr(8) + " " + object + " is missing";
    return words + ": " + object;
}

} // namespace deckle::model
