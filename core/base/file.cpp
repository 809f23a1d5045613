#include "base/file.hpp"
#include "base/error.hpp"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace deckle {
namespace {

[[noreturn]] void fail(char const* what, std::filesystem::path const& path, int error) {
    throw Error(ErrorCode::io, std::string("cannot ") + what + " " + path.string() + ": " + std::strerror(error));
}

struct Descriptor {
    int fd = -1;
    ~Descriptor() {
        if (fd >= 0) ::close(fd);
    }
};

} // namespace

std::string read_file(std::filesystem::path const& path) {
    Descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.fd < 0) fail("read", path, errno);
    struct stat info = {};
    if (::fstat(file.fd, &info) != 0) fail("read", path, errno);
    if (S_ISDIR(info.st_mode)) fail("read", path, EISDIR);
    std::string bytes;
    bytes.resize(info.st_size > 0 ? static_cast<std::size_t>(info.st_size) : 0);
    std::size_t got = 0;
    for (;;) {
        if (got == bytes.size()) bytes.resize(bytes.size() + 4096);
        ssize_t const n = ::read(file.fd, bytes.data() + got, bytes.size() - got);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail("read", path, errno);
        if (n == 0) break;
        got += static_cast<std::size_t>(n);
    }
    bytes.resize(got);
    return bytes;
}

void write_file(std::filesystem::path const& path, std::string_view bytes) {
    std::string temporary = path.string() + ".XXXXXX";
    Descriptor file{::mkostemp(temporary.data(), O_CLOEXEC)};
    if (file.fd < 0) fail("write", path, errno);
    auto give_up = [&](int error) {
        ::unlink(temporary.c_str());
        fail("write", path, error);
    };
    while (!bytes.empty()) {
        ssize_t const n = ::write(file.fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) give_up(errno);
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    static mode_t const mask = [] { // once: asking sets it, for all threads
        mode_t const m = ::umask(0);
        ::umask(m);
        return m;
    }();
    if (::fchmod(file.fd, 0666 & ~mask) != 0) give_up(errno);
    int const fd = file.fd;
    file.fd = -1;
    if (::close(fd) != 0) give_up(errno);
    if (::rename(temporary.c_str(), path.c_str()) != 0) give_up(errno);
}

void keep_on_disk(std::filesystem::path const& path) {
    Descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.fd < 0 || ::fsync(file.fd) != 0) fail("keep on the disk", path, errno);
}

bool is_inside(std::filesystem::path const& path, std::filesystem::path const& root) {
    auto const p = std::filesystem::weakly_canonical(path);
    auto const r = std::filesystem::weakly_canonical(root);
    auto const [end, ignored] = std::mismatch(r.begin(), r.end(), p.begin(), p.end());
    return end == r.end();
}

} // namespace deckle
