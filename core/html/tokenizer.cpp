/// The tokenizer's states as functions. A run of text is handed on as a view of the source; CR, NUL and references cut
/// it.
#include "html/tokenizer.hpp"
#include "html/entities.hpp"
#include <algorithm>

namespace deckle::html {
namespace {

constexpr CharSet in_markup(std::string_view("&<\r\0", 4)); // what text ends at
constexpr CharSet in_rcdata(std::string_view("&\r\0", 3));
constexpr CharSet in_raw_text(std::string_view("\r\0", 2));
constexpr CharSet after_tag_name(" \t\n\f\r/>");
constexpr CharSet after_attribute_name(" \t\n\f\r/>=");

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr auto npos = std::string_view::npos;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}
char lower(char c) {
    return is_upper(c) ? static_cast<char>(c + 32) : c;
}

} // namespace

Tokenizer::Tokenizer(std::string_view text, std::string const& file, Locator const& lines, Diagnostics& diagnostics)
    : in_(text), file_(file), lines_(lines), diagnostics_(diagnostics) {
    if (in_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

void Tokenizer::odd(char const* code, std::string message, std::size_t offset) {
    auto const place = lines_.at(offset);
    diagnostics_.warning(code, std::move(message),
                         {file_, static_cast<int>(place.line), static_cast<int>(place.column)});
}

std::string& Tokenizer::scratch() {
    if (scratch_used_ == scratch_.size()) scratch_.emplace_back();
    auto& text = scratch_[scratch_used_++];
    text.clear();
    return text;
}

bool Tokenizer::follows(std::string_view wanted) const {
    if (in_.size() - at_ < wanted.size()) return false;
    return std::equal(wanted.begin(), wanted.end(), in_.begin() + static_cast<std::ptrdiff_t>(at_),
                      [](char l, char c) { return l == lower(c); });
}

void Tokenizer::set_content(Content content, std::string_view end) {
    content_ = content;
    end_name_ = end;
    if (content == Content::plaintext)
        raw_end_ = in_.size();
    else if (content == Content::script)
        raw_end_ = script_end();
    else if (content != Content::markup)
        raw_end_ = end_tag_from(at_);
    if (content != Content::markup && content != Content::plaintext && raw_end_ == in_.size())
        odd("html-syntax", "<" + end_name_ + "> is never closed: the rest of the document became its text", at_);
}

void Tokenizer::next(Token& token) {
    scratch_used_ = 0;
    token.attributes.clear();
    token.self_closing = false;
    token.name = {};
    token.text = {};
    for (;;) {
        if (ended()) {
            token.kind = Token::Kind::end_of_file;
            token.offset = in_.size();
            return;
        }
        if (in_cdata_ ? cdata(token) : content_ == Content::markup ? markup(token) : raw(token)) return;
    }
}

// Text

void Tokenizer::emit_text(Token& token, std::string_view text, std::size_t offset) {
    token.kind = Token::Kind::text;
    token.text = text;
    token.offset = offset;
}

/// Text up to one of `specials`; line ends become LF. False at one of the specials that is not a line end.
bool Tokenizer::text_run(Token& token, CharSet const& specials) {
    auto const from = at_;
    if (peek() == '\r') {
        if (peek(1) == '\n') {
            at_ = specials.find_in(in_, at_ + 2);
            emit_text(token, in_.substr(from + 1, at_ - from - 1), from);
        } else {
            ++at_;
            emit_text(token, "\n", from);
        }
        return true;
    }
    at_ = specials.find_in(in_, at_);
    if (at_ == from) return false;
    emit_text(token, in_.substr(from, at_ - from), from);
    return true;
}

/// The data state. False when something was read that is no token.
bool Tokenizer::markup(Token& token) {
    if (text_run(token, in_markup)) return true;
    auto const from = at_;
    switch (in_[at_]) {
    case '&':
        return reference(token);
    case '<':
        return tag(token);
    default:
        odd("html-syntax", "a NUL character", at_);
        ++at_;
        emit_text(token, in_.substr(from, 1), from);
        return true;
    }
}

bool Tokenizer::reference(Token& token) {
    auto const from = at_;
    auto reference = read_reference(in_.substr(at_), false);
    if (!reference.problem.empty()) odd("html-entity", std::move(reference.problem), at_);
    if (reference.length == 0) {
        ++at_;
        emit_text(token, in_.substr(from, 1), from);
        return true;
    }
    at_ += reference.length;
    auto& text = scratch();
    text = std::move(reference.text);
    emit_text(token, text, from);
    return true;
}

/// RCDATA, RAWTEXT, script data and PLAINTEXT, up to `raw_end_`.
bool Tokenizer::raw(Token& token) {
    if (at_ >= raw_end_) {
        content_ = Content::markup;
        return false;
    }
    auto const whole = in_;
    in_ = in_.substr(0, raw_end_);
    bool const references = content_ == Content::rcdata;
    auto const from = at_;
    if (!text_run(token, references ? in_rcdata : in_raw_text)) {
        if (in_[at_] == '&')
            (void)reference(token);
        else {
            odd("html-syntax", "a NUL character was replaced by U+FFFD", at_);
            ++at_;
            emit_text(token, replacement, from);
        }
    }
    in_ = whole;
    return true;
}

/// Where the next `</name` begins that is the appropriate end tag; the end of the text when there is none.
std::size_t Tokenizer::end_tag_from(std::size_t from) const {
    for (auto p = in_.find("</", from); p != npos; p = in_.find("</", p + 2)) {
        auto const after = p + 2 + end_name_.size();
        if (after >= in_.size()) break;
        bool same = is_space(in_[after]) || in_[after] == '/' || in_[after] == '>';
        for (std::size_t i = 0; same && i < end_name_.size(); ++i) same = lower(in_[p + 2 + i]) == end_name_[i];
        if (same) return p;
    }
    return in_.size();
}

/// https://html.spec.whatwg.org/multipage/parsing.html#script-data-escaped-state
/// Inside <!-- ... -->, <script> and </script> form pairs.
std::size_t Tokenizer::script_end() const {
    auto const tag_at = [&](std::size_t p, std::string_view open) {
        auto const after = p + open.size();
        if (after >= in_.size()) return false;
        if (!is_space(in_[after]) && in_[after] != '/' && in_[after] != '>') return false;
        return std::equal(open.begin(), open.end(), in_.begin() + static_cast<std::ptrdiff_t>(p),
                          [](char l, char c) { return l == lower(c); });
    };
    enum class State { plain, escaped, twice } state = State::plain;
    for (auto p = at_; p < in_.size();) {
        auto const c = in_[p];
        if (c == '<') {
            if (state == State::plain && in_.substr(p).starts_with("<!--")) {
                state = State::escaped;
                p += 2; // the dashes may also be those of -->
                continue;
            }
            if (state != State::twice && tag_at(p, "</script")) return p;
            if (state == State::escaped && tag_at(p, "<script"))
                state = State::twice;
            else if (state == State::twice && tag_at(p, "</script"))
                state = State::escaped;
        } else if (c == '-' && state != State::plain && in_.substr(p).starts_with("-->"))
            state = State::plain;
        ++p;
    }
    return in_.size();
}

/// https://html.spec.whatwg.org/multipage/parsing.html#cdata-section-state
bool Tokenizer::cdata(Token& token) {
    if (at_ >= raw_end_) {
        in_cdata_ = false;
        at_ = std::min(raw_end_ + 3, in_.size());
        return false;
    }
    auto const whole = in_;
    in_ = in_.substr(0, raw_end_);
    auto const from = at_;
    if (!text_run(token, in_raw_text)) {
        ++at_;
        emit_text(token, in_.substr(from, 1), from);
    }
    in_ = whole;
    return true;
}

// Tags

/// At '<'. https://html.spec.whatwg.org/multipage/parsing.html#tag-open-state
bool Tokenizer::tag(Token& token) {
    auto const from = at_;
    token.offset = from;
    if (peek(1) == '!') {
        at_ += 2;
        if (follows("--")) {
            comment(token);
            return true;
        }
        if (follows("doctype")) {
            doctype(token);
            return true;
        }
        if (cdata_allowed_ && in_.substr(at_).starts_with("[CDATA[")) {
            at_ += 7;
            in_cdata_ = true;
            raw_end_ = std::min(in_.find("]]>", at_), in_.size());
            return false;
        }
        odd("html-syntax", "<! begins neither a comment nor a doctype; up to the next > it was taken for a comment",
            from);
        bogus_comment(token);
        return true;
    }
    bool const closing = peek(1) == '/';
    std::size_t const first = closing ? 2 : 1;
    if (!is_letter(peek(first))) {
        if (closing && peek(2) == '>') {
            odd("html-syntax", "</> was left out", from);
            at_ += 3;
            return false;
        }
        if (at_ + first < in_.size() && (closing || peek(1) == '?')) {
            odd("html-syntax",
                std::string(closing ? "</" : "<?") + " begins no tag; up to the next > it was taken for a comment",
                from);
            at_ += closing ? 2 : 1;
            bogus_comment(token);
            return true;
        }
        at_ += first;
        emit_text(token, in_.substr(from, first), from);
        return true;
    }
    at_ += first;
    token.kind = closing ? Token::Kind::end : Token::Kind::start;
    token.name = name(after_tag_name);
    token.tag = tag_from_name(token.name);
    while (!ended() && peek() != '>')
        if (!attribute(token)) break;
    if (ended()) {
        odd("html-syntax", "the document ends inside a tag, which was left out", from);
        return false;
    }
    ++at_;
    if (closing && (!token.attributes.empty() || token.self_closing)) {
        odd("html-syntax", "an end tag has no attributes and no closing slash", from);
        token.attributes.clear();
        token.self_closing = false;
    }
    return true;
}

/// A name up to one of `stop`, in lower case.
std::string_view Tokenizer::name(CharSet const& stop) {
    auto const from = at_;
    bool plain = true;
    for (; !ended() && !stop(in_[at_]); ++at_) plain = plain && !is_upper(in_[at_]) && in_[at_] != '\0';
    auto const written = in_.substr(from, at_ - from);
    if (plain) return written;
    auto& text = scratch();
    for (char const c : written) {
        if (c == '\0')
            text += replacement;
        else
            text += lower(c);
    }
    return text;
}

/// One attribute, or what stands between two. False at the end of the text.
/// https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state
bool Tokenizer::attribute(Token& token) {
    if (is_space(peek())) {
        ++at_;
        return true;
    }
    if (peek() == '/') {
        token.self_closing = peek(1) == '>';
        ++at_;
        return true;
    }
    auto const from = at_;
    std::string_view name_text;
    if (peek() == '=') {
        odd("html-syntax", "an attribute name begins with =", at_);
        ++at_; // belongs to the name
        (void)name(after_attribute_name);
        auto& text = scratch();
        for (char const c : in_.substr(from, at_ - from)) text += lower(c);
        name_text = text;
    } else
        name_text = name(after_attribute_name);
    while (is_space(peek())) ++at_;
    std::string_view value_text;
    if (peek() == '=') {
        ++at_;
        while (is_space(peek())) ++at_;
        if (peek() == '"' || peek() == '\'') {
            char const quote = peek();
            ++at_;
            value_text = value(quote);
            if (ended()) return false;
            ++at_;
            if (!ended() && !is_space(peek()) && peek() != '/' && peek() != '>')
                odd("html-syntax", "white space is missing after an attribute", at_);
        } else if (peek() == '>')
            odd("html-syntax", "the value of " + std::string(name_text) + " is missing", at_);
        else
            value_text = value(' ');
    }
    if (ended()) return false;
    if (token.attributes.size() >= most_attributes)
        odd("html-syntax", "attributes past the " + std::to_string(most_attributes) + "th were left out", token.offset);
    else if (std::ranges::any_of(token.attributes, [&](auto const& a) { return a.first == name_text; }))
        odd("html-syntax", "a second attribute " + std::string(name_text) + " was left out", from);
    else
        token.attributes.emplace_back(name_text, value_text);
    return true;
}

/// Up to the quote, which is not read; a blank stands for none: up to white space or '>'.
std::string_view Tokenizer::value(char quote) {
    auto const end_at = [&](char c) { return quote == ' ' ? is_space(c) || c == '>' : c == quote; };
    auto const from = at_;
    bool plain = true;
    for (; !ended() && !end_at(in_[at_]); ++at_)
        plain = plain && in_[at_] != '&' && in_[at_] != '\r' && in_[at_] != '\0';
    auto const written = in_.substr(from, at_ - from);
    if (plain) return written;
    auto& text = scratch();
    for (std::size_t i = 0; i < written.size(); ++i) {
        char const c = written[i];
        if (c == '&') {
            // what follows the value ends the reference as the quote does
            auto reference = read_reference(written.substr(i), true);
            if (!reference.problem.empty()) odd("html-entity", std::move(reference.problem), from + i);
            if (reference.length == 0)
                text += c;
            else {
                text += reference.text;
                i += reference.length - 1;
            }
        } else if (c == '\r') {
            text += '\n';
            if (i + 1 < written.size() && written[i + 1] == '\n') ++i;
        } else if (c == '\0')
            text += replacement;
        else
            text += c;
    }
    return text;
}

// Comments and doctypes

/// At "--" of "<!--". https://html.spec.whatwg.org/multipage/parsing.html#comment-start-state
void Tokenizer::comment(Token& token) {
    auto const from = at_ - 2;
    token.kind = Token::Kind::comment;
    at_ += 2;
    if (peek() == '>' || in_.substr(at_).starts_with("->")) { // <!--> and <!--->
        at_ += peek() == '>' ? 1 : 2;
        return;
    }
    for (auto p = in_.find("--", at_); p != npos; p = in_.find("--", p + 1)) {
        if (in_.substr(p).starts_with("-->") || in_.substr(p).starts_with("--!>")) {
            at_ = p + (in_[p + 2] == '>' ? 3 : 4);
            return;
        }
    }
    odd("html-syntax", "a comment is never closed: the rest of the document became part of it", from);
    at_ = in_.size();
}

void Tokenizer::bogus_comment(Token& token) {
    token.kind = Token::Kind::comment;
    auto const end = in_.find('>', at_);
    at_ = end == npos ? in_.size() : end + 1;
}

/// At "doctype". The parts are read in quirks.cpp.
void Tokenizer::doctype(Token& token) {
    token.kind = Token::Kind::doctype;
    at_ += 7;
    auto const from = at_;
    auto end = in_.find('>', at_);
    // https://html.spec.whatwg.org/multipage/parsing.html#doctype-public-identifier-(double-quoted)-state: '>' ends it
    if (end == npos) end = in_.size();
    token.text = in_.substr(from, end - from);
    at_ = std::min(end + 1, in_.size());
}

} // namespace deckle::html
