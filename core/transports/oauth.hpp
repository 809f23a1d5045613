/// Access tokens by client credentials.
// https://www.rfc-editor.org/rfc/rfc6749#section-4.4
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
#pragma once
#include "transports/http.hpp"
#include "transports/transports.hpp"
#include <mutex>

namespace deckle::transports {

/// The token endpoint gave none; the text says which setting is at fault.
struct TokenFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Keeps the token until shortly before it ends. May be used by several threads at once.
class OAuthTokens {
public:
    OAuthTokens(data::OAuthSettings const& settings, SecretReader const& secret, std::string const& ca,
                std::chrono::milliseconds timeout)
        : settings_(settings), secret_(secret), http_(ca, timeout) {}

    /// Adds what must not be shown to `secrets`. Throws TokenFailure.
    [[nodiscard]] std::string get(std::vector<std::string>& secrets);
    /// It was not taken: the next `get` asks for another.
    void forget();

private:
    data::OAuthSettings const& settings_;
    SecretReader const& secret_;
    HttpClient http_;
    std::mutex mutex_;
    std::string token_;
    std::chrono::steady_clock::time_point until_;
};

} // namespace deckle::transports
