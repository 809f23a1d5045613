/// The inline content of one block container: text, inline boxes and objects in one shaped paragraph.
#pragma once
#include "layout/context.hpp"
#include "text/shaped_text.hpp"
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace deckle::layout {

struct InlineContent {
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    /// One StyledRun of the paragraph.
    struct Run {
        Box const* box = nullptr;    // text, line break, or an atomic box
        std::uint32_t parent = none; // innermost inline box
        std::uint32_t atomic = none; // index in `atomics`
        bool leader = false;
        bool deferred = false; // an object for text that is filled when the page is full
    };
    /// An inline box; `lead` and `trail` are its margin, border and padding at either end.
    struct Inline {
        Box const* box = nullptr;
        std::uint32_t parent = none;
        std::uint32_t first_run = 0, end_run = 0;
        float lead = 0, trail = 0;
        bool visible = false; // something of it is painted, or it is a link or an anchor
    };
    /// An inline-block, inline-table, inline-flex or replaced box. Its layout is handed out once: see take_atomic().
    struct Atomic {
        Box const* box = nullptr;
        Size margin_box;
        double above = 0, below = 0; // of the baseline, margin box
        Laid laid;
        bool taken = false;
    };
    /// A float, a positioned box, a running element or an anchor that stands between two characters.
    struct Attachment {
        Box const* box = nullptr;
        std::uint32_t offset = 0;
        std::uint32_t parent = none; // innermost inline box
    };

    text::ShapedText shaped;
    std::vector<Run> runs;
    std::vector<Inline> inlines;
    std::vector<Atomic> atomics;
    std::vector<Attachment> attachments; // by offset
    Aligned const* aligned = nullptr;    // text-align: "." of a cell
    double width = 0;                    // content width it was made for; matters when there are atomics
    std::optional<double> height;        // the same of the height, when definite
    bool has_leaders = false;
    bool uniform = true;    // no inline boxes that change line metrics, no atomics
    bool anywhere = false;  // overflow-wrap: a word that is too wide breaks where it has to
    bool break_all = false; // word-break: every word breaks where the line is full
    bool finished = false;  // placed to its end: may be forgotten when the page is
};

/// The content of `box`, made when first asked for.
[[nodiscard]] InlineContent& inline_content(Context& context, Box const& box, double width,
                                            std::optional<double> height);
/// The layout of an atomic, done again when it was handed out before.
[[nodiscard]] Laid take_atomic(Context& context, InlineContent& content, std::uint32_t index);
/// Where the line `begin`..`end` has the block's alignment character: the width before it; all of it when it has none.
[[nodiscard]] double width_before_character(InlineContent const& content, char32_t character, std::uint32_t begin,
                                            std::uint32_t end);
/// Content widths of a block container with inline children.
[[nodiscard]] Widths inline_widths(Context& context, Box const& box);

} // namespace deckle::layout
