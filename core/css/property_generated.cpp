/// Generated content: https://www.w3.org/TR/css-content-3/ and https://www.w3.org/TR/css-gcpm-3/
#include "css/property.hpp"

namespace deckle::css {
namespace {

using S = ComputedStyle;
using Kind = ContentItem::Kind;
using Which = ContentItem::Which;
using Extent = ContentItem::Extent;

constexpr Keyword<Which> whiches[] = {
    {"first", Which::first}, {"start", Which::start}, {"last", Which::last}, {"first-except", Which::first_except}};
constexpr Keyword<Which> texts[] = {{"text", Which::text},
                                    {"content", Which::text},
                                    {"before", Which::before},
                                    {"after", Which::after},
                                    {"first-letter", Which::first_letter}};

bool counter_style(Cursor& in, ContentItem& item) {
    if (!in.take_comma()) return true;
    if (in.peek().type == Token::Type::string) {
        item.style = '"' + std::string(in.take().text);
        return true;
    }
    auto const style = read_custom_ident(in);
    if (style) item.style = lower_case(*style);
    return style.has_value();
}

bool string_argument(Cursor& in, std::string& to) {
    if (in.peek().type != Token::Type::string) return false;
    to = in.take().text;
    return true;
}

/// The place a target-*() function points at: "#id", url() or attr(href).
bool target(Cursor& in, ContentItem& item) {
    if (in.peek().type == Token::Type::string || in.peek().type == Token::Type::url) {
        item.target = in.take().text;
        return true;
    }
    if (!in.peek().is_function("attr")) return false;
    Cursor attr(in.take_block());
    auto const name = read_custom_ident(attr);
    if (!name) return false;
    item.target_is_attr = true;
    item.target = *name;
    (void)(attr.take_ident("url") || attr.take_ident("string"));
    return attr.done();
}

/// [extent || scope], then the pattern: what follows the name in -deckle-sum() and -deckle-count().
bool sum_arguments(Cursor& in, ContentItem& item) {
    static constexpr Keyword<unsigned> extents[] = {{"page", 1}, {"running", 2}, {"before-page", 4}, {"up-to-page", 8}};
    if (!in.take_comma()) return true;
    unsigned words = 0;
    while (in.peek().type == Token::Type::ident) {
        if (auto const word = read_keyword<unsigned>(in, extents)) {
            if ((words & *word) != 0) return false;
            words |= *word;
        } else if (!item.target.empty() || !store(item.target, read_custom_ident(in))) {
            return false;
        }
    }
    switch (words) {
    case 0:
        break;
    case 1:
        item.extent = Extent::page;
        break;
    case 2:
        item.extent = Extent::running;
        break;
    case 3:
        item.extent = Extent::running_page;
        break;
    case 4:
        item.extent = Extent::before_page;
        break;
    case 8:
        item.extent = Extent::up_to_page;
        break;
    default:
        return false;
    }
    bool const any = words != 0 || !item.target.empty();
    if (any && !in.take_comma()) return true;
    return string_argument(in, item.text) && !item.text.empty();
}

bool content_function(Cursor& c, ContentItem& item) {
    auto const name = lower_case(c.peek().text);
    Cursor in(c.take_block());
    auto const named = [&] { return store(item.name, read_custom_ident(in)); };
    if (name == "attr") {
        item.kind = Kind::attr;
        if (!named()) return false;
        (void)(in.take_ident("string") || in.take_ident("url"));
        if (in.take_comma() && !string_argument(in, item.text)) return false;
    } else if (name == "counter") {
        item.kind = Kind::counter;
        if (!named() || !counter_style(in, item)) return false;
    } else if (name == "counters") {
        item.kind = Kind::counters;
        if (!named() || !in.take_comma() || !string_argument(in, item.text) || !counter_style(in, item)) return false;
    } else if (name == "string" || name == "element") {
        item.kind = name == "string" ? Kind::string_ref : Kind::element_ref;
        if (!named()) return false;
        if (in.take_comma() && !store(item.which, read_keyword<Which>(in, whiches))) return false;
    } else if (name == "content") {
        item.kind = Kind::content;
        item.which = read_keyword<Which>(in, texts).value_or(Which::text);
    } else if (name == "target-counter" || name == "target-counters") {
        item.kind = name == "target-counter" ? Kind::target_counter : Kind::target_counters;
        if (!target(in, item) || !in.take_comma() || !named()) return false;
        if (item.kind == Kind::target_counters && (!in.take_comma() || !string_argument(in, item.text))) return false;
        if (!counter_style(in, item)) return false;
    } else if (name == "target-text") {
        item.kind = Kind::target_text;
        item.which = Which::text;
        if (!target(in, item)) return false;
        if (in.take_comma() && !store(item.which, read_keyword<Which>(in, texts))) return false;
    } else if (name == "leader") {
        item.kind = Kind::leader;
        if (in.take_ident("dotted"))
            item.text = ". ";
        else if (in.take_ident("solid"))
            item.text = "_";
        else if (in.take_ident("space"))
            item.text = " ";
        else if (!string_argument(in, item.text) || item.text.empty())
            return false;
    } else if (name == "-deckle-sum" || name == "-deckle-count") {
        item.kind = name == "-deckle-sum" ? Kind::sum : Kind::count;
        if (!named() || !sum_arguments(in, item)) return false;
    } else
        return false;
    return in.done();
}

bool content_list(Cursor& c, Context& x, ContentList& out) {
    while (!c.done() && c.peek().type != Token::Type::comma) {
        if (c.take_delim('/')) { // alternative text: not shown
            while (!c.done()) c.take();
            break;
        }
        ContentItem item;
        if (c.peek().type == Token::Type::string)
            item.text = c.take().text;
        else if (auto const url = read_url(c, x))
            item.kind = Kind::image, item.url = *url;
        else if (c.take_ident("open-quote"))
            item.kind = Kind::open_quote;
        else if (c.take_ident("close-quote"))
            item.kind = Kind::close_quote;
        else if (c.take_ident("no-open-quote"))
            item.kind = Kind::no_open_quote;
        else if (c.take_ident("no-close-quote"))
            item.kind = Kind::no_close_quote;
        else if (c.take_ident("contents"))
            item.kind = Kind::content, item.which = Which::text;
        else if (c.peek().type != Token::Type::function || !content_function(c, item))
            return false;
        out.push_back(std::move(item));
    }
    return !out.empty();
}

bool content(Cursor& c, Context& x) {
    if (c.take_ident("normal")) return x.style.content.reset(), true;
    x.style.content.emplace();
    return c.take_ident("none") || content_list(c, x, *x.style.content);
}

template <auto Member, int Default>
bool counters(Cursor& c, Context& x) {
    auto& out = x.style.*Member;
    out.clear();
    if (c.take_ident("none")) return true;
    while (!c.done()) {
        auto const name = read_custom_ident(c);
        if (!name) return false;
        out.push_back({*name, read_integer(c, x).value_or(Default)});
    }
    return !out.empty();
}

bool string_set(Cursor& c, Context& x) {
    x.style.string_set.clear();
    if (c.take_ident("none")) return true;
    do {
        StringSet set;
        if (!store(set.name, read_custom_ident(c)) || !content_list(c, x, set.content)) return false;
        for (ContentItem const& item : set.content) // a string is set before the page is known
            if (item.kind == Kind::sum || item.kind == Kind::count) return false;
        x.style.string_set.push_back(std::move(set));
    } while (c.take_comma());
    return true;
}

bool number_text(Cursor& c, Context& x, std::string& to) {
    if (c.peek().type == Token::Type::string) {
        to = c.take().text;
        return !to.empty();
    }
    auto const whole = read_integer(c, x); // fractions are strings: they must stay exact
    if (whole) to = std::to_string(*whole);
    return whole.has_value();
}

bool sum_value(Cursor& c, Context& x, SumEntry& entry) {
    using Source = SumEntry::Source;
    if (c.peek().is_function("content")) {
        entry.source = Source::content;
        return Cursor(c.take_block()).done();
    }
    if (!c.peek().is_function("attr")) return number_text(c, x, entry.value);
    entry.source = Source::attribute;
    Cursor in(c.take_block());
    if (!store(entry.value, read_custom_ident(in))) return false;
    if (in.take_comma() && !number_text(in, x, entry.fallback)) return false;
    return in.done();
}

bool sum_entries(Cursor& c, Context& x) {
    x.style.sum_entries.clear();
    if (c.take_ident("none")) return true;
    do {
        SumEntry entry;
        if (!store(entry.name, read_custom_ident(c)) || !sum_value(c, x, entry)) return false;
        x.style.sum_entries.push_back(std::move(entry));
    } while (c.take_comma());
    return true;
}

bool sum_scope(Cursor& c, Context& x) {
    if (c.take_ident("none")) return x.style.sum_scope.clear(), true;
    for (auto const* taken : {"page", "before-page", "up-to-page", "running", "group", "table", "report"})
        if (c.peek().is_ident(taken)) return false;
    return store(x.style.sum_scope, read_custom_ident(c));
}

constexpr Keyword<ShowOn> show_on[] = {{"auto", ShowOn::auto_},        {"all", ShowOn::all},
                                       {"first", ShowOn::first},       {"continued", ShowOn::continued},
                                       {"not-last", ShowOn::not_last}, {"last", ShowOn::last}};

bool quotes(Cursor& c, Context& x) {
    auto& out = x.style.quotes;
    if (c.take_ident("auto")) return out = S{}.quotes, true;
    out.clear();
    if (c.take_ident("none")) return true;
    while (c.peek().type == Token::Type::string) out.emplace_back(c.take().text);
    return !out.empty() && out.size() % 2 == 0;
}

Property const table[] = {
    {"content", false, content, copy<&S::content>},
    {"counter-reset", false, counters<&S::counter_reset, 0>, copy<&S::counter_reset>},
    {"counter-set", false, counters<&S::counter_set, 0>, copy<&S::counter_set>},
    {"counter-increment", false, counters<&S::counter_increment, 1>, copy<&S::counter_increment>},
    {"string-set", false, string_set, copy<&S::string_set>},
    {"-deckle-add", false, sum_entries, copy<&S::sum_entries>},
    {"-deckle-scope", false, sum_scope, copy<&S::sum_scope>},
    {"-deckle-show-on", false, keyword<&S::show_on, show_on>, copy<&S::show_on>},
    {"quotes", true, quotes, copy<&S::quotes>},
};

} // namespace

std::span<Property const> generated_properties() {
    return table;
}

} // namespace deckle::css
