#include "base/error.hpp"
#include "base/mail_address.hpp"
#include "delivery/transport.hpp"
#include <algorithm>
#include <cctype>

namespace deckle::delivery {
namespace {

[[noreturn]] void fail(std::string const& what, std::string const& why) {
    throw Error(ErrorCode::usage, "this message cannot be sent: " + what + ": " + why);
}

bool has_control(std::string_view s) {
    return std::any_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_token(std::string_view s) { // a header's name, a part of a media type: RFC 5322 3.6.8, RFC 2045 5.1
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
        return c > 0x20 && c < 0x7f && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
    });
}

/// Headers that come from the message's own members.
bool is_ours(std::string_view name) {
    std::string lower(name);
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    static constexpr std::string_view ours[] = {"from",     "sender",     "reply-to",     "to",
                                                "cc",       "bcc",        "date",         "subject",
                                                "received", "message-id", "mime-version", "auto-submitted"};
    return lower.starts_with("content-") || std::find(std::begin(ours), std::end(ours), lower) != std::end(ours);
}

void check_line(char const* what, std::string_view value) {
    if (has_control(value)) fail(what, "a line break or control character is in it");
}

void check_address(char const* what, std::string_view address) {
    if (auto const problem = address_problem(address); !problem.empty()) fail(what, problem);
}

} // namespace

void check_message(Message const& m) {
    if (auto const problem = address_problem(m.id); !problem.empty()) fail("message id", problem);
    check_line("sender's name", m.from_name);
    check_address("sender", m.from);
    if (!m.reply_to.empty()) check_address("reply address", m.reply_to);
    if (!m.to.empty()) check_address("recipient", m.to);
    check_line("subject", m.subject);
    if (m.html.empty() && m.text.empty()) fail("body", "there is none");
    for (auto const& [name, value] : m.headers) {
        if (!is_token(name)) fail("header", "a header cannot have this name");
        if (is_ours(name)) fail(name, "this header is written by Deckle itself");
        check_line(name.c_str(), value);
    }
    for (auto const& a : m.attachments) {
        check_line("name of a file", a.name);
        if (a.name.empty() || a.name == "." || a.name == ".." || a.name.find_first_of("/\\") != std::string::npos)
            fail("name of a file", "'" + a.name + "' is no file name without a folder");
        auto const slash = a.media_type.find('/');
        if (slash == std::string::npos || !is_token(std::string_view(a.media_type).substr(0, slash)) ||
            !is_token(std::string_view(a.media_type).substr(slash + 1)))
            fail(a.name.c_str(), "its media type is none such as application/pdf");
    }
    if (!is_zone(m.zone)) fail("zone", "'" + m.zone + "' is no time zone");
}

void check_mail(Message const& m) {
    check_message(m);
    check_address("recipient", m.to);
}

char const* name_of(Outcome outcome) {
    switch (outcome) {
    case Outcome::accepted:
        return "accepted";
    case Outcome::refused:
        return "refused";
    case Outcome::later:
        return "later";
    case Outcome::unknown:
        return "unknown";
    }
    return "";
}

} // namespace deckle::delivery
