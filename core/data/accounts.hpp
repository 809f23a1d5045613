/// accounts.toml: which statement line each ledger account belongs to.
#pragma once
#include "base/date.hpp"
#include "base/error.hpp"
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::data {

class AccountMap {
public:
    struct Range {
        std::string from, to; // both ends included; equal for one number
        std::string line;
        Position position;
    };

    AccountMap() = default;
    AccountMap(std::vector<Range> ranges, std::map<std::string, std::string, std::less<>> types);

    /// The statement line: exact number, else the narrowest range, else the type (case ignored); nullopt if none.
    [[nodiscard]] std::optional<std::string> line(std::string_view number, std::string_view type) const;
    [[nodiscard]] std::vector<Range> const& ranges() const { return ranges_; }
    [[nodiscard]] std::map<std::string, std::string, std::less<>> const& types() const { return types_; }

private:
    std::vector<Range> ranges_; // narrowest first
    std::map<std::string, std::string, std::less<>> types_;
};

/// `lines` is the closed list of statement lines; empty = any. Throws Error{usage} with every problem: unknown line,
/// malformed ranges, overlapping ranges of equal width, a number or type given twice.
[[nodiscard]] AccountMap parse_accounts(std::string_view toml, std::string const& file,
                                        std::vector<std::string> const& lines);

/// A line by convention: tell-tale words of the name, then the catalogue's account type, then the number (10xx cash ...
/// 4xxx revenue); nullopt when nothing fits. Only lines of `lines` are proposed (empty = any).
[[nodiscard]] std::optional<std::string> propose_line(std::string_view number, std::string_view name,
                                                      std::string_view type, std::vector<std::string> const& lines);

} // namespace deckle::data
