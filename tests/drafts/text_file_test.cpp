#include "base/error.hpp"
#include "drafts/text_file.hpp"
#include "model/formatter.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace deckle::drafts {
namespace {

using model::Json;
using testing::HasSubstr;

struct TextFileTest : testing::Test {
    TextFileTest() {
        draft.id = "k3f9a2b1";
        draft.version = 7;
    }
    store::Draft draft;
    std::map<std::string, store::DraftText> texts = {{"Q1", {"first\n=== no field ===\n\\x", 1, ""}},
                                                     {"Q2", {"", 1, ""}}};
    Json model = {{"fields",
                   {{{"id", "Q1"},
                     {"label", "Name"},
                     {"kind", "text"},
                     {"value", ""},
                     {"limit", {{"max", 25}, {"unit", "words"}}}},
                    {{"id", "Q2"}, {"label", "Size"}, {"kind", "text"}, {"value", ""}}}}};
    model::Formatter formatter{"en_US", "UTC"};

    std::string fault(std::string const& text) {
        try {
            (void)read_text_file(text, draft, texts, "f.txt");
        } catch (Error const& e) {
            return e.to_string();
        }
        return "none";
    }
};

TEST_F(TextFileTest, WhatIsWrittenReadsBack) {
    std::string const written = write_text_file(draft, texts, model, formatter);
    EXPECT_EQ(written,
              "deckle draft k3f9a2b1 version 7\n\n=== Q1 === Name (at most 25 words)\nfirst\n\\=== no field ===\n"
              "\\\\x\n\n=== Q2 === Size\n");
    auto const read = read_text_file(written, draft, texts, "f.txt");
    EXPECT_EQ(read.version, 7);
    EXPECT_EQ(read.texts.at("Q1"), "first\n=== no field ===\n\\x");
    EXPECT_EQ(read.texts.at("Q2"), "");
}

TEST_F(TextFileTest, AFieldThatIsLeftOutIsNotRead) {
    auto const read =
        read_text_file("deckle draft k3f9a2b1 version 7\r\n=== Q2 ===\r\n\r\n a \r\nb\r\n\r\n", draft, texts, "f");
    EXPECT_EQ(read.texts.size(), 1U);
    EXPECT_EQ(read.texts.at("Q2"), " a\nb");
}

TEST_F(TextFileTest, FaultsHavePlaces) {
    std::string const head = "deckle draft k3f9a2b1 version 7\n";
    EXPECT_THAT(fault("deckle draft other version 7\n"), HasSubstr("f.txt:1:1: the first line is not"));
    EXPECT_THAT(fault(head + "=== Q3 === x\n"), HasSubstr("f.txt:2:5: the draft has no field 'Q3'"));
    EXPECT_THAT(fault(head + "=== Q1 === x\n=== Q1 === x\n"), HasSubstr("f.txt:3:5: the field 'Q1' comes twice"));
    EXPECT_THAT(fault(head + "\nlost\n"), HasSubstr("f.txt:3:1: this line stands before the first field"));
    EXPECT_EQ(fault(head), "none");
}

TEST(WordDiff, MarksWordsOnly) {
    EXPECT_EQ(word_diff("We grew 30% last year.", "We grew 31% last year."), "We grew [-30%-]{+31%+} last year.");
    EXPECT_EQ(word_diff("", "new text"), "{+new text+}");
    EXPECT_EQ(word_diff("old", ""), "[-old-]");
    EXPECT_EQ(word_diff("a b c d", "a c d e"), "a [-b-] c d {+e+}");
    EXPECT_EQ(word_diff("one\n\ntwo", "one\n\nthree"), "one\n\n[-two-]{+three+}");
    EXPECT_EQ(word_diff("same", "same"), "same");
}

} // namespace
} // namespace deckle::drafts
