// Each rule on a release that is good but for one thing.
#include "lint.hpp"
#include "text.hpp"
#include <algorithm>
#include <gtest/gtest.h>

namespace press_release {
namespace {

class Lint : public testing::Test {
protected:
    Lint() {
        record.city = "Des Moines";
        record.state = "Iowa";
        record.release_date = Date::of("2026-11-10");
        record.quotes = {
            {"owner", "José Calderón", "owner of Prairie", "It works", "José Calderón", Date::of("2026-11-01")}};
        record.boilerplates = {{"Prairie", "Prairie serves Iowa.", "", false}};
        texts.timing = "FOR IMMEDIATE RELEASE";
        texts.contacts = {"Lucía Ortega, marketing coordinator, 515-555-0160, press@prairie.example", ""};
        texts.headline = "Prairie opens an office in Ames";
        texts.dateline = "DES MOINES, Iowa – Nov. 10, 2026 –";
        texts.lead =
            "Prairie opened an office in Ames on Nov. 10 with nine people, to serve clinics north of Des Moines.";
        texts.body = "The office has 12 rooms.\n\nClinics made up 31% of revenue in 2025.";
        texts.quotes = {{"quote_1", "“It works,” said José Calderón, owner of Prairie.", &record.quotes[0], true}};
        texts.call_to_action = "Hours are at https://prairie.example.";
        texts.about = {"Prairie serves Iowa. The firm was founded in 2008."};
    }
    std::vector<Problem> problems() const {
        return lint({record, texts, "Prairie", Date::of("2026-10-31"), false, private_facts});
    }
    std::string rules() const {
        std::string out;
        for (Problem const& p : problems())
            out += (out.empty() ? "" : " ") + p.rule + (p.field.empty() ? "" : "@" + p.field);
        return out;
    }
    Severity severity(std::string const& rule) const {
        auto const all = problems();
        auto const it = std::find_if(all.begin(), all.end(), [&](Problem const& p) { return p.rule == rule; });
        EXPECT_NE(it, all.end()) << rule;
        return it == all.end() ? Severity::info : it->severity;
    }
    Record record;
    Texts texts;
    std::vector<std::string> private_facts;
};

TEST_F(Lint, a_good_release_has_nothing_to_say_against_it) {
    EXPECT_EQ(rules(), "");
}

TEST_F(Lint, every_element_that_is_missing_is_named) {
    texts = Texts{};
    EXPECT_EQ(rules(), "element.missing@timing element.missing@contact_1 element.missing@headline "
                       "element.missing@dateline element.missing@lead "
                       "element.missing@body element.missing@about_1 element.missing@call_to_action element.missing");
    EXPECT_EQ(severity("element.missing"), Severity::error);
}

TEST_F(Lint, no_subhead_and_no_website_are_fine) {
    texts.subhead.clear();
    record.boilerplates[0].website.clear();
    EXPECT_EQ(rules(), "");
}

TEST_F(Lint, two_contacts_and_names_in_any_script) {
    texts.contacts[1] = "宮崎 千尋, press officer, +81 3 5555 0100, c@prairie.example";
    EXPECT_EQ(rules(), "");
    texts.contacts[1] = "Zoë Ångström";
    EXPECT_EQ(rules(), "contact.phone@contact_2 contact.email@contact_2");
}

TEST_F(Lint, headline_at_its_lengths) {
    texts.headline = std::string(70, 'x');
    EXPECT_EQ(rules(), "");
    texts.headline = std::string(71, 'x');
    EXPECT_EQ(severity("headline.length"), Severity::warning);
    texts.headline = std::string(100, 'x');
    EXPECT_EQ(severity("headline.length"), Severity::warning);
    texts.headline = std::string(101, 'x');
    EXPECT_EQ(severity("headline.length"), Severity::error);
    std::string seventy; // characters, not bytes
    for (int i = 0; i < 70; ++i) seventy += "é";
    texts.headline = seventy;
    EXPECT_EQ(rules(), "");
    texts.headline = "Prairie opens an office!";
    EXPECT_EQ(rules(), "headline.exclamation@headline");
}

TEST_F(Lint, lead_at_45_words_and_with_the_firm_in_it) {
    texts.lead = "Prairie";
    for (int i = 1; i < 45; ++i) texts.lead += " word";
    EXPECT_EQ(rules(), "");
    texts.lead += " more";
    EXPECT_EQ(rules(), "lead.length@lead");
    texts.lead = "An office opened in Ames.";
    EXPECT_EQ(rules(), "lead.who@lead");
}

TEST_F(Lint, the_whole_at_500_words) {
    std::size_t others = 0;
    texts.body.clear();
    for (Part const& part : parts(texts)) others += words(part.text).size();
    texts.body = "word";
    for (std::size_t i = 1; i < 500 - others; ++i) texts.body += " word";
    EXPECT_EQ(rules(), "");
    texts.body += " word";
    EXPECT_EQ(rules(), "release.length");
}

TEST_F(Lint, subhead_that_repeats) {
    texts.subhead = "Prairie opens office in Ames";
    EXPECT_EQ(rules(), "subhead.repeats@subhead");
    texts.subhead = "Nine people serve clinics north of the capital";
    EXPECT_EQ(rules(), "");
}

TEST_F(Lint, boilerplate_of_three_sentences) {
    texts.about[0] = "One. Two. Three.";
    EXPECT_EQ(rules(), "");
    texts.about[0] += " Four.";
    EXPECT_EQ(rules(), "boilerplate.length@about_1");
}

TEST_F(Lint, timing_and_embargo) {
    record.embargo_date = record.release_date;
    record.embargo_time = "9 a.m. CST";
    EXPECT_EQ(rules(), "embargo.line@timing") << "under embargo, and the line says now";
    texts.timing = timing_line(record);
    EXPECT_EQ(texts.timing, "EMBARGOED UNTIL TUESDAY, NOV. 10, 2026, 9 A.M. CST");
    EXPECT_EQ(rules(), "");
    texts.timing = "HOLD FOR RELEASE UNTIL TUESDAY, NOV. 10, 2026, NOON ET";
    EXPECT_EQ(rules(), "");
    texts.timing = "EMBARGOED UNTIL TUESDAY, NOV. 10, 2026, 9 A.M.";
    EXPECT_EQ(rules(), "embargo.zone@timing");
    texts.timing = "EMBARGOED UNTIL TUESDAY, NOV. 10, 2026";
    EXPECT_EQ(rules(), "embargo.zone@timing");
    texts.timing = "EMBARGOED UNTIL WEDNESDAY, NOV. 11, 2026, 9 A.M. CST";
    EXPECT_EQ(rules(), "embargo.line@timing");
    texts.timing = "For immediate release";
    EXPECT_EQ(rules(), "timing.form@timing");
    record.embargo_date.reset();
    texts.timing = "EMBARGOED UNTIL TUESDAY, NOV. 10, 2026, 9 A.M. CST";
    EXPECT_EQ(rules(), "embargo.line@timing") << "no embargo is known";
}

TEST_F(Lint, an_embargo_that_is_past_or_of_another_day) {
    record.embargo_date = Date::of("2026-10-30");
    record.embargo_time = "9 a.m. CDT";
    texts.timing = timing_line(record);
    EXPECT_EQ(rules(), "embargo.past@timing embargo.date@timing");
    EXPECT_EQ(severity("embargo.past"), Severity::error);
    texts.timing = "FOR IMMEDIATE RELEASE";
    EXPECT_EQ(rules(), "") << "it has ended";
}

TEST_F(Lint, dateline) {
    texts.dateline = "Des Moines, Iowa – Nov. 10, 2026 –";
    EXPECT_EQ(rules(), "dateline.city@dateline");
    texts.dateline = "DES MOINES, Iowa – Nov. 11, 2026 –";
    EXPECT_EQ(rules(), "dateline.date@dateline");
    texts.dateline = "DES MOINES, Iowa – November 10, 2026 –";
    EXPECT_EQ(rules(), "dateline.date@dateline") << "AP abbreviates November";
    texts.dateline = "DES MOINES, IA – Nov. 10, 2026 –";
    EXPECT_EQ(rules(), "dateline.state@dateline");
    texts.dateline = "DES MOINES – Nov. 10, 2026 –";
    EXPECT_EQ(rules(), "dateline.state@dateline");
    texts.dateline = "CHICAGO, Ill. – Nov. 10, 2026 –";
    EXPECT_EQ(rules(), "dateline.state@dateline");
    texts.dateline = "CHICAGO – Nov. 10, 2026 –";
    EXPECT_EQ(rules(), "");
    texts.dateline = "DES MOINES, Iowa – Nov. 10, 2026";
    EXPECT_EQ(rules(), "dateline.dash@dateline");
    texts.dateline = "ZÜRICH – Nov. 10, 2026 –";
    record.state.clear();
    EXPECT_EQ(rules(), "");
    texts.dateline = "ZüRICH – Nov. 10, 2026 –";
    EXPECT_EQ(rules(), "dateline.city@dateline");
}

TEST_F(Lint, first_and_second_person_only_within_quotes) {
    texts.body = "We have 12 rooms for you.";
    EXPECT_EQ(rules(), "voice.person@body");
    texts.body = "The U.S. market is large, and so is Usher.";
    EXPECT_EQ(rules(), "");
    texts.body = "“We have room for you,” said Ana Cruz, manager.";
    EXPECT_EQ(rules(), "");
}

TEST_F(Lint, praise_and_exclamation_marks) {
    texts.body = "The leading, world-class office is open.";
    EXPECT_EQ(rules(), "style.hype@body");
    texts.body = "Misleading claims are avoided.";
    EXPECT_EQ(rules(), "");
    texts.body = "The office is open!";
    EXPECT_EQ(rules(), "style.exclamation@body");
}

TEST_F(Lint, claims_about_the_future) {
    texts.body = "The office will double.";
    EXPECT_EQ(rules(), "claim.forward@body");
    EXPECT_EQ(severity("claim.forward"), Severity::warning);
    texts.body = "Goodwill grew. Savings are guaranteed.";
    EXPECT_EQ(rules(), "claim.forward@body");
    texts.body = "“It will double,” said Ana Cruz, manager.";
    EXPECT_EQ(rules(), "");
}

TEST_F(Lint, words_in_capitals) {
    texts.body = "The office is OPEN for HIPAA audits by NIST rules.";
    EXPECT_EQ(rules(), "style.capitals@body");
    record.trademarks = {"OPEN"};
    EXPECT_EQ(rules(), "");
    texts.body = "The FAA and the FBI.";
    EXPECT_EQ(rules(), "");
}

TEST_F(Lint, placeholders_that_are_left) {
    for (char const* body : {"The office has [number] rooms.", "The office has TK rooms.", "Lorem ipsum dolor.",
                             "It has {{rooms.2026}} rooms.", "It has «missing: rooms.2026» rooms.", "Opening TBD."}) {
        texts.body = body;
        EXPECT_EQ(rules(), "text.placeholder@body") << body;
        EXPECT_EQ(severity("text.placeholder"), Severity::error);
    }
    texts.body = "It has {{rooms.2026}} rooms.";
    EXPECT_TRUE(lint({record, texts, "Prairie", Date::of("2026-10-31"), true, {}}).empty())
        << "a preview keeps its merge fields";
}

TEST_F(Lint, numerals) {
    texts.body = "The office has 5 rooms.";
    EXPECT_EQ(rules(), "ap.numeral@body");
    texts.body = "The office has twelve rooms.";
    EXPECT_EQ(rules(), "ap.numeral@body");
    texts.body = "Twelve rooms are open. The other nine are not, at 9 a.m. of Nov. 10, with 5 million bolts.";
    EXPECT_EQ(rules(), "") << "a sentence begins with a word, and times, days and millions are figures";
    texts.body = "Revenue grew 31 percent.";
    EXPECT_EQ(rules(), "ap.percent@body");
    texts.body = "The US market.";
    EXPECT_EQ(rules(), "ap.us@body");
    texts.body = "The office is in Omaha, NE.";
    EXPECT_EQ(rules(), "ap.state@body");
    texts.body = "The office is in Omaha, Neb., and not in Nevada.";
    EXPECT_EQ(rules(), "");
}

TEST_F(Lint, quotes_name_their_speaker_who_has_approved) {
    texts.quotes[0].text = "“It works,” said the owner.";
    EXPECT_EQ(rules(), "quote.attribution@quote_1");
    texts.quotes[0].text = "“It works,” said José Calderón.";
    EXPECT_EQ(rules(), "quote.title@quote_1");
    texts.quotes[0].text = "It works, said José Calderón, owner of Prairie.";
    EXPECT_EQ(rules(), "quote.marks@quote_1");
    texts.quotes[0].text = "“It works,” said José Calderón, owner of Prairie.";
    texts.quotes[0].approved = false;
    EXPECT_EQ(rules(), "quote.unapproved@quote_1");
    EXPECT_EQ(severity("quote.unapproved"), Severity::error);
    texts.quotes[0].text.clear();
    EXPECT_EQ(rules(), "element.missing") << "a quote that is left out needs no approval";
}

TEST_F(Lint, quotation_marks) {
    texts.quotes[0].text = "“He said “It works,” and it does,” said José Calderón, owner of Prairie.";
    EXPECT_EQ(rules(), "quote.nested@quote_1");
    texts.quotes[0].text = "“He said ‘It works,’ and it does,” said José Calderón, owner of Prairie.";
    EXPECT_EQ(rules(), "");
    texts.body = "“It opens and never closes.";
    EXPECT_EQ(rules(), "quote.marks@body quote.attribution@body");
    texts.body = "“Everybody in the town likes it.”";
    EXPECT_EQ(rules(), "quote.attribution@body");
}

TEST_F(Lint, the_awards_own_rules) {
    record.award = AwardRules{"a", "MSP 501", "Channel Futures", "MSP 501", Date::of("2026-11-11")};
    texts.headline = "Prairie named to MSP 501";
    EXPECT_EQ(rules(), "award.embargo@timing");
    record.award->release_from = Date::of("2026-11-10");
    EXPECT_EQ(rules(), "");
    texts.body = "The Msp 501 ranks firms.";
    EXPECT_EQ(rules(), "award.naming");
    texts.body = "A list ranks firms.";
    texts.headline = "Prairie named to a list";
    EXPECT_EQ(rules(), "award.naming") << "its name is nowhere";
}

TEST_F(Lint, trademarks_as_their_owners_write_them) {
    record.trademarks = {"ConnectWise"};
    texts.body = "Connectwise is used. So is ConnectWise.";
    EXPECT_EQ(rules(), "trademark.usage@body");
    texts.body = "ConnectWise is used.";
    EXPECT_EQ(rules(), "");
}

TEST_F(Lint, listed_firms_need_safe_harbor_text_and_private_ones_do_not) {
    record.boilerplates[0].listed = true;
    EXPECT_EQ(rules(), "safe-harbor.missing");
    texts.about[0] = "Prairie serves Iowa. This release holds forward-looking statements.";
    EXPECT_EQ(rules(), "");
}

TEST_F(Lint, networks) {
    texts.x = "See https://a.example and https://b.example";
    EXPECT_EQ(rules(), "social.links@x");
    texts.x = "See https://a.example";
    texts.instagram = "Open now. https://a.example";
    EXPECT_EQ(rules(), "social.instagram@instagram social.image@image");
    texts.instagram = "Open now.";
    texts.image = "team.png";
    EXPECT_EQ(rules(), "social.alt@image_alt");
    texts.image_alt = "The team";
    texts.facebook = std::string(81, 'x');
    EXPECT_EQ(rules(), "social.fold@facebook");
}

TEST_F(Lint, facts_that_are_not_public) {
    private_facts = {"body:revenue.total.2024"};
    EXPECT_EQ(rules(), "fact.private@body");
    EXPECT_EQ(severity("fact.private"), Severity::error);
}

} // namespace
} // namespace press_release
