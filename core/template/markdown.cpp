#include "template/markdown.hpp"
#include "base/text.hpp"
#include "template/markdown_reader.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <functional>

namespace deckle::templates {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Blanks, quotes and what is no ASCII are percent-encoded, so that the address is one word in any reader.
std::string encoded(std::string_view url) {
    std::string out;
    for (char const c : url) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte >= 0x7f || c == '"' || c == '<' || c == '>' || c == '\\' || c == '`')
            out += fmt::format("%{:02X}", byte);
        else
            out += c;
    }
    return escape_markup(out);
}

class HtmlWriter final : public MarkdownReader {
public:
    std::string out;

private:
    void enter(MD_BLOCKTYPE type, void const* detail) override {
        switch (type) {
        case MD_BLOCK_QUOTE:
            out += "<blockquote>\n";
            break;
        case MD_BLOCK_UL:
            out += "<ul>\n";
            break;
        case MD_BLOCK_OL: {
            auto const start = static_cast<MD_BLOCK_OL_DETAIL const*>(detail)->start;
            out += start == 1 ? "<ol>\n" : fmt::format("<ol start=\"{}\">\n", start);
            break;
        }
        case MD_BLOCK_LI:
            out += "<li>";
            break;
        case MD_BLOCK_HR:
            out += "<hr>\n";
            break;
        case MD_BLOCK_H:
            out += fmt::format("<h{}>", heading(detail));
            break;
        case MD_BLOCK_CODE:
            out += "<pre><code>";
            break;
        case MD_BLOCK_P:
            out += "<p>";
            break;
        case MD_BLOCK_TABLE:
            out += "<table>\n";
            break;
        case MD_BLOCK_THEAD:
            out += "<thead>\n";
            break;
        case MD_BLOCK_TBODY:
            out += "<tbody>\n";
            break;
        case MD_BLOCK_TR:
            out += "<tr>";
            break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            out += fmt::format("<t{}{}>", type == MD_BLOCK_TH ? 'h' : 'd', alignment(detail));
            break;
        case MD_BLOCK_DOC:
        case MD_BLOCK_HTML:
            break;
        }
    }
    void leave(MD_BLOCKTYPE type, void const* detail) override {
        switch (type) {
        case MD_BLOCK_QUOTE:
            out += "</blockquote>\n";
            break;
        case MD_BLOCK_UL:
            out += "</ul>\n";
            break;
        case MD_BLOCK_OL:
            out += "</ol>\n";
            break;
        case MD_BLOCK_LI:
            out += "</li>\n";
            break;
        case MD_BLOCK_H:
            out += fmt::format("</h{}>\n", heading(detail));
            break;
        case MD_BLOCK_CODE:
            out += "</code></pre>\n";
            break;
        case MD_BLOCK_P:
            out += "</p>\n";
            break;
        case MD_BLOCK_TABLE:
            out += "</table>\n";
            break;
        case MD_BLOCK_THEAD:
            out += "</thead>\n";
            break;
        case MD_BLOCK_TBODY:
            out += "</tbody>\n";
            break;
        case MD_BLOCK_TR:
            out += "</tr>\n";
            break;
        case MD_BLOCK_TH:
            out += "</th>";
            break;
        case MD_BLOCK_TD:
            out += "</td>";
            break;
        case MD_BLOCK_DOC:
        case MD_BLOCK_HR:
        case MD_BLOCK_HTML:
            break;
        }
    }
    void enter(MD_SPANTYPE type, void const* detail) override {
        if (type == MD_SPAN_IMG) ++images_;
        if (images_ > 0) return;
        if (type == MD_SPAN_A) {
            std::string const url = plain_text(static_cast<MD_SPAN_A_DETAIL const*>(detail)->href);
            out += is_allowed_link(url) ? "<a href=\"" + encoded(url) + "\">" : "<a>";
        } else if (auto const* name = tag(type))
            out += fmt::format("<{}>", name);
    }
    void leave(MD_SPANTYPE type, void const*) override {
        if (type == MD_SPAN_IMG) --images_;
        if (images_ > 0 || type == MD_SPAN_IMG) return;
        if (auto const* name = type == MD_SPAN_A ? "a" : tag(type)) out += fmt::format("</{}>", name);
    }
    void text(MD_TEXTTYPE type, std::string_view text) override {
        switch (type) {
        case MD_TEXT_NULLCHAR:
            out += replacement;
            break;
        case MD_TEXT_BR:
            out += images_ > 0 ? " " : "<br>\n";
            break;
        case MD_TEXT_SOFTBR:
            out += images_ > 0 ? " " : "\n";
            break;
        case MD_TEXT_ENTITY:
            out += escape_markup(entity_text(text));
            break;
        default:
            out += escape_markup(text);
        }
    }

    static int heading(void const* detail) {
        return std::min(static_cast<int>(static_cast<MD_BLOCK_H_DETAIL const*>(detail)->level) + 2, 6);
    }
    static char const* alignment(void const* detail) {
        switch (static_cast<MD_BLOCK_TD_DETAIL const*>(detail)->align) {
        case MD_ALIGN_LEFT:
            return " class=\"left\"";
        case MD_ALIGN_CENTER:
            return " class=\"center\"";
        case MD_ALIGN_RIGHT:
            return " class=\"right\"";
        case MD_ALIGN_DEFAULT:
            break;
        }
        return "";
    }
    static char const* tag(MD_SPANTYPE type) {
        return type == MD_SPAN_EM       ? "em"
               : type == MD_SPAN_STRONG ? "strong"
               : type == MD_SPAN_CODE   ? "code"
               : type == MD_SPAN_DEL    ? "del"
                                        : nullptr;
    }

    int images_ = 0; // images inside one another; their text is kept, without tags
};

class Finder final : public MarkdownReader {
public:
    explicit Finder(std::string_view markdown) : source_(markdown) {}
    std::vector<MarkdownFinding> found;

private:
    using MarkdownReader::enter;
    using MarkdownReader::leave;

    void enter(MD_BLOCKTYPE type, void const*) override {
        if (type == MD_BLOCK_HTML) in_html_ = false;
    }
    void leave(MD_BLOCKTYPE, void const*) override { in_html_ = false; }
    void leave(MD_SPANTYPE type, void const* detail) override { // its text has been seen: the line is known
        if (type == MD_SPAN_IMG)
            add("markdown.image", fmt::format("an image ({}) is not drawn: its text stands instead",
                                              plain_text(static_cast<MD_SPAN_IMG_DETAIL const*>(detail)->src)));
        if (type != MD_SPAN_A) return;
        std::string const url = plain_text(static_cast<MD_SPAN_A_DETAIL const*>(detail)->href);
        if (!is_allowed_link(url))
            add("markdown.link",
                fmt::format("a link to {} is left out: links begin with http://, https://, mailto: or #",
                            url.empty() ? "nothing" : url));
    }
    void text(MD_TEXTTYPE type, std::string_view text) override {
        auto const before = std::less<>();
        if (!before(text.data(), source_.data()) && before(text.data(), source_.data() + source_.size()))
            place_ = static_cast<std::size_t>(text.data() - source_.data()); // md4c hands most text over in its place
        if (type == MD_TEXT_HTML && !in_html_) {
            in_html_ = true;
            add("markdown.html", fmt::format("HTML ({}) prints as the text it is: write Markdown",
                                             text.substr(0, text.find_first_of("\r\n"))));
        } else if (type != MD_TEXT_HTML)
            in_html_ = false;
    }
    void add(char const* rule, std::string message) {
        auto const before = source_.substr(0, place_);
        found.push_back({rule, 1 + static_cast<std::size_t>(std::ranges::count(before, '\n')), std::move(message)});
    }

    std::string_view source_;
    std::size_t place_ = 0;
    bool in_html_ = false; // one finding for a run of HTML
};

} // namespace

std::string markdown_to_html(std::string_view markdown) {
    HtmlWriter writer;
    writer.read(markdown, false);
    return std::move(writer.out);
}

std::vector<MarkdownFinding> markdown_findings(std::string_view markdown) {
    Finder finder(markdown);
    finder.read(markdown, true);
    return std::move(finder.found);
}

} // namespace deckle::templates
