/// One job make/EDITION/N: the edition is made, and held, put up for review, skipped or sent on its way.
#pragma once
#include "service/office.hpp"
#include "service/press.hpp"

namespace deckle::service {

void make_edition(Office& office, Press& press, store::Job const& job);
/// It threw, or was ended: made again later or, after too many attempts, failed and told.
void fail_make(Office& office, store::Job const& job, std::string const& reason);
[[nodiscard]] std::chrono::milliseconds make_limit(Office& office, store::Job const& job);

} // namespace deckle::service
