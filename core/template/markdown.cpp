// md4c escapes raw HTML but lets every link scheme through, so its output, which is well-formed by construction, is
// gone over once: addresses outside the list lose their href, images become their text, headings sink below the page's.
#include "base/error.hpp"
#include "template/template.hpp"
#include <algorithm>
#include <md4c-html.h>
#include <string>
#include <string_view>

namespace deckle::templates {
namespace {

bool is_allowed(std::string_view url) {
    std::string start(url.substr(0, 8));
    std::ranges::transform(start, start.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (std::string_view scheme : {"http://", "https://", "mailto:", "#"})
        if (start.starts_with(scheme)) return true;
    return false;
}

std::string_view attribute(std::string_view tag, std::string_view name) {
    auto const at = tag.find(name);
    if (at == std::string_view::npos) return {};
    auto const start = at + name.size();
    return tag.substr(start, tag.find('"', start) - start);
}

std::string gone_over(std::string_view html) {
    std::string out;
    while (!html.empty()) {
        auto const open = html.find('<');
        out += html.substr(0, open);
        if (open == std::string_view::npos) break;
        auto const end = html.find('>', open);
        auto const tag = html.substr(open, end == std::string_view::npos ? end : end - open + 1);
        html.remove_prefix(open + tag.size());
        bool const heading = tag.size() == 4 + (tag[1] == '/') && tag[tag.size() - 3] == 'h';
        if (tag.starts_with("<a ")) {
            auto const url = attribute(tag, "href=\"");
            out += is_allowed(url) ? "<a href=\"" + std::string(url) + "\">" : "<a>";
        } else if (tag.starts_with("<img ")) {
            out += attribute(tag, "alt=\"");
        } else if (heading) {
            out += tag.substr(0, tag.size() - 2);
            out += static_cast<char>(std::min<int>(tag[tag.size() - 2] + 2, '6'));
            out += '>';
        } else {
            out += tag;
        }
    }
    return out;
}

} // namespace

std::string markdown_to_html(std::string_view markdown) {
    std::string html;
    auto const append = [](MD_CHAR const* text, MD_SIZE size, void* to) {
        static_cast<std::string*>(to)->append(text, size);
    };
    unsigned const flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH;
    if (md_html(markdown.data(), static_cast<MD_SIZE>(markdown.size()), append, &html, flags, 0) != 0)
        throw Error(ErrorCode::data, "the Markdown text cannot be read");
    return gone_over(html);
}

} // namespace deckle::templates
