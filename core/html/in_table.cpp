// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intable, and <select>
#include "html/tree_builder.hpp"
#include <algorithm>
#include <iterator>

namespace deckle::html {

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intable
void TreeBuilder::in_table(Token const& token) {
    if (token.kind == Token::Kind::text) {
        if (mode_ != Mode::in_table_text) {
            if (!sets::table_structure.has(html_tag(*current())) && !at(Tag::template_)) return outside_cells(token);
            original_mode_ = mode_;
            mode_ = Mode::in_table_text;
            table_text_offset_ = token.offset;
            table_text_.clear();
        }
        if (token.text.front() != '\0') table_text_ += token.text;
        return;
    }
    if (token.kind == Token::Kind::end_of_file) return in_body(token);
    auto const tag = token.tag;
    static constexpr TagSet table{Tag::table}, column_group{Tag::colgroup};
    if (token.kind == Token::Kind::end) {
        if (tag == Tag::table) {
            auto const open = find_in_scope(table, Scope::table);
            if (open == none) return ignored(token, "closes nothing");
            pop_to(open);
            return reset_mode();
        }
        if (tag == Tag::body || tag == Tag::html || sets::table_parts.has(tag)) return ignored(token, "closes nothing");
        if (tag == Tag::template_) return in_head(token);
        return outside_cells(token);
    }
    if (token.kind != Token::Kind::start) return;
    switch (tag) {
    case Tag::caption:
        clear_to(table);
        formatting_.push_back(nullptr);
        insert(token);
        mode_ = Mode::in_caption;
        return;
    case Tag::colgroup:
        clear_to(table);
        insert(token);
        mode_ = Mode::in_column_group;
        return;
    case Tag::col:
        clear_to(table);
        insert_implied("colgroup");
        mode_ = Mode::in_column_group;
        return again(token);
    case Tag::tbody:
    case Tag::tfoot:
    case Tag::thead:
        clear_to(table);
        insert(token);
        mode_ = Mode::in_table_body;
        return;
    case Tag::td:
    case Tag::th:
    case Tag::tr:
        clear_to(table);
        insert_implied("tbody");
        mode_ = Mode::in_table_body;
        return again(token);
    case Tag::table: {
        auto const open = find_in_scope(table, Scope::table);
        if (open == none) return ignored(token, "was left out");
        odd("a table directly in a table; the outer one was closed");
        pop_to(open);
        reset_mode();
        // not again(): the table may stand in foreign content
        return by_mode(mode_, token);
    }
    case Tag::style:
    case Tag::script:
    case Tag::template_:
        return in_head(token);
    case Tag::input: {
        auto const type = std::ranges::find(token.attributes, "type", &Attributes::value_type::first);
        bool const hidden =
            type != token.attributes.end() && type->second.size() == 6 &&
            std::ranges::equal(type->second, std::string_view("hidden"), [](char a, char b) { return (a | 32) == b; });
        if (!hidden) return outside_cells(token);
        return insert_void(token);
    }
    case Tag::form:
        if (form_ || in_template_contents()) return ignored(token, "in a table was left out");
        odd("a form directly in a table is empty; put it around the table or into a cell");
        form_ = insert(token);
        return pop();
    default:
        return outside_cells(token);
    }
}

/// What does not belong between cells goes in front of the table.
void TreeBuilder::outside_cells(Token const& token) {
    if (token.kind == Token::Kind::text)
        odd("text directly in a table was moved in front of it; put it into a cell");
    else if (token.kind == Token::Kind::start)
        ignored(token, "directly in a table was moved in front of it; put it into a cell");
    foster_ = true;
    in_body(token);
    foster_ = false;
}

void TreeBuilder::finish_table_text() {
    mode_ = original_mode_;
    if (table_text_.empty()) return;
    offset_ = table_text_offset_;
    if (table_text_.find_first_not_of(" \t\n\f\r") == std::string::npos) return insert_text(table_text_);
    Token token;
    token.kind = Token::Kind::text;
    token.offset = table_text_offset_;
    token.text = table_text_;
    outside_cells(token);
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-incaption
void TreeBuilder::in_caption(Token const& token) {
    auto const tag = token.tag;
    bool const ends = (token.kind == Token::Kind::start && sets::table_parts.has(tag)) ||
                      (token.kind == Token::Kind::end && (tag == Tag::table || tag == Tag::caption));
    if (ends) {
        if (!has_in_scope(Tag::caption, Scope::table)) return ignored(token, "was left out");
        close_implied();
        if (!at(Tag::caption)) odd("the caption ends here, and <" + std::string(current()->name) + "> in it");
        pop_through(Tag::caption);
        clear_to_marker();
        mode_ = Mode::in_table;
        if (token.kind == Token::Kind::start || tag == Tag::table) again(token);
        return;
    }
    if (token.kind == Token::Kind::end && (tag == Tag::body || tag == Tag::html || sets::table_parts.has(tag)))
        return ignored(token, "closes nothing");
    in_body(token);
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-incolgroup
void TreeBuilder::in_column_group(Token const& given) {
    auto token = given;
    auto const tag = token.tag;
    switch (token.kind) {
    case Token::Kind::text:
        if (!insert_blanks(token)) return;
        break;
    case Token::Kind::start:
        if (tag == Tag::html) return in_body(token);
        if (tag == Tag::col) return insert_void(token);
        if (tag == Tag::template_) return in_head(token);
        break;
    case Token::Kind::end:
        if (tag == Tag::col) return ignored(token, "was left out: the element has no end tag");
        if (tag == Tag::template_) return in_head(token);
        if (tag != Tag::colgroup) break;
        if (!at(Tag::colgroup)) return ignored(token, "closes nothing");
        pop();
        mode_ = Mode::in_table;
        return;
    case Token::Kind::end_of_file:
        return in_body(token);
    default:
        return;
    }
    if (!at(Tag::colgroup)) {
        if (token.kind == Token::Kind::text) {
            odd("text in a group of columns was left out");
            std::string blank;
            std::ranges::copy_if(token.text, std::back_inserter(blank), [](char c) {
                return std::string_view(" \t\n\f\r").find(c) != std::string_view::npos;
            });
            if (!blank.empty()) insert_text(blank);
            return;
        }
        return ignored(token, "in a group of columns was left out");
    }
    pop();
    mode_ = Mode::in_table;
    again(token);
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intbody
void TreeBuilder::in_table_body(Token const& token) {
    auto const tag = token.tag;
    bool ends = false;
    if (token.kind == Token::Kind::start) {
        if (tag == Tag::tr || sets::cells.has(tag)) {
            clear_to(sets::rows);
            if (tag == Tag::tr)
                insert(token);
            else
                insert_implied("tr");
            mode_ = Mode::in_row;
            if (tag != Tag::tr) again(token);
            return;
        }
        ends = sets::table_parts.has(tag);
    } else if (token.kind == Token::Kind::end) {
        if (sets::rows.has(tag)) {
            if (!has_in_scope(tag, Scope::table)) return ignored(token, "closes nothing");
            clear_to(sets::rows);
            pop();
            mode_ = Mode::in_table;
            return;
        }
        ends = tag == Tag::table;
        if (!ends && (tag == Tag::body || tag == Tag::html || sets::table_parts.has(tag)))
            return ignored(token, "closes nothing");
    }
    if (!ends) return in_table(token);
    if (find_in_scope(sets::rows, Scope::table) == none) return ignored(token, "was left out");
    clear_to(sets::rows);
    pop();
    mode_ = Mode::in_table;
    again(token);
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intr
void TreeBuilder::in_row(Token const& token) {
    static constexpr TagSet row{Tag::tr};
    auto const tag = token.tag;
    bool ends = false;
    if (token.kind == Token::Kind::start) {
        if (sets::cells.has(tag)) {
            clear_to(row);
            insert(token);
            mode_ = Mode::in_cell;
            formatting_.push_back(nullptr);
            return;
        }
        ends = sets::table_parts.has(tag);
    } else if (token.kind == Token::Kind::end) {
        ends = tag == Tag::tr || tag == Tag::table || sets::rows.has(tag);
        if (!ends && (tag == Tag::body || tag == Tag::html || sets::table_parts.has(tag)))
            return ignored(token, "closes nothing");
        if (sets::rows.has(tag) && !has_in_scope(tag, Scope::table)) return ignored(token, "closes nothing");
    }
    if (!ends) return in_table(token);
    if (!has_in_scope(Tag::tr, Scope::table)) return ignored(token, "was left out");
    clear_to(row);
    pop();
    mode_ = Mode::in_table_body;
    if (token.kind == Token::Kind::start || tag != Tag::tr) again(token);
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intd
void TreeBuilder::in_cell(Token const& token) {
    auto const tag = token.tag;
    auto const close_cell = [&] {
        close_implied();
        if (!sets::cells.has(html_tag(*current())))
            odd("the cell ends here, and <" + std::string(current()->name) + "> in it");
        while (!sets::cells.has(html_tag(*current()))) pop();
        pop();
        clear_to_marker();
        mode_ = Mode::in_row;
    };
    if (token.kind == Token::Kind::start && sets::table_parts.has(tag)) {
        if (find_in_scope(sets::cells, Scope::table) == none) return ignored(token, "was left out");
        close_cell();
        return again(token);
    }
    if (token.kind == Token::Kind::end) {
        if (sets::cells.has(tag)) {
            if (!has_in_scope(tag, Scope::table)) return ignored(token, "closes nothing");
            close_implied();
            if (!at(tag)) odd("</" + std::string(token.name) + "> closes <" + std::string(current()->name) + "> too");
            pop_through(tag);
            clear_to_marker();
            mode_ = Mode::in_row;
            return;
        }
        if (tag == Tag::table || tag == Tag::tr || sets::rows.has(tag)) {
            if (!has_in_scope(tag, Scope::table)) return ignored(token, "closes nothing");
            close_cell();
            return again(token);
        }
        if (tag == Tag::body || tag == Tag::html || sets::table_parts.has(tag)) return ignored(token, "closes nothing");
    }
    in_body(token);
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inselect, as it stood until 2025
void TreeBuilder::in_select(Token const& token) {
    if (token.kind == Token::Kind::text) {
        if (token.text.front() != '\0') insert_text(token.text);
        return;
    }
    if (token.kind == Token::Kind::end_of_file) return in_body(token);
    auto const tag = token.tag;
    if (token.kind == Token::Kind::end) {
        switch (tag) {
        case Tag::template_:
            return in_head(token);
        case Tag::optgroup:
            if (at(Tag::option) && html_tag(*stack_[stack_.size() - 2]) == Tag::optgroup) pop();
            if (!at(Tag::optgroup)) return ignored(token, "closes nothing");
            return pop();
        case Tag::option:
            if (!at(Tag::option)) return ignored(token, "closes nothing");
            return pop();
        case Tag::select:
            if (!has_in_scope(Tag::select, Scope::select)) return ignored(token, "closes nothing");
            pop_through(Tag::select);
            return reset_mode();
        default:
            return ignored(token, "in <select> was left out");
        }
    }
    switch (tag) {
    case Tag::html:
        return in_body(token);
    case Tag::option:
        if (at(Tag::option)) pop();
        insert(token);
        return;
    case Tag::optgroup:
        if (at(Tag::option)) pop();
        if (at(Tag::optgroup)) pop();
        insert(token);
        return;
    case Tag::hr:
        if (at(Tag::option)) pop();
        if (at(Tag::optgroup)) pop();
        return insert_void(token);
    case Tag::script:
    case Tag::template_:
        return in_head(token);
    case Tag::select:
    case Tag::input:
    case Tag::keygen:
    case Tag::textarea:
        if (!has_in_scope(Tag::select, Scope::select)) return ignored(token, "was left out");
        ignored(token, "ends the <select> it stands in");
        pop_through(Tag::select);
        reset_mode();
        if (tag != Tag::select) again(token);
        return;
    default:
        return ignored(token, "in <select> was left out");
    }
}

void TreeBuilder::in_select_in_table(Token const& token) {
    auto const tag = token.tag;
    bool const part = tag == Tag::table || (sets::table_parts.has(tag) && tag != Tag::col && tag != Tag::colgroup);
    if (part &&
        (token.kind == Token::Kind::start || (token.kind == Token::Kind::end && has_in_scope(tag, Scope::table)))) {
        ignored(token, "ends the <select> before it");
        pop_through(Tag::select);
        reset_mode();
        return again(token);
    }
    if (part && token.kind == Token::Kind::end) return ignored(token, "closes nothing");
    in_select(token);
}

} // namespace deckle::html
