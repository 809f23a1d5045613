/// Items to the operators of a content stream. Inside core/pdf only.
#pragma once
#include "base/diagnostics.hpp"
#include "layout/page.hpp"
#include "pdf/resources.hpp"
#include "pdf/tags.hpp"
#include <optional>
#include <string>
#include <vector>

namespace deckle::pdf {

/// A link or an anchor with its place on the page, y downwards.
struct PlacedLink {
    layout::Rect rect;
    std::string uri;
    layout::NodeId node = 0;
};
struct PlacedAnchor {
    layout::Point at;
    std::string name;
};

/// Writes one stream. The page's y axis is turned (y' = height - y) at each number, so text needs no mirrored matrix.
class Content {
public:
    /// `fresh`: the stream begins in the default graphics state, so black need not be set.
    Content(Resources& resources, double height, Diagnostics& diagnostics, std::size_t page, bool fresh);

    void items(std::vector<layout::Item> const& items);
    /// Marks what belongs to nodes of the structure; `key` is the page's, when it has one from an earlier stream.
    void set_tags(Tags* tags, std::optional<std::uint32_t> key) {
        tags_ = tags;
        key_ = key;
    }
    /// The stream's key in the parent tree, when something in it was marked.
    [[nodiscard]] std::optional<std::uint32_t> key() const { return key_; }
    /// Ends open text; the stream's operators.
    [[nodiscard]] std::string const& finish();
    [[nodiscard]] Names const& names() const { return names_; }
    [[nodiscard]] std::vector<PlacedLink>& links() { return links_; }
    [[nodiscard]] std::vector<PlacedAnchor>& anchors() { return anchors_; }

private:
    /// What the viewer has set; -1 and the like = unknown.
    struct State {
        std::int64_t fill = -1, stroke = -1; // 0xRRGGBB
        int fill_alpha = -1, stroke_alpha = -1;
        double width = -1, miter = -1;
        int cap = -1, join = -1;
        std::vector<double> dashes{-1};
        double dash_offset = -1;
        Font const* font = nullptr;
        std::int64_t font_size = -1; // thousandths
    };

    void draw(layout::GlyphRun const& run);
    void draw(layout::FillRect const& fill);
    void draw(layout::FillPath const& fill);
    void draw(layout::StrokePath const& stroke);
    void draw(layout::DrawImage const& image);
    void draw(layout::Link const& link);
    void draw(layout::Anchor const& anchor);
    void draw(std::unique_ptr<layout::Group> const& group);
    void draw_group(layout::Group const& group);

    void show_glyphs(layout::GlyphRun const& run, Font& font);
    void begin_replaced(layout::NodeId node, std::string_view text);
    void end_replaced(layout::NodeId node);
    void draw_synthetic(layout::GlyphRun const& run, Font& font);
    void begin_text(layout::GlyphRun const& run, Font const& font);
    void end_text();
    void mark(layout::NodeId node);
    /// `entry`: more for the property list.
    void begin_mark(layout::NodeId node, std::string_view entry = {});
    void end_mark();
    /// Ends open text, before something that is no text.
    void begin_shape() {
        end_text();
        mark(0);
    }
    void fill_color(layout::Color color);
    void stroke_color(layout::Color color);
    void alpha(std::uint8_t fill, std::uint8_t stroke);
    void line_style(layout::Stroke const& stroke);
    /// False when the path holds a number that is none (reported).
    bool path(layout::Path const& path);
    void gradient(layout::Gradient const& gradient);
    void matrix(layout::Matrix const& m);
    bool usable(bool finite, char const* what);
    /// Something that PDF/A does not allow.
    void break_pdf_a(char const* what);
    void save();
    void restore();

    void number(double value, char after = ' ');
    void y(double value, char after = ' ');

    Resources& resources_;
    double height_;
    Diagnostics& diagnostics_;
    std::size_t page_;
    std::string out_;
    Names names_;
    State state_;
    std::vector<State> saved_;
    layout::Matrix to_page_;
    Tags* tags_ = nullptr; // null: no tags, or inside a figure, which is one mark
    std::optional<std::uint32_t> key_;
    std::optional<layout::NodeId> marked_; // of the open mark; 0 = an artifact
    bool in_text_ = false;
    std::int64_t line_x_ = 0, line_y_ = 0; // of the text line matrix, thousandths
    std::size_t rect_end_ = 0;             // out_'s length when the last thing written was "f" after rectangles
    std::vector<PlacedLink> links_;
    std::vector<PlacedAnchor> anchors_;
};

} // namespace deckle::pdf
