// deckle draft submit|approve|reject|reopen|mark: who may do what, and when.
#include "app/open_draft.hpp"
#include "drafts/states.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iostream>

namespace deckle::app {

using model::Json;

namespace {

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

bool same_person(std::string const& a, std::string const& b) {
    return lower(a) == lower(b);
}

int answer(Common const& common, std::string const& id, int version, std::string const& state) {
    if (common.json)
        std::cout << Json{{"draft", id}, {"version", version}, {"state", state}}.dump(2) << "\n";
    else
        std::cerr << fmt::format("Draft {}, version {}: {}\n", id, version, state);
    return ok;
}

int move(Common const& common, DraftOptions const& options, std::string const& action) {
    Desk desk(common, options.as_of);
    auto const draft = desk.drafts.find(options.id);
    std::string const to = drafts::next_state(action, draft.state);
    store::Move move;
    move.action = action;
    move.from = draft.state;
    move.to = to;
    int const version = desk.drafts.move(draft.id, draft.version, move, desk.act(options.by, options.note));
    return answer(common, draft.id, version, to);
}

void require_four_eyes(Desk const& desk, std::string const& by, std::string const& editor, std::string const& what) {
    if (desk.session.workspace.documents.four_eyes && same_person(by, editor))
        throw Error(ErrorCode::refused,
                    fmt::format("{} edited {} last, so somebody else approves it ([drafts] four_eyes)", by, what));
}

int approve_field(Common const& common, DraftOptions const& options, Desk& desk) {
    auto const document = desk.document(desk.drafts.find(options.id));
    auto const& draft = document.draft();
    auto const& editable = drafts::editable_states();
    if (std::ranges::find(editable, draft.state) == editable.end())
        throw Error(ErrorCode::refused,
                    fmt::format("the draft {} is {}: fields are approved before that", draft.id, draft.state));
    auto const part = document.parts().find(options.field);
    if (part == document.parts().end())
        throw Error(ErrorCode::usage, fmt::format("the draft has no field '{}'", options.field));
    auto const act = desk.act(options.by, options.note);
    auto const model = desk.make(document).model;
    for (Json const& field : model.value("fields", Json::array())) {
        if (field.at("id") != options.field) continue;
        std::string const approver = field.value("approver", "");
        if (!approver.empty() && !same_person(approver, act.author))
            throw Error(ErrorCode::refused,
                        fmt::format("{} is approved by {}, not by {}", options.field, approver, act.author));
    }
    for (Json const& finding : model.value("findings", Json::array()))
        if (finding.at("severity") == "error" && finding.value("field", "") == options.field)
            throw Error(ErrorCode::refused,
                        fmt::format("{} cannot be approved: {} [{}]", options.field,
                                    desk.formatter.text(finding.at("message")), finding.at("rule").get<std::string>()));
    require_four_eyes(desk, act.author, part->second.kept.author, options.field);
    store::Move move;
    move.action = "approve";
    move.from = move.to = draft.state;
    move.field = options.field;
    move.approved = part->second.merged.text;
    int const version = desk.drafts.move(draft.id, draft.version, move, act);
    return answer(common, draft.id, version, options.field + " approved");
}

} // namespace

int submit_draft(Common const& common, DraftOptions const& options) {
    return move(common, options, "submit");
}

int reopen_draft(Common const& common, DraftOptions const& options) {
    return move(common, options, "reopen");
}

int reject_draft(Common const& common, DraftOptions const& options) {
    if (options.note.empty()) throw Error(ErrorCode::usage, "why? Add --note \"...\"");
    return move(common, options, "reject");
}

int approve_draft(Common const& common, DraftOptions const& options) {
    Desk desk(common, options.as_of);
    if (!options.field.empty()) return approve_field(common, options, desk);
    auto const document = desk.document(desk.drafts.find(options.id));
    auto const& draft = document.draft();
    std::string const to = drafts::next_state("approve", draft.state);
    auto const act = desk.act(options.by, options.note);
    auto const model = desk.make(document).model;
    auto problems = drafts::finding_texts(model, desk.formatter, true);
    for (Json const& field : model.value("fields", Json::array()))
        if (std::string const approver = field.value("approver", "");
            !approver.empty() && field.at("approved").is_null())
            problems.push_back(fmt::format("{}: {} has not approved it", field.at("id").get<std::string>(), approver));
    if (!problems.empty())
        throw Error(ErrorCode::refused,
                    fmt::format("the draft {} cannot be approved yet:\n  {}", draft.id, fmt::join(problems, "\n  ")));
    std::string editor;
    for (auto const& entry : desk.drafts.log(draft.id))
        if (!entry.fields.empty()) editor = entry.author;
    require_four_eyes(desk, act.author, editor, "the draft");
    store::Move move;
    move.action = "approve";
    move.from = draft.state;
    move.to = to;
    move.approved = document.texts_json();
    return answer(common, draft.id, desk.drafts.move(draft.id, draft.version, move, act), to);
}

int mark_draft(Common const& common, DraftOptions const& options) {
    Desk desk(common, options.as_of);
    auto const document = desk.document(desk.drafts.find(options.id));
    auto const& draft = document.draft();
    store::Move move;
    move.action = options.state;
    move.from = draft.state;
    move.to = drafts::next_state(options.state, draft.state);
    if (move.to == "submitted") {
        if (!document.approval_stands())
            throw Error(ErrorCode::refused,
                        fmt::format("the approval of {} is void, because the text has changed since: {}; `deckle draft "
                                    "reopen {}`, then submit and approve it again",
                                    draft.id, document.changed_since_approval(), draft.id));
        move.submitted = document.texts_json();
    }
    Json outcome = Json::parse(draft.outcome);
    outcome["date"] = day_of(options.date, desk.session, "--date").to_string();
    if (!options.receipt.empty()) outcome["receipt"] = options.receipt;
    if (!options.note.empty()) outcome["note"] = options.note;
    move.outcome = outcome.dump();
    int const version = desk.drafts.move(draft.id, draft.version, move, desk.act(options.by, options.note));
    return answer(common, draft.id, version, move.to);
}

} // namespace deckle::app
