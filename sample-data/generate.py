#!/usr/bin/env python3
"""Writes the sample workspace's data: python3 sample-data/generate.py

The company, its customers and every figure are invented. The same script gives the same bytes; nothing here is needed to
run Deckle or its tests. generator/cast.py has the people, business.py what happens to them, exports.py how it is written.
"""

import sys
from datetime import timedelta
from pathlib import Path

sys.dont_write_bytecode = True
from generator import compliance, exports
from generator.books import ACCOUNTS, BANKS, HIDDEN_ACCOUNT, add_months, month_end, months
from generator.business import ADVANCE, AS_OF, FIRST, UNBILLED_AT_AS_OF, Business
from generator.growth import Growth


def check(b: Business):
    """The books hold together at every month end, and every statement but one explains the change in cash."""
    balance = b.ledger.balance
    for month in months(add_months(FIRST, -1), AS_OF):
        day, before = month_end(month), month - timedelta(days=1)
        assert sum(b.ledger.trial_balance(day).values()) == 0, day
        receivable = (sum(i.open(day) for i in b.invoices) - sum(m.open(day) for m in b.credit_memos)
                      - sum(p.amount for p in b.payments if p.invoice is None and p.date <= day))
        assert receivable == balance(1100, day), (day, receivable, balance(1100, day))
        payable = sum(round(x.open(day) * x.rate) for x in b.bills)
        assert payable == -balance(2000, day), (day, payable, balance(2000, day))
        for account in BANKS:
            moved = sum(m.amount for m in b.bank_moves if m.account == account and before < m.date <= day)
            assert moved == balance(account, day) - balance(account, before), (day, account)
            assert balance(account, day) > 0, (day, account)
        assert sum(balance(a, day) - balance(a, before) for a in BANKS) + unexplained(b, day, before) == explained(b, day, before), day
        assert unexplained(b, day, before) == (ADVANCE[1] if month == ADVANCE[0].replace(day=1) else 0), day
    work = sum(e.amount for e in b.time_entries if e.invoice is None and e.status != "WrittenOff")
    assert work + sum(u.amount for u in b.unbilled) == UNBILLED_AT_AS_OF


def explained(b, day, before):
    """Change in cash by the statement: the other accounts of the export, turned around."""
    exported = [a for a in ACCOUNTS if a not in BANKS and a != HIDDEN_ACCOUNT]
    return -sum(b.ledger.balance(a, day) - b.ledger.balance(a, before) for a in exported)


def unexplained(b, day, before):
    return b.ledger.balance(HIDDEN_ACCOUNT, day) - b.ledger.balance(HIDDEN_ACCOUNT, before)


def main():
    b = Business()
    check(b)
    out = exports.Folder(Path(__file__).resolve().parent)
    published = exports.Published(b)
    growth = Growth(b)
    exports.connectwise(out, b, published)
    exports.quickbooks(out, b, published)
    exports.bank(out, b, published)
    exports.records(out, b)
    exports.crm(out, b, published, growth)
    compliance.records(out)
    growth.awards(out)


if __name__ == "__main__":
    main()
