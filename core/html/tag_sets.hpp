/// The groups of elements that HTML's tree construction distinguishes.
#pragma once
#include "html/document.hpp"
#include <array>
#include <cstdint>
#include <initializer_list>

namespace deckle::html {

class TagSet {
public:
    constexpr TagSet(std::initializer_list<Tag> tags) {
        for (auto tag : tags) bits_[index(tag) / 64] |= std::uint64_t{1} << (index(tag) % 64);
    }
    [[nodiscard]] constexpr bool has(Tag tag) const { return (bits_[index(tag) / 64] >> (index(tag) % 64) & 1) != 0; }

private:
    static constexpr std::size_t index(Tag tag) { return static_cast<std::size_t>(tag); }
    std::array<std::uint64_t, 4> bits_{};
};

[[nodiscard]] inline bool is_foreign(Element const& e) {
    return e.svg || e.math;
}
/// The tag of an element in the HTML namespace; Tag::unknown for SVG and MathML.
[[nodiscard]] inline Tag html_tag(Element const& e) {
    return is_foreign(e) ? Tag::unknown : e.tag;
}

namespace sets {
// clang-format off
inline constexpr TagSet headings{Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6};
inline constexpr TagSet formatting{Tag::a, Tag::b, Tag::big, Tag::code, Tag::em, Tag::font, Tag::i, Tag::nobr, Tag::s,
    Tag::small, Tag::strike, Tag::strong, Tag::tt, Tag::u};
inline constexpr TagSet markers{Tag::applet, Tag::marquee, Tag::object};
inline constexpr TagSet implied_end{Tag::dd, Tag::dt, Tag::li, Tag::optgroup, Tag::option, Tag::p, Tag::rb, Tag::rp,
    Tag::rt, Tag::rtc};
inline constexpr TagSet implied_end_thoroughly{Tag::caption, Tag::colgroup, Tag::dd, Tag::dt, Tag::li, Tag::optgroup,
    Tag::option, Tag::p, Tag::rb, Tag::rp, Tag::rt, Tag::rtc, Tag::tbody, Tag::td, Tag::tfoot, Tag::th, Tag::thead,
    Tag::tr};
// their start tags close a paragraph; their end tags need them in scope
inline constexpr TagSet blocks{Tag::address, Tag::article, Tag::aside, Tag::blockquote, Tag::center, Tag::details,
    Tag::dialog, Tag::dir, Tag::div, Tag::dl, Tag::fieldset, Tag::figcaption, Tag::figure, Tag::footer, Tag::header,
    Tag::hgroup, Tag::main, Tag::menu, Tag::nav, Tag::ol, Tag::search, Tag::section, Tag::summary, Tag::ul};
inline constexpr TagSet in_head{Tag::base, Tag::basefont, Tag::bgsound, Tag::link, Tag::meta, Tag::noframes, Tag::script,
    Tag::style, Tag::template_, Tag::title};
inline constexpr TagSet rows{Tag::tbody, Tag::tfoot, Tag::thead};
inline constexpr TagSet cells{Tag::td, Tag::th};
// where text and elements are fostered
inline constexpr TagSet table_structure{Tag::table, Tag::tbody, Tag::tfoot, Tag::thead, Tag::tr};
inline constexpr TagSet table_parts{Tag::caption, Tag::col, Tag::colgroup, Tag::tbody, Tag::td, Tag::tfoot, Tag::th,
    Tag::thead, Tag::tr};
// https://html.spec.whatwg.org/multipage/parsing.html#special, HTML's own
inline constexpr TagSet special{Tag::address, Tag::applet, Tag::area, Tag::article, Tag::aside, Tag::base, Tag::basefont,
    Tag::bgsound, Tag::blockquote, Tag::body, Tag::br, Tag::button, Tag::caption, Tag::center, Tag::col, Tag::colgroup,
    Tag::dd, Tag::details, Tag::dir, Tag::div, Tag::dl, Tag::dt, Tag::embed, Tag::fieldset, Tag::figcaption, Tag::figure,
    Tag::footer, Tag::form, Tag::frame, Tag::frameset, Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6, Tag::head,
    Tag::header, Tag::hgroup, Tag::hr, Tag::html, Tag::iframe, Tag::img, Tag::input, Tag::keygen, Tag::li, Tag::link,
    Tag::listing, Tag::main, Tag::marquee, Tag::menu, Tag::meta, Tag::nav, Tag::noembed, Tag::noframes, Tag::noscript,
    Tag::object, Tag::ol, Tag::p, Tag::param, Tag::plaintext, Tag::pre, Tag::script, Tag::search, Tag::section,
    Tag::select, Tag::source, Tag::style, Tag::summary, Tag::table, Tag::tbody, Tag::td, Tag::template_, Tag::textarea,
    Tag::tfoot, Tag::th, Tag::thead, Tag::title, Tag::tr, Tag::track, Tag::ul, Tag::wbr, Tag::xmp};
// https://html.spec.whatwg.org/multipage/parsing.html#has-an-element-in-scope, HTML's own
inline constexpr TagSet scope_ends{Tag::applet, Tag::caption, Tag::html, Tag::table, Tag::td, Tag::th, Tag::marquee,
    Tag::object, Tag::template_};
// their start tags end SVG and MathML content
inline constexpr TagSet breaks_out{Tag::b, Tag::big, Tag::blockquote, Tag::body, Tag::br, Tag::center, Tag::code, Tag::dd,
    Tag::div, Tag::dl, Tag::dt, Tag::em, Tag::embed, Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6, Tag::head,
    Tag::hr, Tag::i, Tag::img, Tag::li, Tag::listing, Tag::menu, Tag::meta, Tag::nobr, Tag::ol, Tag::p, Tag::pre,
    Tag::ruby, Tag::s, Tag::small, Tag::span, Tag::strong, Tag::strike, Tag::sub, Tag::sup, Tag::table, Tag::tt, Tag::u,
    Tag::ul, Tag::var};
// clang-format on
} // namespace sets

/// The SVG and MathML elements that end a scope and are special.
[[nodiscard]] inline bool is_foreign_border(Element const& e) {
    if (e.svg) return e.tag == Tag::foreignObject || e.tag == Tag::desc || e.tag == Tag::title;
    return e.math && (e.name == "mi" || e.name == "mo" || e.name == "mn" || e.name == "ms" || e.name == "mtext" ||
                      e.name == "annotation-xml");
}
[[nodiscard]] inline bool is_special(Element const& e) {
    return is_foreign(e) ? is_foreign_border(e) : sets::special.has(e.tag);
}

} // namespace deckle::html
