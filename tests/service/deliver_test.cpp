// What comes of a delivery.
#include "delivering.hpp"

namespace deckle::service {
namespace {

TEST_F(Deliver, SendsWhatWasClaimedOnceToEach) {
    auto const e = claimed({"ann@prairie.example", "bob@prairie.example"});
    work();
    EXPECT_EQ(taken(), 1);
    EXPECT_EQ(taken("bob@prairie.example"), 1);
    for (auto const& d : deliveries(e)) {
        EXPECT_EQ(d.state, sent);
        EXPECT_EQ(d.answer, "end: 250 OK");
        EXPECT_EQ(d.attempts, 1);
    }
    EXPECT_EQ(state(e), store::EditionState::done);
    ASSERT_EQ(server.messages.size(), 2U);
    auto const& m = server.messages[0];
    EXPECT_EQ(m.subject, "Prairie: monthly, October 2026");
    EXPECT_THAT(m.html, HasSubstr("Cash is fine"));
    EXPECT_THAT(m.text, HasSubstr("Cash is fine"));
    ASSERT_EQ(m.attachments.size(), 1U);
    EXPECT_EQ(m.attachments[0].name, "Prairie_monthly-pack_2026-10.pdf");
    EXPECT_EQ(m.attachments[0].bytes, "%PDF-1");
    EXPECT_EQ(m.from_name, "Prairie");
}

TEST_F(Deliver, ClaimingAgainChangesNothing) {
    auto const e = claimed({"ann@prairie.example"});
    claim_messages(office, schedule(), e, "another", compose_messages(office, schedule(), e, product()));
    work();
    EXPECT_EQ(taken(), 1);
    EXPECT_EQ(only(e).run, "6ajyq5zf");
}

// https://github.com/apache/superset/issues/22664 and https://github.com/odoo/odoo/issues/99189: sent twice.
TEST_F(Deliver, OneBadRecipientTouchesNobodyElse) {
    auto const e = claimed({"ann@prairie.example", "eve@elsewhere.example", "bob@prairie.example"});
    auto const refused = deliveries(e).at(1);
    EXPECT_EQ(refused.recipient, "eve@elsewhere.example");
    EXPECT_EQ(refused.state, failed);
    EXPECT_EQ(refused.attempts, 0);
    EXPECT_THAT(refused.answer, HasSubstr(schedule().position.to_string()));
    EXPECT_THAT(refused.answer, HasSubstr("[delivery] allow"));
    EXPECT_GT(schedule().position.line, 0);
    work();
    EXPECT_EQ(taken(), 1);
    EXPECT_EQ(taken("bob@prairie.example"), 1);
    EXPECT_EQ(taken("eve@elsewhere.example"), 0);
    EXPECT_EQ(taken("owner@prairie.example"), 1); // is told
    EXPECT_EQ(state(e), store::EditionState::delivering);
}

TEST_F(Deliver, GivesUpAfterItsAttemptsAndTellsTheOwner) {
    auto const e = claimed({"ann@prairie.example"});
    server.outcome = Outcome::later;
    int tries = 0;
    while (only(e).state == pending && tries < 100) {
        time_passes();
        ASSERT_TRUE(work_one(office));
        ++tries;
        EXPECT_EQ(store::Queue(database).depth("deliver"), tries < late_attempts ? 1 : 2)
            << "people are told of " << tries;
    }
    EXPECT_EQ(tries, delivery_attempts);
    EXPECT_EQ(only(e).state, failed);
    EXPECT_THAT(only(e).answer, HasSubstr("given up after 20 attempts: rcpt: 450 not now"));
    EXPECT_EQ(only(e).attempts, delivery_attempts) << "also those that never got as far as the message";
    server.outcome = Outcome::accepted;
    work();
    EXPECT_EQ(taken(), 0);
    EXPECT_EQ(taken("owner@prairie.example"), 1);
}

TEST_F(Deliver, AServerThatAsksToBeLeftAloneIs) {
    (void)claimed({"ann@prairie.example"});
    server.outcome = Outcome::later;
    server.wait = std::chrono::minutes(10);
    ASSERT_TRUE(work_one(office));
    using namespace Poco::Data::Keywords;
    std::int64_t due = 0;
    database.sql("SELECT run_at FROM jobs WHERE state = 'ready'"), into(due), now;
    EXPECT_NEAR(static_cast<double>(due - store::ms(database.now())), 600'000, 60'000);
}

TEST_F(Deliver, WaitsLongerEachTimeAndNotAllAtOnce) {
    office.retry_after = std::chrono::seconds(30);
    auto const wait = [&](char const* id, int attempt) { return delivery_wait(office, id, attempt); };
    EXPECT_GE(wait("a", 1), std::chrono::seconds(30));
    EXPECT_LE(wait("a", 1), std::chrono::seconds(33));
    EXPECT_GE(wait("a", 2), std::chrono::seconds(60));
    EXPECT_LE(wait("a", 19), std::chrono::minutes(66));
    EXPECT_EQ(wait("a", 3), wait("a", 3));
    std::set<std::int64_t> all;
    for (char const* id : {"a", "b", "c", "d", "e", "f", "g", "h"}) all.insert(wait(id, 5).count());
    EXPECT_GT(all.size(), 4U);
}

TEST_F(Deliver, AFileThatWasChangedDoesNotLeave) {
    auto const e = claimed({"ann@prairie.example"});
    write_file(folder / ".deckle/artifacts/e/1/whole.pdf", "%PDF-2");
    work();
    EXPECT_EQ(taken(), 0);
    EXPECT_EQ(only(e).state, failed);
    EXPECT_THAT(only(e).answer, HasSubstr("was changed after it was made"));
    EXPECT_EQ(taken("owner@prairie.example"), 1);

    write_file(folder / ".deckle/artifacts/e/1/whole.pdf", "%PDF-1");
    auto const f = claimed({"bob@prairie.example"}, "2026-11");
    fs::remove(folder / ".deckle/artifacts/e/1/whole.pdf");
    work();
    EXPECT_EQ(only(f).state, failed);
    EXPECT_EQ(taken("bob@prairie.example"), 0);
}

TEST_F(Deliver, AChannelThatIsGoneIsSaid) {
    auto const e = claimed({"ann@prairie.example"});
    workspace.delivery.channels.erase("mail");
    work();
    EXPECT_EQ(only(e).state, failed);
    EXPECT_THAT(only(e).answer, HasSubstr("[delivery.channels.mail]"));
}

TEST_F(Deliver, WhatIsTooLargeGoesToTheFolderFirstAndTheMailHasItsAddress) {
    workspace.delivery.channels.at("mail").max_attachment = 5;
    auto refused = product();
    store::Edition unsent;
    unsent.period = "2026-10";
    unsent.subject = "pack:monthly";
    unsent.to = R"(["ann@prairie.example"])";
    EXPECT_THAT(cannot_leave(office, schedule(), unsent, refused).value_or(""), HasSubstr("6 bytes, more than the 5"));
    workspace.delivery.link = "https://files.prairie.example/";
    EXPECT_EQ(cannot_leave(office, schedule(), unsent, refused), std::nullopt);

    auto const e = claimed({"ann@prairie.example"});
    ASSERT_EQ(deliveries(e).size(), 2U);
    server.outcome = Outcome::later;
    time_passes();
    EXPECT_TRUE(work_one(office)); // the folder is not there yet
    EXPECT_TRUE(work_one(office)); // so the mail waits
    EXPECT_EQ(server.messages.size(), 1U);
    server.outcome = Outcome::accepted;
    work();
    ASSERT_EQ(server.messages.size(), 3U);
    EXPECT_EQ(server.messages[1].attachments.size(), 1U);
    EXPECT_TRUE(server.messages[2].attachments.empty());
    EXPECT_THAT(server.messages[2].html, HasSubstr("https://files.prairie.example/Prairie_monthly-pack_2026-10.pdf"));
    EXPECT_EQ(state(e), store::EditionState::done);
}

TEST_F(Deliver, AnEditionToNobodyIsDone) {
    auto const e = claimed({});
    EXPECT_TRUE(deliveries(e).empty());
    EXPECT_EQ(state(e), store::EditionState::done);
}

TEST_F(Deliver, CopiesGoToTheirFolder) {
    schedule().copies = {"archive", "old"};
    auto const e = claimed({"ann@prairie.example"});
    work();
    EXPECT_EQ(deliveries(e).size(), 3U);
    EXPECT_EQ(server.messages.size(), 3U);
    EXPECT_EQ(state(e), store::EditionState::done);
    schedule().copies = {"archiv"};
    EXPECT_THAT(cannot_leave(office, schedule(), e, product()).value_or(""), HasSubstr("did you mean 'archive'?"));
}

TEST_F(Deliver, TheDateIsThatOfTheTryAndTheMessageIdThatOfTheClaim) {
    auto const e = claimed({"ann@prairie.example"});
    auto const begin = clock.at;
    server.outcome = Outcome::later;
    time_passes();
    ASSERT_TRUE(work_one(office));
    clock.at += std::chrono::hours(26);
    server.outcome = Outcome::unknown;
    time_passes();
    ASSERT_TRUE(work_one(office));
    auto const d = only(e);
    ASSERT_EQ(d.state, unknown);
    clock.at += std::chrono::hours(1);
    database.transact([&] {
        store::Deliveries(database).resolve(d.id, pending, "Dana", "asked her", clock.at);
        store::Queue queue(database);
        enqueue_delivery(queue, d.id);
    });
    server.outcome = Outcome::accepted;
    work();
    std::vector<delivery::Message> tries;
    std::ranges::copy_if(server.messages, std::back_inserter(tries), [](auto const& m) { return m.notice.empty(); });
    ASSERT_EQ(tries.size(), 3U);
    EXPECT_EQ(tries[0].date, begin);
    EXPECT_EQ(tries[1].date, begin + std::chrono::hours(26));
    EXPECT_EQ(tries[2].date, begin + std::chrono::hours(27));
    for (auto const& m : tries) EXPECT_EQ(m.id, d.message_id);
}

TEST_F(Deliver, ANoticeSaysWhatItIsOf) {
    struct {
        char const *subject, *key, *notice, *schedule, *period;
    } const cases[] = {
        {"notice", "held/month-end/2026-10@2026-10-20/0123456789abcdef", "held", "month-end", "2026-10@2026-10-20"},
        {"notice", "failed/reminders/2026-Q4/0123456789abcdef", "failed", "reminders", "2026-Q4"},
        {"notice", "failed/reminders/2026-11-04", "failed", "", ""},
        {"notice", "failed/restate/month-end/2026-11-04", "failed", "month-end", ""},
        {"notice", "missed/month-end/2026-11-04T13:00:00Z", "missed", "month-end", ""},
        {"notice", "never/month-end/0123456789abcdef", "never", "month-end", ""},
        {"notice", "configuration/2026-11-04/0123456789abcdef", "configuration", "", ""},
        {"notice", "restated/abcd2345/0123456789abcdef", "restated", "", ""},
        {"reminder", "2026-11-04", "reminder", "", ""},
    };
    for (auto const& wanted : cases) {
        store::Delivery d;
        d.subject = wanted.subject;
        d.period = wanted.key;
        d.channel = "archive";
        d.content = R"({"subject":"s","html":"","text":"t"})";
        d.message_id = "a@prairie.example";
        auto const m = message_of(workspace, d, clock.at);
        delivery::check_message(m);
        std::map<std::string, std::string> headers(m.headers.begin(), m.headers.end());
        EXPECT_EQ(m.notice, wanted.notice) << wanted.key;
        EXPECT_EQ(m.to, "");
        EXPECT_EQ(headers["X-Deckle-Schedule"], wanted.schedule) << wanted.key;
        EXPECT_EQ(headers["X-Deckle-Period"], wanted.period) << wanted.key;
    }
}

} // namespace
} // namespace deckle::service
