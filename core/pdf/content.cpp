#include "pdf/content.hpp"
#include "layout/image.hpp"
#include "pdf/geometry.hpp"
#include "pdf/numbers.hpp"
#include <array>
#include <fmt/core.h>

namespace deckle::pdf {
namespace {

constexpr std::size_t most_saved_states = 28; // ISO 19005-2, 6.1.13

/// 0..255 as 0..1 in three places.
std::array<std::string, 256> const& unit_texts() {
    static std::array<std::string, 256> const texts = [] {
        std::array<std::string, 256> made;
        for (int i = 0; i < 256; ++i) append_thousandths(made[static_cast<std::size_t>(i)], (i * 1000 + 127) / 255);
        return made;
    }();
    return texts;
}

std::int64_t packed(layout::Color c) {
    return std::int64_t{c.r} << 16 | std::int64_t{c.g} << 8 | c.b;
}

void append_color(std::string& out, layout::Color c, char const* gray, char const* rgb) {
    auto const& texts = unit_texts();
    if (c.r == c.g && c.g == c.b) {
        out += texts[c.r];
        out += gray;
        return;
    }
    out += texts[c.r];
    out += ' ';
    out += texts[c.g];
    out += ' ';
    out += texts[c.b];
    out += rgb;
}

} // namespace

Content::Content(Resources& resources, double height, Diagnostics& diagnostics, std::size_t page, bool fresh)
    : resources_(resources), height_(height), diagnostics_(diagnostics), page_(page) {
    if (fresh) {
        state_.fill = state_.stroke = 0;
        state_.fill_alpha = state_.stroke_alpha = 255;
        state_.width = 1;
        state_.cap = state_.join = 0;
        state_.miter = 10;
        state_.dashes.clear();
        state_.dash_offset = 0;
    }
}

void Content::items(std::vector<layout::Item> const& items) {
    for (layout::Item const& item : items) std::visit([this](auto const& i) { draw(i); }, item);
}

std::string const& Content::finish() {
    end_text();
    end_mark();
    return out_;
}

/// What is drawn next belongs to `node`. A mark begins and ends within one text object, or outside of any.
void Content::mark(layout::NodeId node) {
    if (tags_ == nullptr || marked_ == node) return;
    end_mark();
    begin_mark(node);
}

// ISO 32000-1, 14.6 and 14.8.2.2
void Content::begin_mark(layout::NodeId node, std::string_view entry) {
    marked_ = node;
    if (node == 0) {
        out_ += "/Artifact BMC\n";
        return;
    }
    if (!key_) key_ = tags_->add_stream(page_);
    out_ += '/';
    out_ += tags_->type(node);
    out_ += "<</MCID ";
    append_integer(out_, tags_->add_mark(*key_, node));
    out_ += entry;
    out_ += ">>BDC\n";
}

void Content::end_mark() {
    if (!marked_) return;
    out_ += "EMC\n";
    marked_.reset();
}

void Content::number(double value, char after) {
    append_number(out_, value);
    out_ += after;
}

void Content::y(double value, char after) {
    number(height_ - value, after);
}

bool Content::usable(bool finite, char const* what) {
    if (!finite)
        diagnostics_.error(
            "bad-coordinates",
            fmt::format("{} on page {} has a coordinate that is not a number; it is left out", what, page_ + 1));
    return finite;
}

void Content::break_pdf_a(char const* what) {
    if (!resources_.pdf_a()) return;
    resources_.break_pdf_a();
    diagnostics_.error("not-pdf-a",
                       fmt::format("page {}: {}; the file is written without the mark of PDF/A", page_ + 1, what));
}

void Content::save() {
    end_text();
    out_ += "q\n";
    saved_.push_back(state_);
    if (saved_.size() > most_saved_states) break_pdf_a("clips and transforms are nested more than 28 deep");
}

void Content::restore() {
    end_text();
    out_ += "Q\n";
    state_ = std::move(saved_.back());
    saved_.pop_back();
}

void Content::fill_color(layout::Color color) {
    if (state_.fill == packed(color)) return;
    state_.fill = packed(color);
    append_color(out_, color, " g\n", " rg\n");
}

void Content::stroke_color(layout::Color color) {
    if (state_.stroke == packed(color)) return;
    state_.stroke = packed(color);
    append_color(out_, color, " G\n", " RG\n");
}

void Content::alpha(std::uint8_t fill, std::uint8_t stroke) {
    if (state_.fill_alpha == fill && state_.stroke_alpha == stroke) return;
    state_.fill_alpha = fill;
    state_.stroke_alpha = stroke;
    out_ += '/';
    out_ += resources_.alpha_state(fill, stroke, names_);
    out_ += " gs\n";
}

void Content::end_text() {
    if (!in_text_) return;
    end_mark();
    out_ += "ET\n";
    in_text_ = false;
}

void Content::begin_text(layout::GlyphRun const& run, Font const& font) {
    if (!in_text_) {
        end_mark();
        out_ += "BT\n";
        in_text_ = true;
        line_x_ = line_y_ = 0;
    }
    mark(run.node);
    alpha(run.color.a, run.color.a);
    fill_color(run.color);
    auto const size = std::llround(run.size * 1000.0);
    if (state_.font != &font || state_.font_size != size) {
        state_.font = &font;
        state_.font_size = size;
        out_ += '/';
        out_ += font.name();
        out_ += ' ';
        append_thousandths(out_, size);
        out_ += " Tf\n";
    }
    std::int64_t const x = std::llround(run.origin.x * 100) * 10;
    std::int64_t const y = std::llround((height_ - run.origin.y) * 100) * 10;
    append_thousandths(out_, x - line_x_);
    out_ += ' ';
    append_thousandths(out_, y - line_y_);
    out_ += " Td\n";
    line_x_ = x;
    line_y_ = y;
}

void Content::draw(layout::GlyphRun const& run) {
    if (run.glyphs.empty() || run.face == nullptr || run.color.a == 0) return;
    if (!usable(finite(run.origin) && std::isfinite(run.size), "text") || run.size <= 0) return;
    Font& font = resources_.font(*run.face);
    if (run.bold || run.slanted) return draw_synthetic(run, font);
    begin_text(run, font);
    show_glyphs(run, font);
}

/// Bold by a stroke around the glyphs, slanted by 14 degrees: what a face lacks is made up.
void Content::draw_synthetic(layout::GlyphRun const& run, Font& font) {
    save();
    if (run.bold) {
        stroke_color(run.color);
        line_style({run.color, run.size / 30.0, {}, 0, layout::Stroke::Cap::butt, layout::Stroke::Join::round, 4});
    }
    layout::GlyphRun placed = run;
    placed.origin = {0, height_};
    begin_text(placed, font);
    out_ += run.bold ? "2 Tr " : "";
    out_ += run.slanted ? "1 0 .25 1 " : "1 0 0 1 ";
    number(run.origin.x);
    y(run.origin.y);
    out_ += "Tm\n";
    show_glyphs(run, font);
    end_text();
    if (run.bold) out_ += "0 Tr\n";
    restore();
}

void Content::draw(layout::FillRect const& fill) {
    if (!usable(finite(fill.rect), "a rectangle")) return;
    if (fill.rect.width <= 0 || fill.rect.height <= 0 || fill.color.a == 0) return;
    // Neighbours of one colour share a fill.
    bool const joins = !in_text_ && rect_end_ != 0 && rect_end_ == out_.size() && fill.color.a == 255 &&
                       state_.fill_alpha == 255 && state_.fill == packed(fill.color);
    if (joins) {
        out_.resize(out_.size() - 2);
    } else {
        begin_shape();
        alpha(fill.color.a, fill.color.a);
        fill_color(fill.color);
    }
    number(fill.rect.x);
    y(fill.rect.y + fill.rect.height);
    number(fill.rect.width);
    number(fill.rect.height);
    out_ += "re\nf\n";
    rect_end_ = out_.size();
}

bool Content::path(layout::Path const& path) {
    using Kind = layout::PathSegment::Kind;
    for (layout::PathSegment const& s : path) {
        bool const good = s.kind == Kind::close ||
                          (s.kind == Kind::cubic ? finite(s.points[0]) && finite(s.points[1]) && finite(s.points[2])
                                                 : finite(s.points[0]));
        if (!usable(good, "a path")) return false;
    }
    for (layout::PathSegment const& s : path) {
        auto const point = [&](layout::Point p) {
            number(p.x);
            y(p.y);
        };
        switch (s.kind) {
        case Kind::move:
            point(s.points[0]);
            out_ += "m\n";
            break;
        case Kind::line:
            point(s.points[0]);
            out_ += "l\n";
            break;
        case Kind::cubic:
            for (layout::Point const& p : s.points) point(p);
            out_ += "c\n";
            break;
        case Kind::close:
            out_ += "h\n";
            break;
        }
    }
    return !path.empty();
}

void Content::draw(layout::FillPath const& fill) {
    begin_shape();
    if (auto const* color = std::get_if<layout::Color>(&fill.paint)) {
        if (color->a == 0) return;
        alpha(color->a, color->a);
        fill_color(*color);
        if (path(fill.path)) out_ += fill.rule == layout::FillRule::evenodd ? "f*\n" : "f\n";
        return;
    }
    auto const& paint = std::get<layout::Gradient>(fill.paint);
    bool const good = finite(paint.from) && finite(paint.to) && std::isfinite(paint.radius);
    if (paint.stops.empty() || fill.path.empty() || !usable(good, "a gradient")) return;
    save();
    if (path(fill.path)) {
        out_ += fill.rule == layout::FillRule::evenodd ? "W* n\n" : "W n\n";
        gradient(paint);
    }
    restore();
}

void Content::gradient(layout::Gradient const& gradient) {
    bool const opaque = std::ranges::all_of(gradient.stops, [](auto const& s) { return s.color.a == 255; });
    alpha(255, 255);
    if (!opaque) out_ += "/" + resources_.alpha_mask(gradient, height_, names_) + " gs\n";
    out_ += "/" + resources_.shading(gradient, height_, false, names_) + " sh\n";
}

void Content::line_style(layout::Stroke const& stroke) {
    if (state_.width != stroke.width) {
        state_.width = stroke.width;
        number(stroke.width);
        out_ += "w\n";
    }
    if (auto const cap = static_cast<int>(stroke.cap); state_.cap != cap) {
        state_.cap = cap;
        out_ += fmt::format("{} J\n", cap);
    }
    if (auto const join = static_cast<int>(stroke.join); state_.join != join) {
        state_.join = join;
        out_ += fmt::format("{} j\n", join);
    }
    double const miter = std::max(stroke.miter_limit, 1.0);
    if (stroke.join == layout::Stroke::Join::miter && state_.miter != miter) {
        state_.miter = miter;
        number(miter);
        out_ += "M\n";
    }
    bool const dashed = std::ranges::any_of(stroke.dashes, [](double d) { return d > 0; }) &&
                        std::ranges::none_of(stroke.dashes, [](double d) { return d < 0 || !std::isfinite(d); });
    std::vector<double> const dashes = dashed ? stroke.dashes : std::vector<double>{};
    double const offset = dashed && std::isfinite(stroke.dash_offset) ? stroke.dash_offset : 0;
    if (state_.dashes != dashes || state_.dash_offset != offset) {
        out_ += '[';
        for (double const d : dashes) number(d);
        if (!dashes.empty()) out_.pop_back();
        out_ += "] ";
        number(offset);
        out_ += "d\n";
        state_.dashes = dashes;
        state_.dash_offset = offset;
    }
}

void Content::draw(layout::StrokePath const& stroke) {
    if (!usable(std::isfinite(stroke.stroke.width), "a line")) return;
    if (stroke.stroke.width <= 0 || stroke.stroke.color.a == 0 || stroke.path.empty()) return;
    begin_shape();
    alpha(stroke.stroke.color.a, stroke.stroke.color.a);
    stroke_color(stroke.stroke.color);
    line_style(stroke.stroke);
    if (path(stroke.path)) out_ += "S\n";
}

void Content::draw(layout::DrawImage const& image) {
    if (!usable(finite(image.rect), "an image") || image.image == nullptr) return;
    layout::Image const& pixels = *image.image;
    auto const count = static_cast<std::size_t>(pixels.width) * static_cast<std::size_t>(pixels.height);
    bool const complete =
        pixels.width > 0 && pixels.height > 0 &&
        (!pixels.jpeg.empty() || pixels.samples.size() == count * static_cast<std::size_t>(pixels.channels)) &&
        (pixels.alpha.empty() || pixels.alpha.size() == count);
    if (!complete) {
        diagnostics_.error(
            "bad-image",
            fmt::format("an image on page {} has not as many samples as pixels; it is left out", page_ + 1));
        return;
    }
    if (image.rect.width <= 0 || image.rect.height <= 0) return;
    if (pixels.channels == 4) break_pdf_a("a CMYK image has no defined colours beside RGB ones: convert it to RGB");
    std::string const name = resources_.image(image.image, names_);
    begin_shape();
    save();
    alpha(255, 255);
    number(image.rect.width);
    out_ += "0 0 ";
    number(image.rect.height);
    number(image.rect.x);
    y(image.rect.y + image.rect.height);
    out_ += "cm\n/" + name + " Do\n";
    restore();
}

void Content::draw(layout::Link const& link) {
    if (usable(finite(link.rect), "a link")) links_.push_back({bounds(to_page_, link.rect), link.uri, link.node});
}

void Content::draw(layout::Anchor const& anchor) {
    if (usable(finite(anchor.at), "an anchor")) anchors_.push_back({apply(to_page_, anchor.at), anchor.name});
}

/// The matrix between coordinates whose y axis is turned: F·m·F with F(y) = height - y.
void Content::matrix(layout::Matrix const& m) {
    double const values[] = {m.a, -m.b, -m.c, m.d, m.c * height_ + m.e, height_ - m.d * height_ - m.f};
    for (double const value : values) {
        append_fine(out_, value);
        out_ += ' ';
    }
    out_ += "cm\n";
}

void Content::draw(std::unique_ptr<layout::Group> const& group) {
    if (group == nullptr || group->items.empty()) return;
    if (!usable(finite(group->transform) && std::isfinite(group->opacity), "a group")) return;
    Tags* const tags = tags_;
    bool const figure = tags != nullptr && group->node != 0;
    if (figure) {
        end_text();
        end_mark();
        begin_mark(group->node);
        tags_ = nullptr;
        marked_.reset(); // closed below, not by what is drawn in it
    }
    draw_group(*group);
    if (figure) {
        end_text();
        tags_ = tags;
        out_ += "EMC\n";
    }
}

void Content::draw_group(layout::Group const& group) {
    layout::Matrix const& t = group.transform;
    bool const moved = t.a != 1 || t.b != 0 || t.c != 0 || t.d != 1 || t.e != 0 || t.f != 0;
    if (!moved && group.clip.empty() && group.opacity >= 1) return items(group.items);
    layout::Matrix const outer = std::exchange(to_page_, combine(to_page_, t));
    end_text();
    end_mark();
    save();
    bool drawn = true;
    if (!group.clip.empty()) {
        drawn = path(group.clip);
        if (drawn) out_ += group.clip_rule == layout::FillRule::evenodd ? "W* n\n" : "W n\n";
    }
    if (drawn && group.opacity >= 1) {
        if (moved) matrix(t);
        items(group.items);
    } else if (drawn) {
        // One object that is blended as a whole: overlaps inside must not show through each other.
        Content inside(resources_, height_, diagnostics_, page_, true);
        inside.to_page_ = to_page_;
        inside.tags_ = tags_;
        if (moved) inside.matrix(t);
        inside.items(group.items);
        auto const opacity = static_cast<std::uint8_t>(std::lround(std::clamp(group.opacity, 0.0, 1.0) * 255));
        std::string const& content = inside.finish();
        std::string const entries = inside.key_ ? fmt::format("/StructParents {}", *inside.key_) : "";
        std::string const form = resources_.form("/S/Transparency", content, inside.names_, names_, entries);
        if (inside.key_) tags_->set_object(*inside.key_, names_.xobjects.at(form));
        alpha(opacity, opacity);
        out_ += "/" + form + " Do\n";
        std::ranges::move(inside.links_, std::back_inserter(links_));
        std::ranges::move(inside.anchors_, std::back_inserter(anchors_));
    }
    end_text();
    end_mark();
    restore();
    to_page_ = outer;
}

} // namespace deckle::pdf
