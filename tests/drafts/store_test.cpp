#include "base/error.hpp"
#include "drafts/draft_store.hpp"
#include "drafts/states.hpp"
#include "store/migrations.hpp"
#include <Poco/Data/Session.h>
#include <Poco/Data/SQLite/Connector.h>

namespace deckle::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> const open_states = {"draft", "review"};

template <class F>
std::string refusal(F&& f) {
    try {
        f();
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::refused);
        return e.what();
    }
    return "not refused";
}

TEST_F(DraftStore, EveryVersionIsKept) {
    std::string const id = create();
    EXPECT_EQ(drafts.save(id, 1, {{"Q1", "ONE"}}, "save", act("Dana"), open_states).version, 2);
    EXPECT_EQ(drafts.save(id, 2, {{"Q1", "One"}, {"Q2", "two"}}, "edit", act("Tom"), open_states).version, 3);
    EXPECT_EQ(drafts.texts(id).at("Q1").value, "One");
    EXPECT_EQ(drafts.texts(id).at("Q1").author, "Tom");
    EXPECT_EQ(drafts.texts(id, 2).at("Q1").value, "ONE");
    EXPECT_EQ(drafts.texts(id, 1).at("Q1").value, "one");
    EXPECT_EQ(drafts.texts(id).at("Q2").version, 1); // it did not change
    auto const log = drafts.log(id);
    ASSERT_EQ(log.size(), 3U);
    EXPECT_EQ(log[0].action, "new");
    EXPECT_THAT(log[0].fields, ElementsAre("Q1", "Q2"));
    EXPECT_THAT(log[2].fields, ElementsAre("Q1"));
    EXPECT_EQ(log[2].author, "Tom");
    EXPECT_EQ(drafts.find("last").version, 3);
}

TEST_F(DraftStore, TheSameTextIsNoVersion) {
    std::string const id = create();
    auto const saved = drafts.save(id, 1, {{"Q1", "one"}}, "save", act(), open_states);
    EXPECT_EQ(saved.version, 1);
    EXPECT_TRUE(saved.fields.empty());
    EXPECT_EQ(drafts.log(id).size(), 1U);
}

TEST_F(DraftStore, TwoEditorsNeverOverwriteEachOther) {
    std::string const id = create();
    (void)drafts.save(id, 1, {{"Q1", "Dana's"}}, "save", act("Dana"), open_states);
    auto const late = drafts.save(id, 1, {{"Q1", "Tom's"}, {"Q2", "Tom's too"}}, "edit", act("Tom"), open_states);
    EXPECT_THAT(late.fields, ElementsAre("Q2")); // the other field merges
    ASSERT_EQ(late.conflicts.size(), 1U);
    EXPECT_EQ(late.conflicts[0].field, "Q1");
    EXPECT_EQ(late.conflicts[0].value, "Tom's");
    EXPECT_EQ(late.conflicts[0].now.value, "Dana's");
    EXPECT_EQ(late.conflicts[0].now.author, "Dana");
    EXPECT_EQ(drafts.texts(id).at("Q1").value, "Dana's");
    EXPECT_EQ(drafts.texts(id).at("Q2").value, "Tom's too");
    EXPECT_TRUE(drafts.save(id, 1, {{"Q1", "Dana's"}}, "save", act("Tom"), open_states).conflicts.empty()); // the same
}

TEST_F(DraftStore, MovesHoldOnlyForWhatWasSeen) {
    std::string const id = create();
    Move submit;
    submit.action = "submit";
    submit.from = "draft";
    submit.to = "review";
    (void)drafts.save(id, 1, {{"Q1", "new"}}, "save", act(), open_states);
    EXPECT_THAT(refusal([&] { drafts.move(id, 1, submit, act()); }), HasSubstr("changed by somebody else"));
    EXPECT_EQ(drafts.move(id, 2, submit, act()), 3);
    EXPECT_THAT(refusal([&] { drafts.move(id, 3, submit, act()); }), HasSubstr("review"));
    Move approve;
    approve.action = "approve";
    approve.from = "review";
    approve.to = "approved";
    approve.approved = "text";
    approve.outcome = R"({"note":"x"})";
    EXPECT_EQ(drafts.move(id, 3, approve, act("Dana")), 4);
    EXPECT_EQ(drafts.approvals(id).at("").author, "Dana");
    EXPECT_EQ(drafts.approvals(id).at("").text, "text");
    EXPECT_EQ(drafts.find(id).state, "approved");
    EXPECT_EQ(drafts.find(id).outcome, R"({"note":"x"})");
    EXPECT_THAT(refusal([&] {
                    (void)drafts.save(id, 4, {{"Q1", "late"}}, "save", act(), open_states);
                }),
                HasSubstr("reopen"));
}

TEST_F(DraftStore, FoundByBeginningOrAsTheLast) {
    EXPECT_THROW((void)drafts.find("last"), Error);
    std::string const first = create();
    std::string const second = create();
    EXPECT_EQ(drafts.find(first).id, first);
    EXPECT_EQ(drafts.find("last").id, second);
    try {
        (void)drafts.find(first.substr(0, 4));
        ADD_FAILURE();
    } catch (Error const& e) {
        EXPECT_THAT(e.what(), HasSubstr(second));
    }
    EXPECT_THROW((void)drafts.find("zzzz"), Error);
    EXPECT_THROW((void)drafts.find(""), Error);
    EXPECT_EQ(drafts.all("essay", "draft").size(), 2U);
    EXPECT_TRUE(drafts.all("essay", "won").empty());
}

TEST(DraftMigration, TheVersionBeforeIsBroughtUpToDate) {
    auto const folder = std::filesystem::path(testing::TempDir()) / ("deckle-migration-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    std::size_t before = 0; // how many steps there were before drafts
    while (migrations()[before].front().find("CREATE TABLE drafts") == std::string::npos) ++before;
    {
        using namespace Poco::Data::Keywords;
        Poco::Data::SQLite::Connector::registerConnector();
        Poco::Data::Session session("SQLite", (folder / "store.db").string());
        session << "CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY)", now;
        for (std::size_t i = 0; i < before; ++i) {
            for (auto const& statement : migrations()[i]) session << statement, now;
            session << "INSERT INTO schema_version VALUES (" + std::to_string(i + 1) + ")", now;
        }
        session << "INSERT INTO hand_facts (id, period, at, author, content) VALUES ('a.b', '', 0, 'Dana', '{}')", now;
    }
    Database database{folder / "store.db"};
    Drafts drafts(database);
    Draft draft;
    draft.report = "essay";
    std::string const id = drafts.create(draft, {{"Q1", "x"}}, {"Dana", {}, ""});
    EXPECT_EQ(drafts.texts(id).at("Q1").value, "x");
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace deckle::store

namespace deckle::drafts {
namespace {

TEST(States, OnlyTheMovesOfTheTableAreAllowed) {
    std::vector<std::string> const actions = {"submit",      "approve", "reject", "reopen",   "submitted",
                                              "shortlisted", "won",     "lost",   "withdrawn"};
    std::vector<std::string> const states = {"draft",       "review", "approved", "submitted",
                                             "shortlisted", "won",    "lost",     "withdrawn"};
    std::string table;
    for (auto const& state : states) {
        table += state + ":";
        for (auto const& action : actions) {
            try {
                table += " " + action + ">" + next_state(action, state);
            } catch (Error const& e) {
                EXPECT_EQ(e.code(), ErrorCode::refused);
            }
        }
        table += "\n";
    }
    EXPECT_EQ(table, "draft: submit>review withdrawn>withdrawn\n"
                     "review: approve>approved reject>draft reopen>draft withdrawn>withdrawn\n"
                     "approved: reopen>draft submitted>submitted withdrawn>withdrawn\n"
                     "submitted: shortlisted>shortlisted won>won lost>lost withdrawn>withdrawn\n"
                     "shortlisted: won>won lost>lost withdrawn>withdrawn\n"
                     "won:\n"
                     "lost:\n"
                     "withdrawn: reopen>draft\n");
}

TEST(States, ARefusalSaysWhatIsPossible) {
    try {
        (void)next_state("approve", "draft");
        ADD_FAILURE();
    } catch (Error const& e) {
        EXPECT_STREQ(e.what(), "a draft that is draft cannot be approved; possible now: submit, mark withdrawn");
    }
}

} // namespace
} // namespace deckle::drafts
