#include "schedule/ics_line.hpp"
#include <algorithm>

namespace deckle::schedule {

std::vector<std::pair<int, std::string>> unfolded(std::string_view text) {
    std::vector<std::pair<int, std::string>> lines;
    for (int number = 1; !text.empty(); ++number) {
        auto const end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!lines.empty() && (line.starts_with(' ') || line.starts_with('\t')))
            lines.back().second += line.substr(1);
        else
            lines.emplace_back(number, line);
    }
    return lines;
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return out;
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    for (;;) {
        auto const end = std::min(text.find(at), text.size());
        parts.emplace_back(text.substr(0, end));
        if (end == text.size()) return parts;
        text.remove_prefix(end + 1);
    }
}

Line parsed(int number, std::string const& text) {
    bool quoted = false;
    std::size_t colon = 0;
    for (; colon < text.size() && (quoted || text[colon] != ':'); ++colon)
        if (text[colon] == '"') quoted = !quoted;
    Line line{number, {}, {}, colon < text.size() ? text.substr(colon + 1) : ""};
    auto const parts = split(std::string_view(text).substr(0, colon), ';');
    line.name = upper(parts[0]);
    for (std::size_t i = 1; i < parts.size(); ++i) {
        auto const equals = std::min(parts[i].find('='), parts[i].size());
        line.parts[upper(std::string_view(parts[i]).substr(0, equals))] =
            equals < parts[i].size() ? parts[i].substr(equals + 1) : "";
    }
    return line;
}

std::string unescaped(std::string_view text, char line_break) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
            out += text[i] == 'n' || text[i] == 'N' ? line_break : text[i];
        } else
            out += text[i];
    }
    return out;
}

} // namespace deckle::schedule
