/// [delivery] of deckle.toml: who sends, who may be written to, and the channels by which things leave.
#pragma once
#include "base/mail_address.hpp"
#include "data/connectors/connector.hpp"
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace deckle::data {

/// Client credentials (RFC 6749, 4.4) at a token endpoint.
struct OAuthSettings {
    std::string tenant, client;
    Setting secret; // only where it is
    std::string token_url, scope;
};

struct SmtpSettings {
    enum class Security { starttls, tls, none };
    enum class Auth { none, plain, login, xoauth2 };
    std::string host;
    std::uint16_t port = 587;
    Security security = Security::starttls;
    Auth auth = Auth::none;
    std::string user;
    Setting password;    // plain, login
    OAuthSettings oauth; // xoauth2
    std::string ca;      // PEM file beside the system's CAs, absolute, or empty
    std::chrono::milliseconds timeout{60'000};
};

/// Microsoft Graph sendMail.
struct GraphSettings {
    OAuthSettings oauth;
    std::string mailbox;
    std::string graph_url; // without a slash at the end
    std::string ca;
    std::chrono::milliseconds timeout{60'000};
};

struct FolderSettings {
    std::filesystem::path path; // absolute
};

struct WebhookSettings {
    std::string url;
    Setting secret;
    bool attach = false; // with the bytes of the files
    std::string ca;
    std::chrono::milliseconds timeout{60'000};
};

struct Channel {
    std::string name;
    std::variant<SmtpSettings, GraphSettings, FolderSettings, WebhookSettings> way;
    /// Bytes of all attachments of a message together; more goes as a link.
    std::uint64_t max_attachment = 0;
    Position position;

    /// "smtp", "graph", "folder" or "webhook".
    [[nodiscard]] char const* kind() const;
    /// True for smtp and graph: what leaves is mail to an address.
    [[nodiscard]] bool is_mail() const;
};

struct DeliverySettings {
    Mailbox from;
    std::string reply_to;           // address, or empty
    std::vector<std::string> allow; // domains, as is_allowed_recipient takes them
    std::uint64_t max_attachment = 10'000'000;
    std::string link; // ends with a slash, or empty
    std::vector<std::string> owner;
    std::string notice_channel; // what notices leave by; empty = the way of what they are about
    std::map<std::string, Channel, std::less<>> channels;
    Position position; // of [delivery]; line 0 when there is none

    /// The address that messages are from; folders and webhooks need none of one's own.
    [[nodiscard]] std::string sender() const { return from.address.empty() ? "deckle@deckle.invalid" : from.address; }
};

} // namespace deckle::data
