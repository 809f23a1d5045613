/// A plugin host over the test plugins, and what it is fed.
#pragma once
#include "base/error.hpp"
#include "data/table_builder.hpp"
#include "plugin_host/plugin_host.hpp"
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace deckle::plugin_host {

inline Options test_options() {
    std::filesystem::path const build = DECKLE_BINARY_DIR;
    Options options{.runner = build / "bin/deckle-runner", .built_in = {build / "test-plugins"}, .unsafe = {}};
    options.limits.model_bytes = 4 << 20;
    options.limits.output_bytes = 1 << 20;
    options.limits.memory_bytes = 256 << 20;
    options.limits.grace = std::chrono::milliseconds(200);
    options.limits.load = std::chrono::milliseconds(20'000);
    return options;
}

class Tables final : public DatasetSource {
public:
    [[nodiscard]] data::Table const* open(std::string_view name) override {
        auto const it = tables.find(name);
        return it == tables.end() ? nullptr : &it->second;
    }
    std::map<std::string, data::Table, std::less<>> tables;
};

inline Tables integers(std::vector<std::optional<std::int64_t>> const& values) {
    data::TableBuilder builder({{.name = "id", .type = data::Type::integer}});
    for (auto const& v : values) {
        if (v)
            builder[0].integer(*v);
        else
            builder[0].null();
    }
    Tables tables;
    tables.tables["table"] = builder.finish();
    return tables;
}

/// A whole request with these parameters (JSON).
inline std::string request(std::string const& params = "{}") {
    return R"({"report":"rows","period":{"start":"2026-10-01","end":"2026-10-31","label":"2026-10"},
        "as_of":"2026-10-31","currency":"USD","week_start":"sunday","company":{"name":"Prairie"},
        "datasets":{"table":{"bound":true,"columns":["id"]},"other":{"bound":false}},
        "params":)" +
           (params == "{}" ? R"({"minimum":"250000.50","from":"2026-10-01"})" : params) + "}";
}

/// The Error that `f` throws; fails the test when it throws none.
template <class F>
Error error_of(F&& f) {
    try {
        f();
    } catch (Error const& e) {
        return e;
    }
    ADD_FAILURE() << "no error";
    return {ErrorCode::failed, "no error"};
}

/// The name of a parametrised test: "wrong-major" is wrong_major.
inline std::string test_name(std::string name) {
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

/// Whatever happened before: a good plugin still runs.
inline void expect_host_goes_on(PluginHost const& host) {
    Tables tables = integers({1, 2, 3});
    EXPECT_EQ(host.open("plain-c").generate("{}", tables).model, R"({"rows":3,"batches":1,"nulls":0,"sum":6})");
}

} // namespace deckle::plugin_host
