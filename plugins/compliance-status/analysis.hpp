/// All that one report says, computed from the inputs; the section files only lay it out.
#pragma once
#include "calendar.hpp"
#include "controls.hpp"
#include "inputs.hpp"
#include "notices.hpp"
#include "people.hpp"
#include "programs.hpp"
#include <deckle/actions.hpp>
#include <memory>

namespace compliance {

/// A requirement with its items: one, or one for each person.
struct Group {
    Requirement const* requirement = nullptr;
    Program const* program = nullptr;
    std::vector<Item const*> items;
    Item const* worst = nullptr;
    Decimal met;
    int counted = 0;
    /// Of the persons whose item has the worst status.
    [[nodiscard]] std::vector<std::string> people() const;
};

/// A file that proves something, and whether it is what was filed.
struct Filed {
    enum class State { there, changed, missing, unnamed };
    State state = State::there;
    std::string id, file, hash;
    std::string of, proves, person; // requirement or control, what it is called, whose it is
    Date date;
};

struct Totals {
    Decimal met, counted;        // items
    int late = 0, soon = 0;      // mandatory groups: red, amber
    std::map<Status, int> items; // by status
    std::map<Light, int> programs;
    Decimal benefit, benefit_late, benefit_soon;
    Cost spent, open; // twelve months; to close what is open
    [[nodiscard]] Metric score() const { return ratio(met, counted, "no_requirements"); }
};

using deckle::Action;
using deckle::Urgency;

struct Analysis {
    std::vector<Item> items;
    std::vector<ProgramStatus> programs;
    std::vector<Group> groups; // in the order of the programs, then most pressing first
    Cost elsewhere;            // spent on what no program asks for
    std::vector<NoticeAnswer> answers;
    std::vector<Conflict> conflicts;
    std::vector<Item const*> silent;
    std::vector<Dependence> dependences;
    std::vector<LeftBehind> left;
    Matrix matrix;
    std::vector<Proof const*> other_certificates;
    ControlMap controls;
    std::vector<Event> events;
    std::vector<Filed> evidence;
    std::vector<Proof const*> strays; // name a requirement that is not listed
    Totals totals;
    std::vector<Action> actions; // most urgent first
    bool proofs_known = false;   // completions or certificates are bound
    /// Benefit over the cost of a year, of the programs whose benefit is known.
    [[nodiscard]] Metric returns() const;
    /// Cost of a year of these.
    [[nodiscard]] Decimal year() const;
    [[nodiscard]] int evidence_in(Filed::State state) const;
};

/// REQUIRES: `in` outlives the result, which points into it.
[[nodiscard]] std::unique_ptr<Analysis> analyze(Inputs const& in);
[[nodiscard]] std::vector<Action> actions(Inputs const& in, Analysis const& a); // actions.cpp

} // namespace compliance
