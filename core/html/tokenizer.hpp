/// HTML text -> tags and text: https://html.spec.whatwg.org/multipage/parsing.html#tokenization
#pragma once
#include "base/char_set.hpp"
#include "base/diagnostics.hpp"
#include "html/source.hpp"
#include "html/tag.hpp"
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle::html {

inline constexpr std::size_t most_attributes = 500; // of one element; more are left out with a diagnostic
using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;

struct Token {
    enum class Kind { text, start, end, comment, doctype, end_of_file } kind = Kind::end_of_file;
    std::size_t offset = 0; // where it begins in the source
    std::string_view name;  // of a tag, in lower case
    Tag tag = Tag::unknown; // the same, interned
    std::string_view text;  // never empty; a NUL stands alone. Of a doctype: its text after "<!doctype"
    Attributes attributes;  // of a start tag, first of a name only
    bool self_closing = false;
};

/// Views in a token are valid until the next call; they point into the source or into the tokenizer.
class Tokenizer {
public:
    /// REQUIRES: `text` is UTF-8 and outlives the tokenizer.
    Tokenizer(std::string_view text, std::string const& file, Locator const& lines, Diagnostics& diagnostics);

    /// Reads the next token; after the end always end_of_file.
    void next(Token& token);

    enum class Content {
        markup,    // tags and references
        rcdata,    // references, until the end tag
        rawtext,   // text only, until the end tag
        script,    // the same, with <!-- <script> --> inside it
        plaintext, // text only, until the end of the file
    };
    /// How to go on after a start tag; `end` is the name of the end tag that ends it. Call before the next next().
    void set_content(Content content, std::string_view end);
    /// Whether <![CDATA[ ... ]]> is text now (inside SVG and MathML).
    void allow_cdata(bool allow) { cdata_allowed_ = allow; }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const { return at_ + ahead < in_.size() ? in_[at_ + ahead] : '\0'; }
    [[nodiscard]] bool ended() const { return at_ >= in_.size(); }
    [[nodiscard]] bool follows(std::string_view lower) const;
    void emit_text(Token& token, std::string_view text, std::size_t offset);
    bool text_run(Token& token, CharSet const& specials);
    bool markup(Token& token);
    bool raw(Token& token);
    [[nodiscard]] std::size_t script_end() const;
    [[nodiscard]] std::size_t end_tag_from(std::size_t from) const;
    bool cdata(Token& token);
    bool reference(Token& token);
    bool tag(Token& token);
    bool attribute(Token& token);
    std::string_view name(CharSet const& stop);
    std::string_view value(char quote);
    void comment(Token& token);
    void bogus_comment(Token& token);
    void doctype(Token& token);
    std::string& scratch();
    void odd(char const* code, std::string message, std::size_t offset);

    std::string_view in_;
    std::string const& file_;
    Locator const& lines_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    Content content_ = Content::markup;
    std::string end_name_;
    bool cdata_allowed_ = false;
    bool in_cdata_ = false;
    std::size_t raw_end_ = 0;         // of the raw text that is being read
    std::deque<std::string> scratch_; // texts of this token that differ from the source
    std::size_t scratch_used_ = 0;
};

} // namespace deckle::html
