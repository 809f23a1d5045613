/// Files of a connection: names and globs to paths, kept inside the workspace; their bytes and their hash.
#pragma once
#include "base/zone.hpp"
#include "data/connectors/connector.hpp"
#include "data/sha256.hpp"
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace deckle::data {

/// `written` as a path: relative ones are below `root`. Throws Error{refused} when a relative path leaves the
/// workspace.
[[nodiscard]] std::filesystem::path inside_workspace(std::filesystem::path const& root, std::string const& written);

struct SourceFile {
    std::filesystem::path path;
    std::string shown; // relative to the workspace where possible
};

/// The files of `file` below `folder`, in name order, each once. Throws Error{data} when a name or pattern finds none,
/// naming the files that are there.
[[nodiscard]] std::vector<SourceFile> source_files(SourceRequest const& request);

/// When the newest of these files was written, with what SQLite keeps beside it: how old the data is.
[[nodiscard]] Instant last_written(std::vector<SourceFile> const& files);

/// SHA-256 over everything that was fed, in order.
class ContentHash {
public:
    void add(std::string_view bytes) { hash_.add(bytes); }
    /// Lower-case hexadecimal; complete once everything was fed.
    [[nodiscard]] std::string const& hex();

private:
    Sha256 hash_;
    std::string hex_;
};

/// A file's bytes, piece by piece. Throws Error{io}.
class FileStream {
public:
    explicit FileStream(SourceFile const& file);
    /// Up to `size` bytes into `to`; fewer only at the end of the file.
    [[nodiscard]] std::size_t read(char* to, std::size_t size);

private:
    SourceFile file_;
    std::ifstream stream_;
};

} // namespace deckle::data
