#pragma once
#include "transports/transports.hpp"
#include <memory>

namespace deckle::transports {

/// `ehlo`: the name we greet with.
[[nodiscard]] std::unique_ptr<delivery::Transport> make_smtp(data::SmtpSettings const& settings,
                                                             std::string const& ehlo, SecretReader const& secret);

} // namespace deckle::transports
