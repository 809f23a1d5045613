/// The command line, in command_line*.cpp: CLI11 is included here only.
#pragma once
#include "app/options.hpp"
#include <CLI/CLI.hpp>
#include <functional>

namespace deckle::app {

class CommandLine {
public:
    CommandLine();
    /// Returns the exit code. Throws Error for what a command could not do.
    int operator()(int argc, char** argv);

private:
    template <class Action>
    void on(CLI::App* command, Action action) {
        command->final_callback([this, action] { action_ = action; });
    }
    void with_workspace(CLI::App* command) {
        command->add_option("-w,--workspace", common_.workspace, "Folder with deckle.toml")->capture_default_str();
        command->add_flag("--json", common_.json, "Print the answer as JSON");
        command->add_option("--allow-unsafe-plugins", common_.unsafe_plugins,
                            "Folder with further plugins (<id>/<id>.so); they run without a sandbox");
    }
    CLI::App* group(char const* name, char const* about) {
        auto* const g = app_.add_subcommand(name, about);
        g->require_subcommand(1);
        return g;
    }

    void run_command();
    void preview_command();
    void report_commands();
    void data_commands();
    void runs_commands();
    void commentary_commands();
    void schedule_commands();
    void service_commands();
    void delivery_commands();
    void template_commands();
    void facts_commands();
    void draft_commands();
    void render_command();
    void other_commands();

    CLI::App app_;
    Common common_;
    RunOptions run_;
    PreviewOptions preview_;
    WatchOptions watch_;
    ListRunsOptions runs_;
    CommentaryOptions commentary_;
    ExplainOptions explain_;
    ScheduleOptions schedule_;
    CheckOptions check_;
    ServeOptions serve_;
    WorkOptions work_;
    DeliveryTestOptions delivery_test_;
    DeliveryOptions delivery_;
    BackupOptions backup_;
    DiffRunsOptions diff_;
    LintOptions lint_;
    RenderOptions render_;
    FactOptions fact_;
    DraftOptions draft_;
    std::string name_;
    std::filesystem::path folder_;
    std::function<int()> action_;
};

} // namespace deckle::app
