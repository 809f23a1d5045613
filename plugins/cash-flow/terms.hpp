/// Payment terms as people write them: "Net 30", "2/10 net 30", "Due on receipt", "30 days", "14".
#pragma once
#include <deckle/date.hpp>
#include <deckle/decimal.hpp>
#include <optional>
#include <string_view>

namespace cash_flow {

struct Terms {
    int net_days = 0;
    deckle::Decimal discount_rate; // 0 when there is none
    int discount_days = 0;
};

/// nullopt when the text says nothing about days.
[[nodiscard]] std::optional<Terms> parse_terms(std::string_view text);

struct DueDate {
    deckle::Date date;
    bool assumed; // neither due date nor terms were given: the document's own date
};

/// The due date as given, else document date + terms, else the document date (flagged).
[[nodiscard]] DueDate due_date(deckle::Date document, std::optional<deckle::Date> due, std::string_view terms);

} // namespace cash_flow
