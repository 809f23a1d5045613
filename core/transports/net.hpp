/// Connections that end: each wait has a time-out, and all of it a deadline.
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>
#include <string>
#include <thread>

namespace deckle::transports {

/// A conversation may take this many time-outs in all, however lively it is.
constexpr int deadline_timeouts = 5;

/// Shuts a connection down after `limit`, so that a peer which sends a byte now and then cannot hold a thread for ever.
class Deadline {
public:
    Deadline(Poco::Net::StreamSocket const& socket, std::chrono::milliseconds limit);
    ~Deadline();
    Deadline(Deadline const&) = delete;
    Deadline& operator=(Deadline const&) = delete;
    [[nodiscard]] bool passed() const;

private:
    int connection_; // a descriptor of its own: the socket may be closed and its number given to another meanwhile
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool ended_ = false, passed_ = false;
    std::thread thread_;
};

/// A write to a closed connection is an error, not the end of the program: SIGPIPE is kept from this thread.
class NoSigpipe {
public:
    NoSigpipe();
    ~NoSigpipe();
    NoSigpipe(NoSigpipe const&) = delete;
    NoSigpipe& operator=(NoSigpipe const&) = delete;

private:
    bool was_blocked_ = false;
};

/// Where TLS connections to one host begin: TLS 1.2 or newer, the system's CAs and those of the PEM file `ca`. Chain
/// and host name are checked by OpenSSL in the handshake itself: Poco 1.11 leaves the name out when the handshake was
/// slow. Throws Error{usage} when `ca` cannot be read.
[[nodiscard]] Poco::Net::Context::Ptr tls_context(std::string const& host, std::string const& ca);

/// Connected within `timeout`, which every read and write has from then on. Throws Poco::Exception.
[[nodiscard]] Poco::Net::StreamSocket connected(std::string const& host, std::uint16_t port,
                                                std::chrono::milliseconds timeout);
/// TLS over a connection, with the handshake done and checked. Throws Poco::Exception.
[[nodiscard]] Poco::Net::StreamSocket secured(Poco::Net::StreamSocket const& socket, std::string const& host,
                                              Poco::Net::Context::Ptr const& context);

/// What went wrong, in one line that names `host`; for certificates which setting helps.
[[nodiscard]] std::string explain(Poco::Exception const& problem, std::string const& host, std::uint16_t port);

/// One line of UTF-8 without any of `secrets`, nor their base64 forms; control characters and several blanks are one
/// blank. What is longer than `most` bytes is cut.
[[nodiscard]] std::string safe_line(std::string text, std::vector<std::string> const& secrets, std::size_t most = 600);

} // namespace deckle::transports
