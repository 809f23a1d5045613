/// PNG through libpng's simplified reader, which settles palettes, tRNS, interlacing and 16 bits. JPEG files go through
/// as they are; only their markers are read, and a picture that a camera turned (EXIF) is decoded and turned upright.
#include "layout/image.hpp"
#include "base/error.hpp"
#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <jpeglib.h>
#include <png.h>

namespace deckle::layout {
namespace {

constexpr double points_per_inch_of_pixels = 96;

[[noreturn]] void fail(std::string const& name, std::string const& why) {
    throw Error(ErrorCode::data, "the image cannot be read: " + why, {name, 0, 0});
}

void check_pixels(std::uint64_t width, std::uint64_t height, std::string const& name, ImageLimits limits) {
    if (width == 0 || height == 0) fail(name, "it is empty");
    if (width > limits.pixels || height > limits.pixels || width * height > limits.pixels)
        throw Error(ErrorCode::limit,
                    "the image has " + std::to_string(width) + " x " + std::to_string(height) +
                        " pixels; " + std::to_string(limits.pixels) + " are allowed (max-pixels)",
                    {name, 0, 0});
}

struct Bytes {
    std::string_view data;
    [[nodiscard]] unsigned at(std::size_t i) const { return i < data.size() ? static_cast<unsigned char>(data[i]) : 0; }
    [[nodiscard]] unsigned big16(std::size_t i) const { return at(i) << 8 | at(i + 1); }
    [[nodiscard]] std::uint32_t big32(std::size_t i) const { return std::uint32_t{big16(i)} << 16 | big16(i + 2); }
};

/// pHYs: pixels per metre.
void read_png_density(Bytes const& b, Image& image) {
    for (std::size_t at = 8; at + 12 <= b.data.size();) {
        auto const length = b.big32(at);
        auto const type = b.data.substr(at + 4, 4);
        if (type == "IDAT" || length > b.data.size()) return;
        if (type == "pHYs" && length == 9 && b.at(at + 16) == 1) {
            auto const x = b.big32(at + 8), y = b.big32(at + 12);
            if (x > 0 && y > 0) image.dpi_x = x * 0.0254, image.dpi_y = y * 0.0254;
            return;
        }
        at += 12 + std::size_t{length};
    }
}

std::shared_ptr<Image const> decode_png(std::string_view bytes, std::string const& name, ImageLimits limits) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    struct Free {
        png_image* image;
        ~Free() { png_image_free(image); }
    } const free_at_end{&png};
    if (!png_image_begin_read_from_memory(&png, bytes.data(), bytes.size())) fail(name, png.message);
    check_pixels(png.width, png.height, name, limits);
    bool const color = (png.format & PNG_FORMAT_FLAG_COLOR) != 0, has_alpha = (png.format & PNG_FORMAT_FLAG_ALPHA) != 0;
    png.format = color ? (has_alpha ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB) : (has_alpha ? PNG_FORMAT_GA : PNG_FORMAT_GRAY);
    std::vector<std::uint8_t> pixels(PNG_IMAGE_SIZE(png));
    if (!png_image_finish_read(&png, nullptr, pixels.data(), 0, nullptr)) fail(name, png.message);
    auto image = std::make_shared<Image>();
    image->width = static_cast<int>(png.width);
    image->height = static_cast<int>(png.height);
    image->channels = color ? 3 : 1;
    read_png_density({bytes}, *image);
    if (!has_alpha) {
        image->samples = std::move(pixels);
        return image;
    }
    auto const count = std::size_t{png.width} * png.height;
    auto const channels = static_cast<std::size_t>(image->channels);
    image->samples.resize(count * channels);
    image->alpha.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::memcpy(&image->samples[i * channels], &pixels[i * (channels + 1)], channels);
        image->alpha[i] = pixels[i * (channels + 1) + channels];
    }
    if (std::ranges::all_of(image->alpha, [](std::uint8_t a) { return a == 255; })) image->alpha.clear();
    return image;
}

// JPEG: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, section B

struct JpegInfo {
    unsigned width = 0, height = 0, components = 0, precision = 0, frame = 0;
    bool adobe = false;
    double dpi_x = 0, dpi_y = 0;
    unsigned orientation = 1; // EXIF
};

/// EXIF: a TIFF directory in APP1; only the orientation (tag 0x0112) matters.
unsigned exif_orientation(Bytes const& b, std::size_t tiff, std::size_t end) {
    bool const little = b.data.substr(tiff, 2) == "II";
    auto const u16 = [&](std::size_t i) { return little ? b.at(i) | b.at(i + 1) << 8 : b.big16(i); };
    auto const u32 = [&](std::size_t i) { return little ? u16(i) | u16(i + 2) << 16 : b.big32(i); };
    auto const directory = tiff + u32(tiff + 4);
    if (directory + 2 > end) return 1;
    auto const entries = u16(directory);
    for (unsigned i = 0; i < entries; ++i) {
        auto const entry = directory + 2 + std::size_t{i} * 12;
        if (entry + 12 > end) return 1;
        if (u16(entry) == 0x0112) {
            auto const value = u16(entry + 8);
            return value >= 1 && value <= 8 ? value : 1;
        }
    }
    return 1;
}

JpegInfo read_jpeg_markers(Bytes const& b, std::string const& name) {
    JpegInfo info;
    for (std::size_t at = 2; at + 4 <= b.data.size();) {
        if (b.at(at) != 0xFF) fail(name, "a JPEG marker is missing");
        auto const marker = b.at(at + 1);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        if (marker == 0xD8 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
            at += 2;
            continue;
        }
        if (marker == 0xDA || marker == 0xD9) break;
        auto const length = b.big16(at + 2);
        auto const end = at + 2 + length;
        if (length < 2 || end > b.data.size()) fail(name, "it is cut off");
        bool const frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) {
            info.frame = marker;
            info.precision = b.at(at + 4);
            info.height = b.big16(at + 5);
            info.width = b.big16(at + 7);
            info.components = b.at(at + 9);
        } else if (marker == 0xE0 && b.data.substr(at + 4, 5) == std::string_view("JFIF\0", 5)) {
            double const unit = b.at(at + 11) == 1 ? 1 : b.at(at + 11) == 2 ? 2.54 : 0;
            info.dpi_x = b.big16(at + 12) * unit;
            info.dpi_y = b.big16(at + 14) * unit;
        } else if (marker == 0xE1 && b.data.substr(at + 4, 6) == std::string_view("Exif\0\0", 6)) {
            info.orientation = exif_orientation(b, at + 10, end);
        } else if (marker == 0xEE && b.data.substr(at + 4, 5) == "Adobe")
            info.adobe = true;
        at = end;
    }
    if (info.frame == 0) fail(name, "it has no picture");
    if (info.frame > 0xC2 || info.precision != 8)
        fail(name,
             "its kind of JPEG (arithmetic, lossless or 12 bits) cannot stand in a PDF; save it as baseline JPEG");
    if (info.components != 1 && info.components != 3 && info.components != 4)
        fail(name, "it has an odd number of components");
    return info;
}

struct JpegErrors {
    jpeg_error_mgr base;
    std::jmp_buf back;
};

/// Samples of a gray or RGB JPEG into `out`, which has their exact size. Holds nothing that longjmp would leak.
bool decode_samples(std::string_view bytes, int channels, std::uint8_t* out) {
    jpeg_decompress_struct jpeg{};
    JpegErrors errors{};
    jpeg.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = [](j_common_ptr info) { std::longjmp(reinterpret_cast<JpegErrors*>(info->err)->back, 1); };
    errors.base.emit_message = [](j_common_ptr, int) {};
    if (setjmp(errors.back) != 0) {
        jpeg_destroy_decompress(&jpeg);
        return false;
    }
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, reinterpret_cast<unsigned char const*>(bytes.data()), static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&jpeg, TRUE);
    jpeg.out_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_start_decompress(&jpeg);
    auto const stride = static_cast<std::size_t>(jpeg.output_width) * static_cast<std::size_t>(channels);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = out + stride * jpeg.output_scanline;
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    return true;
}

/// Upright, from EXIF orientation 2 to 8.
void turn(Image& image, unsigned orientation) {
    auto const width = static_cast<std::size_t>(image.width), height = static_cast<std::size_t>(image.height);
    auto const channels = static_cast<std::size_t>(image.channels);
    bool const swapped = orientation >= 5;
    auto const new_width = swapped ? height : width, new_height = swapped ? width : height;
    std::vector<std::uint8_t> out(image.samples.size());
    for (std::size_t y = 0; y < new_height; ++y)
        for (std::size_t x = 0; x < new_width; ++x) {
            std::size_t from_x = x, from_y = y;
            switch (orientation) {
            case 2:
                from_x = width - 1 - x;
                break;
            case 3:
                from_x = width - 1 - x, from_y = height - 1 - y;
                break;
            case 4:
                from_y = height - 1 - y;
                break;
            case 5:
                from_x = y, from_y = x;
                break;
            case 6:
                from_x = y, from_y = height - 1 - x;
                break;
            case 7:
                from_x = width - 1 - y, from_y = height - 1 - x;
                break;
            case 8:
                from_x = width - 1 - y, from_y = x;
                break;
            default:
                break;
            }
            std::memcpy(&out[(y * new_width + x) * channels], &image.samples[(from_y * width + from_x) * channels],
                        channels);
        }
    image.samples = std::move(out);
    image.width = static_cast<int>(new_width);
    image.height = static_cast<int>(new_height);
    if (swapped) std::swap(image.dpi_x, image.dpi_y);
}

std::shared_ptr<Image const> read_jpeg(std::string_view bytes, std::string const& name, ImageLimits limits) {
    auto const info = read_jpeg_markers({bytes}, name);
    check_pixels(info.width, info.height, name, limits);
    auto image = std::make_shared<Image>();
    image->width = static_cast<int>(info.width);
    image->height = static_cast<int>(info.height);
    image->channels = static_cast<int>(info.components);
    image->dpi_x = info.dpi_x > 1 ? info.dpi_x : points_per_inch_of_pixels;
    image->dpi_y = info.dpi_y > 1 ? info.dpi_y : points_per_inch_of_pixels;
    if (info.orientation == 1 || info.components == 4) {
        image->jpeg = bytes;
        image->inverted = info.components == 4 && info.adobe;
        return image;
    }
    image->samples.resize(std::size_t{info.width} * info.height * info.components);
    if (!decode_samples(bytes, image->channels, image->samples.data())) fail(name, "the JPEG data is broken");
    turn(*image, info.orientation);
    return image;
}

std::optional<std::string> decode_base64(std::string_view text) {
    std::string out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    bool ended = false;
    for (char const c : text) {
        unsigned value = 0;
        if (c >= 'A' && c <= 'Z')
            value = static_cast<unsigned>(c - 'A');
        else if (c >= 'a' && c <= 'z')
            value = static_cast<unsigned>(c - 'a') + 26;
        else if (c >= '0' && c <= '9')
            value = static_cast<unsigned>(c - '0') + 52;
        else if (c == '+' || c == '-')
            value = 62;
        else if (c == '/' || c == '_')
            value = 63;
        else if (c == '=') {
            ended = true;
            continue;
        } else if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
            continue;
        else
            return std::nullopt;
        if (ended) return std::nullopt;
        bits = bits << 6 | value;
        if (++count == 4) {
            out += static_cast<char>(bits >> 16 & 255);
            out += static_cast<char>(bits >> 8 & 255);
            out += static_cast<char>(bits & 255);
            bits = 0;
            count = 0;
        }
    }
    if (count == 1) return std::nullopt;
    if (count == 2) out += static_cast<char>(bits >> 4 & 255);
    if (count == 3) {
        out += static_cast<char>(bits >> 10 & 255);
        out += static_cast<char>(bits >> 2 & 255);
    }
    return out;
}

std::string decode_percent(std::string_view text) {
    auto const digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else
            out += text[i];
    }
    return out;
}

} // namespace

std::shared_ptr<Image const> decode_image(std::string_view bytes, std::string const& name, ImageLimits limits) {
    if (bytes.size() > limits.bytes)
        throw Error(ErrorCode::limit,
                    "the image file has " + std::to_string(bytes.size()) + " bytes; max-bytes is " +
                        std::to_string(limits.bytes),
                    {name, 0, 0});
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return decode_png(bytes, name, limits);
    if (bytes.starts_with("\xFF\xD8\xFF")) return read_jpeg(bytes, name, limits);
    fail(name, "it is neither PNG nor JPEG; convert it");
}

// https://www.rfc-editor.org/rfc/rfc2397
std::optional<DataUri> parse_data_uri(std::string_view uri) {
    constexpr std::string_view scheme = "data:";
    if (uri.size() < scheme.size() || !std::equal(scheme.begin(), scheme.end(), uri.begin(), [](char l, char c) {
            return l == c || l == static_cast<char>(c | 32);
        }))
        return std::nullopt;
    uri.remove_prefix(scheme.size());
    auto const comma = uri.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    auto head = uri.substr(0, comma);
    auto const body = uri.substr(comma + 1);
    bool const base64 = head.ends_with(";base64");
    DataUri out;
    out.media_type = head.substr(0, head.find(';'));
    for (auto& c : out.media_type)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (out.media_type.empty()) out.media_type = "text/plain";
    if (!base64) {
        out.bytes = decode_percent(body);
        return out;
    }
    auto decoded = decode_base64(body.find('%') == std::string_view::npos ? std::string(body) : decode_percent(body));
    if (!decoded) return std::nullopt;
    out.bytes = std::move(*decoded);
    return out;
}

} // namespace deckle::layout
