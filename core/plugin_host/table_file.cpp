#include "plugin_host/table_file.hpp"
#include "base/error.hpp"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

namespace deckle::plugin_host {
namespace {

constexpr std::uint64_t alignment = 64; // as Arrow recommends

[[noreturn]] void fail() {
    throw Error(ErrorCode::io, fmt::format("Cannot hand a table to the plugin: {}", std::strerror(errno)));
}

class MemoryFile {
public:
    MemoryFile() : file_(memfd_create("deckle-table", MFD_CLOEXEC | MFD_ALLOW_SEALING)) {
        if (file_.get() < 0) fail();
    }
    wire::Buffer add(void const* bytes, std::size_t size) {
        wire::Buffer const place{end_, size};
        auto const* at = static_cast<char const*>(bytes);
        for (std::size_t done = 0; done < size;) {
            ssize_t const n = pwrite(file_.get(), at + done, size - done, static_cast<off_t>(end_ + done));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) fail();
            done += static_cast<std::size_t>(n);
        }
        end_ = (end_ + size + alignment - 1) / alignment * alignment;
        return place;
    }
    /// Nothing can change the file any more. Never empty, so that it can be mapped.
    Fd seal(std::uint64_t& size) {
        size = std::max(end_, alignment);
        if (ftruncate(file_.get(), static_cast<off_t>(size)) != 0) fail();
        fcntl(file_.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
        return std::move(file_);
    }

private:
    Fd file_;
    std::uint64_t end_ = 0;
};

std::string arrow_format(data::Column const& column) {
    switch (column.type) {
    case data::Type::text:
        return "u";
    case data::Type::integer:
        return "l";
    case data::Type::decimal:
    case data::Type::money:
        return fmt::format("d:38,{}", column.scale);
    case data::Type::date:
        return "tdD";
    case data::Type::datetime:
        return "tsu:UTC";
    case data::Type::boolean:
        return "b";
    }
    return {};
}

template <class T>
wire::Buffer add(MemoryFile& file, std::vector<T> const& values) {
    return file.add(values.data(), values.size() * sizeof(T));
}

} // namespace

TableFile table_file(data::Table const& table) {
    MemoryFile file;
    wire::TableLayout layout;
    layout.rows = table.rows;
    for (data::Column const& column : table.columns) {
        std::vector<wire::Buffer> buffers{add(file, column.validity)};
        if (column.type == data::Type::text) buffers.push_back(add(file, column.offsets));
        buffers.push_back(add(file, column.values));
        layout.columns.push_back(
            {column.name, arrow_format(column), column.currency, column.null_count, std::move(buffers)});
    }
    Fd fd = file.seal(layout.file_bytes);
    return {std::move(fd), std::move(layout)};
}

Fd memory_file(std::string_view bytes) {
    MemoryFile file;
    file.add(bytes.data(), bytes.size());
    std::uint64_t size = 0;
    return file.seal(size);
}

} // namespace deckle::plugin_host
