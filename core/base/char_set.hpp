/// A set of bytes, one look for each.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace deckle {

class CharSet {
public:
    constexpr explicit CharSet(std::string_view members) {
        for (char const c : members) has_[static_cast<unsigned char>(c)] = true;
    }
    [[nodiscard]] constexpr bool operator()(char c) const { return has_[static_cast<unsigned char>(c)]; }
    /// The first place at or after `from` with a member; the text's size when there is none.
    [[nodiscard]] constexpr std::size_t find_in(std::string_view text, std::size_t from) const {
        from = std::min(from, text.size());
        while (from < text.size() && !(*this)(text[from])) ++from;
        return from;
    }

private:
    std::array<bool, 256> has_{};
};

} // namespace deckle
