#include "sections.hpp"
#include <algorithm>

namespace compliance {
namespace {

constexpr char const* no_proofs = "missing_dataset:completions";

struct Writer {
    Page const& page;

    void put(std::string const& id, std::string const& label, Json value, char const* unit,
             std::vector<std::string> source, char const* formula) {
        page.report.figure({.id = "compliance." + id,
                            .version = 1,
                            .label = label,
                            .value = std::move(value),
                            .unit = unit,
                            .period = page.in.period.label,
                            .complete = true,
                            .source = std::move(source),
                            .formula = formula});
    }
    void number(char const* id, char const* label, std::int64_t n, std::vector<std::string> source,
                char const* formula) {
        put(id, label, count(n), "count", std::move(source), formula);
    }
    void money(char const* id, char const* label, Metric const& amount, std::vector<std::string> source,
               char const* formula) {
        put(id, label, amount ? leaf::money(amount.value().rounded(2), page.words.currency) : leaf::na(amount.reason()),
            page.words.currency.c_str(), std::move(source), formula);
    }
    void share(std::string const& id, std::string const& label, Metric const& m, std::vector<std::string> source,
               char const* formula) {
        put(id, label, m ? leaf::pct(m.value().rounded(8).trimmed()) : leaf::na(m.reason()), "ratio", std::move(source),
            formula);
    }
};

/// A program's id as part of a figure's id: lower case, anything else than letters and digits becomes a hyphen.
std::string slug(std::string const& id) {
    std::string out;
    for (char const c : id) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += c;
        else if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c - 'A' + 'a');
        else
            out += '-';
    }
    return out;
}

} // namespace

void figures(Page const& page) {
    auto const& [in, a, words, report] = page;
    Writer w{page};
    Totals const& t = a.totals;
    auto known = [](bool is, Metric const& m, char const* reason) { return is ? m : Metric::na(reason); };
    bool const proofs = in.has("completions") || in.has("certificates");
    std::vector<std::string> const all = {"requirements", "completions", "certificates", "people"};
    auto items = [&](std::initializer_list<Status> of) {
        std::int64_t n = 0;
        for (Status const s : of)
            if (auto const it = t.items.find(s); it != t.items.end()) n += it->second;
        return n;
    };
    auto programs = [&](Light l) {
        auto const it = t.programs.find(l);
        return it == t.programs.end() ? 0 : it->second;
    };
    w.share("score", "Requirements met", t.score(), all,
            "met / counted; requirements of persons per person, of n people min(have, n) / n");
    w.put("met", "Requirements met, count", leaf::num(t.met.rounded(8).trimmed()), "count", all,
          "sum of the items' shares");
    w.number("counted", "Requirements counted", static_cast<std::int64_t>(t.counted.units()), all,
             "not waived, not applicable or replaced; requirements of persons per person");
    w.number("overdue", "Overdue", items({Status::overdue}), all, "not complete, due before the as-of date");
    w.number("expired", "Expired", items({Status::expired}), all,
             "complete once, last valid day before the as-of date");
    w.number("due_30", "Due within 30 days", items({Status::due_30}), all, "not complete, due in 0 to 30 days");
    w.number("due_60", "Due in 31 to 60 days", items({Status::due_60}), all, "not complete, due in 31 to 60 days");
    w.number("due_90", "Due in 61 to 90 days", items({Status::due_90}), all, "not complete, due in 61 to 90 days");
    w.number("expiring", "Complete, expiring within 90 days", items({Status::expiring}), all,
             "complete, last valid day in 0 to 90 days");
    w.number("undated", "Open without a date", items({Status::undated}), all, "not complete, no due date");
    w.number("open_later", "Open, later than 90 days", items({Status::not_started, Status::in_progress}), all,
             "not complete, due after 90 days");
    w.number("programs", "Programs", static_cast<std::int64_t>(a.programs.size()), {"programs", "requirements"},
             "programs listed or named by a requirement");
    w.number("programs.late", "Programs late", programs(Light::red), all,
             "worst mandatory requirement overdue or expired");
    w.number("programs.due", "Programs due within 90 days", programs(Light::amber), all,
             "worst mandatory requirement due or expiring in 0 to 90 days, or undated");
    w.number("programs.open", "Programs open, in time", programs(Light::open), all,
             "worst mandatory requirement due after 90 days");
    w.number("programs.in_order", "Programs in order", programs(Light::green), all,
             "every mandatory requirement complete");
    w.money("benefit", "Benefit of all programs, a year", t.benefit, {"programs"}, "sum of programs.benefit");
    w.money("benefit.at_risk", "Benefit at risk, a year", t.benefit_late, {"programs", "requirements"},
            "benefit of the programs that are late");
    w.money("benefit.due", "Benefit with a deadline within 90 days, a year", t.benefit_soon,
            {"programs", "requirements"}, "benefit of the programs that are due");
    w.money("cost.fees", "Fees paid in twelve months", known(proofs, t.spent.fees, no_proofs),
            {"completions", "certificates"}, "sum of cost");
    w.put("cost.hours", "Hours spent in twelve months",
          proofs ? leaf::num(t.spent.hours.trimmed()) : leaf::na(no_proofs), "hours", {"completions", "certificates"},
          "sum of hours");
    w.money("cost.spent", "Spent in twelve months", known(proofs, t.spent.total(), no_proofs),
            {"completions", "certificates", "people"}, "fees + hours x loaded rate");
    w.money("cost.to_close", "To close what is open", t.open.total(), {"requirements", "people"},
            "fee + estimated hours x loaded rate of open items");
    w.put("cost.to_close.hours", "Hours to close what is open", leaf::num(t.open.hours.trimmed()), "hours",
          {"requirements"}, "estimated hours of open items");
    Metric const returns = a.returns();
    w.put("return", "Return on compliance",
          returns ? leaf::num(returns.value().rounded(8), {.digits = 2}) : leaf::na(returns.reason()), "ratio",
          {"programs", "requirements", "completions", "certificates"},
          "benefit / (spent in twelve months + to close), of programs whose benefit is known");

    auto notices = [&](auto const& which) {
        return static_cast<std::int64_t>(std::count_if(a.answers.begin(), a.answers.end(), which));
    };
    auto notice = [&](char const* id, char const* label, std::int64_t n, char const* formula) {
        w.put(id, label, in.has("notices") ? count(n) : leaf::na("missing_dataset:notices"), "count",
              {"notices", "requirements", "completions"}, formula);
    };
    notice("notices", "Notices", notices([](NoticeAnswer const&) { return true; }), "received up to the as-of date");
    notice("notices.unverified", "Notices not verified", notices([](NoticeAnswer const& x) { return !x.verified; }),
           "no way of verification noted");
    notice("notices.triage", "Notices without a known requirement",
           notices([](NoticeAnswer const& x) { return x.answer == Answer::triage; }),
           "requirement_id empty or not listed");
    notice("notices.reply", "Notices to answer with proof",
           notices([](NoticeAnswer const& x) { return x.answer == Answer::reply_with_proof; }),
           "requirement complete before the notice came");
    notice("notices.act", "Notices about open requirements",
           notices([](NoticeAnswer const& x) { return x.answer == Answer::act; }), "requirement not complete");
    notice("notices.conflicts", "Conflicting deadlines", static_cast<std::int64_t>(a.conflicts.size()),
           "requirements whose own date and notices' deadlines differ");
    notice("silent", "Open without a notice", static_cast<std::int64_t>(a.silent.size()),
           "not complete and no notice received");

    w.number("people.critical", "People whose leaving would fall short",
             static_cast<std::int64_t>(a.dependences.size()), {"requirements", "certificates", "people"},
             "holders of requirements of n people that have no spare");
    auto evidence = [&](char const* id, char const* label, int n, char const* formula) {
        bool const named = in.has("completions", "evidence") || in.has("certificates", "evidence");
        w.put(id, label, named ? count(n) : leaf::na("missing_column:evidence"), "count",
              {"completions", "certificates", "controls"}, formula);
    };
    evidence("evidence.files", "Evidence in place",
             a.evidence_in(Filed::State::there) + a.evidence_in(Filed::State::changed), "named files that are there");
    evidence("evidence.missing", "Evidence missing", a.evidence_in(Filed::State::missing),
             "named files that are not there");
    evidence("evidence.changed", "Evidence changed since it was filed", a.evidence_in(Filed::State::changed),
             "SHA-256 differs from evidence_hash");
    bool const mapped = in.has("controls") && in.has("control_mappings");
    w.put("controls.references", "Framework references mapped",
          mapped ? count(a.controls.references()) : leaf::na("missing_dataset:controls"), "count",
          {"controls", "control_mappings"}, "mappings to controls that apply");
    w.share("controls.coverage", "Framework references in place",
            mapped ? ratio(Decimal(a.controls.in_place()), Decimal(a.controls.references()), "no_mappings")
                   : Metric::na("missing_dataset:controls"),
            {"controls", "control_mappings"}, "mapped to an implemented control / mapped");
    for (ProgramStatus const& p : a.programs)
        if (std::string const id = slug(p.program->id); !id.empty())
            w.share("score." + id, p.program->name + ", requirements met", p.score(), all,
                    "met / counted of the program");
}

} // namespace compliance
