#include "store/figure_changes.hpp"
#include <deque>
#include <map>

namespace deckle::store {
namespace {

std::optional<std::string> plain(std::optional<std::string> const& value) {
    auto const number = value ? Decimal::parse(*value) : std::nullopt;
    return number ? number->trimmed().to_string() : value;
}

} // namespace

std::vector<Compared> compare(std::vector<Figure> const& before, std::vector<Figure> const& after) {
    std::vector<Compared> all;
    std::map<std::pair<std::string, int>, std::deque<Figure const*>> left;
    for (auto const& f : before) left[{f.id, f.version}].push_back(&f);
    for (auto const& f : after) {
        Compared c{f.id, f.unit, f.period, f.version, {}, plain(f.value), false, true};
        if (auto& same = left[{f.id, f.version}]; !same.empty()) {
            c.before = plain(same.front()->value);
            c.in_before = true;
            if (c.before && c.after && same.front()->unit != c.unit) c.other_unit = same.front()->unit;
            same.pop_front();
        }
        all.push_back(std::move(c));
    }
    for (auto const& f : before)
        if (auto& same = left[{f.id, f.version}]; !same.empty() && same.front() == &f) {
            same.pop_front();
            all.push_back({f.id, f.unit, f.period, f.version, plain(f.value), {}, true, false});
        }
    return all;
}

std::optional<Decimal> difference(Compared const& figure) {
    if (figure.other_unit) return std::nullopt;
    auto const a = figure.before ? Decimal::parse(*figure.before) : std::nullopt;
    auto const b = figure.after ? Decimal::parse(*figure.after) : std::nullopt;
    return a && b ? std::optional((*b - *a).trimmed()) : std::nullopt;
}

} // namespace deckle::store
