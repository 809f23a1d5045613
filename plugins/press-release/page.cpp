// The release as a newsroom sends it, and the pages for those who send it.
#include "draft.hpp"
#include "text.hpp"

namespace press_release {
namespace {

/// "Lucía Ortega, marketing coordinator, 515-555-0160": the name, then line by line what follows it.
Json contact(std::string const& text) {
    auto comma = text.find(", ");
    Json out{{"name", text.substr(0, comma)}, {"lines", Json::array()}};
    while (comma != std::string::npos) {
        auto const next = text.find(", ", comma + 2);
        out["lines"].push_back(text.substr(comma + 2, next == std::string::npos ? next : next - comma - 2));
        comma = next;
    }
    return out;
}

} // namespace

void release_page(Draft const& d, deckle::Report& report) {
    Texts const& t = d.texts;
    Json page = Json::object();
    auto put = [&](char const* member, std::string const& text) {
        if (!text.empty()) page[member] = text;
    };
    put("timing", t.timing);
    put("headline", t.headline);
    put("subhead", t.subhead);
    put("dateline", t.dateline);
    put("lead", t.lead);
    put("call_to_action", t.call_to_action);
    page["contacts"] = Json::array();
    for (std::string const& line : t.contacts)
        if (!line.empty()) page["contacts"].push_back(contact(line));
    page["story"] = story(t);
    page["about"] = Json::array();
    for (std::size_t i = 0; i < t.about.size(); ++i) {
        if (t.about[i].empty()) continue;
        bool const known = i < d.record.boilerplates.size();
        Json about{{"company", known ? d.record.boilerplates[i].company : d.company}, {"text", t.about[i]}};
        if (known && !d.record.boilerplates[i].website.empty()) about["website"] = d.record.boilerplates[i].website;
        page["about"].push_back(std::move(about));
    }
    report.set("release", page);
}

void quotes_section(Draft const& d, deckle::Report& report) {
    if (d.texts.quotes.empty()) return;
    block::Table table;
    table.column("Speaker").column("Title").column("Approval");
    for (QuoteText const& q : d.texts.quotes) {
        deckle::Edit const* const edit = d.edits.find(q.field);
        Json state = "Not approved";
        if (edit != nullptr && edit->approved)
            state = leaf::text("{by}, {day}", {{"by", edit->approved->by},
                                               {"day", leaf::date(Date::of(edit->approved->at.substr(0, 10)))}});
        else if (q.approved)
            state = leaf::text("{by}, {day}, on record",
                               {{"by", q.record->approved_by}, {"day", leaf::date(*q.record->approved_date)}});
        else if (q.text.empty())
            state = "Left out";
        table.row({q.record->speaker, q.record->title, state}, q.approved || q.text.empty() ? "" : "bad");
    }
    report.section("quotes", "Quotes", {table.json()}, "nobody is quoted who has not agreed to the words");
}

void texts_sections(Draft const& d, deckle::Report& report) {
    std::vector<Json> blocks;
    for (std::string const& paragraph : paragraphs(d.texts.staff)) blocks.push_back(block::text(paragraph));
    if (!blocks.empty()) report.section("staff", "Note to staff", blocks, "before anyone else hears it");
}

void distribution(Draft const& d, deckle::Report& report) {
    if (d.record.steps.empty()) {
        report.section(
            "distribution", "Distribution",
            {block::missing("Distribution", "who sends the release where, by when, and where it was published",
                            "[datasets.outlets] in deckle.toml, then: deckle data preview "
                            "outlets")});
        return;
    }
    block::Table table;
    table.column("").column("Step").column("Owner").column("Due").column("Done").column("Published at");
    std::int64_t n = 0;
    for (Step const& s : d.record.steps) {
        bool const late = s.due && !s.done && *s.due < d.as_of;
        table.row({leaf::num(++n), s.outlet, s.owner, s.due ? leaf::date(*s.due) : Json(""),
                   s.done ? leaf::date(*s.done) : Json(late ? "Late" : "Open"), s.url},
                  late ? "bad" : "");
    }
    report.section("distribution", "Distribution", {table.json()}, "who sends it where, by when");
}

} // namespace press_release
