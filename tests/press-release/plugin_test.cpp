// The plugin as the host runs it.
#include "model/check.hpp"
#include "support/plugin_runner.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace press_release {
namespace {

using namespace plugin_tests;
using testing::HasSubstr;
using testing::Not;

class PressPlugin : public testing::Test {
protected:
    PressPlugin() {
        runner.tables["releases"] = {
            {"slug", "headline", "subhead", "city", "state", "release_date", "embargo_date", "embargo_time", "lead",
             "body", "call_to_action", "link", "award_id", "hashtags", "image", "image_alt", "team"},
            {{"ames", "Test Company opens an office in Ames", "Nine people serve clinics", "Des Moines", "IA",
              "2026-11-10", "", "", "Test Company opened an office in Ames on Nov. 10.",
              "The office has {{rooms.2026}} rooms.\n\nClinics are near.", "Hours are at https://test.example/ames.",
              "https://test.example/ames", "", "#Ames", "logo.svg", "The logo", "the movers"},
             {"prize", "Test Company named to Best Firm", "", "Chicago", "IL", "2027-02-18", "2027-02-18", "9 a.m. CST",
              "Test Company was named to Best Firm on Feb. 18.", "The list has 100 firms.", "", "", "best", "", "", "",
              ""}}};
        runner.tables["quotes"] = {
            {"slug", "quote_id", "speaker", "title", "text", "approved_by", "approved_date"},
            {{"ames", "o", "José Calderón", "owner of Test Company", "It works. Come and see", "José Calderón",
              "2026-10-20"},
             {"ames", "c", "宮崎 千尋", "director of a clinic", "They said ‘now,’ and it was now", "", ""}}};
        runner.tables["media_contacts"] = {{"name", "title", "phone", "email", "slug"},
                                           {{"Lucía Ortega", "marketing", "515-555-0160", "press@test.example", ""},
                                            {"Zoë Å", "owner", "515-555-0101", "zoe@test.example", "ames"},
                                            {"Not here", "", "", "", "prize"}}};
        runner.tables["boilerplates"] = {
            {"company", "text", "slug", "website", "listed"},
            {{"Test Company", "Test Company serves Iowa.", "", "https://test.example", "false"}}};
        runner.tables["outlets"] = {
            {"slug", "outlet", "channel", "owner", "due_date", "due_days", "done_date", "url"},
            {{"", "Quotes approved", "approval", "Lucía", "", "-7", "2026-10-30", ""},
             {"", "Journal", "press", "Lucía", "2026-10-15", "", "", ""},
             {"ames", "Website", "website", "Lucía", "", "0", "", "https://test.example/news/ames"},
             {"prize", "Elsewhere", "press", "", "", "", "", ""}}};
        runner.tables["award_catalogue"] = {{"award_id", "award", "organizer", "naming", "result_date", "release_from"},
                                            {{"best", "Best Firm", "Review", "", "2027-02-18", "2027-02-18"},
                                             {"top", "Top List", "Magazine", "TOP List", "2026-12-01", ""}}};
        runner.tables["facts"] = {{"id", "period", "label", "text", "public"},
                                  {{"rooms", "2026", "Rooms", "", "true"},
                                   {"revenue.total", "2025", "Revenue", "", "false"},
                                   {"company.headquarters", "", "HQ", "Omaha, Nebraska", "true"},
                                   {"company.owner", "", "Owner", "Dana Whitfield", "true"}}};
        runner.params = Json{{"release", "ames"}};
    }
    Outcome run() {
        Outcome out = runner.run();
        EXPECT_EQ(out.status, DECKLE_OK) << out.error;
        if (out.status == DECKLE_OK) deckle::model::require_valid(out.model, "press-release");
        EXPECT_EQ(out.streams_opened, out.streams_released);
        return out;
    }
    static Json field(Json const& model, std::string const& id) {
        for (Json const& f : model.at("fields"))
            if (f.at("id") == id) return f;
        ADD_FAILURE() << "no field " << id;
        return Json::object();
    }
    static std::string rules(Json const& model) {
        std::string out;
        if (model.contains("findings"))
            for (Json const& f : model["findings"])
                out += (out.empty() ? "" : " ") + f["rule"].get<std::string>() +
                       (f.contains("field") ? "@" + f["field"].get<std::string>() : "");
        return out;
    }
    /// A draft in which every suggestion stands, with some texts changed.
    void draft(std::map<std::string, std::string> const& changed, std::vector<std::string> const& approved = {}) {
        Json const model = run().model;
        Json fields = Json::object();
        for (Json const& f : model.at("fields")) {
            std::string const id = f.at("id");
            std::string text = changed.contains(id) ? changed.at(id) : f.at("value").get<std::string>();
            if (auto const at = text.find("{{rooms.2026}}"); at != std::string::npos) text.replace(at, 14, "12");
            fields[id] = {{"value", text}, {"text", text}, {"facts", Json::array()}, {"approved", nullptr}};
        }
        for (std::string const& id : approved)
            fields[id]["approved"] = {{"by", "Someone"}, {"at", "2026-10-30T10:00:00Z"}, {"note", ""}};
        runner.edits = {{"draft", "d"}, {"state", "draft"}, {"fields", fields}};
    }
    PluginRunner runner{PRESS_RELEASE_PLUGIN};
};

TEST_F(PressPlugin, every_part_is_a_field_with_a_suggestion) {
    Json const model = run().model;
    EXPECT_EQ(field(model, "timing").at("value"), "FOR IMMEDIATE RELEASE");
    EXPECT_EQ(field(model, "dateline").at("value"), "DES MOINES, Iowa – Nov. 10, 2026 –");
    EXPECT_EQ(field(model, "contact_1").at("value"), "Lucía Ortega, marketing, 515-555-0160, press@test.example");
    EXPECT_EQ(field(model, "contact_2").at("value"), "Zoë Å, owner, 515-555-0101, zoe@test.example");
    EXPECT_EQ(field(model, "quote_1").at("value"),
              "“It works,” said José Calderón, owner of Test Company. “Come and see.”");
    EXPECT_FALSE(field(model, "quote_1").contains("approver")) << "its approval is on record";
    EXPECT_EQ(field(model, "quote_2").at("value"),
              "“They said ‘now,’ and it was now,” said 宮崎 千尋, director of a clinic.");
    EXPECT_EQ(field(model, "quote_2").at("approver"), "宮崎 千尋");
    EXPECT_EQ(field(model, "x").at("limit"), (Json{{"max", 280}, {"unit", "x_weighted"}}));
    EXPECT_EQ(field(model, "x").at("value"), "Test Company opens an office in Ames https://test.example/ames #Ames");
    EXPECT_EQ(field(model, "linkedin").at("limit").at("max"), 3000);
    EXPECT_EQ(field(model, "facebook").at("limit").at("max"), 63206);
    EXPECT_EQ(field(model, "instagram").at("limit").at("max"), 2200);
    EXPECT_EQ(field(model, "image").at("kind"), "file");
    EXPECT_THAT(field(model, "staff").at("value").get<std::string>(), HasSubstr("You did this: the movers."));
}

TEST_F(PressPlugin, an_unapproved_quote_is_an_error_until_the_speaker_agrees) {
    draft({});
    Json const open = run().model;
    EXPECT_EQ(rules(open), "quote.unapproved@quote_2");
    EXPECT_EQ(plain(open.at("title")), "Release for 2026-11-10: 1 error stands in the way");
    draft({}, {"quote_2"});
    Json const agreed = run().model;
    EXPECT_EQ(rules(agreed), "");
    EXPECT_EQ(plain(agreed.at("title")), "Release for 2026-11-10: its texts are in order");
    EXPECT_THAT(all_text(section(agreed, "quotes")), HasSubstr("Someone, 2026-10-30"));
    draft({{"quote_1", "“It works well,” said José Calderón, owner of Test Company."}}, {"quote_2"});
    EXPECT_EQ(rules(run().model), "quote.unapproved@quote_1") << "the record holds for other words";
}

TEST_F(PressPlugin, the_page_holds_the_texts_in_their_order) {
    draft({{"subhead", ""}, {"contact_2", ""}}, {"quote_2"});
    Json const page = run().model.at("release");
    EXPECT_FALSE(page.contains("subhead"));
    EXPECT_EQ(page.at("contacts"),
              (Json{{{"name", "Lucía Ortega"}, {"lines", {"marketing", "515-555-0160", "press@test.example"}}}}));
    EXPECT_EQ(page.at("story").size(), 4U);
    EXPECT_EQ(page.at("story")[0], "The office has 12 rooms.");
    EXPECT_THAT(page.at("story")[1].get<std::string>(), HasSubstr("José Calderón"));
    EXPECT_EQ(page.at("story")[2], "Clinics are near.");
    EXPECT_EQ(page.at("about")[0].at("website"), "https://test.example");
}

TEST_F(PressPlugin, text_for_e_mail) {
    draft({}, {"quote_2"});
    std::string const text = run().outputs.at("release.txt");
    EXPECT_THAT(text, HasSubstr("FOR IMMEDIATE RELEASE\n\nMedia contact:\nLucía Ortega"));
    EXPECT_THAT(text,
                HasSubstr("DES MOINES, Iowa – Nov. 10, 2026 – Test Company opened an office in Ames\non Nov. 10.\n"));
    EXPECT_TRUE(text.ends_with("https://test.example\n\n###\n")) << text;
}

TEST_F(PressPlugin, json_ld_for_the_newsroom) {
    draft({}, {"quote_2"});
    Json const article = Json::parse(run().outputs.at("newsroom.jsonld"));
    EXPECT_EQ(article.at("@type"), "NewsArticle");
    EXPECT_EQ(article.at("headline"), "Test Company opens an office in Ames");
    EXPECT_EQ(article.at("datePublished"), "2026-11-10");
    EXPECT_EQ(article.at("url"), "https://test.example/news/ames");
    EXPECT_EQ(article.at("publisher").at("url"), "https://test.example");
    EXPECT_THAT(article.at("articleBody").get<std::string>(), HasSubstr("said 宮崎 千尋"));
    runner.params["release"] = "prize";
    runner.edits = nullptr;
    EXPECT_EQ(Json::parse(run().outputs.at("newsroom.jsonld")).at("datePublished"), "2027-02-18T15:00:00Z")
        << "the moment the embargo ends";
}

TEST_F(PressPlugin, without_a_website) {
    runner.tables["boilerplates"].rows[0][3] = "";
    draft({}, {"quote_2"});
    Outcome const out = run();
    EXPECT_EQ(rules(out.model), "");
    EXPECT_TRUE(out.outputs.at("release.txt").ends_with("Test Company serves Iowa.\n\n###\n"));
    EXPECT_FALSE(Json::parse(out.outputs.at("newsroom.jsonld")).at("publisher").contains("url"));
}

TEST_F(PressPlugin, distribution_says_what_is_late) {
    Json const model = run().model;
    std::string const rows = all_text(section(model, "distribution"));
    EXPECT_THAT(rows, HasSubstr("Quotes approved Lucía 2026-11-03 2026-10-30"));
    EXPECT_THAT(rows, HasSubstr("Journal Lucía 2026-10-15 Late"));
    EXPECT_THAT(rows, HasSubstr("Website Lucía 2026-11-10 Open https://test.example/news/ames"));
    EXPECT_THAT(rows, Not(HasSubstr("Elsewhere")));
    runner.tables.erase("outlets");
    EXPECT_TRUE(section(run().model, "distribution").at("blocks").at(0).contains("missing"));
}

TEST_F(PressPlugin, facts_that_are_not_public_stay_out) {
    draft({}, {"quote_2"});
    runner.edits["fields"]["body"]["facts"] = {"rooms.2026", "revenue.total.2025"};
    EXPECT_EQ(rules(run().model), "fact.private@body");
    runner.edits["fields"]["body"]["facts"] = {"rooms.2026"};
    runner.edits["fields"]["staff"]["facts"] = {"revenue.total.2025"};
    EXPECT_EQ(rules(run().model), "") << "the staff may know";
}

TEST_F(PressPlugin, an_award_that_was_won_begins_its_release) {
    runner.origin = {{"draft", "b2"},  {"report", "award-submission"},        {"params", {{"award", "top"}}},
                     {"state", "won"}, {"outcome", {{"date", "2026-12-01"}}}, {"fields", Json::object()}};
    Json const model = run().model;
    EXPECT_EQ(field(model, "headline").at("value"), "Test Company named to TOP List");
    EXPECT_EQ(field(model, "dateline").at("value"), "OMAHA, Neb. – Dec. 1, 2026 –");
    EXPECT_THAT(field(model, "lead").at("value").get<std::string>(),
                HasSubstr("was named to the TOP List by Magazine on Dec. 1, 2026."));
    EXPECT_EQ(field(model, "quote_1").at("approver"), "Dana Whitfield");
    EXPECT_THAT(field(model, "contact_1").at("value").get<std::string>(), HasSubstr("Lucía Ortega"));
    EXPECT_THAT(rules(model), HasSubstr("text.placeholder@lead"));
    EXPECT_THAT(rules(model), HasSubstr("quote.unapproved@quote_1"));
}

TEST_F(PressPlugin, an_award_with_a_release_of_its_own_takes_that) {
    runner.origin = {{"draft", "b2"},  {"report", "award-submission"}, {"params", {{"award", "best"}}},
                     {"state", "won"}, {"outcome", nullptr},           {"fields", Json::object()}};
    Json const model = run().model;
    EXPECT_EQ(field(model, "timing").at("value"), "EMBARGOED UNTIL THURSDAY, FEB. 18, 2027, 9 A.M. CST");
    EXPECT_EQ(field(model, "dateline").at("value"), "CHICAGO – Feb. 18, 2027 –");
    runner.origin["params"]["award"] = "gone";
    EXPECT_THAT(runner.run().error, HasSubstr("award 'gone', which award_catalogue does not have"));
    runner.origin["params"]["award"] = "";
    EXPECT_THAT(runner.run().error, HasSubstr("names no award"));
}

TEST_F(PressPlugin, the_one_dated_next_is_taken_when_none_is_named) {
    runner.params["release"] = "";
    EXPECT_THAT(plain(run().model.at("title")), HasSubstr("2026-11-10"));
    runner.as_of = "2026-11-11";
    EXPECT_THAT(plain(run().model.at("title")), HasSubstr("2027-02-18"));
    runner.as_of = "2027-03-01";
    EXPECT_THAT(plain(run().model.at("title")), HasSubstr("Release of 2027-02-18"));
}

TEST_F(PressPlugin, slips_are_named) {
    runner.params["release"] = "amse";
    Outcome const out = runner.run();
    EXPECT_EQ(out.pointer, "/release");
    EXPECT_EQ(out.error, "There is no release 'amse'; there are: ames, prize");
    runner.params["release"] = "prize";
    runner.tables["releases"].rows[1][7] = "in the morning";
    EXPECT_THAT(runner.run().error, HasSubstr("the embargo time \"in the morning\" cannot be read"));
    runner.tables["releases"].rows.clear();
    runner.params["release"] = "";
    EXPECT_EQ(runner.run().error, "The dataset releases has no rows");
}

} // namespace
} // namespace press_release
