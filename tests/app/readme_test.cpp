// The README's commands, run as they stand there: a reader who types them gets what it says.
#include "app/program.hpp"
#include <gmock/gmock.h>
#include <sstream>
#include <vector>

using namespace deckle;
using namespace deckle::tests;
namespace fs = std::filesystem;

namespace {

struct Block {
    std::string language, text;
    int line = 0;
};

std::vector<Block> code_blocks() {
    std::vector<Block> blocks;
    std::istringstream lines(read_file(fs::path(DECKLE_SOURCE_DIR) / "README.md"));
    bool inside = false;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.starts_with("```")) {
            inside = !inside;
            if (inside) blocks.push_back({line.substr(3), "", number});
        } else if (inside) {
            blocks.back().text += line + "\n";
        }
    }
    return blocks;
}

} // namespace

/// `./dev run` is the program; the two commands that build are what runs this test. A block marked `toml FILE` is
/// appended to that file, so the example configuration is the one that the commands then use.
TEST(Readme, EveryCommandWorks) {
    auto const folder = fresh_folder();
    fs::copy(fs::path(DECKLE_SOURCE_DIR) / "sample-data", folder / "sample-data", fs::copy_options::recursive);
    fs::remove_all(folder / "sample-data/.deckle");
    int commands = 0;
    for (auto const& block : code_blocks()) {
        if (block.language.starts_with("toml ")) {
            fs::path const file = folder / block.language.substr(5);
            write_file(file, read_file(file) + block.text);
        }
        if (block.language.starts_with("csv ")) write_file(folder / block.language.substr(4), block.text);
        if (block.language != "sh") continue;
        std::istringstream lines(block.text);
        for (std::string line; std::getline(lines, line);) {
            std::string command = line.substr(0, line.find("  #"));
            if (!command.starts_with("./dev run ")) {
                EXPECT_TRUE(command.starts_with("./dev ")) << command;
                continue;
            }
            auto const answer = program_with(command.substr(10), folder);
            EXPECT_EQ(answer.code, 0) << "README.md, block at line " << block.line << ": " << command << "\n"
                                      << answer.out << answer.err;
            ++commands;
        }
    }
    EXPECT_GE(commands, 5);
}

TEST(Readme, FilesItNamesExist) {
    std::string const text = read_file(fs::path(DECKLE_SOURCE_DIR) / "README.md");
    int links = 0;
    for (std::size_t at = 0; (at = text.find("](", at)) != std::string::npos;) {
        at += 2;
        std::string const target = text.substr(at, text.find(')', at) - at);
        if (target.starts_with("http")) continue;
        EXPECT_TRUE(fs::exists(fs::path(DECKLE_SOURCE_DIR) / target)) << target;
        ++links;
    }
    EXPECT_GE(links, 2);
}
