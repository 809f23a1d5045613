/// Sums and counts of what elements add with `-deckle-add`, over the report, a table, a group or a named scope, and
/// over pages. What does not depend on pages is known when the boxes are built, and is text like any other. The rest
/// has its place from the start, as wide as it can get, and its text when the page is full: nothing is laid out twice,
/// and a page costs what stands on it times the logarithm of all there is.
#pragma once
#include "layout/box.hpp"
#include "layout/number_text.hpp"
#include <cstdint>
#include <deckle/decimal.hpp>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace deckle::layout {

struct Context;
struct Fragment;

/// Sum and number of entries.
struct Tally {
    Decimal sum;
    std::int64_t count = 0;
    Tally& operator+=(Tally const& other) {
        sum += other.sum;
        count += other.count;
        return *this;
    }
};

class Aggregates {
public:
    /// The source's parts must outlive the object.
    explicit Aggregates(BoxSource const& source) : source_(source) {}

    /// What an element adds; in document order. A value that is no number is the diagnostic "bad-sum-value".
    void add(html::Element const& element, css::ComputedStyle const& style);
    /// The text of `box` shows `item`. True when it depends on pages, so that only its width is known before them.
    [[nodiscard]] bool show(Box& box, css::ContentItem const& item, html::Element const& element);
    /// Everything is built: fills the boxes whose text depends on no page.
    void settle(BoxTree& tree);

    /// Counts what begins in `fragment`, which is a finished page; each element once, where it begins.
    void take_page(Fragment const& fragment);
    /// The page is painted.
    void end_page();
    /// The text of a box that waited for the page; between take_page() and end_page().
    [[nodiscard]] std::string text(Box const& box);
    /// The same for margin boxes and running elements; `element` null in a margin box.
    [[nodiscard]] std::string text(css::ContentItem const& item, html::Element const* element,
                                   std::string const& language);
    /// How wide the text of such a box can get, in its font.
    [[nodiscard]] double width(Context& context, Box const& box);

private:
    /// Entries of one name. Ranges are of entries, in document order.
    struct Name {
        std::vector<std::uint32_t> elements; // index of the element that adds it
        std::vector<Decimal> values;
        std::vector<bool> placed;        // on this page or an earlier one
        std::vector<Tally> before;       // of earlier pages, as a binary indexed tree
        std::vector<std::uint32_t> here; // placed on this page, ascending once `sums` is made
        std::vector<Tally> sums;         // of the first 0, 1, 2, ... of `here`; empty: not made yet
        std::vector<Decimal> prefix;     // of the first 0, 1, 2, ... entries; empty: not made yet
        Decimal positive, negative;      // sums of either sign: no sum leaves 38 digits while these do not
        int places = 0;
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<Decimal, Decimal>> bounds; // by range
    };
    using Range = std::pair<std::uint32_t, std::uint32_t>;
    struct Use {
        css::ContentItem const* item = nullptr;
        html::Element const* element = nullptr;
        double width = -1;
    };

    void take(Fragment const& fragment);
    [[nodiscard]] std::optional<Decimal> value_of(html::Element const& element, css::SumEntry const& entry) const;
    [[nodiscard]] html::Element const* scope_of(css::ContentItem const& item, html::Element const* element) const;
    [[nodiscard]] Range range_of(Name const& name, css::ContentItem const& item, html::Element const* element) const;
    [[nodiscard]] static Tally before(Name const& name, std::uint32_t end);
    [[nodiscard]] static Tally here(Name& name, Range range);
    [[nodiscard]] static Tally all(Name& name, Range range);
    [[nodiscard]] Tally value(Name& name, css::ContentItem const& item, html::Element const* element) const;
    [[nodiscard]] std::string formatted(Tally const& tally, Name const& name, css::ContentItem const& item,
                                        std::string const& language, Position const& position, bool widest);
    [[nodiscard]] std::pair<Decimal, Decimal> bounds(Name& name, Range range) const;

    BoxSource source_;
    std::map<std::string, Name, std::less<>> names_;
    std::unordered_map<Box const*, Use> uses_;
    std::vector<Box*> shown_; // in document order
    NumberTexts numbers_;
};

} // namespace deckle::layout
