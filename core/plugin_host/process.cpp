#include "plugin_host/process.hpp"
#include "base/error.hpp"
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace deckle::plugin_host {
namespace {

constexpr std::size_t noise_kept = 64 * 1024;
constexpr int first_free = 10; // descriptors start here, clear of the numbers the runner gets

[[noreturn]] void fail(char const* what) {
    throw Error(ErrorCode::io, fmt::format("Cannot start deckle-runner: {}: {}", what, std::strerror(errno)));
}

Fd high(int fd) {
    if (fd < 0) fail("no descriptor left");
    Fd const low(fd);
    int const moved = fcntl(fd, F_DUPFD_CLOEXEC, first_free);
    if (moved < 0) fail("no descriptor left");
    return Fd(moved);
}

Fd shared_page(std::int32_t*& at) {
    Fd page = high(memfd_create("deckle-cancel", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (ftruncate(page.get(), sizeof(std::int32_t)) != 0) fail("ftruncate");
    fcntl(page.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
    void* const mapped = mmap(nullptr, sizeof(std::int32_t), PROT_READ | PROT_WRITE, MAP_SHARED, page.get(), 0);
    if (mapped == MAP_FAILED) fail("mmap");
    at = static_cast<std::int32_t*>(mapped);
    return page;
}

struct Spawn { // posix_spawn's two argument objects
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;

    Spawn(int socket, int noise, int cancel) {
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&files, noise, 1);
        posix_spawn_file_actions_adddup2(&files, noise, 2);
        posix_spawn_file_actions_adddup2(&files, socket, wire::socket_fd);
        posix_spawn_file_actions_adddup2(&files, cancel, wire::cancel_fd);
        posix_spawn_file_actions_addclosefrom_np(&files, wire::cancel_fd + 1);
        posix_spawnattr_init(&attributes);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setpgroup(&attributes, 0); // Ctrl-C is the host's to handle
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    Spawn(Spawn const&) = delete;
    Spawn& operator=(Spawn const&) = delete;
    ~Spawn() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
};

std::uint64_t cap(wire::Kind kind, Limits const& limits) {
    constexpr std::uint64_t small = 64 * 1024;
    switch (kind) {
    case wire::Kind::descriptor:
        return 1 << 20;
    case wire::Kind::model:
        return limits.model_bytes;
    case wire::Kind::output:
        return limits.output_bytes + small;
    case wire::Kind::load_error:
    case wire::Kind::open_dataset:
    case wire::Kind::progress:
    case wire::Kind::log:
    case wire::Kind::done:
        return small;
    default:
        throw wire::ProtocolError(fmt::format("a frame of unknown kind {}", static_cast<std::uint32_t>(kind)));
    }
}

int milliseconds_until(TimePoint until) {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1 << 30));
}

std::string describe(int status) {
    if (!WIFSIGNALED(status)) return fmt::format("ended with exit code {}", WEXITSTATUS(status));
    int const signal = WTERMSIG(status);
    if (signal == SIGXCPU) return "used more processor time than a plugin may";
    if (signal == SIGKILL) return "was ended with SIGKILL";
    char const* const name = sigabbrev_np(signal);
    char const* const words = sigdescr_np(signal);
    return fmt::format("crashed with SIG{} ({})", name == nullptr ? "?" : name, words == nullptr ? "?" : words);
}

} // namespace

Fd::~Fd() {
    if (fd_ >= 0) close(fd_);
}

Process::Process(std::filesystem::path const& runner, std::filesystem::path const& library, Limits const& limits)
    : limits_(limits) {
    std::array<int, 2> sockets{}, pipe{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0) fail("socketpair");
    socket_ = high(sockets[0]);
    Fd const theirs = high(sockets[1]);
    if (pipe2(pipe.data(), O_CLOEXEC) != 0) fail("pipe");
    noise_ = high(pipe[0]);
    Fd const printed = high(pipe[1]);
    fcntl(noise_.get(), F_SETFL, O_NONBLOCK);
    wake_ = Fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    Fd const page = shared_page(cancel_);

    std::string program = runner.string(), build(wire::build_id()), path = library.string(),
                memory = std::to_string(limits.memory_bytes), cpu = std::to_string(limits.cpu_seconds),
                locale = "LC_ALL=C.UTF-8";
    std::array<char*, 6> arguments{program.data(), build.data(), path.data(), memory.data(), cpu.data(), nullptr};
    std::array<char*, 2> environment{locale.data(), nullptr};
    Spawn spawn(theirs.get(), printed.get(), page.get());
    errno = posix_spawn(&pid_, program.c_str(), &spawn.files, &spawn.attributes, arguments.data(), environment.data());
    if (errno != 0) {
        munmap(cancel_, sizeof *cancel_);
        pid_ = -1;
        fail(program.c_str());
    }
    pidfd_ = Fd(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0))); // glibc 2.36 declares it without extern "C"
}

Process::~Process() {
    if (pid_ > 0) kill(pid_, SIGKILL);
    end();
    munmap(cancel_, sizeof *cancel_);
}

bool Process::send(wire::Kind kind, std::string_view payload, int fd) {
    return wire::send_at_once(socket_.get(), kind, payload, fd);
}

void Process::wake() {
    std::uint64_t const one = 1;
    [[maybe_unused]] auto const written = write(wake_.get(), &one, sizeof one);
}

void Process::set_cancel(bool on) {
    __atomic_store_n(cancel_, on ? 1 : 0, __ATOMIC_RELAXED);
}

Noise Process::take_noise() {
    for (int i = 0; i < 32; ++i) read_noise(); // what a pipe can hold
    return std::exchange(printed_, {});
}

void Process::read_noise() {
    std::array<char, 16 * 1024> buffer{};
    ssize_t const got = read(noise_.get(), buffer.data(), buffer.size());
    if (got <= 0) return;
    auto const size = static_cast<std::size_t>(got);
    printed_.total += size;
    printed_.kept.append(buffer.data(), std::min(size, noise_kept - printed_.kept.size()));
}

// Never more than the frame that is arriving, so that a frame's cap bounds what is kept.
bool Process::read_socket() {
    std::size_t wanted = sizeof(wire::Header);
    if (received_.size() >= sizeof(wire::Header)) {
        wire::Header header;
        std::memcpy(&header, received_.data(), sizeof header);
        wanted += header.size;
    }
    std::size_t const before = received_.size();
    std::size_t const more = std::min<std::size_t>(wanted - before, 1 << 20);
    received_.resize(before + more);
    ssize_t const got = recv(socket_.get(), received_.data() + before, more, MSG_DONTWAIT);
    received_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

bool Process::take_frame(wire::Frame& frame) {
    if (received_.size() < sizeof(wire::Header)) return false;
    wire::Header header;
    std::memcpy(&header, received_.data(), sizeof header);
    frame.kind = static_cast<wire::Kind>(header.kind);
    if (header.size > cap(frame.kind, limits_))
        throw wire::ProtocolError(fmt::format("a frame of kind {} with {} bytes", header.kind, header.size));
    if (received_.size() < sizeof header + header.size) return false;
    frame.payload = received_.substr(sizeof header);
    received_.clear();
    return true;
}

Process::Happened Process::next(TimePoint until, wire::Frame& frame) {
    std::array<pollfd, 3> polled{{{socket_.get(), POLLIN, 0}, {noise_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}}};
    for (;;) {
        int const wait = milliseconds_until(until);
        if (poll(polled.data(), polled.size(), wait) < 0 && errno != EINTR) fail("poll");
        if ((polled[1].revents & POLLIN) != 0) read_noise();
        if ((polled[1].revents & (POLLHUP | POLLERR)) != 0 && (polled[1].revents & POLLIN) == 0) polled[1].fd = -1;
        if ((polled[2].revents & POLLIN) != 0) {
            std::uint64_t count = 0;
            [[maybe_unused]] auto const cleared = read(wake_.get(), &count, sizeof count);
            return Happened::stop;
        }
        if (polled[0].revents != 0) {
            if (!read_socket()) return Happened::closed;
            if (take_frame(frame)) return Happened::frame;
        }
        if (wait == 0) return Happened::timeout;
    }
}

std::string const& Process::end() {
    if (pid_ <= 0) return ending_;
    pollfd ended{pidfd_.get(), POLLIN, 0};
    poll(&ended, 1, 200); // a crashed process closes its socket a moment before it can be waited for
    kill(pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    ending_ = describe(status);
    return ending_;
}

} // namespace deckle::plugin_host
