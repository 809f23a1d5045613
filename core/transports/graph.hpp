/// Microsoft Graph sendMail, as an application (Mail.Send) for one mailbox.
// https://learn.microsoft.com/graph/api/user-sendmail
#pragma once
#include "transports/transports.hpp"
#include <memory>

namespace deckle::transports {

[[nodiscard]] std::unique_ptr<delivery::Transport> make_graph(data::GraphSettings const& settings,
                                                              SecretReader const& secret);

} // namespace deckle::transports
