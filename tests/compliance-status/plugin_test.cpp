#include "ics_checker.hpp"
#include "model/check.hpp"
#include "support/plugin_runner.hpp"
#include <deckle/plugin.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace compliance {
namespace {

using namespace plugin_tests;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

PluginRunner runner() {
    return PluginRunner(COMPLIANCE_PLUGIN);
}

/// Programs and requirements alone.
PluginRunner small() {
    PluginRunner r = runner();
    r.tables["programs"] = {{"id", "name", "vendor", "benefit"},
                            {{"HP", "Print partner", "HP", "9200"}, {"FW", "Firewall partner", "SonicWall", "14800"}}};
    r.tables["requirements"] = {{"id", "program_id", "name", "due_date", "due_time", "valid_months", "fee", "hours"},
                                {{"R1", "HP", "Code of conduct", "2026-10-31", "", "", "", ""},
                                 {"R2", "HP", "Questionnaire", "2026-10-01", "", "", "120", "2.75"},
                                 {"R3", "FW", "Accreditation", "2026-11-30", "11:59 PM PST", "12", "", ""}}};
    return r;
}

TEST(Plugin, DescriptorNamesOnlyCatalogueColumnsAndTheRequiredOnesAsRequired) {
    PluginRunner const r = runner();
    EXPECT_EQ(r.descriptor().at("id"), "compliance-status");
    EXPECT_EQ(r.descriptor().at("outputs"), Json::array({"due.ics"}));
    for (Json const& d : r.descriptor().at("datasets")) {
        std::map<std::string, bool> required;
        for (auto const& c : PluginRunner::catalogue(d.at("name"))) required[c.name] = c.required;
        EXPECT_FALSE(required.empty()) << d.at("name");
        for (Json const& c : d.at("columns")) {
            auto const it = required.find(c.at("name"));
            ASSERT_NE(it, required.end()) << d.at("name") << "." << c.at("name");
            EXPECT_EQ(c.at("required"), it->second) << d.at("name") << "." << c.at("name");
        }
    }
}

TEST(Plugin, ProgramsAndRequirementsAloneMakeAReport) {
    Outcome const o = small().run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    EXPECT_EQ(o.streams_opened, o.streams_released);
    EXPECT_EQ(plain(o.model.at("title")), "1 of 2 programs is late, and 9200.00000000 USD a year is at risk");
    EXPECT_EQ(plain(figure(o.model, "compliance.counted")), "3");
    EXPECT_EQ(plain(figure(o.model, "compliance.score")), "0");
    EXPECT_EQ(plain(figure(o.model, "compliance.overdue")), "1");
    EXPECT_EQ(plain(figure(o.model, "compliance.benefit.at_risk")), "9200.00 USD");
    EXPECT_EQ(plain(figure(o.model, "compliance.cost.to_close")), "298.75 USD"); // 120 + 2.75 x 65
    EXPECT_EQ(plain(figure(o.model, "compliance.notices")), "n/a missing_dataset:notices");
    EXPECT_EQ(plain(figure(o.model, "compliance.cost.spent")), "n/a missing_dataset:completions");
    EXPECT_EQ(plain(figure(o.model, "compliance.return")), "n/a missing_dataset:completions");
    EXPECT_EQ(plain(figure(o.model, "compliance.evidence.missing")), "n/a missing_column:evidence");
    EXPECT_EQ(plain(figure(o.model, "compliance.controls.coverage")), "n/a missing_dataset:controls");
    for (char const* id : {"notices", "people", "controls", "evidence"})
        EXPECT_THAT(all_text(section(o.model, id)), HasSubstr("deckle data preview")) << id;
    EXPECT_THAT(all_text(section(o.model, "late")), HasSubstr("Questionnaire"));
    EXPECT_THAT(all_text(section(o.model, "programs")), HasSubstr("■ Late"));
}

TEST(Plugin, SectionsStandInTheirOrder) {
    Json const model = small().run().model;
    std::vector<std::string> ids, declared;
    for (Json const& s : model.at("sections")) ids.push_back(s.at("id"));
    PluginRunner const r = runner();
    for (Json const& s : r.descriptor().at("sections")) declared.push_back(s.at("id"));
    EXPECT_EQ(ids, declared);
}

TEST(Plugin, TotalsComputedInTwoWaysAgree) {
    Json const model = small().run().model;
    std::set<std::string> ids;
    for (Json const& check : model.at("checks")) {
        EXPECT_TRUE(check.at("ok").get<bool>()) << check;
        ids.insert(check.at("id"));
    }
    EXPECT_EQ(ids, (std::set<std::string>{"compliance.counted", "compliance.groups", "compliance.met",
                                          "compliance.programs", "compliance.states"}));
}

TEST(Plugin, ElevenFiftyNinePacificIsDueTheNextDayInChicago) {
    PluginRunner r = small();
    Outcome const o = r.run();
    EXPECT_THAT(all_text(section(o.model, "calendar")), HasSubstr("2026-12-01T07:59:00Z 31"));
    EXPECT_EQ(plain(figure(o.model, "compliance.due_60")), "1"); // 31 days, not 30
    IcsResult const calendar = check_ics(o.outputs.at("due.ics"));
    EXPECT_THAT(calendar.problems, IsEmpty());
    bool found = false;
    for (IcsComponent const& e : calendar.calendar.parts)
        found = found || (e.value("DTSTART") == "20261201T075900Z" && e.value("X-DECKLE-DUE") == "2026-11-30 11:59 PM PST");
    EXPECT_TRUE(found);
    r.zone_offsets = Json::array({{{"from", "2000-01-01T00:00:00Z"}, {"minutes", -480}}}); // Los Angeles
    EXPECT_EQ(plain(figure(r.run().model, "compliance.due_30")), "2");
    r.tables["requirements"].rows[2][4] = "end of play";
    EXPECT_THAT(all_text(section(r.run().model, "calendar")), HasSubstr("\"end of play\", could not be read"));
}

TEST(Plugin, TheCaseOf2009) {
    PluginRunner r = runner();
    r.as_of = "2009-11-30";
    r.tables["programs"] = {{"id", "name", "vendor", "benefit"}, {{"HP", "Print partner", "HP", "9200"}}};
    r.tables["requirements"] = {
        {"id", "program_id", "name", "due_date", "fee", "hours"},
        {{"R1", "HP", "Code of conduct", "2009-10-31", "120", "2.75"}, {"R2", "HP", "Training", "2009-10-31", "", ""}}};
    r.tables["completions"] = {{"id", "requirement_id", "date", "cost", "hours"},
                               {{"D1", "R1", "2009-10-05", "120", "2.75"}}};
    r.tables["notices"] = {
        {"id", "date", "channel", "sender", "requirement_id", "claim", "deadline", "amount", "verified_how"},
        {{"N1", "2009-10-12", "fax", "Third party", "R1", "Pay by card", "2009-12-31", "120", ""},
         {"N2", "2009-10-20", "email", "Somebody", "R9", "Register", "", "", ""}}};
    Outcome const o = r.run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    std::string const text = all_text(section(o.model, "notices"));
    EXPECT_THAT(text, HasSubstr("Verify, then reply with proof"));
    EXPECT_THAT(text, HasSubstr("Triage: verify before paying"));
    EXPECT_THAT(
        text,
        HasSubstr(
            "Conflicting deadlines for Code of conduct: 2009-10-31, 2009-12-31. Use the earlier one, 2009-10-31."));
    EXPECT_THAT(text, HasSubstr("nobody will remind you"));
    EXPECT_THAT(text, HasSubstr("No notice has come for 1 open requirement, so nobody will remind you: Training."));
    EXPECT_THAT(text, HasSubstr("never through the number"));
    std::string const actions = all_text(section(o.model, "alerts"));
    EXPECT_THAT(actions, HasSubstr("Do not pay 120.00000000 USD yet"));
    EXPECT_THAT(actions, HasSubstr("never the number it names"));
    EXPECT_EQ(plain(figure(o.model, "compliance.cost.spent")), "298.75 USD");
    EXPECT_EQ(plain(figure(o.model, "compliance.notices.triage")), "1");
    EXPECT_EQ(plain(figure(o.model, "compliance.notices.reply")), "1");
    EXPECT_EQ(plain(figure(o.model, "compliance.notices.conflicts")), "1");
    EXPECT_EQ(plain(figure(o.model, "compliance.silent")), "1");
}

PluginRunner with_evidence() {
    PluginRunner r = small();
    std::string const hash(64, 'a');
    r.tables["completions"] = {
        {"id", "requirement_id", "date", "evidence", "evidence_sha256", "evidence_hash", "cost", "hours"},
        {{"D1", "R1", "2026-10-05", "evidence/a.pdf", hash, hash, "", "0.5"},
         {"D2", "R2", "2026-09-05", "evidence/gone.pdf", "", "", "120", ""},
         {"D3", "R3", "2026-01-05", "evidence/b.pdf", hash, std::string(64, 'b'), "", ""},
         {"D4", "R3", "2026-01-06", "", "", "", "", ""},
         {"D5", "R8", "2026-01-06", "evidence/c.pdf", hash, "", "", ""},
         {"D6", "R2", "2026-11-06", "evidence/later.pdf", hash, "", "", ""}}};
    return r;
}

TEST(Plugin, EvidenceIsThereMissingUnnamedOrChanged) {
    Outcome const o = with_evidence().run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    std::string const text = all_text(section(o.model, "evidence"));
    EXPECT_THAT(text, HasSubstr("a.pdf R1 Code of conduct 2026-10-05 " + std::string(64, 'a')));
    EXPECT_THAT(text, HasSubstr("gone.pdf R2 Questionnaire 2026-09-05 ✕ file missing"));
    EXPECT_THAT(text, HasSubstr("▲ changed since it was filed 2026-01-05 " + std::string(64, 'a')));
    EXPECT_THAT(text, HasSubstr("D4 R3 Accreditation 2026-01-06 ✕ no file is named"));
    EXPECT_THAT(text, Not(HasSubstr("later.pdf"))); // after the as-of date
    EXPECT_EQ(plain(figure(o.model, "compliance.evidence.files")), "3");
    EXPECT_EQ(plain(figure(o.model, "compliance.evidence.missing")), "1");
    EXPECT_EQ(plain(figure(o.model, "compliance.evidence.changed")), "1");
    EXPECT_THAT(all_text(section(o.model, "requirements")),
                HasSubstr("D5 of 2026-01-06 names the requirement R8, which is not listed"));
    EXPECT_THAT(all_text(section(o.model, "requirements")), HasSubstr("recorded after the as-of date"));
}

TEST(Plugin, WhenAllIsDoneItSaysSo) {
    PluginRunner r = small();
    r.tables["requirements"].rows.pop_back();
    r.tables["completions"] = {{"id", "requirement_id", "date"},
                               {{"D1", "R1", "2026-10-05"}, {"D2", "R2", "2026-09-05"}}};
    Outcome const o = r.run();
    EXPECT_EQ(plain(o.model.at("title")), "Nothing is late or due by 2027-01-29 in 2 programs");
    EXPECT_EQ(plain(figure(o.model, "compliance.score")), "1");
    EXPECT_THAT(all_text(section(o.model, "alerts")), HasSubstr("Nothing"));
    EXPECT_THAT(o.outputs, IsEmpty()); // a calendar without events is none
    EXPECT_EQ(plain(figure(o.model, "compliance.return")), "n/a zero_denominator");
}

TEST(Plugin, WithoutAListOfPeopleProofsAreCountedAndNobodyIsSaidToBeMissing) {
    PluginRunner r = runner();
    r.tables["programs"] = {{"id", "name", "vendor"}, {{"P", "Program", "Vendor"}}};
    r.tables["requirements"] = {{"id", "program_id", "name", "scope", "role", "count", "due_date"},
                                {{"R1", "P", "Two engineers", "count", "engineer", "2", "2026-10-01"},
                                 {"R2", "P", "Everyone trained", "person", "", "", "2026-10-01"}}};
    r.tables["completions"] = {
        {"id", "requirement_id", "person_id", "date"},
        {{"D1", "R1", "ann", "2026-09-01"}, {"D2", "R1", "bob", "2026-09-01"}, {"D3", "R2", "ann", "2026-09-01"}}};
    Outcome const o = r.run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    EXPECT_EQ(plain(figure(o.model, "compliance.met")), "1");
    EXPECT_EQ(plain(figure(o.model, "compliance.counted")), "1");
    EXPECT_THAT(all_text(section(o.model, "requirements")), HasSubstr("nobody it applies to is known"));
    EXPECT_THAT(all_text(section(o.model, "people")), HasSubstr("deckle data preview people"));
}

TEST(Plugin, ARequirementOfNoListedProgramIsNotDropped) {
    PluginRunner r = small();
    r.tables["requirements"].rows.push_back({"R9", "XX", "Orphan", "2026-10-01", "", "", "", ""});
    Outcome const o = r.run();
    EXPECT_EQ(plain(figure(o.model, "compliance.programs")), "3");
    EXPECT_THAT(all_text(section(o.model, "requirements")),
                HasSubstr("XX is named by requirements and not listed as a program"));
    EXPECT_THAT(all_text(section(o.model, "late")), HasSubstr("Orphan"));
}

TEST(Plugin, SameAgainAndWithAnyBatches) {
    PluginRunner r = with_evidence();
    Outcome const whole = r.run();
    for (std::size_t const rows : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
        r.batch_rows = rows;
        Outcome const o = r.run();
        EXPECT_EQ(o.model, whole.model);
        EXPECT_EQ(o.outputs, whole.outputs);
    }
}

TEST(Plugin, ZeroRowsAreAReportToo) {
    PluginRunner r = runner();
    for (Json const& d : r.descriptor().at("datasets")) {
        TestTable t;
        for (Json const& c : d.at("columns")) t.columns.push_back(c.at("name"));
        r.tables[d.at("name")] = t;
    }
    Outcome const o = r.run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    EXPECT_EQ(plain(o.model.at("title")), "No program is recorded");
    EXPECT_EQ(plain(figure(o.model, "compliance.score")), "n/a no_requirements");
    EXPECT_EQ(plain(figure(o.model, "compliance.return")), "n/a no_benefit");
    EXPECT_EQ(plain(figure(o.model, "compliance.controls.coverage")), "n/a no_mappings");
    EXPECT_THAT(o.outputs, IsEmpty());
}

TEST(Plugin, TheModelIsValid) {
    for (PluginRunner const& r : {small(), with_evidence()})
        EXPECT_THAT(deckle::model::problems(r.run().model), IsEmpty());
}

TEST(Plugin, BadRateNamesItsParameter) {
    PluginRunner r = small();
    r.params = {{"loaded_rate", "lots"}};
    Outcome const o = r.run();
    EXPECT_EQ(o.status, DECKLE_INVALID_PARAMS);
    EXPECT_EQ(o.pointer, "/loaded_rate");
}

TEST(Plugin, StopsWhenAsked) {
    PluginRunner r = small();
    r.stop = true;
    EXPECT_EQ(r.run().status, DECKLE_CANCELLED);
}

} // namespace
} // namespace compliance
