/// What content streams refer to by name: fonts, graphics states, images, shadings, forms. Inside core/pdf only.
#pragma once
#include "layout/page.hpp"
#include "pdf/fonts.hpp"
#include "pdf/objects.hpp"
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

namespace deckle::pdf {

/// The names one content stream uses, beside the fonts, which all streams share.
struct Names {
    std::map<std::string, std::uint32_t> xobjects, shadings, states;
    bool transparent = false; // an image with a mask; other transparency is in `states`
    void merge(Names const& other);
};

/// The document's resources. Images are kept until the writer ends, so that each is written once.
class Resources {
public:
    Resources(Objects& objects, bool pdf_a) : objects_(objects), fonts_object_(objects.reserve()), pdf_a_(pdf_a) {}

    [[nodiscard]] Font& font(text::Face const& face) { return fonts_.use(face, objects_); }
    [[nodiscard]] std::vector<text::Face const*> faces() const { return fonts_.faces(); }
    /// Whether the rules of PDF/A are to be kept, and whether they were.
    [[nodiscard]] bool pdf_a() const { return pdf_a_; }
    [[nodiscard]] bool keeps_pdf_a() const { return pdf_a_ && !broken_; }
    void break_pdf_a() { broken_ = true; }
    /// Name of the graphics state with these alphas, 0..255 as layout has them.
    [[nodiscard]] std::string alpha_state(std::uint8_t fill, std::uint8_t stroke, Names& names);
    /// A graphics state used in one place only, such as a soft mask.
    [[nodiscard]] std::string state(std::string body, Names& names);
    [[nodiscard]] std::string image(std::shared_ptr<layout::Image const> const& image, Names& names);
    /// `y_flip`: the page's height, since shadings live in the content's coordinates.
    [[nodiscard]] std::string shading(layout::Gradient const& gradient, double y_flip, bool alpha, Names& names);
    [[nodiscard]] std::string form(std::string_view group, std::string const& content, Names const& inner, Names& names,
                                   std::string_view entries = {});
    /// A soft mask of the gradient's alphas, as a graphics state.
    [[nodiscard]] std::string alpha_mask(layout::Gradient const& gradient, double y_flip, Names& names);

    /// The resource dictionary of a content stream.
    [[nodiscard]] std::string dictionary(Names const& names) const;
    void write(SubsetCache& subsets);

private:
    Objects& objects_;
    Object fonts_object_;
    Fonts fonts_;
    std::map<std::pair<std::uint8_t, std::uint8_t>, Object> alpha_states_;
    std::unordered_map<layout::Image const*, std::pair<std::shared_ptr<layout::Image const>, Object>> images_;
    unsigned forms_ = 0, shadings_ = 0, states_ = 0;
    bool pdf_a_, broken_ = false;
};

} // namespace deckle::pdf
