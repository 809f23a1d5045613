#include "template/sources.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

namespace deckle::templates {
namespace {

using model::Json;

struct Group {
    std::string name;
    std::vector<std::string> datasets;
    std::string fetched_at; // ISO, to compare
    std::string fetched;    // as shown
};

std::string count(Json const& run, char const* member, model::Formatter const& formatter) {
    auto const it = run.find(member);
    return formatter.number(it != run.end() && it->is_number_integer() ? Decimal(it->get<std::int64_t>()) : Decimal());
}

} // namespace

std::string sources_line(Json const& root, model::Formatter const& formatter) {
    constexpr std::size_t shown = 3;    // datasets of one source; the sources table lists all
    constexpr std::size_t detailed = 3; // with more sources than this only their names fit on the foot of a page
    auto const run = root.find("run");
    if (run == root.end() || !run->is_object() || !run->contains("sources") || (*run)["sources"].empty()) return {};
    std::vector<Group> groups;
    for (auto const& source : (*run)["sources"]) {
        auto const name = source.value("name", std::string());
        auto group = std::ranges::find(groups, name, &Group::name);
        if (group == groups.end()) group = groups.insert(groups.end(), Group{name, {}, {}, {}});
        auto dataset = source.value("dataset", std::string());
        std::ranges::replace(dataset, '_', ' ');
        if (!dataset.empty()) group->datasets.push_back(std::move(dataset));
        auto const fetched = source.find("fetched");
        if (fetched == source.end() || model::leaf_type(*fetched) != "datetime") continue;
        auto const& at = (*fetched)["$datetime"].get_ref<std::string const&>();
        if (at <= group->fetched_at) continue;
        group->fetched_at = at;
        group->fetched = formatter.text({{"$datetime", at}, {"style", "short"}});
    }
    std::string line;
    if (groups.size() > detailed) {
        auto const [oldest, newest] = std::ranges::minmax_element(groups, {}, &Group::fetched_at);
        for (auto const& group : groups) line += (line.empty() ? "" : ", ") + group.name;
        if (!newest->fetched.empty()) line += " · " + newest->fetched;
        if (oldest->fetched != newest->fetched && !oldest->fetched.empty()) line += ", the oldest " + oldest->fetched;
        groups.clear();
    }
    for (auto const& group : groups) {
        auto const all = group.datasets.size();
        auto const first = std::min(all, all == shown + 1 ? all : shown);
        auto names = fmt::format(
            "{}", fmt::join(group.datasets.begin(), group.datasets.begin() + static_cast<std::ptrdiff_t>(first), ", "));
        if (first < all) names += fmt::format(" and {} more", all - first);
        line += line.empty() ? "" : " · ";
        line += names.empty() ? group.name : fmt::format("{} ({})", group.name, names);
        if (!group.fetched.empty()) line += ", " + group.fetched;
    }
    return fmt::format("{} · {} rows read, {} rejected", line, count(*run, "rows_read", formatter),
                       count(*run, "rows_rejected", formatter));
}

} // namespace deckle::templates
