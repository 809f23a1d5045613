/// How an edition is made: the seam between the service, which decides what and when, and the pipeline.
#pragma once
#include "data/workspace.hpp"
#include "delivery/product.hpp"
#include "store/editions.hpp"

namespace deckle::service {

using delivery::File;
using delivery::Product;

class Press {
public:
    virtual ~Press() = default;
    /// Recorded in the run ledger; the files stand under the token of the job's lease, on the disk. Throws Error when
    /// there is nothing that could be delivered.
    [[nodiscard]] virtual Product make(store::Edition const& edition, data::Schedule const& schedule,
                                       std::int64_t token) = 0;
    /// What the edition's newest run gave, from the run ledger. Throws Error when a file is gone or changed.
    [[nodiscard]] virtual Product made(store::Edition const& edition) = 0;
};

} // namespace deckle::service
