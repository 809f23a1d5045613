// The page loop. Each turn: the style of the page (name, side, first, blank), the flow into its content area, margin
// boxes from what the page has set, and the page is handed out.
#include "layout/paginate.hpp"
#include "base/error.hpp"
#include "layout/aggregates.hpp"
#include "layout/explain.hpp"
#include "layout/margin_boxes.hpp"
#include "layout/paint.hpp"
#include "layout/structure_tree.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace deckle::layout {
namespace {

using css::BreakKind;

class Paginator {
public:
    Paginator(Context& context, Context& margins, BoxTree const& tree, PageSink& sink, std::vector<PageBreak>* breaks)
        : context_(context), margins_(margins), tree_(tree), sink_(sink), breaks_(breaks),
          place_(context.source.options.place), number_(place_.before + 1) {}

    PageFacts run(Metadata metadata);

private:
    /// A page whose margin boxes wait for the total.
    struct Waiting {
        std::size_t page = 0, number = 0;
        css::PageStyle const* style = nullptr;
        NamedValues values;
    };

    void start_page(std::string_view name, bool blank);
    void finish_page();
    void flow_page();
    void canvas();
    PageVariables variables(NamedValues& values, std::size_t page, std::size_t pages);
    void place_rests(Laid& laid);
    bool is_left(std::size_t index) const;
    bool wrong_side(BreakKind side) const;
    void check_limit() const;

    Context& context_;
    Context& margins_;
    BoxTree const& tree_;
    PageSink& sink_;
    std::vector<PageBreak>* breaks_; // null: nobody asks

    BookPlace const& place_; // in the book
    std::size_t index_ = 0;
    std::size_t number_; // what counter(page) shows
    css::PageStyle const* style_ = nullptr;
    PageGeometry geometry_;
    Page page_;
    TokenPtr token_;
    bool done_ = false;
    BreakKind side_ = BreakKind::page;
    std::string_view name_;
    NamedValues values_;
    std::vector<PageFindings::Rest> rests_; // positioned boxes that go on on the next page
    std::vector<Waiting> waiting_;
    std::vector<OutlineEntry> outline_;
    PageFacts facts_;
    std::unique_ptr<Aggregates> sums_; // empty: for margin boxes of a document that adds nothing up
};

/// The first page is a right one, in a document that runs from right to left a left one.
// https://www.w3.org/TR/css-page-3/#progression
bool Paginator::is_left(std::size_t index) const {
    bool const rtl = tree_.root->style->direction == css::Direction::rtl;
    return ((place_.before + index) % 2 == 1) != rtl;
}

bool Paginator::wrong_side(BreakKind side) const {
    if (side == BreakKind::left) return !is_left(index_);
    if (side == BreakKind::right) return is_left(index_);
    bool const verso = (place_.before + index_) % 2 == 1; // recto pages are as the first one
    if (side == BreakKind::verso) return !verso;
    if (side == BreakKind::recto) return verso;
    return false;
}

void Paginator::check_limit() const {
    check_time(context_.source.options, {});
    std::size_t const most = context_.source.options.limits.pages;
    if (index_ < most) return;
    throw Error(ErrorCode::limit,
                fmt::format("the document has more than {} pages; split it, or raise max-pages", most));
}

void Paginator::start_page(std::string_view name, bool blank) {
    check_limit();
    style_ = &context_.source.cascade.page_style({std::string(name), index_, is_left(index_), blank});
    geometry_ = geometry_of(*style_);
    if (geometry_.content.width < 2 || geometry_.content.height < 2) {
        context_.source.diagnostics.warning(
            "page-area",
            fmt::format("the margins of page {} leave no room for content; it is laid out all the same", index_ + 1));
    }
    page_ = Page{};
    page_.size = geometry_.size;
    context_.below = geometry_.size.height - geometry_.content.y - geometry_.content.height;
    canvas();
}

/// Backgrounds of the page and of the root element, which covers the page's content and padding.
void Paginator::canvas() {
    css::ComputedStyle const& page = *style_->style;
    paint_background(context_, page, {0, 0, geometry_.size.width, geometry_.size.height}, {}, {}, {}, nullptr,
                     page_.items);
    Insets const border{page.border.top.width, page.border.right.width, page.border.bottom.width,
                        page.border.left.width};
    paint_borders(page.border, geometry_.border_box, radii_of(page.radius, geometry_.border_box), page_.items);
    paint_background(context_, *tree_.root->style, inset(geometry_.border_box, border), {}, {}, {}, tree_.root,
                     page_.items);
}

/// The next pieces of positioned boxes that were higher than the page before.
void Paginator::place_rests(Laid& laid) {
    for (PageFindings::Rest& rest : std::exchange(rests_, {})) {
        Space space;
        space.width = rest.width;
        space.fixed_width = rest.width;
        space.room = space.page = geometry_.content.height;
        space.top = true;
        Laid piece = layout_box(context_, *rest.box, space, rest.token->fresh ? nullptr : rest.token.get());
        if (piece.token) piece.fragment.rest = std::move(piece.token);
        adopt(laid, std::move(piece), {rest.x - geometry_.content.x, 0});
    }
    if (!laid.pending.empty())
        place_pending(context_, {0, 0, geometry_.content.width, geometry_.content.height}, laid, true,
                      geometry_.content.height, geometry_.content.height);
}

void Paginator::flow_page() {
    Space space;
    space.width = geometry_.content.width;
    space.height = geometry_.content.height;
    space.room = space.page = geometry_.content.height;
    space.top = true;
    bool const over = done_; // only positioned boxes go on
    BreakTrace trace;
    Laid laid;
    if (over) {
        laid.fragment = Fragment(Fragment::Kind::wrapper, tree_.root, {}, {space.width, space.room});
        laid.fragment.start = false;
    } else {
        if (breaks_) context_.trace = &trace;
        laid = layout_box(context_, *tree_.root, space, token_.get());
        context_.trace = nullptr;
    }
    if (breaks_ && laid.token) {
        breaks_->push_back({index_ + 1, explain_break(context_, *tree_.root, laid, trace)});
    }
    if (laid.empty) { // cannot happen at the top of a page; never loop
        throw Error(ErrorCode::failed, fmt::format("page {} takes no content", index_ + 1),
                    context_.position(*tree_.root));
    }
    std::erase_if(laid.pending, [](Pending const& pending) { return pending.box->placement == Placement::fixed; });
    for (Box const* box : tree_.fixed) laid.pending.push_back({box, {}});
    place_pending(context_, {0, 0, geometry_.content.width, geometry_.content.height}, laid, true,
                  geometry_.content.height, geometry_.content.height);
    place_rests(laid);

    PageFindings findings;
    Fragment& root = laid.fragment;
    if (context_.aggregates) context_.aggregates->take_page(root);
    root.kind = Fragment::Kind::wrapper; // its background is on the canvas
    paint(context_, std::move(root), {geometry_.content.x, geometry_.content.y}, geometry_.size, index_ + 1,
          page_.items, &findings);
    for (auto& [name, list] : findings.strings) {
        for (auto& value : list) values_.strings[name].here.push_back({std::move(value.text), nullptr, value.first});
    }
    for (auto& [name, list] : findings.running) {
        for (auto& value : list) values_.running[name].here.push_back({{}, value.element, value.first});
    }
    if (findings.page_counter) number_ = static_cast<std::size_t>(std::max(0, *findings.page_counter));
    std::move(findings.outline.begin(), findings.outline.end(), std::back_inserter(outline_));
    for (std::string& id : findings.anchors) facts_.anchor_pages.try_emplace(std::move(id), number_);
    rests_ = std::move(findings.rests);
    token_ = std::move(laid.token);
    done_ = !token_;
    if (index_ == 0)
        for (Box const* box : tree_.fixed) clear_nodes(*box);
    if (breaks_ && done_ && !rests_.empty())
        breaks_->push_back({index_ + 1, "ends with the flow; a positioned box goes on on the next page"});
    side_ = laid.forced ? laid.side : BreakKind::page;
    if (laid.forced) name_ = laid.page_name;
}

PageVariables Paginator::variables(NamedValues& values, std::size_t page, std::size_t pages) {
    PageVariables all = values.variables(page, pages);
    all.aggregate = [this, &values](css::ContentItem const& item, html::Element const* element,
                                    std::string const& language) {
        auto [entry, added] = values.sums.try_emplace({&item, element});
        if (added) {
            if (!sums_) sums_ = std::make_unique<Aggregates>(context_.source); // nothing is added: says so
            Aggregates& sums = context_.aggregates ? *context_.aggregates : *sums_;
            entry->second = sums.text(item, element, language);
        }
        return entry->second;
    };
    return all;
}

void Paginator::finish_page() {
    if (paint_margin_boxes(margins_, *style_, variables(values_, number_, place_.total), false, page_.items)) {
        waiting_.push_back({index_, number_, style_, values_});
    }
    values_.end_page();
    if (context_.aggregates) context_.aggregates->end_page();
    sink_.page(std::move(page_));
    context_.end_page();
    ++index_;
    ++number_;
}

PageFacts Paginator::run(Metadata metadata) {
    name_ = tree_.root->page_first;
    side_ = tree_.root->break_before;
    do {
        if (wrong_side(side_)) {
            start_page(name_, true);
            finish_page();
        }
        start_page(name_, false);
        flow_page();
        finish_page();
    } while (!done_ || !rests_.empty());
    for (Waiting& waiting : waiting_) {
        std::vector<Item> items;
        (void)paint_margin_boxes(margins_, *waiting.style,
                                 variables(waiting.values, waiting.number, place_.before + index_), true, items);
        if (!items.empty()) sink_.append(waiting.page, std::move(items));
    }
    facts_.total = index_;
    sink_.finish(std::move(outline_), std::move(metadata));
    return std::move(facts_);
}

} // namespace

PageFacts paginate(Context& context, Context& margins, BoxTree const& tree, PageSink& sink, Metadata metadata,
                   std::vector<PageBreak>* breaks) {
    return Paginator(context, margins, tree, sink, breaks).run(std::move(metadata));
}

} // namespace deckle::layout
