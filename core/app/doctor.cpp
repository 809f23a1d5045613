// deckle doctor: is everything there that reports need?
#include "app/options.hpp"
#include "app/output.hpp"
#include "app/resources.hpp"
#include "app/schedule_check.hpp"
#include "app/session.hpp"
#include "text/font_set.hpp"
#include <iostream>

namespace deckle::app {
namespace {

struct Finding {
    std::string what;
    bool good;
    std::string detail;
};

template <class Test>
Finding check(std::string what, Test test) {
    try {
        return {std::move(what), true, test()};
    } catch (Error const& e) {
        return {std::move(what), false, e.to_string()};
    } catch (std::exception const& e) {
        return {std::move(what), false, e.what()};
    }
}

} // namespace

int doctor(Common const& common) {
    std::vector<Finding> checks;
    checks.push_back(check("installation", [] { return installation().program.string(); }));
    checks.push_back(check("catalogue", [] {
        auto const n = data::load_catalogue(installation().catalogue).datasets().size();
        return counted(static_cast<std::int64_t>(n), "dataset");
    }));
    for (char const* family : {"Inter", "Liberation Sans", "IPAGothic"})
        checks.push_back(check(std::string("font ") + family, [&] {
            text::FontSet fonts;
            fonts.add_standard();
            if (!fonts.has_family(family))
                throw Error(ErrorCode::failed,
                            "not installed; packages fonts-inter, fonts-liberation, fonts-ipafont-gothic");
            return std::string("installed");
        }));
    checks.push_back(check("time zones", [] { return to_local(Instant{}, "America/Chicago").abbreviation; }));
    checks.push_back(check("plugins", [&] {
        auto const plugins = open_plugins(common);
        std::string names;
        for (auto const& file : plugins.list())
            names += (names.empty() ? "" : ", ") + file.id + " " + load_report(plugins, file.id).descriptor.version;
        return names;
    }));
    checks.push_back(check("workspace", [&] { return Session(common).workspace.root.string(); }));
    checks.push_back(check("schedules", [&] {
        Session const session(common);
        std::string problems;
        for (auto const& problem : schedule_problems(session))
            problems += (problems.empty() ? "" : "; ") + problem.message;
        if (!problems.empty()) throw Error(ErrorCode::usage, problems);
        return counted(static_cast<std::int64_t>(session.workspace.schedules.size()), "schedule");
    }));
    checks.push_back(check("who is told", [&] {
        Session const session(common);
        auto const untold = schedules_of_nobody(session.workspace);
        if (!untold.empty())
            throw Error(ErrorCode::usage, "nobody hears when these fail or do not come: " + joined(untold) +
                                              "; add owner = [\"address\"] to [delivery]");
        return std::string(session.workspace.schedules.empty() ? "no schedules" : "every schedule has an owner");
    }));
    checks.push_back(check("ledger", [&] {
        return counted(static_cast<std::int64_t>(Session(common).open_store()->runs({"", 10000}).size()), "run");
    }));

    bool const good = std::all_of(checks.begin(), checks.end(), [](Finding const& c) { return c.good; });
    if (common.json) {
        model::Json list = model::Json::array();
        for (auto const& c : checks) list.push_back({{"check", c.what}, {"ok", c.good}, {"detail", c.detail}});
        std::cout << list.dump(2) << "\n";
    } else {
        std::vector<std::vector<std::string>> rows;
        for (auto const& c : checks) rows.push_back({c.what, c.good ? "ok" : "PROBLEM", c.detail});
        print_table({{"Check"}, {"State"}, {"Detail"}}, rows);
    }
    return good ? ok : failed;
}

} // namespace deckle::app
