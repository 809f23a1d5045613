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

TEST(ServicePlan, OfAPeriodThatStillRunsAPersonGetsWhatIsKnownByToday) {
    using service::asked_period;
    Date const today = Date::of("2026-11-20");
    EXPECT_EQ(asked_period("2026-10", today), "2026-10");
    EXPECT_EQ(asked_period("2026-11", today), "2026-11@2026-11-20");
    EXPECT_EQ(asked_period("2026-Q4", today), "2026-Q4@2026-11-20");
    EXPECT_EQ(asked_period("2026-11", Date::of("2026-11-30")), "2026-11") << "its last day";
    EXPECT_EQ(asked_period("2026-11@2026-11-09", today), "2026-11@2026-11-09");
    for (auto const* wrong : {"2026-12", "2031-01", "2026-11@2026-11-21", "2026-11@2026-10-31", "2026-11@soon", "soon"})
        EXPECT_THROW((void)asked_period(wrong, today), Error) << wrong;
}

TEST(ServicePlan, APeriodThatStillRanNamesItsDay) {
    model::Formatter const formatter("en_US", "America/Chicago");
    EXPECT_EQ(service::period_words("2026-11@2026-11-09", formatter), "2026-11, as of Nov 9, 2026");
    EXPECT_EQ(service::period_words("2026-Q3", formatter), "2026-Q3");
}
