/// Odd input whose output is still useful: collected, reported, never silent.
#pragma once
#include "base/error.hpp"
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace deckle {

enum class Severity { note, warning, error };

struct Diagnostic {
    Severity severity = Severity::warning;
    std::string code;    // stable id, lower case with hyphens: "missing-glyph", "unknown-property"
    std::string message; // one line, no trailing full stop
    Position position;

    [[nodiscard]] std::string to_string() const;
};

/// Collects diagnostics in order. An exact repeat (code, message, position) is counted, not stored again; past
/// `per_code` different ones of a code the rest are only counted. Not thread-safe: one per document.
class Diagnostics {
public:
    static constexpr std::size_t per_code = 100;

    void add(Severity severity, std::string code, std::string message, Position position = {});
    void note(std::string code, std::string message, Position position = {});
    void warning(std::string code, std::string message, Position position = {});
    void error(std::string code, std::string message, Position position = {});
    void append(Diagnostics const& other);

    [[nodiscard]] std::vector<Diagnostic> const& items() const { return items_; }
    [[nodiscard]] bool empty() const { return items_.empty(); }
    [[nodiscard]] std::size_t count(Severity severity) const;
    /// How many of `code` were not stored because there were more than `per_code`.
    [[nodiscard]] std::map<std::string, std::size_t> const& suppressed() const { return suppressed_; }
    [[nodiscard]] bool has(std::string const& code) const;

private:
    std::vector<Diagnostic> items_;
    std::map<std::string, std::size_t> stored_;
    std::map<std::string, std::size_t> suppressed_;
};

} // namespace deckle
