// Whole processes against the floor, in one run: processor time of each child with all its own children, the best of
// several; peak memory of the largest process. Prints Markdown tables.
#include "base/file.hpp"
#include "table_page.hpp"
#include <filesystem>
#include <functional>
#include <map>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using namespace deckle;
namespace fs = std::filesystem;

struct Cost {
    double seconds = 0, megabytes = 0;
};

Cost run_once(std::vector<std::string> const& command, fs::path const& log) {
    std::fflush(stdout);
    pid_t const child = ::fork();
    if (child == 0) {
        (void)!std::freopen(log.c_str(), "w", stdout);
        ::dup2(STDOUT_FILENO, STDERR_FILENO);
        std::vector<char*> arguments;
        for (auto const& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fmt::print(stderr, "failed: {}\n{}", fmt::join(command, " "), read_file(log));
        std::exit(1);
    }
    auto seconds = [](timeval t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
    return {seconds(usage.ru_utime) + seconds(usage.ru_stime), static_cast<double>(usage.ru_maxrss) / 1024};
}

struct Measured {
    std::string name;
    std::vector<std::string> command;
    Cost best = {1e9, 0};
};

/// Interleaved, so that a slow moment of the machine meets all of them.
void measure(std::vector<Measured>& what, int times, fs::path const& log) {
    for (int i = 0; i < times; ++i)
        for (auto& m : what) {
            Cost const cost = run_once(m.command, log);
            m.best = {std::min(m.best.seconds, cost.seconds), std::max(m.best.megabytes, cost.megabytes)};
        }
}

} // namespace

int main() {
    fs::path const binaries = DECKLE_BINARY_DIR;
    fs::path const folder = binaries / "bench/work";
    fs::remove_all(folder);
    fs::create_directories(folder);
    std::string const deckle = binaries / "bin/deckle", floor = binaries / "bench/bench_floor";
    fs::path const log = folder / "log.txt";
    write_file(folder / "deckle.toml", "[company]\nname = \"Bench\"\nlocale = \"en_US\"\nzone = \"America/Chicago\"\n"
                                       "currency = \"USD\"\npaper = \"a4\"\n");
    auto render = [&](std::string const& page, std::string const& to) {
        return std::vector<std::string>{deckle, "render", folder / page, "-o", folder / to};
    };
    auto run = [&](std::uint32_t rows, std::string const& formats) {
        return std::vector<std::string>{deckle,
                                        "run",
                                        "bench-ledger",
                                        "-w",
                                        folder,
                                        "--allow-unsafe-plugins",
                                        binaries / "bench-plugins",
                                        "--period",
                                        "2026-10",
                                        "--out",
                                        folder,
                                        "--timings",
                                        "--format",
                                        formats,
                                        "--set",
                                        fmt::format("rows={}", rows)};
    };

    fmt::print("{} cores; processor seconds, best of several\n\n", std::thread::hardware_concurrency());
    fmt::print("| ledger of 6 columns | floor | render | ratio | µs a row | peak MB | floor MB |\n"
               "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    double floor_50k = 0;
    for (std::uint32_t const rows : {500U, 5000U, 50000U, 200000U}) {
        std::string const page = fmt::format("{}.html", rows);
        write_file(folder / page, bench::table_page(rows));
        std::vector<Measured> both = {{"floor", {floor, std::to_string(rows), folder / "floor.pdf"}},
                                      {"render", render(page, "table.pdf")}};
        measure(both, rows <= 5000 ? 7 : rows <= 50000 ? 3 : 1, log);
        if (rows == 50000) floor_50k = both[0].best.seconds;
        fmt::print("| {} rows | {:.3f} | {:.3f} | {:.2f} | {:.1f} | {:.0f} | {:.0f} |\n", rows, both[0].best.seconds,
                   both[1].best.seconds, both[1].best.seconds / both[0].best.seconds, both[1].best.seconds / rows * 1e6,
                   both[1].best.megabytes, both[0].best.megabytes);
    }

    std::vector<Measured> report = {{"run", run(50000, "pdf")}};
    measure(report, 2, log);
    fmt::print(
        "\n`run` of a report with a table of 50,000 rows: {:.2f} s = {:.2f} x floor, {:.0f} MB. The last one:\n\n"
        "```\n{}```\n",
        report[0].best.seconds, report[0].best.seconds / floor_50k, report[0].best.megabytes, read_file(log));

    (void)run_once(run(0, "html"), log);
    fs::rename(folder / "Bench_bench-ledger_2026-10.html", folder / "one.html");
    std::vector<Measured> cold = {{"render", render("one.html", "one.pdf")}, {"run", run(0, "pdf")}};
    measure(cold, 20, log);
    fmt::print("\nOne page with a chart, cold process:\n");
    for (auto const& m : cold)
        fmt::print("- `{}`: {:.1f} ms, {:.0f} MB\n", m.name, m.best.seconds * 1e3, m.best.megabytes);
    fs::remove_all(folder);
    return 0;
}
