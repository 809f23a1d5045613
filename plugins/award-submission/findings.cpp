#include "sections.hpp"
#include <algorithm>
#include <array>
#include <cctype>

namespace award_submission {
namespace {

using Severity = deckle::Finding::Severity;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// "leading" in "misleading" is no word.
bool has_word(std::string const& text, std::string const& word) {
    auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; };
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        auto const end = at + word.size();
        if ((at == 0 || !letter(text[at - 1])) && (end == text.size() || !letter(text[end]))) return true;
    }
    return false;
}

} // namespace

void findings(Entry const& e, deckle::Report& report) {
    auto const days = e.days_left();
    if (e.award.historic)
        report.finding({"award.historic", Severity::error, "This award is no longer run; the entry is for study only"});
    else if (days && *days < 0 && !e.sent())
        report.finding({"deadline.past", Severity::error,
                        leaf::text("Entries closed on {day}", {{"day", leaf::date(e.as_of + *days)}})});
    else if (days && *days <= 7 && !e.sent())
        report.finding(
            {"deadline.soon", Severity::warning, leaf::text("{n} left", {{"n", counted(*days, "day", "days")}})});
    if (!e.award.historic && !e.award.deadline)
        report.finding({"deadline.unknown", Severity::warning,
                        "The catalogue knows no deadline; ask the organizer and write it into the award's file"});
    if (e.award.deadline && !e.deadline)
        report.finding(
            {"deadline.time", Severity::warning,
             leaf::text("\"{time}\" cannot be read; write it as 11:59 PM PST", {{"time", e.award.deadline_time}})});
    if (e.award.opens && *e.award.opens > e.as_of)
        report.finding({"award.not-open", Severity::info,
                        leaf::text("Entries open on {day}", {{"day", leaf::date(*e.award.opens)}})});
    for (Rule const& r : e.rules) {
        if (!r.ruling.readable)
            report.finding(
                {"eligibility.rule", Severity::error,
                 leaf::text("The rule \"{rule}\" ({id}) is not understood", {{"rule", r.text}, {"id", r.id}})});
        else if (r.ruling.verdict == Verdict::fail)
            report.finding({"eligibility.fail", Severity::error, leaf::text("Not met: {rule}", {{"rule", r.meaning}})});
        else if (r.ruling.verdict == Verdict::unknown)
            report.finding({"eligibility.unknown", Severity::warning,
                            leaf::text("To be settled by a person: {rule} ({why})",
                                       {{"rule", r.meaning}, {"why", why(r.ruling.reason)}})});
    }
    if (!e.award.not_verified.empty())
        report.finding({"award.not-verified", Severity::info,
                        leaf::text("Not verified with the organizer: {what}", {{"what", e.award.not_verified}})});
    if (e.award.verified_financials && e.edits.present() && e.edits.text("check-financials") != "Done")
        report.finding({"checklist.financials", Severity::warning,
                        "The award wants the figures confirmed by an accountant; the sign-off is open",
                        "check-financials"});
    static constexpr std::array platitudes{"world-class", "best-in-class",    "cutting-edge",     "passionate",
                                           "leading",     "premier",          "unparalleled",     "one-stop",
                                           "synergy",     "state-of-the-art", "go the extra mile"};
    for (Question const& q : e.questions) {
        deckle::Edit const* const edit = e.edits.find(q.field.id);
        if (edit == nullptr || q.field.kind != deckle::Field::Kind::text || edit->text.empty()) continue;
        std::string const text = lower(edit->text);
        for (char const* word : platitudes)
            if (has_word(text, word))
                report.finding(
                    {"answer.platitude", Severity::warning,
                     leaf::text("\"{word}\" says nothing that can be checked; say what happened, when, and how much",
                                {{"word", word}}),
                     q.field.id});
        bool const long_text = std::count(text.begin(), text.end(), ' ') >= 40;
        if (long_text && std::none_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
            report.finding(
                {"answer.figures", Severity::warning, "No date and no number stands in this answer", q.field.id});
    }
}

void figures(Entry const& e, deckle::Report& report) {
    std::string const period = e.as_of.to_string();
    auto const ready = readiness(e);
    auto const days = e.days_left();
    report.figure({.id = "award.days_left",
                   .label = "Days left to enter",
                   .value = days ? leaf::num(*days) : leaf::na("deadline_not_known"),
                   .unit = "days",
                   .period = period,
                   .source = {"award_catalogue"},
                   .formula = "last day of entry at the company - as-of date"});
    report.figure({.id = "award.readiness",
                   .label = "Readiness",
                   .value = std::holds_alternative<Decimal>(ready) ? leaf::pct(std::get<Decimal>(ready))
                                                                   : leaf::na(std::get<std::string>(ready)),
                   .unit = "percent",
                   .period = period,
                   .source = {"award_questions"},
                   .formula = "weight of approved required answers / weight of required answers"});
    auto number = [&](char const* id, char const* label, std::int64_t n) {
        report.figure({.id = id,
                       .label = label,
                       .value = leaf::num(n),
                       .unit = "rules",
                       .period = period,
                       .source = {"award_rules", "facts"},
                       .formula = "number of rules"});
    };
    number("award.rules_passed", "Rules passed", count(e, Verdict::pass));
    number("award.rules_failed", "Rules failed", count(e, Verdict::fail));
    number("award.rules_unknown", "Rules that cannot be decided", count(e, Verdict::unknown));
}

} // namespace award_submission
