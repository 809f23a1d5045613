/// Font files that hold only the glyphs a document shows.
#pragma once
#include "text/face.hpp"
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

namespace deckle::pdf {

/// Renumbered glyphs, ready to be a stream of a PDF.
struct Subset {
    std::string stream;   // the whole file, or the bare CFF table; packed when that is smaller
    std::string filter;   // of the stream's dictionary; empty when it is not packed
    std::size_t size = 0; // unpacked
    std::unordered_map<std::uint16_t, std::uint16_t> ids; // the face's glyph -> CID
};

/// Documents of one kind mostly show the same characters: their subsets are made once. Holds 8 MB at most. Not
/// thread-safe.
class SubsetCache {
public:
    /// Throws Error{data} when the font file is damaged.
    [[nodiscard]] std::shared_ptr<Subset const> of(text::Face const& face, std::set<std::uint16_t> const& glyphs);

private:
    using Key = std::tuple<std::uint64_t, std::string, std::set<std::uint16_t>>; // content, name, glyphs
    std::map<Key, std::shared_ptr<Subset const>> subsets_;
    std::size_t bytes_ = 0;
};

} // namespace deckle::pdf
