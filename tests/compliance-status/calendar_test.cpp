#include "build.hpp"
#include "calendar.hpp"

namespace compliance {
namespace {

std::vector<std::string> dump(Records const& r, Date as_of) {
    std::vector<std::string> out;
    auto const all = items(r, as_of);
    for (Event const& e : events(r, all, as_of))
        out.push_back(e.date.to_string() + " " + e.id + (e.at ? " timed" : ""));
    return out;
}

TEST(Calendar, HasEveryDayAheadAndNothingThatIsLate) {
    Records r;
    Program p;
    p.id = p.name = "P";
    p.renewal = "2027-03-31"_day;
    r.programs = {p};
    r.requirements = {required("open", "2026-11-30"_day),
                      required("late", "2026-10-30"_day),
                      required("today", "2026-10-31"_day),
                      required("done"),
                      required("lapsed"),
                      required("waived", "2026-12-01"_day)};
    r.requirements[3].valid_months = r.requirements[4].valid_months = 12;
    r.requirements[3].window_days = 60;
    r.requirements[5].state = State::waived;
    r.proofs = {done("done", "2026-02-24"_day), done("lapsed", "2025-10-01"_day)};
    EXPECT_EQ(dump(r, "2026-10-31"_day),
              (std::vector<std::string>{"2026-10-31 due.today", "2026-11-30 due.open", "2026-12-26 window.done",
                                        "2027-02-24 expires.done", "2027-03-31 program.P"}));
}

TEST(Calendar, HasTheMomentWhereOneIsStated) {
    Records r;
    r.requirements = {required("R", "2026-12-01"_day)};
    r.requirements[0].due_at = deckle::Clocks::utc("2026-12-01"_day, 479);
    EXPECT_EQ(dump(r, "2026-10-31"_day), std::vector<std::string>{"2026-12-01 due.R timed"});
    r.requirements[0].valid_months = 12; // complete to that day: the same deadline
    r.proofs = {done("R", "2025-12-01"_day)};
    EXPECT_EQ(dump(r, "2026-10-31"_day), std::vector<std::string>{"2026-12-01 expires.R timed"});
    r.proofs = {done("R", "2025-12-15"_day)};
    EXPECT_EQ(dump(r, "2026-10-31"_day), std::vector<std::string>{"2026-12-15 expires.R"});
}

TEST(Calendar, NamesThePeopleAndTheirCertificates) {
    Records r;
    r.requirements = {required("each", "2026-12-15"_day), required("two", "2027-01-31"_day)};
    r.requirements[0].scope = Scope::person;
    r.requirements[1].scope = Scope::count;
    r.requirements[1].count = 2;
    r.people = {person("ann"), person("gone")};
    r.people[1].end = "2026-01-01"_day;
    Proof counted = done("two", "2026-01-01"_day, "ann"), other = done("", "2026-01-02"_day, "ann"),
          left = done("", "2026-01-02"_day, "gone");
    counted.expires = "2026-12-09"_day;
    other.id = "C1";
    other.certificate = left.certificate = true;
    other.expires = left.expires = "2027-02-18"_day;
    r.proofs = {counted, other, left};
    EXPECT_EQ(dump(r, "2026-10-31"_day),
              (std::vector<std::string>{"2026-12-09 holder.two.ann", "2026-12-15 due.each.ann", "2027-01-31 due.two",
                                        "2027-02-18 certificate.C1"}));
}

TEST(Calendar, ControlsThatApplyAreTested) {
    Records r;
    Control c;
    c.id = "C1";
    c.next_test = "2026-12-01"_day;
    Control none = c;
    none.id = "C2";
    none.status = "not_applicable";
    r.controls = {c, none};
    EXPECT_EQ(dump(r, "2026-10-31"_day), std::vector<std::string>{"2026-12-01 control.C1"});
}

TEST(Calendar, BandsIncludeTheirLastDay) {
    Date const d = "2026-11-30"_day;
    EXPECT_EQ(band(d, d), 30);
    EXPECT_EQ(band("2026-12-30"_day, d), 30);
    EXPECT_EQ(band("2026-12-31"_day, d), 60);
    EXPECT_EQ(band("2027-02-28"_day, d), 90);
    EXPECT_EQ(band("2027-03-01"_day, d), 0);
    EXPECT_EQ(band("2026-11-29"_day, d), 0);
}

} // namespace
} // namespace compliance
