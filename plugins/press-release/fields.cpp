#include "draft.hpp"
#include "text.hpp"
#include <algorithm>

namespace press_release {
namespace {

using Kind = deckle::Field::Kind;
using Unit = deckle::Field::Unit;

struct Maker {
    Draft& draft;
    std::string section;

    /// Adds the field and returns what stands in it now.
    std::string add(std::string id, std::string const& label, std::string value, bool required = false,
                    std::string const& guidance = "", std::optional<deckle::Field::Limit> limit = {},
                    std::string approver = "") {
        deckle::Field f;
        f.id = std::move(id);
        f.label = label;
        f.value = std::move(value);
        f.section = section;
        f.required = required;
        if (!guidance.empty()) f.guidance = guidance;
        f.limit = limit;
        f.approver = std::move(approver);
        draft.fields.push_back(f);
        return draft.edits.text(f.id, draft.edits.present() ? "" : f.value);
    }
};

std::string joined(std::initializer_list<std::string> parts, std::string const& between) {
    std::string out;
    for (std::string const& p : parts)
        if (!p.empty()) out += (out.empty() ? "" : between) + p;
    return out;
}

/// The speaker's approval in the draft, or the record of it for these very
/// words.
bool is_approved(Draft const& d, Quote const& q, std::string const& field, std::string const& text) {
    deckle::Edit const* const edit = d.edits.find(field);
    if (edit != nullptr && edit->approved) return true;
    return q.approved_date && !q.approved_by.empty() && text == attributed(q);
}

} // namespace

std::string attributed(Quote const& q) {
    if (q.words.empty()) return "";
    std::string const who = q.title.empty() ? q.speaker : q.speaker + ", " + q.title;
    // The first sentence, then who said it, then the rest.
    auto cut = q.words.find(". ");
    std::string first = q.words.substr(0, cut), rest = cut == std::string::npos ? "" : q.words.substr(cut + 2);
    if (rest.empty() && first.ends_with('.')) first.pop_back();
    bool const asks = first.ends_with('?') || first.ends_with('!');
    std::string out = "“" + first + (asks ? "”" : ",”") + " said " + who + ".";
    if (rest.empty()) return out;
    bool const ends = rest.ends_with('.') || rest.ends_with('?') || rest.ends_with('!');
    return out + " “" + rest + (ends ? "”" : ".”");
}

std::string contact_line(Contact const& c) {
    return joined({c.name, c.title, c.company, c.phone, c.email}, ", ");
}

void fill(Draft& d) {
    Record const& r = d.record;
    Texts& t = d.texts;
    Maker m{d, "Release"};
    t.timing = m.add("timing", "When it may be published", timing_line(r), true,
                     "FOR IMMEDIATE RELEASE, or EMBARGOED UNTIL with day, time and zone");
    std::size_t const contacts = std::max<std::size_t>(r.contacts.size(), 2);
    for (std::size_t i = 0; i < contacts; ++i)
        t.contacts.push_back(m.add("contact_" + std::to_string(i + 1), i == 0 ? "Media contact" : "Further contact",
                                   i < r.contacts.size() ? contact_line(r.contacts[i]) : "", i == 0,
                                   i == 0 ? "Name, title, telephone, e-mail" : ""));
    t.headline =
        m.add("headline", "Headline", r.headline, true, "Who did what; up to 70 characters, no exclamation mark",
              deckle::Field::Limit{100, Unit::characters});
    t.subhead = m.add("subhead", "Subhead", r.subhead, false, "Optional; adds to the headline");
    t.dateline = m.add("dateline", "Dateline",
                       r.city.empty() || !r.release_date ? "" : dateline(r.city, r.state, *r.release_date), true,
                       "CITY, State – date –");
    t.lead = m.add("lead", "Lead", r.lead, true, "Who, what, when, where, why and how, in 35 to 45 words");
    t.body = m.add("body", "Body", r.body, true,
                   "Two to four short paragraphs, what matters most first; an "
                   "empty line between them");
    for (std::size_t i = 0; i < r.quotes.size(); ++i) {
        Quote const& q = r.quotes[i];
        std::string const id = "quote_" + std::to_string(i + 1);
        bool const on_record = q.approved_date && !q.approved_by.empty();
        std::string const text = m.add(id, "Quote of " + q.speaker, attributed(q), false,
                                       "With quotation marks, full name and title", {}, on_record ? "" : q.speaker);
        t.quotes.push_back({id, text, &q, is_approved(d, q, id, text)});
    }
    t.call_to_action =
        m.add("call_to_action", "Call to action", r.call_to_action, false, "What the reader can do, with one address");
    for (std::size_t i = 0; i < std::max<std::size_t>(r.boilerplates.size(), 1); ++i)
        t.about.push_back(m.add("about_" + std::to_string(i + 1),
                                i < r.boilerplates.size() ? "About " + r.boilerplates[i].company : "About " + d.company,
                                i < r.boilerplates.size() ? r.boilerplates[i].text : "", i == 0,
                                "Three sentences at most"));
    m.section = "Staff";
    std::string const team = r.team.empty() ? "everyone who worked for it" : r.team;
    t.staff =
        m.add("staff", "Note to staff",
              r.headline + ".\n\nYou did this: " + team +
                  ".\n\nWhat to say when someone asks: the headline above, in your own "
                  "words. Share the post of the firm once it is out" +
                  (r.embargo_date ? ", and nothing before " + ap_weekday_date(*r.embargo_date) +
                                        (r.embargo_time.empty() ? "" : ", " + r.embargo_time)
                                  : "") +
                  ".\n\nThe press talks to " + (r.contacts.empty() ? std::string("[name]") : r.contacts.front().name) +
                  " only; pass every call on.",
              false,
              "What they did to get there, what it means, how to share it, who may "
              "speak to the press");
    m.section = "Networks";
    std::string const tail = joined({r.handles, r.hashtags}, " ");
    t.x = m.add("x", "X", joined({r.headline, r.link, r.hashtags}, " "), false, "",
                deckle::Field::Limit{280, Unit::x_weighted});
    t.linkedin =
        m.add("linkedin", "LinkedIn", joined({r.lead, r.link, tail}, "\n\n"), false,
              "The first 200 characters are seen without a click", deckle::Field::Limit{3000, Unit::characters});
    t.facebook = m.add("facebook", "Facebook", joined({r.headline, r.link}, "\n"), false,
                       "About 80 characters are seen without a click", deckle::Field::Limit{63206, Unit::characters});
    t.instagram = m.add("instagram", "Instagram",
                        joined({r.headline + ".", r.subhead.empty() ? "" : r.subhead + ".", tail}, "\n\n"), false,
                        "No link works in the text", deckle::Field::Limit{2200, Unit::characters});
    t.image = m.add("image", "Picture", r.image, false, "A file below the workspace");
    d.fields.back().kind = Kind::file;
    t.image_alt = m.add("image_alt", "What the picture shows", r.image_alt, false, "For those who cannot see it");
}

} // namespace press_release
