/// Where the time of a run goes; for --timings.
#pragma once
#include <deque>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace deckle::app {

/// Wall and processor time of each stage, in the order in which they began first.
class StageClock {
public:
    void begin(std::string_view stage);
    void print(std::ostream& out);

private:
    struct Times { // seconds
        double wall = 0, processor = 0;
        static Times now();
        Times operator-(Times o) const { return {wall - o.wall, processor - o.processor}; }
        void operator+=(Times o) {
            wall += o.wall;
            processor += o.processor;
        }
    };
    std::deque<std::pair<std::string, Times>> stages_; // stays put while current_ points into it
    std::pair<std::string, Times>* current_ = nullptr;
    Times since_;
};

} // namespace deckle::app
