// Damaged input of every format: each is read or refused with an Error, never anything else. Deterministic.
#include "data/snapshot.hpp"
#include "scratch.hpp"

namespace deckle::data {
namespace {

// Knuth's MMIX generator: the same damage every time.
class Random {
public:
    std::size_t below(std::size_t n) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(state_ >> 33) % n;
    }

private:
    std::uint64_t state_ = 42;
};

std::string damaged(std::string text, Random& random) {
    static constexpr std::string_view bytes("\"\r\n,;{}[]<>&/=\\:.-0\x00\x80\xc3\xff\xef", 24);
    for (std::size_t n = 1 + random.below(4); n > 0 && !text.empty(); --n) {
        auto const at = random.below(text.size());
        switch (random.below(4)) {
        case 0:
            text[at] = bytes[random.below(bytes.size())];
            break;
        case 1:
            text.insert(at, 1, bytes[random.below(bytes.size())]);
            break;
        case 2:
            text.erase(at, 1 + random.below(5));
            break;
        default:
            text.insert(at, text.substr(random.below(text.size()), random.below(20)));
        }
    }
    return text;
}

void survive(std::string const& connector, std::string const& seed, std::string const& binding) {
    Scratch const scratch;
    Random random;
    int read = 0;
    for (int i = 0; i < 400; ++i) {
        scratch.write("x", damaged(seed, random));
        Diagnostics diagnostics;
        try {
            auto const d = load_invoices(scratch, "connector = \"" + connector + "\"",
                                         "file = \"x\"\non_bad_row = \"report\"\n" + binding, {}, diagnostics);
            EXPECT_EQ(d.table.rows, d.source.rows - d.source.rejected);
            EXPECT_EQ(read_snapshot(write_snapshot(d.table)).rows, d.table.rows);
            ++read;
        } catch (Error const& error) {
            EXPECT_FALSE(std::string(error.what()).empty());
        }
    }
    EXPECT_GT(read, 10) << "the damage is so heavy that nothing is tested";
}

TEST(Robust, csv) {
    survive("csv",
            "id,due_date,total,currency,status,count,hours,seen,active\r\n"
            "a,2026-10-31,\"1,234.50\",USD,open,5,1.25,2026-07-01T12:00:00Z,yes\r\n"
            "\"b \"\"x\"\"\n\xc3\xa9\",,(5.00),EUR,,,,,\r\nc,2026-01-01,7,,paid,-1,0.5,,no\r\n",
            "");
}

TEST(Robust, json) {
    survive(
        "json",
        R"({"Invoices": [{"id": "a", "due_date": "2026-10-31", "total": 1234.50, "status": "open", "lines": [{"x": 1}]},
                {"id": "b\u00e9", "total": -1e2, "currency": null, "contact": {"name": "N", "tags": ["p", "q"]}}], "n": 2})",
        "path = \"Invoices[*]\"");
}

TEST(Robust, xml) {
    survive("xml",
            "<?xml version=\"1.0\"?><r><row n=\"1\"><id>a</id><total>5.00</total><due_date>2026-10-31</due_date></row>"
            "<row><id>b &amp; c</id><total>7</total><l><![CDATA[<x>]]></l><l>y</l></row></r>",
            "path = \"r/row\"");
}

TEST(Robust, toml) {
    survive("toml",
            "n = 2\n[[Invoices]]\nid = \"a\"\ndue_date = 2026-10-31\ntotal = 1234.50\nstatus = \"open\"\n"
            "[[Invoices.lines]]\nx = 1\n[[Invoices]]\nid = \"b\xc3\xa9\"\ntotal = -1e2\n"
            "contact = { name = \"N\", tags = [\"p\", \"q\"], seen = 2026-10-31T12:00:00-06:00 }\n",
            "path = \"Invoices[*]\"");
}

TEST(Robust, sqlite) {
    Scratch const scratch;
    scratch.write("x", std::string("SQLite format 3\0", 16) + std::string(4080, '\x01'));
    Diagnostics diagnostics;
    EXPECT_THROW((void)load_invoices(scratch, "connector = \"sqlite\"\nfile = \"x\"", "table = \"t\"", {}, diagnostics),
                 Error);
}

TEST(Robust, configuration) {
    std::string const seed =
        "[company]\nname = \"P\"\n[connections.c]\nconnector = \"csv\"\n[datasets.invoices]\nconnection = \"c\"\n"
        "file = \"x\"\ncolumns = { id = \"No\", total = { plus = \"a\", minus = \"b\" } }\n"
        "values = { status = { x = \"open\" } }\nonly = { T = [\"a\"] }\n[reports.r]\na = 1.5\n";
    auto const catalogue = small_catalogue();
    Random random;
    for (int i = 0; i < 400; ++i) {
        try {
            (void)parse_workspace(damaged(seed, random), "/nowhere", catalogue);
        } catch (Error const& error) {
            EXPECT_FALSE(std::string(error.what()).empty());
        }
    }
}

} // namespace
} // namespace deckle::data
