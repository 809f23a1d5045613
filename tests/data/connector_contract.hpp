/// What every connector must do, whatever it reads.
#pragma once
#include "data/connectors/connector.hpp"
#include "scratch.hpp"
#include <functional>

namespace deckle::data {

struct ConnectorCase {
    std::string connector;
    SourceRequest request;                             // reads rows {id, name}: 1, "é"; 2, null; 3, "a, \"b\""
    std::function<void(Scratch const&, bool)> prepare; // writes the source; true = with "x" for "é"
    std::string file;                                  // what `files()` shows
};

struct RowsRead {
    std::vector<std::string> columns;
    std::vector<std::vector<std::optional<std::string>>> rows;
    std::vector<std::int64_t> numbers;
    std::string sha256;
};

inline RowsRead read_all(SourceReader& reader) {
    RowsRead all;
    all.columns = reader.columns();
    SourceRow row;
    while (reader.next(row)) {
        EXPECT_EQ(row.problem, "");
        EXPECT_EQ(row.cells.size(), all.columns.size());
        std::vector<std::optional<std::string>> cells;
        for (auto const& cell : row.cells) cells.push_back(cell ? std::optional<std::string>(*cell) : std::nullopt);
        all.rows.push_back(cells);
        all.numbers.push_back(row.number);
    }
    EXPECT_FALSE(reader.next(row)) << "the end stays the end";
    all.sha256 = reader.sha256();
    EXPECT_EQ(reader.sha256(), all.sha256);
    return all;
}

inline void connector_contract(ConnectorCase test) {
    SCOPED_TRACE(test.connector);
    Scratch const scratch;
    test.prepare(scratch, false);
    test.request.root = scratch.root;
    auto const* connector = ConnectorRegistry::standard().find(test.connector);
    ASSERT_NE(connector, nullptr);
    EXPECT_EQ(connector->name(), test.connector);

    auto reader = connector->open(test.request);
    EXPECT_EQ(reader->files(), std::vector<std::string>{test.file});
    auto const first = read_all(*reader);
    EXPECT_EQ(first.columns, (std::vector<std::string>{"id", "name"}));
    ASSERT_EQ(first.rows.size(), 3U);
    EXPECT_EQ(first.rows[0][0], "1");
    EXPECT_EQ(first.rows[0][1], "\xc3\xa9");
    EXPECT_TRUE(!first.rows[1][1] || first.rows[1][1]->empty());
    EXPECT_EQ(first.rows[2][1], "a, \"b\"");
    EXPECT_LT(first.numbers[0], first.numbers[1]);
    EXPECT_LT(first.numbers[1], first.numbers[2]);
    EXPECT_EQ(first.sha256.size(), 64U);

    auto const again = read_all(*connector->open(test.request));
    EXPECT_EQ(again.rows, first.rows);
    EXPECT_EQ(again.sha256, first.sha256) << "same content, same hash";
    test.prepare(scratch, true);
    auto const changed = read_all(*connector->open(test.request));
    EXPECT_EQ(changed.rows[0][1], "x");
    EXPECT_NE(changed.sha256, first.sha256) << "other content, other hash";

    auto missing = test.request;
    missing.settings["file"].texts = {"missing.file"};
    std::string const message = error_of([&] { (void)connector->open(missing); });
    EXPECT_NE(message.find("missing.file"), std::string::npos) << message;
    EXPECT_NE(message.find("dataset people"), std::string::npos) << message;
}

} // namespace deckle::data
