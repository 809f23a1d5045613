#include "base/error.hpp"
#include "plugin_host/plugin_host.hpp"
#include "plugin_host/process.hpp"
#include "plugin_host/table_file.hpp"
#include "plugin_host/text.hpp"
#include <deckle/plugin.h>
#include <fmt/format.h>

namespace deckle::plugin_host {
namespace {

TimePoint after(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

std::string seconds(std::chrono::milliseconds time) {
    return time.count() % 1000 == 0 ? fmt::format("{} s", time.count() / 1000) : fmt::format("{} ms", time.count());
}

/// The plugin's log of one job, bounded.
class Log {
public:
    explicit Log(std::size_t most) : most_(most) {}

    void add(LogLine::Level level, std::string_view text) {
        if (lines_.size() < most_)
            lines_.push_back({level, printable(text)});
        else
            ++dropped_;
    }
    void add(Noise const& noise) {
        std::string_view rest = noise.kept;
        while (!rest.empty()) {
            std::string_view const line = rest.substr(0, rest.find('\n'));
            if (!line.empty()) add(LogLine::Level::warning, fmt::format("printed: {}", line));
            rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        }
        cut_ += noise.total - noise.kept.size();
    }
    [[nodiscard]] std::vector<LogLine> finish() {
        if (cut_ > 0) note(fmt::format("printed {} bytes more, which were not kept", cut_));
        if (dropped_ > 0) note(fmt::format("{} further log lines were not kept", dropped_));
        return std::move(lines_);
    }

private:
    void note(std::string text) { lines_.push_back({LogLine::Level::warning, std::move(text)}); }

    std::size_t most_;
    std::vector<LogLine> lines_;
    std::size_t dropped_ = 0;
    std::uint64_t cut_ = 0;
};

std::string last_words(Noise const& noise) {
    std::string_view text = noise.kept;
    while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    text = text.substr(text.rfind('\n') + 1);
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(' ')));
    return text.empty() || noise.total != noise.kept.size() ? ""
                                                            : fmt::format("; it printed: {}", printable(text, 400));
}

} // namespace

class Session::Impl {
public:
    Impl(Options options, PluginFile plugin)
        : options_(std::move(options)), plugin_(std::move(plugin)),
          process_(std::make_unique<Process>(options_.runner, plugin_.library, options_.limits)) {
        guarded([&] { load(); });
    }

    PluginFile const& plugin() const { return plugin_; }
    std::string const& descriptor() const { return descriptor_; }

    PluginResult generate(std::string_view request, DatasetSource& datasets, Control const& control) {
        if (process_ == nullptr) throw broken("has ended; open it again");
        return guarded([&] { return run(request, datasets, control); });
    }

private:
    struct Done {
        deckle_status status;
        std::string pointer, message;
    };

    // An Error that leaves the plugin's side in order passes; anything else ends the process first.
    template <class F>
    auto guarded(F&& f) -> decltype(f()) {
        try {
            in_order_ = false;
            return f();
        } catch (wire::ProtocolError const& e) {
            process_.reset();
            throw broken(fmt::format("broke the protocol ({}) and was ended", e.what()));
        } catch (...) {
            if (!in_order_) process_.reset();
            throw;
        }
    }

    [[nodiscard]] Error broken(std::string_view what, ErrorCode code = ErrorCode::plugin) const {
        return {code, fmt::format("The plugin '{}' {}", plugin_.id, what)};
    }

    // The socket closed before `done` or the descriptor.
    [[nodiscard]] Error crash(std::string_view when) {
        std::string const& how = process_->end();
        return broken(fmt::format("{} {}{}. This is a fault of the plugin: report it to its author; other reports are "
                                  "not affected",
                                  how, when, last_words(process_->take_noise())));
    }

    void load() {
        wire::Frame frame;
        switch (process_->next(after(options_.limits.load), frame)) {
        case Process::Happened::frame:
            break;
        case Process::Happened::closed:
            throw crash("while it was loaded");
        default:
            throw broken(fmt::format("did not load within {} and was ended", seconds(options_.limits.load)));
        }
        if (frame.kind == wire::Kind::load_error)
            throw broken(fmt::format("cannot be loaded: {} ({})", printable(frame.payload), plugin_.library.string()));
        if (frame.kind != wire::Kind::descriptor) throw wire::ProtocolError("no descriptor");
        wire::Reader in(frame.payload);
        if (in.text() != wire::build_id())
            throw broken(fmt::format("cannot be loaded: {} belongs to another build of Deckle; install both together",
                                     options_.runner.string()));
        descriptor_ = in.text();
        in.end();
    }

    PluginResult run(std::string_view request, DatasetSource& datasets, Control const& control) {
        Limits const& limits = options_.limits;
        process_->set_cancel(false);
        std::stop_callback const on_stop(control.stop, [this] { process_->wake(); });
        Fd const file = memory_file(request);
        wire::Job const job{request.size(), limits.model_bytes, limits.output_bytes, options_.batch_rows};
        if (!process_->send(wire::Kind::generate, wire::encode(job), file.get())) throw crash("before it could start");

        PluginResult result;
        Log log(limits.log_lines);
        bool written = false;
        std::uint64_t output_bytes = 0;
        TimePoint const deadline = after(control.deadline);
        for (;;) {
            wire::Frame frame;
            switch (process_->next(deadline, frame)) {
            case Process::Happened::closed:
                throw crash("before the report was done");
            case Process::Happened::timeout:
                throw stop(fmt::format("did not finish within {}", seconds(control.deadline)), ErrorCode::limit);
            case Process::Happened::stop: // or what is left of an earlier job's
                if (!control.stop.stop_requested()) continue;
                throw stop("was stopped on request", ErrorCode::failed);
            case Process::Happened::frame:
                break;
            }
            wire::Reader in(frame.payload);
            switch (frame.kind) {
            case wire::Kind::open_dataset:
                answer(frame.payload, datasets);
                break;
            case wire::Kind::model:
                if (written) throw wire::ProtocolError("a second report model");
                written = true;
                result.model = std::move(frame.payload);
                break;
            case wire::Kind::output: {
                output_bytes += frame.payload.size();
                if (output_bytes > limits.output_bytes) throw wire::ProtocolError("outputs over their limit");
                Output output;
                output.name = in.text();
                output.media_type = in.text();
                output.bytes = in.text();
                result.outputs.push_back(std::move(output));
                break;
            }
            case wire::Kind::progress: {
                double const fraction = in.f64();
                if (control.progress)
                    control.progress(fraction >= 0 && fraction <= 1 ? fraction : 0, printable(in.text()));
                break;
            }
            case wire::Kind::log: {
                std::uint32_t const level = std::min<std::uint32_t>(in.u32(), DECKLE_LOG_ERROR);
                log.add(static_cast<LogLine::Level>(level), in.text());
                break;
            }
            case wire::Kind::done:
                in_order_ = true;
                log.add(process_->take_noise());
                check(read_done(frame.payload), written);
                result.log = log.finish();
                return result;
            default:
                throw wire::ProtocolError("a frame out of turn");
            }
        }
    }

    void answer(std::string_view name, DatasetSource& datasets) {
        data::Table const* const table = datasets.open(name);
        bool sent = false;
        if (table == nullptr) {
            sent = process_->send(
                wire::Kind::unavailable,
                fmt::format("it is not bound in this workspace, or not declared ('{}')", printable(name)));
        } else {
            TableFile const file = table_file(*table);
            sent = process_->send(wire::Kind::table, wire::encode(file.layout), file.file.get());
        }
        if (!sent) throw wire::ProtocolError("it does not read its answers");
    }

    static Done read_done(std::string_view payload) {
        wire::Reader in(payload);
        Done done;
        done.status = static_cast<deckle_status>(in.u32());
        done.pointer = printable(in.text());
        done.message = printable(in.text());
        in.end();
        return done;
    }

    void check(Done const& done, bool written) const {
        std::string const message = done.message.empty() ? "it gives no reason" : done.message;
        switch (done.status) {
        case DECKLE_OK:
            if (!written) throw broken("reported success but wrote no report");
            return;
        case DECKLE_INVALID_PARAMS:
            throw broken(done.pointer.empty() ? fmt::format("refuses its parameters: {}", message)
                                              : fmt::format("refuses the parameter {}: {}", done.pointer, message),
                         ErrorCode::usage);
        case DECKLE_DATA:
            throw broken(fmt::format("cannot use the data: {}", message), ErrorCode::data);
        case DECKLE_LIMIT:
            throw broken(fmt::format("hit a limit: {}", message), ErrorCode::limit);
        case DECKLE_CANCELLED:
            throw broken("says it was cancelled, but nobody asked it to stop");
        default:
            throw broken(fmt::format("failed: {}", message));
        }
    }

    // Asks the plugin to stop and ends it when it does not within the grace period.
    [[nodiscard]] Error stop(std::string_view why, ErrorCode code) {
        process_->set_cancel(true);
        TimePoint const until = after(options_.limits.grace);
        for (;;) {
            wire::Frame frame;
            switch (process_->next(until, frame)) {
            case Process::Happened::frame:
                if (frame.kind == wire::Kind::done) {
                    in_order_ = true;
                    [[maybe_unused]] Noise const printed = process_->take_noise();
                    return broken(why, code);
                }
                if (frame.kind == wire::Kind::open_dataset && !process_->send(wire::Kind::unavailable, "stopping"))
                    throw wire::ProtocolError("it does not read its answers");
                break;
            case Process::Happened::stop:
                break;
            case Process::Happened::timeout:
                return broken(fmt::format("{}, ignored the request to stop and was ended", why), code);
            case Process::Happened::closed:
                return broken(fmt::format("{} and {}", why, process_->end()), code);
            }
        }
    }

    Options options_;
    PluginFile plugin_;
    std::unique_ptr<Process> process_; // null after a crash or a kill
    std::string descriptor_;
    bool in_order_ = false; // the plugin has answered `done`
};

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

PluginFile const& Session::plugin() const {
    return impl_->plugin();
}
std::string const& Session::descriptor() const {
    return impl_->descriptor();
}
PluginResult Session::generate(std::string_view request, DatasetSource& datasets, Control const& control) {
    return impl_->generate(request, datasets, control);
}

Session PluginHost::open(std::string_view id) const {
    return Session(std::make_unique<Session::Impl>(options_, find(id)));
}

} // namespace deckle::plugin_host
