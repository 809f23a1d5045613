#include "preview/server.hpp"
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>
#include <Poco/Timespan.h>

namespace deckle::preview {
namespace {

namespace net = Poco::Net;
using Response = net::HTTPServerResponse;

constexpr int threads = 8, waiting = 32, seconds = 10; // of a browser's connections to one page

class Handler final : public net::HTTPRequestHandler {
public:
    Handler(Site& site, std::uint16_t port) : site_(site), port_(port) {}

    void handleRequest(net::HTTPServerRequest& request, Response& response) override {
        auto const refuse = [&](Response::HTTPStatus status, std::string const& text) {
            response.setStatusAndReason(status);
            send(request, response, {"text/plain; charset=utf-8", text + "\n"});
        };
        std::string const host = request.get("Host", ""), port = ":" + std::to_string(port_);
        if (host != "127.0.0.1" + port && host != "localhost" + port)
            return refuse(Response::HTTP_MISDIRECTED_REQUEST, "This page is for this machine only.");
        auto const& method = request.getMethod();
        if (method != net::HTTPRequest::HTTP_GET && method != net::HTTPRequest::HTTP_HEAD) {
            response.set("Allow", "GET, HEAD");
            return refuse(Response::HTTP_METHOD_NOT_ALLOWED, "Only GET and HEAD.");
        }
        auto const& uri = request.getURI();
        auto const answer = site_.get(uri.substr(0, uri.find('?')));
        if (!answer) return refuse(Response::HTTP_NOT_FOUND, "There is no such page.");
        send(request, response, *answer);
    }

private:
    static void send(net::HTTPServerRequest const& request, Response& response, Answer const& answer) {
        response.setContentType(answer.type);
        response.setContentLength64(static_cast<Poco::Int64>(answer.bytes.size()));
        response.set("Content-Security-Policy", answer.policy + "; frame-ancestors 'self'");
        response.set("X-Content-Type-Options", "nosniff");
        response.set("Referrer-Policy", "no-referrer");
        response.set("Cache-Control", "no-store");
        auto& out = response.send();
        if (request.getMethod() != net::HTTPRequest::HTTP_HEAD)
            out.write(answer.bytes.data(), static_cast<std::streamsize>(answer.bytes.size()));
    }

    Site& site_;
    std::uint16_t port_;
};

class Factory final : public net::HTTPRequestHandlerFactory {
public:
    Factory(Site& site, std::uint16_t port) : site_(site), port_(port) {}
    net::HTTPRequestHandler* createRequestHandler(net::HTTPServerRequest const&) override {
        return new Handler(site_, port_); // Poco deletes it
    }

private:
    Site& site_;
    std::uint16_t port_;
};

net::HTTPServerParams::Ptr parameters() {
    net::HTTPServerParams::Ptr p = new net::HTTPServerParams; // counted by Poco
    p->setMaxThreads(threads);
    p->setMaxQueued(waiting);
    p->setTimeout(Poco::Timespan(seconds, 0));
    p->setKeepAlive(false);
    return p;
}

net::ServerSocket listening(std::uint16_t port) {
    net::ServerSocket socket;
    // An address may be used again at once, but never shared: Poco's constructor would let two programs have one port.
    socket.bind(net::SocketAddress("127.0.0.1", port), true, false);
    socket.listen(waiting);
    return socket;
}

class Loopback final : public Server {
public:
    Loopback(Site& site, std::uint16_t port)
        : socket_(listening(port)), server_(new Factory(site, socket_.address().port()), pool_, socket_, parameters()) {
        server_.start();
    }
    ~Loopback() override {
        server_.stopAll(true);
        pool_.joinAll();
    }
    [[nodiscard]] std::uint16_t port() const override { return socket_.address().port(); }

private:
    Poco::ThreadPool pool_{2, threads};
    net::ServerSocket socket_;
    net::HTTPServer server_;
};

} // namespace
} // namespace deckle::preview

char const* const deckle_module_id = DECKLE_MODULE_ID;

deckle::preview::Server* deckle_preview(deckle::preview::Site& site, std::uint16_t port, std::string& problem) {
    try {
        return new deckle::preview::Loopback(site, port);
    } catch (Poco::Exception const& e) {
        problem = e.displayText();
        return nullptr;
    }
}
