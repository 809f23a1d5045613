// Rows from TOML files kept by hand. Without a path each file is one row; with one, the tables of a list are:
// "questions[*]", "releases[*].quotes[*]". A row's members become columns by their dotted path; those of the tables
// around it are "../name", "../../name". Lists of values are joined; lists of tables are rows of their own and no
// columns. toml++ reads floats as binary numbers, so their text is taken from the file.
#include "base/file.hpp"
#include "data/connectors/row_buffer.hpp"
#include "data/connectors/standard.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <set>
#include <sstream>
#include <toml++/toml.h>

namespace deckle::data {
namespace {

struct Step {
    std::string name;
    bool list;
};

// "releases[*].quotes[*]" -> steps; nullopt when it is written otherwise.
std::optional<std::vector<Step>> steps_of(std::string_view path) {
    std::vector<Step> steps;
    for (std::size_t at = 0; !path.empty() && at <= path.size();) {
        auto const end = std::min(path.find('.', at), path.size());
        std::string name(path.substr(at, end - at));
        bool const list = name.ends_with("[*]");
        if (list) name.resize(name.size() - 3);
        if (name.empty() || name.find_first_of("[]*") != std::string::npos) return std::nullopt;
        steps.push_back({std::move(name), list});
        at = end + 1;
    }
    if (!steps.empty() && !steps.back().list) return std::nullopt;
    return steps;
}

/// The text between two places of a file; toml++ counts lines and code points from 1.
class SourceText {
public:
    explicit SourceText(std::string_view text) : text_(text) {
        lines_.push_back(0);
        for (std::size_t i = 0; i < text.size(); ++i)
            if (text[i] == '\n') lines_.push_back(i + 1);
    }
    [[nodiscard]] std::string between(toml::source_position from, toml::source_position to) const {
        auto const begin = offset(from), end = offset(to);
        return std::string(text_.substr(begin, end - begin));
    }

private:
    [[nodiscard]] std::size_t offset(toml::source_position at) const {
        std::size_t i = lines_.at(at.line - 1);
        for (auto column = at.column; column > 1 && i < text_.size(); --column) do
                ++i;
            while (i < text_.size() && (static_cast<unsigned char>(text_[i]) & 0xC0) == 0x80);
        return i;
    }
    std::string_view text_;
    std::vector<std::size_t> lines_;
};

class Rows {
public:
    Rows(RowBuffer& rows, std::size_t file, SourceText const& source, std::vector<Step> const& steps)
        : rows_(rows), file_(file), source_(source), steps_(steps) {}

    void read(toml::table const& root) { walk(root, 0); }

    bool found = false;
    std::set<std::string> seen; // lists of tables, to name what there is

private:
    void walk(toml::table const& table, std::size_t step) {
        if (step == steps_.size()) return row(table);
        around_.push_back(&table);
        toml::node const* const node = table.get(steps_[step].name);
        if (!steps_[step].list) {
            if (node != nullptr && node->is_table()) walk(*node->as_table(), step + 1);
        } else if (node != nullptr && node->is_array()) {
            found = true;
            for (toml::node const& element : *node->as_array()) {
                if (element.is_table()) {
                    walk(*element.as_table(), step + 1);
                } else {
                    rows_.begin_row(file_, element.source().begin.line);
                    rows_.problem("the element is not a table");
                    rows_.end_row();
                }
            }
        }
        around_.pop_back();
        for (auto const& [key, value] : table)
            if (value.is_array_of_tables()) seen.insert(std::string(key.str()) + "[*]");
    }

    void row(toml::table const& table) {
        rows_.begin_row(file_, std::max<std::int64_t>(1, table.source().begin.line));
        members(table, "");
        std::string up;
        for (auto it = around_.rbegin(); it != around_.rend(); ++it) members(**it, up += "../");
        rows_.end_row();
        found = true;
    }

    void members(toml::table const& table, std::string const& prefix) {
        for (auto const& [key, value] : table) {
            std::string const column = prefix + std::string(key.str());
            if (auto const* inner = value.as_table()) {
                // The tables on the path are rows or stand around them.
                if (std::find(around_.begin(), around_.end(), inner) == around_.end()) members(*inner, column + ".");
            } else if (auto const* list = value.as_array()) {
                for (toml::node const& element : *list)
                    if (!element.is_table() && !element.is_array()) add(column, element, true);
            } else {
                add(column, value, false);
            }
        }
    }

    void add(std::string const& column, toml::node const& node, bool repeated) {
        if (auto const* text = node.as_string()) return rows_.add(column, text->get(), repeated);
        if (auto const* flag = node.as_boolean()) return rows_.add(column, flag->get() ? "true" : "false", repeated);
        if (auto const* whole = node.as_integer()) return rows_.add(column, std::to_string(whole->get()), repeated);
        if (node.is_floating_point()) {
            std::string text(trim(source_.between(node.source().begin, node.source().end)));
            if (text.find_first_of("nN") != std::string::npos) // inf, nan
                return rows_.problem("'" + column + "' is no number: " + text);
            std::erase(text, '_');
            if (text.starts_with('+')) text.erase(0, 1);
            return rows_.add(column, without_exponent(text), repeated);
        }
        std::ostringstream text; // dates and times
        if (auto const* day = node.as_date()) text << day->get();
        if (auto const* time = node.as_time()) text << time->get();
        if (auto const* moment = node.as_date_time()) text << moment->get();
        rows_.add(column, text.str(), repeated);
    }

    RowBuffer& rows_;
    std::size_t file_;
    SourceText const& source_;
    std::vector<Step> const& steps_;
    std::vector<toml::table const*> around_; // outermost first
};

class TomlConnector final : public Connector {
public:
    [[nodiscard]] std::string name() const override { return "toml"; }
    [[nodiscard]] std::vector<Key> connection_keys() const override { return {{"folder"}}; }
    [[nodiscard]] std::vector<Key> dataset_keys() const override {
        return {{"file", Key::Kind::texts, true}, {"path"}};
    }
    [[nodiscard]] std::unique_ptr<SourceReader> open(SourceRequest const& request) const override {
        std::string const written = request.text("path");
        auto const steps = steps_of(written);
        if (!steps)
            throw Error(ErrorCode::usage,
                        "dataset " + request.dataset + ": path \"" + written +
                            "\" is not of the form \"questions[*]\" or \"releases[*].quotes[*]\"",
                        request.find("path")->position);
        auto buffer = std::make_unique<RowBuffer>();
        bool found = false;
        std::set<std::string> seen;
        for (auto const& file : source_files(request)) {
            buffer->names.push_back(file.shown);
            std::string const bytes = read_file(file.path);
            buffer->hash.add(bytes);
            SourceText const source(bytes);
            Rows rows(*buffer, buffer->names.size() - 1, source, *steps);
            try {
                rows.read(toml::parse(bytes));
            } catch (toml::parse_error const& error) {
                auto const at = error.source().begin;
                throw Error(ErrorCode::data, "dataset " + request.dataset + ": " + file.shown +
                                                 ": parse error at line " + std::to_string(at.line) + ", column " +
                                                 std::to_string(at.column) + ": " + std::string(error.description()));
            }
            found = found || rows.found;
            seen.merge(rows.seen);
        }
        if (!found) // one file of many may have none
            throw Error(ErrorCode::data, "dataset " + request.dataset + ": " + buffer->names.front() +
                                             ": there is no list at path \"" + written + "\"" +
                                             hint(written, {seen.begin(), seen.end()}));
        return std::make_unique<BufferedReader>(std::move(buffer));
    }
};

} // namespace

std::unique_ptr<Connector> make_toml_connector() {
    return std::make_unique<TomlConnector>();
}

} // namespace deckle::data
