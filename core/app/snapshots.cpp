#include "app/snapshots.hpp"
#include "base/zone.hpp"
#include "data/snapshot.hpp"
#include "model/json.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::app {
namespace {

using model::Json;

std::string source_json(data::Dataset const& dataset) {
    auto const& s = dataset.source;
    Json bad = Json::array();
    for (auto const& b : dataset.bad)
        bad.push_back({{"file", b.file}, {"row", b.row}, {"column", b.column}, {"text", b.text}, {"reason", b.reason}});
    return Json{{"name", s.name},         {"connector", s.connector},
                {"file", s.file},         {"fetched", to_iso(s.fetched)},
                {"rows", s.rows},         {"rejected", s.rejected},
                {"filtered", s.filtered}, {"sha256", s.sha256},
                {"bound", dataset.bound}, {"bad", bad}}
        .dump();
}

data::Dataset dataset_of(store::SnapshotInfo const& info, std::string const& bytes) {
    data::Dataset dataset;
    dataset.table = data::read_snapshot(bytes);
    Json const s = Json::parse(info.source);
    dataset.source = {s.at("name"),
                      info.dataset,
                      s.at("connector"),
                      s.at("file"),
                      parse_instant(s.at("fetched").get<std::string>()).value_or(Instant{}),
                      s.at("rows"),
                      s.at("rejected"),
                      s.at("filtered"),
                      s.at("sha256")};
    dataset.bound = s.at("bound").get<std::vector<std::string>>();
    for (auto const& b : s.at("bad"))
        dataset.bad.push_back({info.dataset, b.at("file"), b.at("row"), b.at("column"), b.at("text"), b.at("reason")});
    return dataset;
}

/// What the run read. Throws Error{data} when it is not to be had any more.
data::Dataset kept_dataset(store::Store& store, std::string const& run, store::SnapshotInfo const& info) {
    auto const gone = [&](char const* how) {
        return Error(ErrorCode::data,
                     fmt::format("the snapshot of {} of run {} is {}: the run can neither be made again nor compared "
                                 "with; a backup of before has it (deckle restore)",
                                 info.dataset, run, how));
    };
    try {
        return dataset_of(info, store.snapshot_bytes(info.sha256));
    } catch (Error const& e) {
        if (e.code() == ErrorCode::usage) throw gone("lost");
        if (e.code() == ErrorCode::data) throw gone("damaged");
        throw;
    } catch (Json::exception const&) {
        throw gone("damaged");
    }
}

/// History is no source of today's report: its rejected rows were told when they were read.
data::SourceInfo ledger_source(std::string const& dataset, std::optional<store::Run> const& run, std::int64_t rows) {
    data::SourceInfo source;
    source.name = run ? "run " + run->id : "";
    source.dataset = dataset;
    source.connector = "ledger";
    source.rows = rows;
    return source;
}

} // namespace

std::vector<store::Snapshot> snapshots_of(data::DatasetSet const& datasets) {
    std::vector<store::Snapshot> snapshots;
    for (auto const& [name, dataset] : datasets.datasets)
        snapshots.push_back({name, source_json(dataset), dataset.table.rows, data::write_snapshot(dataset.table)});
    return snapshots;
}

data::DatasetSet datasets_of(store::Store& store, std::string const& run) {
    data::DatasetSet datasets;
    for (auto const& info : store.snapshots(run)) datasets.datasets[info.dataset] = kept_dataset(store, run, info);
    return datasets;
}

void add_previous(report::Descriptor const& descriptor, data::Catalogue const& catalogue, Date as_of,
                  store::Store& store, data::DatasetSet& datasets) {
    if (!descriptor.wants_previous) return;
    auto const previous = store.previous(descriptor.id, as_of);
    data::Dataset& figures = datasets.datasets[report::previous_name("figures")];
    figures.table = store::figures_table(store, previous);
    for (auto const& column : figures.table.columns) figures.bound.push_back(column.name);
    figures.source = ledger_source(report::previous_name("figures"), previous, figures.table.rows);
    if (!previous) return;
    auto const kept = store.snapshots(previous->id);
    for (auto const& request : descriptor.previous) {
        auto const info =
            std::find_if(kept.begin(), kept.end(), [&](auto const& s) { return s.dataset == request.name; });
        auto const* const definition = catalogue.find(request.name);
        if (info == kept.end() || definition == nullptr) continue;
        data::Dataset earlier = kept_dataset(store, previous->id, *info);
        auto table = data::as_requested(std::move(earlier.table), request, *definition);
        if (!table) continue;
        std::string const name = report::previous_name(request.name);
        std::erase_if(earlier.bound, [&](std::string const& column) { return table->find(column) == nullptr; });
        datasets.datasets[name] = {std::move(*table), {}, std::move(earlier.bound), {}};
        datasets.datasets[name].source = ledger_source(name, previous, info->rows);
    }
}

} // namespace deckle::app
