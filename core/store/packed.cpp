// Eight bytes, the text's size (little-endian), then a zlib stream (RFC 1950).
#include "store/packed.hpp"
#include "base/compress.hpp"
#include "base/error.hpp"
#include <cstdint>
#include <cstring>

namespace deckle::store {
namespace {

constexpr std::uint64_t most = std::uint64_t{1} << 30;

} // namespace

std::string pack(std::string_view text) {
    std::uint64_t const size = text.size();
    if (size > most) throw Error(ErrorCode::limit, "A text of more than 1 GiB cannot be kept in the run ledger");
    std::string out(sizeof size, '\0');
    std::memcpy(out.data(), &size, sizeof size);
    return out + zlib_compress(text, 6);
}

std::string unpack(std::string_view bytes) {
    Error const damaged(ErrorCode::data, "The run ledger holds a damaged text");
    std::uint64_t size = 0;
    if (bytes.size() < sizeof size) throw damaged;
    std::memcpy(&size, bytes.data(), sizeof size);
    if (size > most || size > zlib_most(bytes.size())) throw damaged;
    auto text = zlib_decompress(bytes.substr(sizeof size), size);
    if (!text) throw damaged;
    return std::move(*text);
}

} // namespace deckle::store
