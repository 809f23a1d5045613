#include "pdf/content.hpp"
#include "pdf/numbers.hpp"
#include "text/utf8.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <span>

// Glyph runs. The viewer advances by the widths in the font's dictionary; where the run wants something else (kerning,
// spacing, rounding) a number in the TJ array moves the pen. https://www.adobe.com PDF 32000-1, 9.4.3
namespace deckle::pdf {
namespace {

/// Thousandths of an em that a glyph may be off before the pen is moved: 0.03 pt at 10 pt. Does not add up.
constexpr double pen_tolerance = 3;

/// Characters that steer layout and are not text: soft hyphens that did not show, zero-width and bidi controls.
bool is_control(char32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F && c != 0x200C && c != 0x200D) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

/// The cluster's text without controls, unless there is nothing else.
std::string_view visible_text(std::string_view cluster, std::string& scratch) {
    if (cluster.size() < 3) return cluster;
    scratch.clear();
    for (std::size_t i = 0; i < cluster.size();) {
        std::size_t const begin = i;
        if (!is_control(text::next_character(cluster, i))) scratch.append(cluster.substr(begin, i - begin));
    }
    return scratch.empty() || scratch.size() == cluster.size() ? cluster : std::string_view(scratch);
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Appends one two-byte code inside a literal string.
void append_code(std::string& out, std::uint16_t code) {
    for (char const c : {static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)}) {
        if (c == '\r') {
            out += "\\r";
            continue;
        }
        if (c == '(' || c == ')' || c == '\\') out += '\\';
        out += c;
    }
}

/// Gathers codes and pen moves of one TJ; plain Tj while there is no move.
class Shower {
public:
    Shower(std::string& out, double size) : out_(out), scale_(1000 / size) {}

    /// REQUIRES: x and advance in points, x from the run's origin.
    void glyph(Font::Code code, double x) {
        double const shift = x * scale_ - pen_;
        if (std::abs(shift) >= pen_tolerance) move(std::lround(shift));
        if (!open_) open();
        append_code(out_, code.value);
        pen_ += code.width;
    }
    void close() {
        if (!open_) return;
        out_ += array_ ? ")]TJ\n" : ")Tj\n";
        open_ = array_ = false;
    }

private:
    void open() {
        begin_ = out_.size();
        out_ += '(';
        open_ = true;
    }
    void move(long shift) {
        if (!open_) {
            begin_ = out_.size();
            out_ += "[(";
            open_ = array_ = true;
        } else if (!array_) {
            out_.insert(begin_, 1, '[');
            array_ = true;
        }
        if (out_.back() == '(' && out_.size() == begin_ + 2)
            out_.pop_back();
        else
            out_ += ')';
        append_integer(out_, -shift);
        out_ += '(';
        pen_ += static_cast<double>(shift);
    }

    std::string& out_;
    double scale_;
    double pen_ = 0; // where the viewer is, thousandths of an em from the origin
    std::size_t begin_ = 0;
    bool open_ = false, array_ = false;
};

} // namespace

/// What follows copies as `text`. With tags this is a mark of the node's own, not one inside its other mark: not every
/// reader nests them.
// ISO 32000-1, 14.9.4
void Content::begin_replaced(layout::NodeId node, std::string_view text) {
    std::string entry = "/ActualText<";
    append_utf16_hex(entry, text, true);
    entry += '>';
    if (tags_ != nullptr && node != 0) {
        end_mark();
        begin_mark(node, entry);
    } else {
        out_ += "/Span<<" + entry + ">>BDC\n";
    }
}

void Content::end_replaced(layout::NodeId node) {
    if (tags_ != nullptr && node != 0)
        end_mark();
    else
        out_ += "EMC\n";
}

void Content::show_glyphs(layout::GlyphRun const& run, Font& font) {
    if (resources_.pdf_a() && std::ranges::any_of(run.glyphs, [](layout::Glyph const& g) { return g.id == 0; }))
        break_pdf_a("a character that no font has cannot be shown: add a font that has it");
    Shower shower(out_, run.size);
    auto const& glyphs = run.glyphs;
    std::string_view const text = run.text;
    std::string scratch;
    double pen = 0;
    double rise = 0;
    auto const show = [&](layout::Glyph const& glyph, std::string_view copied) {
        if (double const wanted = -glyph.y_offset; wanted != rise) {
            shower.close();
            number(wanted);
            out_ += "Ts\n";
            rise = wanted;
        }
        shower.glyph(font.code(glyph.id, copied), pen + glyph.x_offset);
        pen += glyph.x_advance;
    };

    // Stretches that copy as a text of their own: words of letters set apart, and odd clusters.
    auto const replace = [&](std::string_view copied) {
        shower.close();
        begin_replaced(run.node, copied);
    };
    auto const end_replacement = [&] {
        shower.close();
        end_replaced(run.node);
    };
    std::vector<std::string_view> parts; // of a cluster
    std::size_t word_end = 0;            // of the word that is being replaced

    std::size_t const count = glyphs.size();
    for (std::size_t i = 0; i < count;) {
        std::uint32_t const cluster = glyphs[i].cluster;
        if (word_end != 0 && cluster >= word_end) {
            end_replacement();
            word_end = 0;
        }
        if (run.spaced && !run.rtl && word_end == 0 && cluster < text.size() && text[cluster] != ' ') {
            word_end = std::min(text.find(' ', cluster), text.size());
            replace(text.substr(cluster, word_end - cluster));
        } else if (word_end == 0 && tags_ != nullptr && marked_ != run.node) {
            shower.close();
            mark(run.node);
        }
        std::size_t next = i + 1;
        while (next < count && glyphs[next].cluster == cluster) ++next;
        // The cluster's text reaches to the next cluster in reading order.
        std::size_t end = text.size();
        if (!run.rtl && next < count)
            end = glyphs[next].cluster;
        else if (run.rtl && i > 0)
            end = glyphs[i - 1].cluster;
        std::string_view copied;
        if (cluster < text.size() && end > cluster) copied = text.substr(cluster, std::min(end, text.size()) - cluster);
        if (copied.size() > 1) copied = visible_text(copied, scratch);

        std::span<layout::Glyph const> const drawn(glyphs.data() + i, next - i);
        if (drawn.size() == 1 && (!run.rtl || characters(copied) < 2)) {
            show(drawn[0], copied);
        } else if (characters(copied) >= drawn.size()) {
            // Each glyph takes one character, the one that is read last takes the rest, so that together they copy
            // as the cluster, whatever order the script draws them in.
            parts.clear();
            std::size_t at = 0;
            while (at < copied.size()) {
                std::size_t const begin = at;
                (void)text::next_character(copied, at);
                // Readers turn a run from right to left round, the letters of a ligature too: one letter a glyph.
                bool const rest = parts.size() + 1 == drawn.size() && !(run.rtl && font.blank() != 0);
                if (rest) at = copied.size();
                parts.push_back(copied.substr(begin, at - begin));
            }
            if (run.rtl)
                for (std::size_t k = parts.size(); k > drawn.size(); --k)
                    show({font.blank(), cluster, 0, 0, drawn[0].y_offset}, parts[k - 1]);
            for (std::size_t k = 0; k < drawn.size(); ++k) show(drawn[k], parts[run.rtl ? drawn.size() - 1 - k : k]);
        } else {
            bool const alone = word_end == 0;
            if (alone) replace(copied);
            for (std::size_t k = 0; k < drawn.size(); ++k) show(drawn[k], k == 0 ? copied : std::string_view());
            if (alone) end_replacement();
        }
        i = next;
    }
    if (word_end != 0) end_replacement();
    shower.close();
    if (rise != 0) out_ += "0 Ts\n";
}

} // namespace deckle::pdf
