/// SVG files, which are XML: libxml2's SAX parser as tokenizer. No file and no entity of the document's own is read.
/// Exceptions must not pass libxml2's C frames: the first one is kept, the parser stopped, and it is thrown afterwards.
#include "html/node_maker.hpp"
#include "html/parse.hpp"
#include <exception>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <memory>
#include <vector>

namespace deckle::html {
namespace {

std::string_view view(xmlChar const* text) {
    return reinterpret_cast<char const*>(text);
}

struct Reader {
    std::string_view text;
    Locator lines;
    NodeMaker nodes;
    Diagnostics& diagnostics;
    xmlParserCtxtPtr context = nullptr;
    std::exception_ptr failure;
    std::vector<Element*> stack;
    Element* root = nullptr;
    std::string pending; // text not yet in the tree
    Place pending_place;

    Reader(std::string_view source, std::string file, Diagnostics& d, Limits limits)
        : text(source), lines(source), nodes(std::move(file), limits), diagnostics(d) {}

    [[nodiscard]] std::size_t offset() const {
        auto const* input = context->input;
        return std::min(static_cast<std::size_t>(input->consumed) + static_cast<std::size_t>(input->cur - input->base),
                        text.size());
    }

    template <class F>
    void guarded(F&& f) {
        if (failure) return;
        try {
            f();
        } catch (...) {
            failure = std::current_exception();
            xmlStopParser(context);
        }
    }

    void start(std::string_view name, int count, xmlChar const** given) {
        flush();
        if (stack.empty() && root) return; // a second root
        std::vector<std::string> names;    // prefix:name
        names.reserve(static_cast<std::size_t>(count));
        Attributes attributes;
        for (int i = 0; i < count; ++i, given += 5) {
            names.push_back((given[1] ? std::string(view(given[1])) + ":" : "") + std::string(view(given[0])));
            attributes.emplace_back(names.back(), std::string_view(reinterpret_cast<char const*>(given[3]),
                                                                   static_cast<std::size_t>(given[4] - given[3])));
        }
        auto const at = offset();
        auto const from = at == 0 ? std::string_view::npos : text.rfind('<', at - 1);
        auto* element = nodes.element(name, attributes, NodeMaker::Namespace::svg,
                                      lines.at(from == std::string_view::npos ? 0 : from));
        if (stack.empty())
            nodes.set_root(root = element);
        else
            NodeMaker::insert(*stack.back(), *element, nullptr);
        stack.push_back(element);
        nodes.check_depth(stack.size(), {element->line, element->column});
    }

    void end() {
        flush();
        if (!stack.empty()) stack.pop_back();
    }

    void characters(std::string_view more) {
        if (stack.empty()) return;
        if (pending.empty()) {
            auto const at = offset();
            pending_place = lines.at(at > more.size() ? at - more.size() : 0);
        }
        pending += more;
    }

    void flush() {
        if (pending.empty()) return;
        NodeMaker::insert(*stack.back(), *nodes.text(pending, pending_place), nullptr);
        pending.clear();
    }

    void error(xmlErrorPtr e) {
        std::string message = e->message ? e->message : "not understood";
        while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
        for (auto& c : message)
            if (c == '\n') c = ' ';
        auto const p = lines.at(offset());
        diagnostics.warning("html-syntax", message,
                            {nodes.file(), static_cast<int>(p.line), static_cast<int>(p.column)});
    }
};

Reader& reader(void* user) {
    return *static_cast<Reader*>(static_cast<xmlParserCtxtPtr>(user)->_private);
}

void on_start(void* user, xmlChar const* name, xmlChar const*, xmlChar const*, int, xmlChar const**, int count, int,
              xmlChar const** attributes) {
    auto& r = reader(user);
    r.guarded([&] { r.start(view(name), count, attributes); });
}
void on_end(void* user, xmlChar const*, xmlChar const*, xmlChar const*) {
    auto& r = reader(user);
    r.guarded([&] { r.end(); });
}
void on_characters(void* user, xmlChar const* text, int length) {
    auto& r = reader(user);
    r.guarded([&] { r.characters({reinterpret_cast<char const*>(text), static_cast<std::size_t>(length)}); });
}
void on_error(void* user, xmlErrorPtr e) {
    auto& r = reader(user);
    r.guarded([&] { r.error(e); });
}
xmlEntityPtr on_entity(void*, xmlChar const* name) {
    return xmlGetPredefinedEntity(name);
}

xmlSAXHandler handler() {
    xmlSAXHandler sax{};
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_characters;
    sax.ignorableWhitespace = on_characters;
    sax.cdataBlock = on_characters;
    sax.serror = on_error;
    sax.getEntity = on_entity;
    sax.initialized = XML_SAX2_MAGIC;
    return sax;
}

struct ContextDeleter {
    void operator()(xmlParserCtxtPtr context) const {
        if (context->myDoc) xmlFreeDoc(context->myDoc);
        xmlFreeParserCtxt(context);
    }
};

} // namespace

Document parse_svg(std::string_view text, std::string file, Diagnostics& diagnostics, Limits limits) {
    check_source(text, file, limits.bytes);
    Reader r(text, std::move(file), diagnostics, limits);
    if (!text.empty()) {
        std::unique_ptr<xmlParserCtxt, ContextDeleter> const context(
            xmlCreateMemoryParserCtxt(text.data(), static_cast<int>(text.size())));
        if (!context) throw Error(ErrorCode::failed, "no memory for the parser", {r.nodes.file(), 0, 0});
        auto sax = handler();
        context->_private = &r;
        r.context = context.get();
        xmlCtxtUseOptions(context.get(), XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOCDATA);
        *context->sax = sax;
        // the text is UTF-8 whatever its declaration says
        context->charset = XML_CHAR_ENCODING_UTF8;
        xmlParseDocument(context.get());
        if (r.failure) std::rethrow_exception(r.failure);
        if (!r.stack.empty()) r.flush();
    }
    if (!r.root || r.root->tag != Tag::svg)
        throw Error(ErrorCode::data, "no <svg> element at the top", {r.nodes.file(), 0, 0});
    return r.nodes.finish();
}

} // namespace deckle::html
