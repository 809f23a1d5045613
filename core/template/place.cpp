#include "template/place.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <initializer_list>

namespace deckle::templates {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

} // namespace

void PlaceTracker::feed(std::string_view html) {
    for (char const c : html) step(c);
}

void PlaceTracker::leave_tag() {
    // Only script and style are raw for the escaping's sake; <title> and <textarea> read character references.
    bool const raw = !closing_ && one_of(name_, {"script", "style"});
    state_ = raw ? State::raw_text : State::data;
    tail_.clear();
}

// https://html.spec.whatwg.org/multipage/parsing.html#tokenization
void PlaceTracker::step(char c) {
    switch (state_) {
    case State::data:
        if (c == '<') state_ = State::tag_open;
        name_.clear();
        closing_ = false;
        break;
    case State::tag_open:
        if (c == '/')
            closing_ = true;
        else if (c == '!') {
            state_ = State::comment;
            tail_.clear();
        } else if ((lower(c) >= 'a' && lower(c) <= 'z')) {
            name_ = lower(c);
            state_ = State::tag_name;
        } else
            state_ = State::data;
        break;
    case State::tag_name:
        if (c == '>')
            leave_tag();
        else if (is_space(c) || c == '/')
            state_ = State::in_tag;
        else
            name_ += lower(c);
        break;
    case State::in_tag:
        if (c == '>')
            leave_tag();
        else if (!is_space(c) && c != '/') {
            attribute_ = lower(c);
            state_ = State::attribute_name;
        }
        break;
    case State::attribute_name:
    case State::after_name:
        if (c == '>')
            leave_tag();
        else if (c == '=') {
            state_ = State::before_value;
            value_.clear();
        } else if (is_space(c))
            state_ = State::after_name;
        else if (state_ == State::attribute_name)
            attribute_ += lower(c);
        else {
            attribute_ = lower(c);
            state_ = State::attribute_name;
        }
        break;
    case State::before_value:
        if (c == '"')
            state_ = State::double_quoted;
        else if (c == '\'')
            state_ = State::single_quoted;
        else if (c == '>')
            leave_tag();
        else if (!is_space(c))
            state_ = State::unquoted;
        break;
    case State::double_quoted:
    case State::single_quoted:
        if (c == (state_ == State::double_quoted ? '"' : '\''))
            state_ = State::in_tag;
        else
            value_ += c;
        break;
    case State::unquoted:
        if (c == '>')
            leave_tag();
        else if (is_space(c))
            state_ = State::in_tag;
        break;
    case State::comment:
        tail_ += c;
        // <!doctype ...> ends at the first >; <!-- ... --> at -->.
        if (c == '>' && (!tail_.starts_with("--") || tail_.ends_with("-->"))) state_ = State::data;
        break;
    case State::raw_text:
        tail_ += lower(c);
        if (c == '>' && tail_.ends_with("</" + name_ + ">")) {
            state_ = State::data;
            tail_.clear();
        } else if (tail_.size() > 64) {
            tail_.erase(0, 32);
        }
        break;
    }
}

std::string PlaceTracker::at_tag(Tag& tag) {
    switch (state_) {
    case State::data:
    case State::comment:
        tag.place = Place::text;
        return {};
    case State::raw_text:
        tag.place = Place::style_element;
        if (tag.pseudo == Pseudo::style && name_ == "style") return {};
        return fmt::format("{} stands inside <{}>, where escaping does not protect", tag.name, name_);
    case State::double_quoted:
    case State::single_quoted:
        break;
    case State::before_value:
    case State::unquoted:
        return fmt::format("{} stands in an attribute without quotes; write {}=\"...\"", tag.name, attribute_);
    default:
        return fmt::format(
            "{} stands inside a tag's name or attribute names; a value may only stand in text or in a quoted attribute",
            tag.name);
    }
    if (attribute_.starts_with("on") || attribute_ == "srcdoc")
        return fmt::format("{} stands in {}, which is run as code", tag.name, attribute_);
    bool const url = one_of(attribute_, {"href", "src", "action", "formaction", "xlink:href", "poster", "background",
                                         "cite", "data", "ping"});
    tag.place = attribute_ == "style" ? Place::style_attribute : url && value_.empty() ? Place::url : Place::attribute;
    value_ += 'x'; // something stands here now
    return {};
}

} // namespace deckle::templates
