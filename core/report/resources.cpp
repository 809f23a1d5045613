#include "report/resources.hpp"
#include "base/file.hpp"
#include "data/sha256.hpp"

namespace deckle::report {

Resources::Page const& Resources::page(std::string const& name, templates::Folders const& folders) {
    auto const known = pages_.find({name, folders});
    if (known != pages_.end()) return known->second;
    auto page = templates::Template::load(name, folders);
    std::string hashes;
    for (auto const& file : page.files()) hashes += data::sha256_hex(read_file(file));
    Page made{std::move(page), data::sha256_hex(hashes)};
    return pages_.emplace(std::pair(name, folders), std::move(made)).first->second;
}

text::FontSet& Resources::fonts() {
    if (!fonts_added_) fonts_.add_standard();
    fonts_added_ = true;
    return fonts_;
}

} // namespace deckle::report
