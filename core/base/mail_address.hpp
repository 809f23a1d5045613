/// Mail addresses: what can be written into a header or an envelope, and which domains may be written to.
// https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace deckle {

struct Mailbox {
    std::string name; // UTF-8, may be empty
    std::string address;
};

/// Empty when `address` can be used; else what is wrong with it. The local part is a dot-atom of at most 64 characters
/// in ASCII; the domain is in ASCII (A-labels) or an address literal.
[[nodiscard]] std::string address_problem(std::string_view address);
/// "Prairie Reports <reports@prairie.example>" or the address alone; the name may stand in double quotes.
/// Throws Error{usage} when the address cannot be used or a control character is in it.
[[nodiscard]] Mailbox parse_mailbox(std::string_view text);
/// What stands behind the last @, in lower case.
[[nodiscard]] std::string domain_of(std::string_view address);
/// Empty when `pattern` is a domain or "*." and a domain; else what is wrong with it.
[[nodiscard]] std::string domain_problem(std::string_view pattern);
/// True when the domain of `address` is one of `allowed`: the same domain, or below the one after "*.". Case is
/// ignored.
[[nodiscard]] bool is_allowed_recipient(std::string_view address, std::vector<std::string> const& allowed);

} // namespace deckle
