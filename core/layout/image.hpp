/// Raster images: PNG decoded to samples, JPEG passed through.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::layout {

struct Image {
    int width = 0, height = 0;     // pixels
    int channels = 3;              // 1 gray, 3 RGB, 4 CMYK (JPEG only)
    int bits = 8;                  // per channel
    double dpi_x = 96, dpi_y = 96; // from the file when it says so: natural size = pixels / dpi * 72 points
    /// Decoded images: width*height*channels bytes, row by row from the top. Empty when `jpeg` is set.
    std::vector<std::uint8_t> samples;
    /// width*height bytes, 255 = opaque; empty when the image is opaque.
    std::vector<std::uint8_t> alpha;
    /// The whole JPEG file, for /DCTDecode.
    std::string jpeg;
    /// CMYK values are stored inverted (Adobe): the exporter needs /Decode [1 0 1 0 1 0 1 0].
    bool inverted = false;
};

struct ImageLimits {
    std::size_t bytes = 64u << 20;
    std::size_t pixels = 100'000'000;
};

/// PNG (every colour type, interlaced, 16 bit reduced to 8) or JPEG, told by its first bytes; `name` is for messages.
/// Throws Error{data} for what cannot be read, Error{limit} past a limit.
[[nodiscard]] std::shared_ptr<Image const> decode_image(std::string_view bytes, std::string const& name,
                                                        ImageLimits limits = {});

/// A `data:` address taken apart; nullopt when it is not one or its base64 is broken.
struct DataUri {
    std::string media_type; // lower case, without parameters
    std::string bytes;
};
[[nodiscard]] std::optional<DataUri> parse_data_uri(std::string_view uri);

} // namespace deckle::layout
