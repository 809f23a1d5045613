/// SHA-256 (FIPS 180-4), with the processor's own instructions where it has them.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace deckle::data {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256 const&) = delete;
    Sha256& operator=(Sha256 const&) = delete;

    void add(std::string_view bytes);
    /// The 32 bytes over everything that was added; starts anew.
    [[nodiscard]] std::string digest();
    /// The same in lower-case hexadecimal.
    [[nodiscard]] std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Lower-case hexadecimal SHA-256.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

} // namespace deckle::data
