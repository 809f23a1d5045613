// pandoc is a program of its own, started only when a Word file is asked for. It gets our own HTML, which names no
// file, on standard input. Its zip entries take their time from SOURCE_DATE_EPOCH.
#include "base/error.hpp"
#include "drafts/export.hpp"
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace deckle::drafts {
namespace {

struct Pipe {
    int ends[2] = {-1, -1};
    Pipe() {
        if (::pipe2(ends, O_CLOEXEC) != 0)
            throw Error(ErrorCode::io, fmt::format("cannot make a pipe: {}", std::strerror(errno)));
    }
    ~Pipe() {
        close(0);
        close(1);
    }
    void close(int end) {
        if (ends[end] >= 0) ::close(ends[end]);
        ends[end] = -1;
    }
};

struct Answer {
    int status = 0;
    std::string out, err;
};

/// Both outputs are read while the input is written, so that neither side waits for the other.
Answer run(std::vector<std::string> arguments, std::vector<std::string> environment, std::string_view input) {
    Pipe in, out, err;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in.ends[0], 0);
    ::posix_spawn_file_actions_adddup2(&actions, out.ends[1], 1);
    ::posix_spawn_file_actions_adddup2(&actions, err.ends[1], 2);
    std::vector<char*> argv, env;
    for (std::string& a : arguments) argv.push_back(a.data());
    for (std::string& e : environment) env.push_back(e.data());
    argv.push_back(nullptr);
    env.push_back(nullptr);
    pid_t child = 0;
    int const failure = ::posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), env.data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (failure != 0)
        throw Error(ErrorCode::failed, failure == ENOENT
                                           ? "a Word file is made by pandoc, which is not installed: apt install pandoc"
                                           : fmt::format("pandoc cannot be started: {}", std::strerror(failure)));
    in.close(0);
    out.close(1);
    err.close(1);
    ::signal(SIGPIPE, SIG_IGN); // it may end before it has read everything
    ::fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
    Answer answer;
    while (out.ends[0] >= 0 || err.ends[0] >= 0) {
        if (input.empty()) in.close(1);
        pollfd waiting[3] = {{in.ends[1], POLLOUT, 0}, {out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}};
        if (::poll(waiting, 3, -1) < 0 && errno != EINTR) break;
        if (waiting[0].revents != 0) {
            ssize_t const n = ::write(in.ends[1], input.data(), input.size());
            if (n > 0)
                input.remove_prefix(static_cast<std::size_t>(n));
            else if (errno != EAGAIN && errno != EINTR)
                input = {};
        }
        auto const take = [](pollfd const& from, Pipe& pipe, std::string& to) {
            if (from.revents == 0) return;
            char buffer[16384];
            ssize_t const n = ::read(from.fd, buffer, sizeof buffer);
            if (n > 0)
                to.append(buffer, static_cast<std::size_t>(n));
            else if (n == 0 || errno != EINTR)
                pipe.close(0);
        };
        take(waiting[1], out, answer.out);
        take(waiting[2], err, answer.err);
    }
    while (::waitpid(child, &answer.status, 0) < 0 && errno == EINTR) {
    }
    return answer;
}

} // namespace

std::string to_docx(model::Json const& model, model::Formatter const& formatter, Date day) {
    std::string title = formatter.text(model.at("title"));
    std::ranges::replace(title, '\n', ' ');
    char const* const path = std::getenv("PATH");
    auto const answer =
        run({"pandoc", "--from=html", "--to=docx", "--metadata=title:" + title,
             "--metadata=lang:" + formatter.language_tag(), "--output=-"},
            {std::string("PATH=") + (path == nullptr ? "/usr/bin:/bin" : path), "LC_ALL=C.UTF-8", "HOME=/nonexistent",
             fmt::format("SOURCE_DATE_EPOCH={}", std::int64_t{day.days()} * 86400)},
            to_html_fragment(model, formatter));
    if (!WIFEXITED(answer.status) || WEXITSTATUS(answer.status) != 0 || !answer.out.starts_with("PK"))
        throw Error(ErrorCode::failed, "pandoc could not make a Word file: " +
                                           (answer.err.empty() ? "it ended without a word" : answer.err));
    return answer.out;
}

} // namespace deckle::drafts
