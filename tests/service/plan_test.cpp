#include "service/plan.hpp"
#include <gtest/gtest.h>

using namespace deckle;

TEST(ServicePlan, AWrongMomentIsNamedWithItsPlace) {
    data::Workspace workspace;
    data::Schedule configured;
    configured.when = "every blue moon 07:00";
    configured.position = {"deckle.toml", 12, 8};
    try {
        (void)service::schedule_of(workspace, configured);
        FAIL() << "understood";
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::usage);
        EXPECT_TRUE(e.to_string().starts_with("deckle.toml:12:8: ")) << e.to_string();
    }
}

TEST(ServicePlan, AFiringReportsOnThePeriodOfItsRule) {
    data::Workspace workspace;
    data::Schedule configured;
    configured.when = "3rd business day after month end 07:00";
    configured.zone = "America/Chicago";
    configured.period = "previous month";
    auto const schedule = service::schedule_of(workspace, configured);
    auto const firings = schedule::next_firings(schedule, *parse_instant("2026-11-01T00:00:00Z"), 1);
    ASSERT_EQ(firings.size(), 1u);
    EXPECT_EQ(to_iso(firings[0].at), "2026-11-04T13:00:00Z");
    EXPECT_EQ(service::period_of(workspace, configured, firings[0]), "2026-10");
}
