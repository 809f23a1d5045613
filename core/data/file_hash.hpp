/// SHA-256 of the files that a column names, such as the evidence of a completion.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace deckle::data {

class FileHashes {
public:
    /// Names are relative to `folder`; every file must lie below `root`, links followed.
    FileHashes(std::filesystem::path root, std::filesystem::path folder);

    /// Lower-case hexadecimal; nullopt when there is no such file. Throws Error{refused} when the name leads outside
    /// the workspace, Error{io} when the file cannot be read.
    [[nodiscard]] std::optional<std::string> of(std::string const& name);

private:
    std::filesystem::path root_, folder_;
    std::map<std::string, std::optional<std::string>> known_;
};

} // namespace deckle::data
