// deckle preview, as a real process that is talked to over loopback.
#include "app/program.hpp"
#include "app/tiny_workspace.hpp"
#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace deckle;
using namespace deckle::tests;
using testing::HasSubstr;
using testing::StartsWith;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

class Preview : public testing::Test {
protected:
    Preview() : folder(fresh_folder()) { write_tiny_workspace(folder); }
    ~Preview() override {
        if (process > 0) {
            ::kill(process, SIGKILL);
            ::waitpid(process, nullptr, 0);
        }
        if (out >= 0) ::close(out);
    }

    /// Starts it and waits for its address.
    void start(std::vector<std::string> arguments) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        process = ::fork();
        if (process == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::dup2(::open((folder / "err").c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
            ::close(ends[0]);
            ::close(ends[1]);
            if (::chdir(folder.c_str()) != 0) ::_exit(126);
            std::string const file = program().string();
            arguments.insert(arguments.begin(), {"deckle", "preview", "cash-flow"});
            std::vector<char*> pointers;
            for (auto& argument : arguments) pointers.push_back(argument.data());
            pointers.push_back(nullptr);
            ::execv(file.c_str(), pointers.data());
            ::_exit(127);
        }
        ::close(ends[1]);
        out = ends[0];
        std::string line;
        for (char c = 0; ::read(out, &c, 1) == 1 && c != '\n';) line += c;
        ASSERT_THAT(line, StartsWith("http://127.0.0.1:")) << read_file(folder / "err");
        port = static_cast<std::uint16_t>(std::stoi(line.substr(17)));
    }
    [[nodiscard]] std::string ask(std::string const& path, std::string host = "",
                                  std::string const& method = "GET") const {
        int const socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        std::string answer;
        if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
            if (host.empty()) host = "127.0.0.1:" + std::to_string(port);
            std::string const request =
                method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            (void)!::write(socket, request.data(), request.size());
            char buffer[4096];
            for (ssize_t n; (n = ::read(socket, buffer, sizeof buffer)) > 0;)
                answer.append(buffer, static_cast<std::size_t>(n));
        }
        ::close(socket);
        return answer;
    }
    [[nodiscard]] static std::string body(std::string const& answer) {
        return answer.substr(answer.find("\r\n\r\n") + 4);
    }
    [[nodiscard]] Json state() const { return Json::parse(body(ask("/state"))); }
    /// Waits until another version is shown.
    Json after(int version) const {
        for (int i = 0; i < 3000; ++i) {
            auto now = state();
            if (now["version"] != version) return now;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        ADD_FAILURE() << "nothing was made anew";
        return {};
    }
    int end(int signal) {
        ::kill(process, signal);
        int status = 0;
        ::waitpid(process, &status, 0);
        process = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    fs::path folder;
    pid_t process = -1;
    int out = -1;
    std::uint16_t port = 0;
};

} // namespace

TEST_F(Preview, ShowsTheReportAndRenewsIt) {
    start({"--watch", "--period", "2026-10"});
    EXPECT_THAT(ask("/"), HasSubstr("<iframe"));
    EXPECT_THAT(ask("/"), HasSubstr("Content-Security-Policy: default-src 'none'"));
    EXPECT_THAT(body(ask("/report.html")), HasSubstr("Harlan Clinic"));
    EXPECT_THAT(body(ask("/report.pdf")), StartsWith("%PDF-1.7"));
    auto const first = state();
    EXPECT_EQ(first["problem"], "");
    // From the same model: what the sources hold now does not matter.
    fs::remove(folder / "invoices.csv");
    fs::create_directories(folder / "templates/cash-flow");
    write_file(folder / "templates/title.html.mustache", "<h1>Changed: {{title}}</h1>\n");
    auto const second = after(first["version"]);
    EXPECT_EQ(second["problem"], "");
    EXPECT_THAT(body(ask("/report.html")), HasSubstr("<h1>Changed: "));
    EXPECT_THAT(body(ask("/report.html")), HasSubstr("Harlan Clinic"));

    // A mistake is shown with its place, what was there stays, and it goes on.
    write_file(folder / "templates/title.html.mustache", "<h1>\n{{#title}}</h1>\n");
    auto const third = after(second["version"]);
    EXPECT_THAT(third["problem"].get<std::string>(), HasSubstr("title.html.mustache:2:1: "));
    EXPECT_THAT(body(ask("/report.html")), HasSubstr("<h1>Changed: "));
    write_file(folder / "templates/title.html.mustache", "<h1>Mended</h1>\n");
    EXPECT_EQ(after(third["version"])["problem"], "");
    EXPECT_THAT(body(ask("/report.html")), HasSubstr("<h1>Mended"));

    auto const runs = Json::parse(program_with("runs list --json", folder).out);
    EXPECT_EQ(runs.size(), 1u); // made once, rendered four times
    EXPECT_FALSE(fs::exists(folder / "Tiny-IT_cash-flow_2026-10.pdf"));
    EXPECT_EQ(end(SIGINT), 0);
}

TEST_F(Preview, UsesTheNewestRun) {
    ASSERT_EQ(program_with("run cash-flow --period 2026-10 --format json --out out", folder).code, 0);
    fs::remove(folder / "invoices.csv");
    start({});
    EXPECT_THAT(body(ask("/report.html")), HasSubstr("Harlan Clinic"));
    EXPECT_EQ(Json::parse(program_with("runs list --json", folder).out).size(), 1u);
    EXPECT_EQ(end(SIGTERM), 0);
}

TEST_F(Preview, IsForThisMachineAndItsOwnPagesOnly) {
    start({"--period", "2026-10"});
    EXPECT_THAT(ask("/", "localhost:" + std::to_string(port)), StartsWith("HTTP/1.1 200"));
    for (std::string const host : {"example.com", "127.0.0.1", "127.0.0.1:1", "localhost.example.com"})
        EXPECT_THAT(ask("/report.html", host), StartsWith("HTTP/1.1 421")) << host;
    for (char const* path : {"/deckle.toml", "/../deckle.toml", "/%2e%2e/deckle.toml", "//", "/report.html/x"})
        EXPECT_THAT(ask(path), StartsWith("HTTP/1.1 404")) << path;
    EXPECT_THAT(ask("/", "", "POST"), StartsWith("HTTP/1.1 405"));
    auto const head = ask("/report.pdf", "", "HEAD");
    EXPECT_THAT(head, StartsWith("HTTP/1.1 200"));
    EXPECT_EQ(body(head), "");
    EXPECT_EQ(end(SIGINT), 0);
}

TEST_F(Preview, WithoutARunItAsksForAPeriod) {
    auto const answer = program_with("preview cash-flow", folder);
    EXPECT_EQ(answer.code, 2);
    EXPECT_THAT(answer.err, HasSubstr("which period?"));
}

TEST_F(Preview, APortThatIsTakenIsSaid) {
    start({"--period", "2026-10"});
    auto const answer = program_with("preview cash-flow --port " + std::to_string(port), folder);
    EXPECT_EQ(answer.code, 2);
    EXPECT_THAT(answer.err, HasSubstr("port " + std::to_string(port)));
}
