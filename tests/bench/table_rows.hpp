/// The ledger that the benchmarks set: row `i` of any number of rows, six texts a row; the same text in every program.
#pragma once
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace deckle::bench {

inline constexpr std::array<std::string_view, 6> columns = {"Number",      "Date",   "Customer",
                                                            "Description", "Amount", "Balance"};

/// 1234567 -> "12,345.67"
inline std::string money(std::int64_t cents) {
    std::string whole = std::to_string(cents / 100);
    for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3)
        whole.insert(static_cast<std::size_t>(at), 1, ',');
    return fmt::format("{}.{:02}", whole, cents % 100);
}

inline std::array<std::string, 6> row(std::uint32_t i) {
    static constexpr std::array<std::string_view, 20> first = {
        "Prairie", "Lakeside", "Granite", "Summit",   "Harbor",    "Cedar",   "Riverside",
        "Union",   "Pioneer",  "Beacon",  "Heritage", "Northern",  "Valley",  "Cornerstone",
        "Golden",  "Meadow",   "Atlas",   "Copper",   "Evergreen", "Sterling"};
    static constexpr std::array<std::string_view, 16> second = {
        "Dental Group",   "Law Partners", "Credit Union", "Builders",      "Veterinary Clinic", "Foods",
        "Logistics",      "Realty",       "Engineering",  "Machine Works", "Insurance",         "Orthopedics",
        "Charter School", "Hardware",     "Farms",        "Press"};
    static constexpr std::array<std::string_view, 12> what = {
        "Managed services", "Endpoint protection", "Backup and recovery", "Microsoft 365 licenses",
        "Firewall renewal", "On-site support",     "Server maintenance",  "Network assessment",
        "VoIP lines",       "Security training",   "Project work",        "Cloud hosting"};
    std::uint32_t const mixed = i * 2654435761U; // Knuth's multiplicative hash: the same mixture everywhere
    auto const customer = mixed >> 8;
    return {fmt::format("INV-{:06}", i + 1),
            fmt::format("2026-{:02}-{:02}", 1 + i / 28 % 12, 1 + i % 28),
            fmt::format("{} {}", first[customer % first.size()], second[customer / 32 % second.size()]),
            fmt::format("{}, {} users", what[(mixed >> 20) % what.size()], 3 + (mixed >> 12) % 95),
            money(1500 + static_cast<std::int64_t>(mixed % 900000)),
            money(2500000 + static_cast<std::int64_t>(i) * 1237 % 90000000)};
}

} // namespace deckle::bench
