#include "layout/font_faces.hpp"
#include "base/error.hpp"
#include <fmt/format.h>

namespace deckle::layout {

void add_font_faces(std::vector<css::FontFace> const& faces, text::FontSet& fonts, Resources& resources,
                    Diagnostics& diagnostics) {
    for (css::FontFace const& face : faces) {
        bool added = false;
        std::string reason = "it names no source";
        for (css::FontFace::Source const& source : face.sources) {
            if (source.local) {
                reason = fmt::format("local(\"{}\") is not looked up; give its file", source.url.url);
                continue;
            }
            std::optional<css::Loaded> file = resources.load(source.url.url, source.url.base, face.position);
            if (!file) {
                reason = source.url.url + " cannot be read";
                continue;
            }
            try {
                text::Face const& made =
                    fonts.add_face(text::Face::from_bytes(std::move(file->bytes), source.url.url), face.family,
                                   (face.weight_min + face.weight_max) / 2, face.italic, face.unicode_ranges);
                added = true;
                if (made.is_variable() || face.weight_min != face.weight_max)
                    diagnostics.warning("font-variable",
                                        fmt::format("@font-face \"{}\": only the default style of a variable font is "
                                                    "used; give a file for each weight",
                                                    face.family),
                                        face.position);
                break;
            } catch (Error const& error) {
                reason = error.what();
            }
        }
        if (!added) {
            diagnostics.warning("font-face", fmt::format("@font-face \"{}\" is left out: {}", face.family, reason),
                                face.position);
        }
    }
}

} // namespace deckle::layout
