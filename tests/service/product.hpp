/// A product as the press gives it, with models as small as the gates need them.
#pragma once
#include "base/file.hpp"
#include "base/zone.hpp"
#include "data/schedule_settings.hpp"
#include "delivery/product.hpp"
#include "model/json.hpp"
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

namespace deckle::service {

inline Instant at(char const* text) {
    return parse_instant(text).value();
}

/// A folder named after the test and the process, which goes with it.
class Folder {
public:
    Folder() {
        auto const* test = testing::UnitTest::GetInstance()->current_test_info();
        path = std::filesystem::temp_directory_path() / (std::string("deckle-") + test->test_suite_name() + "-" +
                                                         test->name() + "-" + std::to_string(::getpid()));
        std::filesystem::create_directories(path);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    std::filesystem::path path;
};

inline model::Json source(char const* connection, char const* dataset, char const* fetched, int rows = 5) {
    return {{"name", connection},
            {"dataset", dataset},
            {"file", std::string(dataset) + ".csv"},
            {"fetched", {{"$datetime", fetched}}},
            {"rows", {{"$num", std::to_string(rows)}}},
            {"rejected", {{"$num", "0"}}}};
}

inline model::Json figure(char const* id, model::Json const& value) {
    return {{"id", id}, {"value", value}};
}

/// With a figure, a table of one row, and a source.
inline model::Json report_model(char const* report) {
    return {{"run", {{"report", report}, {"sources", {source("psa", "invoices", "2026-11-04T06:00:00Z")}}}},
            {"figures", {figure("cash.closing", {{"$money", {"318418.27", "USD"}}})}},
            {"sections", {{{"blocks", {{{"table", {{"rows", {{{"cells", {"a"}}}}}}}}}}}}}};
}

inline delivery::File pdf_file(std::filesystem::path const& path, std::string const& bytes) {
    write_file(path, bytes);
    return {path, path.filename().string(), "application/pdf", "", static_cast<std::int64_t>(bytes.size()), ""};
}

inline std::string const one_page = "%PDF-1.7\n1 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj\n%%EOF\n";

/// Of one good report.
inline delivery::Product good_product(Folder const& folder, char const* report = "cash-flow") {
    delivery::Product product;
    product.models = {report_model(report)};
    product.files = {pdf_file(folder.path / "report.pdf", one_page)};
    return product;
}

inline data::Schedule schedule_of_report(char const* report = "cash-flow") {
    data::Schedule s;
    s.report = report;
    s.reports = {report};
    s.zone = "America/Chicago";
    return s;
}

} // namespace deckle::service
