// The message goes as MIME, so that Message-ID, headers and file names are ours; base64 of it is the body of the
// request, which may have 4 MB.
#include "transports/graph.hpp"
#include "model/json.hpp"
#include "transports/base64.hpp"
#include "transports/mime.hpp"
#include "transports/net.hpp"
#include "transports/oauth.hpp"
#include <algorithm>
#include <Poco/URI.h>

namespace deckle::transports {
namespace {

using delivery::Check;
using delivery::Message;
using delivery::Outcome;
using delivery::Receipt;
using model::Json;
using model::text_of;

constexpr std::size_t most_of_a_request = 4'000'000;

// https://learn.microsoft.com/graph/errors, https://learn.microsoft.com/graph/auth-limit-mailbox-access
struct Known {
    char const* code;
    Outcome outcome;
    char const* advice;
    char const* words = ""; // of the message, where the code alone does not say it
};
// The more particular first.
constexpr Known known[] = {
    {"ErrorAccessDenied", Outcome::later,
     "the app may not send for this mailbox: give it the application permission Mail.Send with admin consent, and see "
     "that "
     "no application access policy and no RBAC scope of Exchange leaves 'mailbox' out"},
    {"Authorization_RequestDenied", Outcome::later,
     "the app lacks the application permission Mail.Send with admin consent"},
    {"ErrorInvalidUser", Outcome::later, "there is no such mailbox in the tenant: see 'mailbox'"},
    {"ResourceNotFound", Outcome::later, "there is no such mailbox in the tenant: see 'mailbox'"},
    {"Request_ResourceNotFound", Outcome::later, "there is no such mailbox in the tenant: see 'mailbox'"},
    {"MailboxNotEnabledForRESTAPI", Outcome::later,
     "'mailbox' has no Exchange Online licence, is inactive, or lies on a server of your own"},
    {"MailboxNotSupportedForRESTAPI", Outcome::later, "'mailbox' is of a kind that Graph does not serve"},
    {"ErrorSendAsDenied", Outcome::later,
     "'mailbox' may not send as [delivery] from: give it Send As rights, or set from to its address"},
    {"ErrorAccountSuspend", Outcome::later, "'mailbox' was suspended for spam: an administrator has to look at it"},
    {"ErrorMessageSubmissionBlocked", Outcome::later,
     "'mailbox' was stopped for spam: an administrator has to look at it"},
    {"ErrorQuotaExceeded", Outcome::later, "'mailbox' is full"},
    {"ErrorExceededMessageLimit", Outcome::later, "'mailbox' has sent as much as it may today"},
    {"ErrorInvalidRecipients", Outcome::refused, ""},
    {"ErrorMessageSizeExceeded", Outcome::refused, "set [delivery] max_attachment lower, so that a link is sent"},
    {"InvalidAuthenticationToken", Outcome::later, "the next try gets a new token", "expired"},
    {"InvalidAuthenticationToken", Outcome::later,
     "the token is for another cloud: see 'token_url', 'scope', 'graph_url'"},
};

/// What an answer other than 202 means. Graph may have done what it then failed to tell (500, 502, 504).
Receipt receipt_of(HttpAnswer const& answer) {
    auto const json = Json::parse(answer.body, nullptr, false);
    auto const error = json.is_object() && json.contains("error") ? json["error"] : Json();
    auto const code = text_of(error, "code"), message = text_of(error, "message");
    std::string line = std::to_string(answer.status) + (code.empty() ? "" : " " + code + ": " + message);
    Outcome outcome = answer.status == 429 || answer.status == 503 || answer.status / 100 == 3 ? Outcome::later
                      : answer.status / 100 == 5                                               ? Outcome::unknown
                      : answer.status == 401 || answer.status == 403 || answer.status == 404   ? Outcome::later
                      : answer.status / 100 == 4                                               ? Outcome::refused
                                                                                               : Outcome::unknown;
    if (answer.retry_after.count() > 0) line += " (again after " + std::to_string(answer.retry_after.count()) + " s)";
    if (answer.status == 413) line += " -- set [delivery] max_attachment lower, so that a link is sent";
    for (auto const& [name, what, advice, words] : known) {
        if (code != name || message.find(words) == std::string::npos) continue;
        if (answer.status / 100 == 4 && answer.status != 429) outcome = what;
        if (*advice != '\0') line += std::string(" -- ") + advice;
        break;
    }
    return {outcome, "post", line, answer.retry_after};
}

/// The application permissions in an access token, when it can be read (it is a JWT today, but nobody promises it).
std::optional<std::vector<std::string>> permissions(std::string const& token) {
    auto const from = token.find('.'), to = token.find('.', from + 1);
    if (from == std::string::npos || to == std::string::npos) return std::nullopt;
    std::string part = token.substr(from + 1, to - from - 1);
    std::replace(part.begin(), part.end(), '-', '+');
    std::replace(part.begin(), part.end(), '_', '/');
    part.append((4 - part.size() % 4) % 4, '=');
    auto const bytes = from_base64(part);
    auto const json = Json::parse(bytes.value_or(""), nullptr, false);
    if (!json.is_object()) return std::nullopt;
    std::vector<std::string> roles;
    if (json.contains("roles") && json["roles"].is_array())
        for (auto const& role : json["roles"])
            if (role.is_string()) roles.push_back(role.get<std::string>());
    return roles;
}

class Graph final : public delivery::Transport {
public:
    Graph(data::GraphSettings settings, SecretReader secret)
        : settings_(std::move(settings)), secret_(std::move(secret)), http_(settings_.ca, settings_.timeout),
          tokens_(settings_.oauth, secret_, settings_.ca, settings_.timeout) {}

    Receipt send(Message const& message, std::function<void()> const& leaving) override {
        delivery::check_mail(message);
        std::string const body = to_base64(mime(message));
        if (body.size() > most_of_a_request)
            return {Outcome::refused, "post",
                    "the message makes a request of " + std::to_string(body.size()) + " bytes, and Graph takes " +
                        std::to_string(most_of_a_request) +
                        ": set [delivery] max_attachment to 2 MB, so that a link is sent"};
        std::vector<std::string> secrets;
        try {
            auto const token = tokens_.get(secrets);
            std::string mailbox;
            Poco::URI::encode(settings_.mailbox, "!#$&'()*+,/:;=?[]%", mailbox);
            auto const answer =
                http_.post(settings_.graph_url + "/v1.0/users/" + mailbox + "/sendMail",
                           {{"Authorization", "Bearer " + token}, {"Content-Type", "text/plain"}}, body, leaving);
            if (answer.status == 202) return {Outcome::accepted, "post", "202 Accepted"};
            if (answer.status == 401 || answer.status == 403) tokens_.forget();
            auto receipt = receipt_of(answer);
            receipt.answer = safe_line(receipt.answer, secrets);
            return receipt;
        } catch (TokenFailure const& failure) {
            return {Outcome::later, "token", safe_line(failure.what(), secrets)};
        } catch (HttpFailure const& failure) {
            return {failure.sent ? Outcome::unknown : Outcome::later, failure.phase,
                    safe_line(failure.what(), secrets)};
        }
    }

    std::vector<Check> test() override {
        std::vector<std::string> secrets;
        std::vector<Check> checks;
        try {
            auto const token = tokens_.get(secrets);
            checks.push_back({"token", true, "from " + shown(settings_.oauth.token_url)});
            auto const roles = permissions(token);
            bool const sends = roles && std::find(roles->begin(), roles->end(), "Mail.Send") != roles->end();
            if (sends) checks.push_back({"permission", true, "Mail.Send"});
            // With RBAC for applications Exchange gives the permission, and no token names it.
            if (roles && !sends)
                checks.push_back(
                    {"permission", true,
                     "the token does not name Mail.Send: unless Exchange gives it (RBAC for applications), add "
                     "the application permission in the app registration and grant admin consent; --to shows "
                     "which"});
            http_.reach(settings_.graph_url);
            checks.push_back({"connect", true, shown(settings_.graph_url)});
        } catch (TokenFailure const& failure) {
            checks.push_back({"token", false, safe_line(failure.what(), secrets)});
        } catch (HttpFailure const& failure) {
            checks.push_back({failure.phase, false, safe_line(failure.what(), secrets)});
        }
        return checks;
    }

private:
    data::GraphSettings const settings_;
    SecretReader const secret_;
    HttpClient http_;
    OAuthTokens tokens_;
};

} // namespace

std::unique_ptr<delivery::Transport> make_graph(data::GraphSettings const& settings, SecretReader const& secret) {
    return std::make_unique<Graph>(settings, secret);
}

} // namespace deckle::transports
