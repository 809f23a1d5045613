#include "base/compress.hpp"
#include <array>
#include <libdeflate.h>
#include <memory>
#include <new>

namespace deckle {
namespace {

template <class T, auto destroy>
struct Destroy {
    void operator()(T* object) const { destroy(object); }
};
using Compressor = std::unique_ptr<libdeflate_compressor, Destroy<libdeflate_compressor, libdeflate_free_compressor>>;
using Decompressor =
    std::unique_ptr<libdeflate_decompressor, Destroy<libdeflate_decompressor, libdeflate_free_decompressor>>;

} // namespace

std::string zlib_compress(std::string_view data, int level) {
    thread_local std::array<Compressor, 13> kept; // making one costs more than a small page
    Compressor& compressor = kept.at(static_cast<std::size_t>(level));
    if (compressor == nullptr) compressor.reset(libdeflate_alloc_compressor(level));
    if (compressor == nullptr) throw std::bad_alloc();
    std::string out(libdeflate_zlib_compress_bound(compressor.get(), data.size()), '\0');
    out.resize(libdeflate_zlib_compress(compressor.get(), data.data(), data.size(), out.data(), out.size()));
    return out;
}

std::optional<std::string> zlib_decompress(std::string_view packed, std::size_t size) {
    Decompressor const decompressor(libdeflate_alloc_decompressor());
    if (decompressor == nullptr) throw std::bad_alloc();
    std::string out(size, '\0');
    std::size_t read = 0, made = 0;
    auto const result = libdeflate_zlib_decompress_ex(decompressor.get(), packed.data(), packed.size(), out.data(),
                                                      out.size(), &read, &made);
    if (result != LIBDEFLATE_SUCCESS || made != size || read != packed.size()) return std::nullopt;
    return out;
}

} // namespace deckle
