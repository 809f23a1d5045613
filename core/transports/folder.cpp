// A file of a folder appears whole or not at all, and is never replaced by other bytes.
#include "transports/folder.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "transports/leave.hpp"
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <list>
#include <map>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace deckle::transports {
namespace {

namespace fs = std::filesystem;
using delivery::Check;
using delivery::Message;
using delivery::Outcome;
using delivery::Receipt;

struct Failure {
    std::string what;
};

[[noreturn]] void fail(std::string const& what, fs::path const& path) {
    throw Failure{"cannot " + what + " " + path.string() + ": " + std::strerror(errno)};
}

std::optional<std::string> bytes_at(fs::path const& path) {
    std::error_code none;
    if (!fs::exists(fs::symlink_status(path, none))) return std::nullopt;
    return read_file(path);
}

/// A file beside its place, gone with the object unless it was put there.
class Waiting {
public:
    Waiting(fs::path place, std::string_view bytes) : place_(std::move(place)) {
        static std::atomic<unsigned> count = 0;
        int file = -1;
        do {
            name_ = place_.parent_path() / (".deckle-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
            file = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        } while (file < 0 && errno == EEXIST);
        if (file < 0) fail("write to", place_.parent_path());
        bool good = true;
        while (good && !bytes.empty()) {
            ssize_t const n = ::write(file, bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR) continue;
            good = n >= 0;
            if (good) bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        good = good && ::fsync(file) == 0;
        int const error = errno;
        ::close(file);
        if (good) return;
        ::unlink(name_.c_str());
        errno = error;
        fail("write", place_);
    }
    ~Waiting() { ::unlink(name_.c_str()); }
    Waiting(Waiting const&) = delete;
    Waiting& operator=(Waiting const&) = delete;

    /// False when another file is there by now.
    [[nodiscard]] bool put() const {
        if (::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, place_.c_str(), RENAME_NOREPLACE) == 0) return true;
        if (errno == EINVAL || errno == ENOSYS) { // file systems without it
            if (::link(name_.c_str(), place_.c_str()) == 0) return true;
            if (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS) // ... nor links
                if (!bytes_at(place_) && ::rename(name_.c_str(), place_.c_str()) == 0) return true;
        }
        if (bytes_at(place_)) return false;
        fail("write", place_);
    }

private:
    fs::path place_, name_;
};

class Folder final : public delivery::Transport {
public:
    explicit Folder(fs::path path) : path_(std::move(path)) {}

    Receipt send(Message const& message, std::function<void()> const& leaving) override {
        delivery::check_message(message);
        auto const files = files_of(message);
        std::string phase = "write";
        try {
            make_folder();
            std::list<Waiting> waiting;
            for (auto const& [name, bytes] : files) {
                auto const place = path_ / name;
                auto const there = bytes_at(place);
                if (there && *there != *bytes) return different(place);
                if (!there) waiting.emplace_back(place, *bytes);
            }
            leave(leaving);
            phase = "rename";
            for (auto const& file : waiting)
                if (!file.put()) return overtaken(files);
            sync_folder();
            return {Outcome::accepted, phase, counted(waiting.size(), files.size())};
        } catch (Passed const& passed) {
            std::rethrow_exception(passed.why);
        } catch (Failure const& failure) {
            // A second try finds what is there already, so nothing here is unknown.
            return {Outcome::later, phase, failure.what};
        } catch (Error const& e) {
            return {Outcome::later, phase, e.what()};
        }
    }

    std::vector<Check> test() override {
        try {
            make_folder();
            Waiting const probe(path_ / "probe", "");
            return {{"write", true, path_.string()}};
        } catch (Failure const& failure) {
            return {{"write", false, failure.what + ": see 'path' of the channel, and who runs Deckle"}};
        }
    }

private:
    void make_folder() const {
        std::error_code error;
        fs::create_directories(path_, error);
        if (error) {
            errno = error.value();
            fail("make", path_);
        }
    }

    using Files = std::map<std::string, std::string const*>;

    /// By name; the same name twice with the same bytes is one file.
    static Files files_of(Message const& message) {
        Files files;
        for (auto const& a : message.attachments)
            if (auto const [it, added] = files.emplace(a.name, &a.bytes); !added && *it->second != a.bytes)
                throw Error(ErrorCode::usage, "this message cannot be sent: two files have the name '" + a.name + "'");
        if (files.empty())
            files.emplace(message.id.substr(0, message.id.find('@')) + ".txt", &message.text); // a notice
        return files;
    }

    static Receipt different(fs::path const& place) {
        return {Outcome::refused, "write",
                place.string() + " is there already with other content; it is left as it is"};
    }

    /// Somebody wrote one of the files meanwhile.
    [[nodiscard]] Receipt overtaken(Files const& files) const {
        for (auto const& [name, bytes] : files)
            if (auto const there = bytes_at(path_ / name); there && *there != *bytes) return different(path_ / name);
        return {Outcome::later, "rename", "another program writes the same files into " + path_.string()};
    }

    void sync_folder() const {
        int const folder = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        bool const good = folder >= 0 && ::fsync(folder) == 0;
        int const error = errno;
        if (folder >= 0) ::close(folder);
        errno = error;
        if (!good) fail("write to", path_);
    }

    [[nodiscard]] std::string counted(std::size_t written, std::size_t all) const {
        return std::to_string(written) + " of " + std::to_string(all) + (all == 1 ? " file" : " files") +
               " written to " + path_.string() + (written < all ? ", the rest was there" : "");
    }

    fs::path const path_;
};

} // namespace

std::unique_ptr<delivery::Transport> make_folder(data::FolderSettings const& settings) {
    return std::make_unique<Folder>(settings.path);
}

} // namespace deckle::transports
