#include "data/mapping.hpp"
#include "data/cells.hpp"
#include "data/connectors/encoding.hpp"
#include "data/connectors/files.hpp"
#include "data/file_hash.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

namespace deckle::data {
namespace {

constexpr std::size_t kept_bad_cells = 1000;
constexpr std::size_t told_bad_cells = 20;

// At most 80 bytes, always UTF-8.
std::string excerpt(std::string_view text) {
    std::string s(text.substr(0, 80));
    if (text.size() > 80) {
        while (!s.empty() && (static_cast<unsigned char>(s.back()) & 0xC0) == 0x80) s.pop_back();
        if (!s.empty() && static_cast<unsigned char>(s.back()) >= 0xC0) s.pop_back();
    }
    if (is_utf8(s)) return s;
    std::string readable;
    for (char const c : s) readable += (c & 0x80) != 0 ? std::string("\xef\xbf\xbd") : std::string(1, c);
    return readable;
}

struct Planned {
    ColumnDefinition const* definition;
    ColumnBinding binding;
    std::vector<std::size_t> sources;
    bool bound = false;
    bool kept = true; // in the table that is given out; others serve checks only
};

class Mapper {
public:
    Mapper(Workspace const& workspace, DatasetDefinition const& definition, Binding const& binding,
           DatasetRequest const& request, SourceReader& reader, FileHashes hashes)
        : workspace_(workspace), definition_(definition), binding_(binding), request_(request), reader_(reader),
          file_hashes_(std::move(hashes)) {}

    Dataset run(Diagnostics& diagnostics) {
        plan(diagnostics);
        build_readers();
        SourceRow row;
        bool const empty_and_sparse = reader_.sparse() && reader_.columns().empty();
        while (!empty_and_sparse && reader_.next(row)) take(row);
        return finish(diagnostics);
    }

private:
    // ---- which source column feeds which catalogue column ----

    void plan(Diagnostics& diagnostics) {
        choose_columns();
        for (auto& column : columns_) resolve(column, diagnostics);
        for (auto& column : columns_)
            if (!column.definition->hash_of.empty()) column.bound = planned(column.definition->hash_of).bound;
        // A currency column that has a source goes with its money, asked for or not.
        for (auto const& money : columns_)
            for (auto& column : columns_)
                if (money.kept && column.bound && column.definition->name == money.definition->currency)
                    column.kept = true;
        for (auto const& [name, column] : binding_.columns) {
            auto const same = [&name = name](Planned const& p) { return p.definition->name == name; };
            if (std::none_of(columns_.begin(), columns_.end(), same) && definition_.find(name) != nullptr) {
                Planned unused{definition_.find(name), column, {}};
                resolve(unused, diagnostics);
            }
        }
        resolve_filter(binding_.only, only_);
        resolve_filter(binding_.except, except_);
        if (problems_.empty()) return;
        std::string message = "dataset " + definition_.name + ":";
        for (auto const& problem : problems_) message += (problems_.size() > 1 ? "\n  " : " ") + problem;
        throw Error(ErrorCode::data, message, problems_.size() == 1 ? at_ : binding_.position);
    }

    void choose_columns() {
        auto add = [&](ColumnDefinition const& column, bool kept) {
            auto const same = [&](Planned const& p) { return p.definition == &column; };
            if (std::none_of(columns_.begin(), columns_.end(), same))
                columns_.push_back({&column, {}, {}, false, kept});
        };
        for (auto const& wanted : request_.columns) {
            auto const* column = definition_.find(wanted.name);
            if (column == nullptr)
                problems_.push_back("the report asks for column '" + wanted.name +
                                    "', which the catalogue does not have");
            else
                add(*column, true);
        }
        if (request_.columns.empty())
            for (auto const& column : definition_.columns) add(column, true);
        for (std::size_t i = columns_.size(); i-- > 0;)
            if (auto const& currency = columns_[i].definition->currency; !currency.empty())
                add(*definition_.find(currency), false);
        for (std::size_t i = columns_.size(); i-- > 0;)
            if (auto const& file = columns_[i].definition->hash_of; !file.empty()) add(*definition_.find(file), false);
        bool const accounts = definition_.name == "accounts" && workspace_.accounts;
        for (auto const& column : definition_.columns)
            if (column.key || column.required || (accounts && (column.name == "type" || column.name == "number")))
                add(column, false);
    }

    [[nodiscard]] Planned const& planned(std::string_view name) const {
        return *std::find_if(columns_.begin(), columns_.end(),
                             [&](auto const& p) { return p.definition->name == name; });
    }

    void resolve(Planned& column, Diagnostics& diagnostics) {
        if (!column.definition->hash_of.empty()) return;
        auto const& name = column.definition->name;
        auto const& sources = reader_.columns();
        bool const may_be_missing = reader_.sparse() && (sources.empty() || !needed(*column.definition));
        auto const written = binding_.columns.find(name);
        if (written != binding_.columns.end()) {
            column.binding = written->second;
            column.bound = column.binding.kind != ColumnBinding::Kind::unbound;
            for (auto const& source : column.binding.sources) {
                auto const found = find_source(source);
                column.sources.push_back(found.value_or(sources.size()));
                if (found) continue;
                if (may_be_missing) {
                    if (!sources.empty())
                        diagnostics.warning("column-not-seen",
                                            "dataset " + definition_.name + ": no row has '" + source +
                                                "', the source of column " + name,
                                            column.binding.position);
                    continue;
                }
                at_ = column.binding.position;
                problems_.push_back("column " + name + " is taken from '" + source + "', but " + where() +
                                    " has no such column" + hint(source, named_columns()));
            }
        } else if (auto const found = find_like(letters(name))) {
            column.bound = true;
            column.sources = {*found};
            column.binding.notation = binding_.notation;
            if (auto const values = binding_.values.find(name); values != binding_.values.end())
                column.binding.values = values->second;
            column.binding.negate =
                std::find(binding_.negate.begin(), binding_.negate.end(), name) != binding_.negate.end();
        }
        bool const filled = definition_.name == "accounts" && name == "line" && workspace_.accounts;
        if (column.bound || !needed(*column.definition) || may_be_missing || filled) return;
        at_ = binding_.position;
        problems_.push_back("column " + name + " is required and has no source in " + where() + "; add columns." +
                            name + " = \"...\"" + hint(name, named_columns()));
    }

    // Required by the catalogue or by the report.
    [[nodiscard]] bool needed(ColumnDefinition const& column) const {
        return column.required ||
               std::any_of(request_.columns.begin(), request_.columns.end(),
                           [&](auto const& wanted) { return wanted.required && wanted.name == column.name; });
    }

    [[nodiscard]] std::optional<std::size_t> find_source(std::string const& name) const {
        auto const& sources = reader_.columns();
        auto const it = std::find(sources.begin(), sources.end(), name);
        if (it != sources.end()) return static_cast<std::size_t>(it - sources.begin());
        auto const folded = [&](auto const& s) { return fold(s) == fold(name); };
        auto const like = std::find_if(sources.begin(), sources.end(), folded);
        if (like == sources.end() || std::find_if(std::next(like), sources.end(), folded) != sources.end())
            return std::nullopt;
        return static_cast<std::size_t>(like - sources.begin());
    }

    // The only source column whose name has these letters and digits.
    [[nodiscard]] std::optional<std::size_t> find_like(std::string const& wanted) const {
        std::optional<std::size_t> found;
        for (std::size_t i = 0; i < reader_.columns().size(); ++i)
            if (letters(reader_.columns()[i]) == wanted && !reader_.columns()[i].starts_with("../")) {
                if (found) return std::nullopt;
                found = i;
            }
        return found;
    }

    [[nodiscard]] std::vector<std::string> named_columns() const {
        std::vector<std::string> names;
        for (auto const& name : reader_.columns())
            if (!name.empty()) names.push_back(name);
        return names;
    }

    [[nodiscard]] std::string where() const { return reader_.files().empty() ? "the source" : reader_.files().front(); }

    using Filter = std::vector<std::pair<std::size_t, std::vector<std::string>>>;
    void resolve_filter(std::map<std::string, std::vector<std::string>, std::less<>> const& written, Filter& filter) {
        for (auto const& [name, texts] : written) {
            if (auto const found = find_source(name)) {
                filter.emplace_back(*found, texts);
            } else if (!reader_.sparse() || !reader_.columns().empty()) {
                at_ = binding_.position;
                problems_.push_back("rows are chosen by '" + name + "', but " + where() + " has no such column" +
                                    hint(name, named_columns()));
            }
        }
    }

    // ---- rows ----

    [[nodiscard]] bool is_currency_column(std::string const& name) const {
        return std::any_of(definition_.columns.begin(), definition_.columns.end(),
                           [&](auto const& c) { return c.currency == name; });
    }

    void build_readers() {
        std::vector<ColumnSpec> specs;
        for (auto const& column : columns_) {
            auto const& d = *column.definition;
            bool const exact = d.type == Type::decimal || d.type == Type::money;
            ColumnSpec spec{d.name, d.type, exact ? d.scale : 0, {}};
            if (d.type == Type::money) spec.currency = currency_of(d);
            specs.push_back(std::move(spec));
            readers_.emplace_back(d, column.binding, column.sources,
                                  CellReader::Context{binding_.nulls, workspace_.company.zone,
                                                      workspace_.company.currency, is_currency_column(d.name)});
        }
        builder_ = std::make_unique<TableBuilder>(specs);
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (columns_[i].definition->key) {
                keys_.push_back(i);
                keys_bound_ = keys_bound_ && columns_[i].bound;
            }
        if (!keys_bound_) keys_.clear();
    }

    // The column that holds the codes when it has a source, else the company's code.
    [[nodiscard]] std::string currency_of(ColumnDefinition const& money) const {
        for (auto const& column : columns_)
            if (!money.currency.empty() && column.definition->name == money.currency && column.bound)
                return money.currency;
        return workspace_.company.currency;
    }

    [[nodiscard]] static bool chosen(Filter const& filter, SourceRow const& row, bool all) {
        auto const in = [&](auto const& part) {
            auto const& cell = row.cells[part.first];
            return std::find(part.second.begin(), part.second.end(), fold(cell.value_or(""))) != part.second.end();
        };
        return all ? std::all_of(filter.begin(), filter.end(), in) : std::any_of(filter.begin(), filter.end(), in);
    }

    void take(SourceRow const& row) {
        bool const whole = !row.cells.empty(); // else there is nothing to choose by
        if (whole && (!chosen(only_, row, true) || chosen(except_, row, false))) {
            ++dataset_.source.filtered;
            return;
        }
        ++dataset_.source.rows;
        if (!row.problem.empty()) {
            std::string text;
            for (auto const& cell : row.cells)
                text += (text.empty() ? "" : " | ") + std::string(cell.value_or("").substr(0, 80));
            ++dataset_.source.rejected;
            return add_bad(row, "", text, row.problem);
        }
        bool good = true;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (!columns_[i].bound || !columns_[i].definition->hash_of.empty()) continue;
            if (readers_[i].read(row, (*builder_)[i])) continue;
            good = false;
            add_bad(row, columns_[i].definition->name, readers_[i].text(), readers_[i].reason());
        }
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (columns_[i].bound && !columns_[i].definition->hash_of.empty()) good = put_hash(row, i) && good;
        if (good && is_new(row)) return void(numbers_.push_back(row.number));
        ++dataset_.source.rejected;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (columns_[i].bound) (*builder_)[i].pop();
    }

    // Exactly one value, as CellReader does: the hash of the file named in the same row, null when it is not there.
    [[nodiscard]] bool put_hash(SourceRow const& row, std::size_t i) {
        auto const file = static_cast<std::size_t>(&planned(columns_[i].definition->hash_of) - columns_.data());
        Column const& names = (*builder_)[file].column();
        auto const last = (*builder_)[file].rows() - 1;
        ColumnBuilder& to = (*builder_)[i];
        if (names.is_null(last)) return to.null(), true;
        std::string const name(names.text(last));
        try {
            auto const hash = file_hashes_.of(name);
            hash ? to.text(*hash) : to.null();
            return true;
        } catch (Error const& error) {
            to.null();
            add_bad(row, columns_[file].definition->name, name, error.what());
            return false;
        }
    }

    void add_bad(SourceRow const& row, std::string const& column, std::string_view text, std::string const& reason) {
        ++bad_cells_;
        if (dataset_.bad.size() < kept_bad_cells)
            dataset_.bad.push_back(
                {definition_.name, std::string(row.file), row.number, column, excerpt(text), reason});
    }

    // False, with a bad cell, when a row with the same key is there already. Rows are compared in the columns
    // themselves; slots_ is an open-addressed table of them, at most half full.
    bool is_new(SourceRow const& row) {
        if (keys_.empty()) return true;
        auto const last = static_cast<std::int64_t>(numbers_.size());
        std::size_t hash = 0;
        bool any = false;
        for (auto const i : keys_) {
            auto const& column = (*builder_)[i].column();
            any = any || !column.is_null(last);
            hash = hash * 0x9E3779B97F4A7C15ULL + std::hash<std::string_view>{}(raw(column, last));
        }
        if (!any) return true;
        if (2 * (numbers_.size() + 1) > slots_.size()) grow();
        hashes_.resize(numbers_.size());
        auto slot = hash & (slots_.size() - 1);
        for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
            auto const other = static_cast<std::int64_t>(slots_[slot] - 1);
            if (hashes_[slots_[slot] - 1] == hash && same_key(other, last)) {
                tell_duplicate(row, other, last);
                return false;
            }
        }
        slots_[slot] = numbers_.size() + 1;
        hashes_.push_back(hash);
        return true;
    }

    void grow() {
        std::vector<std::size_t> const old = std::exchange(slots_, {});
        slots_.resize(std::max<std::size_t>(1024, old.size() * 4));
        for (auto const entry : old) {
            if (entry == 0) continue;
            auto slot = hashes_[entry - 1] & (slots_.size() - 1);
            while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
            slots_[slot] = entry;
        }
    }

    // The bytes of a cell; equal bytes are equal values.
    [[nodiscard]] static std::string_view raw(Column const& column, std::int64_t row) {
        if (column.is_null(row)) return {};
        if (column.type == Type::text) return column.text(row);
        if (column.type == Type::boolean) return column.boolean(row) ? "1" : "0";
        std::size_t const width = column.type == Type::date                                       ? 4
                                  : column.type == Type::integer || column.type == Type::datetime ? 8
                                                                                                  : 16;
        return {reinterpret_cast<char const*>(column.values.data()) + static_cast<std::size_t>(row) * width, width};
    }

    [[nodiscard]] bool same_key(std::int64_t a, std::int64_t b) const {
        return std::all_of(keys_.begin(), keys_.end(), [&](std::size_t i) {
            auto const& column = (*builder_)[i].column();
            return column.is_null(a) == column.is_null(b) && raw(column, a) == raw(column, b);
        });
    }

    void tell_duplicate(SourceRow const& row, std::int64_t first, std::int64_t again) {
        std::string text, names;
        for (auto const i : keys_) {
            auto const& column = (*builder_)[i].column();
            text += (text.empty() ? "" : ", ") + cell_text(column, again);
            names += (names.empty() ? "" : ", ") + column.name;
        }
        add_bad(row, names, text,
                "is there already, in row " + std::to_string(numbers_[static_cast<std::size_t>(first)]));
    }

    // ---- the result ----

    Dataset finish(Diagnostics& diagnostics) {
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (auto const n = readers_[i].rounded(); n > 0)
                diagnostics.warning("rounded",
                                    "dataset " + definition_.name + ", column " + columns_[i].definition->name + ": " +
                                        std::to_string(n) + " values had more than " +
                                        std::to_string(columns_[i].definition->scale) +
                                        " places and were rounded half up",
                                    binding_.position);
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (!columns_[i].bound) (*builder_)[i].nulls(static_cast<std::int64_t>(numbers_.size()));
        Table all = builder_->finish();
        if (definition_.name == "accounts" && workspace_.accounts) fill_lines(all);
        dataset_.table.rows = all.rows;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (!columns_[i].kept) continue;
            if (columns_[i].bound) dataset_.bound.push_back(columns_[i].definition->name);
            dataset_.table.columns.push_back(std::move(all.columns[i]));
        }
        dataset_.source.sha256 = reader_.sha256();
        for (auto const& file : reader_.files())
            dataset_.source.file += (dataset_.source.file.empty() ? "" : ", ") + file;
        return std::move(dataset_);
    }

    // accounts.toml gives the statement line where the source does not.
    void fill_lines(Table& table) {
        auto const* number = table.find("number");
        auto const* type = table.find("type");
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            if (table.columns[c].name != "line" || number == nullptr) continue;
            Column const& old = table.columns[c];
            ColumnBuilder lines({"line", Type::text});
            for (std::int64_t row = 0; row < table.rows; ++row) {
                if (!old.is_null(row)) {
                    lines.text(old.text(row));
                    continue;
                }
                auto const line = workspace_.accounts->line(
                    number->is_null(row) ? std::string_view{} : number->text(row),
                    type == nullptr || type->is_null(row) ? std::string_view{} : type->text(row));
                line ? lines.text(*line) : lines.null();
            }
            table.columns[c] = lines.finish();
            columns_[c].bound = true;
        }
    }

public:
    /// Bad cells in all, also those that were not kept.
    [[nodiscard]] std::size_t bad_cells() const { return bad_cells_; }

private:
    Workspace const& workspace_;
    DatasetDefinition const& definition_;
    Binding const& binding_;
    DatasetRequest const& request_;
    SourceReader& reader_;
    FileHashes file_hashes_;
    std::vector<Planned> columns_;
    std::vector<CellReader> readers_;
    std::unique_ptr<TableBuilder> builder_;
    Filter only_, except_;
    std::vector<std::size_t> keys_;
    bool keys_bound_ = true;
    std::vector<std::int64_t> numbers_; // of the rows in the table: where they are in the source
    std::vector<std::size_t> slots_;    // 1 + row of the table, 0 = free
    std::vector<std::size_t> hashes_;   // by row of the table
    std::vector<std::string> problems_;
    Position at_;
    Dataset dataset_;
    std::size_t bad_cells_ = 0;
};

std::string bad_rows_message(Dataset const& dataset, Binding const& binding, std::size_t bad_cells) {
    auto const& source = dataset.source;
    std::string message = "dataset " + source.dataset + ": " + std::to_string(source.rejected) + " of " +
                          std::to_string(source.rows) + " rows are bad";
    if (binding.report_bad_rows) message += ", more than max_bad_rows = " + std::to_string(binding.max_bad_rows);
    for (std::size_t i = 0; i < std::min(dataset.bad.size(), told_bad_cells); ++i) {
        auto const& bad = dataset.bad[i];
        message += "\n  " + bad.file + ":" + std::to_string(bad.row) + ": ";
        message += bad.column.empty() ? bad.reason + (bad.text.empty() ? "" : ": '" + bad.text + "'")
                                      : bad.column + (bad.text.empty() ? " " : " '" + bad.text + "' ") + bad.reason;
    }
    if (bad_cells > told_bad_cells) message += "\n  and " + std::to_string(bad_cells - told_bad_cells) + " more";
    return message +
           (binding.report_bad_rows
                ? "\n  correct the source or its mapping, or raise max_bad_rows"
                : "\n  correct the source or its mapping, or set on_bad_row = \"report\" to go on without these rows");
}

} // namespace

Dataset map_dataset(Workspace const& workspace, Catalogue const& catalogue, DatasetRequest const& request, Instant now,
                    Diagnostics& diagnostics, ConnectorRegistry const& connectors, BadRows bad_rows) {
    auto const* definition = catalogue.find(request.name);
    if (definition == nullptr) throw Error(ErrorCode::usage, "the catalogue has no dataset '" + request.name + "'");
    if (definition->version != request.version)
        throw Error(ErrorCode::usage, "dataset " + request.name + " has version " +
                                          std::to_string(definition->version) + ", but version " +
                                          std::to_string(request.version) + " is asked for");
    auto const bound = workspace.datasets.find(request.name);
    if (bound == workspace.datasets.end())
        throw Error(ErrorCode::data, "dataset " + request.name + " is not bound; add [datasets." + request.name +
                                         "] with a connection to deckle.toml");
    Binding const& binding = bound->second;
    auto const connection = workspace.connections.find(binding.connection);
    auto const* connector =
        connection == workspace.connections.end() ? nullptr : connectors.find(connection->second.connector);
    if (connector == nullptr)
        throw Error(ErrorCode::usage,
                    "dataset " + request.name + ": there is no connection '" + binding.connection + "'",
                    binding.position);

    SourceRequest source{request.name, workspace.root, connection->second.settings};
    for (auto const& [key, setting] : binding.settings) source.settings[key] = setting;
    auto const reader = connector->open(source);
    FileHashes hashes(workspace.root, inside_workspace(workspace.root, source.text("folder", ".")));
    Mapper mapper(workspace, *definition, binding, request, *reader, std::move(hashes));
    Dataset dataset = mapper.run(diagnostics);
    dataset.source.name = binding.connection;
    dataset.source.dataset = request.name;
    dataset.source.connector = connector->name();
    dataset.source.fetched = source.find("file") == nullptr ? now : last_written(source_files(source));
    if (dataset.source.rejected == 0) return dataset;
    if (bad_rows == BadRows::as_bound && (!binding.report_bad_rows || dataset.source.rejected > binding.max_bad_rows))
        throw Error(ErrorCode::data, bad_rows_message(dataset, binding, mapper.bad_cells()), binding.position);
    diagnostics.warning("bad-rows",
                        "dataset " + request.name + ": " + std::to_string(dataset.source.rejected) + " of " +
                            std::to_string(dataset.source.rows) + " rows were rejected",
                        binding.position);
    return dataset;
}

Dataset load_dataset(Workspace const& workspace, Catalogue const& catalogue, DatasetRequest const& request, Instant now,
                     Diagnostics& diagnostics, ConnectorRegistry const& connectors) {
    return map_dataset(workspace, catalogue, request, now, diagnostics, connectors, BadRows::as_bound);
}

DatasetSet load(Workspace const& workspace, Catalogue const& catalogue, std::vector<DatasetRequest> const& wanted,
                Instant now, Diagnostics& diagnostics, ConnectorRegistry const& connectors) {
    struct Load {
        DatasetRequest const* request;
        std::optional<Dataset> dataset;
        std::exception_ptr error;
        Diagnostics diagnostics;
    };
    std::vector<Load> loads;
    for (auto const& request : wanted)
        if (request.required || workspace.datasets.contains(request.name)) loads.push_back({&request, {}, {}, {}});

    // Datasets are independent of each other: each core takes the next one; the results keep their order.
    std::atomic<std::size_t> next = 0;
    auto const work = [&] {
        for (std::size_t i; (i = next++) < loads.size();) try {
                loads[i].dataset =
                    load_dataset(workspace, catalogue, *loads[i].request, now, loads[i].diagnostics, connectors);
            } catch (...) {
                loads[i].error = std::current_exception();
            }
    };
    {
        std::vector<std::jthread> helpers;
        auto const cores = std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), loads.size());
        while (helpers.size() + 1 < cores) helpers.emplace_back(work);
        work();
    }

    DatasetSet set;
    std::vector<Error> errors;
    for (auto& load : loads) {
        diagnostics.append(load.diagnostics);
        try {
            if (load.error) std::rethrow_exception(load.error);
            set.datasets.emplace(load.request->name, std::move(*load.dataset));
        } catch (Error const& error) {
            errors.push_back(error);
        }
    }
    if (errors.size() == 1) throw errors.front();
    if (errors.empty()) return set;
    std::string message = std::to_string(errors.size()) + " datasets cannot be loaded:";
    for (auto const& error : errors) message += "\n" + error.to_string();
    throw Error(ErrorCode::data, message);
}

Dataset const* DatasetSet::find(std::string_view name) const {
    auto const it = datasets.find(name);
    return it == datasets.end() ? nullptr : &it->second;
}

bool DatasetSet::partial() const {
    return std::any_of(datasets.begin(), datasets.end(), [](auto const& d) { return d.second.source.rejected > 0; });
}

} // namespace deckle::data
