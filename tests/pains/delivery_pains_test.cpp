// What hurts elsewhere once mail leaves: doubles, losses, silence. The counts come from the SMTP server's own log.
#include "daemon.hpp"
#include "service/claims.hpp"
#include "service/deliver.hpp"
#include "service/opening.hpp"

namespace deckle::pains {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

std::string const three = R"(
to = ["ann@tiny.example", "bob@tiny.example", "cy@tiny.example"]
)";

/// Address -> state.
std::map<std::string, DeliveryState> states(Daemon& daemon) {
    std::map<std::string, DeliveryState> all;
    for (auto const& d : daemon.deliveries()) all[d.recipient] = d.state;
    return all;
}

store::Delivery delivery_to(Daemon& daemon, std::string const& address) {
    for (auto const& d : daemon.deliveries())
        if (d.recipient == address) return d;
    throw std::runtime_error("no delivery to " + address);
}

/// A person says what came of it, or that it is to go out again.
void resolve(Daemon& daemon, std::string const& address, DeliveryState to) {
    auto const d = delivery_to(daemon, address);
    daemon.database().transact([&] {
        store::Deliveries(daemon.database()).resolve(d.id, to, "dana", "looked", daemon.office().clock.now());
        store::Queue queue(daemon.database());
        if (to == DeliveryState::pending) service::enqueue_delivery(queue, d.id);
    });
}

using DeliveryPain = MailPain;

TEST_F(DeliveryPain, Pain01_TwoDaemonsAndALongJobMailEachReportOnce) {
    schedule(month_end + three);
    press = TestPress{[this](auto const&, auto const&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
        return product;
    }};
    TestPress other_press = press;
    auto one = daemon();
    Daemon two(workspace, other_press, clock);
    one->tick();
    clock.set("2026-11-04T13:00:00Z");
    auto const run = [](Daemon& d) {
        for (int i = 0; i < 3; ++i) d.tick();
        d.work();
    };
    std::thread thread([&] { run(two); });
    run(*one);
    thread.join();
    one->work();
    EXPECT_EQ(press.made_count + other_press.made_count, 1);
    EXPECT_EQ(one->editions().size(), 1u);
    EXPECT_THAT(reports_taken(server),
                ElementsAre(Pair("ann@tiny.example", 1), Pair("bob@tiny.example", 1), Pair("cy@tiny.example", 1)));
}

TEST_F(DeliveryPain, Pain02_OneBadRecipientDoesNotMakeTheRetryGoToEverybody) {
    schedule(month_end + three);
    server.set_faults("rcpt 451_4.3.0_later match=bob@ times=2\nrcpt 550_5.1.1_unknown match=cy@\n");
    auto d = daemon();
    d->tick();
    clock.set("2026-11-04T13:00:00Z");
    d->tick();
    d->work();
    EXPECT_THAT(reports_taken(server), ElementsAre(Pair("ann@tiny.example", 1), Pair("bob@tiny.example", 1)));
    EXPECT_EQ(press.made_count, 1); // nor is it made again
    EXPECT_EQ(states(*d)["bob@tiny.example"], DeliveryState::sent);
    EXPECT_EQ(states(*d)["cy@tiny.example"], DeliveryState::failed);
}

TEST_F(DeliveryPain, Pain03_TakenOverButNotRecordedIsNeverSentAgainByItself) {
    schedule(month_end + three);
    server.set_faults("end drop match=bob@ times=1\n"); // after it was taken over, without an answer
    auto d = daemon();
    d->tick();
    clock.set("2026-11-04T13:00:00Z");
    d->tick();
    d->work();
    d.reset();
    clock.set("2026-11-06T13:00:00Z");
    d = daemon(); // started again, days later
    d->tick();
    d->work();
    EXPECT_EQ(states(*d)["bob@tiny.example"], DeliveryState::unknown);
    EXPECT_THAT(reports_taken(server), Contains(Pair("bob@tiny.example", 1)));
    EXPECT_EQ(d->editions().at(0).state, EditionState::delivering); // not done while one is unknown
    resolve(*d, "bob@tiny.example", DeliveryState::sent);
    d->work();
    EXPECT_THAT(reports_taken(server),
                ElementsAre(Pair("ann@tiny.example", 1), Pair("bob@tiny.example", 1), Pair("cy@tiny.example", 1)));
}

TEST_F(DeliveryPain, Pain13_WhatDidNotArriveIsNotASuccess) {
    schedule(month_end + three);
    server.set_faults("rcpt 550_5.7.1_no match=ann@\nend vanish match=bob@\n");
    auto d = daemon();
    d->tick();
    clock.set("2026-11-04T13:00:00Z");
    d->tick();
    d->work();
    EXPECT_EQ(states(*d)["ann@tiny.example"], DeliveryState::failed);
    EXPECT_EQ(states(*d)["bob@tiny.example"], DeliveryState::unknown);
    EXPECT_EQ(states(*d)["cy@tiny.example"], DeliveryState::sent);
    EXPECT_NE(d->editions().at(0).state, EditionState::done);
    EXPECT_THAT(delivery_to(*d, "ann@tiny.example").answer, HasSubstr("5.7.1 no"));
    EXPECT_THAT(reports_taken(server), ElementsAre(Pair("cy@tiny.example", 1)));
}

TEST_F(DeliveryPain, Pain14_AFailureIsToldOnceAndNotOncePerRetry) {
    schedule(month_end + three);
    press = TestPress{[](auto const&, auto const&) -> delivery::Product {
        throw Error(ErrorCode::plugin, "the plugin ended without an answer");
    }};
    auto d = daemon();
    d->tick();
    clock.set("2026-11-04T13:00:00Z");
    d->tick();
    d->work();
    d->tick();
    d->work();
    EXPECT_EQ(press.made_count, 4); // retries = 3
    ASSERT_EQ(d->editions().at(0).state, EditionState::failed);
    EXPECT_THAT(d->editions().at(0).reason, HasSubstr("the plugin ended without an answer"));
    auto const accepted = server.accepted();
    ASSERT_EQ(accepted.size(), 1u) << d->log();
    EXPECT_THAT(accepted[0].at("to"), ElementsAre("owner@tiny.example"));
    EXPECT_EQ(d->notices().size(), 1u);
}

TEST_F(DeliveryPain, Pain15_OnlyTheFailuresAreSentAgainAndWhatWasSentIsKnown) {
    schedule(month_end + three);
    server.set_faults("rcpt 550_5.1.1_unknown match=bob@\n");
    auto d = daemon();
    d->tick();
    clock.set("2026-11-04T13:00:00Z");
    d->tick();
    d->work();
    EXPECT_THAT(reports_taken(server), ElementsAre(Pair("ann@tiny.example", 1), Pair("cy@tiny.example", 1)));
    // What each was to get is kept, with the hash of the very file.
    auto const before = delivery_to(*d, "bob@tiny.example");
    EXPECT_THAT(before.content, HasSubstr(product.files.at(0).sha256));
    EXPECT_EQ(before.content, delivery_to(*d, "ann@tiny.example").content);
    server.set_faults("# none\n");
    resolve(*d, "bob@tiny.example", DeliveryState::pending);
    d->work();
    EXPECT_THAT(reports_taken(server),
                ElementsAre(Pair("ann@tiny.example", 1), Pair("bob@tiny.example", 1), Pair("cy@tiny.example", 1)));
    EXPECT_EQ(delivery_to(*d, "bob@tiny.example").content, before.content);
    EXPECT_EQ(press.made_count, 1);
    EXPECT_EQ(d->editions().at(0).state, EditionState::done);
}

TEST_F(DeliveryPain, Pain18_SubjectAndFileNameTellClientPeriodAndRevision) {
    schedule(month_end + "to = \"ann@tiny.example\"\n");
    auto d = daemon();
    d->tick();
    clock.set("2026-11-04T13:00:00Z");
    d->tick();
    d->work();
    auto edition = d->editions().at(0);
    d->database().transact([&] {
        edition.revision = 2;
        edition.id = store::Editions(d->database()).open(edition, clock.now()).value();
        edition.attempts = 0;
        service::enqueue_make(d->office(), edition);
    });
    d->work();
    auto const accepted = server.accepted();
    ASSERT_EQ(accepted.size(), 2u);
    std::string const first = accepted[0].at("subject"), second = accepted[1].at("subject");
    for (auto const* part : {"Tiny IT", "Cash flow", "October 2026"}) EXPECT_THAT(first, HasSubstr(part));
    EXPECT_THAT(second, HasSubstr("revision 2"));
    EXPECT_THAT(server.message(accepted[0]), HasSubstr("Tiny-IT_cash-flow_2026-10.pdf"));
    EXPECT_THAT(server.message(accepted[1]), HasSubstr("Tiny-IT_cash-flow_2026-10_r2.pdf"));
}

TEST_F(DeliveryPain, Pain19_EachRecipientGetsTheirOwnRowsAndNobodyElses) {
    schedule(R"(
[datasets.people]
connection = "books"
file = "people.csv"
[schedules.own]
report = "cash-flow"
when = "3rd business day after month end 07:00"
[schedules.own.each]
dataset = "people"
id = "id"
to = "email"
only = { role = ["sales"] }
set = { owner = "name" }
)");
    write_file(workspace.root / "people.csv", "id,name,role,email\n"
                                              "p1,Ann,sales,ann@tiny.example\n"
                                              "p2,Bob,engineer,bob@tiny.example\n"
                                              "p3,Cy,sales,cy@tiny.example; boss@tiny.example\n");
    std::map<std::string, std::string> asked; // part -> parameters
    press = TestPress{[&](store::Edition const& e, auto const&) {
        asked[e.part] = e.params;
        return product;
    }};
    auto d = daemon();
    d->tick();
    clock.set("2026-11-04T13:00:00Z");
    d->tick();
    d->work();
    EXPECT_THAT(asked, ElementsAre(Pair("p1", R"({"owner":"Ann"})"), Pair("p3", R"({"owner":"Cy"})")));
    std::map<std::string, std::string> part_of;
    for (auto const& e : d->editions()) part_of[e.id] = e.part;
    std::map<std::string, std::string> got;
    for (auto const& delivery : d->deliveries()) got[delivery.recipient] = part_of.at(delivery.edition);
    EXPECT_THAT(got, ElementsAre(Pair("ann@tiny.example", "p1"), Pair("boss@tiny.example", "p3"),
                                 Pair("cy@tiny.example", "p3")));
    EXPECT_THAT(reports_taken(server),
                ElementsAre(Pair("ann@tiny.example", 1), Pair("boss@tiny.example", 1), Pair("cy@tiny.example", 1)));
}

} // namespace
} // namespace deckle::pains
