#include "rule.hpp"
#include <algorithm>
#include <cctype>

namespace award_submission {
namespace {

using Content = std::variant<std::string, Decimal, Date>;

std::string_view trim(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string fold(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

std::optional<Content> literal(std::string_view text) {
    text = trim(text);
    if (text.empty()) return std::nullopt;
    if (text.size() > 1 && text.front() == '"' && text.back() == '"')
        return std::string(text.substr(1, text.size() - 2));
    if (auto const date = Date::parse(text)) return *date;
    std::string plain(text);
    bool const percent = plain.back() == '%';
    if (percent) plain.pop_back();
    if (auto const number = Decimal::parse(trim(plain))) return percent ? *number * Decimal::from_units(1, 2) : *number;
    return std::string(text);
}

/// left <=> right as numbers, days, years or words; nullopt when they cannot be compared.
std::optional<std::partial_ordering> compare(Content const& left, Content const& right) {
    if (auto const* l = std::get_if<Decimal>(&left))
        if (auto const* r = std::get_if<Decimal>(&right)) return *l <=> *r;
    if (auto const* l = std::get_if<Date>(&left)) {
        if (auto const* r = std::get_if<Date>(&right)) return *l <=> *r;
        if (auto const* r = std::get_if<Decimal>(&right)) return Decimal(l->year()) <=> *r;
    }
    if (auto const* l = std::get_if<std::string>(&left))
        if (auto const* r = std::get_if<std::string>(&right))
            return fold(*l) == fold(*r) ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
    return std::nullopt;
}

std::optional<Verdict> within(Content const& value, std::string_view list) {
    bool comparable = false;
    for (;;) {
        auto const comma = list.find(',');
        std::string_view const item = trim(list.substr(0, comma));
        if (auto const dots = item.find(".."); dots != std::string_view::npos) {
            auto const low = literal(item.substr(0, dots)), high = literal(item.substr(dots + 2));
            if (!low || !high) return std::nullopt;
            auto const above = compare(value, *low), below = compare(value, *high);
            if (above && below) comparable = true;
            if (above && below && *above >= 0 && *below <= 0) return Verdict::pass;
        } else {
            auto const one = literal(item);
            if (!one) return std::nullopt;
            auto const order = compare(value, *one);
            if (order) comparable = true;
            if (order && *order == 0) return Verdict::pass;
        }
        if (comma == std::string_view::npos) break;
        list.remove_prefix(comma + 1);
    }
    return comparable ? Verdict::fail : Verdict::unknown;
}

Verdict verdict(bool holds) {
    return holds ? Verdict::pass : Verdict::fail;
}

struct Parts {
    std::string_view left, op, right;
};

std::optional<Parts> parts(std::string_view rule) {
    if (auto const in = rule.find(" in "); in != std::string_view::npos) {
        auto const list = trim(rule.substr(in + 4));
        if (list.size() > 2 && list.front() == '(' && list.back() == ')')
            return Parts{trim(rule.substr(0, in)), "in", list.substr(1, list.size() - 2)};
    }
    for (std::string_view const op : {">=", "<=", "!=", ">", "<", "="})
        if (auto const at = rule.find(op); at != std::string_view::npos)
            return Parts{trim(rule.substr(0, at)), op, trim(rule.substr(at + op.size()))};
    return std::nullopt;
}

} // namespace

Ruling judge(std::string_view rule, std::string_view unit, Facts const& facts) {
    Ruling out;
    rule = trim(rule);
    if (rule.empty()) {
        out.reason = "left_to_a_person";
        return out;
    }
    auto unreadable = [&] {
        out.readable = false;
        out.verdict = Verdict::unknown;
        out.reason = "rule_not_understood";
        return out;
    };
    auto const p = parts(rule);
    if (!p) return unreadable();
    auto const value = evaluate(p->left, facts);
    if (!value) return unreadable();
    out.value = *value;
    if (!value->content) {
        out.reason = value->reason;
        return out;
    }
    if (!unit.empty() && value->unit != unit) {
        out.reason = "unit_is:" + (value->unit.empty() ? std::string("none") : value->unit);
        return out;
    }
    if (p->op == "in") {
        auto const found = within(*value->content, p->right);
        if (!found) return unreadable();
        out.verdict = *found;
        if (*found == Verdict::unknown) out.reason = "cannot_be_compared";
        return out;
    }
    auto const right = literal(p->right);
    if (!right) return unreadable();
    auto const order = compare(*value->content, *right);
    bool const words = order && std::holds_alternative<std::string>(*right);
    if (!order || (words && p->op != "=" && p->op != "!=")) {
        out.reason = "cannot_be_compared";
        return out;
    }
    if (p->op == "=") out.verdict = verdict(*order == 0);
    if (p->op == "!=") out.verdict = verdict(*order != 0);
    if (p->op == ">=") out.verdict = verdict(*order >= 0);
    if (p->op == "<=") out.verdict = verdict(*order <= 0);
    if (p->op == ">") out.verdict = verdict(*order > 0);
    if (p->op == "<") out.verdict = verdict(*order < 0);
    return out;
}

} // namespace award_submission
