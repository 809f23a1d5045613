#include "base/error.hpp"
#include "store/ids.hpp"
#include "store/packed.hpp"
#include <gtest/gtest.h>

namespace deckle::store {
namespace {

TEST(RunId, sorts_by_time) {
    auto const a = parse_instant("2026-11-01T11:00:00Z").value();
    EXPECT_EQ(run_id(parse_instant("2020-01-01T00:00:00.031Z").value()), "0000000z");
    EXPECT_LT(run_id(a), run_id(a + std::chrono::milliseconds(1)));
    EXPECT_EQ(run_id(a, 1), run_id(a + std::chrono::milliseconds(1)));
    EXPECT_LT(run_id(a), run_id(parse_instant("2053-12-31T00:00:00Z").value()));
    EXPECT_EQ(run_id(parse_instant("1999-01-01T00:00:00Z").value()), "00000000");
}

TEST(Packed, round_trip) {
    for (std::string const& text :
         {std::string(), std::string("x"), std::string(100'000, 'y'), std::string("\0\xff", 2)})
        EXPECT_EQ(unpack(pack(text)), text);
    EXPECT_LT(pack(std::string(100'000, 'y')).size(), 1000U);
}

TEST(Packed, damage_is_refused) {
    std::string const packed = pack("some text that is long enough to be compressed");
    for (std::size_t n = 0; n < packed.size(); ++n) EXPECT_THROW((void)unpack(packed.substr(0, n)), Error) << n;
    std::string huge = packed;
    huge[7] = '\x7f';
    EXPECT_THROW((void)unpack(huge), Error);
    std::string flipped = packed;
    flipped[12] ^= 1;
    EXPECT_THROW((void)unpack(flipped), Error);
}

} // namespace
} // namespace deckle::store
