#include "base/error.hpp"
#include "product.hpp"
#include "service/condition.hpp"
#include <gmock/gmock.h>

namespace deckle::service {
namespace {

using Comparison = data::OnlyIf::Comparison;
using testing::HasSubstr;

class Condition : public testing::Test {
protected:
    std::optional<std::string> of(Comparison comparison, char const* than, char const* id = "cash.cushion") {
        schedule.only_if = data::OnlyIf{"cash-flow", id, comparison, *Decimal::parse(than), {"deckle.toml", 7, 3}};
        return unmet(schedule, product);
    }
    void value(model::Json const& leaf) { product.models[0]["figures"] = {figure("cash.cushion", leaf)}; }

    data::Schedule schedule = schedule_of_report();
    Product product = [] {
        Product p;
        p.models = {report_model("pipeline"), report_model("cash-flow")};
        std::swap(p.models[0], p.models[1]);
        return p;
    }();
};

TEST_F(Condition, ComparesAFigureExactly) {
    EXPECT_EQ(unmet(schedule, product), std::nullopt); // none
    value({{"$money", {"-0.01", "USD"}}});
    EXPECT_EQ(of(Comparison::below, "0"), std::nullopt);
    EXPECT_EQ(of(Comparison::above, "0"), "cash-flow:cash.cushion is -0.01, not above 0");
    value({{"$money", {"0.0000", "USD"}}});
    EXPECT_EQ(of(Comparison::equals, "0"), std::nullopt);
    EXPECT_TRUE(of(Comparison::below, "0"));
    EXPECT_TRUE(of(Comparison::above, "0"));
    value({{"$pct", "0.31"}});
    EXPECT_EQ(of(Comparison::above, "0.3"), std::nullopt);
    value({{"$num", "12"}});
    EXPECT_EQ(of(Comparison::above, "11.5"), std::nullopt);
    EXPECT_EQ(condition_words(schedule), "only when cash-flow:cash.cushion is above 11.5");
}

TEST_F(Condition, WhatIsNotAvailableNeverMeetsIt) {
    value({{"$na", "no_revenue"}});
    for (auto const comparison : {Comparison::below, Comparison::above, Comparison::equals})
        EXPECT_THAT(of(comparison, "0").value_or(""), HasSubstr("cash-flow:cash.cushion is not available"));
    product.models.erase(product.models.begin()); // the report could not be made
    EXPECT_THAT(of(Comparison::below, "0").value_or(""), HasSubstr("the report cash-flow was not made"));
}

TEST_F(Condition, OfSeveralOneIsEnough) {
    auto const weeks = [&](std::vector<std::pair<char const*, model::Json>> const& values) {
        auto figures = model::Json::array();
        for (auto const& [week, leaf] : values) {
            figures.push_back(figure("cash.cushion", leaf));
            figures.back()["period"] = week;
        }
        product.models[0]["figures"] = figures;
    };
    model::Json const na{{"$na", "no_revenue"}};
    weeks({{"2026-11-02", na}, {"2026-11-09", {{"$num", "12"}}}, {"2026-11-16", {{"$num", "3"}}}});
    EXPECT_EQ(of(Comparison::below, "4"), std::nullopt);
    EXPECT_EQ(of(Comparison::below, "0"), "cash-flow:cash.cushion is 3 in 2026-11-16, the nearest of 2, not below 0");
    EXPECT_EQ(of(Comparison::above, "20"),
              "cash-flow:cash.cushion is 12 in 2026-11-09, the nearest of 2, not above 20");
    weeks({{"2026-11-02", na}, {"2026-11-09", na}});
    EXPECT_THAT(of(Comparison::below, "4").value_or(""), HasSubstr("cash-flow:cash.cushion is not available"));
}

TEST_F(Condition, AnUnknownFigureIsAnErrorWithTheNearest) {
    value({{"$num", "1"}});
    try {
        (void)of(Comparison::below, "0", "cash.cusion");
        FAIL();
    } catch (Error const& e) {
        EXPECT_EQ(e.to_string(),
                  "deckle.toml:7:3: the report cash-flow has no figure 'cash.cusion', did you mean 'cash.cushion'?");
    }
}

} // namespace
} // namespace deckle::service
