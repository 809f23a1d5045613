/// Where a workspace's secrets are; never what they are.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace deckle::data {

struct SecretPlace {
    std::string key;       // "store.password"
    std::string env, file; // as written; one of them is empty
};

/// Every `{ env = "NAME" }` and `{ file = "path" }` of a deckle.toml. Throws Error{usage} when it is no TOML.
[[nodiscard]] std::vector<SecretPlace> secret_places(std::string_view toml);

} // namespace deckle::data
