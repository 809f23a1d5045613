// What hurts elsewhere in the documents themselves: blank, broken, cut, stale.
#include "daemon.hpp"
#include "service/opening.hpp"
#include <regex>

namespace deckle::pains {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

std::string const to_ann = "to = \"ann@tiny.example\"\n";

class ContentPain : public MailPain {
protected:
    /// Fires, and does what is due. The edition as it is then.
    store::Edition fired() {
        running = daemon();
        running->tick();
        clock.set("2026-11-04T13:00:00Z");
        running->tick();
        running->work();
        return running->editions().at(0);
    }

    std::unique_ptr<Daemon> running;
};

TEST_F(ContentPain, Pain10_ATimeOutIsAFailureAndABlankPdfIsNotMailed) {
    schedule(month_end + to_ann + "retries = 0\n");
    auto& file = product.files.at(0);
    write_file(file.path, "%PDF-1.7\n1 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n%%EOF\n");
    file.bytes = static_cast<std::int64_t>(fs::file_size(file.path));
    auto const held = fired();
    EXPECT_EQ(held.state, EditionState::held);
    EXPECT_THAT(held.reason, HasSubstr("has no page"));
    press = TestPress{[](auto const&, auto const&) -> delivery::Product {
        throw Error(ErrorCode::limit, "the report took longer than its deadline of 60 seconds");
    }};
    ASSERT_TRUE(service::make_again(running->office(), held, {EditionState::held}, "dana", "again"));
    running->work();
    EXPECT_EQ(running->editions().at(0).state, EditionState::failed);
    EXPECT_THAT(running->editions().at(0).reason, HasSubstr("deadline of 60 seconds"));
    EXPECT_THAT(reports_taken(server), IsEmpty());
    EXPECT_THAT(running->deliveries(), IsEmpty());
}

TEST_F(ContentPain, Pain12_EmptyOrBrokenContentIsNotDeliveredAsGood) {
    schedule(month_end + to_ann);
    write_file(workspace.root / "invoices.csv", "No,Customer,Date,Due,Total,Balance\n"); // an export that went wrong
    write_file(workspace.root / "bank.csv", "Posted,Amount,Description,Balance\n");
    product = made(workspace.root, "cash-flow --period 2026-10");
    auto const held = fired();
    EXPECT_EQ(held.state, EditionState::held);
    EXPECT_THAT(held.reason, HasSubstr("not_empty: the report cash-flow is empty: none of its sources has a row"));

    // A row that could not be read, and a total that does not tie out.
    product = made_cash_flow(workspace.root);
    product.status = store::Status::partial;
    product.models.at(0)["run"]["sources"][0]["rejected"]["$num"] = "1";
    auto& check = product.models.at(0).at("checks").at(0);
    check["ok"] = false;
    ASSERT_TRUE(service::make_again(running->office(), held, {EditionState::held}, "", "again"));
    running->work();
    auto const again = running->editions().at(0);
    EXPECT_EQ(again.state, EditionState::held);
    EXPECT_THAT(again.reason, HasSubstr("complete: cash-flow: 1 rows of "));
    EXPECT_THAT(again.reason, HasSubstr("ties_out: cash-flow: "));
    EXPECT_THAT(reports_taken(server), IsEmpty());
}

TEST_F(ContentPain, Pain20_StaleDataIsHeldAndNotMailed) {
    schedule(month_end + to_ann + "gates = { fresh = \"2d\" }\n");
    auto const of = [&](char const* day) {
        auto const answer =
            tests::shell("touch -d " + std::string(day) + "T12:00:00Z invoices.csv bank.csv", workspace.root);
        ASSERT_EQ(answer.code, 0) << answer.err;
        product = made(workspace.root, "cash-flow --period 2026-10");
    };
    of("2026-10-25");
    auto const held = fired();
    EXPECT_EQ(held.state, EditionState::held);
    EXPECT_THAT(held.reason, HasSubstr("fresh: "));
    EXPECT_THAT(held.reason, HasSubstr("10 days 1 hour old"));
    EXPECT_THAT(reports_taken(server), IsEmpty());
    of("2026-11-04"); // the export came
    ASSERT_TRUE(service::make_again(running->office(), held, {EditionState::held}, "", "again"));
    running->work();
    EXPECT_EQ(running->editions().at(0).state, EditionState::done) << running->editions().at(0).reason;
    EXPECT_THAT(reports_taken(server), ElementsAre(Pair("ann@tiny.example", 1)));
}

class PagePain : public testing::Test {
protected:
    /// The pages of an HTML file as text.
    std::vector<std::string> pages(std::string const& html) {
        write_file(folder.root / "page.html", html);
        auto const answer = tests::program_with("render page.html -o - --dump pages", folder.root);
        EXPECT_EQ(answer.code, 0) << answer.err;
        std::vector<std::string> list;
        std::istringstream lines(answer.out);
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("page ")) list.emplace_back();
            if (!list.empty()) list.back() += line + "\n";
        }
        return list;
    }

    tests::TestFolder folder;
};

std::size_t times(std::string const& what, std::string const& in) {
    std::size_t n = 0;
    for (auto i = in.find(what); i != std::string::npos; i = in.find(what, i + 1)) ++n;
    return n;
}

TEST_F(PagePain, Pain16_TablesHeadingsAndHeadersSurviveThePageBreak) {
    std::string html = "<style>@page { size: 300pt 200pt; margin: 40pt 20pt; @top-left { content: 'Running' } }"
                       " h2 { break-after: avoid } table { width: 100% } td { height: 14pt }</style>";
    for (int section = 0; section < 5; ++section) {
        html += "<h2>Heading" + std::to_string(section) + "</h2><table><thead><tr><th>Head</th></tr></thead><tbody>";
        for (int row = 0; row < 23; ++row) html += "<tr><td>Row" + std::to_string(section * 100 + row) + ".</td></tr>";
        html += "</tbody></table>";
    }
    auto const list = pages(html);
    ASSERT_GT(list.size(), 10u);
    std::string all;
    std::regex const place("text [0-9.]+,([0-9.]+) .*\"(.*)\"");
    for (auto const& page : list) {
        all += page;
        EXPECT_EQ(times("\"Running\"", page), 1u);
        if (times("\"Row", page) > 0) {
            EXPECT_GE(times("\"Head\"", page), 1u) << page; // the head is there again
        }
        std::istringstream lines(page);
        std::string last;
        for (std::string line; std::getline(lines, line);) {
            std::smatch m;
            if (!std::regex_search(line, m, place)) continue;
            double const y = std::stod(m[1]);
            if (m[2] == "Running") {
                EXPECT_LT(y, 40) << page; // the header is in the margin, the text is not
                continue;
            }
            EXPECT_GT(y, 40) << page;
            EXPECT_LE(y, 160) << page; // nothing is cut at the end of the page
            last = m[2];
        }
        EXPECT_FALSE(last.starts_with("Heading")) << page; // none is stranded
    }
    for (int section = 0; section < 5; ++section)
        for (int row = 0; row < 23; ++row)
            EXPECT_EQ(times("\"Row" + std::to_string(section * 100 + row) + ".\"", all), 1u);
    // What can never fit comes to an end all the same.
    EXPECT_EQ(pages("<div style='height: 500pt; break-inside: avoid'>tall</div><p>after").empty(), false);
}

TEST_F(PagePain, Pain17_NoRowIsCutOffSilently) {
    tests::write_tiny_workspace(folder.root);
    std::string invoices = "No,Customer,Date,Due,Total,Balance\n";
    for (int i = 0; i < 3000; ++i)
        invoices +=
            std::to_string(10000 + i) + ",Customer " + std::to_string(i % 700) + ",10/1/2026,10/31/2026,10.01,10.01\n";
    write_file(folder.root / "invoices.csv", invoices);
    auto const model = made(folder.root, "cash-flow --period 2026-10").models.at(0);
    EXPECT_EQ(model.at("run").at("rows_read"), 3003); // with three of the bank
    std::string total;
    for (auto const& figure : model.at("figures"))
        if (figure.at("id") == "ar.total") total = figure.at("value").at("$money").at(0);
    EXPECT_EQ(Decimal::of(total), Decimal::of("30030"));
    // The list of customers ends with how many more there are.
    std::int64_t listed = 0, others = 0;
    for (auto const& section : model.at("sections")) {
        if (section.at("id") != "receivables") continue;
        auto const& blocks = section.at("blocks");
        auto const table = std::ranges::find_if(blocks, [](auto const& block) { return block.contains("table"); });
        ASSERT_NE(table, blocks.end());
        for (auto const& row : table->at("table").at("rows")) {
            auto const& first = row.at("cells").at(0);
            if (first.is_object() && first.value("$text", "").find("others") != std::string::npos)
                others += std::stoll(first.at("args").begin()->at("$num").get<std::string>());
            else
                ++listed;
        }
    }
    EXPECT_GT(others, 0);
    EXPECT_EQ(listed + others, 700);
}

} // namespace
} // namespace deckle::pains
