#include "service/restatements.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "data/values.hpp"
#include "model/formatter.hpp"
#include "model/number_pattern.hpp"
#include "service/closing.hpp"
#include "service/notices.hpp"
#include "service/opening.hpp"
#include "service/parts.hpp"
#include "service/plan.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace deckle::service {

using store::Edition;
using store::EditionState;

namespace {

constexpr std::size_t most = 100'000; // editions of a schedule
constexpr int looked_at_from = 6;     // o'clock, in the schedule's zone

bool was_sent(Office& office, Edition const& e) {
    if (e.run.empty()) return false;
    return !store::Deliveries(office.database)
                .list({.edition = e.id, .states = {store::DeliveryState::sent}, .limit = 1})
                .empty();
}

/// The reports that an edition was made of, as they were sent.
std::vector<store::Run> runs_of(store::Store& ledger, Edition const& e) {
    auto const run = ledger.run(e.run);
    if (!run.report.empty()) return {run};
    return ledger.members(run.id);
}

bool matches(std::string const& edition_period, std::string const& asked) {
    return edition_period == asked || split_period(edition_period).period == asked;
}

} // namespace

bool is_material(data::Watch const& watch, store::Compared const& figure) {
    if (!figure.changed()) return false;
    auto const change = store::difference(figure);
    if (!change) return true;
    if (data::is_currency(figure.unit)) {
        auto const smallest = Decimal::from_units(1, model::currency_digits(figure.unit)); // what can be shown
        if (change->abs() < smallest || change->abs() <= watch.amount) return false;
    }
    return change->abs() > Decimal::of(*figure.before).abs() * watch.threshold;
}

std::vector<Edition> sent_editions(Office& office, std::string const& schedule, std::size_t periods) {
    std::vector<Edition> found;
    std::set<std::string> seen;
    std::set<std::pair<std::string, std::string>> parts;
    auto all =
        store::Editions(office.database)
            .list({.schedule = schedule, .states = {EditionState::done, EditionState::delivering}, .limit = most});
    std::ranges::stable_sort(all, std::greater(), [](Edition const& e) { return std::pair(e.period, e.revision); });
    for (auto const& e : all) {
        if (seen.size() == periods && !seen.contains(e.period)) break;
        if (parts.contains({e.period, e.part}) || !was_sent(office, e)) continue;
        seen.insert(e.period);
        parts.insert({e.period, e.part});
        found.push_back(e);
    }
    return found;
}

std::vector<Restated> restated(Office& office, Survey& survey, std::string const& schedule, data::Watch const& watch) {
    store::Store ledger(office.database);
    std::vector<Restated> all;
    for (auto const& edition : sent_editions(office, schedule, static_cast<std::size_t>(watch.periods))) {
        Restated r;
        r.edition = edition;
        try {
            for (auto const& sent : runs_of(ledger, edition)) {
                for (auto& c : store::compare(ledger.figures(sent.id), survey.run_again(sent))) {
                    if (is_material(watch, c))
                        r.figures.push_back({sent.report, std::move(c)});
                    else if (c.changed())
                        ++r.within;
                }
            }
        } catch (Error const& e) {
            if (e.code() == ErrorCode::io) throw;
            r.problem = e.to_string();
        }
        all.push_back(std::move(r));
    }
    return all;
}

void enqueue_restatements(Office& office) {
    auto const now = office.clock.now();
    for (auto const& [name, s] : office.workspace.schedules) {
        if (!s.watch) continue;
        auto const local = to_local(now, s.zone);
        if (local.hour < looked_at_from) continue;
        (void)store::Queue(office.database)
            .enqueue({.key = fmt::format("restate/{}/{}", name, local.date.to_string()),
                      .lane = "make",
                      .payload = model::Json{{"schedule", name}}.dump()});
    }
}

void run_restatements(Office& office, Survey& survey, store::Job const& job) {
    std::string const name = model::Json::parse(job.payload).at("schedule");
    auto const known = office.workspace.schedules.find(name);
    std::vector<Restated> found;
    if (known != office.workspace.schedules.end() && known->second.watch)
        found = restated(office, survey, name, *known->second.watch);
    office.database.transact([&] {
        complete(office, job);
        for (auto const& r : found) {
            if (!r.problem.empty())
                office.log.warning("period cannot be looked at again",
                                   {{"edition", r.edition.id}, {"period", r.edition.period}, {"message", r.problem}});
            (void)tell_restated(office, r);
        }
    });
}

bool tell_restated(Office& office, Restated const& found) {
    if (found.figures.empty()) return false;
    auto const& e = found.edition;
    std::string set;
    Notice n;
    n.columns = {"Figure", ">Sent", ">Now", ">Difference"};
    for (auto const& [report, c] : found.figures) {
        set += fmt::format("{}:{}/{} {} {}{}\n", report, c.id, c.period, c.in_after, c.after.value_or("n/a"),
                           c.other_unit ? " " + c.unit : "");
        auto const change = store::difference(c);
        auto const text = [&](bool there, std::optional<std::string> const& value, std::string const& unit) {
            return there ? figure_text(office.workspace, value, unit) : "-";
        };
        n.rows.push_back({fmt::format("{}\n{}, {}", c.id, report, c.period),
                          text(c.in_before, c.before, c.unit_before()), text(c.in_after, c.after, c.unit),
                          change ? change_text(office.workspace, *change, c.unit) : ""});
    }
    std::string const title = title_of(office.workspace, e.subject);
    model::Formatter const formatter(office.workspace.company.locale, office.workspace.company.zone);
    std::string const period = period_words(e.period, formatter) + (e.part.empty() ? "" : ", " + e.part);
    n.key = fmt::format("restated/{}/{:016x}", e.id, hash64(set));
    n.subject = fmt::format("Changed since it was sent: {}, {}", title, period);
    n.what = fmt::format("{} of {}, {}, {} other than what was sent (revision {}). Nothing was sent again.",
                         found.figures.size() == 1 ? "One figure" : std::to_string(found.figures.size()) + " figures",
                         title, period, found.figures.size() == 1 ? "is" : "are", e.revision);
    n.now = {{"If the readers should have them, send a corrected issue",
              fmt::format("deckle schedule revise {} --period {}{} --reason \"...\"", e.schedule, e.period,
                          e.part.empty() ? "" : " --part " + shell_word(e.part))},
             {"See how it stands now", "deckle schedule restated " + e.schedule}};
    n.about = {{"Schedule", e.schedule}, {"Edition", e.id}, {"Run", e.run}};
    if (found.within > 0)
        n.about.emplace_back("Less", fmt::format("{} more changed by less than the threshold", found.within));
    return notices(office).tell(n, e.schedule, office.clock.now());
}

std::vector<Edition> revise(Office& office, RevisionAsked const& asked) {
    auto const& schedule = schedule_named(office.workspace, asked.schedule);
    if (asked.reason.empty())
        throw Error(ErrorCode::usage, "why is it corrected? Add --reason \"...\": the readers see it");
    auto const parts = list_parts(office.workspace, office.catalogue, schedule, office.clock.now());
    return office.database.transact([&] {
        store::Editions editions(office.database);
        auto const refuse = [&](std::string const& why) {
            throw Error(ErrorCode::refused, fmt::format("{}, {}{}: {}", asked.schedule, asked.period,
                                                        asked.part.empty() ? "" : ", " + asked.part, why));
        };
        std::map<std::pair<std::string, std::string>, Edition> newest; // period, part
        for (auto const& e : editions.list({.schedule = asked.schedule, .limit = most}))
            if (matches(e.period, asked.period) && (asked.part.empty() || e.part == asked.part)) {
                auto& known = newest.try_emplace({e.period, e.part}, e).first->second;
                if (e.revision > known.revision) known = e;
            }
        std::vector<Edition> opened;
        auto const now = office.clock.now();
        for (auto const& [key, e] : newest) {
            using enum EditionState;
            if (e.state == queued || e.state == making || e.state == held || e.state == waiting) {
                if (e.revision > 1)
                    refuse(fmt::format("revision {} is under way, edition {} is {}", e.revision, e.id,
                                       to_string(e.state)));
                continue;
            }
            if (!was_sent(office, e) && !came_to_nothing(office.database, e)) {
                if (e.revision > 1)
                    refuse(fmt::format("revision {} was not sent, edition {} is {}: deckle schedule run {} --period {} "
                                       "makes it again",
                                       e.revision, e.id, to_string(e.state), e.schedule, e.period));
                continue;
            }
            auto const part = std::ranges::find(parts.good, e.part, &Part::id); // as the schedule is now
            if (part == parts.good.end())
                refuse(parts.problems.empty()
                           ? fmt::format("its part '{}' is not there any more, so nobody would get it", e.part)
                           : parts.problems);
            Edition next = e;
            next.params = part->params;
            next.to = model::Json(part->to).dump();
            next.revision = e.revision + 1;
            next.trigger = "revision";
            next.by = asked.by;
            next.note = asked.reason;
            next.due = now;
            next.attempts = 0;
            next.id = editions.open(next, now).value();
            enqueue_make(office, next);
            opened.push_back(editions.find(next.id));
        }
        if (opened.empty())
            refuse("nothing of it was sent, so there is nothing to correct; `deckle schedule editions " +
                   asked.schedule + "` shows what there is");
        return opened;
    });
}

std::string figure_text(data::Workspace const& workspace, std::optional<std::string> const& value,
                        std::string const& unit) {
    if (!value) return "n/a";
    auto const number = Decimal::parse(*value);
    if (!number) return *value;
    model::Formatter const formatter(workspace.company.locale, workspace.company.zone);
    if (data::is_currency(unit)) return formatter.money(*number, unit);
    if (unit == "ratio") return formatter.percent(*number);
    std::string const text = formatter.number(*number, {.digits = std::min(number->trimmed().scale(), 2)});
    return unit.empty() ? text : text + " " + unit;
}

std::string change_text(data::Workspace const& workspace, Decimal change, std::string const& unit) {
    model::Formatter const formatter(workspace.company.locale, workspace.company.zone);
    if (data::is_currency(unit)) return formatter.money(change, unit, {.digits = {}, .sign = true});
    if (unit == "ratio") return formatter.number(change * Decimal(100), {.digits = 1, .sign = true}) + " pts";
    std::string const text = formatter.number(change, {.digits = std::min(change.trimmed().scale(), 2), .sign = true});
    return unit.empty() ? text : text + " " + unit;
}

} // namespace deckle::service
