#include "service/parts.hpp"
#include "base/mail_address.hpp"
#include "base/nearest.hpp"
#include "data/dataset.hpp"
#include "data/table_builder.hpp"
#include "data/words.hpp"
#include "delivery/names.hpp"
#include "model/json.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <optional>
#include <set>

namespace deckle::service {
namespace {

using data::Column;
using model::Json;

constexpr std::size_t longest_id = 100;

/// As it would be typed on the command line; nullopt for null and blank.
std::optional<std::string> text_of(Column const& column, std::int64_t row) {
    std::string const text = data::cell_text(column, row);
    auto const trimmed = data::trim(text);
    return trimmed.empty() ? std::nullopt : std::optional<std::string>(trimmed);
}

class PartsReader {
public:
    PartsReader(data::Schedule const& schedule, data::Table const& rows, std::vector<std::string> const& allow)
        : schedule_(schedule), each_(*schedule.each), rows_(rows), allow_(allow) {}

    PartList read() {
        auto const& id = column(each_.id);
        std::vector<Part> parts;
        for (std::int64_t row = 0; row < rows_.rows; ++row) {
            if (!is_wanted(row)) continue;
            auto const problems_before = problems_.size();
            Part part;
            part.id = text_of(id, row).value_or("");
            check_id(part.id, row);
            part.params = params(row).dump();
            part.to = each_.to.empty() ? schedule_.to : addresses(row);
            if (problems_.size() == problems_before) parts.push_back(std::move(part));
        }
        // Whose of the two it is nobody knows.
        std::erase_if(parts, [&](Part const& part) { return ambiguous_.contains(part.id); });
        return {std::move(parts), fmt::format("{}", fmt::join(problems_, "\n"))};
    }

private:
    Column const& column(std::string const& name) {
        if (auto const* found = rows_.find(name)) return *found;
        std::vector<std::string> names;
        for (auto const& c : rows_.columns) names.push_back(c.name);
        throw Error(ErrorCode::usage,
                    fmt::format("the dataset {} has no column '{}'{}", each_.dataset, name, suggestion(name, names)),
                    each_.position);
    }

    void problem(std::int64_t row, std::string const& column_name, std::string const& what) {
        problems_.push_back(
            fmt::format("dataset {}, row {}, column {}: {}", each_.dataset, row + 1, column_name, what));
    }

    bool is_wanted(std::int64_t row) {
        return std::ranges::all_of(each_.only, [&](auto const& entry) {
            auto const text = data::fold(text_of(column(entry.first), row).value_or(""));
            return std::ranges::any_of(entry.second, [&](auto const& wanted) { return data::fold(wanted) == text; });
        });
    }

    void check_id(std::string const& id, std::int64_t row) {
        if (id.empty()) return problem(row, each_.id, "it is blank, but names the part");
        auto const is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
        if (id.size() > longest_id || std::ranges::any_of(id, is_control))
            return problem(row, each_.id, "a part's name has at most 100 bytes and no line break");
        auto const [known, is_new] = seen_.emplace(id, row);
        if (!is_new) {
            ambiguous_.insert(id);
            return problem(row, each_.id, fmt::format("'{}' is the name of row {} too", id, known->second + 1));
        }
        auto const [file, is_own] = files_.emplace(delivery::file_name("{{part}}", {{"part", id}}, ""), id);
        if (!is_own && !schedule_.copies.empty())
            problem(row, each_.id, fmt::format("'{}' makes the same file name as '{}'", id, file->second));
    }

    Json params(std::int64_t row) {
        Json set = schedule_.set;
        for (auto const& [parameter, name] : each_.set) {
            auto const value = text_of(column(name), row);
            if (!value) problem(row, name, "it is blank, but is the parameter '" + parameter + "'");
            set[parameter] = value.value_or("");
        }
        return set;
    }

    std::vector<std::string> addresses(std::int64_t row) {
        std::vector<std::string> list;
        std::string const text = text_of(column(each_.to), row).value_or("");
        for (std::size_t from = 0; from < text.size();) {
            auto const end = std::min(text.find_first_of(";,", from), text.size());
            std::string const address(data::trim(std::string_view(text).substr(from, end - from)));
            from = end + 1;
            if (!address.empty()) check_address(list, address, row);
        }
        if (text.find_first_not_of(" \t;,") == std::string::npos) problem(row, each_.to, "there is no mail address");
        return list;
    }

    void check_address(std::vector<std::string>& list, std::string const& address, std::int64_t row) {
        if (auto const why = address_problem(address); !why.empty())
            problem(row, each_.to, "'" + address + "' is no mail address: " + why);
        else if (!allow_.empty() && !is_allowed_recipient(address, allow_))
            problem(row, each_.to, "'" + address + "' may not be written to: its domain is not in [delivery] allow");
        else if (std::ranges::any_of(list, [&](auto const& a) { return data::fold(a) == data::fold(address); }))
            problem(row, each_.to, "'" + address + "' is there twice");
        else
            list.push_back(address);
    }

    data::Schedule const& schedule_;
    data::Each const& each_;
    data::Table const& rows_;
    std::vector<std::string> const& allow_;
    std::map<std::string, std::int64_t> seen_;
    std::map<std::string, std::string> files_; // file name -> id
    std::set<std::string> ambiguous_;
    std::vector<std::string> problems_;
};

std::vector<Part> all_of(PartList list, data::Schedule const& schedule) {
    if (!list.problems.empty()) throw Error(ErrorCode::data, list.problems, schedule.each->position);
    return std::move(list.good);
}

} // namespace

std::vector<Part> parts_of(data::Schedule const& schedule, data::Table const* rows,
                           std::vector<std::string> const& allow) {
    if (schedule.each) return all_of(PartsReader(schedule, *rows, allow).read(), schedule);
    for (auto const& address : schedule.to)
        if (!allow.empty() && !is_allowed_recipient(address, allow))
            throw Error(ErrorCode::usage,
                        "'" + address + "' may not be written to: its domain is not in [delivery] allow",
                        schedule.position);
    return {{"", Json(schedule.set).dump(), schedule.to}};
}

PartList list_parts(data::Workspace const& workspace, data::Catalogue const& catalogue, data::Schedule const& schedule,
                    Instant now) {
    if (!schedule.each) return {parts_of(schedule, nullptr, workspace.delivery.allow), ""};
    Diagnostics diagnostics;
    auto const& each = *schedule.each;
    data::DatasetRequest request{each.dataset, 1, true, {{each.id, true}}};
    auto const want = [&](std::string const& column) {
        if (!column.empty() &&
            std::ranges::find(request.columns, column, &data::ColumnRequest::name) == request.columns.end())
            request.columns.push_back({column, true});
    };
    want(each.to);
    for (auto const& [column, texts] : each.only) want(column);
    for (auto const& [parameter, column] : each.set) want(column);
    auto const dataset = data::load_dataset(workspace, catalogue, request, now, diagnostics);
    auto list = PartsReader(schedule, dataset.table, workspace.delivery.allow).read();
    if (dataset.source.rejected > 0)
        list.problems += fmt::format(
            "{}dataset {}: {} rows could not be read, so somebody would get nothing; see 'deckle data check'",
            list.problems.empty() ? "" : "\n", each.dataset, dataset.source.rejected);
    return list;
}

std::vector<Part> read_parts(data::Workspace const& workspace, data::Catalogue const& catalogue,
                             data::Schedule const& schedule, Instant now) {
    return all_of(list_parts(workspace, catalogue, schedule, now), schedule);
}

} // namespace deckle::service
