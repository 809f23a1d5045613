// Rows from a JSON array. simdjson's on-demand parser hands over the text of a number: nothing passes through double.
// A row's members become columns by their dotted path ("Contact.Name"); a list's values are joined.
#include "base/file.hpp"
#include "data/connectors/row_buffer.hpp"
#include "data/connectors/standard.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <simdjson.h>

namespace deckle::data {
namespace {

// "data.items[*]" -> {"data", "items"}; nullopt when it is written otherwise.
std::optional<std::vector<std::string>> path_parts(std::string path) {
    if (!path.ends_with("[*]")) return std::nullopt;
    path.resize(path.size() - 3);
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < path.size();) {
        auto const end = std::min(path.find('.', at), path.size());
        if (end == at || path.find_first_of("[]", at) < end) return std::nullopt;
        parts.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

class JsonRows {
public:
    JsonRows(RowBuffer& rows, std::size_t file, std::vector<std::string> const& path)
        : rows_(rows), file_(file), path_(path) {}

    /// `text`: the value as it is printed, nullopt for null.
    void value(std::optional<std::string_view> text) {
        if (rows_.in_row()) {
            auto const length = column_.size();
            if (!levels_.back().array) {
                if (!column_.empty()) column_ += '.';
                column_ += levels_.back().key;
            }
            rows_.add(column_, text, lists_ > 0);
            column_.resize(length);
        } else if (in_array_ && levels_.size() == array_level_) {
            not_an_object();
        }
    }
    void start_object() {
        if (rows_.in_row())
            ++depth_;
        else if (in_array_ && levels_.size() == array_level_)
            rows_.begin_row(file_, ++number_);
        enter(false);
    }
    void end_object() {
        leave();
        if (!rows_.in_row()) return;
        if (depth_ == 0)
            rows_.end_row();
        else
            --depth_;
    }
    void start_array() {
        if (rows_.in_row()) {
            ++lists_;
        } else if (at_path()) {
            found = in_array_ = true;
            array_level_ = levels_.size() + 1;
        } else if (in_array_ && levels_.size() == array_level_) {
            not_an_object();
        }
        enter(true);
    }
    void end_array() {
        leave();
        if (rows_.in_row())
            --lists_;
        else if (in_array_ && levels_.size() + 1 == array_level_)
            in_array_ = false;
    }
    void key(std::string_view name) {
        levels_.back().key = name;
        if (!rows_.in_row() && !in_array_ && seen.size() < 50) seen.insert(dotted());
    }

    bool found = false;
    std::set<std::string> seen; // members outside the rows, to name what there is

private:
    struct Level {
        bool array;
        std::string_view key; // as long as the document
        std::size_t prefix;   // length of column_ before this level's key
    };

    void enter(bool array) {
        std::size_t const prefix = column_.size();
        if (rows_.in_row() && !levels_.empty() && levels_.size() > array_level_ && !levels_.back().array) {
            if (!column_.empty()) column_ += '.';
            column_ += levels_.back().key;
        }
        levels_.push_back({array, {}, prefix});
    }
    void leave() {
        column_.resize(levels_.back().prefix);
        levels_.pop_back();
    }
    [[nodiscard]] std::string dotted() const {
        std::string path;
        for (auto const& level : levels_)
            if (!level.array) path.append(path.empty() ? "" : ".").append(level.key);
        return path;
    }
    // True when a value that starts here is the one the path names.
    [[nodiscard]] bool at_path() const {
        return levels_.size() == path_.size() && std::equal(levels_.begin(), levels_.end(), path_.begin(),
                                                            [](Level const& level, std::string const& part) {
                                                                return !level.array && level.key == part;
                                                            });
    }
    void not_an_object() {
        rows_.begin_row(file_, ++number_);
        rows_.problem("the element is not an object");
        rows_.end_row();
    }
    RowBuffer& rows_;
    std::size_t file_;
    std::vector<std::string> const& path_;
    std::vector<Level> levels_;
    std::string column_; // path of the member within the row
    std::size_t array_level_ = 0;
    std::int64_t number_ = 0;
    int depth_ = 0, lists_ = 0; // objects and lists open within the row
    bool in_array_ = false;
};

using simdjson::ondemand::json_type;

// RFC 8259: -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
bool is_number(std::string_view text) {
    std::size_t at = 0;
    auto digits = [&] {
        auto const begin = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        return at - begin;
    };
    if (text.starts_with('-')) ++at;
    bool const zero = at < text.size() && text[at] == '0';
    if (auto const n = digits(); n == 0 || (zero && n > 1)) return false;
    if (at < text.size() && text[at] == '.' && (++at, digits() == 0)) return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        if (digits() == 0) return false;
    }
    return at == text.size();
}

// `value`: an on-demand value, or the document where it is the value itself.
void walk(auto&& value, JsonRows& rows) {
    switch (json_type const type = value.type()) {
    case json_type::array:
        rows.start_array();
        for (auto element : value.get_array()) walk(element.value(), rows);
        return rows.end_array();
    case json_type::object:
        rows.start_object();
        for (auto member : value.get_object()) {
            rows.key(member.unescaped_key());
            walk(member.value().value(), rows);
        }
        return rows.end_object();
    case json_type::string:
        return rows.value(std::string_view(value.get_string()));
    case json_type::boolean:
        return rows.value(bool(value.get_bool()) ? "true" : "false");
    case json_type::null:
        if (!bool(value.is_null())) throw simdjson::simdjson_error(simdjson::N_ATOM_ERROR);
        return rows.value(std::nullopt);
    default:
        break;
    }
    std::string_view number = value.raw_json_token();
    number = number.substr(0, number.find_last_not_of(" \t\r\n") + 1);
    if (!is_number(number)) throw simdjson::simdjson_error(simdjson::NUMBER_ERROR);
    if (number.find_first_of("eE") == std::string_view::npos) return rows.value(number);
    rows.value(without_exponent(number));
}

// Throws Error{data} with the line and column of what is no JSON.
void parse(std::string& text, std::string const& where, JsonRows& rows) {
    std::size_t const bom = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    char const* place = text.data() + text.size();
    try {
        document =
            parser.iterate(simdjson::padded_string_view(text.data() + bom, text.size() - bom, text.capacity() - bom));
        try {
            walk(document, rows);
            bool const at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
            if (!at_end) throw simdjson::simdjson_error(simdjson::TRAILING_CONTENT);
        } catch (simdjson::simdjson_error const& error) {
            char const* at = nullptr;
            bool const inside = error.error() != simdjson::INCOMPLETE_ARRAY_OR_OBJECT; // else it lacks its end
            if (inside && document.current_location().get(at) == simdjson::SUCCESS) place = at;
            throw;
        }
    } catch (simdjson::simdjson_error const& error) {
        std::string_view const before(text.data(), static_cast<std::size_t>(place - text.data()));
        auto const line = std::count(before.begin(), before.end(), '\n') + 1;
        auto const start = before.rfind('\n') + 1; // npos + 1 = 0
        throw Error(ErrorCode::data, fmt::format("{}parse error at line {}, column {}: {}", where, line,
                                                 before.size() - start + 1, error.what()));
    }
}

class JsonConnector final : public Connector {
public:
    [[nodiscard]] std::string name() const override { return "json"; }
    [[nodiscard]] std::vector<Key> connection_keys() const override { return {{"folder"}}; }
    [[nodiscard]] std::vector<Key> dataset_keys() const override {
        return {{"file", Key::Kind::texts, true}, {"path"}};
    }
    [[nodiscard]] std::unique_ptr<SourceReader> open(SourceRequest const& request) const override {
        std::string const written = request.text("path", "[*]");
        auto const path = path_parts(written);
        if (!path)
            throw Error(ErrorCode::usage,
                        "dataset " + request.dataset + ": path \"" + written +
                            "\" is not of the form \"Invoices[*]\", \"data.items[*]\" or \"[*]\"",
                        request.find("path")->position);
        auto rows = std::make_unique<RowBuffer>();
        for (auto const& file : source_files(request)) {
            rows->names.push_back(file.shown);
            JsonRows handler(*rows, rows->names.size() - 1, *path);
            std::string bytes = read_file(file.path);
            rows->hash.add(bytes);
            std::string const where = "dataset " + request.dataset + ": " + file.shown + ": ";
            parse(bytes, where, handler);
            if (!handler.found)
                throw Error(ErrorCode::data, where + "there is no list at path \"" + written + "\"" +
                                                 hint(written, {handler.seen.begin(), handler.seen.end()}));
        }
        return std::make_unique<BufferedReader>(std::move(rows));
    }
};

} // namespace

std::unique_ptr<Connector> make_json_connector() {
    return std::make_unique<JsonConnector>();
}

} // namespace deckle::data
