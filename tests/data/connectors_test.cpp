#include "connector_contract.hpp"
#include "data/connectors/files.hpp"
#include <functional>
#include <Poco/Data/Session.h>
#include <Poco/Data/SQLite/Connector.h>

namespace deckle::data {
namespace {

using Lines = std::vector<std::string>;

SourceRequest request(std::map<std::string, std::string> const& settings) {
    SourceRequest r;
    r.dataset = "people";
    for (auto const& [key, value] : settings) r.settings[key].texts = {value};
    return r;
}

void execute(Scratch const& scratch, std::string const& file, std::vector<std::string> const& statements) {
    Poco::Data::SQLite::Connector::registerConnector();
    std::filesystem::remove(scratch.root / file);
    Poco::Data::Session session("SQLite", (scratch.root / file).string());
    for (auto const& statement : statements) session << statement, Poco::Data::Keywords::now;
}

TEST(Connectors, csv_keeps_the_contract) {
    connector_contract({"csv", request({{"file", "p.csv"}}),
                        [](Scratch const& s, bool x) {
                            s.write("p.csv",
                                    std::string("id,name\n1,") + (x ? "x" : "\xc3\xa9") + "\n2,\n3,\"a, \"\"b\"\"\"\n");
                        },
                        "p.csv"});
}

TEST(Connectors, json_keeps_the_contract) {
    connector_contract({"json", request({{"file", "p.json"}, {"path", "data.people[*]"}}),
                        [](Scratch const& s, bool x) {
                            s.write("p.json",
                                    std::string(R"({"n": 3, "data": {"people": [{"id": 1, "name": ")") +
                                        (x ? "x" : "\xc3\xa9") +
                                        R"("}, {"id": 2, "name": null}, {"id": 3, "name": "a, \"b\""}]}, "z": [1]})");
                        },
                        "p.json"});
}

TEST(Connectors, xml_keeps_the_contract) {
    connector_contract({"xml", request({{"file", "p.xml"}, {"path", "people/person"}}),
                        [](Scratch const& s, bool x) {
                            s.write("p.xml",
                                    std::string("<?xml version=\"1.0\"?>\n<people>\n<person><id>1</id><name>") +
                                        (x ? "x" : "&#xe9;") +
                                        "</name></person>\n<person><id>2</id><name/></person>\n"
                                        "<person><id>3</id><name>a, <![CDATA[\"b\"]]></name></person></people>");
                        },
                        "p.xml"});
}

TEST(Connectors, sqlite_keeps_the_contract) {
    connector_contract({"sqlite", request({{"file", "p.db"}, {"table", "people"}}),
                        [](Scratch const& s, bool x) {
                            execute(s, "p.db",
                                    {"CREATE TABLE people (id INTEGER, name TEXT)",
                                     std::string("INSERT INTO people VALUES (1, '") + (x ? "x" : "\xc3\xa9") + "')",
                                     "INSERT INTO people VALUES (2, NULL)",
                                     "INSERT INTO people VALUES (3, 'a, \"b\"')"});
                        },
                        "p.db:people"});
}

TEST(Connectors, toml_keeps_the_contract) {
    connector_contract({"toml", request({{"file", "p.toml"}, {"path", "data.people[*]"}}),
                        [](Scratch const& s, bool x) {
                            s.write("p.toml",
                                    std::string("[[data.people]]\nid = 1\nname = \"") + (x ? "x" : "\xc3\xa9") +
                                        "\"\n[[data.people]]\nid = 2\n[[data.people]]\nid = 3\nname = 'a, \"b\"'\n");
                        },
                        "p.toml"});
}

class Source : public testing::Test {
protected:
    RowsRead read(std::string const& connector, SourceRequest r) {
        r.root = scratch.root;
        return read_all(*ConnectorRegistry::standard().find(connector)->open(r));
    }
    Scratch scratch;
};

TEST_F(Source, json_numbers_keep_their_text) {
    scratch.write("n.json", "\xef\xbb\xbf"
                            R"([{"a": 12345678901234567.12, "b": 1.10, "c": 1.5e3, "d": -2.5E-3, "e": true,
        "f": 123456789012345678901234567890, "g": 0, "h": -1, "i": 1E2}])");
    auto const all = read("json", request({{"file", "n.json"}}));
    std::vector<std::string> values;
    for (auto const& cell : all.rows.at(0)) values.push_back(cell.value());
    EXPECT_EQ(values, (Lines{"12345678901234567.12", "1.10", "1500", "-0.0025", "true",
                             "123456789012345678901234567890", "0", "-1", "100"}));
}

TEST_F(Source, json_members_within_members_and_lists) {
    scratch.write("n.json", R"({"Invoices": [
        {"Contact": {"Name": "A", "Tags": ["x", null, "y"]}, "Lines": [{"Sku": "p", "Q": 1}, {"Sku": "q"}], "T": 1},
        {"T": 2, "Contact": {}, "Lines": []}]})");
    auto const all = read("json", request({{"file", "n.json"}, {"path", "Invoices[*]"}}));
    EXPECT_EQ(all.columns, (Lines{"Contact.Name", "Contact.Tags", "Lines.Sku", "Lines.Q", "T"}));
    EXPECT_EQ(all.rows.at(0)[1], "x, y");
    EXPECT_EQ(all.rows.at(0)[2], "p, q");
    EXPECT_EQ(all.rows.at(0)[3], "1");
    EXPECT_EQ(all.rows.at(1)[0], std::nullopt);
    EXPECT_EQ(all.rows.at(1)[4], "2");
}

TEST_F(Source, json_says_what_is_there_instead) {
    auto error = [&](std::string const& text, std::string const& path) {
        scratch.write("n.json", text);
        return error_of([&] { read("json", request({{"file", "n.json"}, {"path", path}})); });
    };
    EXPECT_NE(error(R"({"Invoices": []})", "Invoice[*]").find("did you mean 'Invoices'?"), std::string::npos);
    EXPECT_NE(error(R"({"Invoices": {"a": 1}})", "Invoices[*]").find("there is no list at path"), std::string::npos);
    EXPECT_NE(error(R"([1, 2)", "[*]").find("n.json: parse error at line 1"), std::string::npos);
    EXPECT_NE(error("", "[*]").find("parse error"), std::string::npos);
    EXPECT_NE(error("[{\"a\": \"\xe9\"}]", "[*]").find("UTF-8"), std::string::npos);
    EXPECT_NE(error("[]", "a[0]").find("is not of the form"), std::string::npos);
}

TEST_F(Source, json_that_is_broken_names_line_and_column) {
    std::pair<char const*, char const*> const cases[] = {{"[{\"a\": 1},\n {\"a\" 2}]", "line 2"},
                                                         {"[{\"a\": 01}]", "line 1"},
                                                         {"[{\"a\": 1.}]", "line 1"},
                                                         {"[{\"a\": 1e}]", "line 1"},
                                                         {"[{\"a\": -}]", "line 1"},
                                                         {"[{\"a\": tru}]", "line 1"},
                                                         {"[{\"a\": nul}]", "line 1"},
                                                         {"[{\"a\": \"x}]", "line 1"},
                                                         {"[{\"a\": 1}", "line 1"},
                                                         {"[{\"a\": 1}]\n[]", "line 2, column 1"},
                                                         {"[{\"a\": 1}] x", "column 13"},
                                                         {"", "line 1"},
                                                         {"[{\"a\": \"\\q\"}]", "line 1"},
                                                         {"[{\"a\": \"\xff\"}]", "line 1"},
                                                         {"[{\"a\": 1,}]", "line 1"},
                                                         {"[{\"a\": \"\\ud800\"}]", "line 1"}};
    for (auto const& [text, place] : cases) {
        scratch.write("n.json", text);
        std::string const error = error_of([&] { read("json", request({{"file", "n.json"}})); });
        EXPECT_NE(error.find("n.json: parse error at line"), std::string::npos) << text << ": " << error;
        EXPECT_NE(error.find(place), std::string::npos) << text << ": " << error;
    }
}

TEST_F(Source, json_rows_that_are_no_objects_and_members_given_twice_are_problems) {
    scratch.write("n.json", R"([1, {"a": 1, "a": 2}, [{"a": 5}], {"a": 3}])");
    SourceRequest r = request({{"file", "n.json"}});
    r.root = scratch.root;
    auto const reader = ConnectorRegistry::standard().find("json")->open(r);
    SourceRow row;
    std::vector<std::string> problems;
    while (reader->next(row)) problems.push_back(std::to_string(row.number) + " " + row.problem);
    EXPECT_EQ(problems, (Lines{"1 the element is not an object", "2 'a' is there twice",
                               "3 the element is not an object", "4 "}));
}

TEST_F(Source, xml_paths_attributes_and_namespaces) {
    scratch.write("n.xml", R"(<?xml version="1.0" encoding="windows-1252"?>
<!-- exported -->
<f:r xmlns:f="urn:x"><other><row id="no"/></other>
<f:row id="7"> text <line sku="p">1</line><line sku="q">2</line><to><name>)"
                           "\xe9"
                           R"(</name></to></f:row></f:r>)");
    auto const all = read("xml", request({{"file", "n.xml"}, {"path", "r/row"}}));
    EXPECT_EQ(all.columns, (Lines{"@id", "line/@sku", "line", "to/name", "."}));
    EXPECT_EQ(all.rows.size(), 1U);
    EXPECT_EQ(all.rows[0][0], "7");
    EXPECT_EQ(all.rows[0][1], "p, q");
    EXPECT_EQ(all.rows[0][2], "1, 2");
    EXPECT_EQ(all.rows[0][3], "\xc3\xa9");
    EXPECT_EQ(all.rows[0][4], "text");
    EXPECT_EQ(all.numbers[0], 4);
}

TEST_F(Source, xml_says_what_is_there_instead) {
    scratch.write("n.xml", "<Invoices><Invoice/></Invoices>");
    EXPECT_NE(error_of([&] {
                  read("xml", request({{"file", "n.xml"}, {"path", "Invoices/Invoce"}}));
              }).find("did you mean 'Invoices/Invoice'?"),
              std::string::npos);
    scratch.write("n.xml", "<!DOCTYPE a [<!ENTITY e SYSTEM \"n.xml\">]><a><b>&e;</b></a>");
    EXPECT_NE(error_of([&] {
                  read("xml", request({{"file", "n.xml"}, {"path", "a/b"}}));
              }).find("external entity"),
              std::string::npos);
    scratch.write("n.xml", "<a>\n<b></a>");
    EXPECT_NE(error_of([&] {
                  read("xml", request({{"file", "n.xml"}, {"path", "a/b"}}));
              }).find("n.xml: line 2"),
              std::string::npos);
}

TEST_F(Source, toml_values_keep_their_text) {
    scratch.write("n.toml",
                  "\xef\xbb\xbf# \xc3\xa9\na = 1_234.50\nb = 12345678901234567.12 # exact\nc = +1.5e3\nd = -7\n"
                  "e = true\nf = 2026-10-31\ng = 2026-12-11T23:59:00-08:00\nh = 07:30:00\ni = 0x10\n"
                  "j = [\"p\", \"q\"]\nk.l = 'x'\nm = { '\xc3\xa9' = '\xc3\xa9', n = 0.10 }\n");
    auto const all = read("toml", request({{"file", "n.toml"}}));
    std::map<std::string, std::string> cells;
    for (std::size_t i = 0; i < all.columns.size(); ++i) cells[all.columns[i]] = all.rows.at(0)[i].value();
    EXPECT_EQ(cells, (std::map<std::string, std::string>{{"a", "1234.50"},
                                                         {"b", "12345678901234567.12"},
                                                         {"c", "1500"},
                                                         {"d", "-7"},
                                                         {"e", "true"},
                                                         {"f", "2026-10-31"},
                                                         {"g", "2026-12-11T23:59:00-08:00"},
                                                         {"h", "07:30:00"},
                                                         {"i", "16"},
                                                         {"j", "p, q"},
                                                         {"k.l", "x"},
                                                         {"m.\xc3\xa9", "\xc3\xa9"},
                                                         {"m.n", "0.10"}}));
}

TEST_F(Source, toml_rows_know_the_tables_around_them) {
    scratch.write("n.toml", "firm = 'P'\n[[releases]]\nslug = 'a'\nby.name = 'N'\n[[releases.quotes]]\ntext = '1'\n"
                            "[[releases.quotes]]\ntext = '2'\n[[releases]]\nslug = 'b'\n");
    auto const quotes = read("toml", request({{"file", "n.toml"}, {"path", "releases[*].quotes[*]"}}));
    EXPECT_EQ(quotes.columns, (Lines{"text", "../by.name", "../slug", "../../firm"}));
    ASSERT_EQ(quotes.rows.size(), 2U);
    EXPECT_EQ(quotes.rows[1][0], "2");
    EXPECT_EQ(quotes.rows[1][2], "a");
    EXPECT_EQ(quotes.rows[1][3], "P");
    EXPECT_EQ(quotes.numbers, (std::vector<std::int64_t>{5, 7}));
    auto const releases = read("toml", request({{"file", "n.toml"}, {"path", "releases[*]"}}));
    EXPECT_EQ(releases.columns, (Lines{"by.name", "slug", "../firm"})) << "a list of tables is no column";
    auto const file = read("toml", request({{"file", "n.toml"}}));
    EXPECT_EQ(file.columns, Lines{"firm"});
}

TEST_F(Source, toml_files_of_which_one_lacks_the_list) {
    scratch.write("a.toml", "id = 'a'\n[[rules]]\nrule = 'x'\n");
    scratch.write("b.toml", "id = 'b'\n");
    auto const all = read("toml", request({{"file", "?.toml"}, {"path", "rules[*]"}}));
    ASSERT_EQ(all.rows.size(), 1U);
    EXPECT_EQ(read("toml", request({{"file", "?.toml"}})).rows.size(), 2U);
}

TEST_F(Source, toml_says_what_is_wrong_and_what_is_there_instead) {
    auto error = [&](std::string const& text, std::string const& path) {
        scratch.write("n.toml", text);
        return error_of([&] { read("toml", request({{"file", "n.toml"}, {"path", path}})); });
    };
    EXPECT_NE(error("[[rules]]\na = 1", "rule[*]").find("did you mean 'rules[*]'?"), std::string::npos);
    EXPECT_NE(error("a = 1\nb = \n", "").find("n.toml: parse error at line 2"), std::string::npos);
    EXPECT_NE(error("a = 1", "[*]").find("is not of the form"), std::string::npos);
    EXPECT_NE(error("a = 1", "x").find("is not of the form"), std::string::npos);
    EXPECT_NE(error("a = 1", "x[*].y").find("is not of the form"), std::string::npos);
}

TEST_F(Source, toml_elements_that_are_no_tables_and_numbers_that_are_none_are_problems) {
    scratch.write("n.toml", "r = [1, {a = 1}, {a = inf}]");
    SourceRequest r = request({{"file", "n.toml"}, {"path", "r[*]"}});
    r.root = scratch.root;
    auto const reader = ConnectorRegistry::standard().find("toml")->open(r);
    SourceRow row;
    std::vector<std::string> problems;
    while (reader->next(row)) problems.push_back(row.problem);
    EXPECT_EQ(problems, (Lines{"the element is not a table", "", "'a' is no number: inf"}));
}

TEST_F(Source, sqlite_decimals_queries_and_errors) {
    execute(scratch, "n#1.db",
            {"CREATE TABLE t (\"we\"\"ird\" TEXT, amount DECIMAL(20,2), cents INTEGER)",
             "INSERT INTO t VALUES ('a', 1234.56, 123456789012345678)", "INSERT INTO t VALUES ('b', '0.10', -1)"});
    auto const table = read("sqlite", request({{"file", "n#1.db"}, {"table", "t"}}));
    EXPECT_EQ(table.columns[0], "we\"ird");
    EXPECT_EQ(table.rows[0][1], "1234.56");
    EXPECT_EQ(table.rows[0][2], "123456789012345678");
    auto const query =
        read("sqlite",
             request({{"file", "n#1.db"}, {"query", "SELECT upper(\"we\"\"ird\") AS u FROM t ORDER BY 1 DESC;\n"}}));
    EXPECT_EQ(query.rows[0][0], "B");
    auto error = [&](std::string const& key, std::string const& value) {
        return error_of([&] { read("sqlite", request({{"file", "n#1.db"}, {key, value}})); });
    };
    EXPECT_NE(error("table", "tt").find("no table 'tt' in n#1.db; did you mean 't'?"), std::string::npos);
    EXPECT_NE(error("query", "SELECT nothing FROM t").find("nothing"), std::string::npos);
    EXPECT_NE(error("query", "DELETE FROM t").find("dataset people: n#1.db"), std::string::npos);
    scratch.write("text.db", "this is not a database, but a text that is long enough to be read as one");
    EXPECT_NE(error_of([&] {
                  read("sqlite", request({{"file", "text.db"}, {"table", "t"}}));
              }).find("text.db"),
              std::string::npos);
}

TEST_F(Source, sqlite_is_as_old_as_what_was_written_beside_it) {
    using std::filesystem::last_write_time;
    auto const at = [&](std::string const& name) { return scratch.root / name; };
    SourceFile const file{at("n.db"), "n.db"};
    scratch.write("n.db", "x");
    auto const now = last_write_time(at("n.db"));
    last_write_time(at("n.db"), now - std::chrono::days(9));
    auto const old = last_written({file});
    scratch.write("n.db-wal", "");
    EXPECT_EQ(last_written({file}), old) << "nothing is in it";
    scratch.write("n.db-wal", "y");
    last_write_time(at("n.db-wal"), now - std::chrono::days(2));
    EXPECT_EQ(last_written({file}) - old, std::chrono::days(7));
    last_write_time(at("n.db"), now - std::chrono::days(1));
    EXPECT_EQ(last_written({file}) - old, std::chrono::days(8)) << "the newer of both";
}

TEST_F(Source, sqlite_more_rows_than_one_batch) {
    execute(scratch, "n.db",
            {"CREATE TABLE t (id INTEGER)", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                                            "4000) INSERT INTO t SELECT i FROM n"});
    auto const all = read("sqlite", request({{"file", "n.db"}, {"table", "t"}}));
    ASSERT_EQ(all.rows.size(), 4000U);
    EXPECT_EQ(all.rows[3999][0], "4000");
    EXPECT_EQ(all.numbers[3999], 4000);
}

} // namespace
} // namespace deckle::data
