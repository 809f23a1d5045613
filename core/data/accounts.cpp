#include "data/accounts.hpp"
#include "data/accounts_reader.hpp"
#include "data/words.hpp"
#include <algorithm>

namespace deckle::data {
namespace {

bool is_digits(std::string_view s) {
    return !s.empty() && s.size() <= 18 && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t number_of(std::string_view digits) {
    std::int64_t n = 0;
    for (char const c : digits) n = n * 10 + (c - '0');
    return n;
}

// The digits an account number starts with: "4010.5" and "4010:20" are sub-accounts of 4010.
std::string_view main_number(std::string_view number) {
    std::size_t n = 0;
    while (n < number.size() && number[n] >= '0' && number[n] <= '9') ++n;
    return number.substr(0, n);
}

bool in_range(std::string const& number, AccountMap::Range const& range) {
    if (range.from == range.to) return number == range.from;
    if (!is_digits(range.from)) return number >= range.from && number <= range.to;
    auto const digits = main_number(number);
    return is_digits(digits) && number_of(digits) >= number_of(range.from) && number_of(digits) <= number_of(range.to);
}

// Ranges of other than plain numbers are wider than any of plain numbers.
std::int64_t width(AccountMap::Range const& range) {
    if (range.from == range.to) return 0;
    return is_digits(range.from) ? number_of(range.to) - number_of(range.from) : std::int64_t{1} << 60;
}

std::optional<AccountMap::Range> read_range(std::string const& text) {
    auto range = [](std::string_view from, std::string_view to) -> std::optional<AccountMap::Range> {
        AccountMap::Range r{fold(from), fold(to), {}, {}};
        bool const numbers = is_digits(r.from) && is_digits(r.to);
        if (r.from.empty() || r.to.empty() || is_digits(r.from) != is_digits(r.to)) return std::nullopt;
        if (numbers ? number_of(r.from) > number_of(r.to) : r.from > r.to) return std::nullopt;
        return r;
    };
    if (auto const at = text.find(" to "); at != std::string::npos)
        return range(text.substr(0, at), text.substr(at + 4));
    if (auto const at = text.find('-'); at != std::string::npos) {
        auto const from = trim(std::string_view(text).substr(0, at)), to = trim(std::string_view(text).substr(at + 1));
        if (is_digits(from) && is_digits(to)) return range(from, to);
    }
    return range(text, text);
}

bool overlap(AccountMap::Range const& a, AccountMap::Range const& b) {
    return in_range(a.from, b) || in_range(a.to, b) || in_range(b.from, a);
}

void read_lines(Section& section, std::vector<AccountMap::Range>& ranges, std::vector<std::string> const& lines) {
    for (auto const& [key, value] : section.raw()) {
        std::string const line(key.str());
        auto const entries = section.texts(line);
        if (!lines.empty() && std::find(lines.begin(), lines.end(), line) == lines.end())
            section.problem(line, "unknown statement line '" + line + "'" + hint(line, lines));
        for (auto const& entry : entries) {
            auto range = read_range(entry);
            if (!range) {
                section.problem(line, line + ": '" + entry + "' is no account number or range such as \"4000-4999\"");
                continue;
            }
            range->line = line;
            range->position = section.at(line);
            for (auto const& other : ranges)
                if (width(other) == width(*range) && overlap(other, *range))
                    section.problem(line, line + ": '" + entry + "' is given to '" + other.line + "' as well");
            ranges.push_back(std::move(*range));
        }
    }
}

struct Word {
    char const* words; // letters() of a part of the name
    char const* types; // account types it counts for, blank-separated; empty = any
    char const* line;
};

// Tell-tale words, the more particular first.
constexpr Word by_name[] = {
    {"accumulateddepreciation", "", "accumulated_depreciation"},
    {"accumulatedamortization", "", "accumulated_depreciation"},
    {"allowance", "receivable other_current_asset", "allowance"},
    {"baddebt", "", "bad_debt"},
    {"doubtful", "expense other_expense", "bad_debt"},
    {"depreciation", "", "depreciation"},
    {"amortization", "", "depreciation"},
    {"salestax", "", "sales_tax"},
    {"incometax", "other_current_liability long_term_liability", "income_tax_payable"},
    {"incometax", "expense other_expense", "tax"},
    {"interest", "expense other_expense", "interest"},
    {"interest", "income other_income", "other_income"},
    {"disposal", "income other_income expense other_expense", "gain_loss_disposal"},
    {"saleofequipment", "income other_income expense other_expense", "gain_loss_disposal"},
    {"deferredrevenue", "", "deferred_revenue"},
    {"unearned", "", "deferred_revenue"},
    {"deposit", "other_current_liability", "customer_deposits"},
    {"retainer", "other_current_liability", "customer_deposits"},
    {"lineofcredit", "other_current_liability long_term_liability", "line_of_credit"},
    {"loan", "other_current_liability", "loans_current"},
    {"currentportion", "", "loans_current"},
    {"loan", "other_asset other_current_asset", "loans_made"},
    {"accrued", "other_current_liability", "accrued"},
    {"payroll", "other_current_liability", "accrued"},
    {"wages", "other_current_liability", "accrued"},
    {"prepaid", "", "prepaid"},
    {"unbilled", "", "unbilled"},
    {"workinprogress", "", "unbilled"},
    {"inventory", "other_current_asset", "inventory"},
    {"restricted", "bank", "restricted_cash"},
    {"escrow", "bank", "restricted_cash"},
    {"retainedearnings", "", "retained_earnings"},
    {"distribution", "equity", "distributions"},
    {"dividend", "equity", "distributions"},
    {"draw", "equity", "distributions"},
};

constexpr std::pair<char const*, char const*> by_type[] = {
    {"bank", "cash"},
    {"receivable", "receivables"},
    {"other_current_asset", "other_current_assets"},
    {"fixed_asset", "fixed_assets"},
    {"other_asset", "other_assets"},
    {"payable", "payables"},
    {"credit_card", "credit_cards"},
    {"other_current_liability", "other_current_liabilities"},
    {"long_term_liability", "loans"},
    {"equity", "equity"},
    {"income", "revenue"},
    {"cogs", "cogs"},
    {"expense", "opex"},
    {"other_income", "other_income"},
    {"other_expense", "opex"},
};

constexpr std::pair<char const*, char const*> by_number[] = {
    {"10", "cash"},
    {"11", "receivables"},
    {"12", "receivables"},
    {"13", "other_current_assets"},
    {"14", "inventory"},
    {"15", "fixed_assets"},
    {"16", "fixed_assets"},
    {"17", "fixed_assets"},
    {"18", "other_assets"},
    {"19", "other_assets"},
    {"20", "payables"},
    {"21", "other_current_liabilities"},
    {"22", "accrued"},
    {"23", "other_current_liabilities"},
    {"24", "other_current_liabilities"},
    {"25", "loans"},
    {"26", "loans"},
    {"27", "loans"},
    {"28", "other_liabilities"},
    {"29", "other_liabilities"},
    {"3", "equity"},
    {"4", "revenue"},
    {"5", "cogs"},
    {"6", "opex"},
    {"7", "opex"},
    {"8", "other_income"},
};

bool has_word(std::string_view list, std::string_view word) {
    for (std::size_t at = 0; at < list.size();) {
        auto const end = std::min(list.find(' ', at), list.size());
        if (list.substr(at, end - at) == word) return true;
        at = end + 1;
    }
    return false;
}

} // namespace

AccountMap::AccountMap(std::vector<Range> ranges, std::map<std::string, std::string, std::less<>> types)
    : ranges_(std::move(ranges)) {
    std::stable_sort(ranges_.begin(), ranges_.end(), [](auto const& a, auto const& b) { return width(a) < width(b); });
    for (auto const& [type, line] : types) types_.emplace(letters(type), line);
}

std::optional<std::string> AccountMap::line(std::string_view number, std::string_view type) const {
    std::string const folded = fold(number);
    for (auto const& range : ranges_)
        if (in_range(folded, range)) return range.line;
    auto const it = types_.find(letters(type));
    return it == types_.end() ? std::nullopt : std::optional(it->second);
}

AccountMap read_accounts(std::string_view toml, std::string const& file, std::vector<std::string> const& lines,
                         Problems& problems) {
    auto const document = parse_toml(toml, file, problems);
    if (!document) return {};
    Section section(*document, "", file, problems);
    std::vector<AccountMap::Range> ranges;
    std::map<std::string, std::string, std::less<>> types;
    if (auto const* table = section.table("lines")) {
        Section list(*table, "[lines]", file, problems);
        read_lines(list, ranges, lines);
    }
    if (auto const* table = section.table("types")) {
        Section list(*table, "[types]", file, problems);
        for (auto const& [key, value] : *table) {
            std::string const type(key.str());
            auto const line = list.text(type);
            if (!line) continue;
            if (!lines.empty() && std::find(lines.begin(), lines.end(), *line) == lines.end())
                list.problem(type, "unknown statement line '" + *line + "'" + hint(*line, lines));
            auto const same = [&](auto const& other) { return letters(other.first) == letters(type); };
            if (std::any_of(types.begin(), types.end(), same)) list.problem(type, "type '" + type + "' is given twice");
            types.emplace(type, *line);
        }
    }
    section.finish();
    return {std::move(ranges), std::move(types)};
}

AccountMap parse_accounts(std::string_view toml, std::string const& file, std::vector<std::string> const& lines) {
    Problems problems;
    auto accounts = read_accounts(toml, file, lines, problems);
    problems.raise();
    return accounts;
}

std::optional<std::string> propose_line(std::string_view number, std::string_view name, std::string_view type,
                                        std::vector<std::string> const& lines) {
    auto proposed = [&]() -> std::optional<std::string> {
        std::string const words = letters(name);
        for (auto const& word : by_name) {
            std::string_view const types = word.types;
            if (words.find(word.words) != std::string::npos && (types.empty() || has_word(types, type)))
                return word.line;
        }
        for (auto const& [t, line] : by_type)
            if (type == t) return line;
        for (auto const& [start, line] : by_number)
            if (is_digits(main_number(number)) && main_number(number).size() >= 3 && number.starts_with(start))
                return line;
        return std::nullopt;
    }();
    bool const known = proposed && (lines.empty() || std::find(lines.begin(), lines.end(), *proposed) != lines.end());
    return known ? proposed : std::nullopt;
}

} // namespace deckle::data
