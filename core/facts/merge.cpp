#include "facts/merge.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::facts {
namespace {

std::string trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\n");
    return first == std::string_view::npos
               ? ""
               : std::string(text.substr(first, text.find_last_not_of(" \t\n") - first + 1));
}

/// "line 2, column 14"; the line only where there are several. Columns count characters.
std::string place(std::string_view text, std::size_t at) {
    auto const line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
    auto const start = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    auto const before = text.substr(start == std::string_view::npos ? 0 : start + 1,
                                    at - (start == std::string_view::npos ? 0 : start + 1));
    auto const column = std::count_if(before.begin(), before.end(), [](char c) { return (c & 0xC0) != 0x80; }) + 1;
    return text.find('\n') == std::string_view::npos ? fmt::format("column {}", column)
                                                     : fmt::format("line {}, column {}", line, column);
}

model::DateStyle date_style(std::string_view name) {
    constexpr std::string_view names[] = {"long", "medium", "day", "month", "month_short", "month_year"};
    return static_cast<model::DateStyle>(std::ranges::find(names, name) - std::begin(names));
}

/// nullopt with `fault` when the filter does not suit the value.
std::optional<std::string> print_with(Filter const& filter, Value value, model::Formatter const& formatter,
                                      std::string& fault) {
    using enum Filter::Kind;
    auto const unless = [&](bool suits, char const* what) {
        if (!suits) fault = what;
        return suits;
    };
    if (filter.digits) value.digits = filter.digits;
    switch (filter.kind) {
    case none:
    case text:
        break;
    case money:
        if (!unless(value.is_money(), "is no money")) return std::nullopt;
        break;
    case pct:
        if (!unless(value.is_ratio(), "is no percentage")) return std::nullopt;
        break;
    case digits:
        if (!unless(value.number() != nullptr, "is no number")) return std::nullopt;
        break;
    case num: { // as it prints, without the sign
        if (!unless(value.number() != nullptr, "is no number")) return std::nullopt;
        model::NumberStyle style{.digits = value.digits, .symbol = false};
        if (value.is_money()) return formatter.money(*value.number(), value.unit, style);
        if (!value.is_ratio()) break;
        style.digits = value.digits.value_or(1);
        return formatter.number(*value.number() * Decimal(100), style);
    }
    case date:
        if (!unless(value.day() != nullptr, "is no date")) return std::nullopt;
        return formatter.date(*value.day(), date_style(filter.style));
    }
    return print(value, formatter);
}

void merge_field(std::string_view text, std::size_t open, std::string_view inside, Context const& context,
                 Merged& merged) {
    std::string const whole = trimmed(inside);
    std::string const name = trimmed(inside.substr(0, inside.find('|')));
    auto const mark = [&](std::string const& marker, std::size_t at, std::string rule, std::string const& message) {
        merged.issues.push_back(
            {std::move(rule), Severity::error, fmt::format("{}: {{{{{}}}}}: {}", place(text, at), whole, message)});
        merged.pieces.push_back({merged.text.size(), merged.text.size() + marker.size(), std::nullopt, name, {}});
        merged.text += marker;
    };
    auto const parsed = parse_expression(inside);
    if (auto const* fault = std::get_if<SyntaxFault>(&parsed))
        return mark(fmt::format("«not understood: {}»", whole), open + 2 + fault->at, "fact.syntax", fault->message);
    auto const& expression = std::get<Expression>(parsed);
    Answer answer = evaluate(expression, context);
    for (std::string& fact : answer.facts)
        if (std::ranges::find(merged.facts, fact) == merged.facts.end()) merged.facts.push_back(std::move(fact));
    if (answer.issue) {
        std::string const& rule = answer.issue->rule;
        char const* const what = rule == "fact.stale" ? "stale" : rule == "fact.unit" ? "not comparable" : "missing";
        return mark(rule == "fact.na" ? "n/a" : fmt::format("«{}: {}»", what, name), open, rule, answer.issue->message);
    }
    std::string fault;
    auto const printed = print_with(expression.filter, *answer.value, context.formatter, fault);
    if (!printed)
        return mark(fmt::format("«not printable: {}»", whole), open, "fact.filter",
                    fmt::format("{} {}; it prints as {}", name, fault, print(*answer.value, context.formatter)));
    std::size_t const begin = merged.text.size();
    merged.text += *printed;
    merged.pieces.push_back({begin, merged.text.size(), answer.value, name, answer.label});
}

} // namespace

Merged merge(std::string_view text, Context const& context) {
    Merged merged;
    std::size_t at = 0;
    while (true) {
        auto const open = text.find("{{", at);
        merged.text += text.substr(at, open == std::string_view::npos ? open : open - at);
        if (open == std::string_view::npos) break;
        auto const close = text.find("}}", open);
        if (close == std::string_view::npos) {
            merged.issues.push_back(
                {"fact.syntax", Severity::error,
                 fmt::format("{}: a merge field that begins with {{{{ has no }}}}", place(text, open))});
            merged.text += text.substr(open);
            break;
        }
        std::string_view const inside = text.substr(open + 2, close - open - 2);
        merge_field(text, open, inside, context, merged);
        at = close + 2;
    }
    for (Issue& issue : contradictions(merged, context.formatter)) merged.issues.push_back(std::move(issue));
    return merged;
}

} // namespace deckle::facts
