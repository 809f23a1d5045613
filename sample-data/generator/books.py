"""Double-entry books in whole cents, and the calendar they are kept by."""

from bisect import bisect_right
from collections import defaultdict
from datetime import date, timedelta

# number: (name, QuickBooks type)
ACCOUNTS = {
    1010: ("Operating Checking", "Bank"),
    1020: ("Payroll Checking", "Bank"),
    1030: ("Money Market Reserve", "Bank"),
    1100: ("Accounts Receivable", "Accounts receivable (A/R)"),
    1190: ("Allowance for Doubtful Accounts", "Other Current Assets"),
    1300: ("Inventory", "Other Current Assets"),
    1400: ("Prepaid Insurance", "Other Current Assets"),
    1410: ("Prepaid Software", "Other Current Assets"),
    1450: ("Employee Advances", "Other Current Assets"),
    1500: ("Equipment and Vehicles", "Fixed Assets"),
    1590: ("Accumulated Depreciation", "Fixed Assets"),
    1900: ("Security Deposits", "Other Assets"),
    1990: ("Ask My Accountant", "Other Current Assets"),
    2000: ("Accounts Payable", "Accounts payable (A/P)"),
    2100: ("Business Card ending 4417", "Credit Card"),
    2200: ("Payroll Liabilities", "Other Current Liabilities"),
    2210: ("Accrued Wages", "Other Current Liabilities"),
    2300: ("Sales Tax Payable", "Other Current Liabilities"),
    2350: ("Entity Tax Payable", "Other Current Liabilities"),
    2400: ("Deferred Revenue", "Other Current Liabilities"),
    2450: ("Customer Deposits", "Other Current Liabilities"),
    2500: ("Line of Credit", "Other Current Liabilities"),
    2600: ("Term Loan", "Long Term Liabilities"),
    2610: ("Vehicle Loan", "Long Term Liabilities"),
    3000: ("Owner's Capital", "Equity"),
    3100: ("Owner's Distributions", "Equity"),
    3900: ("Retained Earnings", "Equity"),
    4000: ("Managed Services", "Income"),
    4010: ("Cloud and Licensing", "Income"),
    4100: ("Project Services", "Income"),
    4200: ("Hardware and Software Sales", "Income"),
    4300: ("Time and Materials", "Income"),
    4900: ("Credits and Allowances", "Income"),
    5000: ("Hardware and Software Cost", "Cost of Goods Sold"),
    5010: ("Cloud and Licensing Cost", "Cost of Goods Sold"),
    5020: ("Service Tools", "Cost of Goods Sold"),
    5030: ("Subcontractors", "Cost of Goods Sold"),
    5100: ("Service Wages", "Cost of Goods Sold"),
    6010: ("Salaries", "Expenses"),
    6020: ("Payroll Taxes", "Expenses"),
    6030: ("Employee Benefits", "Expenses"),
    6100: ("Rent", "Expenses"),
    6110: ("Utilities and Telecom", "Expenses"),
    6200: ("Insurance", "Expenses"),
    6300: ("Software Subscriptions", "Expenses"),
    6400: ("Marketing", "Expenses"),
    6500: ("Travel and Vehicles", "Expenses"),
    6600: ("Professional Fees", "Expenses"),
    6700: ("Bad Debt", "Expenses"),
    6800: ("Bank and Card Fees", "Expenses"),
    6900: ("Office and Miscellaneous", "Expenses"),
    6950: ("Depreciation", "Expenses"),
    7000: ("Interest Expense", "Other Expense"),
    7100: ("Interest Income", "Other Income"),
    7200: ("Gain or Loss on Disposal", "Other Income"),
    7300: ("Currency Gain or Loss", "Other Income"),
    7900: ("State Entity Tax", "Other Expense"),
}
BANKS = {1010: "Operating 0171", 1020: "Payroll 0189", 1030: "Reserve 2204"}
RETAINED_EARNINGS = 3900
HIDDEN_ACCOUNT = 1450               # opened in 2026; the memorized trial balance report does not list it

_HOLIDAYS = {
    date(2024, 7, 4), date(2024, 9, 2), date(2024, 10, 14), date(2024, 11, 11), date(2024, 11, 28), date(2024, 12, 25),
    date(2025, 1, 1), date(2025, 1, 20), date(2025, 2, 17), date(2025, 5, 26), date(2025, 6, 19), date(2025, 7, 4),
    date(2025, 9, 1), date(2025, 10, 13), date(2025, 11, 11), date(2025, 11, 27), date(2025, 12, 25),
    date(2026, 1, 1), date(2026, 1, 19), date(2026, 2, 16), date(2026, 5, 25), date(2026, 6, 19), date(2026, 7, 3),
    date(2026, 9, 7), date(2026, 10, 12), date(2026, 11, 11), date(2026, 11, 26), date(2026, 12, 25),
    date(2027, 1, 1), date(2027, 1, 18), date(2027, 2, 15),
}


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _HOLIDAYS


def next_business_day(day: date) -> date:
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def previous_business_day(day: date) -> date:
    while not is_business_day(day):
        day -= timedelta(days=1)
    return day


def add_months(first: date, count: int) -> date:
    month = first.year * 12 + first.month - 1 + count
    return date(month // 12, month % 12 + 1, 1)


def month_end(day: date) -> date:
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def months(start: date, end: date) -> list[date]:
    """First days of the months from `start` to `end`, both included."""
    result, month = [], start.replace(day=1)
    while month <= end:
        result.append(month)
        month = add_months(month, 1)
    return result


class Ledger:
    """Every posting is debit positive, credit negative, and sums to zero."""

    def __init__(self):
        self._days = defaultdict(list)
        self._sorted = None

    def post(self, day: date, *lines: tuple[int, int]):
        assert sum(amount for _, amount in lines) == 0, (day, lines)
        for account, amount in lines:
            assert account in ACCOUNTS, account
            self._days[account].append((day, amount))
        self._sorted = None

    def _running(self, account: int):
        if self._sorted is None:
            self._sorted = {}
        if account not in self._sorted:
            days, sums, total = [], [], 0
            for day, amount in sorted(self._days[account]):
                total += amount
                days.append(day)
                sums.append(total)
            self._sorted[account] = (days, sums)
        return self._sorted[account]

    def balance(self, account: int, day: date) -> int:
        """All postings up to and including `day`; no year-end close."""
        days, sums = self._running(account)
        index = bisect_right(days, day)
        return sums[index - 1] if index else 0

    def trial_balance(self, day: date) -> dict[int, int]:
        """As QuickBooks prints it: income and expense since January 1, earlier profit inside retained earnings."""
        last_year_end = date(day.year - 1, 12, 31)
        result, closed = {}, 0
        for account in ACCOUNTS:
            amount = self.balance(account, day)
            if account >= 4000:
                before = self.balance(account, last_year_end)
                closed += before
                amount -= before
            result[account] = amount
        result[RETAINED_EARNINGS] += closed
        # Distributions close into retained earnings as well.
        before = self.balance(3100, last_year_end)
        result[3100] -= before
        result[RETAINED_EARNINGS] += before
        return result
