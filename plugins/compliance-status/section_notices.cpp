#include "sections.hpp"
#include <algorithm>

namespace compliance {

namespace {

Json what_to_do(NoticeAnswer const& x) {
    switch (x.answer) {
    case Answer::act:
        return x.verified ? "Act: it is open" : "Verify, then act: it is open";
    case Answer::reply_with_proof:
        return x.verified ? "Reply with proof" : "Verify, then reply with proof";
    case Answer::done:
        return "Done since";
    case Answer::not_applicable:
        return x.verified ? "Say that it does not apply" : "Verify, then say that it does not apply";
    case Answer::triage:
        break;
    }
    return x.verified ? "Triage: no such requirement is known" : "Triage: verify before paying";
}

Json verified(NoticeAnswer const& x) {
    Notice const& n = *x.notice;
    if (!x.verified) return "not verified";
    return n.verified_date
               ? leaf::text("{how}, {day}", {{"how", n.verified_how}, {"day", leaf::date(*n.verified_date, "day")}})
               : Json(n.verified_how);
}

} // namespace

void notices(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> blocks;
    if (!in.has("notices")) {
        blocks.push_back(block::missing("Notices",
                                        "each notice held against requirement and proof: reply, act, verify or triage",
                                        bind("notices")));
    } else if (a.answers.empty()) {
        blocks.push_back(block::text("No notice has come."));
    } else {
        block::Table table;
        table.caption("Notices that came, newest first").unit(words.unit());
        table.column("Received")
            .column("From")
            .column("About")
            .column("Deadline")
            .column("Asks for", deckle::Align::right)
            .column("Verified")
            .column("What to do");
        bool doubtful = false;
        for (NoticeAnswer const& x : a.answers) {
            Notice const& n = *x.notice;
            Json deadline = n.deadline ? leaf::date(*n.deadline, "day") : Json("");
            if (x.conflict && x.earliest && n.deadline && *n.deadline != *x.earliest)
                deadline = leaf::text("{day}; use {earliest}", {{"day", leaf::date(*n.deadline, "day")},
                                                                {"earliest", leaf::date(*x.earliest, "day")}});
            doubtful = doubtful || !x.verified;
            table.row(
                {leaf::date(n.date, "day"),
                 leaf::text("{sender}, {channel}",
                            {{"sender", n.sender.empty() ? Json("unknown") : Json(n.sender)}, {"channel", channel(n)}}),
                 x.requirement != nullptr ? Json(x.requirement->name) : Json(n.claim), deadline,
                 words.cell(n.amount.value_or(Decimal(0))), verified(x), what_to_do(x)},
                x.answer == Answer::triage && !x.verified ? "bad"
                : !x.verified || x.answer == Answer::act  ? "soon"
                                                          : "");
        }
        blocks.push_back(table.json());
        if (doubtful)
            blocks.push_back(
                block::callout("soon", "Verify before paying: call the account manager you know or look into the "
                                       "portal, never through the number, link or address that the notice names."));
        for (Conflict const& c : a.conflicts) {
            Json all = leaf::date(c.deadlines[0]);
            for (std::size_t i = 1; i < c.deadlines.size(); ++i)
                all = leaf::text("{a}, {b}", {{"a", all}, {"b", leaf::date(c.deadlines[i])}});
            blocks.push_back(block::text(
                leaf::text("Conflicting deadlines for {what}: {all}. Use the earlier one, {first}.",
                           {{"what", c.requirement->name}, {"all", all}, {"first", leaf::date(c.deadlines[0])}})));
        }
    }
    if (in.has("notices") && !a.silent.empty()) {
        std::vector<std::string> all;
        for (Item const* item : a.silent)
            if (std::string const& name = item->requirement->name; std::find(all.begin(), all.end(), name) == all.end())
                all.push_back(name);
        blocks.push_back(block::text(
            leaf::text("No notice has come for {n}, so nobody will remind you: {names}.",
                       {{"n", counted(static_cast<std::int64_t>(all.size()), "open requirement", "open requirements")},
                        {"names", names(all, all.size())}})));
    }
    report.section("notices", "Notices against requirements", blocks);
}

} // namespace compliance
