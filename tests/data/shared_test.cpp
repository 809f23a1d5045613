// Several reports that want the same dataset: read once, and each gets what it would have read.
#include "data/scratch.hpp"
#include "data/shared.hpp"
#include "data/snapshot.hpp"
#include <gmock/gmock.h>

namespace deckle::data {
namespace {

using Columns = std::vector<ColumnRequest>;

class Shared : public testing::Test {
protected:
    Shared() {
        scratch.write("deckle.toml", R"([company]
name = "T"
[connections.books]
connector = "csv"
[datasets.invoices]
connection = "books"
file = "invoices.csv"
on_bad_row = "report"
)");
        write("1,2026-10-01,10.00,EUR,open,3");
    }
    void write(std::string const& line) {
        scratch.write("invoices.csv", "id,due_date,total,currency,status,count\n" + line +
                                          "\n2,2026-10-02,20.00,USD,paid,4\n3,,5.50,EUR,open,\n");
    }
    static std::vector<DatasetRequest> wanting(Columns columns) { return {{"invoices", 1, true, std::move(columns)}}; }
    /// Loads each of them, shared and by itself, and compares; the number of times that the source was read.
    std::size_t compared(std::vector<Columns> const& reports) {
        Workspace const workspace = load_workspace(scratch.root, catalogue);
        SharedDatasets shared(workspace, catalogue, fetched);
        for (auto const& columns : reports) shared.expect(wanting(columns));
        for (auto const& columns : reports) {
            Diagnostics ours, theirs;
            auto const got = shared.load(wanting(columns), ours);
            auto const expected = load(workspace, catalogue, wanting(columns), fetched, theirs);
            auto const& a = got.datasets.at("invoices");
            auto const& b = expected.datasets.at("invoices");
            EXPECT_EQ(write_snapshot(a.table), write_snapshot(b.table));
            EXPECT_EQ(a.bound, b.bound);
            EXPECT_EQ(a.source.rows, b.source.rows);
            EXPECT_EQ(a.source.rejected, b.source.rejected);
            EXPECT_EQ(a.source.sha256, b.source.sha256);
            EXPECT_EQ(a.bad.size(), b.bad.size());
            EXPECT_EQ(ours.items().size(), theirs.items().size());
        }
        return shared.read();
    }

    Scratch scratch;
    Catalogue const catalogue = small_catalogue();
};

TEST_F(Shared, IsReadOnce) {
    EXPECT_EQ(compared({{{"total", true}, {"id", true}}, {{"status"}, {"due_date"}}, {{"hours"}, {"count"}}}), 1u);
    EXPECT_EQ(compared({{{"total"}}, {{"currency"}, {"total"}}, {{"id"}}}), 1u);
}

TEST_F(Shared, OneReportReadsItsOwnColumns) {
    EXPECT_EQ(compared({{{"total"}}}), 1u);
}

/// The bad count concerns the report alone that wants counts.
TEST_F(Shared, BadRowsAreThoseOfTheReport) {
    write("1,2026-10-01,10.00,EUR,open,three");
    EXPECT_EQ(compared({{{"total"}}, {{"count"}}}), 2u);
}

TEST_F(Shared, WhatIsMissingIsToldAsAlways) {
    Workspace const workspace = load_workspace(scratch.root, catalogue);
    SharedDatasets shared(workspace, catalogue, fetched);
    auto const good = wanting({{"total", true}}), bad = wanting({{"hours", true}});
    shared.expect(good);
    shared.expect(bad);
    Diagnostics diagnostics;
    EXPECT_EQ(shared.load(good, diagnostics).datasets.at("invoices").table.rows, 3);
    try {
        (void)shared.load(bad, diagnostics);
        FAIL() << "no error";
    } catch (Error const& e) {
        EXPECT_THAT(e.what(), testing::HasSubstr("column hours is required"));
    }
}

} // namespace
} // namespace deckle::data
