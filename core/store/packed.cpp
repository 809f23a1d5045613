// Eight bytes, the text's size (little-endian), then a zlib stream (RFC 1950).
#include "store/packed.hpp"
#include "base/error.hpp"
#include <cstdint>
#include <cstring>
#include <zlib.h>

namespace deckle::store {
namespace {

constexpr std::uint64_t most = std::uint64_t{1} << 30;

} // namespace

std::string pack(std::string_view text) {
    std::uint64_t const size = text.size();
    if (size > most) throw Error(ErrorCode::limit, "A text of more than 1 GiB cannot be kept in the run ledger");
    uLongf room = compressBound(size);
    std::string out(sizeof size + room, '\0');
    std::memcpy(out.data(), &size, sizeof size);
    auto* const to = reinterpret_cast<Bytef*>(out.data() + sizeof size);
    if (compress2(to, &room, reinterpret_cast<Bytef const*>(text.data()), size, 6) != Z_OK)
        throw Error(ErrorCode::limit, "Memory ran out while a text was compressed");
    out.resize(sizeof size + room);
    return out;
}

std::string unpack(std::string_view bytes) {
    Error const damaged(ErrorCode::data, "The run ledger holds a damaged text");
    std::uint64_t size = 0;
    if (bytes.size() < sizeof size) throw damaged;
    std::memcpy(&size, bytes.data(), sizeof size);
    if (size > most) throw damaged;
    std::string text(size, '\0');
    uLongf room = size;
    auto const* const from = reinterpret_cast<Bytef const*>(bytes.data() + sizeof size);
    if (uncompress(reinterpret_cast<Bytef*>(text.data()), &room, from, bytes.size() - sizeof size) != Z_OK ||
        room != size)
        throw damaged;
    return text;
}

} // namespace deckle::store
