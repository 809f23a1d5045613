#include "layout/context.hpp"
#include "base/error.hpp"
#include "layout/inline_content.hpp"
#include "layout/table.hpp"
#include <fmt/format.h>

namespace deckle::layout {

Context::Context(BoxSource const& s, text::FontSet& f, Resources& r)
    : source(s), fonts(f), shaper(f, s.diagnostics), resources(r), replaced(s.pictures) {}

Context::~Context() = default;

LineMetrics const& Context::metrics(css::ComputedStyle const& style) {
    auto [entry, added] = metrics_.try_emplace(&style);
    LineMetrics& made = entry->second;
    if (!added) return made;
    text::FontRequest request;
    request.families = style.font_family;
    request.weight = style.font_weight;
    request.italic = style.font_style != css::FontStyle::normal;
    request.language = style.language;
    for (css::FontFeature const& feature : style.font_features) {
        request.features.push_back({feature.tag, static_cast<unsigned>(std::max(0, feature.value))});
    }
    made.font = &fonts.font(request);
    made.size = static_cast<float>(style.font_size);
    text::FaceMetrics const& face = made.font->metrics();
    made.ascent = face.ascent * style.font_size;
    made.descent = face.descent * style.font_size;
    double height = made.ascent + made.descent + face.line_gap * style.font_size;
    if (style.line_height.kind == css::LineHeight::Kind::number) height = style.line_height.value * style.font_size;
    if (style.line_height.kind == css::LineHeight::Kind::length) height = style.line_height.value;
    double const leading = height - made.ascent - made.descent;
    made.above = made.ascent + leading / 2;
    made.below = made.descent + leading / 2;
    return made;
}

void check_time(Options const& options, Position const& position) {
    if (options.limits.seconds <= 0 || !options.clock || options.clock() <= options.limits.seconds) return;
    throw Error(
        ErrorCode::limit,
        fmt::format("it takes longer than {:g} s; simplify the document, or raise max-seconds", options.limits.seconds),
        position);
}

Position Context::position(Box const& box) const {
    for (Box const* at = &box; at; at = at->parent) {
        if (at->element) return source.document.position(*at->element);
    }
    return {source.document.file(), 0, 0};
}

void Context::end_page() {
    std::erase_if(lines, [](auto const& entry) { return entry.second->finished; });
    std::erase_if(tables, [](auto const& entry) { return entry.second->finished; });
}

bool Context::hides(Box const& box) const {
    return !shows_on(box.style->show_on, first_piece, last_piece);
}

void Context::forget_variant(Box const& box) {
    if (!box.varies) return;
    lines.erase(&box);
    for (Box const* child = box.first; child; child = child->next) forget_variant(*child);
}

void Context::forget() {
    lines.clear();
    tables.clear();
    metrics_.clear();
}

} // namespace deckle::layout
