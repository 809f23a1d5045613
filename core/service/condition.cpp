#include "service/condition.hpp"
#include "base/error.hpp"
#include "base/nearest.hpp"
#include "model/json.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::service {
namespace {

using data::OnlyIf;
using model::Json;

char const* word_of(OnlyIf::Comparison comparison) {
    switch (comparison) {
    case OnlyIf::Comparison::below:
        return "below";
    case OnlyIf::Comparison::above:
        return "above";
    case OnlyIf::Comparison::equals:
        return "equal to";
    }
    return "";
}

bool holds(OnlyIf const& only_if, Decimal value) {
    switch (only_if.comparison) {
    case OnlyIf::Comparison::below:
        return value < only_if.than;
    case OnlyIf::Comparison::above:
        return value > only_if.than;
    case OnlyIf::Comparison::equals:
        return value == only_if.than;
    }
    return false;
}

struct Valued {
    Decimal value;
    std::string period;
};

/// Money, number or share; nullopt for n/a and what is no number.
std::optional<Decimal> number_of(Json const& leaf) {
    if (!leaf.is_object()) return std::nullopt;
    if (auto const money = leaf.find("$money"); money != leaf.end())
        return Decimal::parse(money->at(0).get_ref<std::string const&>());
    for (auto const* kind : {"$num", "$pct"})
        if (auto const number = leaf.find(kind); number != leaf.end())
            return Decimal::parse(number->get_ref<std::string const&>());
    return std::nullopt;
}

} // namespace

std::optional<std::string> unmet(data::Schedule const& schedule, Product const& product) {
    if (!schedule.only_if) return std::nullopt;
    auto const& only_if = *schedule.only_if;
    std::string const name = only_if.report + ":" + only_if.figure;
    std::vector<std::string> ids;
    for (auto const& model : product.models) {
        if (model.at("run").at("report") != only_if.report) continue;
        std::vector<Valued> values;
        bool known = false;
        for (auto const& figure : model.value("figures", Json::array())) {
            auto const& id = figure.at("id").get_ref<std::string const&>();
            ids.push_back(id);
            if (id != only_if.figure) continue;
            known = true;
            auto const value = number_of(figure.at("value"));
            if (value && holds(only_if, *value)) return std::nullopt;
            if (value) values.push_back({*value, figure.value("period", "")});
        }
        if (known && values.empty())
            return name + " is not available, so it is not " + word_of(only_if.comparison) + " " +
                   only_if.than.to_string();
        if (known) {
            auto const& best =
                *std::ranges::min_element(values, {}, [&](Valued const& v) { return (v.value - only_if.than).abs(); });
            return fmt::format(
                "{} is {}{}, not {} {}", name, best.value.to_string(),
                values.size() == 1 ? "" : fmt::format(" in {}, the nearest of {}", best.period, values.size()),
                word_of(only_if.comparison), only_if.than.to_string());
        }
        auto const like = nearest(only_if.figure, ids);
        throw Error(ErrorCode::usage,
                    fmt::format("the report {} has no figure '{}'{}", only_if.report, only_if.figure,
                                like ? ", did you mean '" + *like + "'?"
                                     : "; 'deckle run " + only_if.report + " --format figures' writes them all"),
                    only_if.position);
    }
    return "the report " + only_if.report + " was not made, so " + name + " is not known";
}

std::string condition_words(data::Schedule const& schedule) {
    if (!schedule.only_if) return {};
    auto const& only_if = *schedule.only_if;
    return fmt::format("only when {}:{} is {} {}", only_if.report, only_if.figure, word_of(only_if.comparison),
                       only_if.than.to_string());
}

} // namespace deckle::service
