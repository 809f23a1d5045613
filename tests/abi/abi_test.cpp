#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <deckle/plugin.h>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>

extern "C" int abi_has_set_error(deckle_job const* job);

namespace {

namespace fs = std::filesystem;

TEST(Abi, has_tells_old_structs_from_new_ones) {
    deckle_job job{};
    job.size = sizeof job;
    EXPECT_TRUE(abi_has_set_error(&job));
    job.size = offsetof(deckle_job, set_error);
    EXPECT_FALSE(abi_has_set_error(&job));
    job.size = sizeof job - 1;
    EXPECT_FALSE(abi_has_set_error(&job));
    job.size = sizeof job + 8;
    EXPECT_TRUE(abi_has_set_error(&job));
}

// Defined dynamic symbols, one a line: "deckle_plugin_v1\n".
std::string exports(fs::path const& library) {
    std::string out;
    std::FILE* const pipe =
        popen(("nm -D --defined-only --format=posix '" + library.string() + "' | cut -d' ' -f1").c_str(), "r");
    std::array<char, 256> line{};
    while (std::fgets(line.data(), static_cast<int>(line.size()), pipe) != nullptr) out += line.data();
    pclose(pipe);
    return out;
}

TEST(Abi, plugins_export_one_symbol) {
    std::vector<fs::path> libraries;
    for (char const* name : {"rows", "fault", "plain-c"})
        libraries.push_back(fs::path(DECKLE_BINARY_DIR) / "test-plugins" / name / (std::string(name) + ".so"));
    std::error_code none;
    for (auto const& folder : fs::directory_iterator(fs::path(DECKLE_BINARY_DIR) / "plugins", none))
        if (fs::path const so = folder.path() / (folder.path().filename().string() + ".so"); fs::exists(so))
            libraries.push_back(so);
    for (fs::path const& library : libraries) EXPECT_EQ(exports(library), "deckle_plugin_v1\n") << library;
}

} // namespace
