// SMTP against a real server: what it takes over, and what is known when it does not.
#include "delivery/sending.hpp"
#include "support/smtp_server.hpp"
#include <chrono>

using namespace deckle;
using namespace deckle::tests;
using delivery::Outcome;
using Json = nlohmann::json;
using delivery::Receipt;
using Security = data::SmtpSettings::Security;
using Auth = data::SmtpSettings::Auth;

namespace {

data::SmtpSettings plain(SmtpServer const& server) {
    data::SmtpSettings settings;
    settings.host = "127.0.0.1";
    settings.port = server.port();
    settings.security = Security::none;
    settings.timeout = std::chrono::milliseconds(5000);
    return settings;
}

struct Sent {
    Receipt receipt;
    bool leaving = false;
};

Sent send(data::SmtpSettings const& settings, delivery::Message const& message,
          std::string const& secret = secret_word) {
    Sent sent;
    sent.receipt = open_transport(settings, secret)->send(message, [&] { sent.leaving = true; });
    return sent;
}

std::string describe(Sent const& sent) {
    return std::string(name_of(sent.receipt.outcome)) + " at " + sent.receipt.phase +
           (sent.leaving ? " (leaving): " : " (not leaving): ") + sent.receipt.answer;
}

} // namespace

TEST(Smtp, AMessageArrivesAsItWasWritten) {
    TestFolder const folder;
    SmtpServer const server(folder.root);
    auto message = message_to("bob@prairie.example");
    message.from_name = "Pr\xC3\xA4rie \"Reports\", Inc.";
    message.reply_to = "ops@prairie.example";
    message.subject =
        "Pr\xC3\xA4rie Systems Group: \xC3\x9C"
        "bersicht \xE2\x80\x93 Cash flow, October 2026, revision 2, with a subject so long that it has to be "
        "folded more than once on its way to whoever reads it, \xE6\x97\xA5\xE6\x9C\xAC";
    message.text = "Gr\xC3\xBC\xC3\x9F"
                   "e\n.\n..two dots\n.one dot\nFrom here\n" +
                   std::string(3000, 'x') + "\n";
    message.html = "<p>" + std::string(5000, 'y') + "</p>\r\n<p>\xE2\x82\xAC 1,200</p>\n";
    message.attachments.push_back(
        {"\xC3\x9C"
         "bersicht \"Q3\" \xE2\x80\x93 a name that is long enough to be cut in pieces on its way (r2).xlsx",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", std::string(100'000, '\0')});
    message.attachments.push_back({"empty.csv", "text/csv", ""});
    message.headers.emplace_back("X-Deckle-Note", "\xC3\xBC");
    auto const sent = send(plain(server), message);
    ASSERT_EQ(sent.receipt.outcome, Outcome::accepted) << describe(sent);
    EXPECT_TRUE(sent.leaving);
    EXPECT_EQ(sent.receipt.phase, "end");
    EXPECT_NE(sent.receipt.answer.find("250 2.0.0 Ok"), std::string::npos);

    auto const accepted = server.accepted();
    ASSERT_EQ(accepted.size(), 1u);
    EXPECT_EQ(accepted[0]["from"], "reports@prairie.example");
    EXPECT_EQ(accepted[0]["to"], Json::array({"bob@prairie.example"}));
    EXPECT_EQ(accepted[0]["message_id"], "<" + message.id + ">");
    EXPECT_EQ(server.events("ehlo").at(0)["name"], "prairie.example");
    EXPECT_EQ(server.events("mail").at(0)["size"], accepted[0]["bytes"]);

    auto const mail = parsed(server.file(accepted[0]));
    EXPECT_EQ(mail["defects"], Json::array());
    EXPECT_EQ(mail["subject"], message.subject);
    EXPECT_EQ(mail["from"], Json::array({Json::array({message.from_name, message.from})}));
    EXPECT_EQ(mail["to"], Json::array({Json::array({"", message.to})}));
    EXPECT_EQ(mail["reply_to"], Json::array({"ops@prairie.example"}));
    EXPECT_EQ(mail["date"], "2026-11-03T07:00:00-06:00");
    EXPECT_EQ(mail["shape"], Json::array({"multipart/mixed", "multipart/alternative", "text/plain", "text/html",
                                          "application/pdf", message.attachments[1].media_type, "text/csv"}));
    std::map<std::string, std::string> headers;
    for (auto const& header : mail["headers"]) EXPECT_TRUE(headers.emplace(header[0], header[1]).second) << header[0];
    EXPECT_EQ(headers["Auto-Submitted"], "auto-generated");
    EXPECT_EQ(headers["X-Deckle-Run"], "r-1");
    EXPECT_EQ(headers["X-Deckle-Note"], "\xC3\xBC");
    EXPECT_EQ(mail["parts"][0]["text"], message.text);
    EXPECT_EQ(mail["parts"][1]["text"], "<p>" + std::string(5000, 'y') + "</p>\n<p>\xE2\x82\xAC 1,200</p>\n");
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(mail["parts"][i + 2]["name"], message.attachments[i].name);
        EXPECT_EQ(mail["parts"][i + 2]["hex"], in_hex(message.attachments[i].bytes)) << i;
        EXPECT_EQ(mail["parts"][i + 2]["disposition"], "attachment");
    }

    auto const bytes = server.message(accepted[0]);
    for (std::size_t at = 0, end; at < bytes.size(); at = end + 2) {
        end = bytes.find("\r\n", at);
        ASSERT_NE(end, std::string::npos);
        EXPECT_LE(end - at, 998u);
        EXPECT_EQ(bytes.substr(at, end - at).find_first_of("\r\n"), std::string::npos);
    }
}

TEST(Smtp, TheSameMessageHasTheSameBytes) {
    TestFolder const folder;
    SmtpServer const server(folder.root);
    for (int i = 0; i < 2; ++i)
        ASSERT_EQ(send(plain(server), message_to("bob@prairie.example")).receipt.outcome, Outcome::accepted);
    auto const accepted = server.accepted();
    ASSERT_EQ(accepted.size(), 2u);
    EXPECT_EQ(accepted[0]["sha256"], accepted[1]["sha256"]);
}

TEST(Smtp, OneBodyAloneAndNoAttachmentAreAPlainMessage) {
    TestFolder const folder;
    SmtpServer const server(folder.root);
    auto message = message_to("bob@prairie.example");
    message.attachments.clear();
    message.html.clear();
    ASSERT_EQ(send(plain(server), message).receipt.outcome, Outcome::accepted);
    message.html = "<p>x</p>";
    message.text.clear();
    ASSERT_EQ(send(plain(server), message).receipt.outcome, Outcome::accepted);
    EXPECT_EQ(parsed(server.file(server.accepted()[0]))["shape"], Json::array({"text/plain"}));
    EXPECT_EQ(parsed(server.file(server.accepted()[1]))["shape"], Json::array({"text/html"}));
}

TEST(Smtp, NothingIsSentWhenTheMessageIsUnsound) {
    TestFolder const folder;
    SmtpServer const server(folder.root);
    auto message = message_to("bob@prairie.example");
    message.subject = "a\r\nBcc: x@evil.example";
    EXPECT_THROW((void)send(plain(server), message), Error);
    message = message_to("bob@prairie.example");
    message.to.clear();
    EXPECT_THROW((void)send(plain(server), message), Error);
    EXPECT_TRUE(server.events().empty());
}

TEST(Smtp, WhatTheCallerThrowsBeforeItLeavesPassesThroughAndNothingLeaves) {
    TestFolder const folder;
    SmtpServer const server(folder.root);
    auto const transport = open_transport(plain(server));
    struct Fenced {};
    EXPECT_THROW((void)transport->send(message_to("bob@prairie.example"), [] { throw Fenced(); }), Fenced);
    EXPECT_THROW((void)transport->send(message_to("bob@prairie.example"),
                                       [] { throw Error(ErrorCode::refused, "the claim was lost"); }),
                 Error);
    EXPECT_EQ(transport->send(message_to("bob@prairie.example"), [] {}).outcome, Outcome::accepted);
    EXPECT_EQ(server.events("data").size(), 3u);
    EXPECT_EQ(server.accepted().size(), 1u);
}

// Each fault, what is known of the message afterwards, and whether the server has it.
struct Fault {
    char const* fault;
    Outcome outcome;
    char const* phase;
    bool leaving;
    std::size_t delivered;
    char const* answer = "";
};

using enum Outcome;
constexpr Fault faults[] = {
    // for good
    Fault{"rcpt 550_5.1.1_No_such_user", refused, "to", false, 0, "550 5.1.1 No such user"},
    Fault{"mail 550_5.1.0_Sender_rejected", refused, "from", false, 0, "5.1.0"},
    Fault{"data 554_no", refused, "data", false, 0, "554"},
    Fault{"end 554_5.7.1_Spam", refused, "end", true, 0, "554 5.7.1 Spam"},
    // try again
    Fault{"connect 421_busy", later, "connect", false, 0, "421 busy"},
    Fault{"connect 554_no_service", later, "connect", false, 0, "554"},
    Fault{"ehlo 421_busy", later, "ehlo", false, 0},
    Fault{"mail 451_4.7.1_greylisted", later, "from", false, 0},
    Fault{"rcpt 450_4.2.1_mailbox_busy", later, "to", false, 0, "450 4.2.1 mailbox busy"},
    Fault{"data 451_no_disk", later, "data", false, 0},
    Fault{"end 451_4.3.0_no_disk", later, "end", true, 0, "4.3.0"},
    // the line goes
    Fault{"connect drop", later, "connect", false, 0},
    Fault{"ehlo drop", later, "ehlo", false, 0},
    Fault{"mail drop", later, "from", false, 0},
    Fault{"mail reset", later, "from", false, 0},
    Fault{"rcpt drop", later, "to", false, 0},
    Fault{"data drop", later, "data", false, 0},
    // only the server knows
    Fault{"end drop", unknown, "end", true, 1},
    Fault{"end reset", unknown, "end", true, 1},
    Fault{"end vanish", unknown, "end", true, 0},
    // no answer
    Fault{"connect hang", later, "connect", false, 0, "slow"},
    Fault{"ehlo hang", later, "ehlo", false, 0},
    Fault{"mail hang", later, "from", false, 0},
    Fault{"rcpt hang", later, "to", false, 0},
    Fault{"data hang", later, "data", false, 0},
    Fault{"end hang", unknown, "end", true, 1, "slow"},
    // an answer that never ends
    Fault{"ehlo drip every=0.03", later, "ehlo", false, 0, "slow"},
    Fault{"end drip every=0.03", unknown, "end", true, 1, "slow"},
    // what comes after 250 does not matter
    Fault{"quit drop", accepted, "end", true, 1},
    Fault{"quit hang", accepted, "end", true, 1},
};

TEST(Smtp, FaultsAreToldApartAtEachPhase) {
    TestFolder const folder;
    SmtpServer const server(folder.root);
    for (auto const& wanted : faults) {
        SCOPED_TRACE(wanted.fault);
        server.set_faults(std::string(wanted.fault) + "\n");
        auto settings = plain(server);
        if (std::string(wanted.fault).find("hang") != std::string::npos)
            settings.timeout = std::chrono::milliseconds(150);
        if (std::string(wanted.fault).find("drip") != std::string::npos)
            settings.timeout = std::chrono::milliseconds(100);
        auto const before = server.accepted().size();
        auto const sent = send(settings, message_to("bob@prairie.example"));
        EXPECT_EQ(name_of(sent.receipt.outcome), std::string(name_of(wanted.outcome))) << describe(sent);
        EXPECT_EQ(sent.receipt.phase, wanted.phase) << describe(sent);
        EXPECT_EQ(sent.leaving, wanted.leaving) << describe(sent);
        EXPECT_TRUE(says(sent.receipt.answer, wanted.answer)) << describe(sent);
        EXPECT_EQ(sent.receipt.answer.find_first_of("\r\n"), std::string::npos);
        EXPECT_EQ(server.accepted().size() - before, wanted.delivered);
    }
}

TEST(Smtp, ARefusalOfSeveralLinesIsKeptAsOneText) {
    std::string const before = "220 mx.test\r\n250 mx.test\r\n250 2.1.0 Ok\r\n";
    auto const answer_to = [&](std::string const& refusal) {
        Parrot const server(before + refusal);
        data::SmtpSettings settings;
        settings.host = "127.0.0.1";
        settings.port = server.port;
        settings.security = Security::none;
        auto const sent = send(settings, message_to("bob@prairie.example"));
        EXPECT_EQ(sent.receipt.outcome, Outcome::refused) << describe(sent);
        return sent.receipt.answer;
    };
    EXPECT_EQ(answer_to("550-5.1.1 The email account that you tried to reach does not exist.\r\n"
                        "550-5.1.1 Please try double-checking the address.\r\n"
                        "550-5.1.10 is another code.\r\n550 5.1.1 g21 - gsmtp\r\n"),
              "550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the "
              "address. 5.1.10 is another code. g21 - gsmtp");
    auto const umlaut = "\xC3\xBC";
    std::string long_one;
    for (int i = 0; i < 100; ++i) long_one += std::string("550-") + umlaut + umlaut + umlaut + "\r\n";
    auto const cut = answer_to(long_one + "550 end\r\n");
    EXPECT_LT(cut.size(), 320u);
    EXPECT_TRUE(cut.ends_with(std::string(umlaut) + " ...") || cut.ends_with(std::string(umlaut) + "  ...")) << cut;
}

TEST(Smtp, AnAnswerKeepsItsLettersAndLosesWhatIsNone) {
    Parrot const server(
        "220 mx.test\r\n250 mx.test\r\n250 Ok\r\n"
        "550 5.1.1 Postfach unbekannt: M\xC3\xBCller \xE2\x80\x93 \x1B[31m\x07 \xC2\x85\xFF\xC3 \xED\xA0\x80.\r\n");
    data::SmtpSettings settings;
    settings.host = "127.0.0.1";
    settings.port = server.port;
    settings.security = Security::none;
    EXPECT_EQ(send(settings, message_to("bob@prairie.example")).receipt.answer,
              "550 5.1.1 Postfach unbekannt: M\xC3\xBCller \xE2\x80\x93 [31m ?? ???.");
}

TEST(Smtp, AServerThatTakesNoMoreInTheMiddleHasNothing) {
    TestFolder const folder;
    SmtpServer const server(folder.root);
    auto message = message_to("bob@prairie.example");
    message.attachments[0].bytes.assign(8'000'000, 'x'); // more than fits into the buffers of both sides
    for (char const* fault : {"body drop", "body reset", "body hang"}) {
        server.set_faults(fault);
        auto settings = plain(server);
        settings.timeout = std::chrono::milliseconds(300);
        auto const sent = send(settings, message);
        EXPECT_EQ(sent.receipt.outcome, Outcome::later) << fault << ": " << describe(sent);
        EXPECT_EQ(sent.receipt.phase, "data");
        EXPECT_FALSE(sent.leaving);
    }
    EXPECT_TRUE(server.accepted().empty());
}

TEST(Smtp, AShortMessageToAServerThatGoesInTheMiddleIsNeverTakenForAccepted) {
    TestFolder const folder;
    SmtpServer const server(folder.root, {"--fault", "body drop"});
    auto const sent = send(plain(server), message_to("bob@prairie.example"));
    EXPECT_TRUE(sent.receipt.outcome == (sent.leaving ? Outcome::unknown : Outcome::later)) << describe(sent);
    EXPECT_TRUE(server.accepted().empty());
}

TEST(Smtp, AMessageThatIsTooLargeForTheServerIsNotSent) {
    TestFolder const folder;
    SmtpServer const server(folder.root, {"--size", "20000"});
    auto message = message_to("bob@prairie.example");
    message.attachments[0].bytes.assign(20'000, 'x');
    auto const sent = send(plain(server), message);
    EXPECT_EQ(sent.receipt.outcome, Outcome::refused);
    EXPECT_NE(sent.receipt.answer.find("at most 20000: set [delivery] max_attachment"), std::string::npos)
        << describe(sent);
    EXPECT_TRUE(server.events("mail").empty());
}

TEST(Smtp, NothingThatListensIsNothingTakenOver) {
    TestFolder const folder;
    SmtpServer server(folder.root);
    auto settings = plain(server);
    server.stop();
    auto sent = send(settings, message_to("bob@prairie.example"));
    EXPECT_EQ(sent.receipt.outcome, Outcome::later);
    EXPECT_NE(sent.receipt.answer.find("nothing listens at 127.0.0.1:"), std::string::npos) << describe(sent);
    settings.host = "no-such-host.invalid";
    sent = send(settings, message_to("bob@prairie.example"));
    EXPECT_EQ(sent.receipt.outcome, Outcome::later);
    EXPECT_NE(sent.receipt.answer.find("no address for the host no-such-host.invalid"), std::string::npos)
        << describe(sent);
}
