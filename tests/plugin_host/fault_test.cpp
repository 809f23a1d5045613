#include "plugin_host/host.hpp"
#include <thread>

namespace deckle::plugin_host {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

std::string fault(std::string const& name) {
    return R"({"fault":")" + name + R"("})";
}

struct Case {
    char const* fault;
    ErrorCode code;
    char const* message;
};

class Fault : public testing::TestWithParam<Case> {};

TEST_P(Fault, is_reported_and_the_host_goes_on) {
    PluginHost const host(test_options());
    Tables tables = integers({1, 2, 3});
    Session session = host.open("fault");
    bool const endless = std::string_view(GetParam().message).find("400 ms") != std::string_view::npos;
    Control const control{.deadline = endless ? 400ms : 60s};
    Error const e = error_of([&] { (void)session.generate(fault(GetParam().fault), tables, control); });
    EXPECT_EQ(e.code(), GetParam().code) << e.what();
    EXPECT_THAT(e.what(), StartsWith("The plugin 'fault' "));
    EXPECT_THAT(e.what(), HasSubstr(GetParam().message));
    expect_host_goes_on(host);
}

INSTANTIATE_TEST_SUITE_P(
    , Fault,
    testing::Values(
        Case{"throw", ErrorCode::plugin,
             "crashed with SIGABRT (Aborted) before the report was done; it printed: what():  a fault on purpose"},
        Case{"throw-int", ErrorCode::plugin, "it printed: terminate called after throwing an instance of 'int'"},
        Case{"segfault", ErrorCode::plugin, "crashed with SIGSEGV (Segmentation fault) before the report was done"},
        Case{"stack", ErrorCode::plugin, "crashed with SIGSEGV"},
        Case{"abort", ErrorCode::plugin, "crashed with SIGABRT"},
        Case{"terminate", ErrorCode::plugin, "it printed: what():  in a thread"},
        Case{"exit", ErrorCode::plugin, "ended with exit code 0 before the report was done"},
        Case{"loop", ErrorCode::limit, "did not finish within 400 ms, ignored the request to stop and was ended"},
        Case{"sleep", ErrorCode::limit, "did not finish within 400 ms, ignored the request to stop and was ended"},
        Case{"cancel-unasked", ErrorCode::plugin, "says it was cancelled, but nobody asked"},
        Case{"flood-progress", ErrorCode::limit, "did not finish within 400 ms"},
        Case{"flood-output", ErrorCode::limit, "the outputs have more than 1048576 bytes together"},
        Case{"flood-open", ErrorCode::plugin, "it does not read its answers"},
        Case{"junk", ErrorCode::plugin, "broke the protocol (a frame of unknown kind 3735928559)"},
        Case{"huge-frame", ErrorCode::plugin, "broke the protocol (a frame of kind 4 with 1152921504606846976 bytes)"},
        Case{"forged-done", ErrorCode::plugin, "broke the protocol (a frame ends early)"},
        Case{"two-models", ErrorCode::plugin, "broke the protocol (a second report model)"},
        Case{"close-socket", ErrorCode::plugin, "was ended with SIGKILL before the report was done"},
        Case{"memory", ErrorCode::plugin, "bad_alloc"}, Case{"file", ErrorCode::plugin, "crashed with SIGXFSZ"},
        Case{"over-cap", ErrorCode::limit, "the report model has 5242880 bytes; at most 4194304 are allowed"},
        Case{"no-model", ErrorCode::plugin, "reported success but wrote no report"},
        Case{"odd-status", ErrorCode::plugin, "failed: it gives no reason"},
        Case{"unbound", ErrorCode::data, "it is not bound in this workspace, or not declared ('nothing')"},
        Case{"param", ErrorCode::usage, "refuses the parameter /weeks: at most 52"}),
    [](auto const& test) { return test_name(test.param.fault); });

PluginResult run(std::string const& name) {
    PluginHost const host(test_options());
    Tables tables = integers({1, 2, 3});
    return host.open("fault").generate(fault(name), tables);
}

TEST(Plugin, invalid_json_is_handed_on_for_the_parser_to_refuse) {
    EXPECT_EQ(run("not-json").model, "{\"title\": ");
}

TEST(Plugin, what_it_prints_is_kept_and_cleaned) {
    EXPECT_THAT(run("print").log, testing::UnorderedElementsAre(Field(&LogLine::text, "printed: hello from stdout"),
                                                                Field(&LogLine::text, "printed: and ?[31mstderr")));
}

TEST(Plugin, a_flood_on_stdout_is_capped) { // 100 MB
    auto const log = run("flood-print").log;
    ASSERT_FALSE(log.empty());
    EXPECT_LT(log.size(), 70U);
    EXPECT_THAT(log.back().text, HasSubstr("bytes more, which were not kept"));
}

TEST(Plugin, a_flood_of_log_lines_is_capped) {
    auto const log = run("flood-log").log;
    ASSERT_THAT(log, SizeIs(1001));
    EXPECT_EQ(log.back().text, "49000 further log lines were not kept");
}

TEST(Plugin, unreleased_streams_are_named) {
    EXPECT_THAT(run("leak").log,
                ElementsAre(Field(&LogLine::text, "The plugin did not release 1 Arrow structs of its datasets")));
}

TEST(Plugin, sees_no_environment_and_no_descriptors_of_the_host) {
    EXPECT_THAT(run("environment").log, ElementsAre(Field(&LogLine::text, "LC_ALL=C.UTF-8;0,1,2,3,4,")));
}

TEST(Plugin, honours_a_request_to_stop) {
    PluginHost const host(test_options());
    Tables tables = integers({1});
    Session session = host.open("fault");
    std::stop_source source;
    std::thread stopper([&] {
        std::this_thread::sleep_for(50ms);
        source.request_stop();
    });
    Error const e = error_of([&] { (void)session.generate(fault("cancel"), tables, {.stop = source.get_token()}); });
    stopper.join();
    EXPECT_STREQ(e.what(), "The plugin 'fault' was stopped on request");
    // It answered in order, so the same runner serves the next job.
    EXPECT_THAT(session.generate(fault("none"), tables).model, HasSubstr("deckle.report/1"));
}

TEST(Plugin, honours_the_deadline) {
    PluginHost const host(test_options());
    Tables tables = integers({1});
    Session session = host.open("fault");
    Error const e = error_of([&] { (void)session.generate(fault("cancel"), tables, {.deadline = 60ms}); });
    EXPECT_EQ(e.code(), ErrorCode::limit);
    EXPECT_STREQ(e.what(), "The plugin 'fault' did not finish within 60 ms");
    EXPECT_THAT(session.generate(fault("none"), tables).model, HasSubstr("deckle.report/1"));
}

TEST(Plugin, after_a_crash_the_session_is_over) {
    PluginHost const host(test_options());
    Tables tables;
    Session session = host.open("fault");
    EXPECT_THROW((void)session.generate(fault("segfault"), tables), Error);
    EXPECT_THAT(error_of([&] { (void)session.generate(fault("none"), tables); }).what(), HasSubstr("open it again"));
}

TEST(Plugin, one_session_serves_many_jobs) {
    PluginHost const host(test_options());
    Tables tables = integers({1, 2, 3});
    Session session = host.open("fault");
    std::string const first = session.generate(fault("none"), tables).model;
    EXPECT_THROW((void)session.generate(fault("odd-status"), tables), Error);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(session.generate(fault("none"), tables).model, first);
}

TEST(Plugin, an_error_of_the_source_passes_through) {
    struct Broken final : DatasetSource {
        data::Table const* open(std::string_view) override { throw Error(ErrorCode::io, "disk gone"); }
    } broken;
    PluginHost const host(test_options());
    Session session = host.open("plain-c");
    EXPECT_STREQ(error_of([&] { (void)session.generate("{}", broken); }).what(), "disk gone");
    expect_host_goes_on(host);
}

struct LayerCase {
    char const* fault;
    ErrorCode code;
    char const* message;
};
class CppLayer : public testing::TestWithParam<LayerCase> {};

TEST_P(CppLayer, catches_everything) {
    PluginHost const host(test_options());
    Tables tables = integers({1});
    Session session = host.open("rows");
    Error const e = error_of(
        [&] { (void)session.generate(request(R"({"throw":")" + std::string(GetParam().fault) + R"("})"), tables); });
    EXPECT_EQ(e.code(), GetParam().code);
    EXPECT_THAT(e.what(), HasSubstr(GetParam().message));
    EXPECT_NO_THROW((void)session.generate(request(), tables)); // the same process goes on
}

INSTANTIATE_TEST_SUITE_P(
    , CppLayer,
    testing::Values(LayerCase{"std", ErrorCode::plugin, "failed: a fault on purpose"},
                    LayerCase{"int", ErrorCode::plugin, "an exception that is no std::exception"},
                    LayerCase{"memory", ErrorCode::limit, "hit a limit: out of memory"},
                    LayerCase{"param", ErrorCode::usage, "refuses the parameter /throw: no such fault"},
                    LayerCase{"missing-column", ErrorCode::data, "Dataset 'table' has no column 'nothing'"},
                    LayerCase{"wrong-type", ErrorCode::data, "Column 'id' of dataset 'table' is read as another type"},
                    LayerCase{"not-a-date", ErrorCode::usage, "/throw: throw is not a date (YYYY-MM-DD)"},
                    LayerCase{"bad-utf8", ErrorCode::plugin, "invalid UTF-8"}),
    [](auto const& test) { return test_name(test.param.fault); });

} // namespace
} // namespace deckle::plugin_host
