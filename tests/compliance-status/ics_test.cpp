#include "build.hpp"
#include "ics.hpp"
#include "ics_checker.hpp"

namespace compliance {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

IcsOptions const options{"Prairie & Sons, Inc.", deckle::Clocks::utc("2026-11-01"_day, 11 * 60)};

Event event(std::string id, Date day) {
    Event e;
    e.id = std::move(id);
    e.date = day;
    e.what = "Risk questionnaire";
    e.program = "Print and PC partner";
    return e;
}

TEST(Ics, IsWhatTheGrammarAsksFor) {
    Event timed = event("due.R2", "2026-12-01"_day);
    timed.at = deckle::Clocks::utc("2026-12-01"_day, 7 * 60 + 59);
    Event rich = event("due.R3", "2028-02-29"_day);
    rich.what =
        "Fees; fines, and \\ slashes\nand a second line, long enough to be folded: Größe, 株式会社, 👩‍💻 "
        "and "
        "so on to the end";
    rich.person = "Zoë\tPatel\x01";
    rich.owner = "Ann";
    rich.note = "Agreement 4.2, page 3; see also 5";
    std::string const bytes = ics({event("due.R1", "2026-11-30"_day), timed, rich}, options);
    IcsResult const r = check_ics(bytes);
    EXPECT_THAT(r.problems, IsEmpty());
    ASSERT_EQ(r.calendar.parts.size(), 3U);
    IcsComponent const& day = r.calendar.parts[0];
    EXPECT_EQ(day.value("DTSTART"), "20261130");
    EXPECT_EQ(day.value("DTEND"), "20261201");
    EXPECT_EQ(day.value("DTSTAMP"), "20261101T110000Z");
    EXPECT_EQ(day.value("UID"), "due.R1@prairie-sons-inc.compliance-status");
    EXPECT_EQ(day.value("SUMMARY"), "Risk questionnaire is due (Print and PC partner)");
    EXPECT_EQ(r.calendar.parts[1].value("DTSTART"), "20261201T075900Z");
    IcsComponent const& escaped = r.calendar.parts[2];
    EXPECT_EQ(escaped.value("DTEND"), "20280301");
    EXPECT_EQ(ics_unescape(escaped.value("SUMMARY")), rich.what + " is due: Zoë\tPatel (Print and PC partner)");
    EXPECT_EQ(ics_unescape(escaped.value("DESCRIPTION")), "Owner: Ann\nAgreement 4.2, page 3; see also 5");
}

TEST(Ics, RemindsThirtySevenAndOneDaysBefore) {
    IcsResult const r = check_ics(ics({event("due.R1", "2026-11-30"_day)}, options));
    std::vector<std::string> triggers;
    for (IcsComponent const& alarm : r.calendar.parts.at(0).parts) triggers.push_back(alarm.value("TRIGGER"));
    EXPECT_EQ(triggers, (std::vector<std::string>{"-P30D", "-P7D", "-P1D"}));
}

TEST(Ics, FoldsAfterSeventyFiveOctetsAndNeverInsideACharacter) {
    EXPECT_EQ(ics_fold(std::string(75, 'x')), std::string(75, 'x') + "\r\n");
    EXPECT_EQ(ics_fold(std::string(76, 'x')), std::string(75, 'x') + "\r\n x\r\n");
    EXPECT_EQ(ics_fold(std::string(75 + 74, 'x')), std::string(75, 'x') + "\r\n " + std::string(74, 'x') + "\r\n");
    EXPECT_EQ(ics_fold(std::string(75 + 75, 'x')),
              std::string(75, 'x') + "\r\n " + std::string(74, 'x') + "\r\n x\r\n");
    EXPECT_EQ(ics_fold(std::string(74, 'x') + "é"), std::string(74, 'x') + "\r\n é\r\n");
    EXPECT_EQ(ics_fold(std::string(72, 'x') + "👩"), std::string(72, 'x') + "\r\n 👩\r\n");
    std::string long_text;
    for (int i = 0; i < 60; ++i) long_text += "日本語";
    std::string folded = ics_fold(long_text), joined;
    for (std::size_t at = 0; at < folded.size();) {
        std::size_t const end = folded.find("\r\n", at);
        EXPECT_LE(end - at, 75U);
        joined += folded.substr(at == 0 ? 0 : at + 1, end - at - (at == 0 ? 0 : 1));
        at = end + 2;
    }
    EXPECT_EQ(joined, long_text);
    EXPECT_EQ(ics_fold(""), "\r\n");
}

TEST(Ics, EscapesText) {
    EXPECT_EQ(ics_escape("a,b;c\\d\ne\r\nf\rg"), "a\\,b\\;c\\\\d\\ne\\nf\\ng");
    EXPECT_EQ(ics_escape(std::string("a\0b\x7F", 4)), "ab");
}

TEST(Ics, SameEventsAreTheSameBytesAndAMovedEventKeepsItsUid) {
    std::vector<Event> events = {event("due.R1", "2026-11-30"_day), event("due.R2", "2026-12-30"_day)};
    EXPECT_EQ(ics(events, options), ics(events, options));
    std::string const before = check_ics(ics(events, options)).calendar.parts[0].value("UID");
    events[0].date = "2026-12-15"_day;
    EXPECT_EQ(check_ics(ics(events, options)).calendar.parts[0].value("UID"), before);
    EXPECT_THAT(ics(events, {"株式会社", options.stamp}), HasSubstr("@company.compliance-status"));
}

TEST(Ics, TheCheckerFindsWhatIsWrong) {
    std::string const good = ics({event("due.R1", "2026-11-30"_day)}, options);
    auto with = [&](std::string const& from, std::string const& to) {
        std::string bytes = good;
        bytes.replace(bytes.find(from), from.size(), to);
        return check_ics(bytes).problems;
    };
    EXPECT_THAT(check_ics(good).problems, IsEmpty());
    EXPECT_THAT(with("UID:", "XUID:"), Not(IsEmpty()));
    EXPECT_THAT(with("\r\nDTSTAMP", "\nDTSTAMP"), Not(IsEmpty()));
    EXPECT_THAT(with("20261130", "20261330"), Not(IsEmpty()));
    EXPECT_THAT(with("20261201", "20261130"), Not(IsEmpty()));
    EXPECT_THAT(with("Risk", "Risk, and"), Not(IsEmpty()));
    EXPECT_THAT(with("Risk", "Ri\\sk"), Not(IsEmpty()));
    EXPECT_THAT(with("END:VALARM", "END:VEVENT"), Not(IsEmpty()));
    EXPECT_THAT(with("TRIGGER:-P30D", "TRIGGER:30 days"), Not(IsEmpty()));
    EXPECT_THAT(with("Risk", std::string(80, 'x')), Not(IsEmpty()));
    EXPECT_THAT(check_ics(good + good).problems, Not(IsEmpty()));
    EXPECT_THAT(check_ics(ics({}, options)).problems, Not(IsEmpty()));
    EXPECT_THAT(
        check_ics(ics({event("due.R1", "2026-11-30"_day), event("due.R1", "2026-12-30"_day)}, options)).problems,
        Not(IsEmpty()));
}

} // namespace
} // namespace compliance
