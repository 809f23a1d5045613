/// Replaced boxes: images and SVG, their natural sizes, and what is painted of them.
#pragma once
#include "layout/box.hpp"
#include "layout/image.hpp"
#include "layout/resources.hpp"
#include "layout/svg.hpp"
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace deckle::layout {

/// What a replaced box shows; without image and drawing its alternative text is shown instead.
struct Picture {
    std::shared_ptr<Image const> image;     // shared by all boxes with the same address
    std::shared_ptr<Drawing const> drawing; // likewise
    std::optional<double> width, height;    // natural size in points
    double ratio = 0;                       // width / height, 0 = none
};

class ReplacedStore {
public:
    explicit ReplacedStore(Resources& resources) : resources_(resources) {}
    [[nodiscard]] Picture const& picture(Box const& box, BoxSource const& source);
    [[nodiscard]] Picture const& picture(css::Url const& url, BoxSource const& source, Position const& position);

private:
    Picture load(std::string const& url, std::string const& base, BoxSource const& source, Position const& position);
    Resources& resources_;
    std::size_t decoded_pixels_ = 0;
    std::map<std::string, Picture> by_address_;
    std::unordered_map<html::Element const*, Picture> by_element_;
};

} // namespace deckle::layout
