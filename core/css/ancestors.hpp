/// Which selectors cannot match below the elements that are open: most rules of a style sheet name an ancestor that is
/// not there, and are passed over without a walk up the tree.
#pragma once
#include "css/selector.hpp"
#include <array>
#include <cstdint>
#include <vector>

namespace deckle::css {

/// Hashes of ids, classes and tags that ancestors of the subject must have; 0 = none.
using RequiredAncestors = std::array<std::uint32_t, 4>;
[[nodiscard]] RequiredAncestors required_ancestors(Selector const& selector);

/// A counting Bloom filter of the open elements: may say "perhaps" wrongly, never "no".
class OpenElements {
public:
    void push(html::Element const& element);
    void pop();
    [[nodiscard]] bool may_have(RequiredAncestors const& all) const {
        for (auto const hash : all) {
            if (hash == 0) return true;
            if (counts_[hash & mask] == 0) return false;
        }
        return true;
    }

private:
    static constexpr std::uint32_t mask = 4095;
    std::array<std::uint32_t, mask + 1> counts_{};
    std::vector<std::uint32_t> hashes_;
    std::vector<std::size_t> starts_; // of each open element in hashes_
};

} // namespace deckle::css
