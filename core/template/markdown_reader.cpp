#include "template/markdown_reader.hpp"
#include "base/error.hpp"
#include "html/entities.hpp"
#include <algorithm>
#include <exception>

namespace deckle::templates {
namespace {

/// md4c is C: an exception waits here until md_parse has returned.
struct Call {
    MarkdownReader* reader;
    std::exception_ptr thrown = {};

    template <class F>
    static int guarded(void* user, F f) {
        auto& call = *static_cast<Call*>(user);
        try {
            f(*call.reader);
            return 0;
        } catch (...) {
            call.thrown = std::current_exception();
            return -1;
        }
    }
};

} // namespace

void MarkdownReader::read(std::string_view markdown, bool raw_html) {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | (raw_html ? 0u : unsigned{MD_FLAG_NOHTML});
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
        return Call::guarded(user, [&](MarkdownReader& r) { r.enter(type, detail); });
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
        return Call::guarded(user, [&](MarkdownReader& r) { r.leave(type, detail); });
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* user) {
        return Call::guarded(user, [&](MarkdownReader& r) { r.enter(type, detail); });
    };
    parser.leave_span = [](MD_SPANTYPE type, void* detail, void* user) {
        return Call::guarded(user, [&](MarkdownReader& r) { r.leave(type, detail); });
    };
    parser.text = [](MD_TEXTTYPE type, MD_CHAR const* text, MD_SIZE size, void* user) {
        return Call::guarded(user, [&](MarkdownReader& r) { r.text(type, {text, size}); });
    };
    Call call{this};
    int const result = md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &call);
    if (call.thrown) std::rethrow_exception(call.thrown);
    if (result != 0) throw Error(ErrorCode::data, "the Markdown text cannot be read");
}

std::string entity_text(std::string_view reference) {
    auto const read = html::read_reference(reference, false);
    return read.length == reference.size() ? read.text : std::string(reference);
}

std::string plain_text(MD_ATTRIBUTE const& attribute) {
    std::string out;
    if (attribute.text == nullptr) return out;
    for (std::size_t i = 0; attribute.substr_offsets[i] < attribute.size; ++i) {
        auto const from = attribute.substr_offsets[i];
        std::string_view const part(attribute.text + from, attribute.substr_offsets[i + 1] - from);
        if (attribute.substr_types[i] == MD_TEXT_ENTITY)
            out += entity_text(part);
        else if (attribute.substr_types[i] == MD_TEXT_NULLCHAR)
            out += "\xEF\xBF\xBD";
        else
            out += part;
    }
    return out;
}

bool is_allowed_link(std::string_view url) {
    std::string start(url.substr(0, 8));
    std::ranges::transform(start, start.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::ranges::any_of(std::initializer_list<std::string_view>{"http://", "https://", "mailto:", "#"},
                               [&](std::string_view scheme) { return start.starts_with(scheme); });
}

} // namespace deckle::templates
