/// One request over a connection of its own; redirects are not followed.
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <Poco/Net/Context.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle::transports {

struct HttpAnswer {
    int status = 0;
    std::string body; // at most a megabyte
    std::string location;
    std::chrono::seconds retry_after{}; // 0 = it does not say; at most a day
};

/// No answer came. `sent`: the request was on its way, so it may have been carried out.
struct HttpFailure : std::runtime_error {
    HttpFailure(std::string const& why, std::string at, bool was_sent)
        : std::runtime_error(why), phase(std::move(at)), sent(was_sent) {}
    std::string phase; // connect, tls, post
    bool sent;
};

/// A URL as it may be shown: without user, query and fragment, where secrets stand.
[[nodiscard]] std::string shown(std::string_view url);

/// POSTs to hosts that are trusted as `ca` and the system say. May be used by several threads at once.
class HttpClient {
public:
    HttpClient(std::string ca, std::chrono::milliseconds timeout) : ca_(std::move(ca)), timeout_(timeout) {}

    using Headers = std::vector<std::pair<std::string, std::string>>;
    /// `leaving` is called once the connection stands, before the first byte of the request; what it throws passes
    /// through. Throws HttpFailure.
    [[nodiscard]] HttpAnswer post(std::string const& url, Headers const& headers, std::string const& body,
                                  std::function<void()> const& leaving = {});
    /// Connects, with TLS where the URL says so, and leaves again. Throws HttpFailure.
    void reach(std::string const& url);

private:
    [[nodiscard]] Poco::Net::Context::Ptr context(std::string const& host);

    std::string ca_;
    std::chrono::milliseconds timeout_;
    std::mutex mutex_;
    std::map<std::string, Poco::Net::Context::Ptr> contexts_; // by host
};

} // namespace deckle::transports
