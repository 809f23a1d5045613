#include "transports/http.hpp"
#include "transports/leave.hpp"
#include "transports/net.hpp"
#include <algorithm>
#include <array>
#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/NumberParser.h>
#include <Poco/URI.h>

namespace deckle::transports {
namespace {

namespace net = Poco::Net;

constexpr std::size_t most_of_an_answer = 1 << 20;

std::string read_all(std::istream& in) {
    std::string bytes;
    std::array<char, 8192> piece;
    while (bytes.size() < most_of_an_answer && (in.read(piece.data(), piece.size()), in.gcount() > 0))
        bytes.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    return bytes;
}

/// Seconds, or a date: how long that is from the answer's own date.
// RFC 9110, 10.2.3
std::chrono::seconds retry_after(net::HTTPResponse const& response) {
    constexpr std::chrono::seconds longest = std::chrono::days(1);
    std::string const text = response.get("Retry-After", "");
    unsigned seconds = 0;
    if (Poco::NumberParser::tryParseUnsigned(text, seconds)) return std::min(std::chrono::seconds(seconds), longest);
    Poco::DateTime until, now;
    int zone = 0;
    using Poco::DateTimeParser;
    if (!DateTimeParser::tryParse(Poco::DateTimeFormat::HTTP_FORMAT, text, until, zone) ||
        !DateTimeParser::tryParse(Poco::DateTimeFormat::HTTP_FORMAT, response.get("Date", ""), now, zone))
        return {};
    return std::clamp(std::chrono::seconds((until - now).totalSeconds()), std::chrono::seconds(0), longest);
}

} // namespace

std::string shown(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    auto const scheme = url.find("://");
    auto const begin = scheme == std::string_view::npos ? 0 : scheme + 3;
    auto const at = url.substr(begin, url.find('/', begin) - begin).rfind('@');
    std::string text(url.substr(0, begin));
    return text.append(url.substr(at == std::string_view::npos ? begin : begin + at + 1));
}

net::Context::Ptr HttpClient::context(std::string const& host) {
    std::lock_guard const lock(mutex_);
    auto& context = contexts_[host];
    if (context.isNull()) context = tls_context(host, ca_);
    return context;
}

HttpAnswer HttpClient::post(std::string const& url, Headers const& headers, std::string const& body,
                            std::function<void()> const& leaving) {
    NoSigpipe const no_sigpipe;
    Poco::URI const uri(url);
    std::string const host = uri.getHost();
    std::string phase = "connect";
    bool sent = false;
    try {
        auto socket = connected(host, uri.getPort(), timeout_);
        Deadline const deadline(socket, timeout_ * deadline_timeouts);
        try {
            if (uri.getScheme() == "https") {
                phase = "tls";
                socket = secured(socket, host, context(host));
            }
            phase = "post";
            net::HTTPClientSession session(socket);
            net::HTTPRequest request(net::HTTPRequest::HTTP_POST,
                                     uri.getPathAndQuery().empty() ? "/" : uri.getPathAndQuery(),
                                     net::HTTPMessage::HTTP_1_1);
            request.setHost(host, uri.getPort());
            request.set("User-Agent", "Deckle");
            for (auto const& [name, value] : headers) request.set(name, value);
            request.setContentLength64(static_cast<Poco::Int64>(body.size()));
            if (leaving) leave(leaving);
            sent = true;
            session.sendRequest(request).write(body.data(), static_cast<std::streamsize>(body.size()));
            net::HTTPResponse response;
            auto& in = session.receiveResponse(response);
            return {response.getStatus(), read_all(in), response.get("Location", ""), retry_after(response)};
        } catch (Poco::Exception const&) {
            if (deadline.passed())
                throw HttpFailure(host + " took too long altogether (" + std::to_string(deadline_timeouts) +
                                      " times 'timeout')",
                                  phase, sent);
            throw;
        }
    } catch (Passed const& passed) {
        std::rethrow_exception(passed.why);
    } catch (Poco::Exception const& e) {
        throw HttpFailure(explain(e, host, uri.getPort()), phase, sent);
    }
}

void HttpClient::reach(std::string const& url) {
    NoSigpipe const no_sigpipe;
    Poco::URI const uri(url);
    std::string phase = "connect";
    try {
        auto const socket = connected(uri.getHost(), uri.getPort(), timeout_);
        Deadline const deadline(socket, timeout_ * deadline_timeouts);
        phase = "tls";
        if (uri.getScheme() == "https") (void)secured(socket, uri.getHost(), context(uri.getHost()));
    } catch (Poco::Exception const& e) {
        throw HttpFailure(explain(e, uri.getHost(), uri.getPort()), phase, false);
    }
}

} // namespace deckle::transports
