#include "build.hpp"
#include "controls.hpp"
#include "people.hpp"

namespace compliance {
namespace {

Records two_needed(int holders) {
    Records r;
    r.requirements = {required("R", "2027-01-31"_day)};
    r.requirements[0].scope = Scope::count;
    r.requirements[0].count = 2;
    for (int i = 0; i < 3; ++i) {
        r.people.push_back(person("e" + std::to_string(i)));
        if (i < holders) r.proofs.push_back(done("R", "2026-02-01"_day, "e" + std::to_string(i)));
    }
    return r;
}

TEST(BusFactor, WhoeverLeavesCostsARequirementWithoutASpare) {
    Date const d = "2026-10-31"_day;
    Records r = two_needed(2);
    auto all = items(r, d);
    auto list = bus_factor(all);
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].person->id, "e0");
    EXPECT_EQ(list[0].losses[0].left, 1);
    r = two_needed(3);
    all = items(r, d);
    EXPECT_TRUE(bus_factor(all).empty());
    r = two_needed(1); // short already, and shorter then
    all = items(r, d);
    list = bus_factor(all);
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].losses[0].left, 0);
}

TEST(BusFactor, ThoseWhoCostMostComeFirst) {
    Records r = two_needed(2);
    r.requirements.push_back(r.requirements[0]);
    r.requirements[1].id = "S";
    r.requirements[1].count = 1;
    r.proofs.push_back(done("S", "2026-02-01"_day, "e1"));
    auto const all = items(r, "2026-10-31"_day);
    auto const list = bus_factor(all);
    EXPECT_EQ(list[0].person->id, "e1");
    EXPECT_EQ(list[0].losses.size(), 2U);
}

TEST(LeftBehind, ProofsOfThoseWhoLeftAreNamedWhileTheyWouldCount) {
    Records r = two_needed(2);
    r.people[0].end = "2026-08-15"_day;
    auto list = left_behind(r, "2026-10-31"_day);
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].person->id, "e0");
    r.proofs[0].expires = "2026-10-30"_day;
    EXPECT_TRUE(left_behind(r, "2026-10-31"_day).empty());
    r.proofs[1].person = "nobody";
    list = left_behind(r, "2026-10-31"_day);
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].person, nullptr);
}

TEST(Matrix, HasAColumnForEachRequirementOfPersons) {
    Records r = two_needed(1);
    r.requirements.push_back(required("T", "2026-09-30"_day));
    r.requirements[1].scope = Scope::person;
    r.requirements[1].role = "sales";
    r.requirements[1].valid_months = 12;
    r.requirements.push_back(required("company"));
    r.people.push_back(person("s0", {"sales"}));
    r.people.push_back(person("s1", {"sales"}));
    r.people.push_back(person("s2", {"sales"}));
    r.people.push_back(person("s3", {"sales"}));
    r.proofs.push_back(done("T", "2026-09-01"_day, "s1"));
    r.proofs.push_back(done("T", "2025-10-30"_day, "s2"));
    r.proofs.push_back(done("T", "2026-01-10"_day, "s3"));
    Date const d = "2026-10-31"_day;
    auto const all = items(r, d);
    Matrix const m = matrix(r, all, d);
    ASSERT_EQ(m.columns.size(), 2U);
    ASSERT_EQ(m.rows.size(), 5U); // e1 and e2 have nothing to show
    EXPECT_EQ(m.rows[0].cells[0].state, CellState::valid);
    EXPECT_EQ(m.rows[0].cells[0].until, std::nullopt);
    EXPECT_EQ(m.rows[0].cells[1].state, CellState::blank);
    EXPECT_EQ(m.rows[1].cells[1].state, CellState::missing);
    EXPECT_EQ(m.rows[2].cells[1].state, CellState::valid);
    EXPECT_EQ(m.rows[2].cells[1].until, "2027-09-01"_day);
    EXPECT_EQ(m.rows[3].cells[1].state, CellState::expired);
    EXPECT_EQ(m.rows[4].cells[1].state, CellState::ends_soon);
}

TEST(OtherCertificates, AreTheNewestOfEachNameOfThoseEmployed) {
    Records r;
    r.people = {person("ann"), person("gone")};
    r.people[1].end = "2026-01-01"_day;
    auto certificate = [](char const* who, char const* name, std::optional<Date> expires) {
        Proof p = done("", "2024-01-01"_day, who);
        p.certificate = true;
        p.name = name;
        p.expires = expires;
        return p;
    };
    r.proofs = {certificate("ann", "B", "2027-01-01"_day), certificate("ann", "A", "2026-01-01"_day),
                certificate("ann", "A", "2026-12-01"_day), certificate("ann", "C", std::nullopt),
                certificate("gone", "A", std::nullopt)};
    auto const list = other_certificates(r, "2026-10-31"_day);
    ASSERT_EQ(list.size(), 3U);
    EXPECT_EQ(list[0]->expires, "2026-12-01"_day);
    EXPECT_EQ(list[1]->name, "B");
    EXPECT_EQ(list[2]->name, "C");
}

TEST(Controls, OneControlServesSeveralFrameworks) {
    auto control = [](char const* id, char const* status, std::optional<Date> tested, std::optional<Date> next) {
        Control c;
        c.id = c.name = id;
        c.status = status;
        c.tested = tested;
        c.next_test = next;
        return c;
    };
    std::vector<Control> const list = {control("C1", "implemented", "2026-09-01"_day, "2026-12-01"_day),
                                       control("C2", "implemented", "2026-06-01"_day, "2026-10-30"_day),
                                       control("C3", "partial", {}, {}), control("C4", "not_applicable", {}, {})};
    std::vector<Mapping> const maps = {
        {"C1", "SOC 2", "CC6.1"}, {"C1", "ISO 27001:2022", "A.8.5"}, {"C1", "ISO 27001:2022", "A.5.17"},
        {"C2", "SOC 2", "CC6.2"}, {"C3", "SOC 2", "CC7.1"},          {"C4", "SOC 2", "CC6.4"},
        {"C9", "SOC 2", "CC9.9"}};
    ControlMap const m = map_controls(list, maps, "2026-10-31"_day);
    EXPECT_EQ(m.shared, 1);
    ASSERT_EQ(m.frameworks.size(), 2U);
    EXPECT_EQ(m.frameworks[0].references, 2);
    EXPECT_EQ(m.frameworks[1].name, "SOC 2");
    EXPECT_EQ(m.frameworks[1].references, 3); // what does not apply is not counted
    EXPECT_EQ(m.frameworks[1].in_place, 2);
    EXPECT_EQ(m.frameworks[1].tested, 1); // C2's test is due again
    EXPECT_EQ(m.frameworks[1].coverage().value().rounded(4), "0.6667"_d);
    EXPECT_TRUE(m.controls[1].test_overdue);
    ASSERT_EQ(m.unknown.size(), 1U);
    EXPECT_EQ(m.unknown[0]->reference, "CC9.9");
    EXPECT_EQ(map_controls({}, {}, "2026-10-31"_day).references(), 0);
    EXPECT_EQ(ratio(0_d, 0_d, "no_mappings").reason(), "no_mappings");
}

} // namespace
} // namespace compliance
