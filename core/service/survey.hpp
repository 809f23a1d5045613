/// What the pipeline finds in the workspace as it is now: the other seam to it beside Press.
#pragma once
#include "model/json.hpp"
#include "store/store.hpp"
#include <optional>
#include <string>
#include <vector>

namespace deckle::service {

/// How far an editable document is.
struct DraftProgress {
    std::string id, report, state;
    model::Json params;
    std::size_t approved = 0, fields = 0; // texts as they read today
};

class Survey {
public:
    virtual ~Survey() = default;
    /// Newest first. Throws Error.
    [[nodiscard]] virtual std::vector<DraftProgress> drafts() = 0;
    /// The calendar file (.ics) that a report gives today; nullopt when it gives none. Throws Error when the report
    /// cannot be made.
    [[nodiscard]] virtual std::optional<std::string> calendar(std::string const& report) = 0;
    /// Makes the report of an earlier run again, with its period, day and parameters, from the data as they are now.
    /// The ledger keeps the newest such run with its figures, marked as made for comparison. Throws Error.
    [[nodiscard]] virtual std::vector<store::Figure> run_again(store::Run const& sent) = 0;
};

} // namespace deckle::service
