#include "transports/webhook.hpp"
#include "base/error.hpp"
#include "data/sha256.hpp"
#include "transports/base64.hpp"
#include "transports/http.hpp"
#include "transports/net.hpp"
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace deckle::transports {
namespace {

using delivery::Check;
using delivery::Message;
using delivery::Outcome;
using delivery::Receipt;
using Json = nlohmann::ordered_json;

std::string key_of(std::string const& secret) {
    constexpr std::string_view prefix = "whsec_";
    if (!secret.starts_with(prefix)) return secret;
    auto const key = from_base64(std::string_view(secret).substr(prefix.size()));
    if (!key || key->empty()) throw Error(ErrorCode::usage, "secret: what follows whsec_ is no base64");
    return *key;
}

/// The document; a message's X-Deckle-NAME headers are its members ("run", "schedule", "period" ...).
std::string document(Message const& message, bool attach) {
    Json data{{"message_id", message.id}};
    if (!message.to.empty()) data["to"] = message.to;
    data["subject"] = message.subject;
    constexpr std::string_view prefix = "X-Deckle-";
    for (auto const& [name, value] : message.headers) {
        if (!name.starts_with(prefix)) continue;
        std::string key = name.substr(prefix.size());
        for (char& c : key) c = c == '-' ? '_' : static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        data[key] = value;
    }
    data["text"] = message.text;
    data["files"] = Json::array();
    for (auto const& a : message.attachments) {
        Json file{{"name", a.name},
                  {"media_type", a.media_type},
                  {"size", a.bytes.size()},
                  {"sha256", data::sha256_hex(a.bytes)}};
        if (attach) file["base64"] = to_base64(a.bytes);
        data["files"].push_back(std::move(file));
    }
    Json const document{{"type", message.notice.empty() ? "report.delivered" : "notice." + message.notice},
                        {"timestamp", to_iso(message.date)},
                        {"data", std::move(data)}};
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

class Webhook final : public delivery::Transport {
public:
    Webhook(data::WebhookSettings settings, Outside outside)
        : settings_(std::move(settings)), outside_(std::move(outside)), http_(settings_.ca, settings_.timeout) {}

    Receipt send(Message const& message, std::function<void()> const& leaving) override {
        delivery::check_message(message);
        auto const now = std::chrono::floor<std::chrono::seconds>(outside_.now()).time_since_epoch().count();
        std::string const secret = outside_.secret(settings_.secret, "secret"), time = std::to_string(now),
                          body = document(message, settings_.attach);
        try {
            auto const answer = http_.post(settings_.url,
                                           {{"Content-Type", "application/json"},
                                            {"webhook-id", message.id},
                                            {"webhook-timestamp", time},
                                            {"webhook-signature", webhook_signature(secret, message.id, time, body)}},
                                           body, leaving);
            auto const text = safe_line(answer.body, {secret}, 200);
            return {
                outcome_of(answer.status), "post",
                safe_line(std::to_string(answer.status) + (text.empty() ? "" : " " + text) + advice(answer), {secret}),
                answer.retry_after};
        } catch (HttpFailure const& failure) {
            return {failure.sent ? Outcome::unknown : Outcome::later, failure.phase,
                    safe_line(failure.what(), {secret})};
        }
    }

    std::vector<Check> test() override {
        std::string const secret = outside_.secret(settings_.secret, "secret");
        (void)webhook_signature(secret, "test", "0", "");
        try {
            http_.reach(settings_.url);
            return {{"connect", true, shown(settings_.url)}};
        } catch (HttpFailure const& failure) {
            return {{failure.phase, false, safe_line(failure.what(), {secret})}};
        }
    }

private:
    static Outcome outcome_of(int status) {
        if (status / 100 == 2) return Outcome::accepted;
        constexpr int of_settings[] = {401, 403, 404, 405, 410}, of_the_moment[] = {408, 425, 429};
        bool const passes =
            std::ranges::count(of_settings, status) > 0 || std::ranges::count(of_the_moment, status) > 0;
        if (status / 100 == 4 && !passes) return Outcome::refused;
        return Outcome::later; // 3xx too: the setting is wrong, not the message
    }
    static std::string advice(HttpAnswer const& answer) {
        if (answer.status / 100 == 3)
            return " -- redirects are not followed: " +
                   (answer.location.empty() ? "see 'url'" : "set url to " + shown(answer.location));
        if (answer.status == 401 || answer.status == 403) return " -- see 'secret' and 'url'";
        if (answer.status == 404 || answer.status == 405 || answer.status == 410) return " -- see 'url'";
        if (answer.status == 413) return " -- the receiver takes no document of this size: attach = false";
        return {};
    }

    data::WebhookSettings const settings_;
    Outside const outside_;
    HttpClient http_;
};

} // namespace

std::string webhook_signature(std::string const& secret, std::string const& id, std::string const& time,
                              std::string const& body) {
    std::string const key = key_of(secret), text = id + "." + time + "." + body;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (::HMAC(::EVP_sha256(), key.data(), static_cast<int>(key.size()),
               reinterpret_cast<unsigned char const*>(text.data()), text.size(), digest, &size) == nullptr)
        throw Error(ErrorCode::failed, "OpenSSL cannot compute HMAC-SHA256");
    return "v1," + to_base64({reinterpret_cast<char const*>(digest), size});
}

std::unique_ptr<delivery::Transport> make_webhook(data::WebhookSettings const& settings, Outside const& outside) {
    return std::make_unique<Webhook>(settings, outside);
}

} // namespace deckle::transports
