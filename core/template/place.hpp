/// Follows HTML text just far enough to know where a tag stands: escaping protects text and quoted attributes, nothing
/// else. Sections are read straight through, as if every branch were printed.
#pragma once
#include "template/source.hpp"
#include <string>
#include <string_view>

namespace deckle::templates {

class PlaceTracker {
public:
    void feed(std::string_view html);
    /// Sets `tag.place`; returns why a value must not stand here, or "".
    [[nodiscard]] std::string at_tag(Tag& tag);

private:
    enum class State {
        data,
        tag_open,
        tag_name,
        in_tag,
        attribute_name,
        after_name,
        before_value,
        double_quoted,
        single_quoted,
        unquoted,
        comment,
        raw_text
    };
    void step(char c);
    void leave_tag();

    State state_ = State::data;
    std::string name_;      // of the tag being read, lower case
    std::string attribute_; // of the attribute being read
    std::string value_;     // what the attribute's value holds so far
    std::string tail_;      // the last bytes of a comment or raw text
    bool closing_ = false;
};

} // namespace deckle::templates
