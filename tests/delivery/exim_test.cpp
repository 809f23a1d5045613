// A server that many run: what Exim accepts and delivers is our message.
#include "delivery/sending.hpp"
#include "support/script_server.hpp"
#include <thread>

using namespace deckle;
using namespace deckle::tests;
namespace fs = std::filesystem;

TEST(Exim, TakesAMessageAndDeliversItWhole) {
    // Not among the packages of ./dev: its installation starts a mail server for the whole machine.
    if (!fs::exists("/usr/sbin/exim4")) GTEST_SKIP() << "there is no exim4 (package exim4-daemon-light)";
    TestFolder const folder;
    auto const place = folder.root / "exim";
    ScriptServer const server("exim_server.py", {place.string()});
    data::SmtpSettings settings;
    settings.host = "127.0.0.1";
    settings.port = server.port();
    settings.security = data::SmtpSettings::Security::none;
    auto message = message_to("bob@prairie.example");
    message.from_name = "Pr\xC3\xA4rie \"Reports\"";
    message.subject = "\xC3\x9C"
                      "bersicht, October 2026";
    message.text = ".\n..\nGr\xC3\xBC\xC3\x9F"
                   "e\n";
    message.attachments[0].name = "\xC3\x9C"
                                  "bersicht 2026-10.pdf";
    message.attachments[0].bytes.assign(300'000, '\x93');
    auto const receipt = open_transport(settings)->send(message, [] {});
    ASSERT_EQ(receipt.outcome, delivery::Outcome::accepted) << receipt.answer;

    std::string log;
    for (int i = 0; i < 2000 && log.find(" Completed") == std::string::npos; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        if (fs::exists(place / "log/main")) log = read_file(place / "log/main");
    }
    EXPECT_NE(log.find("<= reports@prairie.example"), std::string::npos) << log;
    EXPECT_NE(log.find("id=" + message.id), std::string::npos) << log;
    EXPECT_NE(log.find("=> bob <bob@prairie.example>"), std::string::npos) << log;
    ASSERT_EQ(std::distance(fs::directory_iterator(place / "mbox"), fs::directory_iterator()), 1) << log;
    auto const delivered = folder.root / "delivered.eml";
    fs::copy(fs::directory_iterator(place / "mbox")->path(), delivered);
    auto const mail = parsed(delivered);
    EXPECT_EQ(mail["subject"], message.subject);
    EXPECT_EQ(mail["from"][0][0], message.from_name);
    EXPECT_EQ(mail["parts"][0]["text"], message.text);
    EXPECT_EQ(mail["parts"][2]["name"], message.attachments[0].name);
    EXPECT_EQ(mail["parts"][2]["hex"], in_hex(message.attachments[0].bytes));
}
