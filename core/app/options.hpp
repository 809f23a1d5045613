/// What the command line asked for, one struct per command; filled by command_line*.cpp, carried out by the commands.
#pragma once
#include "layout/layout.hpp"
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace deckle::app {

struct Common {
    std::filesystem::path workspace = ".";
    bool json = false;
    std::filesystem::path unsafe_plugins; // a folder with further plugins; empty = built-in ones only
};

struct RunOptions {
    std::string pack; // instead of a report
    std::string report, period, as_of, formats = "pdf,html", from_snapshot;
    std::string attach;           // formats that go into the PDF
    std::vector<std::string> set; // "name=value"
    std::filesystem::path out = ".";
    int revision = 1;
    std::string correction; // why there is a revision
    std::string started_by; // for the ledger; empty = the account
    int timeout_seconds = 120;
    bool pdf_a = false;
    bool strict = false;
    bool timings = false;
};

struct PreviewOptions {
    std::string dataset;
    std::int64_t rows = 10;
};

struct WatchOptions {
    std::string report, period; // without a period: the newest run's
    std::uint16_t port = 0;     // 0 = any free one
    bool watch = false;
};

struct ListRunsOptions {
    std::string report;
    int limit = 20;
};

struct CommentaryOptions {
    std::string report, period;
    std::string text; // "-" = standard input
    std::filesystem::path file;
    std::string by;
    bool history = false;
};

struct ExplainOptions {
    std::string schedule; // empty = all
    std::string from;     // YYYY-MM-DD; empty = now
    int count = 24;
    bool no_parts = false; // the datasets that reports are made for row by row are not read
};

struct ScheduleOptions {
    std::string schedule;
    std::vector<std::string> editions;
    std::string period, part; // empty: the one that is due, the whole
    std::string by, note;
    std::string reason; // of a revision
    std::vector<std::string> states;
    int limit = 50;
};

struct CheckOptions {
    std::string grace = "30m"; // for what is being made and sent
    bool notify = false;
};

struct ServeOptions {
    bool no_web = false;
    int grace_seconds = 30; // for what is being done when it is asked to stop
};

struct WorkOptions {
    bool once = false;
    std::vector<std::string> lanes = {"make", "deliver"};
    std::string name; // of the worker; empty = process_name()
    int parent = 0;   // process of the service that started it
};

struct DeliveryOptions {
    std::vector<std::string> ids; // of deliveries, or their beginnings
    std::string edition;          // send
    std::vector<std::string> to;  // send: further recipients
    std::string schedule, period;
    std::vector<std::string> states;
    bool notices = false;
    bool failed = false, pending = false; // resend: all that failed, or wait for their next try
    std::size_t limit = 200;
    std::string verdict; // resolve: sent, again, cancel
    std::string by, note;
};

struct DiffRunsOptions {
    std::string before, after; // ids of runs, or their beginnings
};

struct BackupOptions {
    std::filesystem::path file;
    std::filesystem::path config; // restore: instead of the deckle.toml in the backup
    bool force = false;
};

struct LintOptions {
    std::string report; // its template, with the workspace's overrides
    std::string model;  // a report model (JSON file) whose names the template may use
};

struct FactOptions {
    std::string id, value, period, unit, source, evidence, label, as_of, until, by;
    int digits = -1; // as the fact has
    bool is_public = false, is_private = false;
    bool remove = false;
};

struct DraftOptions {
    std::string id;     // of a draft, its beginning, or "last"
    std::string report; // plugin
    std::string field, state, title, from, period, as_of, by, note, receipt, date;
    std::vector<std::string> set; // "name=value"
    std::vector<int> versions;    // diff: from, to
    std::optional<std::string> text;
    std::filesystem::path file;
    int version = 0; // that the editor began from; 0 = the newest
    int offer = 1;   // take: which
    std::string formats = "pdf";
    std::filesystem::path out = ".";
};

struct DeliveryTestOptions {
    std::string channel; // empty = all
    std::string to;      // sends a message there; empty = as far as a login goes
};

struct RenderOptions {
    std::vector<std::string> inputs; // one may be "-", standard input
    std::string output;              // "-" = standard output; of several inputs a folder
    std::string base;
    std::vector<std::string> roots;
    std::string user_agent; // a style sheet instead of the built-in one
    std::string dump;       // "boxes" or "pages" instead of a PDF
    std::string page_size = "letter";
    std::string tags = "auto";
    std::vector<std::filesystem::path> attach;
    bool pdf_a = false;
    bool strict = false;
    bool explain_breaks = false; // on standard error
    unsigned jobs = 0;           // documents at once; 0 = as many as there are cores
    layout::Limits limits{.seconds = 300};
};

/// Exit codes, also in --help.
enum ExitCode { ok = 0, failed = 1, usage = 2, refused = 3, partial = 4, held = 5 };

int run_report(Common const& common, RunOptions const& options);
int preview_report(Common const& common, WatchOptions const& options);
int run_pack(Common const& common, RunOptions options);
int list_reports(Common const& common);
int show_report(Common const& common, std::string const& report);
int list_data(Common const& common);
int preview_data(Common const& common, PreviewOptions const& options);
int check_data(Common const& common);
int list_accounts(Common const& common);
int init_workspace(std::filesystem::path const& folder, std::string const& company);
int list_runs(Common const& common, ListRunsOptions const& options);
int show_run(Common const& common, std::string const& id);
int diff_runs(Common const& common, DiffRunsOptions const& options);
int verify_run(Common const& common, std::string const& id);
int set_commentary(Common const& common, CommentaryOptions const& options);
int show_commentary(Common const& common, CommentaryOptions const& options);
int list_commentaries(Common const& common);
int list_schedules(Common const& common);
int explain_schedules(Common const& common, ExplainOptions const& options);
int run_schedule(Common const& common, ScheduleOptions const& options);
int revise_schedule(Common const& common, ScheduleOptions const& options);
int show_restated(Common const& common, ScheduleOptions const& options);
int check_schedules(Common const& common, CheckOptions const& options);
int list_reminders(Common const& common);
int pause_schedule(Common const& common, ScheduleOptions const& options, bool paused);
int list_editions(Common const& common, ScheduleOptions const& options);
int show_edition(Common const& common, std::string const& id);
int release_editions(Common const& common, ScheduleOptions const& options);
int stop_editions(Common const& common, ScheduleOptions const& options);
int serve(Common const& common, ServeOptions const& options);
int work(Common const& common, WorkOptions const& options);
int make_backup(Common const& common, BackupOptions const& options);
int restore_backup(Common const& common, BackupOptions const& options);
int show_metrics(Common const& common);
int lint_template(Common const& common, LintOptions const& options);
int list_facts(Common const& common, FactOptions const& options);
int show_fact(Common const& common, FactOptions const& options);
int set_fact(Common const& common, FactOptions const& options);
int check_facts(Common const& common, FactOptions const& options);
int new_draft(Common const& common, DraftOptions const& options);
int list_drafts(Common const& common, DraftOptions const& options);
int show_draft(Common const& common, DraftOptions const& options);
int log_draft(Common const& common, DraftOptions const& options);
int diff_draft(Common const& common, DraftOptions const& options);
int set_draft(Common const& common, DraftOptions const& options);
int edit_draft(Common const& common, DraftOptions const& options);
int take_draft(Common const& common, DraftOptions const& options);
int submit_draft(Common const& common, DraftOptions const& options);
int approve_draft(Common const& common, DraftOptions const& options);
int reject_draft(Common const& common, DraftOptions const& options);
int reopen_draft(Common const& common, DraftOptions const& options);
int mark_draft(Common const& common, DraftOptions const& options);
int export_draft(Common const& common, DraftOptions const& options);
int test_delivery(Common const& common, DeliveryTestOptions const& options);
int list_deliveries(Common const& common, DeliveryOptions const& options);
int show_delivery(Common const& common, DeliveryOptions const& options);
int resend_deliveries(Common const& common, DeliveryOptions const& options);
int send_delivery(Common const& common, DeliveryOptions const& options);
int resolve_delivery(Common const& common, DeliveryOptions const& options);
int render_documents(RenderOptions options);
int doctor(Common const& common);

} // namespace deckle::app
