#include "facts/expression.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include <algorithm>
#include <array>

namespace deckle::facts {
namespace {

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool in_word(char c) {
    return is_lower(c) || is_digit(c) || c == '_' || c == '-';
}

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Expression field() {
        Expression expression;
        blanks();
        if (at_ == text_.size()) fail("the name of a fact is missing");
        std::string const name = id();
        blanks();
        if (peek() == '(')
            expression.value = call(name);
        else
            expression.value = Reference{name, suffix_period()};
        blanks();
        if (take('|')) expression.filter = filter();
        blanks();
        if (at_ != text_.size()) fail("'" + std::string(text_.substr(at_)) + "' does not belong here");
        return expression;
    }

    std::string id() {
        std::size_t const start = at_;
        while (true) {
            if (!is_lower(peek()))
                fail("the name of a fact is made of words in lower case with dots between, such as revenue.managed");
            while (in_word(peek())) ++at_;
            if (peek() != '.' || at_ + 1 >= text_.size() || !is_lower(text_[at_ + 1])) break;
            ++at_;
        }
        return std::string(text_.substr(start, at_ - start));
    }
    [[nodiscard]] bool done() const { return at_ == text_.size(); }

private:
    [[noreturn]] void fail(std::string message) const { throw SyntaxFault{at_, std::move(message)}; }
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n') ++at_;
    }
    bool take(char c) {
        if (peek() != c) return false;
        ++at_;
        return true;
    }
    void expect(char c, char const* otherwise) {
        blanks();
        if (!take(c)) fail(otherwise);
        blanks();
    }

    std::optional<Period> suffix_period() {
        if (!take('.')) return std::nullopt;
        return period();
    }

    Period period() {
        std::size_t const start = at_;
        if (text_.substr(at_).starts_with("LTM ")) at_ += 4;
        while (is_digit(peek()) || peek() == '-' || (peek() >= 'A' && peek() <= 'Z')) ++at_;
        auto found = parse_period(text_.substr(start, at_ - start));
        if (!found || found->always()) {
            at_ = start;
            fail("a period is missing here: 2026, 2026-10, 2026-Q3, 2026-10-31 or LTM-2026-10");
        }
        return *found;
    }

    Call call(std::string const& name) {
        using enum Call::Function;
        Call call;
        if (name == "growth" || name == "cagr") {
            char const* const how = name == "growth"
                                        ? "growth takes a fact and two periods: growth(revenue.total, 2025, 2026)"
                                        : "cagr takes a fact and two periods: cagr(revenue.total, 2023, 2026)";
            call.function = name == "growth" ? growth : cagr;
            expect('(', how);
            call.first.id = call.second.id = id();
            expect(',', how);
            call.first.period = period();
            expect(',', how);
            call.second.period = period();
            expect(')', how);
        } else if (name == "share") {
            char const* const how = "share takes two facts, and the period if it is not the newest: "
                                    "share(revenue.recurring, revenue.total, 2026)";
            call.function = share;
            expect('(', how);
            call.first.id = id();
            expect(',', how);
            call.second.id = id();
            blanks();
            if (take(',')) {
                blanks();
                call.first.period = call.second.period = period();
            }
            expect(')', how);
        } else {
            at_ -= std::min(at_, name.size());
            fail("there is no function '" + name + "'" + suggestion(name, {"growth", "cagr", "share"}));
        }
        return call;
    }

    Filter filter() {
        using enum Filter::Kind;
        static constexpr std::array<std::pair<std::string_view, Filter::Kind>, 6> kinds{
            {{"money", money}, {"pct", pct}, {"num", num}, {"digits", digits}, {"date", date}, {"text", text}}};
        blanks();
        std::size_t const start = at_;
        while (is_lower(peek())) ++at_;
        std::string const name(text_.substr(start, at_ - start));
        auto const* const known = std::ranges::find(kinds, name, &std::pair<std::string_view, Filter::Kind>::first);
        if (known == kinds.end()) {
            at_ = start;
            fail("there is no filter '" + name + "'" +
                 suggestion(name, {"money", "pct", "num", "date", "text", "digits"}));
        }
        Filter filter;
        filter.kind = known->second;
        if (filter.kind == digits && peek() != ':') fail("digits needs a number: digits:1");
        if (!take(':')) return filter;
        std::size_t const argument = at_;
        while (is_lower(peek()) || is_digit(peek()) || peek() == '_') ++at_;
        std::string const word(text_.substr(argument, at_ - argument));
        if (filter.kind == date) {
            std::vector<std::string> const styles = {"long", "medium", "day", "month", "month_short", "month_year"};
            filter.style = word;
            if (std::ranges::find(styles, word) == styles.end()) {
                at_ = argument;
                fail("there is no date style '" + word + "'" + suggestion(word, styles));
            }
        } else if (filter.kind != text && word.size() == 1 && is_digit(word[0])) {
            filter.digits = word[0] - '0';
        } else {
            at_ = argument;
            fail(filter.kind == text ? "text takes nothing after a colon"
                                     : "the places shown are a number from 0 to 9");
        }
        return filter;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

std::variant<Expression, SyntaxFault> parse_expression(std::string_view text) {
    try {
        return Parser(text).field();
    } catch (SyntaxFault const& fault) {
        return fault;
    }
}

bool is_fact_id(std::string_view text) {
    try {
        Parser parser(text);
        (void)parser.id();
        return parser.done();
    } catch (SyntaxFault const&) {
        return false;
    }
}

} // namespace deckle::facts
