#include "data/table_builder.hpp"
#include "model/json.hpp"
#include "product.hpp"
#include "service/parts.hpp"
#include <gmock/gmock.h>

namespace deckle::service {
namespace {

using model::Json;
using testing::ElementsAre;
using testing::HasSubstr;

using Row = std::vector<std::string>;

/// Columns id, name, email, role; empty = null.
data::Table people(std::vector<Row> const& rows) {
    data::TableBuilder builder({{.name = "id"}, {.name = "name"}, {.name = "email"}, {.name = "role"}});
    for (auto const& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) row[i].empty() ? builder[i].null() : builder[i].text(row[i]);
    return builder.finish();
}

data::Schedule bursting() {
    auto s = schedule_of_report("pipeline");
    data::Each each;
    each.dataset = "people";
    each.id = "id";
    each.to = "email";
    each.only = {{"role", {"Sales"}}};
    each.set = {{"salesperson", "name"}};
    each.position = {"deckle.toml", 9, 1};
    s.each = each;
    s.set = {{"minimum", "5"}};
    return s;
}

std::string problem_of(std::vector<Row> const& rows, std::vector<std::string> const& allow = {}) {
    auto const table = people(rows);
    try {
        (void)parts_of(bursting(), &table, allow);
        return "no error";
    } catch (Error const& e) {
        return e.to_string();
    }
}

TEST(Parts, OnePartWithoutBursting) {
    auto s = schedule_of_report();
    s.to = {"a@prairie.example", "b@prairie.example"};
    s.set = {{"minimum_cash", "250000"}};
    auto const parts = parts_of(s, nullptr);
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].id, "");
    EXPECT_EQ(parts[0].to, s.to);
    EXPECT_EQ(Json::parse(parts[0].params), (Json{{"minimum_cash", "250000"}}));
}

TEST(Parts, ARowEachWithItsOwnRecipientsAndParameters) {
    auto const table =
        people({{"p1", "Ann", "ann@prairie.example; boss@prairie.example, c@prairie.example ;", " sales"},
                {"p2", "Bob", "bob@prairie.example", "engineer"},
                {"p3", "Cy", "cy@prairie.example", "SALES"}});
    auto const parts = parts_of(bursting(), &table);
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0].id, "p1");
    EXPECT_THAT(parts[0].to, ElementsAre("ann@prairie.example", "boss@prairie.example", "c@prairie.example"));
    EXPECT_EQ(Json::parse(parts[0].params), (Json{{"minimum", "5"}, {"salesperson", "Ann"}}));
    EXPECT_EQ(parts[1].id, "p3");
    EXPECT_EQ(Json::parse(parts[1].params).at("salesperson"), "Cy");
}

TEST(Parts, WithoutAColumnOfAddressesEachGoesToTheSchedulesOwn) {
    auto s = bursting();
    s.each->to.clear();
    s.to = {"boss@prairie.example"};
    auto const table = people({{"p1", "Ann", "", "sales"}});
    EXPECT_EQ(parts_of(s, &table).at(0).to, s.to);
    auto const none = people({{"p1", "Ann", "", "engineer"}});
    EXPECT_TRUE(parts_of(s, &none).empty());
}

TEST(Parts, EveryProblemIsToldWithDatasetAndRow) {
    auto const message = problem_of({{"p1", "Ann", "ann@prairie.example", "sales"},
                                     {"p1", "Bob", "bob@prairie.example", "sales"},
                                     {"", "Cy", "cy@prairie.example", "sales"},
                                     {"p4", "", "d@prairie.example", "sales"},
                                     {"p5", "Eve", "", "sales"},
                                     {"p6", "Flo", "flo at prairie", "sales"},
                                     {"p7", "Gus", "g@prairie.example;G@prairie.example", "sales"},
                                     {"p8", "Hal", " ; ,", "sales"},
                                     {"p9\nBcc: x", "Ida", "i@prairie.example", "sales"}});
    EXPECT_THAT(message, testing::StartsWith("deckle.toml:9:1: "));
    for (auto const* part :
         {"dataset people, row 2, column id: 'p1' is the name of row 1 too",
          "dataset people, row 3, column id: it is blank", "row 4, column name: it is blank, but is the parameter",
          "row 5, column email: there is no mail address", "row 6, column email: 'flo at prairie' is no mail address",
          "row 7, column email: 'G@prairie.example' is there twice", "row 8, column email: there is no mail address",
          "row 9, column id: a part's name has at most 100 bytes and no line break"})
        EXPECT_THAT(message, HasSubstr(part));
}

TEST(Parts, TwoIdsMayNotMakeOneFile) {
    auto s = bursting();
    auto const table =
        people({{"East/1", "Ann", "a@prairie.example", "sales"}, {"East:1", "Bob", "b@prairie.example", "sales"}});
    EXPECT_EQ(parts_of(s, &table).size(), 2u) << "each mail has a file of its own";
    s.copies = {"archive"};
    try {
        (void)parts_of(s, &table);
        FAIL();
    } catch (Error const& e) {
        EXPECT_THAT(e.what(), HasSubstr("row 2, column id: 'East:1' makes the same file name as 'East/1'"));
    }
}

TEST(Parts, RecipientsOutsideTheAllowListAreFoundBeforeAnythingIsMade) {
    EXPECT_EQ(problem_of({{"p1", "Ann", "ann@prairie.example", "sales"}}, {"prairie.example"}), "no error");
    EXPECT_THAT(problem_of({{"p1", "Ann", "ann@prairie.example;ann@rival.example", "sales"}}, {"prairie.example"}),
                HasSubstr("row 1, column email: 'ann@rival.example' may not be written to"));
    auto s = schedule_of_report();
    s.to = {"ann@rival.example"};
    EXPECT_THROW((void)parts_of(s, nullptr, {"prairie.example"}), Error);
}

TEST(Parts, AColumnThatIsNotThereIsNamed) {
    auto s = bursting();
    s.each->only = {{"rol", {"sales"}}};
    auto const table = people({{"p1", "Ann", "ann@prairie.example", "sales"}});
    try {
        (void)parts_of(s, &table);
        FAIL();
    } catch (Error const& e) {
        EXPECT_THAT(e.what(), HasSubstr("the dataset people has no column 'rol', did you mean 'role'?"));
    }
}

} // namespace
} // namespace deckle::service
