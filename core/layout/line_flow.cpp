// A block container with inline content: lines below each other, beside floats, broken between pages with orphans and
// widows in mind. Only as many lines are made as fit, and `widows` more.
#include "layout/explain.hpp"
#include "layout/float_layout.hpp"
#include "layout/lines.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::layout {
namespace {

class LineFlow {
public:
    LineFlow(Context& context, Box const& box, Space const& space, Token const* token)
        : context_(context), box_(box), space_(space), token_(token), own_floats_(box.own_context || !space.floats),
          floats_(own_floats_ ? &floats_here_ : space.floats), origin_(own_floats_ ? Point{} : space.at),
          floats_before_(floats_->count()) {}

    Laid run();

private:
    Laid flow();
    /// The borders of this piece: a continuation has none on top.
    Insets piece_edges() const {
        Insets border = frame_.edges.border;
        if (frame_.top == 0) border.top = 0;
        return border;
    }

    /// The state before a line, to go back to.
    struct Mark {
        std::uint32_t offset = 0;
        double y = 0;
        std::size_t children = 0, pending = 0, floats = 0, attachment = 0;
    };
    Mark mark() const;
    void back_to(Mark const& mark);
    bool add_line();
    bool place_attachments(text::Line const& line, double top);
    bool hold(InlineContent::Attachment const& attachment, Point at);
    void place_held(Fragment const& line);
    bool place_float(Box const& box, double top);
    text::Line next_line(std::uint32_t begin, double available) const;
    bool at_end() const { return offset_ >= content_->shaped.text().size(); }
    std::size_t lines_left(std::size_t limit);
    void break_at(std::size_t lines, Quality quality);
    void out_of_room();
    std::pair<std::size_t, Quality> best_break(std::size_t placed, std::size_t left) const;
    void place_marker();
    void finish();

    Context& context_;
    Box const& box_;
    Space const& space_;
    Token const* token_;
    bool own_floats_;
    Floats floats_here_;
    Floats* floats_;
    Point origin_;
    std::size_t floats_before_;

    Laid laid_;
    BlockFrame frame_;
    InlineContent* content_ = nullptr;
    std::uint32_t offset_ = 0;
    std::size_t attachment_ = 0; // next one to place
    double y_ = 0;
    bool no_room_ = false;                             // the line, or a float in it, ends below the page
    std::vector<std::pair<Box const*, Pending>> held_; // positioned boxes of the line in work, by their inline box
    std::vector<Mark> marks_;                          // one before each line
};

LineFlow::Mark LineFlow::mark() const {
    return {offset_, y_, laid_.fragment.children.size(), laid_.pending.size(), floats_->count(), attachment_};
}

void LineFlow::back_to(Mark const& mark) {
    offset_ = mark.offset;
    y_ = mark.y;
    laid_.fragment.children.resize(mark.children);
    laid_.pending.resize(mark.pending);
    floats_->forget(mark.floats);
    attachment_ = mark.attachment;
}

text::Line LineFlow::next_line(std::uint32_t begin, double available) const {
    text::Line const line = content_->shaped.line(begin, available, content_->anywhere || content_->break_all);
    bool const stays = !content_->break_all || line.kind == text::Break::Kind::forced ||
                       line.kind == text::Break::Kind::end || line.inside_word;
    return stays ? line : content_->shaped.full_line(line, available);
}

bool LineFlow::place_float(Box const& box, double top) {
    bool const something = marks_.size() > 1 || !space_.top || floats_->count() > floats_before_;
    return layout::place_float(context_, box, {frame_, space_, origin_, top, something}, *floats_, laid_);
}

/// What is anchored in the line; true when a float was added, so that the line has to be made anew.
bool LineFlow::place_attachments(text::Line const& line, double top) {
    auto const& list = content_->attachments;
    bool const last = line.next >= content_->shaped.text().size();
    bool changed = false;
    for (; attachment_ < list.size() && (list[attachment_].offset < line.next || last); ++attachment_) {
        Box const& box = *list[attachment_].box;
        double const x = frame_.edges.left() +
                         (list[attachment_].offset >= line.begin
                              ? content_->shaped.x_at(list[attachment_].offset) - content_->shaped.x_at(line.begin)
                              : 0);
        switch (box.placement) {
        case Placement::floating:
            if (!place_float(box, top)) {
                no_room_ = true;
                return false;
            }
            changed = true;
            break;
        case Placement::absolute:
        case Placement::fixed:
            if (list[attachment_].parent == InlineContent::none || !hold(list[attachment_], {x, top}))
                laid_.pending.push_back({&box, {x, top}});
            break;
        default:
            laid_.fragment.children.emplace_back(Fragment::Kind::event, &box, Point{x, top}, Size{});
            break;
        }
    }
    return changed;
}

/// Keeps a positioned box whose containing block is an inline box until the line is built; false when there is none.
bool LineFlow::hold(InlineContent::Attachment const& attachment, Point at) {
    if (attachment.box->placement == Placement::fixed) return false;
    for (std::uint32_t i = attachment.parent; i != InlineContent::none; i = content_->inlines[i].parent) {
        if (!content_->inlines[i].box->positioned()) continue;
        held_.emplace_back(content_->inlines[i].box, Pending{attachment.box, at});
        return true;
    }
    return false;
}

/// The containing block is the padding box of the inline box's piece on this line.
void LineFlow::place_held(Fragment const& line) {
    for (auto const& [inline_box, pending] : std::exchange(held_, {})) {
        Rect block{pending.at.x, pending.at.y, 0, line.size.height};
        for (Fragment const& piece : line.children) {
            if (piece.box != inline_box || piece.kind != Fragment::Kind::box) continue;
            Edges const edges = edges_of(*inline_box, frame_.width);
            Rect const border_box{line.at.x + piece.at.x, line.at.y + piece.at.y, piece.size.width, piece.size.height};
            block = {border_box.x + (piece.start ? edges.border.left : 0), border_box.y + edges.border.top,
                     border_box.width - (piece.start ? edges.border.left : 0) - (piece.end ? edges.border.right : 0),
                     border_box.height - edges.border.vertical()};
        }
        Laid placed;
        placed.pending.push_back(pending);
        place_pending(context_, block, placed, false, space_.room, space_.page);
        for (Fragment& fragment : placed.fragment.children) laid_.fragment.children.push_back(std::move(fragment));
        laid_.pending.insert(laid_.pending.end(), placed.pending.begin(), placed.pending.end());
    }
}

bool LineFlow::add_line() {
    marks_.push_back(mark());
    held_.clear();
    LineMetrics const& metrics = context_.metrics(*box_.style);
    double const strut = metrics.above + metrics.below;
    double const left = origin_.x + frame_.edges.left(), right = left + frame_.width;
    bool const first = offset_ == 0;
    double const indent =
        first && box_.style->text_indent.is_value() ? box_.style->text_indent.resolve(frame_.width) : 0;
    double top = y_;
    Floats::Gap gap{left, right};
    text::Line line;
    for (;;) {
        gap = floats_->count() ? floats_->gap(origin_.y + top, strut, left, right) : Floats::Gap{left, right};
        line = next_line(offset_, gap.right - gap.left - indent);
        double const next = floats_->count() ? floats_->next_edge(origin_.y + top) - origin_.y : top;
        if (line.overflow && next > top && gap.right - gap.left < frame_.width - tolerance) {
            top = next; // below the float there is more width
            continue;
        }
        if (!place_attachments(line, top)) break;
    }
    if (no_room_) return false;
    LineBox built = build_line(context_, box_, *content_, line, gap.right - gap.left, indent);
    double const height = built.fragment.size.height;
    bool const must = marks_.size() == 1 && space_.top && floats_->count() == floats_before_;
    if (top + height > space_.room - frame_.reserve + tolerance && !must) {
        if (context_.trace) context_.trace->lack(box_, top + height - space_.room + frame_.reserve);
        return false;
    }
    Point const at{gap.left - origin_.x, top};
    if (!laid_.first_baseline) laid_.first_baseline = top + built.baseline;
    laid_.last_baseline = top + built.baseline;
    for (Pending const& pending : built.pending) {
        laid_.pending.push_back({pending.box, {pending.at.x + at.x, pending.at.y + at.y}});
    }
    built.fragment.at = at;
    laid_.fragment.children.push_back(std::move(built.fragment));
    if (!held_.empty()) {
        Fragment placed = std::move(laid_.fragment.children.back()); // the list may grow
        laid_.fragment.children.pop_back();
        std::size_t const place = laid_.fragment.children.size();
        place_held(placed);
        laid_.fragment.children.insert(laid_.fragment.children.begin() + static_cast<std::ptrdiff_t>(place),
                                       std::move(placed));
    }
    offset_ = std::max(line.next, offset_ + 1); // progress, whatever the text says
    y_ = top + height;
    return true;
}

/// Lines still to come, at most `limit`.
std::size_t LineFlow::lines_left(std::size_t limit) {
    std::size_t count = 0;
    std::uint32_t at = offset_;
    while (count < limit && at < content_->shaped.text().size()) {
        at = std::max(at + 1, next_line(at, frame_.width).next);
        ++count;
    }
    return count;
}

/// After how many of `placed` lines to break when `left` more follow.
std::pair<std::size_t, Quality> LineFlow::best_break(std::size_t placed, std::size_t left) const {
    auto const orphans = static_cast<std::size_t>(std::max(1, box_.style->orphans));
    auto const widows = static_cast<std::size_t>(std::max(1, box_.style->widows));
    std::size_t at = placed;
    if (left < widows) at = placed > widows - left ? placed - (widows - left) : 0;
    if (at >= orphans) return {at, Quality::perfect};
    std::size_t const any = left > 0 ? placed : placed - 1;
    return {any, any > 0 ? Quality::lines_alone : Quality::last_resort};
}

void LineFlow::break_at(std::size_t lines, Quality quality) {
    if (lines < marks_.size()) {
        back_to(marks_[lines]);
        marks_.resize(lines);
    }
    auto token = std::make_unique<Token>();
    token->offset = offset_;
    token->index = attachment_;
    if (box_.marker && !token_) place_marker();
    break_frame(space_, frame_, std::move(token), quality, laid_);
}

void LineFlow::out_of_room() {
    if (marks_.size() == 1 && space_.top && floats_->count() > floats_before_) { // its floats fill the page
        for (auto const& [inline_box, pending] : std::exchange(held_, {})) laid_.pending.push_back(pending);
        marks_.clear();
        break_at(0, Quality::last_resort);
        return;
    }
    back_to(marks_.back());
    marks_.pop_back();
    std::size_t const placed = marks_.size();
    if (placed == 0) {
        laid_.empty = true;
        return;
    }
    auto const [lines, quality] =
        best_break(placed, lines_left(static_cast<std::size_t>(std::max(1, box_.style->widows))));
    if (context_.trace) {
        if (lines < placed || quality < Quality::perfect) context_.trace->note(BreakTrace::Why::orphans, box_);
        if (is_avoided(box_.style->break_inside)) context_.trace->note(BreakTrace::Why::kept_inside, box_);
    }
    break_at(lines, quality);
}

void LineFlow::place_marker() {
    Space space;
    space.width = frame_.width;
    space.shrink = true;
    space.top = true;
    Laid marker = layout_box(context_, *box_.marker, space, nullptr);
    double const own = marker.first_baseline.value_or(marker.fragment.size.height);
    double const y = laid_.first_baseline.value_or(frame_.top + own) - own;
    y_ = std::max(y_, frame_.top + (laid_.first_baseline ? 0 : marker.fragment.size.height));
    bool const rtl = box_.style->direction == css::Direction::rtl;
    double const x = rtl ? frame_.edges.left() + frame_.width : frame_.edges.left() - marker.fragment.size.width;
    adopt(laid_, std::move(marker), {x, y});
}

Laid LineFlow::run() {
    Laid laid = flow();
    if (own_floats_) carry_floats(frame_, space_, *floats_, laid);
    if (laid.token) place_positioned(context_, box_, laid, piece_edges(), space_);
    apply_break_inside(box_, laid);
    content_->finished = !laid.token && !laid.empty;
    return laid;
}

Laid LineFlow::flow() {
    frame_ = open_frame(context_, box_, space_, token_, laid_);
    content_ = &inline_content(context_, box_, frame_.width, frame_.height);
    content_->aligned = space_.aligned;
    y_ = frame_.top;
    if (token_) {
        offset_ = token_->offset;
        attachment_ = token_->index;
        if (token_->finished) { // only height is left, or a float
            offset_ = static_cast<std::uint32_t>(content_->shaped.text().size());
            attachment_ = content_->attachments.size();
        }
        if (!token_->floats.empty()) resume_floats(context_, *token_, frame_, space_, *floats_, laid_);
    }
    bool const empty = (token_ && token_->finished) || (!box_.marker && !makes_line(box_));
    std::size_t const stop = space_.stop ? space_.stop->index : 0;
    while (!empty && !at_end()) {
        if (stop && marks_.size() == stop) {
            break_at(stop, space_.stop->quality);
            return std::move(laid_);
        }
        if (!add_line()) {
            out_of_room();
            return std::move(laid_);
        }
    }
    text::Line rest;
    rest.begin = rest.end = rest.next = offset_;
    (void)place_attachments(rest, y_);
    if (no_room_) { // a float after the last line waits for the next page
        if (marks_.empty() && floats_->count() == floats_before_ && !token_) {
            laid_.empty = true;
        } else {
            break_at(marks_.size(), Quality::perfect);
        }
        return std::move(laid_);
    }
    finish();
    return std::move(laid_);
}

void LineFlow::finish() {
    if (box_.marker && !token_) place_marker();
    laid_.bottom.add(frame_.edges.margin.bottom);
    double const bottom = own_floats_ && !floats_->carries() ? std::max(y_, floats_->bottom(css::Clear::both)) : y_;
    std::size_t const placed = marks_.size();
    auto const [lines, quality] = placed > 1 ? best_break(placed, 0) : std::pair(std::size_t{0}, Quality::last_resort);
    Fit const fit = close_frame(box_, space_, frame_, bottom, laid_);
    if (fit == Fit::too_high && !space_.stop) {
        if (lines > 0 && lines < placed) {
            break_at(lines, quality);
            return;
        }
        if (!space_.top) {
            laid_.empty = true;
            return;
        }
    }
    if (fit != Fit::split && lines > 0 && lines < placed) {
        laid_.inside = std::make_unique<BreakPoint>();
        laid_.inside->box = &box_;
        laid_.inside->index = lines;
        laid_.inside->quality = quality;
    }
    if (fit != Fit::split) place_positioned(context_, box_, laid_, piece_edges(), space_);
}

} // namespace

Laid layout_lines(Context& context, Box const& box, Space const& space, Token const* token) {
    return LineFlow(context, box, space, token).run();
}

} // namespace deckle::layout
