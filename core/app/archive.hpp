/// A folder as one file: gzip'ed tar, made and opened by the program `tar`, which every Debian has.
#pragma once
#include <filesystem>

namespace deckle::app {

/// A folder of its own beside `path`, readable by nobody else; gone with this object.
class WorkFolder {
public:
    explicit WorkFolder(std::filesystem::path const& beside);
    ~WorkFolder();
    WorkFolder(WorkFolder const&) = delete;
    WorkFolder& operator=(WorkFolder const&) = delete;

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// `file` appears at once, and only when all went well. Throws Error{io}.
void pack_folder(std::filesystem::path const& folder, std::filesystem::path const& file);
/// Files keep their times. Throws Error{data} for a file that is damaged or no archive, Error{io} with tar's words when
/// it could not be read or unpacked there (a full disk).
void unpack_into(std::filesystem::path const& file, std::filesystem::path const& folder);

} // namespace deckle::app
