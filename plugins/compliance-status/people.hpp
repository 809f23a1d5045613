/// People: who holds what, whose leaving would cost a program, and what left with those who are gone.
#pragma once
#include "status.hpp"

namespace compliance {

/// A requirement for n people that would have fewer than n without this person.
struct Loss {
    Item const* item = nullptr;
    int left = 0; // of item->need
};

struct Dependence {
    Person const* person = nullptr;
    std::vector<Loss> losses;
};

/// Everyone whose leaving would take a requirement below its number; those that cost most requirements first.
[[nodiscard]] std::vector<Dependence> bus_factor(std::vector<Item> const& items);

/// A proof of someone who has left, or is not known, and which therefore no longer counts.
struct LeftBehind {
    Proof const* proof = nullptr;
    Person const* person = nullptr; // nullptr = not in the list of people
};
/// Proofs for requirements of persons, or certificates, that would be valid today.
[[nodiscard]] std::vector<LeftBehind> left_behind(Records const& records, Date as_of);

enum class CellState { blank, missing, expired, ends_soon, valid };

struct Cell {
    CellState state = CellState::blank;
    std::optional<Date> until; // nullopt and valid = no end
};

/// Requirements of persons across, people down.
struct Matrix {
    std::vector<Requirement const*> columns;
    struct Row {
        Person const* person = nullptr;
        std::vector<Cell> cells;
    };
    std::vector<Row> rows; // of people who have at least one cell that is not blank
};
[[nodiscard]] Matrix matrix(Records const& records, std::vector<Item> const& items, Date as_of);

/// Certificates of employed people that count for no requirement; the newest of each name, soonest to end first.
[[nodiscard]] std::vector<Proof const*> other_certificates(Records const& records, Date as_of);

} // namespace compliance
