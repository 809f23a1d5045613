#include "plugin_host/runner/job.hpp"
#include "plugin_host/runner/tables.hpp"
#include <cstdio>
#include <unistd.h>

namespace deckle::runner {
namespace wire = plugin_host::wire;
namespace {

constexpr std::size_t longest_text = 8192; // of log lines, stages, names and errors

struct State {
    wire::Job limits;
    std::int32_t const* cancel;
    bool written = false;
    std::uint64_t output_bytes = 0;
    std::string pointer, message; // set_error
    std::string refusal;          // why the host's side last said no
};

State& of(deckle_job const* job) {
    return *static_cast<State*>(job->host_data);
}

// At most `longest_text` bytes, cut between characters.
std::string_view text(char const* s) {
    std::string_view t = s == nullptr ? "" : s;
    if (t.size() <= longest_text) return t;
    std::size_t end = longest_text;
    while (end > 0 && (static_cast<unsigned char>(t[end]) & 0xC0) == 0x80) --end;
    return t.substr(0, end);
}

void tell(wire::Kind kind, std::string_view payload) {
    if (!wire::send(wire::socket_fd, kind, payload)) _exit(0); // the host is gone
}

deckle_status refuse(deckle_job* job, deckle_status status, std::string why) {
    of(job).refusal = std::move(why);
    return status;
}

deckle_status open_dataset(deckle_job* job, char const* name, ArrowArrayStream* out) try {
    *out = ArrowArrayStream{};
    tell(wire::Kind::open_dataset, text(name));
    wire::Frame answer;
    if (!wire::receive(wire::socket_fd, answer)) _exit(0);
    if (answer.kind != wire::Kind::table) return refuse(job, DECKLE_DATA, answer.payload);
    open_stream(wire::decode_layout(answer.payload), answer.fd, of(job).limits.batch_rows, *out);
    return DECKLE_OK;
} catch (std::exception const& e) {
    return refuse(job, DECKLE_LIMIT, e.what());
}

deckle_status write(deckle_job* job, char const* utf8, std::uint64_t size) {
    State& state = of(job);
    if (state.written) return refuse(job, DECKLE_FAILED, "a report model may be written only once");
    if (size > state.limits.model_bytes)
        return refuse(job, DECKLE_LIMIT,
                      "the report model has " + std::to_string(size) + " bytes; at most " +
                          std::to_string(state.limits.model_bytes) + " are allowed");
    state.written = true;
    tell(wire::Kind::model, {utf8, size});
    return DECKLE_OK;
}

deckle_status write_output(deckle_job* job, char const* name, char const* media_type, void const* bytes,
                           std::uint64_t size) {
    State& state = of(job);
    wire::Writer out;
    out.text(text(name)).text(text(media_type));
    if (size > state.limits.output_bytes || state.output_bytes + size + out.bytes.size() > state.limits.output_bytes)
        return refuse(job, DECKLE_LIMIT,
                      "the outputs have more than " + std::to_string(state.limits.output_bytes) + " bytes together");
    out.text({static_cast<char const*>(bytes), size});
    state.output_bytes += out.bytes.size();
    tell(wire::Kind::output, out.bytes);
    return DECKLE_OK;
}

std::int32_t should_stop(deckle_job const* job) {
    return __atomic_load_n(of(job).cancel, __ATOMIC_RELAXED);
}

void progress(deckle_job*, double fraction, char const* stage) {
    tell(wire::Kind::progress, wire::Writer().f64(fraction).text(text(stage)).bytes);
}

void log(deckle_job*, std::int32_t level, char const* message) {
    tell(wire::Kind::log, wire::Writer().u32(static_cast<std::uint32_t>(level)).text(text(message)).bytes);
}

void set_error(deckle_job* job, char const* pointer, char const* message) {
    of(job).pointer = text(pointer);
    of(job).message = text(message);
}

void const* no_extension(deckle_host const*, char const*) {
    return nullptr;
}

std::string read_request(int fd, std::uint64_t size) {
    std::string request(size, '\0');
    for (std::uint64_t at = 0; at < size;) {
        ssize_t const got = pread(fd, request.data() + at, size - at, static_cast<off_t>(at));
        if (got <= 0) _exit(0);
        at += static_cast<std::uint64_t>(got);
    }
    close(fd);
    return request;
}

// An exception that leaves the plugin here ends the process, with its text on stderr for the host's report: catching it
// would need the plugin and this program to share one unwinder.
deckle_status generate(deckle_plugin const& plugin, deckle_job& job) {
    static deckle_host const host{sizeof(deckle_host), DECKLE_ABI_MAJOR, DECKLE_ABI_MINOR, 0,
                                  DECKLE_VERSION,      no_extension};
    void* const self = plugin.create(&host);
    if (self == nullptr) {
        set_error(&job, "", "its create function failed");
        return DECKLE_FAILED;
    }
    deckle_status const status = plugin.generate(self, &job);
    plugin.destroy(self);
    return status;
}

} // namespace

void run_job(deckle_plugin const& plugin, wire::Frame const& frame, std::int32_t const* cancel) {
    State state;
    state.limits = wire::decode_job(frame.payload);
    state.cancel = cancel;
    std::string const request = read_request(frame.fd, state.limits.request_bytes);
    deckle_job job{
        sizeof(deckle_job), 0,        &state, request.c_str(), request.size(), open_dataset, write, write_output,
        should_stop,        progress, log,    set_error};
    deckle_status const status = generate(plugin, job);
    std::fflush(nullptr); // what it printed belongs before `done`
    if (int const kept = unreleased(); kept != 0)
        log(&job, DECKLE_LOG_WARNING,
            ("The plugin did not release " + std::to_string(kept) + " Arrow structs of its datasets").c_str());
    if (status != DECKLE_OK && !state.refusal.empty())
        state.message += (state.message.empty() ? "" : ": ") + state.refusal;
    tell(wire::Kind::done, wire::Writer()
                               .u32(static_cast<std::uint32_t>(status))
                               .text(state.pointer)
                               .text(text(state.message.c_str()))
                               .bytes);
}

} // namespace deckle::runner
