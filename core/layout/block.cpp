// Block flow: children below each other, margins collapsed, floats beside them, breaks at the best place.
// https://www.w3.org/TR/CSS22/visuren.html#block-formatting
#include "layout/block_frame.hpp"
#include "layout/explain.hpp"
#include "layout/float_layout.hpp"
#include <cmath>

namespace deckle::layout {
namespace {

class BlockFlow {
public:
    BlockFlow(Context& context, Box const& box, Space const& space, Token const* token)
        : context_(context), box_(box), space_(space), token_(token), own_floats_(box.own_context || !space.floats),
          floats_(own_floats_ ? &floats_here_ : space.floats), origin_(own_floats_ ? Point{} : space.at),
          floats_before_(floats_->count()) {}

    Laid run() {
        Laid laid = attempt(space_.stop);
        if (retry_) {
            floats_->forget(floats_before_);
            BreakPointPtr const stop = std::move(retry_);
            laid = attempt(stop.get());
        }
        if (context_.trace && laid.token && !laid.forced && is_avoided(box_.style->break_inside))
            context_.trace->note(BreakTrace::Why::kept_inside, box_);
        if (own_floats_) carry_floats(frame_, space_, *floats_, laid);
        if (laid.token) place_positioned(context_, box_, laid, piece_edges(), space_);
        apply_break_inside(box_, laid);
        return laid;
    }

private:
    Laid attempt(BreakPoint const* stop);
    /// False when the content ends here, with `laid_` complete.
    bool place(Box const& child, Token const* inner);
    bool place_float(Box const& child);
    void place_out_of_flow(Box const& child);
    bool forced_break(Box const& child);
    Space space_for(Box const& child, double& x, double& y);
    bool no_room(Box const& child, Laid* broken);
    void break_before(Box const& child, Quality quality);
    void finish();
    void place_marker();
    /// The borders of this piece: a continuation has none on top.
    Insets piece_edges() const {
        Insets border = frame_.edges.border;
        if (frame_.top == 0) border.top = 0;
        return border;
    }
    void keep(BreakPointPtr candidate) {
        if (!best_ || candidate->quality >= best_->quality) best_ = std::move(candidate);
    }

    Context& context_;
    Box const& box_;
    Space const& space_;
    Token const* token_;
    bool own_floats_;
    Floats floats_here_;
    Floats* floats_;
    Point origin_; // of this box in the coordinates of floats_
    std::size_t floats_before_;
    std::size_t floats_at_child_ = 0; // floats_->count() before the child in work
    /// A float in this box stands on this page.
    bool floated() const { return floats_->count() > floats_before_; }

    Laid laid_;
    BlockFrame frame_;
    BreakPoint const* stop_ = nullptr;
    BreakPointPtr best_;            // best break so far in this attempt
    BreakPointPtr retry_;           // where the next attempt has to break
    Box const* previous_ = nullptr; // in-flow sibling placed on this page
    double y_ = 0;                  // bottom border edge of what is placed
    MarginStrut strut_;             // margins below it
    bool open_top_ = false;         // margins of first children are already in ours
};

Laid BlockFlow::attempt(BreakPoint const* stop) {
    laid_ = Laid();
    frame_ = open_frame(context_, box_, space_, token_, laid_);
    stop_ = stop;
    best_.reset();
    previous_ = nullptr;
    y_ = frame_.top;
    strut_ = {};
    open_top_ = !token_ && !box_.own_context && frame_.edges.top() == 0;
    if (token_ && !token_->floats.empty()) resume_floats(context_, *token_, frame_, space_, *floats_, laid_);

    Box const* child = token_ ? token_->child : box_.first;
    Token const* inner = token_ ? token_->inner.get() : nullptr;
    for (; child; child = child->next, inner = nullptr) {
        bool goes_on = true;
        if (child->in_flow()) {
            goes_on = place(*child, inner);
        } else if (child->placement == Placement::floating) {
            goes_on = place_float(*child);
        } else {
            place_out_of_flow(*child);
        }
        if (!goes_on) return std::move(laid_);
    }
    finish();
    return std::move(laid_);
}

bool BlockFlow::forced_break(Box const& child) {
    if (!previous_ || !std::isfinite(space_.room)) return false;
    css::BreakKind kind = is_forced(child.break_before) ? child.break_before : previous_->break_after;
    bool const renamed = previous_->page_last != child.page_first;
    if (!is_forced(kind)) {
        if (!renamed) return false;
        kind = css::BreakKind::page;
        if (context_.trace) context_.trace->force(child, "page");
    } else if (context_.trace) {
        bool const own = is_forced(child.break_before);
        context_.trace->force(break_origin(own ? child : *previous_, own), own ? "break-before" : "break-after");
    }
    break_before(child, Quality::perfect);
    laid_.token->forced = true;
    laid_.forced = true;
    laid_.side = kind;
    laid_.page_name = child.page_first;
    return true;
}

void BlockFlow::break_before(Box const& child, Quality quality) {
    auto token = std::make_unique<Token>();
    token->child = &child;
    bool const resumed = token_ && token_->child == &child && !previous_;
    if (resumed && token_->inner) token->inner = clone(*token_->inner);
    break_frame(space_, frame_, std::move(token), quality, laid_);
}

/// The space of a child whose top border edge is at `y`; both may move away from floats.
Space BlockFlow::space_for(Box const& child, double& x, double& y) {
    Space space;
    space.width = frame_.width;
    space.height = frame_.height;
    x = frame_.edges.left();
    if (child.own_context && floats_->count() > 0) {
        double const left = origin_.x + x, right = left + frame_.width;
        Edges const edges = edges_of(child, frame_.width);
        auto const given =
            content_length(child.style->width, frame_.width, child.style->box_sizing, edges.horizontal());
        double const needed =
            given ? *given + edges.horizontal() + edges.margin.horizontal() : content_widths(context_, child).min;
        for (;;) {
            Floats::Gap const gap = floats_->gap(origin_.y + y, 1, left, right);
            double const next = floats_->next_edge(origin_.y + y) - origin_.y;
            if (gap.right - gap.left >= std::min(needed, frame_.width) - tolerance || next <= y) {
                x += gap.left - left;
                if (!given) space.width = std::max(0.0, gap.right - gap.left);
                break;
            }
            y = next;
        }
    }
    space.room = space_.room - y - frame_.reserve;
    space.page = space_.page - frame_.reserve;
    space.top = space_.top && !previous_ && !floated();
    if (!child.own_context) {
        space.floats = floats_;
    }
    space.at = {origin_.x + x, origin_.y + y}; // the left margin is added where it is known
    return space;
}

bool BlockFlow::place(Box const& child, Token const* inner) {
    if (forced_break(child)) return false;
    if (stop_ && stop_->before && stop_->box == &child) {
        break_before(child, stop_->quality);
        return false;
    }
    bool const after_break = token_ && token_->child == &child && !previous_ && (inner || !token_->forced);
    MarginStrut joined = strut_;
    if (!after_break && !(open_top_ && !previous_)) joined.add(top_margins(child, frame_.width));
    double y = y_ + joined.sum(), x = 0;
    if (child.style->clear != css::Clear::none) y = std::max(y, floats_->bottom(child.style->clear) - origin_.y);
    Space space = space_for(child, x, y);
    Edges const edges = edges_of(child, frame_.width);
    space.at.x += edges.margin.left;
    if (stop_ && stop_->box == &child) space.stop = stop_->inner.get();

    floats_at_child_ = floats_->count();
    Laid laid = layout_box(context_, child, space, inner);
    if (laid.empty) return no_room(child, nullptr);
    x += laid.margin.left;
    Point const by = relative_offset(child, frame_.width, frame_.height);
    Point const at{x + by.x, y + by.y};
    if (child.collapses && !laid.token) {
        strut_ = joined;
        adopt(laid_, std::move(laid), at);
        return true;
    }
    if (laid.token) {
        if (laid.forced || space.stop) {
            bool const forced = laid.forced;
            auto token = std::make_unique<Token>();
            token->child = &child;
            token->inner = std::move(laid.token);
            Quality const quality = laid.quality;
            css::BreakKind const side = laid.side;
            std::string_view const name = laid.page_name;
            adopt(laid_, std::move(laid), at);
            break_frame(space_, frame_, std::move(token), quality, laid_);
            laid_.forced = forced;
            laid_.side = side;
            laid_.page_name = name;
            return false;
        }
        laid.fragment.at = at;
        return no_room(child, &laid);
    }
    if (previous_) {
        auto candidate = std::make_unique<BreakPoint>();
        candidate->box = &child;
        candidate->before = true;
        candidate->quality = between(*previous_, child);
        keep(std::move(candidate));
    }
    if (laid.inside) {
        auto candidate = std::make_unique<BreakPoint>();
        candidate->box = &child;
        candidate->quality = laid.inside->quality;
        candidate->inner = std::move(laid.inside);
        keep(std::move(candidate));
    }
    if (laid.first_baseline && !laid_.first_baseline) laid_.first_baseline = y + *laid.first_baseline;
    if (laid.last_baseline) laid_.last_baseline = y + *laid.last_baseline;
    y_ = y + laid.fragment.size.height;
    strut_ = laid.bottom;
    previous_ = &child;
    adopt(laid_, std::move(laid), at);
    return true;
}

/// The child does not fit: it broke inside (`broken`) or has to begin on the next page. Always returns false, with
/// the better of: its own break, the break before it, an earlier one.
bool BlockFlow::no_room(Box const& child, Laid* broken) {
    Quality const inside = broken ? broken->quality : Quality::last_resort;
    Quality const before = previous_ ? between(*previous_, child) : Quality::last_resort;
    Quality const earlier = best_ && !stop_ ? best_->quality : Quality::last_resort;
    bool const can_inside = broken != nullptr, can_before = previous_ != nullptr || floats_at_child_ > floats_before_;
    if (context_.trace) {
        context_.trace->lack(child, 0);
        if (!can_inside && before == Quality::avoided) {
            bool const after = is_avoided(previous_->break_after);
            context_.trace->note(after ? BreakTrace::Why::kept_with_next : BreakTrace::Why::kept_with_previous,
                                 after ? *previous_ : child);
        }
    }
    if (best_ && !stop_ && (!can_inside || earlier > inside) && (!can_before || earlier > before)) {
        retry_ = std::move(best_);
        return false;
    }
    if (can_inside && (!can_before || inside >= before)) {
        auto token = std::make_unique<Token>();
        token->child = &child;
        token->inner = std::move(broken->token);
        Point const at = broken->fragment.at;
        if (broken->first_baseline && !laid_.first_baseline) laid_.first_baseline = at.y + *broken->first_baseline;
        adopt(laid_, std::move(*broken), at);
        if (box_.marker && !token_) place_marker();
        break_frame(space_, frame_, std::move(token), inside, laid_);
        return false;
    }
    floats_->forget(floats_at_child_);
    if (can_before) {
        if (box_.marker && !token_) place_marker();
        break_before(child, before);
        return false;
    }
    laid_.empty = true;
    return false;
}

bool BlockFlow::place_float(Box const& child) {
    floats_at_child_ = floats_->count();
    FloatPlace const place{frame_, space_, origin_, y_ + strut_.sum(), previous_ || floated() || !space_.top};
    if (!layout::place_float(context_, child, place, *floats_, laid_)) return no_room(child, nullptr);
    return true;
}

void BlockFlow::place_out_of_flow(Box const& child) {
    Point const at{frame_.edges.left(), y_ + strut_.sum()};
    if (child.placement == Placement::running) {
        laid_.fragment.children.emplace_back(Fragment::Kind::event, &child, at, Size{});
    } else {
        laid_.pending.push_back({&child, at});
    }
}

/// A list marker stands left of the content, on the baseline of the first line.
void BlockFlow::place_marker() {
    Space space;
    space.width = frame_.width;
    space.shrink = true;
    space.top = true;
    Laid marker = layout_box(context_, *box_.marker, space, nullptr);
    double const own = marker.first_baseline.value_or(marker.fragment.size.height);
    double const y = laid_.first_baseline ? *laid_.first_baseline - own : frame_.top;
    if (!laid_.first_baseline) {
        laid_.first_baseline = frame_.top + own;
        if (!previous_) y_ = std::max(y_, frame_.top + marker.fragment.size.height);
    }
    bool const rtl = box_.style->direction == css::Direction::rtl;
    double const x = rtl ? frame_.edges.left() + frame_.width : frame_.edges.left() - marker.fragment.size.width;
    adopt(laid_, std::move(marker), {x, y});
}

void BlockFlow::finish() {
    if (box_.marker && !token_) place_marker();
    bool const open_bottom = !box_.own_context && frame_.edges.bottom() == 0 && !frame_.height &&
                             !(box_.style->min_height.is_value() && box_.style->min_height.points > 0);
    double bottom = y_;
    laid_.bottom.add(frame_.edges.margin.bottom);
    if (open_bottom) {
        laid_.bottom.add(strut_);
    } else {
        bottom += previous_ || !open_top_ ? strut_.sum() : 0;
    }
    if (own_floats_ && !floats_->carries()) bottom = std::max(bottom, floats_->bottom(css::Clear::both));
    Fit const fit = close_frame(box_, space_, frame_, bottom, laid_);
    if (fit == Fit::too_high) {
        if (context_.trace) context_.trace->lack(box_, laid_.fragment.size.height - space_.room);
        if (best_ && !stop_) {
            retry_ = std::move(best_);
            return;
        }
        if (!space_.top && !stop_) {
            laid_.empty = true;
            return;
        }
    }
    if (fit != Fit::split) laid_.inside = std::move(best_);
    if (fit != Fit::split) place_positioned(context_, box_, laid_, piece_edges(), space_);
}

} // namespace

Laid layout_block(Context& context, Box const& box, Space const& space, Token const* token) {
    return BlockFlow(context, box, space, token).run();
}

} // namespace deckle::layout
