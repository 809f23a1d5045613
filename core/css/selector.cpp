#include "css/selector.hpp"
#include "css/value.hpp"
#include <algorithm>
#include <charconv>
#include <utility>

namespace deckle::css {
namespace {

using Kind = SimpleSelector::Kind;
using Type = Token::Type;

constexpr std::uint32_t id_weight = 1u << 20, class_weight = 1u << 10, tag_weight = 1;

struct Failure {
    std::string message;
    std::uint32_t at;
};

/// "2n+1", "odd", "-n + 3", "4": https://www.w3.org/TR/css-syntax-3/#anb-microsyntax
bool parse_an_plus_b(std::string text, int& a, int& b) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
    text = lower_case(text);
    if (text == "odd") return a = 2, b = 1, true;
    if (text == "even") return a = 2, b = 0, true;
    auto const integer = [](std::string_view s, int& out) {
        if (s.starts_with('+')) s.remove_prefix(1);
        if (s.empty()) return false;
        auto const r = std::from_chars(s.data(), s.data() + s.size(), out);
        return r.ec == std::errc{} && r.ptr == s.data() + s.size();
    };
    auto const n = text.find('n');
    if (n == std::string::npos) return a = 0, integer(text, b);
    auto const factor = text.substr(0, n);
    if (factor.empty() || factor == "+")
        a = 1;
    else if (factor == "-")
        a = -1;
    else if (!integer(factor, a))
        return false;
    b = 0;
    return n + 1 == text.size() || integer(std::string_view(text).substr(n + 1), b);
}

std::string source_of(Tokens tokens) {
    std::string out;
    for (auto const& t : tokens) {
        switch (t.type) {
        case Type::number:
            out += (t.number >= 0 && !out.empty() ? "+" : "") + std::to_string(static_cast<int>(t.number));
            break;
        case Type::dimension:
            out += std::to_string(static_cast<int>(t.number)) + std::string(t.text);
            break;
        case Type::ident:
            out += t.text;
            break;
        case Type::delim:
            out += t.delim;
            break;
        case Type::whitespace:
            break;
        default:
            return "?";
        }
    }
    // "n" "+" "+3": the sign of a number that follows a sign is not doubled
    for (auto p = out.find("++"); p != std::string::npos; p = out.find("++")) out.erase(p, 1);
    for (auto p = out.find("-+"); p != std::string::npos; p = out.find("-+")) out.erase(p + 1, 1);
    return out;
}

class Parser {
public:
    /// How the selectors begin: as they are, below the rule around (`&`), or relative to an element (:has).
    enum class Begin : std::uint8_t { plain, nested, relative };

    Parser(Tokens tokens, int depth, std::vector<Selector> const* parent = nullptr)
        : tokens_(tokens), depth_(depth), parent_(parent) {}

    std::vector<Selector> list(Begin begin = Begin::plain) {
        std::vector<Selector> out;
        for (;;) {
            out.push_back(complex(begin));
            if (peek().type != Type::comma) break;
            ++at_;
        }
        if (!done()) fail("this selector is not understood");
        return out;
    }

private:
    [[nodiscard]] bool done() const { return at_ >= tokens_.size() || tokens_[at_].type == Type::end; }
    [[nodiscard]] Token const& peek(std::size_t ahead = 0) const {
        static Token const end;
        return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : end;
    }
    void skip_space() {
        while (!done() && peek().type == Type::whitespace) ++at_;
    }
    [[noreturn]] void fail(std::string message) const {
        auto const at = at_ < tokens_.size() ? tokens_[at_].begin : tokens_.empty() ? 0 : tokens_.back().end;
        throw Failure{std::move(message), at};
    }

    /// The combinator here, when there is one.
    std::optional<Combinator> take_combinator() {
        for (auto const& [sign, combinator] :
             {std::pair{'>', Combinator::child}, {'+', Combinator::next}, {'~', Combinator::later}})
            if (peek().is_delim(sign)) return ++at_, combinator;
        return std::nullopt;
    }

    /// True when this selector of the list says where the rule around comes in.
    [[nodiscard]] bool has_nesting_sign() const {
        int depth = 0;
        for (auto i = at_; i < tokens_.size() && tokens_[i].type != Type::end; ++i) {
            auto const type = tokens_[i].type;
            if (type == Type::comma && depth == 0) return false;
            if (type == Type::function || type == Type::open_paren || type == Type::open_bracket) ++depth;
            if (type == Type::close_paren || type == Type::close_bracket) --depth;
            if (tokens_[i].is_delim('&')) return true;
        }
        return false;
    }

    void add_parent(Compound& compound, Selector& out) const {
        SimpleSelector s;
        s.kind = Kind::is;
        s.arguments = *parent_;
        out.specificity += heaviest(*parent_);
        compound.parts.push_back(std::move(s));
    }

    Selector complex(Begin begin) {
        Selector out;
        Combinator combinator = Combinator::none;
        skip_space();
        if (begin != Begin::plain) {
            auto const leading = take_combinator();
            if (begin == Begin::relative || leading || !has_nesting_sign()) {
                Compound first;
                if (begin == Begin::nested)
                    add_parent(first, out);
                else
                    first.parts.emplace_back().kind = Kind::anchor;
                out.compounds.push_back(std::move(first));
                combinator = leading.value_or(Combinator::descendant);
            }
        }
        for (;;) {
            skip_space();
            Compound compound;
            compound.to_left = combinator;
            if (out.pseudo) fail("nothing may follow a pseudo-element");
            parse_compound(compound, out);
            out.compounds.push_back(std::move(compound));
            if (out.compounds.size() > 500) fail("a selector of more than 500 parts");
            bool const space = peek().type == Type::whitespace;
            skip_space();
            if (done() || peek().type == Type::comma) break;
            if (auto const sign = take_combinator())
                combinator = *sign;
            else if (space)
                combinator = Combinator::descendant;
            else
                fail("this selector is not understood");
        }
        std::ranges::reverse(out.compounds);
        return out;
    }

    void parse_compound(Compound& compound, Selector& out) {
        bool any = false;
        for (;; any = true) {
            auto const& t = peek();
            if (t.type == Type::ident || t.is_delim('*')) {
                if (any) fail("a type must come first");
                ++at_;
                if (peek().is_delim('|')) { // a namespace is ignored
                    ++at_;
                    continue_tag(compound, out);
                } else
                    add_tag(t, compound, out);
            } else if (t.type == Type::hash && t.is_id) {
                compound.parts.push_back({Kind::id, {}, false, std::string(t.text), {}, 0, 0, {}});
                out.specificity += id_weight;
                ++at_;
            } else if (t.is_delim('.') && peek(1).type == Type::ident) {
                compound.parts.push_back({Kind::class_, {}, false, std::string(peek(1).text), {}, 0, 0, {}});
                out.specificity += class_weight;
                at_ += 2;
            } else if (parent_ && t.is_delim('&')) {
                add_parent(compound, out);
                ++at_;
            } else if (t.type == Type::open_bracket)
                attribute(compound, out);
            else if (t.type == Type::colon) {
                if (pseudo(compound, out)) {
                    if (compound.parts.empty()) compound.parts.emplace_back();
                    return;
                }
            } else if (any)
                return;
            else
                fail(done() ? "the selector ends too early" : "this selector is not understood");
        }
    }

    void continue_tag(Compound& compound, Selector& out) {
        auto const& t = peek();
        if (t.type != Type::ident && !t.is_delim('*')) fail("a type must follow");
        ++at_;
        add_tag(t, compound, out);
    }

    static void add_tag(Token const& t, Compound& compound, Selector& out) {
        SimpleSelector s;
        if (t.type == Type::ident) {
            s.kind = Kind::tag;
            s.name = lower_case(t.text);
            s.exact = t.text;
            out.specificity += tag_weight;
        }
        compound.parts.push_back(std::move(s));
    }

    void attribute(Compound& compound, Selector& out) {
        using Match = SimpleSelector::Match;
        Cursor whole(tokens_.subspan(at_));
        Tokens const inside = whole.take_block();
        SimpleSelector s;
        s.kind = Kind::attribute;
        Cursor in(inside);
        if (in.peek().type != Type::ident) fail("an attribute name must follow '['");
        auto const name = in.take().text;
        s.name = name;
        if (!in.done()) {
            char const op = in.peek().type == Type::delim ? in.take().delim : '?';
            switch (op) {
            case '=':
                s.match = Match::equals;
                break;
            case '~':
                s.match = Match::word;
                break;
            case '|':
                s.match = Match::dash;
                break;
            case '^':
                s.match = Match::prefix;
                break;
            case '$':
                s.match = Match::suffix;
                break;
            case '*':
                s.match = Match::contains;
                break;
            default:
                fail("this attribute selector is not understood");
            }
            if (op != '=' && !in.take_delim('=')) fail("'=' is missing in the attribute selector");
            if (in.peek().type != Type::string && in.peek().type != Type::ident)
                fail("the value in an attribute selector must be a name or a string");
            s.exact = in.take().text;
            if (in.take_ident("i"))
                s.ignore_case = true;
            else
                (void)in.take_ident("s");
            if (!in.done()) fail("this attribute selector is not understood");
        }
        compound.parts.push_back(std::move(s));
        out.specificity += class_weight;
        skip_block();
    }

    /// Moves past a bracketed group that starts here.
    void skip_block() {
        int depth = 0;
        do {
            auto const type = peek().type;
            if (type == Type::open_bracket || type == Type::function || type == Type::open_paren) ++depth;
            if (type == Type::close_bracket || type == Type::close_paren) --depth;
            ++at_;
        } while (depth > 0 && !done());
    }

    /// True after a pseudo-element.
    bool pseudo(Compound& compound, Selector& out) {
        ++at_;
        bool const element = peek().type == Type::colon;
        if (element) ++at_;
        auto const& t = peek();
        auto const name = lower_case(t.text);
        if (t.type == Type::ident) {
            static constexpr Keyword<Pseudo> elements[] = {{"before", Pseudo::before},
                                                           {"after", Pseudo::after},
                                                           {"marker", Pseudo::marker},
                                                           {"first-line", Pseudo::first_line},
                                                           {"first-letter", Pseudo::first_letter},
                                                           {"footnote-call", Pseudo::footnote_call},
                                                           {"footnote-marker", Pseudo::footnote_marker}};
            bool const old_form = name == "before" || name == "after" || name == "first-line" || name == "first-letter";
            if (element || old_form) {
                for (auto const& e : elements)
                    if (name == e.name) {
                        out.pseudo = e.value;
                        out.specificity += tag_weight;
                        ++at_;
                        return true;
                    }
                fail("unknown pseudo-element ::" + name);
            }
            static constexpr Keyword<Kind> classes[] = {{"root", Kind::root},
                                                        {"scope", Kind::root},
                                                        {"empty", Kind::empty},
                                                        {"first-child", Kind::first_child},
                                                        {"last-child", Kind::last_child},
                                                        {"only-child", Kind::only_child},
                                                        {"first-of-type", Kind::first_of_type},
                                                        {"last-of-type", Kind::last_of_type},
                                                        {"only-of-type", Kind::only_of_type},
                                                        {"link", Kind::link},
                                                        {"any-link", Kind::link},
                                                        {"checked", Kind::checked},
                                                        {"disabled", Kind::disabled},
                                                        {"enabled", Kind::enabled},
                                                        {"hover", Kind::never},
                                                        {"focus", Kind::never},
                                                        {"focus-visible", Kind::never},
                                                        {"focus-within", Kind::never},
                                                        {"active", Kind::never},
                                                        {"visited", Kind::never},
                                                        {"target", Kind::never}};
            for (auto const& k : classes)
                if (name == k.name) {
                    SimpleSelector s;
                    s.kind = k.value;
                    compound.parts.push_back(std::move(s));
                    out.specificity += class_weight;
                    ++at_;
                    return false;
                }
            fail("unknown pseudo-class :" + name);
        }
        if (t.type != Type::function || element) fail("a name must follow ':'");
        functional(name, compound, out);
        return false;
    }

    void functional(std::string const& name, Compound& compound, Selector& out) {
        Cursor whole(tokens_.subspan(at_));
        Tokens const inside = whole.take_block();
        SimpleSelector s;
        static constexpr Keyword<Kind> nths[] = {{"nth-child", Kind::nth_child},
                                                 {"nth-last-child", Kind::nth_last_child},
                                                 {"nth-of-type", Kind::nth_of_type},
                                                 {"nth-last-of-type", Kind::nth_last_of_type}};
        if (name == "is" || name == "where" || name == "not" || name == "matches" || name == "-webkit-any") {
            if (depth_ > 16) fail("selectors are nested too deeply");
            s.kind = name == "not" ? Kind::not_ : Kind::is;
            s.arguments = Parser(inside, depth_ + 1, parent_).list();
            check_no_pseudo(s.arguments);
            if (name != "where") out.specificity += heaviest(s.arguments);
        } else if (name == "has") {
            if (in_has_) fail(":has() cannot stand inside :has()");
            Parser relative(inside, depth_ + 1, parent_);
            relative.in_has_ = true;
            s.kind = Kind::has;
            s.arguments = relative.list(Begin::relative);
            check_no_pseudo(s.arguments);
            out.specificity += heaviest(s.arguments);
        } else if (name == "lang") {
            s.kind = Kind::lang;
            Cursor in(inside);
            if (in.peek().type != Type::ident && in.peek().type != Type::string) fail("a language must follow");
            s.exact = lower_case(in.take().text);
            out.specificity += class_weight;
        } else {
            auto const* const nth =
                std::find_if(std::begin(nths), std::end(nths), [&](auto const& k) { return k.name == name; });
            if (nth == std::end(nths)) fail("unknown pseudo-class :" + name + "()");
            s.kind = nth->value;
            auto formula = inside;
            for (std::size_t i = 0; i < inside.size(); ++i)
                if (inside[i].is_ident("of")) {
                    if (s.kind != Kind::nth_child && s.kind != Kind::nth_last_child) fail("'of' is not allowed here");
                    if (depth_ > 16) fail("selectors are nested too deeply");
                    formula = inside.first(i);
                    s.arguments = Parser(inside.subspan(i + 1), depth_ + 1).list();
                    check_no_pseudo(s.arguments);
                    out.specificity += heaviest(s.arguments);
                    break;
                }
            if (!parse_an_plus_b(source_of(formula), s.a, s.b)) fail("expected odd, even, a number or an+b");
            out.specificity += class_weight;
        }
        compound.parts.push_back(std::move(s));
        skip_block();
    }

    void check_no_pseudo(std::vector<Selector> const& list) const {
        for (auto const& s : list)
            if (s.pseudo) fail("a pseudo-element cannot stand inside another selector");
    }
    static std::uint32_t heaviest(std::vector<Selector> const& list) {
        std::uint32_t most = 0;
        for (auto const& s : list) most = std::max(most, s.specificity);
        return most;
    }

    Tokens tokens_;
    std::size_t at_ = 0;
    int depth_;
    std::vector<Selector> const* parent_; // of a nested rule
    bool in_has_ = false;
};

} // namespace

std::vector<Selector> parse_selectors(Tokens tokens, SelectorError& error, std::vector<Selector> const* nested_in) {
    try {
        return Parser(tokens, 0, nested_in).list(nested_in ? Parser::Begin::nested : Parser::Begin::plain);
    } catch (Failure const& failure) {
        error = {failure.message, failure.at};
        return {};
    }
}

} // namespace deckle::css
