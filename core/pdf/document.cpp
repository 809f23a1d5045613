#include "pdf/document.hpp"
#include "base/text.hpp"
#include "pdf/objects.hpp"
#include <algorithm>
#include <fmt/core.h>

namespace deckle::pdf {
namespace {

/// For XMP: markup escaped, control characters left out.
std::string xml(std::string text) {
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < ' '; });
    return escape_markup(text);
}

} // namespace

std::string pdf_date(Instant instant) {
    std::string date = "D:";
    for (char const c : to_iso(std::chrono::floor<std::chrono::seconds>(instant)))
        if (c >= '0' && c <= '9') date += c;
    return date + "Z";
}

std::string info_body(layout::Metadata const& metadata, WriterOptions const& options) {
    std::string body;
    auto const add = [&](std::string_view key, std::string const& value) {
        if (!value.empty()) body += fmt::format("/{} {}\n", key, text_string(value));
    };
    add("Title", metadata.title);
    add("Author", metadata.author);
    add("Subject", metadata.subject);
    add("Keywords", metadata.keywords);
    add("Creator", options.producer);
    add("Producer", options.producer);
    add("CreationDate", pdf_date(options.created));
    add("ModDate", pdf_date(options.created));
    return body;
}

std::string xmp_packet(layout::Metadata const& metadata, WriterOptions const& options, int pdf_a_part) {
    std::string const date = to_iso(std::chrono::floor<std::chrono::seconds>(options.created));
    std::string out = "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                      "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
                      "<dc:format>application/pdf</dc:format>\n";
    // All of these properties are in schemas that PDF/A knows, so no extension schema is described.
    if (pdf_a_part != 0)
        out += fmt::format("<pdfaid:part xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">{}</pdfaid:part>\n"
                           "<pdfaid:conformance xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">B"
                           "</pdfaid:conformance>\n",
                           pdf_a_part);
    auto const alternative = [&](std::string_view key, std::string const& value) {
        if (!value.empty())
            out += fmt::format("<dc:{0}><rdf:Alt><rdf:li xml:lang=\"x-default\">{1}</rdf:li></rdf:Alt></dc:{0}>\n", key,
                               xml(value));
    };
    alternative("title", metadata.title);
    alternative("description", metadata.subject);
    if (!metadata.author.empty())
        out += fmt::format("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n", xml(metadata.author));
    if (!metadata.language.empty())
        out +=
            fmt::format("<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>\n", xml(metadata.language));
    if (!metadata.keywords.empty()) out += fmt::format("<pdf:Keywords>{}</pdf:Keywords>\n", xml(metadata.keywords));
    out += fmt::format("<pdf:Producer>{0}</pdf:Producer>\n<xmp:CreatorTool>{0}</xmp:CreatorTool>\n"
                       "<xmp:CreateDate>{1}</xmp:CreateDate>\n<xmp:ModifyDate>{1}</xmp:ModifyDate>\n"
                       "<xmp:MetadataDate>{1}</xmp:MetadataDate>\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n",
                       xml(options.producer), date);
    return out + "<?xpacket end=\"r\"?>";
}

std::string page_labels(std::vector<PageLabel> labels) {
    std::ranges::stable_sort(labels, {}, &PageLabel::first);
    if (labels.empty() || labels.front().first != 0) labels.insert(labels.begin(), PageLabel{});
    std::string body = "/Nums[";
    for (PageLabel const& label : labels) {
        body += fmt::format("{}<<", label.first);
        switch (label.style) {
        case PageLabel::Style::none:
            break;
        case PageLabel::Style::decimal:
            body += "/S/D";
            break;
        case PageLabel::Style::roman_lower:
            body += "/S/r";
            break;
        case PageLabel::Style::roman_upper:
            body += "/S/R";
            break;
        case PageLabel::Style::letters_lower:
            body += "/S/a";
            break;
        case PageLabel::Style::letters_upper:
            body += "/S/A";
            break;
        }
        if (!label.prefix.empty()) body += "/P" + text_string(label.prefix);
        if (label.start != 1) body += fmt::format("/St {}", std::max(label.start, 1));
        body += ">>";
    }
    return body + "]\n";
}

std::string escape_uri(std::string_view uri) {
    std::string out;
    for (char const c : uri) {
        bool const plain = c > ' ' && c < 127 && std::string_view("<>\"{}|\\^`").find(c) == std::string_view::npos;
        if (plain)
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

} // namespace deckle::pdf
