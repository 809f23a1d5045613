#include "drafts/check.hpp"
#include "base/file.hpp"
#include "data/values.hpp"
#include "drafts/count.hpp"
#include "template/markdown.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace deckle::drafts {
namespace {

using model::Json;

/// What is wrong with a text of this kind; empty when nothing is.
std::string fault_of_kind(std::string const& kind, std::string const& text, Json const& field,
                          model::Formatter const& formatter, std::filesystem::path const& workspace) {
    if (kind == "number") {
        char const point =
            formatter.number(Decimal::of("0.5"), {.digits = 1}).find(',') == std::string::npos ? '.' : ',';
        std::string reason;
        if (!data::parse_number(text, point, reason)) return fmt::format("\"{}\" is no number: {}", text, reason);
    } else if (kind == "date") {
        if (!Date::parse(text)) return fmt::format("\"{}\" is no date; write YYYY-MM-DD", text);
    } else if (kind == "choice") {
        auto const choices = field.value("choices", std::vector<std::string>{});
        if (std::ranges::find(choices, text) == choices.end())
            return fmt::format("\"{}\" is none of the choices: {}", text, fmt::join(choices, ", "));
    } else if (kind == "file") {
        auto const path = workspace / text;
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(path, ignored) || !is_inside(path, workspace))
            return fmt::format("there is no file {} in the workspace", text);
    }
    return {};
}

} // namespace

std::vector<Json> check_field(Json const& field, facts::Merged const& merged, model::Formatter const& formatter,
                              std::filesystem::path const& workspace) {
    std::vector<Json> findings;
    std::string const id = field.at("id");
    std::string const kind = field.at("kind");
    auto const add = [&](std::string rule, char const* severity, std::string message) {
        findings.push_back(
            {{"rule", std::move(rule)}, {"severity", severity}, {"field", id}, {"message", std::move(message)}});
    };
    bool const empty = merged.text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (empty && field.value("required", false)) add("field.required", "error", "An answer is required");
    if (auto const limit = field.find("limit"); limit != field.end()) {
        int const most = limit->at("max");
        int const n = field.at("count");
        if (n > most)
            add("field.limit", "error",
                fmt::format("{} of at most {} {}: {} too many", n, most,
                            unit_words(unit_of(limit->at("unit").get<std::string>())), n - most));
    }
    bool const merges =
        std::ranges::none_of(merged.issues, [](auto const& i) { return i.severity == Severity::error; });
    if (!empty && merges)
        if (auto fault = fault_of_kind(kind, merged.text, field, formatter, workspace); !fault.empty())
            add("field." + kind, "error", std::move(fault));
    for (facts::Issue const& issue : merged.issues)
        add(issue.rule, issue.severity == Severity::error ? "error" : "warning", issue.message);
    if (field.value("markdown", false))
        for (auto const& found : templates::markdown_findings(merged.text))
            add(found.rule, "warning", fmt::format("line {}: {}", found.line, found.message));
    return findings;
}

} // namespace deckle::drafts
