// Golden tests: every tests/layout/<group>/<name>.html is laid out in the square font (each glyph one em) and its pages
// are compared, as text, with <name>.txt beside it. Those of the group "tags" are laid out with their structure, those
// of the group "book" are several documents.
#include "base/file.hpp"
#include "layout/book_fixture.hpp"
#include "layout/layout_fixture.hpp"
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

namespace deckle::layout {
namespace {

namespace fs = std::filesystem;

fs::path const folder = fs::path(DECKLE_SOURCE_DIR) / "tests/layout";
constexpr char const* update_command = "DECKLE_UPDATE_GOLDENS=1 test_layout --gtest_filter='*Golden*'";

std::vector<fs::path> files_with(std::string const& extension) {
    std::vector<fs::path> found;
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == extension && entry.path().filename() != "CMakeLists.txt")
            found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// The stretch of lines that differ, with one line of context on either side.
std::string difference(std::string const& expected, std::string const& actual) {
    std::vector<std::string> const a = lines_of(expected), b = lines_of(actual);
    std::size_t front = 0, back = 0;
    while (front < a.size() && front < b.size() && a[front] == b[front]) ++front;
    while (back < a.size() - front && back < b.size() - front && a[a.size() - 1 - back] == b[b.size() - 1 - back])
        ++back;
    std::string text = "at line " + std::to_string(front + 1) + ":\n";
    if (front > 0) text += "  " + a[front - 1] + "\n";
    for (std::size_t i = front; i < a.size() - back; ++i) text += "- " + a[i] + "\n";
    for (std::size_t i = front; i < b.size() - back; ++i) text += "+ " + b[i] + "\n";
    if (back > 0) text += "  " + a[a.size() - back] + "\n";
    return text;
}

std::string dumped(PageList const& pages, Diagnostics const& diagnostics) {
    std::string text = dump_pages(pages);
    for (Diagnostic const& diagnostic : diagnostics.items()) {
        text +=
            diagnostic.code + ": " + diagnostic.message + " (line " + std::to_string(diagnostic.position.line) + ")\n";
    }
    // Where the sources lie is another place on every machine.
    std::string const root = std::string(DECKLE_SOURCE_DIR) + "/";
    for (auto at = text.find(root); at != std::string::npos; at = text.find(root, at)) text.erase(at, root.size());
    return text;
}

std::string rendered(fs::path const& html) {
    auto const group = html.parent_path().filename();
    Options options;
    if (group == "tags" || group == "book") options.tags = Tags::on;
    if (group == "book") {
        auto const book = render_book(read_file(html), options);
        return dumped(book->pages, book->diagnostics);
    }
    Rendered const result = render(read_file(html), html.parent_path(), options);
    return dumped(result.pages, result.diagnostics);
}

class Golden : public testing::TestWithParam<fs::path> {};

TEST_P(Golden, IsAsExpected) {
    fs::path const html = GetParam(), golden = fs::path(html).replace_extension(".txt");
    std::string const actual = rendered(html);
    if (std::getenv("DECKLE_UPDATE_GOLDENS") != nullptr) {
        ASSERT_EQ(std::getenv("CI"), nullptr) << "goldens are not updated where CI is set";
        if (!fs::exists(golden) || read_file(golden) != actual) write_file(golden, actual);
        return;
    }
    ASSERT_TRUE(fs::exists(golden)) << golden << " is missing; write it with\n  " << update_command;
    std::string const expected = read_file(golden);
    EXPECT_TRUE(expected == actual) << difference(expected, actual) << "If this is right: " << update_command;
    EXPECT_EQ(actual, rendered(html)) << "the same input gave other pages";
}

std::string name_of(testing::TestParamInfo<fs::path> const& test) {
    std::string name = test.param.parent_path().filename().string() + "_" + test.param.stem().string();
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(All, Golden, testing::ValuesIn(files_with(".html")), name_of);

/// The rules of the example in core/layout/README.md are those of the golden that it names.
TEST(GoldenFiles, TheExampleInTheReadmeIsATest) {
    std::string const readme = read_file(fs::path(DECKLE_SOURCE_DIR) / "core/layout/README.md");
    std::string const golden = read_file(folder / "sums/readme.html");
    std::size_t const begin = readme.find("<style>\ntbody tr"), end = readme.find("...\n</table>");
    ASSERT_NE(begin, std::string::npos);
    ASSERT_NE(end, std::string::npos);
    EXPECT_NE(golden.find(readme.substr(begin, end - begin)), std::string::npos);
}

TEST(GoldenFiles, NoneIsAnOrphan) {
    for (fs::path const& golden : files_with(".txt")) {
        EXPECT_TRUE(fs::exists(fs::path(golden).replace_extension(".html")))
            << golden << " belongs to no test: delete it";
    }
}

} // namespace
} // namespace deckle::layout
