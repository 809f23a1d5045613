/// Content lines of iCalendar files. Inside core/schedule only.
// https://www.rfc-editor.org/rfc/rfc5545#section-3.1
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle::schedule {

/// NAME;PARAMETER=VALUE:VALUE
struct Line {
    int number = 0;
    std::string name;                         // upper case
    std::map<std::string, std::string> parts; // parameters, names in upper case
    std::string value;
};

/// Folded lines put together, each with its number in the file.
[[nodiscard]] std::vector<std::pair<int, std::string>> unfolded(std::string_view text);
[[nodiscard]] Line parsed(int number, std::string const& text);
/// The text of a value; `line_break` stands for \n.
[[nodiscard]] std::string unescaped(std::string_view text, char line_break = ' ');
[[nodiscard]] std::string upper(std::string_view text);
[[nodiscard]] std::vector<std::string> split(std::string_view text, char at);

} // namespace deckle::schedule
