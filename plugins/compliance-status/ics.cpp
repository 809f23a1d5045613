// An .ics file is lines of NAME;PARAMETER=VALUE:VALUE between BEGIN and END, ended by CRLF, at most 75 octets long;
// what is longer goes on in a line that begins with a space. https://www.rfc-editor.org/rfc/rfc5545
#include "ics.hpp"

namespace compliance {
namespace {

std::string digits(int value, std::size_t width) {
    std::string s = std::to_string(value);
    return s.size() < width ? std::string(width - s.size(), '0') + s : s;
}

std::string basic(Date day) {
    return digits(day.year(), 4) + digits(static_cast<int>(day.month()), 2) + digits(static_cast<int>(day.day()), 2);
}

std::string basic(deckle::Moment at) {
    auto const day = std::chrono::floor<std::chrono::days>(at);
    auto const seconds = static_cast<int>(std::chrono::floor<std::chrono::seconds>(at - day).count());
    return basic(Date::from_days(static_cast<std::int32_t>(day.time_since_epoch().count()))) + "T" +
           digits(seconds / 3600, 2) + digits(seconds / 60 % 60, 2) + digits(seconds % 60, 2) + "Z";
}

/// Letters and digits of the company, for what stands behind the @ of a UID.
std::string domain(std::string const& company) {
    std::string out;
    for (char const c : company) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            out += c;
        else if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c - 'A' + 'a');
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return (out.empty() ? "company" : out) + ".compliance-status";
}

char const* category(EventKind kind) {
    switch (kind) {
    case EventKind::due:
        return "Deadline";
    case EventKind::expires:
        return "Expiry";
    case EventKind::window_opens:
        return "Renewal window";
    case EventKind::certificate_ends:
        return "Certificate";
    case EventKind::program_renews:
        return "Program renewal";
    case EventKind::control_test:
        return "Control test";
    }
    return "";
}

} // namespace

std::string headline(Event const& event) {
    std::string const who = event.person.empty() ? "" : ": " + event.person;
    std::string const of = " (" + event.program + ")";
    switch (event.kind) {
    case EventKind::due:
        return event.what + " is due" + who + of;
    case EventKind::expires:
        return event.what + " expires" + who + of;
    case EventKind::window_opens:
        return event.what + " can be renewed from today" + who + of;
    case EventKind::certificate_ends:
        return event.what + ", certificate ends" + who + of;
    case EventKind::program_renews:
        return event.what + " renews";
    case EventKind::control_test:
        break;
    }
    return "Control test: " + event.what;
}

std::string ics_escape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (c == '\\' || c == ';' || c == ',') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n') out += "\\n";
        } else if (c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)) {
            out += c;
        }
    }
    return out;
}

std::string ics_fold(std::string_view line) {
    std::string out;
    std::size_t room = 75;
    while (line.size() > room) {
        std::size_t cut = room;
        while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
        if (cut == 0) cut = room; // no UTF-8: cut anywhere
        out += line.substr(0, cut);
        out += "\r\n ";
        line.remove_prefix(cut);
        room = 74; // the space counts
    }
    out += line;
    return out + "\r\n";
}

std::string ics(std::vector<Event> const& events, IcsOptions const& options) {
    std::string out;
    auto put = [&](std::string const& line) { out += ics_fold(line); };
    auto text = [&](char const* name, std::string const& value) {
        if (!value.empty()) put(std::string(name) + ":" + ics_escape(value));
    };
    put("BEGIN:VCALENDAR");
    put("VERSION:2.0");
    put("PRODID:-//Deckle//compliance-status 1.0//EN");
    put("CALSCALE:GREGORIAN");
    put("METHOD:PUBLISH");
    text("X-WR-CALNAME", options.company + " compliance");
    for (Event const& e : events) {
        put("BEGIN:VEVENT");
        text("UID", e.id + "@" + domain(options.company));
        put("DTSTAMP:" + basic(options.stamp));
        if (e.at) {
            put("DTSTART:" + basic(*e.at));
        } else {
            put("DTSTART;VALUE=DATE:" + basic(e.date));
            put("DTEND;VALUE=DATE:" + basic(e.date + 1));
        }
        text("X-DECKLE-DUE", e.stated);
        text("SUMMARY", headline(e));
        std::string about = e.owner.empty() ? "" : "Owner: " + e.owner;
        if (!e.note.empty()) about += (about.empty() ? "" : "\n") + e.note;
        text("DESCRIPTION", about);
        put(std::string("CATEGORIES:") + category(e.kind));
        put("TRANSP:TRANSPARENT");
        for (int const days : {30, 7, 1}) {
            put("BEGIN:VALARM");
            put("ACTION:DISPLAY");
            text("DESCRIPTION", headline(e));
            put("TRIGGER:-P" + std::to_string(days) + "D");
            put("END:VALARM");
        }
        put("END:VEVENT");
    }
    put("END:VCALENDAR");
    return out;
}

} // namespace compliance
