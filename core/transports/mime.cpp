#include "transports/mime.hpp"
#include "base/hash.hpp"
#include <gmime/gmime.h>
#include <memory>
#include <mutex>

namespace deckle::transports {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Object = std::unique_ptr<T, Unref>;

std::string with_line_feeds(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r')
            out += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n')
            out += '\n';
    return out;
}

void set_content(GMimePart* part, std::string_view bytes, GMimeContentEncoding encoding) {
    Object<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    Object<GMimeDataWrapper> content(g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(part, content.get());
    g_mime_part_set_content_encoding(part, encoding);
}

Object<GMimeObject> text_part(char const* subtype, std::string_view text) {
    Object<GMimePart> part(g_mime_part_new_with_type("text", subtype));
    set_content(part.get(), with_line_feeds(text), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
    return Object<GMimeObject>(GMIME_OBJECT(part.release()));
}

Object<GMimeObject> file_part(delivery::Attachment const& file) {
    auto const slash = file.media_type.find('/');
    Object<GMimePart> part(
        g_mime_part_new_with_type(file.media_type.substr(0, slash).c_str(), file.media_type.substr(slash + 1).c_str()));
    set_content(part.get(), file.bytes, GMIME_CONTENT_ENCODING_BASE64);
    g_mime_object_set_disposition(GMIME_OBJECT(part.get()), GMIME_DISPOSITION_ATTACHMENT);
    g_mime_part_set_filename(part.get(), file.name.c_str());
    return Object<GMimeObject>(GMIME_OBJECT(part.release()));
}

// "=_" occurs neither in base64 nor in quoted-printable (RFC 2045, 6.7).
Object<GMimeMultipart> multipart(char const* subtype, delivery::Message const& message) {
    Object<GMimeMultipart> parts(g_mime_multipart_new_with_subtype(subtype));
    g_mime_multipart_set_boundary(parts.get(), ("=_" + hash128(message.id + "\n" + subtype)).c_str());
    return parts;
}

Object<GMimeObject> body(delivery::Message const& message) {
    if (message.html.empty()) return text_part("plain", message.text);
    if (message.text.empty()) return text_part("html", message.html);
    auto both = multipart("alternative", message);
    g_mime_multipart_add(both.get(),
                         text_part("plain", message.text).get()); // the last one is the best: RFC 2046, 5.1.4
    g_mime_multipart_add(both.get(), text_part("html", message.html).get());
    return Object<GMimeObject>(GMIME_OBJECT(both.release()));
}

void add(InternetAddressList* list, std::string const& name, std::string const& address) {
    Object<InternetAddress> mailbox(
        internet_address_mailbox_new(name.empty() ? nullptr : name.c_str(), address.c_str()));
    internet_address_set_charset(mailbox.get(), "utf-8");
    internet_address_list_add(list, mailbox.get());
}

void set_date(GMimeMessage* message, Instant date, std::string const& zone) {
    auto const seconds = std::chrono::floor<std::chrono::seconds>(date).time_since_epoch().count();
    auto* const offset = g_time_zone_new_offset(to_local(date, zone).offset_minutes * 60);
    auto* const utc = g_date_time_new_from_unix_utc(seconds);
    auto* const local = g_date_time_to_timezone(utc, offset);
    g_mime_message_set_date(message, local);
    g_date_time_unref(local);
    g_date_time_unref(utc);
    g_time_zone_unref(offset);
}

} // namespace

std::string mime(delivery::Message const& m) {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
    Object<GMimeMessage> message(g_mime_message_new(TRUE));
    set_date(message.get(), m.date, m.zone);
    add(g_mime_message_get_from(message.get()), m.from_name, m.from);
    if (!m.reply_to.empty()) add(g_mime_message_get_reply_to(message.get()), {}, m.reply_to);
    add(g_mime_message_get_to(message.get()), {}, m.to);
    g_mime_message_set_subject(message.get(), m.subject.c_str(), "utf-8");
    g_mime_message_set_message_id(message.get(), m.id.c_str());
    auto* const headers = GMIME_OBJECT(message.get());
    g_mime_object_append_header(headers, "Auto-Submitted", "auto-generated", nullptr); // RFC 3834
    for (auto const& [name, value] : m.headers)
        g_mime_object_append_header(headers, name.c_str(), value.c_str(), "utf-8");
    auto content = body(m);
    if (!m.attachments.empty()) {
        auto mixed = multipart("mixed", m);
        g_mime_multipart_add(mixed.get(), content.get());
        for (auto const& file : m.attachments) g_mime_multipart_add(mixed.get(), file_part(file).get());
        content.reset(GMIME_OBJECT(mixed.release()));
    }
    g_mime_message_set_mime_part(message.get(), content.get());
    std::unique_ptr<GMimeFormatOptions, decltype(&g_mime_format_options_free)> const options(
        g_mime_format_options_new(), g_mime_format_options_free);
    g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
    g_mime_format_options_set_param_encoding_method(options.get(), GMIME_PARAM_ENCODING_METHOD_RFC2231);
    std::unique_ptr<char, decltype(&g_free)> const bytes(g_mime_object_to_string(headers, options.get()), g_free);
    return bytes.get();
}

} // namespace deckle::transports
