#include "base/file.hpp"
#include "plugin_host/host.hpp"

namespace deckle::plugin_host {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

struct Case {
    char const* plugin;
    char const* message;
};

class LoadFault : public testing::TestWithParam<Case> {};

TEST_P(LoadFault, is_reported_and_the_host_goes_on) {
    PluginHost const host(test_options());
    Error const e = error_of([&] { (void)host.open(GetParam().plugin); });
    EXPECT_EQ(e.code(), ErrorCode::plugin);
    EXPECT_THAT(e.what(), StartsWith(std::string("The plugin '") + GetParam().plugin + "' "));
    EXPECT_THAT(e.what(), HasSubstr(GetParam().message));
    expect_host_goes_on(host);
}

INSTANTIATE_TEST_SUITE_P(
    , LoadFault,
    testing::Values(Case{"null-functions", "its create, destroy or generate function is NULL"},
                    Case{"null-descriptor", "its descriptor_json is NULL"},
                    Case{"small-struct", "its deckle_plugin struct is too small"},
                    Case{"refuses", "deckle_plugin_v1 returned NULL"},
                    Case{"wrong-major", "it names plugin ABI 7; this Deckle speaks ABI 1"},
                    Case{"next-major", "it was built for plugin ABI 2; this Deckle speaks ABI 1"},
                    Case{"no-symbol", "exports no deckle_plugin_v1"},
                    Case{"undefined-symbol", "cannot be loaded: undefined symbol: this_function_is_nowhere"},
                    Case{"constructor-crash", "crashed with SIGABRT (Aborted) while it was loaded"}),
    [](auto const& test) { return test_name(test.param.plugin); });

struct LoadFile : testing::Test {
    fs::path root = fs::path(testing::TempDir()) / ("deckle-load-" + std::to_string(getpid()));
    void TearDown() override { fs::remove_all(root); }
    std::string message(std::string const& bytes) {
        fs::create_directories(root / "broken");
        write_file(root / "broken/broken.so", bytes);
        Options options = test_options();
        options.built_in.push_back(root);
        PluginHost const host(options);
        Error const e = error_of([&] { (void)host.open("broken"); });
        EXPECT_EQ(e.code(), ErrorCode::plugin);
        expect_host_goes_on(host);
        return e.what();
    }
};

TEST_F(LoadFile, text) {
    EXPECT_THAT(message(std::string(2000, 'x')), HasSubstr("invalid ELF header"));
}

TEST_F(LoadFile, empty) {
    EXPECT_THAT(message(""), HasSubstr("file too short"));
}

TEST_F(LoadFile, truncated) {
    std::string const whole = read_file(fs::path(DECKLE_BINARY_DIR) / "test-plugins/rows/rows.so");
    for (std::size_t part : {std::size_t{64}, whole.size() / 3, whole.size() / 2}) {
        std::string const text = message(whole.substr(0, part));
        EXPECT_TRUE(text.find("cannot be loaded") != text.npos || text.find("crashed with SIG") != text.npos) << text;
    }
}

TEST_F(LoadFile, another_library) {
    EXPECT_THAT(message(read_file("/lib/x86_64-linux-gnu/libz.so.1")), HasSubstr("it is no Deckle plugin"));
}

TEST(Load, descriptor_comes_as_it_is) {
    PluginHost const host(test_options());
    Session const session = host.open("plain-c");
    EXPECT_EQ(session.descriptor(), R"({"id":"plain-c","version":"1.0.0","title":"Plain C","kind":"report"})");
    EXPECT_EQ(session.plugin().id, "plain-c");
}

} // namespace
} // namespace deckle::plugin_host
