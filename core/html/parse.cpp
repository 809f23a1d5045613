/// libxml2's SAX parsers as tokenizers. Its HTML parser repairs after HTML4: what it closes or invents on its own is
/// ignored here (an event counts only when its tag stands in the text), and end tags it drops come back through its
/// error callback. The tree is built by TreeBuilder. Exceptions must not pass libxml2's C frames: the first one is
/// kept, the parser stopped, and it is thrown afterwards.
#include "html/parse.hpp"
#include "html/clean.hpp"
#include "html/tree_builder.hpp"
#include <exception>
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

namespace deckle::html {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f';
}

std::string_view view(xmlChar const* text) {
    return reinterpret_cast<char const*>(text);
}

struct Reader {
    std::string_view original;
    CleanText clean;
    Locator lines;
    TreeBuilder tree;
    Diagnostics& diagnostics;
    std::string file;
    xmlParserCtxtPtr context = nullptr;
    std::exception_ptr failure;
    TreeBuilder::Attributes attributes;
    bool html = true;
    std::size_t last_end = std::string::npos; // where the last end tag began

    Reader(std::string_view text, CleanText cleaned, std::string name, Diagnostics& d, Limits limits)
        : original(text), clean(std::move(cleaned)), lines(text), tree(name, d, limits), diagnostics(d),
          file(std::move(name)) {}

    [[nodiscard]] std::size_t offset() const {
        auto const* input = context->input;
        return std::min(static_cast<std::size_t>(input->consumed) + static_cast<std::size_t>(input->cur - input->base),
                        clean.text.size());
    }

    [[nodiscard]] TreeBuilder::Place place(std::size_t at) const {
        auto const p = lines.at(clean.original(at));
        return {p.line, p.column};
    }

    /// Where `<name` or `</name` before `at` begins, when only blanks and '>' or '/' stand between; else npos.
    [[nodiscard]] std::size_t tag_before(std::size_t at, std::string_view open, std::string_view name) const {
        auto const& text = clean.text;
        while (at > 0 && (blank(text[at - 1]) || text[at - 1] == '/' || text[at - 1] == '>')) --at;
        auto const length = open.size() + name.size();
        if (at < length) return std::string::npos;
        auto const from = at - length;
        if (text.compare(from, open.size(), open) != 0) return std::string::npos;
        for (std::size_t i = 0; i < name.size(); ++i)
            if (lower(text[from + open.size() + i]) != lower(name[i])) return std::string::npos;
        return from;
    }

    /// Start of the tag `<name ...` that ends at `at`.
    [[nodiscard]] std::size_t tag_start(std::size_t at, std::string_view name) const {
        auto const& text = clean.text;
        for (auto from = text.rfind('<', at == 0 ? 0 : at - 1); from != std::string::npos && from > 0;
             from = text.rfind('<', from - 1)) {
            std::size_t i = 0;
            while (i < name.size() && from + 1 + i < text.size() && lower(text[from + 1 + i]) == lower(name[i])) ++i;
            if (i == name.size()) return from;
        }
        return 0;
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

    void start_xml(std::string_view name, int count, xmlChar const** given) {
        auto const at = offset();
        std::vector<std::string> names; // prefix:name
        names.reserve(static_cast<std::size_t>(count));
        attributes.clear();
        for (int i = 0; i < count; ++i, given += 5) {
            names.push_back((given[1] ? std::string(view(given[1])) + ":" : "") + std::string(view(given[0])));
            attributes.emplace_back(names.back(), std::string_view(reinterpret_cast<char const*>(given[3]),
                                                                   static_cast<std::size_t>(given[4] - given[3])));
        }
        tree.start(name, attributes, false, place(tag_start(at, name)));
    }

    void start(std::string_view name, xmlChar const** given) {
        auto const at = offset();
        auto const from = tag_start(at, name);
        // a tag that is not in the text was implied by libxml2's own rules
        if (!given && tag_before(at, "<", name) == std::string::npos) return;
        attributes.clear();
        for (auto const** a = given; a && *a; a += 2) attributes.emplace_back(view(a[0]), a[1] ? view(a[1]) : "");
        bool const self_closed = at + 1 < clean.text.size() && clean.text[at] == '/' && clean.text[at + 1] == '>';
        tree.start(name, attributes, self_closed, place(from));
    }

    void end(std::string_view name) {
        auto const at = offset();
        auto const from = tag_before(at, "</", name);
        // libxml2 may report a tag as an error and as an end
        if (from == std::string::npos || from == last_end || clean.text[at - 1] != '>') return;
        last_end = from;
        tree.end(name, place(from));
    }

    void characters(std::string_view text) {
        auto const at = offset();
        tree.text(text, place(at > text.size() ? at - text.size() : 0));
    }

    void error(xmlErrorPtr e) {
        // an end tag that fits nothing libxml2 holds open; the builder knows better
        if (html && e->code == XML_ERR_TAG_NAME_MISMATCH) {
            if (e->str1) end(std::string(e->str1));
            return;
        }
        // unknown to libxml2 are all HTML5 elements
        if (e->code == XML_HTML_UNKNOWN_TAG) return;
        std::string message = e->message ? e->message : "not understood";
        while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
        for (auto& c : message)
            if (c == '\n') c = ' ';
        auto const p = place(offset());
        diagnostics.warning(e->code == XML_HTML_STRUCURE_ERROR ? "html-structure" : "html-syntax", message,
                            {file, static_cast<int>(p.line), static_cast<int>(p.column)});
    }
};

Reader& reader(void* user) {
    return *static_cast<Reader*>(static_cast<xmlParserCtxtPtr>(user)->_private);
}

void on_start(void* user, xmlChar const* name, xmlChar const** attributes) {
    auto& r = reader(user);
    r.guarded([&] { r.start(view(name), attributes); });
}
void on_end(void* user, xmlChar const* name) {
    auto& r = reader(user);
    r.guarded([&] { r.end(view(name)); });
}
void on_start_xml(void* user, xmlChar const* name, xmlChar const*, xmlChar const*, int, xmlChar const**, int count, int,
                  xmlChar const** attributes) {
    auto& r = reader(user);
    r.guarded([&] { r.start_xml(view(name), count, attributes); });
}
void on_end_xml(void* user, xmlChar const* name, xmlChar const*, xmlChar const*) {
    auto& r = reader(user);
    r.guarded([&] { r.tree.end(view(name), r.place(r.offset())); });
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
    sax.startElement = on_start; // HTML
    sax.endElement = on_end;
    sax.startElementNs = on_start_xml;
    sax.endElementNs = on_end_xml;
    sax.characters = on_characters;
    sax.ignorableWhitespace = on_characters;
    sax.cdataBlock = on_characters;
    sax.serror = on_error;
    sax.getEntity = on_entity;
    sax.initialized = XML_SAX2_MAGIC;
    return sax;
}

void check_size(std::string_view text, std::string const& file, Limits limits) {
    if (text.size() > limits.bytes)
        throw Error(ErrorCode::limit,
                    "the document has " + std::to_string(text.size()) + " bytes; the limit is " +
                        std::to_string(limits.bytes),
                    {file, 0, 0});
}

struct ContextDeleter {
    void operator()(xmlParserCtxtPtr context) const {
        if (context->myDoc) xmlFreeDoc(context->myDoc);
        xmlFreeParserCtxt(context);
    }
};
using Context = std::unique_ptr<xmlParserCtxt, ContextDeleter>;

Document run(Reader& r, Context context, int options, int (*parse_document)(xmlParserCtxtPtr)) {
    if (!context) throw Error(ErrorCode::failed, "no memory for the parser", {r.file, 0, 0});
    auto sax = handler();
    *context->sax = sax;
    context->_private = &r;
    r.context = context.get();
    if (r.html)
        htmlCtxtUseOptions(context.get(), options);
    else
        xmlCtxtUseOptions(context.get(), options);
    *context->sax = sax; // NOBLANKS and the like replace handlers
    // the text is UTF-8 whatever its <meta charset> says
    context->charset = XML_CHAR_ENCODING_UTF8;
    if (r.html && !context->input->encoding)
        context->input->encoding = xmlStrdup(reinterpret_cast<xmlChar const*>("UTF-8"));
    parse_document(context.get());
    if (r.failure) std::rethrow_exception(r.failure);
    return r.tree.finish();
}

} // namespace

Document parse(std::string_view text, std::string file, Diagnostics& diagnostics, Limits limits) {
    check_size(text, file, limits);
    auto cleaned = clean(text, file, diagnostics);
    Reader r(text, std::move(cleaned), std::move(file), diagnostics, limits);
    if (r.clean.text.empty()) return r.tree.finish();
    Context context(htmlCreateMemoryParserCtxt(r.clean.text.data(), static_cast<int>(r.clean.text.size())));
    return run(r, std::move(context), HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED, htmlParseDocument);
}

Document parse_svg(std::string_view text, std::string file, Diagnostics& diagnostics, Limits limits) {
    check_size(text, file, limits);
    if (auto const bad = invalid_utf8(text); bad != std::string_view::npos)
        throw Error(ErrorCode::data, "the text is not UTF-8; save the file as UTF-8", {file, 0, 0});
    CleanText same;
    same.text = text;
    Reader r(text, std::move(same), std::move(file), diagnostics, limits);
    r.html = false;
    r.tree.set_xml();
    if (text.empty()) return r.tree.finish();
    Context context(xmlCreateMemoryParserCtxt(r.clean.text.data(), static_cast<int>(r.clean.text.size())));
    return run(r, std::move(context), XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOCDATA, xmlParseDocument);
}

} // namespace deckle::html
