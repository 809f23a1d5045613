"""The documents of the trade. Amounts are whole cents; what was paid is kept with the document, so that what is open can be
asked for any day."""

from dataclasses import dataclass, field
from datetime import date

from .cast import Customer

RECURRING_ACCOUNTS = (4000, 4010)


@dataclass
class Line:
    account: int
    product: str
    text: str
    quantity: float
    price: int                      # cents for one
    cost: int = 0                   # cents for the line
    taxable: bool = False

    @property
    def amount(self) -> int:
        return round(self.quantity * self.price)

    @property
    def recurring(self) -> bool:
        return self.account in RECURRING_ACCOUNTS


@dataclass(eq=False)
class Invoice:
    customer: Customer
    date: date
    type: str                       # ConnectWise's own
    lines: list[Line]
    terms: str
    due: date | None
    agreement: "Agreement | None" = None
    project: str = ""
    order: str = ""
    void: bool = False
    draft: bool = False
    months: int = 1                 # billed in advance for so many months
    id: int = 0
    number: str = ""
    paid: list[tuple[date, int]] = field(default_factory=list)      # payments and credits, for the open amount

    @property
    def subtotal(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def tax(self) -> int:
        return round(sum(line.amount for line in self.lines if line.taxable) * 0.07)

    @property
    def total(self) -> int:
        return self.subtotal + self.tax

    def open(self, day: date) -> int:
        if self.void or self.draft or self.date > day:
            return 0
        return self.total - sum(amount for paid, amount in self.paid if paid <= day)


@dataclass(eq=False)
class Payment:
    invoice: Invoice | None
    customer: Customer
    date: date
    amount: int
    kind: str = "Payment"           # Payment, Credit applied, Write-off
    method: str = "ACH"
    credit_memo: "CreditMemo | None" = None
    id: str = ""


@dataclass(eq=False)
class CreditMemo:
    customer: Customer
    date: date
    total: int
    reason: str
    id: int = 0
    number: str = ""
    applied: list[tuple[date, int]] = field(default_factory=list)

    def open(self, day: date) -> int:
        return 0 if self.date > day else self.total - sum(amount for used, amount in self.applied if used <= day)


@dataclass(eq=False)
class Addition:
    product: str
    text: str
    quantity: int
    price: int
    cost: int
    account: int
    start: date
    end: date | None = None
    billable: bool = True
    id: int = 0

    def runs(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(eq=False)
class Agreement:
    id: int
    customer: Customer
    name: str
    type: str
    cycle: int                      # months
    amount: int
    start: date
    end: date | None = None         # last day by contract
    cancelled: date | None = None   # first day it no longer runs
    additions: list[Addition] = field(default_factory=list)

    def runs(self, day: date) -> bool:
        return self.start <= day and (self.cancelled is None or day < self.cancelled)

    def bills_in(self, month: date) -> bool:
        return self.runs(month) and (month.year * 12 + month.month - self.start.year * 12 - self.start.month) % self.cycle == 0


@dataclass(eq=False)
class Bill:
    vendor: object
    date: date
    due: date
    amount: int                     # in the vendor's currency
    account: int
    memo: str
    number: str = ""
    rate: float = 1.0
    hold: bool = False
    id: str = ""
    paid: list[tuple[date, int, str]] = field(default_factory=list)     # date, amount, payment or discount

    @property
    def home(self) -> int:
        return round(self.amount * self.rate)

    def open(self, day: date) -> int:
        return 0 if self.date > day else self.amount - sum(amount for paid, amount, _ in self.paid if paid <= day)


@dataclass
class BankMove:
    account: int
    date: date
    amount: int
    text: str
    counterparty: str
    category: str
    contra: int
    reference: str = ""


@dataclass
class TimeEntry:
    date: date
    person: object
    customer: Customer
    work_type: str
    hours: float
    billable: str
    rate: int
    status: str
    notes: str
    agreement: Agreement | None = None
    invoice: Invoice | None = None
    id: int = 0

    @property
    def amount(self) -> int:
        return round(self.hours * self.rate) if self.billable == "Billable" else 0


@dataclass
class UnbilledItem:
    date: date
    kind: str
    customer: Customer
    text: str
    amount: int
    cost: int
    invoice: Invoice | None = None
