#include "desk.hpp"
#include "model/json.hpp"
#include "service/notices.hpp"
#include "store/queue.hpp"
#include <gmock/gmock.h>

namespace deckle::service {
namespace {

using store::DeliveryState;
using store::EditionState;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class NoticesTest : public Desk {
protected:
    NoticesTest() {
        read("[packs.monthly]\ntitle = \"Monthly pack\"\nreports = [\"cash-flow\"]\n"
             "[schedules.month-end]\npack = \"monthly\"\nwhen = \"3rd business day after month end 07:00\"\n"
             "[schedules.own]\npack = \"monthly\"\nwhen = \"every day 07:00\"\nowner = \"sam@prairie.example\"\n"
             "reviewer = \"nora@prairie.example\"\n");
        mail("mail");
        workspace.delivery.owner = {"dana@prairie.example", "ellen@prairie.example"};
        workspace.delivery.from.address = "reports@prairie.example";
    }
    void mail(std::string const& name) { workspace.delivery.channels[name] = {name, data::SmtpSettings{}, 0, {}}; }
    /// What was told, oldest first.
    std::vector<store::Delivery> told() {
        auto all = store::Deliveries(database).list({.notices = true});
        std::ranges::reverse(all);
        return all;
    }
    std::string text_of(store::Delivery const& d, char const* member = "text") {
        return model::Json::parse(d.content).at(member);
    }
};

TEST_F(NoticesTest, AFailureIsToldOnceToEachOwner) {
    auto const e = edition("month-end", "2026-10", EditionState::failed, "the file bills.csv is not there");
    EXPECT_TRUE(notices(office).failed(e, clock.now()));
    store::Database other(folder / ".deckle" / "store.db");
    (void)store::Deliveries(other);
    auto second = beside(other);
    EXPECT_FALSE(notices(second).failed(e, clock.now() + std::chrono::hours(1)));
    auto const all = told();
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[0].recipient, "dana@prairie.example");
    EXPECT_EQ(all[1].recipient, "ellen@prairie.example");
    EXPECT_THAT(
        all, Each(AllOf(testing::Field(&store::Claim::schedule, ""), testing::Field(&store::Claim::subject, "notice"),
                        testing::Field(&store::Claim::period, "failed/" + e.id),
                        testing::Field(&store::Claim::channel, "mail"))));
    EXPECT_THAT(all[0].message_id, testing::EndsWith("@prairie.example"));
    EXPECT_THAT(text_of(all[0], "subject"), "Prairie: Not made: Monthly pack, 2026-10");
    EXPECT_THAT(text_of(all[0]), AllOf(HasSubstr("the file bills.csv is not there."),
                                       HasSubstr("deckle schedule run month-end --period 2026-10"),
                                       HasSubstr("deckle runs show k3f9a2b1"), HasSubstr("Edition: " + e.id),
                                       HasSubstr("Due: Nov 4, 2026 07:00 CST")));
    EXPECT_EQ(store::Queue(database).depth("deliver"), 2);
    EXPECT_THAT(logged.str(), HasSubstr("Not made: Monthly pack, 2026-10"));
}

TEST_F(NoticesTest, WhatIsInTheTextIsEscapedInTheHtml) {
    auto const e = edition("month-end", "2026-10", EditionState::failed, "<script>x</script> & \"y\"");
    ASSERT_TRUE(notices(office).failed(e, clock.now()));
    EXPECT_THAT(text_of(told()[0], "html"),
                AllOf(HasSubstr("&lt;script&gt;"), Not(HasSubstr("<script>")), Not(HasSubstr("missing:"))));
}

TEST_F(NoticesTest, AHoldIsToldOnceWithItsReasonAndHowToReleaseIt) {
    auto const e = edition("own", "2026-10", EditionState::held, "invoices.json is 9 days old");
    EXPECT_TRUE(notices(office).held(e, true, clock.now() + std::chrono::hours(48), clock.now()));
    EXPECT_FALSE(notices(office).held(e, true, clock.now() + std::chrono::hours(48), clock.now()));
    auto const all = told();
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].recipient, "sam@prairie.example") << "the schedule's own owner";
    EXPECT_THAT(text_of(all[0]),
                AllOf(HasSubstr("invoices.json is 9 days old."), HasSubstr("until Nov 6, 2026 07:00 CST"),
                      HasSubstr("deckle schedule release " + e.id), HasSubstr("deckle schedule stop " + e.id)));
}

TEST_F(NoticesTest, AWaitingRunTellsTheReviewer) {
    auto e = edition("own", "2026-10", EditionState::waiting);
    e.release_at = parse_instant("2026-11-04T16:00:00Z");
    EXPECT_TRUE(notices(office).waiting(e, clock.now()));
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_EQ(told()[0].recipient, "nora@prairie.example");
    EXPECT_THAT(text_of(told()[0]), AllOf(HasSubstr("goes out by itself at Nov 4, 2026 10:00 CST"),
                                          HasSubstr("deckle schedule release " + e.id)));
}

TEST_F(NoticesTest, AnUnknownDeliveryIsToldAndOneOfANoticeIsNot) {
    store::Delivery d;
    d.id = "abcd2345";
    d.schedule = "month-end";
    d.period = "2026-10";
    d.subject = "pack:monthly";
    d.recipient = "bob@client.example";
    d.attempts = 1;
    EXPECT_TRUE(notices(office).unknown(d, clock.now()));
    EXPECT_FALSE(notices(office).unknown(d, clock.now()));
    EXPECT_THAT(text_of(told()[0]), HasSubstr("deckle delivery resolve abcd2345 sent"));
    d.attempts = 2; // a person asked to send it again, and it happened again
    EXPECT_TRUE(notices(office).unknown(d, clock.now()));
    d.schedule = "";
    d.attempts = 1;
    EXPECT_FALSE(notices(office).undelivered(d, clock.now())) << "a notice about a notice would never end";
}

TEST_F(NoticesTest, WithoutAnybodyToTellItStandsInTheLedgerAndTheLog) {
    workspace.delivery.owner.clear();
    auto const e = edition("month-end", "2026-10", EditionState::failed, "no data");
    EXPECT_TRUE(notices(office).failed(e, clock.now()));
    EXPECT_FALSE(notices(office).failed(e, clock.now()));
    auto const all = told();
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].state, DeliveryState::cancelled);
    EXPECT_EQ(store::Queue(database).depth("deliver"), 0);
    EXPECT_THAT(store::Deliveries(database).log(all[0].id).back().note, HasSubstr("add [delivery] owner"));
    EXPECT_THAT(logged.str(), HasSubstr("Not made"));
    workspace.delivery.channels.clear();
    EXPECT_TRUE(notices(office).wrong_configuration("deckle.toml:3:1: unknown key 'wen'", clock.now()));
}

TEST_F(NoticesTest, AnotherChannelMayCarryThem) {
    mail("second");
    EXPECT_EQ(notices(office).channel("month-end"), "mail");
    workspace.schedules.at("month-end").via = "second";
    EXPECT_EQ(notices(office).channel("month-end"), "second");
    workspace.delivery.notice_channel = "hook";
    workspace.delivery.channels["hook"] = {"hook", data::WebhookSettings{}, 0, {}};
    EXPECT_TRUE(notices(office).never_again("month-end", clock.now()));
    ASSERT_THAT(told(), SizeIs(1)) << "a webhook is told once, not once for each owner";
    EXPECT_EQ(told()[0].channel, "hook");
    EXPECT_EQ(told()[0].recipient, "");
}

TEST_F(NoticesTest, ANoticeIsPartOfTheCallersTransaction) {
    auto const e = edition("month-end", "2026-10", EditionState::failed, "no data");
    EXPECT_THROW(database.transact([&] {
        (void)notices(office).failed(e, clock.now());
        throw Error(ErrorCode::failed, "power cut");
    }),
                 Error);
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_TRUE(notices(office).failed(e, clock.now()));
}

TEST_F(NoticesTest, AWrongConfigurationIsToldOnceADay) {
    EXPECT_TRUE(notices(office).wrong_configuration("deckle.toml:3:1: unknown key 'wen'", clock.now()));
    EXPECT_FALSE(notices(office).wrong_configuration("deckle.toml:3:1: unknown key 'wen'", clock.now()));
    EXPECT_TRUE(notices(office).wrong_configuration("deckle.toml:3:1: unknown key 'zon'", clock.now()));
    // Midnight is that of the company: 06:00 UTC.
    EXPECT_FALSE(notices(office).wrong_configuration("deckle.toml:3:1: unknown key 'wen'",
                                                     parse_instant("2026-11-05T05:59:00Z").value()));
    EXPECT_TRUE(notices(office).wrong_configuration("deckle.toml:3:1: unknown key 'wen'",
                                                    parse_instant("2026-11-05T06:00:00Z").value()));
}

} // namespace
} // namespace deckle::service
