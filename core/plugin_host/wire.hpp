/// The frames between the host and its runner. Private: both ends come from one build and compare build_id().
/// A frame is 16 bytes (kind, zero, size of the payload; the machine's own byte order) and the payload. What the host
/// sends is small and answers one request; bulk goes to the runner as a sealed memory file, so the host never blocks.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::plugin_host::wire {

/// Descriptors the runner is started with: 0 is empty, 1 and 2 are one pipe.
inline constexpr int socket_fd = 3;
inline constexpr int cancel_fd = 4; // a shared page; its first int32 turns non-zero when the job is to stop

enum class Kind : std::uint32_t {
    descriptor = 1, // build id, descriptor text
    load_error,     // message
    open_dataset,   // name; answered by table or unavailable
    model,          // the text itself
    output,         // name, media type, bytes
    progress,       // fraction, stage
    log,            // level, text
    done,           // status, pointer, message
    // to the runner
    generate = 32, // Job; with the request's file
    table,         // TableLayout; with the table's file
    unavailable,   // message
};

struct Header {
    std::uint32_t kind = 0;
    std::uint32_t zero = 0;
    std::uint64_t size = 0;
};
static_assert(sizeof(Header) == 16);

struct Frame {
    Kind kind{};
    std::string payload;
    int fd = -1; // to the runner only; the receiver closes it
};

/// The other end does not speak the protocol.
struct ProtocolError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Writer {
public:
    Writer& u32(std::uint32_t v) { return raw(&v, sizeof v); }
    Writer& u64(std::uint64_t v) { return raw(&v, sizeof v); }
    Writer& i64(std::int64_t v) { return raw(&v, sizeof v); }
    Writer& f64(double v) { return raw(&v, sizeof v); }
    Writer& text(std::string_view v) {
        u64(v.size());
        bytes.append(v);
        return *this;
    }
    std::string bytes;

private:
    Writer& raw(void const* at, std::size_t size) {
        bytes.append(static_cast<char const*>(at), size);
        return *this;
    }
};

/// Throws ProtocolError past the end.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    std::uint32_t u32() { return raw<std::uint32_t>(); }
    std::uint64_t u64() { return raw<std::uint64_t>(); }
    std::int64_t i64() { return raw<std::int64_t>(); }
    double f64() { return raw<double>(); }
    std::string_view text() { return take(u64()); }
    void end() const {
        if (!rest_.empty()) throw ProtocolError("a frame is longer than its content");
    }

private:
    std::string_view take(std::uint64_t size) {
        if (size > rest_.size()) throw ProtocolError("a frame ends early");
        std::string_view const part = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return part;
    }
    template <class T>
    T raw() {
        T v;
        take(sizeof v).copy(reinterpret_cast<char*>(&v), sizeof v);
        return v;
    }
    std::string_view rest_;
};

struct Job {
    std::uint64_t request_bytes = 0;
    std::uint64_t model_bytes = 0; // caps
    std::uint64_t output_bytes = 0;
    std::int64_t batch_rows = 0;
};
[[nodiscard]] std::string encode(Job const& job);
[[nodiscard]] Job decode_job(std::string_view bytes);

/// Where a column's Arrow buffers lie in the table's file.
struct Buffer {
    std::uint64_t offset = 0, size = 0;
};
struct ColumnLayout {
    std::string name, format, currency; // Arrow format; deckle.currency, empty = none
    std::int64_t null_count = 0;
    std::vector<Buffer> buffers; // validity (size 0 = none), [offsets,] values
};
struct TableLayout {
    std::int64_t rows = 0;
    std::uint64_t file_bytes = 0;
    std::vector<ColumnLayout> columns;
};
[[nodiscard]] std::string encode(TableLayout const& layout);
[[nodiscard]] TableLayout decode_layout(std::string_view bytes);

/// Sends one frame, blocking; `fd` >= 0 goes with it. False when the other end is gone.
bool send(int socket, Kind kind, std::string_view payload, int fd = -1);
/// As `send` for the host: false also when the other end does not read its answers.
bool send_at_once(int socket, Kind kind, std::string_view payload, int fd = -1);
/// Waits for one frame (the runner's side: it trusts the host). False at the end of the stream.
bool receive(int socket, Frame& frame);

/// Changes whenever the frames, the ABI or the runner's sources do.
[[nodiscard]] std::string_view build_id();

} // namespace deckle::plugin_host::wire
