// From a schedule to the mail server and back to what a person sees of it, with the real program.
#include "app/program.hpp"
#include "app/tiny_workspace.hpp"
#include "support/smtp_server.hpp"
#include <algorithm>
#include <gmock/gmock.h>

using namespace deckle;
using namespace deckle::tests;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

class Delivery : public testing::Test {
protected:
    Delivery() : folder(fresh_folder()), server(folder) {
        write_tiny_workspace(folder);
        write_file(folder / "deckle.toml", read_file(folder / "deckle.toml") + R"(
[delivery]
from = "Tiny IT <reports@tiny.example>"
allow = ["tiny.example"]
owner = ["it@tiny.example"]

[delivery.channels.mail]
kind = "smtp"
host = "127.0.0.1"
port = )" + std::to_string(server.port()) +
                                               R"(
security = "none"

[schedules.month-end]
report = "cash-flow"
set = { minimum_cash = "25000" }
when = "3rd business day after month end 07:00"
to = ["ann@tiny.example", "bob@tiny.example"]
)");
    }

    Answer run(std::string const& arguments) { return program_with(arguments + " -w .", folder); }
    void send() {
        auto const asked = run("schedule run month-end --period 2026-10 --by Dana");
        ASSERT_EQ(asked.code, 0) << asked.err;
        work();
    }
    void work() {
        auto const worked = run("work --once");
        ASSERT_EQ(worked.code, 0) << worked.err;
        log += worked.err;
    }
    /// The delivery to this address, as JSON.
    json to(std::string const& recipient) {
        auto const listed = run("delivery list --json");
        for (auto const& d : json::parse(listed.out))
            if (d["recipient"] == recipient) return d;
        ADD_FAILURE() << "no delivery to " << recipient << "\n" << listed.out << listed.err << log;
        return {};
    }
    std::int64_t taken(std::string const& recipient) {
        auto const all = server.accepted();
        return std::ranges::count_if(all, [&](json const& a) { return a["to"] == json::array({recipient}); });
    }

    fs::path folder;
    SmtpServer server;
    std::string log;
};

} // namespace

TEST_F(Delivery, EachRecipientHasOneMessageAndTheLedgerSaysExactlyWhatWasSent) {
    send();
    EXPECT_EQ(taken("ann@tiny.example"), 1) << log;
    EXPECT_EQ(taken("bob@tiny.example"), 1);
    auto const listed = run("delivery list");
    EXPECT_EQ(listed.code, 0) << listed.err;
    EXPECT_THAT(listed.out, HasSubstr("ann@tiny.example"));
    EXPECT_THAT(listed.out, HasSubstr("sent"));
    EXPECT_EQ(run("delivery list --state failed,unknown").out.find("ann@"), std::string::npos);

    auto const ann = to("ann@tiny.example");
    auto const shown = json::parse(run("delivery show --json " + ann["id"].get<std::string>()).out);
    EXPECT_EQ(shown["content"]["subject"], "Tiny IT: Cash flow, October 2026");
    auto const file = shown["content"]["files"][0];
    EXPECT_EQ(file["name"], "Tiny-IT_cash-flow_2026-10.pdf");
    EXPECT_EQ(file["sha256"].get<std::string>().size(), 64U);
    EXPECT_TRUE(fs::exists(folder / file["path"].get<std::string>()));
    auto const accepted = server.accepted();
    auto const mine = std::ranges::find_if(accepted, [&](json const& a) {
        return a["message_id"].get<std::string>().find(ann["id"]) != std::string::npos;
    });
    ASSERT_NE(mine, accepted.end());
    EXPECT_THAT((*mine)["message_id"].get<std::string>(), HasSubstr(ann["message_id"].get<std::string>()));
    EXPECT_EQ((*mine)["subject"], "Tiny IT: Cash flow, October 2026");
    EXPECT_EQ(shown["log"].size(), 3U); // claimed, sending, sent
    auto const text = run("delivery show " + ann["id"].get<std::string>());
    EXPECT_THAT(text.out, HasSubstr(file["sha256"].get<std::string>()));

    auto const again = run("delivery resend " + ann["id"].get<std::string>());
    EXPECT_EQ(again.code, 3);
    EXPECT_THAT(again.err, HasSubstr("is sent: only one that failed is sent again"));
    EXPECT_EQ(run("delivery resolve --by Dana " + ann["id"].get<std::string>() + " again").code, 3);
}

// https://github.com/metabase/metabase/issues/65003 and https://github.com/lightdash/lightdash/issues/27580
TEST_F(Delivery, OnlyWhatFailedIsSentAgain) {
    server.set_faults("rcpt 550_5.1.1_no_such_mailbox match=bob@tiny.example\n");
    send();
    EXPECT_EQ(taken("ann@tiny.example"), 1) << log;
    EXPECT_EQ(taken("bob@tiny.example"), 0);
    EXPECT_EQ(taken("it@tiny.example"), 1); // is told
    auto const listed = run("delivery list");
    EXPECT_EQ(listed.code, 4);
    EXPECT_THAT(listed.out, HasSubstr("no such mailbox"));
    EXPECT_THAT(listed.err, HasSubstr("deckle delivery resend --failed"));

    server.set_faults("");
    EXPECT_EQ(run("delivery resend --failed --schedule month-end --period 2026-10 --by Dana").code, 0);
    work();
    EXPECT_EQ(taken("ann@tiny.example"), 1);
    EXPECT_EQ(taken("bob@tiny.example"), 1);
    EXPECT_EQ(run("delivery list").code, 0);
    EXPECT_EQ(run("delivery resend").code, 2);
    server.set_faults("rcpt 451_4.3.0_come_back_later match=bob@tiny.example\n");
    EXPECT_EQ(run("schedule revise month-end --period 2026-10 --reason 'a typing error' --by Dana").code, 0);
    work();
    server.set_faults("");
    work();
    EXPECT_EQ(taken("bob@tiny.example"), 1) << "it waits for its next try";
    EXPECT_EQ(run("delivery resend --pending --by Dana").code, 0);
    work();
    EXPECT_EQ(taken("bob@tiny.example"), 2);
}

TEST_F(Delivery, TheListNamesThePart) {
    write_file(folder / "people.csv", "Id,Name,Mail\n1,Ann O'Neil,ann@tiny.example\n2,Bob,bob@tiny.example\n");
    write_file(folder / "deckle.toml", read_file(folder / "deckle.toml") + R"(
[datasets.people]
connection = "books"
file = "people.csv"
columns = { id = "Id", name = "Name", email = "Mail" }
[schedules.each-one]
report = "cash-flow"
set = { minimum_cash = "25000" }
when = "1st of month 07:00"
each = { dataset = "people", id = "name", to = "email" }
)");
    send();
    EXPECT_EQ(run("delivery list").out.find("Part"), std::string::npos) << "none has one";
    ASSERT_EQ(run("schedule run each-one --period 2026-10 --by Dana").code, 0);
    work();
    auto const listed = run("delivery list").out;
    EXPECT_THAT(listed, testing::ContainsRegex("Period +Part +To "));
    EXPECT_THAT(listed, testing::ContainsRegex("each-one +2026-10 +Ann O'Neil +ann@tiny.example"));
    EXPECT_THAT(run("delivery list --schedule each-one --json").out, HasSubstr("\"part\": \"Bob\""));
}

TEST_F(Delivery, WhoWasForgottenGetsTheSame) {
    send();
    auto const edition = to("ann@tiny.example")["edition"].get<std::string>();
    EXPECT_EQ(run("delivery send --to zoe@elsewhere.example " + edition).code, 2) << "not in allow";
    auto const twice = run("delivery send --to cid@tiny.example --to ann@tiny.example " + edition);
    EXPECT_EQ(twice.code, 3);
    EXPECT_THAT(twice.err, HasSubstr("ann@tiny.example has a delivery of the edition"));
    EXPECT_EQ(run("delivery send --to cid@tiny.example --by Dana " + edition).code, 0);
    work();
    EXPECT_EQ(taken("cid@tiny.example"), 1) << log;
    EXPECT_EQ(taken("ann@tiny.example"), 1);
    auto const cid = json::parse(run("delivery show --json " + to("cid@tiny.example")["id"].get<std::string>()).out);
    EXPECT_EQ(cid["content"]["subject"], "Tiny IT: Cash flow, October 2026");
    auto const shown = json::parse(run("schedule show --json " + edition).out);
    EXPECT_EQ(shown["state"], "done");
    EXPECT_THAT(shown["log"].dump(), HasSubstr("also to cid@tiny.example"));
}

TEST_F(Delivery, WhatMayHaveArrivedWaitsForAPerson) {
    server.set_faults("end drop match=ann@tiny.example\nend vanish match=bob@tiny.example\n");
    send();
    auto const ann = to("ann@tiny.example"), bob = to("bob@tiny.example");
    EXPECT_EQ(ann["state"], "unknown") << log;
    EXPECT_EQ(bob["state"], "unknown");
    EXPECT_EQ(run("delivery list --state unknown").code, 4);
    server.set_faults("");
    work(); // not by itself
    EXPECT_EQ(taken("ann@tiny.example"), 1);
    EXPECT_EQ(taken("bob@tiny.example"), 0);

    auto const early = run("delivery resend --by Dana " + bob["id"].get<std::string>());
    EXPECT_EQ(early.code, 3);
    EXPECT_THAT(early.err, HasSubstr("may have arrived"));
    EXPECT_EQ(run("delivery resolve --by Dana --note 'she has it' " + ann["id"].get<std::string>() + " sent").code, 0);
    EXPECT_EQ(run("delivery resolve --by Dana " + bob["id"].get<std::string>() + " again").code, 0);
    work();
    EXPECT_EQ(taken("ann@tiny.example"), 1);
    EXPECT_EQ(taken("bob@tiny.example"), 1);
    EXPECT_EQ(run("delivery list").code, 0);
    auto const log_of = json::parse(run("delivery show --json " + ann["id"].get<std::string>()).out)["log"];
    EXPECT_EQ(log_of.back()["by"], "Dana");
    EXPECT_EQ(log_of.back()["note"], "she has it");
}

TEST_F(Delivery, UnknownIdsAndWordsAreSaid) {
    send();
    EXPECT_EQ(run("delivery show zzzzzzzz").code, 2);
    auto const state = run("delivery list --state gone");
    EXPECT_EQ(state.code, 2);
    EXPECT_THAT(state.err, HasSubstr("pending, sending, sent, failed, unknown, cancelled"));
    EXPECT_EQ(run("delivery resolve x maybe").code, 2);
    EXPECT_EQ(run("template lint mail").code, 0);
}
