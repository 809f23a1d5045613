#include "css/selector.hpp"
#include <algorithm>
#include <map>
#include <utility>

namespace deckle::css {
namespace {

using html::Element;
using Kind = SimpleSelector::Kind;

bool is_nth(int a, int b, std::uint32_t position) {
    auto const p = static_cast<int>(position);
    if (a == 0) return p == b;
    return (p - b) % a == 0 && (p - b) / a >= 0;
}

std::string fold(std::string_view text) {
    return lower_case(text);
}

bool attribute_matches(SimpleSelector const& s, Element const& e) {
    using Match = SimpleSelector::Match;
    auto value = e.attribute(s.name);
    if (!value && !e.svg) value = e.attribute(fold(s.name));
    if (!value) return false;
    if (s.match == Match::present) return true;
    std::string folded_value, folded_wanted;
    std::string_view v = *value, wanted = s.exact;
    if (s.ignore_case) {
        v = folded_value = fold(v);
        wanted = folded_wanted = fold(wanted);
    }
    switch (s.match) {
    case Match::present:
        return true;
    case Match::equals:
        return v == wanted;
    case Match::dash:
        return v == wanted || (v.starts_with(wanted) && v.size() > wanted.size() && v[wanted.size()] == '-');
    case Match::prefix:
        return !wanted.empty() && v.starts_with(wanted);
    case Match::suffix:
        return !wanted.empty() && v.ends_with(wanted);
    case Match::contains:
        return !wanted.empty() && v.find(wanted) != std::string_view::npos;
    case Match::word:
        if (wanted.empty()) return false;
        for (auto p = v.find(wanted); p != std::string_view::npos; p = v.find(wanted, p + 1)) {
            auto const space = [&](std::size_t i) {
                return std::string_view(" \t\n\r\f").find(v[i]) != std::string_view::npos;
            };
            if ((p == 0 || space(p - 1)) && (p + wanted.size() == v.size() || space(p + wanted.size()))) return true;
        }
        return false;
    }
    return false;
}

TypeIndex make_type_index(html::Document const& document) {
    TypeIndex out;
    out.from_start.assign(document.element_count(), 0);
    out.from_end.assign(document.element_count(), 0);
    std::vector<Element const*> open{&document.root()};
    out.from_start[0] = out.from_end[0] = 1;
    while (!open.empty()) {
        auto const* parent = open.back();
        open.pop_back();
        std::map<std::string_view, std::uint32_t> counts;
        for (auto const* e = parent->first_element(); e; e = e->next_element()) {
            out.from_start[e->index] = ++counts[e->name];
            if (e->first) open.push_back(e);
        }
        for (auto const* e = parent->first_element(); e; e = e->next_element())
            out.from_end[e->index] = counts[e->name] - out.from_start[e->index] + 1;
    }
    return out;
}

TypeIndex const& types(MatchContext const& context) {
    if (context.types.from_start.empty()) context.types = make_type_index(context.document);
    return context.types;
}

bool any_matches(std::vector<Selector> const& list, Element const& e, MatchContext const& context) {
    return std::ranges::any_of(list, [&](Selector const& s) { return matches(s, e, context); });
}

/// Place among the siblings that match `list`, from 1; 0 when the element itself does not.
std::uint32_t place_among(std::vector<Selector> const& list, Element const& e, MatchContext const& context,
                          bool from_end) {
    if (!any_matches(list, e, context)) return 0;
    std::uint32_t place = 1;
    auto const step = [&](Element const* s) { return from_end ? s->next_element() : s->previous_element(); };
    for (auto const* s = step(&e); s; s = step(s))
        if (any_matches(list, *s, context)) ++place;
    return place;
}

bool is_language(Element const& e, std::string_view wanted) {
    for (auto const* at = &e; at; at = at->parent) {
        auto lang = at->attribute("lang");
        if (!lang) lang = at->attribute("xml:lang");
        if (!lang) continue;
        auto const value = fold(*lang);
        return value == wanted ||
               (value.starts_with(wanted) && value.size() > wanted.size() && value[wanted.size()] == '-');
    }
    return false;
}

bool is_form_control(Element const& e) {
    using html::Tag;
    return e.tag == Tag::input || e.tag == Tag::button || e.tag == Tag::select || e.tag == Tag::textarea ||
           e.tag == Tag::option || e.tag == Tag::fieldset || e.tag == Tag::optgroup;
}

/// The next element of the subtree of `top` in document order.
Element const* next_below(Element const& at, Element const& top) {
    if (auto const* child = at.first_element()) return child;
    for (auto const* e = &at; e != &top; e = e->parent)
        if (auto const* next = e->next_element()) return next;
    return nullptr;
}

/// Looks through the places where a relative selector can find its subject: below `e`, or beside it and below there.
bool has_match(Selector const& relative, Element const& e, MatchContext const& context) {
    auto const& first = relative.compounds[relative.compounds.size() - 2].to_left;
    bool const beside = first == Combinator::next || first == Combinator::later;
    Element const& top = beside && e.parent ? *e.parent : e;
    if (beside && !e.parent) return false;
    for (auto const* at = next_below(beside ? e : top, top); at; at = next_below(*at, top))
        if (matches(relative, *at, context)) return true;
    return false;
}

bool has_any(SimpleSelector const& s, Element const& e, MatchContext const& context) {
    auto const* const outer = std::exchange(context.anchor, &e);
    bool const found =
        std::ranges::any_of(s.arguments, [&](Selector const& relative) { return has_match(relative, e, context); });
    context.anchor = outer;
    return found;
}

bool simple_matches(SimpleSelector const& s, Element const& e, MatchContext const& context) {
    auto const siblings = e.parent ? e.parent->child_count : 1;
    switch (s.kind) {
    case Kind::universal:
        return true;
    case Kind::tag:
        return e.svg ? e.name == s.exact : e.name == s.name;
    case Kind::id:
        return e.id == s.name;
    case Kind::class_:
        return e.has_class(s.name);
    case Kind::attribute:
        return attribute_matches(s, e);
    case Kind::root:
        return !e.parent;
    case Kind::empty:
        return !e.first;
    case Kind::first_child:
        return e.sibling == 0;
    case Kind::last_child:
        return e.sibling + 1 == siblings;
    case Kind::only_child:
        return siblings == 1;
    case Kind::nth_child:
        return is_nth(s.a, s.b, s.arguments.empty() ? e.sibling + 1 : place_among(s.arguments, e, context, false)) &&
               (s.arguments.empty() || any_matches(s.arguments, e, context));
    case Kind::nth_last_child:
        return is_nth(s.a, s.b,
                      s.arguments.empty() ? siblings - e.sibling : place_among(s.arguments, e, context, true)) &&
               (s.arguments.empty() || any_matches(s.arguments, e, context));
    case Kind::first_of_type:
        return types(context).from_start[e.index] == 1;
    case Kind::last_of_type:
        return types(context).from_end[e.index] == 1;
    case Kind::only_of_type:
        return types(context).from_start[e.index] == 1 && types(context).from_end[e.index] == 1;
    case Kind::nth_of_type:
        return is_nth(s.a, s.b, types(context).from_start[e.index]);
    case Kind::nth_last_of_type:
        return is_nth(s.a, s.b, types(context).from_end[e.index]);
    case Kind::not_:
        return !any_matches(s.arguments, e, context);
    case Kind::is:
        return any_matches(s.arguments, e, context);
    case Kind::lang:
        return is_language(e, s.exact);
    case Kind::link:
        return (e.tag == html::Tag::a || e.tag == html::Tag::area) && e.attribute("href").has_value();
    case Kind::checked:
        return e.attribute("checked") || e.attribute("selected");
    case Kind::disabled:
        return is_form_control(e) && e.attribute("disabled");
    case Kind::enabled:
        return is_form_control(e) && !e.attribute("disabled");
    case Kind::has:
        return has_any(s, e, context);
    case Kind::anchor:
        return &e == context.anchor;
    case Kind::never:
        return false;
    }
    return false;
}

bool compound_matches(Compound const& compound, Element const& e, MatchContext const& context) {
    return std::ranges::all_of(compound.parts, [&](SimpleSelector const& s) { return simple_matches(s, e, context); });
}

/// How far back a failed search has to go: no further candidate below that point can help. Without it the time of
/// `a b c d` would grow exponentially with its length. (After Servo's selector matching.)
enum class Found { yes, not_from_this_sibling, not_from_this_descendant, nowhere };

/// The compounds from `at` on, with `e` for the first of them. `to_left` of a compound is its relation to the next
/// entry.
Found search(Selector const& selector, std::size_t at, Element const& e, MatchContext const& context) {
    auto const& compound = selector.compounds[at];
    if (!compound_matches(compound, e, context)) return Found::not_from_this_sibling;
    if (at + 1 == selector.compounds.size() || compound.to_left == Combinator::none) return Found::yes;
    bool const sideways = compound.to_left == Combinator::next || compound.to_left == Combinator::later;
    auto const step = [&](Element const& from) { return sideways ? from.previous_element() : from.parent; };
    for (auto const* candidate = step(e); candidate; candidate = step(*candidate)) {
        auto const found = search(selector, at + 1, *candidate, context);
        if (found == Found::yes || found == Found::nowhere || compound.to_left == Combinator::next) return found;
        if (compound.to_left == Combinator::child) return Found::not_from_this_descendant;
        if (compound.to_left == Combinator::later && found == Found::not_from_this_descendant) return found;
    }
    return sideways ? Found::not_from_this_descendant : Found::nowhere;
}

} // namespace

bool matches(Selector const& selector, Element const& element, MatchContext const& context) {
    return search(selector, 0, element, context) == Found::yes;
}

} // namespace deckle::css
