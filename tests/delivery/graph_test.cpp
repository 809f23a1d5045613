// Microsoft Graph against a stand-in that answers as Microsoft documents it.
#include "delivery/sending.hpp"
#include "support/web_server.hpp"

using namespace deckle;
using namespace deckle::tests;
using delivery::Outcome;
using delivery::Receipt;

namespace {

struct Fixture {
    Fixture() {
        make_certificates(folder.root, "DNS:localhost,IP:127.0.0.1");
        server = std::make_unique<WebServer>(folder.root);
        settings.mailbox = "reports@prairie.example";
        settings.graph_url = server->url();
        settings.ca = (folder.root / "ca.pem").string();
        settings.timeout = std::chrono::milliseconds(5000);
        settings.oauth = {"prairie.example",
                          "c-1",
                          {},
                          server->url("/prairie.example/oauth2/v2.0/token"),
                          "https://graph.microsoft.com/.default"};
    }

    Receipt send(delivery::Message const& message = message_to("bob@prairie.example")) {
        left = false;
        return open_transport(settings)->send(message, [&] { left = true; });
    }
    std::vector<delivery::Check> test() const { return open_transport(settings)->test(); }

    TestFolder folder;
    std::unique_ptr<WebServer> server;
    data::GraphSettings settings;
    bool left = false;
};

std::string describe(Receipt const& receipt) {
    return std::string(name_of(receipt.outcome)) + " at " + receipt.phase + ": " + receipt.answer;
}

} // namespace

TEST(Graph, AMessageArrivesWithItsIdHeadersAndFiles) {
    Fixture fixture;
    auto message = message_to("bob@prairie.example");
    message.subject = "\xC3\x9C"
                      "bersicht";
    message.attachments.push_back({"large.bin", "application/octet-stream", std::string(2'000'000, '\x7F')});
    auto const receipt = fixture.send(message);
    ASSERT_EQ(receipt.outcome, Outcome::accepted) << describe(receipt);
    EXPECT_TRUE(fixture.left);
    auto const sent = fixture.server->events("sent");
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(sent[0]["mailbox"], "reports@prairie.example");
    EXPECT_EQ(sent[0]["message_id"], "<" + message.id + ">");
    auto const mail = parsed(fixture.server->file(sent[0]));
    EXPECT_EQ(mail["subject"], message.subject);
    EXPECT_EQ(mail["parts"][2]["hex"], in_hex(message.attachments[0].bytes));
    EXPECT_EQ(mail["parts"][3]["hex"], in_hex(message.attachments[1].bytes));
}

TEST(Graph, TheTokenIsKeptUntilItIsRefused) {
    Fixture const fixture;
    auto const transport = open_transport(fixture.settings);
    auto const send = [&] { return transport->send(message_to("bob@prairie.example"), [] {}).outcome; };
    EXPECT_EQ(send(), Outcome::accepted);
    EXPECT_EQ(send(), Outcome::accepted);
    EXPECT_EQ(fixture.server->events("token").size(), 1u);
    fixture.server->set_faults("send InvalidAuthenticationToken");
    EXPECT_EQ(send(), Outcome::later);
    fixture.server->set_faults("");
    EXPECT_EQ(send(), Outcome::accepted);
    EXPECT_EQ(fixture.server->events("token").size(), 2u);
}

TEST(Graph, WhatItDoesNotTakeIsToldApart) {
    Fixture fixture;
    struct {
        char const* fault;
        Outcome outcome;
        char const* phase;
        bool left;
        std::size_t taken;
        char const* answer;
    } const cases[] = {
        {"send ErrorAccessDenied", Outcome::later, "post", true, 0,
         "application permission Mail.Send with admin consent"},
        {"send ErrorSendAsDenied", Outcome::later, "post", true, 0, "Send As"},
        {"send ErrorInvalidUser", Outcome::later, "post", true, 0, "see 'mailbox'"},
        {"send MailboxNotEnabledForRESTAPI", Outcome::later, "post", true, 0, "licence"},
        {"send ErrorInvalidRecipients", Outcome::refused, "post", true, 0, "400 ErrorInvalidRecipients"},
        {"send ApplicationThrottled", Outcome::later, "post", true, 0, "again after 17 s"},
        {"send ErrorServerBusy", Outcome::later, "post", true, 0, "503"},
        {"send ErrorInternalServerError", Outcome::unknown, "post", true, 0, "500"},
        {"send 504", Outcome::unknown, "post", true, 0, "504"},
        {"send 302", Outcome::later, "post", true, 0, "302"},
        {"send InvalidAuthenticationToken", Outcome::later, "post", true, 0,
         "has expired or is not yet valid. -- the next try gets a new token"},
        {"send lose", Outcome::unknown, "post", true, 1, ""},
        {"send hang", Outcome::unknown, "post", true, 1, "slow"},
        {"send drip", Outcome::unknown, "post", true, 1, "slow"},
        {"token AADSTS7000222", Outcome::later, "token", false, 0, "the secret has expired"},
        {"token 503", Outcome::later, "token", false, 0, "answers 503"},
        {"token drop", Outcome::later, "token", false, 0, ""},
    };
    for (auto const& wanted : cases) {
        SCOPED_TRACE(wanted.fault);
        fixture.server->set_faults(wanted.fault);
        bool const slow = std::string(wanted.fault) == "send hang" || std::string(wanted.fault) == "send drip";
        fixture.settings.timeout = std::chrono::milliseconds(slow ? 250 : 5000);
        auto const before = fixture.server->events("sent").size();
        auto const receipt = fixture.send();
        EXPECT_STREQ(name_of(receipt.outcome), name_of(wanted.outcome)) << describe(receipt);
        EXPECT_EQ(receipt.phase, wanted.phase) << describe(receipt);
        EXPECT_EQ(fixture.left, wanted.left);
        EXPECT_TRUE(says(receipt.answer, wanted.answer)) << describe(receipt);
        EXPECT_EQ(receipt.answer.find("another cloud"), std::string::npos) << describe(receipt);
        EXPECT_EQ(receipt.answer.find(secret_word), std::string::npos);
        EXPECT_EQ(receipt.answer.find("s3cr3t-t0ken"), std::string::npos);
        EXPECT_EQ(fixture.server->events("sent").size() - before, wanted.taken);
    }
}

TEST(Graph, ALargerMessageIsRefusedWithTheSettingThatHelps) {
    Fixture fixture;
    auto message = message_to("bob@prairie.example");
    message.attachments[0].bytes.assign(3'000'000, 'x');
    auto const receipt = fixture.send(message);
    EXPECT_EQ(receipt.outcome, Outcome::refused);
    EXPECT_FALSE(fixture.left);
    EXPECT_NE(receipt.answer.find("max_attachment to 2 MB"), std::string::npos) << describe(receipt);
}

TEST(Graph, WhatTheCallerThrowsLeavesNothing) {
    Fixture const fixture;
    EXPECT_THROW(
        (void)open_transport(fixture.settings)
            ->send(message_to("bob@prairie.example"), [] { throw Error(ErrorCode::refused, "the claim was lost"); }),
        Error);
    EXPECT_TRUE(fixture.server->events("sent").empty());
}

TEST(Graph, AServerWithAnotherNameGetsNoSecret) {
    Fixture fixture;
    make_certificates(fixture.folder.root, "DNS:other.example");
    fixture.server = std::make_unique<WebServer>(fixture.folder.root);
    fixture.settings.oauth.token_url = fixture.server->url("/prairie.example/oauth2/v2.0/token");
    auto const receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_NE(receipt.answer.find("is for another name"), std::string::npos) << describe(receipt);
    EXPECT_TRUE(fixture.server->events("token").empty());
}

TEST(Graph, TheTestNamesTheSettingAtFault) {
    Fixture const fixture;
    auto checks = fixture.test();
    ASSERT_EQ(checks.size(), 3u);
    for (auto const& check : checks) EXPECT_TRUE(check.ok) << check.name << ": " << check.detail;
    EXPECT_TRUE(fixture.server->events("sent").empty());
    struct {
        char const *fault, *step, *detail;
    } const cases[] = {
        {"token AADSTS7000215", "token", "'secret' has to be the value of the client secret, not its ID"},
        {"token AADSTS7000222", "token", "make a new client secret"},
        {"token AADSTS700016", "token", "see 'client' (Application (client) ID) and 'tenant'"},
        {"token AADSTS90002", "token", "see 'tenant' (Directory (tenant) ID)"},
        {"token AADSTS53003", "token", "Conditional Access"},
    };
    for (auto const& [fault, step, detail] : cases) {
        fixture.server->set_faults(fault);
        checks = fixture.test();
        ASSERT_FALSE(checks.empty());
        EXPECT_FALSE(checks.back().ok) << fault;
        EXPECT_EQ(checks.back().name, step);
        EXPECT_NE(checks.back().detail.find(detail), std::string::npos) << checks.back().detail;
    }

    fixture.server->set_faults("token noroles"); // right with RBAC for applications, so no more than a hint
    checks = fixture.test();
    ASSERT_EQ(checks.size(), 3u);
    EXPECT_EQ(checks[1].name, "permission");
    EXPECT_NE(checks[1].detail.find("grant admin consent"), std::string::npos) << checks[1].detail;
}
