/// Rules are ranked once by origin, specificity and order; the rules an element matches are then a sorted list of
/// ranks. Elements with the same list, parent style and attributes share one style: in a table of 300,000 cells only
/// the first few are computed.
#include "css/cascade.hpp"
#include "css/ancestors.hpp"
#include "css/compute.hpp"
#include "css/hints.hpp"
#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <unordered_map>

namespace deckle::css {
namespace {

struct Ranked {
    Selector const* selector;
    Rule const* rule;
    SheetData const* sheet;
    RequiredAncestors ancestors;
    std::uint32_t layer; // a greater one is stronger; without !important
};

using Ranks = std::vector<std::uint32_t>;

void flatten(SheetData const& sheet, std::vector<SheetData const*>& out) {
    for (auto const& import : sheet.imports) flatten(*import, out);
    out.push_back(&sheet);
}

template <class T>
void append_bytes(std::string& key, T const& value) {
    key.append(reinterpret_cast<char const*>(&value), sizeof value);
}

/// The order of all layers: path -> strength. What stands in a layer itself is stronger than its inner layers, what
/// stands in none (the empty path) is the strongest.
// https://www.w3.org/TR/css-cascade-5/#layer-ordering
class LayerOrder {
public:
    explicit LayerOrder(std::vector<SheetData const*> const& sheets) {
        std::vector<std::string> named;
        for (auto const* sheet : sheets)
            for (auto const& name : sheet->layers)
                if (std::ranges::find(named, name) == named.end()) named.push_back(name);
        std::map<std::string_view, std::size_t> place;
        for (auto const& name : named) place.emplace(name, place.size());
        auto const key = [&](std::string_view path) {
            std::vector<std::size_t> out;
            for (auto dot = path.find('.'); !path.empty(); dot = path.find('.', dot + 1)) {
                out.push_back(place[path.substr(0, dot)]);
                if (dot == std::string_view::npos) break;
            }
            out.push_back(named.size());
            return out;
        };
        std::ranges::sort(named, {}, key);
        for (auto const& name : named) strength_.emplace(name, static_cast<std::uint32_t>(strength_.size()));
    }
    [[nodiscard]] bool any() const { return !strength_.empty(); }
    [[nodiscard]] std::uint32_t operator()(std::string const& path) const {
        auto const found = path.empty() ? strength_.end() : strength_.find(path);
        return found == strength_.end() ? static_cast<std::uint32_t>(strength_.size()) : found->second;
    }

private:
    std::map<std::string, std::uint32_t> strength_;
};

} // namespace

struct Cascade::State {
    html::Document const& document;
    std::vector<StyleSheet> sheets;
    CascadeOptions options;
    Diagnostics& diagnostics;
    MatchContext matching;
    std::vector<SheetData const*> parts; // sheets and their imports in order
    std::vector<Ranked> rules;           // by rank
    std::uint32_t first_author = 0;      // rank where the author's rules begin
    std::unordered_map<std::string_view, Ranks> by_id, by_class, by_tag;
    Ranks general;
    std::unordered_map<std::string, StylePtr> cache;
    std::unordered_map<std::string, std::shared_ptr<SheetData const>> inline_sheets; // style attributes and hints
    std::vector<StylePtr> styles;                                                    // by element index
    std::unordered_map<std::uint64_t, StylePtr> pseudos;                             // element index * 8 + Pseudo
    std::vector<FontFace> font_faces;
    mutable std::unordered_map<std::string, std::unique_ptr<PageStyle>> pages;
    ComputedStyle initial;
    double root_font_size = 12;
    double viewport_width = 0, viewport_height = 0; // of the first page's area
    bool layered = false;

    State(html::Document const& d, std::vector<StyleSheet> given, CascadeOptions o, Diagnostics& diag)
        : document(d), sheets(std::move(given)), options(std::move(o)), diagnostics(diag), matching{d, {}} {
        sheets.insert(sheets.begin(), options.user_agent ? *options.user_agent : user_agent_sheet());
        for (auto const& sheet : sheets) flatten(sheet.data(), parts);
        for (auto const& sheet : sheets)
            font_faces.insert(font_faces.end(), sheet.font_faces().begin(), sheet.font_faces().end());
        initial.font_size = root_font_size = options.font_size;
        rank();
        index();
        find_viewport();
        compute_all();
    }

    struct PageMatch {
        PageRule const* rule;
        SheetData const* sheet;
    };
    [[nodiscard]] std::vector<PageMatch> page_rules(PageQuery const& query) const {
        std::vector<PageMatch> matched;
        for (auto const* sheet : parts)
            for (auto const& rule : sheet->page_rules)
                if (rule.applies(query)) matched.push_back({&rule, sheet});
        std::ranges::stable_sort(matched, {},
                                 [](PageMatch const& m) { return std::tuple(m.sheet->origin, m.rule->specificity()); });
        return matched;
    }

    void rank() {
        LayerOrder const layers(parts);
        layered = layers.any();
        for (auto const* sheet : parts)
            for (auto const& rule : sheet->rules)
                for (auto const& selector : rule.selectors)
                    rules.push_back({&selector, &rule, sheet, required_ancestors(selector), layers(rule.layer)});
        std::ranges::stable_sort(
            rules, {}, [](Ranked const& r) { return std::tuple(r.sheet->origin, r.layer, r.selector->specificity); });
        auto const author = std::ranges::find(rules, Origin::author, [](Ranked const& r) { return r.sheet->origin; });
        first_author = static_cast<std::uint32_t>(author - rules.begin());
    }

    void index() {
        using Kind = SimpleSelector::Kind;
        for (std::uint32_t i = 0; i < rules.size(); ++i) {
            auto const& subject = rules[i].selector->compounds.front().parts;
            auto const part = [&](Kind kind) { return std::ranges::find(subject, kind, &SimpleSelector::kind); };
            if (auto const id = part(Kind::id); id != subject.end())
                by_id[id->name].push_back(i);
            else if (auto const cls = part(Kind::class_); cls != subject.end())
                by_class[cls->name].push_back(i);
            else if (auto const tag = part(Kind::tag); tag != subject.end())
                by_tag[tag->name].push_back(i);
            else
                general.push_back(i);
        }
    }

    /// vw and vh are parts of the first page's area, whose margins may come from custom properties of the root.
    // https://www.w3.org/TR/css-values-4/#viewport-relative-lengths
    void find_viewport() {
        Diagnostics kept = std::exchange(diagnostics, {}); // everything here is computed once more
        Ranks matched;
        match(document.root(), matched);
        std::erase_if(matched, [this](std::uint32_t r) { return rules[r].selector->pseudo.has_value(); });
        styles.assign(1, style_of(document.root(), matched));
        root_font_size = styles[0]->font_size;
        PageStyle const& page = page_style({});
        ComputedStyle const& s = *page.style;
        auto const length = [](Length const& l, double base) { return l.is_value() ? l.resolve(base) : 0; };
        auto const frame = [&](auto side, double base) {
            return length(side(s.margin), base) + length(side(s.padding), base) + side(s.border).width;
        };
        viewport_width = std::max(1.0, page.width - frame([](auto& v) { return v.left; }, page.width) -
                                           frame([](auto& v) { return v.right; }, page.width));
        viewport_height = std::max(1.0, page.height - frame([](auto& v) { return v.top; }, page.height) -
                                            frame([](auto& v) { return v.bottom; }, page.height));
        pages.clear();
        cache.clear();
        inline_sheets.clear();
        root_font_size = initial.font_size;
        diagnostics = std::move(kept);
    }

    void compute_all() {
        styles.resize(document.element_count());
        Ranks matched, own, of_pseudo;
        auto const around = std::make_unique<OpenElements>();
        for (html::Node const* node = &document.root(); node;) {
            if (auto const* e = node->as_element()) {
                if (e->index % 1024 == 0 && options.check_time) options.check_time();
                match(*e, matched, around.get());
                own.clear();
                for (auto const r : matched)
                    if (!rules[r].selector->pseudo) own.push_back(r);
                auto const style = style_of(*e, own);
                styles[e->index] = style;
                if (!e->parent) root_font_size = style->font_size;
                if (own.size() != matched.size())
                    for (int p = 0; p <= static_cast<int>(Pseudo::footnote_marker); ++p) {
                        of_pseudo.clear();
                        for (auto const r : matched)
                            if (rules[r].selector->pseudo == static_cast<Pseudo>(p)) of_pseudo.push_back(r);
                        if (!of_pseudo.empty()) add_pseudo(*e, static_cast<Pseudo>(p), of_pseudo, style);
                    }
                if (e->first) {
                    around->push(*e);
                    node = e->first;
                    continue;
                }
            }
            while (node && !node->next) {
                node = node->parent;
                if (node) around->pop();
            }
            if (node) node = node->next;
        }
    }

    /// Ranks of the rules that match, ascending. `around`: the element's ancestors, when they are at hand.
    void match(html::Element const& e, Ranks& out, OpenElements const* around = nullptr) {
        out.clear();
        auto const test = [&](Ranks const& candidates) {
            for (auto const r : candidates)
                if ((around == nullptr || around->may_have(rules[r].ancestors)) &&
                    matches(*rules[r].selector, e, matching))
                    out.push_back(r);
        };
        auto const look_up = [&](auto const& map, std::string_view key) {
            if (auto const found = map.find(key); found != map.end()) test(found->second);
        };
        if (!e.id.empty() && !by_id.empty()) look_up(by_id, e.id);
        for (auto const& c : e.classes) look_up(by_class, c);
        if (e.svg)
            look_up(by_tag, lower_case(e.name));
        else
            look_up(by_tag, e.name);
        test(general);
        std::ranges::sort(out);
        out.erase(std::unique(out.begin(), out.end()), out.end()); // class="a a"
    }

    SheetData const& inline_sheet(std::string const& text, Position const& position, bool unitless) {
        auto const key = (unitless ? "u" : "s") + text;
        auto& sheet = inline_sheets[key];
        if (!sheet) sheet = parse_declarations(text, position, unitless, diagnostics);
        return *sheet;
    }

    StylePtr style_of(html::Element const& e, Ranks const& matched) {
        return style_of(e, matched, e.parent ? styles[e.parent->index].get() : &initial);
    }

    StylePtr style_of(html::Element const& e, Ranks const& matched, ComputedStyle const* parent) {
        bool const blockify = !e.parent || blockifies(parent->display);
        std::string hints;
        if (!e.attributes.empty() || e.tag == html::Tag::td || e.tag == html::Tag::th) presentational_hints(e, hints);
        auto const attribute = e.attribute("style").value_or("");
        std::string key;
        key.reserve(64);
        append_bytes(key, parent);
        key.append(reinterpret_cast<char const*>(matched.data()), matched.size() * sizeof(matched[0]));
        key += e.svg ? '\2' : '\1';
        ((key += hints) += '\0') += attribute;
        auto& cached = cache[key];
        if (cached) return cached;
        SheetData const* hint_sheet = hints.empty() ? nullptr : &inline_sheet(hints, document.position(e), e.svg);
        // the position of the element stands for its attribute
        SheetData const* inline_style =
            attribute.empty() ? nullptr : &inline_sheet(std::string(attribute), document.position(e), false);
        cached = make(matched, hint_sheet, e.svg, inline_style, *parent, blockify);
        return cached;
    }

    StylePtr make(Ranks const& matched, SheetData const* hints, bool unitless, SheetData const* inline_style,
                  ComputedStyle const& parent, bool blockify) {
        std::vector<Applied> list;
        auto const add = [&](SheetData const& sheet, std::vector<Declaration> const& declarations, bool important,
                             bool plain_numbers = false) {
            for (auto const& d : declarations)
                if (d.important == important) list.push_back({&d, &sheet, plain_numbers});
        };
        auto const author = std::ranges::lower_bound(matched, first_author);
        auto const add_rules = [&](auto from, auto to, bool important) {
            for (auto r = from; r != to; ++r) add(*rules[*r].sheet, rules[*r].rule->declarations, important);
        };
        add_rules(matched.begin(), author, false);
        if (hints) add(*hints, hints->rules.front().declarations, false, unitless);
        add_rules(author, matched.end(), false);
        if (inline_style) add(*inline_style, inline_style->rules.front().declarations, false);
        if (layered) { // for what is important the order of layers is the other way round
            Ranks turned(author, matched.end());
            std::ranges::stable_sort(turned, std::greater{}, [&](std::uint32_t r) { return rules[r].layer; });
            add_rules(turned.cbegin(), turned.cend(), true);
        } else {
            add_rules(author, matched.end(), true);
        }
        if (inline_style) add(*inline_style, inline_style->rules.front().declarations, true);
        add_rules(matched.begin(), author, true);
        return std::make_shared<ComputedStyle const>(compute(
            list, parent, {&options, root_font_size, blockify, nullptr, viewport_width, viewport_height}, diagnostics));
    }

    void add_pseudo(html::Element const& e, Pseudo which, Ranks const& matched, StylePtr const& parent) {
        std::string key = "p";
        append_bytes(key, parent.get());
        key += static_cast<char>(which);
        key.append(reinterpret_cast<char const*>(matched.data()), matched.size() * sizeof(matched[0]));
        auto& cached = cache[key];
        if (!cached) {
            cached = make(matched, nullptr, false, nullptr, *parent,
                          blockifies(parent->display) && (which == Pseudo::before || which == Pseudo::after));
        }
        if ((which == Pseudo::before || which == Pseudo::after) && (!cached->content || cached->content->empty()))
            return;
        pseudos[std::uint64_t{e.index} * 8 + static_cast<std::uint64_t>(which)] = cached;
    }

    PageStyle const& page_style(PageQuery const& query) const;
};

namespace {

/// What margin boxes are like unless the author says otherwise: https://www.w3.org/TR/css-page-3/#margin-text-alignment
void margin_box_defaults(MarginBox box, ComputedStyle& style) {
    using enum MarginBox;
    style.display = Display::block;
    style.vertical_align.kind = VerticalAlign::Kind::middle;
    switch (box) {
    case top_left:
    case bottom_left:
    case top_right_corner:
    case bottom_right_corner:
        style.text_align = TextAlign::left;
        break;
    case top_right:
    case bottom_right:
    case top_left_corner:
    case bottom_left_corner:
        style.text_align = TextAlign::right;
        break;
    default:
        style.text_align = TextAlign::center;
    }
    if (box == right_top || box == left_top) style.vertical_align.kind = VerticalAlign::Kind::top;
    if (box == right_bottom || box == left_bottom) style.vertical_align.kind = VerticalAlign::Kind::bottom;
}

} // namespace

PageStyle const& Cascade::State::page_style(PageQuery const& query) const {
    auto const matched = page_rules(query);
    std::string key;
    for (auto const& m : matched) append_bytes(key, m.rule);
    auto& cached = pages[key];
    if (cached) return *cached;
    cached = std::make_unique<PageStyle>();
    auto const gather = [&](auto member) {
        std::vector<Applied> list;
        for (bool const important : {false, true})
            for (auto const& m : matched)
                for (auto const& d : member(*m.rule))
                    if (d.important == important) list.push_back({&d, m.sheet});
        return list;
    };
    Length size[2] = {Length::pt(options.page_width), Length::pt(options.page_height)};
    auto const& root = *styles[0];
    ComputeOptions compute_options{&options, root_font_size, true, size, viewport_width, viewport_height};
    auto const page = std::make_shared<ComputedStyle const>(compute(
        gather([](PageRule const& r) -> auto const& { return r.declarations; }), root, compute_options, diagnostics));
    cached->width = size[0].points;
    cached->height = size[1].points;
    cached->style = page;
    compute_options.page_size = nullptr;
    for (std::size_t i = 0; i < margin_box_count; ++i) {
        auto const list = gather([i](PageRule const& r) -> auto const& { return r.boxes[i]; });
        if (list.empty()) continue;
        auto style = std::make_shared<ComputedStyle>(initial_style());
        static_cast<InheritedStyle&>(*style) = *page;
        margin_box_defaults(static_cast<MarginBox>(i), *style);
        compute_into(*style, list, *page, compute_options, diagnostics);
        if (style->content && !style->content->empty()) cached->margin_boxes[i] = std::move(style);
    }
    auto const footnote = gather([](PageRule const& r) -> auto const& { return r.footnote; });
    if (!footnote.empty())
        cached->footnote_area =
            std::make_shared<ComputedStyle const>(compute(footnote, *page, compute_options, diagnostics));
    return *cached;
}

std::string_view margin_box_name(MarginBox box) {
    static constexpr std::string_view names[] = {"top-left-corner",     "top-left",     "top-center",    "top-right",
                                                 "top-right-corner",    "right-top",    "right-middle",  "right-bottom",
                                                 "bottom-right-corner", "bottom-right", "bottom-center", "bottom-left",
                                                 "bottom-left-corner",  "left-bottom",  "left-middle",   "left-top"};
    return names[static_cast<std::size_t>(box)];
}

Cascade::Cascade(html::Document const& document, std::vector<StyleSheet> sheets, CascadeOptions options,
                 Diagnostics& diagnostics)
    : state_(std::make_unique<State>(document, std::move(sheets), std::move(options), diagnostics)) {}
Cascade::Cascade(Cascade&&) noexcept = default;
Cascade& Cascade::operator=(Cascade&&) noexcept = default;
Cascade::~Cascade() = default;

ComputedStyle const& Cascade::style(html::Element const& element) const {
    return *state_->styles[element.index];
}
StylePtr Cascade::style_ptr(html::Element const& element) const {
    return state_->styles[element.index];
}

StylePtr Cascade::style_below(html::Element const& element, ComputedStyle const& parent) const {
    Ranks matched;
    state_->match(element, matched);
    std::erase_if(matched, [&](std::uint32_t r) { return state_->rules[r].selector->pseudo.has_value(); });
    return state_->style_of(element, matched, &parent);
}

std::optional<Position> Cascade::declared_at(html::Element const& element, std::string_view name) const {
    auto const id = find_property(name);
    Ranks matched;
    state_->match(element, matched);
    std::optional<Position> found;
    bool important = false;
    for (auto const r : matched) {
        Ranked const& ranked = state_->rules[r];
        if (!id || ranked.selector->pseudo) continue;
        for (auto const& d : ranked.rule->declarations) {
            if (d.property != *id || !d.custom.empty() || (important && !d.important)) continue;
            found = ranked.sheet->position(d.at);
            important = d.important;
        }
    }
    return found;
}

StylePtr Cascade::pseudo_ptr(html::Element const& element, Pseudo which) const {
    auto const found = state_->pseudos.find(std::uint64_t{element.index} * 8 + static_cast<std::uint64_t>(which));
    return found == state_->pseudos.end() ? nullptr : found->second;
}

ComputedStyle const* Cascade::pseudo(html::Element const& element, Pseudo which) const {
    return pseudo_ptr(element, which).get();
}

PageStyle const& Cascade::page_style(PageQuery const& query) const {
    return state_->page_style(query);
}
std::vector<FontFace> const& Cascade::font_faces() const {
    return state_->font_faces;
}
html::Document const& Cascade::document() const {
    return state_->document;
}
std::size_t Cascade::style_count() const {
    return state_->cache.size();
}

} // namespace deckle::css
