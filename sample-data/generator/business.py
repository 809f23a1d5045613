"""Twenty-nine months in the life of the sample company: every event makes its document, its bank movement and its posting
at once, so the exports cannot disagree with each other. Amounts are whole cents."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from .books import (BANKS, HIDDEN_ACCOUNT, Ledger, add_months, is_business_day, month_end, months, next_business_day,
                    previous_business_day)
from .cast import PEOPLE, TERMS, VENDORS, customers
from .documents import (Addition, Agreement, BankMove, Bill, CreditMemo, Invoice, Line, Payment, TimeEntry,
                        UnbilledItem)

WARM_UP = date(2024, 6, 1)          # simulated but not published, so that the first published month opens with real balances
FIRST = date(2024, 11, 1)
AS_OF = date(2026, 10, 31)
CASH_AT_AS_OF = 318_418_27
CARD_AT_AS_OF = 6_204_18
UNBILLED_AT_AS_OF = 19_850_00
ADVANCE = (date(2026, 7, 15), 1_250_00)      # booked to an account that the trial balance export leaves out

OPERATING, PAYROLL, RESERVE = 1010, 1020, 1030


def dollars(value: float) -> int:
    return round(value * 100)


class Business:
    def __init__(self):
        self.ledger = Ledger()
        self.customers = customers()
        self.by_name = {c.name: c for c in self.customers}
        self.vendors = {v.name: v for v in VENDORS}
        self.invoices, self.payments, self.credit_memos = [], [], []
        self.agreements, self.bills, self.bank_moves = [], [], []
        self.time_entries, self.unbilled, self.payroll, self.taxes = [], [], [], []
        self.rates = {}
        self.loans = {}
        self._deposits = defaultdict(list)
        self._simulate()

    def _simulate(self):
        self._exchange_rates()
        self._opening()
        self._make_agreements()
        self._agreement_invoices()
        self._project_invoices()
        self._product_invoices()
        self._time_and_materials()
        self._special_invoices()
        self._number_invoices()
        self._credit_memos()
        self._customer_payments()
        self._post_sales()
        self._overhead_bills()
        self._pay_bills()
        self._payroll()
        self._debt_and_taxes()
        self._month_end_entries()
        self._settle_opening_cash()

    # ---- small tools -----------------------------------------------------------------------------------------------
    def bank(self, account, day, amount, text, counterparty, category, contra, reference=""):
        if amount and day <= AS_OF:
            self.bank_moves.append(BankMove(account, day, amount, text, counterparty, category, contra, reference))
            self.ledger.post(day, (account, amount), (contra, -amount))

    def cash(self, day):
        return sum(self.ledger.balance(account, day) for account in BANKS)

    # ---- opening and rates -----------------------------------------------------------------------------------------
    def _exchange_rates(self):
        chance, rate, day = Random(7), 1.0850, WARM_UP
        while day <= AS_OF:
            if day.weekday() < 5:
                rate += chance.gauss(0, 0.0031) + (1.10 - rate) * 0.01
                self.rates[day] = round(rate, 4)
            day += timedelta(days=1)

    def rate(self, currency, day):
        if currency == "USD":
            return 1.0
        while day not in self.rates:
            day -= timedelta(days=1)
        return self.rates[day]

    def _opening(self):
        start = WARM_UP - timedelta(days=1)
        opening = {RESERVE: 82_000_00, PAYROLL: 6_500_00, 1300: 17_480_00, 1400: 2_900_00, 1410: 3_600_00, 1500: 148_200_00,
                   1590: -61_300_00, 1900: 9_200_00, 1190: -7_400_00, 2600: -240_000_00, 2500: -45_000_00,
                   3000: -50_000_00}
        self.ledger.post(start, *opening.items(), (3900, -sum(opening.values())))

    def _settle_opening_cash(self):
        """Operating cash before the first event is what makes the closing balance come out; retained earnings balance it."""
        amount = CASH_AT_AS_OF - self.cash(AS_OF)
        start = WARM_UP - timedelta(days=1)
        self.ledger.post(start, (OPERATING, amount), (3900, -amount))

    # ---- agreements and their invoices -----------------------------------------------------------------------------
    def _make_agreements(self):
        chance, number = Random(11), 301
        for customer in self.customers:
            seats = customer.seats
            managed = Agreement(number, customer, "Managed Services", "Managed Services", 1,
                                dollars(round(seats * chance.choice((66, 70, 72, 76)) / 5) * 5), customer.start, None, customer.end)
            number += 1
            add = managed.additions
            premium = chance.random() < 0.7
            add.append(Addition("M365-BP" if premium else "M365-BS", "Microsoft 365 Business " + ("Premium" if premium else "Standard"),
                                seats, 2200 if premium else 1250, 1870 if premium else 1060, 4010, customer.start))
            add.append(Addition("EDR", "Managed endpoint detection", seats, 450, 260, 4010, customer.start))
            if seats > 10:
                add.append(Addition("BDR-SRV", "Server backup and recovery", max(1, seats // 14), 14500, 8200, 4010, customer.start))
            if chance.random() < 0.35:
                add.append(Addition("VOICE", "Hosted voice seat", seats // 2 + 1, 1950, 1120, 4010, customer.start))
            if chance.random() < 0.4 and customer.end is None:
                month = add_months(date(2024, 12, 1), chance.randrange(22))
                if month > customer.start:
                    extra = max(2, seats // 6)
                    add.append(Addition("SEAT", "Managed seat added", extra, 7200, 0, 4000, month))
                    add.append(Addition("M365-BP", "Microsoft 365 Business Premium", extra, 2200, 1870, 4010, month))
            if chance.random() < 0.12 and customer.end is None:
                add.append(Addition("CREDIT-SITE", "Remote site discount", -1, dollars(chance.choice((40, 60, 95))), 0, 4000, customer.start))
            if chance.random() < 0.08:
                cut = add_months(date(2025, 2, 1), chance.randrange(20))
                add.append(Addition("FAX", "Fax gateway", 1, 4900, 3100, 4010, customer.start, max(cut, customer.start)))
            self.agreements.append(managed)
            if chance.random() < 0.13 and customer.end is None:
                first = max(customer.start, date(2024, 6, 1))
                self.agreements.append(Agreement(number, customer, "Vulnerability Management", "Security", 3,
                                                 dollars(round(seats * 27 / 10) * 10), first))
                number += 1
            if chance.random() < 0.12 and customer.end is None:
                first = date(2024, 7 + chance.randrange(6), 1) if customer.start < date(2024, 7, 1) else customer.start
                self.agreements.append(Agreement(number, customer, "Security Awareness Training", "Security", 12,
                                                 dollars(seats * 31), first))
                number += 1
        by_customer = {a.customer.name: a for a in self.agreements if a.type == "Managed Services"}
        by_customer["Emerson Foundry"].end = date(2026, 7, 31)              # past its end, still billed
        by_customer["Founders Square Dental"].end = date(2026, 12, 31)
        by_customer["Bluestem Credit Union"].end = date(2027, 1, 31)
        by_customer["Stonebridge Wealth Advisors"].end = date(2026, 11, 30)
        by_customer["Walnut Street Theatre Guild"].cancelled = date(2026, 12, 1)    # notice given, still running
        number = 9001
        for agreement in self.agreements:
            for addition in agreement.additions:
                addition.id = number
                number += 1
        by_customer["Nishna Valley Foods"].additions.append(
            Addition("MON-TRIAL", "Dark web monitoring, trial", 74, 250, 90, 4010, date(2026, 9, 1), billable=False, id=number))

    def monthly_amount(self, agreement, day):
        base = agreement.amount + sum(round(a.quantity * a.price) for a in agreement.additions if a.billable and a.runs(day))
        return base / agreement.cycle

    def _agreement_invoices(self):
        for month in months(WARM_UP, AS_OF):
            for agreement in self.agreements:
                if not agreement.bills_in(month):
                    continue
                period = f"{month:%B %Y}" if agreement.cycle == 1 else f"{month:%b %Y} to {add_months(month, agreement.cycle - 1):%b %Y}"
                lines = [Line(4000, agreement.type.upper().replace(" ", "-"), f"{agreement.name}, {period}", 1, agreement.amount)]
                lines += [Line(a.account, a.product, a.text, a.quantity, a.price, a.quantity * a.cost)
                          for a in agreement.additions if a.billable and a.runs(month)]
                customer = agreement.customer
                self._invoice(customer, month, "Agreement", lines, agreement=agreement, months=agreement.cycle)

    def _invoice(self, customer, day, type, lines, **more):
        terms = more.pop("terms", customer.terms)
        due = more.pop("due", day + timedelta(days=TERMS[terms]))
        invoice = Invoice(customer, day, type, lines, terms, due, **more)
        self.invoices.append(invoice)
        return invoice

    # ---- one-time sales --------------------------------------------------------------------------------------------
    def _active(self, day):
        return [c for c in self.customers if c.start <= day and (c.end is None or day < c.end)]

    @staticmethod
    def _buys_nothing(customer, day):
        """Those that owe much already, and three large ones in the last weeks."""
        if customer.name in ("Harlan Clinic", "Tri-County Co-op"):
            return day > date(2026, 6, 30)
        return customer.name in ("Belle Plaine Bottling", "Nishna Valley Foods", "Quad Rivers Logistics") and day > date(2026, 9, 8)

    def _project_invoices(self):
        chance = Random(23)
        kinds = ("Server migration", "Wireless refresh", "Microsoft 365 tenant move", "Office network build-out",
                 "Firewall replacement", "Phone system cutover", "Backup redesign", "Conditional access rollout")
        for month in months(WARM_UP, AS_OF):
            for _ in range(chance.choice((5, 6, 6, 7))):
                customer = chance.choices(self._active(month), [c.seats for c in self._active(month)])[0]
                day = next_business_day(month + timedelta(days=chance.randrange(3, 27)))
                if self._buys_nothing(customer, day):
                    continue
                hours = chance.randrange(24, 96, 4)
                kind = chance.choice(kinds)
                lines = [Line(4100, "PROJ-ENG", f"{kind}: engineering", hours, 15500)]
                if chance.random() < 0.6:
                    lines.append(Line(4100, "PROJ-PM", f"{kind}: coordination", hours // 8, 13500))
                invoice = self._invoice(customer, day, "Progress", lines, project=f"{kind} {customer.identifier[:6].upper()}")
                if chance.random() < 0.3:
                    self._bill("Kestrel Cabling, LLC", day - timedelta(days=6), round(invoice.subtotal * 0.42), 5030,
                               f"Cabling for {invoice.project}")

    def _product_invoices(self):
        chance = Random(29)
        goods = (("LAP-5450", "Laptop 14 inch, dock and warranty", 148000), ("FW-60", "Firewall with 3-year security bundle", 236500),
                 ("AP-6E", "Wi-Fi 6E access point", 42900), ("SRV-R250", "Tower server", 489000), ("MON-27", "27 inch monitor", 28900),
                 ("SW-48P", "48-port PoE switch", 214000), ("UPS-1500", "Line-interactive UPS", 67900))
        for month in months(WARM_UP, AS_OF):
            for _ in range(chance.choice((11, 12, 13, 14))):
                customer = chance.choices(self._active(month), [c.seats for c in self._active(month)])[0]
                day = next_business_day(month + timedelta(days=chance.randrange(1, 28)))
                picks = chance.sample(goods, chance.choice((1, 2, 2, 3)))
                if day > AS_OF or self._buys_nothing(customer, day):
                    continue
                lines = []
                for code, text, price in picks:
                    quantity = chance.choice((1, 2, 2, 3, 4, 6)) if price < 200000 else 1
                    unit = round(price * chance.uniform(0.96, 1.06) / 100) * 100
                    lines.append(Line(4200, code, text, quantity, unit, round(quantity * unit * chance.uniform(0.79, 0.85)), True))
                invoice = self._invoice(customer, day, "Standard", lines, order=f"PO-{chance.randrange(1000, 9999)}")
                vendor = "Ingram Micro" if chance.random() < 0.64 else "TD SYNNEX"
                self._bill(vendor, day - timedelta(days=chance.randrange(3, 11)), sum(line.cost for line in lines), 1300,
                           ", ".join(line.product for line in lines))

    def _time_and_materials(self):
        chance = Random(31)
        for month in months(WARM_UP, date(2026, 6, 1)):             # older months: invoices only
            bill_day = next_business_day(add_months(month, 1) + timedelta(days=3))
            for customer in chance.sample(self._active(month), 14):
                hours = chance.randrange(8, 60) / 4
                self._invoice(customer, bill_day, "Standard", [Line(4300, "TM", f"Time and materials, {month:%B %Y}", hours, 14000)])
        self._time_sheets()

    def _time_sheets(self):
        """July 2026 on, entry by entry. September and earlier are billed in the first week of the next month, except what
        was approved late."""
        chance = Random(37)
        technicians = [p for p in PEOPLE if p.rate]
        agreement_of = {a.customer.id: a for a in self.agreements if a.type == "Managed Services"}
        covered = ("Password reset and MFA re-enrolment", "Printer offline, driver reinstalled", "Patch window, two servers rebooted",
                   "New user set up", "Mailbox full, archive enabled", "Line of business app slow\nVendor case opened", "VPN drops, certificate renewed")
        extra = ("After-hours outage, switch replaced", "Move of two offices, desk by desk", "Data recovery from failed laptop",
                 "Vendor cutover support, outside agreement", "Workshop: phishing, 14 people", "Camera network survey")
        billable = defaultdict(list)
        for month in months(date(2026, 7, 1), AS_OF):
            day = month
            while day <= month_end(month):
                if is_business_day(day):
                    for person in technicians * 3:
                        if chance.random() > 0.55:
                            continue
                        customer = chance.choices(self._active(day), [c.seats for c in self._active(day)])[0]
                        if chance.random() < 0.08:
                            if customer.name in ("Harlan Clinic", "Tri-County Co-op"):
                                continue
                            entry = TimeEntry(day, person, customer, "Remote" if chance.random() < 0.6 else "On-site",
                                              chance.choice((0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)), "Billable", person.rate * 100,
                                              "ReadyToBill", chance.choice(extra))
                            billable[month].append(entry)
                        else:
                            kind = "NoCharge" if chance.random() < 0.06 else "DoNotBill"
                            entry = TimeEntry(day, person, customer, "Help desk", chance.choice((0.25, 0.5, 0.75, 1.0, 1.5)), kind,
                                              person.rate * 100, "BilledAgreement", chance.choice(covered), agreement_of[customer.id])
                        self.time_entries.append(entry)
                day += timedelta(days=1)
        for month in (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)):
            bill_day = next_business_day(add_months(month, 1) + timedelta(days=3))
            by_customer = defaultdict(list)
            for entry in billable[month]:
                by_customer[entry.customer.id].append(entry)
            for _, entries in sorted(by_customer.items()):
                lines = [Line(4300, "TM", e.notes.split("\n")[0], e.hours, e.rate) for e in entries]
                invoice = self._invoice(entries[0].customer, bill_day, "Standard", lines)
                for entry in entries:
                    entry.invoice, entry.status = invoice, "Billed"
        late = TimeEntry(date(2026, 9, 27), PEOPLE[9], self.by_name["Quad Rivers Logistics"], "After hours", 6.5, "Billable", 24750,
                         "ReadyToBill", "Sunday outage: storage array failed over, dock scheduling restored")
        self.time_entries.append(late)
        written_off = TimeEntry(date(2026, 8, 19), PEOPLE[18], self.by_name["Papillion Creek Church"], "Remote", 1.5, "Billable", 12500,
                                "WrittenOff", "Repeat visit, our mistake")
        self.time_entries.append(written_off)
        for entry in billable[date(2026, 10, 1)]:
            if entry.date >= date(2026, 10, 29):
                entry.status = "Open"
        self.time_entries.sort(key=lambda e: (e.date, e.person.id, e.customer.id))
        for index, entry in enumerate(self.time_entries):
            entry.id = 412001 + index
        self._unbilled_items()

    def _unbilled_items(self):
        time = sum(e.amount for e in self.time_entries if e.invoice is None and e.status != "WrittenOff")
        name = self.by_name.__getitem__
        rows = [UnbilledItem(date(2026, 10, 31), "Agreement overage", name("Nishna Valley Foods"), "Help desk hours above the block, October", 1_462_50, 610_00),
                UnbilledItem(date(2026, 10, 31), "Agreement overage", name("Union Depot Hotels"), "Backup storage above 4 TB, October", 388_00, 214_00),
                UnbilledItem(date(2026, 10, 22), "Product", name("Ashgrove Surgical Center"), "Two 27 inch monitors, delivered", 578_00, 462_00),
                UnbilledItem(date(2026, 10, 8), "Expense", name("Lakota Ridge Energy"), "Travel to substation site, 318 miles", 213_06, 213_06)]
        rest = UNBILLED_AT_AS_OF - time - sum(row.amount for row in rows)
        assert rest > 200_00, rest
        rows.append(UnbilledItem(date(2026, 10, 16), "Product", name("Pella Crossing Windows"), "Switch and optics, delivered", rest, round(rest * 0.8)))
        self.unbilled = sorted(rows, key=lambda row: row.date)

    def _special_invoices(self):
        name = self.by_name.__getitem__
        harlan, county = name("Harlan Clinic"), name("Tri-County Co-op")
        monthly = {a.customer.name: round(self.monthly_amount(a, AS_OF)) for a in self.agreements if a.type == "Managed Services"}
        self.harlan = self._invoice(harlan, date(2026, 7, 19), "Progress",
                                    [Line(4100, "PROJ-FIX", "Clinic network refresh, phase 2, fixed fee", 1, 46_300_00 - 2 * monthly["Harlan Clinic"])],
                                    project="Clinic network refresh", order="PO-HC-2217")
        self.county = self._invoice(county, date(2026, 8, 23), "Progress",
                                    [Line(4100, "PROJ-FIX", "Elevator site fiber and wireless, fixed fee", 1, 28_600_00 - monthly["Tri-County Co-op"])],
                                    project="Elevator site fiber")
        self.disputed = self._invoice(name("José Ramírez Builders"), date(2026, 8, 27), "Standard",
                                      [Line(4200, "AP-6E", "Wi-Fi 6E access point, job trailers", 8, 42900, 2_780_00, True)], order="PO-JR-88")
        # A deposit billed and paid, still to be earned, and one that was earned in June.
        self.deposit = self._invoice(name("Keokuk Valley Schools"), date(2026, 10, 6), "DownPayment",
                                     [Line(2450, "DEPOSIT", "Deposit, 40 laptops and rollout", 1, 14_000_00)], terms="Net 15")
        self._invoice(name("Pella Crossing Windows"), date(2026, 3, 10), "DownPayment",
                      [Line(2450, "DEPOSIT", "Deposit, plant network", 1, 9_500_00)], terms="Net 15")
        self._invoice(name("Skunk River Paper"), date(2026, 6, 9), "Standard",
                      [Line(4100, "PROJ-ENG", "Entered twice, see next invoice", 16, 15500)], void=True)
        self.no_due = self._invoice(name("Kilian & Søns Plumbing"), date(2026, 10, 14), "Miscellaneous",
                                    [Line(4300, "TM", 'Site visit, "Søndergade" trailer office', 3, 14000)], due=None)
        self._invoice(name("Belle Plaine Bottling"), date(2026, 10, 30), "Progress",
                      [Line(4100, "PROJ-ENG", "Line 3 wireless, draft for review", 40, 15500)], draft=True, project="Line 3 wireless")
        # Two real invoices of one day that look alike.
        for _ in range(2):
            self._invoice(name("Union Depot Hotels"), date(2026, 10, 12), "Standard",
                          [Line(4200, "MON-27", "27 inch monitor", 2, 28900, 46_240, True)], order="PO-7718")
        self._bill("TD SYNNEX", date(2026, 10, 5), 92_480, 1300, "MON-27")

    def _number_invoices(self):
        self.invoices.sort(key=lambda i: (i.date, i.customer.id, i.type, i.total))
        for index, invoice in enumerate(self.invoices):
            invoice.id = 18201 + index
            invoice.number = str(52310 + index)

    # ---- what customers pay ----------------------------------------------------------------------------------------
    def _credit_memos(self):
        """About one a month: mostly used on the customer's next invoice, two still open."""
        chance = Random(41)
        name = self.by_name.__getitem__
        memos = []
        for month in months(WARM_UP, date(2026, 9, 1)):
            customer = chance.choice([c for c in self._active(month) if c.late < 10 and c.end is None])
            day = next_business_day(month + timedelta(days=chance.randrange(4, 24)))
            memos.append(CreditMemo(customer, day, chance.randrange(60, 640) * 100,
                                    chance.choice(("Returned hardware", "Service level credit", "Seat count corrected", "Billing error"))))
        memos.append(CreditMemo(name("Quad Rivers Logistics"), date(2026, 10, 9), 1_180_00, "Returned switch"))
        memos.append(CreditMemo(name("Elkhorn Valley Bank"), date(2026, 10, 20), 420_00, "Seat count corrected"))
        self.credit_memos = sorted(memos, key=lambda m: (m.date, m.customer.id))
        open_memos = (name("Quad Rivers Logistics"), name("Elkhorn Valley Bank"))
        for index, memo in enumerate(self.credit_memos):
            memo.id, memo.number = 31001 + index, f"CM-{701 + index}"
            if memo.customer in open_memos and memo.date > date(2026, 10, 1):
                continue
            target = next((i for i in self.invoices if i.customer is memo.customer and i.date > memo.date and i.type == "Agreement"
                           and i.total > memo.total), None)
            if target:
                self._apply(Payment(target, memo.customer, target.date + timedelta(days=2), memo.total, "Credit applied", "Credit", memo))

    def _apply(self, payment):
        if payment.date > AS_OF:
            return
        self.payments.append(payment)
        if payment.invoice:
            payment.invoice.paid.append((payment.date, payment.amount))
        if payment.credit_memo:
            payment.credit_memo.applied.append((payment.date, payment.amount))

    def _customer_payments(self):
        chance = Random(43)
        stopped = {"Harlan Clinic": date(2026, 8, 1), "Tri-County Co-op": date(2026, 8, 2)}    # invoices from here on are unpaid
        for invoice in self.invoices:
            customer = invoice.customer
            if invoice.void or invoice.draft:
                continue
            noise = chance.gauss(0, 3.5)
            slow, split, first = chance.random(), chance.random(), chance.uniform(0.4, 0.7)
            if invoice in (self.harlan, self.county, self.disputed) or customer.name in stopped and invoice.date >= stopped[customer.name]:
                continue
            if customer.name == "Lone Elm Properties" and invoice.date >= date(2025, 3, 1):
                continue                                            # went out of business; written off
            if customer.name == "Corydon Auto Group" and invoice.date >= date(2025, 8, 1):
                continue                                            # left, and never paid the last month
            due = invoice.due or invoice.date + timedelta(days=30)
            late = customer.late + noise + (22 if slow < 0.025 else 0)
            if customer.name == "Quad Rivers Logistics" and invoice.date >= date(2026, 9, 1):
                late += 25                                          # new owner, new payables desk
            day = next_business_day(max(invoice.date + timedelta(days=1), due + timedelta(days=round(late))))
            left = invoice.open(AS_OF) if invoice.paid else invoice.total
            if split < 0.03 and left > 1_500_00:
                part = round(left * first / 100) * 100
                self._apply(Payment(invoice, customer, day, part, method=customer.pays_by))
                self._apply(Payment(invoice, customer, next_business_day(day + timedelta(days=24)), left - part, method=customer.pays_by))
            else:
                self._apply(Payment(invoice, customer, day, left, method=customer.pays_by))
        self._odd_payments()
        order = {id(invoice): invoice.id for invoice in self.invoices}
        self.payments.sort(key=lambda p: (p.date, p.customer.id, order.get(id(p.invoice), 0), p.amount))
        for index, payment in enumerate(self.payments):
            payment.id = f"{'CR' if payment.kind == 'Credit applied' else 'PMT'}-{40001 + index}"

    def _odd_payments(self):
        name = self.by_name.__getitem__
        for invoice in [i for i in self.invoices if i.customer.name == "Lone Elm Properties" and i.date >= date(2025, 3, 1)]:
            self._apply(Payment(invoice, invoice.customer, date(2025, 9, 30), invoice.total, "Write-off", "Journal"))
        # A customer paid one invoice twice; nobody has returned the money yet.
        twice = next(i for i in self.invoices if i.customer.name == "Maple Fork Accounting" and i.date == date(2026, 8, 1) and i.agreement)
        self._apply(Payment(twice, twice.customer, date(2026, 9, 3), 845_00, method="Check"))
        # Money on account, not applied to an invoice yet.
        self._apply(Payment(None, name("Blackhawk Steel Fabricators"), date(2026, 10, 27), 2_400_00, method="Check"))
        # Part of the disputed invoice was paid.
        self._apply(Payment(self.disputed, self.disputed.customer, date(2026, 10, 5), 1_500_00, method="Check"))

    def _post_sales(self):
        post = self.ledger.post
        for invoice in self.invoices:
            if invoice.void or invoice.draft:
                continue
            lines = defaultdict(int)
            for line in invoice.lines:
                lines[2400 if invoice.months > 1 else line.account] -= line.amount
                if line.account == 4200:
                    lines[5000] += line.cost
                    lines[1300] -= line.cost
            lines[2300] -= invoice.tax
            lines[1100] += invoice.total
            post(invoice.date, *((account, amount) for account, amount in lines.items() if amount))
            if invoice.months > 1:                                  # earned month by month
                for index in range(invoice.months):
                    part = invoice.subtotal * (index + 1) // invoice.months - invoice.subtotal * index // invoice.months
                    day = month_end(add_months(invoice.date, index))
                    if day <= AS_OF:
                        post(day, (2400, part), (4000, -part))
        post(date(2026, 6, 12), (2450, 9_500_00), (4100, -9_500_00))
        for memo in self.credit_memos:
            post(memo.date, (4900, memo.total), (1100, -memo.total))
        checks = defaultdict(list)
        for payment in self.payments:
            if payment.kind == "Write-off":
                post(payment.date, (1190, payment.amount), (1100, -payment.amount))
            elif payment.kind == "Payment":
                number = payment.invoice.number if payment.invoice else "on account"
                if payment.method == "Check":
                    checks[payment.date].append(payment)
                elif payment.method == "Card":
                    self.bank(OPERATING, payment.date, payment.amount, f"CARD SETTLEMENT {number}", payment.customer.name, "Customer receipts", 1100, payment.id)
                else:
                    self.bank(OPERATING, payment.date, payment.amount, f"ACH CREDIT {payment.customer.name.upper()} {number}",
                              payment.customer.name, "Customer receipts", 1100, payment.id)
        for day, group in sorted(checks.items()):
            text = f"DEPOSIT {len(group)} CHECK{'S' if len(group) > 1 else ''}"
            who = group[0].customer.name if len(group) == 1 else ""
            self.bank(OPERATING, day, sum(p.amount for p in group), text, who, "Customer receipts", 1100, group[0].id)

    # ---- what vendors are owed -------------------------------------------------------------------------------------
    def _bill(self, vendor, day, amount, account, memo, due=None, hold=False):
        vendor = self.vendors[vendor]
        if day < WARM_UP:
            day = WARM_UP
        bill = Bill(vendor, day, due or day + timedelta(days=TERMS[vendor.terms]), amount, account, memo, rate=self.rate(vendor.currency, day), hold=hold)
        self.bills.append(bill)
        return bill

    def _overhead_bills(self):
        chance = Random(47)
        for month in months(WARM_UP, AS_OF):
            at = lambda day: month.replace(day=day)
            cloud = sum(a.quantity * a.cost for g in self.agreements if g.runs(month) for a in g.additions if a.runs(month))
            self._bill("Pax8", at(5), cloud + chance.randrange(700, 1900) * 100, 5010, f"Licenses, {month:%B %Y}")
            self._bill("ConnectWise", at(10), 13_480_00 + (620_00 if month >= date(2026, 1, 1) else 0), 5020, "PSA, RMM and help desk licenses")
            self._bill("Nordlicht Software GmbH", at(15), 890_00, 5020, "Monitoring probes")
            self._bill("Prairie Crossing Properties", at(1), 9_200_00 if month < date(2026, 1, 1) else 9_475_00, 6100, f"Rent, {month:%B %Y}")
            self._bill("Hawkeye Fiber & Voice", at(5), 2_148_00, 6110, "Fiber and trunks")
            self._bill("MidState Electric", at(8), chance.randrange(820, 1390) * 100, 6110, "Electricity")
            self._bill("Lund & Abbott CPAs", at(15), 1_850_00 if month.month != 3 else 6_900_00, 6600, "Monthly close" if month.month != 3 else "Tax return")
            self._bill("Blue Heron Marketing", at(12), chance.randrange(3600, 5400) * 100, 6400, "Retainer and placements")
            self._bill("Wolfe Fleet Service", at(11), chance.randrange(640, 1280) * 100, 6500, "Fuel and service")
            self._bill("Cañon Office Supply", at(18), chance.randrange(310, 880) * 100, 6900, "Supplies")
            if month.month in (6, 12):
                self._bill("Corn Belt Mutual Insurance", at(15), 17_400_00, 1400, "Package, cyber and E&O, 6 months")
        # Stock bought ahead for Keokuk Valley Schools; 2 % off if paid by November 9.
        self.early = self._bill("Ingram Micro", date(2026, 10, 30), 31_400_00, 1300, "40 laptops for Keokuk Valley Schools")
        self.held = self._bill("TD SYNNEX", date(2026, 10, 2), 2_316_40, 1300, "SRV-R250, arrived damaged", hold=True)
        self.vendor_credit = self._bill("TD SYNNEX", date(2026, 10, 12), -463_20, 1300, "Return of MON-27", due=date(2026, 10, 12))
        self.late_bill = self._bill("Kestrel Cabling, LLC", date(2026, 9, 10), 1_940_00, 5030, "Cabling, invoice mislaid")
        self.bills = [b for b in self.bills if b.date <= AS_OF]
        self.bills.sort(key=lambda b: (b.date, b.vendor.id, b.amount))
        for index, bill in enumerate(self.bills):
            bill.id = f"B{7001 + index}"
            bill.number = f"{bill.vendor.name[:2].upper()}-{(index * 7919 + 30011) % 90000 + 10000}"

    def _pay_bills(self):
        chance = Random(53)
        post = self.ledger.post
        for bill in self.bills:
            post(bill.date, (bill.account, bill.home), (2000, -bill.home))
        for bill in self.bills:
            early, delay = chance.random(), chance.choice((0, 0, 0, 0, 1, 2, 5))
            if bill in (self.early, self.held, self.late_bill, self.vendor_credit):
                continue
            if bill.vendor.terms.startswith("2/10") and early < 0.7:
                day = previous_business_day(bill.date + timedelta(days=9))
                discount = round(bill.amount * 0.02)
            else:
                routine = bill.vendor.kind in ("cloud", "tools") or bill.account == 6100 or bill.vendor.kind == "insurance"
                day, discount = next_business_day(bill.due + timedelta(days=0 if routine else delay)), 0
                if routine and bill.due.day > 24:                   # stays inside the month it is forecast for
                    day = previous_business_day(bill.due)
            if day > AS_OF:
                continue
            bill.paid.append((day, bill.amount - discount, "Payment"))
            if discount:
                bill.paid.append((day, discount, "Discount"))
                post(day, (2000, discount), (5000, -discount))
            paid = round((bill.amount - discount) * self.rate(bill.vendor.currency, day))
            gain = round((bill.amount - discount) * bill.rate) - paid
            category = {6100: "Rent", 1400: "Insurance", 5010: "Subscriptions", 5020: "Subscriptions", 6300: "Subscriptions"}.get(bill.account, "Vendor payment")
            self.bank(OPERATING, day, -paid, f"BILL PAY {bill.vendor.name.upper()} {bill.number}", bill.vendor.name, category, 2000, bill.id)
            if gain:
                post(day, (2000, gain), (7300, -gain))

    # ---- payroll ---------------------------------------------------------------------------------------------------
    def pay_days(self, start, end):
        day = date(2024, 6, 7)
        while day <= end:
            if day >= start:
                yield day, previous_business_day(day)
            day += timedelta(days=14)

    def gross(self, day):
        staff = [p for p in PEOPLE if p.hired <= day and (p.left is None or day <= p.left)]
        raise_ = 1.0 if day < date(2025, 4, 1) else 1.02 if day < date(2026, 4, 1) else 1.04
        split = {"service": 0, "overhead": 0}
        for person in staff:
            split[person.team] += round(person.salary * 100 / 26 * raise_ / 1.04)
        return split["service"], split["overhead"], len(staff)

    def _payroll(self):
        post = self.ledger.post
        for nominal, day in self.pay_days(WARM_UP, date(2027, 2, 5)):
            service, overhead, heads = self.gross(nominal)
            gross = service + overhead
            employer = round(gross * 0.0765)
            net = round(gross * 0.735)
            deposit_day = next_business_day(day + timedelta(days=5))
            deposit = gross - net + employer
            self.payroll += [(day, "regular", net, heads), (deposit_day, "taxes", deposit, heads)]
            if day > AS_OF:
                continue
            post(day, (5100, service), (6010, overhead), (6020, employer), (2200, -deposit - net))
            self.transfer(day, OPERATING, PAYROLL, net)
            self.bank(PAYROLL, day, -net, f"PAYROLL {heads} EMPLOYEES", "Payroll", "Payroll", 2200)
            self.bank(OPERATING, deposit_day, -deposit, "PAYROLL TAX AND 401K DEPOSIT", "Payroll service", "Payroll", 2200)
        for year, amount in ((2024, 11_000_00), (2025, 13_500_00), (2026, 12_000_00)):
            day = date(year, 12, 15)
            self.payroll.append((next_business_day(day), "bonus", amount, 24))
            if day <= AS_OF:
                post(day, (6010, amount), (2200, -amount))
                self.transfer(day, OPERATING, PAYROLL, amount)
                self.bank(PAYROLL, next_business_day(day), -amount, "PAYROLL YEAR-END BONUS", "Payroll", "Payroll", 2200)
        for month in months(WARM_UP, date(2027, 1, 1)):
            day = next_business_day(month.replace(day=5))
            amount = 15_400_00 if month < date(2026, 1, 1) else 16_350_00
            self.payroll.append((day, "benefits", amount, 25))
            if day <= AS_OF:
                self.bank(OPERATING, day, -amount, "HEARTLAND BENEFIT TRUST PREMIUM", "Heartland Benefit Trust", "Payroll", 6030)
        self.payroll.append((date(2026, 12, 30), "benefits", 14_500_00, 25))        # retirement match, year-end true-up
        self.payroll.sort()

    def transfer(self, day, source, target, amount):
        if day > AS_OF:
            return
        day = next_business_day(day)
        self.ledger.post(day, (source, -amount), (target, amount))
        self.bank_moves += [BankMove(source, day, -amount, f"TRANSFER TO {BANKS[target].upper()}", "", "Transfer", target),
                            BankMove(target, day, amount, f"TRANSFER FROM {BANKS[source].upper()}", "", "Transfer", source)]

    # ---- debt, taxes, owners, equipment ----------------------------------------------------------------------------
    def _debt_and_taxes(self):
        post = self.ledger.post
        op = lambda day, amount, text, who, category, contra: self.bank(OPERATING, next_business_day(day), amount, text, who, category, contra)

        for day, amount in ((date(2024, 12, 30), 30_000_00), (date(2025, 3, 28), -25_000_00), (date(2025, 9, 29), 30_000_00), (date(2025, 12, 30), 20_000_00),
                            (date(2026, 2, 27), -20_000_00), (date(2026, 5, 29), -33_000_00), (date(2026, 9, 25), 30_000_00), (date(2026, 10, 28), -15_000_00)):
            op(day, amount, "LINE OF CREDIT " + ("ADVANCE" if amount > 0 else "PAYMENT"), "First Prairie Bank", "Debt service", 2500)

        self.bank(OPERATING, date(2025, 9, 19), 28_000_00, "LOAN PROCEEDS 88-2093", "First Prairie Bank", "Debt service", 2610)
        for account, name, rate, payment, first in ((2600, "TERM LOAN 88-1140", 0.0725, 4_780_00, date(2024, 6, 15)),
                                                    (2610, "VEHICLE LOAN 88-2093", 0.079, 682_40, date(2025, 10, 19))):
            for month in months(first, AS_OF):
                day = month.replace(day=first.day)
                if day < first or day > AS_OF:
                    continue
                interest = round(-self.ledger.balance(account, day) * rate / 12)
                paid = next_business_day(day)
                op(day, -(payment - interest), f"{name} PRINCIPAL", "First Prairie Bank", "Debt service", account)
                op(day, -interest, f"{name} INTEREST", "First Prairie Bank", "Interest", 7000)
                assert paid <= AS_OF
        for month in months(WARM_UP, AS_OF):
            last = previous_business_day(month_end(month))
            interest = round(-self.ledger.balance(2500, last) * 0.085 / 12)
            self.bank(OPERATING, last, -interest, "LINE OF CREDIT INTEREST", "First Prairie Bank", "Interest", 7000)
            earned = round(self.ledger.balance(RESERVE, last) * 0.038 / 12)
            self.bank(RESERVE, last, earned, "INTEREST EARNED", "First Prairie Bank", "Interest", 7100)
            self.bank(OPERATING, last, -(1_180_00 + month.month * 17_35), "CARD PROCESSING AND SERVICE FEES", "First Prairie Bank", "Other", 6800)
        self.transfer(date(2025, 7, 1), OPERATING, RESERVE, 6_000_00)

        # Sales tax of a month is paid on the 20th of the next; the state's entity tax four times a year.
        for month in months(WARM_UP, AS_OF):
            owed = sum(i.tax for i in self.invoices if not i.void and not i.draft and i.date.replace(day=1) == month)
            day = next_business_day(add_months(month, 1).replace(day=20))
            self.taxes.append((f"ST-{month:%Y-%m}", f"Sales tax {month:%B %Y}", "sales", day, owed))
            op(day, -owed, "STATE SALES TAX", "State revenue department", "Tax", 2300)
        for month in months(date(2026, 11, 1), date(2026, 12, 1)):
            self.taxes.append((f"ST-{month:%Y-%m}", f"Sales tax {month:%B %Y}, estimate", "sales", next_business_day(add_months(month, 1).replace(day=20)), 4_900_00))
        for year in (2024, 2025, 2026):
            for quarter, day in enumerate((date(year, 4, 30), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31)), 1):
                if day < WARM_UP:
                    continue
                amount = (9_600_00 if year < 2026 else 10_800_00)
                self.taxes.append((f"ET-{year}-Q{quarter}", f"State entity tax {year} Q{quarter}", "income", day, amount))
                if day <= AS_OF:
                    op(day, -amount, "STATE ENTITY TAX ESTIMATE", "State revenue department", "Tax", 2350)

        for month in months(WARM_UP, AS_OF):
            op(month.replace(day=16), -9_000_00, "OWNER DISTRIBUTION", "Dana Whitfield", "Owners", 3100)
            if month.month in (1, 4, 6, 9):
                op(month.replace(day=15), -11_500_00, "OWNER DISTRIBUTION FOR TAX", "Dana Whitfield", "Owners", 3100)
        op(date(2026, 10, 20), -34_000_00, "OWNER DISTRIBUTION, SPECIAL", "Dana Whitfield", "Owners", 3100)
        for day, amount, text in ((date(2024, 9, 10), 7_800_00, "HEADSET AND DESK REFRESH"), (date(2025, 3, 12), 18_400_00, "SERVER LAB"),
                                  (date(2025, 9, 22), 34_500_00, "SERVICE VAN"), (date(2026, 4, 15), 12_900_00, "STAFF LAPTOPS"), (date(2026, 10, 14), 23_850_00, "FIREWALL LAB AND WORKSTATIONS")):
            op(day, -amount, text, "Equipment", "Capital purchase", 1500)
        # The old van: cost 22,000.00, written down by 20,400.00, sold for 3,500.00.
        self.bank(OPERATING, date(2026, 10, 21), 3_500_00, "SALE OF 2016 SERVICE VAN", "Auction house", "Equipment sale", 7200)
        post(date(2026, 10, 21), (1590, 20_400_00), (7200, 1_600_00), (1500, -22_000_00))
        self._card()

    def _card(self):
        """Bought during the month, paid in full on the 12th of the next."""
        chance = Random(59)
        owed = 0
        for month in months(WARM_UP, AS_OF):
            if owed:
                self.bank(OPERATING, next_business_day(month.replace(day=12)), -owed, "CARD PAYMENT 4417", "Prairie Card Services", "Card payment", 2100)
            spent = 0
            for account, low, high in ((6300, 2600, 3300), (6300, 900, 1500), (6500, 600, 1700), (6900, 300, 1100), (6500, 200, 600)):
                amount = chance.randrange(low * 100, high * 100)
                self.ledger.post(month.replace(day=chance.randrange(2, 28)), (account, amount), (2100, -amount))
                spent += amount
            if month == AS_OF.replace(day=1):
                self.ledger.post(date(2026, 10, 24), (6900, CARD_AT_AS_OF - spent), (2100, spent - CARD_AT_AS_OF))
            owed = spent

    def _month_end_entries(self):
        post = self.ledger.post
        accrued = 0
        for month in months(WARM_UP, AS_OF):
            last = month_end(month)
            post(last, (6950, 4_650_00), (1590, -4_650_00))
            post(last, (6700, 650_00), (1190, -650_00))
            post(last, (6200, 2_900_00), (1400, -2_900_00))
            post(last, (7900, 3_300_00), (2350, -3_300_00))
            nominal, _ = list(self.pay_days(WARM_UP, last))[-1]
            days = sum((nominal + timedelta(days=n)).weekday() < 5 for n in range(1, (last - nominal).days + 1))
            service, overhead, _ = self.gross(last)
            owed = (service * days // 10, overhead * days // 10)
            post(last, (5100, owed[0]), (6010, owed[1]), (2210, -sum(owed)))
            if accrued:
                post(month, (2210, sum(accrued)), (5100, -accrued[0]), (6010, -accrued[1]))
            accrued = owed
        # A payment the bookkeeper could not place, on an account that accounts.toml does not map.
        self.bank(OPERATING, date(2024, 9, 27), -412_50, "CHECK 2207", "", "Other", 1990)
        day, amount = ADVANCE
        self.bank(OPERATING, day, -amount, "CHECK 2219", "", "Other", HIDDEN_ACCOUNT)
