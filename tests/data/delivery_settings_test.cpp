#include "data/delivery_settings.hpp"
#include "data/workspace.hpp"
#include "scratch.hpp"

using namespace deckle;
using namespace deckle::data;

namespace {

std::string const head = "[company]\nname = \"T\"\n";

DeliverySettings settings_of(std::string const& toml, std::filesystem::path const& root = "/nowhere") {
    return parse_workspace(head + toml, root, small_catalogue()).delivery;
}

std::string problem_of(std::string const& toml, std::filesystem::path const& root = "/nowhere") {
    return error_of([&] { (void)settings_of(toml, root); });
}

std::string const sound = R"([delivery]
from = "Prairie Reports <reports@prairie.example>"
allow = ["prairie.example"]
)";

/// As line 6 of the file.
std::string channel(std::string const& lines) {
    return sound + "[delivery.channels.mail]\n" + lines;
}

} // namespace

TEST(DeliverySettings, AWorkspaceNeedsNone) {
    auto const delivery = settings_of("");
    EXPECT_TRUE(delivery.channels.empty());
    EXPECT_EQ(delivery.position.line, 0);
}

TEST(DeliverySettings, EveryKeyIsRead) {
    Scratch const scratch;
    scratch.write("ca.pem", "x");
    auto const delivery = settings_of(R"([delivery]
from = "Prairie Reports <reports@prairie.example>"
reply_to = "ops@prairie.example"
allow = ["prairie.example", "*.partner.example"]
max_attachment = "3 MB"
link = "https://files.prairie.example/reports"
owner = ["owner@prairie.example"]
[delivery.channels.mail]
kind = "smtp"
host = "smtp.office365.com"
port = 2587
security = "starttls"
auth = "login"
user = "reports@prairie.example"
password = { env = "SMTP_PASSWORD" }
ca = "ca.pem"
timeout = "30s"
[delivery.channels.oauth]
kind = "smtp"
host = "smtp.office365.com"
auth = "xoauth2"
user = "reports@prairie.example"
tenant = "prairie.example"
client = "c-1"
secret = { env = "S" }
[delivery.channels.graph]
kind = "graph"
tenant = "00000000-0000-0000-0000-00000000000a"
client = "c-1"
secret = { file = "graph.secret" }
mailbox = "reports@prairie.example"
graph_url = "https://graph.microsoft.us/"
token_url = "https://login.microsoftonline.us/t/oauth2/v2.0/token"
scope = "https://graph.microsoft.us/.default"
[delivery.channels.archive]
kind = "folder"
path = "out/reports"
[delivery.channels.hook]
kind = "webhook"
url = "https://hooks.prairie.example/deckle"
secret = { env = "H" }
attach = true
)",
                                      scratch.root);
    EXPECT_EQ(delivery.from.name, "Prairie Reports");
    EXPECT_EQ(delivery.from.address, "reports@prairie.example");
    EXPECT_EQ(delivery.reply_to, "ops@prairie.example");
    EXPECT_EQ(delivery.allow.size(), 2u);
    EXPECT_EQ(delivery.max_attachment, 3'000'000u);
    EXPECT_EQ(delivery.link, "https://files.prairie.example/reports/");
    EXPECT_EQ(delivery.owner, std::vector<std::string>{"owner@prairie.example"});
    ASSERT_EQ(delivery.channels.size(), 5u);

    auto const& mail = delivery.channels.at("mail");
    EXPECT_EQ(mail.name, "mail");
    EXPECT_STREQ(mail.kind(), "smtp");
    EXPECT_TRUE(mail.is_mail());
    EXPECT_EQ(mail.max_attachment, 3'000'000u);
    auto const& smtp = std::get<SmtpSettings>(mail.way);
    EXPECT_EQ(smtp.host, "smtp.office365.com");
    EXPECT_EQ(smtp.port, 2587);
    EXPECT_EQ(smtp.security, SmtpSettings::Security::starttls);
    EXPECT_EQ(smtp.auth, SmtpSettings::Auth::login);
    EXPECT_EQ(smtp.password.secret_env, "SMTP_PASSWORD");
    EXPECT_EQ(smtp.ca, (scratch.root / "ca.pem").string());
    EXPECT_EQ(smtp.timeout, std::chrono::seconds(30));

    auto const& oauth = std::get<SmtpSettings>(delivery.channels.at("oauth").way);
    EXPECT_EQ(oauth.port, 587);
    EXPECT_EQ(oauth.oauth.token_url, "https://login.microsoftonline.com/prairie.example/oauth2/v2.0/token");
    EXPECT_EQ(oauth.oauth.scope, "https://outlook.office365.com/.default");

    auto const& graph = delivery.channels.at("graph");
    EXPECT_TRUE(graph.is_mail());
    EXPECT_EQ(graph.max_attachment, 2'000'000u); // what one request to Graph can hold
    EXPECT_EQ(std::get<GraphSettings>(graph.way).graph_url, "https://graph.microsoft.us");
    EXPECT_EQ(std::get<GraphSettings>(graph.way).oauth.token_url,
              "https://login.microsoftonline.us/t/oauth2/v2.0/token");
    EXPECT_EQ(std::get<GraphSettings>(graph.way).oauth.secret.secret_file, "graph.secret");

    EXPECT_EQ(std::get<FolderSettings>(delivery.channels.at("archive").way).path, scratch.root / "out/reports");
    EXPECT_FALSE(delivery.channels.at("archive").is_mail());
    EXPECT_TRUE(std::get<WebhookSettings>(delivery.channels.at("hook").way).attach);
}

TEST(DeliverySettings, PortsFollowTheSecurity) {
    auto const port = [](std::string const& lines) {
        return std::get<SmtpSettings>(settings_of(channel("kind = \"smtp\"\n" + lines)).channels.at("mail").way).port;
    };
    EXPECT_EQ(port("host = \"smtp.prairie.example\""), 587);
    EXPECT_EQ(port("host = \"smtp.prairie.example\"\nsecurity = \"tls\""), 465);
    EXPECT_EQ(port("host = \"127.0.0.1\"\nsecurity = \"none\""), 25);
}

TEST(DeliverySettings, MistakesAreNamedWithTheirPlace) {
    struct {
        std::string toml, problem;
    } const cases[] = {
        {"[delivery]\nform = \"a@b.example\"\n",
         "deckle.toml:4:1: unknown key 'form' in [delivery]; did you mean 'from'?"},
        {"[delivery]\nfrom = \"reports\"\n", "deckle.toml:4:1: 'reports' is no mail address: it has no @"},
        {"[delivery]\nfrom = \"a\\r\\nBcc: x <a@b.example>\"\n", "a line break or control character is in it"},
        {"[delivery]\nreply_to = \"x\"\n", "deckle.toml:4:1: 'x' is no mail address"},
        {"[delivery]\nallow = [\"*\"]\n", "deckle.toml:4:1: '*': * may only stand for what is in front"},
        {"[delivery]\nallow = [\"a@b.example\"]\n", "write the domain alone"},
        {"[delivery]\nmax_attachment = \"10\"\n", "deckle.toml:4:1: '10' is no size such as \"10 MB\""},
        {"[delivery]\nlink = \"files\"\n", "deckle.toml:4:1: 'files' is no address such as"},
        {"[delivery]\nallow = [\"b.example\"]\nowner = [\"a@c.example\"]\n",
         "deckle.toml:5:1: a@c.example is in no domain of 'allow'"},
        {"[delivery.channels.mail]\nkind = \"smtp\"\nhost = \"h.example\"\n", "deckle.toml:3:20: mail needs a sender"},
        {"[delivery]\nfrom = \"a@b.example\"\n[delivery.channels.mail]\nkind = \"smtp\"\nhost = \"h.example\"\n",
         "deckle.toml:5:20: mail needs the domains that may get it: write allow"},
        {channel("kind = \"mail\"\n"), "deckle.toml:7:1: [delivery.channels.mail] kind = \"mail\" is none of \"smtp\""},
        {channel("host = \"x\"\n"), "has no 'kind', which is required"},
        {channel("kind = \"smtp\"\n"), "has no 'host', which is required"},
        {channel("kind = \"smtp\"\nhost = \"smtp.example\"\nsecurity = \"none\"\n"),
         "deckle.toml:9:1: without encryption mail may only go to this machine (127.0.0.1), not to 'smtp.example'"},
        {channel("kind = \"smtp\"\nhost = \"127.0.0.1.evil.example\"\nsecurity = \"none\"\n"),
         "only go to this machine"},
        {channel("kind = \"smtp\"\nhost = \"h.example\"\nport = 70000\n"), "deckle.toml:9:1: a port is at most 65535"},
        {channel("kind = \"smtp\"\nhost = \"h.example\"\nauth = \"login\"\nuser = \"u\"\n"),
         "has no 'password', which is required"},
        {channel("kind = \"smtp\"\nhost = \"h.example\"\nauth = \"login\"\nuser = \"u\"\npassword = \"hunter2\"\n"),
         "deckle.toml:11:1: [delivery.channels.mail] password is a secret: write { env = \"NAME\" }"},
        {channel("kind = \"smtp\"\nhost = \"h.example\"\nuser = \"u\"\n"),
         "deckle.toml:9:1: a user is for auth = \"login\""},
        {channel("kind = \"smtp\"\nhost = \"h.example\"\ntimeout = \"1 minute\"\n"),
         "deckle.toml:9:1: '1 minute' is no time such as \"60s\""},
        {channel("kind = \"smtp\"\nhost = \"h.example\"\nca = \"ca.pem\"\n"),
         "deckle.toml:9:1: there is no file 'ca.pem'"},
        {channel("kind = \"smtp\"\nhost = \"h.example\"\nmailbox = \"x\"\n"), "deckle.toml:9:1: unknown key 'mailbox'"},
        {channel("kind = \"graph\"\ntenant = \"a/b\"\nclient = \"c\"\nsecret = { env = \"S\" }\nmailbox = "
                 "\"a@b.example\"\n"),
         "deckle.toml:8:1: 'a/b' is no tenant"},
        {channel("kind = \"graph\"\ntenant = \"t\"\nclient = \"c\"\nsecret = { env = \"S\" }\nmailbox = \"a\"\n"),
         "deckle.toml:11:1: 'a' is no mail address"},
        {channel("kind = \"webhook\"\nurl = \"http://hooks.example/\"\nsecret = { env = \"S\" }\n"),
         "deckle.toml:8:1: 'http://hooks.example/' is not encrypted: write https://"},
        {channel("kind = \"webhook\"\nurl = \"https://u:p@hooks.example/\"\nsecret = { env = \"S\" }\n"),
         "is no address such as"},
        {channel("kind = \"webhook\"\nurl = \"https://hooks.example:99999/x\"\nsecret = { env = \"S\" }\n"),
         "deckle.toml:8:1: 'https://hooks.example:99999/x' has no port from 1 to 65535"},
        {channel("kind = \"webhook\"\nurl = \"https://hooks.example:/x\"\nsecret = { env = \"S\" }\n"),
         "has no port from 1 to 65535"},
        {channel("kind = \"webhook\"\nurl = \"https://[::1]x/\"\nsecret = { env = \"S\" }\n"), "is no address such as"},
        {channel("kind = \"webhook\"\nurl = \"https://hooks.example/a%20b%zz\"\nsecret = { env = \"S\" }\n"),
         "deckle.toml:8:1: 'https://hooks.example/a%20b%zz' has a % without two hexadecimal digits"},
        {channel("kind = \"webhook\"\nurl = \"https://hooks.example/?a=100%\"\nsecret = { env = \"S\" }\n"),
         "has a % without two"},
        {channel("kind = \"graph\"\ntenant = \"t\"\nclient = \"c\"\nsecret = { env = \"S\" }\nmailbox = "
                 "\"a@b.example\"\ngraph_url = \"https://graph.example:0\"\n"),
         "deckle.toml:12:1: 'https://graph.example:0' has no port"},
        {"[delivery]\nlink = \"https://files.example/%zz\"\n", "deckle.toml:4:1: 'https://files.example/%zz' has a %"},
        {channel("kind = \"folder\"\n"), "has no 'path', which is required"},
    };
    for (auto const& [toml, problem] : cases)
        EXPECT_NE(problem_of(toml).find(problem), std::string::npos) << problem << "\n  is not in\n"
                                                                     << problem_of(toml);
}

TEST(DeliverySettings, ThisMachineMayBeReachedInPlainText) {
    EXPECT_NO_THROW((void)settings_of(channel("kind = \"smtp\"\nhost = \"localhost\"\nsecurity = \"none\"\n")));
    EXPECT_NO_THROW((void)settings_of(
        channel("kind = \"webhook\"\nurl = \"http://127.0.0.1:8080/x%20y?z=%2F\"\nsecret = { env = \"S\" }\n")));
}
