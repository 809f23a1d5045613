// TLS and logins of SMTP: nothing is said in plain text, to nobody else, and no secret is repeated.
#include "delivery/sending.hpp"
#include "support/smtp_server.hpp"
#include "support/web_server.hpp"

using namespace deckle;
using namespace deckle::tests;
using delivery::Outcome;
using delivery::Receipt;
using Security = data::SmtpSettings::Security;
using Auth = data::SmtpSettings::Auth;

namespace {

std::string const user = "reports@prairie.example";

struct Fixture {
    explicit Fixture(std::vector<std::string> arguments, std::string const& names = "DNS:localhost,IP:127.0.0.1",
                     int days = 2) {
        make_certificates(folder.root, names, days);
        for (auto const& more : {std::string("--cert"), (folder.root / "server.pem").string(), std::string("--key"),
                                 (folder.root / "server.key").string(), std::string("--user"), user + ":" + secret_word,
                                 std::string("--token"), std::string("s3cr3t-t0ken")})
            arguments.push_back(more);
        server = std::make_unique<SmtpServer>(folder.root, arguments);
        settings.host = "localhost";
        settings.port = server->port();
        settings.ca = (folder.root / "ca.pem").string();
        settings.timeout = std::chrono::milliseconds(5000);
        settings.auth = Auth::plain;
        settings.user = user;
    }

    Receipt send(std::string const& secret = secret_word) const {
        return open_transport(settings, secret)->send(message_to("bob@prairie.example"), [] {});
    }

    TestFolder folder;
    std::unique_ptr<SmtpServer> server;
    data::SmtpSettings settings;
};

std::vector<std::string> const starttls = {"--tls", "starttls", "--require-tls"};

std::string describe(Receipt const& receipt) {
    return std::string(name_of(receipt.outcome)) + " at " + receipt.phase + ": " + receipt.answer;
}

std::string describe(std::vector<delivery::Check> const& checks) {
    std::string text;
    for (auto const& c : checks) text += c.name + (c.ok ? " ok: " : " PROBLEM: ") + c.detail + "\n";
    return text;
}

} // namespace

TEST(SmtpLogin, StartTlsThenEachWayToLogIn) {
    Fixture fixture(starttls);
    for (auto const auth : {Auth::plain, Auth::login}) {
        fixture.settings.auth = auth;
        EXPECT_EQ(fixture.send().outcome, Outcome::accepted);
    }
    EXPECT_EQ(fixture.server->events("starttls").size(), 2u);
    auto const logins = fixture.server->events("auth");
    ASSERT_EQ(logins.size(), 2u);
    EXPECT_EQ(logins[0]["mechanism"], "PLAIN");
    EXPECT_EQ(logins[1]["mechanism"], "LOGIN");
    EXPECT_EQ(logins[1]["user"], user);
    EXPECT_EQ(fixture.server->accepted().size(), 2u);
}

TEST(SmtpLogin, TlsFromTheFirstByte) {
    Fixture fixture({"--tls", "tls"});
    fixture.settings.security = Security::tls;
    auto receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::accepted) << describe(receipt);
    fixture.settings.host = "127.0.0.1"; // the certificate names the address too
    receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::accepted) << describe(receipt);
    fixture.settings.security = Security::starttls; // which waits for a greeting that never comes
    fixture.settings.timeout = std::chrono::milliseconds(200);
    receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::later) << describe(receipt);
    EXPECT_NE(receipt.answer.find("set security = \"tls\""), std::string::npos) << describe(receipt);
}

TEST(SmtpLogin, AServerWithoutStartTlsGetsNothing) {
    Fixture const fixture({"--tls", "none"});
    auto const receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_EQ(receipt.phase, "starttls");
    EXPECT_NE(receipt.answer.find("offers no STARTTLS, and nothing is sent without encryption"), std::string::npos);
    EXPECT_TRUE(fixture.server->events("auth").empty());
    EXPECT_TRUE(fixture.server->events("mail").empty());
}

TEST(SmtpLogin, AServerThatTakesStartTlsBackGetsNothing) {
    Fixture const fixture(starttls);
    fixture.server->set_faults("starttls 454_TLS_not_available");
    auto const receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_EQ(receipt.phase, "starttls");
    EXPECT_TRUE(fixture.server->events("auth").empty());
}

TEST(SmtpLogin, TheCertificateHasToNameTheHost) {
    Fixture const fixture(starttls, "DNS:other.example");
    auto const receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_EQ(receipt.phase, "tls");
    EXPECT_NE(receipt.answer.find("is for another name"), std::string::npos) << describe(receipt);
    EXPECT_TRUE(fixture.server->events("auth").empty());
}

TEST(SmtpLogin, TheCertificateHasToBeTrusted) {
    Fixture fixture(starttls);
    fixture.settings.ca.clear();
    auto const receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_EQ(receipt.phase, "tls");
    EXPECT_NE(receipt.answer.find("is not trusted"), std::string::npos) << describe(receipt);
    EXPECT_NE(receipt.answer.find("ca = \"ca.pem\""), std::string::npos);
    EXPECT_TRUE(fixture.server->events("auth").empty());
}

TEST(SmtpLogin, ACertificateThatHasExpiredIsNoMatterOfTheCa) {
    Fixture const fixture(starttls, "DNS:localhost,IP:127.0.0.1", -1);
    auto const receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_EQ(receipt.phase, "tls");
    EXPECT_NE(receipt.answer.find("has expired"), std::string::npos) << describe(receipt);
    EXPECT_EQ(receipt.answer.find("ca.pem"), std::string::npos) << describe(receipt);
}

TEST(SmtpLogin, AServerThatIsSlowAfterItsGreetingIsNotTakenForTls) {
    Fixture fixture(starttls);
    fixture.server->set_faults("ehlo hang");
    fixture.settings.timeout = std::chrono::milliseconds(200);
    auto const receipt = fixture.send();
    EXPECT_TRUE(says(receipt.answer, "slow")) << describe(receipt);
    EXPECT_EQ(receipt.answer.find("security"), std::string::npos) << describe(receipt);
}

TEST(SmtpLogin, ACaThatIsNoneIsAnError) {
    Fixture fixture(starttls);
    fixture.settings.ca = (fixture.folder.root / "openssl.log").string();
    EXPECT_THROW((void)fixture.send(), Error);
}

TEST(SmtpLogin, PlainTextWhereTlsIsExpectedIsNamed) {
    Fixture fixture({"--tls", "none"});
    fixture.settings.security = Security::tls;
    auto const receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_EQ(receipt.phase, "tls");
    EXPECT_NE(receipt.answer.find("does not begin with TLS"), std::string::npos) << describe(receipt);
}

TEST(SmtpLogin, AWrongPasswordIsASettingAndNotARefusedRecipient) {
    Fixture const fixture(starttls);
    auto const receipt = fixture.send("wrong password 77");
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_EQ(receipt.phase, "auth");
    EXPECT_NE(receipt.answer.find("535 5.7.8"), std::string::npos);
    EXPECT_NE(receipt.answer.find("user or password is wrong"), std::string::npos) << describe(receipt);
}

TEST(SmtpLogin, AWayToLogInThatIsNotOfferedIsNotTried) {
    Fixture fixture({"--tls", "starttls", "--mechanisms", "PLAIN"});
    fixture.settings.auth = Auth::login;
    auto const receipt = fixture.send();
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_NE(receipt.answer.find("does not offer AUTH LOGIN (AUTH PLAIN): see 'auth'"), std::string::npos)
        << describe(receipt);
    EXPECT_TRUE(fixture.server->events("auth").empty());
}

TEST(SmtpLogin, WhatMicrosoftAnswersNamesTheSettingAtFault) {
    Fixture const fixture(starttls);
    struct {
        char const *fault, *phase, *advice;
    } const cases[] = {
        {"auth 535_5.7.139_Authentication_unsuccessful,_SmtpClientAuthentication_is_disabled_for_the_Tenant.", "auth",
         "Set-CASMailbox -SmtpClientAuthenticationDisabled $false"},
        {"mail 530_5.7.57_Client_not_authenticated_to_send_mail.", "from", "auth = \"xoauth2\""},
        {"end 550_5.7.60_SMTP;_Client_does_not_have_permissions_to_send_as_this_sender", "end", "Send As"},
        {"end 554_5.2.252_SendAsDenied;_reports@prairie.example_not_allowed_to_send_as_x@prairie.example", "end",
         "Send As"},
        {"end 550_5.7.501_Service_unavailable._Spam_abuse_detected", "end", "Restricted entities"},
        {"rcpt 550_5.7.64_TenantAttribution;_Relay_Access_Denied", "to", "inbound connector"},
        {"auth 534-5.7.9_Application-specific_password_required", "auth", ""},
    };
    for (auto const& [fault, phase, advice] : cases) {
        fixture.server->set_faults(fault);
        auto const receipt = fixture.send();
        EXPECT_EQ(receipt.outcome, Outcome::later) << fault << "\n" << describe(receipt);
        EXPECT_EQ(receipt.phase, phase);
        EXPECT_NE(receipt.answer.find(advice), std::string::npos) << fault << "\n" << describe(receipt);
    }
    fixture.server->set_faults("rcpt 550_5.7.6012_no"); // a longer number is another one
    EXPECT_EQ(fixture.send().outcome, Outcome::refused);
}

TEST(SmtpLogin, ACodeIsOneOnlyWhereTheLineBegins) {
    Fixture const fixture(starttls);
    for (char const* fault : {"rcpt 550_5.7.1_Service_unavailable;_Client_host_[45.7.8.20]_blocked",
                              "rcpt 550_Client_host_5.7.8_blocked", "rcpt 550_5.7.8.20_is_on_a_list",
                              "rcpt 550_5.1.1_535_no_such_user", "end 554_5.7.1_Spam,_see_https://lists.example/5.7.9",
                              "end 554_5.7.1_Spam,_see_https://lists.example/5.7.60"}) {
        fixture.server->set_faults(fault);
        auto const receipt = fixture.send();
        EXPECT_EQ(receipt.outcome, Outcome::refused) << fault << "\n" << describe(receipt);
        EXPECT_EQ(receipt.answer.find(" -- "), std::string::npos) << describe(receipt);
    }
}

TEST(SmtpLogin, AServerThatDoesNotRelayIsASetting) {
    Fixture const fixture(starttls);
    for (char const* fault :
         {"rcpt 554_5.7.1_<bob@prairie.example>:_Relay_access_denied",
          "rcpt 550_5.7.1_<bob@prairie.example>..._Relaying_denied._Proper_authentication_required.",
          "rcpt 550_relay_not_permitted", "rcpt 550_5.7.1_Unable_to_relay"}) {
        fixture.server->set_faults(fault);
        auto const receipt = fixture.send();
        EXPECT_EQ(receipt.outcome, Outcome::later) << fault << "\n" << describe(receipt);
        EXPECT_NE(receipt.answer.find("the server does not relay for this machine: set auth"), std::string::npos)
            << describe(receipt);
    }
}

TEST(SmtpLogin, AServerThatRepeatsTheSecretDoesNotGetItIntoTheAnswer) {
    Fixture const fixture(starttls);
    fixture.server->set_faults("auth 535_5.7.8_no_such_user:_" + secret_word + "_77\n");
    auto const receipt = fixture.send("hunter2-hunter2");
    EXPECT_EQ(receipt.outcome, Outcome::later);
    std::string echo = "auth 535_you_said_hunter2-hunter2_";
    fixture.server->set_faults(echo);
    auto const echoed = fixture.send("hunter2-hunter2");
    EXPECT_NE(echoed.answer.find("you said [secret]"), std::string::npos) << describe(echoed);
    EXPECT_EQ(echoed.answer.find("hunter2"), std::string::npos);
}

TEST(SmtpLogin, XOAuth2WithATokenOfTheTokenEndpoint) {
    Fixture fixture(starttls);
    WebServer const tokens(fixture.folder.root);
    fixture.settings.auth = Auth::xoauth2;
    fixture.settings.oauth.client = "c-1";
    fixture.settings.oauth.scope = "https://outlook.office365.com/.default";
    fixture.settings.oauth.token_url = tokens.url("/prairie.example/oauth2/v2.0/token");
    fixture.server->stop(); // the token is a JWT: the SMTP server has to know all of it
    auto const token = tokens.token();
    fixture.server = std::make_unique<SmtpServer>(
        fixture.folder.root,
        std::vector<std::string>{"--tls", "starttls", "--cert", (fixture.folder.root / "server.pem").string(), "--key",
                                 (fixture.folder.root / "server.key").string(), "--user", user + ":x", "--token",
                                 token});
    fixture.settings.port = fixture.server->port();

    auto const transport = open_transport(fixture.settings);
    for (int i = 0; i < 2; ++i) {
        auto const receipt = transport->send(message_to("bob@prairie.example"), [] {});
        EXPECT_EQ(receipt.outcome, Outcome::accepted) << describe(receipt);
    }
    EXPECT_EQ(fixture.server->events("auth").at(0)["mechanism"], "XOAUTH2");
    EXPECT_EQ(tokens.events("token").size(), 1u); // kept for the second message
    EXPECT_EQ(tokens.events("token").at(0)["scope"], "https://outlook.office365.com/.default");

    auto const refused = open_transport(fixture.settings, "wrong")->send(message_to("bob@prairie.example"), [] {});
    EXPECT_EQ(refused.outcome, Outcome::later);
    EXPECT_EQ(refused.phase, "token");
    EXPECT_NE(refused.answer.find("AADSTS7000215"), std::string::npos) << describe(refused);

    fixture.settings.user = "somebody.else@prairie.example";
    auto const other = open_transport(fixture.settings)->send(message_to("bob@prairie.example"), [] {});
    EXPECT_EQ(other.outcome, Outcome::later);
    EXPECT_EQ(other.phase, "auth");
    EXPECT_NE(other.answer.find("535"), std::string::npos) << describe(other);
    EXPECT_EQ(other.answer.find(token), std::string::npos);
}

TEST(SmtpLogin, TheTestGoesAsFarAsTheLoginAndSendsNothing) {
    Fixture const fixture(starttls);
    auto checks = open_transport(fixture.settings)->test();
    std::vector<std::string> names;
    for (auto const& check : checks) {
        EXPECT_TRUE(check.ok) << describe(checks);
        names.push_back(check.name);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"connect", "ehlo", "tls", "ehlo", "auth"}));
    EXPECT_TRUE(fixture.server->events("mail").empty());

    checks = open_transport(fixture.settings, "wrong password 77")->test();
    ASSERT_EQ(checks.size(), 5u) << describe(checks);
    EXPECT_FALSE(checks.back().ok);
    EXPECT_EQ(checks.back().name, "auth");
    EXPECT_NE(checks.back().detail.find("'password'"), std::string::npos) << describe(checks);
    EXPECT_EQ(describe(checks).find("wrong password 77"), std::string::npos);
}
