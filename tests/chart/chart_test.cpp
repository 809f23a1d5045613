#include "chart/chart.hpp"
#include "chart/svg.hpp"
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <map>
#include <random>
#include <set>

namespace deckle::chart {
namespace {

using model::Json;

struct Element {
    std::string name;
    std::map<std::string, std::string> attributes;
    std::string text;
    [[nodiscard]] double number(std::string const& attribute) const { return std::stod(attributes.at(attribute)); }
};

struct Drawn {
    std::vector<Element> elements; // the first is the svg itself
    Diagnostics diagnostics;
    std::string svg;

    [[nodiscard]] std::vector<Element> all(std::string const& name) const {
        std::vector<Element> out;
        for (auto const& element : elements)
            if (element.name == name) out.push_back(element);
        return out;
    }
    [[nodiscard]] std::set<std::string> texts() const {
        std::set<std::string> out;
        for (auto const& element : all("text")) out.insert(element.text);
        return out;
    }
    [[nodiscard]] double width() const { return std::stod(elements[0].attributes.at("viewBox").substr(4)); }
};

/// Parsed as XML: a chart must be well-formed whatever its labels hold.
Drawn draw(std::string const& spec) {
    model::Formatter const formatter("en_US", "America/Chicago");
    Drawn out;
    out.svg = to_svg(model::parse_json(spec, "spec"), formatter, {}, out.diagnostics);
    auto* document =
        xmlReadMemory(out.svg.data(), static_cast<int>(out.svg.size()), "chart.svg", nullptr, XML_PARSE_NOERROR);
    EXPECT_NE(document, nullptr) << out.svg;
    auto const add = [&](auto const& self, xmlNode const* node) -> void {
        for (; node != nullptr; node = node->next) {
            if (node->type != XML_ELEMENT_NODE) continue;
            Element element{reinterpret_cast<char const*>(node->name), {}, {}};
            for (auto const* attribute = node->properties; attribute != nullptr; attribute = attribute->next)
                element.attributes[reinterpret_cast<char const*>(attribute->name)] =
                    attribute->children ? reinterpret_cast<char const*>(attribute->children->content) : "";
            if (node->children != nullptr && node->children->type == XML_TEXT_NODE)
                element.text = reinterpret_cast<char const*>(node->children->content);
            out.elements.push_back(element);
            self(self, node->children);
        }
    };
    if (document != nullptr) add(add, xmlDocGetRootElement(document));
    xmlFreeDoc(document);
    return out;
}

std::vector<Box> boxes(Drawn const& drawn) {
    std::vector<Box> out;
    for (auto const& text : drawn.all("text")) {
        auto const anchor = text.attributes.contains("text-anchor") ? text.attributes.at("text-anchor") : "start";
        out.push_back(text_box(text.text, text.number("x"), text.number("y"),
                               anchor == "end"      ? Anchor::end
                               : anchor == "middle" ? Anchor::middle
                                                    : Anchor::start,
                               text.number("font-size"), text.attributes.contains("font-weight")));
    }
    return out;
}

void expect_no_overlap(Drawn const& drawn, std::string const& what) {
    auto const all = boxes(drawn);
    auto const texts = drawn.all("text");
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t k = i + 1; k < all.size(); ++k)
            EXPECT_FALSE(all[i].overlaps(all[k]))
                << what << ": \"" << texts[i].text << "\" and \"" << texts[k].text << "\"";
        EXPECT_GE(all[i].x, -1) << what << " " << texts[i].text;
        EXPECT_LE(all[i].x + all[i].width, drawn.width() + 1) << what << " " << texts[i].text;
    }
}

std::string weeks(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += (i == 0 ? "" : ",") + std::string(R"({"$date":")") +
               Date::from_days(20731 + static_cast<int>(i) * 7).to_string() + R"(","style":"day"})";
    return "[" + out + "]";
}

std::string const cash =
    R"({"kind":"step","title":"Cash at the end of each week","unit":"thousand dollars","categories":)" + weeks(17) +
    R"(,"series":[{"name":"Cash","role":"actual","values":["330100","325200","338400","318400","321000","316700","322000","312300","317400","309000","306100","291400","281000","292400","293600","298200","303100"]}],
    "now":4,"band":{"from":"0","to":"250000","label":"minimum 250"},"marks":[{"series":0,"index":12,"label":"low","tone":"bad"}],"scale":3,"digits":0})";

TEST(StepChart, ShowsWhatHappenedSolidAndTheForecastDashed) {
    auto const drawn = draw(cash);
    auto const paths = drawn.all("path");
    ASSERT_EQ(paths.size(), 2U);
    EXPECT_FALSE(paths[0].attributes.contains("stroke-dasharray"));
    EXPECT_TRUE(paths[1].attributes.contains("stroke-dasharray"));
    auto const texts = drawn.texts();
    for (auto const* text : {"actual", "forecast", "minimum 250", "281 low", "318", "303", "Dec 28"})
        EXPECT_TRUE(texts.contains(text)) << text;
    ASSERT_EQ(drawn.all("circle").size(), 1U);
    EXPECT_EQ(drawn.all("circle")[0].attributes.at("fill"), "#b4472e");
    expect_no_overlap(drawn, "cash");
}

TEST(Charts, AreTheSameBytesEachTime) {
    EXPECT_EQ(draw(cash).svg, draw(cash).svg);
}

TEST(Charts, HaveATextAlternativeFromTheData) {
    EXPECT_EQ(draw(cash).elements[0].attributes.at("aria-label"),
              "Cash at the end of each week, thousand dollars. Steps, 17 values, forecast from Nov 2. Cash: first 330 "
              "(Oct 5), lowest 281 (Dec 28), highest 338 (Oct 19), "
              "last 303 (Jan 25). Marked: 281 low in Dec 28. Band: minimum 250.");
    EXPECT_EQ(draw(R"({"kind":"bar","series":[],"alt":"Given"})").elements[0].attributes.at("aria-label"), "Given");
    EXPECT_EQ(draw(cash).elements[0].attributes.at("role"), "img");
}

TEST(Charts, EscapeEveryLabel) {
    auto const drawn = draw(
        R"({"kind":"bar","title":"<a>\"","categories":["<script>","b & c"],"series":[{"name":"n","values":["1","2"]}],"marks":[{"index":0,"label":"</svg>"}]})");
    EXPECT_TRUE(drawn.texts().contains("<script>"));
    EXPECT_EQ(drawn.svg.find("<script"), std::string::npos);
    EXPECT_EQ(drawn.svg.find("</svg>"), drawn.svg.size() - 6);
}

TEST(BarChart, StartsAtZeroAndWritesItsValues) {
    auto const drawn = draw(R"({"kind":"bar","categories":["a","b","c"],"series":[{"values":["100","50","0"]}]})");
    auto const bars = drawn.all("rect");
    ASSERT_EQ(bars.size(), 3U);
    EXPECT_NEAR(bars[0].number("height"), 2 * bars[1].number("height"), 0.2);
    EXPECT_NEAR(bars[0].number("y") + bars[0].number("height"), bars[1].number("y") + bars[1].number("height"), 0.2);
    for (auto const* text : {"100", "50", "0"}) EXPECT_TRUE(drawn.texts().contains(text)) << text;
}

TEST(BarChart, TellsRolesApartWithoutColor) {
    auto const drawn = draw(
        R"({"kind":"bar","categories":["Jan","Feb"],"series":[{"name":"Last year","role":"previous","values":["3","4"]},{"name":"Plan","role":"plan","values":["3","4"]},
        {"name":"This year","role":"actual","values":["3","4"]},{"name":"Forecast","role":"forecast","values":["3","4"]}]})");
    std::set<std::string> looks; // fill and stroke of the first category's bars
    for (auto const& rect : drawn.all("rect"))
        looks.insert(rect.attributes.at("fill") +
                     (rect.attributes.contains("stroke")
                          ? "/" + rect.attributes.at("stroke") + rect.attributes.at("stroke-width")
                          : ""));
    EXPECT_EQ(looks.size(), 4U);
    EXPECT_FALSE(drawn.all("path").empty()) << "the forecast is hatched";
    for (auto const* text : {"Last year", "Plan", "This year", "Forecast"})
        EXPECT_TRUE(drawn.texts().contains(text)) << text;
}

TEST(BarChart, AForecastTakesThePlaceOfTheActualItContinues) {
    auto const apart = draw(
        R"({"kind":"bar","categories":["a","b"],"series":[{"name":"A","role":"actual","values":["1",null]},{"name":"F","role":"forecast","values":[null,"1"]}]})");
    auto const both = draw(
        R"({"kind":"bar","categories":["a","b"],"series":[{"name":"A","role":"actual","values":["1","1"]},{"name":"F","role":"forecast","values":[null,"1"]}]})");
    auto const widest = [](Drawn const& drawn) {
        double width = 0;
        for (auto const& rect : drawn.all("rect")) width = std::max(width, rect.number("width"));
        return width;
    };
    EXPECT_NEAR(widest(apart), 52, 0.5);
    EXPECT_NEAR(widest(both), 50.8, 0.5);
    EXPECT_EQ(apart.all("rect").size(), 4U) << "two bars and two swatches";
}

TEST(BarChart, NegativeBarsHangBelowZero) {
    auto const drawn = draw(R"({"kind":"bar","categories":["a","b"],"series":[{"values":["-100","-50"]}]})");
    auto const bars = drawn.all("rect");
    EXPECT_NEAR(bars[0].number("y"), bars[1].number("y"), 0.2);
    EXPECT_NEAR(bars[0].number("height"), 2 * bars[1].number("height"), 0.3);
    EXPECT_TRUE(drawn.texts().contains("−100"));
    expect_no_overlap(drawn, "negative");
}

TEST(BarChart, LongNamesBecomeRows) {
    auto const drawn = draw(
        R"({"kind":"bar","categories":["Gunderson & Sons Manufacturing","Prairie View School District","Maple Street Dental Partners","Tri-County Co-op of the Whole Region","Others","More"],
        "series":[{"values":["6","5","4","3","2","1"]}],"marks":[{"index":0,"label":"74 days","tone":"bad"}]})");
    auto const bars = drawn.all("rect");
    ASSERT_EQ(bars.size(), 6U);
    for (auto const& bar : bars) EXPECT_NEAR(bar.number("x"), bars[0].number("x"), 0.1);
    EXPECT_TRUE(drawn.texts().contains("Gunderson & Sons Manufacturing"));
    EXPECT_TRUE(drawn.texts().contains("6 74 days"));
    expect_no_overlap(drawn, "rows");
}

TEST(BarChart, WithTooManyBarsForValuesGetsAnAxis) {
    std::string values;
    for (int i = 0; i < 60; ++i) values += (i == 0 ? "\"" : ",\"") + std::to_string(100'000 + i * 1000) + "\"";
    auto const drawn =
        draw(R"({"kind":"bar","categories":)" + weeks(60) + R"(,"series":[{"values":[)" + values + "]}]}");
    EXPECT_TRUE(drawn.texts().contains("50,000"));
    EXPECT_TRUE(drawn.texts().contains("100,000"));
    expect_no_overlap(drawn, "many bars");
}

TEST(StackedBars, AddUpAndNameTheirParts) {
    auto const drawn = draw(
        R"({"kind":"stacked_bar","categories":["Jan","Feb"],"series":[{"name":"Managed","values":["60","50"]},{"name":"Projects","values":["40","-10"]}]})");
    for (auto const* text : {"100", "40", "60", "Managed", "Projects"})
        EXPECT_TRUE(drawn.texts().contains(text)) << text;
    expect_no_overlap(drawn, "stack");
}

TEST(Waterfall, StepsHangBetweenTotals) {
    auto const drawn = draw(
        R"({"kind":"waterfall","categories":["Open","In","Out","Close"],"series":[{"values":["100","40","-60","80"]}],"totals":[0,3]})");
    auto const bars = drawn.all("rect");
    ASSERT_EQ(bars.size(), 4U);
    double const zero = bars[0].number("y") + bars[0].number("height");
    EXPECT_NEAR(bars[1].number("y") + bars[1].number("height"), bars[0].number("y"), 0.2);
    EXPECT_NEAR(bars[2].number("y"), bars[1].number("y"), 0.2);
    EXPECT_NEAR(bars[3].number("y") + bars[3].number("height"), zero, 0.2);
    EXPECT_NEAR(bars[3].number("height"), 0.8 * bars[0].number("height"), 0.3);
    EXPECT_TRUE(drawn.texts().contains("+40"));
    EXPECT_TRUE(drawn.texts().contains("−60"));
    EXPECT_TRUE(drawn.diagnostics.empty());
}

TEST(Waterfall, SaysWhenItDoesNotAddUp) {
    EXPECT_TRUE(
        draw(
            R"({"kind":"waterfall","categories":["Open","In","Close"],"series":[{"values":["100","40","150"]}],"totals":[0,2]})")
            .diagnostics.has("waterfall-unbalanced"));
}

TEST(LineChart, GapsStayGaps) {
    auto const drawn =
        draw(R"({"kind":"line","categories":["a","b","c","d","e"],"series":[{"values":["1",null,"3","4",null]}]})");
    EXPECT_EQ(drawn.all("path").size(), 1U);
    EXPECT_EQ(drawn.all("circle").size(), 1U) << "a value between gaps is a dot";
}

TEST(LineChart, AForecastSeriesGoesOnFromTheActualOne) {
    auto const drawn = draw(
        R"({"kind":"line","categories":["a","b","c","d"],"series":[{"name":"A","role":"actual","values":["1","2",null,null]},{"name":"F","role":"forecast","values":[null,null,"3","4"]}]})");
    auto const paths = drawn.all("path");
    ASSERT_EQ(paths.size(), 2U);
    auto const actual = paths[0].attributes.at("d"), forecast = paths[1].attributes.at("d");
    EXPECT_EQ(actual.substr(actual.rfind('L') + 1), forecast.substr(1, forecast.find(" L") - 1));
}

TEST(LineChart, EndLabelsOfCloseLinesAreParted) {
    expect_no_overlap(
        draw(
            R"({"kind":"line","categories":["a","b"],"series":[{"name":"One","values":["1","100"]},{"name":"Two","role":"plan","values":["1","100"]},{"name":"Three","role":"previous","values":["1","99"]}],
        "band":{"from":"98","to":"101","label":"target"}})"),
        "end labels");
}

TEST(ToHtml, HasASecondDrawingForPhones) {
    model::Formatter const formatter("en_US", "America/Chicago");
    Diagnostics diagnostics;
    auto const html = to_html(model::parse_json(cash, "spec"), formatter, {}, diagnostics);
    EXPECT_NE(html.find("class=\"chart\" viewBox=\"0 0 700 146\""), std::string::npos);
    EXPECT_NE(html.find("class=\"chart narrow\" viewBox=\"0 0 330 146\""), std::string::npos);
    auto const small = to_html(model::parse_json(R"({"kind":"sparkline","series":[{"values":["1","2"]}]})", "spec"),
                               formatter, {}, diagnostics);
    EXPECT_EQ(small.find("narrow"), std::string::npos);
}

TEST(NarrowCharts, KeepTheirLabelsApart) {
    auto spec = model::parse_json(cash, "spec");
    spec["width"] = 330;
    expect_no_overlap(draw(spec.dump()), "narrow");
}

class Odd : public testing::TestWithParam<char const*> {};
TEST_P(Odd, IsDrawnWithoutHarm) {
    auto const drawn = draw(GetParam());
    EXPECT_EQ(drawn.svg.find("nan"), std::string::npos) << drawn.svg;
    EXPECT_EQ(drawn.svg.find("inf"), std::string::npos) << drawn.svg;
    expect_no_overlap(drawn, GetParam());
}
INSTANTIATE_TEST_SUITE_P(
    Charts, Odd,
    testing::Values(
        R"({"kind":"bar","categories":[],"series":[]})", R"({"kind":"line","categories":[],"series":[{"values":[]}]})",
        R"({"kind":"line","categories":["a"],"series":[{"values":["5"]}]})",
        R"({"kind":"step","categories":["a"],"series":[{"values":["5"]}],"now":1})",
        R"({"kind":"bar","categories":["a","b"],"series":[{"values":["0","0"]}]})",
        R"({"kind":"line","categories":["a","b"],"series":[{"values":["0","0"]}]})",
        R"({"kind":"line","categories":["a","b"],"series":[{"values":["-7","-7"]}]})",
        R"({"kind":"bar","categories":["a","b"],"series":[{"values":[null,null]}]})",
        R"({"kind":"waterfall","categories":["a","b"],"series":[{"values":[null,null]}],"totals":[1]})",
        R"({"kind":"waterfall","categories":["a","b"],"series":[{"values":["-5","-5"]}],"totals":[1]})",
        R"({"kind":"stacked_bar","categories":["a"],"series":[{"name":"x","values":["-1"]},{"name":"y","values":["-2"]}]})",
        R"({"kind":"sparkline","series":[{"values":["1"]}]})",
        R"({"kind":"sparkline","series":[{"values":["1",null,"3"]}]})", R"({"kind":"sparkline","series":[]})",
        R"({"kind":"bar","categories":["a"],"series":[{"values":["99999999999999999999999999999999999999"]}],"digits":0})",
        R"({"kind":"line","categories":["a","b"],"series":[{"values":["1","2"]}],"band":{"from":"500","to":"600","label":"far"}})",
        R"({"kind":"bar","categories":["a","b","c"],"series":[{"values":["1","2","3"]}],"now":1,"width":60,"height":30})"));

TEST(Charts, LabelsNeverOverlapOnManyRandomCharts) {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        auto const kinds = std::array{"bar", "stacked_bar", "line", "step", "waterfall"};
        auto const* kind = kinds[random() % kinds.size()];
        std::size_t const count = 1 + random() % 40;
        std::size_t const series = std::string_view(kind) == "waterfall" ? 1 : 1 + random() % 3;
        Json spec = {{"kind", kind},
                     {"scale", 3},
                     {"digits", random() % 2},
                     {"categories", Json::parse(weeks(count))},
                     {"series", Json::array()}};
        auto const roles = std::array{"actual", "plan", "previous"};
        for (std::size_t s = 0; s < series; ++s) {
            Json values = Json::array();
            for (std::size_t i = 0; i < count; ++i)
                if (random() % 12 == 0)
                    values.push_back(nullptr);
                else
                    values.push_back(std::to_string(static_cast<int>(random() % 500'000) - 50'000));
            spec["series"].push_back({{"name", "Series " + std::to_string(s)}, {"role", roles[s]}, {"values", values}});
        }
        if (random() % 2) spec["now"] = random() % (count + 1);
        if (random() % 3 == 0) spec["marks"] = Json::array({{{"index", random() % count}, {"label", "low"}}});
        auto const drawn = draw(spec.dump());
        expect_no_overlap(drawn, spec.dump().substr(0, 60) + " round " + std::to_string(round));
        if (HasFailure()) return;
    }
}

} // namespace
} // namespace deckle::chart
