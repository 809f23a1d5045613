// Breaks in the way the parameter "fault" names. Written against the C ABI, so nothing is caught on the way.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deckle/plugin.h>
#include <fcntl.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using namespace std::chrono_literals;

constexpr char model[] = R"({"schema":"deckle.report/1","title":"fault","sections":[],"figures":[]})";

deckle_status good(deckle_job* job) {
    return job->write(job, model, sizeof model - 1);
}

__attribute__((noinline)) int overflow(int depth) {
    char volatile page[4096];
    page[depth % 4096] = 1;
    return depth < 0 ? 0 : overflow(depth + 1) + page[0];
}

void raw(std::uint32_t kind, std::uint64_t size, std::string const& payload) {
    std::uint32_t const head[2] = {kind, 0};
    std::string frame(reinterpret_cast<char const*>(head), sizeof head);
    frame.append(reinterpret_cast<char const*>(&size), sizeof size);
    frame += payload;
    [[maybe_unused]] auto const n = write(3, frame.data(), frame.size());
}

deckle_status run(deckle_job* job, std::string const& fault) {
    if (fault == "none") return good(job);
    if (fault == "throw") throw std::runtime_error("a fault on purpose");
    if (fault == "throw-int") throw 42;
    if (fault == "segfault") {
        int volatile* const nowhere = nullptr;
        *nowhere = 1;
    }
    if (fault == "stack") return overflow(0);
    if (fault == "abort") std::abort();
    if (fault == "terminate") std::thread([] { throw std::runtime_error("in a thread"); }).join();
    if (fault == "exit") std::exit(0);
    if (fault == "loop") {
        bool volatile forever = true;
        while (forever) {
        }
    }
    if (fault == "sleep") std::this_thread::sleep_for(600s);
    if (fault == "cancel") {
        while (job->should_stop(job) == 0) std::this_thread::sleep_for(5ms);
        return DECKLE_CANCELLED;
    }
    if (fault == "cancel-unasked") return DECKLE_CANCELLED;
    if (fault == "print") {
        std::puts("hello from stdout");
        std::fputs("and \x1b[31mstderr\n", stderr);
        return good(job);
    }
    if (fault == "flood-print") {
        std::string const line(999, 'x');
        for (int i = 0; i < 100'000; ++i) std::puts(line.c_str());
        return good(job);
    }
    if (fault == "flood-log") {
        for (int i = 0; i < 50'000; ++i) job->log(job, DECKLE_LOG_INFO, "again");
        return good(job);
    }
    if (fault == "flood-progress") {
        for (;;) job->progress(job, 0.5, "again");
    }
    if (fault == "flood-output") {
        while (job->write_output(job, "a.txt", "text/plain", model, sizeof model) == DECKLE_OK) {
        }
        return DECKLE_LIMIT;
    }
    if (fault == "flood-open") { // and never reads the answers
        for (;;) raw(3, 4, "none");
    }
    if (fault == "junk") {
        for (int i = 0; i < 1000; ++i) raw(0xdeadbeef, 3, "abc");
    }
    if (fault == "huge-frame") raw(4, std::uint64_t{1} << 60, "abc");
    if (fault == "forged-done") { // cut short
        raw(8, 4, {5, 0, 0, 0});
        std::this_thread::sleep_for(600s);
    }
    if (fault == "two-models") {
        raw(4, 2, "{}");
        raw(4, 2, "{}");
    }
    if (fault == "close-socket") {
        close(3);
        std::this_thread::sleep_for(600s);
    }
    if (fault == "memory") {
        std::vector<char*> kept;
        for (;;) {
            kept.push_back(new char[64 << 20]);
            std::memset(kept.back(), 1, 64 << 20);
        }
    }
    if (fault == "file") {
        std::FILE* const file = std::tmpfile(); // has no name, so nothing is left behind
        std::fputs("x", file);
        std::fflush(file); // does not come back
    }
    if (fault == "over-cap") {
        std::string const large(std::size_t{5} << 20, ' ');
        return job->write(job, large.data(), large.size());
    }
    if (fault == "no-model") return DECKLE_OK;
    if (fault == "not-json") return job->write(job, "{\"title\": ", 10);
    if (fault == "odd-status") return 77;
    if (fault == "unbound") {
        ArrowArrayStream stream;
        return job->open_dataset(job, "nothing", &stream);
    }
    if (fault == "leak") {
        ArrowArrayStream stream;
        if (job->open_dataset(job, "table", &stream) != DECKLE_OK) return DECKLE_DATA;
        return good(job);
    }
    if (fault == "param") {
        job->set_error(job, "/weeks", "at most 52");
        return DECKLE_INVALID_PARAMS;
    }
    if (fault == "environment") {
        std::string out;
        for (char** e = environ; *e != nullptr; ++e) out += *e + std::string(";");
        for (int fd = 0; fd < 64; ++fd)
            if (fcntl(fd, F_GETFD) >= 0) out += std::to_string(fd) + ",";
        job->log(job, DECKLE_LOG_INFO, out.c_str());
        return good(job);
    }
    return DECKLE_FAILED;
}

} // namespace

extern "C" DECKLE_EXPORT deckle_plugin const* deckle_plugin_v1(std::uint32_t, std::uint32_t) {
    static deckle_plugin const plugin{sizeof(deckle_plugin),
                                      DECKLE_ABI_MAJOR,
                                      DECKLE_ABI_MINOR,
                                      0,
                                      R"({"id":"fault","version":"1.0.0","title":"Fault","kind":"report",
    "params":{"type":"object","properties":{"fault":{"type":"string","default":"none","description":"What goes wrong"}}}})",
                                      [](deckle_host const*) -> void* { return const_cast<char*>(model); },
                                      [](void*) {},
                                      [](void*, deckle_job* job) {
                                          std::string const request = job->request_json; // ... "fault":"name" ...
                                          std::size_t const at = request.find("\"fault\":\"") + 9;
                                          return run(job, request.substr(at, request.find('"', at) - at));
                                      },
                                      nullptr};
    return &plugin;
}
