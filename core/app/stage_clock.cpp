#include "app/stage_clock.hpp"
#include <algorithm>
#include <cmath>
#include <ctime>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <ostream>

namespace deckle::app {

StageClock::Times StageClock::Times::now() {
    auto seconds = [](clockid_t clock) {
        timespec t{};
        ::clock_gettime(clock, &t);
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
    };
    return {seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID)};
}

void StageClock::begin(std::string_view stage) {
    auto const now = Times::now();
    if (current_ != nullptr) current_->second += now - since_;
    since_ = now;
    auto const same = [&](auto const& entry) { return entry.first == stage; };
    auto const known = std::find_if(stages_.begin(), stages_.end(), same);
    current_ = known != stages_.end() ? &*known : &stages_.emplace_back(stage, Times{});
    if (watch_) watch_(stage, about_);
}

std::string StageClock::json() const {
    auto const so_far = Times::now() - since_;
    nlohmann::ordered_json stages = nlohmann::ordered_json::object();
    for (auto const& entry : stages_) {
        if (entry.first.empty()) continue;
        double const wall = entry.second.wall + (&entry == current_ ? so_far.wall : 0);
        stages[entry.first] = std::round(wall * 1e4) / 10; // ms
    }
    return stages.dump();
}

void StageClock::print(std::ostream& out) {
    begin("");
    for (auto const& [name, times] : stages_)
        if (!name.empty())
            out << fmt::format("{:<10}{:>9.1f} ms, of it{:>9.1f} ms of processor time in this process\n", name,
                               times.wall * 1e3, times.processor * 1e3);
}

} // namespace deckle::app
