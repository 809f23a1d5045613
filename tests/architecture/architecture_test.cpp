// Who may include whom: read from the sources and from what CMake was told, so that neither can drift.
#include "base/file.hpp"
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>

namespace fs = std::filesystem;
using deckle::read_file;

namespace {

fs::path const source = DECKLE_SOURCE_DIR;

using Uses = std::map<std::string, std::set<std::string>>;

Uses declared() {
    Uses uses;
    std::istringstream lines(read_file(fs::path(DECKLE_BINARY_DIR) / "modules.txt"));
    for (std::string line; std::getline(lines, line);) {
        std::string const name = line.substr(0, line.find(':'));
        std::istringstream words(line.substr(line.find(':') + 1));
        auto& set = uses[name];
        for (std::string word; words >> word;) {
            set.insert(word);
            set.insert(uses[word].begin(), uses[word].end());
        }
    }
    return uses;
}

struct Include {
    fs::path file;
    int line;
    std::string target; // without quotes or brackets
};

std::vector<Include> includes_below(fs::path const& folder) {
    std::vector<Include> found;
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
        auto const extension = entry.path().extension();
        if (extension != ".cpp" && extension != ".hpp" && extension != ".h" && extension != ".c") continue;
        std::istringstream lines(read_file(entry.path()));
        int number = 0;
        for (std::string line; std::getline(lines, line);) {
            ++number;
            auto const at = line.find_first_not_of(" \t");
            if (at == std::string::npos || line.compare(at, 8, "#include") != 0) continue;
            auto const open = line.find_first_of("\"<", at);
            auto const close = line.find_last_of("\">");
            if (open != std::string::npos && close > open)
                found.push_back({entry.path(), number, line.substr(open + 1, close - open - 1)});
        }
    }
    return found;
}

} // namespace

TEST(Architecture, FoldersOfCoreIncludeOnlyWhatTheyDeclare) {
    auto const uses = declared();
    ASSERT_GE(uses.size(), 10u);
    for (auto const& [module, allowed] : uses) {
        if (module == "sdk") continue;
        for (auto const& include : includes_below(source / "core" / module)) {
            std::string const head = include.target.substr(0, include.target.find('/'));
            if (head == include.target || head == module || !uses.contains(head)) continue;
            EXPECT_TRUE(allowed.contains(head)) << include.file << ":" << include.line << " includes " << include.target
                                                << ", but core/" << module << " does not declare USES " << head;
        }
    }
}

TEST(Architecture, FoldersComeInTheDocumentedOrder) {
    std::vector<std::string> const order = {"sdk",   "base",     "data",       "html",        "model",   "css",
                                            "text",  "template", "chart",      "layout",      "pdf",     "report",
                                            "xlsx",  "preview",  "postgresql", "plugin_host", "store",   "schedule",
                                            "facts", "drafts",   "delivery",   "transports",  "service", "app"};
    auto rank = [&](std::string const& name) { return std::find(order.begin(), order.end(), name) - order.begin(); };
    for (auto const& [module, used] : declared()) {
        EXPECT_LT(rank(module), std::ssize(order)) << module << " is missing in core/ARCHITECTURE.md's order";
        for (auto const& name : used) EXPECT_LT(rank(name), rank(module)) << module << " uses " << name;
    }
}

TEST(Architecture, PluginsIncludeOnlyTheSdk) {
    auto const uses = declared();
    for (auto const& include : includes_below(source / "plugins")) {
        std::string const head = include.target.substr(0, include.target.find('/'));
        EXPECT_TRUE(head == include.target || !uses.contains(head) || head == "deckle")
            << include.file << ":" << include.line << " includes " << include.target;
        EXPECT_EQ(include.target.find(".."), std::string::npos) << include.file << ":" << include.line;
    }
}

TEST(Architecture, OutsideLibrariesStayInTheirFolder) {
    std::map<std::string, std::set<std::string>> const homes = {
        {"hpdf", {"pdf"}},
        {"hb", {"text", "pdf"}},
        {"libxml/", {"html"}},
        {"kainjow/", {"template"}},
        {"CLI/", {"app"}},
        {"boost/dll", {"plugin_host"}},
        {"toml++/", {"data"}},
        {"simdjson", {"data"}},
        {"libdeflate", {"base"}},
        {"xxhash", {"base"}},
        {"nettle/", {"data"}},
        {"xlsxwriter", {"xlsx"}},
        {"Poco/Net/", {"preview", "transports"}},
        {"gmime/", {"transports"}},
        {"openssl/", {"transports"}},
        {"Poco/Data/PostgreSQL", {"postgresql"}},
    };
    for (auto const& include : includes_below(source / "core")) {
        std::string const folder = (*fs::relative(include.file, source / "core").begin()).string();
        for (auto const& [library, allowed] : homes) {
            bool const matches = include.target.compare(0, library.size(), library) == 0 &&
                                 (library != "hb" || include.target.compare(0, 3, "hb.") == 0 ||
                                  include.target.compare(0, 3, "hb-") == 0);
            EXPECT_TRUE(!matches || allowed.contains(folder)) << include.file << ":" << include.line;
        }
    }
}
