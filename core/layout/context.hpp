/// What one layout pass shares: the sources, the shaper, and what is remembered about boxes.
#pragma once
#include "layout/flow.hpp"
#include "layout/layout.hpp"
#include "layout/replaced.hpp"
#include "layout/resources.hpp"
#include "text/shaper.hpp"
#include <memory>
#include <unordered_map>

namespace deckle::layout {

struct InlineContent;
struct TablePlan;
struct BreakTrace;

/// The font of a style and what it gives a line, in points.
struct LineMetrics {
    text::Font const* font = nullptr;
    float size = 0;
    double ascent = 0, descent = 0; // of the font
    double above = 0, below = 0;    // with half the leading: of the line box
};

/// Throws Error{limit} when the time that the options allow is over.
void check_time(Options const& options, Position const& position);

struct Context {
    Context(BoxSource const& source, text::FontSet& fonts, Resources& resources);
    ~Context();

    [[nodiscard]] LineMetrics const& metrics(css::ComputedStyle const& style);
    /// Where the box comes from, for diagnostics.
    [[nodiscard]] Position position(Box const& box) const;
    /// A page is done: drops what was remembered about boxes that are finished.
    void end_page();
    /// Drops everything remembered about boxes and styles, because they are about to go.
    void forget();
    /// `box` varies and does not stand on the piece of a table that is being laid out.
    [[nodiscard]] bool hides(Box const& box) const;
    /// Drops what was remembered about boxes below a varying one, because they are laid out for another piece.
    void forget_variant(Box const& box);

    BoxSource const& source;
    text::FontSet& fonts;
    text::Shaper shaper;
    Resources& resources;
    ReplacedStore& replaced;
    bool first_piece = true, last_piece = true; // of the table whose header, footer or caption is laid out
    BreakTrace* trace = nullptr;                // null: nobody asks why pages end where they do
    Aggregates* aggregates = nullptr;           // of the document; null when nothing is added up
    BoxTree const* tree = nullptr;              // of the document, while it is painted
    double below = 0;           // from the end of the page's content to its edge: positioned boxes may reach into it
    std::size_t paragraphs = 0; // measured or laid out: now and then the time is checked
    std::unordered_map<Box const*, std::unique_ptr<InlineContent>> lines;
    std::unordered_map<Box const*, std::unique_ptr<TablePlan>> tables;

private:
    std::unordered_map<css::ComputedStyle const*, LineMetrics> metrics_;
};

} // namespace deckle::layout
