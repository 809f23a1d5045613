// What was sent and what is due, as a person asks for it, on the sample workspace.
#include "program.hpp"
#include <fstream>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

namespace deckle::tests {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class Watch : public testing::Test {
protected:
    Watch() {
        fs::copy(fs::path(DECKLE_SOURCE_DIR) / "sample-data", folder, fs::copy_options::recursive);
        fs::remove_all(folder / ".deckle"); // of whoever tried the sample data
        std::string toml = read_file(folder / "deckle.toml");
        toml.resize(toml.find("[schedules.month-end]"));
        write_file(folder / "deckle.toml", toml + R"([delivery]
owner = ["dana@prairie.example"]
notice_channel = "told"

[delivery.channels.archive]
kind = "folder"
path = "archive"

[delivery.channels.told]
kind = "folder"
path = "told"

[schedules.close]
report = "cash-flow"
when = "3rd business day after month end 07:00"
copies = ["archive"]
watch = { periods = 3, threshold = "1%", amount = "500" }

[schedules.close.gates]
ties_out = false # an invoice is changed, and nothing else
)");
    }
    Answer deckle(std::string const& arguments) { return program_with(arguments, folder); }
    Json json_of(std::string const& arguments, int code = 0) {
        auto const answer = deckle(arguments + " --json");
        EXPECT_EQ(answer.code, code) << arguments << "\n" << answer.out << answer.err;
        return Json::parse(answer.out, nullptr, false);
    }
    /// All files below, as texts of their names.
    std::string files(char const* below) {
        std::string names;
        if (fs::exists(folder / below))
            for (auto const& entry : fs::recursive_directory_iterator(folder / below))
                if (entry.is_regular_file()) names += entry.path().filename().string() + "\n";
        return names;
    }
    void send(std::string const& command) {
        ASSERT_EQ(deckle(command).code, 0);
        auto const work = deckle("work --once");
        ASSERT_EQ(work.code, 0) << work.err;
    }

    fs::path const folder = fresh_folder() / "workspace";
};

TEST_F(Watch, FiguresThatChangedSinceTheyWereSentAreNamedAndSentCorrected) {
    auto const nothing = deckle("schedule revise close --period 2026-10 --reason late --by Dana");
    EXPECT_EQ(nothing.code, 3) << "nothing was sent yet";
    EXPECT_THAT(nothing.err, HasSubstr("nothing of it was sent"));
    send("schedule run close --period 2026-10 --by Dana");
    auto const sent = json_of("schedule editions close")[0];
    ASSERT_EQ(sent["state"], "done") << sent;
    EXPECT_THAT(files("archive"), HasSubstr("2026-10.pdf"));

    auto const same = json_of("schedule restated close");
    ASSERT_EQ(same.size(), 1U);
    EXPECT_EQ(same[0]["figures"], Json::array());
    EXPECT_EQ(same[0]["within"], 0) << "the same data, the same figures";

    // An invoice of $34,348 becomes one of $29,348.
    auto const exported = folder / "exports" / "connectwise" / "invoices.json";
    std::string text = read_file(exported);
    auto const line = text.find("\"invoiceNumber\":\"55378\"");
    ASSERT_NE(line, std::string::npos);
    auto const end = text.find('\n', line);
    for (auto at = text.find("34348.0", line); at < end; at = text.find("34348.0", at)) text.replace(at, 7, "29348.0");
    write_file(exported, text);

    auto const changed = json_of("schedule restated");
    ASSERT_EQ(changed.size(), 1U);
    Json total;
    for (auto const& f : changed[0]["figures"]) {
        EXPECT_NE(f["figure"], "forecast.low") << "less than one percent";
        if (f["figure"] == "ar.total") total = f;
    }
    EXPECT_EQ(total["sent"], "418017.84") << changed;
    EXPECT_EQ(total["now"], "413017.84");
    EXPECT_EQ(total["difference"], "-5000");
    EXPECT_GT(changed[0]["within"], 10);
    auto const shown = deckle("schedule restated close");
    EXPECT_THAT(shown.out, HasSubstr("$418,017.84"));
    EXPECT_THAT(shown.out, testing::ContainsRegex("ar.total +Receivables +2026-10 "));
    std::istringstream lines(shown.out);
    std::set<std::string> rows;
    for (std::string row; std::getline(lines, row);) {
        row = row.substr(0, row.find('$'));
        row.erase(row.find_last_not_of(' ') + 1);
        EXPECT_TRUE(rows.insert(row).second) << "told twice: " << row;
    }
    EXPECT_THAT(shown.err, HasSubstr("deckle schedule revise close --period 2026-10 --reason"));
    EXPECT_THAT(deckle("runs list").out, HasSubstr("cash-flow (comparison)"));

    send("schedule revise close --period 2026-10 --reason 'Invoice 55378 was corrected' --by Dana");
    auto const revised = json_of("schedule editions close")[0];
    EXPECT_EQ(revised["state"], "done");
    EXPECT_EQ(revised["revision"], 2);
    EXPECT_EQ(revised["trigger"], "revision");
    EXPECT_THAT(files("archive"), HasSubstr("r2"));
    auto const words = shell("pdftotext -l 1 archive/*r2.pdf - | tr '\\n' ' '", folder);
    EXPECT_THAT(words.out, HasSubstr("Corrected issue, revision 2: Invoice 55378 was corrected"));
    EXPECT_EQ(deckle("runs verify " + revised["run"].get<std::string>()).code, 0) << "the reason belongs to the run";
    EXPECT_EQ(json_of("schedule restated close")[0]["figures"], Json::array()) << "what the readers have is revision 2";
}

TEST_F(Watch, WhatIsMissingIsToldWithoutTheService) {
    auto const missing = json_of("schedule check", 4);
    ASSERT_EQ(missing.size(), 1U);
    EXPECT_EQ(missing[0]["missing"], true);
    EXPECT_THAT(missing[0]["why"].get<std::string>(), HasSubstr("no service has ever run here"));
    EXPECT_EQ(files("told"), "");
    EXPECT_EQ(deckle("schedule check --notify").code, 4);
    auto const told = files("told");
    EXPECT_NE(told, "");
    EXPECT_EQ(deckle("schedule check --notify").code, 4);
    EXPECT_EQ(files("told"), told) << "once for each firing";
    EXPECT_EQ(deckle("schedule check --grace soon").code, 2);
    ASSERT_EQ(deckle("work --once").code, 0);
    EXPECT_EQ(deckle("schedule check").code, 0) << "the schedule begins now; what was before it is not missing";
}

TEST_F(Watch, RemindersListSaysWhatIsLeftAndWhatIsDone) {
    auto const item = [&](Json const& answer, std::string const& id) {
        for (auto const& i : answer["items"])
            if (i["item"] == id) return i;
        ADD_FAILURE() << id << " is not in " << answer;
        return Json::object();
    };
    auto answer = json_of("reminders list");
    EXPECT_EQ(answer["wanted"], false);
    EXPECT_EQ(answer["problems"], Json::array());
    EXPECT_EQ(item(answer, "award/channel-100")["stated"], "11:59 PM PST");
    EXPECT_EQ(item(answer, "award/channel-100")["at"], "2026-12-12T07:59:00Z");
    EXPECT_THAT(item(answer, "award/channel-100")["left"].get<std::string>(),
                HasSubstr("no draft yet: deckle draft new"));
    EXPECT_THAT(item(answer, "release/channel-100")["what"].get<std::string>(), HasSubstr("Embargo ends"));

    auto const draft = deckle("draft new award-submission --set award=channel-100 --by Dana");
    ASSERT_EQ(draft.code, 0) << draft.err;
    auto const left = item(json_of("reminders list"), "award/channel-100")["left"].get<std::string>();
    EXPECT_THAT(left, testing::ContainsRegex("^0 of [0-9]+ answers approved"));
    ASSERT_EQ(deckle("draft mark last withdrawn --by Dana").code, 0);
    EXPECT_THAT(item(json_of("reminders list"), "award/channel-100")["silent"].get<std::string>(),
                HasSubstr("is withdrawn"));
}

} // namespace
} // namespace deckle::tests
