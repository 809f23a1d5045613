#include "data/cells.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <limits>

namespace deckle::data {
namespace {

// As in a closed list: "Break-Fix" is break_fix.
std::string as_listed(std::string_view text) {
    std::string s = fold(text);
    std::replace_if(
        s.begin(), s.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
    return s;
}

std::string joined(std::vector<std::string> const& list) {
    std::string s;
    for (auto const& item : list) s += (s.empty() ? "" : ", ") + item;
    return s;
}

} // namespace

CellReader::CellReader(ColumnDefinition definition, ColumnBinding binding, std::vector<std::size_t> sources,
                       Context context)
    : definition_(std::move(definition)), binding_(std::move(binding)), sources_(std::move(sources)),
      context_(std::move(context)) {
    std::string reason;
    for (auto const& pattern : binding_.notation.dates)
        if (auto made = DatePattern::compile(pattern, reason)) dates_.push_back(std::move(*made));
    if (dates_.empty()) dates_.emplace_back();
    if (!binding_.notation.zone.empty()) context_.zone = binding_.notation.zone;
}

bool CellReader::bad(std::string_view text, std::string reason) {
    text_ = text;
    reason_ = std::move(reason);
    return false;
}

bool CellReader::blank(std::string_view text) const {
    if (text.empty()) return true;
    return !context_.nulls.empty() &&
           std::find(context_.nulls.begin(), context_.nulls.end(), fold(text)) != context_.nulls.end();
}

std::optional<std::string_view> CellReader::source_text(SourceRow const& row) const {
    for (auto const source : sources_) {
        if (source >= row.cells.size() || !row.cells[source]) continue;
        auto const text = trim(*row.cells[source]);
        if (!blank(text)) return text;
    }
    if (binding_.constant.empty()) return std::nullopt;
    return binding_.constant;
}

bool CellReader::read(SourceRow const& row, ColumnBuilder& to) {
    if (binding_.kind == ColumnBinding::Kind::difference) {
        if (put_difference(row, to)) return true;
        to.null();
        return false;
    }
    auto text = source_text(row);
    if (text && !binding_.values.empty()) {
        auto mapped = binding_.values.find(fold(*text));
        if (mapped == binding_.values.end()) mapped = binding_.values.find("*");
        if (mapped != binding_.values.end()) text = mapped->second;
        if (text->empty()) text.reset();
    }
    if (!text && context_.is_currency) text = context_.currency;
    if (!text) {
        to.null();
        if (!definition_.required) return true;
        return bad("", "is required, but empty");
    }
    if (convert(*text, to)) return true;
    to.null();
    return false;
}

bool CellReader::convert(std::string_view text, ColumnBuilder& to) {
    switch (definition_.type) {
    case Type::text:
        return put_text(text, to);
    case Type::integer:
    case Type::decimal:
    case Type::money: {
        std::string reason;
        auto const number = parse_number(text, binding_.notation.decimal, reason);
        if (!number) return bad(text, std::move(reason));
        if (!put_number(*number, to)) return bad(text, std::move(reason_));
        return true;
    }
    case Type::date:
        for (auto const& pattern : dates_)
            if (auto const date = pattern.date(text)) {
                to.date(*date);
                return true;
            }
        break;
    case Type::datetime:
        for (auto const& pattern : dates_)
            if (auto const instant = pattern.datetime(text, context_.zone)) {
                to.datetime(*instant);
                return true;
            }
        break;
    case Type::boolean:
        if (auto const value = parse_boolean(text)) {
            to.boolean(*value);
            return true;
        }
        return bad(text, "is not yes or no (yes no true false y n t f 1 0)");
    }
    std::string const patterns = joined(binding_.notation.dates);
    return bad(text, "is not a date " + (patterns.empty() ? "such as 2026-10-31; set dates = \"M/D/YYYY\" or the like"
                                                          : "of the pattern " + patterns));
}

bool CellReader::put_text(std::string_view text, ColumnBuilder& to) {
    if (context_.is_currency) {
        std::string code(text);
        std::transform(code.begin(), code.end(), code.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        if (!is_currency(code)) return bad(text, "is no ISO 4217 currency code");
        to.text(code);
        return true;
    }
    auto const& values = definition_.values;
    if (!values.empty() && std::find(values.begin(), values.end(), text) == values.end()) {
        std::string const listed = as_listed(text);
        auto const it =
            std::find_if(values.begin(), values.end(), [&](auto const& v) { return as_listed(v) == listed; });
        if (it == values.end())
            return bad(text, "is none of " + joined(values) + "; say what it means in values." + definition_.name);
        text = *it;
    }
    to.text(text);
    return true;
}

bool CellReader::put_number(Decimal number, ColumnBuilder& to) {
    if (binding_.negate) number = -number;
    if (definition_.type == Type::integer) {
        number = number.trimmed();
        using Limits = std::numeric_limits<std::int64_t>;
        if (number.scale() != 0) return bad({}, "is not a whole number");
        if (number.units() > Limits::max() || number.units() < Limits::min()) return bad({}, "is too large");
        to.integer(static_cast<std::int64_t>(number.units()));
        return true;
    }
    if (number.scale() > definition_.scale && number.trimmed().scale() > definition_.scale) ++rounded_;
    try {
        to.decimal(number);
    } catch (Error const&) {
        return bad({}, "has more than 38 digits");
    }
    return true;
}

bool CellReader::put_difference(SourceRow const& row, ColumnBuilder& to) {
    std::optional<Decimal> sum;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        auto const source = sources_[i];
        if (source >= row.cells.size() || !row.cells[source]) continue;
        auto const text = trim(*row.cells[source]);
        if (blank(text)) continue;
        std::string reason;
        auto const number = parse_number(text, binding_.notation.decimal, reason);
        if (!number) return bad(text, std::move(reason));
        sum = sum.value_or(Decimal{}) + (i == 0 ? *number : -*number);
    }
    if (sum) return put_number(*sum, to);
    if (definition_.required) return bad("", "is required, but empty");
    to.null();
    return true;
}

} // namespace deckle::data
