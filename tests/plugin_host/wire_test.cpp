#include "plugin_host/text.hpp"
#include "plugin_host/wire.hpp"
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace deckle::plugin_host {
namespace {

TEST(Wire, layout_round_trip_and_every_cut_is_refused) {
    wire::TableLayout const layout{
        7, 640, {{"id", "l", "", 1, {{0, 1}, {64, 56}}}, {"n", "u", "USD", 0, {{}, {1, 2}, {3, 4}}}}};
    std::string const bytes = wire::encode(layout);
    wire::TableLayout const back = wire::decode_layout(bytes);
    EXPECT_EQ(back.rows, 7);
    EXPECT_EQ(back.file_bytes, 640U);
    ASSERT_EQ(back.columns.size(), 2U);
    EXPECT_EQ(back.columns[1].currency, "USD");
    EXPECT_EQ(back.columns[1].buffers[2].size, 4U);
    EXPECT_EQ(wire::encode(back), bytes);
    for (std::size_t n = 0; n < bytes.size(); ++n)
        EXPECT_THROW((void)wire::decode_layout(std::string_view(bytes).substr(0, n)), wire::ProtocolError) << n;
    EXPECT_THROW((void)wire::decode_layout(bytes + "x"), wire::ProtocolError);
}

TEST(Wire, frames_carry_descriptors) {
    int sockets[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    EXPECT_TRUE(wire::send(sockets[0], wire::Kind::table, "abc", pipe_ends[1]));
    EXPECT_TRUE(wire::send(sockets[0], wire::Kind::unavailable, ""));
    wire::Frame frame;
    ASSERT_TRUE(wire::receive(sockets[1], frame));
    EXPECT_EQ(frame.kind, wire::Kind::table);
    EXPECT_EQ(frame.payload, "abc");
    ASSERT_GE(frame.fd, 0);
    EXPECT_EQ(write(frame.fd, "!", 1), 1);
    char c = 0;
    EXPECT_EQ(read(pipe_ends[0], &c, 1), 1);
    EXPECT_EQ(c, '!');
    close(frame.fd);
    ASSERT_TRUE(wire::receive(sockets[1], frame));
    EXPECT_EQ(frame.kind, wire::Kind::unavailable);
    EXPECT_EQ(frame.fd, -1);
    close(sockets[0]);
    EXPECT_FALSE(wire::receive(sockets[1], frame));
    EXPECT_FALSE(wire::send(sockets[1], wire::Kind::done, "x"));
    close(sockets[1]);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}

TEST(Text, printable) {
    EXPECT_EQ(printable("plain Käse € 😀"), "plain Käse € 😀");
    EXPECT_EQ(printable("a\x1b[31m\r\n\tb\x7f"), "a?[31m?\n\tb?");
    EXPECT_EQ(printable("\xff\xc0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(printable("\xed\xa0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); // a surrogate
    EXPECT_EQ(printable("\xe2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(printable("abcdef", 3), "abc...");
    EXPECT_EQ(printable("abc", 3), "abc");
}

} // namespace
} // namespace deckle::plugin_host
