/// Worker processes of a service: started, watched, started anew when they die, and ended.
#pragma once
#include "app/options.hpp"
#include "service/log.hpp"
#include <chrono>
#include <functional>
#include <sys/types.h>
#include <vector>

namespace deckle::app {

class Children {
public:
    /// How a child ended.
    struct End {
        std::string worker;
        std::string how;    // "ended by signal 9", "exit code 1"
        bool asked = false; // it was killed because its grace was over: its attempt does not count
    };

    /// `name`: of the service; its workers are called NAME/1, NAME/2 ...
    Children(Common common, std::string name, service::Log& log)
        : common_(std::move(common)), name_(std::move(name)), log_(log) {}
    /// Kills those that are left.
    ~Children();
    Children(Children const&) = delete;
    Children& operator=(Children const&) = delete;

    /// So many workers for these lanes.
    void want(std::vector<std::string> lanes, int count);
    /// Starts what is missing; one that died soon after its start is waited for, longer each time.
    void start_missing();
    /// Those that have ended since.
    [[nodiscard]] std::vector<End> collect();
    /// At once; false when it is none of these.
    bool kill(std::string const& worker);
    void signal_all(int signal);
    [[nodiscard]] std::size_t running() const;

private:
    using Clock = std::chrono::steady_clock;
    struct Child {
        std::vector<std::string> lanes;
        std::string worker;
        pid_t pid = 0; // 0: not running
        Clock::time_point started{}, next_start{};
        int quick_ends = 0; // one after another
        bool asked = false;
    };
    void start(Child& child);

    Common common_;
    std::string name_;
    service::Log& log_;
    std::vector<Child> children_;
    int started_ = 0;
};

} // namespace deckle::app
