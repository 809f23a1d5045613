/// What can be said of a schedule before it fires: that every report it makes is installed and takes the parameters
/// that are set for it, each part's too.
#pragma once
#include "app/session.hpp"
#include "service/parts.hpp"
#include <string>
#include <vector>

namespace deckle::app {

class ScheduleCheck {
public:
    ScheduleCheck(Session const& session, data::Schedule const& s) : session_(session), schedule_(s) {}

    /// Throws Error{usage} with the place in deckle.toml.
    void names();
    /// Of the report; loads its plugin.
    [[nodiscard]] std::string title();
    /// REQUIRES: names() did not throw. Throws Error{usage} that names the part.
    void values(service::Part const& part);

private:
    Session const& session_;
    data::Schedule const& schedule_;
    std::vector<report::Descriptor> descriptors_; // of the reports, when parameters are set
};

struct ScheduleProblem {
    std::string schedule, message;
};
/// The schedules from which nothing would come as they stand. What depends on rows of data is not looked at.
[[nodiscard]] std::vector<ScheduleProblem> schedule_problems(Session const& session);

/// The schedules that send something and whose failures nobody is told of.
[[nodiscard]] std::vector<std::string> schedules_of_nobody(data::Workspace const& workspace);

} // namespace deckle::app
