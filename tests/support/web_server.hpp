/// tests/support/web_server.py: a token endpoint, Microsoft Graph and a receiver of webhooks, and their log.
#pragma once
#include "base/file.hpp"
#include "support/script_server.hpp"
#include <nlohmann/json.hpp>
#include <sstream>

namespace deckle::tests {

class WebServer {
public:
    /// HTTPS with server.pem and server.key of `folder` when they are there.
    explicit WebServer(std::filesystem::path folder, std::vector<std::string> arguments = {})
        : folder_(std::move(folder)), server_("web_server.py", with_files(std::move(arguments))) {}

    [[nodiscard]] std::string url(std::string const& path = {}) const {
        bool const tls = std::filesystem::exists(folder_ / "server.pem");
        return (tls ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(server_.port()) + path;
    }
    /// The access token it gives.
    [[nodiscard]] static std::string token() {
        return "eyJ0.eyJhdWQiOiAiaHR0cHM6Ly9ncmFwaC5taWNyb3NvZnQuY29tIiwgInJvbGVzIjogWyJNYWlsLlNlbmQiXX0.s3cr3t-t0ken";
    }
    void set_faults(std::string const& lines) const { write_file(folder_ / "web-faults", lines); }
    [[nodiscard]] std::filesystem::path file(nlohmann::json const& event) const {
        return folder_ / "web" / event.at("file").get<std::string>();
    }
    [[nodiscard]] std::vector<nlohmann::json> events(std::string const& event) const {
        std::vector<nlohmann::json> found;
        std::istringstream lines(read_file(folder_ / "web.log"));
        for (std::string line; std::getline(lines, line);) {
            auto parsed = nlohmann::json::parse(line, nullptr, false);
            if (parsed.is_object() && parsed["event"] == event) found.push_back(std::move(parsed));
        }
        return found;
    }

private:
    std::vector<std::string> with_files(std::vector<std::string> arguments) const {
        for (auto const& [option, name] :
             {std::pair("--log", "web.log"), std::pair("--keep", "web"), std::pair("--control", "web-faults")}) {
            arguments.emplace_back(option);
            arguments.push_back((folder_ / name).string());
        }
        if (std::filesystem::exists(folder_ / "server.pem"))
            for (auto const& [option, name] : {std::pair("--cert", "server.pem"), std::pair("--key", "server.key")}) {
                arguments.emplace_back(option);
                arguments.push_back((folder_ / name).string());
            }
        return arguments;
    }

    std::filesystem::path folder_;
    ScriptServer server_;
};

} // namespace deckle::tests
