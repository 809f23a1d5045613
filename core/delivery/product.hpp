/// What making an edition gave: the files that leave, and the models that say what is in them.
#pragma once
#include "model/json.hpp"
#include "store/store.hpp"
#include <filesystem>
#include <string>
#include <vector>

namespace deckle::delivery {

/// A file as it was made; never changed afterwards: .deckle/artifacts/EDITION/TOKEN/NAME.
struct File {
    std::filesystem::path path;
    std::string name; // as the recipient sees it
    std::string media_type;
    std::string sha256; // of its bytes, lower case
    std::int64_t bytes = 0;
    std::string report; // id; empty for the whole of a pack
};

struct Product {
    std::string run;                          // of the ledger: of the pack as a whole, or of the report
    std::vector<std::string> runs;            // of each report
    store::Status status = store::Status::ok; // or partial
    std::string message;                      // why it is partial
    std::vector<model::Json> models;          // report models with `run`, in the pack's order
    std::vector<File> files;                  // the PDF that leaves: of a pack the whole
};

} // namespace deckle::delivery
