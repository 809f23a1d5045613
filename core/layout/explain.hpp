/// Why a page ends where it does (Options::explain_breaks). While a page is laid out the flow notes what did not fit
/// and which places it passed over; explain_break() makes one line of that and of where the page did end.
#pragma once
#include "layout/context.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace deckle::layout {

struct BreakTrace {
    // clang-format off
    enum class Why : std::uint8_t {
        kept_with_next, kept_with_previous, // break-after: avoid of `box`, break-before: avoid of `box`
        kept_inside,                        // break-inside: avoid of `box`
        orphans, rows_alone,                // lines of `box`, rows of `box`
        spanned,                            // a cell reaches over the place before `box`
    };
    // clang-format on
    struct Note {
        Why why = Why::kept_inside;
        Box const* box = nullptr;
        friend bool operator==(Note const&, Note const&) = default;
    };

    Box const* lacking = nullptr; // the first that did not fit
    double missing = 0;           // how much room it lacked; 0 = not known
    std::vector<Note> notes;      // places passed over, each once
    Box const* forced_by = nullptr;
    std::string_view forced_how; // "break-before", "break-after", "page"

    void lack(Box const& box, double by) {
        if (lacking) return;
        lacking = &box;
        missing = by;
    }
    void note(Why why, Box const& box);
    void force(Box const& box, std::string_view how) {
        forced_by = &box;
        forced_how = how;
    }
};

/// "ends before <tr> at ledger.html:57: it did not fit, 4.2pt were missing". `laid` is the root's piece on the page.
[[nodiscard]] std::string explain_break(Context& context, Box const& root, Laid const& laid, BreakTrace const& trace);
/// The box below `box` whose own break-before (`front`) or break-after asks for the break that was passed up to it.
[[nodiscard]] Box const& break_origin(Box const& box, bool front);

} // namespace deckle::layout
