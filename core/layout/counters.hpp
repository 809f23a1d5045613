/// CSS counters while the tree is walked in document order, and the texts of counter styles.
// https://www.w3.org/TR/css-lists-3/#auto-numbering
#pragma once
#include "css/style.hpp"
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::layout {

class Counters {
public:
    void enter() { ++depth_; } // the children of an element follow
    void leave();
    /// counter-reset, counter-increment, counter-set of one element, in that order.
    void apply(css::OwnStyle const& style);
    void reset(std::string const& name, int value);
    void increment(std::string const& name, int by);
    void set(std::string const& name, int value);
    [[nodiscard]] int value(std::string_view name) const;               // 0 when there is none
    [[nodiscard]] std::vector<int> values(std::string_view name) const; // outermost first
    [[nodiscard]] std::map<std::string, std::vector<int>, std::less<>> all() const;

private:
    struct Instance {
        int value = 0;
        int depth = 0;
    };
    std::map<std::string, std::vector<Instance>, std::less<>> stacks_;
    int depth_ = 0;
};

/// A number in a counter style ("decimal", "lower-roman", "disc", ...); unknown styles count in decimal.
[[nodiscard]] std::string counter_text(int value, std::string_view style);
/// disc, circle, square.
[[nodiscard]] bool is_bullet(std::string_view style);
/// The same as a list marker, with the style's suffix: "3." and "•" with a no-break space; a quoted style gives its
/// text; "none" gives "".
[[nodiscard]] std::string marker_text(int value, std::string_view style);

} // namespace deckle::layout
