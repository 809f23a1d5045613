#include "desk.hpp"
#include "model/json.hpp"
#include "service/notices.hpp"
#include "store/queue.hpp"
#include <gmock/gmock.h>

namespace deckle::service {
namespace {

using store::DeliveryState;
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
    static Notice notice(std::string const& what) {
        return {"test/1", "Not made: x", what, {{"Schedule", "x"}}, {{"Look", "deckle doctor"}}, {}, {}};
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

TEST_F(NoticesTest, ItIsToldOnceToEachOwnerWhoeverNoticesFirst) {
    Notice const n = notice("the file bills.csv is not there.");
    EXPECT_TRUE(notices(office).tell(n, "month-end", clock.now()));
    store::Database other(folder / ".deckle" / "store.db");
    (void)store::Deliveries(other);
    auto second = beside(other);
    EXPECT_FALSE(notices(second).tell(n, "month-end", clock.now() + std::chrono::hours(1)));
    auto const all = told();
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[0].recipient, "dana@prairie.example");
    EXPECT_EQ(all[1].recipient, "ellen@prairie.example");
    EXPECT_THAT(
        all,
        Each(AllOf(testing::Field(&store::Claim::schedule, ""), testing::Field(&store::Claim::subject, "notice"),
                   testing::Field(&store::Claim::period, "test/1"), testing::Field(&store::Claim::channel, "mail"))));
    EXPECT_THAT(all[0].message_id, testing::EndsWith("@prairie.example"));
    EXPECT_THAT(text_of(all[0], "subject"), "Prairie: Not made: x");
    EXPECT_THAT(text_of(all[0]), AllOf(HasSubstr("the file bills.csv is not there."), HasSubstr("    deckle doctor")));
    EXPECT_EQ(store::Queue(database).depth("deliver"), 2);
    EXPECT_THAT(logged.str(), HasSubstr("Not made: x"));
}

TEST_F(NoticesTest, AScheduleMayHaveOwnersOfItsOwn) {
    EXPECT_TRUE(notices(office).tell(notice("x"), "own", clock.now()));
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_EQ(told()[0].recipient, "sam@prairie.example");
}

TEST_F(NoticesTest, WhatIsInTheTextIsEscapedInTheHtml) {
    ASSERT_TRUE(notices(office).tell(notice("<script>x</script> & \"y\""), "month-end", clock.now()));
    EXPECT_THAT(text_of(told()[0], "html"),
                AllOf(HasSubstr("&lt;script&gt;"), Not(HasSubstr("<script>")), Not(HasSubstr("missing:"))));
}

TEST_F(NoticesTest, WithoutAnybodyToTellItStandsInTheLedgerAndTheLog) {
    workspace.delivery.owner.clear();
    EXPECT_TRUE(notices(office).tell(notice("no data"), "month-end", clock.now()));
    EXPECT_FALSE(notices(office).tell(notice("no data"), "month-end", clock.now()));
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
    EXPECT_THROW(database.transact([&] {
        (void)notices(office).tell(notice("no data"), "month-end", clock.now());
        throw Error(ErrorCode::failed, "power cut");
    }),
                 Error);
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_TRUE(notices(office).tell(notice("no data"), "month-end", clock.now()));
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
