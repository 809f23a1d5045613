// deckle facts list|show|set|unset|check.
#include "app/facts.hpp"
#include "app/output.hpp"
#include "facts/expression.hpp"
#include <fmt/format.h>
#include <iostream>

namespace deckle::app {

using facts::Fact;
using facts::FactSet;
using model::Json;

Date day_of(std::string const& text, Session const& session, char const* option) {
    if (text.empty()) return to_local(SystemClock().now(), session.workspace.company.zone).date;
    if (auto const day = Date::parse(text)) return *day;
    throw Error(ErrorCode::usage, std::string(option) + " " + text + ": not a date (YYYY-MM-DD)");
}

FactSet facts_of(Session const& session, Date as_of, Instant now, Diagnostics& diagnostics) {
    auto const store = session.open_store();
    auto by_hand = session.open_facts();
    return facts::gather(session.workspace, session.catalogue, *store, by_hand, as_of, now, diagnostics);
}

facts::Freshness freshness_of(Session const& session, Date as_of) {
    return {as_of, session.workspace.documents.stale_after_days};
}

void put_facts(data::DatasetSet& datasets, report::Descriptor const& descriptor, FactSet const& set,
               Session const& session, Instant now) {
    model::Formatter const formatter(session.workspace.company.locale, session.workspace.company.zone);
    for (auto const& request : descriptor.datasets)
        if (request.name == "facts")
            datasets.datasets["facts"] = facts::dataset(set, request, session.catalogue, formatter, now);
}

report::Descriptor without_facts(report::Descriptor descriptor) {
    std::erase_if(descriptor.datasets, [](auto const& request) { return request.name == "facts"; });
    return descriptor;
}

namespace {

struct Asked {
    explicit Asked(Common const& common, std::string const& as_of)
        : session(common), day(day_of(as_of, session, "--as-of")),
          formatter(session.workspace.company.locale, session.workspace.company.zone),
          set(facts_of(session, day, SystemClock().now(), diagnostics)) {}

    [[nodiscard]] std::string state(Fact const& fact) const {
        bool const newest = set.newest(fact.id)->period == fact.period;
        auto const why = facts::stale(fact, !newest, freshness_of(session, day));
        return why ? "stale: " + *why : "";
    }
    [[nodiscard]] Json json(Fact const& fact) const {
        auto const date = [](auto const& d) { return d ? Json(d->to_string()) : Json(nullptr); };
        auto const* number = fact.value.number();
        auto const* on = fact.value.day();
        return {{"id", fact.id},
                {"period", fact.period.text},
                {"label", fact.label},
                {"value", number != nullptr ? number->to_string()
                          : on != nullptr   ? on->to_string()
                                            : *fact.value.words()},
                {"unit", fact.value.unit},
                {"printed", print(fact.value, formatter)},
                {"source", fact.source},
                {"evidence", fact.evidence},
                {"as_of", date(fact.as_of)},
                {"valid_until", date(fact.valid_until)},
                {"public", fact.is_public},
                {"origin", to_string(fact.origin)},
                {"place", fact.place},
                {"state", state(fact).empty() ? "good" : state(fact)}};
    }

    Session session;
    Diagnostics diagnostics;
    Date day;
    model::Formatter formatter;
    FactSet set;
};

std::string or_blank(std::optional<Date> const& day) {
    return day ? day->to_string() : "";
}

/// Cut to one line of a table.
std::string shortened(std::string text) {
    std::size_t const most = 60;
    if (text.size() <= most) return text;
    std::size_t end = most;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

} // namespace

int list_facts(Common const& common, FactOptions const& options) {
    Asked const asked(common, options.as_of);
    if (common.json) {
        Json list = Json::array();
        for (Fact const& fact : asked.set.facts()) list.push_back(asked.json(fact));
        std::cout << list.dump(2) << "\n";
        return ok;
    }
    std::vector<std::vector<std::string>> rows;
    for (Fact const& fact : asked.set.facts())
        rows.push_back({fact.name(), shortened(print(fact.value, asked.formatter)), fact.value.unit, fact.source,
                        or_blank(fact.as_of), or_blank(fact.valid_until), std::string(to_string(fact.origin)),
                        asked.state(fact)});
    print_table({{"Fact"}, {"Says", true}, {"Unit"}, {"Source"}, {"As of"}, {"Until"}, {"From"}, {"Note"}}, rows);
    for (auto const& trouble : asked.set.troubles())
        std::cerr << (trouble.id.empty() ? "" : trouble.id + ": ") << trouble.message << "\n";
    return ok;
}

int show_fact(Common const& common, FactOptions const& options) {
    Asked const asked(common, options.as_of);
    auto const all = asked.set.of(options.id);
    auto const history = asked.session.open_facts().history(options.id);
    if (all.empty() && history.empty()) {
        auto const why = asked.set.trouble_of(options.id);
        throw Error(ErrorCode::usage, why.empty()
                                          ? "there is no fact " + options.id + "; `deckle facts list` names them"
                                          : options.id + ": " + why);
    }
    Json shown{{"id", options.id}, {"values", Json::array()}, {"others", Json::array()}, {"history", Json::array()}};
    for (Fact const& fact : all) shown["values"].push_back(asked.json(fact));
    for (auto const& conflict : asked.set.conflicts())
        if (conflict.other.id == options.id) shown["others"].push_back(asked.json(conflict.other));
    for (auto const& kept : history)
        shown["history"].push_back({{"at", to_iso(kept.at)},
                                    {"by", kept.author},
                                    {"period", kept.period},
                                    {"content", kept.content.empty() ? Json(nullptr) : Json::parse(kept.content)}});
    if (common.json) {
        std::cout << shown.dump(2) << "\n";
        return ok;
    }
    for (Fact const& fact : all) {
        std::cout << fact.name() << " = " << print(fact.value, asked.formatter) << "\n  " << fact.label << "; "
                  << to_string(fact.origin) << ", " << fact.place;
        if (!fact.source.empty()) std::cout << "; source: " << fact.source;
        if (!fact.evidence.empty()) std::cout << "; evidence: " << fact.evidence;
        if (fact.as_of) std::cout << "; as of " << fact.as_of->to_string();
        if (fact.valid_until) std::cout << "; good until " << fact.valid_until->to_string();
        std::cout << (fact.is_public ? "; public" : "; not public") << "\n";
        if (auto const state = asked.state(fact); !state.empty()) std::cout << "  " << state << "\n";
    }
    for (auto const& conflict : asked.set.conflicts())
        if (conflict.other.id == options.id)
            std::cout << conflict.other.name() << " would be " << print(conflict.other.value, asked.formatter) << " by "
                      << to_string(conflict.other.origin) << ", " << conflict.other.place << "\n";
    for (auto const& kept : history) {
        std::string text = "taken back";
        if (!kept.content.empty()) text = print(facts::from_json(kept.content).value, asked.formatter);
        std::cout << "  " << asked.formatter.datetime(kept.at) << "  " << kept.author << "  "
                  << (kept.period.empty() ? "" : kept.period + "  ") << text << "\n";
    }
    return ok;
}

int set_fact(Common const& common, FactOptions const& options) {
    Session const session(common);
    auto const period = facts::parse_period(options.period);
    if (!facts::is_fact_id(options.id))
        throw Error(ErrorCode::usage, "'" + options.id +
                                          "' is no name of a fact: words in lower case with dots between, such as "
                                          "revenue.managed; the period goes to --period");
    if (!period)
        throw Error(ErrorCode::usage,
                    "--period " + options.period + ": write 2026, 2026-10, 2026-Q3, 2026-10-31 or \"LTM 2026-10\"");
    auto by_hand = session.open_facts();
    store::HandFact kept{options.id, period->text, SystemClock().now(), author(options.by, session.workspace), {}};
    if (options.remove) {
        auto const current = by_hand.current();
        if (std::ranges::none_of(current, [&](auto const& f) { return f.id == kept.id && f.period == kept.period; }))
            throw Error(ErrorCode::usage, options.id + " was not set by hand" +
                                              (period->always() ? "; name its --period" : " for " + period->text));
        by_hand.add(kept);
        std::cerr << options.id << ": taken back\n";
        return ok;
    }
    Diagnostics diagnostics;
    Date const today = day_of("", session, "");
    auto const set = facts_of(session, today, kept.at, diagnostics);
    Fact const* before = set.find(options.id, *period);
    if (before == nullptr) before = set.newest(options.id);
    Fact fact;
    if (before != nullptr) { // what is not said stays
        fact.label = before->label;
        fact.is_public = before->is_public;
        fact.value.digits = before->value.digits;
    }
    int const digits = fact.value.digits.value_or(-1);
    std::string const known = before == nullptr ? "" : before->value.words() != nullptr ? "text" : before->value.unit;
    fact.value = facts::parse_value(options.value, options.unit.empty() ? known : options.unit,
                                    session.workspace.company.currency);
    if (digits >= 0) fact.value.digits = digits;
    if (options.digits >= 0) fact.value.digits = options.digits;
    if (!options.label.empty()) fact.label = options.label;
    if (fact.label.empty()) fact.label = options.id;
    if (options.is_public) fact.is_public = true;
    if (options.is_private) fact.is_public = false;
    fact.source = options.source.empty() ? kept.author : options.source;
    fact.evidence = options.evidence;
    fact.as_of = day_of(options.as_of, session, "--as-of");
    if (!options.until.empty()) fact.valid_until = day_of(options.until, session, "--until");
    kept.content = to_json(fact);
    by_hand.add(kept);
    fact.id = options.id;
    fact.period = *period;
    model::Formatter const formatter(session.workspace.company.locale, session.workspace.company.zone);
    if (common.json)
        std::cout << Json{{"fact", fact.name()}, {"printed", print(fact.value, formatter)}}.dump(2) << "\n";
    else
        std::cout << fact.name() << " = " << print(fact.value, formatter) << "\n";
    return ok;
}

int check_facts(Common const& common, FactOptions const& options) {
    Asked const asked(common, options.as_of);
    struct Finding {
        std::string rule, fact, message;
    };
    std::vector<Finding> findings;
    for (auto const& trouble : asked.set.troubles()) findings.push_back({"fact.source", trouble.id, trouble.message});
    for (auto const& [used, other] : asked.set.conflicts())
        findings.push_back(
            {"fact.conflict", used.name(),
             fmt::format("{} ({}) is used, but {} ({}) says {}", print(used.value, asked.formatter), used.place,
                         to_string(other.origin), other.place, print(other.value, asked.formatter))});
    for (Fact const& fact : asked.set.facts())
        if (auto const state = asked.state(fact); !state.empty())
            findings.push_back({"fact.stale", fact.name(), state.substr(7)});
    if (common.json) {
        Json list = Json::array();
        for (auto const& f : findings) list.push_back({{"rule", f.rule}, {"fact", f.fact}, {"message", f.message}});
        std::cout << list.dump(2) << "\n";
    } else {
        for (auto const& f : findings)
            std::cout << f.rule << ": " << (f.fact.empty() ? "" : f.fact + ": ") << f.message << "\n";
        std::cerr << counted(static_cast<std::int64_t>(asked.set.facts().size()), "fact") << ", "
                  << counted(static_cast<std::int64_t>(findings.size()), "finding") << "\n";
    }
    return findings.empty() ? ok : failed;
}

} // namespace deckle::app
