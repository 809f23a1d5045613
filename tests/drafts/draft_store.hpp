/// A store of its own for each test.
#pragma once
#include "store/drafts.hpp"
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace deckle::store {

struct DraftStore : testing::Test {
    std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) /
        ("deckle-drafts-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + "-" +
         std::to_string(getpid()));
    std::filesystem::path file = folder / "store.db";
    Database database{file};
    Drafts drafts{database};
    ~DraftStore() override { std::filesystem::remove_all(folder); }

    static Act act(char const* author = "Lucía", char const* at = "2026-11-22T15:00:00Z") {
        return {author, parse_instant(at).value(), ""};
    }
    std::string create(Texts const& texts = {{"Q1", "one"}, {"Q2", "two"}}) {
        Draft draft;
        draft.report = "essay";
        draft.title = "An essay";
        draft.period = "2026-11";
        draft.params = R"({"topic":"growth"})";
        return drafts.create(draft, texts, act());
    }
};

} // namespace deckle::store
