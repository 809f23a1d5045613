/// A server that is a Python script of tests/support: started on a free port of 127.0.0.1, stopped with the object, and
/// by the kernel when the test dies.
#pragma once
#include <cstdint>
#include <fcntl.h>
#include <filesystem>
#include <signal.h>
#include <stdexcept>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace deckle::tests {

class ScriptServer {
public:
    /// Runs tests/support/`script` with Debian's Python, which has the packages; ready when this returns.
    ScriptServer(std::string const& script, std::vector<std::string> arguments) {
        int out[2], in[2];
        if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(in, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
        arguments.insert(arguments.begin(),
                         {"/usr/bin/python3", std::string(DECKLE_SOURCE_DIR) + "/tests/support/" + script});
        std::vector<char*> argv;
        for (auto& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        auto const parent = ::getpid();
        pid_ = ::fork();
        if (pid_ < 0) throw std::runtime_error("fork");
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGTERM);
            if (::getppid() != parent) ::_exit(1);
            ::dup2(in[0], STDIN_FILENO);
            ::dup2(out[1], STDOUT_FILENO);
            ::execv(argv[0], argv.data());
            ::_exit(127);
        }
        ::close(out[1]);
        ::close(in[0]);
        to_ = in[1];
        from_ = out[0];
        std::string const line = read_line(); // "listening PORT"
        if (line.rfind("listening ", 0) != 0) {
            stop();
            throw std::runtime_error(script + " did not start");
        }
        port_ = static_cast<std::uint16_t>(std::stoi(line.substr(10)));
    }
    ~ScriptServer() { stop(); }
    ScriptServer(ScriptServer const&) = delete;
    ScriptServer& operator=(ScriptServer const&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// A line to a script that listens to its standard input; returns its answer.
    std::string ask(std::string line) {
        line += '\n';
        if (::write(to_, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
            throw std::runtime_error("the server is gone");
        return read_line();
    }
    void stop() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
        ::close(to_);
        ::close(from_);
        pid_ = -1;
    }

private:
    [[nodiscard]] std::string read_line() const {
        std::string line;
        for (char c; ::read(from_, &c, 1) == 1 && c != '\n';) line += c;
        return line;
    }

    pid_t pid_ = -1;
    int to_ = -1, from_ = -1;
    std::uint16_t port_ = 0;
};

} // namespace deckle::tests
