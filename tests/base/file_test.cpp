#include "base/diagnostics.hpp"
#include "base/file.hpp"
#include <gtest/gtest.h>

using namespace deckle;
namespace fs = std::filesystem;

TEST(File, WritesWholeOrNotAtAll) {
    auto const dir = fs::path(testing::TempDir()) / "deckle-file-test";
    fs::remove_all(dir);
    EXPECT_THROW(write_file(dir / "a.txt", "x"), Error);
    fs::create_directories(dir);
    write_file(dir / "a.txt", "one");
    write_file(dir / "a.txt", "two");
    EXPECT_EQ(read_file(dir / "a.txt"), "two");
    EXPECT_EQ(std::distance(fs::directory_iterator(dir), fs::directory_iterator()), 1) << "a temporary file was left";
    EXPECT_THROW((void)read_file(dir), Error);
    EXPECT_NO_THROW(keep_on_disk(dir / "a.txt"));
    EXPECT_NO_THROW(keep_on_disk(dir));
    EXPECT_THROW(keep_on_disk(dir / "gone.txt"), Error);
    EXPECT_TRUE(is_inside(dir / "a.txt", dir));
    EXPECT_FALSE(is_inside(dir / ".." / "b.txt", dir));
    EXPECT_FALSE(is_inside(dir.string() + "-other", dir));
}

TEST(Diagnostics, CountsRepeatsAndFloods) {
    Diagnostics d;
    d.warning("a", "same", {"f", 1, 2});
    d.warning("a", "same", {"f", 1, 2});
    EXPECT_EQ(d.items().size(), 1u);
    for (int i = 0; i < 150; ++i) d.note("b", std::to_string(i));
    EXPECT_EQ(d.suppressed().at("b"), 50u);
    EXPECT_EQ(d.items()[0].to_string(), "f:1:2: warning: same [a]");
}
