/// What a fuzzer calls: libFuzzer (clang, preset "fuzz") or mutate.cpp (any compiler). Nothing may crash, hang or need
/// much memory; Error is an answer.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace deckle::fuzz {

[[nodiscard]] inline std::string_view text_of(std::uint8_t const* data, std::size_t size) {
    return {reinterpret_cast<char const*>(data), size};
}

/// The whole way from HTML to a PDF, with small limits and the square test font.
void render(std::string_view html);

} // namespace deckle::fuzz
