/// SVG painting: https://www.w3.org/TR/SVG2/painting.html. Plain numbers are user units (0.75 pt).
#include "css/property.hpp"

namespace deckle::css {
namespace {

using S = ComputedStyle;

constexpr Keyword<LineCap> caps[] = {{"butt", LineCap::butt}, {"round", LineCap::round}, {"square", LineCap::square}};
constexpr Keyword<LineJoin> joins[] = {{"miter", LineJoin::miter},
                                       {"round", LineJoin::round},
                                       {"bevel", LineJoin::bevel},
                                       {"miter-clip", LineJoin::miter},
                                       {"arcs", LineJoin::miter}};
constexpr Keyword<FillRule> rules[] = {{"nonzero", FillRule::nonzero}, {"evenodd", FillRule::evenodd}};
constexpr Keyword<TextAnchor> anchors[] = {
    {"start", TextAnchor::start}, {"middle", TextAnchor::middle}, {"end", TextAnchor::end}};
constexpr Keyword<DominantBaseline> baselines[] = {{"auto", DominantBaseline::auto_},
                                                   {"alphabetic", DominantBaseline::auto_},
                                                   {"middle", DominantBaseline::middle},
                                                   {"central", DominantBaseline::central},
                                                   {"hanging", DominantBaseline::hanging},
                                                   {"text-before-edge", DominantBaseline::text_top},
                                                   {"text-top", DominantBaseline::text_top},
                                                   {"text-after-edge", DominantBaseline::text_bottom},
                                                   {"text-bottom", DominantBaseline::text_bottom},
                                                   {"ideographic", DominantBaseline::text_bottom}};
constexpr Keyword<bool> effects[] = {{"none", false}, {"non-scaling-stroke", true}};

template <auto Member>
bool paint(Cursor& c, Context& x) {
    SvgPaint out;
    if (c.take_ident("none")) {
    } else if (auto const url = read_url(c, x)) {
        out.kind = SvgPaint::Kind::url;
        out.url = url->url;
        if (!c.done() && !c.take_ident("none")) {
            if (!store(out.color, read_color(c, x))) return false;
            out.has_fallback = true;
        }
    } else {
        out.kind = SvgPaint::Kind::color;
        if (!store(out.color, read_color(c, x))) return false;
    }
    x.style.*Member = std::move(out);
    return true;
}

bool width(Cursor& c, Context& x) {
    return store(x.style.stroke_width, read_length_percentage(c, x, Sign::not_negative, true));
}
bool dash_offset(Cursor& c, Context& x) {
    return store(x.style.stroke_dashoffset, read_length_percentage(c, x, Sign::any, true));
}
bool dashes(Cursor& c, Context& x) {
    auto& out = x.style.stroke_dasharray;
    out.clear();
    if (c.take_ident("none")) return true;
    do {
        auto const dash = read_length_percentage(c, x, Sign::not_negative, true);
        if (!dash) return false;
        out.push_back(*dash);
        c.take_comma();
    } while (!c.done());
    return true;
}

bool miter_limit(Cursor& c, Context& x) {
    auto const v = read_number(c, x);
    if (!v || *v < 1) return false;
    x.style.stroke_miterlimit = *v;
    return true;
}

template <auto Member>
bool reference(Cursor& c, Context& x) {
    if (c.take_ident("none")) return (x.style.*Member).clear(), true;
    auto const url = read_url(c, x);
    if (url) x.style.*Member = url->url;
    return url.has_value();
}

bool accepted(Cursor& c, Context&) { // hints for drawing on screens, and animation
    while (!c.done()) c.take();
    return true;
}
void copy_nothing(S&, S const&) {}

Property const table[] = {
    {"fill", true, paint<&S::fill>, copy<&S::fill>},
    {"stroke", true, paint<&S::stroke>, copy<&S::stroke>},
    {"fill-opacity", true, fraction<&S::fill_opacity>, copy<&S::fill_opacity>},
    {"stroke-opacity", true, fraction<&S::stroke_opacity>, copy<&S::stroke_opacity>},
    {"fill-rule", true, keyword<&S::fill_rule, rules>, copy<&S::fill_rule>},
    {"clip-rule", true, keyword<&S::clip_rule, rules>, copy<&S::clip_rule>},
    {"stroke-width", true, width, copy<&S::stroke_width>},
    {"stroke-dasharray", true, dashes, copy<&S::stroke_dasharray>},
    {"stroke-dashoffset", true, dash_offset, copy<&S::stroke_dashoffset>},
    {"stroke-linecap", true, keyword<&S::stroke_linecap, caps>, copy<&S::stroke_linecap>},
    {"stroke-linejoin", true, keyword<&S::stroke_linejoin, joins>, copy<&S::stroke_linejoin>},
    {"stroke-miterlimit", true, miter_limit, copy<&S::stroke_miterlimit>},
    {"text-anchor", true, keyword<&S::text_anchor, anchors>, copy<&S::text_anchor>},
    {"clip-path", false, reference<&S::clip_path>, copy<&S::clip_path>},
    {"mask", false, reference<&S::mask>, copy<&S::mask>},
    {"stop-color", false, color<&S::stop_color>, copy<&S::stop_color>},
    {"stop-opacity", false, fraction<&S::stop_opacity>, copy<&S::stop_opacity>},
    {"vector-effect", false, keyword<&S::non_scaling_stroke, effects>, copy<&S::non_scaling_stroke>},
    {"shape-rendering", true, accepted, copy_nothing},
    {"image-rendering", true, accepted, copy_nothing},
    {"dominant-baseline", true, keyword<&S::dominant_baseline, baselines>, copy<&S::dominant_baseline>},
};

} // namespace

std::span<Property const> svg_properties() {
    return table;
}

} // namespace deckle::css
