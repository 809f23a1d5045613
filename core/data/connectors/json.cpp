// Rows from a JSON array. The parser is nlohmann's SAX one, since it hands over the text of a number: nothing passes
// through double. A row's members become columns by their dotted path ("Contact.Name"); a list's values are joined.
#include "base/file.hpp"
#include "data/connectors/row_buffer.hpp"
#include "data/connectors/standard.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

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

// 1.5e3 -> 1500; plain notation stays. Texts that would need more than 60 digits stay as they are and are refused
// later.
std::string without_exponent(std::string const& number) {
    auto const e = number.find_first_of("eE");
    if (e == std::string::npos) return number;
    int const exponent = std::atoi(number.c_str() + e + 1);
    if (exponent > 60 || exponent < -60) return number;
    bool const negative = number[0] == '-';
    std::string digits = number.substr(negative ? 1 : 0, e - (negative ? 1 : 0));
    auto const point = std::min(digits.find('.'), digits.size());
    if (point < digits.size()) digits.erase(point, 1);
    auto place = static_cast<long>(point) + exponent;
    while (place <= 0) {
        digits.insert(0, 1, '0');
        ++place;
    }
    while (static_cast<long>(digits.size()) < place) digits += '0';
    if (static_cast<long>(digits.size()) > place) digits.insert(static_cast<std::size_t>(place), 1, '.');
    return (negative ? "-" : "") + digits;
}

class RowHandler {
public:
    using json = nlohmann::json;

    RowHandler(RowBuffer& rows, std::size_t file, std::vector<std::string> const& path)
        : rows_(rows), file_(file), path_(path) {}

    bool null() { return value(std::nullopt); }
    bool boolean(bool v) { return value(v ? "true" : "false"); }
    bool number_integer(std::int64_t v) { return value(std::to_string(v)); }
    bool number_unsigned(std::uint64_t v) { return value(std::to_string(v)); }
    bool number_float(double, std::string const& text) { return value(without_exponent(text)); }
    bool string(std::string const& text) { return value(text); }
    bool binary(json::binary_t const&) { return true; }

    bool start_object(std::size_t) {
        if (rows_.in_row())
            ++depth_;
        else if (in_array_ && levels_.size() == array_level_)
            rows_.begin_row(file_, ++number_);
        enter(false);
        return true;
    }
    bool end_object() {
        leave();
        if (!rows_.in_row()) return true;
        if (depth_ == 0)
            rows_.end_row();
        else
            --depth_;
        return true;
    }
    bool start_array(std::size_t) {
        if (rows_.in_row()) {
            ++lists_;
        } else if (at_path()) {
            found = in_array_ = true;
            array_level_ = levels_.size() + 1;
        } else if (in_array_ && levels_.size() == array_level_) {
            not_an_object();
        }
        enter(true);
        return true;
    }
    bool end_array() {
        leave();
        if (rows_.in_row())
            --lists_;
        else if (in_array_ && levels_.size() + 1 == array_level_)
            in_array_ = false;
        return true;
    }
    bool key(std::string const& name) {
        levels_.back().key = name;
        if (!rows_.in_row() && !in_array_ && seen.size() < 50) seen.insert(dotted());
        return true;
    }
    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const& error) {
        failure = error.what();
        return false;
    }

    bool found = false;
    std::string failure;
    std::set<std::string> seen; // members outside the rows, to name what there is

private:
    struct Level {
        bool array;
        std::string key;
        std::size_t prefix; // length of column_ before this level's key
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
            if (!level.array) path += (path.empty() ? "" : ".") + level.key;
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
    bool value(std::optional<std::string> text) {
        if (rows_.in_row()) {
            auto const length = column_.size();
            if (!levels_.back().array) {
                if (!column_.empty()) column_ += '.';
                column_ += levels_.back().key;
            }
            rows_.add(column_, text ? std::optional<std::string_view>(*text) : std::nullopt, lists_ > 0);
            column_.resize(length);
        } else if (in_array_ && levels_.size() == array_level_) {
            not_an_object();
        }
        return true;
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
            RowHandler handler(*rows, rows->names.size() - 1, *path);
            std::string const bytes = read_file(file.path);
            rows->hash.add(bytes);
            std::string_view text = bytes;
            if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
            nlohmann::json::sax_parse(text.data(), text.data() + text.size(), &handler);
            std::string const where = "dataset " + request.dataset + ": " + file.shown + ": ";
            if (!handler.failure.empty()) {
                auto const message = handler.failure.find("] ");
                throw Error(ErrorCode::data,
                            where + handler.failure.substr(message == std::string::npos ? 0 : message + 2));
            }
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
