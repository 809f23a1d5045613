// Schedules from the command line to the files that arrive: by one worker, and by the service with its processes.
#include "app/program.hpp"
#include "app/tiny_workspace.hpp"
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <thread>
#include <unistd.h>

using namespace deckle;
using namespace deckle::tests;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// deckle serve --no-web, ended with the test.
class Daemon {
public:
    Daemon(fs::path const& folder, std::vector<std::string> const& more = {}) : log_(folder / "service.log") {
        std::vector<std::string> words = {program().string(), "serve", "--no-web", "-w", folder.string()};
        words.insert(words.end(), more.begin(), more.end());
        std::vector<char*> argv;
        for (auto& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        pid_ = ::fork();
        if (pid_ == 0) {
            int const file = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
            ::dup2(file, STDERR_FILENO);
            ::execv(argv[0], argv.data());
            ::_exit(127);
        }
    }
    ~Daemon() {
        if (pid_ == 0) return;
        ::kill(pid_, SIGTERM);
        ::kill(pid_, SIGTERM); // now
        ::waitpid(pid_, nullptr, 0);
    }
    Daemon(Daemon const&) = delete;
    Daemon& operator=(Daemon const&) = delete;

    void signal(int number) { ::kill(pid_, number); }
    /// Its exit code.
    int wait() {
        int status = 0;
        ::waitpid(std::exchange(pid_, 0), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    [[nodiscard]] std::string log() const { return fs::exists(log_) ? read_file(log_) : ""; }
    /// The process of a worker that was started, from the log; the nth, from 1.
    [[nodiscard]] pid_t worker(int n) const {
        std::istringstream lines(log());
        for (std::string line; std::getline(lines, line);) {
            auto const entry = Json::parse(line);
            if (entry["event"] == "worker started" &&
                entry["name"].get<std::string>().ends_with("/" + std::to_string(n)))
                return std::stoi(entry["pid"].get<std::string>());
        }
        return 0;
    }

private:
    fs::path log_;
    pid_t pid_ = 0;
};

class ServiceProgram : public testing::Test {
protected:
    ServiceProgram() : folder(fresh_folder()) {
        write_tiny_workspace(folder);
        append(R"(
[delivery]
from = "Tiny IT <reports@tiny.example>"
[delivery.channels.archive]
kind = "folder"
path = "archive"
[packs.monthly]
reports = ["cash-flow", "fault"]
[schedules.close]
report = "cash-flow"
when = "3rd business day after month end 07:00"
copies = ["archive"]
set = { minimum_cash = "250000" }
[schedules.breaks]
report = "fault"
when = "1st of month 07:00"
copies = ["archive"]
set = { fault = "segfault" }
retries = 0
[schedules.hangs]
report = "fault"
when = "1st of month 07:00"
copies = ["archive"]
set = { fault = "sleep" }
timeout = "1s"
retries = 0
)");
    }
    void append(std::string const& toml) {
        write_file(folder / "deckle.toml", read_file(folder / "deckle.toml") + toml);
    }
    [[nodiscard]] static std::string unsafe() {
        return " --allow-unsafe-plugins '" + std::string(DECKLE_BINARY_DIR) + "/test-plugins' ";
    }
    Answer deckle(std::string const& arguments) { return program_with(arguments + " --json", folder); }
    std::string ask(std::string const& schedule, std::string const& period = "2026-10") {
        auto const answer = deckle("schedule run " + schedule + " --period " + period + " --by dana");
        EXPECT_EQ(answer.code, 0) << answer.err;
        return answer.code == 0 ? Json::parse(answer.out).value("edition", "") : "";
    }
    Json show(std::string const& id) { return Json::parse(deckle("schedule show " + id).out); }
    std::string state(std::string const& id) { return show(id)["state"]; }
    /// Polls until it is so, for some time.
    template <class F>
    bool soon(F&& is_so) {
        for (auto const end = std::chrono::steady_clock::now() + 40s; std::chrono::steady_clock::now() < end;) {
            if (is_so()) return true;
            std::this_thread::sleep_for(50ms);
        }
        return false;
    }

    fs::path folder;
};

TEST_F(ServiceProgram, AnEditionArrivesInTheFolderAsTheCommandWouldMakeIt) {
    auto const id = ask("close");
    auto const worked = deckle("work --once");
    ASSERT_EQ(worked.code, 0) << worked.err;
    auto const edition = show(id);
    EXPECT_EQ(edition["state"], "done") << edition.dump(2) << worked.err;
    EXPECT_EQ(edition["deliveries"][0]["state"], "sent");
    ASSERT_EQ(deckle("run cash-flow --period 2026-10 --set minimum_cash=250000 --format pdf --out made").code, 0);
    std::string const name = "Tiny-IT_cash-flow_2026-10.pdf";
    EXPECT_EQ(read_file(folder / "archive" / name), read_file(folder / "made" / name));
    auto const run = Json::parse(deckle("runs show " + edition["run"].get<std::string>()).out);
    EXPECT_EQ(run["started_by"], "dana");
    EXPECT_THAT(run["outputs"][0]["path"].get<std::string>(), HasSubstr(".deckle/artifacts/" + id));

    auto const again = program_with("schedule run close --period 2026-10 --by dana", folder);
    EXPECT_EQ(again.code, 3);
    EXPECT_THAT(again.err, HasSubstr("was sent already; for a corrected one: deckle schedule revise close"));
    EXPECT_THAT(program_with("metrics", folder).out, HasSubstr("deckle_editions{state=\"done\"} 1\n"));
}

TEST_F(ServiceProgram, APackIsOneFile) {
    append("[schedules.whole]\npack = \"monthly\"\nwhen = \"1st of month 07:00\"\ncopies = [\"archive\"]\n"
           "[schedules.whole.gates]\nnot_empty = false\n");
    auto const id = ask("whole");
    ASSERT_EQ(program_with("work --once" + unsafe(), folder).code, 0);
    EXPECT_EQ(state(id), "done") << show(id).dump(2);
    std::vector<std::string> files;
    for (auto const& entry : fs::directory_iterator(folder / "archive")) files.push_back(entry.path().filename());
    EXPECT_THAT(files, testing::ElementsAre(HasSubstr("monthly")));
}

TEST_F(ServiceProgram, WhatBreaksOrHangsIsNamedAndBlocksNothing) {
    auto const broken = ask("breaks"), stuck = ask("hangs"), good = ask("close");
    auto const worked = program_with("work --once" + unsafe(), folder);
    while (program_with("work --once" + unsafe(), folder).code != 0) {
    } // a stuck job may have ended its worker
    EXPECT_EQ(state(broken), "failed");
    EXPECT_THAT(show(broken)["reason"].get<std::string>(), HasSubstr("fault"));
    EXPECT_EQ(state(stuck), "failed");
    EXPECT_THAT(show(stuck)["reason"].get<std::string>(), HasSubstr("fault"));
    EXPECT_EQ(state(good), "done");
}

TEST_F(ServiceProgram, PartsForReviewAreOneNoticeAndLeaveTogether) {
    write_file(folder / "people.csv", "Id,Name,Mail\n1,Ann O'Neil,ann@tiny.example\n2,Bob,bob@tiny.example\n");
    append(R"(
[datasets.people]
connection = "books"
file = "people.csv"
columns = { id = "Id", name = "Name", email = "Mail" }
[schedules.each-one]
report = "cash-flow"
when = "1st of month 07:00"
copies = ["archive"]
file_name = "{{part}}_{{period}}"
review = "required"
each = { dataset = "people", id = "name" }
)");
    auto const toml = read_file(folder / "deckle.toml");
    auto const from = toml.find("[delivery.channels.archive]");
    write_file(folder / "deckle.toml", toml.substr(0, from) +
                                           "owner = [\"owner@tiny.example\"]\nnotice_channel = \"told\"\n"
                                           "[delivery.channels.told]\nkind = \"folder\"\npath = \"told\"\n" +
                                           toml.substr(from));
    EXPECT_THAT(program_with("schedule run each-one --period Octember", folder).err, HasSubstr("not a period"));
    auto const asked = Json::parse(deckle("schedule run each-one --period 2026-10").out);
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_EQ(asked[0]["part"], "Ann O'Neil");
    EXPECT_EQ(program_with("schedule run each-one --period 2026-10", folder).code, 3) << "nothing is left to be made";
    ASSERT_EQ(deckle("work --once").code, 0);
    std::string told;
    int notices = 0;
    for (auto const& file : fs::directory_iterator(folder / "told")) {
        told += read_file(file.path());
        ++notices;
    }
    EXPECT_EQ(notices, 1) << told;
    EXPECT_THAT(told, testing::AllOf(HasSubstr("2 parts of cash-flow, 2026-10"), HasSubstr("Ann O'Neil"),
                                     HasSubstr("deckle schedule release --schedule each-one --period 2026-10")));
    EXPECT_EQ(program_with("schedule release --schedule each-one", folder).code, 2) << "of which period?";
    EXPECT_EQ(program_with("schedule release --schedule each-one --period 2026-09", folder).code, 3);
    auto const released = Json::parse(deckle("schedule release --schedule each-one --period 2026-10").out);
    EXPECT_EQ(released.size(), 2U);
    ASSERT_EQ(deckle("work --once").code, 0);
    EXPECT_TRUE(fs::exists(folder / "archive/Ann-O-Neil_2026-10.pdf"));
    EXPECT_TRUE(fs::exists(folder / "archive/Bob_2026-10.pdf"));
}

TEST_F(ServiceProgram, TheServiceMakesDeliversAndStopsWhenAsked) {
    Daemon service(folder);
    auto const id = ask("close");
    EXPECT_TRUE(soon([&] { return state(id) == "done"; })) << service.log();
    EXPECT_TRUE(fs::exists(folder / "archive/Tiny-IT_cash-flow_2026-10.pdf"));
    auto const asked = program_with("schedule run close --period 2026-09 --by dana", folder);
    EXPECT_THAT(asked.err, Not(HasSubstr("No service is running")));
    service.signal(SIGTERM);
    EXPECT_EQ(service.wait(), 0);
    std::istringstream lines(service.log());
    std::string last;
    for (std::string line; std::getline(lines, line);) {
        EXPECT_TRUE(Json::accept(line)) << line;
        last = line;
    }
    EXPECT_THAT(last, HasSubstr("service stopped"));
}

TEST_F(ServiceProgram, WorkersThatAreKilledAreReplacedAndTheirWorkIsDone) {
    Daemon service(folder);
    ASSERT_TRUE(soon([&] { return service.worker(3) != 0; })) << service.log();
    auto const id = ask("close");
    for (int n = 1; n <= 3; ++n) ::kill(service.worker(n), SIGKILL);
    EXPECT_TRUE(soon([&] { return state(id) == "done"; })) << show(id).dump(2) << service.log();
    EXPECT_THAT(service.log(), HasSubstr("ended by signal 9"));
}

TEST_F(ServiceProgram, ABurstToNobodyIsAFailureThatIsTold) {
    write_file(folder / "people.csv", "Id,Name\n");
    append(
        "[datasets.people]\nconnection = \"books\"\nfile = \"people.csv\"\ncolumns = { id = \"Id\", name = \"Name\" }\n"
        "[schedules.each-one]\nreport = \"cash-flow\"\nwhen = \"* * * * *\"\nretries = 0\ncopies = [\"archive\"]\n"
        "each = { dataset = \"people\", id = \"name\" }\n");
    auto const looked = program_with("doctor", folder);
    EXPECT_THAT(looked.out, HasSubstr("nobody hears when these fail"));
    ASSERT_EQ(deckle("work --once").code, 0); // the schedule begins
    ASSERT_EQ(shell("sqlite3 .deckle/store.db \"UPDATE schedules SET seen = seen - 60000\"", folder).code, 0);
    ASSERT_EQ(deckle("work --once").code, 0);
    auto const editions = Json::parse(deckle("schedule editions each-one").out);
    ASSERT_EQ(editions.size(), 1U);
    EXPECT_EQ(editions[0]["state"], "failed");
    EXPECT_THAT(editions[0]["reason"].get<std::string>(), HasSubstr("no row to make a report for"));
    append("[schedules.once]\nreport = \"cash-flow\"\nwhen = \"1st of month 07:00\"\ncopies = [\"archive\"]\n"
           "file_name = \"fixed\"\n");
    EXPECT_THAT(program_with("schedule list" + unsafe(), folder).err, HasSubstr("file_name needs {{period}}"));
}

TEST_F(ServiceProgram, WorkOnceTakesUpWhatAKilledWorkerHad) {
    auto const id = ask("close");
    ASSERT_EQ(shell("sqlite3 .deckle/store.db \"UPDATE jobs SET state = 'leased', worker = 'gone', token = token + 1, "
                    "lease_until = 1\"",
                    folder)
                  .code,
              0);
    ASSERT_EQ(deckle("work --once").code, 0);
    EXPECT_EQ(state(id), "done");
}

TEST_F(ServiceProgram, AWrongConfigurationEndsItAtTheStartOnlyAndIsToldLater) {
    auto const good = read_file(folder / "deckle.toml");
    write_file(folder / "deckle.toml", good + "[schedules.x]\nwhem = \"1st of month 07:00\"\n");
    auto const refused = program_with("serve --no-web", folder);
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr("deckle.toml:"));
    write_file(folder / "deckle.toml", good);
    Daemon service(folder);
    auto const id = ask("close");
    ASSERT_TRUE(soon([&] { return state(id) == "done"; })) << service.log();
    write_file(folder / "deckle.toml", good + "[schedules.x]\nwhem = \"1st of month 07:00\"\n");
    EXPECT_TRUE(soon([&] { return service.log().find("configuration is wrong") != std::string::npos; }));
    write_file(folder / "deckle.toml", good);
    EXPECT_TRUE(soon([&] { return service.log().find("configuration is good again") != std::string::npos; }));
    EXPECT_EQ(state(ask("close", "2026-09")).empty(), false);
}

TEST_F(ServiceProgram, WhatNothingCanComeOfIsToldAtOnceAndNotWhenItFires) {
    auto const toml = read_file(folder / "deckle.toml");
    auto const from = toml.find("[delivery.channels.archive]");
    write_file(folder / "deckle.toml", toml.substr(0, from) +
                                           "owner = [\"owner@tiny.example\"]\nnotice_channel = \"told\"\n"
                                           "[delivery.channels.told]\nkind = \"folder\"\npath = \"told\"\n" +
                                           toml.substr(from) +
                                           "[schedules.typo]\nreport = \"cash-flwo\"\nwhen = \"1st of month 07:00\"\n"
                                           "[schedules.value]\nreport = \"cash-flow\"\nwhen = \"1st of month 07:00\"\n"
                                           "set = { minimum_cash = \"lots\" }\n");
    auto const looked = program_with("doctor" + unsafe(), folder);
    EXPECT_EQ(looked.code, 1);
    EXPECT_THAT(looked.out, testing::AllOf(HasSubstr("'cash-flwo'"), HasSubstr("\"lots\"")));
    Daemon service(folder, {"--allow-unsafe-plugins", std::string(DECKLE_BINARY_DIR) + "/test-plugins"});
    auto const id = ask("close");
    EXPECT_TRUE(soon([&] { return state(id) == "done"; })) << service.log();
    auto const told = [&] {
        std::string text;
        if (fs::exists(folder / "told"))
            for (auto const& file : fs::directory_iterator(folder / "told")) text += read_file(file.path());
        return text;
    };
    EXPECT_TRUE(soon([&] { return told().find("explain value") != std::string::npos; })) << told() << service.log();
    EXPECT_THAT(told(), testing::AllOf(HasSubstr("nothing will come of the schedule typo when it fires"),
                                       HasSubstr("deckle schedule explain value")));
    EXPECT_THAT(told(), Not(HasSubstr("schedule close")));
}

TEST_F(ServiceProgram, ThePageIsNotThereYet) {
    auto const answer = program_with("serve", folder);
    EXPECT_EQ(answer.code, 2);
    EXPECT_THAT(answer.err, HasSubstr("--no-web"));
}

} // namespace
