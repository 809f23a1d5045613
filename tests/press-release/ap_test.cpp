#include "ap.hpp"
#include <gtest/gtest.h>

namespace press_release {
namespace {

TEST(ApDate, abbreviates_all_months_but_march_to_july) {
    char const* const expected[] = {"Jan. 5, 2026",  "Feb. 5, 2026", "March 5, 2026", "April 5, 2026",
                                    "May 5, 2026",   "June 5, 2026", "July 5, 2026",  "Aug. 5, 2026",
                                    "Sept. 5, 2026", "Oct. 5, 2026", "Nov. 5, 2026",  "Dec. 5, 2026"};
    for (unsigned month = 1; month <= 12; ++month)
        EXPECT_EQ(ap_date(*Date::from_ymd(2026, month, 5)), expected[month - 1]);
    EXPECT_EQ(ap_weekday_date(Date::of("2009-06-30")), "Tuesday, June 30, 2009");
    EXPECT_EQ(ap_weekday_date(Date::of("2026-12-13")), "Sunday, Dec. 13, 2026");
}

TEST(ApState, eight_are_never_abbreviated) {
    for (char const* name : {"Alaska", "Hawaii", "Idaho", "Iowa", "Maine", "Ohio", "Texas", "Utah"})
        EXPECT_EQ(ap_state(name), name);
    EXPECT_EQ(ap_state("IA"), "Iowa");
    EXPECT_EQ(ap_state("NE"), "Neb.");
    EXPECT_EQ(ap_state("south dakota"), "S.D.");
    EXPECT_EQ(ap_state("Calif."), "Calif.");
    EXPECT_EQ(ap_state("DC"), "D.C.");
    EXPECT_EQ(ap_state("Ontario"), "Ontario");
}

TEST(Dateline, city_in_capitals_state_and_day) {
    EXPECT_EQ(dateline("Harlan", "IA", Date::of("2009-06-30")), "HARLAN, Iowa – June 30, 2009 –");
    EXPECT_EQ(dateline("Omaha", "Nebraska", Date::of("2026-09-01")), "OMAHA, Neb. – Sept. 1, 2026 –");
    EXPECT_EQ(dateline("Chicago", "IL", Date::of("2026-09-01")), "CHICAGO – Sept. 1, 2026 –")
        << "a city that stands alone";
    EXPECT_EQ(dateline("Doña Ana", "NM", Date::of("2026-03-01")), "DOÑA ANA, N.M. – March 1, 2026 –");
    EXPECT_EQ(dateline("Zürich", "", Date::of("2026-03-01")), "ZÜRICH – March 1, 2026 –");
}

TEST(Capitals, of_latin_letters) {
    EXPECT_EQ(capitals("São Tomé ÷ ß"), "SÃO TOMÉ ÷ ß");
    EXPECT_EQ(capitals("Łódź, Čakovec, Őr"), "ŁÓDŹ, ČAKOVEC, ŐR");
    EXPECT_EQ(capitals("日本 9 a.m."), "日本 9 A.M.");
}

} // namespace
} // namespace press_release
