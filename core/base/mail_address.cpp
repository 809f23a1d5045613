#include "base/mail_address.hpp"
#include "base/error.hpp"
#include <algorithm>

namespace deckle {
namespace {

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_ascii(std::string_view s) {
    return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool has_control(std::string_view s) {
    return std::any_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string lower(std::string_view s) {
    std::string out(s);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::string_view trimmed(std::string_view s) {
    auto const from = s.find_first_not_of(" \t");
    return from == std::string_view::npos ? std::string_view() : s.substr(from, s.find_last_not_of(" \t") - from + 1);
}

// https://www.rfc-editor.org/rfc/rfc5322#section-3.2.3
bool is_dot_atom(std::string_view s) {
    if (s.empty() || s.front() == '.' || s.back() == '.' || s.find("..") != std::string_view::npos) return false;
    return std::all_of(s.begin(), s.end(), [](char c) {
        return is_alphanumeric(c) || std::string_view(".!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
    });
}

bool is_domain(std::string_view s) {
    if (s.empty() || s.size() > 253) return false;
    while (true) {
        auto const label = s.substr(0, s.find('.'));
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-' ||
            !std::all_of(label.begin(), label.end(), [](char c) { return is_alphanumeric(c) || c == '-'; }))
            return false;
        if (label.size() == s.size()) return true;
        s.remove_prefix(label.size() + 1);
    }
}

bool is_literal(std::string_view s) {
    return s.size() > 2 && s.front() == '[' && s.back() == ']' && std::all_of(s.begin() + 1, s.end() - 1, [](char c) {
               return is_alphanumeric(c) || c == '.' || c == ':' || c == '-';
           });
}

constexpr char const* a_labels = "write its domain in ASCII (A-labels), such as xn--bcher-kva.example";

} // namespace

std::string address_problem(std::string_view address) {
    auto const at = address.rfind('@');
    if (has_control(address)) return "a line break or control character is in the address";
    if (at == std::string_view::npos) return "it has no @";
    auto const local = address.substr(0, at), domain = address.substr(at + 1);
    if (!is_ascii(local)) return "the part before the @ has other than ASCII characters, which few servers take";
    if (local.size() > 64) return "the part before the @ is longer than 64 characters";
    if (!is_dot_atom(local)) return "'" + std::string(local) + "' cannot stand before the @";
    if (!is_ascii(domain)) return a_labels;
    if (!is_domain(domain) && !is_literal(domain)) return "'" + std::string(domain) + "' is no domain";
    return {};
}

Mailbox parse_mailbox(std::string_view text) {
    auto const whole = trimmed(text);
    auto fail = [&](std::string const& why) {
        std::string shown;
        for (char const c : whole) shown += has_control({&c, 1}) ? '?' : c;
        throw Error(ErrorCode::usage, "'" + shown + "' is no mail address: " + why);
    };
    if (has_control(whole)) fail("a line break or control character is in it");
    Mailbox mailbox{{}, std::string(whole)};
    if (whole.ends_with('>')) {
        auto const open = whole.rfind('<');
        if (open == std::string_view::npos) fail("there is a > without <");
        mailbox.address = whole.substr(open + 1, whole.size() - open - 2);
        auto name = trimmed(whole.substr(0, open));
        if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
            name = name.substr(1, name.size() - 2);
            for (std::size_t i = 0; i < name.size(); ++i) {
                if (name[i] == '\\' && i + 1 < name.size()) ++i;
                mailbox.name += name[i];
            }
        } else {
            mailbox.name = name;
        }
    }
    if (auto const problem = address_problem(mailbox.address); !problem.empty()) fail(problem);
    return mailbox;
}

std::string domain_of(std::string_view address) {
    auto const at = address.rfind('@');
    return at == std::string_view::npos ? std::string() : lower(address.substr(at + 1));
}

std::string domain_problem(std::string_view pattern) {
    if (!is_ascii(pattern)) return a_labels;
    if (pattern.find('@') != std::string_view::npos) return "write the domain alone, without @";
    auto const domain = pattern.starts_with("*.") ? pattern.substr(2) : pattern;
    if (domain.find('*') != std::string_view::npos)
        return "* may only stand for what is in front: \"*.prairie.example\"";
    if (!is_domain(domain)) return "it is no domain such as \"prairie.example\" or \"*.prairie.example\"";
    return {};
}

bool is_allowed_recipient(std::string_view address, std::vector<std::string> const& allowed) {
    auto const domain = domain_of(address);
    return !domain.empty() && std::any_of(allowed.begin(), allowed.end(), [&](std::string const& pattern) {
        auto const wanted = lower(pattern);
        return wanted.starts_with("*.") ? domain.size() >= wanted.size() && domain.ends_with(wanted.substr(1))
                                        : domain == wanted;
    });
}

} // namespace deckle
