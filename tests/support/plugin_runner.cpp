#include "support/plugin_runner.hpp"
#include <algorithm>
#include <cstring>
#include <deckle/date.hpp>
#include <deckle/decimal.hpp>
#include <dlfcn.h>
#include <fstream>
#include <gtest/gtest.h>
#include <memory>
#include <stdexcept>

namespace plugin_tests {
namespace {

/// One column of one batch, with the memory its Arrow structs point to.
struct OwnedColumn {
    std::string name, format, metadata;
    std::vector<std::uint8_t> validity, values;
    std::vector<std::int32_t> offsets;
    std::int64_t rows = 0, nulls = 0;
    std::vector<void const*> buffers;
};

void append(std::vector<std::uint8_t>& to, void const* from, std::size_t size) {
    auto const* bytes = static_cast<std::uint8_t const*>(from);
    to.insert(to.end(), bytes, bytes + size);
}

std::string currency_metadata(std::string const& currency) {
    if (currency.empty()) return {};
    std::string out;
    auto number = [&](std::int32_t n) { out.append(reinterpret_cast<char const*>(&n), 4); };
    std::string const key = "deckle.currency";
    number(1);
    number(static_cast<std::int32_t>(key.size()));
    out += key;
    number(static_cast<std::int32_t>(currency.size()));
    out += currency;
    return out;
}

OwnedColumn make(PluginRunner::ColumnType const& type, std::vector<std::string> const& cells) {
    OwnedColumn c;
    c.name = type.name;
    c.rows = static_cast<std::int64_t>(cells.size());
    c.validity.resize(cells.size() / 8 + 1);
    c.metadata = currency_metadata(type.currency);
    bool const text = type.type == "text", flag = type.type == "boolean", date = type.type == "date",
               whole = type.type == "integer";
    c.format = text ? "u" : flag ? "b" : date ? "tdD" : whole ? "l" : "d:38,8";
    if (text) c.offsets.push_back(0);
    if (flag) c.values.resize(cells.size() / 8 + 1);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::string const& cell = cells[i];
        if (cell.empty())
            ++c.nulls;
        else
            c.validity[i / 8] = static_cast<std::uint8_t>(c.validity[i / 8] | (1U << (i % 8)));
        if (text) {
            append(c.values, cell.data(), cell.size());
            c.offsets.push_back(static_cast<std::int32_t>(c.values.size()));
        } else if (flag) {
            if (cell == "true") c.values[i / 8] = static_cast<std::uint8_t>(c.values[i / 8] | (1U << (i % 8)));
        } else if (date) {
            std::int32_t const days = cell.empty() ? 0 : deckle::Date::of(cell).days();
            append(c.values, &days, sizeof days);
        } else if (whole) {
            std::int64_t const n = cell.empty() ? 0 : std::stoll(cell);
            append(c.values, &n, sizeof n);
        } else {
            deckle::int128 const units = cell.empty() ? 0 : deckle::Decimal::of(cell).rounded(8).units();
            append(c.values, &units, sizeof units);
        }
    }
    if (c.values.empty()) c.values.push_back(0);
    c.buffers = {c.nulls == 0 ? nullptr : static_cast<void const*>(c.validity.data())};
    if (text) c.buffers.push_back(c.offsets.data());
    c.buffers.push_back(c.values.data());
    return c;
}

using Batch = std::vector<OwnedColumn>;

struct Stream {
    std::vector<std::shared_ptr<Batch>> batches; // the schema is that of the first, which is always there
    bool has_rows = true;
    std::size_t next = 0;
    Outcome* outcome = nullptr;
};

struct SchemaOwner {
    std::shared_ptr<Batch> batch;
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> pointers;
};
struct ArrayOwner {
    std::shared_ptr<Batch> batch;
    std::vector<ArrowArray> children;
    std::vector<ArrowArray*> pointers;
    void const* none = nullptr;
};

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
    auto* owner = new SchemaOwner{static_cast<Stream*>(stream->private_data)->batches.front(), {}, {}};
    for (OwnedColumn const& c : *owner->batch)
        owner->children.push_back({c.format.c_str(), c.name.c_str(), c.metadata.empty() ? nullptr : c.metadata.c_str(),
                                   ARROW_FLAG_NULLABLE, 0, nullptr, nullptr, nullptr, nullptr});
    for (ArrowSchema& s : owner->children) owner->pointers.push_back(&s);
    *out = {"+s",
            "",
            nullptr,
            0,
            static_cast<std::int64_t>(owner->pointers.size()),
            owner->pointers.data(),
            nullptr,
            [](ArrowSchema* s) {
                delete static_cast<SchemaOwner*>(s->private_data);
                s->release = nullptr;
            },
            owner};
    return 0;
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
    auto* s = static_cast<Stream*>(stream->private_data);
    if (!s->has_rows || s->next == s->batches.size()) {
        std::memset(out, 0, sizeof *out);
        return 0;
    }
    auto* owner = new ArrayOwner{s->batches[s->next++], {}, {}, nullptr};
    for (OwnedColumn& c : *owner->batch)
        owner->children.push_back({c.rows, c.nulls, 0, static_cast<std::int64_t>(c.buffers.size()), 0, c.buffers.data(),
                                   nullptr, nullptr, nullptr, nullptr});
    for (ArrowArray& a : owner->children) owner->pointers.push_back(&a);
    *out = {owner->batch->front().rows,
            0,
            0,
            1,
            static_cast<std::int64_t>(owner->pointers.size()),
            &owner->none,
            owner->pointers.data(),
            nullptr,
            [](ArrowArray* a) {
                delete static_cast<ArrayOwner*>(a->private_data);
                a->release = nullptr;
            },
            owner};
    return 0;
}

struct Host {
    PluginRunner const* runner;
    std::map<std::string, std::vector<PluginRunner::ColumnType>> declared;
    Outcome outcome;
};
Host& host(deckle_job const* job) {
    return *static_cast<Host*>(job->host_data);
}

std::shared_ptr<Batch> batch_of(std::vector<PluginRunner::ColumnType> const& types, TestTable const& table,
                                std::size_t first, std::size_t last) {
    auto batch = std::make_shared<Batch>();
    for (auto const& type : types) {
        std::vector<std::string> cells(last - first);
        for (std::size_t k = 0; k < table.columns.size(); ++k)
            if (table.columns[k] == type.name)
                for (std::size_t i = first; i < last; ++i) cells[i - first] = table.rows[i].at(k);
        batch->push_back(make(type, cells));
    }
    return batch;
}

deckle_status open_dataset(deckle_job* job, char const* name, ArrowArrayStream* out) {
    Host& h = host(job);
    auto const types = h.declared.find(name);
    auto const table = h.runner->tables.find(name);
    if (types == h.declared.end() || table == h.runner->tables.end()) return DECKLE_DATA;
    std::size_t const rows = table->second.rows.size();
    std::size_t const step = h.runner->batch_rows == 0 ? std::max<std::size_t>(rows, 1) : h.runner->batch_rows;
    auto* stream = new Stream{{}, rows > 0, 0, &h.outcome};
    for (std::size_t at = 0; at < std::max<std::size_t>(rows, 1); at += step)
        stream->batches.push_back(batch_of(types->second, table->second, at, std::min(rows, at + step)));
    ++h.outcome.streams_opened;
    *out = {get_schema, get_next, [](ArrowArrayStream*) -> char const* { return nullptr; },
            [](ArrowArrayStream* s) {
                auto* owned = static_cast<Stream*>(s->private_data);
                ++owned->outcome->streams_released;
                delete owned;
                s->release = nullptr;
            },
            stream};
    return DECKLE_OK;
}

} // namespace

std::vector<PluginRunner::ColumnType> PluginRunner::catalogue(std::string const& dataset) {
    std::vector<ColumnType> out;
    if (dataset == "figures@previous")
        return {{"id", "text", "", true},
                {"period", "text", "", false},
                {"value", "decimal", "", false},
                {"unit", "text", "", false},
                {"as_of", "date", "", true}};
    std::ifstream file(std::string(DECKLE_SOURCE_DIR) + "/core/data/catalogue/" + dataset.substr(0, dataset.find('@')) +
                       ".toml");
    for (std::string line; std::getline(file, line);) {
        auto quoted = [&](char const* key) -> std::optional<std::string> {
            if (!line.starts_with(std::string(key) + " = \"")) return std::nullopt;
            std::size_t const from = line.find('"') + 1;
            return line.substr(from, line.rfind('"') - from);
        };
        if (line == "[[columns]]") out.emplace_back();
        if (out.empty()) continue;
        if (auto const v = quoted("name")) out.back().name = *v;
        if (auto const v = quoted("type")) out.back().type = *v;
        if (auto const v = quoted("currency")) out.back().currency = *v;
        if (line == "required = true") out.back().required = true;
        if (line == "file = true") { // the loader adds the hash of the file
            out.push_back({out.back().name + "_sha256", "text", "", false});
        }
    }
    return out;
}

PluginRunner::PluginRunner(std::string const& library) {
    void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) throw std::runtime_error(dlerror());
    auto* entry =
        reinterpret_cast<deckle_plugin const* (*)(std::uint32_t, std::uint32_t)>(dlsym(handle, "deckle_plugin_v1"));
    plugin_ = entry(DECKLE_ABI_MAJOR, DECKLE_ABI_MINOR);
    descriptor_ = Json::parse(plugin_->descriptor_json);
}

Outcome PluginRunner::run() const {
    Host h{this, {}, {}};
    Json datasets = Json::object();
    for (Json const& d : descriptor_.at("datasets")) {
        std::string const name = d.at("name");
        std::vector<ColumnType> wanted;
        for (ColumnType const& c : catalogue(name))
            for (Json const& column : d.at("columns"))
                if (column.at("name") == c.name) wanted.push_back(c);
        h.declared[name] = wanted;
    }
    h.declared["figures@previous"] = catalogue("figures@previous");
    for (auto const& [name, types] : h.declared) {
        auto const it = tables.find(name);
        datasets[name] = it == tables.end()
                             ? Json{{"bound", false}}
                             : Json{{"bound", true}, {"rows", it->second.rows.size()}, {"columns", it->second.columns}};
    }
    Json values = Json::object();
    for (auto const& [name, schema] : descriptor_.at("params").at("properties").items())
        values[name] = schema.at("default");
    if (params.is_object()) values.update(params);
    std::string const request = Json{
        {"report", descriptor_.at("id")},
        {"period", {{"start", period_start}, {"end", period_end}, {"label", label}}},
        {"as_of", as_of},
        {"now", now},
        {"seed", 0},
        {"locale", "en_US"},
        {"zone", "America/Chicago"},
        {"zone_offsets", zone_offsets},
        {"currency", "USD"},
        {"week_start", week_start},
        {"fiscal_year_start", fiscal_year_start},
        {"company", {{"name", "Test Company"}}},
        {"params", values},
        {"datasets", datasets},
        {"edits", edits},
        {"origin", origin}}.dump();

    deckle_job job{};
    job.size = sizeof job;
    job.host_data = &h;
    job.request_json = request.c_str();
    job.request_len = request.size();
    job.open_dataset = open_dataset;
    job.write = [](deckle_job* j, char const* text, std::uint64_t size) -> deckle_status {
        host(j).outcome.model = Json::parse(text, text + size);
        return DECKLE_OK;
    };
    job.write_output = [](deckle_job* j, char const* name, char const*, void const* bytes,
                          std::uint64_t size) -> deckle_status {
        auto const& declared = host(j).runner->descriptor().value("outputs", Json::array());
        if (std::find(declared.begin(), declared.end(), name) == declared.end()) return DECKLE_FAILED;
        host(j).outcome.outputs[name] = std::string(static_cast<char const*>(bytes), size);
        return DECKLE_OK;
    };
    job.should_stop = [](deckle_job const* j) -> std::int32_t { return host(j).runner->stop ? 1 : 0; };
    job.progress = [](deckle_job*, double, char const*) {};
    job.log = [](deckle_job*, std::int32_t, char const*) {};
    job.set_error = [](deckle_job* j, char const* pointer, char const* message) {
        host(j).outcome.pointer = pointer;
        host(j).outcome.error = message;
    };
    void* self = plugin_->create(nullptr);
    h.outcome.status = plugin_->generate(self, &job);
    plugin_->destroy(self);
    return std::move(h.outcome);
}

std::string plain(Json const& leaf) {
    if (leaf.is_string()) return leaf;
    if (!leaf.is_object()) return "";
    if (leaf.contains("$money"))
        return leaf["$money"][0].get<std::string>() + " " + leaf["$money"][1].get<std::string>();
    for (char const* key : {"$num", "$pct", "$date", "$datetime"})
        if (leaf.contains(key)) return leaf[key];
    if (leaf.contains("$na")) return "n/a " + leaf["$na"].get<std::string>();
    if (!leaf.contains("$text")) return "";
    std::string out = leaf["$text"];
    if (leaf.contains("args"))
        for (auto const& [name, value] : leaf["args"].items())
            for (std::size_t at; (at = out.find("{" + name + "}")) != std::string::npos;)
                out.replace(at, name.size() + 2, plain(value));
    return out;
}

Json section(Json const& model, std::string const& id) {
    for (Json const& s : model.at("sections"))
        if (s.at("id") == id) return s;
    ADD_FAILURE() << "no section " << id;
    return Json::object();
}

Json figure(Json const& model, std::string const& id, std::string const& period) {
    for (Json const& f : model.at("figures"))
        if (f.at("id") == id && (period.empty() || f.at("period") == period)) return f.at("value");
    return nullptr;
}

std::string all_text(Json const& value) {
    if (value.is_string()) return value.get<std::string>() + " ";
    if (value.is_object() && !value.empty() && value.begin().key().starts_with("$") && !value.contains("$chart"))
        return plain(value) + " ";
    std::string out;
    if (value.is_structured())
        for (auto const& child : value) out += all_text(child);
    return out;
}

} // namespace plugin_tests
