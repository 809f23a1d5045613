#include "base/error.hpp"
#include "layout/image.hpp"
#include <array>
#include <gtest/gtest.h>
#include <jpeglib.h>
#include <png.h>

using namespace deckle;
using namespace deckle::layout;

namespace {

/// A PNG of 2 x 2 pixels in any colour type, through libpng's full writer.
std::string png(int type, int depth, std::vector<std::vector<png_byte>> const& rows, bool interlaced = false,
                void (*more)(png_structp, png_infop) = nullptr) {
    std::string out;
    auto* writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    auto* info = png_create_info_struct(writer);
    png_set_write_fn(
        writer, &out,
        [](png_structp p, png_bytep bytes, png_size_t n) {
            static_cast<std::string*>(png_get_io_ptr(p))->append(reinterpret_cast<char*>(bytes), n);
        },
        nullptr);
    png_set_IHDR(writer, info, 2, 2, depth, type, interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
    if (more) more(writer, info);
    png_write_info(writer, info);
    std::vector<png_bytep> pointers;
    auto copy = rows;
    for (auto& row : copy) pointers.push_back(row.data());
    png_write_image(writer, pointers.data());
    png_write_end(writer, nullptr);
    png_destroy_write_struct(&writer, &info);
    return out;
}

std::vector<int> bytes(std::vector<std::uint8_t> const& v) {
    return {v.begin(), v.end()};
}

TEST(Png, gray_and_rgb) {
    auto const gray = decode_image(png(PNG_COLOR_TYPE_GRAY, 8, {{0, 128}, {200, 255}}), "g.png");
    EXPECT_EQ(gray->channels, 1);
    EXPECT_EQ(bytes(gray->samples), (std::vector{0, 128, 200, 255}));
    EXPECT_TRUE(gray->alpha.empty());
    auto const bits = decode_image(png(PNG_COLOR_TYPE_GRAY, 1, {{0x40}, {0x80}}), "b.png");
    EXPECT_EQ(bytes(bits->samples), (std::vector{0, 255, 255, 0}));
    auto const rgb =
        decode_image(png(PNG_COLOR_TYPE_RGB, 8, {{1, 2, 3, 4, 5, 6}, {7, 8, 9, 10, 11, 12}}, true), "i.png");
    EXPECT_EQ(rgb->channels, 3);
    EXPECT_EQ(bytes(rgb->samples), (std::vector{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
}

TEST(Png, alpha) {
    auto const rgba =
        decode_image(png(PNG_COLOR_TYPE_RGBA, 8, {{1, 2, 3, 255, 4, 5, 6, 0}, {7, 8, 9, 128, 1, 1, 1, 255}}), "a.png");
    EXPECT_EQ(rgba->channels, 3);
    EXPECT_EQ(bytes(rgba->alpha), (std::vector{255, 0, 128, 255}));
    auto const ga = decode_image(png(PNG_COLOR_TYPE_GRAY_ALPHA, 8, {{9, 255, 8, 1}, {7, 255, 6, 255}}), "ga.png");
    EXPECT_EQ(ga->channels, 1);
    EXPECT_EQ(bytes(ga->alpha), (std::vector{255, 1, 255, 255}));
    auto const opaque = decode_image(png(PNG_COLOR_TYPE_GRAY_ALPHA, 8, {{9, 255, 8, 255}, {7, 255, 6, 255}}), "o.png");
    EXPECT_TRUE(opaque->alpha.empty()) << "opaque alpha is dropped";
}

TEST(Png, palette_and_transparency) {
    auto const with_palette = [](png_structp p, png_infop i) {
        std::array<png_color, 3> const colors{{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}}};
        png_set_PLTE(p, i, colors.data(), 3);
        std::array<png_byte, 3> alpha{255, 0, 100};
        png_set_tRNS(p, i, alpha.data(), 3, nullptr);
    };
    auto const image = decode_image(png(PNG_COLOR_TYPE_PALETTE, 8, {{0, 1}, {2, 0}}, true, with_palette), "p.png");
    EXPECT_EQ(bytes(image->samples), (std::vector{255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 0, 0}));
    EXPECT_EQ(bytes(image->alpha), (std::vector{255, 0, 100, 255}));
    auto const keyed = decode_image(png(PNG_COLOR_TYPE_RGB, 8, {{1, 2, 3, 4, 5, 6}, {1, 2, 3, 9, 9, 9}}, false,
                                        [](png_structp p, png_infop i) {
                                            png_color_16 key{0, 1, 2, 3, 0};
                                            png_set_tRNS(p, i, nullptr, 0, &key);
                                        }),
                                    "k.png");
    EXPECT_EQ(bytes(keyed->alpha), (std::vector{0, 255, 0, 255}));
}

TEST(Png, sixteen_bits_and_density) {
    auto const image = decode_image(
        png(PNG_COLOR_TYPE_RGB, 16,
            {{255, 255, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0}, {0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255}}, false,
            [](png_structp p, png_infop i) { png_set_pHYs(p, i, 11811, 11811, PNG_RESOLUTION_METER); }),
        "s.png");
    EXPECT_EQ(bytes(image->samples), (std::vector{255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255}));
    EXPECT_NEAR(image->dpi_x, 300, 0.01);
}

TEST(Png, broken_and_too_big) {
    auto const good = png(PNG_COLOR_TYPE_GRAY, 8, {{0, 128}, {200, 255}});
    EXPECT_THROW((void)decode_image(good.substr(0, good.size() - 20), "cut.png"), Error);
    EXPECT_THROW((void)decode_image("GIF89a", "x.gif"), Error);
    EXPECT_THROW((void)decode_image("", "x"), Error);
    try {
        (void)decode_image(good, "big.png", {.pixels = 3});
        FAIL();
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::limit);
        EXPECT_NE(e.to_string().find("big.png"), std::string::npos);
    }
    EXPECT_THROW((void)decode_image(good, "x", {.bytes = 10}), Error);
}

std::string jpeg(int components, J_COLOR_SPACE space, bool progressive = false, int width = 4, int height = 2) {
    jpeg_compress_struct c{};
    jpeg_error_mgr errors{};
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&c, &bytes, &size);
    c.image_width = static_cast<JDIMENSION>(width);
    c.image_height = static_cast<JDIMENSION>(height);
    c.input_components = components;
    c.in_color_space = space;
    jpeg_set_defaults(&c);
    c.density_unit = 1;
    c.X_density = 300;
    c.Y_density = 150;
    if (progressive) jpeg_simple_progression(&c);
    jpeg_start_compress(&c, TRUE);
    for (int y = 0; y < height; ++y) {
        std::vector<JSAMPLE> row(static_cast<std::size_t>(width * components), static_cast<JSAMPLE>(y * 100));
        JSAMPROW pointer = row.data();
        jpeg_write_scanlines(&c, &pointer, 1);
    }
    jpeg_finish_compress(&c);
    std::string out(reinterpret_cast<char*>(bytes), size);
    jpeg_destroy_compress(&c);
    std::free(bytes);
    return out;
}

TEST(Jpeg, goes_through) {
    auto const file = jpeg(3, JCS_RGB);
    auto const image = decode_image(file, "a.jpg");
    EXPECT_EQ(image->width, 4);
    EXPECT_EQ(image->height, 2);
    EXPECT_EQ(image->channels, 3);
    EXPECT_EQ(image->jpeg, file);
    EXPECT_TRUE(image->samples.empty());
    EXPECT_EQ(image->dpi_x, 300);
    EXPECT_EQ(image->dpi_y, 150);
    EXPECT_EQ(decode_image(jpeg(1, JCS_GRAYSCALE), "g.jpg")->channels, 1);
    EXPECT_EQ(decode_image(jpeg(3, JCS_RGB, true), "p.jpg")->width, 4) << "progressive";
}

TEST(Jpeg, cmyk_of_adobe_is_inverted) {
    auto const image = decode_image(jpeg(4, JCS_CMYK), "c.jpg");
    EXPECT_EQ(image->channels, 4);
    EXPECT_TRUE(image->inverted);
}

TEST(Jpeg, turned_by_the_camera) {
    auto file = jpeg(1, JCS_GRAYSCALE, false, 16, 8);
    std::string const exif = std::string("\xFF\xE1\x00\x22"
                                         "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0",
                                         36);
    file.insert(2, exif);
    auto const image = decode_image(file, "t.jpg");
    EXPECT_EQ(image->width, 8);
    EXPECT_EQ(image->height, 16);
    EXPECT_TRUE(image->jpeg.empty());
    ASSERT_EQ(image->samples.size(), 128u);
    EXPECT_GT(image->samples[0], image->samples[7]) << "what was the bottom is now the left side";
    EXPECT_EQ(image->dpi_x, 150);
}

TEST(Jpeg, broken) {
    auto const file = jpeg(3, JCS_RGB);
    EXPECT_THROW((void)decode_image(file.substr(0, 30), "x.jpg"), Error);
    EXPECT_THROW((void)decode_image(std::string("\xFF\xD8\xFF\xD9", 4), "x.jpg"), Error);
    auto arithmetic = file;
    arithmetic[arithmetic.find("\xFF\xC0") + 1] = '\xC9';
    EXPECT_THROW((void)decode_image(arithmetic, "x.jpg"), Error);
}

TEST(DataUri, forms) {
    EXPECT_EQ(parse_data_uri("data:text/plain,a%20b%zz")->bytes, "a b%zz");
    EXPECT_EQ(parse_data_uri("data:image/PNG;base64,QUJD")->media_type, "image/png");
    EXPECT_EQ(parse_data_uri("data:;base64,QUI=")->bytes, "AB");
    EXPECT_EQ(parse_data_uri("DATA:x;charset=utf-8;base64,Q Q\n==")->bytes, "A");
    EXPECT_EQ(parse_data_uri("data:,x")->media_type, "text/plain");
    EXPECT_FALSE(parse_data_uri("data:x;base64,Q"));
    EXPECT_FALSE(parse_data_uri("data:x;base64,Q?=="));
    EXPECT_FALSE(parse_data_uri("data:nocomma"));
    EXPECT_FALSE(parse_data_uri("http://x"));
}

} // namespace
