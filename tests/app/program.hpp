/// The real program, run as a user runs it, in a folder of its own.
#pragma once
#include "base/file.hpp"
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <sys/wait.h>

namespace deckle::tests {

struct Answer {
    int code = 0;
    std::string out, err;
};

inline std::filesystem::path program() {
    return std::filesystem::path(DECKLE_BINARY_DIR) / "bin/deckle";
}

/// A fresh folder named after the running test.
inline std::filesystem::path fresh_folder() {
    auto const* const info = testing::UnitTest::GetInstance()->current_test_info();
    auto const folder = std::filesystem::path(DECKLE_BINARY_DIR) / "tests-app" /
                        (std::string(info->test_suite_name()) + "." + info->name());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return folder;
}

/// Runs a shell command line in `folder`.
inline Answer shell(std::string const& command, std::filesystem::path const& folder) {
    std::string const line = "cd '" + folder.string() + "' && { " + command + "\n} >.out 2>.err </dev/null";
    int const status = std::system(line.c_str());
    Answer answer{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(folder / ".out"), read_file(folder / ".err")};
    std::filesystem::remove(folder / ".out");
    std::filesystem::remove(folder / ".err");
    return answer;
}

inline Answer program_with(std::string const& arguments, std::filesystem::path const& folder) {
    return shell("'" + program().string() + "' " + arguments, folder);
}

} // namespace deckle::tests
