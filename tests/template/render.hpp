/// Shared by the template tests: a folder of files for one test, and one call to render.
#pragma once
#include "base/file.hpp"
#include "template/template.hpp"
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <string>

namespace deckle::templates::test {

/// Files in a folder of their own, gone when the test ends.
class Files {
public:
    explicit Files(std::map<std::string, std::string> const& files) {
        auto const* info = testing::UnitTest::GetInstance()->current_test_info();
        folder_ =
            std::filesystem::path(testing::TempDir()) / (std::string(info->test_suite_name()) + "." + info->name());
        std::filesystem::remove_all(folder_);
        for (auto const& [name, text] : files) {
            std::filesystem::create_directories((folder_ / name).parent_path());
            write_file(folder_ / name, text);
        }
    }
    ~Files() { std::filesystem::remove_all(folder_); }
    Files(Files const&) = delete;
    Files& operator=(Files const&) = delete;
    [[nodiscard]] std::filesystem::path const& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
};

struct Rendered {
    std::string html;
    Diagnostics diagnostics;
};

inline Rendered render(Template const& loaded, std::string const& model,
                       std::vector<std::filesystem::path> roots = {}) {
    model::Formatter const formatter("en_US", "America/Chicago");
    RenderContext context{.formatter = formatter, .image_roots = std::move(roots)};
    context.chart = [](model::Json const& spec, Diagnostics&) { return "<svg>" + spec.value("unit", "") + "</svg>"; };
    Rendered out;
    out.html = loaded.render(model::parse_json(model, "model"), context, out.diagnostics);
    return out;
}

inline Rendered render(std::string const& text, std::string const& model = "{}", Folders const& folders = {}) {
    return render(Template::from_text(text, "t.html.mustache", folders), model);
}

} // namespace deckle::templates::test
