/// Checks iCalendar text against the grammar of RFC 5545, as far as calendars of events with alarms need it.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace compliance {

struct IcsProperty {
    std::string name, parameters, value; // unfolded; value still escaped
};
struct IcsComponent {
    std::string name;
    std::vector<IcsProperty> properties;
    std::vector<IcsComponent> parts;
    /// The only one of that name; empty when there is none or several.
    [[nodiscard]] std::string value(std::string const& property) const;
};
struct IcsResult {
    IcsComponent calendar;
    std::vector<std::string> problems; // each with its line
};
[[nodiscard]] IcsResult check_ics(std::string const& bytes);
/// Backslash escapes undone.
[[nodiscard]] std::string ics_unescape(std::string const& text);

} // namespace compliance
