#include "data/shared.hpp"
#include <algorithm>

namespace deckle::data {
namespace {

template <class List>
bool has(List const& list, std::string const& name) {
    return std::any_of(list.begin(), list.end(), [&](auto const& item) { return item.name == name; });
}

} // namespace

void SharedDatasets::expect(std::vector<DatasetRequest> const& wanted) {
    for (auto const& request : wanted) {
        auto const [it, added] = entries_.try_emplace(request.name);
        Entry& entry = it->second;
        ++entry.left;
        if (added) {
            entry.all.name = request.name;
            entry.all.version = request.version;
        }
        // No columns = all of them.
        if (entry.all.version != request.version || request.columns.empty()) entry.alone = true;
        for (auto const& column : request.columns)
            if (!has(entry.all.columns, column.name)) entry.all.columns.push_back({column.name, false});
    }
}

bool SharedDatasets::shares(DatasetRequest const& request) const {
    auto const entry = entries_.find(request.name);
    return entry != entries_.end() && !entry->second.alone && (entry->second.loaded || entry->second.left > 1) &&
           workspace_.datasets.contains(request.name);
}

/// What is shared and not there yet. A problem is not told here: the reports read that dataset by themselves, and
/// then it is.
void SharedDatasets::read_together(std::vector<DatasetRequest> const& wanted) {
    std::vector<DatasetRequest> requests;
    for (auto const& request : wanted)
        if (shares(request) && !entries_.at(request.name).loaded) requests.push_back(entries_.at(request.name).all);
    if (requests.empty()) return;
    DatasetSet set;
    Diagnostics diagnostics;
    try {
        set = data::load(workspace_, catalogue_, requests, now_, diagnostics);
    } catch (Error const&) {
        set = {};
    }
    for (auto const& request : requests) {
        Entry& entry = entries_.at(request.name);
        auto const found = set.datasets.find(request.name);
        entry.alone = found == set.datasets.end() || found->second.source.rejected > 0 || !diagnostics.items().empty();
        if (entry.alone) continue;
        entry.dataset = std::move(found->second);
        entry.loaded = true;
        ++read_;
    }
}

/// Whether load() would have taken it: its required columns have a source.
bool SharedDatasets::suits(Entry const& entry, DatasetRequest const& request) const {
    auto const& bound = entry.dataset.bound;
    return std::all_of(request.columns.begin(), request.columns.end(), [&](ColumnRequest const& column) {
        return !column.required || std::find(bound.begin(), bound.end(), column.name) != bound.end();
    });
}

Dataset SharedDatasets::part(Entry const& entry, DatasetRequest const& request) const {
    Dataset const& all = entry.dataset;
    auto const is_bound = [&](std::string const& name) {
        return std::find(all.bound.begin(), all.bound.end(), name) != all.bound.end();
    };
    Dataset dataset;
    dataset.source = all.source;
    dataset.table.rows = all.table.rows;
    auto const add = [&](std::string const& name) {
        if (has(dataset.table.columns, name)) return;
        dataset.table.columns.push_back(*all.table.find(name));
        if (is_bound(name)) dataset.bound.push_back(name);
    };
    for (auto const& column : request.columns) add(column.name);
    // Then the currencies, in the order of load().
    auto const* const definition = catalogue_.find(request.name);
    for (std::size_t i = request.columns.size(); i-- > 0;) {
        auto const* const column = definition->find(request.columns[i].name);
        if (!column->currency.empty() && is_bound(column->currency)) add(column->currency);
    }
    return dataset;
}

DatasetSet SharedDatasets::load(std::vector<DatasetRequest> const& wanted, Diagnostics& diagnostics) {
    read_together(wanted);
    std::vector<DatasetRequest> alone;
    DatasetSet shared;
    for (auto const& request : wanted) {
        auto const it = entries_.find(request.name);
        if (it == entries_.end() || !it->second.loaded || !suits(it->second, request)) {
            alone.push_back(request);
        } else {
            shared.datasets.emplace(request.name, part(it->second, request));
        }
        if (it != entries_.end() && it->second.left > 0 && --it->second.left == 0) it->second.dataset = {};
    }
    DatasetSet set = data::load(workspace_, catalogue_, alone, now_, diagnostics);
    read_ += set.datasets.size();
    set.datasets.merge(shared.datasets);
    return set;
}

} // namespace deckle::data
