/// tests/support/smtp_server.py, whose head says what it logs and which faults it knows, and its log.
#pragma once
#include "base/file.hpp"
#include "support/script_server.hpp"
#include <nlohmann/json.hpp>
#include <sstream>

namespace deckle::tests {

class SmtpServer {
public:
    /// `folder` gets smtp.log, the messages in mail/, and faults (set_faults). The log of an earlier server there goes
    /// on.
    explicit SmtpServer(std::filesystem::path folder, std::vector<std::string> arguments = {})
        : folder_(std::move(folder)), server_("smtp_server.py", with_files(std::move(arguments))) {}

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    void stop() { server_.stop(); }
    /// As lines of --control; they hold for what comes from now on.
    void set_faults(std::string const& lines) const { write_file(folder_ / "faults", lines); }

    /// The lines of the log of kind `event`, all without one.
    [[nodiscard]] std::vector<nlohmann::json> events(std::string const& event = {}) const {
        std::vector<nlohmann::json> found;
        auto const text = read_file(folder_ / "smtp.log");
        std::istringstream lines(text.substr(0, text.rfind('\n') + 1));
        for (std::string line; std::getline(lines, line);) {
            auto parsed = nlohmann::json::parse(line, nullptr, false);
            if (parsed.is_object() && (event.empty() || parsed["event"] == event)) found.push_back(std::move(parsed));
        }
        return found;
    }
    /// What was taken over: an `accepted` line each.
    [[nodiscard]] std::vector<nlohmann::json> accepted() const { return events("accepted"); }
    /// The bytes of a message that was taken over.
    [[nodiscard]] std::string message(nlohmann::json const& accepted) const { return read_file(file(accepted)); }
    [[nodiscard]] std::filesystem::path file(nlohmann::json const& accepted) const {
        return folder_ / "mail" / accepted.at("file").get<std::string>();
    }

private:
    std::vector<std::string> with_files(std::vector<std::string> arguments) const {
        for (auto const& [option, name] :
             {std::pair("--log", "smtp.log"), std::pair("--mail", "mail"), std::pair("--control", "faults")}) {
            arguments.emplace_back(option);
            arguments.push_back((folder_ / name).string());
        }
        return arguments;
    }

    std::filesystem::path folder_;
    ScriptServer server_;
};

} // namespace deckle::tests
