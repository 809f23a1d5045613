/// The life of a draft.
///
///     draft --submit--> review --approve--> approved --submitted--> submitted --shortlisted--> shortlisted
///       ^-----reject------'        |                                    |  won, lost               |  won, lost
///       '-----------reopen---------'                                    '------> won, lost <-------'
///     withdrawn: from draft, review, approved, submitted and shortlisted; reopen makes it a draft again.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace deckle::drafts {

/// The state after `action` (submit, approve, reject, reopen, submitted, shortlisted, won, lost, withdrawn). Throws
/// Error{refused} naming what is allowed in this state.
[[nodiscard]] std::string next_state(std::string_view action, std::string_view state);

/// States in which texts may be changed.
[[nodiscard]] std::vector<std::string> const& editable_states();

/// True when the document has left the house: its texts stay as they were sent.
[[nodiscard]] bool is_out(std::string_view state);

} // namespace deckle::drafts
