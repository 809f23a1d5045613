// The README's commands, run as they stand there: a reader who types them gets what it says.
#include "app/program.hpp"
#include <arpa/inet.h>
#include <chrono>
#include <gmock/gmock.h>
#include <memory>
#include <signal.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace deckle;
using namespace deckle::tests;
namespace fs = std::filesystem;

namespace {

struct Block {
    std::string language, text;
    int line = 0;
};

std::vector<Block> code_blocks() {
    std::vector<Block> blocks;
    std::istringstream lines(read_file(fs::path(DECKLE_SOURCE_DIR) / "README.md"));
    bool inside = false;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.starts_with("```")) {
            inside = !inside;
            if (inside) blocks.push_back({line.substr(3), "", number});
        } else if (inside) {
            blocks.back().text += line + "\n";
        }
    }
    return blocks;
}

/// A socket on 127.0.0.1; port 0 is a free one.
class Local {
public:
    explicit Local(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        address_.sin_family = AF_INET;
        address_.sin_port = htons(port);
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    }
    ~Local() { ::close(socket_); }
    Local(Local const&) = delete;
    Local& operator=(Local const&) = delete;
    [[nodiscard]] std::uint16_t bind() {
        socklen_t size = sizeof address_;
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address_), size), 0);
        EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address_), &size), 0);
        return ntohs(address_.sin_port);
    }
    [[nodiscard]] bool connects() {
        return ::connect(socket_, reinterpret_cast<sockaddr*>(&address_), sizeof address_) == 0;
    }

private:
    int socket_;
    sockaddr_in address_{};
};

/// A command line that goes on in the background, ended with the object, and by the kernel when the test dies.
class Background {
public:
    Background(std::string const& command, fs::path const& folder) {
        std::string const line = "cd '" + folder.string() + "' && exec " + command;
        auto const parent = ::getpid();
        pid_ = ::fork();
        if (pid_ != 0) return;
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() == parent) ::execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ~Background() {
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
    }
    Background(Background const&) = delete;
    Background& operator=(Background const&) = delete;

private:
    pid_t pid_ = -1;
};

std::string with_port(std::string text, std::uint16_t port) {
    static std::string const written = "2525";
    for (std::size_t at = 0; (at = text.find(written, at)) != std::string::npos;)
        text.replace(at, written.size(), std::to_string(port));
    return text;
}

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t n = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++n;
    return n;
}

} // namespace

/// `./dev run` is the program; the two commands that build are what runs this test. A block marked `toml FILE` is
/// appended to that file, so the example configuration is the one that the commands then use. A command that ends with
/// & is a server; its port, 2525, is a free one here.
TEST(Readme, EveryCommandWorks) {
    auto const folder = fresh_folder();
    fs::copy(fs::path(DECKLE_SOURCE_DIR) / "sample-data", folder / "sample-data", fs::copy_options::recursive);
    fs::remove_all(folder / "sample-data/.deckle");
    std::uint16_t const port = Local(0).bind();
    std::vector<std::unique_ptr<Background>> servers;
    int commands = 0;
    for (auto const& block : code_blocks()) {
        if (block.language.starts_with("toml ")) {
            fs::path const file = folder / block.language.substr(5);
            write_file(file, read_file(file) + with_port(block.text, port));
        }
        if (block.language.starts_with("csv ")) write_file(folder / block.language.substr(4), block.text);
        if (block.language != "sh") continue;
        std::istringstream lines(block.text);
        for (std::string line; std::getline(lines, line);) {
            std::string command = line.substr(0, line.find("  #"));
            if (command.ends_with(" &")) {
                command = with_port(command.substr(0, command.size() - 2), port);
                servers.push_back(std::make_unique<Background>(command, folder));
                bool up = false;
                for (int i = 0; i < 1000 && !(up = Local(port).connects()); ++i)
                    std::this_thread::sleep_for(std::chrono::milliseconds(10));
                EXPECT_TRUE(up) << command;
                continue;
            }
            if (!command.starts_with("./dev run ")) {
                EXPECT_TRUE(command.starts_with("./dev ")) << command;
                continue;
            }
            auto const answer = program_with(command.substr(10), folder);
            EXPECT_EQ(answer.code, 0) << "README.md, block at line " << block.line << ": " << command << "\n"
                                      << answer.out << answer.err;
            ++commands;
        }
    }
    EXPECT_GE(commands, 5);
    auto const mail = read_file(folder / "mail.txt");
    EXPECT_EQ(count(mail, "MESSAGE FOLLOWS"), 1U);
    EXPECT_EQ(count(mail, "Subject: My Company: Cash flow, October 2026"), 1U);
    EXPECT_EQ(count(mail, "filename=My-Company_cash-flow_2026-10.pdf"), 1U);
}

TEST(Readme, FilesItNamesExist) {
    std::string const text = read_file(fs::path(DECKLE_SOURCE_DIR) / "README.md");
    int links = 0;
    for (std::size_t at = 0; (at = text.find("](", at)) != std::string::npos;) {
        at += 2;
        std::string const target = text.substr(at, text.find(')', at) - at);
        if (target.starts_with("http")) continue;
        EXPECT_TRUE(fs::exists(fs::path(DECKLE_SOURCE_DIR) / target)) << target;
        ++links;
    }
    EXPECT_GE(links, 2);
}
