/// Stylesheet text -> rules. A sheet owns its text; rules point into it.
#pragma once
#include "base/diagnostics.hpp"
#include "css/values.hpp"
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle::html {
class Document;
}

namespace deckle::css {

/// A file that a sheet or a document refers to.
struct Loaded {
    std::string file; // its name for messages, and the base of what it refers to
    std::string bytes;
};
/// Reads `url` as written in `from_file`; nullopt when it is absent or not allowed. No network: the caller decides what
/// may be read.
using Loader = std::function<std::optional<Loaded>(std::string const& url, std::string const& from_file)>;

/// @font-face, not loaded.
struct FontFace {
    std::string family;
    struct Source {
        bool local = false; // local(name): url.url is the full name
        Url url;
        std::string format; // "woff2", empty when not given
    };
    std::vector<Source> sources;
    int weight_min = 400, weight_max = 400;
    bool italic = false;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> unicode_ranges; // empty = all
    Position position;
};

enum class Origin : std::uint8_t { user_agent, author };

struct SheetData; // rules, in sheet_data.hpp
class StyleSheet {
public:
    explicit StyleSheet(std::shared_ptr<SheetData const> data) : data_(std::move(data)) {}
    [[nodiscard]] SheetData const& data() const { return *data_; }
    [[nodiscard]] std::vector<FontFace> const& font_faces() const;

private:
    std::shared_ptr<SheetData const> data_; // shared by every copy of the sheet; immutable
};

/// Rules for other media than print are skipped. Unknown properties, values, at-rules and selectors are diagnostics
/// ("unknown-property", "unknown-value", "css-syntax", "unknown-at-rule", "unknown-selector") and are left out.
/// `start` is where the text begins. @import goes through `load`; without it, it is a diagnostic.
[[nodiscard]] StyleSheet parse(std::string text, Position start, Diagnostics& diagnostics, Loader const& load = {},
                               Origin origin = Origin::author);

/// Remembers sheets: documents of one template carry the same one. Only those that gave no diagnostic and import
/// nothing; 64 at most. Not thread-safe.
class SheetCache {
public:
    [[nodiscard]] StyleSheet parse(std::string text, Position const& start, Diagnostics& diagnostics,
                                   Loader const& load);

private:
    std::map<std::pair<std::string, std::string>, StyleSheet> sheets_; // by text and place
};

/// The sheets of a document in order: <style> elements and <link rel=stylesheet>, those for print or all media.
/// `cache` may be null.
[[nodiscard]] std::vector<StyleSheet> document_sheets(html::Document const& document, Diagnostics& diagnostics,
                                                      Loader const& load = {}, SheetCache* cache = nullptr);

/// HTML5's defaults, made for print. Parsed once.
[[nodiscard]] StyleSheet const& user_agent_sheet();

} // namespace deckle::css
