// Microsoft:
// https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online
//            https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365
//            https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
// Google:    https://support.google.com/a/answer/3726730
#include "transports/smtp_advice.hpp"
#include "base/text.hpp"
#include <algorithm>

namespace deckle::transports {
namespace {

struct Advice {
    std::string_view sign; // a reply code, an enhanced status code, or words of the text in lower case
    char const* text;
};

constexpr char const* relay =
    "the server does not relay for this machine: set auth with user and password, or let the server allow it";

// The more particular first.
constexpr Advice known[] = {
    {"5.7.139", "Microsoft 365 refuses SMTP AUTH here: switch it on for this mailbox (Set-CASMailbox "
                "-SmtpClientAuthenticationDisabled "
                "$false) and tenant, see whether security defaults or a Conditional Access policy forbid it, or use a "
                "channel of kind "
                "\"graph\""},
    {"5.7.57",
     "Microsoft 365 wants a login: set auth = \"xoauth2\" (or \"login\") with user, or the server does not know the "
     "connector"},
    {"5.7.60",
     "the mailbox of 'user' may not send as [delivery] from: give it Send As rights, or set from to its address"},
    {"sendasdenied",
     "the mailbox of 'user' may not send as [delivery] from: give it Send As rights, or set from to its address"},
    {"5.7.501", "Microsoft 365 stopped this sender for spam: an administrator has to look at Restricted entities"},
    {"5.7.502", "Microsoft 365 stopped this sender for spam: an administrator has to look at Restricted entities"},
    {"5.7.503", "Microsoft 365 stopped this sender for spam: an administrator has to look at Restricted entities"},
    {"bad outbound sender",
     "Microsoft 365 stopped this sender for spam: an administrator has to look at Restricted entities"},
    {"5.7.708",
     "Microsoft 365 takes no mail from this address of the Internet yet: new tenants are limited, ask its support"},
    {"5.7.64",
     "Microsoft 365 knows no connector for this server: is its address of the Internet in the inbound connector?"},
    {"5.7.9", "the account needs an app password or OAuth: set password to one, or auth = \"xoauth2\""},
    {"5.7.8", "user or password is wrong: see 'user' and 'password' (is it an app password where one is needed?)"},
    {"relay access denied", relay},
    {"relaying denied", relay},
    {"relay not permitted", relay},
    {"unable to relay", relay},
    {"535", "the login was refused: see 'auth', 'user' and 'password' or 'secret'"},
    {"534", "the server wants another way to log in: see 'auth'"},
    {"530", "the server wants a login or TLS first: see 'auth' and 'security'"},
    {"538", "the server wants TLS before the login: set security = \"starttls\" or \"tls\""},
};

bool fits(std::string_view sign, SmtpAnswer const& answer) {
    if (!is_digit(sign[0])) {
        auto text = answer.text();
        for (char& c : text)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        return text.find(sign) != std::string::npos;
    }
    if (sign.find('.') == std::string_view::npos) return sign == std::to_string(answer.code);
    return std::ranges::any_of(answer.lines, [&](std::string const& line) { return status_of(line) == sign; });
}

} // namespace

std::string advice(SmtpAnswer const& answer) {
    if (answer.is_good()) return {};
    for (auto const& [sign, what] : known)
        if (fits(sign, answer)) return what;
    return {};
}

} // namespace deckle::transports
