#include "base/duration.hpp"
#include "base/mail_address.hpp"
#include "base/zone.hpp"
#include "data/words.hpp"
#include "data/workspace_reader.hpp"
#include <algorithm>
#include <charconv>

namespace deckle::data {
namespace {

template <class Map>
std::vector<std::string> keys_of(Map const& map) {
    std::vector<std::string> keys;
    for (auto const& [key, value] : map) keys.push_back(key);
    return keys;
}

class ScheduleReader {
public:
    ScheduleReader(Section section, toml::table const& document, std::string const& file, Workspace const& workspace,
                   Catalogue const& catalogue, Problems& problems)
        : section_(std::move(section)), document_(document), file_(file), workspace_(workspace), catalogue_(catalogue),
          problems_(problems) {}

    Schedule read() {
        read_what();
        read_when();
        read_whom();
        read_effort();
        check_ways();
        schedule_.review = read_review();
        if (auto gates = table("gates")) read_gates(std::move(*gates));
        if (auto only_if = table("only_if")) schedule_.only_if = read_only_if(std::move(*only_if));
        if (auto each = table("each")) schedule_.each = read_each(std::move(*each));
        if (auto watch = table("watch")) schedule_.watch = read_watch(std::move(*watch));
        section_.finish();
        return std::move(schedule_);
    }

private:
    std::optional<Section> table(std::string const& key) {
        auto const* found = section_.table(key);
        if (found == nullptr) return std::nullopt;
        std::string const whole = section_.name().substr(0, section_.name().size() - 1) + "." + key + "]";
        return Section(*found, whole, file_, problems_);
    }

    void read_what() {
        schedule_.pack = section_.text("pack").value_or("");
        schedule_.report = section_.text("report").value_or("");
        if (schedule_.pack.empty() == schedule_.report.empty())
            section_.problem("pack", section_.name() + " needs either 'pack' or 'report'");
        if (!schedule_.report.empty()) schedule_.reports = {schedule_.report};
        if (!schedule_.pack.empty()) {
            auto const pack = workspace_.packs.find(schedule_.pack);
            if (pack == workspace_.packs.end())
                section_.problem("pack", "there is no pack '" + schedule_.pack + "'" +
                                             hint(schedule_.pack, keys_of(workspace_.packs)));
            else
                schedule_.reports = pack->second.reports;
        }
        if (auto const set = table("set")) schedule_.set = read_set(*set);
    }

    std::map<std::string, std::string> read_set(Section const& set) {
        std::map<std::string, std::string> values;
        for (auto const& [key, value] : set.raw()) {
            if (auto const* s = value.as_string())
                values[std::string(key.str())] = s->get();
            else if (auto const* n = value.as_integer())
                values[std::string(key.str())] = std::to_string(n->get());
            else if (auto const* b = value.as_boolean())
                values[std::string(key.str())] = b->get() ? "true" : "false";
            else
                problems_.add(set.at(key.str()), set.name() + " " + std::string(key.str()) +
                                                     " must be a text in quotation marks, a whole number, true or "
                                                     "false");
        }
        return values;
    }

    void read_when() {
        schedule_.when = section_.required("when");
        schedule_.position = section_.at("when");
        schedule_.zone = workspace_.company.zone;
        if (auto const zone = section_.text("zone"); zone && !is_zone(schedule_.zone = *zone))
            section_.problem("zone", "'" + schedule_.zone + "' is no time zone such as \"America/Chicago\"");
        schedule_.shift = section_.choice("shift", {"none", "next", "previous"}).value_or("none");
        schedule_.period =
            section_.choice("period", {"previous month", "previous quarter", "previous year", "this month"})
                .value_or("previous month");
        if (auto const holidays = section_.text("holidays")) {
            schedule_.holidays = workspace_.root / *holidays;
            if (!std::filesystem::is_regular_file(schedule_.holidays))
                section_.problem("holidays", "there is no file '" + *holidays + "'");
        }
        auto const catch_up = section_.choice("catch_up", {"once", "all", "skip"}).value_or("once");
        schedule_.catch_up = catch_up == "all" ? CatchUp::all : catch_up == "skip" ? CatchUp::skip : CatchUp::once;
    }

    std::vector<std::string> addresses(char const* key) {
        auto const list = section_.texts(key);
        std::vector<std::string> seen;
        for (auto const& address : list) {
            if (auto const why = address_problem(address); !why.empty())
                section_.problem(key, "'" + address + "' is no mail address: " + why);
            if (std::find(seen.begin(), seen.end(), fold(address)) != seen.end())
                section_.problem(key, section_.name() + " " + key + " has '" + address + "' twice");
            seen.push_back(fold(address));
        }
        return list;
    }

    std::string one_line(char const* key) {
        auto const text = section_.text(key).value_or("");
        if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
            section_.problem(key, section_.name() + " " + key + " must be one line without control characters");
        return text;
    }

    /// A line with {{names}}, as core/delivery/names.hpp fills it.
    std::string name_template(char const* key) {
        static std::vector<std::string> const known = {"company", "title", "report",   "pack",
                                                       "period",  "part",  "revision", "as_of"};
        auto text = one_line(key);
        for (auto at = text.find("{{"); at != std::string::npos; at = text.find("{{", at + 2)) {
            auto const first = text.find_first_not_of("{#^/& ", at);
            auto const end = text.find("}}", at);
            if (end == std::string::npos || first >= end) {
                section_.problem(key, section_.name() + " " + key + ": write a name as {{period}}");
                break;
            }
            auto const name = text.substr(first, text.find_first_of("} ", first) - first);
            if (std::find(known.begin(), known.end(), name) != known.end()) continue;
            section_.problem(key, section_.name() + " " + key + " has no name '" + name + "'" + hint(name, known) +
                                      " (known: company, title, report, pack, period, part, revision, as_of)");
            break;
        }
        return text;
    }

    void read_whom() {
        schedule_.to = addresses("to");
        schedule_.reviewer = addresses("reviewer");
        schedule_.owner = addresses("owner");
        schedule_.via = section_.text("via").value_or("");
        schedule_.copies = section_.texts("copies");
        schedule_.subject = name_template("subject");
        schedule_.file_name = name_template("file_name");
        auto const slash = schedule_.file_name.find_first_of("/\\");
        if (slash != std::string::npos && !schedule_.file_name.substr(0, slash).ends_with("{{"))
            section_.problem("file_name", section_.name() + " file_name is a name without a folder");
    }

    /// Against [delivery].
    void check_ways() {
        auto const& delivery = workspace_.delivery;
        auto const is_mail = [](auto const& entry) { return entry.second.is_mail(); };
        auto const names = [&](bool mail) {
            std::vector<std::string> list;
            for (auto const& entry : delivery.channels)
                if (is_mail(entry) == mail) list.push_back(entry.first);
            return list;
        };
        auto const check = [&](char const* key, std::string const& name, bool mail) {
            auto const channel = delivery.channels.find(name);
            if (channel == delivery.channels.end())
                section_.problem(key, "there is no [delivery.channels." + name + "]" + hint(name, names(mail)));
            else if (is_mail(*channel) != mail)
                section_.problem(key, "the channel '" + name + "' is a " + channel->second.kind() +
                                          (mail ? ": mail goes out by smtp or graph, write it into 'copies'"
                                                : " channel: it needs addresses, write it into 'via'"));
        };
        if (!schedule_.via.empty()) check("via", schedule_.via, true);
        for (auto const& name : schedule_.copies) check("copies", name, false);
        bool const mails = !schedule_.to.empty() || section_.has("each");
        if (auto const mail = names(true); mails && schedule_.via.empty() && mail.size() > 1)
            section_.problem("to", section_.name() + " needs 'via', since there are several mail channels: " + mail[0] +
                                       ", " + mail[1] + (mail.size() > 2 ? " ..." : ""));
        for (auto const& [key, list] :
             {std::pair("to", &schedule_.to), {"owner", &schedule_.owner}, {"reviewer", &schedule_.reviewer}})
            for (auto const& address : *list)
                if (!delivery.allow.empty() && !is_allowed_recipient(address, delivery.allow))
                    section_.problem(key,
                                     "'" + address + "' may not be written to: its domain is not in [delivery] allow");
    }

    std::optional<std::chrono::seconds> duration(Section& section, char const* key) {
        auto const text = section.text(key);
        if (!text) return std::nullopt;
        auto const span = parse_duration(*text);
        if (!span)
            section.problem(key, section.name() + " " + key + " = \"" + *text +
                                     R"(" is no span of time: write a whole number and s, m, h or d, such as "10m")");
        return span;
    }

    void read_effort() {
        schedule_.timeout = duration(section_, "timeout").value_or(schedule_.timeout);
        schedule_.give_up = duration(section_, "give_up").value_or(schedule_.give_up);
        if (auto const retries = section_.integer("retries", 0)) {
            schedule_.retries = static_cast<int>(std::min<std::int64_t>(*retries, 100));
            if (*retries > 100) section_.problem("retries", section_.name() + " retries is at most 100");
        }
    }

    Review read_review() {
        auto const text = section_.text("review").value_or("none");
        if (text == "none") return {};
        if (text == "required") return {Review::Mode::required, 0, 0};
        static constexpr std::string_view until = "optional until ";
        if (text.starts_with(until) && text.size() == until.size() + 5 && text[until.size() + 2] == ':') {
            auto const number = [&](std::size_t at) {
                int n = -1;
                auto const* const from = text.data() + until.size() + at;
                auto const end = std::from_chars(from, from + 2, n).ptr;
                return end == from + 2 ? n : -1;
            };
            int const hour = number(0), minute = number(3);
            if (hour >= 0 && hour < 24 && minute >= 0 && minute < 60) return {Review::Mode::optional, hour, minute};
        }
        section_.problem("review", section_.name() + " review = \"" + text +
                                       R"(" is none of "none", "required", "optional until 10:00")");
        return {};
    }

    void read_gates(Section gates) {
        auto& g = schedule_.gates;
        if (auto const* node = gates.node("fresh"); node != nullptr && node->is_table()) {
            Section by_connection(*node->as_table(), gates.name() + " fresh", file_, problems_);
            for (auto const& [key, value] : *node->as_table()) {
                std::string const name(key.str());
                if (!workspace_.connections.contains(name))
                    by_connection.problem(name, "there is no connection '" + name + "'" +
                                                    hint(name, keys_of(workspace_.connections)));
                g.fresh_of[name] = duration(by_connection, name.c_str()).value_or(std::chrono::seconds(0));
            }
        } else {
            g.fresh = duration(gates, "fresh");
        }
        g.complete = gates.boolean("complete").value_or(true);
        g.ties_out = gates.boolean("ties_out").value_or(true);
        if (auto const* node = gates.node("not_empty"); node != nullptr && node->is_table()) {
            Section list(*node->as_table(), gates.name() + " not_empty", file_, problems_);
            g.may_be_empty = list.texts("except");
            for (auto const& dataset : g.may_be_empty) check_bound(list, "except", dataset);
            list.finish();
        } else {
            g.not_empty = gates.boolean("not_empty").value_or(true);
        }
        gates.finish();
    }

    void check_bound(Section& section, char const* key, std::string const& dataset) {
        auto const* const bound = document_["datasets"].as_table();
        if (bound == nullptr || !bound->contains(dataset))
            section.problem(key,
                            "there is no [datasets." + dataset + "]" + hint(dataset, keys_of(workspace_.datasets)));
    }

    OnlyIf read_only_if(Section section) {
        using Comparison = OnlyIf::Comparison;
        static constexpr std::pair<char const*, Comparison> comparisons[] = {
            {"below", Comparison::below}, {"above", Comparison::above}, {"equals", Comparison::equals}};
        OnlyIf only_if;
        auto const name = section.required("figure");
        only_if.position = section.at("figure");
        auto const colon = name.find(':');
        only_if.report = name.substr(0, colon);
        if (colon != std::string::npos) only_if.figure = name.substr(colon + 1);
        auto const& reports = schedule_.reports;
        if (!name.empty() && (only_if.report.empty() || only_if.figure.empty()))
            section.problem("figure", "write report and figure, such as \"cash-flow:forecast.cushion\"");
        else if (!name.empty() && !reports.empty() &&
                 std::find(reports.begin(), reports.end(), only_if.report) == reports.end())
            section.problem("figure", section_.name() + " makes no report '" + only_if.report + "'" +
                                          hint(only_if.report, reports));
        int given = 0;
        for (auto const& [key, comparison] : comparisons) {
            auto const* value = section.node(key);
            if (value == nullptr) continue;
            ++given;
            only_if.comparison = comparison;
            std::string text;
            if (auto const* n = value->as_integer())
                text = std::to_string(n->get());
            else
                text = section.text(key).value_or("0");
            if (auto const than = Decimal::parse(text))
                only_if.than = *than;
            else
                section.problem(key, section.name() + " " + key + " = \"" + text +
                                         "\" is no number such as \"25000.00\" (a share of one hundred: \"0.25\")");
        }
        if (given != 1) section.problem("figure", section.name() + " needs one of 'below', 'above' and 'equals'");
        section.finish();
        return only_if;
    }

    Watch read_watch(Section section) {
        Watch watch;
        watch.position = section.at("periods");
        if (auto const periods = section.integer("periods", 1)) {
            watch.periods = static_cast<int>(std::min<std::int64_t>(*periods, 36));
            if (*periods > 36) section.problem("periods", section.name() + " periods is at most 36");
        }
        auto const number = [&](char const* key, std::string text, char const* form) -> Decimal {
            auto const value = Decimal::parse(text);
            if (value && !value->is_negative()) return *value;
            section.problem(key, section.name() + " " + key + " = \"" + text + "\" is none such as " + form);
            return {};
        };
        std::string threshold = section.text("threshold").value_or("0%");
        bool const percent = threshold.ends_with('%');
        if (percent) threshold.pop_back();
        watch.threshold = number("threshold", threshold, R"("1%" or "0.01")");
        if (percent) watch.threshold = watch.threshold * Decimal::of("0.01");
        if (auto const amount = section.text("amount")) watch.amount = number("amount", *amount, R"("500.00")");
        section.finish();
        return watch;
    }

    void check_column(Section& section, char const* key, DatasetDefinition const* definition,
                      std::string const& column) {
        if (definition == nullptr || column.empty() || definition->find(column) != nullptr) return;
        std::vector<std::string> names;
        for (auto const& c : definition->columns) names.push_back(c.name);
        section.problem(key,
                        "the dataset '" + definition->name + "' has no column '" + column + "'" + hint(column, names));
    }

    Each read_each(Section section) {
        Each each;
        each.dataset = section.required("dataset");
        each.position = section.at("dataset");
        if (!each.dataset.empty()) check_bound(section, "dataset", each.dataset);
        auto const* definition = catalogue_.find(each.dataset); // nullptr for a plugin's own
        each.id = section.required("id");
        check_column(section, "id", definition, each.id);
        each.to = section.text("to").value_or("");
        check_column(section, "to", definition, each.to);
        if (!each.to.empty() && !schedule_.to.empty())
            section.problem("to", "either " + section.name() + " names the column of addresses, or " + section_.name() +
                                      " has 'to': what both would get is not one part's");
        if (auto const* only = section.table("only")) {
            Section list(*only, section.name() + " only", file_, problems_);
            for (auto const& [key, value] : *only) {
                check_column(list, std::string(key.str()).c_str(), definition, std::string(key.str()));
                each.only[std::string(key.str())] = list.texts(key.str());
            }
        }
        if (auto const* set = section.table("set")) {
            Section list(*set, section.name() + " set", file_, problems_);
            for (auto const& [key, value] : *set) {
                auto const column = list.text(key.str()).value_or("");
                check_column(list, std::string(key.str()).c_str(), definition, column);
                each.set[std::string(key.str())] = column;
                if (schedule_.set.contains(std::string(key.str())))
                    list.problem(key.str(), section_.name() + " sets '" + std::string(key.str()) + "' too");
            }
        }
        section.finish();
        return each;
    }

    Section section_;
    toml::table const& document_;
    std::string const& file_;
    Workspace const& workspace_;
    Catalogue const& catalogue_;
    Problems& problems_;
    Schedule schedule_;
};

} // namespace

Schedule read_schedule(Section section, toml::table const& document, std::string const& file,
                       Workspace const& workspace, Catalogue const& catalogue, Problems& problems) {
    return ScheduleReader(std::move(section), document, file, workspace, catalogue, problems).read();
}

ServiceSettings read_service(Section section) {
    ServiceSettings service;
    if (auto const workers = section.integer("workers", 1)) {
        service.workers = static_cast<int>(std::min<std::int64_t>(*workers, 64));
        if (*workers > 64) section.problem("workers", section.name() + " workers is at most 64");
    }
    section.finish();
    return service;
}

} // namespace deckle::data
