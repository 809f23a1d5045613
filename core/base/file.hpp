/// Whole files in and out. What is written appears at once or not at all.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace deckle {

/// The bytes of a file. Throws Error{io} naming the file and the reason.
[[nodiscard]] std::string read_file(std::filesystem::path const& path);
/// Writes to a temporary file beside `path`, then renames: a reader never sees half a file. Throws Error{io}.
void write_file(std::filesystem::path const& path, std::string_view bytes);
/// What was written to the file, or the names in the folder, outlive a power cut. Throws Error{io}.
void keep_on_disk(std::filesystem::path const& path);
/// True when `path` (links resolved) is `root` or inside it.
[[nodiscard]] bool is_inside(std::filesystem::path const& path, std::filesystem::path const& root);

} // namespace deckle
