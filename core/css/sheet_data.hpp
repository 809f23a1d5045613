/// What a parsed sheet holds. Inside core/css only.
#pragma once
#include "css/cascade.hpp"
#include "css/property.hpp"
#include "css/selector.hpp"
#include "css/tokenizer.hpp"
#include <array>
#include <memory>
#include <string>
#include <vector>

namespace deckle::css {

struct Declaration {
    PropertyId property = 0;
    bool important = false;
    bool has_var = false;  // var() or env()
    std::string custom;    // "--name" of a custom property, else empty
    Tokens value;          // in the sheet's tokens
    std::string_view text; // the value as written
    std::uint32_t at = 0;  // offset in the sheet's text
};

struct Rule {
    std::vector<Selector> selectors;
    std::vector<Declaration> declarations;
    std::string layer; // "a.b", empty outside of @layer
};

/// @page and its margin boxes. https://www.w3.org/TR/css-page-3/#page-selectors
struct PageRule {
    std::string name;
    bool first = false, blank = false, left = false, right = false;
    bool nth = false;
    int a = 0, b = 0; // :nth(an+b), pages from 1
    std::vector<Declaration> declarations;
    std::array<std::vector<Declaration>, margin_box_count> boxes;
    std::vector<Declaration> footnote;

    [[nodiscard]] std::uint32_t specificity() const;
    [[nodiscard]] bool applies(PageQuery const& page) const;
};

/// Not movable: tokens and declarations point into `text` and `tokens`.
struct SheetData {
    std::string file;
    Position start;
    Origin origin = Origin::author;
    std::string text;
    TextStore store;
    std::vector<Token> tokens;
    std::vector<std::uint32_t> line_ends; // offsets of the line feeds in `text`
    std::vector<std::shared_ptr<SheetData const>> imports; // apply before the sheet's own rules; shared with nobody
    std::vector<Rule> rules;
    std::vector<PageRule> page_rules;
    std::vector<FontFace> font_faces; // those of the imports first
    std::vector<std::string> layers;  // @layer names in the order they are first named, those of the imports too

    SheetData() = default;
    SheetData(SheetData const&) = delete;
    SheetData& operator=(SheetData const&) = delete;
    /// Takes the text apart into tokens and lines.
    void read(std::string sheet);
    [[nodiscard]] Position position(std::uint32_t offset) const;
};

/// Declarations of a style attribute or of SVG presentation attributes; the result's only rule has no selector.
[[nodiscard]] std::shared_ptr<SheetData const> parse_declarations(std::string text, Position start, bool unitless,
                                                                  Diagnostics& diagnostics);

[[nodiscard]] std::string_view user_agent_text();

/// True when the query list holds for print.
[[nodiscard]] bool media_matches(Tokens query);

} // namespace deckle::css
