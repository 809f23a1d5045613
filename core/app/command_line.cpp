#include "app/command_line.hpp"
#include "base/error.hpp"
#include <iostream>
#include <limits>

#ifndef DECKLE_VERSION
#error "DECKLE_VERSION is given by CMake"
#endif

namespace deckle::app {
namespace {

constexpr char const* footer =
    "Exit codes: 0 done; 1 failed; 2 wrong command line, configuration or parameter; 3 refused by\n"
    "policy; 4 partial (made, but rows were rejected or something could not be drawn); 5 held.\n"
    "Data goes to standard output, messages to standard error.";

int exit_code(ErrorCode code) {
    if (code == ErrorCode::usage) return usage;
    if (code == ErrorCode::refused) return refused;
    return failed;
}

} // namespace

CommandLine::CommandLine()
    : app_("Deckle makes reports and documents from your business systems, as PDF and HTML.", "deckle") {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", std::string("deckle ") + DECKLE_VERSION);
    app_.footer(footer);
    app_.failure_message(CLI::FailureMessage::simple);
    run_command();
    preview_command();
    report_commands();
    data_commands();
    runs_commands();
    commentary_commands();
    schedule_commands();
    service_commands();
    delivery_commands();
    template_commands();
    facts_commands();
    draft_commands();
    other_commands();
}

int CommandLine::operator()(int argc, char** argv) {
    try {
        app_.parse(argc, argv);
    } catch (CLI::ParseError const& e) {
        int const code = app_.exit(e, std::cout, std::cerr);
        return code == 0 ? ok : usage;
    }
    return action_();
}

void CommandLine::run_command() {
    auto* const c = app_.add_subcommand("run", "Make a report, or all reports of a pack");
    with_workspace(c);
    c->add_option("report", run_.report, "Report, such as cash-flow (see: deckle report list)");
    c->add_option("--pack", run_.pack,
                  "Make all reports of this pack ([packs.NAME] of deckle.toml), each by itself and all in one PDF");
    c->add_option("--period", run_.period, "2026-10, 2026-Q4 or 2026; of a pack by default the last whole month");
    c->add_option("--as-of", run_.as_of, "YYYY-MM-DD; default: the last day of the period");
    c->add_option("--set", run_.set, "Parameter as name=value; may be repeated")->allow_extra_args(false);
    c->add_option("--format", run_.formats, "Any of pdf,html,json,csv,xlsx,figures")->capture_default_str();
    c->add_option("--attach", run_.attach, "Any of json,csv,xlsx,figures, to put into the PDF");
    c->add_flag("--pdfa", run_.pdf_a, "PDF/A-2b for archives, 3b with attached files");
    c->add_option("--out", run_.out, "Folder for the files; - writes a single one to standard output")
        ->capture_default_str();
    c->add_option("--from-snapshot", run_.from_snapshot,
                  "Make it again from the data, period and parameters of this earlier run");
    c->add_option("--revision", run_.revision, "Number of a corrected issue")->check(CLI::Range(1, 999));
    c->add_option("--correction", run_.correction, "What was corrected in it; its readers see it");
    c->add_option("--timeout", run_.timeout_seconds, "Seconds the report's plugin may take")
        ->check(CLI::Range(1, 86400))
        ->capture_default_str();
    c->add_flag("--strict", run_.strict, "Fail instead of reporting what could not be drawn");
    c->add_flag("--timings", run_.timings, "Print how long each stage took, on standard error");
    on(c, [this] { return run_.pack.empty() ? run_report(common_, run_) : run_pack(common_, run_); });
}

void CommandLine::preview_command() {
    auto* const c = app_.add_subcommand("preview", "Show a report in the browser: HTML beside PDF");
    with_workspace(c);
    c->add_option("report", watch_.report, "Report; shown from its newest run, or run once")->required();
    c->add_flag("--watch", watch_.watch, "Make it anew whenever a template or style sheet is saved");
    c->add_option("--period", watch_.period, "Of the run that is shown");
    c->add_option("--port", watch_.port, "Port on 127.0.0.1; default: any free one");
    on(c, [this] { return preview_report(common_, watch_); });
}

void CommandLine::report_commands() {
    auto* const g = group("report", "Which reports there are");
    auto* const list = g->add_subcommand("list", "All reports");
    with_workspace(list);
    on(list, [this] { return list_reports(common_); });
    auto* const show = g->add_subcommand("show", "One report: its sections with this workspace's data, its parameters");
    with_workspace(show);
    show->add_option("report", name_, "Report")->required();
    on(show, [this] { return show_report(common_, name_); });
}

void CommandLine::data_commands() {
    auto* const g = group("data", "Where the data comes from, and whether it is right");
    auto* const list = g->add_subcommand("list", "All datasets: bound or not, rows, source");
    with_workspace(list);
    on(list, [this] { return list_data(common_); });
    auto* const preview = g->add_subcommand("preview", "The first rows of a dataset, as reports see them");
    with_workspace(preview);
    preview->add_option("dataset", preview_.dataset, "Dataset, such as invoices")->required();
    preview->add_option("--rows", preview_.rows, "How many")->check(CLI::Range(1, 100000))->capture_default_str();
    on(preview, [this] { return preview_data(common_, preview_); });
    auto* const check = g->add_subcommand("check", "Everything that is wrong with the configuration and the data");
    with_workspace(check);
    on(check, [this] { return check_data(common_); });
    auto* const accounts = g->add_subcommand("accounts", "Ledger accounts without a statement line, with proposals");
    with_workspace(accounts);
    on(accounts, [this] { return list_accounts(common_); });
}

void CommandLine::runs_commands() {
    auto* const g = group("runs", "The history of runs");
    auto* const list = g->add_subcommand("list", "The latest runs");
    with_workspace(list);
    list->add_option("--report", runs_.report, "Only this report");
    list->add_option("--limit", runs_.limit, "How many")->check(CLI::Range(1, 10000))->capture_default_str();
    on(list, [this] { return list_runs(common_, runs_); });
    auto* const show = g->add_subcommand("show", "One run: what went in and what came out");
    with_workspace(show);
    show->add_option("run", name_, "Id of the run, or its beginning")->required();
    on(show, [this] { return show_run(common_, name_); });
    auto* const diff = g->add_subcommand("diff", "Two runs of one report, figure by figure");
    with_workspace(diff);
    diff->add_option("before", diff_.before, "Id of the earlier run, or its beginning")->required();
    diff->add_option("after", diff_.after, "Id of the later run, or its beginning")->required();
    on(diff, [this] { return diff_runs(common_, diff_); });
    auto* const verify =
        g->add_subcommand("verify", "Make a run's files again from the data it kept, and compare them to the byte");
    with_workspace(verify);
    verify->add_option("run", name_, "Id of the run, or its beginning")->required();
    on(verify, [this] { return verify_run(common_, name_); });
}

void CommandLine::commentary_commands() {
    auto* const g = group("commentary", "Management's own paragraph in a report, for one period");
    auto const about = [&](CLI::App* c) {
        with_workspace(c);
        c->add_option("report", commentary_.report, "Report")->required();
        c->add_option("--period", commentary_.period, "2026-10, 2026-Q4 or 2026")->required();
    };
    auto* const set = g->add_subcommand("set", "Write it, in Markdown; earlier versions are kept");
    about(set);
    auto* const text = set->add_option("text", commentary_.text, "The text; - reads standard input, '' takes it back");
    set->add_option("--file", commentary_.file, "Read the text from this file")->excludes(text);
    set->add_option("--by", commentary_.by, "Who says so; default: your account");
    on(set, [this] { return set_commentary(common_, commentary_); });
    auto* const show = g->add_subcommand("show", "The text as it is now");
    about(show);
    show->add_flag("--history", commentary_.history, "All versions");
    on(show, [this] { return show_commentary(common_, commentary_); });
    auto* const list = g->add_subcommand("list", "All that were written");
    with_workspace(list);
    on(list, [this] { return list_commentaries(common_); });
}

void CommandLine::template_commands() {
    auto* const g = group("template", "Templates of reports");
    auto* const lint = g->add_subcommand("lint", "Find mistakes in a report's template");
    with_workspace(lint);
    lint->add_option("report", lint_.report, "Report; or mail, for the messages that bring it")->required();
    lint->add_option("--model", lint_.model,
                     "Report model (JSON) the names are checked against; default: the newest run's");
    on(lint, [this] { return lint_template(common_, lint_); });
}

void CommandLine::facts_commands() {
    auto* const g = group("facts", "Named values that texts draw on, from every source");
    g->footer(
        "Of several sources for a fact and period the first is used: set by hand, a figure of a report, SQL, the\n"
        "dataset facts. In texts: {{customers.active}} (newest), {{revenue.total.2025|money:0}},\n"
        "{{growth(revenue.total,2024,2025)|pct}}, {{cagr(revenue.total,2023,2025)}}, {{share(a,b,2025)}};\n"
        "filters: money pct num digits (with :places), date (with :long medium day month month_year), text.\n"
        "Exit codes as above all commands; check: 1 when there are findings.");
    auto const command = [&](char const* name, char const* about, auto action) {
        auto* const c = g->add_subcommand(name, about);
        with_workspace(c);
        on(c, [this, action] { return action(common_, fact_); });
        return c;
    };
    auto const as_of = [&](CLI::App* c) { c->add_option("--as-of", fact_.as_of, "YYYY-MM-DD; default: today"); };
    auto const id = [&](CLI::App* c) { c->add_option("fact", fact_.id, "Fact, such as customers.active")->required(); };
    as_of(command("list", "What each fact says, where it comes from, when it ends", list_facts));
    auto* const show = command("show", "One fact: every period, every source, what was set by hand", show_fact);
    id(show);
    as_of(show);
    auto* const set = command("set", "Set a fact by hand; every value is kept", set_fact);
    id(set);
    set->add_option("value", fact_.value, "12, 31%, 1200USD, 2026-10-31 or words")->required();
    set->add_option("--period", fact_.period, "2026, 2026-10, 2026-Q3, 2026-10-31, \"LTM 2026-10\"; default: always");
    set->add_option("--unit", fact_.unit, "Currency code, percent, people, days ...; text keeps a number as words");
    set->add_option("--label", fact_.label, "What it is, in words");
    set->add_option("--source", fact_.source, "Who says so");
    set->add_option("--evidence", fact_.evidence, "Where the proof lies");
    set->add_option("--as-of", fact_.as_of, "Day it was true; default: today");
    set->add_option("--until", fact_.until, "Last day it may be used");
    set->add_option("--digits", fact_.digits, "Places shown")->check(CLI::Range(0, 9));
    auto* const is_public = set->add_flag("--public", fact_.is_public, "It may be published");
    set->add_flag("--private", fact_.is_private, "It may not be published")->excludes(is_public);
    set->add_option("--by", fact_.by, "Who sets it; default: [user] name, then the account");
    auto* const unset = g->add_subcommand("unset", "Take back what was set by hand");
    with_workspace(unset);
    id(unset);
    unset->add_option("--period", fact_.period, "Of which period");
    unset->add_option("--by", fact_.by, "Who takes it back");
    on(unset, [this] {
        fact_.remove = true;
        return set_fact(common_, fact_);
    });
    as_of(command("check", "Sources that fail or disagree, and facts that are too old", check_facts));
}

void CommandLine::draft_commands() {
    auto* const g = group("draft", "Documents that people write: award submissions, press releases");
    g->footer("States: draft, review (submit), approved (approve), submitted (mark), shortlisted, won, lost; withdrawn "
              "at\n"
              "any time before; reject and reopen lead back to draft. Texts change in draft and review only.\n"
              "Exit codes as above all commands; 3 when a text was changed by somebody else, or the state forbids it.");
    auto const command = [&](char const* name, char const* about, auto action, bool one = true) {
        auto* const c = g->add_subcommand(name, about);
        with_workspace(c);
        if (one) c->add_option("draft", draft_.id, "Id of the draft, its beginning, or last")->required();
        on(c, [this, action] { return action(common_, draft_); });
        return c;
    };
    auto const by = [&](CLI::App* c) {
        c->add_option("--by", draft_.by, "Who does it; default: [user] name, then the account");
        c->add_option("--note", draft_.note, "Kept in the log");
        return c;
    };
    auto const as_of = [&](CLI::App* c) {
        c->add_option("--as-of", draft_.as_of, "Day of the facts, YYYY-MM-DD; default: today");
        return c;
    };
    auto const field = [&](CLI::App* c, char const* about) { c->add_option("--field", draft_.field, about); };

    auto* c = as_of(by(command("new", "Start a draft, filled with what is known", new_draft, false)));
    c->add_option("document", draft_.report, "Document, such as press-release (see: deckle report list)")->required();
    c->add_option("--set", draft_.set, "Parameter as name=value; may be repeated")->allow_extra_args(false);
    c->add_option("--from", draft_.from, "Draft it follows: an award that was won starts its press release");
    c->add_option("--title", draft_.title,
                  "Name of the draft and heading of its text files; default: the document and what is set");
    c->add_option("--period", draft_.period, "2026-10, 2026-Q4 or 2026; default: this month");
    c = command("list", "All drafts", list_drafts, false);
    c->add_option("--document", draft_.report, "Only of this document");
    c->add_option("--state", draft_.state, "Only in this state");
    c = as_of(command("show", "One draft: its fields, approvals and findings", show_draft));
    field(c, "Only this field's text");
    command("log", "Who changed what, and when", log_draft);
    c = command("diff", "What changed between two versions; default: with the last save", diff_draft);
    c->add_option("versions", draft_.versions, "From and to")->expected(0, 2);
    c = by(command("set", "Change one text", set_draft));
    c->add_option("field", draft_.field, "Field")->required();
    c->add_option("text", draft_.text, "The text; - reads standard input");
    c->add_option("--file", draft_.file, "File with the text");
    c->add_option("--version", draft_.version, "Version that the change began from; default: the newest")
        ->check(CLI::Range(1, 1'000'000));
    c = as_of(by(command("edit", "Open all texts in $VISUAL or $EDITOR", edit_draft)));
    field(c, "Only this field");
    c = as_of(by(command("take", "Take over an earlier text that is offered", take_draft)));
    c->add_option("field", draft_.field, "Field")->required();
    c->add_option("--offer", draft_.offer, "Which of them")->capture_default_str();
    by(command("submit", "Hand it in for review", submit_draft));
    c = as_of(by(command("approve", "Approve it as it reads now", approve_draft)));
    field(c, "Only this field");
    by(command("reject", "Send it back, with --note", reject_draft));
    by(command("reopen", "Make a draft of it again", reopen_draft));
    c = as_of(by(command("mark", "Record what became of it", mark_draft)));
    c->add_option("state", draft_.state, "submitted, shortlisted, won, lost or withdrawn")
        ->required()
        ->check(CLI::IsMember({"submitted", "shortlisted", "won", "lost", "withdrawn"}));
    c->add_option("--receipt", draft_.receipt, "Number or name of the receipt");
    c->add_option("--date", draft_.date, "YYYY-MM-DD; default: today");
    c = as_of(command("export", "Write it as files, or texts for a web form", export_draft));
    c->add_option("--format", draft_.formats, "Any of pdf,html,md,txt,docx,fields")->capture_default_str();
    c->add_option("--out", draft_.out, "Folder for the files; - writes to standard output")->capture_default_str();
    field(c, "With fields: only this one");
}

void CommandLine::render_command() {
    auto* const c = app_.add_subcommand("render", "Turn HTML files into PDF files");
    c->add_option("input", render_.inputs, "HTML files, - for standard input")->required();
    c->add_option("-o,--output", render_.output,
                  "PDF file, - for standard output; for several inputs a folder, made if missing");
    c->add_option("--base", render_.base, "Folder for images and style sheets; default: the file's own");
    c->add_option("--root", render_.roots, "Further folder whose files may be read; may be repeated")
        ->allow_extra_args(false);
    c->add_option("--ua", render_.user_agent, "Style sheet instead of the built-in defaults of HTML");
    c->add_option("--page-size", render_.page_size, "Where the document does not say: letter or a4")
        ->check(CLI::IsMember({"letter", "a4"}))
        ->capture_default_str();
    c->add_flag("--strict", render_.strict, "Fail instead of reporting what is wrong or could not be drawn");
    c->add_option("--dump", render_.dump, "Write the boxes or the placed pages as text instead of a PDF")
        ->check(CLI::IsMember({"boxes", "pages"}));
    c->add_option("--tags", render_.tags,
                  "Structure for screen readers and text extraction; auto: up to 5,000 table rows")
        ->check(CLI::IsMember({"auto", "on", "off"}))
        ->capture_default_str();
    c->add_option("--attach", render_.attach, "File to put into the PDF; may be repeated")->allow_extra_args(false);
    c->add_flag("--pdfa", render_.pdf_a, "PDF/A-2b for archives, 3b with attached files");
    c->add_option("--jobs", render_.jobs, "Documents at once; default: one a core")->check(CLI::Range(1, 1024));
    c->add_flag("--explain-breaks", render_.explain_breaks,
                "Say for every page break why it is there, on standard error");
    auto const limit = [&](char const* name, auto& value, char const* about, auto least, auto most) {
        c->add_option(name, value, about)->check(CLI::Range(least, most))->capture_default_str()->group("Limits");
    };
    std::size_t const any = std::numeric_limits<std::int32_t>::max();
    auto& most = render_.limits;
    limit("--max-bytes", most.bytes, "Of a document and of each file it refers to", std::size_t{1}, any);
    limit("--max-elements", most.elements, "Of a document", std::size_t{1}, any);
    limit("--max-depth", most.depth, "Elements inside one another", std::size_t{1}, std::size_t{2000});
    limit("--max-boxes", most.boxes, "Of a document", std::size_t{1}, any);
    limit("--max-pages", most.pages, "Of a document", std::size_t{1}, std::size_t{1'000'000});
    limit("--max-pixels", most.pixels, "Of all images of a document that are decoded", std::size_t{1}, any / 4);
    limit("--max-seconds", most.seconds, "For a document", 0.001, 1e6);
    c->footer("Examples:\n"
              "  deckle render invoice.html -o invoice.pdf\n"
              "  deckle render letters/*.html -o out/          (on all cores)\n"
              "  generate | deckle render - -o - --base assets > report.pdf\n"
              "  deckle render page.html --dump pages          (what stands where, as text)\n"
              "Files are read from the document's folder (or --base) and --root only, nothing from the network.\n"
              "Exit codes as above all commands: 4 when something of the content could not be drawn.");
    on(c, [this] { return render_documents(render_); });
}

void CommandLine::other_commands() {
    auto* const init = app_.add_subcommand("init", "Start a workspace");
    init->add_option("folder", folder_, "Folder, made if missing")->required();
    init->add_option("--company", name_, "The company's name");
    on(init, [this] { return init_workspace(folder_, name_); });

    render_command();

    auto* const backup = app_.add_subcommand("backup", "Put the store and the workspace's files into one file");
    with_workspace(backup);
    backup->add_option("file", backup_.file, "Such as deckle-2026-11-01.tar.gz")->required();
    backup->add_flag("--force", backup_.force, "Write over a file that is there");
    backup->footer("Others may work meanwhile. Secrets are left out; what is left out is listed.");
    on(backup, [this] { return make_backup(common_, backup_); });
    auto* const restore = app_.add_subcommand("restore", "Make a workspace and its store from a backup");
    with_workspace(restore);
    restore->add_option("file", backup_.file, "The backup")->required()->check(CLI::ExistingFile);
    restore
        ->add_option("--config", backup_.config,
                     "A deckle.toml instead of the one in the backup, with another [store] for instance")
        ->check(CLI::ExistingFile);
    restore->add_flag("--force", backup_.force, "Also where something is: a folder is moved aside, a database emptied");
    restore->footer("Everything is checked before anything is written.");
    on(restore, [this] { return restore_backup(common_, backup_); });

    auto* const doctor = app_.add_subcommand("doctor", "Check this installation and workspace");
    with_workspace(doctor);
    on(doctor, [this] { return app::doctor(common_); });
}

} // namespace deckle::app

int main(int argc, char** argv) {
    using namespace deckle;
    try {
        return app::CommandLine()(argc, argv);
    } catch (Error const& e) {
        std::cerr << "deckle: " << e.to_string() << "\n";
        return app::exit_code(e.code());
    } catch (std::exception const& e) {
        std::cerr << "deckle: " << e.what() << "\n";
        return app::failed;
    }
}
