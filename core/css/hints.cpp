#include "css/hints.hpp"
#include "css/property.hpp"
#include "css/tokenizer.hpp"
#include <charconv>

namespace deckle::css {
namespace {

using html::Element;
using html::Tag;

void add(std::string& out, std::string_view name, std::string_view value) {
    ((((out += name) += ':') += value) += ';');
}

std::optional<int> integer(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '+')) text.remove_prefix(1);
    int value = 0;
    auto const r = std::from_chars(text.data(), text.data() + text.size(), value);
    return r.ec == std::errc{} && value > -1'000'000 && value < 1'000'000 ? std::optional(value) : std::nullopt;
}

/// "50%", "120" (pixels).
void add_length(std::string& out, std::string_view name, std::string_view value) {
    auto const n = integer(value);
    if (!n || *n < 0) return;
    add(out, name, std::to_string(*n) + (value.find('%') != std::string_view::npos ? "%" : "px"));
}

/// Values come from attributes: nothing that could end the declaration may get in.
bool is_plain(std::string_view value) {
    return value.find_first_of(";{}\"'\\!") == std::string_view::npos;
}

void add_keyword(std::string& out, std::string_view name, std::string_view value) {
    if (!value.empty() && is_plain(value)) add(out, name, lower_case(value));
}

Element const* enclosing_table(Element const& cell) {
    for (auto const* up = cell.parent; up; up = up->parent)
        if (up->tag == Tag::table) return up;
    return nullptr;
}

void table_hints(Element const& e, std::string_view name, std::string_view value, std::string& out) {
    bool const cell = e.tag == Tag::td || e.tag == Tag::th;
    if (name == "width" || name == "height")
        add_length(out, name, value);
    else if (name == "bgcolor")
        add_keyword(out, "background-color", value);
    else if (name == "valign" && e.tag != Tag::table)
        add_keyword(out, "vertical-align", value);
    else if (name == "nowrap" && cell)
        add(out, "white-space", "nowrap");
    else if (name == "align") {
        if (e.tag == Tag::table) {
            if (equals_nocase(value, "center"))
                out += "margin-left:auto;margin-right:auto;";
            else
                add_keyword(out, "float", value);
        } else
            add_keyword(out, "text-align", value);
    } else if (e.tag == Tag::table && name == "cellspacing")
        add_length(out, "border-spacing", value);
    else if (e.tag == Tag::table && name == "border") {
        auto const width = integer(value).value_or(1);
        if (width > 0) out += "border:" + std::to_string(width) + "px outset gray;";
    }
}

void list_hints(Element const& e, std::string_view name, std::string_view value, std::string& out) {
    auto const n = integer(value);
    if (e.tag == Tag::ol && name == "start" && n)
        add(out, "counter-reset", "list-item " + std::to_string(*n - 1));
    else if (e.tag == Tag::li && name == "value" && n)
        out += "counter-increment:none;counter-set:list-item " + std::to_string(*n) + ";";
    else if (name == "type") {
        if (value == "1")
            add(out, "list-style-type", "decimal");
        else if (value == "a")
            add(out, "list-style-type", "lower-alpha");
        else if (value == "A")
            add(out, "list-style-type", "upper-alpha");
        else if (value == "i")
            add(out, "list-style-type", "lower-roman");
        else if (value == "I")
            add(out, "list-style-type", "upper-roman");
        else
            add_keyword(out, "list-style-type", value);
    }
}

void font_hints(std::string_view name, std::string_view value, std::string& out) {
    if (name == "color")
        add_keyword(out, "color", value);
    else if (name == "face")
        add_keyword(out, "font-family", value);
}

bool is_presentation_attribute(std::string_view name) {
    static constexpr std::string_view names[] = {"fill",
                                                 "stroke",
                                                 "fill-opacity",
                                                 "stroke-opacity",
                                                 "fill-rule",
                                                 "clip-rule",
                                                 "stroke-width",
                                                 "stroke-dasharray",
                                                 "stroke-dashoffset",
                                                 "stroke-linecap",
                                                 "stroke-linejoin",
                                                 "stroke-miterlimit",
                                                 "text-anchor",
                                                 "clip-path",
                                                 "mask",
                                                 "stop-color",
                                                 "stop-opacity",
                                                 "vector-effect",
                                                 "dominant-baseline",
                                                 "opacity",
                                                 "color",
                                                 "display",
                                                 "visibility",
                                                 "overflow",
                                                 "font-family",
                                                 "font-size",
                                                 "font-weight",
                                                 "font-style",
                                                 "font-variant",
                                                 "font-stretch",
                                                 "letter-spacing",
                                                 "word-spacing",
                                                 "text-decoration",
                                                 "direction",
                                                 "transform"};
    for (auto const known : names)
        if (name == known) return true;
    return false;
}

} // namespace

void presentational_hints(Element const& e, std::string& out) {
    for (auto const& [name, value] : e.attributes) {
        if (name == "lang" || name == "xml:lang") {
            if (is_plain(value)) add(out, "-deckle-language", '"' + std::string(value) + '"');
            continue;
        }
        if (e.svg) {
            if (is_presentation_attribute(name) && value.find_first_of(";{}!") == std::string_view::npos) {
                if (name != "transform" || e.tag != Tag::svg) add(out, name, value);
            } else if (e.tag == Tag::svg && (name == "width" || name == "height"))
                add(out, name, value);
            continue;
        }
        if (name == "dir")
            add_keyword(out, "direction", equals_nocase(value, "auto") ? "" : value);
        else if (name == "hidden")
            add(out, "display", "none");
        switch (e.tag) {
        case Tag::table:
        case Tag::thead:
        case Tag::tbody:
        case Tag::tfoot:
        case Tag::tr:
        case Tag::td:
        case Tag::th:
        case Tag::col:
        case Tag::colgroup:
            table_hints(e, name, value, out);
            break;
        case Tag::ol:
        case Tag::ul:
        case Tag::li:
            list_hints(e, name, value, out);
            break;
        case Tag::font:
            font_hints(name, value, out);
            break;
        case Tag::img:
        case Tag::hr:
        case Tag::canvas:
        case Tag::object:
            if (name == "width" || name == "height")
                add_length(out, name, value);
            else if (name == "align" && e.tag == Tag::img &&
                     (equals_nocase(value, "left") || equals_nocase(value, "right")))
                add_keyword(out, "float", value);
            break;
        case Tag::caption:
            if (name == "align") add_keyword(out, "caption-side", value);
            break;
        default:
            if (name == "align" && (e.tag == Tag::p || e.tag == Tag::div || (e.tag >= Tag::h1 && e.tag <= Tag::h6)))
                add_keyword(out, "text-align", value);
        }
    }
    if (e.tag == Tag::td || e.tag == Tag::th)
        if (auto const* table = enclosing_table(e); table && !table->attributes.empty()) {
            if (auto const padding = table->attribute("cellpadding")) add_length(out, "padding", *padding);
            if (auto const border = table->attribute("border"); border && integer(*border).value_or(1) > 0)
                out += "border:1px inset gray;";
        }
}

} // namespace deckle::css
