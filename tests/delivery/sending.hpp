/// The transports as the program opens them, certificates, and messages as Python's email package reads them.
#pragma once
#include "base/error.hpp"
#include "base/file.hpp"
#include "transports/transports.hpp"
#include <arpa/inet.h>
#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace deckle::tests {

/// A folder of the running test and process; gone when the test is.
class TestFolder {
public:
    TestFolder() {
        auto const* const info = testing::UnitTest::GetInstance()->current_test_info();
        root = std::filesystem::temp_directory_path() / ("deckle-" + std::string(info->test_suite_name()) + "." +
                                                         info->name() + "-" + std::to_string(::getpid()));
        std::filesystem::remove_all(root);
        std::filesystem::create_directories(root);
    }
    ~TestFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(root, ignored);
    }
    TestFolder(TestFolder const&) = delete;
    TestFolder& operator=(TestFolder const&) = delete;

    std::filesystem::path root;
};

inline std::string const secret_word = "correct horse battery staple";

inline data::DeliverySettings sender() {
    data::DeliverySettings settings;
    settings.from = {"Prairie Reports", "reports@prairie.example"};
    return settings;
}

/// Every secret is `secret`.
inline std::unique_ptr<delivery::Transport> open_transport(data::Channel const& channel,
                                                           std::string const& secret = secret_word) {
    static void* const library =
        ::dlopen((std::string(DECKLE_BINARY_DIR) + "/lib/deckle/transports.so").c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(::dlerror());
    auto const* const id = static_cast<char const* const*>(::dlsym(library, "deckle_module_id"));
    EXPECT_STREQ(*id, DECKLE_MODULE_ID_transports);
    auto* const open = reinterpret_cast<decltype(&deckle_transport)>(::dlsym(library, "deckle_transport"));
    transports::Outside const outside{[secret](data::Setting const&, char const*) { return secret; },
                                      [] { return *parse_instant("2026-11-03T13:00:05Z"); }};
    return std::unique_ptr<delivery::Transport>(open(channel, sender(), outside));
}

template <class Way>
std::unique_ptr<delivery::Transport> open_transport(Way const& way, std::string const& secret = secret_word) {
    return open_transport(data::Channel{"test", way, 0, {}}, secret);
}

/// A CA and a certificate of it for `names` ("DNS:localhost,IP:127.0.0.1"): ca.pem, server.pem, server.key in `folder`.
/// The latter ends after `days`; it has expired with -1.
inline void make_certificates(std::filesystem::path const& folder, std::string const& names, int days = 2) {
    std::string const key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 ";
    std::string const command =
        "cd '" + folder.string() + "' && { openssl req -x509 " + key +
        "-keyout ca.key -out ca.pem -subj '/CN=Test CA' && openssl req " + key +
        "-keyout server.key -out server.csr -subj '/CN=server' && printf 'subjectAltName=" + names +
        "' >server.ext && openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days " +
        std::to_string(days) + " -extfile server.ext -out server.pem; } >openssl.log 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << read_file(folder / "openssl.log");
}

/// Says the same to whoever connects, whatever is asked.
class Parrot {
public:
    explicit Parrot(std::string const& words) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof place;
        auto* const any = reinterpret_cast<sockaddr*>(&place);
        if (::bind(socket_, any, size) != 0 || ::listen(socket_, 8) != 0 || ::getsockname(socket_, any, &size) != 0)
            throw std::runtime_error("there is no port");
        port = ntohs(place.sin_port);
        thread_ = std::thread([this, words] {
            for (int peer; (peer = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0; ::close(peer)) {
                (void)::send(peer, words.data(), words.size(), MSG_NOSIGNAL);
                ::shutdown(peer, SHUT_WR);
                for (char bytes[4096]; ::read(peer, bytes, sizeof bytes) > 0;) { // what it wants to say first
                }
            }
        });
    }
    ~Parrot() {
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    Parrot(Parrot const&) = delete;
    Parrot& operator=(Parrot const&) = delete;

    std::uint16_t port = 0;

private:
    int socket_;
    std::thread thread_;
};

inline delivery::Message message_to(std::string const& to) {
    delivery::Message m;
    m.id = "cash-flow.2026-10.r1." + to;
    m.from_name = "Prairie Reports";
    m.from = "reports@prairie.example";
    m.to = to;
    m.subject = "Prairie Systems Group: Cash flow, October 2026";
    m.text = "Cash is fine.\n";
    m.html = "<p>Cash is fine.</p>\n";
    m.attachments = {{"Cash flow 2026-10.pdf", "application/pdf", std::string("%PDF-1.7\n\0\xFF\r\n.\r\n", 17)}};
    m.date = *parse_instant("2026-11-03T13:00:00Z");
    m.zone = "America/Chicago";
    m.headers = {{"X-Deckle-Run", "r-1"}};
    return m;
}

/// What Python's email package (policy default) reads in a file: headers, and parts with type, file name and SHA-256.
inline nlohmann::json parsed(std::filesystem::path const& file) {
    static char const* const script = R"(
import email, email.policy, hashlib, json, sys
with open(sys.argv[1], "rb") as f:
    m = email.message_from_bytes(f.read(), policy=email.policy.default)
parts = []
for part in m.walk():
    if part.is_multipart():
        continue
    data = part.get_payload(decode=True)
    parts.append({"type": part.get_content_type(), "name": part.get_filename(), "hex": data.hex(),
                  "text": part.get_content().replace("\r\n", "\n") if part.get_content_maintype() == "text" else None,
                  "disposition": part.get_content_disposition()})
print(json.dumps({"headers": [[k, str(v)] for k, v in m.items()], "parts": parts,
    "shape": [p.get_content_type() for p in m.walk()],
    "defects": [str(d) for p in m.walk() for d in p.defects] + [str(d) for v in m.values() for d in v.defects],
    "from": [[a.display_name, a.addr_spec] for a in m["From"].addresses],
    "to": [[a.display_name, a.addr_spec] for a in m["To"].addresses],
    "reply_to": [a.addr_spec for a in m["Reply-To"].addresses] if m["Reply-To"] else [],
    "subject": str(m["Subject"]), "id": str(m["Message-ID"]), "date": m["Date"].datetime.isoformat()}))
)";
    auto const program = file.string() + ".py", answer = file.string() + ".json";
    write_file(program, script);
    std::string const command = "/usr/bin/python3 '" + program + "' '" + file.string() + "' >'" + answer + "'";
    EXPECT_EQ(std::system(command.c_str()), 0);
    auto json = nlohmann::json::parse(read_file(answer));
    std::filesystem::remove(program);
    std::filesystem::remove(answer);
    return json;
}

/// "slow": one wait was too long, or all of them together, as the machine's load decides.
inline bool says(std::string const& answer, std::string const& what) {
    if (what != "slow") return answer.find(what) != std::string::npos;
    return answer.find("did not answer in time") != std::string::npos ||
           answer.find("took too long altogether") != std::string::npos;
}

inline std::string in_hex(std::string_view bytes) {
    std::string out;
    for (unsigned char const c : bytes) {
        out += "0123456789abcdef"[c >> 4];
        out += "0123456789abcdef"[c & 15];
    }
    return out;
}

} // namespace deckle::tests
