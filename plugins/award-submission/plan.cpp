// What is left to do before the entry is sent, how a ranked award would rank, and what follows a win.
#include "sections.hpp"
#include <algorithm>
#include <array>

namespace award_submission {
namespace {

struct Check {
    char const *id, *label, *guidance;
    int days_before; // the deadline
};
constexpr std::array checks{
    Check{"check-financials", "Financial sign-off", "Who in finance, or which accountant, confirmed the figures", 10},
    Check{"check-consent", "Customer consent", "Every customer that is named or can be recognized agreed in writing",
          14},
    Check{"check-quotes", "Quotes approved", "Each person quoted approved the words", 10},
    Check{"check-logo", "Permission for logos and pictures", "Whoever owns a logo or a picture allowed its use", 10},
    Check{"check-proof", "Proof-read by a second person", "Someone who did not write it", 3}};

std::string value_of(Entry const& e, std::string const& id, std::string const& otherwise) {
    std::string const text = e.edits.text(id, otherwise);
    return text.empty() ? otherwise : text;
}

/// `n` days before the last day of entry at the company; blank without one.
Json by(Entry const& e, int n) {
    auto const days = e.days_left();
    return days ? leaf::date(e.as_of + (*days - n), "day") : Json("");
}

} // namespace

void checklist(Entry const& e, deckle::Report& report) {
    for (Check const& c : checks) {
        deckle::Field f;
        f.id = c.id;
        f.label = c.label;
        f.kind = deckle::Field::Kind::choice;
        f.choices = {"Open", "Done", "Not needed"};
        f.value = "Open";
        f.section = "Checklist";
        f.guidance = c.guidance;
        report.field(f);
    }
    deckle::Field receipt;
    receipt.id = "check-receipt";
    receipt.label = "Receipt number of the entry";
    receipt.section = "Checklist";
    report.field(receipt);

    block::Table table;
    table.column("Step").column("By").column("State").column("Note");
    auto const failed = count(e, Verdict::fail), unknown = count(e, Verdict::unknown);
    table.row({"Eligibility confirmed", by(e, 28),
               e.rules.empty() ? "No rules known"
               : failed > 0    ? "Not met"
               : unknown > 0   ? "Open"
                               : "Done",
               leaf::text("{pass} pass, {fail} fail, {unknown} unknown", {{"pass", leaf::num(count(e, Verdict::pass))},
                                                                          {"fail", leaf::num(failed)},
                                                                          {"unknown", leaf::num(unknown)}})},
              failed > 0 ? "bad" : "");
    for (Check const& c : checks) {
        bool const accountant = std::string_view(c.id) == "check-financials" && e.award.verified_financials;
        table.row({c.label, by(e, c.days_before), value_of(e, c.id, "Open"),
                   accountant ? "This award wants an accountant to confirm" : c.guidance});
    }
    std::string const receipt_text = e.edits.text("check-receipt");
    table.row({"Submitted, receipt kept", by(e, 1), e.sent() ? "Done" : "Open",
               receipt_text.empty() ? Json("A day early: entry pages fail on the last evening")
                                    : leaf::text("Receipt {n}", {{"n", receipt_text}})});
    std::string const& state = e.edits.state();
    bool const decided = state == "won" || state == "lost";
    table.row({"Result", e.award.result_date ? leaf::date(*e.award.result_date, "day") : Json(""),
               decided                  ? Json(state == "won" ? "Won" : "Not won")
               : state == "shortlisted" ? Json("Shortlisted")
                                        : Json("Open"),
               ""});
    table.row({"Follow-up press release", e.award.release_from ? leaf::date(*e.award.release_from, "day") : Json(""),
               state == "won"    ? "Next"
               : state == "lost" ? "Not needed"
                                 : "After the result",
               "A draft of press-release that starts from this one has its facts in place"});
    report.section("checklist", "Checklist", {table.json()});
}

void ranking(Entry const& e, deckle::Report& report) {
    if (e.entrants.empty()) return;
    block::Table table;
    table.column("Place").column("Entrant");
    for (std::string const& metric : e.metrics) table.column(metric, deckle::Align::right);
    table.column("Sum of ranks", deckle::Align::right);
    for (Standing const& s : decathlon(e.entrants, e.metrics)) {
        std::vector<Json> cells{s.place == 0 ? Json("Not ranked") : leaf::num(s.place), s.name};
        for (std::size_t i = 0; i < e.metrics.size(); ++i)
            cells.push_back(
                s.place == 0 ? leaf::na(std::find(s.missing.begin(), s.missing.end(), e.metrics[i]) == s.missing.end()
                                            ? "not_ranked"
                                            : "missing_value")
                             : leaf::num(s.ranks[i]));
        cells.push_back(s.place == 0 ? leaf::na("missing_value") : leaf::num(s.index));
        table.row(cells, s.place == 1 ? "strong" : "");
    }
    report.section(
        "ranking", "Ranking simulator",
        {block::text(
             "Each discipline ranks the entrants, 1 for the largest value; equal values share the mean of their "
             "ranks. The lowest sum wins. Organizers do not publish their arithmetic; this is ours."),
         table.json()},
        "as in a decathlon");
}

void after_a_win(Entry const& e, deckle::Report& report) {
    struct Step {
        char const *who, *what;
        int days; // after the result may be told
    };
    static constexpr std::array steps{
        Step{"Staff",
             "A note before anyone else hears it: what they did to win it, how to share it, who may speak to the press",
             0},
        Step{"Local press", "Press release to the business journal and the paper of the town", 0},
        Step{"Industry press", "The same release with the numbers of the trade in front", 0},
        Step{"Website", "News page with a lasting address, the award's logo in the footer and on proposals", 1},
        Step{"Social networks", "A post of the firm, then one of the owner; name the team", 1},
        Step{"Clients", "A short letter that thanks them; the account managers bring it along", 3},
        Step{"Vendors and distributors", "The release to each channel manager; ask for a line in their newsletter", 3},
        Step{"Associations", "The release to the chamber, the peer group and the trade associations", 7}};
    auto const day = e.award.release_from ? e.award.release_from : e.award.result_date;
    block::Table table;
    table.column("When").column("Who hears it").column("What");
    for (Step const& s : steps)
        table.row({day           ? leaf::date(*day + s.days, "day")
                   : s.days == 0 ? Json("Day of the result")
                                 : leaf::text("{n} after the result", {{"n", counted(s.days, "day", "days")}}),
                   s.who, s.what});
    report.section("after", "After a win", {table.json()},
                   e.award.release_from
                       ? leaf::text("nothing before {day}", {{"day", leaf::date(*e.award.release_from)}})
                       : Json());
}

} // namespace award_submission
