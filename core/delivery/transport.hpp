/// How a finished message leaves: the seam between the delivery ledger, which claims and retries, and the ways out.
#pragma once
#include "base/zone.hpp"
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace deckle::delivery {

struct Attachment {
    std::string name; // UTF-8, without a path
    std::string media_type;
    std::string bytes;
};

/// One message to one recipient. All text is UTF-8; the same message gives the same bytes.
struct Message {
    std::string id; // Message-ID without <>, the same on every retry
    std::string from_name, from;
    std::string reply_to; // may be empty
    std::string to;       // empty: to nobody in particular, as to a folder or webhook
    std::string notice;   // what it tells the people behind a schedule ("held", "missed"); empty: it brings a report
    std::string subject;
    std::string html, text;
    std::vector<Attachment> attachments;
    Instant date{};
    std::string zone = "UTC"; // IANA, of the Date header
    /// Further headers ("X-Deckle-Run"). "Auto-Submitted: auto-generated" is always there.
    std::vector<std::pair<std::string, std::string>> headers;
};

/// Throws Error{usage} for a message that cannot be sent: a line break, NUL or control character where a header or a
/// name will be, an address that cannot be used, a file name with a path. Every transport begins with it.
void check_message(Message const& message);
/// Of a mail, which needs a recipient too.
void check_mail(Message const& message);

enum class Outcome {
    accepted, // the other side has taken it over
    refused,  // for good: this message will never be taken
    later,    // nothing was taken over: try again
    unknown,  // it may have been taken over: a person decides
};
[[nodiscard]] char const* name_of(Outcome outcome);

struct Receipt {
    Outcome outcome;
    std::string phase;           // where it ended: connect, tls, auth, from, to, data, end, token, post, write ...
    std::string answer;          // what the server said or what went wrong, and what to do; without secrets, one line
    std::chrono::seconds wait{}; // how long the other side asks to be left alone; 0 = it does not say
};

struct Check {
    std::string name; // "connect", "tls" ...
    bool ok = false;
    std::string detail; // what was found, or what is wrong and which setting to change
};

class Transport {
public:
    virtual ~Transport() = default;
    /// Calls `leaving` once, at the last moment at which nothing has left: right before the end of DATA, the POST, the
    /// rename. When it throws, nothing leaves, and the exception passes through. An end before `leaving` may be
    /// repeated; one after it without a Receipt is unknown.
    /// Never throws for what the other side does. Throws Error{usage} as check_message does, and for settings that
    /// cannot be used (a secret that is not there).
    [[nodiscard]] virtual Receipt send(Message const& message, std::function<void()> const& leaving) = 0;
    /// As far as a login goes; sends nothing. The last check is the first that is not ok.
    [[nodiscard]] virtual std::vector<Check> test() = 0;
};

} // namespace deckle::delivery
