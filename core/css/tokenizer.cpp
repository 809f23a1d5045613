#include "css/tokenizer.hpp"
#include "base/text.hpp"
#include <algorithm>
#include <charconv>
#include <cmath>

namespace deckle::css {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
bool is_hex(char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}
bool is_name_start(char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_name(char c) {
    return is_name_start(c) || is_digit(c) || c == '-';
}

class Tokenizer {
public:
    Tokenizer(std::string_view text, TextStore& store) : text_(text), store_(store) {}

    std::vector<Token> run() {
        std::vector<Token> out;
        out.reserve(text_.size() / 4 + 8);
        for (;;) {
            while (at(0) == '/' && at(1) == '*') skip_comment();
            begin_ = pos_;
            if (pos_ >= text_.size()) break;
            auto token = next();
            token.begin = static_cast<std::uint32_t>(begin_);
            token.end = static_cast<std::uint32_t>(pos_);
            out.push_back(token);
        }
        Token end;
        end.begin = end.end = static_cast<std::uint32_t>(pos_);
        out.push_back(end);
        return out;
    }

private:
    using Type = Token::Type;

    [[nodiscard]] char at(std::size_t ahead) const { return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : '\0'; }
    [[nodiscard]] bool escape_at(std::size_t ahead) const {
        return at(ahead) == '\\' && at(ahead + 1) != '\n' && pos_ + ahead + 1 < text_.size();
    }
    [[nodiscard]] bool ident_at(std::size_t ahead) const {
        if (at(ahead) == '-') return is_name_start(at(ahead + 1)) || at(ahead + 1) == '-' || escape_at(ahead + 1);
        return is_name_start(at(ahead)) || escape_at(ahead);
    }
    [[nodiscard]] bool number_at(std::size_t ahead) const {
        if (at(ahead) == '+' || at(ahead) == '-') ++ahead;
        return is_digit(at(ahead)) || (at(ahead) == '.' && is_digit(at(ahead + 1)));
    }

    void skip_comment() {
        auto const end = text_.find("*/", pos_ + 2);
        pos_ = end == std::string_view::npos ? text_.size() : end + 2;
    }

    static Token simple(Type type) {
        Token t;
        t.type = type;
        return t;
    }

    Token next() {
        char const c = at(0);
        if (is_space(c)) {
            while (pos_ < text_.size() && is_space(text_[pos_])) ++pos_;
            return simple(Type::whitespace);
        }
        if (c == '"' || c == '\'') return string(c);
        if (number_at(0)) return number();
        if (ident_at(0)) return name();
        if (c == '#' && (is_name(at(1)) || escape_at(1))) {
            ++pos_;
            auto t = simple(Type::hash);
            t.is_id = ident_at(0);
            t.text = identifier();
            return t;
        }
        if (c == '@' && ident_at(1)) {
            ++pos_;
            auto t = simple(Type::at_keyword);
            t.text = identifier();
            return t;
        }
        if (text_.substr(pos_).starts_with("<!--")) return pos_ += 4, simple(Type::whitespace);
        if (text_.substr(pos_).starts_with("-->")) return pos_ += 3, simple(Type::whitespace);
        ++pos_;
        switch (c) {
        case ',':
            return simple(Type::comma);
        case ':':
            return simple(Type::colon);
        case ';':
            return simple(Type::semicolon);
        case '(':
            return simple(Type::open_paren);
        case ')':
            return simple(Type::close_paren);
        case '[':
            return simple(Type::open_bracket);
        case ']':
            return simple(Type::close_bracket);
        case '{':
            return simple(Type::open_brace);
        case '}':
            return simple(Type::close_brace);
        default:
            break;
        }
        auto t = simple(Type::delim);
        t.delim = c;
        return t;
    }

    void escape(std::string& out) {
        ++pos_; // the backslash
        if (!is_hex(at(0))) {
            if (pos_ < text_.size()) out += text_[pos_++];
            return;
        }
        std::uint32_t value = 0;
        for (int i = 0; i < 6 && is_hex(at(0)); ++i, ++pos_) {
            char const h = lower(at(0));
            value = value * 16 + static_cast<std::uint32_t>(is_digit(h) ? h - '0' : h - 'a' + 10);
        }
        if (is_space(at(0))) ++pos_;
        append_utf8(out,
                    value == 0 ? U'\uFFFD' : value); // https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point
    }

    std::string_view identifier() {
        auto const from = pos_;
        while (pos_ < text_.size() && is_name(text_[pos_])) ++pos_;
        if (!escape_at(0)) return text_.substr(from, pos_ - from);
        std::string out(text_.substr(from, pos_ - from));
        for (;;) {
            if (pos_ < text_.size() && is_name(text_[pos_]))
                out += text_[pos_++];
            else if (escape_at(0))
                escape(out);
            else
                break;
        }
        return store_.emplace_back(std::move(out));
    }

    Token string(char quote) {
        ++pos_;
        auto t = simple(Type::string);
        auto const from = pos_;
        while (pos_ < text_.size() && text_[pos_] != quote && text_[pos_] != '\\' && text_[pos_] != '\n') ++pos_;
        if (at(0) == quote) {
            t.text = text_.substr(from, pos_++ - from);
            return t;
        }
        std::string out(text_.substr(from, pos_ - from));
        while (pos_ < text_.size() && text_[pos_] != quote) {
            if (text_[pos_] == '\n') return simple(Type::bad);
            if (text_[pos_] != '\\')
                out += text_[pos_++];
            else if (at(1) == '\n')
                pos_ += 2;
            else
                escape(out);
        }
        if (pos_ < text_.size()) ++pos_;
        t.text = store_.emplace_back(std::move(out));
        return t;
    }

    Token number() {
        auto const from = pos_;
        Token t = simple(Type::number);
        t.integer = true;
        if (at(0) == '+' || at(0) == '-') ++pos_;
        while (is_digit(at(0))) ++pos_;
        if (at(0) == '.' && is_digit(at(1))) {
            t.integer = false;
            ++pos_;
            while (is_digit(at(0))) ++pos_;
        }
        if (lower(at(0)) == 'e' && (is_digit(at(1)) || ((at(1) == '+' || at(1) == '-') && is_digit(at(2))))) {
            t.integer = false;
            pos_ += 2;
            while (is_digit(at(0))) ++pos_;
        }
        auto const digits = from + (text_[from] == '+' ? 1 : 0);
        auto const result = std::from_chars(text_.data() + digits, text_.data() + pos_, t.number);
        if (result.ec != std::errc{} || std::abs(t.number) > 1e9) t.number = t.number < 0 ? -1e9 : 1e9;
        if (at(0) == '%') {
            ++pos_;
            t.type = Type::percentage;
        } else if (ident_at(0)) {
            t.type = Type::dimension;
            t.text = identifier();
        }
        return t;
    }

    Token name() {
        auto t = simple(Type::ident);
        t.text = identifier();
        if (at(0) != '(') return t;
        ++pos_;
        t.type = Type::function;
        if (!equals_nocase(t.text, "url")) return t;
        auto const back = pos_;
        while (is_space(at(0))) ++pos_;
        if (at(0) == '"' || at(0) == '\'') {
            auto const inner = string(at(0));
            while (is_space(at(0))) ++pos_;
            if (at(0) != ')' || inner.type != Type::string) {
                pos_ = back;
                return t;
            }
            ++pos_;
            t.type = Type::url;
            t.text = inner.text;
            return t;
        }
        std::string out;
        while (pos_ < text_.size() && text_[pos_] != ')') {
            if (is_space(text_[pos_])) {
                while (is_space(at(0))) ++pos_;
                if (at(0) == ')') break;
                while (pos_ < text_.size() && text_[pos_] != ')') ++pos_;
                if (pos_ < text_.size()) ++pos_;
                return simple(Type::bad);
            }
            if (escape_at(0))
                escape(out);
            else
                out += text_[pos_++];
        }
        if (pos_ < text_.size()) ++pos_;
        t.type = Type::url;
        t.text = store_.emplace_back(std::move(out));
        return t;
    }

    std::string_view text_;
    TextStore& store_;
    std::size_t pos_ = 0, begin_ = 0;
};

} // namespace

bool equals_nocase(std::string_view text, std::string_view lowered) {
    return text.size() == lowered.size() &&
           std::equal(text.begin(), text.end(), lowered.begin(), [](char a, char b) { return lower(a) == b; });
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

bool Token::is(std::string_view lowered) const {
    return equals_nocase(text, lowered);
}

std::vector<Token> tokenize(std::string_view text, TextStore& store) {
    return Tokenizer(text, store).run();
}

} // namespace deckle::css
