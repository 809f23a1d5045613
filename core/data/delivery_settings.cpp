#include "data/delivery_settings.hpp"
#include "base/duration.hpp"
#include "data/connectors/files.hpp"
#include "data/words.hpp"
#include "data/workspace_reader.hpp"
#include <algorithm>
#include <charconv>

namespace deckle::data {
namespace {

namespace fs = std::filesystem;

// A request to Graph has at most 4 MB, and base64 is in it twice (core/delivery/README.md).
constexpr std::uint64_t graph_attachments = 2'000'000;

struct Url {
    std::string scheme, host;
    std::string problem; // why it cannot be used
};

/// Every % has two hexadecimal digits behind it.
bool is_escaped(std::string_view text) {
    for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
        auto const digits = text.substr(at + 1, 2);
        if (digits.size() < 2 || digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
            return false;
    }
    return true;
}

bool is_port(std::string_view text) {
    std::uint16_t port = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() && port > 0;
}

/// http(s)://host[:port][/path] in ASCII, without a user.
Url parse_url(std::string_view text) {
    Url url{{}, {}, "is no address such as \"https://example.com/path\""};
    for (std::string_view const scheme : {"https://", "http://"}) {
        if (!text.starts_with(scheme)) continue;
        auto authority = text.substr(scheme.size());
        authority = authority.substr(0, authority.find_first_of("/?#"));
        bool const printable = std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
        if (!printable || authority.empty() || authority.find('@') != std::string_view::npos) return url;
        auto const host = authority.starts_with('[') ? authority.substr(0, authority.find(']') + 1)
                                                     : authority.substr(0, authority.find(':'));
        auto const rest = authority.substr(host.size());
        if (host.empty() || (!rest.empty() && rest[0] != ':')) return url;
        if (!rest.empty() && !is_port(rest.substr(1)))
            url.problem = "has no port from 1 to 65535";
        else if (!is_escaped(text))
            url.problem = "has a % without two hexadecimal digits behind it; the sign itself is %25";
        else
            url = {std::string(scheme.substr(0, scheme.size() - 3)), std::string(host), {}};
        return url;
    }
    return url;
}

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "::1" || host == "[::1]" ||
           (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

/// "10 MB": decimal units, as mail systems state their limits.
std::optional<std::uint64_t> parse_size(std::string_view text) {
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number == 0 || number > 1'000'000) return std::nullopt;
    auto const unit = trim(std::string_view(end, text.data() + text.size()));
    if (unit == "KB") return number * 1'000;
    if (unit == "MB") return number * 1'000'000;
    return std::nullopt;
}

class ChannelReader {
public:
    ChannelReader(Section section, std::string const& file, fs::path const& root, Problems& problems)
        : section_(std::move(section)), file_(file), root_(root), problems_(problems) {}

    /// nullopt when its kind is not known.
    std::optional<Channel> read() {
        Channel channel;
        auto const kind = section_.choice("kind", {"smtp", "graph", "folder", "webhook"});
        if (!kind) {
            if (!section_.has("kind")) section_.problem("kind", section_.name() + " has no 'kind', which is required");
            return std::nullopt;
        }
        if (*kind == "smtp") channel.way = read_smtp();
        if (*kind == "graph") channel.way = read_graph();
        if (*kind == "folder") channel.way = read_folder();
        if (*kind == "webhook") channel.way = read_webhook();
        section_.finish();
        return channel;
    }

private:
    SmtpSettings read_smtp() {
        using Security = SmtpSettings::Security;
        using Auth = SmtpSettings::Auth;
        SmtpSettings smtp;
        smtp.host = section_.required("host");
        if (smtp.host.find_first_of(" /:@") != std::string::npos && smtp.host != "::1")
            section_.problem("host", "'" + smtp.host + "' is no host name such as \"smtp.office365.com\"");
        auto const security = section_.choice("security", {"starttls", "tls", "none"}).value_or("starttls");
        smtp.security = security == "tls" ? Security::tls : security == "none" ? Security::none : Security::starttls;
        if (smtp.security == Security::none && !is_loopback(smtp.host))
            section_.problem("security", "without encryption mail may only go to this machine (127.0.0.1), not to '" +
                                             smtp.host + "': write \"starttls\" or \"tls\"");
        smtp.port = smtp.security == Security::tls ? 465 : smtp.security == Security::none ? 25 : 587;
        if (auto const port = section_.integer("port", 1)) {
            if (*port > 65535) section_.problem("port", "a port is at most 65535");
            smtp.port = static_cast<std::uint16_t>(*port);
        }
        auto const auth = section_.choice("auth", {"none", "plain", "login", "xoauth2"}).value_or("none");
        smtp.auth = auth == "plain"     ? Auth::plain
                    : auth == "login"   ? Auth::login
                    : auth == "xoauth2" ? Auth::xoauth2
                                        : Auth::none;
        if (smtp.auth != Auth::none)
            smtp.user = section_.required("user");
        else if (section_.has("user"))
            section_.problem("user", "a user is for auth = \"login\", \"plain\" or \"xoauth2\", and auth is \"none\"");
        if (smtp.auth == Auth::plain || smtp.auth == Auth::login) smtp.password = secret("password");
        if (smtp.auth == Auth::xoauth2) smtp.oauth = read_oauth("https://outlook.office365.com/.default");
        read_connection(smtp.ca, smtp.timeout);
        return smtp;
    }

    GraphSettings read_graph() {
        GraphSettings graph;
        graph.oauth = read_oauth("https://graph.microsoft.com/.default");
        graph.mailbox = section_.required("mailbox");
        if (auto const problem = address_problem(graph.mailbox); section_.has("mailbox") && !problem.empty())
            section_.problem("mailbox", "'" + graph.mailbox + "' is no mail address: " + problem);
        graph.graph_url = url("graph_url").value_or("https://graph.microsoft.com");
        while (graph.graph_url.ends_with('/')) graph.graph_url.pop_back();
        read_connection(graph.ca, graph.timeout);
        return graph;
    }

    FolderSettings read_folder() { return {(root_ / section_.required("path")).lexically_normal()}; }

    WebhookSettings read_webhook() {
        WebhookSettings webhook;
        (void)section_.required("url");
        webhook.url = url("url").value_or("");
        webhook.secret = secret("secret");
        webhook.attach = section_.boolean("attach").value_or(false);
        read_connection(webhook.ca, webhook.timeout);
        return webhook;
    }

    OAuthSettings read_oauth(std::string const& scope) {
        OAuthSettings oauth;
        oauth.token_url = url("token_url").value_or("");
        oauth.tenant = oauth.token_url.empty() ? section_.required("tenant") : section_.text("tenant").value_or("");
        if (oauth.tenant.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.") !=
            std::string::npos)
            section_.problem("tenant", "'" + oauth.tenant + "' is no tenant: its id or domain");
        if (oauth.token_url.empty())
            oauth.token_url = "https://login.microsoftonline.com/" + oauth.tenant + "/oauth2/v2.0/token";
        oauth.client = section_.required("client");
        oauth.secret = secret("secret");
        oauth.scope = section_.text("scope").value_or(scope);
        return oauth;
    }

    void read_connection(std::string& ca, std::chrono::milliseconds& timeout) {
        if (auto const name = section_.text("ca")) {
            try {
                ca = inside_workspace(root_, *name).string();
                if (!fs::is_regular_file(ca)) section_.problem("ca", "there is no file '" + *name + "'");
            } catch (Error const& error) {
                section_.problem("ca", error.what());
            }
        }
        if (auto const text = section_.text("timeout")) {
            auto const span = parse_duration(*text);
            if (!span || *span > std::chrono::minutes(10))
                section_.problem("timeout", "'" + *text + "' is no time such as \"60s\", at most 10m");
            else
                timeout = *span;
        }
    }

    Setting secret(std::string const& key) {
        Settings settings;
        if (!section_.has(key)) section_.problem(key, section_.name() + " has no '" + key + "', which is required");
        read_setting(section_, file_, {.name = key, .kind = Key::Kind::secret}, settings, problems_);
        return settings[key];
    }

    std::optional<std::string> url(std::string const& key) {
        auto text = section_.text(key);
        if (!text) return std::nullopt;
        auto const parsed = parse_url(*text);
        if (!parsed.problem.empty())
            section_.problem(key, "'" + *text + "' " + parsed.problem);
        else if (parsed.scheme != "https" && !is_loopback(parsed.host))
            section_.problem(key, "'" + *text + "' is not encrypted: write https://");
        return text;
    }

    Section section_;
    std::string const& file_;
    fs::path const& root_;
    Problems& problems_;
};

std::vector<std::string> read_addresses(Section& section, std::string const& key) {
    auto addresses = section.texts(key);
    for (auto const& address : addresses)
        if (auto const problem = address_problem(address); !problem.empty())
            section.problem(key, "'" + address + "' is no mail address: " + problem);
    return addresses;
}

void read_sender(Section& section, DeliverySettings& delivery) {
    auto const from = section.text("from");
    if (!from) return;
    try {
        delivery.from = parse_mailbox(*from);
    } catch (Error const& error) {
        section.problem("from", error.what());
    }
}

} // namespace

char const* Channel::kind() const {
    constexpr char const* kinds[] = {"smtp", "graph", "folder", "webhook"};
    return kinds[way.index()];
}

bool Channel::is_mail() const {
    return std::holds_alternative<SmtpSettings>(way) || std::holds_alternative<GraphSettings>(way);
}

DeliverySettings read_delivery(Section section, std::string const& file, fs::path const& root, Problems& problems) {
    DeliverySettings delivery;
    delivery.position = section.at("from");
    read_sender(section, delivery);
    delivery.reply_to = section.text("reply_to").value_or("");
    if (auto const problem = address_problem(delivery.reply_to); !delivery.reply_to.empty() && !problem.empty())
        section.problem("reply_to", "'" + delivery.reply_to + "' is no mail address: " + problem);
    delivery.allow = section.texts("allow");
    for (auto const& domain : delivery.allow)
        if (auto const problem = domain_problem(domain); !problem.empty())
            section.problem("allow", "'" + domain + "': " + problem);
    if (auto const size = section.text("max_attachment")) {
        auto const bytes = parse_size(*size);
        if (!bytes) section.problem("max_attachment", "'" + *size + "' is no size such as \"10 MB\" or \"500 KB\"");
        delivery.max_attachment = bytes.value_or(delivery.max_attachment);
    }
    if (auto const link = section.text("link")) {
        delivery.link = *link + (link->ends_with('/') ? "" : "/");
        if (auto const problem = parse_url(*link).problem; !problem.empty())
            section.problem("link", "'" + *link + "' " + problem);
    }
    delivery.owner = read_addresses(section, "owner");
    if (auto const* channels = section.table("channels")) {
        Section list(*channels, "[delivery.channels]", file, problems);
        list.each_table([&](std::string const& name, toml::table const& table, Position const& at) {
            if (!is_id(name)) problems.add(at, "'" + name + "' is no id: lower-case letters, digits, hyphens");
            auto channel =
                ChannelReader(Section(table, "[delivery.channels." + name + "]", file, problems), file, root, problems)
                    .read();
            if (!channel) return;
            channel->name = name;
            channel->position = at;
            channel->max_attachment = delivery.max_attachment;
            if (std::holds_alternative<GraphSettings>(channel->way))
                channel->max_attachment = std::min(channel->max_attachment, graph_attachments);
            if (channel->is_mail() && !section.has("from"))
                problems.add(at, "mail needs a sender: write from = \"Name <address>\" in [delivery]");
            if (channel->is_mail() && delivery.allow.empty())
                problems.add(
                    at, "mail needs the domains that may get it: write allow = [\"prairie.example\"] in [delivery]");
            delivery.channels.emplace(name, std::move(*channel));
        });
    }
    delivery.notice_channel = section.text("notice_channel").value_or("");
    if (auto const& name = delivery.notice_channel; !name.empty() && !delivery.channels.contains(name))
        section.problem("notice_channel", "there is no [delivery.channels." + name + "]");
    for (auto const& address : delivery.owner)
        if (!delivery.allow.empty() && !is_allowed_recipient(address, delivery.allow))
            section.problem("owner", address + " is in no domain of 'allow', so nothing would reach it");
    section.finish();
    return delivery;
}

} // namespace deckle::data
