#include "base/compress.hpp"
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
    struct Kept {
        Compressor compressor;
        int level = 0;
    };
    thread_local Kept kept; // making one costs more than a small page
    if (kept.level != level) {
        kept = {Compressor(libdeflate_alloc_compressor(level)), level};
        if (kept.compressor == nullptr) throw std::bad_alloc();
    }
    std::string out(libdeflate_zlib_compress_bound(kept.compressor.get(), data.size()), '\0');
    out.resize(libdeflate_zlib_compress(kept.compressor.get(), data.data(), data.size(), out.data(), out.size()));
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
