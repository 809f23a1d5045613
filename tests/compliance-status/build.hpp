/// Short ways to write records in tests.
#pragma once
#include "status.hpp"
#include "support/printing.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace compliance {

using plugin_tests::operator""_d;
using plugin_tests::operator""_day;

inline Requirement required(std::string id, std::optional<Date> due = {}) {
    Requirement r;
    r.id = r.name = std::move(id);
    r.program = "P";
    r.due = due;
    return r;
}
inline Proof done(std::string requirement, Date day, std::string person = "") {
    Proof p;
    p.id = requirement + "@" + day.to_string();
    p.requirement = std::move(requirement);
    p.person = std::move(person);
    p.date = day;
    return p;
}
inline Person person(std::string id, std::vector<std::string> roles = {"engineer"}) {
    Person p;
    p.id = id;
    p.name = std::move(id);
    p.roles = std::move(roles);
    return p;
}
inline Notice notice(std::string id, Date day, std::string requirement, std::optional<Date> deadline = {}) {
    Notice n;
    n.id = std::move(id);
    n.date = day;
    n.channel = "email";
    n.requirement = std::move(requirement);
    n.deadline = deadline;
    n.verified_how = "Portal";
    return n;
}
/// The only item.
inline Item only(Records const& records, Date as_of) {
    auto const all = items(records, as_of);
    EXPECT_EQ(all.size(), 1U);
    return all.at(0);
}

} // namespace compliance
