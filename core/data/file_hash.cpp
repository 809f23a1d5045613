#include "data/file_hash.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "data/connectors/files.hpp"
#include <array>

namespace deckle::data {

namespace fs = std::filesystem;

FileHashes::FileHashes(fs::path root, fs::path folder) : root_(std::move(root)), folder_(std::move(folder)) {}

std::optional<std::string> FileHashes::of(std::string const& name) {
    if (auto const it = known_.find(name); it != known_.end()) return it->second;
    std::error_code error;
    fs::path const path = fs::weakly_canonical(folder_ / name, error);
    if (error) throw Error(ErrorCode::io, "cannot be looked up: " + error.message());
    if (!is_inside(path, root_))
        throw Error(ErrorCode::refused, "leads outside the workspace folder; copy the file into the workspace");
    std::optional<std::string> hash;
    if (fs::is_regular_file(path, error)) {
        FileStream file({path, name});
        Sha256 sum;
        std::array<char, 65536> piece{};
        while (std::size_t const n = file.read(piece.data(), piece.size())) sum.add({piece.data(), n});
        hash = sum.hex();
    }
    return known_[name] = hash;
}

} // namespace deckle::data
