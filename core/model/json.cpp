// A SAX handler that builds the tree, because the DOM parser keeps the last of two equal members and rounds numbers,
// both silently. The reader below counts bytes consumed, which is the only position nlohmann's SAX interface leaves
// out.
#include "model/json.hpp"
#include "base/error.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::model {
namespace {

/// Input for nlohmann that remembers how far it was read.
class CountingIterator {
public:
    using difference_type = std::ptrdiff_t;
    using value_type = char;
    using pointer = char const*;
    using reference = char const&;
    using iterator_category = std::input_iterator_tag;

    CountingIterator(char const* at, char const** furthest) : at_(at), furthest_(furthest) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        ++at_;
        *furthest_ = at_;
        return *this;
    }
    bool operator==(CountingIterator const& other) const { return at_ == other.at_; }
    bool operator!=(CountingIterator const& other) const { return at_ != other.at_; }

private:
    char const* at_;
    char const** furthest_;
};

class Builder {
public:
    Builder(std::string_view text, std::string const& name, JsonLimits limits, char const* const& read)
        : text_(text), name_(name), limits_(limits), read_(read) {}

    Json take() { return std::move(root_); }

    bool null() { return add(Json(nullptr)); }
    bool boolean(bool value) { return add(Json(value)); }
    bool number_integer(Json::number_integer_t value) { return add(Json(value)); }
    bool number_unsigned(Json::number_unsigned_t value) { return add(Json(value)); }
    bool number_float(Json::number_float_t value, Json::string_t const& written) {
        auto const mantissa = std::string_view(written).substr(0, written.find_first_of("eE"));
        auto const first = mantissa.find_first_of("123456789");
        auto const significant = first == std::string_view::npos
                                     ? 0
                                     : std::ranges::count_if(mantissa.substr(first), [](char c) { return c != '.'; });
        if (significant > 15)
            fail(ErrorCode::data,
                 fmt::format("the number {} has more digits than a JSON number can hold exactly; write it "
                             "as {{\"$num\":\"{}\"}}",
                             written, written),
                 written);
        return add(Json(value));
    }
    bool string(Json::string_t& value) { return add(Json(std::move(value))); }
    bool binary(Json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(Json::object()); }
    bool key(Json::string_t& name) {
        auto& object = *stack_.back();
        if (object.contains(name))
            fail(ErrorCode::data, fmt::format("member \"{}\" stands twice in one object", name), "\"" + name + "\"");
        key_ = std::move(name);
        return true;
    }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool end_array() { return close(); }
    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const& error) {
        // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error ...": keep the end.
        std::string_view message = error.what();
        if (auto const at = message.find(": "); at != std::string_view::npos) message.remove_prefix(at + 2);
        fail(ErrorCode::data, fmt::format("not valid JSON: {}", message));
    }

private:
    /// At the start of `token` when it is what was just read, else at the last byte read.
    [[noreturn]] void fail(ErrorCode code, std::string const& message, std::string_view token = {}) const {
        auto read = std::min(static_cast<std::size_t>(read_ - text_.data()), text_.size());
        auto const start = token.empty() ? std::string_view::npos : text_.substr(0, read).rfind(token);
        if (start != std::string_view::npos) read = start + 1;
        auto const before = text_.substr(0, read);
        auto const line_start = before.rfind('\n');
        auto const column = before.size() - (line_start == std::string_view::npos ? 0 : line_start + 1);
        auto const line = static_cast<int>(std::ranges::count(before, '\n')) + 1;
        throw Error(code, message, Position{name_, line, std::max(1, static_cast<int>(column))});
    }

    Json* place(Json value) {
        if (++nodes_ > limits_.nodes) fail(ErrorCode::limit, fmt::format("more than {} values", limits_.nodes));
        if (stack_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        auto& parent = *stack_.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        return &(parent[key_] = std::move(value));
    }
    bool add(Json value) {
        place(std::move(value));
        return true;
    }
    bool open(Json value) {
        if (static_cast<int>(stack_.size()) >= limits_.depth)
            fail(ErrorCode::limit, fmt::format("nested deeper than {} levels", limits_.depth));
        stack_.push_back(place(std::move(value)));
        return true;
    }
    bool close() {
        stack_.pop_back();
        return true;
    }

    std::string_view text_;
    std::string const& name_;
    JsonLimits limits_;
    char const* const& read_;
    Json root_;
    std::vector<Json*> stack_; // open containers; only the innermost one grows, so the pointers hold
    std::string key_;
    std::size_t nodes_ = 0;
};

} // namespace

std::string text_of(Json const& object, char const* member) {
    if (!object.is_object()) return {};
    auto const it = object.find(member);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

Json parse_json(std::string_view text, std::string const& name, JsonLimits limits) {
    if (text.size() > limits.bytes)
        throw Error(ErrorCode::limit, fmt::format("{} bytes, more than the {} allowed", text.size(), limits.bytes),
                    {name, 0, 0});
    char const* read = text.data();
    Builder builder(text, name, limits, read);
    Json::sax_parse(CountingIterator(text.data(), &read), CountingIterator(text.data() + text.size(), &read), &builder);
    return builder.take();
}

} // namespace deckle::model
