/// How commands answer: aligned text or JSON on standard output, messages on standard error.
#pragma once
#include "base/diagnostics.hpp"
#include <functional>
#include <string>
#include <vector>

namespace deckle::app {

struct TextColumn {
    std::string title;
    bool right = false;
};

/// Columns two blanks apart, widths in characters; a line break inside a cell becomes a blank.
void print_table(std::vector<TextColumn> const& columns, std::vector<std::vector<std::string>> const& rows);
/// A line for whoever watches.
using Say = std::function<void(std::string const& line)>;
/// On standard error.
void say_on_terminal(std::string const& line);

/// One each, with what was only counted at the end.
[[nodiscard]] std::vector<std::string> lines_of(Diagnostics const& diagnostics);
/// To standard error.
void print_diagnostics(Diagnostics const& diagnostics);
/// "a, b"
[[nodiscard]] std::string joined(std::vector<std::string> const& texts, char const* separator = ", ");
/// "1 row", "2 rows"
[[nodiscard]] std::string counted(std::int64_t n, std::string const& noun);

/// The latest line of progress on a terminal's standard error; nothing elsewhere.
class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine();
    ProgressLine(ProgressLine const&) = delete;
    ProgressLine& operator=(ProgressLine const&) = delete;
    void show(std::string const& text);

private:
    bool terminal_;
    bool shown_ = false;
};

} // namespace deckle::app
