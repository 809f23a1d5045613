#include "fuzz/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    deckle::fuzz::render(deckle::fuzz::text_of(data, size));
    return 0;
}
