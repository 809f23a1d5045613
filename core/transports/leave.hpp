/// The caller's last word before something leaves: what it throws passes through every handler on the way.
#pragma once
#include <exception>
#include <functional>

namespace deckle::transports {

struct Passed {
    std::exception_ptr why;
};

inline void leave(std::function<void()> const& leaving) {
    try {
        leaving();
    } catch (...) {
        throw Passed{std::current_exception()};
    }
}

} // namespace deckle::transports
