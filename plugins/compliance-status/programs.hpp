/// Programs: the light of each, what it costs and what it brings.
#pragma once
#include "status.hpp"
#include <deckle/metric.hpp>

namespace compliance {

using deckle::Metric;
using deckle::ratio;

/// Fees and the hours of people at their loaded cost.
struct Cost {
    Decimal fees, hours, labor;
    [[nodiscard]] Decimal total() const { return fees + labor; }
    Cost& operator+=(Cost const& other) {
        fees += other.fees;
        hours += other.hours;
        labor += other.labor;
        return *this;
    }
};

/// What an hour costs: the person's own rate, else that of the requirement's owner, else the given one.
class Rates {
public:
    Rates(Records const& records, Decimal otherwise) : records_(&records), otherwise_(otherwise) {}
    [[nodiscard]] Decimal of(std::string const& person, Requirement const* requirement) const;
    /// Mean of those who have the role and a rate on that day, else as `of`.
    [[nodiscard]] Decimal of_role(Requirement const& requirement, Date day) const;

private:
    Records const* records_;
    Decimal otherwise_;
};

/// What a proof has cost.
[[nodiscard]] Cost cost(Records const& records, Rates const& rates, Proof const& proof);
/// What is left to spend on an item, by the requirement's estimate; nothing once it is complete.
[[nodiscard]] Cost to_close(Rates const& rates, Item const& item, Date as_of);

struct ProgramStatus {
    Program const* program = nullptr;
    std::vector<Item const*> items;
    Item const* worst = nullptr; // mandatory; nullptr = nothing is required
    Light light = Light::none;
    Decimal met, counted;     // items, those of n people in parts
    std::optional<Date> next; // earliest day that counts from the as-of date on
    Cost spent;               // of the last twelve months
    Cost open;                // to close what is open

    /// met / counted
    [[nodiscard]] Metric score() const { return ratio(met, counted, "no_requirements"); }
    [[nodiscard]] Decimal year() const { return spent.total() + open.total(); }
    /// benefit / cost of a year
    [[nodiscard]] Metric returns() const;
};

/// Most pressing first, then by benefit, largest first. `items` must outlive the result.
[[nodiscard]] std::vector<ProgramStatus> programs(Records const& records, std::vector<Item> const& items,
                                                  Rates const& rates, Date as_of);

/// In the twelve months to the as-of date, for proofs that no program asks for.
[[nodiscard]] Cost spent_elsewhere(Records const& records, Rates const& rates, Date as_of);

} // namespace compliance
