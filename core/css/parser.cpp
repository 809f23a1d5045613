/// Sheets: https://www.w3.org/TR/css-syntax-3/#parsing
#include "css/caveats.hpp"
#include "css/sheet_data.hpp"
#include "css/stylesheet.hpp"
#include <algorithm>
#include <charconv>
#include <utility>

namespace deckle::css {
namespace {

using Type = Token::Type;
constexpr int max_import_depth = 8;

class Parser {
public:
    Parser(SheetData& sheet, Diagnostics& diagnostics, Loader const* load, int depth, bool unitless = false)
        : sheet_(sheet), diagnostics_(diagnostics), load_(load), depth_(depth), unitless_(unitless),
          layers_(&sheet.layers) {}
    /// For an imported sheet: its layers are parts of `layer`, and named in the importing sheet's list.
    Parser(SheetData& sheet, Parser const& importing, std::string layer)
        : sheet_(sheet), diagnostics_(importing.diagnostics_), load_(importing.load_), depth_(importing.depth_ + 1),
          unitless_(false), layer_(std::move(layer)), layers_(importing.layers_) {}

    void sheet() { rules(0, sheet_.tokens.size() - 1, true); }
    void declarations_only() {
        auto& rule = sheet_.rules.emplace_back();
        declarations(0, sheet_.tokens.size() - 1, rule.declarations, nullptr, nullptr);
    }

private:
    [[nodiscard]] Token const& token(std::size_t i) const { return sheet_.tokens[i]; }
    [[nodiscard]] Tokens span(std::size_t from, std::size_t to) const {
        return Tokens(sheet_.tokens).subspan(from, to - from);
    }
    [[nodiscard]] std::string_view source(std::size_t from, std::size_t to) const {
        if (from >= to) return {};
        return std::string_view(sheet_.text).substr(token(from).begin, token(to - 1).end - token(from).begin);
    }
    void report(char const* code, std::string message, std::uint32_t at) {
        diagnostics_.warning(code, std::move(message), sheet_.position(at));
    }
    void skip_space(std::size_t& i, std::size_t end) const {
        while (i < end && token(i).type == Type::whitespace) ++i;
    }
    void trim(std::size_t& from, std::size_t& to) const {
        while (from < to && token(from).type == Type::whitespace) ++from;
        while (to > from && token(to - 1).type == Type::whitespace) --to;
    }

    /// Index of the bracket that closes the one at `open`, or `end`.
    [[nodiscard]] std::size_t matching(std::size_t open, std::size_t end) const {
        int depth = 0;
        for (auto i = open; i < end; ++i) {
            switch (token(i).type) {
            case Type::function:
            case Type::open_paren:
            case Type::open_bracket:
            case Type::open_brace:
                ++depth;
                break;
            case Type::close_paren:
            case Type::close_bracket:
            case Type::close_brace:
                if (--depth == 0) return i;
                break;
            default:
                break;
            }
        }
        return end;
    }

    /// First token of `wanted` types outside brackets.
    [[nodiscard]] std::size_t find(std::size_t from, std::size_t end, std::initializer_list<Type> wanted) const {
        for (auto i = from; i < end; ++i) {
            auto const type = token(i).type;
            if (std::ranges::find(wanted, type) != wanted.end()) return i;
            if (type == Type::function || type == Type::open_paren || type == Type::open_bracket ||
                type == Type::open_brace)
                i = matching(i, end);
        }
        return end;
    }

    /// Blocks in blocks are read by functions that call each other: some are a sheet, thousands are an attack.
    bool may_nest(std::size_t at) {
        if (nesting_ <= 32) return true;
        report("css-syntax", "rules are nested too deeply", token(at).begin);
        return false;
    }
    /// Of a @media, @supports or @layer block.
    void inner_rules(std::size_t from, std::size_t end) {
        if (!may_nest(from)) return;
        ++nesting_;
        rules(from, end, false);
        --nesting_;
    }

    void rules(std::size_t i, std::size_t end, bool top) {
        bool imports_allowed = top;
        for (;;) {
            skip_space(i, end);
            if (i >= end) return;
            if (token(i).type == Type::at_keyword) {
                bool const early = token(i).is("import") || token(i).is("charset") || token(i).is("layer");
                at_rule(i, end, imports_allowed);
                imports_allowed = imports_allowed && early;
                continue;
            }
            imports_allowed = false;
            auto const brace = find(i, end, {Type::open_brace});
            if (brace == end) {
                report("css-syntax", "a rule without { } was left out", token(i).begin);
                return;
            }
            auto const close = matching(brace, end);
            if (close == end) report("css-syntax", "'}' is missing", token(brace).begin);
            style_rule(i, brace, close, nullptr);
            i = std::min(close + 1, end);
        }
    }

    void style_rule(std::size_t from, std::size_t brace, std::size_t close, std::vector<Selector> const* parent) {
        SelectorError error;
        auto selectors = parse_selectors(span(from, brace), error, parent);
        if (selectors.empty()) {
            report("unknown-selector",
                   error.message + "; the rule '" + std::string(source(from, brace)) + "' was left out", error.at);
            return;
        }
        rule_body(brace + 1, close, selectors);
    }

    /// The declarations of a rule, and the rules nested in it, each in its place.
    void rule_body(std::size_t from, std::size_t end, std::vector<Selector> const& selectors) {
        if (!may_nest(from)) return;
        ++nesting_;
        auto const place = sheet_.rules.size();
        sheet_.rules.push_back({selectors, {}, layer_});
        std::vector<Declaration> own;
        declarations(from, end, own, nullptr, &selectors);
        sheet_.rules[place].declarations = std::move(own);
        --nesting_;
    }

    /// A rule or at-rule inside a rule: https://www.w3.org/TR/css-nesting-1/. Returns where it ends.
    std::size_t nested(std::size_t i, std::size_t end, std::vector<Selector> const& parent) {
        auto const stop = find(i, end, {Type::open_brace, Type::semicolon});
        bool const block = stop < end && token(stop).type == Type::open_brace;
        auto const close = block ? matching(stop, end) : stop;
        if (token(i).type != Type::at_keyword)
            style_rule(i, stop, close, &parent);
        else if (block && (token(i).is("media") || token(i).is("supports"))) {
            auto const prelude = span(i + 1, stop);
            if (token(i).is("media") ? media_matches(prelude) : supports(prelude, 0))
                rule_body(stop + 1, close, parent);
        } else
            report("unknown-at-rule", "@" + std::string(token(i).text) + " is not known here", token(i).begin);
        return std::min(close + 1, end);
    }

    /// Declarations of a block; in @page (`page` given) margin boxes too, in a style rule (`parent` given) other rules.
    void declarations(std::size_t i, std::size_t end, std::vector<Declaration>& out, PageRule* page,
                      std::vector<Selector> const* parent) {
        for (;;) {
            while (i < end && (token(i).type == Type::whitespace || token(i).type == Type::semicolon)) ++i;
            if (i >= end) return;
            auto const stop = find(i, end, {Type::semicolon, Type::open_brace});
            bool const block = stop < end && token(stop).type == Type::open_brace;
            if (parent && (block || token(i).type == Type::at_keyword)) {
                i = nested(i, end, *parent);
                continue;
            }
            if (token(i).type == Type::at_keyword) {
                auto const close = block ? matching(stop, end) : stop;
                if (!page || !margin_box(i, stop, close, *page))
                    report("unknown-at-rule", "@" + std::string(token(i).text) + " is not known here", token(i).begin);
                i = std::min(close + 1, end);
                continue;
            }
            if (block) {
                report("css-syntax", "a rule inside a block of declarations was left out", token(i).begin);
                i = std::min(matching(stop, end) + 1, end);
                continue;
            }
            declaration(i, stop, out, page != nullptr);
            i = stop;
        }
    }

    void declaration(std::size_t from, std::size_t end, std::vector<Declaration>& out, bool in_page) {
        auto const at = token(from).begin;
        auto i = from + 1;
        skip_space(i, end);
        if (token(from).type != Type::ident || i >= end || token(i).type != Type::colon) {
            trim(from, end);
            return report("css-syntax", "'" + std::string(source(from, end)) + "' is no declaration (name: value)", at);
        }
        Declaration d;
        d.at = at;
        auto first = i + 1, last = end;
        trim(first, last);
        if (last >= first + 2 && token(last - 1).is_ident("important")) {
            auto bang = last - 2;
            while (bang > first && token(bang).type == Type::whitespace) --bang;
            if (token(bang).is_delim('!')) {
                d.important = true;
                last = bang;
                trim(first, last);
            }
        }
        d.value = span(first, last);
        d.text = source(first, last);
        for (auto k = first; k < last; ++k)
            d.has_var = d.has_var || token(k).is_function("var") || token(k).is_function("env");
        auto const name = token(from).text;
        if (name.starts_with("--")) {
            d.custom = name;
            out.push_back(std::move(d));
            return;
        }
        auto const lower = lower_case(name);
        auto const id = find_property(lower);
        if (!id) {
            // looking for it takes long, so not for what is only counted
            bool const counted = diagnostics_.suppressed().contains("unknown-property");
            auto const similar = counted ? std::string_view() : similar_property(lower);
            return report("unknown-property",
                          "unknown property '" + std::string(name) + "'" +
                              (similar.empty() ? "" : ", did you mean '" + std::string(similar) + "'?"),
                          at);
        }
        d.property = *id;
        if (!d.has_var && !is_valid(d, in_page)) {
            report("unknown-value", "'" + std::string(d.text) + "' is not a value of " + lower, token(first).begin);
            return;
        }
        if (auto const caveat = caveat_of(lower, d.value); !caveat.text.empty())
            diagnostics_.add(caveat.severity, "unsupported-value", "'" + std::string(d.text) + "': " + caveat.text,
                             sheet_.position(token(first).begin));
        out.push_back(std::move(d));
    }

    bool is_valid(Declaration const& d, bool in_page) {
        ComputedStyle scratch = initial_style();
        Length size[2];
        Context x{scratch, initial_style()};
        x.unitless = unitless_;
        if (in_page) x.page_size = size;
        return set_property(d.property, d.value, x);
    }

    // At-rules

    void at_rule(std::size_t& i, std::size_t end, bool imports_allowed) {
        auto const name = lower_case(token(i).text);
        auto const at = token(i).begin;
        auto const stop = find(i + 1, end, {Type::semicolon, Type::open_brace});
        bool const block = stop < end && token(stop).type == Type::open_brace;
        auto const close = block ? matching(stop, end) : stop;
        if (block && close == end) report("css-syntax", "'}' is missing", token(stop).begin);
        auto const prelude = span(i + 1, stop);
        if (name == "import" && !block)
            import(prelude, at, imports_allowed);
        else if (name == "media" && block) {
            if (media_matches(prelude)) inner_rules(stop + 1, close);
        } else if (name == "supports" && block) {
            if (supports(prelude, 0)) inner_rules(stop + 1, close);
        } else if (name == "layer")
            layer(i, stop, close, block);
        else if (name == "page" && block)
            page_rule(i + 1, stop, close);
        else if (name == "font-face" && block)
            font_face(stop + 1, close, at);
        else if (name == "charset") {
        } else
            report("unknown-at-rule", "@" + name + " is not supported and was left out", at);
        i = std::min(close + 1, end);
    }

    /// Names a layer inside the one in work; layers that stand around it are named with it.
    std::string add_layer(std::string_view name) {
        auto const path = layer_.empty() ? std::string(name) : layer_ + "." + std::string(name);
        for (auto dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1))
            if (std::ranges::find(*layers_, path.substr(0, dot)) == layers_->end())
                layers_->push_back(path.substr(0, dot));
        if (std::ranges::find(*layers_, path) == layers_->end()) layers_->push_back(path);
        return path;
    }

    /// "a.b" at the cursor; empty when there is no name.
    static std::string layer_name(Cursor& c) {
        std::string name;
        while (c.peek().type == Type::ident) {
            name += c.take().text;
            if (!c.take_delim('.')) break;
            name += '.';
        }
        return name;
    }
    /// A layer without a name is one of its own.
    [[nodiscard]] std::string unnamed_layer(std::uint32_t at) const {
        auto const position = sheet_.position(at);
        std::string name =
            "@" + position.file + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
        std::ranges::replace(name, '.', ' ');
        return name;
    }

    /// https://www.w3.org/TR/css-cascade-5/#layering
    void layer(std::size_t at, std::size_t stop, std::size_t close, bool block) {
        Cursor list(span(at + 1, stop));
        if (!block) {
            while (!list.done()) {
                Cursor one(list.take_until_comma());
                auto const name = layer_name(one);
                if (name.empty() || !one.done())
                    return report("css-syntax", "@layer needs names between commas", token(at).begin);
                (void)add_layer(name);
            }
            return;
        }
        auto name = layer_name(list);
        if (!list.done()) return report("css-syntax", "a block of @layer has one name or none", token(at).begin);
        if (name.empty()) name = unnamed_layer(token(at).begin);
        auto const outer = std::exchange(layer_, add_layer(name));
        inner_rules(stop + 1, close);
        layer_ = outer;
    }

    /// https://www.w3.org/TR/css-conditional-3/#at-supports
    bool supports(Tokens tokens, int depth) {
        Cursor c(tokens);
        if (depth > 16) return false;
        bool const negated = c.take_ident("not");
        std::optional<bool> out;
        for (bool conjunction = true;;) {
            bool value = false;
            if (c.peek().is_function("selector")) {
                SelectorError error;
                value = !parse_selectors(c.take_block(), error).empty();
            } else if (c.peek().type == Type::open_paren) {
                auto const inside = c.take_block();
                Cursor in(inside);
                bool const nested = in.peek().type == Type::open_paren || in.peek().is_ident("not");
                value = nested ? supports(inside, depth + 1) : supports_declaration(in);
            } else
                return false;
            out = !out ? value : conjunction ? *out && value : *out || value;
            if (c.done()) return *out != negated;
            conjunction = c.take_ident("and");
            if (!conjunction && !c.take_ident("or")) return false;
        }
    }

    bool supports_declaration(Cursor& in) {
        if (in.peek().type != Type::ident) return false;
        auto const id = find_property(lower_case(in.take().text));
        if (!id || in.peek().type != Type::colon) return false;
        in.take();
        Declaration d;
        d.property = *id;
        d.value = in.rest();
        auto const caveat = caveat_of(property(*id).name, d.value);
        return is_valid(d, false) && (caveat.text.empty() || caveat.severity == Severity::note);
    }

    void import(Tokens prelude, std::uint32_t at, bool allowed) {
        Cursor c(prelude);
        if (c.peek().type != Type::string && c.peek().type != Type::url)
            return report("css-syntax", "@import needs an address", at);
        std::string const url(c.take().text);
        if (!allowed) return report("css-syntax", "@import must stand before all other rules", at);
        auto layer = layer_;
        if (c.peek().is_ident("layer")) {
            c.take();
            layer = add_layer(unnamed_layer(at));
        } else if (c.peek().is_function("layer")) {
            Cursor in(c.take_block());
            layer = add_layer(layer_name(in));
        }
        if (c.peek().is_function("supports")) {
            auto const condition = c.take_block();
            Cursor in(condition);
            if (!(in.peek().type == Type::ident && !in.peek().is("not") ? supports_declaration(in)
                                                                        : supports(condition, 0)))
                return;
        }
        if (!media_matches(c.rest())) return;
        if (depth_ >= max_import_depth)
            return report("css-import", "@import is nested too deeply (a sheet that imports itself?)", at);
        auto const loaded = load_ && *load_ ? (*load_)(url, sheet_.file) : std::nullopt;
        if (!loaded) return report("css-import", "the style sheet '" + url + "' cannot be read", at);
        auto data = std::make_shared<SheetData>();
        data->file = loaded->file;
        data->start = {loaded->file, 1, 1};
        data->origin = sheet_.origin;
        data->read(loaded->bytes);
        Parser(*data, *this, std::move(layer)).sheet();
        sheet_.font_faces.insert(sheet_.font_faces.end(), data->font_faces.begin(), data->font_faces.end());
        sheet_.imports.push_back(std::move(data));
    }

    void page_rule(std::size_t from, std::size_t brace, std::size_t close) {
        std::vector<PageRule> selected;
        Cursor list(span(from, brace));
        if (list.done()) selected.emplace_back();
        while (!list.done()) {
            Cursor c(list.take_until_comma());
            PageRule rule;
            bool ok = true;
            if (c.peek().type == Type::ident) rule.name = c.take().text;
            while (ok && c.peek().type == Type::colon) {
                c.take();
                if (c.take_ident("first"))
                    rule.first = true;
                else if (c.take_ident("left"))
                    rule.left = true;
                else if (c.take_ident("right"))
                    rule.right = true;
                else if (c.take_ident("blank"))
                    rule.blank = true;
                else if (c.peek().is_function("nth")) {
                    std::string const formula(formula_text(c.take_block()));
                    ok = rule.nth = nth_formula(formula, rule.a, rule.b);
                } else
                    ok = false;
            }
            if (!ok || !c.done())
                return report("unknown-selector",
                              "the page selector '" + std::string(source(from, brace)) + "' is not understood",
                              token(from).begin);
            selected.push_back(std::move(rule));
        }
        PageRule body;
        declarations(brace + 1, close, body.declarations, &body, nullptr);
        for (auto& rule : selected) {
            rule.declarations = body.declarations;
            rule.boxes = body.boxes;
            rule.footnote = body.footnote;
            sheet_.page_rules.push_back(std::move(rule));
        }
    }

    [[nodiscard]] std::string formula_text(Tokens tokens) const {
        if (tokens.empty()) return {};
        return sheet_.text.substr(tokens.front().begin, tokens.back().end - tokens.front().begin);
    }
    static bool nth_formula(std::string const& text, int& a, int& b) {
        SelectorError error;
        TextStore store;
        auto const source = ":nth-child(" + text + ")";
        auto const tokens = tokenize(source, store);
        auto const parsed = parse_selectors(tokens, error);
        if (parsed.empty()) return false;
        a = parsed[0].compounds[0].parts[0].a;
        b = parsed[0].compounds[0].parts[0].b;
        return true;
    }

    bool margin_box(std::size_t at, std::size_t brace, std::size_t close, PageRule& page) {
        if (brace >= sheet_.tokens.size() || token(brace).type != Type::open_brace) return false;
        auto const name = lower_case(token(at).text);
        if (name == "footnote") {
            declarations(brace + 1, close, page.footnote, nullptr, nullptr);
            return true;
        }
        for (std::size_t k = 0; k < margin_box_count; ++k)
            if (name == margin_box_name(static_cast<MarginBox>(k))) {
                declarations(brace + 1, close, page.boxes[k], nullptr, nullptr);
                return true;
            }
        return false;
    }

    void font_face(std::size_t i, std::size_t end, std::uint32_t at) {
        FontFace face;
        face.position = sheet_.position(at);
        while (i < end) {
            while (i < end && (token(i).type == Type::whitespace || token(i).type == Type::semicolon)) ++i;
            if (i >= end) break;
            auto const stop = find(i, end, {Type::semicolon});
            auto colon = i + 1;
            skip_space(colon, stop);
            if (token(i).type != Type::ident || colon >= stop || token(colon).type != Type::colon)
                report("css-syntax", "'" + std::string(source(i, stop)) + "' is no descriptor (name: value)",
                       token(i).begin);
            else if (!descriptor(lower_case(token(i).text), span(colon + 1, stop), face))
                report("unknown-value", "'" + std::string(source(i, stop)) + "' is not understood in @font-face",
                       token(i).begin);
            i = stop;
        }
        if (face.family.empty() || face.sources.empty())
            return report("css-syntax", "@font-face needs font-family and src", at);
        sheet_.font_faces.push_back(std::move(face));
    }

    bool descriptor(std::string const& name, Tokens value, FontFace& face) const {
        Cursor c(value);
        if (name == "font-family") {
            if (c.peek().type == Type::string)
                face.family = c.take().text;
            else
                while (c.peek().type == Type::ident)
                    face.family += (face.family.empty() ? "" : " ") + std::string(c.take().text);
            return c.done() && !face.family.empty();
        }
        if (name == "src") return sources(c, face);
        if (name == "font-weight") {
            auto const one = [&]() -> std::optional<int> {
                if (c.take_ident("normal")) return 400;
                if (c.take_ident("bold")) return 700;
                if (c.peek().type == Type::number) return static_cast<int>(c.take().number);
                return std::nullopt;
            };
            auto const low = one();
            if (!low) return false;
            face.weight_min = *low;
            face.weight_max = one().value_or(*low);
            return c.done();
        }
        if (name == "font-style") {
            face.italic = c.take_ident("italic") || c.take_ident("oblique");
            return face.italic || c.take_ident("normal");
        }
        if (name == "unicode-range") return ranges(value, face);
        return name == "font-display"; // says how a screen waits for the font
    }

    bool sources(Cursor& c, FontFace& face) const {
        face.sources.clear();
        while (!c.done()) {
            Cursor one(c.take_until_comma());
            FontFace::Source source;
            if (one.peek().type == Type::url)
                source.url = {std::string(one.take().text), sheet_.file};
            else if (one.peek().is_function("local")) {
                Cursor in(one.take_block());
                source.local = true;
                if (in.peek().type == Type::string)
                    source.url.url = in.take().text;
                else
                    while (in.peek().type == Type::ident)
                        source.url.url += (source.url.url.empty() ? "" : " ") + std::string(in.take().text);
            } else
                return false;
            if (one.peek().is_function("format")) {
                Cursor in(one.take_block());
                source.format = in.take().text;
            }
            if (one.peek().is_function("tech")) (void)one.take_block();
            if (!one.done()) return false;
            face.sources.push_back(std::move(source));
        }
        return !face.sources.empty();
    }

    /// U+25, U+0-7F, U+4??
    bool ranges(Tokens value, FontFace& face) const {
        auto text = formula_text(value);
        std::erase_if(text, [](char ch) { return ch == ' ' || ch == '\n' || ch == '\t'; });
        for (std::size_t from = 0; from < text.size();) {
            auto const to = std::min(text.find(',', from), text.size());
            std::string low = text.substr(from, to - from);
            from = to + 1;
            if (low.size() < 3 || (low[0] != 'U' && low[0] != 'u') || low[1] != '+') return false;
            low.erase(0, 2);
            auto high = low;
            if (auto const dash = low.find('-'); dash != std::string::npos) {
                high = low.substr(dash + 1);
                low.resize(dash);
            }
            std::ranges::replace(low, '?', '0');
            std::ranges::replace(high, '?', 'F');
            std::uint32_t first = 0, last = 0;
            if (std::from_chars(low.data(), low.data() + low.size(), first, 16).ptr != low.data() + low.size() ||
                std::from_chars(high.data(), high.data() + high.size(), last, 16).ptr != high.data() + high.size())
                return false;
            face.unicode_ranges.emplace_back(first, last);
        }
        return !face.unicode_ranges.empty();
    }

    SheetData& sheet_;
    Diagnostics& diagnostics_;
    Loader const* load_;
    int depth_;
    bool unitless_;
    std::string layer_;                // the one in work
    std::vector<std::string>* layers_; // of the sheet that imports all others
    int nesting_ = 0;
};

std::shared_ptr<SheetData> new_sheet(std::string text, Position start, Origin origin) {
    auto data = std::make_shared<SheetData>();
    data->file = start.file;
    data->start = std::move(start);
    data->origin = origin;
    data->read(std::move(text));
    return data;
}

} // namespace

void SheetData::read(std::string sheet) {
    text = std::move(sheet);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3); // a byte order mark is no text
    for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
        line_ends.push_back(static_cast<std::uint32_t>(at));
    tokens = tokenize(text, store);
}

Position SheetData::position(std::uint32_t offset) const {
    auto const newlines = static_cast<int>(std::ranges::lower_bound(line_ends, offset) - line_ends.begin());
    auto const last = newlines > 0 ? line_ends[static_cast<std::size_t>(newlines) - 1] : 0;
    if (newlines == 0) return {file, start.line, start.line == 0 ? 0 : start.column + static_cast<int>(offset)};
    return {file, start.line == 0 ? 0 : start.line + newlines, static_cast<int>(offset - last)};
}

StyleSheet parse(std::string text, Position start, Diagnostics& diagnostics, Loader const& load, Origin origin) {
    if (start.line == 0) start.line = start.column = 1;
    auto data = new_sheet(std::move(text), std::move(start), origin);
    Parser(*data, diagnostics, &load, 0).sheet();
    return StyleSheet(std::move(data));
}

std::shared_ptr<SheetData const> parse_declarations(std::string text, Position start, bool unitless,
                                                    Diagnostics& diagnostics) {
    auto data = new_sheet(std::move(text), std::move(start), Origin::author);
    Parser(*data, diagnostics, nullptr, 0, unitless).declarations_only();
    return data;
}

std::vector<FontFace> const& StyleSheet::font_faces() const {
    return data_->font_faces;
}

std::uint32_t PageRule::specificity() const {
    // name, then :first and :blank, then :left and :right
    return (name.empty() ? 0u : 1u << 16) + ((first ? 1u : 0u) + (blank ? 1u : 0u) + (nth ? 1u : 0u)) * 256u +
           (left ? 1u : 0u) + (right ? 1u : 0u);
}

bool PageRule::applies(PageQuery const& page) const {
    if (!name.empty() && name != page.name) return false;
    if ((first && page.index != 0) || (blank && !page.blank) || (left && !page.left) || (right && page.left))
        return false;
    if (nth) {
        auto const p = static_cast<int>(page.index) + 1;
        return a == 0 ? p == b : (p - b) % a == 0 && (p - b) / a >= 0;
    }
    return true;
}

} // namespace deckle::css
