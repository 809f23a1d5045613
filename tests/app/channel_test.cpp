// deckle delivery test, as a person runs it.
#include "app/program.hpp"
#include "app/tiny_workspace.hpp"
#include "support/smtp_server.hpp"

using namespace deckle::tests;
using nlohmann::json;

namespace {

void configure(std::filesystem::path const& folder, std::string const& delivery) {
    write_tiny_workspace(folder);
    deckle::write_file(folder / "deckle.toml", deckle::read_file(folder / "deckle.toml") + delivery);
}

std::string mail_channel(SmtpServer const& server, std::string const& more = "") {
    return "\n[delivery]\nfrom = \"Tiny IT <reports@tiny.example>\"\nallow = [\"tiny.example\"]\n"
           "[delivery.channels.mail]\nkind = \"smtp\"\nhost = \"127.0.0.1\"\nsecurity = \"none\"\nport = " +
           std::to_string(server.port()) + "\n" + more;
}

} // namespace

TEST(DeliveryTest, SendsOnlyWhenAsked) {
    auto const folder = fresh_folder();
    SmtpServer const server(folder);
    configure(folder, mail_channel(server) + "[delivery.channels.archive]\nkind = \"folder\"\npath = \"out\"\n");
    auto answer = program_with("delivery test", folder);
    EXPECT_EQ(answer.code, 0) << answer.err << answer.out;
    EXPECT_NE(answer.out.find("archive"), std::string::npos);
    EXPECT_TRUE(server.events("mail").empty());

    answer = program_with("delivery test --to dana@tiny.example --json", folder);
    EXPECT_EQ(answer.code, 0) << answer.err << answer.out;
    auto const list = json::parse(answer.out);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0]["channel"], "archive");
    EXPECT_EQ(list[1]["channel"], "mail");
    EXPECT_EQ(list[1]["kind"], "smtp");
    EXPECT_TRUE(list[1]["ok"]);
    EXPECT_EQ(list[1]["steps"].back()["step"], "send");
    ASSERT_EQ(server.accepted().size(), 1u);
    EXPECT_EQ(server.accepted()[0]["to"], json::array({"dana@tiny.example"}));
    EXPECT_EQ(server.accepted()[0]["subject"], "Tiny IT: test of the channel 'mail'");
    EXPECT_FALSE(std::filesystem::is_empty(folder / "out"));

    answer = program_with("delivery test mail --to dana@evil.example", folder);
    EXPECT_EQ(answer.code, 1);
    EXPECT_NE(answer.out.find("is in no domain of [delivery] allow"), std::string::npos) << answer.out;
    EXPECT_EQ(server.accepted().size(), 1u);
}

TEST(DeliveryTest, NamesTheSettingAtFaultAndNoSecret) {
    auto const folder = fresh_folder();
    SmtpServer const server(folder, {"--user", "reports:right-secret"});
    configure(folder,
              mail_channel(server, "auth = \"login\"\nuser = \"reports\"\npassword = { env = \"TINY_SMTP\" }\n"));
    auto answer = program_with("delivery test mail", folder);
    EXPECT_EQ(answer.code, 1);
    EXPECT_NE(answer.out.find("the environment variable TINY_SMTP is not set"), std::string::npos)
        << answer.out << answer.err;

    for (std::string const& secret : {std::string("wrong-secret-77"), std::string("right-secret")})
        for (char const* how : {"", " --json", " --to dana@tiny.example"}) {
            answer = shell("TINY_SMTP=" + secret + " '" + program().string() + "' delivery test mail" + how, folder);
            EXPECT_EQ(answer.code, secret == "right-secret" ? 0 : 1) << answer.out << answer.err;
            EXPECT_EQ((answer.out + answer.err).find(secret), std::string::npos);
            if (secret != "right-secret") {
                EXPECT_NE(answer.out.find("see 'user' and 'password'"), std::string::npos) << answer.out;
            }
        }
    EXPECT_EQ(deckle::read_file(folder / "smtp.log").find("secret"), std::string::npos);
}

TEST(DeliveryTest, SaysWhatIsMissing) {
    auto const folder = fresh_folder();
    write_tiny_workspace(folder);
    auto answer = program_with("delivery test", folder);
    EXPECT_EQ(answer.code, 2);
    EXPECT_NE(answer.err.find("no [delivery.channels.NAME]"), std::string::npos) << answer.err;
    configure(folder, "[delivery.channels.archive]\nkind = \"folder\"\npath = \"out\"\n");
    answer = program_with("delivery test archiv", folder);
    EXPECT_EQ(answer.code, 2);
    EXPECT_NE(answer.err.find("did you mean 'archive'?"), std::string::npos) << answer.err;
    answer = program_with("delivery test archive --to dana", folder);
    EXPECT_EQ(answer.code, 2);
    EXPECT_NE(answer.err.find("is no mail address"), std::string::npos) << answer.err;
}
