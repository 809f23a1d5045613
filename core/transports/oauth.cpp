#include "transports/oauth.hpp"
#include "model/json.hpp"
#include <Poco/URI.h>

namespace deckle::transports {

using model::text_of;

namespace {

// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
struct TokenAdvice {
    char const* code;
    char const* text;
};
constexpr TokenAdvice known_codes[] = {
    {"AADSTS7000215", "the secret is wrong: 'secret' has to be the value of the client secret, not its ID"},
    {"AADSTS7000222",
     "the secret has expired: make a new client secret in the app registration and put its value into 'secret'"},
    {"AADSTS700016", "there is no such app in this tenant: see 'client' (Application (client) ID) and 'tenant'"},
    {"AADSTS90002", "there is no such tenant: see 'tenant' (Directory (tenant) ID)"},
    {"AADSTS900023", "'tenant' is no tenant id and no domain"},
    {"AADSTS700025", "the app is a public client: register it as confidential, with a client secret"},
    {"AADSTS70011", "the scope is wrong: see 'scope'"},
    {"AADSTS1002012", "the scope is wrong: it has to end with /.default"},
    {"AADSTS53003", "a Conditional Access policy forbids it: exclude this app"},
    {"AADSTS7000112", "the app is disabled in this tenant: enable it under Enterprise applications"},
    {"invalid_client", "see 'client' and 'secret'"},
    {"invalid_scope", "see 'scope'"},
};

std::string form(std::initializer_list<std::pair<char const*, std::string>> fields) {
    std::string text;
    for (auto const& [name, value] : fields) {
        std::string encoded;
        Poco::URI::encode(value, "!#$&'()*+,/:;=?@[]%", encoded);
        text += (text.empty() ? "" : "&") + std::string(name) + "=" + encoded;
    }
    return text;
}

[[noreturn]] void refuse(HttpAnswer const& answer, nlohmann::json const& json, std::string const& url) {
    auto description = text_of(json, "error_description");
    description = description.substr(0, description.find_first_of("\r\n"));
    std::string const found = text_of(json, "error") + " " + description;
    std::string text = shown(url) + " answers " + std::to_string(answer.status) + (found == " " ? "" : ": " + found);
    for (auto const& [code, what] : known_codes) {
        auto const at = found.find(code);
        if (at == std::string::npos) continue;
        auto const after = at + std::string_view(code).size();
        if (after < found.size() && found[after] >= '0' && found[after] <= '9') continue; // a longer number
        text += std::string(" -- ") + what;
        break;
    }
    throw TokenFailure(text);
}

} // namespace

std::string OAuthTokens::get(std::vector<std::string>& secrets) {
    std::lock_guard const lock(mutex_);
    auto const now = std::chrono::steady_clock::now();
    if (!token_.empty() && now < until_) {
        secrets.push_back(token_);
        return token_;
    }
    auto const secret = secret_(settings_.secret, "secret");
    secrets.push_back(secret);
    try {
        auto const answer = http_.post(settings_.token_url, {{"Content-Type", "application/x-www-form-urlencoded"}},
                                       form({{"client_id", settings_.client},
                                             {"scope", settings_.scope},
                                             {"client_secret", secret},
                                             {"grant_type", "client_credentials"}}));
        auto const json = nlohmann::json::parse(answer.body, nullptr, false);
        token_ = text_of(json, "access_token");
        if (answer.status != 200 || token_.empty()) {
            token_.clear();
            refuse(answer, json, settings_.token_url);
        }
        secrets.push_back(token_);
        auto const seconds =
            json.contains("expires_in") && json["expires_in"].is_number() ? json["expires_in"].get<int>() : 300;
        until_ = now + std::chrono::seconds(seconds - seconds / 10); // a tenth early
        return token_;
    } catch (HttpFailure const& failure) {
        throw TokenFailure(failure.what());
    }
}

void OAuthTokens::forget() {
    std::lock_guard const lock(mutex_);
    token_.clear();
}

} // namespace deckle::transports
