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

/// The font of a style and what it gives a line, in points.
struct LineMetrics {
    text::Font const* font = nullptr;
    float size = 0;
    double ascent = 0, descent = 0; // of the font
    double above = 0, below = 0;    // with half the leading: of the line box
};

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

    BoxSource const& source;
    text::FontSet& fonts;
    text::Shaper shaper;
    Resources& resources;
    ReplacedStore replaced;
    std::unordered_map<Box const*, std::unique_ptr<InlineContent>> lines;
    std::unordered_map<Box const*, std::unique_ptr<TablePlan>> tables;

private:
    std::unordered_map<css::ComputedStyle const*, LineMetrics> metrics_;
};

} // namespace deckle::layout
