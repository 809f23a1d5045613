#include "drafts/states.hpp"
#include "base/error.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::drafts {
namespace {

struct Move {
    std::string_view action, from, to;
};

constexpr Move moves[] = {
    {"submit", "draft", "review"},
    {"approve", "review", "approved"},
    {"reject", "review", "draft"},
    {"reopen", "review", "draft"},
    {"reopen", "approved", "draft"},
    {"reopen", "withdrawn", "draft"},
    {"submitted", "approved", "submitted"},
    {"shortlisted", "submitted", "shortlisted"},
    {"won", "submitted", "won"},
    {"won", "shortlisted", "won"},
    {"lost", "submitted", "lost"},
    {"lost", "shortlisted", "lost"},
    {"withdrawn", "draft", "withdrawn"},
    {"withdrawn", "review", "withdrawn"},
    {"withdrawn", "approved", "withdrawn"},
    {"withdrawn", "submitted", "withdrawn"},
    {"withdrawn", "shortlisted", "withdrawn"},
};

bool is_mark(std::string_view action) {
    return action != "submit" && action != "approve" && action != "reject" && action != "reopen";
}

} // namespace

std::string next_state(std::string_view action, std::string_view state) {
    for (Move const& move : moves)
        if (move.action == action && move.from == state) return std::string(move.to);
    std::string allowed;
    for (Move const& move : moves)
        if (move.from == state)
            allowed +=
                fmt::format("{}{}{}", allowed.empty() ? "" : ", ", is_mark(move.action) ? "mark " : "", move.action);
    throw Error(ErrorCode::refused,
                fmt::format("a draft that is {} cannot be {}; {}", state,
                            action == "submit"    ? "submitted for review"
                            : action == "approve" ? "approved"
                            : action == "reject"  ? "rejected"
                            : action == "reopen"  ? "reopened"
                                                  : fmt::format("marked {}", action),
                            allowed.empty() ? "nothing follows that state" : "possible now: " + allowed));
}

std::vector<std::string> const& editable_states() {
    static std::vector<std::string> const states = {"draft", "review"};
    return states;
}

bool is_out(std::string_view state) {
    return state == "submitted" || state == "shortlisted" || state == "won" || state == "lost";
}

} // namespace deckle::drafts
