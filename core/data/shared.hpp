/// Datasets that several reports want, each source read once.
#pragma once
#include "data/dataset.hpp"
#include <map>
#include <set>
#include <string>
#include <vector>

namespace deckle::data {

/// Reads the columns of all reports together and gives each report its own, so that it sees what load() would have
/// given it. A dataset with a bad row, a problem or a diagnostic is read for each report by itself, since these depend
/// on the columns. A table is kept until the last report that wants it has it. Not thread-safe.
class SharedDatasets {
public:
    /// The arguments must outlive this.
    SharedDatasets(Workspace const& workspace, Catalogue const& catalogue, Instant now)
        : workspace_(workspace), catalogue_(catalogue), now_(now) {}

    /// Of every report, before the first load().
    void expect(std::vector<DatasetRequest> const& wanted);
    /// Of one report that was expected. Throws as data::load.
    [[nodiscard]] DatasetSet load(std::vector<DatasetRequest> const& wanted, Diagnostics& diagnostics);
    /// Datasets read so far for several reports at once, and by themselves: to see that sharing happens.
    [[nodiscard]] std::size_t read() const { return read_; }

private:
    struct Entry {
        DatasetRequest all;                 // what any report wants; nothing in it is required
        std::size_t left = 0;               // reports that still come for it
        bool loaded = false, alone = false; // alone: each report reads it by itself
        Dataset dataset;
    };

    [[nodiscard]] bool shares(DatasetRequest const& request) const;
    void read_together(std::vector<DatasetRequest> const& wanted);
    [[nodiscard]] bool suits(Entry const& entry, DatasetRequest const& request) const;
    [[nodiscard]] Dataset part(Entry const& entry, DatasetRequest const& request) const;

    Workspace const& workspace_;
    Catalogue const& catalogue_;
    Instant now_;
    std::map<std::string, Entry, std::less<>> entries_;
    std::size_t read_ = 0;
};

} // namespace deckle::data
