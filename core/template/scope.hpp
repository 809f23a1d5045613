/// The stack of things a template is inside of, and what a name means there.
#pragma once
#include "model/json.hpp"
#include "template/source.hpp"
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle::templates {

class Scope {
public:
    struct Item {
        model::Json const* node = nullptr;
        bool in_list = false;
        std::size_t index = 0, count = 1; // within its list
    };

    explicit Scope(model::Json const& root) { items_.push_back({&root}); }
    void push(Item item) { items_.push_back(item); }
    void pop() { items_.pop_back(); }
    [[nodiscard]] model::Json const& root() const { return *items_.front().node; }
    [[nodiscard]] Item const& top() const { return items_.back(); }

    /// nullptr when the name is absent. As the Mustache specification says, `a.b` means the b of the nearest a.
    [[nodiscard]] model::Json const* find(Tag const& tag) const;

    /// left, right or center: of a table's cell or column, by the column's `align`, else by what stands in the column.
    [[nodiscard]] std::string_view align() const;

    /// The pattern for sums of the column that the cell or column stands in; empty = it is not added up.
    [[nodiscard]] std::string_view sum() const;

private:
    std::vector<Item> items_;
    mutable std::map<std::pair<void const*, std::size_t>, std::string_view> column_align_;
};

/// The member `path` of `node`; nullptr when a step is missing.
[[nodiscard]] model::Json const* member(model::Json const* node, std::vector<std::string> const& path);

} // namespace deckle::templates
