// The commands about what runs by itself: schedules, the service, what leaves.
#include "app/command_line.hpp"

namespace deckle::app {

void CommandLine::schedule_commands() {
    auto* const g = group("schedule", "Reports that come by themselves");
    auto* const list = g->add_subcommand("list", "All schedules and when each fires next");
    with_workspace(list);
    on(list, [this] { return list_schedules(common_); });
    auto* const explain = g->add_subcommand(
        "explain", "The next firings in local time and UTC, what has to hold, and who gets which file by which way");
    with_workspace(explain);
    explain->add_option("schedule", explain_.schedule, "Schedule; default: all");
    explain->add_option("--count", explain_.count, "How many")->check(CLI::Range(1, 1000))->capture_default_str();
    explain->add_option("--from", explain_.from, "From this day on (YYYY-MM-DD); default: now");
    explain->add_flag("--no-parts", explain_.no_parts,
                      "Do not read the datasets of schedules that make a report for each row");
    on(explain, [this] { return explain_schedules(common_, explain_); });

    auto const command = [&](char const* name, char const* about, auto action) {
        auto* const c = g->add_subcommand(name, about);
        with_workspace(c);
        on(c, action);
        return c;
    };
    auto const by_and_note = [&](CLI::App* c) {
        c->add_option("--by", schedule_.by, "Who does this; default: [user] name, then the account");
        c->add_option("--note", schedule_.note, "Why; kept in its log");
    };
    auto* const run = command("run", "Make an edition now and send it, as the schedule would",
                              [this] { return run_schedule(common_, schedule_); });
    run->add_option("schedule", schedule_.schedule, "Schedule")->required();
    run->add_option("--period", schedule_.period, "2026-10, 2026-Q4 or 2026; default: what it reports on today");
    run->add_option("--part", schedule_.part, "One part only, of a schedule that makes one for each row");
    run->add_option("--by", schedule_.by, "Who does this; default: [user] name, then the account");
    for (bool const paused : {true, false}) {
        auto* const c = command(paused ? "pause" : "resume",
                                paused ? "Firings are recorded as skipped from now on" : "It fires again",
                                [this, paused] { return pause_schedule(common_, schedule_, paused); });
        c->add_option("schedule", schedule_.schedule, "Schedule")->required();
        by_and_note(c);
    }
    auto* const editions = command("editions", "What was made or is to be made, newest first",
                                   [this] { return list_editions(common_, schedule_); });
    editions->add_option("schedule", schedule_.schedule, "Schedule; default: all");
    editions
        ->add_option("--state", schedule_.states,
                     "queued, making, held, waiting, delivering, done, failed, skipped or stopped")
        ->delimiter(',');
    editions->add_option("--limit", schedule_.limit, "How many")->check(CLI::Range(1, 100000))->capture_default_str();
    auto* const show = command("show", "An edition: its log and its deliveries",
                               [this] { return show_edition(common_, schedule_.editions.at(0)); });
    show->add_option("edition", schedule_.editions, "Id of the edition, or its beginning")->required()->expected(1);
    auto* const release = command("release", "Send editions that are held or wait for review",
                                  [this] { return release_editions(common_, schedule_); });
    auto* const stop = command("stop", "Do not send editions", [this] { return stop_editions(common_, schedule_); });
    for (auto* const c : {release, stop}) {
        c->add_option("editions", schedule_.editions, "Ids of editions, or their beginnings");
        c->add_option("--schedule", schedule_.schedule, "All of this schedule and period, instead of ids");
        c->add_option("--period", schedule_.period, "2026-10");
        c->add_option("--state", schedule_.states,
                      c == release
                          ? "With --schedule, those that are: waiting (default), held"
                          : "With --schedule, those that are: waiting,held (default), queued, failed, delivering")
            ->delimiter(',');
        by_and_note(c);
    }

    auto* const check = command("check", "Whether what was due last has come; for cron, beside the service",
                                [this] { return check_schedules(common_, check_); });
    check->add_option("--grace", check_.grace, "For what is being made and sent: 30m, 2h")->capture_default_str();
    check->add_flag("--notify", check_.notify, "Mail the owners, once for each firing, without the service");
    check->footer("Exit codes: 0 all has come; 4 something is missing; 1 the owners could not be told.");
    auto* const revise = command("revise", "Make and send a corrected issue of a period that was sent",
                                 [this] { return revise_schedule(common_, schedule_); });
    revise->add_option("schedule", schedule_.schedule, "Schedule")->required();
    revise->add_option("--period", schedule_.period, "Period that was sent: 2026-10")->required();
    revise->add_option("--part", schedule_.part, "One part only, of a schedule that makes one for each row");
    revise->add_option("--reason", schedule_.reason, "Why; the readers see it")->required();
    revise->add_option("--by", schedule_.by, "Who does this; default: [user] name, then the account");
    auto* const restated = command("restated", "Figures that have changed since they were sent",
                                   [this] { return show_restated(common_, schedule_); });
    restated->add_option("schedule", schedule_.schedule, "Schedule; default: all that are watched");
    restated->footer("What is watched, and from which change on: watch = { periods = 3, threshold = \"1%\", amount = "
                     "\"500\" }\nin [schedules.NAME] of deckle.toml. The newest comparison of each run is kept in the "
                     "ledger.");

    auto* const reminders = group("reminders", "What is due: awards, embargoes, compliance");
    auto* const due = reminders->add_subcommand("list", "What will be reminded of and when, and why not");
    with_workspace(due);
    on(due, [this] { return list_reminders(common_); });
}

void CommandLine::service_commands() {
    auto* const serve_command = app_.add_subcommand("serve", "Fire schedules, make and deliver: the service");
    with_workspace(serve_command);
    serve_command->add_flag("--no-web", serve_.no_web, "Without the web page, which is not there yet");
    serve_command
        ->add_option("--grace", serve_.grace_seconds, "Seconds for what is being done when it is asked to stop")
        ->check(CLI::Range(0, 86400))
        ->capture_default_str();
    serve_command->footer(
        "It logs lines of JSON to standard error. SIGTERM and Ctrl-C let its workers finish what they are at; a\n"
        "second one ends them at once: their work is handed back. Several services may work on one store.");
    on(serve_command, [this] { return serve(common_, serve_); });

    auto* const work_command = app_.add_subcommand("work", "Do what is due, without a service");
    with_workspace(work_command);
    work_command->add_flag("--once", work_.once, "End when nothing is due any more; for cron and for trying out");
    work_command->add_option("--lanes", work_.lanes, "Kinds of work: make, deliver")
        ->delimiter(',')
        ->check(CLI::IsMember({"make", "deliver"}));
    work_command->add_option("--name", work_.name)->group("");
    work_command->add_option("--parent", work_.parent)->group("");
    on(work_command, [this] { return work(common_, work_); });

    auto* const metrics = app_.add_subcommand("metrics", "What the store holds, as figures for Prometheus");
    with_workspace(metrics);
    on(metrics, [this] { return show_metrics(common_); });
}

void CommandLine::delivery_commands() {
    auto* const g = group("delivery", "What leaves: mail, folders, webhooks; who got what");
    auto const of = [&](CLI::App* c) {
        c->add_option("--schedule", delivery_.schedule, "Of this schedule");
        c->add_option("--period", delivery_.period, "Of this period (2026-10)");
    };
    auto const as = [&](CLI::App* c) {
        c->add_option("--by", delivery_.by, "Who says so; default: your account");
        c->add_option("--note", delivery_.note, "Why, for the delivery's log");
    };
    auto* const list = g->add_subcommand("list", "Each recipient, whether it arrived, and the server's answer; exit "
                                                 "code 4 when one listed failed or is unknown");
    with_workspace(list);
    of(list);
    list->add_option("--state", delivery_.states, "Only pending, sending, sent, failed, unknown or cancelled ones")
        ->delimiter(',');
    list->add_flag("--notices", delivery_.notices, "Notices and reminders too");
    list->add_option("--limit", delivery_.limit, "The newest so many")->capture_default_str();
    on(list, [this] { return list_deliveries(common_, delivery_); });
    auto* const show = g->add_subcommand("show", "One delivery: exactly what was sent, and its log");
    with_workspace(show);
    show->add_option("delivery", delivery_.ids, "Its id, or the beginning")->required()->expected(1);
    on(show, [this] { return show_delivery(common_, delivery_); });
    auto* const resend =
        g->add_subcommand("resend", "Send again what failed, and now what waits for its next try; never what "
                                    "was sent or may have been");
    with_workspace(resend);
    resend->add_option("deliveries", delivery_.ids, "Their ids");
    resend->add_flag("--failed", delivery_.failed, "All that failed");
    resend->add_flag("--pending", delivery_.pending, "All that wait for their next try");
    of(resend);
    as(resend);
    on(resend, [this] { return resend_deliveries(common_, delivery_); });
    auto* const send = g->add_subcommand("send", "Send what others were sent to one more, such as the right address "
                                                 "of somebody whose address was wrong");
    with_workspace(send);
    send->add_option("edition", delivery_.edition, "Id of the edition (deckle schedule editions)")->required();
    send->add_option("--to", delivery_.to, "Mail address; may be given several times")
        ->required()
        ->allow_extra_args(false);
    send->add_option("--by", delivery_.by, "Who says so; default: your account");
    on(send, [this] { return send_delivery(common_, delivery_); });
    auto* const resolve =
        g->add_subcommand("resolve", "Say what became of a delivery that is unknown: the line or the program broke off "
                                     "between the message and the answer. To find out, look for its Message-ID "
                                     "(deckle delivery show) in the log of your mail server or in the recipient's "
                                     "mailbox, or ask the recipient; of Microsoft 365 see the message trace");
    with_workspace(resolve);
    resolve->add_option("delivery", delivery_.ids, "Its id, or the beginning")
        ->required()
        ->expected(1)
        ->allow_extra_args(false);
    resolve->add_option("verdict", delivery_.verdict, "sent: it arrived; again: it did not, send it; cancel: leave it")
        ->required()
        ->check(CLI::IsMember({"sent", "again", "cancel"}));
    as(resolve);
    on(resolve, [this] { return resolve_delivery(common_, delivery_); });
    auto* const test = g->add_subcommand("test", "Try the channels of [delivery], and say which setting is wrong");
    with_workspace(test);
    test->add_option("channel", delivery_test_.channel, "Channel; default: all");
    test->add_option("--to", delivery_test_.to,
                     "Send a test message there (and a test file through folders and webhooks); without it nothing "
                     "is sent");
    on(test, [this] { return test_delivery(common_, delivery_test_); });
}

} // namespace deckle::app
