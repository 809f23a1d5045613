// deckle-runner BUILD-ID LIBRARY MEMORY-BYTES CPU-SECONDS
// The process a plugin lives in. The host starts it with the descriptors of wire.hpp; it limits itself, loads the
// plugin, sends its descriptor and then serves `generate` frames until the host closes the socket.
#include "plugin_host/runner/job.hpp"
#include "plugin_host/runner/library.hpp"
#include "plugin_host/wire.hpp"
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace wire = deckle::plugin_host::wire;

namespace {

void limit(decltype(RLIMIT_CORE) what, rlim_t to) {
    rlimit const both{to, to};
    if (setrlimit(what, &both) != 0) std::perror("setrlimit");
}

// Before any code of the plugin runs.
void confine(rlim_t memory, rlim_t cpu_seconds) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 64);
    limit(RLIMIT_CPU, cpu_seconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // their shadow memory is larger than any limit
    limit(RLIMIT_DATA, memory);
    limit(RLIMIT_AS, memory);
#else
    (void)memory;
#endif
    if (chdir("/") != 0) std::perror("chdir");
}

int serve(std::string const& path) {
    auto const* const cancel = static_cast<std::int32_t const*>(
        mmap(nullptr, sizeof(std::int32_t), PROT_READ, MAP_SHARED, wire::cancel_fd, 0));
    if (cancel == MAP_FAILED) return 2;
    deckle_plugin const* plugin = nullptr;
    try {
        plugin = &deckle::runner::load(path);
    } catch (std::exception const& e) {
        std::fflush(nullptr);
        wire::send(wire::socket_fd, wire::Kind::load_error, e.what());
        return 1;
    }
    wire::send(wire::socket_fd, wire::Kind::descriptor,
               wire::Writer().text(wire::build_id()).text(plugin->descriptor_json).bytes);
    wire::Frame frame;
    while (wire::receive(wire::socket_fd, frame) && frame.kind == wire::Kind::generate)
        deckle::runner::run_job(*plugin, frame, cancel);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fputs("deckle-runner is started by deckle; it is no command of its own\n", stderr);
        return 2;
    }
    if (argv[1] != wire::build_id()) {
        wire::send(wire::socket_fd, wire::Kind::load_error, "deckle-runner belongs to another build of Deckle");
        return 2;
    }
    confine(std::strtoull(argv[3], nullptr, 10), std::strtoull(argv[4], nullptr, 10));
    _exit(serve(argv[2])); // no destructor of the plugin runs
}
