/// The databases that the suites run on, and a run to write.
#pragma once
#include "base/error.hpp"
#include "store/database.hpp"
#include "store/store.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace deckle::store {

/// A kind of database. Each test program has its own (sqlite_kind.cpp, postgresql_kind.cpp).
struct Kind {
    Place (*fresh)();                                                 // empty, and nobody else's
    void (*run)(Place const& place, std::vector<std::string> const&); // statements of its own SQL, without Database
    std::string (*schema)(std::string_view migration);                // in its own SQL
};
[[nodiscard]] Kind kind();

inline void PrintTo(Kind const&, std::ostream* out) {
    *out << "kind";
}

inline Instant at(char const* text) {
    return parse_instant(text).value();
}

inline RunStart start_of(std::string report = "cash-flow", char const* as_of = "2026-10-31",
                         char const* started = "2026-11-01T11:00:00Z") {
    return {.report = std::move(report),
            .plugin_version = "1.0.0",
            .plugin_hash = "ab12",
            .period = "2026-10",
            .as_of = Date::of(as_of),
            .params = R"({"weeks":13})",
            .revision = 2,
            .started = at(started),
            .started_by = "dana",
            .options = R"({"pdf_a":true})"};
}

inline RunEnd end_of(Status status = Status::ok) {
    return {.status = status,
            .finished = at("2026-11-01T11:00:02.345Z"),
            .message = "",
            .template_hash = "cd34",
            .fonts_hash = "ef56",
            .model = R"({"schema":"deckle.report/1","title":"Käse"})",
            .snapshots = {{"invoices", R"({"file":"a.csv"})", 812, std::string("rows\0of invoices", 16)},
                          {"bills", "{}", 0, ""}},
            .figures = {{"cash.dso", 1, "2026-10", "41.5", "days"},
                        {"cash.total", 2, "2026-10", "12345678901234567890.1234", "USD"},
                        {"cash.margin", 1, "2026-10", std::nullopt, "ratio"},
                        {"cash.low_day", 1, "2026-10", "2026-12-24", "date"}},
            .outputs = {{"out/cash-flow.pdf", "pdf", "99aa", 12345678901}}};
}

} // namespace deckle::store
