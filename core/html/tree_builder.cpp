#include "html/tree_builder.hpp"
#include <algorithm>

namespace deckle::html {
namespace {

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\n\f\r") == std::string_view::npos;
}

/// The token without its leading white space; false when nothing is left.
bool strip(Token& token) {
    auto const from = token.text.find_first_not_of(" \t\n\f\r");
    if (from == std::string_view::npos) return false;
    token.text.remove_prefix(from);
    token.offset += from;
    return true;
}

} // namespace

TreeBuilder::TreeBuilder(std::string file, Locator const& lines, Tokenizer& tokenizer, Diagnostics& diagnostics,
                         Limits limits)
    : nodes_(std::move(file), limits), lines_(lines), tokenizer_(tokenizer), diagnostics_(diagnostics) {}

void TreeBuilder::odd(std::string message) {
    auto const place = lines_.at(offset_);
    diagnostics_.warning("html-structure", std::move(message),
                         {nodes_.file(), static_cast<int>(place.line), static_cast<int>(place.column)});
}

void TreeBuilder::ignored(Token const& token, char const* why) {
    odd((token.kind == Token::Kind::end ? "</" : "<") + std::string(token.name) + "> " + why);
}

// Dispatch

// https://html.spec.whatwg.org/multipage/parsing.html#tree-construction-dispatcher
void TreeBuilder::take(Token& token) {
    if (skip_newline_) {
        skip_newline_ = false;
        if (token.kind == Token::Kind::text && token.text.starts_with('\n')) {
            token.text.remove_prefix(1);
            if (token.text.empty()) return;
        }
    }
    if (mode_ == Mode::in_table_text && token.kind != Token::Kind::text) finish_table_text();
    offset_ = token.offset;
    if (token.kind == Token::Kind::comment) return;
    if (token.kind == Token::Kind::doctype && mode_ != Mode::initial) return odd("a doctype here was left out");
    if (is_foreign_content(token)) return foreign(token);
    by_mode(mode_, token);
    if (token.kind == Token::Kind::end_of_file) flush_text();
}

void TreeBuilder::by_mode(Mode mode, Token const& token) {
    switch (mode) {
    case Mode::initial:
        return initial(token);
    case Mode::before_html:
        return before_html(token);
    case Mode::before_head:
        return before_head(token);
    case Mode::in_head:
        return in_head(token);
    case Mode::in_head_noscript:
        return in_head_noscript(token);
    case Mode::after_head:
        return after_head(token);
    case Mode::in_body:
        return in_body(token);
    case Mode::text:
        return text_mode(token);
    case Mode::in_table:
    case Mode::in_table_text:
        return in_table(token);
    case Mode::in_caption:
        return in_caption(token);
    case Mode::in_column_group:
        return in_column_group(token);
    case Mode::in_table_body:
        return in_table_body(token);
    case Mode::in_row:
        return in_row(token);
    case Mode::in_cell:
        return in_cell(token);
    case Mode::in_select:
        return in_select(token);
    case Mode::in_select_in_table:
        return in_select_in_table(token);
    case Mode::in_template:
        return in_template(token);
    case Mode::after_body:
        return after_body(token);
    }
}

// Inserting

void TreeBuilder::put(Node& node, Where where) {
    NodeMaker::insert(*where.parent, node, where.before);
}

// https://html.spec.whatwg.org/multipage/parsing.html#appropriate-place-for-inserting-a-node
TreeBuilder::Where TreeBuilder::place_for(Element* target) {
    if (!foster_ || !sets::table_structure.has(html_tag(*target))) return {target, nullptr};
    for (auto i = stack_.size(); i-- > 0;) {
        auto const tag = html_tag(*stack_[i]);
        if (tag == Tag::template_) return {stack_[i], nullptr};
        if (tag != Tag::table) continue;
        if (stack_[i]->parent) return {stack_[i]->parent, stack_[i]};
        return {stack_[i - 1], nullptr};
    }
    return {stack_.front(), nullptr};
}

void TreeBuilder::insert_text(std::string_view text) {
    auto const where = place_for(current());
    if (!pending_.empty() && where != pending_where_) flush_text();
    if (pending_.empty()) {
        pending_where_ = where;
        pending_place_ = lines_.at(offset_);
    }
    pending_ += text;
}

void TreeBuilder::flush_text() {
    if (pending_.empty()) return;
    put(*nodes_.text(pending_, pending_place_), pending_where_);
    pending_.clear();
}

void TreeBuilder::push(Element* element) {
    stack_.push_back(element);
    nodes_.check_depth(stack_.size(), {element->line, element->column});
}

Element* TreeBuilder::insert(Token const& token, Namespace space) {
    flush_text();
    auto* element = nodes_.element(token.name, token.attributes, space, lines_.at(token.offset));
    put(*element, place_for(current()));
    push(element);
    return element;
}

Element* TreeBuilder::insert_implied(std::string_view name) {
    Token token;
    token.kind = Token::Kind::start;
    token.name = name;
    token.tag = tag_from_name(name);
    token.offset = offset_;
    return insert(token);
}

void TreeBuilder::insert_void(Token const& token) {
    insert(token);
    pop();
}

// https://html.spec.whatwg.org/multipage/parsing.html#generic-raw-text-element-parsing-algorithm
void TreeBuilder::insert_raw(Token const& token, Tokenizer::Content content) {
    insert(token);
    tokenizer_.set_content(content, token.name);
    original_mode_ = mode_;
    mode_ = Mode::text;
}

// The stack of open elements

void TreeBuilder::pop() {
    stack_.pop_back();
}

void TreeBuilder::pop_to(std::size_t size) {
    stack_.resize(std::min(size, stack_.size()));
}

/// REQUIRES: such an element is open.
void TreeBuilder::pop_through(Tag tag) {
    while (!at(tag)) pop();
    pop();
}

/// Pops until the current element is one of `tags`, <template> or <html>.
void TreeBuilder::clear_to(TagSet const& tags) {
    for (auto tag = html_tag(*current()); !tags.has(tag) && tag != Tag::template_ && tag != Tag::html;
         tag = html_tag(*current()))
        pop();
}

bool TreeBuilder::is_open(Element const* element) const {
    return std::find(stack_.rbegin(), stack_.rend(), element) != stack_.rend();
}

// https://html.spec.whatwg.org/multipage/parsing.html#has-an-element-in-scope
std::size_t TreeBuilder::find_in_scope(TagSet const& tags, Scope scope) const {
    for (auto i = stack_.size(); i-- > 0;) {
        auto const& element = *stack_[i];
        auto const tag = html_tag(element);
        if (tag != Tag::unknown && tags.has(tag)) return i;
        switch (scope) {
        case Scope::table:
            if (tag == Tag::html || tag == Tag::table || tag == Tag::template_) return none;
            continue;
        case Scope::select:
            if (tag != Tag::optgroup && tag != Tag::option) return none;
            continue;
        case Scope::button:
            if (tag == Tag::button) return none;
            break;
        case Scope::list:
            if (tag == Tag::ol || tag == Tag::ul) return none;
            break;
        case Scope::plain:
            break;
        }
        if (sets::scope_ends.has(tag) || is_foreign_border(element)) return none;
    }
    return none;
}

void TreeBuilder::close_implied(Tag except) {
    for (auto tag = html_tag(*current()); sets::implied_end.has(tag) && tag != except; tag = html_tag(*current()))
        pop();
}

void TreeBuilder::close_paragraph() {
    auto const p = find_in_scope({Tag::p}, Scope::button);
    if (p == none) return;
    close_implied(Tag::p);
    if (!at(Tag::p)) odd("the paragraph ends here, and <" + std::string(current()->name) + "> in it");
    pop_to(p);
}

// https://html.spec.whatwg.org/multipage/parsing.html#reset-the-insertion-mode-appropriately
void TreeBuilder::reset_mode() {
    mode_ = Mode::in_body;
    for (auto i = stack_.size(); i-- > 0;) {
        switch (html_tag(*stack_[i])) {
        case Tag::select:
            mode_ = Mode::in_select;
            for (auto above = i; above-- > 0;) {
                auto const tag = html_tag(*stack_[above]);
                if (tag == Tag::template_) break;
                if (tag != Tag::table) continue;
                mode_ = Mode::in_select_in_table;
                break;
            }
            return;
        case Tag::td:
        case Tag::th:
            mode_ = Mode::in_cell;
            return;
        case Tag::tr:
            mode_ = Mode::in_row;
            return;
        case Tag::tbody:
        case Tag::thead:
        case Tag::tfoot:
            mode_ = Mode::in_table_body;
            return;
        case Tag::caption:
            mode_ = Mode::in_caption;
            return;
        case Tag::colgroup:
            mode_ = Mode::in_column_group;
            return;
        case Tag::table:
            mode_ = Mode::in_table;
            return;
        case Tag::template_:
            mode_ = template_modes_.back();
            return;
        case Tag::head:
            mode_ = Mode::in_head;
            return;
        case Tag::body:
            return;
        case Tag::html:
            mode_ = head_ ? Mode::after_head : Mode::before_head;
            return;
        default:
            break;
        }
    }
}

// The modes up to the body

void TreeBuilder::initial(Token const& given) {
    auto token = given;
    if (token.kind == Token::Kind::text && !strip(token)) return;
    mode_ = Mode::before_html;
    if (token.kind == Token::Kind::doctype) {
        quirks_ = asks_for_quirks(token.text);
        return;
    }
    quirks_ = true;
    again(token);
}

void TreeBuilder::before_html(Token const& given) {
    auto token = given;
    if (token.kind == Token::Kind::text && !strip(token)) return;
    if (token.kind == Token::Kind::end && token.name != "head" && token.name != "body" && token.name != "html" &&
        token.name != "br")
        return ignored(token, "closes nothing");
    bool const is_html = token.kind == Token::Kind::start && token.name == "html";
    html_ = nodes_.element("html", is_html ? token.attributes : Attributes{}, Namespace::html, lines_.at(token.offset));
    nodes_.set_root(html_);
    stack_.push_back(html_);
    mode_ = Mode::before_head;
    if (!is_html) again(token);
}

void TreeBuilder::before_head(Token const& given) {
    auto token = given;
    if (token.kind == Token::Kind::text && !strip(token)) return;
    if (token.kind == Token::Kind::start && token.name == "html") return in_body(token);
    if (token.kind == Token::Kind::end && token.name != "head" && token.name != "body" && token.name != "html" &&
        token.name != "br")
        return ignored(token, "closes nothing");
    mode_ = Mode::in_head;
    if (token.kind == Token::Kind::start && token.name == "head") {
        head_ = insert(token);
        return;
    }
    head_ = insert_implied("head");
    again(token);
}

bool TreeBuilder::insert_blanks(Token& token) {
    auto const blank = std::min(token.text.find_first_not_of(" \t\n\f\r"), token.text.size());
    if (blank > 0) insert_text(token.text.substr(0, blank));
    return strip(token);
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inhead
void TreeBuilder::in_head(Token const& given) {
    auto token = given;
    if (token.kind == Token::Kind::text) {
        if (!insert_blanks(token)) return;
    } else if (token.kind == Token::Kind::start) {
        switch (token.tag) {
        case Tag::html:
            return in_body(token);
        case Tag::base:
        case Tag::basefont:
        case Tag::bgsound:
        case Tag::link:
        case Tag::meta:
            return insert_void(token);
        case Tag::title:
            return insert_raw(token, Tokenizer::Content::rcdata);
        case Tag::noframes:
        case Tag::style:
            return insert_raw(token, Tokenizer::Content::rawtext);
        case Tag::noscript:
            insert(token);
            mode_ = Mode::in_head_noscript;
            return;
        case Tag::script:
            return insert_raw(token, Tokenizer::Content::script);
        case Tag::template_:
            return template_start(token);
        case Tag::head:
            return ignored(token, "a second time was left out");
        default:
            break;
        }
    } else if (token.kind == Token::Kind::end) {
        if (token.name == "head") {
            pop();
            mode_ = Mode::after_head;
            return;
        }
        if (token.name == "template") return template_end(token);
        if (token.name != "body" && token.name != "html" && token.name != "br") return ignored(token, "closes nothing");
    }
    pop(); // the head
    mode_ = Mode::after_head;
    again(token);
}

void TreeBuilder::in_head_noscript(Token const& given) {
    auto token = given;
    if (token.kind == Token::Kind::text) {
        if (!insert_blanks(token)) return;
    } else if (token.kind == Token::Kind::start) {
        if (token.name == "html") return in_body(token);
        if (token.name == "head" || token.name == "noscript") return ignored(token, "was left out of <noscript>");
        auto const tag = token.tag;
        if (tag == Tag::basefont || tag == Tag::bgsound || tag == Tag::link || tag == Tag::meta ||
            tag == Tag::noframes || tag == Tag::style)
            return in_head(token);
    } else if (token.kind == Token::Kind::end) {
        if (token.name == "noscript") {
            pop();
            mode_ = Mode::in_head;
            return;
        }
        if (token.name != "br") return ignored(token, "closes nothing");
    }
    if (token.kind != Token::Kind::end_of_file)
        odd("<noscript> in the head ends where its content belongs to the body");
    pop();
    mode_ = Mode::in_head;
    again(token);
}

void TreeBuilder::after_head(Token const& given) {
    auto token = given;
    if (token.kind == Token::Kind::text) {
        if (!insert_blanks(token)) return;
    } else if (token.kind == Token::Kind::start) {
        auto const tag = token.tag;
        if (tag == Tag::html) return in_body(token);
        if (tag == Tag::body) {
            insert(token);
            mode_ = Mode::in_body;
            return;
        }
        if (tag == Tag::head) return ignored(token, "a second time was left out");
        if (tag == Tag::frameset) return ignored(token, "was left out: framesets cannot be printed");
        if (sets::in_head.has(tag)) {
            stack_.push_back(head_);
            in_head(token);
            std::erase(stack_, head_);
            return;
        }
    } else if (token.kind == Token::Kind::end) {
        if (token.name == "template") return in_head(token);
        if (token.name != "body" && token.name != "html" && token.name != "br") return ignored(token, "closes nothing");
    }
    insert_implied("body");
    mode_ = Mode::in_body;
    again(token);
}

void TreeBuilder::text_mode(Token const& token) {
    if (token.kind == Token::Kind::text) return insert_text(token.text);
    pop();
    mode_ = original_mode_;
    if (token.kind == Token::Kind::end_of_file) again(token);
}

void TreeBuilder::after_body(Token const& token) {
    if (token.kind == Token::Kind::end_of_file || (token.kind == Token::Kind::end && token.name == "html")) return;
    if (token.kind == Token::Kind::text && is_blank(token.text)) return in_body(token);
    if (token.kind == Token::Kind::start && token.name == "html") return in_body(token);
    odd("content after </body> was put into the body");
    mode_ = Mode::in_body;
    again(token);
}

// Templates

void TreeBuilder::template_start(Token const& token) {
    insert(token);
    formatting_.push_back(nullptr);
    mode_ = Mode::in_template;
    template_modes_.push_back(Mode::in_template);
}

void TreeBuilder::template_end(Token const& token) {
    if (!in_template_contents()) return ignored(token, "closes nothing");
    while (sets::implied_end_thoroughly.has(html_tag(*current()))) pop();
    if (!at(Tag::template_)) odd("</template> closes <" + std::string(current()->name) + "> too");
    pop_through(Tag::template_);
    clear_to_marker();
    template_modes_.pop_back();
    reset_mode();
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intemplate
void TreeBuilder::in_template(Token const& token) {
    auto const go_on_as = [&](Mode mode) {
        template_modes_.back() = mode;
        mode_ = mode;
        again(token);
    };
    switch (token.kind) {
    case Token::Kind::start: {
        auto const tag = token.tag;
        if (sets::in_head.has(tag)) return in_head(token);
        if (tag == Tag::col) return go_on_as(Mode::in_column_group);
        if (tag == Tag::tr) return go_on_as(Mode::in_table_body);
        if (sets::cells.has(tag)) return go_on_as(Mode::in_row);
        if (sets::table_parts.has(tag)) return go_on_as(Mode::in_table);
        return go_on_as(Mode::in_body);
    }
    case Token::Kind::end:
        if (token.name == "template") return in_head(token);
        return ignored(token, "closes nothing");
    case Token::Kind::end_of_file:
        if (!in_template_contents()) return;
        pop_through(Tag::template_);
        clear_to_marker();
        template_modes_.pop_back();
        reset_mode();
        return again(token);
    default:
        return in_body(token);
    }
}

} // namespace deckle::html
