/// What the reports of one thread share: the program's own files, opened fonts with their shaped words, loaded
/// templates.
#pragma once
#include "css/stylesheet.hpp"
#include "pdf/subset.hpp"
#include "template/template.hpp"
#include "text/font_set.hpp"
#include <filesystem>
#include <map>
#include <string>

namespace deckle::report {

/// Files are read once: forget_templates(), or make a new one, to see changes. Not thread-safe.
class Resources {
public:
    /// `templates`: the folder report-templates/.
    explicit Resources(std::filesystem::path templates) : templates_(std::move(templates)) {}

    [[nodiscard]] std::filesystem::path const& templates() const { return templates_; }

    struct Page {
        templates::Template page;
        std::string hash; // SHA-256 over its files
    };
    /// Throws as Template::load.
    [[nodiscard]] Page const& page(std::string const& name, templates::Folders const& folders);
    /// What was changed since is read again; opened fonts stay.
    void forget_templates() { pages_.clear(); }
    /// The installed fonts.
    [[nodiscard]] text::FontSet& fonts();
    [[nodiscard]] pdf::SubsetCache& subsets() { return subsets_; }
    [[nodiscard]] css::SheetCache& sheets() { return sheets_; }

private:
    std::filesystem::path templates_;
    std::map<std::pair<std::string, templates::Folders>, Page> pages_;
    text::FontSet fonts_;
    bool fonts_added_ = false;
    pdf::SubsetCache subsets_;
    css::SheetCache sheets_;
};

} // namespace deckle::report
