/// Several documents laid out as one. Inside core/layout only.
#pragma once
#include "layout/layout.hpp"
#include <set>

namespace deckle::layout {

/// Takes pages that nobody looks at.
struct NoSink final : PageSink {
    void page(Page&&) override {}
    void append(std::size_t, std::vector<Item>&&) override {}
    void finish(std::vector<OutlineEntry>&&, Metadata&&) override {}
};

/// What one document turned out to be, at its place.
struct Outcome {
    std::size_t pages = 0;
    AnchorPages anchors;      // as PageFacts::anchor_pages
    bool shows_pages = false; // something in its flow shows a page number
    bool tagged = false;
    std::vector<PageBreak> breaks;
};

/// layout_html() without strictness.
[[nodiscard]] Outcome layout_one(std::string_view html, std::string const& name, text::FontSet& fonts,
                                 Options const& options, PageSink& sink, Diagnostics& diagnostics);

/// Lays the chapters out for their numbers of pages and anchors until these settle, then once for good.
class Book {
public:
    Book(std::vector<Chapter> const& chapters, Options const& options, Diagnostics& diagnostics);
    [[nodiscard]] Result run(PageSink& sink);

private:
    struct Known { // of a chapter
        Outcome outcome;
        std::size_t before = 0;        // pages in front of it
        std::size_t tried = 0;         // the same when the outcome was found
        std::set<std::string> anchors; // its own ids
    };

    [[nodiscard]] Options options_of(std::size_t chapter) const;
    [[nodiscard]] bool settle();
    void try_out(std::size_t chapter);
    void number();

    std::vector<Chapter> const& chapters_;
    Options options_;
    Diagnostics& diagnostics_;
    std::vector<Known> known_;
    std::size_t total_ = 0;
    AnchorPages anchors_; // of the book
};

} // namespace deckle::layout
