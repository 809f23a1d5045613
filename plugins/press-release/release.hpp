/// One press release: the record it starts from, and its texts as they stand.
#pragma once
#include "ap.hpp"
#include <deckle/deadline.hpp>
#include <deckle/decimal.hpp>
#include <optional>
#include <string>
#include <vector>

namespace press_release {

struct Quote {
    std::string id, speaker, title, words; // words: without quotation marks
    std::string approved_by;
    std::optional<Date> approved_date;
};

struct Contact {
    std::string name, title, company, phone, email;
};

struct Boilerplate {
    std::string company, text, website;
    bool listed = false;
};

/// A step of the distribution.
struct Step {
    std::string outlet, channel, owner, url;
    std::optional<Date> due, done;
};

/// What the award of the news demands.
struct AwardRules {
    std::string id, name, organizer, naming;
    std::optional<Date> release_from;
};

struct Record {
    std::string slug, news, headline, subhead, city, state, embargo_time, lead, body, call_to_action, link, award_id,
        hashtags, handles, image, image_alt, team;
    std::optional<Date> release_date, embargo_date;
    std::vector<std::string> trademarks;
    std::vector<Quote> quotes;
    std::vector<Contact> contacts;
    std::vector<Boilerplate> boilerplates;
    std::vector<Step> steps;
    std::optional<AwardRules> award;
};

/// A quote as it stands in the release, and whether the speaker approved it.
struct QuoteText {
    std::string field; // id
    std::string text;  // with quotation marks and attribution
    Quote const* record = nullptr;
    bool approved = false;
};

/// The release's texts as they are printed; empty = not there.
struct Texts {
    std::string timing, headline, subhead, dateline, lead, body, call_to_action;
    std::vector<std::string> contacts; // contact_1, contact_2
    std::vector<QuoteText> quotes;
    std::vector<std::string> about; // about_1 ...
    std::string staff, x, linkedin, facebook, instagram, image, image_alt;
};

/// "FOR IMMEDIATE RELEASE" or "EMBARGOED UNTIL TUESDAY, DEC. 8, 2026, 9 A.M.
/// CST".
[[nodiscard]] std::string timing_line(Record const& record);

/// The paragraphs between lead and call to action: the body with the quotes
/// between, one after each paragraph.
[[nodiscard]] std::vector<std::string> story(Texts const& texts);

} // namespace press_release
