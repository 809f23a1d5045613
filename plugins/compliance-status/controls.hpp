/// Controls, each mapped to the frameworks it serves.
#pragma once
#include "records.hpp"
#include <deckle/metric.hpp>
#include <map>

namespace compliance {

using deckle::Metric;
using deckle::ratio;

struct Framework {
    std::string name;
    int references = 0; // mapped to a control that applies
    int in_place = 0;   // by an implemented control
    int tested = 0;     // of these, tested and not due again
    [[nodiscard]] Metric coverage() const { return ratio(Decimal(in_place), Decimal(references), "no_mappings"); }
};

struct MappedControl {
    Control const* control = nullptr;
    std::map<std::string, std::vector<std::string>> references; // framework -> references
    bool test_overdue = false;
};

struct ControlMap {
    std::vector<Framework> frameworks; // by name
    std::vector<MappedControl> controls;
    std::vector<Mapping const*> unknown; // name a control that is not listed
    int shared = 0;                      // controls that serve two frameworks or more
    [[nodiscard]] int references() const;
    [[nodiscard]] int in_place() const;
};

[[nodiscard]] ControlMap map_controls(std::vector<Control> const& controls, std::vector<Mapping> const& mappings,
                                      Date as_of);

} // namespace compliance
