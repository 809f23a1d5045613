#include "data/sha256.hpp"
#include <cstdint>
#include <nettle/sha2.h>

namespace deckle::data {

struct Sha256::State {
    sha256_ctx context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    sha256_init(&state_->context);
}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    sha256_update(&state_->context, bytes.size(), reinterpret_cast<std::uint8_t const*>(bytes.data()));
}

std::string Sha256::digest() {
    std::string bytes(SHA256_DIGEST_SIZE, '\0');
    sha256_digest(&state_->context, bytes.size(), reinterpret_cast<std::uint8_t*>(bytes.data()));
    return bytes;
}

std::string Sha256::hex() {
    std::string text;
    for (char const c : digest()) {
        auto const byte = static_cast<unsigned char>(c);
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

std::string sha256_hex(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

} // namespace deckle::data
