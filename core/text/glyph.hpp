/// One positioned glyph; layout's page items carry these on to the exporters.
#pragma once
#include <cstdint>

namespace deckle::text {

/// One glyph of a run. Advance and offsets in points, already scaled; y offset grows downwards.
struct Glyph {
    std::uint16_t id = 0;      // glyph index in the face
    std::uint32_t cluster = 0; // byte offset in the run's text of the characters it stands for
    float x_advance = 0;
    float x_offset = 0, y_offset = 0;
};

} // namespace deckle::text
