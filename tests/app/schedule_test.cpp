// deckle schedule list and explain: everything that holds for a schedule, and who gets which file by which way.
#include "program.hpp"
#include "tiny_workspace.hpp"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace deckle::tests {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class Schedules : public testing::Test {
protected:
    Schedules() : folder(fresh_folder()) {
        write_tiny_workspace(folder);
        write_file(folder / "people.csv", "id,name,role,email\n"
                                          "p1,Ann,sales,ann@tiny.example; boss@tiny.example\n"
                                          "p2,Bob,engineer,bob@tiny.example\n"
                                          "p3,Cy,sales,cy@tiny.example\n");
        write_file(folder / "deckle.toml", read_file(folder / "deckle.toml") + R"(
[datasets.people]
connection = "books"
file = "people.csv"
[delivery]
from = "reports@tiny.example"
allow = ["tiny.example"]
owner = ["owner@tiny.example"]
[delivery.channels.mail]
kind = "smtp"
host = "127.0.0.1"
security = "none"
[delivery.channels.archive]
kind = "folder"
path = "archive"
[schedules.own]
report = "cash-flow"
when = "monday 07:30"
copies = ["archive"]
review = "optional until 10:00"
catch_up = "all"
retries = 1
set = { minimum_cash = "5000" }
[schedules.own.gates]
fresh = "3d"
[schedules.own.only_if]
figure = "cash-flow:forecast.cushion"
below = "0"
[schedules.own.each]
dataset = "people"
id = "id"
to = "email"
only = { role = ["sales"] }
set = { owner = "name" }
)");
    }
    void change(std::string const& file, std::string const& from, std::string const& to) {
        std::string text = read_file(folder / file);
        auto const at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        write_file(folder / file, text.replace(at, from.size(), to));
    }
    Answer explain(std::string const& more = {}) {
        return program_with("schedule explain own --from 2026-10-26 --count 3 " + more, folder);
    }

    std::filesystem::path folder;
};

TEST_F(Schedules, ExplainSaysWhatHoldsAndWhoGetsWhat) {
    auto const answer = explain();
    ASSERT_EQ(answer.code, 0) << answer.err;
    for (auto const* part :
         {"America/Chicago, clocks go back 1 hour on 2026-11-01 to CST; clocks go forward 1 hour on 2027-03-14 to CDT",
          "weekends only", "when nothing ran, each is made up for",
          "10 minutes at most, tried once more after a failure", "what is held back fails after 2 days",
          "minimum_cash = 5000", "only when cash-flow:forecast.cushion is below 0",
          "no source older than 3 days, complete, totals tie out, not empty",
          "waits for a person until 10:00, then goes out; asked: owner@tiny.example",
          "mail by mail (smtp), copy to archive (folder)",
          "Mon 2026-10-26 07:30 CDT  2026-10-26T12:30:00Z  2026-09  2 files",
          "Mon 2026-11-02 07:30 CST  2026-11-02T13:30:00Z  2026-10  2 files",
          "p1    ann@tiny.example   mail     Tiny-IT_cash-flow_p1_2026-09.pdf",
          "p1    boss@tiny.example  mail     Tiny-IT_cash-flow_p1_2026-09.pdf",
          "p3    cy@tiny.example    mail     Tiny-IT_cash-flow_p3_2026-09.pdf",
          "p3    -                  archive  Tiny-IT_cash-flow_p3_2026-09.pdf"})
        EXPECT_THAT(answer.out, HasSubstr(part));
    EXPECT_THAT(answer.out, Not(HasSubstr("bob@")));

    auto const list = json::parse(explain("--json").out);
    auto const& own = list.at(0);
    EXPECT_EQ(own.at("review"), "optional until 10:00");
    EXPECT_EQ(own.at("gates").at("fresh_seconds"), 3 * 86400);
    EXPECT_EQ(own.at("paused"), false);
    auto const& files = own.at("firings").at(1).at("files");
    ASSERT_EQ(files.size(), 2u);
    EXPECT_EQ(files[0], (json{{"part", "p1"},
                              {"file", "Tiny-IT_cash-flow_p1_2026-10.pdf"},
                              {"to", {"ann@tiny.example", "boss@tiny.example"}},
                              {"via", "mail"}}));
    auto const all = json::parse(program_with("schedule list --json", folder).out);
    EXPECT_EQ(all.at(0).at("condition"), "only when cash-flow:forecast.cushion is below 0");
    EXPECT_THAT(program_with("schedule list", folder).out, HasSubstr("each row of people"));
}

TEST_F(Schedules, PartsThatCannotBeReadAreSaidInTheTable) {
    change("people.csv", "p3,Cy", "p1,Cy");
    auto const answer = explain();
    EXPECT_EQ(answer.code, 1);
    EXPECT_THAT(answer.out, HasSubstr("not known, see below"));
    EXPECT_THAT(answer.out, HasSubstr("people.csv:4: id 'p1' is there already, in row 2"));
    EXPECT_THAT(json::parse(explain("--json").out).at(0).at("parts_problem").get<std::string>(),
                HasSubstr("people.csv:4"));
    auto const without = explain("--no-parts");
    EXPECT_EQ(without.code, 0);
    EXPECT_THAT(without.out, HasSubstr("one for each row of people"));
    change("people.csv", "p1,Cy", "p3,Cy");
    change("people.csv", "cy@tiny.example", "cy@rival.example");
    EXPECT_THAT(explain().out, HasSubstr("'cy@rival.example' may not be written to"));
    std::filesystem::remove(folder / "people.csv");
    EXPECT_THAT(explain().out, HasSubstr("the parts cannot be read"));
}

TEST_F(Schedules, WhatAReportDoesNotHaveIsFoundBeforeItFires) {
    change("deckle.toml", "set = { owner = \"name\" }", "set = { ownr = \"name\" }");
    for (auto const* command : {"schedule list", "schedule explain own"}) {
        auto const answer = program_with(command, folder);
        EXPECT_EQ(answer.code, 2);
        EXPECT_THAT(answer.err, HasSubstr("cash-flow has no parameter 'ownr', did you mean 'owner'?"));
        EXPECT_THAT(answer.err, HasSubstr("deckle.toml:"));
    }
    change("deckle.toml", "set = { ownr = \"name\" }", "set = { owner = \"name\" }");
    change("deckle.toml", "minimum_cash = \"5000\"", "minimum_cash = \"much\"");
    EXPECT_THAT(explain().out, HasSubstr("minimum_cash"));
    EXPECT_EQ(explain().code, 1);
    change("deckle.toml", "minimum_cash = \"much\"", "minimum_cash = \"5\"");
    change("deckle.toml", "copies = [\"archive\"]", "copies = [\"archive\"]\nsubject = \"{{compny}}\"");
    EXPECT_THAT(explain().err, HasSubstr("subject has no name 'compny'; did you mean 'company'?"));
    change("deckle.toml", "subject = \"{{compny}}\"", "");
    change("deckle.toml", "report = \"cash-flow\"\nwhen = \"monday", "report = \"cashflow\"\nwhen = \"monday");
    EXPECT_EQ(explain().code, 2);
}

} // namespace
} // namespace deckle::tests
