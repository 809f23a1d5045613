// What is to be done, worded as something a person can do, with an owner and a day.
#include "analysis.hpp"
#include "words.hpp"
#include <algorithm>

namespace compliance {
namespace {

struct Builder {
    Inputs const& in;
    Analysis const& a;
    Words words;
    std::vector<Action> out = {};

    void add(int rank, Json what, std::string owner, std::optional<Date> due) {
        Date const soonest = next_working_day(in.as_of);
        Action x{Urgency::by_date, rank, std::move(what), owner.empty() ? in.owner : std::move(owner),
                 std::max(due.value_or(soonest), in.as_of)};
        if (x.due <= soonest)
            x.urgency = Urgency::now;
        else if (x.due <= in.as_of + 7)
            x.urgency = Urgency::this_week;
        out.push_back(std::move(x));
    }

    void requirement(Group const& g) {
        Item const& item = *g.worst;
        Requirement const& r = *g.requirement;
        if (!item.counted() || item.status == Status::compliant || (!r.mandatory && light(item.status) != Light::red))
            return;
        Decimal const benefit = g.program->benefit.value_or(Decimal(0));
        int const rank = light(item.status) == Light::red ? (r.mandatory ? 10 : 40)
                         : item.days(in.as_of) <= 30      ? 20
                         : item.status == Status::undated ? 60
                                                          : 30;
        Args args = {{"what", r.name},
                     {"program", g.program->name},
                     {"benefit", words.money(benefit)},
                     {"state", status_text(item, in.as_of)}};
        if (item.date) args.emplace_back("date", leaf::date(*item.date, "day"));
        if (item.deadline) args.emplace_back("moment", leaf::datetime(*item.deadline, "short"));
        std::string why = "|: {program}, {state}";
        if (auto const people = g.people(); !people.empty()) {
            args.emplace_back("people", names(people));
            why += "; {people}";
        }
        if (light(item.status) == Light::red && !benefit.is_zero()) why += "; {benefit} a year is at risk";
        if (item.deadline) why += "; the deadline is {moment}";
        std::string head =
            item.status == Status::expired || item.status == Status::expiring ? "Renew {what}" : "Finish {what}";
        if (item.status == Status::undated) head = "Set a date for {what}";
        if (item.need > item.have) {
            head = "Add {missing} to {what}";
            args.emplace_back("missing", counted(item.need - item.have, "person", "people"));
            args.emplace_back("have", count(item.have));
            args.emplace_back("need", count(item.need));
            why = "|: {program}, {have} of {need} today";
            if (item.have_at_due && *item.have_at_due < item.have) {
                args.emplace_back("later", count(*item.have_at_due));
                why += " and {later} on {date}, as certificates end";
            }
        } else if (item.points && item.status != Status::expired) {
            Decimal const gap = std::max(Decimal(0), *r.points_needed - *item.points);
            args.emplace_back("gap", leaf::num(gap.trimmed()));
            args.emplace_back("have", leaf::num(item.points->trimmed()));
            args.emplace_back("need", leaf::num(r.points_needed->trimmed()));
            head = gap.is_zero() ? "Lift {what}" : "Earn {gap} more for {what}";
            why = "|: {program}, {have} of {need}";
            if (!item.below_floor.empty()) {
                std::vector<std::string> parts;
                for (Requirement const* part : item.below_floor) parts.push_back(part->name);
                args.emplace_back("parts", names(parts));
                why += "; {parts} is below its floor";
            }
        }
        Args used;
        for (auto const& arg : args)
            if ((head + why).find("{" + arg.first + "}") != std::string::npos) used.push_back(arg);
        bool const late = light(item.status) == Light::red;
        add(rank, task(head + why, used), r.owner.empty() ? g.program->owner : r.owner,
            late || item.status == Status::undated ? std::nullopt : item.date);
    }

    void notice(NoticeAnswer const& x) {
        Notice const& n = *x.notice;
        Args args = {{"sender", n.sender.empty() ? Json("the sender") : Json(n.sender)},
                     {"channel", channel(n)},
                     {"date", leaf::date(n.date, "day")}};
        if (n.amount) args.emplace_back("amount", words.money(*n.amount));
        if (x.requirement != nullptr) args.emplace_back("what", x.requirement->name);
        Program const* program = x.requirement == nullptr ? nullptr : in.records.program(x.requirement->program);
        std::string const owner = x.requirement == nullptr        ? ""
                                  : !x.requirement->owner.empty() ? x.requirement->owner
                                  : program == nullptr            ? ""
                                                                  : program->owner;
        std::string const head = n.amount ? "Do not pay {amount} yet" : "Verify before answering";
        std::string const check = "; ask the account manager you know or the portal, never the number it names";
        auto fit = [&](std::string const& pattern) {
            Args used;
            for (auto const& arg : args)
                if (pattern.find("{" + arg.first + "}") != std::string::npos) used.push_back(arg);
            return task(pattern, used);
        };
        if (x.answer == Answer::triage) {
            add(x.verified ? 26 : 15,
                fit(x.verified ? "Sort out what {sender} asks|: the {channel} of {date} fits no requirement"
                               : head + "|: the {channel} of {date} from {sender} fits no requirement" + check),
                owner, std::nullopt);
        } else if (!x.verified) {
            add(n.amount ? 15 : 25,
                fit(head + "|: the {channel} of {date} from {sender} about {what} is not verified" + check), owner,
                n.amount ? std::nullopt : std::optional(in.as_of + 7));
        } else if (x.answer == Answer::reply_with_proof) {
            add(28, fit("Reply to {sender} with proof|: {what} was complete before the {channel} of {date}"), owner,
                in.as_of + 7);
        } else if (x.answer == Answer::not_applicable) {
            add(45, fit("Tell {sender} that {what} does not apply|: {channel} of {date}"), owner, in.as_of + 7);
        }
    }

    void people() {
        for (Group const& g : a.groups) {
            Item const& item = *g.worst;
            if (!item.counted() || item.need == 0 || item.have != item.need) continue;
            std::vector<std::string> who;
            for (Holder const& h : item.holders) who.push_back(h.person->name);
            add(35,
                task("Train one more for {what}|: {program} needs {need} and has no spare; if {who} leaves, it falls "
                     "short",
                     {{"what", g.requirement->name},
                      {"program", g.program->name},
                      {"need", count(item.need)},
                      {"who", who.size() == 1 ? Json(who[0]) : leaf::text("one of {names}", {{"names", names(who)}})}}),
                g.requirement->owner.empty() ? g.program->owner : g.requirement->owner, in.as_of + 90);
        }
    }

    void evidence() {
        int const missing = a.evidence_in(Filed::State::missing);
        if (missing > 0 && in.has("completions"))
            add(55,
                task("Find {files}|: named in the records, not in the folder",
                     {{"files", counted(missing, "file of evidence", "files of evidence")}}),
                "", in.as_of + 30);
        for (Filed const& f : a.evidence)
            if (f.state == Filed::State::changed)
                add(27,
                    task("Look at {file}|: it is not the file whose hash was noted when it was filed",
                         {{"file", f.file}}),
                    "", in.as_of + 7);
    }
};

} // namespace

std::vector<Action> actions(Inputs const& in, Analysis const& a) {
    Builder b{in, a, {in.currency}};
    for (Group const& g : a.groups) b.requirement(g);
    for (NoticeAnswer const& x : a.answers) b.notice(x);
    b.people();
    b.evidence();
    std::stable_sort(b.out.begin(), b.out.end(), [](Action const& x, Action const& y) {
        return std::tuple(x.urgency, x.due, x.rank) < std::tuple(y.urgency, y.due, y.rank);
    });
    return std::move(b.out);
}

} // namespace compliance
