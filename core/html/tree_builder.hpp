/// Tags and text -> tree: https://html.spec.whatwg.org/multipage/parsing.html#tree-construction, without scripting.
/// Left out: framesets (their tags are ignored and reported). <select> follows the rules before it could hold any
/// content. The sources: tree_builder.cpp (insertion, head), in_body.cpp, in_table.cpp (with select), foreign.cpp,
/// formatting.cpp (adoption agency).
#pragma once
#include "base/diagnostics.hpp"
#include "html/node_maker.hpp"
#include "html/tag_sets.hpp"
#include "html/tokenizer.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace deckle::html {

class TreeBuilder {
public:
    /// The references outlive the builder, which tells the tokenizer how to go on.
    TreeBuilder(std::string file, Locator const& lines, Tokenizer& tokenizer, Diagnostics& diagnostics, Limits limits);

    /// May shorten the token's text.
    void take(Token& token);
    /// After end_of_file.
    [[nodiscard]] Document finish() { return nodes_.finish(); }
    /// True while the current element is SVG or MathML.
    [[nodiscard]] bool in_foreign() const { return !stack_.empty() && is_foreign(*stack_.back()); }

private:
    enum class Mode {
        initial,
        before_html,
        before_head,
        in_head,
        in_head_noscript,
        after_head,
        in_body,
        text,
        in_table,
        in_table_text,
        in_caption,
        in_column_group,
        in_table_body,
        in_row,
        in_cell,
        in_select,
        in_select_in_table,
        in_template,
        after_body
    };
    enum class Scope { plain, button, list, table, select };
    using Namespace = NodeMaker::Namespace;
    static constexpr auto none = static_cast<std::size_t>(-1);

    // Dispatch; each takes a token by the rules of a mode
    void by_mode(Mode mode, Token const& token);
    void again(Token const& token) { by_mode(mode_, token); }
    void initial(Token const& token);
    void before_html(Token const& token);
    void before_head(Token const& token);
    void in_head(Token const& token);
    void in_head_noscript(Token const& token);
    void after_head(Token const& token);
    void in_body(Token const& token);
    void start_in_body(Token const& token);
    void end_in_body(Token const& token);
    void start_form_control(Token const& token);
    void text_mode(Token const& token);
    void in_table(Token const& token);
    void outside_cells(Token const& token);
    void finish_table_text();
    void in_caption(Token const& token);
    void in_column_group(Token const& token);
    void in_table_body(Token const& token);
    void in_row(Token const& token);
    void in_cell(Token const& token);
    void in_select(Token const& token);
    void in_select_in_table(Token const& token);
    void in_template(Token const& token);
    void after_body(Token const& token);
    void foreign(Token const& token);
    [[nodiscard]] bool is_foreign_content(Token const& token) const;

    // Insertion
    struct Where {
        Element* parent = nullptr;
        Node* before = nullptr;
        bool operator==(Where const&) const = default;
    };
    [[nodiscard]] Where place_for(Element* target);
    void insert_text(std::string_view text);
    /// Inserts the white space that the text begins with and takes it off the token; false when nothing is left.
    bool insert_blanks(Token& token);
    void flush_text();
    void put(Node& node, Where where);
    Element* insert(Token const& token, Namespace space = Namespace::html);
    Element* insert_implied(std::string_view name);
    void insert_void(Token const& token);
    void insert_raw(Token const& token, Tokenizer::Content content);
    void insert_foreign(Token const& token, Namespace space);
    void push(Element* element);

    // The stack of open elements
    [[nodiscard]] Element* current() const { return stack_.back(); }
    [[nodiscard]] bool at(Tag tag) const { return html_tag(*stack_.back()) == tag; }
    [[nodiscard]] std::size_t find_in_scope(TagSet const& tags, Scope scope) const;
    [[nodiscard]] bool has_in_scope(Tag tag, Scope scope) const { return find_in_scope({tag}, scope) != none; }
    [[nodiscard]] bool is_open(Element const* element) const;
    void pop();
    void pop_to(std::size_t size);
    void pop_through(Tag tag);
    void clear_to(TagSet const& tags);
    void close_implied(Tag except = Tag::unknown);
    void close_paragraph();
    void end_in_scope(Token const& token, TagSet const& tags, Scope scope);
    void reset_mode();
    [[nodiscard]] bool in_template_contents() const { return !template_modes_.empty(); }

    // Active formatting elements
    void add_formatting(Element* element);
    void reconstruct_formatting();
    void clear_to_marker();
    void adopt(Token const& token);
    bool adopt_once(Token const& token, Tag tag);
    [[nodiscard]] Element* clone(Element const& element);

    void template_start(Token const& token);
    void template_end(Token const& token);
    void odd(std::string message);
    void ignored(Token const& token, char const* why);

    NodeMaker nodes_;
    Locator const& lines_;
    Tokenizer& tokenizer_;
    Diagnostics& diagnostics_;
    Mode mode_ = Mode::initial;
    Mode original_mode_ = Mode::in_body; // after text and table text
    std::vector<Mode> template_modes_;
    bool quirks_ = false;
    bool foster_ = false;       // what does not fit goes in front of the table
    bool skip_newline_ = false; // right after <pre>, <listing>, <textarea>
    Element* html_ = nullptr;
    Element* head_ = nullptr;
    Element* form_ = nullptr;
    std::vector<Element*> stack_;
    std::vector<Element*> formatting_; // null = marker
    std::string pending_;              // text not yet in the tree
    Where pending_where_;
    Place pending_place_;
    std::string table_text_; // of in_table_text
    std::size_t offset_ = 0; // of the token, or of the table text
    std::size_t table_text_offset_ = 0;
};

/// https://html.spec.whatwg.org/multipage/parsing.html#the-initial-insertion-mode: true when the text after
/// "<!doctype" asks for quirks mode.
[[nodiscard]] bool asks_for_quirks(std::string_view doctype);

} // namespace deckle::html
