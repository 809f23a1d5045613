#include "controls.hpp"
#include <algorithm>

namespace compliance {

int ControlMap::references() const {
    int n = 0;
    for (Framework const& f : frameworks) n += f.references;
    return n;
}

int ControlMap::in_place() const {
    int n = 0;
    for (Framework const& f : frameworks) n += f.in_place;
    return n;
}

ControlMap map_controls(std::vector<Control> const& controls, std::vector<Mapping> const& mappings, Date as_of) {
    ControlMap out;
    std::map<std::string, Framework> frameworks;
    for (Control const& c : controls) {
        MappedControl mapped{&c, {}, c.next_test && *c.next_test < as_of};
        bool const applies = c.status != "not_applicable", in_place = c.status == "implemented";
        bool const tested = in_place && c.tested && *c.tested <= as_of && !mapped.test_overdue;
        for (Mapping const& m : mappings) {
            if (m.control != c.id) continue;
            mapped.references[m.framework].push_back(m.reference);
            Framework& f = frameworks[m.framework];
            f.name = m.framework;
            f.references += applies ? 1 : 0;
            f.in_place += in_place ? 1 : 0;
            f.tested += tested ? 1 : 0;
        }
        out.shared += mapped.references.size() > 1 ? 1 : 0;
        out.controls.push_back(std::move(mapped));
    }
    for (Mapping const& m : mappings)
        if (std::none_of(controls.begin(), controls.end(), [&](Control const& c) { return c.id == m.control; }))
            out.unknown.push_back(&m);
    for (auto& [name, framework] : frameworks) out.frameworks.push_back(std::move(framework));
    return out;
}

} // namespace compliance
