#include "ics_checker.hpp"
#include <regex>
#include <set>

namespace compliance {
namespace {

bool is_utf8(std::string const& s) {
    for (std::size_t i = 0; i < s.size();) {
        auto const c = static_cast<unsigned char>(s[i]);
        std::size_t const n = c < 0x80                ? 1
                              : c >= 0xC2 && c < 0xE0 ? 2
                              : c >= 0xE0 && c < 0xF0 ? 3
                              : c >= 0xF0 && c < 0xF5 ? 4
                                                      : 0;
        if (n == 0 || i + n > s.size()) return false;
        for (std::size_t k = 1; k < n; ++k)
            if ((static_cast<unsigned char>(s[i + k]) & 0xC0) != 0x80) return false;
        i += n;
    }
    return true;
}

struct Checker {
    IcsResult result;
    std::set<std::string> uids;

    void problem(std::string const& what) { result.problems.push_back(what); }

    std::vector<std::string> unfold(std::string const& bytes) {
        std::vector<std::string> lines;
        std::size_t at = 0;
        while (at < bytes.size()) {
            std::size_t const end = bytes.find("\r\n", at);
            if (end == std::string::npos) {
                problem("no CRLF at the end");
                break;
            }
            std::string const line = bytes.substr(at, end - at);
            at = end + 2;
            if (line.size() > 75) problem("longer than 75 octets: " + line);
            if (!is_utf8(line)) problem("a character is cut: " + line);
            for (char const c : line)
                if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F)
                    problem("control character: " + line);
            if (line.empty())
                problem("empty line");
            else if ((line[0] == ' ' || line[0] == '\t') && !lines.empty())
                lines.back() += line.substr(1);
            else
                lines.push_back(line);
        }
        return lines;
    }

    void text_value(IcsProperty const& p) {
        for (std::size_t i = 0; i < p.value.size(); ++i) {
            if (p.value[i] == ',' || p.value[i] == ';') problem(p.name + " has a bare separator: " + p.value);
            if (p.value[i] != '\\') continue;
            if (i + 1 == p.value.size() || std::string("\\;,nN").find(p.value[i + 1]) == std::string::npos)
                problem(p.name + " has a wrong escape: " + p.value);
            ++i;
        }
    }

    void count(IcsComponent const& c, std::string const& name, std::size_t least, std::size_t most) {
        std::size_t n = 0;
        for (IcsProperty const& p : c.properties) n += p.name == name ? 1 : 0;
        if (n < least || n > most) problem(c.name + " has " + std::to_string(n) + " " + name);
    }

    void component(IcsComponent const& c) {
        static std::regex const date("[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"),
            utc("[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]Z"),
            duration("[+-]?P[0-9]+[DW]");
        for (IcsProperty const& p : c.properties) {
            if (p.name == "DTSTART" || p.name == "DTEND") {
                bool const day = p.parameters == ";VALUE=DATE";
                if (!day && !p.parameters.empty()) problem(p.name + " has the parameters " + p.parameters);
                if (!std::regex_match(p.value, day ? date : utc)) problem(p.name + " is " + p.value);
            } else if (p.name == "DTSTAMP") {
                if (!std::regex_match(p.value, utc)) problem("DTSTAMP is " + p.value);
            } else if (p.name == "TRIGGER") {
                if (!std::regex_match(p.value, duration)) problem("TRIGGER is " + p.value);
            } else {
                text_value(p);
            }
        }
        if (c.name == "VCALENDAR") {
            count(c, "PRODID", 1, 1);
            count(c, "VERSION", 1, 1);
            count(c, "CALSCALE", 0, 1);
            count(c, "METHOD", 0, 1);
            if (c.parts.empty()) problem("a calendar without events");
        } else if (c.name == "VEVENT") {
            for (char const* once : {"UID", "DTSTAMP", "DTSTART"}) count(c, once, 1, 1);
            for (char const* most_once : {"SUMMARY", "DESCRIPTION", "TRANSP", "DTEND"}) count(c, most_once, 0, 1);
            if (!uids.insert(c.value("UID")).second) problem("UID twice: " + c.value("UID"));
            if (auto const end = c.value("DTEND"); !end.empty() && end <= c.value("DTSTART"))
                problem("ends before it begins: " + end);
        } else if (c.name == "VALARM") {
            for (char const* once : {"ACTION", "TRIGGER", "DESCRIPTION"}) count(c, once, 1, 1);
        } else {
            problem("unknown component " + c.name);
        }
        for (IcsComponent const& part : c.parts) {
            bool const fits =
                (c.name == "VCALENDAR" && part.name == "VEVENT") || (c.name == "VEVENT" && part.name == "VALARM");
            if (!fits) problem(part.name + " in " + c.name);
            component(part);
        }
    }
};

} // namespace

std::string IcsComponent::value(std::string const& property) const {
    std::string out;
    int n = 0;
    for (IcsProperty const& p : properties)
        if (p.name == property) {
            out = p.value;
            ++n;
        }
    return n == 1 ? out : "";
}

IcsResult check_ics(std::string const& bytes) {
    Checker checker;
    static std::regex const line_form(
        "([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)*):([^]*)");
    std::vector<IcsComponent> open;
    bool closed = false;
    for (std::string const& line : checker.unfold(bytes)) {
        std::smatch m;
        if (!std::regex_match(line, m, line_form)) {
            checker.problem("no content line: " + line);
            continue;
        }
        if (closed) checker.problem("after the end: " + line);
        IcsProperty const p{m[1], m[2], m[3]};
        if (p.name == "BEGIN") {
            open.push_back({p.value, {}, {}});
        } else if (p.name == "END") {
            if (open.empty() || open.back().name != p.value) {
                checker.problem("END without BEGIN: " + line);
                continue;
            }
            IcsComponent done = std::move(open.back());
            open.pop_back();
            if (open.empty()) {
                checker.result.calendar = std::move(done);
                closed = true;
            } else {
                open.back().parts.push_back(std::move(done));
            }
        } else if (open.empty()) {
            checker.problem("outside of a component: " + line);
        } else {
            open.back().properties.push_back(p);
        }
    }
    if (!closed || checker.result.calendar.name != "VCALENDAR") checker.problem("no whole VCALENDAR");
    checker.component(checker.result.calendar);
    return std::move(checker.result);
}

std::string ics_unescape(std::string const& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        ++i;
        out += text[i] == 'n' || text[i] == 'N' ? '\n' : text[i];
    }
    return out;
}

} // namespace compliance
