#include "layout/token.hpp"

namespace deckle::layout {

TokenPtr clone(Token const& token) {
    auto copy = std::make_unique<Token>();
    copy->child = token.child;
    if (token.inner) copy->inner = clone(*token.inner);
    copy->fresh = token.fresh;
    copy->finished = token.finished;
    copy->forced = token.forced;
    copy->consumed = token.consumed;
    copy->offset = token.offset;
    copy->index = token.index;
    for (TokenPtr const& part : token.parts) copy->parts.push_back(part ? clone(*part) : nullptr);
    copy->part_ids = token.part_ids;
    for (FloatRest const& rest : token.floats) {
        FloatRest& made = copy->floats.emplace_back();
        made.box = rest.box;
        made.token = clone(*rest.token);
        made.x = rest.x;
        made.width = rest.width;
    }
    copy->waiting = token.waiting;
    return copy;
}

} // namespace deckle::layout
