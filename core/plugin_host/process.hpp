/// The runner's process as the host sees it: started, listened to, ended.
#pragma once
#include "plugin_host/plugin_host.hpp"
#include "plugin_host/wire.hpp"
#include <optional>
#include <sys/types.h>
#include <utility>

namespace deckle::plugin_host {

/// Owns one descriptor.
class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Fd();
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_ = -1;
};

using TimePoint = std::chrono::steady_clock::time_point;

/// What a process printed: the first 64 KiB are kept, all of it is read.
struct Noise {
    std::string kept;
    std::uint64_t total = 0;
};

class Process {
public:
    enum class Happened { frame, timeout, stop, closed };

    /// Starts the runner for `library`. Throws Error{io}.
    Process(std::filesystem::path const& runner, std::filesystem::path const& library, Limits const& limits);
    Process(Process const&) = delete;
    Process& operator=(Process const&) = delete;
    ~Process();

    [[nodiscard]] bool send(wire::Kind kind, std::string_view payload, int fd = -1);
    /// Waits for a whole frame, the time, `wake()` or the end of the stream, and reads what is printed meanwhile.
    /// Throws wire::ProtocolError for an unknown kind or a size over its cap.
    [[nodiscard]] Happened next(TimePoint until, wire::Frame& frame);
    /// Makes next() return `stop` once. From any thread.
    void wake();
    /// The flag that should_stop() reads.
    void set_cancel(bool on);
    /// Ends the process, with SIGKILL unless it ends by itself at once, and says how it ended: "crashed with SIGSEGV
    /// (Segmentation fault)", "ended with exit code 0". The same text on every further call.
    std::string const& end();
    /// What was printed since the last call.
    [[nodiscard]] Noise take_noise();

private:
    void read_noise();
    [[nodiscard]] bool read_socket();
    [[nodiscard]] bool take_frame(wire::Frame& frame);

    Limits limits_;
    Fd socket_, noise_, wake_, pidfd_;
    std::int32_t* cancel_ = nullptr;
    pid_t pid_ = -1;
    std::string received_; // bytes of the frame that is arriving
    Noise printed_;
    std::string ending_;
};

} // namespace deckle::plugin_host
