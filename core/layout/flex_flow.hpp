/// The layout of one piece of a flex container. Inside core/layout/flex* only: flex.cpp walks lines and columns and
/// breaks them between pages, flex_whole.cpp shares the room of containers that stand on one page.
// https://www.w3.org/TR/css-flexbox-1/#layout-algorithm
#pragma once
#include "layout/block_frame.hpp"
#include "layout/flex_item.hpp"

namespace deckle::layout {

class FlexFlow {
public:
    FlexFlow(Context& context, Box const& box, Space const& space, Token const* token)
        : context_(context), box_(box), style_(*box.style), space_(space), token_(token), row_(is_row(style_)) {}

    Laid run() {
        std::size_t const stop = space_.stop ? space_.stop->index : 0;
        Laid laid = attempt(stop, stop ? space_.stop->quality : Quality::perfect);
        if (retry_) laid = attempt(std::exchange(retry_, 0), best_quality_);
        if (laid.token) place_positioned(context_, box_, laid, frame_.edges.border, space_);
        apply_break_inside(box_, laid);
        return laid;
    }

private:
    Laid attempt(std::size_t stop, Quality quality);
    std::vector<FlexLine> make_lines();
    css::Align align_of(FlexItem const& item) const;
    Space item_space(FlexItem const& item) const;
    bool rows(std::size_t stop, Quality quality);
    double line_cross(FlexLine& line, bool only_line, double& baseline);
    void place_row(FlexLine& line, double cross, double baseline, bool whole);
    std::vector<TokenPtr> split(FlexLine& line, bool resumed, bool must, bool& nothing);
    std::optional<bool> whole_rows(std::vector<FlexLine>& lines);
    bool whole_column(FlexLine& items);
    std::optional<bool> wrapped_columns(FlexLine& items);
    std::vector<FlexLine> split_columns(FlexLine& items, double limit);
    void place_columns(std::vector<FlexLine>& columns, double content);
    void relay(FlexItem& item, std::optional<double> width, std::optional<double> height);
    /// Shares `free` between `count` lines by align-content: room before the first, between them, added to each.
    void share_lines(double free, std::size_t count, double& start, double& between, double& more) const;
    bool column(FlexLine& items, std::size_t stop, Quality quality);
    void place_column_item(FlexItem& item, double y);
    void break_at(std::size_t index, Quality quality, TokenPtr inner, std::vector<TokenPtr> parts);
    void spread(css::Justify justify, double rest, std::size_t count, double& start, double& between) const;
    void put(FlexItem& item, Point at);

    Context& context_;
    Box const& box_;
    css::ComputedStyle const& style_;
    Space const& space_;
    Token const* token_;
    bool row_;

    Laid laid_;
    BlockFrame frame_;
    double gap_main_ = 0, gap_cross_ = 0;
    double y_ = 0;
    std::size_t placed_ = 0;
    std::size_t best_ = 0, retry_ = 0;
    Quality best_quality_ = Quality::last_resort;
};

} // namespace deckle::layout
