#include "base/text.hpp"
#include "html/parse.hpp"

namespace deckle::html {
namespace {

void dump_node(Node const& node, int depth, std::string& out) {
    out.append(static_cast<std::size_t>(depth) * 2, ' ');
    if (auto const* text = node.as_text()) {
        (out += in_quotes(text->text)) += '\n';
        return;
    }
    auto const& element = *node.as_element();
    out += '<';
    if (element.svg) out += "svg:";
    out += element.name;
    for (auto const& a : element.attributes) ((((out += ' ') += a.name) += "=\"") += a.value) += '"';
    out += ">\n";
    for (auto const* child = element.first; child; child = child->next) dump_node(*child, depth + 1, out);
}

} // namespace

std::string dump(Document const& document) {
    std::string out;
    dump_node(document.root(), 0, out);
    return out;
}

} // namespace deckle::html
