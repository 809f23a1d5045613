/// Finds report plugins and runs them, each in a process of its own (deckle-runner): whatever a plugin does, the host
/// gets a report model or an Error that names the plugin and what happened, and goes on.
#pragma once
#include "data/table.hpp"
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::plugin_host {

/// The datasets of one job, by the names in the plugin's descriptor ("invoices", "figures@previous").
class DatasetSource {
public:
    virtual ~DatasetSource() = default;
    /// nullptr when it is not bound. The table is copied before the next call.
    [[nodiscard]] virtual data::Table const* open(std::string_view name) = 0;
};

struct Limits {
    std::uint64_t model_bytes = std::uint64_t{64} << 20;
    std::uint64_t output_bytes = std::uint64_t{64} << 20; // all outputs of a job together
    std::uint64_t memory_bytes = std::uint64_t{4} << 30;  // address space of the runner
    std::uint64_t cpu_seconds = 600;                      // of the runner's life
    std::size_t log_lines = 1000;
    std::chrono::milliseconds load{5000}; // until the descriptor is there
    std::chrono::milliseconds grace{500}; // between the request to stop and the end of the process
};

struct Options {
    std::filesystem::path runner;                // the deckle-runner of this build
    std::vector<std::filesystem::path> built_in; // folders holding <id>/<id>.so; the first with an id wins
    std::vector<std::filesystem::path> unsafe;   // the same, loaded only with allow_unsafe
    bool allow_unsafe = false;
    Limits limits = {};
    std::int64_t batch_rows = 0; // rows of a batch, rounded up to a multiple of 8; 0 = one batch (for checks)
};

struct PluginFile {
    std::string id;
    std::filesystem::path library; // absolute
    bool built_in = false;
};

struct Output {
    std::string name, media_type, bytes;
};

struct LogLine {
    enum class Level { debug, info, warning, error };
    Level level = Level::info;
    std::string text;
};

struct PluginResult {
    std::string model; // JSON text as the plugin wrote it: untrusted, within Limits::model_bytes, not yet parsed
    std::vector<Output> outputs;
    std::vector<LogLine> log; // the plugin's own lines, what it printed, and what the host noticed
};

/// How one job is watched.
struct Control {
    std::chrono::milliseconds deadline{60'000};
    std::function<void(double fraction, std::string const& stage)> progress = {}; // called on the caller's thread
    std::stop_token stop = {};
};

/// One plugin, loaded in its runner; ended with the Session. Use it, and destroy it, on the thread that opened it: the
/// runner dies with that thread.
class Session {
public:
    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;
    ~Session();

    [[nodiscard]] PluginFile const& plugin() const;
    /// The descriptor as the plugin gives it: untrusted JSON text (descriptor.hpp parses it).
    [[nodiscard]] std::string const& descriptor() const;
    /// Makes one report. Throws Error: usage (a parameter; its JSON pointer is in the message), data, limit (deadline,
    /// document too large), plugin (crash, broken contract), failed (stopped by `control.stop`). After a crash or a
    /// kill the next call throws at once: open a new session.
    [[nodiscard]] PluginResult generate(std::string_view request_json, DatasetSource& datasets,
                                        Control const& control = {});

private:
    friend class PluginHost;
    class Impl;
    explicit Session(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

class PluginHost {
public:
    explicit PluginHost(Options options);

    /// By id; no code is loaded. Unsafe ones are listed only when they are allowed.
    [[nodiscard]] std::vector<PluginFile> list() const;
    /// Throws Error{usage} for an unknown id (naming those that exist), {refused} for one outside the built-in folders.
    [[nodiscard]] PluginFile find(std::string_view id) const;
    /// Starts a runner and loads the plugin (a few milliseconds). Throws as `find`, and Error{plugin} when
    /// it cannot be loaded.
    [[nodiscard]] Session open(std::string_view id) const;

private:
    Options options_;
};

} // namespace deckle::plugin_host
