/// Reading TOML so that every mistake is found at once, each with file:line:column and the nearest valid key.
#pragma once
#include "base/error.hpp"
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

namespace deckle::data {

struct Problem {
    Position position;
    std::string message;
};

/// What is wrong with configuration files.
class Problems {
public:
    void add(Position position, std::string message) { items_.push_back({std::move(position), std::move(message)}); }
    [[nodiscard]] bool empty() const { return items_.empty(); }
    [[nodiscard]] std::size_t size() const { return items_.size(); }
    /// By file, line and column.
    [[nodiscard]] std::vector<Problem> sorted() const;
    /// Throws one Error{usage} with all of them; does nothing when there are none.
    void raise() const;

private:
    std::vector<Problem> items_;
};

/// A TOML document; nullopt with a problem added when it is no TOML.
[[nodiscard]] std::optional<toml::table> parse_toml(std::string_view text, std::string const& file, Problems& problems);

[[nodiscard]] Position position_of(toml::node const& node, std::string const& file);

/// One table being read. Every key that is asked for is a known key; `finish` reports the others.
class Section {
public:
    /// `name` is for messages: "[company]"; `file` likewise.
    Section(toml::table const& table, std::string name, std::string file, Problems& problems);

    [[nodiscard]] bool has(std::string_view key);
    /// Position of the key, or of the table when it is absent.
    [[nodiscard]] Position at(std::string_view key) const;
    [[nodiscard]] toml::node const* node(std::string_view key);
    /// nullopt when absent, or of another type (then a problem is added).
    [[nodiscard]] std::optional<std::string> text(std::string_view key);
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key, std::int64_t least);
    [[nodiscard]] std::optional<bool> boolean(std::string_view key);
    [[nodiscard]] std::vector<std::string> texts(std::string_view key); // one text or a list of texts
    [[nodiscard]] toml::table const* table(std::string_view key);
    /// As text, but absence is a problem and gives "".
    [[nodiscard]] std::string required(std::string_view key);
    /// As text, with one of `choices`.
    [[nodiscard]] std::optional<std::string> choice(std::string_view key, std::vector<std::string> const& choices);
    void problem(std::string_view key, std::string message) { problems_.add(at(key), std::move(message)); }
    /// Calls `use(key, table, position)` for every sub-table in file order; other values are problems.
    void each_table(std::function<void(std::string const&, toml::table const&, Position)> const& use);
    /// Every key that was not asked for is a problem.
    void finish();

    [[nodiscard]] toml::table const& raw() const { return table_; }
    [[nodiscard]] std::string const& name() const { return name_; }

private:
    toml::table const& table_;
    std::string name_, file_;
    Problems& problems_;
    std::set<std::string, std::less<>> known_;
};

} // namespace deckle::data
