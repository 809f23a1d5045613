// Elements, lengths, the line of timing, the dateline, the contacts.
#include "lint.hpp"
#include "text.hpp"
#include <algorithm>
#include <array>
#include <set>

namespace press_release {
namespace {

bool holds(std::string const& text, std::string_view what) {
    return text.find(what) != std::string::npos;
}

void elements(LintInput const& in, std::vector<Problem>& out) {
    Texts const& t = in.texts;
    auto need = [&](std::string const& text, char const* field, char const* what, Severity severity = Severity::error) {
        if (text.empty())
            out.push_back({"element.missing", severity, field, std::string("The release has no ") + what});
    };
    need(t.timing, "timing", "line that says when it may be published");
    need(t.contacts.empty() ? "" : t.contacts.front(), "contact_1", "media contact");
    need(t.headline, "headline", "headline");
    need(t.dateline, "dateline", "dateline");
    need(t.lead, "lead", "lead paragraph");
    need(t.body, "body", "body");
    need(t.about.empty() ? "" : t.about.front(), "about_1", "paragraph about the company");
    need(t.call_to_action, "call_to_action", "call to action", Severity::warning);
    if (std::none_of(t.quotes.begin(), t.quotes.end(), [](QuoteText const& q) { return !q.text.empty(); }))
        out.push_back({"element.missing", Severity::warning, "", "The release quotes nobody"});
}

void lengths(LintInput const& in, std::vector<Problem>& out) {
    Texts const& t = in.texts;
    auto const headline = characters(t.headline);
    if (headline > 100)
        out.push_back({"headline.length", Severity::error, "headline",
                       "The headline has " + std::to_string(headline) + " characters; 100 is the most, 70 is better"});
    else if (headline > 70)
        out.push_back(
            {"headline.length", Severity::warning, "headline",
             "The headline has " + std::to_string(headline) + " characters; up to 70 are shown whole everywhere"});
    if (holds(t.headline, "!"))
        out.push_back({"headline.exclamation", Severity::error, "headline", "A headline has no exclamation mark"});
    if (auto const n = words(t.lead).size(); n > 45)
        out.push_back(
            {"lead.length", Severity::warning, "lead",
             "The lead has " + std::to_string(n) + " words; 35 to 45 say who, what, when, where, why and how"});
    if (!t.lead.empty() && !in.company.empty() && !holds(t.lead, in.company))
        out.push_back({"lead.who", Severity::warning, "lead", "The lead does not name " + in.company});
    std::size_t total = 0;
    for (Part const& p : parts(t)) total += words(p.text).size();
    if (total > 500)
        out.push_back({"release.length", Severity::warning, "",
                       "The release has " + std::to_string(total) + " words; 400 to 500 fit on a page"});
    for (std::size_t i = 0; i < t.about.size(); ++i)
        if (auto const n = sentences(t.about[i]); n > 3)
            out.push_back(
                {"boilerplate.length", Severity::warning, "about_" + std::to_string(i + 1),
                 "The paragraph about the company has " + std::to_string(n) + " sentences; three are the most"});
    // A subhead adds to the headline: more than half of its longer words may not
    // stand there already.
    std::set<std::string> known;
    for (std::string const& w : words(lower(t.headline))) known.insert(w);
    int shared = 0, longer = 0;
    for (std::string const& w : words(lower(t.subhead)))
        if (w.size() > 3) ++longer, shared += known.contains(w) ? 1 : 0;
    if (longer > 0 && shared * 2 > longer)
        out.push_back({"subhead.repeats", Severity::warning, "subhead",
                       "The subhead repeats the headline; let it add something, or "
                       "leave it out"});
}

/// "9 A.M. CST", "NOON ET", "17:00 UTC-5": the last word of the line names a
/// zone.
bool names_a_zone(std::string const& line) {
    auto const list = words(line);
    if (list.empty()) return false;
    std::string last = list.back();
    std::erase(last, '.');
    return deckle::detail::zone_minutes(last, Date()).has_value() && last.find_first_of("0123456789") != 0;
}

void timing(LintInput const& in, std::vector<Problem>& out) {
    std::string const& line = in.texts.timing;
    if (line.empty()) return;
    bool const immediate = line.starts_with("FOR IMMEDIATE RELEASE");
    bool const held = line.starts_with("EMBARGOED UNTIL") || line.starts_with("HOLD FOR RELEASE UNTIL");
    if (!immediate && !held)
        out.push_back({"timing.form", Severity::error, "timing",
                       "The line begins with FOR IMMEDIATE RELEASE, EMBARGOED "
                       "UNTIL or HOLD FOR RELEASE UNTIL, in capitals"});
    auto const& embargo = in.record.embargo_date;
    if (immediate && embargo && *embargo >= in.as_of)
        out.push_back({"embargo.line", Severity::error, "timing",
                       "The release is under embargo until " + ap_date(*embargo) +
                           "; the line says that it may be published now"});
    if (!held) return;
    if (!names_a_zone(line))
        out.push_back(
            {"embargo.zone", Severity::error, "timing", "The embargo names no time zone; end the line as 9 A.M. CST"});
    if (!embargo) {
        out.push_back(
            {"embargo.line", Severity::error, "timing", "The line speaks of an embargo, and the release has none"});
        return;
    }
    if (*embargo < in.as_of)
        out.push_back({"embargo.past", Severity::error, "timing",
                       "The embargo ended on " + ap_date(*embargo) + "; write FOR IMMEDIATE RELEASE"});
    if (!holds(line, capitals(ap_date(*embargo))))
        out.push_back({"embargo.line", Severity::error, "timing",
                       "The line names another day than the embargo, " + ap_date(*embargo)});
    if (in.record.release_date && *in.record.release_date != *embargo)
        out.push_back({"embargo.date", Severity::warning, "timing",
                       "The release is dated " + ap_date(*in.record.release_date) + ", the embargo ends on " +
                           ap_date(*embargo)});
}

void dateline_rules(LintInput const& in, std::vector<Problem>& out) {
    std::string const& line = in.texts.dateline;
    if (line.empty()) return;
    auto const end = std::min({line.find(','), line.find(" –"), line.find(" —"), line.find(" -"), line.size()});
    std::string const city = line.substr(0, end);
    if (city != capitals(city))
        out.push_back({"dateline.city", Severity::error, "dateline", "The city stands in capitals: " + capitals(city)});
    bool const dash = line.ends_with("–") || line.ends_with("—") || line.ends_with("-");
    if (!dash)
        out.push_back({"dateline.dash", Severity::warning, "dateline", "A dash ends the dateline, before the lead"});
    if (end < line.size() && line[end] == ',') {
        auto const state_end = std::min(
            {line.find(" –", end), line.find(" —", end), line.find(" -", end), line.find(',', end + 1), line.size()});
        std::string const state =
            line.substr(end + 2 > state_end ? state_end : end + 2, state_end - std::min(end + 2, state_end));
        if (stands_alone(city))
            out.push_back({"dateline.state", Severity::warning, "dateline", city + " stands without its state"});
        else if (ap_state(state) != state)
            out.push_back(
                {"dateline.state", Severity::warning, "dateline", "AP writes the state as " + ap_state(state)});
    } else if (!stands_alone(city) && !in.record.state.empty()) {
        out.push_back(
            {"dateline.state", Severity::warning, "dateline", "The state is missing: " + ap_state(in.record.state)});
    }
    if (in.record.release_date && !holds(line, ap_date(*in.record.release_date)))
        out.push_back({"dateline.date", Severity::error, "dateline",
                       "The dateline must bear the date of the release, written " + ap_date(*in.record.release_date)});
}

void contacts(LintInput const& in, std::vector<Problem>& out) {
    for (std::size_t i = 0; i < in.texts.contacts.size(); ++i) {
        std::string const& contact = in.texts.contacts[i];
        if (contact.empty()) continue;
        std::string const field = "contact_" + std::to_string(i + 1);
        auto const digits = std::count_if(contact.begin(), contact.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (digits < 7)
            out.push_back({"contact.phone", Severity::warning, field, "The contact has no telephone number"});
        if (!holds(contact, "@"))
            out.push_back({"contact.email", Severity::warning, field, "The contact has no e-mail address"});
    }
}

} // namespace

void lint_form(LintInput const& in, std::vector<Problem>& out) {
    elements(in, out);
    lengths(in, out);
    timing(in, out);
    dateline_rules(in, out);
    contacts(in, out);
}

} // namespace press_release
