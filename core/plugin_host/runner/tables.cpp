#include "plugin_host/runner/tables.hpp"
#include <algorithm>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstring>
#include <memory>
#include <sys/mman.h>
#include <unistd.h>

namespace deckle::runner {
namespace wire = plugin_host::wire;
namespace {

std::atomic<int> live = 0;

// The table in memory; shared by its stream and every array of it, which a plugin may release in any order.
struct Mapped {
    wire::TableLayout layout;
    std::uint8_t const* bytes = nullptr;

    Mapped(wire::TableLayout l, int fd) : layout(std::move(l)) {
        void* const at = mmap(nullptr, layout.file_bytes, PROT_READ, MAP_PRIVATE, fd, 0);
        close(fd);
        if (at == MAP_FAILED) throw std::runtime_error("no memory left to map the table");
        bytes = static_cast<std::uint8_t const*>(at);
    }
    Mapped(Mapped const&) = delete;
    Mapped& operator=(Mapped const&) = delete;
    ~Mapped() { munmap(const_cast<std::uint8_t*>(bytes), layout.file_bytes); }
};
using Table = std::shared_ptr<Mapped const>;

// What one schema or array owns; it dies with the struct's release.
struct SchemaPart {
    std::string format, name, metadata;
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> child_pointers;
};
struct ArrayPart {
    Table table;
    std::vector<void const*> buffers;
    std::vector<ArrowArray> children;
    std::vector<ArrowArray*> child_pointers;
};

template <class Struct, class Part>
void release(Struct* s) {
    for (std::int64_t i = 0; i < s->n_children; ++i)
        if (s->children[i]->release != nullptr) s->children[i]->release(s->children[i]);
    delete static_cast<Part*>(s->private_data);
    s->release = nullptr;
    --live;
}

template <class Struct, class Part>
void adopt(Struct& s, std::unique_ptr<Part> part) {
    for (Struct& child : part->children) part->child_pointers.push_back(&child);
    s.n_children = static_cast<std::int64_t>(part->children.size());
    s.children = part->child_pointers.data();
    s.release = release<Struct, Part>;
    s.private_data = part.release();
    ++live;
}

std::string currency_metadata(std::string const& currency) {
    if (currency.empty()) return {};
    std::string out;
    auto number = [&](std::size_t n) {
        auto const v = static_cast<std::int32_t>(n);
        out.append(reinterpret_cast<char const*>(&v), sizeof v);
    };
    constexpr std::string_view key = "deckle.currency";
    number(1);
    number(key.size());
    out += key;
    number(currency.size());
    out += currency;
    return out;
}

ArrowSchema schema(std::string format, std::string name, std::string metadata, std::vector<ArrowSchema> children) {
    auto part = std::make_unique<SchemaPart>();
    part->format = std::move(format);
    part->name = std::move(name);
    part->metadata = std::move(metadata);
    part->children = std::move(children);
    ArrowSchema s{};
    s.format = part->format.c_str();
    s.name = part->name.c_str();
    s.metadata = part->metadata.empty() ? nullptr : part->metadata.c_str();
    s.flags = part->children.empty() ? ARROW_FLAG_NULLABLE : 0;
    adopt(s, std::move(part));
    return s;
}

std::int64_t bytes_for(std::string_view format, std::int64_t rows) { // of fixed-width values
    if (format == "b") return rows / 8;
    if (format == "u" || format == "tdD") return rows * 4;
    return rows * (format.starts_with("d:") ? 16 : 8);
}

std::int64_t nulls_in(std::uint8_t const* validity, std::int64_t rows) {
    std::int64_t valid = 0;
    for (std::int64_t i = 0; i < rows / 8; ++i) valid += std::popcount(validity[i]);
    if (rows % 8 != 0) valid += std::popcount(static_cast<std::uint8_t>(validity[rows / 8] & ((1 << rows % 8) - 1)));
    return rows - valid;
}

// REQUIRES: first % 8 == 0, so every buffer starts on a byte and the array's offset stays 0.
ArrowArray column_array(Table const& table, wire::ColumnLayout const& column, std::int64_t first, std::int64_t rows) {
    auto part = std::make_unique<ArrayPart>();
    part->table = table;
    ArrowArray array{};
    array.length = rows;
    std::uint8_t const* const base = table->bytes;
    wire::Buffer const& validity = column.buffers[0];
    std::uint8_t const* const bits = validity.size == 0 ? nullptr : base + validity.offset + first / 8;
    array.null_count = bits == nullptr ? 0 : nulls_in(bits, rows);
    part->buffers.push_back(bits);
    part->buffers.push_back(base + column.buffers[1].offset + bytes_for(column.format, first));
    if (column.format == "u") part->buffers.push_back(base + column.buffers[2].offset);
    array.n_buffers = static_cast<std::int64_t>(part->buffers.size());
    array.buffers = part->buffers.data();
    adopt(array, std::move(part));
    return array;
}

struct Stream {
    Table table;
    std::int64_t batch_rows = 0;
    std::int64_t next_row = 0;
    std::string error;
};

Stream& of(ArrowArrayStream* s) {
    return *static_cast<Stream*>(s->private_data);
}

template <class F>
int guarded(ArrowArrayStream* s, F&& f) noexcept {
    try {
        f(of(s));
        return 0;
    } catch (...) { // only memory can run out here
        of(s).error = "out of memory";
        return ENOMEM;
    }
}

int get_schema(ArrowArrayStream* s, ArrowSchema* out) {
    return guarded(s, [&](Stream& stream) {
        std::vector<ArrowSchema> children;
        for (wire::ColumnLayout const& c : stream.table->layout.columns)
            children.push_back(schema(c.format, c.name, currency_metadata(c.currency), {}));
        *out = schema("+s", "", "", std::move(children));
    });
}

int get_next(ArrowArrayStream* s, ArrowArray* out) {
    return guarded(s, [&](Stream& stream) {
        *out = ArrowArray{};
        std::int64_t const rows = std::min(stream.batch_rows, stream.table->layout.rows - stream.next_row);
        if (rows <= 0) return;
        auto part = std::make_unique<ArrayPart>();
        part->table = stream.table;
        part->buffers.push_back(nullptr);
        for (wire::ColumnLayout const& c : stream.table->layout.columns)
            part->children.push_back(column_array(stream.table, c, stream.next_row, rows));
        out->length = rows;
        out->n_buffers = 1;
        out->buffers = part->buffers.data();
        adopt(*out, std::move(part));
        stream.next_row += rows;
    });
}

char const* get_last_error(ArrowArrayStream* s) {
    return of(s).error.empty() ? nullptr : of(s).error.c_str();
}

void release_stream(ArrowArrayStream* s) {
    delete static_cast<Stream*>(s->private_data);
    s->release = nullptr;
    --live;
}

} // namespace

void open_stream(wire::TableLayout layout, int fd, std::int64_t batch_rows, ArrowArrayStream& out) {
    auto stream = std::make_unique<Stream>();
    std::int64_t const all = layout.rows;
    stream->table = std::make_shared<Mapped const>(std::move(layout), fd);
    stream->batch_rows = batch_rows <= 0 ? all : (batch_rows + 7) / 8 * 8;
    out = {get_schema, get_next, get_last_error, release_stream, stream.release()};
    ++live;
}

int unreleased() {
    return live;
}

} // namespace deckle::runner
