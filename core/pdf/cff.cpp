#include "pdf/cff.hpp"
#include <optional>

namespace deckle::pdf {
namespace {

/// Reads forward; past the end it gives zeros and turns bad.
class Reader {
public:
    Reader(std::string_view data, std::size_t at) : data_(data), at_(at) {}
    std::uint32_t take(int bytes) {
        std::uint32_t value = 0;
        for (int i = 0; i < bytes; ++i) {
            value <<= 8;
            if (at_ < data_.size())
                value |= static_cast<unsigned char>(data_[at_]);
            else
                bad_ = true;
            ++at_;
        }
        return value;
    }
    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] bool bad() const { return bad_; }

private:
    std::string_view data_;
    std::size_t at_;
    bool bad_ = false;
};

struct Index {
    std::uint32_t count = 0;
    std::size_t first = 0, first_end = 0; // of element 0
    std::size_t end = 0;                  // behind the index
};

std::optional<Index> read_index(std::string_view cff, std::size_t at) {
    Reader reader(cff, at);
    Index index;
    index.count = reader.take(2);
    if (index.count == 0) {
        index.end = reader.at();
        return reader.bad() ? std::nullopt : std::optional(index);
    }
    auto const size = static_cast<int>(reader.take(1));
    if (size < 1 || size > 4) return {};
    std::size_t const data = reader.at() + (std::size_t{index.count} + 1) * static_cast<std::size_t>(size) - 1;
    std::uint32_t const first = reader.take(size), second = reader.take(size);
    Reader last(cff, reader.at() + (std::size_t{index.count} - 2) * static_cast<std::size_t>(size));
    std::uint32_t const end = index.count == 1 ? second : last.take(size);
    index.first = data + first;
    index.first_end = data + second;
    index.end = data + end;
    if (reader.bad() || last.bad() || index.end > cff.size() || index.first_end > index.end ||
        index.first > index.first_end)
        return {};
    return index;
}

} // namespace

std::vector<std::uint16_t> cff_charset_if_cid_keyed(std::string_view cff) {
    if (cff.size() < 4) return {};
    auto const names = read_index(cff, static_cast<unsigned char>(cff[2]));
    if (!names) return {};
    auto const tops = read_index(cff, names->end);
    if (!tops || tops->count == 0) return {};

    bool cid_keyed = false;
    std::size_t charset = 0, char_strings = 0;
    std::int64_t operand = 0;
    Reader top(cff, tops->first);
    while (top.at() < tops->first_end && !top.bad()) {
        std::uint32_t const b = top.take(1);
        if (b >= 32 && b <= 246)
            operand = static_cast<std::int64_t>(b) - 139;
        else if (b >= 247 && b <= 250)
            operand = (static_cast<std::int64_t>(b) - 247) * 256 + top.take(1) + 108;
        else if (b >= 251 && b <= 254)
            operand = -(static_cast<std::int64_t>(b) - 251) * 256 - top.take(1) - 108;
        else if (b == 28)
            operand = static_cast<std::int16_t>(top.take(2));
        else if (b == 29)
            operand = static_cast<std::int32_t>(top.take(4));
        else if (b == 30)
            while (!top.bad()) {
                std::uint32_t const nibbles = top.take(1);
                if ((nibbles & 15U) == 15U || nibbles >> 4U == 15U) break;
            }
        else if (b == 12)
            cid_keyed = top.take(1) == 30 || cid_keyed;
        else if (b == 15)
            charset = static_cast<std::size_t>(operand);
        else if (b == 17)
            char_strings = static_cast<std::size_t>(operand);
    }
    auto const glyphs = cid_keyed ? read_index(cff, char_strings) : std::nullopt;
    if (!glyphs || charset < 3) return {}; // 0 to 2 are predefined charsets, which CID fonts do not have
    std::vector<std::uint16_t> cids{0};
    Reader reader(cff, charset);
    std::uint32_t const format = reader.take(1);
    while (cids.size() < glyphs->count && !reader.bad()) {
        std::uint32_t const first = reader.take(2);
        std::uint32_t const more = format == 0 ? 0 : reader.take(format == 1 ? 1 : 2);
        for (std::uint32_t i = 0; i <= more && cids.size() < glyphs->count; ++i)
            cids.push_back(static_cast<std::uint16_t>(first + i));
    }
    if (reader.bad()) return {};
    return cids;
}

} // namespace deckle::pdf
