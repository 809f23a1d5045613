/// Boxes: size, margins, position, display.
#include "css/property.hpp"
#include <tuple>

namespace deckle::css {
namespace {

using S = ComputedStyle;

constexpr Keyword<Display> displays[] = {{"none", Display::none},
                                         {"contents", Display::contents},
                                         {"block", Display::block},
                                         {"flow-root", Display::flow_root},
                                         {"inline", Display::inline_},
                                         {"inline-block", Display::inline_block},
                                         {"list-item", Display::list_item},
                                         {"flex", Display::flex},
                                         {"inline-flex", Display::inline_flex},
                                         {"grid", Display::grid},
                                         {"inline-grid", Display::inline_block},
                                         {"table", Display::table},
                                         {"inline-table", Display::inline_table},
                                         {"table-row-group", Display::table_row_group},
                                         {"table-header-group", Display::table_header_group},
                                         {"table-footer-group", Display::table_footer_group},
                                         {"table-row", Display::table_row},
                                         {"table-cell", Display::table_cell},
                                         {"table-column-group", Display::table_column_group},
                                         {"table-column", Display::table_column},
                                         {"table-caption", Display::table_caption}};
constexpr Keyword<Float> floats[] = {
    {"none", Float::none}, {"left", Float::left}, {"right", Float::right}, {"footnote", Float::footnote}};
constexpr Keyword<Clear> clears[] = {
    {"none", Clear::none}, {"left", Clear::left}, {"right", Clear::right}, {"both", Clear::both}};
constexpr Keyword<PositionKind> positions[] = {{"static", PositionKind::static_},
                                               {"relative", PositionKind::relative},
                                               {"absolute", PositionKind::absolute},
                                               {"fixed", PositionKind::fixed}};
constexpr Keyword<Overflow> overflows[] = {{"visible", Overflow::visible},
                                           {"hidden", Overflow::hidden},
                                           {"auto", Overflow::hidden},
                                           {"scroll", Overflow::hidden},
                                           {"clip", Overflow::hidden}};
constexpr Keyword<Visibility> visibilities[] = {
    {"visible", Visibility::visible}, {"hidden", Visibility::hidden}, {"collapse", Visibility::collapse}};
constexpr Keyword<BoxSizing> box_sizings[] = {{"content-box", BoxSizing::content_box},
                                              {"border-box", BoxSizing::border_box}};
constexpr Keyword<Length::Kind> auto_word[] = {{"auto", Length::Kind::auto_}};
constexpr Keyword<Length::Kind> size_words[] = {{"auto", Length::Kind::auto_},
                                                {"min-content", Length::Kind::min_content},
                                                {"max-content", Length::Kind::max_content},
                                                {"fit-content", Length::Kind::fit_content}};
constexpr Keyword<Length::Kind> max_words[] = {{"none", Length::Kind::none},
                                               {"min-content", Length::Kind::min_content},
                                               {"max-content", Length::Kind::max_content},
                                               {"fit-content", Length::Kind::fit_content}};
constexpr Keyword<ObjectFit> object_fits[] = {{"fill", ObjectFit::fill},
                                              {"contain", ObjectFit::contain},
                                              {"cover", ObjectFit::cover},
                                              {"none", ObjectFit::none},
                                              {"scale-down", ObjectFit::scale_down}};

std::optional<Length> length_or(Cursor& c, Context const& x, std::span<Keyword<Length::Kind> const> words, Sign sign) {
    if (auto const word = read_keyword<Length::Kind>(c, words)) return Length{*word};
    return read_length_percentage(c, x, sign);
}

template <auto Member, auto const& Words>
bool size(Cursor& c, Context& x) {
    return store(x.style.*Member, length_or(c, x, Words, Sign::not_negative));
}

/// One to four values around the box.
template <class Read>
bool four_sides(Cursor& c, Sides<Length>& to, Read read) {
    std::optional<Length> v[4];
    int count = 0;
    while (count < 4 && !c.done()) {
        if (!(v[count] = read())) return false;
        ++count;
    }
    if (count == 0) return false;
    to.top = *v[0];
    to.right = count > 1 ? *v[1] : to.top;
    to.bottom = count > 2 ? *v[2] : to.top;
    to.left = count > 3 ? *v[3] : to.right;
    return true;
}

template <auto Member, auto Side>
void copy_side(S& to, S const& from) {
    (to.*Member).*Side = (from.*Member).*Side;
}
template <auto Side>
bool margin_side(Cursor& c, Context& x) {
    return store(x.style.margin.*Side, length_or(c, x, auto_word, Sign::any));
}
template <auto Side>
bool padding_side(Cursor& c, Context& x) {
    return store(x.style.padding.*Side, read_length_percentage(c, x, Sign::not_negative));
}
template <auto Side>
bool inset_side(Cursor& c, Context& x) {
    return store(x.style.inset.*Side, length_or(c, x, auto_word, Sign::any));
}
/// The side where the text of the element begins, or ends.
template <bool (*Left)(Cursor&, Context&), bool (*Right)(Cursor&, Context&)>
bool inline_side(Cursor& c, Context& x) {
    return x.style.direction == Direction::rtl ? Right(c, x) : Left(c, x);
}
template <auto Member, bool Start>
void copy_inline(S& to, S const& from) {
    using L = Sides<Length>;
    auto const side = (to.direction == Direction::rtl) == Start ? &L::right : &L::left;
    (to.*Member).*side = (from.*Member).*side;
}
/// margin-inline and the like: one or two values.
template <bool (*First)(Cursor&, Context&), bool (*Second)(Cursor&, Context&)>
bool pair(Cursor& c, Context& x) {
    auto const begin = c.mark();
    if (!First(c, x)) return false;
    if (c.done()) c.reset(begin);
    return Second(c, x);
}

bool position(Cursor& c, Context& x) {
    if (c.peek().is_function("running")) {
        Cursor in(c.take_block());
        auto const name = read_custom_ident(in);
        if (!name || !in.done()) return false;
        x.style.position = PositionKind::running;
        x.style.running_name = *name;
        return true;
    }
    x.style.running_name.clear();
    return keyword<&S::position, positions>(c, x);
}

bool z_index(Cursor& c, Context& x) {
    if (c.take_ident("auto")) return x.style.z_index.reset(), true;
    auto const v = read_integer(c, x);
    if (v) x.style.z_index = *v;
    return v.has_value();
}

bool overflow(Cursor& c, Context& x) {
    if (!keyword<&S::overflow, overflows>(c, x)) return false;
    auto const first = x.style.overflow;
    if (c.done()) return true;
    if (!keyword<&S::overflow, overflows>(c, x)) return false;
    if (first == Overflow::hidden) x.style.overflow = first;
    return true;
}

bool aspect_ratio(Cursor& c, Context& x) {
    bool const automatic = c.take_ident("auto");
    if (automatic && c.done()) return x.style.aspect_ratio = 0, true;
    auto const w = read_number(c, x, Sign::not_negative);
    if (!w) return false;
    double h = 1;
    if (c.take_delim('/')) {
        auto const v = read_number(c, x, Sign::not_negative);
        if (!v) return false;
        h = *v;
    }
    x.style.aspect_ratio = h > 0 ? *w / h : 0;
    return true;
}

bool object_position(Cursor& c, Context& x) {
    auto const p = read_position(c, x);
    if (p) std::tie(x.style.object_position_x, x.style.object_position_y) = *p;
    return p.has_value();
}

bool transform(Cursor& c, Context& x) {
    auto& out = x.style.transform;
    out.clear();
    if (c.take_ident("none")) return true;
    using Kind = TransformFunction::Kind;
    while (!c.done()) {
        if (c.peek().type != Token::Type::function) return false;
        auto const name = lower_case(c.peek().text);
        Cursor in(c.take_block());
        TransformFunction f;
        // SVG's attribute takes plain numbers (user units, degrees), with commas or spaces between
        auto const length = [&](Length& to) { return store(to, read_length_percentage(in, x)); };
        auto const plain = [&](double& to) { return store(to, read_number_or_percentage(in, x)); };
        auto const angle = [&](double& to) {
            if (auto const a = read_angle(in, x)) return to = *a, true;
            return x.unitless && store(to, read_number(in, x));
        };
        bool ok = true;
        if (name == "matrix") {
            double* const v[] = {&f.a, &f.b, &f.c, &f.d, &f.e, &f.f};
            for (auto* p : v) ok = ok && plain(*p) && (in.take_comma(), true);
            f.e *= 0.75, f.f *= 0.75;
        } else if (name == "translate" || name == "translatex" || name == "translatey") {
            f.kind = Kind::translate;
            ok = length(name == "translatey" ? f.y : f.x);
            if (ok && name == "translate" && (in.take_comma() || !in.done())) ok = length(f.y);
        } else if (name == "scale" || name == "scalex" || name == "scaley") {
            f.kind = Kind::scale;
            ok = plain(name == "scaley" ? f.d : f.a);
            if (ok && name == "scale") {
                f.d = f.a;
                if (in.take_comma() || !in.done()) ok = plain(f.d);
            }
        } else if (name == "rotate") {
            f.kind = Kind::rotate;
            ok = angle(f.a);
            if (ok && x.unitless && (in.take_comma() || !in.done())) { // SVG: around a point
                TransformFunction there{Kind::translate, {}, {}}, back{Kind::translate, {}, {}};
                ok = length(there.x) && (in.take_comma(), true) && length(there.y);
                back.x = {Length::Kind::value, -there.x.points, -there.x.percent};
                back.y = {Length::Kind::value, -there.y.points, -there.y.percent};
                if (!ok || !in.done()) return false;
                out.insert(out.end(), {there, f, back});
                c.take_comma();
                continue;
            }
        } else if (name == "skew" || name == "skewx" || name == "skewy") {
            f.kind = Kind::skew;
            f.a = f.b = 0;
            ok = angle(name == "skewy" ? f.b : f.a);
            if (ok && name == "skew" && in.take_comma()) ok = angle(f.b);
        } else
            return false;
        if (!ok || !in.done()) return false;
        out.push_back(f);
        c.take_comma();
    }
    return !out.empty();
}

bool transform_origin(Cursor& c, Context& x) {
    auto const p = read_position(c, x);
    if (p) std::tie(x.style.transform_origin_x, x.style.transform_origin_y) = *p;
    return p.has_value();
}

bool margin(Cursor& c, Context& x) {
    return four_sides(c, x.style.margin, [&] { return length_or(c, x, auto_word, Sign::any); });
}
bool padding(Cursor& c, Context& x) {
    return four_sides(c, x.style.padding, [&] { return read_length_percentage(c, x, Sign::not_negative); });
}
bool inset(Cursor& c, Context& x) {
    return four_sides(c, x.style.inset, [&] { return length_or(c, x, auto_word, Sign::any); });
}

using L = Sides<Length>;
constexpr auto T = &L::top, R = &L::right, B = &L::bottom, F = &L::left;

Property const table[] = {
    {"display", false, keyword<&S::display, displays>, copy<&S::display>},
    {"float", false, keyword<&S::float_, floats>, copy<&S::float_>},
    {"clear", false, keyword<&S::clear, clears>, copy<&S::clear>},
    {"position", false, position, copy<&S::position, &S::running_name>},
    {"z-index", false, z_index, copy<&S::z_index>},
    {"overflow", false, overflow, copy<&S::overflow>},
    {"overflow-x", false, keyword<&S::overflow, overflows>, copy<&S::overflow>},
    {"overflow-y", false, keyword<&S::overflow, overflows>, copy<&S::overflow>},
    {"visibility", true, keyword<&S::visibility, visibilities>, copy<&S::visibility>},
    {"box-sizing", false, keyword<&S::box_sizing, box_sizings>, copy<&S::box_sizing>},
    {"width", false, size<&S::width, size_words>, copy<&S::width>},
    {"height", false, size<&S::height, size_words>, copy<&S::height>},
    {"min-width", false, size<&S::min_width, size_words>, copy<&S::min_width>},
    {"min-height", false, size<&S::min_height, size_words>, copy<&S::min_height>},
    {"max-width", false, size<&S::max_width, max_words>, copy<&S::max_width>},
    {"max-height", false, size<&S::max_height, max_words>, copy<&S::max_height>},
    {"inline-size", false, size<&S::width, size_words>, copy<&S::width>},
    {"block-size", false, size<&S::height, size_words>, copy<&S::height>},
    {"min-inline-size", false, size<&S::min_width, size_words>, copy<&S::min_width>},
    {"max-inline-size", false, size<&S::max_width, max_words>, copy<&S::max_width>},
    {"min-block-size", false, size<&S::min_height, size_words>, copy<&S::min_height>},
    {"max-block-size", false, size<&S::max_height, max_words>, copy<&S::max_height>},
    {"aspect-ratio", false, aspect_ratio, copy<&S::aspect_ratio>},
    {"margin", false, margin, copy<&S::margin>},
    {"margin-top", false, margin_side<T>, copy_side<&S::margin, T>},
    {"margin-right", false, margin_side<R>, copy_side<&S::margin, R>},
    {"margin-bottom", false, margin_side<B>, copy_side<&S::margin, B>},
    {"margin-left", false, margin_side<F>, copy_side<&S::margin, F>},
    {"margin-block-start", false, margin_side<T>, copy_side<&S::margin, T>},
    {"margin-block-end", false, margin_side<B>, copy_side<&S::margin, B>},
    {"margin-inline-start", false, inline_side<margin_side<F>, margin_side<R>>, copy_inline<&S::margin, true>},
    {"margin-inline-end", false, inline_side<margin_side<R>, margin_side<F>>, copy_inline<&S::margin, false>},
    {"margin-block", false, pair<margin_side<T>, margin_side<B>>, copy<&S::margin>},
    {"margin-inline", false,
     pair<inline_side<margin_side<F>, margin_side<R>>, inline_side<margin_side<R>, margin_side<F>>>, copy<&S::margin>},
    {"padding", false, padding, copy<&S::padding>},
    {"padding-top", false, padding_side<T>, copy_side<&S::padding, T>},
    {"padding-right", false, padding_side<R>, copy_side<&S::padding, R>},
    {"padding-bottom", false, padding_side<B>, copy_side<&S::padding, B>},
    {"padding-left", false, padding_side<F>, copy_side<&S::padding, F>},
    {"padding-block-start", false, padding_side<T>, copy_side<&S::padding, T>},
    {"padding-block-end", false, padding_side<B>, copy_side<&S::padding, B>},
    {"padding-inline-start", false, inline_side<padding_side<F>, padding_side<R>>, copy_inline<&S::padding, true>},
    {"padding-inline-end", false, inline_side<padding_side<R>, padding_side<F>>, copy_inline<&S::padding, false>},
    {"padding-block", false, pair<padding_side<T>, padding_side<B>>, copy<&S::padding>},
    {"padding-inline", false,
     pair<inline_side<padding_side<F>, padding_side<R>>, inline_side<padding_side<R>, padding_side<F>>>,
     copy<&S::padding>},
    {"inset", false, inset, copy<&S::inset>},
    {"inset-block-start", false, inset_side<T>, copy_side<&S::inset, T>},
    {"inset-block-end", false, inset_side<B>, copy_side<&S::inset, B>},
    {"inset-inline-start", false, inline_side<inset_side<F>, inset_side<R>>, copy_inline<&S::inset, true>},
    {"inset-inline-end", false, inline_side<inset_side<R>, inset_side<F>>, copy_inline<&S::inset, false>},
    {"inset-block", false, pair<inset_side<T>, inset_side<B>>, copy<&S::inset>},
    {"inset-inline", false, pair<inline_side<inset_side<F>, inset_side<R>>, inline_side<inset_side<R>, inset_side<F>>>,
     copy<&S::inset>},
    {"top", false, inset_side<T>, copy_side<&S::inset, T>},
    {"right", false, inset_side<R>, copy_side<&S::inset, R>},
    {"bottom", false, inset_side<B>, copy_side<&S::inset, B>},
    {"left", false, inset_side<F>, copy_side<&S::inset, F>},
    {"object-fit", false, keyword<&S::object_fit, object_fits>, copy<&S::object_fit>},
    {"object-position", false, object_position, copy<&S::object_position_x, &S::object_position_y>},
    {"opacity", false, fraction<&S::opacity>, copy<&S::opacity>},
    {"transform", false, transform, copy<&S::transform>},
    {"transform-origin", false, transform_origin, copy<&S::transform_origin_x, &S::transform_origin_y>},
};

} // namespace

std::span<Property const> box_properties() {
    return table;
}

} // namespace deckle::css
