#include "layout/svg.hpp"
#include "html/parse.hpp"
#include "layout/svg_render.hpp"
#include "text/shaper.hpp"

namespace deckle::layout {

struct Drawing::Own {
    html::Document document;
    Diagnostics diagnostics; // of the cascade, which keeps a reference
    std::optional<css::Cascade> cascade;
};

Drawing::Drawing(html::Element const& svg, css::Cascade const& cascade) : root_(&svg), cascade_(&cascade) {
    measure();
}

Drawing::Drawing(std::string_view text, std::string const& file, css::CascadeOptions const& options,
                 Diagnostics& diagnostics)
    : own_(std::make_unique<Own>(Own{html::parse_svg(text, file, diagnostics), {}, {}})) {
    auto sheets = css::document_sheets(own_->document, diagnostics);
    own_->cascade.emplace(own_->document, std::move(sheets), options, own_->diagnostics);
    diagnostics.append(own_->diagnostics);
    root_ = &own_->document.root();
    cascade_ = &*own_->cascade;
    measure();
}

Drawing::~Drawing() = default;

// https://www.w3.org/TR/css-images-3/#sizing
void Drawing::measure() {
    auto const& style = cascade_->style(*root_);
    auto const absolute = [](css::Length const& l) {
        return l.is_value() && l.percent == 0 ? std::optional(l.points) : std::nullopt;
    };
    width_ = absolute(style.width);
    height_ = absolute(style.height);
    if (auto const box = svg::parse_numbers(root_->attribute("viewBox").value_or(""));
        box && box->size() == 4 && (*box)[2] > 0 && (*box)[3] > 0)
        ratio_ = (*box)[2] / (*box)[3];
    else if (width_ && height_ && *height_ > 0)
        ratio_ = *width_ / *height_;
    if (ratio_ > 0 && width_ && !height_) height_ = *width_ / ratio_;
    if (ratio_ > 0 && height_ && !width_) width_ = *height_ * ratio_;
}

void Drawing::draw(Rect const& viewport, DrawContext& context, std::vector<Item>& out) const {
    if (viewport.width <= 0 || viewport.height <= 0) return;
    ++context.nesting;
    svg::Renderer(*cascade_, context, !own_).root(*root_, viewport, out);
    --context.nesting;
}

} // namespace deckle::layout
