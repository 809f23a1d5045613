#include "borrowing_base.hpp"
#include <algorithm>

namespace cash_flow {

Decimal BorrowingBase::base(Decimal advance_rate) const {
    return std::max(Decimal(0), (eligible() * advance_rate).rounded(2));
}

BorrowingBase borrowing_base(std::vector<OpenItem> const& receivables, std::map<std::string, Decimal> const& owed_to,
                             Date as_of, BorrowingRules const& rules) {
    struct Customer {
        Decimal owed, old, credits;
    };
    std::map<std::string, Customer> customers;
    BorrowingBase out;
    for (OpenItem const& i : receivables) {
        Customer& c = customers[i.party];
        out.receivables += i.open;
        if (i.is_credit()) {
            c.credits += i.open;
        } else {
            c.owed += i.open;
            if (as_of - i.date > rules.over_days) c.old += i.open;
        }
    }
    std::map<std::string, Decimal> rest;
    for (auto const& [party, c] : customers) {
        out.over_age += c.old;
        Decimal const left = c.owed - c.old;
        bool const crossed = c.old > c.owed * rules.cross_age;
        if (crossed) out.cross_aged += left;
        Decimal& eligible = rest[party] = crossed ? c.credits : left + c.credits;
        if (auto const it = owed_to.find(party); it != owed_to.end() && eligible > Decimal(0)) {
            Decimal const contra = std::min(eligible, std::max(Decimal(0), it->second));
            out.contra += contra;
            eligible -= contra;
        }
    }
    Decimal const cap = (std::max(Decimal(0), out.eligible()) * rules.concentration).rounded(2);
    for (auto const& [party, eligible] : rest)
        if (eligible > cap) out.concentrated += eligible - cap;
    return out;
}

Decimal availability(Decimal limit, Decimal drawn, std::optional<Decimal> base) {
    return (base ? std::min(limit, *base) : limit) - drawn;
}

} // namespace cash_flow
