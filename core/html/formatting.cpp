// Active formatting elements: <b>, <i>, <a> and the like go on where a block cut them off.
#include "html/tree_builder.hpp"
#include <algorithm>

namespace deckle::html {
namespace {

bool same_attributes(Element const& a, Element const& b) {
    if (a.attributes.size() != b.attributes.size()) return false;
    return std::ranges::all_of(a.attributes, [&](Attribute const& x) { return b.attribute(x.name) == x.value; });
}

} // namespace

// https://html.spec.whatwg.org/multipage/parsing.html#push-onto-the-list-of-active-formatting-elements
void TreeBuilder::add_formatting(Element* element) {
    std::size_t same = 0, earliest = 0;
    for (auto i = formatting_.size(); i-- > 0 && formatting_[i];)
        if (formatting_[i]->name == element->name && same_attributes(*formatting_[i], *element)) ++same, earliest = i;
    if (same >= 3) formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(earliest));
    formatting_.push_back(element);
}

Element* TreeBuilder::clone(Element const& element) {
    Attributes attributes;
    for (auto const& a : element.attributes) attributes.emplace_back(a.name, a.value);
    return nodes_.element(element.name, attributes, Namespace::html, {element.line, element.column});
}

// https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements
void TreeBuilder::reconstruct_formatting() {
    if (formatting_.empty() || !formatting_.back() || is_open(formatting_.back())) return;
    auto first = formatting_.size() - 1;
    while (first > 0 && formatting_[first - 1] && !is_open(formatting_[first - 1])) --first;
    flush_text();
    for (auto i = first; i < formatting_.size(); ++i) {
        odd("<" + std::string(formatting_[i]->name) +
            "> was cut off by the end of its parent and goes on here; close it first");
        auto* element = clone(*formatting_[i]);
        put(*element, place_for(current()));
        push(element);
        formatting_[i] = element;
    }
}

void TreeBuilder::clear_to_marker() {
    while (!formatting_.empty()) {
        bool const marker = !formatting_.back();
        formatting_.pop_back();
        if (marker) return;
    }
}

// https://html.spec.whatwg.org/multipage/parsing.html#adoption-agency-algorithm
void TreeBuilder::adopt(Token const& token) {
    auto const tag = token.tag;
    if (at(tag) && std::ranges::find(formatting_, current()) == formatting_.end()) return pop();
    for (int i = 0; i < 8; ++i)
        if (!adopt_once(token, tag)) return;
}

/// One turn of the outer loop; false when there is nothing more to do.
bool TreeBuilder::adopt_once(Token const& token, Tag tag) {
    auto entry = none;
    for (auto i = formatting_.size(); i-- > 0 && formatting_[i];)
        if (formatting_[i]->tag == tag) {
            entry = i;
            break;
        }
    if (entry == none) {
        // as any other end tag
        for (auto i = stack_.size(); i-- > 0;) {
            if (html_tag(*stack_[i]) == tag) {
                close_implied(tag);
                if (stack_.size() != i + 1) ignored(token, "closes elements inside it too");
                pop_to(i);
                return false;
            }
            if (is_special(*stack_[i])) break;
        }
        ignored(token, "closes nothing");
        return false;
    }
    auto* const element = formatting_[entry];
    auto const forget = [&] { std::erase(formatting_, element); };
    auto const open = std::ranges::find(stack_, element);
    if (open == stack_.end()) {
        ignored(token, "comes after the end of what it closes");
        forget();
        return false;
    }
    auto const at_stack = static_cast<std::size_t>(open - stack_.begin());
    if (find_in_scope({tag}, Scope::plain) == none) {
        ignored(token, "closes nothing here");
        return false;
    }
    auto furthest = none;
    for (auto i = at_stack + 1; i < stack_.size() && furthest == none; ++i) {
        if (is_special(*stack_[i])) furthest = i;
    }
    if (furthest == none) {
        if (stack_.size() != at_stack + 1) ignored(token, "closes elements inside it too");
        pop_to(at_stack);
        forget();
        return false;
    }
    odd("</" + std::string(token.name) + "> crosses <" + std::string(stack_[furthest]->name) +
        ">, which was split; close that first");
    flush_text();
    auto* const block = stack_[furthest];
    auto* const ancestor = stack_[at_stack - 1];
    auto bookmark = entry;
    auto* last = block;
    auto node_at = furthest;
    for (int inner = 1;; ++inner) {
        auto* node = stack_[--node_at]; // what was removed below stands at or behind node_at
        if (node == element) break;
        auto listed = std::ranges::find(formatting_, node);
        if (inner > 3 && listed != formatting_.end()) {
            if (static_cast<std::size_t>(listed - formatting_.begin()) < bookmark) --bookmark;
            formatting_.erase(listed);
            listed = formatting_.end();
        }
        if (listed == formatting_.end()) {
            stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(node_at));
            continue;
        }
        auto* copy = clone(*node);
        *listed = copy;
        stack_[node_at] = copy;
        if (last == block) bookmark = static_cast<std::size_t>(listed - formatting_.begin()) + 1;
        NodeMaker::remove(*last);
        NodeMaker::insert(*copy, *last, nullptr);
        last = copy;
    }
    NodeMaker::remove(*last);
    bool const foster = foster_;
    foster_ = true; // in a table whatever the mode
    auto const where = place_for(ancestor);
    foster_ = foster;
    put(*last, where);
    auto* copy = clone(*element);
    NodeMaker::move_children(*block, *copy);
    NodeMaker::insert(*block, *copy, nullptr);
    auto const old = static_cast<std::size_t>(std::ranges::find(formatting_, element) - formatting_.begin());
    formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(old));
    if (old < bookmark) --bookmark;
    formatting_.insert(formatting_.begin() + static_cast<std::ptrdiff_t>(bookmark), copy);
    std::erase(stack_, element);
    auto const below = std::ranges::find(stack_, block) + 1;
    stack_.insert(below, copy);
    return true;
}

} // namespace deckle::html
