// A folder as a channel.
#include "delivery/sending.hpp"
#include <sys/stat.h>

using namespace deckle;
using namespace deckle::tests;
using delivery::Outcome;
namespace fs = std::filesystem;

namespace {

std::size_t files_in(fs::path const& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

} // namespace

TEST(FolderChannel, WritesTheFilesUnderTheirNames) {
    TestFolder const folder;
    auto const path = folder.root / "reports/2026";
    auto message = message_to("archive@prairie.example");
    message.attachments.push_back({"\xC3\x9C"
                                   "bersicht.csv",
                                   "text/csv", "a,b\n"});
    bool leaving = false;
    auto const receipt = open_transport(data::FolderSettings{path})->send(message, [&] {
        leaving = true;
        EXPECT_FALSE(fs::exists(path / message.attachments[0].name)); // nothing is there before
    });
    EXPECT_EQ(receipt.outcome, Outcome::accepted) << receipt.answer;
    EXPECT_TRUE(leaving);
    for (auto const& a : message.attachments) EXPECT_EQ(read_file(path / a.name), a.bytes);
    EXPECT_EQ(files_in(path), 2u);
}

TEST(FolderChannel, TheSameFileAgainIsThereAlready) {
    TestFolder const folder;
    auto const transport = open_transport(data::FolderSettings{folder.root});
    auto const message = message_to("archive@prairie.example");
    ASSERT_EQ(transport->send(message, [] {}).outcome, Outcome::accepted);
    auto const receipt = transport->send(message, [] {});
    EXPECT_EQ(receipt.outcome, Outcome::accepted);
    EXPECT_NE(receipt.answer.find("0 of 1 file written"), std::string::npos) << receipt.answer;
    EXPECT_EQ(files_in(folder.root), 1u);
}

TEST(FolderChannel, AnotherFileIsNeverOverwritten) {
    TestFolder const folder;
    auto message = message_to("archive@prairie.example");
    message.attachments.push_back({"second.csv", "text/csv", "a"});
    write_file(folder.root / "second.csv", "somebody else's");
    bool leaving = false;
    auto const receipt = open_transport(data::FolderSettings{folder.root})->send(message, [&] { leaving = true; });
    EXPECT_EQ(receipt.outcome, Outcome::refused);
    EXPECT_FALSE(leaving);
    EXPECT_NE(receipt.answer.find("second.csv is there already with other content"), std::string::npos)
        << receipt.answer;
    EXPECT_EQ(read_file(folder.root / "second.csv"), "somebody else's");
    EXPECT_EQ(files_in(folder.root), 1u);
}

TEST(FolderChannel, AFileThatAppearsAtTheLastMomentIsNotOverwrittenEither) {
    TestFolder const folder;
    auto const message = message_to("archive@prairie.example");
    auto const place = folder.root / message.attachments[0].name;
    auto const transport = open_transport(data::FolderSettings{folder.root});
    EXPECT_EQ(transport->send(message, [&] { write_file(place, "theirs"); }).outcome, Outcome::refused);
    EXPECT_EQ(read_file(place), "theirs");
    EXPECT_EQ(files_in(folder.root), 1u);
}

TEST(FolderChannel, WhatTheCallerThrowsLeavesNothing) {
    TestFolder const folder;
    auto const transport = open_transport(data::FolderSettings{folder.root});
    EXPECT_THROW((void)transport->send(message_to("archive@prairie.example"),
                                       [] { throw Error(ErrorCode::refused, "the claim was lost"); }),
                 Error);
    EXPECT_EQ(files_in(folder.root), 0u);
}

TEST(FolderChannel, AFolderThatCannotBeIsTriedAgain) {
    TestFolder const folder;
    write_file(folder.root / "file", "x");
    auto const transport = open_transport(data::FolderSettings{folder.root / "file/reports"});
    auto const receipt = transport->send(message_to("archive@prairie.example"), [] { FAIL(); });
    EXPECT_EQ(receipt.outcome, Outcome::later);
    EXPECT_NE(receipt.answer.find("cannot make"), std::string::npos) << receipt.answer;
    auto const checks = transport->test();
    ASSERT_EQ(checks.size(), 1u);
    EXPECT_FALSE(checks[0].ok);
    EXPECT_NE(checks[0].detail.find("'path'"), std::string::npos) << checks[0].detail;
}

TEST(FolderChannel, TheTestLeavesNothingBehind) {
    TestFolder const folder;
    auto const checks = open_transport(data::FolderSettings{folder.root})->test();
    ASSERT_EQ(checks.size(), 1u);
    EXPECT_TRUE(checks[0].ok) << checks[0].detail;
    EXPECT_EQ(files_in(folder.root), 0u);
}

TEST(FolderChannel, TwoFilesOfOneNameAreAnError) {
    TestFolder const folder;
    auto message = message_to("archive@prairie.example");
    message.attachments.push_back(message.attachments[0]);
    auto const transport = open_transport(data::FolderSettings{folder.root});
    EXPECT_EQ(transport->send(message, [] {}).outcome, Outcome::accepted);
    message.attachments[1].bytes = "other";
    EXPECT_THROW((void)transport->send(message, [] {}), Error);
}
