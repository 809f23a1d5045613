/// Text: https://www.w3.org/TR/SVG2/text.html. Characters with a position of their own start a new chunk; text-anchor
/// aligns each chunk.
#include "layout/svg_render.hpp"
#include "text/shaper.hpp"
#include <algorithm>

namespace deckle::layout::svg {

using html::Tag;

/// Lays out one <text> element.
class TextLayout {
public:
    TextLayout(Renderer& renderer, Frame const& frame, std::vector<Item>& out)
        : renderer_(renderer), frame_(frame), out_(out) {}

    void run(Element const& e, Style const& style) {
        auto const space = e.attribute("xml:space");
        preserve_ = space == "preserve" || style.white_space == css::WhiteSpace::pre ||
                    style.white_space == css::WhiteSpace::pre_wrap;
        collect(e, style, frame_);
        trim_end();
        draw();
    }

private:
    /// Characters in one style, from one given position on.
    struct Span {
        std::string text;
        Element const* element;
        Style const* style;
        std::optional<double> x, y;
        double dx = 0, dy = 0;
    };
    /// Positions an element gives to its characters.
    struct Lists {
        std::vector<double> x, y, dx, dy;
        std::size_t at = 0;
    };

    std::vector<double> list(Element const& e, std::string_view name, Axis axis, Style const& style) {
        std::vector<double> values;
        auto const text = e.attribute(name);
        if (!text) return values;
        for (std::string_view rest = *text;;) {
            auto const from = rest.find_first_not_of(" ,\t\n\r");
            if (from == std::string_view::npos) return values;
            auto const to = std::min(rest.find_first_of(" ,\t\n\r", from), rest.size());
            auto const v = renderer_.length(rest.substr(from, to - from), axis, style, frame_);
            if (!v) {
                renderer_.report(e, "svg-value",
                                 "'" + std::string(*text) + "' is not a list of lengths (" + std::string(name) + ")");
                return values;
            }
            values.push_back(*v);
            rest.remove_prefix(to);
        }
    }

    void collect(Element const& e, Style const& style, Frame const& frame) {
        if (frame.depth > 64 || !renderer_.spend(e)) return;
        if (e.attribute("rotate")) renderer_.unsupported(e, "rotate on text");
        if (e.attribute("textLength")) renderer_.unsupported(e, "textLength");
        lists_.push_back({list(e, "x", Axis::x, style), list(e, "y", Axis::y, style), list(e, "dx", Axis::x, style),
                          list(e, "dy", Axis::y, style)});
        for (auto const* node = e.first; node; node = node->next) {
            if (auto const* t = node->as_text()) {
                characters(t->text, e, style);
                continue;
            }
            auto const& child = *node->as_element();
            if (child.tag == Tag::title || child.tag == Tag::desc) continue;
            if (child.tag != Tag::tspan && child.tag != Tag::a) {
                renderer_.unsupported(child, "<" + std::string(child.name) + "> in text");
                continue;
            }
            Frame inner = frame;
            inner.parent = &style;
            ++inner.depth;
            auto const& own = renderer_.style_of(child, inner);
            if (own.display != css::Display::none) collect(child, own, inner);
        }
        lists_.pop_back();
    }

    void characters(std::string_view text, Element const& e, Style const& style) {
        for (std::size_t i = 0; i < text.size();) {
            auto const lead = static_cast<unsigned char>(text[i]);
            std::size_t const length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            auto one = std::string(text.substr(i, length));
            i += length;
            if (one == "\n" || one == "\t" || one == "\r") one = " ";
            if (one == " " && !preserve_ && after_space_) continue;
            after_space_ = one == " ";
            add(std::move(one), e, style);
        }
    }

    /// The innermost element that has a value for this character gives it.
    std::optional<double> value(std::vector<double> Lists::*member) const {
        for (auto l = lists_.rbegin(); l != lists_.rend(); ++l)
            if (l->at < ((*l).*member).size()) return ((*l).*member)[l->at];
        return std::nullopt;
    }

    void add(std::string one, Element const& e, Style const& style) {
        auto const x = value(&Lists::x), y = value(&Lists::y), dx = value(&Lists::dx), dy = value(&Lists::dy);
        for (auto& l : lists_) ++l.at;
        bool const placed = x || y || dx.value_or(0) != 0 || dy.value_or(0) != 0;
        if (spans_.empty() || placed || spans_.back().style != &style)
            spans_.push_back({{}, &e, &style, x, y, dx.value_or(0), dy.value_or(0)});
        spans_.back().text += one;
    }

    void trim_end() {
        if (preserve_ || spans_.empty()) return;
        auto& last = spans_.back();
        if (last.text.ends_with(' ')) last.text.pop_back();
        if (last.text.empty()) spans_.pop_back();
    }

    void draw() {
        Point at;
        for (std::size_t from = 0; from < spans_.size();) {
            auto to = from + 1;
            while (to < spans_.size() && !spans_[to].x && !spans_[to].y) ++to;
            if (spans_[from].x) at.x = *spans_[from].x;
            if (spans_[from].y) at.y = *spans_[from].y;
            chunk(from, to, at);
            from = to;
        }
    }

    void chunk(std::size_t from, std::size_t to, Point& at) {
        std::vector<text::ShapedText> shaped;
        std::vector<double> advances;
        double width = 0;
        for (auto i = from; i < to; ++i) {
            shaped.push_back(shape(spans_[i]));
            advances.push_back(shaped.back().x_at(static_cast<std::uint32_t>(shaped.back().text().size())));
            width += spans_[i].dx + advances.back();
        }
        auto const& style = *spans_[from].style;
        auto anchor = style.text_anchor;
        if (style.direction == css::Direction::rtl && anchor != css::TextAnchor::middle)
            anchor = anchor == css::TextAnchor::start ? css::TextAnchor::end : css::TextAnchor::start;
        if (anchor == css::TextAnchor::middle)
            at.x -= width / 2;
        else if (anchor == css::TextAnchor::end)
            at.x -= width;
        for (auto i = from; i < to; ++i) {
            at.x += spans_[i].dx;
            at.y += spans_[i].dy;
            paint(spans_[i], shaped[i - from], advances[i - from], at);
            at.x += advances[i - from];
        }
    }

    static text::FontRequest request(Style const& style) {
        text::FontRequest out;
        out.families = style.font_family;
        out.weight = style.font_weight;
        out.italic = style.font_style != css::FontStyle::normal;
        out.language = style.language;
        for (auto const& f : style.font_features)
            out.features.push_back({f.tag, static_cast<unsigned>(std::max(0, f.value))});
        return out;
    }

    text::ShapedText shape(Span const& span) {
        auto const& style = *span.style;
        text::StyledRun run;
        run.text = span.text;
        run.font = &renderer_.context_.fonts.font(request(style));
        run.size = static_cast<float>(user_units(style.font_size));
        run.letter_spacing = static_cast<float>(user_units(style.letter_spacing));
        run.word_spacing = static_cast<float>(user_units(style.word_spacing));
        run.wrap = false;
        auto const direction = style.direction == css::Direction::rtl ? text::Direction::rtl : text::Direction::ltr;
        return renderer_.context_.shaper.shape({&run, 1}, direction, renderer_.document_.position(*span.element));
    }

    /// How far the baseline lies below the given y, in em.
    static double baseline(Style const& style, text::FaceMetrics const& m) {
        using enum css::DominantBaseline;
        switch (style.dominant_baseline) {
        case middle:
            return m.x_height / 2;
        case central:
            return (m.ascent - m.descent) / 2;
        case hanging:
            return m.ascent * 0.8;
        case text_top:
            return m.ascent;
        case text_bottom:
            return -m.descent;
        case auto_:
            break;
        }
        return 0;
    }

    void paint(Span const& span, text::ShapedText const& shaped, double advance, Point at) {
        auto const& style = *span.style;
        if (style.visibility != css::Visibility::visible) return;
        if (style.stroke.kind != css::SvgPaint::Kind::none) renderer_.unsupported(*span.element, "stroke on text");
        auto const color = renderer_.flat_color(*span.element, style.fill, style.fill_opacity, "the fill of text");
        if (!color || color->a == 0) return;
        double const size = user_units(style.font_size);
        auto const& metrics = renderer_.context_.fonts.font(request(style)).metrics();
        at.y += baseline(style, metrics) * size;
        auto const line = [&](double offset, double thickness) {
            out_.emplace_back(
                FillRect{{at.x, at.y + (offset - thickness / 2) * size, advance, thickness * size}, *color});
        };
        if (style.underline) line(metrics.underline_offset, metrics.underline_thickness);
        if (style.overline) line(-metrics.ascent, metrics.underline_thickness);
        // a line may end with spaces that are not drawn
        for (auto& piece : shaped.pieces(shaped.unbroken_line(0))) {
            if (!piece.face || piece.glyphs.empty()) continue;
            GlyphRun run;
            run.face = piece.face;
            run.size = piece.size;
            run.color = *color;
            run.origin = {at.x + piece.x, at.y};
            run.rtl = piece.rtl;
            run.glyphs = std::move(piece.glyphs);
            run.text = shaped.text().substr(piece.begin, piece.end - piece.begin);
            out_.emplace_back(std::move(run));
        }
        if (style.line_through) line(-metrics.strikeout_offset, metrics.strikeout_thickness);
    }

    Renderer& renderer_;
    Frame const& frame_;
    std::vector<Item>& out_;
    std::vector<Span> spans_;
    std::vector<Lists> lists_;
    bool preserve_ = false, after_space_ = true;
};

void Renderer::text(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out) {
    TextLayout(*this, frame, out).run(e, style);
}

} // namespace deckle::layout::svg
