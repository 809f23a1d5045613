#include "css/ancestors.hpp"
#include <functional>

namespace deckle::css {
namespace {

enum class Sort : std::uint32_t { id = 1, class_ = 2, tag = 3 };

std::uint32_t hash_of(Sort sort, std::string_view name) {
    auto const hash = (std::hash<std::string_view>{}(name) + static_cast<std::uint32_t>(sort)) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::uint32_t>(hash >> 32) | 1U; // never 0
}

} // namespace

RequiredAncestors required_ancestors(Selector const& selector) {
    RequiredAncestors out{};
    std::size_t count = 0;
    for (std::size_t i = 0; i + 1 < selector.compounds.size(); ++i) {
        auto const relation = selector.compounds[i].to_left;
        // A sibling is no ancestor, but the ancestors of siblings are the same.
        if (relation != Combinator::descendant && relation != Combinator::child) continue;
        for (auto const& part : selector.compounds[i + 1].parts) {
            if (count == out.size()) return out;
            if (part.kind == SimpleSelector::Kind::id)
                out[count++] = hash_of(Sort::id, part.name);
            else if (part.kind == SimpleSelector::Kind::class_)
                out[count++] = hash_of(Sort::class_, part.name);
            else if (part.kind == SimpleSelector::Kind::tag)
                out[count++] = hash_of(Sort::tag, part.name);
        }
    }
    return out;
}

void OpenElements::push(html::Element const& element) {
    starts_.push_back(hashes_.size());
    if (!element.id.empty()) hashes_.push_back(hash_of(Sort::id, element.id));
    for (auto const& name : element.classes) hashes_.push_back(hash_of(Sort::class_, name));
    hashes_.push_back(element.svg ? hash_of(Sort::tag, lower_case(element.name)) : hash_of(Sort::tag, element.name));
    for (auto i = starts_.back(); i < hashes_.size(); ++i) ++counts_[hashes_[i] & mask];
}

void OpenElements::pop() {
    for (auto i = starts_.back(); i < hashes_.size(); ++i) --counts_[hashes_[i] & mask];
    hashes_.resize(starts_.back());
    starts_.pop_back();
}

} // namespace deckle::css
