#include "transports/smtp_dialog.hpp"
#include "base/text.hpp"
#include "transports/net.hpp"
#include <algorithm>
#include <array>
#include <cctype>
#include <Poco/Net/NetException.h>

namespace deckle::transports {
namespace {

constexpr std::size_t most_of_a_line = 4096, most_lines = 200;

} // namespace

std::string_view status_of(std::string_view line) {
    std::size_t end = 0;
    for (int part = 0; part < 3; ++part) {
        if (part > 0 && (end >= line.size() || line[end++] != '.')) return {};
        auto const begin = end;
        while (end < line.size() && is_digit(line[end])) ++end;
        if (end == begin || end - begin > (part == 0 ? 1U : 3U)) return {};
    }
    if (end < line.size() && line[end] == '.') return {}; // an address
    return line.substr(0, end);
}

std::string SmtpAnswer::text() const {
    std::string text = std::to_string(code);
    auto const status = lines.empty() ? std::string_view() : status_of(lines.front());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string_view rest = lines[i];
        if (i > 0 && status_of(rest) == status) rest.remove_prefix(status.size());
        while (rest.starts_with(' ')) rest.remove_prefix(1);
        if (!rest.empty()) text.append(" ").append(rest);
    }
    return text;
}

std::string SmtpDialog::line() {
    for (;;) {
        if (auto const end = waiting_.find('\n'); end != std::string::npos) {
            std::string line = waiting_.substr(0, end);
            waiting_.erase(0, end + 1);
            if (line.ends_with('\r')) line.pop_back();
            return line;
        }
        if (waiting_.size() > most_of_a_line) throw Poco::Net::NetException("it sends a line without an end");
        std::array<char, 4096> bytes;
        int const n = socket_.receiveBytes(bytes.data(), static_cast<int>(bytes.size()));
        if (n <= 0) throw Poco::Net::ConnectionResetException("the server closed it");
        waiting_.append(bytes.data(), static_cast<std::size_t>(n));
    }
}

SmtpAnswer SmtpDialog::answer() {
    SmtpAnswer answer;
    for (;;) {
        auto const text = line();
        bool const numbered = text.size() >= 3 && std::all_of(text.begin(), text.begin() + 3,
                                                              [](unsigned char c) { return std::isdigit(c); });
        if (!numbered || (text.size() > 3 && text[3] != ' ' && text[3] != '-') || answer.lines.size() > most_lines)
            throw Poco::Net::NetException("it does not speak SMTP");
        answer.code = std::stoi(text.substr(0, 3));
        answer.lines.push_back(text.size() > 4 ? text.substr(4) : std::string());
        if (text.size() == 3 || text[3] == ' ') return answer;
    }
}

SmtpAnswer SmtpDialog::command(std::string const& line) {
    send(line + "\r\n");
    return answer();
}

void SmtpDialog::send(std::string_view bytes) {
    constexpr std::size_t piece = 16384; // the time-out holds for each
    while (!bytes.empty()) {
        int const n = socket_.sendBytes(bytes.data(), static_cast<int>(std::min(bytes.size(), piece)));
        if (n <= 0) throw Poco::TimeoutException("the server takes nothing more");
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

void SmtpDialog::send_body(std::string_view mail) {
    std::string out;
    out.reserve(mail.size() + mail.size() / 64);
    bool begins = true;
    for (char const c : mail) {
        if (begins && c == '.') out += '.';
        out += c;
        begins = c == '\n';
    }
    if (!begins) out += "\r\n";
    send(out);
}

void SmtpDialog::use_tls(std::string const& host, Poco::Net::Context::Ptr const& context) {
    waiting_.clear();
    socket_ = secured(socket_, host, context);
}

} // namespace deckle::transports
