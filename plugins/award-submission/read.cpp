#include "entry.hpp"
#include <algorithm>
#include <deckle/rows.hpp>

namespace award_submission {

using deckle::Rows;

namespace {

std::vector<std::string> parts(std::string const& text, char separator) {
    std::vector<std::string> out;
    std::size_t from = 0;
    while (from <= text.size()) {
        auto const to = std::min(text.find(separator, from), text.size());
        auto const first = text.find_first_not_of(' ', from);
        if (first < to) out.push_back(text.substr(first, text.find_last_not_of(' ', to - 1) - first + 1));
        from = to + 1;
    }
    return out;
}

std::vector<Award> read_awards(deckle::Job& job) {
    Rows const rows(job, "award_catalogue");
    auto text = [&](char const* column, std::int64_t i) { return rows.field(column).text(i); };
    std::vector<Award> awards;
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        Award a;
        a.id = text("award_id", i);
        a.name = text("award", i);
        a.organizer = text("organizer", i);
        a.category = text("category", i);
        a.summary = text("summary", i);
        a.deadline_time = text("deadline_time", i);
        a.naming = text("naming", i);
        a.url = text("url", i);
        a.source = text("source", i);
        a.not_verified = text("not_verified", i);
        a.historic = text("status", i) == "historic";
        a.opens = rows.field("opens").date(i);
        a.deadline = rows.field("deadline").date(i);
        a.result_date = rows.field("result_date").date(i);
        a.release_from = rows.field("release_from").date(i);
        a.fee = rows.field("fee").decimal(i);
        a.currency = rows.currency("fee", i);
        a.hours = rows.field("hours").decimal(i);
        a.verified_financials = rows.field("verified_financials").boolean(i);
        awards.push_back(std::move(a));
    }
    return awards;
}

Award choose(std::vector<Award> const& awards, std::string const& id, Date as_of) {
    std::string known;
    Award const* next = nullptr;
    for (Award const& a : awards) {
        if (a.id == id) return a;
        known += (known.empty() ? "" : ", ") + a.id;
        bool const open = !a.historic && a.deadline && *a.deadline >= as_of;
        if (open && (next == nullptr || *a.deadline < *next->deadline)) next = &a;
    }
    if (!id.empty()) throw deckle::PluginError("/award", "There is no award '" + id + "'; there are: " + known);
    if (next == nullptr)
        throw deckle::PluginError("/award", "No award is open on " + as_of.to_string() + "; name one of: " + known);
    return *next;
}

bool names_a_field(std::string const& id) {
    auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !id.empty() && letter(id.front()) && !id.starts_with("check-") &&
           std::all_of(id.begin(), id.end(),
                       [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

deckle::Field::Kind kind_of(std::string const& text) {
    using Kind = deckle::Field::Kind;
    return text == "number"   ? Kind::number
           : text == "choice" ? Kind::choice
           : text == "date"   ? Kind::date
           : text == "file"   ? Kind::file
                              : Kind::text;
}

void read_questions(deckle::Job& job, Entry& entry) {
    Rows const rows(job, "award_questions");
    auto text = [&](char const* column, std::int64_t i) { return rows.field(column).text(i); };
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        if (text("award_id", i) != entry.award.id) continue;
        Question q;
        deckle::Field& f = q.field;
        f.id = text("question_id", i);
        if (!names_a_field(f.id))
            throw deckle::PluginError("/award", "Question '" + f.id + "' of award " + entry.award.id +
                                                    " needs another id: a letter, then letters, digits, - and _, and "
                                                    "not beginning with check-");
        f.label = text("question", i);
        f.kind = kind_of(text("kind", i));
        f.section = text("section", i);
        f.required = rows.field("required").boolean(i);
        f.weight = rows.field("weight").decimal(i);
        if (std::string const guidance = text("guidance", i); !guidance.empty()) f.guidance = guidance;
        f.choices = parts(text("choices", i), '|');
        f.value = text("suggestion", i);
        if (auto const limit = rows.field("limit").integer(i); limit && *limit > 0) {
            using Unit = deckle::Field::Unit;
            std::string const unit = text("limit_unit", i);
            f.limit = {static_cast<int>(*limit), unit == "characters"                  ? Unit::characters
                                                 : unit == "characters_without_spaces" ? Unit::characters_without_spaces
                                                                                       : Unit::words};
        }
        q.criteria = parts(text("criteria", i), ',');
        q.proves = text("proves", i);
        entry.questions.push_back(std::move(q));
    }
    if (entry.questions.empty())
        throw deckle::PluginError("/award", "The award " + entry.award.id + " has no questions in award_questions");
}

/// Answers of earlier years, the newest first.
void offer_past_answers(deckle::Job& job, Entry& entry) {
    Rows const rows(job, "past_answers");
    std::vector<std::int64_t> order;
    for (std::int64_t i = 0; i < rows.count(); ++i)
        if (rows.field("award_id").text(i) == entry.award.id) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
        return rows.field("year").integer(a) > rows.field("year").integer(b);
    });
    for (std::int64_t const i : order)
        for (Question& q : entry.questions)
            if (q.field.id == rows.field("question_id").text(i)) {
                std::string const year = std::to_string(rows.field("year").integer(i).value_or(0));
                std::string const result = rows.field("result").text(i);
                bool const known = !result.empty() && result != "unknown";
                q.field.offered.push_back({year + (known ? ", " + result : ""), rows.field("answer").text(i)});
            }
}

Facts read_facts(deckle::Job& job) {
    Rows const rows(job, "facts");
    std::vector<Fact> facts;
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        Fact f{rows.field("id").text(i),    rows.field("period").text(i), rows.field("label").text(i),
               rows.field("text").text(i),  rows.field("unit").text(i),   rows.field("source").text(i),
               rows.field("as_of").date(i), rows.field("printed").text(i)};
        if (auto const number = rows.field("value").decimal(i)) f.content = number->trimmed();
        if (auto const day = rows.field("day").date(i)) f.content = *day;
        facts.push_back(std::move(f));
    }
    return Facts(std::move(facts));
}

void read_judging(deckle::Job& job, Entry& entry) {
    Rows const rules(job, "award_rules");
    for (std::int64_t i = 0; i < rules.count(); ++i) {
        if (rules.field("award_id").text(i) != entry.award.id) continue;
        Rule rule{rules.field("rule_id").text(i),
                  rules.field("rule").text(i),
                  rules.field("meaning").text(i),
                  rules.field("unit").text(i),
                  {}};
        rule.ruling = judge(rule.text, rule.unit, entry.facts);
        entry.rules.push_back(std::move(rule));
    }
    Rows const criteria(job, "award_criteria");
    for (std::int64_t i = 0; i < criteria.count(); ++i)
        if (criteria.field("award_id").text(i) == entry.award.id)
            entry.criteria.push_back({criteria.field("criterion_id").text(i), criteria.field("criterion").text(i),
                                      criteria.field("guidance").text(i), criteria.field("weight").decimal(i)});
    Rows const entrants(job, "award_entrants");
    for (std::int64_t i = 0; i < entrants.count(); ++i) {
        if (entrants.field("award_id").text(i) != entry.award.id) continue;
        std::string const name = entrants.field("entrant").text(i), metric = entrants.field("metric").text(i);
        auto const value = entrants.field("value").decimal(i);
        auto it = std::find_if(entry.entrants.begin(), entry.entrants.end(),
                               [&](Entrant const& e) { return e.name == name; });
        if (it == entry.entrants.end()) it = entry.entrants.insert(it, Entrant{name, {}});
        if (value) it->values[metric] = *value;
        if (std::find(entry.metrics.begin(), entry.metrics.end(), metric) == entry.metrics.end())
            entry.metrics.push_back(metric);
    }
}

} // namespace

Entry read_entry(deckle::Job& job) {
    Date const as_of = job.as_of();
    int const year = job.params().at("year").get<int>();
    Entry entry{as_of,
                job.company(),
                job.currency(),
                year,
                choose(read_awards(job), job.params().at("award").get<std::string>(), as_of),
                {},
                {},
                {},
                {},
                {},
                {},
                Facts(),
                job.bound("facts"),
                deckle::Edits(job.request())};
    if (year == 0) entry.last_year = as_of.month() == 12 && as_of.day() == 31 ? as_of.year() : as_of.year() - 1;
    if (entry.award.deadline)
        entry.deadline = deckle::parse_deadline(
            *entry.award.deadline, entry.award.deadline_time.empty() ? "midnight" : entry.award.deadline_time,
            job.clocks());
    entry.facts = read_facts(job);
    read_questions(job, entry);
    offer_past_answers(job, entry);
    read_judging(job, entry);
    return entry;
}

std::variant<Decimal, std::string> readiness(Entry const& entry) {
    Decimal done, all;
    for (Question const& q : entry.questions) {
        if (!q.field.required) continue;
        all += q.weight();
        if (entry.approved(q.field.id)) done += q.weight();
    }
    if (all.is_zero()) return std::string("no_required_answers");
    return done.divided_by(all);
}

std::string why(std::string const& reason) {
    std::string const name = reason.substr(0, reason.find(':'));
    std::string const object = name.size() == reason.size() ? "" : reason.substr(name.size() + 1);
    if (name == "missing_fact") return "there is no fact " + object;
    if (name == "no_number") return object + " is no number";
    if (name == "unit_is") return "the fact's unit is " + object;
    if (name == "new_from_zero") return "growth from zero is not defined";
    if (name == "negative_base") return "growth from below zero is not defined";
    std::string words = name;
    std::replace(words.begin(), words.end(), '_', ' ');
    return words + (object.empty() ? "" : ": " + object);
}

Json printed(Value const& value) {
    if (!value.content) return leaf::na(value.reason);
    if (value.facts.size() == 1) return printed(*value.facts.front());
    if (auto const* number = std::get_if<Decimal>(&*value.content)) {
        if (value.unit == "percent") return leaf::pct(*number, {.digits = 1});
        return leaf::num(*number);
    }
    if (auto const* day = std::get_if<Date>(&*value.content)) return leaf::date(*day);
    return std::get<std::string>(*value.content);
}

Json printed(Fact const& fact) {
    if (!fact.printed.empty()) return fact.printed;
    if (auto const* day = std::get_if<Date>(&fact.content)) return leaf::date(*day, "long");
    auto const* number = std::get_if<Decimal>(&fact.content);
    if (number == nullptr) return std::get<std::string>(fact.content);
    if (fact.unit == "percent") return leaf::pct(*number, {.digits = 1});
    bool const money = fact.unit.size() == 3 &&
                       std::all_of(fact.unit.begin(), fact.unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return money ? leaf::money(*number, fact.unit, {.digits = 0}) : leaf::num(*number);
}

} // namespace award_submission
