#include "facts/facts_fixture.hpp"

namespace deckle::facts {
namespace {

struct Contradiction : FactsTest {
    /// What is found in a text that also merges these facts.
    std::vector<std::string> found(std::string const& typed) {
        auto const m = merged(typed + "\n{{revenue.total.2025|money:0}} {{growth(revenue.total,2025,2026)}} "
                                      "{{customers.active}} {{seats.managed}}");
        std::vector<std::string> texts;
        for (Issue const& issue : m.issues) {
            EXPECT_EQ(issue.rule, "fact.contradiction") << issue.message;
            EXPECT_EQ(issue.severity, Severity::warning);
            texts.push_back(issue.message.substr(1, issue.message.find('"', 1) - 1));
        }
        return texts;
    }
};

TEST_F(Contradiction, ANumberNearAFactButDifferentIsFound) {
    struct Case {
        char const *text, *found;
    };
    for (Case const& c : {
             Case{"Revenue was $4,200,000 last year.", "$4,200,000"},
             {"Revenue was $4.2 million.", "$4.2 million"},
             {"Revenue was $4.2M.", "$4.2M"},
             {"Revenue was USD 4.4 million.", "USD 4.4 million"},
             {"Revenue was 4.4 million dollars.", "4.4 million"},
             {"Revenue was 4,400 thousand USD", "4,400 thousand"},
             {"Revenue was $4,268,437.99", "$4,268,437.99"},
             {"Revenue was $4,268,438", "$4,268,438"},
             {"Revenue was $4400k", "$4400k"},
             {"We grew 30%.", "30%"},
             {"We grew 30 %.", "30 %"},
             {"We grew 32 percent.", "32 percent"},
             {"We grew 30 per cent.", "30 per cent"},
             {"We grew 30 pct.", "30 pct"},
             {"We grew 31.2%.", "31.2%"},
             {"We grew by 10–35%.", "35%"},
             {"We serve 90 customers.", "90"},
             {"We serve about 90 loyal customers.", "90"},
             {"Customers today: 92.", "92"},
             {"We serve 90 clients.", "90"},
             {"The 2,200 devices we manage", "2,200"},
             {"The 2.1k seats we manage", ""}, // rounded
             {"The 2.2k seats we manage", "2.2k"},
             {"(90 customers)", "90"},
         }) {
        auto const texts = found(c.text);
        if (*c.found == '\0')
            EXPECT_THAT(texts, testing::IsEmpty()) << c.text;
        else
            EXPECT_THAT(texts, testing::ElementsAre(c.found)) << c.text;
    }
}

TEST_F(Contradiction, WhatIsNoSuchNumberIsLeftAlone) {
    for (char const* text : {
             "Revenue was $4,268,437.",               // the merged number itself
             "Revenue was $4,268,437.16.",            // the fact itself
             "Revenue was $4.27 million.",            // rounded
             "Revenue was $4.3 million.",             // rounded
             "Revenue was $4,300,000.",               // rounded
             "We grew 31%.",                          // rounded
             "We grew 31.0%",                         //
             "We grew 31 percent.",                   //
             "We serve 88 customers.",                //
             "We grew 60%.",                          // too far away
             "Revenue was $9 million.",               //
             "Revenue was $2.1 million.",             //
             "We hired 90 engineers.",                // another unit
             "90% of them",                           // a ratio, no count; far from 31%
             "It cost €4.2 million.",                 // another currency
             "In 2026 customers grew.",               // a year
             "Since 2,126 customers",                 // far from 88, another unit than devices
             "On October 31, 2026 customers came.",   // a day
             "By Oct. 30 customers were told.",       //
             "30 October customers came.",            //
             "2025-10-30 customers",                  // a date
             "10/30/2026 customers",                  //
             "at 8:30 customers call",                // a time
             "90. Customers come first",              // a list number
             "90) Customers come first",              //
             "- 90. customers",                       //
             "the 90th customer",                     // an ordinal
             "the 91st customer, the 92nd, the 93rd", //
             "Call 515-555-0190 customers",           // a phone number
             "Call (515) 555 0190 customers",         //
             "Call +1 515 555 0190, customers",       //
             "see https://prairie.example/30/customers/90 customers",
             "write to sales90@prairie.example, customers",
             "See page 90, customers!",
             "Item 85 customers",
             "Tier 90 customers",
             "M90 customers",
             "CO-90 customers",
             "customers like 3D",
             "No. 90 customers",
         }) {
        auto const texts = found(text);
        EXPECT_THAT(texts, testing::IsEmpty()) << text;
    }
}

TEST_F(Contradiction, TheMessageNamesBoth) {
    EXPECT_EQ(issue("We grew {{growth(revenue.total,2025,2026)|pct}}, not 30%."),
              "fact.contradiction: \"30%\" is typed by hand, but growth(revenue.total,2025,2026) is 31.0%: merge the "
              "fact, or say what else it is");
}

TEST_F(Contradiction, AFieldWithoutFactsMaySayAnything) {
    EXPECT_EQ(text("We grew 30% to $4.2 million with 90 customers."), "We grew 30% to $4.2 million with 90 customers.");
}

TEST_F(Contradiction, OtherLocalesTypeOtherPoints) {
    FactSet const facts(all, {});
    model::Formatter const german("de_DE", "Europe/Berlin");
    auto const m = merge("{{margin.gross}}, also 43,5 % und 44,0 %", {facts, {Date::of("2026-11-22"), 400}, german});
    ASSERT_EQ(m.issues.size(), 1U);
    EXPECT_THAT(m.issues[0].message, testing::StartsWith("\"43,5 %\""));
}

} // namespace
} // namespace deckle::facts
