#include "desk.hpp"
#include "model/json.hpp"
#include "service/restatements.hpp"
#include <gmock/gmock.h>

namespace deckle::service {
namespace {

using namespace std::chrono_literals;
using store::EditionState;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

store::Compared figure(char const* before, char const* after, char const* unit = "USD") {
    return {"cash.total", unit, "2026-10", 1, before, after, true, true};
}

TEST(Materiality, BothTheShareAndTheAmountHaveToBeExceeded) {
    data::Watch watch;
    watch.threshold = Decimal::of("0.01");
    watch.amount = Decimal::of("500");
    EXPECT_FALSE(is_material(watch, figure("100000", "100000")));
    EXPECT_FALSE(is_material(watch, figure("100000", "101000"))) << "exactly one percent is not more";
    EXPECT_TRUE(is_material(watch, figure("100000", "101000.01")));
    EXPECT_TRUE(is_material(watch, figure("100000", "98999")));
    EXPECT_FALSE(is_material(watch, figure("1000", "1500"))) << "half as much again, but 500 only";
    EXPECT_TRUE(is_material(watch, figure("1000", "1500.01")));
    EXPECT_TRUE(is_material(watch, figure("-1000", "1000")));
    EXPECT_TRUE(is_material(watch, figure("0", "501")));
    EXPECT_TRUE(is_material(watch, figure("40", "41", "days"))) << "the amount is of money";
    EXPECT_FALSE(is_material(watch, figure("0.310", "0.311", "ratio")));
    EXPECT_TRUE(is_material(watch, figure("2026-12-24", "2026-12-25", "date")));
    auto gone = figure("5", "5");
    gone.after.reset();
    EXPECT_TRUE(is_material(watch, gone)) << "n/a now";
    EXPECT_TRUE(is_material(data::Watch(), figure("100000", "100000.01"))) << "without a threshold every change";
    EXPECT_FALSE(is_material(data::Watch(), figure("74900", "74900.4", "JPY"))) << "less than the smallest coin";
    EXPECT_TRUE(is_material(data::Watch(), figure("74900", "74901", "JPY")));
    EXPECT_FALSE(is_material(data::Watch(), figure("74900.0000", "74900.0004", "KWD")));
    EXPECT_TRUE(is_material(data::Watch(), figure("74900", "74900.001", "KWD")));
    EXPECT_TRUE(is_material(data::Watch(), figure("41.5", "41.501", "days"))) << "no money";
    auto other = figure("74900", "74900", "KWD");
    other.other_unit = "JPY";
    EXPECT_TRUE(is_material(watch, other)) << "another unit is another figure";
}

/// Gives the runs that are made again these figures.
class Again final : public Survey {
public:
    std::vector<DraftProgress> drafts() override { return {}; }
    std::optional<std::string> calendar(std::string const&) override { return std::nullopt; }
    std::vector<store::Figure> run_again(store::Run const& sent) override {
        asked.push_back(sent.id);
        if (broken) throw Error(ErrorCode::data, "bills.csv is not there");
        return figures;
    }
    std::vector<store::Figure> figures;
    std::vector<std::string> asked;
    bool broken = false;
};

class RestatementsTest : public Desk {
protected:
    RestatementsTest() {
        read("[schedules.close]\nreport = \"cash-flow\"\nwhen = \"3rd business day after month end 07:00\"\n"
             "to = [\"owner@prairie.example\"]\nset = { minimum_cash = \"250000\" }\n"
             "watch = { periods = 2, threshold = \"1%\", amount = \"500\" }\n");
        workspace.delivery.channels["mail"] = {"mail", data::SmtpSettings{}, 0, {}};
        workspace.delivery.owner = {"dana@prairie.example"};
    }
    std::vector<store::Figure> figures(char const* total, char const* dso = "41.5") {
        return {{"cash.total", 1, "2026-10", total, "USD"}, {"cash.dso", 1, "2026-10", dso, "days"}};
    }
    /// An edition that was sent with these figures.
    store::Edition sent(std::string const& period, std::vector<store::Figure> const& with, bool arrived = true,
                        int revision = 1) {
        store::RunStart start;
        start.report = "cash-flow";
        start.period = period;
        start.as_of = Date::of("2026-10-31");
        start.started = clock.now() + std::chrono::hours(runs++);
        auto const run = ledger.start(start);
        store::RunEnd end;
        end.finished = start.started;
        end.figures = with;
        ledger.finish(run, end);
        store::Editions editions(database);
        store::Edition e;
        e.schedule = "close";
        e.period = period;
        e.subject = "report:cash-flow";
        e.to = R"(["owner@prairie.example"])";
        e.revision = revision;
        e.trigger = "schedule";
        e.due = clock.now();
        e.id = editions.open(e, clock.now()).value();
        EXPECT_TRUE(editions.step(e.id, {EditionState::queued}, {.to = EditionState::done, .run = run}, clock.now()));
        store::Delivery d;
        d.schedule = "close";
        d.period = period;
        d.revision = revision;
        d.edition = e.id;
        d.recipient = "owner@prairie.example";
        store::Deliveries deliveries(database);
        auto const id = deliveries.claim(d, clock.now()).value();
        bool const settled = arrived && deliveries.leaving(id, 1, clock.now()) &&
                             deliveries.settle(id, 1, store::DeliveryState::sent, "250", clock.now());
        EXPECT_EQ(settled, arrived);
        return editions.find(e.id);
    }
    std::vector<Restated> look() { return restated(office, again, "close", *workspace.schedules.at("close").watch); }
    std::vector<std::string> told() {
        std::vector<std::string> texts;
        for (auto const& d : store::Deliveries(database).list({.notices = true}))
            if (d.subject == "notice") texts.push_back(model::Json::parse(d.content).at("text"));
        return texts;
    }
    std::string refusal(RevisionAsked const& asked) {
        try {
            (void)revise(office, asked);
        } catch (Error const& e) {
            return e.what();
        }
        ADD_FAILURE() << "opened";
        return "";
    }

    store::Store ledger{database};
    Again again;
    int runs = 0;
};

TEST_F(RestatementsTest, TheNewestPeriodsThatWereSentAreLookedAt) {
    (void)sent("2026-08", figures("1"));
    auto const september = sent("2026-09", figures("1"));
    auto const first = sent("2026-10", figures("1"));
    auto const second = sent("2026-10", figures("2"), true, 2);
    (void)sent("2026-11", figures("1"), false);
    auto const found = sent_editions(office, "close", 2);
    ASSERT_THAT(found, SizeIs(2));
    EXPECT_EQ(found[0].id, second.id) << "what the readers have is the newest revision";
    EXPECT_EQ(found[1].id, september.id);
}

TEST_F(RestatementsTest, ChangesBeyondTheThresholdAreToldOnceForEachSet) {
    auto const e = sent("2026-10", figures("100000.00"));
    again.figures = figures("100900", "41.6");
    ASSERT_THAT(look(), SizeIs(1));
    EXPECT_THAT(look()[0].figures, IsEmpty());
    EXPECT_EQ(look()[0].within, 2U);
    EXPECT_FALSE(tell_restated(office, look()[0]));
    again.figures = figures("104310.50", "41.6");
    auto const found = look().at(0);
    ASSERT_THAT(found.figures, SizeIs(1));
    EXPECT_EQ(found.figures[0].figure.id, "cash.total");
    EXPECT_TRUE(tell_restated(office, found));
    EXPECT_FALSE(tell_restated(office, look()[0])) << "the same changes";
    ASSERT_THAT(told(), SizeIs(1));
    EXPECT_THAT(told()[0], AllOf(HasSubstr("Changed since it was sent: cash-flow, 2026-10"), HasSubstr("cash.total"),
                                 HasSubstr("Sent: $100,000.00"), HasSubstr("Now: $104,310.50"),
                                 HasSubstr("Difference: +$4,310.50"), HasSubstr("1 more changed by less"),
                                 HasSubstr("deckle schedule revise close --period 2026-10 --reason"),
                                 HasSubstr("Edition: " + e.id)));
    again.figures = figures("104310.51", "41.6");
    EXPECT_TRUE(tell_restated(office, look()[0])) << "another set";
    EXPECT_EQ(ledger.runs({.report = "cash-flow"}).size(), 1U) << "the rest is marked as made for comparison";
}

TEST_F(RestatementsTest, AnotherUnitIsAChangeEachValueInItsOwn) {
    (void)sent("2026-10", {{"cash.total", 1, "2026-10", "74900", "JPY"}});
    again.figures = {{"cash.total", 1, "2026-10", "74900", "KWD"}};
    ASSERT_TRUE(tell_restated(office, look().at(0)));
    auto const text = told().at(0);
    ASSERT_THAT(text, AllOf(HasSubstr("74,900.000"), Not(HasSubstr("Difference: +"))));
    EXPECT_EQ(text.find("KWD"), text.rfind("KWD")) << "of what it is now alone\n" << text;
}

TEST_F(RestatementsTest, OneWeekOfARunningMonthIsRevisedAlone) {
    (void)sent("2026-11@2026-11-09", figures("100000"));
    auto const later = sent("2026-11@2026-11-16", figures("100000"));
    again.figures = figures("104310");
    ASSERT_TRUE(tell_restated(office, look().at(0)));
    EXPECT_THAT(told().at(0), HasSubstr("schedule revise close --period 2026-11@2026-11-16 --reason"));
    auto const opened = revise(office, {"close", "2026-11@2026-11-16", "", "an invoice was voided", "Dana"});
    ASSERT_THAT(opened, SizeIs(1));
    EXPECT_EQ(opened[0].period, later.period);
}

TEST_F(RestatementsTest, APeriodThatCannotBeMadeAgainDoesNotHideTheOthers) {
    (void)sent("2026-10", figures("1"));
    again.broken = true;
    EXPECT_EQ(look().at(0).problem, "bills.csv is not there");
    EXPECT_FALSE(tell_restated(office, look()[0]));
}

TEST_F(RestatementsTest, TheJobComesOnceADayInTheSchedulesZone) {
    store::Queue queue(database);
    workspace.schedules.at("close").zone = "Australia/Sydney";
    clock.set("2026-11-03T18:59:00Z"); // 05:59 in Sydney on the 4th
    enqueue_restatements(office);
    EXPECT_EQ(queue.depth("make"), 0);
    clock.set("2026-11-03T19:00:00Z");
    enqueue_restatements(office);
    enqueue_restatements(office);
    EXPECT_EQ(queue.depth("make"), 1);
    EXPECT_TRUE(queue.claim_one("w", "restate/close/2026-11-04", 1min));
    workspace.schedules.at("close").watch.reset();
    clock.set("2026-11-05T19:00:00Z");
    enqueue_restatements(office);
    EXPECT_EQ(queue.depth("make"), 1) << "not watched any more";
}

TEST_F(RestatementsTest, ARevisionIsTheNextOfWhatWasSent) {
    auto const e = sent("2026-10", figures("1"));
    auto const opened = revise(office, {"close", "2026-10", "", "an invoice was voided", "Dana"});
    ASSERT_THAT(opened, SizeIs(1));
    EXPECT_EQ(opened[0].revision, 2);
    EXPECT_EQ(opened[0].note, "an invoice was voided");
    EXPECT_EQ(opened[0].by, "Dana");
    EXPECT_EQ(opened[0].trigger, "revision");
    EXPECT_EQ(opened[0].to, e.to);
    EXPECT_EQ(opened[0].params, R"({"minimum_cash":"250000"})") << "as the schedule is now";
    EXPECT_EQ(opened[0].state, EditionState::queued);
    EXPECT_EQ(opened[0].run, "");
    EXPECT_EQ(store::Queue(database).depth("make"), 1);
    EXPECT_THAT(refusal({"close", "2026-10", "", "once more", "Dana"}), HasSubstr("revision 2 is under way"));
    ASSERT_TRUE(store::Editions(database).step(opened[0].id, {EditionState::queued}, {.to = EditionState::stopped},
                                               clock.now()));
    EXPECT_THAT(refusal({"close", "2026-10", "", "once more", "Dana"}), HasSubstr("revision 2 was not sent"));
}

TEST_F(RestatementsTest, WhatCouldBeDeliveredToNobodyIsMadeAgain) {
    auto const e = sent("2026-10", figures("1"), false);
    store::Deliveries deliveries(database);
    auto const id = deliveries.list({.edition = e.id}).at(0).id;
    EXPECT_THAT(refusal({"close", "2026-10", "", "its file is gone", "Dana"}), HasSubstr("nothing of it was sent"))
        << "it is leaving";
    ASSERT_TRUE(deliveries.settle(id, 0, store::DeliveryState::failed, "its file is gone", clock.now()));
    EXPECT_EQ(revise(office, {"close", "2026-10", "", "its file is gone", "Dana"}).at(0).revision, 2);
}

TEST_F(RestatementsTest, NothingIsRevisedThatWasNotSent) {
    (void)sent("2026-10", figures("1"), false);
    EXPECT_THAT(refusal({"close", "2026-10", "", "why not", "Dana"}), HasSubstr("nothing of it was sent"));
    EXPECT_THAT(refusal({"close", "2025-01", "", "why not", "Dana"}), HasSubstr("nothing of it was sent"));
    EXPECT_THAT(refusal({"close", "2026-10", "", "", "Dana"}), HasSubstr("--reason"));
    EXPECT_THAT(refusal({"clsoe", "2026-10", "", "why not", "Dana"}), HasSubstr("did you mean 'close'?"));
}

} // namespace
} // namespace deckle::service
