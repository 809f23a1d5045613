/// Subject lines and file names, from the templates of a schedule.
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace deckle::delivery {

/// What the templates may name, as people read it: company, title, report, pack, period, part, revision, as_of. Each
/// may be empty.
using Names = std::map<std::string, std::string, std::less<>>;

/// "Prairie: Cash flow, October 2026", with the part and the revision where there is one.
inline constexpr std::string_view default_subject =
    "{{company}}: {{title}}{{#part}}, {{part}}{{/part}}, {{period}}{{revision}}";
/// "Prairie_cash-flow_2026-10", likewise.
inline constexpr std::string_view default_file_name =
    "{{company}}_{{report}}{{#part}}_{{part}}{{/part}}_{{period}}{{revision}}";

/// Empty when the template can be used; else what is wrong with it: its syntax, or a name that is none of Names.
[[nodiscard]] std::string name_template_problem(std::string_view text);

/// One line, without control characters, of at most 200 characters. `text` empty = the default. Throws Error{usage} for
/// a template that name_template_problem() has something against, and for what comes out empty.
[[nodiscard]] std::string subject_line(std::string_view text, Names const& names);

/// A name for any file system: no character that one of them refuses, no device name of Windows, no dot or blank at an
/// end, at most 200 bytes with `extension`, which is added. Values become words joined by hyphens. Throws as above.
[[nodiscard]] std::string file_name(std::string_view text, Names const& names, std::string_view extension);

/// The address of a file in the folder at `link`, which ends with a slash.
[[nodiscard]] std::string link_to(std::string_view link, std::string_view file_name);

} // namespace deckle::delivery
