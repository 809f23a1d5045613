// Collects the inline content of a block container: white space collapsed, one StyledRun per text box, atomic boxes as
// objects, inline boxes as lead and trail of the runs at their ends.
// https://www.w3.org/TR/css-text-3/#white-space-rules
#include "layout/inline_content.hpp"
#include "base/text.hpp"
#include "layout/aggregates.hpp"
#include "layout/text_transform.hpp"
#include "layout/used.hpp"
#include "text/utf8.hpp"
#include <algorithm>
#include <cmath>
#include <utility>

namespace deckle::layout {
namespace {

using css::WhiteSpace;

bool collapses_spaces(WhiteSpace space) {
    return space == WhiteSpace::normal || space == WhiteSpace::nowrap || space == WhiteSpace::pre_line;
}
bool keeps_lines(WhiteSpace space) {
    return space != WhiteSpace::normal && space != WhiteSpace::nowrap;
}
bool wraps(WhiteSpace space) {
    return space != WhiteSpace::nowrap && space != WhiteSpace::pre;
}

class Collector {
public:
    Collector(Context& context, Box const& box, double width, std::optional<double> height, bool measure_only,
              bool minimum)
        : context_(context), width_(width), measure_only_(measure_only), minimum_(minimum) {
        content_.width = width;
        content_.height = height;
        content_.anywhere = box.style->overflow_wrap != css::OverflowWrap::normal;
        content_.break_all =
            box.style->word_break == css::WordBreak::break_all || box.style->line_break == css::LineBreakRule::anywhere;
        children(box, InlineContent::none);
        // The views are made only now, as the buffer grew until here.
        for (std::size_t i = 0; i < styled_.size(); ++i) {
            std::size_t const end = i + 1 < begins_.size() ? begins_[i + 1] : buffer_.size();
            styled_[i].text = std::string_view(buffer_).substr(begins_[i], end - begins_[i]);
        }
        for (InlineContent::Inline const& box_ends : content_.inlines) {
            if (box_ends.first_run >= styled_.size()) continue;
            styled_[box_ends.first_run].lead += box_ends.lead;
            // an empty inline box has no runs of its own, perhaps none before it
            styled_[box_ends.end_run > box_ends.first_run ? box_ends.end_run - 1 : box_ends.first_run].trail +=
                box_ends.trail;
        }
    }

    std::vector<text::StyledRun> const& styled() const { return styled_; }
    InlineContent& content() { return content_; }
    double float_min = 0, float_sum = 0; // margin boxes of the floats met

private:
    void children(Box const& box, std::uint32_t parent) {
        for (Box const* child = box.first; child; child = child->next) this->child(*child, parent);
    }

    void child(Box const& box, std::uint32_t parent) {
        if (box.varies && !measure_only_ && box.level == Level::inline_ && context_.hides(box)) return;
        if (!box.in_flow()) {
            if (measure_only_) {
                if (box.placement != Placement::floating) return;
                Widths const widths = content_widths(context_, box);
                float_min = std::max(float_min, widths.min);
                float_sum += widths.max;
            } else {
                content_.attachments.push_back({&box, static_cast<std::uint32_t>(buffer_.size()), parent});
            }
            return;
        }
        switch (box.kind) {
        case BoxKind::text:
            if (box.deferred) return deferred(box, parent);
            return box.leader ? leader(box, parent) : text(box, parent);
        case BoxKind::line_break:
            begin_run(box, parent);
            buffer_ += '\n';
            after_space_ = true;
            return;
        case BoxKind::inline_box:
            return inline_box(box, parent);
        default:
            return atomic(box, parent);
        }
    }

    text::StyledRun& begin_run(Box const& box, std::uint32_t parent) {
        LineMetrics const& metrics = context_.metrics(*box.style);
        text::StyledRun run;
        run.font = metrics.font;
        run.size = metrics.size;
        run.letter_spacing = static_cast<float>(box.style->letter_spacing);
        run.word_spacing = static_cast<float>(box.style->word_spacing);
        run.wrap = wraps(box.style->white_space);
        run.keep_all = box.style->word_break == css::WordBreak::keep_all;
        styled_.push_back(run);
        begins_.push_back(buffer_.size());
        content_.runs.push_back({&box, parent, InlineContent::none, false, false});
        return styled_.back();
    }

    void text(Box const& box, std::uint32_t parent) {
        begin_run(box, parent);
        if (!makes_small_capitals(box)) return add(box.text, box, parent);
        // The face has none: capitals of a smaller size. https://www.w3.org/TR/css-fonts-4/#font-variant-caps-prop
        bool small = false;
        for (std::size_t i = 0; i < box.text.size();) {
            std::size_t end = i + 1;
            while (end < box.text.size() && (static_cast<unsigned char>(box.text[end]) & 0xC0U) == 0x80U) ++end;
            std::string_view const letter = box.text.substr(i, end - i);
            std::string const capital = transform_text(letter, css::TextTransform::uppercase, box.style->language);
            bool const was_small = std::exchange(small, capital != letter);
            if (small != was_small && i > 0) begin_run(box, parent);
            if (small) styled_.back().size = static_cast<float>(box.style->font_size * 0.75);
            add(capital, box, parent);
            i = end;
        }
    }

    bool makes_small_capitals(Box const& box) {
        auto const& features = box.style->font_features;
        return std::any_of(features.begin(), features.end(),
                           [](css::FontFeature const& f) { return f.tag == "smcp" && f.value != 0; }) &&
               !context_.metrics(*box.style).font->primary().substitutes("smcp");
    }

    void add(std::string_view text, Box const& box, std::uint32_t parent) {
        WhiteSpace const space = box.style->white_space;
        bool const collapse = collapses_spaces(space), lines = keeps_lines(space);
        bool const no_hyphens = box.style->hyphens == css::Hyphens::none;
        for (char const& c : text) {
            if (c == '\r') continue;
            if (c == '\n' && lines) {
                if (collapse) drop_trailing_space();
                buffer_ += '\n';
                after_space_ = true;
                joined_ = false;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\f') {
                if (!collapse) {
                    if (c == '\t') {
                        tab(box, parent);
                    } else {
                        buffer_ += ' ';
                        after_space_ = false;
                    }
                    continue;
                }
                joined_ = joined_ || c == '\n';
                if (!after_space_) {
                    buffer_ += ' ';
                    after_space_ = true;
                }
            } else {
                if (joined_) join_lines(text.substr(static_cast<std::size_t>(&c - text.data())));
                buffer_ += c;
                after_space_ = false;
                if (no_hyphens && buffer_.ends_with("\u00AD")) buffer_.resize(buffer_.size() - 2);
            }
        }
    }

    /// A line end between Chinese or Japanese characters is no space.
    // https://www.w3.org/TR/css-text-3/#line-break-transform
    void join_lines(std::string_view next) {
        joined_ = false;
        if (static_cast<unsigned char>(next.front()) < 0xE2 || buffer_.size() < 4 || buffer_.back() != ' ' ||
            begins_.back() == buffer_.size())
            return;
        std::size_t before = buffer_.size() - 2, at = 0;
        while (before > 0 && (static_cast<unsigned char>(buffer_[before]) & 0xC0U) == 0x80U) --before;
        if (is_wide(text::next_character(buffer_, before)) && is_wide(text::next_character(next, at)))
            buffer_.pop_back();
    }

    /// East Asian and not Hangul, which has spaces between words.
    static bool is_wide(char32_t c) {
        return (c >= 0x2E80 && c <= 0x312F) || (c >= 0x3190 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
               (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
    }

    /// A space as wide as it takes to reach the next multiple of tab-size from the start of the line.
    // https://www.w3.org/TR/css-text-3/#tab-size-property
    void tab(Box const& box, std::uint32_t parent) {
        LineMetrics const& metrics = context_.metrics(*box.style);
        double const space = context_.shaper.width(" ", *metrics.font, metrics.size);
        double const size = box.style->tab_size;
        double const stop = size < 0 ? -size : size * (space + box.style->letter_spacing + box.style->word_spacing);
        double const x = line_width();
        double const next = stop > 0 ? (std::floor((x + space / 2) / stop) + 1) * stop : x;
        text::StyledRun& run = begin_run(box, parent);
        run.letter_spacing = 0;
        run.word_spacing = static_cast<float>(next - x - space);
        buffer_ += ' ';
        after_space_ = false;
        begin_run(box, parent);
    }

    /// How wide the text since the last line end is.
    double line_width() {
        std::size_t const newline = buffer_.rfind('\n');
        std::size_t const from = newline == std::string::npos ? 0 : newline + 1;
        std::vector<text::StyledRun> runs;
        for (std::size_t i = 0; i < styled_.size(); ++i) {
            std::size_t const begin = std::max(from, begins_[i]);
            std::size_t const end = i + 1 < begins_.size() ? begins_[i + 1] : buffer_.size();
            if (begin >= end) continue;
            runs.push_back(styled_[i]);
            runs.back().text = std::string_view(buffer_).substr(begin, end - begin);
        }
        if (runs.empty()) return 0;
        text::ShapedText const shaped = context_.shaper.shape(runs);
        return shaped.x_at(static_cast<std::uint32_t>(shaped.text().size()));
    }

    void drop_trailing_space() {
        if (!buffer_.empty() && buffer_.back() == ' ' && buffer_.size() > begins_.back()) buffer_.pop_back();
    }

    void leader(Box const& box, std::uint32_t parent) {
        object(box, parent, 0);
        content_.runs.back().leader = true;
        content_.has_leaders = true;
    }

    void deferred(Box const& box, std::uint32_t parent) {
        object(box, parent, context_.aggregates ? context_.aggregates->width(context_, box) : 0);
        content_.runs.back().deferred = true;
    }

    void object(Box const& box, std::uint32_t parent, double width) {
        text::StyledRun& run = begin_run(box, parent);
        run.object_width = static_cast<float>(width);
        run.letter_spacing = run.word_spacing = 0;
        buffer_ += "\uFFFC";
        after_space_ = false;
    }

    void inline_box(Box const& box, std::uint32_t parent) {
        Edges const edges = edges_of(box, width_);
        css::ComputedStyle const& style = *box.style;
        auto const index = static_cast<std::uint32_t>(content_.inlines.size());
        InlineContent::Inline made;
        made.box = &box;
        made.parent = parent;
        made.first_run = static_cast<std::uint32_t>(styled_.size());
        double const left = edges.margin.left + edges.left(),
                     right = edges.margin.right + edges.border.right + edges.padding.right;
        bool const rtl = style.direction == css::Direction::rtl;
        if (!box.continues) made.lead = static_cast<float>(rtl ? right : left);
        if (!box.continued) made.trail = static_cast<float>(rtl ? left : right);
        made.visible = style.background_color.a != 0 || !style.background.empty() || style.border.top.width > 0 ||
                       style.border.right.width > 0 || style.border.bottom.width > 0 || style.border.left.width > 0 ||
                       style.outline.width > 0 || !style.sum_entries.empty() || box.positioned() ||
                       box.tag(html::Tag::a) || !style.string_set.empty() ||
                       (box.element && !box.pseudo && !box.element->id.empty());
        content_.uniform = false;
        content_.inlines.push_back(made);
        std::string_view const closing = style.unicode_bidi == css::UnicodeBidi::normal ? "" : open_bidi(box, index);
        children(box, index);
        if (!closing.empty()) {
            begin_run(box, index);
            buffer_ += closing;
        }
        InlineContent::Inline& filled = content_.inlines[index];
        if (styled_.size() == filled.first_run && (filled.lead != 0 || filled.trail != 0)) begin_run(box, index);
        if (styled_.size() == filled.first_run && filled.visible && !measure_only_) {
            content_.attachments.push_back({&box, static_cast<std::uint32_t>(buffer_.size()), parent});
        }
        filled.end_run = static_cast<std::uint32_t>(styled_.size());
    }

    /// The control characters that unicode-bidi stands for; those that end it are given back.
    // https://www.w3.org/TR/css-writing-modes-4/#unicode-bidi
    std::string_view open_bidi(Box const& box, std::uint32_t index) {
        bool const rtl = box.style->direction == css::Direction::rtl;
        begin_run(box, index);
        switch (box.style->unicode_bidi) {
        case css::UnicodeBidi::embed:
            buffer_ += rtl ? "\u202B" : "\u202A";
            return "\u202C";
        case css::UnicodeBidi::override_:
            buffer_ += rtl ? "\u202E" : "\u202D";
            return "\u202C";
        case css::UnicodeBidi::isolate_override:
            buffer_ += rtl ? "\u2068\u202E" : "\u2068\u202D";
            return "\u202C\u2069";
        case css::UnicodeBidi::plaintext:
            buffer_ += "\u2068";
            return "\u2069";
        default:
            buffer_ += rtl ? "\u2067" : "\u2066";
            return "\u2069";
        }
    }

    void atomic(Box const& box, std::uint32_t parent) {
        content_.uniform = false;
        if (measure_only_) {
            Widths const widths = content_widths(context_, box);
            return object(box, parent, minimum_ ? widths.min : widths.max);
        }
        content_.atomics.push_back({&box, {}, 0, 0, {}, false});
        InlineContent::Atomic& made = content_.atomics.back();
        Space space;
        space.width = width_;
        space.height = content_.height;
        space.shrink = true;
        space.top = true;
        made.laid = layout_box(context_, box, space, nullptr);
        Insets const& margin = made.laid.margin;
        Size const size = made.laid.fragment.size;
        made.margin_box = {size.width + margin.horizontal(), size.height + margin.vertical()};
        bool const has_baseline =
            made.laid.last_baseline && box.kind != BoxKind::replaced && box.style->overflow == css::Overflow::visible;
        auto const baseline = box.kind == BoxKind::table || box.kind == BoxKind::flex ? made.laid.first_baseline
                                                                                      : made.laid.last_baseline;
        made.above = has_baseline && baseline ? margin.top + *baseline : made.margin_box.height;
        made.below = made.margin_box.height - made.above;
        object(box, parent, made.margin_box.width);
        content_.runs.back().atomic = static_cast<std::uint32_t>(content_.atomics.size() - 1);
    }

    Context& context_;
    double width_;
    bool measure_only_, minimum_;
    InlineContent content_;
    std::string buffer_;
    std::vector<std::size_t> begins_;
    std::vector<text::StyledRun> styled_;
    bool after_space_ = true; // a collapsible space would be the second one, or the first of the line
    bool joined_ = false;     // the white space here holds a line end of the source
};

text::Direction direction_of(Box const& box) {
    return box.style->direction == css::Direction::rtl ? text::Direction::rtl : text::Direction::ltr;
}

/// line-break as ICU's "lb".
std::string_view line_break_of(css::ComputedStyle const& style) {
    switch (style.line_break) {
    case css::LineBreakRule::loose:
        return "loose";
    case css::LineBreakRule::normal:
        return "normal";
    case css::LineBreakRule::strict:
        return "strict";
    default:
        return {};
    }
}

} // namespace

InlineContent& inline_content(Context& context, Box const& box, double width, std::optional<double> height) {
    std::unique_ptr<InlineContent>& slot = context.lines[&box];
    if (slot && (slot->atomics.empty() || (slot->width == width && slot->height == height))) return *slot;
    if (++context.paragraphs % 256 == 0) check_time(context.source.options, context.position(box));
    Collector collector(context, box, width, height, false, false);
    auto content = std::make_unique<InlineContent>(std::move(collector.content()));
    if (!collector.styled().empty()) {
        content->shaped = context.shaper.shape(collector.styled(), direction_of(box), context.position(box),
                                               line_break_of(*box.style));
    }
    std::unique_ptr<InlineContent>& place = context.lines[&box]; // laying out atomics may have moved the first one
    place = std::move(content);
    return *place;
}

Laid take_atomic(Context& context, InlineContent& content, std::uint32_t index) {
    InlineContent::Atomic& atomic = content.atomics[index];
    if (!atomic.taken) {
        atomic.taken = true;
        return std::move(atomic.laid);
    }
    Space space;
    space.width = content.width;
    space.height = content.height;
    space.shrink = true;
    space.top = true;
    return layout_box(context, *atomic.box, space, nullptr);
}

double width_before_character(InlineContent const& content, char32_t character, std::uint32_t begin,
                              std::uint32_t end) {
    std::string sought;
    append_utf8(sought, character);
    std::size_t const at = content.shaped.text().find(sought, begin);
    std::uint32_t const to = at < end ? static_cast<std::uint32_t>(at) : end;
    return content.shaped.x_at(to) - content.shaped.x_at(begin);
}

Widths inline_widths(Context& context, Box const& box) {
    if (++context.paragraphs % 256 == 0) check_time(context.source.options, context.position(box));
    auto measure = [&](bool minimum) {
        Collector collector(context, box, 0, std::nullopt, true, minimum);
        text::ContentWidths widths;
        bool const anywhere = box.style->overflow_wrap == css::OverflowWrap::anywhere || collector.content().break_all;
        if (!collector.styled().empty())
            widths = context.shaper.measure(collector.styled(), direction_of(box), anywhere);
        double const indent = box.style->text_indent.is_value() ? std::max(0.0, box.style->text_indent.points) : 0;
        bool const objects = !collector.content().uniform;
        Widths const result{std::max(widths.min, collector.float_min), widths.max + collector.float_sum + indent};
        return std::pair(result, objects);
    };
    auto [widest, objects] = measure(false);
    if (objects) widest.min = measure(true).first.min;
    return widest;
}

} // namespace deckle::layout
