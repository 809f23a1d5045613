#include "sections.hpp"
#include <algorithm>

namespace award_submission {
namespace {

/// The deadline as the award states it: its own day, time and zone.
Json stated(Entry const& e) {
    if (!e.award.deadline) return leaf::na("deadline_not_known");
    if (e.award.deadline_time.empty()) return leaf::date(*e.award.deadline);
    return leaf::text("{day}, {time}", {{"day", leaf::date(*e.award.deadline)}, {"time", e.award.deadline_time}});
}

Json ready(Entry const& e, int digits) {
    auto const value = readiness(e);
    if (auto const* share = std::get_if<Decimal>(&value)) return leaf::pct(*share, {.digits = digits});
    return leaf::na(std::get<std::string>(value));
}

Json verdict_cell(Verdict verdict) {
    return verdict == Verdict::pass ? "Pass" : verdict == Verdict::fail ? "Fail" : "Unknown";
}

} // namespace

std::int64_t count(Entry const& entry, Verdict verdict) {
    return std::count_if(entry.rules.begin(), entry.rules.end(),
                         [&](Rule const& r) { return r.ruling.verdict == verdict; });
}

std::int64_t texts_with_markers(Entry const& entry) {
    return std::count_if(entry.questions.begin(), entry.questions.end(), [&](Question const& q) {
        deckle::Edit const* const edit = entry.edits.find(q.field.id);
        return edit != nullptr && edit->text.find("«missing: ") != std::string::npos;
    });
}

Json title(Entry const& e) {
    Json const name = e.award.name;
    std::string const& state = e.edits.state();
    if (state == "won") return leaf::text("We won the {award}", {{"award", name}});
    if (state == "shortlisted") return leaf::text("{award}: we are on the shortlist", {{"award", name}});
    if (state == "lost") return leaf::text("{award}: entered and not won", {{"award", name}});
    if (state == "submitted") return leaf::text("{award}: submitted, the result is open", {{"award", name}});
    if (e.award.historic) return leaf::text("{award} can no longer be entered", {{"award", name}});
    auto const days = e.days_left();
    if (!days)
        return leaf::text("{award}: {ready} ready, and nobody has confirmed a deadline",
                          {{"award", name}, {"ready", ready(e, 0)}});
    if (*days < 0)
        return leaf::text("{award} closed {ago} ago", {{"award", name}, {"ago", counted(-*days, "day", "days")}});
    Json const when = *days == 0 ? Json("today") : leaf::text("in {n}", {{"n", counted(*days, "day", "days")}});
    if (auto const failed = count(e, Verdict::fail); failed > 0)
        return leaf::text(
            "{award} closes {when}, and we do not meet {rules}",
            {{"award", name}, {"when", when}, {"rules", counted(failed, "of its rules", "of its rules")}});
    return leaf::text("{award} closes {when}; {ready} of the answers stand approved",
                      {{"award", name}, {"when", when}, {"ready", ready(e, 0)}});
}

Json lead(Entry const& e) {
    std::vector<std::pair<std::string, Json>> args;
    std::string pattern;
    auto say = [&](std::string const& sentence, std::vector<std::pair<std::string, Json>> more) {
        pattern += (pattern.empty() ? "" : " ") + sentence;
        for (auto& arg : more) args.push_back(std::move(arg));
    };
    auto const pass = count(e, Verdict::pass), unknown = count(e, Verdict::unknown);
    auto const all = static_cast<std::int64_t>(e.rules.size());
    if (all > 0)
        say(unknown == 0 ? "We meet {pass} of {all} rules."
                         : "We meet {pass} of {all} rules; {unknown} cannot be decided from the facts.",
            {{"pass", leaf::num(pass)}, {"all", leaf::num(all)}, {"unknown", leaf::num(unknown)}});
    std::int64_t open = 0, required = 0;
    for (Question const& q : e.questions) {
        required += q.field.required ? 1 : 0;
        open += q.field.required && !e.approved(q.field.id) ? 1 : 0;
    }
    if (!e.sent() && required > 0)
        say(open == 0 ? "All {required} required answers are approved."
                      : "{open} of {required} required answers wait for approval.",
            {{"open", leaf::num(open)}, {"required", leaf::num(required)}});
    if (auto const markers = texts_with_markers(e); markers > 0)
        say("It is not ready: {marked} a fact that is missing or out of date.",
            {{"marked", counted(markers, "answer names", "answers name")}});
    if (e.days_left().value_or(0) < 0 && !e.sent() && !e.award.historic) say("The deadline is past.", {});
    if (pattern.empty()) return e.award.summary;
    for (auto it = args.begin(); it != args.end();) // a place that no sentence names is an error of the model
        it = pattern.find("{" + it->first + "}") == std::string::npos ? args.erase(it) : it + 1;
    return leaf::text(pattern, args);
}

void key_figures(Entry const& e, deckle::Report& report) {
    std::vector<block::KeyFigure> list;
    auto const days = e.days_left();
    if (!days)
        list.push_back({"Days left", leaf::na("deadline_not_known")});
    else if (*days < 0)
        list.push_back(
            {"Days left", leaf::num(0), leaf::text("closed {day}", {{"day", leaf::date(e.as_of + *days)}}), "bad"});
    else
        list.push_back({"Days left", leaf::num(*days),
                        leaf::text("last day here: {day}", {{"day", leaf::date(e.as_of + *days)}}),
                        *days <= 7    ? "bad"
                        : *days <= 21 ? "soon"
                                      : ""});
    list.push_back({"Ready", ready(e, 0), "weight of approved required answers"});
    if (!e.rules.empty()) {
        auto const failed = count(e, Verdict::fail), unknown = count(e, Verdict::unknown);
        list.push_back({"Rules met",
                        leaf::text("{n} of {all}", {{"n", leaf::num(count(e, Verdict::pass))},
                                                    {"all", leaf::num(static_cast<std::int64_t>(e.rules.size()))}}),
                        leaf::text("{failed} failed, {unknown} unknown",
                                   {{"failed", leaf::num(failed)}, {"unknown", leaf::num(unknown)}}),
                        failed > 0    ? "bad"
                        : unknown > 0 ? "soon"
                                      : ""});
    }
    list.push_back({"Entry fee", e.award.fee ? leaf::money(*e.award.fee, e.award.currency) : leaf::na("not_known")});
    if (e.award.hours)
        list.back().note = leaf::text("about {h} hours of work", {{"h", leaf::num(e.award.hours->trimmed())}});
    report.set("key_figures", block::key_figures(list).at("key_figures"));
}

void cover(Entry const& e, deckle::Report& report) {
    std::vector<Json> blocks;
    block::Table terms;
    terms.column("The award").column("");
    auto row = [&](char const* label, Json const& value) {
        if (!value.is_string() || !value.get_ref<std::string const&>().empty()) terms.row({label, value});
    };
    Award const& a = e.award;
    row("Organizer", a.organizer);
    row("Category", a.category);
    if (a.opens) row("Opens", leaf::date(*a.opens));
    row("Closes, as the award states it", stated(e));
    if (e.deadline) row("Closes, by our clocks", leaf::datetime(e.deadline->at));
    if (a.deadline && !e.deadline)
        row("Closes, by our clocks",
            leaf::text("\"{time}\" cannot be read as a time and zone", {{"time", a.deadline_time}}));
    if (a.result_date) row("Result", leaf::date(*a.result_date));
    if (a.release_from) row("May be announced from", leaf::date(*a.release_from));
    row("Name to be written as", a.naming);
    row("Financials", a.verified_financials ? "An accountant confirms them" : "");
    row("Entry page", a.url);
    row("From", a.source);
    row("Not verified with the organizer", a.not_verified);
    if (!a.summary.empty()) blocks.push_back(block::text(a.summary));
    blocks.push_back(terms.json());
    if (!e.rules.empty()) {
        block::Table rules;
        rules.caption("Who may enter")
            .column("Rule")
            .column("Our fact")
            .column("Source")
            .column("As of")
            .column("Result");
        for (Rule const& r : e.rules) {
            Ruling const& ruling = r.ruling;
            Json source = "", as_of = "";
            if (!ruling.value.facts.empty()) {
                source = ruling.value.facts.front()->source;
                if (auto const& day = ruling.value.facts.back()->as_of) as_of = leaf::date(*day);
            }
            Json const fact =
                !ruling.value.content
                    ? leaf::text(
                          "n/a: {why}",
                          {{"why", ruling.reason.starts_with("missing_fact") ? "no such fact" : why(ruling.reason)}})
                : ruling.verdict == Verdict::unknown
                    ? leaf::text("{fact} ({why})", {{"fact", printed(ruling.value)}, {"why", why(ruling.reason)}})
                    : printed(ruling.value);
            char const* tone = ruling.verdict == Verdict::fail      ? "bad"
                               : ruling.verdict == Verdict::unknown ? "soon"
                                                                    : "";
            rules.row({r.meaning, fact, source, as_of, verdict_cell(ruling.verdict)}, tone);
        }
        blocks.push_back(rules.json());
    } else {
        blocks.push_back(block::callout("info", "The catalogue has no rules of eligibility for this award."));
    }
    report.section("cover", "Deadline and eligibility", blocks);
}

} // namespace award_submission
