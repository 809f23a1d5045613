#include "app/output.hpp"
#include <algorithm>
#include <iostream>
#include <unistd.h>

namespace deckle::app {
namespace {

std::size_t characters(std::string const& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace

void print_table(std::vector<TextColumn> const& columns, std::vector<std::vector<std::string>> const& rows) {
    std::vector<std::size_t> widths;
    for (auto const& column : columns) widths.push_back(characters(column.title));
    for (auto const& row : rows)
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i)
            widths[i] = std::max(widths[i], characters(row[i]));
    auto print = [&](auto const& cell_of) {
        std::string line;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            std::string cell = cell_of(i);
            std::replace_if(
                cell.begin(), cell.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
            std::string const pad(widths[i] - std::min(widths[i], characters(cell)), ' ');
            line += (i == 0 ? "" : "  ") + (columns[i].right ? pad + cell : cell + pad);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        std::cout << line << "\n";
    };
    print([&](std::size_t i) { return columns[i].title; });
    for (auto const& row : rows) print([&](std::size_t i) { return i < row.size() ? row[i] : std::string(); });
}

void say_on_terminal(std::string const& line) {
    std::cerr << line << "\n";
}

std::vector<std::string> lines_of(Diagnostics const& diagnostics) {
    std::vector<std::string> lines;
    for (auto const& d : diagnostics.items()) lines.push_back(d.to_string());
    for (auto const& [code, n] : diagnostics.suppressed())
        lines.push_back("... and " + std::to_string(n) + " more of [" + code + "]");
    return lines;
}

void print_diagnostics(Diagnostics const& diagnostics) {
    for (auto const& line : lines_of(diagnostics)) say_on_terminal(line);
}

std::string joined(std::vector<std::string> const& texts, char const* separator) {
    std::string all;
    for (std::size_t i = 0; i < texts.size(); ++i) all += (i == 0 ? "" : separator) + texts[i];
    return all;
}

std::string counted(std::int64_t n, std::string const& noun) {
    return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

ProgressLine::ProgressLine() : terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
    if (shown_) std::cerr << "\r\033[K" << std::flush;
}

void ProgressLine::show(std::string const& text) {
    if (!terminal_) return;
    std::cerr << "\r\033[K" << text << std::flush;
    shown_ = true;
}

} // namespace deckle::app
