#include "ratios.hpp"

namespace cash_flow {

Metric days_of(Decimal balance, Decimal flow, int days, char const* reason) {
    return ratio(balance * days, flow, reason);
}

Metric cash_conversion_cycle(Metric const& dso, Metric const& dio, Metric const& dpo) {
    if (!dso) return dso;
    if (!dio) return dio;
    return difference(dso.value() + dio.value(), dpo);
}

Metric count_back_dso(Decimal receivables, std::vector<MonthSales> const& newest_first) {
    Decimal left = receivables;
    Decimal days;
    if (left <= Decimal(0)) return Decimal(0);
    for (MonthSales const& month : newest_first) {
        if (month.sales >= left) return days + (left * month.days).divided_by(month.sales);
        left -= month.sales;
        days += month.days;
    }
    return Metric::na("no_revenue");
}

Metric collection_effectiveness(Decimal opening, Decimal sales, Decimal closing, Decimal closing_current) {
    return ratio(opening + sales - closing, opening + sales - closing_current);
}

Metric runway_months(Decimal cash, std::vector<Decimal> const& net_by_month) {
    if (net_by_month.empty()) return Metric::na("no_history");
    Decimal net;
    for (Decimal const& n : net_by_month) net += n;
    if (!net.is_negative()) return Metric::na("cash_positive");
    return ratio(cash * static_cast<std::int64_t>(net_by_month.size()), -net);
}

} // namespace cash_flow
