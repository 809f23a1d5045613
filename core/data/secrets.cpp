#include "data/secrets.hpp"
#include "data/config.hpp"

namespace deckle::data {
namespace {

void collect(toml::table const& table, std::string const& key, std::vector<SecretPlace>& places) {
    if (table.size() == 1 && !key.empty()) {
        auto const env = table["env"].value<std::string>(), file = table["file"].value<std::string>();
        if (env || file) places.push_back({key, env.value_or(""), file.value_or("")});
    }
    for (auto const& [name, node] : table)
        if (auto const* below = node.as_table())
            collect(*below, (key.empty() ? "" : key + ".") + std::string(name.str()), places);
}

} // namespace

std::vector<SecretPlace> secret_places(std::string_view toml) {
    Problems problems;
    std::vector<SecretPlace> places;
    if (auto const document = parse_toml(toml, "deckle.toml", problems)) collect(*document, "", places);
    problems.raise();
    return places;
}

} // namespace deckle::data
