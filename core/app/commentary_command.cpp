// deckle commentary set|show|list: management's own paragraph, printed under the answer of a report's first page.
#include "app/options.hpp"
#include "app/output.hpp"
#include "app/session.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "report/period.hpp"
#include "store/commentary.hpp"
#include "template/markdown.hpp"
#include <fmt/format.h>
#include <iostream>
#include <iterator>

namespace deckle::app {
namespace {

using model::Json;

std::string text_of(CommentaryOptions const& options) {
    if (!options.file.empty()) return read_file(options.file);
    if (options.text != "-") return options.text;
    return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

Json json_of(store::Commentary const& c) {
    return {{"report", c.report}, {"period", c.period}, {"version", c.version},
            {"text", c.text},     {"author", c.author}, {"written", to_iso(c.written)}};
}

} // namespace

int set_commentary(Common const& common, CommentaryOptions const& options) {
    Session const session(common);
    store::Commentary commentary;
    commentary.report = session.plugins.find(options.report).id;
    commentary.period = report::parse_period(options.period).label;
    commentary.text = text_of(options);
    commentary.author = author(options.by, session.workspace);
    commentary.written = SystemClock().now();
    for (auto const& finding : templates::markdown_findings(commentary.text))
        std::cerr << fmt::format("line {}: {} [{}]\n", finding.line, finding.message, finding.rule);
    int const version = session.open_commentaries().write(commentary);
    if (common.json)
        std::cout << Json{{"version", version}}.dump(2) << "\n";
    else
        std::cerr << fmt::format("Commentary of {}, {}: version {}\n", commentary.report, commentary.period, version);
    return ok;
}

int show_commentary(Common const& common, CommentaryOptions const& options) {
    Session const session(common);
    auto const report = session.plugins.find(options.report).id;
    auto const period = report::parse_period(options.period).label;
    auto const history = session.open_commentaries().history(report, period);
    if (history.empty())
        throw Error(ErrorCode::usage, fmt::format("there is no commentary of {}, {}; write one with: deckle commentary "
                                                  "set {} --period {} TEXT",
                                                  report, period, report, period));
    if (options.history) {
        Json list = Json::array();
        std::vector<std::vector<std::string>> rows;
        model::Formatter const formatter(session.workspace.company.locale, session.workspace.company.zone);
        for (auto const& c : history) {
            list.push_back(json_of(c));
            rows.push_back({std::to_string(c.version), formatter.datetime(c.written), c.author,
                            c.text.empty() ? "(taken back)" : first_line(c.text)});
        }
        if (common.json)
            std::cout << list.dump(2) << "\n";
        else
            print_table({{"Version", true}, {"Written"}, {"By"}, {"First line"}}, rows);
        return ok;
    }
    if (common.json)
        std::cout << json_of(history.back()).dump(2) << "\n";
    else
        std::cout << history.back().text << (history.back().text.ends_with('\n') ? "" : "\n");
    return ok;
}

int list_commentaries(Common const& common) {
    Session const session(common);
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (auto const& c : session.open_commentaries().all()) {
        list.push_back(json_of(c));
        rows.push_back({c.report, c.period, std::to_string(c.version), c.author, first_line(c.text)});
    }
    if (common.json)
        std::cout << list.dump(2) << "\n";
    else
        print_table({{"Report"}, {"Period"}, {"Version", true}, {"By"}, {"First line"}}, rows);
    return ok;
}

} // namespace deckle::app
