#include "template/scope.hpp"
#include "model/formatter.hpp"
#include <algorithm>

namespace deckle::templates {
namespace {

using model::Json;

Json const* child(Json const* node, std::string const& name) {
    if (!node->is_object()) return nullptr;
    auto const it = node->find(name);
    return it == node->end() ? nullptr : &*it;
}

/// Of the first cells in the column that say anything. The first column names the row, so it stays left.
std::string_view align_by_content(Json const& table, std::size_t column) {
    auto const rows = table.find("rows");
    if (column == 0 || rows == table.end() || !rows->is_array()) return "left";
    for (std::size_t i = 0; i < std::min<std::size_t>(rows->size(), 50); ++i) {
        auto const* cells = child(&(*rows)[i], "cells");
        if (cells == nullptr || !cells->is_array() || cells->size() <= column) continue;
        auto const& cell = (*cells)[column];
        auto const type = model::leaf_type(cell);
        if (type == "money" || type == "num" || type == "pct") return "right";
        bool const empty = type == "na" || (cell.is_string() && cell.get_ref<std::string const&>().empty());
        if (!empty) return "left";
    }
    return "right"; // nothing but n/a: figures that are not there yet
}

} // namespace

Json const* member(Json const* node, std::vector<std::string> const& path) {
    for (auto const& name : path)
        if (node != nullptr) node = child(node, name);
    return node;
}

Json const* Scope::find(Tag const& tag) const {
    if (tag.anchored) return member(items_.back().node, tag.path);
    for (auto item = items_.rbegin(); item != items_.rend(); ++item)
        if (child(item->node, tag.path.front()) != nullptr) return member(item->node, tag.path);
    return nullptr;
}

std::string_view Scope::align() const {
    auto const column = items_.back().index;
    for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
        auto const* columns = child(item->node, "columns");
        if (columns == nullptr || !columns->is_array()) continue;
        if (column < columns->size())
            if (auto const* align = child(&(*columns)[column], "align"); align != nullptr && align->is_string())
                return align->get_ref<std::string const&>();
        auto const [known, added] = column_align_.try_emplace({item->node, column});
        if (added) known->second = align_by_content(*item->node, column);
        return known->second;
    }
    auto const type = model::leaf_type(*items_.back().node);
    return type == "money" || type == "num" || type == "pct" ? "right" : "left";
}

std::string_view Scope::sum() const {
    auto const column = items_.back().index;
    for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
        auto const* columns = child(item->node, "columns");
        if (columns == nullptr || !columns->is_array() || column >= columns->size()) continue;
        auto const* sum = child(&(*columns)[column], "sum");
        return sum != nullptr && sum->is_string() ? std::string_view(sum->get_ref<std::string const&>()) : "";
    }
    return {};
}

} // namespace deckle::templates
