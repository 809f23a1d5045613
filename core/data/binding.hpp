/// How one catalogue dataset is taken from a source: [datasets.NAME] of deckle.toml, checked.
#pragma once
#include "base/error.hpp"
#include "data/connectors/connector.hpp"
#include <map>
#include <string>
#include <vector>

namespace deckle::data {

/// Source texts and what they become; keys are folded (lower case, trimmed); "*" = any other text.
using ValueMap = std::map<std::string, std::string, std::less<>>;

/// Where one catalogue column comes from.
struct ColumnBinding {
    enum class Kind { source, constant, difference, unbound };
    Kind kind = Kind::source;
    std::vector<std::string> sources; // source: the first that is not blank; difference: {plus, minus}
    std::string constant;             // kind constant, or the default of blank cells
    bool negate = false;
    Notation notation;
    ValueMap values;
    Position position;
};

struct Binding {
    std::string connection;
    std::map<std::string, ColumnBinding, std::less<>> columns; // written ones; others are bound by equal names
    Settings settings;                                         // the connector's own keys (file, path, separator ...)
    Notation notation;
    std::vector<std::string> nulls;                                            // folded
    std::map<std::string, ValueMap, std::less<>> values;                       // by catalogue column
    std::vector<std::string> negate;                                           // catalogue columns
    std::map<std::string, std::vector<std::string>, std::less<>> only, except; // source column -> folded texts
    bool report_bad_rows = false;
    std::int64_t max_bad_rows = 100;
    Position position;
};

} // namespace deckle::data
