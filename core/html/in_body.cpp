// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody
#include "html/tree_builder.hpp"
#include <algorithm>

namespace deckle::html {

void TreeBuilder::in_body(Token const& token) {
    switch (token.kind) {
    case Token::Kind::text:
        if (token.text.front() == '\0') return; // reported by the tokenizer
        reconstruct_formatting();
        return insert_text(token.text);
    case Token::Kind::start:
        return start_in_body(token);
    case Token::Kind::end:
        return end_in_body(token);
    case Token::Kind::end_of_file:
        if (in_template_contents()) in_template(token);
        return;
    default:
        return;
    }
}

// Start tags

void TreeBuilder::start_in_body(Token const& token) {
    auto const tag = token.tag;
    if (token.self_closing && tag != Tag::svg && tag != Tag::math) {
        static constexpr TagSet void_tags{Tag::area,  Tag::base,   Tag::basefont, Tag::bgsound, Tag::br,
                                          Tag::col,   Tag::embed,  Tag::frame,    Tag::hr,      Tag::image,
                                          Tag::img,   Tag::input,  Tag::keygen,   Tag::link,    Tag::meta,
                                          Tag::param, Tag::source, Tag::track,    Tag::wbr};
        if (!void_tags.has(tag))
            odd("<" + std::string(token.name) + "/> does not close itself in HTML; write </" + std::string(token.name) +
                ">");
    }
    if (sets::blocks.has(tag)) {
        close_paragraph();
        insert(token);
        return;
    }
    if (sets::formatting.has(tag)) {
        if (tag == Tag::a) {
            for (auto i = formatting_.size(); i-- > 0 && formatting_[i];) {
                auto* const open = formatting_[i];
                if (open->tag != Tag::a) continue;
                odd("a link inside a link; the outer one was closed");
                adopt(token);
                std::erase(formatting_, open);
                std::erase(stack_, open);
                break;
            }
        }
        reconstruct_formatting();
        if (tag == Tag::nobr && has_in_scope(Tag::nobr, Scope::plain)) {
            odd("<nobr> inside <nobr>; the outer one was closed");
            adopt(token);
            reconstruct_formatting();
        }
        return add_formatting(insert(token));
    }
    if (sets::headings.has(tag)) {
        close_paragraph();
        if (sets::headings.has(html_tag(*current()))) {
            odd("a heading inside a heading; the outer one was closed");
            pop();
        }
        insert(token);
        return;
    }
    if (sets::in_head.has(tag)) return in_head(token);
    if (sets::markers.has(tag)) {
        reconstruct_formatting();
        insert(token);
        formatting_.push_back(nullptr);
        return;
    }
    if (sets::table_parts.has(tag)) return ignored(token, "outside a table was left out");
    switch (tag) {
    case Tag::html:
        if (stack_.size() > 1) odd("a second <html>; its attributes were added to the first");
        if (!in_template_contents()) nodes_.add_missing_attributes(*html_, token.attributes);
        return;
    case Tag::body:
        if (stack_.size() < 2 || html_tag(*stack_[1]) != Tag::body || in_template_contents())
            return ignored(token, "was left out");
        odd("a second <body>; its attributes were added to the first");
        return nodes_.add_missing_attributes(*stack_[1], token.attributes);
    case Tag::head:
        return ignored(token, "a second time was left out");
    case Tag::frame:
    case Tag::frameset:
        return ignored(token, "was left out: framesets cannot be printed");
    case Tag::p:
        close_paragraph();
        insert(token);
        return;
    case Tag::pre:
    case Tag::listing:
        close_paragraph();
        insert(token);
        skip_newline_ = true;
        return;
    case Tag::li:
    case Tag::dd:
    case Tag::dt:
        for (auto i = stack_.size(); i-- > 0;) {
            auto const open = html_tag(*stack_[i]);
            if (tag == Tag::li ? open == Tag::li : open == Tag::dd || open == Tag::dt) {
                close_implied(open);
                if (stack_.size() != i + 1)
                    odd("the list item before ends here, and <" + std::string(current()->name) + "> in it");
                pop_to(i);
                break;
            }
            if (is_special(*stack_[i]) && open != Tag::address && open != Tag::div && open != Tag::p) break;
        }
        close_paragraph();
        insert(token);
        return;
    case Tag::plaintext:
        close_paragraph();
        insert(token);
        return tokenizer_.set_content(Tokenizer::Content::plaintext, {});
    case Tag::table:
        if (!quirks_) close_paragraph();
        insert(token);
        mode_ = Mode::in_table;
        return;
    case Tag::area:
    case Tag::br:
    case Tag::embed:
    case Tag::img:
    case Tag::keygen:
    case Tag::wbr:
    case Tag::input:
        reconstruct_formatting();
        return insert_void(token);
    case Tag::param:
    case Tag::source:
    case Tag::track:
        return insert_void(token);
    case Tag::hr:
        close_paragraph();
        return insert_void(token);
    case Tag::image: {
        odd("<image> was taken for <img>");
        auto img = token;
        img.name = "img";
        img.tag = Tag::img;
        return again(img);
    }
    case Tag::xmp:
        close_paragraph();
        reconstruct_formatting();
        return insert_raw(token, Tokenizer::Content::rawtext);
    case Tag::iframe:
    case Tag::noembed:
        return insert_raw(token, Tokenizer::Content::rawtext);
    case Tag::rb:
    case Tag::rtc:
    case Tag::rp:
    case Tag::rt:
        if (has_in_scope(Tag::ruby, Scope::plain)) {
            close_implied(tag == Tag::rp || tag == Tag::rt ? Tag::rtc : Tag::unknown);
            auto const open = html_tag(*current());
            if (open != Tag::ruby && open != Tag::rtc)
                odd("<" + std::string(token.name) + "> is not directly in <ruby>");
        }
        insert(token);
        return;
    case Tag::math:
        reconstruct_formatting();
        return insert_foreign(token, Namespace::math);
    case Tag::svg:
        reconstruct_formatting();
        return insert_foreign(token, Namespace::svg);
    default:
        return start_form_control(token);
    }
}

void TreeBuilder::start_form_control(Token const& token) {
    switch (token.tag) {
    case Tag::form: {
        if (form_ && !in_template_contents()) return ignored(token, "inside a form was left out");
        close_paragraph();
        auto* const form = insert(token);
        if (!in_template_contents()) form_ = form;
        return;
    }
    case Tag::button:
        if (auto const open = find_in_scope({Tag::button}, Scope::plain); open != none) {
            odd("a button inside a button; the outer one was closed");
            pop_to(open);
        }
        reconstruct_formatting();
        insert(token);
        return;
    case Tag::textarea:
        insert_raw(token, Tokenizer::Content::rcdata);
        skip_newline_ = true;
        return;
    case Tag::select:
        reconstruct_formatting();
        insert(token);
        mode_ = mode_ == Mode::in_table || mode_ == Mode::in_caption || mode_ == Mode::in_table_body ||
                        mode_ == Mode::in_row || mode_ == Mode::in_cell
                    ? Mode::in_select_in_table
                    : Mode::in_select;
        return;
    case Tag::optgroup:
    case Tag::option:
        if (at(Tag::option)) pop();
        reconstruct_formatting();
        insert(token);
        return;
    default: // any other start tag
        reconstruct_formatting();
        insert(token);
    }
}

// End tags

/// The end tag of a block: what is open inside it ends with it.
void TreeBuilder::end_in_scope(Token const& token, TagSet const& tags, Scope scope) {
    auto const open = find_in_scope(tags, scope);
    if (open == none) return ignored(token, "closes nothing");
    close_implied(scope == Scope::plain ? Tag::unknown : html_tag(*stack_[open]));
    if (stack_.size() > open + 1)
        odd("</" + std::string(token.name) + "> closes <" + std::string(current()->name) + "> too");
    pop_to(open);
}

void TreeBuilder::end_in_body(Token const& token) {
    auto const tag = token.tag;
    if (sets::blocks.has(tag) || tag == Tag::button || tag == Tag::listing || tag == Tag::pre)
        return end_in_scope(token, {tag}, Scope::plain);
    if (sets::formatting.has(tag)) return adopt(token);
    if (sets::headings.has(tag)) {
        if (auto const open = find_in_scope(sets::headings, Scope::plain); open != none && stack_[open]->tag != tag)
            odd("</" + std::string(token.name) + "> closes <" + std::string(stack_[open]->name) + ">");
        return end_in_scope(token, sets::headings, Scope::plain);
    }
    if (sets::markers.has(tag)) {
        if (!has_in_scope(tag, Scope::plain)) return ignored(token, "closes nothing");
        end_in_scope(token, {tag}, Scope::plain);
        return clear_to_marker();
    }
    switch (tag) {
    case Tag::template_:
        return in_head(token);
    case Tag::html:
    case Tag::body:
        if (!has_in_scope(Tag::body, Scope::plain)) return ignored(token, "closes nothing");
        mode_ = Mode::after_body;
        if (tag == Tag::html) again(token);
        return;
    case Tag::p:
        if (!has_in_scope(Tag::p, Scope::button)) {
            odd("</p> without <p> makes an empty paragraph");
            insert_implied("p");
        }
        return close_paragraph();
    case Tag::li:
        return end_in_scope(token, {tag}, Scope::list);
    case Tag::dd:
    case Tag::dt:
        if (!has_in_scope(tag, Scope::plain)) return ignored(token, "closes nothing");
        close_implied(tag);
        if (!at(tag)) odd("</" + std::string(token.name) + "> closes <" + std::string(current()->name) + "> too");
        return pop_through(tag);
    case Tag::br:
        odd("</br> was taken for <br>");
        reconstruct_formatting();
        insert_implied("br");
        return pop();
    case Tag::form: {
        if (in_template_contents()) return end_in_scope(token, {tag}, Scope::plain);
        auto* const form = form_;
        form_ = nullptr;
        auto const open = find_in_scope({Tag::form}, Scope::plain);
        // the form itself must be in scope
        bool in_scope = form && open != none;
        if (in_scope && stack_[open] != form) in_scope = false;
        if (!in_scope) return ignored(token, "closes nothing");
        close_implied();
        if (current() != form) ignored(token, "ends the form, but not what is open in it");
        std::erase(stack_, form);
        return;
    }
    default:
        break;
    }
    // any other end tag
    for (auto i = stack_.size(); i-- > 0;) {
        if (!is_foreign(*stack_[i]) && stack_[i]->name == token.name) {
            close_implied(tag);
            if (stack_.size() > i + 1)
                odd("</" + std::string(token.name) + "> closes <" + std::string(current()->name) + "> too");
            return pop_to(i);
        }
        if (is_special(*stack_[i])) break;
    }
    ignored(token, "closes nothing");
}

} // namespace deckle::html
