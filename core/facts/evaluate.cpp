#include "base/nearest.hpp"
#include "facts/merge.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace deckle::facts {
namespace {

Answer failed(std::string rule, std::string message, std::vector<std::string> facts = {}) {
    return {std::nullopt, std::move(facts), Issue{std::move(rule), Severity::error, std::move(message)}, {}};
}

std::string missing(Reference const& reference, FactSet const& facts) {
    auto const known = facts.of(reference.id);
    if (!known.empty()) {
        std::vector<std::string> periods;
        for (Fact const& fact : known) periods.push_back(fact.period.always() ? "always" : fact.period.text);
        return fmt::format("there is no {} of {}; it is known for {}", reference.id, reference.period->text,
                           fmt::join(periods, ", "));
    }
    if (auto const why = facts.trouble_of(reference.id); !why.empty())
        return fmt::format("{} is not known: {}", reference.id, why);
    auto const ids = facts.ids();
    return fmt::format("there is no fact {}{}", reference.id,
                       ids.size() > 12 && !nearest(reference.id, ids) ? "; `deckle facts list` names them"
                                                                      : suggestion(reference.id, ids));
}

Answer look_up(Reference const& reference, Context const& context) {
    Fact const* const fact =
        reference.period ? context.facts.find(reference.id, *reference.period) : context.facts.newest(reference.id);
    if (fact == nullptr) return failed("fact.missing", missing(reference, context.facts));
    if (auto const why = stale(*fact, reference.period.has_value(), context.freshness))
        return failed("fact.stale",
                      fmt::format("{} ({}) {}; `deckle facts set {}` brings it up to date", fact->name(),
                                  print(fact->value, context.formatter), *why, fact->id),
                      {fact->name()});
    return {fact->value, {fact->name()}, std::nullopt, fact->label};
}

/// x with x^n = ratio, to 12 places, by bisection. REQUIRES: ratio > 0, n >= 1.
Decimal root(Decimal ratio, int n) {
    Decimal low, high = std::max(ratio, Decimal(1));
    auto const power_is_more = [&](Decimal x) {
        Decimal power(1);
        for (int i = 0; i < n; ++i) {
            power = (power * x).rounded(12);
            if (x >= Decimal(1) && power > ratio) return true;
        }
        return power > ratio;
    };
    for (int i = 0; i < 100; ++i) {
        Decimal const middle = ((low + high) * Decimal::of("0.5")).rounded(14);
        (power_is_more(middle) ? high : low) = middle;
    }
    return low.rounded(12);
}

int months_between(Date from, Date to) {
    return (to.year() - from.year()) * 12 + static_cast<int>(to.month()) - static_cast<int>(from.month());
}

Answer call(Call const& call, Context const& context) {
    using enum Call::Function;
    Reference first = call.first;
    Reference second = call.second;
    if (call.function == share && !first.period) { // the newest period that both have
        for (Fact const& part : context.facts.of(first.id))
            if (context.facts.find(second.id, part.period) != nullptr) {
                first.period = second.period = part.period;
                break;
            }
        if (!first.period && context.facts.newest(first.id) != nullptr && context.facts.newest(second.id) != nullptr)
            return failed("fact.missing", fmt::format("{} and {} have no period in common", first.id, second.id));
    }
    Answer a = look_up(first, context);
    if (a.issue) return a;
    Answer b = look_up(second, context);
    a.facts.insert(a.facts.end(), b.facts.begin(), b.facts.end());
    if (b.issue) return {std::nullopt, a.facts, b.issue, {}};
    Decimal const* const one = a.value->number();
    Decimal const* const two = b.value->number();
    if (one == nullptr || two == nullptr || a.value->unit != b.value->unit)
        return failed("fact.unit",
                      fmt::format("{} and {} cannot be compared: {}", a.facts[0], a.facts[1],
                                  one == nullptr || two == nullptr
                                      ? "not both are numbers"
                                      : "their units are '" + a.value->unit + "' and '" + b.value->unit + "'"),
                      a.facts);
    auto const na = [&](char const* reason) {
        return failed("fact.na", fmt::format("n/a, because {}", reason), a.facts);
    };
    Decimal result;
    if (call.function == share) {
        if (two->is_zero()) return na("the whole is 0");
        result = one->divided_by(*two);
    } else {
        if (one->is_zero()) return na("the earlier value is 0 (new)");
        if (one->is_negative()) return na("the earlier value is negative");
        if (call.function == growth) {
            result = (*two - *one).divided_by(*one);
        } else {
            int const months = months_between(first.period->end, second.period->end);
            if (months <= 0 || months % 12 != 0)
                return failed(
                    "fact.unit",
                    fmt::format("{} and {} are not whole years apart", first.period->text, second.period->text),
                    a.facts);
            if (two->is_negative()) return na("the later value is negative");
            result = two->is_zero() ? Decimal(-1) : root(two->divided_by(*one), months / 12) - Decimal(1);
        }
    }
    return {Value{result, "percent", std::nullopt}, a.facts, std::nullopt, {}};
}

} // namespace

Answer evaluate(Expression const& expression, Context const& context) {
    if (auto const* reference = std::get_if<Reference>(&expression.value)) return look_up(*reference, context);
    return call(std::get<Call>(expression.value), context);
}

} // namespace deckle::facts
