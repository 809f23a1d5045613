// "DKSNAP1\n", SHA-256 of the payload (32 bytes), payload size (u64), then the payload as one zlib stream.
// Payload, little-endian: rows u64, columns u32; per column name, type u8, scale u8, currency, null count u64, and the
// buffers validity, offsets, values. Names and buffers are a u64 size in bytes and the bytes.
#include "data/snapshot.hpp"
#include "base/compress.hpp"
#include "base/error.hpp"
#include "data/connectors/files.hpp"
#include "data/table_builder.hpp"
#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace deckle::data {
namespace {

static_assert(std::endian::native == std::endian::little, "snapshots and Arrow buffers are little-endian");

constexpr std::string_view magic = "DKSNAP1\n";
constexpr std::size_t header_size = magic.size() + 32 + 8;
constexpr std::uint64_t largest = std::uint64_t{1} << 33;

template <class T>
void put(std::string& to, T value) {
    to.append(reinterpret_cast<char const*>(&value), sizeof value);
}

void put_bytes(std::string& to, void const* bytes, std::size_t size) {
    put<std::uint64_t>(to, size);
    to.append(static_cast<char const*>(bytes), size);
}

std::string digest(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.digest();
}

[[noreturn]] void damaged(char const* what) {
    throw Error(ErrorCode::data, std::string("the snapshot is damaged: ") + what);
}

class Payload {
public:
    explicit Payload(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    T get() {
        T value;
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }
    std::string_view bytes() { return take(get<std::uint64_t>()); }
    template <class T>
    std::vector<T> buffer() {
        auto const from = bytes();
        if (from.size() % sizeof(T) != 0) damaged("a buffer of odd size");
        std::vector<T> to(from.size() / sizeof(T));
        if (!from.empty()) std::memcpy(to.data(), from.data(), from.size());
        return to;
    }
    [[nodiscard]] bool done() const { return rest_.empty(); }

private:
    std::string_view take(std::uint64_t size) {
        if (size > rest_.size()) damaged("it is too short");
        auto const part = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return part;
    }
    std::string_view rest_;
};

// The getters of Column read without checks: the sizes must be right.
void check(Column const& column, std::uint64_t rows) {
    auto const bitmap = (rows + 7) / 8;
    if (!column.validity.empty() && column.validity.size() != bitmap) damaged("a bitmap of the wrong size");
    switch (column.type) {
    case Type::text:
        if (column.offsets.size() != rows + 1 || column.offsets[0] != 0 ||
            column.offsets.back() != static_cast<std::int64_t>(column.values.size()))
            damaged("text offsets");
        for (std::size_t i = 0; i < rows; ++i)
            if (column.offsets[i] > column.offsets[i + 1]) damaged("text offsets");
        return;
    case Type::integer:
    case Type::datetime:
        if (column.values.size() != rows * 8) damaged("a column of the wrong size");
        return;
    case Type::decimal:
    case Type::money:
        if (column.values.size() != rows * 16 || column.scale > Decimal::max_scale)
            damaged("a column of the wrong size");
        return;
    case Type::date:
        if (column.values.size() != rows * 4) damaged("a column of the wrong size");
        return;
    case Type::boolean:
        if (column.values.size() != bitmap) damaged("a column of the wrong size");
        return;
    }
    damaged("an unknown type");
}

} // namespace

std::string write_snapshot(Table const& table) {
    std::string payload;
    put<std::uint64_t>(payload, static_cast<std::uint64_t>(table.rows));
    put<std::uint32_t>(payload, static_cast<std::uint32_t>(table.columns.size()));
    for (auto const& column : table.columns) {
        put_bytes(payload, column.name.data(), column.name.size());
        put<std::uint8_t>(payload, static_cast<std::uint8_t>(column.type));
        put<std::uint8_t>(payload, static_cast<std::uint8_t>(column.scale));
        put_bytes(payload, column.currency.data(), column.currency.size());
        put<std::uint64_t>(payload, static_cast<std::uint64_t>(column.null_count));
        put_bytes(payload, column.validity.data(), column.validity.size());
        put_bytes(payload, column.offsets.data(), column.offsets.size() * sizeof(std::int32_t));
        put_bytes(payload, column.values.data(), column.values.size());
    }
    if (payload.size() > largest) throw Error(ErrorCode::limit, "the table is too large for a snapshot (8 GiB)");
    std::string bytes(magic);
    bytes += digest(payload);
    put<std::uint64_t>(bytes, payload.size());

    bytes += zlib_compress(payload, 1); // the quickest level
    return bytes;
}

Table read_snapshot(std::string_view bytes) {
    if (!bytes.starts_with(magic)) {
        if (bytes.starts_with("DKSNAP"))
            throw Error(ErrorCode::data, "the snapshot is of a version this program cannot read");
        throw Error(ErrorCode::data, "this is no snapshot");
    }
    if (bytes.size() < header_size) damaged("it is too short");
    std::uint64_t size = 0;
    std::memcpy(&size, bytes.data() + magic.size() + 32, sizeof size);
    auto const packed = bytes.substr(header_size);
    // A larger claim is no snapshot, and nothing is allocated for it.
    if (size > largest || size > zlib_most(packed.size())) damaged("its size is impossible");
    auto const payload = zlib_decompress(packed, size);
    if (!payload) damaged("it does not unpack");
    if (digest(*payload) != bytes.substr(magic.size(), 32)) damaged("its hash does not agree");

    Payload from(*payload);
    Table table;
    auto const rows = from.get<std::uint64_t>();
    if (rows > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / 16)
        damaged("its row count is impossible");
    table.rows = static_cast<std::int64_t>(rows);
    auto const columns = from.get<std::uint32_t>();
    for (std::uint32_t i = 0; i < columns; ++i) {
        Column column;
        column.name = from.bytes();
        column.type = static_cast<Type>(from.get<std::uint8_t>());
        column.scale = from.get<std::uint8_t>();
        column.currency = from.bytes();
        column.null_count = static_cast<std::int64_t>(from.get<std::uint64_t>());
        column.validity = from.buffer<std::uint8_t>();
        column.offsets = from.buffer<std::int32_t>();
        column.values = from.buffer<std::uint8_t>();
        check(column, rows);
        table.columns.push_back(std::move(column));
    }
    if (!from.done()) damaged("bytes are left over");
    return table;
}

std::optional<Table> as_requested(Table table, DatasetRequest const& request, DatasetDefinition const& definition) {
    Table out;
    out.rows = table.rows;
    auto const take = [&](ColumnDefinition const& wanted, bool required) {
        auto const it = std::find_if(table.columns.begin(), table.columns.end(),
                                     [&](Column const& c) { return c.name == wanted.name; });
        if (it == table.columns.end()) {
            ColumnBuilder nulls({wanted.name, wanted.type, wanted.scale, wanted.currency});
            nulls.nulls(table.rows);
            out.columns.push_back(nulls.finish());
            return !required;
        }
        out.columns.push_back(std::move(*it));
        table.columns.erase(it);
        return out.columns.back().type == wanted.type;
    };
    std::vector<ColumnRequest> wanted = request.columns;
    if (wanted.empty())
        for (auto const& column : definition.columns) wanted.push_back({column.name, column.required});
    for (auto const& column : wanted) {
        auto const* const known = definition.find(column.name);
        if (known == nullptr || !take(*known, column.required)) return std::nullopt;
    }
    for (auto& rest : table.columns) out.columns.push_back(std::move(rest));
    return out;
}

} // namespace deckle::data
