// What may stand in a message, before anything is done with it.
#include "base/error.hpp"
#include "base/mail_address.hpp"
#include "delivery/transport.hpp"
#include <functional>
#include <gtest/gtest.h>

using namespace deckle;
using namespace deckle::delivery;

namespace {

Message good() {
    Message m;
    m.id = "run-1.bob@prairie.example";
    m.from_name = "Prairie Reports";
    m.from = "reports@prairie.example";
    m.to = "bob@prairie.example";
    m.subject = "Cash flow, October 2026";
    m.text = "Cash is fine.";
    m.attachments = {{"Cash flow.pdf", "application/pdf", "%PDF"}};
    m.headers = {{"X-Deckle-Run", "r-1"}};
    return m;
}

} // namespace

TEST(Message, AGoodOneIsLeftAlone) {
    EXPECT_NO_THROW(check_message(good()));
}

TEST(Message, OnlyAMailNeedsARecipient) {
    auto message = good();
    EXPECT_NO_THROW(check_mail(message));
    message.to.clear();
    EXPECT_NO_THROW(check_message(message));
    EXPECT_THROW(check_mail(message), Error);
}

TEST(Message, ALineBreakInAnyHeaderNameOrAddressIsAnError) {
    std::pair<char const*, std::function<std::string&(Message&)>> const fields[] = {
        {"message id", [](Message& m) -> std::string& { return m.id; }},
        {"sender's name", [](Message& m) -> std::string& { return m.from_name; }},
        {"sender", [](Message& m) -> std::string& { return m.from; }},
        {"reply address", [](Message& m) -> std::string& { return m.reply_to; }},
        {"recipient", [](Message& m) -> std::string& { return m.to; }},
        {"subject", [](Message& m) -> std::string& { return m.subject; }},
        {"name of a file", [](Message& m) -> std::string& { return m.attachments[0].name; }},
        {"Cash flow.pdf", [](Message& m) -> std::string& { return m.attachments[0].media_type; }},
        {"header", [](Message& m) -> std::string& { return m.headers[0].first; }},
        {"X-Deckle-Run", [](Message& m) -> std::string& { return m.headers[0].second; }},
    };
    using namespace std::string_literals;
    for (auto const& evil :
         {"a\r\nBcc: x@evil.example"s, "a\nBcc: x@evil.example"s, "a\rBcc: x@evil.example"s, "a\0b"s})
        for (auto const& [name, field] : fields) {
            auto message = good();
            field(message) = evil;
            try {
                check_message(message);
                ADD_FAILURE() << name;
            } catch (Error const& e) {
                EXPECT_EQ(e.code(), ErrorCode::usage);
                EXPECT_NE(std::string(e.what()).find("this message cannot be sent: " + std::string(name) + ":"),
                          std::string::npos)
                    << e.what();
            }
        }
}

TEST(Message, HeadersThatDeckleWritesCannotBeGiven) {
    for (char const* name : {"Bcc", "to", "Content-Type", "Message-Id", "X Y", "X:Y", ""}) {
        auto message = good();
        message.headers = {{name, "x"}};
        EXPECT_THROW(check_message(message), Error) << name;
    }
}

TEST(Message, AFileNameHasNoFolder) {
    for (char const* name : {"../x.pdf", "/etc/passwd", "a/b", "a\\b", ".", "..", ""}) {
        auto message = good();
        message.attachments[0].name = name;
        EXPECT_THROW(check_message(message), Error) << name;
    }
}

TEST(MailAddress, OnlyWhatServersTake) {
    for (char const* address : {"bob@prairie.example", "o'neil+reports@sub.prairie.example", "a@localhost",
                                "a@[127.0.0.1]", "x@xn--bcher-kva.example", "first.last@p-1.example"})
        EXPECT_EQ(address_problem(address), "") << address;
    for (char const* address : {"", "bob", "@prairie.example", "bob@", "bob@prairie..example", ".bob@prairie.example",
                                "bob@-x.example", "bob smith@prairie.example", "bob@prairie.example>",
                                "<bob@prairie.example", "bob@prairie.example,x@y.example",
                                "b\xC3\xB6"
                                "b@prairie.example",
                                "bob@prairie example", "a@b@c.example"})
        EXPECT_NE(address_problem(address), "") << address;
    EXPECT_NE(address_problem(std::string(65, 'a') + "@x.example"), "");
    EXPECT_NE(address_problem("a@b\xC3\xBC"
                              "cher.example")
                  .find("xn--"),
              std::string::npos);
}

TEST(MailAddress, AMailboxHasANameAndAnAddress) {
    auto const mailbox = parse_mailbox(" \"Prairie, \\\"IT\\\"\" <Reports@Prairie.example> ");
    EXPECT_EQ(mailbox.name, "Prairie, \"IT\"");
    EXPECT_EQ(mailbox.address, "Reports@Prairie.example");
    EXPECT_EQ(parse_mailbox("a@x.example").address, "a@x.example");
    EXPECT_EQ(parse_mailbox("M\xC3\xBCller <a@x.example>").name, "M\xC3\xBCller");
    for (char const* text : {"Bob", "Bob <bob>", "bob@x.example>", "Bob <a@x.example> more", "a\r\nBcc: <b@x.example>"})
        EXPECT_THROW((void)parse_mailbox(text), Error) << text;
}

TEST(MailAddress, OnlyAllowedDomainsGetMail) {
    std::vector<std::string> const allowed = {"prairie.example", "*.partner.example"};
    for (char const* address :
         {"a@prairie.example", "a@PRAIRIE.Example", "a@x.partner.example", "a@y.x.partner.example"})
        EXPECT_TRUE(is_allowed_recipient(address, allowed)) << address;
    for (char const* address : {"a@sub.prairie.example", "a@evilprairie.example", "a@partner.example",
                                "a@evilpartner.example", "a@prairie.example.evil", "a", "prairie.example", ""})
        EXPECT_FALSE(is_allowed_recipient(address, allowed)) << address;
    EXPECT_FALSE(is_allowed_recipient("a@prairie.example", {}));
    EXPECT_EQ(domain_problem("prairie.example"), "");
    EXPECT_EQ(domain_problem("*.prairie.example"), "");
    for (char const* pattern : {"", "*", "*.*.example", "pra*rie.example", "a@prairie.example", "-x"})
        EXPECT_NE(domain_problem(pattern), "") << pattern;
}
