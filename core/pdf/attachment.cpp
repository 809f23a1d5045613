#include "pdf/attachment.hpp"
#include "base/error.hpp"
#include "pdf/document.hpp"
#include "pdf/objects.hpp"
#include <algorithm>
#include <fmt/core.h>

// ISO 32000-1, 7.11.4 embedded file streams; ISO 19005-3, 6.8
namespace deckle::pdf {
namespace {

constexpr std::pair<std::string_view, std::string_view> media_types[] = {
    {"csv", "text/csv"},
    {"json", "application/json"},
    {"xml", "application/xml"},
    {"txt", "text/plain"},
    {"html", "text/html"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"svg", "image/svg+xml"},
    {"md", "text/markdown"},
    {"zip", "application/zip"},
    {"toml", "application/toml"},
    {"sqlite", "application/vnd.sqlite3"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};

constexpr std::string_view relationships[] = {"Data", "Source", "Alternative", "Supplement", "Unspecified"};

/// A name object: what is no regular character as #xx.
std::string name_object(std::string_view text) {
    std::string out = "/";
    for (char const c : text) {
        bool const plain = c > ' ' && c < 127 && std::string_view("()<>[]{}/%#").find(c) == std::string_view::npos;
        if (plain)
            out += c;
        else
            out += fmt::format("#{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

} // namespace

std::string media_type_of(std::string_view name) {
    std::size_t const dot = name.rfind('.');
    if (dot != std::string_view::npos)
        for (auto const& [ending, type] : media_types)
            if (name.substr(dot + 1) == ending) return std::string(type);
    return "application/octet-stream";
}

WrittenAttachments write_attachments(Objects& objects, std::vector<Attachment> attachments, Instant modified) {
    std::ranges::sort(attachments, {}, [](Attachment const& a) { return text_string(a.name); });
    WrittenAttachments written;
    std::string const date = byte_string(pdf_date(modified));
    for (std::size_t i = 0; i < attachments.size(); ++i) {
        Attachment const& a = attachments[i];
        if (a.name.empty() || a.name.find_first_of("/\\") != std::string::npos)
            throw Error(ErrorCode::usage, fmt::format("\"{}\" is no name for an attached file", a.name));
        if (i > 0 && attachments[i - 1].name == a.name)
            throw Error(ErrorCode::usage, fmt::format("two attached files have the name \"{}\": rename one", a.name));
        std::string const type = a.media_type.empty() ? media_type_of(a.name) : a.media_type;
        Object const stream =
            objects.add_stream(fmt::format("/Type/EmbeddedFile/Subtype{}/Params<</Size {}/CreationDate{}/ModDate{}>>\n",
                                           name_object(type), a.bytes.size(), date, date),
                               a.bytes);
        std::string const name = text_string(a.name);
        std::string body = fmt::format("/Type/Filespec/F{0}/UF{0}/EF<</F {1}/UF {1}>>/AFRelationship/{2}", name,
                                       stream.reference(), relationships[static_cast<std::size_t>(a.relationship)]);
        if (!a.description.empty()) body += "/Desc" + text_string(a.description);
        Object const file = objects.add(body += '\n');
        written.files.push_back(file);
        written.names += name + file.reference() + " ";
    }
    return written;
}

} // namespace deckle::pdf
