// Webhooks: signed, never redirected, told apart.
#include "delivery/sending.hpp"
#include "support/web_server.hpp"

using namespace deckle;
using namespace deckle::tests;
using delivery::Outcome;
using delivery::Receipt;

namespace {

struct Fixture {
    Fixture(std::string key = secret_word) : secret(std::move(key)) {
        make_certificates(folder.root, "DNS:localhost,IP:127.0.0.1");
        server = std::make_unique<WebServer>(folder.root, std::vector<std::string>{"--secret", secret});
        settings.url = server->url("/hook");
        settings.ca = (folder.root / "ca.pem").string();
        settings.timeout = std::chrono::milliseconds(5000);
    }

    Receipt send() {
        left = false;
        return open_transport(settings, secret)->send(message_to("bob@prairie.example"), [&] { left = true; });
    }

    std::string secret;
    TestFolder folder;
    std::unique_ptr<WebServer> server;
    data::WebhookSettings settings;
    bool left = false;
};

} // namespace

TEST(WebhookChannel, TheDocumentIsSignedAndNamesTheFiles) {
    for (auto const& secret : {secret_word, std::string("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")}) {
        Fixture fixture(secret);
        auto const receipt = fixture.send();
        ASSERT_EQ(receipt.outcome, Outcome::accepted) << receipt.answer; // the receiver checks the signature
        auto const message = message_to("bob@prairie.example");
        auto const event = fixture.server->events("hook").at(0);
        EXPECT_EQ(event["id"], message.id); // the same on every try, so that a receiver can drop repeats
        EXPECT_EQ(event["timestamp"], "1793710805");
        EXPECT_EQ(event["type"], "application/json");
        auto const document = nlohmann::json::parse(read_file(fixture.server->file(event)));
        EXPECT_EQ(document["type"], "report.delivered");
        EXPECT_EQ(document["timestamp"], "2026-11-03T13:00:00Z");
        auto const& data = document["data"];
        EXPECT_EQ(data["message_id"], message.id);
        EXPECT_EQ(data["to"], "bob@prairie.example");
        EXPECT_EQ(data["subject"], message.subject);
        EXPECT_EQ(data["run"], "r-1"); // X-Deckle-Run
        ASSERT_EQ(data["files"].size(), 1u);
        EXPECT_EQ(data["files"][0]["name"], "Cash flow 2026-10.pdf");
        EXPECT_EQ(data["files"][0]["media_type"], "application/pdf");
        EXPECT_EQ(data["files"][0]["size"], 17);
        EXPECT_EQ(data["files"][0]["sha256"].get<std::string>().size(), 64u);
        EXPECT_FALSE(data["files"][0].contains("base64"));
    }
}

TEST(WebhookChannel, FilesTravelWithItWhenAsked) {
    Fixture fixture;
    fixture.settings.attach = true;
    ASSERT_EQ(fixture.send().outcome, Outcome::accepted);
    auto const document = nlohmann::json::parse(read_file(fixture.server->file(fixture.server->events("hook").at(0))));
    EXPECT_EQ(document["data"]["files"][0]["base64"], "JVBERi0xLjcKAP8NCi4NCgA=");
}

TEST(WebhookChannel, ANoticeIsNoReport) {
    Fixture const fixture;
    auto message = message_to("bob@prairie.example");
    message.to.clear();
    message.notice = "held";
    message.headers = {{"X-Deckle-Schedule", "month-end"}, {"X-Deckle-Period", "2026-10"}};
    ASSERT_EQ(open_transport(fixture.settings)->send(message, [] {}).outcome, Outcome::accepted);
    auto const document = nlohmann::json::parse(read_file(fixture.server->file(fixture.server->events("hook").at(0))));
    EXPECT_EQ(document["type"], "notice.held");
    EXPECT_EQ(document["data"]["schedule"], "month-end");
    EXPECT_EQ(document["data"]["period"], "2026-10");
    EXPECT_FALSE(document["data"].contains("to"));
}

TEST(WebhookChannel, AnotherSecretIsASettingAndNotShown) {
    Fixture fixture;
    fixture.secret = "another secret 77";
    auto const receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_NE(receipt.answer.find("see 'secret'"), std::string::npos) << receipt.answer;
    EXPECT_EQ(receipt.answer.find("another secret"), std::string::npos);
}

TEST(WebhookChannel, WhatItDoesNotTakeIsToldApart) {
    Fixture fixture;
    struct {
        char const* fault;
        Outcome outcome;
        std::size_t taken;
        char const* answer;
    } const cases[] = {
        {"hook 400", Outcome::refused, 0, "400"},
        {"hook 422", Outcome::refused, 0, "422"},
        {"hook 401", Outcome::later, 0, "see 'secret' and 'url'"}, // a setting
        {"hook 403", Outcome::later, 0, "see 'secret' and 'url'"},
        {"hook 404", Outcome::later, 0, "see 'url'"},
        {"hook 405", Outcome::later, 0, "see 'url'"},
        {"hook 410", Outcome::later, 0, "see 'url'"},
        {"hook 413", Outcome::refused, 0, "attach = false"},
        {"hook 429", Outcome::later, 0, "429"},
        {"hook 500", Outcome::later, 0, "500"},
        {"hook 302", Outcome::later, 0, "redirects are not followed: set url to https://127.0.0.1:1/elsewhere"},
        {"hook drop", Outcome::unknown, 0, ""},
        {"hook lose", Outcome::unknown, 1, ""},
        {"hook hang", Outcome::unknown, 1, "slow"},
        {"hook drip", Outcome::unknown, 1, "slow"},
    };
    for (auto const& wanted : cases) {
        SCOPED_TRACE(wanted.fault);
        fixture.server->set_faults(wanted.fault);
        bool const slow = std::string(wanted.fault) == "hook hang" || std::string(wanted.fault) == "hook drip";
        fixture.settings.timeout = std::chrono::milliseconds(slow ? 250 : 5000);
        auto const before = fixture.server->events("hook").size();
        auto const receipt = fixture.send();
        EXPECT_STREQ(name_of(receipt.outcome), name_of(wanted.outcome)) << receipt.answer;
        EXPECT_EQ(receipt.phase, "post");
        EXPECT_TRUE(fixture.left);
        EXPECT_TRUE(says(receipt.answer, wanted.answer)) << receipt.answer;
        EXPECT_EQ(fixture.server->events("hook").size() - before, wanted.taken);
    }
}

TEST(WebhookChannel, WhatItAnswersIsOneLineOfItsBeginning) {
    std::string const body = "{\r\n  \"error\": \"no such\tteam\",\n  \"more\": \"" + std::string(300, 'x') + "\"\n}\n";
    Parrot const server("HTTP/1.1 400 Bad Request\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
                        body);
    data::WebhookSettings settings;
    settings.url = "http://127.0.0.1:" + std::to_string(server.port) + "/hook";
    auto const receipt = open_transport(settings)->send(message_to("bob@prairie.example"), [] {});
    EXPECT_EQ(receipt.outcome, Outcome::refused);
    EXPECT_TRUE(receipt.answer.starts_with("400 { \"error\": \"no such team\", \"more\": \"xxx")) << receipt.answer;
    EXPECT_LT(receipt.answer.size(), 220u);
}

TEST(WebhookChannel, AnAddressIsShownWithoutWhatMayBeSecret) {
    Fixture fixture;
    fixture.settings.url += "?token=hunter2";
    auto const checks = open_transport(fixture.settings)->test();
    ASSERT_EQ(checks.size(), 1u);
    EXPECT_TRUE(checks[0].ok);
    EXPECT_EQ(checks[0].detail, fixture.server->url("/hook"));

    Parrot const server("HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n"
                        "Location: https://dana:hunter2@hooks.example:8443/new?token=hunter2#hunter2\r\n\r\n");
    data::WebhookSettings settings;
    settings.url = "http://127.0.0.1:" + std::to_string(server.port) + "/hook";
    auto const receipt = open_transport(settings)->send(message_to("bob@prairie.example"), [] {});
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_EQ(receipt.answer, "301 -- redirects are not followed: set url to https://hooks.example:8443/new");
}

// RFC 9110, 10.2.3: seconds or a date.
TEST(WebhookChannel, ItHearsHowLongItShouldWait) {
    Fixture fixture;
    fixture.server->set_faults("hook 429");
    EXPECT_EQ(fixture.send().wait, std::chrono::seconds(17));
    fixture.server->set_faults("hook 503");
    auto const wait = fixture.send().wait;
    EXPECT_GE(wait, std::chrono::seconds(88));
    EXPECT_LE(wait, std::chrono::seconds(90));
    fixture.server->set_faults("hook 500");
    EXPECT_EQ(fixture.send().wait, std::chrono::seconds(0));
}

TEST(WebhookChannel, AServerThatIsNotTrustedGetsNothing) {
    Fixture fixture;
    fixture.settings.ca.clear();
    auto const receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_EQ(receipt.phase, "tls");
    EXPECT_FALSE(fixture.left);
    EXPECT_TRUE(fixture.server->events("hook").empty());
    auto const checks = open_transport(fixture.settings)->test();
    ASSERT_EQ(checks.size(), 1u);
    EXPECT_FALSE(checks[0].ok);
    EXPECT_EQ(checks[0].name, "tls");
}

TEST(WebhookChannel, WhatTheCallerThrowsLeavesNothing) {
    Fixture const fixture;
    EXPECT_THROW(
        (void)open_transport(fixture.settings)
            ->send(message_to("bob@prairie.example"), [] { throw Error(ErrorCode::refused, "the claim was lost"); }),
        Error);
    EXPECT_TRUE(fixture.server->events("hook").empty());
}
