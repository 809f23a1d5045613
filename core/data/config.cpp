#include "data/config.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <tuple>

namespace deckle::data {
namespace {

char const* type_name(toml::node const& node) {
    switch (node.type()) {
    case toml::node_type::string:
        return "a text";
    case toml::node_type::integer:
        return "a whole number";
    case toml::node_type::floating_point:
        return "a number";
    case toml::node_type::boolean:
        return "true or false";
    case toml::node_type::array:
        return "a list";
    case toml::node_type::table:
        return "a table";
    default:
        return "a date or time";
    }
}

} // namespace

std::vector<Problem> Problems::sorted() const {
    auto list = items_;
    std::stable_sort(list.begin(), list.end(), [](Problem const& a, Problem const& b) {
        return std::tie(a.position.file, a.position.line, a.position.column) <
               std::tie(b.position.file, b.position.line, b.position.column);
    });
    return list;
}

void Problems::raise() const {
    if (items_.empty()) return;
    if (items_.size() == 1) throw Error(ErrorCode::usage, items_.front().message, items_.front().position);
    std::string all = std::to_string(items_.size()) + " problems in the configuration:";
    for (auto const& problem : sorted()) all += "\n  " + problem.position.to_string() + ": " + problem.message;
    throw Error(ErrorCode::usage, all);
}

std::optional<toml::table> parse_toml(std::string_view text, std::string const& file, Problems& problems) {
    try {
        return toml::parse(text, std::string_view(file));
    } catch (toml::parse_error const& error) {
        auto const at = error.source().begin;
        problems.add({file, static_cast<int>(at.line), static_cast<int>(at.column)}, std::string(error.description()));
        return std::nullopt;
    }
}

Position position_of(toml::node const& node, std::string const& file) {
    auto const at = node.source().begin;
    return {file, static_cast<int>(at.line), static_cast<int>(at.column)};
}

Section::Section(toml::table const& table, std::string name, std::string file, Problems& problems)
    : table_(table), name_(std::move(name)), file_(std::move(file)), problems_(problems) {}

Position Section::at(std::string_view key) const {
    for (auto const& [k, value] : table_)
        if (k.str() == key) {
            auto const from = k.source().begin;
            return {file_, static_cast<int>(from.line), static_cast<int>(from.column)};
        }
    return position_of(table_, file_);
}

toml::node const* Section::node(std::string_view key) {
    known_.emplace(key);
    return table_.get(key);
}

bool Section::has(std::string_view key) {
    return node(key) != nullptr;
}

std::optional<std::string> Section::text(std::string_view key) {
    auto const* value = node(key);
    if (value == nullptr) return std::nullopt;
    if (auto const* s = value->as_string()) return s->get();
    problem(key, name_ + " " + std::string(key) + " must be a text in quotation marks, not " + type_name(*value));
    return std::nullopt;
}

std::optional<std::int64_t> Section::integer(std::string_view key, std::int64_t least) {
    auto const* value = node(key);
    if (value == nullptr) return std::nullopt;
    auto const* n = value->as_integer();
    if (n != nullptr && n->get() >= least) return n->get();
    problem(key, name_ + " " + std::string(key) + " must be a whole number of at least " + std::to_string(least));
    return std::nullopt;
}

std::optional<bool> Section::boolean(std::string_view key) {
    auto const* value = node(key);
    if (value == nullptr) return std::nullopt;
    if (auto const* b = value->as_boolean()) return b->get();
    problem(key, name_ + " " + std::string(key) + " must be true or false, not " + type_name(*value));
    return std::nullopt;
}

std::vector<std::string> Section::texts(std::string_view key) {
    auto const* value = node(key);
    if (value == nullptr) return {};
    if (auto const* s = value->as_string()) return {s->get()};
    std::vector<std::string> list;
    auto const* array = value->as_array();
    bool good = array != nullptr;
    if (array != nullptr) {
        for (auto const& item : *array) {
            if (auto const* s = item.as_string())
                list.push_back(s->get());
            else
                good = false;
        }
    }
    if (!good) problem(key, name_ + " " + std::string(key) + " must be a text or a list of texts");
    return good ? list : std::vector<std::string>{};
}

toml::table const* Section::table(std::string_view key) {
    auto const* value = node(key);
    if (value == nullptr) return nullptr;
    if (auto const* t = value->as_table()) return t;
    problem(key, name_ + " " + std::string(key) + " must be a table, not " + type_name(*value));
    return nullptr;
}

std::string Section::required(std::string_view key) {
    if (!has(key)) {
        problem(key, name_ + " has no '" + std::string(key) + "', which is required");
        return {};
    }
    return text(key).value_or("");
}

std::optional<std::string> Section::choice(std::string_view key, std::vector<std::string> const& choices) {
    auto value = text(key);
    if (!value || std::find(choices.begin(), choices.end(), *value) != choices.end()) return value;
    std::string list;
    for (auto const& c : choices) list += (list.empty() ? "\"" : ", \"") + c + "\"";
    problem(key, name_ + " " + std::string(key) + " = \"" + *value + "\" is none of " + list);
    return std::nullopt;
}

void Section::each_table(std::function<void(std::string const&, toml::table const&, Position)> const& use) {
    for (auto const& [key, value] : table_) {
        known_.emplace(key.str());
        if (auto const* t = value.as_table())
            use(std::string(key.str()), *t, at(key.str()));
        else
            problem(key.str(), name_ + " " + std::string(key.str()) + " must be a table, not " + type_name(value));
    }
}

void Section::finish() {
    std::vector<std::string> const valid(known_.begin(), known_.end());
    for (auto const& [key, value] : table_) {
        if (known_.contains(key.str())) continue;
        problem(key.str(), "unknown key '" + std::string(key.str()) + "'" + (name_.empty() ? "" : " in " + name_) +
                               hint(key.str(), valid));
    }
}

} // namespace deckle::data
