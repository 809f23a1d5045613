/// Where the time of a run goes; for --timings.
#pragma once
#include <deque>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace deckle::app {

/// Wall and processor time of each stage, in the order in which they began first.
class StageClock {
public:
    StageClock() = default;
    using Watch = std::function<void(std::string_view stage, std::string const& about)>;
    /// `watch` is told as each stage begins.
    explicit StageClock(Watch watch) : watch_(std::move(watch)) {}
    void begin(std::string_view stage);
    /// Of what the stages are from now on: a report, a pack.
    void about(std::string what) { about_ = std::move(what); }
    void print(std::ostream& out);
    /// The stages so far as a JSON object, in milliseconds.
    [[nodiscard]] std::string json() const;

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
    std::string about_;
    Watch watch_;
};

} // namespace deckle::app
