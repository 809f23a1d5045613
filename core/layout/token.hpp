/// Where boxes go on on the next page.
// https://www.w3.org/TR/css-break-3/
#pragma once
#include "layout/box.hpp"
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace deckle::layout {

struct Token;
using TokenPtr = std::unique_ptr<Token>;

/// A float that is higher than a page: its next piece stands at the top of the next page, at the same x.
struct FloatRest {
    Box const* box = nullptr;
    TokenPtr token;
    double x = 0, width = 0; // border box, in the coordinates of the formatting context
    FloatRest();
    FloatRest(FloatRest&&) noexcept;
    FloatRest& operator=(FloatRest&&) noexcept;
    ~FloatRest();
};

/// Where to go on with a box on the next page.
struct Token {
    Box const* child = nullptr;                // the child to go on with; null: see below
    std::unique_ptr<Token> inner;              // where in it; null: it begins anew
    bool fresh = false;                        // of a cell in a split row: nothing of it was placed yet
    bool finished = false;                     // all children are placed, only height is left
    bool forced = false;                       // the break was asked for: the margin after it is kept
    double consumed = 0;                       // border box height on earlier pages
    std::uint32_t offset = 0;                  // inline content: byte where the next line begins
    std::size_t index = 0;                     // inline content: lines placed; table: row; flex: line
    std::vector<std::unique_ptr<Token>> parts; // of a split row or flex line: null = that part is finished
    std::vector<std::size_t> part_ids;         // table: the cells of `parts`
    std::vector<FloatRest> floats;             // of a formatting context: what else goes on in it
    std::vector<Box const*> waiting;           // positioned boxes that stand at the bottom of the last piece
};

inline FloatRest::FloatRest() = default;
inline FloatRest::FloatRest(FloatRest&&) noexcept = default;
inline FloatRest& FloatRest::operator=(FloatRest&&) noexcept = default;
inline FloatRest::~FloatRest() = default;

/// The same place once more: what was to go on there has to wait for another page.
[[nodiscard]] TokenPtr clone(Token const& token);

} // namespace deckle::layout
