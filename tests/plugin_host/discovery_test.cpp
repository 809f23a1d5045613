#include "base/file.hpp"
#include "plugin_host/host.hpp"
#include <unistd.h>

namespace deckle::plugin_host {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct Discovery : testing::Test {
    fs::path root = fs::path(testing::TempDir()) / ("deckle-discovery-" + std::to_string(getpid()));
    void SetUp() override { fs::remove_all(root); }
    void TearDown() override { fs::remove_all(root); }
    void plugin(fs::path const& folder, std::string const& id) {
        fs::create_directories(folder / id);
        write_file(folder / id / (id + ".so"), "not a library");
    }
};

TEST_F(Discovery, lists_by_id_without_loading) {
    plugin(root / "a", "zebra");
    plugin(root / "a", "cash-flow");
    plugin(root / "b", "cash-flow");
    fs::create_directories(root / "a/empty");
    fs::create_directories(root / "a/.hidden");
    PluginHost const host({.runner = "/none", .built_in = {root / "a", root / "b", root / "none"}, .unsafe = {}});
    auto const found = host.list();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].id, "cash-flow");
    EXPECT_EQ(found[0].library, root / "a/cash-flow/cash-flow.so");
    EXPECT_TRUE(found[0].built_in);
    EXPECT_EQ(found[1].id, "zebra");
}

TEST_F(Discovery, unknown_id_names_what_is_there) {
    plugin(root / "a", "cash-flow");
    PluginHost const host({.runner = "/none", .built_in = {root / "a"}, .unsafe = {}});
    Error const e = error_of([&] { (void)host.open("cashflow"); });
    EXPECT_EQ(e.code(), ErrorCode::usage);
    EXPECT_STREQ(e.what(), "There is no report 'cashflow'; these are installed: cash-flow");
}

TEST_F(Discovery, others_load_only_when_allowed) {
    plugin(root / "mine", "acme.report");
    Options options{.runner = "/none", .built_in = {}, .unsafe = {root / "mine"}};
    Error const e = error_of([&] { (void)PluginHost(options).find("acme.report"); });
    EXPECT_EQ(e.code(), ErrorCode::refused);
    EXPECT_THAT(e.what(), HasSubstr("--allow-unsafe-plugins"));
    EXPECT_TRUE(PluginHost(options).list().empty());
    options.allow_unsafe = true;
    EXPECT_FALSE(PluginHost(options).find("acme.report").built_in);
}

TEST_F(Discovery, a_missing_runner_is_named) {
    plugin(root / "a", "cash-flow");
    PluginHost const host({.runner = root / "no-runner", .built_in = {root / "a"}, .unsafe = {}});
    Error const e = error_of([&] { (void)host.open("cash-flow"); });
    EXPECT_EQ(e.code(), ErrorCode::io);
    EXPECT_THAT(e.what(), HasSubstr("no-runner"));
}

TEST_F(Discovery, another_builds_runner_is_refused) {
    plugin(root / "a", "cash-flow");
    fs::create_symlink("/bin/true", root / "true");
    PluginHost const host({.runner = root / "true", .built_in = {root / "a"}, .unsafe = {}});
    Error const e = error_of([&] { (void)host.open("cash-flow"); });
    EXPECT_EQ(e.code(), ErrorCode::plugin);
    EXPECT_THAT(e.what(), HasSubstr("ended with exit code 0 while it was loaded"));
}

} // namespace
} // namespace deckle::plugin_host
