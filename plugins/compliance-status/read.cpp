#include "inputs.hpp"
#include <deckle/rows.hpp>

namespace compliance {
namespace {

using deckle::Rows;

/// "engineer; security" -> both.
std::vector<std::string> roles(std::string const& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        std::size_t const end = std::min(text.find(';', at), text.size());
        std::size_t const first = text.find_first_not_of(' ', at);
        if (first < end) out.push_back(text.substr(first, text.find_last_not_of(' ', end - 1) - first + 1));
        at = end + 1;
    }
    return out;
}

void read_programs(deckle::Job& job, Records& out) {
    Rows const rows(job, "programs");
    auto const id = rows.field("id"), name = rows.field("name"), vendor = rows.field("vendor"),
               tier = rows.field("tier"), renewal = rows.field("renewal_date"), owner = rows.field("owner"),
               benefit = rows.field("benefit"), note = rows.field("benefit_note");
    for (std::int64_t i = 0; i < rows.count(); ++i)
        out.programs.push_back({id.text(i), name.text(i), vendor.text(i), tier.text(i), renewal.date(i), owner.text(i),
                                benefit.decimal(i), note.text(i), true});
}

void read_requirements(deckle::Job& job, Inputs& in) {
    Rows const rows(job, "requirements");
    auto const id = rows.field("id"), program = rows.field("program_id"), name = rows.field("name"),
               kind = rows.field("kind"), scope = rows.field("scope"), role = rows.field("role"),
               count = rows.field("count"), mandatory = rows.field("mandatory"), due = rows.field("due_date"),
               time = rows.field("due_time"), cycle = rows.field("cycle"), valid = rows.field("valid_months"),
               window = rows.field("window_days"), needed = rows.field("points_needed"),
               have = rows.field("points_have"), part = rows.field("part_of"), fee = rows.field("fee"),
               hours = rows.field("hours"), owner = rows.field("owner"), started = rows.field("started_date"),
               status = rows.field("status"), replaced = rows.field("replaced_by"), source = rows.field("source");
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        Requirement r;
        r.id = id.text(i);
        r.program = program.text(i);
        r.name = name.text(i);
        r.kind = kind.text(i);
        r.scope = scope.text(i) == "person" ? Scope::person : scope.text(i) == "count" ? Scope::count : Scope::company;
        r.role = role.text(i);
        r.count = static_cast<int>(count.integer(i).value_or(1));
        r.mandatory = mandatory.boolean(i, true);
        r.due = due.date(i);
        r.due_time = time.text(i);
        if (r.due && !r.due_time.empty())
            if (auto const deadline = deckle::parse_deadline(*r.due, r.due_time, in.clocks)) {
                r.due_stated = r.due->to_string() + " " + r.due_time;
                r.due = deadline->date;
                r.due_at = deadline->at;
            }
        r.cycle = cycle.text(i);
        r.valid_months = static_cast<int>(valid.integer(i).value_or(0));
        if (auto const days = window.integer(i)) r.window_days = static_cast<int>(*days);
        r.points_needed = needed.decimal(i);
        r.points_have = have.decimal(i);
        r.part_of = part.text(i);
        r.fee = fee.decimal(i).value_or(Decimal(0));
        r.hours = hours.decimal(i).value_or(Decimal(0));
        r.owner = owner.text(i);
        r.started = started.date(i);
        std::string const state = status.text(i);
        r.state = state == "waived"           ? State::waived
                  : state == "not_applicable" ? State::not_applicable
                  : state == "replaced"       ? State::replaced
                                              : State::open;
        r.replaced_by = replaced.text(i);
        r.source = source.text(i);
        in.records.requirements.push_back(std::move(r));
    }
    for (Requirement const& r : in.records.requirements) {
        if (r.due && !r.due_time.empty() && !r.due_at) in.unread_times.push_back(&r);
        if (in.records.program(r.program) == nullptr) {
            Program unlisted;
            unlisted.id = unlisted.name = r.program;
            unlisted.listed = false;
            in.records.programs.push_back(std::move(unlisted));
        }
    }
}

void read_proofs(deckle::Job& job, Inputs& in) {
    auto keep = [&](Proof proof) {
        if (proof.date > in.as_of)
            ++in.later_proofs;
        else
            in.records.proofs.push_back(std::move(proof));
    };
    Rows const done(job, "completions");
    auto const id = done.field("id"), requirement = done.field("requirement_id"), person = done.field("person_id"),
               date = done.field("date"), expires = done.field("expires_date"), evidence = done.field("evidence"),
               hash = done.field("evidence_sha256"), filed = done.field("evidence_hash"), paid = done.field("cost"),
               hours = done.field("hours");
    for (std::int64_t i = 0; i < done.count(); ++i)
        keep({id.text(i), requirement.text(i), person.text(i), *date.date(i), expires.date(i), false, "", "",
              evidence.text(i), hash.text(i), filed.text(i), paid.decimal(i).value_or(Decimal(0)),
              hours.decimal(i).value_or(Decimal(0))});

    Rows const held(job, "certificates");
    auto const c_id = held.field("id"), c_requirement = held.field("requirement_id"),
               c_person = held.field("person_id"), c_date = held.field("earned_date"),
               c_expires = held.field("expires_date"), c_evidence = held.field("evidence"),
               c_hash = held.field("evidence_sha256"), c_paid = held.field("cost"), c_hours = held.field("hours"),
               c_name = held.field("name"), c_vendor = held.field("vendor");
    for (std::int64_t i = 0; i < held.count(); ++i)
        keep({c_id.text(i), c_requirement.text(i), c_person.text(i), *c_date.date(i), c_expires.date(i), true,
              c_name.text(i), c_vendor.text(i), c_evidence.text(i), c_hash.text(i), "",
              c_paid.decimal(i).value_or(Decimal(0)), c_hours.decimal(i).value_or(Decimal(0))});
}

/// Without a list of people: those that proofs name.
void learn_people(Records& out) {
    out.people_listed = false;
    for (Proof const& p : out.proofs) {
        if (p.person.empty() || out.person(p.person) != nullptr) continue;
        Person person;
        person.id = person.name = p.person;
        person.listed = false;
        out.people.push_back(std::move(person));
    }
}

void read_notices(deckle::Job& job, Inputs& in) {
    Rows const rows(job, "notices");
    auto const id = rows.field("id"), date = rows.field("date"), channel = rows.field("channel"),
               sender = rows.field("sender"), program = rows.field("program_id"),
               requirement = rows.field("requirement_id"), claim = rows.field("claim"),
               deadline = rows.field("deadline"), amount = rows.field("amount"), how = rows.field("verified_how"),
               when = rows.field("verified_date"), who = rows.field("verified_by");
    for (std::int64_t i = 0; i < rows.count(); ++i)
        if (*date.date(i) <= in.as_of)
            in.records.notices.push_back({id.text(i), *date.date(i), channel.text(i), sender.text(i), program.text(i),
                                          requirement.text(i), claim.text(i), deadline.date(i), amount.decimal(i),
                                          how.text(i), who.text(i), when.date(i)});
}

void read_people(deckle::Job& job, Records& out) {
    Rows const rows(job, "people");
    auto const id = rows.field("id"), name = rows.field("name"), title = rows.field("title"), role = rows.field("role"),
               start = rows.field("start_date"), end = rows.field("end_date"), rate = rows.field("hourly_cost");
    for (std::int64_t i = 0; i < rows.count(); ++i)
        out.people.push_back({id.text(i), name.text(i), title.text(i), roles(role.text(i)), start.date(i), end.date(i),
                              rate.decimal(i)});
}

void read_controls(deckle::Job& job, Records& out) {
    Rows const rows(job, "controls");
    auto const id = rows.field("id"), name = rows.field("name"), owner = rows.field("owner"),
               status = rows.field("status"), requirement = rows.field("requirement_id"),
               tested = rows.field("tested_date"), next = rows.field("next_test_date"),
               evidence = rows.field("evidence"), hash = rows.field("evidence_sha256");
    for (std::int64_t i = 0; i < rows.count(); ++i)
        out.controls.push_back({id.text(i), name.text(i), owner.text(i), status.text(i), requirement.text(i),
                                evidence.text(i), hash.text(i), tested.date(i), next.date(i)});
    Rows const maps(job, "control_mappings");
    auto const control = maps.field("control_id"), framework = maps.field("framework"),
               reference = maps.field("reference");
    for (std::int64_t i = 0; i < maps.count(); ++i)
        out.mappings.push_back({control.text(i), framework.text(i), reference.text(i)});
}

} // namespace

Inputs read_inputs(deckle::Job& job) {
    Inputs in;
    in.as_of = job.as_of();
    in.period = job.period();
    in.company = job.company();
    in.currency = job.currency();
    in.clocks = job.clocks();
    in.now = job.now();
    in.owner = job.params().at("owner").get<std::string>();
    in.loaded_rate = job.decimal_param("loaded_rate");
    in.has = job.bound();
    read_people(job, in.records);
    read_programs(job, in.records);
    read_requirements(job, in);
    job.check_stop();
    read_proofs(job, in);
    if (!in.has("people")) learn_people(in.records);
    read_notices(job, in);
    read_controls(job, in.records);
    job.check_stop();
    return in;
}

} // namespace compliance
