/// One submission: the award and what is known for it.
#pragma once
#include "decathlon.hpp"
#include "rule.hpp"
#include <deckle/deadline.hpp>
#include <deckle/document.hpp>
#include <deckle/model.hpp>
#include <deckle/plugin.hpp>

namespace award_submission {

using deckle::Json;
namespace leaf = deckle::leaf;
namespace block = deckle::block;

struct Award {
    std::string id, name, organizer, category, summary, deadline_time, currency, naming, url, source, not_verified;
    bool historic = false;
    std::optional<Date> opens, deadline, result_date, release_from;
    std::optional<Decimal> fee, hours;
    bool verified_financials = false;
};

struct Question {
    deckle::Field field;
    std::vector<std::string> criteria; // ids
    std::string proves;
    /// Weight in the readiness: 1 where the award does not say.
    [[nodiscard]] Decimal weight() const { return field.weight.value_or(Decimal(1)); }
};

struct Rule {
    std::string id, text, meaning, unit;
    Ruling ruling;
};

struct Criterion {
    std::string id, text, guidance;
    std::optional<Decimal> weight;
};

struct Entry {
    Date as_of;
    std::string company, currency;
    int last_year = 0; // of the financial schedule
    Award award;
    std::optional<deckle::Deadline> deadline; // as a moment; nullopt when none is known or its time cannot be read
    std::vector<Question> questions;
    std::vector<Rule> rules;
    std::vector<Criterion> criteria;
    std::vector<Entrant> entrants;
    std::vector<std::string> metrics; // of the entrants, in the order they were given
    Facts facts;
    bool facts_bound = false;
    deckle::Edits edits;

    /// Calendar days at the company from the as-of date to the last day something can be entered; nullopt without one.
    [[nodiscard]] std::optional<int> days_left() const {
        if (deadline) return deadline->date - as_of;
        if (award.deadline) return *award.deadline - as_of;
        return std::nullopt;
    }
    [[nodiscard]] bool approved(std::string const& field) const {
        deckle::Edit const* const edit = edits.find(field);
        return edit != nullptr && edit->approved.has_value();
    }
    [[nodiscard]] bool sent() const {
        std::string const& s = edits.state();
        return s == "submitted" || s == "shortlisted" || s == "won" || s == "lost";
    }
};

/// Throws PluginError for an award that is not in the catalogue, and for a question whose id cannot name a field.
[[nodiscard]] Entry read_entry(deckle::Job& job);

/// Weight of the approved required answers / weight of the required answers; n/a `no_required_answers`.
[[nodiscard]] std::variant<Decimal, std::string> readiness(Entry const& entry);

/// The reason of an undecided rule in words: "there is no fact staff.count.2020".
[[nodiscard]] std::string why(std::string const& reason);

/// A fact as it is printed: as in merge fields where the host says how, else by its unit.
[[nodiscard]] Json printed(Fact const& fact);
[[nodiscard]] Json printed(Value const& value);

} // namespace award_submission
