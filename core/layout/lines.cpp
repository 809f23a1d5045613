// Builds one line: pieces of text, atomic boxes and the pieces of inline boxes, aligned on the line's baseline.
// https://www.w3.org/TR/CSS22/visudet.html#line-height
#include "layout/lines.hpp"
#include "layout/used.hpp"
#include <algorithm>
#include <cmath>
#include <utility>

namespace deckle::layout {
namespace {

using css::VerticalAlign;

/// How far a box reaches above and below its baseline, and where that is below the line's.
struct Extent {
    double above = 0, below = 0, shift = 0;
    VerticalAlign::Kind edge = VerticalAlign::Kind::baseline; // top or bottom: shift is known only at the end
};

class LineBuilder {
public:
    LineBuilder(Context& context, Box const& block, InlineContent& content, text::Line const& line, double width,
                double indent)
        : context_(context), block_(block), content_(content), line_(line), width_(width), indent_(indent) {}

    LineBox build();

private:
    Extent align(VerticalAlign const& value, Extent extent, LineMetrics const& own, Extent const& parent,
                 LineMetrics const& parent_metrics) const;
    Extent const& inline_extent(std::uint32_t index);
    Extent atomic_extent(InlineContent::Run const& run);
    void measure_line(std::vector<text::Piece> const& pieces);
    void include(Extent& extent, bool settle);
    double start_of_line(double used, bool last) const;
    void stretch_leaders(std::vector<text::Piece>& pieces) const;
    void add_inline_boxes(std::vector<text::Piece> const& pieces);
    struct Stretch;
    void add_inline_box(Stretch const& stretch);
    void add_text(text::Piece& piece);
    [[nodiscard]] bool drops_space() const;
    void fade(Color& color, std::uint32_t inline_index) const;
    void place_edges(std::vector<text::Piece>& pieces);
    [[nodiscard]] std::vector<Fragment> add_ellipsis(std::vector<text::Piece>& pieces);
    void add_leader(text::Piece const& piece);
    void add_atomic(text::Piece const& piece, InlineContent::Run const& run);
    Extent extent_of(InlineContent::Run const& run);
    [[nodiscard]] Point relative_of(std::uint32_t inline_index) const;

    Context& context_;
    Box const& block_;
    InlineContent& content_;
    text::Line const& line_;
    double width_, indent_;
    LineBox box_;
    double above_ = 0, below_ = 0, x_ = 0;
    /// A stretch of an inline box in text of both directions, margin edge to margin edge.
    struct Stretch {
        std::uint32_t index = 0;
        double left = 0, right = 0;
        bool starts = false, ends = false; // it has the box's left edge, its right one
    };
    std::vector<Stretch> stretches_;
    std::vector<std::pair<std::uint32_t, Extent>> inlines_; // those met on this line
    std::vector<std::pair<Box const*, Extent>> atomics_;
};

Extent LineBuilder::align(VerticalAlign const& value, Extent extent, LineMetrics const& own, Extent const& parent,
                          LineMetrics const& parent_metrics) const {
    switch (value.kind) {
    case VerticalAlign::Kind::baseline:
        break;
    case VerticalAlign::Kind::sub:
        extent.shift = 0.2 * parent_metrics.size;
        break;
    case VerticalAlign::Kind::super:
        extent.shift = -0.34 * parent_metrics.size;
        break;
    case VerticalAlign::Kind::text_top:
        extent.shift = extent.above - parent_metrics.ascent;
        break;
    case VerticalAlign::Kind::text_bottom:
        extent.shift = parent_metrics.descent - extent.below;
        break;
    case VerticalAlign::Kind::middle:
        extent.shift =
            -parent_metrics.font->metrics().x_height * parent_metrics.size / 2 - (extent.below - extent.above) / 2;
        break;
    case VerticalAlign::Kind::length:
        extent.shift = -value.length.resolve(own.above + own.below);
        break;
    case VerticalAlign::Kind::top:
    case VerticalAlign::Kind::bottom:
        extent.edge = value.kind;
        return extent;
    }
    extent.edge = parent.edge;
    extent.shift += parent.shift;
    return extent;
}

Extent const& LineBuilder::inline_extent(std::uint32_t index) {
    for (auto const& [known, extent] : inlines_) {
        if (known == index) return extent;
    }
    InlineContent::Inline const& box = content_.inlines[index];
    LineMetrics const& own = context_.metrics(*box.box->style);
    bool const nested = box.parent != InlineContent::none;
    Extent const parent = nested ? inline_extent(box.parent) : Extent{};
    LineMetrics const& parent_metrics =
        context_.metrics(nested ? *content_.inlines[box.parent].box->style : *block_.style);
    Extent const extent = align(box.box->style->vertical_align, {own.above, own.below}, own, parent, parent_metrics);
    inlines_.emplace_back(index, extent);
    return inlines_.back().second;
}

Extent LineBuilder::atomic_extent(InlineContent::Run const& run) {
    for (auto const& [known, extent] : atomics_) {
        if (known == run.box) return extent;
    }
    InlineContent::Atomic const& atomic = content_.atomics[run.atomic];
    bool const nested = run.parent != InlineContent::none;
    Extent const parent = nested ? inline_extent(run.parent) : Extent{};
    LineMetrics const& parent_metrics =
        context_.metrics(nested ? *content_.inlines[run.parent].box->style : *block_.style);
    LineMetrics const& own = context_.metrics(*atomic.box->style);
    Extent const extent =
        align(atomic.box->style->vertical_align, {atomic.above, atomic.below}, own, parent, parent_metrics);
    atomics_.emplace_back(run.box, extent);
    return extent;
}

Extent LineBuilder::extent_of(InlineContent::Run const& run) {
    if (run.atomic != InlineContent::none) return atomic_extent(run);
    return run.parent == InlineContent::none ? Extent{} : inline_extent(run.parent);
}

/// First what hangs on the baseline, then (`settle`) what is aligned with the line's own top or bottom.
void LineBuilder::include(Extent& extent, bool settle) {
    bool const on_edge = extent.edge == VerticalAlign::Kind::top || extent.edge == VerticalAlign::Kind::bottom;
    if (on_edge != settle) return;
    if (!on_edge) {
        above_ = std::max(above_, extent.above - extent.shift);
        below_ = std::max(below_, extent.below + extent.shift);
        return;
    }
    double const excess = extent.above + extent.below - above_ - below_;
    if (extent.edge == VerticalAlign::Kind::top) {
        below_ += std::max(0.0, excess);
        extent.shift = extent.above - above_;
    } else {
        above_ += std::max(0.0, excess);
        extent.shift = below_ - extent.below;
    }
}

void LineBuilder::measure_line(std::vector<text::Piece> const& pieces) {
    LineMetrics const& root = context_.metrics(*block_.style);
    above_ = root.above;
    below_ = root.below;
    if (content_.uniform) return;
    for (text::Piece const& piece : pieces) {
        InlineContent::Run const& run = content_.runs[piece.run];
        (void)extent_of(run);
        for (std::uint32_t at = run.parent; at != InlineContent::none; at = content_.inlines[at].parent) {
            (void)inline_extent(at);
        }
    }
    for (bool settle : {false, true}) {
        for (auto& [index, extent] : inlines_) include(extent, settle);
        for (auto& [box, extent] : atomics_) include(extent, settle);
    }
}

double LineBuilder::start_of_line(double used, bool last) const {
    css::ComputedStyle const& style = *block_.style;
    bool const rtl = style.direction == css::Direction::rtl;
    css::TextAlign align = style.text_align;
    if (last && style.text_align_last) {
        align = *style.text_align_last;
    } else if (align == css::TextAlign::justify) {
        align = css::TextAlign::start;
    }
    if (Aligned const* const column = content_.aligned; column && style.align_character != 0) {
        // The column's widest halves stand side by side as the keyword says, each line's character between them.
        double const before = width_before_character(content_, style.align_character, line_.begin, line_.end);
        double const spare = std::max(0.0, width_ - indent_ - column->before - column->after);
        bool const to_left =
            align == css::TextAlign::left || align == (rtl ? css::TextAlign::end : css::TextAlign::start);
        double const part = align == css::TextAlign::center ? 0.5 : to_left ? 0.0 : 1.0;
        return indent_ + std::max(0.0, spare * part + column->before - before);
    }
    double const rest = std::max(0.0, width_ - indent_ - used);
    switch (align) {
    case css::TextAlign::right:
        return indent_ + rest;
    case css::TextAlign::center:
        return indent_ + rest / 2;
    case css::TextAlign::end:
        return rtl ? 0 : indent_ + rest;
    case css::TextAlign::left:
        return indent_;
    default:
        return rtl ? rest : indent_;
    }
}

void LineBuilder::stretch_leaders(std::vector<text::Piece>& pieces) const {
    auto const is_leader = [&](text::Piece const& piece) { return content_.runs[piece.run].leader; };
    auto const count = std::count_if(pieces.begin(), pieces.end(), is_leader);
    double const share = count ? std::max(0.0, width_ - indent_ - line_.width) / static_cast<double>(count) : 0;
    double moved = 0;
    for (text::Piece& piece : pieces) {
        piece.x += moved;
        if (!is_leader(piece)) continue;
        piece.width += share;
        moved += share;
    }
}

Point LineBuilder::relative_of(std::uint32_t index) const {
    Point moved;
    for (; index != InlineContent::none; index = content_.inlines[index].parent) {
        Point const by = relative_offset(*content_.inlines[index].box, width_, std::nullopt);
        moved.x += by.x;
        moved.y += by.y;
    }
    return moved;
}

/// The colour with the opacity of the inline boxes around.
void LineBuilder::fade(Color& color, std::uint32_t index) const {
    for (; index != InlineContent::none; index = content_.inlines[index].parent) {
        double const opacity = content_.inlines[index].box->style->opacity;
        if (opacity < 1) color.a = static_cast<std::uint8_t>(std::lround(color.a * std::max(0.0, opacity)));
    }
}

/// Text of both directions: the edges of inline boxes go where the box is seen to begin and end, which depends on its
/// own direction and not on that of the text in it. https://www.w3.org/TR/CSS22/visuren.html#inline-boxes (8.6)
void LineBuilder::place_edges(std::vector<text::Piece>& pieces) {
    auto const within = [&](std::size_t piece, std::uint32_t index) {
        std::uint32_t at = content_.runs[pieces[piece].run].parent;
        while (at != InlineContent::none && at != index) at = content_.inlines[at].parent;
        return at == index;
    };
    struct Part {
        std::size_t first = 0, last = 0; // pieces
        std::size_t stretch = 0;
        double before = 0, after = 0; // edges
    };
    std::vector<Part> parts; // outer boxes first
    for (std::uint32_t i = 0; i < content_.inlines.size(); ++i) {
        InlineContent::Inline const& box = content_.inlines[i];
        bool begins = false, finishes = false;
        for (text::Piece const& piece : pieces) {
            begins = begins || (piece.run == box.first_run && piece.begin == content_.shaped.run_begin(piece.run));
            finishes = finishes || (piece.run + 1 == box.end_run && piece.end == content_.shaped.run_end(piece.run));
        }
        std::size_t const first_part = parts.size();
        for (std::size_t p = 0; p < pieces.size(); ++p) {
            if (!within(p, i)) continue;
            if (parts.size() > first_part && parts.back().last + 1 == p) {
                parts.back().last = p;
            } else {
                parts.push_back({p, p, stretches_.size(), 0, 0});
                stretches_.push_back({i, 0, 0, false, false});
            }
        }
        if (parts.size() == first_part) continue;
        bool const rtl = box.box->style->direction == css::Direction::rtl;
        Stretch& left = stretches_[parts[first_part].stretch];
        Stretch& right = stretches_.back();
        left.starts = rtl ? finishes : begins;
        right.ends = rtl ? begins : finishes;
        if (left.starts) parts[first_part].before = rtl ? box.trail : box.lead;
        if (right.ends) parts.back().after = rtl ? box.lead : box.trail;
    }
    double x = 0;
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        for (Part const& part : parts) {
            if (part.first != p) continue;
            stretches_[part.stretch].left = x;
            x += part.before;
        }
        pieces[p].x = x;
        x += pieces[p].width;
        for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
            if (part->last != p) continue;
            x += part->after;
            stretches_[part->stretch].right = x;
        }
    }
}

/// What does not fit makes room for an ellipsis at the end of the line, which is given back.
// https://www.w3.org/TR/css-overflow-4/#text-overflow
std::vector<Fragment> LineBuilder::add_ellipsis(std::vector<text::Piece>& pieces) {
    LineMetrics const& metrics = context_.metrics(*block_.style);
    double const room = width_ - indent_ - context_.shaper.width("\u2026", *metrics.font, metrics.size);
    std::size_t kept = 0;
    double end = 0;
    for (; kept < pieces.size(); ++kept) {
        text::Piece& piece = pieces[kept];
        if (piece.x + piece.width <= room + tolerance) {
            end = piece.x + piece.width;
            continue;
        }
        if (!piece.face) break; // an object goes as a whole
        double x = piece.x;
        std::size_t glyph = 0;
        while (glyph < piece.glyphs.size() && x + piece.glyphs[glyph].x_advance <= room + tolerance)
            x += piece.glyphs[glyph++].x_advance;
        while (glyph > 0 && glyph < piece.glyphs.size() &&
               piece.glyphs[glyph].cluster == piece.glyphs[glyph - 1].cluster)
            x -= piece.glyphs[--glyph].x_advance; // not in the middle of a cluster
        if (glyph == 0) break;
        if (!piece.rtl && glyph < piece.glyphs.size()) piece.end = piece.begin + piece.glyphs[glyph].cluster;
        piece.glyphs.resize(glyph);
        piece.width = x - piece.x;
        end = x;
        ++kept;
        break;
    }
    pieces.resize(kept);
    text::StyledRun run;
    run.text = "\u2026";
    run.font = metrics.font;
    run.size = metrics.size;
    text::ShapedText const shaped = context_.shaper.shape({&run, 1});
    std::vector<Fragment> dots;
    for (text::Piece& part : shaped.pieces(shaped.unbroken_line(0))) {
        Fragment fragment(Fragment::Kind::text, &block_, {x_ + end + part.x, above_}, {part.width, 0});
        fragment.run = std::make_unique<GlyphRun>();
        fragment.run->face = part.face;
        fragment.run->size = part.size;
        css::Color const& color = block_.style->color;
        fragment.run->color = {color.r, color.g, color.b, color.a};
        fragment.run->glyphs = std::move(part.glyphs);
        fragment.run->text = shaped.text();
        dots.push_back(std::move(fragment));
    }
    return dots;
}

/// The pieces of the inline boxes that this line touches, outer ones first.
void LineBuilder::add_inline_boxes(std::vector<text::Piece> const& pieces) {
    for (Stretch const& stretch : stretches_) {
        InlineContent::Inline const& box = content_.inlines[stretch.index];
        if (box.visible) add_inline_box(stretch);
    }
    if (content_.shaped.reordered()) return;
    for (std::uint32_t i = 0; i < content_.inlines.size(); ++i) {
        InlineContent::Inline const& box = content_.inlines[i];
        if (!box.visible || box.first_run == box.end_run) continue;
        double left = 1e9, right = -1e9;
        bool starts = false, ends = false;
        // Lead or trail of the boxes from this one inwards, where they begin or end in the same run.
        auto nested = [&](std::uint32_t run, bool begin) {
            double sum = 0;
            for (std::uint32_t at = content_.runs[run].parent; at != InlineContent::none;
                 at = content_.inlines[at].parent) {
                InlineContent::Inline const& in = content_.inlines[at];
                if (begin && in.first_run == run) sum += in.lead;
                if (!begin && in.end_run == run + 1) sum += in.trail;
                if (at == i) break;
            }
            return sum;
        };
        for (text::Piece const& piece : pieces) {
            if (piece.run < box.first_run || piece.run >= box.end_run) continue;
            bool const begins = piece.begin == content_.shaped.run_begin(piece.run);
            bool const finishes = piece.end == content_.shaped.run_end(piece.run);
            left = std::min(left, piece.x - (begins ? nested(piece.run, true) : 0));
            right = std::max(right, piece.x + piece.width + (finishes ? nested(piece.run, false) : 0));
            starts = starts || (begins && piece.run == box.first_run);
            ends = ends || (finishes && piece.run + 1 == box.end_run);
        }
        if (left > right) continue;
        add_inline_box({i, left, right, starts, ends});
    }
}

void LineBuilder::add_inline_box(Stretch const& stretch) {
    Box const& box = *content_.inlines[stretch.index].box;
    bool const rtl = box.style->direction == css::Direction::rtl;
    bool const starts = stretch.starts && !(rtl ? box.continued : box.continues);
    bool const ends = stretch.ends && !(rtl ? box.continues : box.continued);
    Edges const edges = edges_of(box, width_);
    LineMetrics const& metrics = context_.metrics(*box.style);
    double const left = stretch.left + (starts ? edges.margin.left : 0);
    double const right = stretch.right - (ends ? edges.margin.right : 0);
    double const top = above_ + inline_extent(stretch.index).shift - metrics.ascent - edges.top();
    Point const by = relative_of(stretch.index);
    Fragment fragment(Fragment::Kind::box, &box, {x_ + left + by.x, top + by.y},
                      {right - left, metrics.ascent + metrics.descent + edges.vertical()});
    fragment.start = starts;
    fragment.end = ends;
    box_.fragment.children.push_back(std::move(fragment));
}

void LineBuilder::add_text(text::Piece& piece) {
    InlineContent::Run const& run = content_.runs[piece.run];
    Point const by = relative_of(run.parent);
    Fragment fragment(Fragment::Kind::text, run.box, {x_ + piece.x + by.x, above_ + extent_of(run).shift + by.y},
                      {piece.width, 0});
    fragment.run = std::make_unique<GlyphRun>();
    GlyphRun& glyphs = *fragment.run;
    glyphs.face = piece.face;
    glyphs.size = piece.size;
    css::ComputedStyle const& style = *run.box->style;
    glyphs.color = {style.color.r, style.color.g, style.color.b, style.color.a};
    if (!content_.uniform) fade(glyphs.color, run.parent);
    // A face that is neither bold nor slanted, asked to be: https://www.w3.org/TR/css-fonts-4/#font-synthesis-intro
    glyphs.bold = style.font_weight >= 600 && piece.face->weight() < 600;
    glyphs.slanted = style.font_style != css::FontStyle::normal && !piece.face->italic();
    glyphs.rtl = piece.rtl;
    glyphs.spaced = run.box->style->letter_spacing > 0.08 * piece.size;
    glyphs.glyphs = std::move(piece.glyphs);
    glyphs.text = content_.shaped.text().substr(piece.begin, piece.end - piece.begin);
    if (run.box->node != 0 && piece.end == line_.end && drops_space()) {
        // Readers of the structure join the lines: the space between them is drawn where nobody sees it.
        if (std::uint16_t const space = piece.face->glyph(U' '); space != 0) {
            Glyph const blank{space, static_cast<std::uint32_t>(glyphs.text.size()), 0, 0, 0};
            glyphs.glyphs.insert(piece.rtl ? glyphs.glyphs.begin() : glyphs.glyphs.end(), blank);
            glyphs.text += ' ';
        }
    }
    box_.fragment.children.push_back(std::move(fragment));
}

/// True when white space or a line break ends the line and more text follows.
bool LineBuilder::drops_space() const {
    std::string const& text = content_.shaped.text();
    return line_.next > line_.end && line_.next < text.size() && (text[line_.end] == ' ' || text[line_.end] == '\n');
}

/// The pattern as often as it fits, on the right, so that the dots of several lines stand below each other.
void LineBuilder::add_leader(text::Piece const& piece) {
    Box const& box = *content_.runs[piece.run].box;
    LineMetrics const& metrics = context_.metrics(*box.style);
    double const unit = context_.shaper.width(box.text, *metrics.font, metrics.size);
    if (unit <= 0) return;
    auto const count = static_cast<std::size_t>(std::max(0.0, std::floor((piece.width + tolerance) / unit)));
    std::string pattern;
    for (std::size_t i = 0; i < count; ++i) pattern += box.text;
    if (pattern.empty()) return;
    text::StyledRun run;
    run.text = pattern;
    run.font = metrics.font;
    run.size = metrics.size;
    text::ShapedText const shaped = context_.shaper.shape({&run, 1});
    text::Line const line = shaped.unbroken_line(0);
    for (text::Piece& part : shaped.pieces(line)) {
        Fragment fragment(Fragment::Kind::text, &box,
                          {x_ + piece.x + piece.width - static_cast<double>(count) * unit + part.x,
                           above_ + extent_of(content_.runs[piece.run]).shift},
                          {part.width, 0});
        fragment.run = std::make_unique<GlyphRun>();
        fragment.run->face = part.face;
        fragment.run->size = part.size;
        fragment.run->color = {box.style->color.r, box.style->color.g, box.style->color.b, box.style->color.a};
        fragment.run->glyphs = std::move(part.glyphs);
        fragment.run->text = shaped.text().substr(part.begin, part.end - part.begin);
        box_.fragment.children.push_back(std::move(fragment));
    }
}

void LineBuilder::add_atomic(text::Piece const& piece, InlineContent::Run const& run) {
    Extent const extent = extent_of(run);
    Laid laid = take_atomic(context_, content_, run.atomic);
    Point const by = relative_of(run.parent);
    Point const own = relative_offset(*run.box, width_, std::nullopt);
    Point const at{x_ + piece.x + laid.margin.left + by.x + own.x,
                   above_ + extent.shift - extent.above + laid.margin.top + by.y + own.y};
    for (Pending pending : laid.pending) {
        box_.pending.push_back({pending.box, {pending.at.x + at.x, pending.at.y + at.y}});
    }
    laid.fragment.at = at;
    box_.fragment.children.push_back(std::move(laid.fragment));
}

LineBox LineBuilder::build() {
    bool const last = line_.kind == text::Break::Kind::forced || line_.kind == text::Break::Kind::end;
    double extra = 0, used = line_.width;
    bool const justify = block_.style->text_align == css::TextAlign::justify && !content_.has_leaders &&
                         (!last || block_.style->text_align_last == css::TextAlign::justify);
    if (justify) {
        unsigned const spaces = content_.shaped.spaces(line_);
        double const rest = width_ - indent_ - line_.width;
        if (spaces > 0 && rest > 0) {
            extra = rest / spaces;
            used = width_ - indent_;
        }
    }
    std::vector<text::Piece> pieces = content_.shaped.pieces(line_, extra);
    if (content_.has_leaders) {
        stretch_leaders(pieces);
        used = std::max(used, width_ - indent_);
    }
    if (content_.shaped.reordered() && !content_.inlines.empty()) place_edges(pieces);
    measure_line(pieces);
    x_ = start_of_line(used, last);
    box_.baseline = above_;
    box_.fragment = Fragment(Fragment::Kind::line, &block_, {}, {width_, above_ + below_});
    std::vector<Fragment> dots;
    if (block_.style->text_overflow_ellipsis && block_.style->overflow == css::Overflow::hidden &&
        line_.width > width_ - indent_ + tolerance)
        dots = add_ellipsis(pieces);
    // Tagged content stands in the order of reading.
    if (block_.node != 0) std::ranges::stable_sort(pieces, {}, &text::Piece::begin);
    if (!content_.inlines.empty()) add_inline_boxes(pieces);
    box_.fragment.children.reserve(box_.fragment.children.size() + pieces.size());
    for (text::Piece& piece : pieces) {
        InlineContent::Run const& run = content_.runs[piece.run];
        if (piece.face) {
            add_text(piece);
        } else if (run.leader) {
            add_leader(piece);
        } else if (run.atomic != InlineContent::none) {
            add_atomic(piece, run);
        } else if (run.deferred) {
            Point const by = relative_of(run.parent);
            box_.fragment.children.emplace_back(Fragment::Kind::deferred, run.box,
                                                Point{x_ + piece.x + by.x, above_ + extent_of(run).shift + by.y},
                                                Size{piece.width, 0});
        }
    }
    for (Fragment& fragment : dots) box_.fragment.children.push_back(std::move(fragment));
    return std::move(box_);
}

} // namespace

LineBox build_line(Context& context, Box const& block, InlineContent& content, text::Line const& line, double width,
                   double indent) {
    return LineBuilder(context, block, content, line, width, indent).build();
}

} // namespace deckle::layout
