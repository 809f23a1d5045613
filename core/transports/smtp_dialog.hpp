/// Commands and answers of SMTP over one connection. Poco's own session does not tell the phases apart, reads for ever
/// when a server goes in the middle of a long answer, and goes on in plain text when told to.
// https://www.rfc-editor.org/rfc/rfc5321, https://www.rfc-editor.org/rfc/rfc3207
#pragma once
#include <optional>
#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::transports {

/// The enhanced status code that a line begins with, "5.1.1"; empty when there is none.
// https://www.rfc-editor.org/rfc/rfc2034, https://www.rfc-editor.org/rfc/rfc3463
[[nodiscard]] std::string_view status_of(std::string_view line);

struct SmtpAnswer {
    int code = 0;
    std::vector<std::string> lines; // without code

    [[nodiscard]] bool is_good() const { return code / 100 == 2; }
    /// "550 5.1.1 No such user", all lines, each code once.
    [[nodiscard]] std::string text() const;
};

/// Throws Poco::Exception when the connection ends, a time-out passes, or what comes is no SMTP.
class SmtpDialog {
public:
    explicit SmtpDialog(Poco::Net::StreamSocket socket) : socket_(std::move(socket)) {}

    [[nodiscard]] SmtpAnswer answer();
    /// REQUIRES: no CR or LF in `line`.
    [[nodiscard]] SmtpAnswer command(std::string const& line);
    void send(std::string_view bytes);
    /// What is sent between the answer to DATA and the final dot: lines ended, dots doubled.
    void send_body(std::string_view mail);
    /// TLS from here on; what was sent in plain text before it is not heard.
    void use_tls(std::string const& host, Poco::Net::Context::Ptr const& context);

private:
    [[nodiscard]] std::string line();

    Poco::Net::StreamSocket socket_;
    std::string waiting_; // received, not yet read
};

} // namespace deckle::transports
