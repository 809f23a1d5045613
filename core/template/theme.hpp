/// The workspace's brand, put into CSS variables of theme.css.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace deckle::templates { // `template` is a word of C++

struct Theme {
    std::string brand = "#1f4e79";                // #rgb or #rrggbb
    std::filesystem::path logo{};                 // absolute, svg png or jpeg; empty = the company's name stands there
    std::string font = "Inter";                   // family name
    std::string confidentiality = "confidential"; // printed in the page header; may be empty
};

/// `:root{--brand:...}` for the theme and `paper` ("letter", "a4"). Throws Error{usage} for a colour, font or paper
/// that is not one (nothing else may reach a style sheet).
[[nodiscard]] std::string theme_variables(Theme const& theme, std::string const& paper);

/// The brand colour, darkened until it reads on white (contrast 4.5:1): for text and for charts. `#rrggbb`.
[[nodiscard]] std::string readable_brand(Theme const& theme);

/// `data:image/...;base64,...` of an image file. Throws Error{refused} outside `roots`, Error{data} for another kind of
/// file (decided by its first bytes), Error{limit} over 8 MB.
[[nodiscard]] std::string data_uri(std::filesystem::path const& file, std::vector<std::filesystem::path> const& roots);

} // namespace deckle::templates
