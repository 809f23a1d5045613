#include "data/sha256.hpp"
#include "scratch.hpp"
#include <filesystem>

namespace deckle::data {
namespace {

class FileColumn : public testing::Test {
protected:
    FileColumn() {
        catalogue.add(parse_definition(R"(
name = "proofs"
meaning = "for tests"
columns = [
  { name = "id", type = "text", meaning = "m", key = true, required = true },
  { name = "evidence", type = "text", meaning = "m", file = true },
])",
                                       "proofs.toml"));
    }
    std::vector<std::string> load(std::string const& csv, std::vector<std::string> const& columns,
                                  std::string const& more = "") {
        scratch.write("records/x.csv", csv);
        auto const workspace =
            parse_workspace("[company]\nname = \"T\"\n[connections.c]\nconnector = \"csv\"\nfolder = \"records\"\n"
                            "[datasets.proofs]\nconnection = \"c\"\nfile = \"x.csv\"\n" +
                                more,
                            scratch.root, catalogue);
        DatasetRequest request{"proofs", 1, true, {}};
        for (auto const& name : columns) request.columns.push_back({name, false});
        dataset = load_dataset(workspace, catalogue, request, fetched, diagnostics);
        return lines(dataset.table);
    }
    Scratch scratch;
    Catalogue catalogue;
    Dataset dataset;
    Diagnostics diagnostics;
};

TEST_F(FileColumn, BringsTheHashOfTheFileItNames) {
    scratch.write("records/evidence/a.txt", "abc");
    EXPECT_EQ(load("id,evidence\n1,evidence/a.txt\n2,evidence/gone.txt\n3,\n4,evidence\n", {"id", "evidence_sha256"}),
              (std::vector<std::string>{"1|ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "2|-",
                                        "3|-", "4|-"}));
    EXPECT_EQ(dataset.bound, (std::vector<std::string>{"id", "evidence_sha256"}));
    ASSERT_NE(catalogue.find("proofs")->find("evidence_sha256"), nullptr);
}

TEST_F(FileColumn, LargeFilesAndAllColumns) {
    std::string const big(200'001, 'x');
    scratch.write("records/big.bin", big);
    EXPECT_EQ(load("id,evidence\n1,big.bin\n", {}), std::vector<std::string>{"1|big.bin|" + sha256_hex(big)});
}

TEST_F(FileColumn, IsEmptyWithoutItsColumn) {
    EXPECT_EQ(load("id\n1\n", {"id", "evidence_sha256"}), std::vector<std::string>{"1|-"});
    EXPECT_EQ(dataset.bound, std::vector<std::string>{"id"});
}

TEST_F(FileColumn, RefusesWhatLiesOutsideTheWorkspace) {
    for (std::string const name : {"../../secret.txt", "/etc/hostname", "link/secret.txt"}) {
        std::error_code ignored;
        std::filesystem::create_directories(scratch.root / "records");
        std::filesystem::create_directory_symlink("/etc", scratch.root / "records/link", ignored);
        std::string const message = error_of([&] {
            (void)load("id,evidence\n1," + name + "\n", {"id", "evidence_sha256"});
        });
        EXPECT_NE(message.find("records/x.csv:2: evidence '" + name + "' leads outside the workspace folder"),
                  std::string::npos)
            << message;
    }
    // Inside, by whichever way, it is taken; unasked for, it is only a name.
    scratch.write("proof.txt", "abc");
    EXPECT_EQ(load("id,evidence\n1,../proof.txt\n", {"evidence_sha256"}).front().size(), 64U);
    EXPECT_EQ(load("id,evidence\n1,/etc/hostname\n", {"evidence"}), std::vector<std::string>{"/etc/hostname"});
}

TEST_F(FileColumn, ARefusedFileIsABadRowAndLeavesTheTableWhole) {
    scratch.write("records/a.txt", "abc");
    EXPECT_EQ(load("id,evidence\n1,/etc/hostname\n2,a.txt\n", {"id", "evidence_sha256"}, "on_bad_row = \"report\"\n"),
              std::vector<std::string>{"2|ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"});
    EXPECT_EQ(dataset.source.rejected, 1);
    EXPECT_EQ(dataset.bad.at(0).column, "evidence");
}

TEST_F(FileColumn, IsNotMappedByHand) {
    std::string const message = error_of([&] { (void)load("id\n1\n", {}, "columns.evidence_sha256 = \"Hash\"\n"); });
    EXPECT_NE(message.find("evidence_sha256 is filled by Deckle"), std::string::npos) << message;
}

TEST_F(FileColumn, IsText) {
    std::string const message = error_of([] {
        (void)parse_definition("name = \"d\"\nmeaning = \"m\"\ncolumns = [{ name = \"n\", type = \"integer\", meaning "
                               "= \"m\", file = true }]",
                               "d.toml");
    });
    EXPECT_NE(message.find("only text names a file"), std::string::npos) << message;
}

} // namespace
} // namespace deckle::data
