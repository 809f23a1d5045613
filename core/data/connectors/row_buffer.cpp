#include "data/connectors/row_buffer.hpp"

namespace deckle::data {

void RowBuffer::begin_row(std::size_t file, std::int64_t number) {
    rows_.push_back({cells_.size(), file, number});
    in_row_ = true;
}

std::uint32_t RowBuffer::column(std::string_view name) {
    if (auto const it = index_.find(name); it != index_.end()) return it->second;
    auto const made = static_cast<std::uint32_t>(columns.size());
    columns.emplace_back(name);
    index_.emplace(name, made);
    last_.push_back(0);
    return made;
}

void RowBuffer::add(std::string_view name, std::optional<std::string_view> value, bool repeated) {
    auto const c = column(name);
    auto const first = rows_.back().first_cell;
    bool const again = last_[c] > first;
    if (!again) {
        cells_.push_back({c, !value, arena_.size(), value ? value->size() : 0});
        last_[c] = cells_.size();
        if (value) arena_ += *value;
        return;
    }
    if (!repeated) return problem("'" + std::string(name) + "' is there twice");
    if (!value) return;
    auto& cell = cells_[last_[c] - 1];
    auto const begin = arena_.size();
    if (!cell.null) arena_.append(std::string(arena_, cell.begin, cell.size)).append(", ");
    arena_ += *value;
    cell = {c, false, begin, arena_.size() - begin};
}

void RowBuffer::problem(std::string text) {
    problems_.emplace(rows_.size() - 1, std::move(text));
}

void RowBuffer::give(std::size_t i, SourceRow& row) const {
    auto const& from = rows_[i];
    auto const end = i + 1 < rows_.size() ? rows_[i + 1].first_cell : cells_.size();
    row.cells.assign(columns.size(), std::nullopt);
    for (auto c = from.first_cell; c < end; ++c)
        if (!cells_[c].null)
            row.cells[cells_[c].column] = std::string_view(arena_).substr(cells_[c].begin, cells_[c].size);
    row.file = names[from.file];
    row.number = from.number;
    auto const problem = problems_.find(i);
    row.problem = problem == problems_.end() ? std::string{} : problem->second;
}

} // namespace deckle::data
