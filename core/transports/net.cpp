#include "transports/net.hpp"
#include "base/error.hpp"
#include "transports/base64.hpp"
#include <fcntl.h>
#include <glib.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <Poco/Net/InvalidCertificateHandler.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/VerificationErrorArgs.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace deckle::transports {
namespace {

namespace net = Poco::Net;

thread_local std::string certificate_problem; // of this thread's last handshake

class Refuse final : public net::InvalidCertificateHandler {
public:
    Refuse() : InvalidCertificateHandler(false) {}
    void onInvalidCertificate(void const*, net::VerificationErrorArgs& args) override {
        certificate_problem = args.errorMessage();
        args.setIgnoreError(false);
    }
};

Poco::Timespan span(std::chrono::milliseconds time) {
    return Poco::Timespan(time.count() * 1000);
}

/// Invalid bytes become question marks.
std::string printable(std::string_view text) {
    std::string line;
    while (!text.empty()) {
        gunichar const c = ::g_utf8_get_char_validated(text.data(), static_cast<gssize>(text.size()));
        bool const valid = c <= 0x10ffff;
        auto const size = valid ? static_cast<std::size_t>(g_utf8_skip[static_cast<unsigned char>(text[0])]) : 1;
        bool const blank = text[0] == ' ' || text[0] == '\0' || (valid && ::g_unichar_iscntrl(c) != 0);
        if (!blank)
            line += valid ? text.substr(0, size) : "?";
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
        text.remove_prefix(size);
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

bool is_ip(std::string const& host) {
    net::IPAddress address;
    return net::IPAddress::tryParse(host, address);
}

} // namespace

Deadline::Deadline(net::StreamSocket const& socket, std::chrono::milliseconds limit)
    : connection_(::fcntl(socket.impl()->sockfd(), F_DUPFD_CLOEXEC, 0)) {
    auto const end = std::chrono::steady_clock::now() + limit;
    thread_ = std::thread([this, end] {
        std::unique_lock lock(mutex_);
        if (changed_.wait_until(lock, end, [this] { return ended_; })) return;
        passed_ = true;
        ::shutdown(connection_, SHUT_RDWR);
    });
}

Deadline::~Deadline() {
    {
        std::lock_guard const lock(mutex_);
        ended_ = true;
    }
    changed_.notify_one();
    thread_.join();
    ::close(connection_);
}

bool Deadline::passed() const {
    std::lock_guard const lock(mutex_);
    return passed_;
}

NoSigpipe::NoSigpipe() {
    sigset_t pipe, before;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before);
    was_blocked_ = ::sigismember(&before, SIGPIPE) == 1;
}

NoSigpipe::~NoSigpipe() {
    if (was_blocked_) return;
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    timespec const now{};
    while (::sigtimedwait(&pipe, nullptr, &now) > 0) {
    }
    ::pthread_sigmask(SIG_UNBLOCK, &pipe, nullptr);
}

net::Context::Ptr tls_context(std::string const& host, std::string const& ca) {
    try {
        net::Context::Ptr context =
            new net::Context(net::Context::TLS_CLIENT_USE, ca, net::Context::VERIFY_STRICT, 9, true,
                             "DEFAULT:!aNULL:!eNULL"); // counted by Poco
        context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
        context->enableExtendedCertificateVerification(true);
        context->setInvalidCertificateHandler(new Refuse);
        auto* const rules = ::SSL_CTX_get0_param(context->sslContext());
        bool const set = is_ip(host) ? ::X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1
                                     : ::X509_VERIFY_PARAM_set1_host(rules, host.data(), host.size()) == 1;
        if (!set) throw Error(ErrorCode::failed, "OpenSSL does not take the host name " + host);
        return context;
    } catch (Poco::Exception const& e) {
        throw Error(ErrorCode::usage, ca.empty() ? "TLS cannot be used: " + e.displayText()
                                                 : "ca: " + ca + " is no PEM file with certificates");
    }
}

net::StreamSocket connected(std::string const& host, std::uint16_t port, std::chrono::milliseconds timeout) {
    net::StreamSocket socket;
    socket.connect(net::SocketAddress(host, port), span(timeout));
    socket.setReceiveTimeout(span(timeout));
    socket.setSendTimeout(span(timeout));
    socket.setNoDelay(true);
    return socket;
}

net::StreamSocket secured(net::StreamSocket const& socket, std::string const& host, net::Context::Ptr const& context) {
    certificate_problem.clear();
    auto tls = net::SecureStreamSocket::attach(socket, host, context);
    tls.completeHandshake();
    tls.verifyPeerCertificate(host);
    return tls;
}

std::string explain(Poco::Exception const& problem, std::string const& host, std::uint16_t port) {
    std::string const place = host + ":" + std::to_string(port);
    if (!certificate_problem.empty()) {
        std::string const why = std::exchange(certificate_problem, {});
        if (why.find("mismatch") != std::string::npos)
            return "the certificate of " + place + " is for another name (" + why +
                   "): set host to the name in its certificate";
        if (why.find("expired") != std::string::npos)
            return "the certificate of " + place +
                   " has expired: the server needs a new one (or the clock of this machine is wrong)";
        return "the certificate of " + place + " is not trusted (" + why +
               "): is it this server? A private CA is named with ca = \"ca.pem\"";
    }
    if (dynamic_cast<Poco::TimeoutException const*>(&problem) != nullptr) return place + " did not answer in time";
    if (dynamic_cast<net::HostNotFoundException const*>(&problem) != nullptr ||
        dynamic_cast<net::NoAddressFoundException const*>(&problem) != nullptr ||
        dynamic_cast<net::DNSException const*>(&problem) != nullptr)
        return "there is no address for the host " + host;
    if (dynamic_cast<net::ConnectionRefusedException const*>(&problem) != nullptr)
        return "nothing listens at " + place + ": are host and port right?";
    if (dynamic_cast<net::SSLException const*>(&problem) != nullptr) {
        std::string const text = problem.displayText();
        if (text.find("wrong version number") != std::string::npos)
            return place + " does not begin with TLS: security = \"starttls\", or another port?";
        return "TLS with " + place + " failed: " + problem.displayText();
    }
    return "the connection to " + place + " failed: " + problem.displayText();
}

std::string safe_line(std::string text, std::vector<std::string> const& secrets, std::size_t most) {
    auto replace = [&](std::string const& what) {
        if (what.size() < 4) return;
        for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos;)
            text.replace(at, what.size(), "[secret]");
    };
    for (auto const& secret : secrets) {
        replace(secret);
        replace(to_base64(secret));
    }
    text = printable(text);
    if (text.size() <= most) return text;
    while (most > 0 && (text[most] & 0xc0) == 0x80) --most; // in the middle of a character
    return text.substr(0, most) + " ...";
}

} // namespace deckle::transports
