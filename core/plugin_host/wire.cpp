#include "plugin_host/wire.hpp"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace deckle::plugin_host::wire {
namespace {

bool send_with(int socket, Kind kind, std::string_view payload, int fd, int flags) {
    Header header{static_cast<std::uint32_t>(kind), 0, payload.size()};
    iovec parts[2] = {{&header, sizeof header}, {const_cast<char*>(payload.data()), payload.size()}};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof fd)] = {};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    if (fd >= 0) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        cmsghdr* const c = CMSG_FIRSTHDR(&message);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof fd);
        std::memcpy(CMSG_DATA(c), &fd, sizeof fd);
    }
    while (parts[0].iov_len + parts[1].iov_len > 0) {
        ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL | flags);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return false;
        message.msg_control = nullptr;
        message.msg_controllen = 0;
        for (iovec& part : parts) {
            std::size_t const done = std::min(part.iov_len, static_cast<std::size_t>(sent));
            part.iov_base = static_cast<char*>(part.iov_base) + done;
            part.iov_len -= done;
            sent -= static_cast<ssize_t>(done);
        }
    }
    return true;
}

// Fills `at`; a descriptor that comes along lands in `fd`.
bool receive_exactly(int socket, void* at, std::size_t size, int& fd) {
    while (size > 0) {
        iovec part{at, size};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof fd)] = {};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        ssize_t const got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        cmsghdr const* const c = CMSG_FIRSTHDR(&message);
        if (c != nullptr && c->cmsg_type == SCM_RIGHTS) std::memcpy(&fd, CMSG_DATA(c), sizeof fd);
        at = static_cast<char*>(at) + got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

} // namespace

std::string encode(Job const& job) {
    return Writer().u64(job.request_bytes).u64(job.model_bytes).u64(job.output_bytes).i64(job.batch_rows).bytes;
}

Job decode_job(std::string_view bytes) {
    Reader in(bytes);
    Job job;
    job.request_bytes = in.u64();
    job.model_bytes = in.u64();
    job.output_bytes = in.u64();
    job.batch_rows = in.i64();
    in.end();
    return job;
}

std::string encode(TableLayout const& layout) {
    Writer out;
    out.i64(layout.rows).u64(layout.file_bytes).u64(layout.columns.size());
    for (ColumnLayout const& column : layout.columns) {
        out.text(column.name).text(column.format).text(column.currency).i64(column.null_count);
        out.u64(column.buffers.size());
        for (Buffer const& buffer : column.buffers) out.u64(buffer.offset).u64(buffer.size);
    }
    return std::move(out.bytes);
}

TableLayout decode_layout(std::string_view bytes) {
    Reader in(bytes);
    TableLayout layout;
    layout.rows = in.i64();
    layout.file_bytes = in.u64();
    for (std::uint64_t n = in.u64(); n > 0; --n) {
        ColumnLayout column;
        column.name = in.text();
        column.format = in.text();
        column.currency = in.text();
        column.null_count = in.i64();
        for (std::uint64_t b = in.u64(); b > 0; --b) {
            std::uint64_t const offset = in.u64();
            column.buffers.push_back({offset, in.u64()});
        }
        layout.columns.push_back(std::move(column));
    }
    in.end();
    return layout;
}

bool send(int socket, Kind kind, std::string_view payload, int fd) {
    return send_with(socket, kind, payload, fd, 0);
}

bool send_at_once(int socket, Kind kind, std::string_view payload, int fd) {
    return send_with(socket, kind, payload, fd, MSG_DONTWAIT);
}

bool receive(int socket, Frame& frame) {
    Header header;
    frame.fd = -1;
    if (!receive_exactly(socket, &header, sizeof header, frame.fd)) return false;
    frame.kind = static_cast<Kind>(header.kind);
    frame.payload.resize(header.size);
    return receive_exactly(socket, frame.payload.data(), frame.payload.size(), frame.fd);
}

std::string_view build_id() {
    return DECKLE_RUNNER_BUILD_ID;
}

} // namespace deckle::plugin_host::wire
