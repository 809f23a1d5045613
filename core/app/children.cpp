#include "app/children.hpp"
#include "app/resources.hpp"
#include "base/error.hpp"
#include "service/worker.hpp"
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/wait.h>
#include <unistd.h>

namespace deckle::app {
namespace {

using namespace std::chrono_literals;

constexpr auto soon = 10s;            // ended that soon after its start: something is wrong
constexpr int longest_wait_power = 5; // 1, 2, 4 ... 32 s between starts then

std::string how_it_ended(int status) {
    if (WIFSIGNALED(status))
        return fmt::format("ended by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
    if (WEXITSTATUS(status) == service::Keeper::exit_stuck) return "ended because its job was stuck";
    return fmt::format("exit code {}", WEXITSTATUS(status));
}

} // namespace

Children::~Children() {
    signal_all(SIGKILL);
    for (auto& child : children_)
        if (child.pid != 0) ::waitpid(child.pid, nullptr, 0);
}

void Children::want(std::vector<std::string> lanes, int count) {
    for (int i = 0; i < count; ++i) children_.push_back({.lanes = lanes, .worker = {}});
}

void Children::start_missing() {
    for (auto& child : children_)
        if (child.pid == 0 && Clock::now() >= child.next_start) start(child);
}

void Children::start(Child& child) {
    child.worker = fmt::format("{}/{}", name_, ++started_);
    std::vector<std::string> arguments = {installation().program.string(),
                                          "work",
                                          "--workspace",
                                          common_.workspace.string(),
                                          "--name",
                                          child.worker,
                                          "--parent",
                                          std::to_string(::getpid()),
                                          "--lanes",
                                          fmt::format("{}", fmt::join(child.lanes, ","))};
    if (!common_.unsafe_plugins.empty()) {
        arguments.emplace_back("--allow-unsafe-plugins");
        arguments.push_back(common_.unsafe_plugins.string());
    }
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    pid_t const pid = ::fork(); // this process has one thread
    if (pid < 0) throw Error(ErrorCode::failed, std::string("a worker cannot be started: ") + std::strerror(errno));
    if (pid == 0) {
        ::setpgid(0, 0); // Ctrl-C is the service's to handle
        sigset_t none;
        ::sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    child.pid = pid;
    child.started = Clock::now();
    child.asked = false;
    log_.info("worker started", {{"name", child.worker}, {"pid", std::to_string(pid)}});
}

std::vector<Children::End> Children::collect() {
    std::vector<End> ends;
    for (auto& child : children_) {
        int status = 0;
        if (child.pid == 0 || ::waitpid(child.pid, &status, WNOHANG) != child.pid) continue;
        child.pid = 0;
        bool const stuck = WIFEXITED(status) && WEXITSTATUS(status) == service::Keeper::exit_stuck;
        bool const quick = Clock::now() - child.started < soon && !stuck;
        child.quick_ends = quick ? child.quick_ends + 1 : 0;
        auto const wait = quick ? 1s * (1 << std::min(child.quick_ends - 1, longest_wait_power)) : 0s;
        child.next_start = Clock::now() + wait;
        ends.push_back({child.worker, how_it_ended(status), child.asked});
    }
    return ends;
}

bool Children::kill(std::string const& worker) {
    auto const child = std::ranges::find(children_, worker, &Child::worker);
    if (child == children_.end() || child->pid == 0) return false;
    ::kill(child->pid, SIGKILL);
    return true;
}

void Children::signal_all(int signal) {
    for (auto& child : children_) {
        if (child.pid == 0) continue;
        if (signal == SIGKILL) child.asked = true;
        ::kill(child.pid, signal);
    }
}

std::size_t Children::running() const {
    return static_cast<std::size_t>(std::ranges::count_if(children_, [](Child const& c) { return c.pid != 0; }));
}

} // namespace deckle::app
