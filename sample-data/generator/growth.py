"""What the reports beside cash flow need: the sales pipeline, partner programs, awards and facts."""

from datetime import date, timedelta
from random import Random

from .books import add_months, months, next_business_day
from .business import AS_OF, Business
from .cast import PEOPLE
from .exports import Folder, iso, plain

STAGES = (("Qualify", 10), ("Discover", 25), ("Propose", 50), ("Negotiate", 75))
SOURCES = (("Customer referral", "referral", 1), ("Existing customer", "account management", 1), ("Peer group referral", "referral", 1),
           ("Web inquiry", "web", 1), ("Lunch and learn", "event", 1), ("Vendor lead", "vendor", 1), ("Cold call", "outbound", 1), ("Yellow pages", "print", 0))
PROSPECTS = ("Ironwood Casualty", "Birch Lake Schools", "Delmar Feed & Grain", "Kirkwood Plastics", "Northgate Podiatry", "Osage Valley Hospital", "Parkhurst Law",
             "Quarry Hill Stone", "Rolling Prairie Bank", "Saint Brendan Hospice", "Tama Wire Works", "Upland Genetics", "Van Horn Trucking", "Whitetail Lodge Group",
             "Yellow River Dental", "Zephyr HVAC", "Åkerlund Orthodontics", "Brightwater Utilities", "Calhoun Title", "Drake Street Press")
DEALS = (("Managed services", "Managed Services", "Agreement", 0, (1800, 9800)), ("Security uplift", "Security", "Agreement", 2500, (400, 2600)),
         ("Server refresh", "Infrastructure", "Product", 22000, (0, 0)), ("Wireless refresh", "Infrastructure", "Product", 14000, (0, 0)),
         ("Microsoft 365 move", "Project", "Service", 12500, (300, 1400)), ("Phone system", "Project", "Service", 9800, (350, 900)),
         ("Backup redesign", "Project", "Service", 7200, (250, 800)))


# name, label, account
STREAMS = (("managed", "Managed services revenue", 4000), ("cloud", "Cloud and licensing revenue", 4010), ("projects", "Project revenue", 4100),
           ("hardware", "Hardware and software revenue", 4200), ("break_fix", "Time and materials revenue", 4300))
# year, revenue in cents, shares of the streams in thousandths, gross margin, EBITDA in cents: before the books begin
EARLIER_YEARS = ((2024, 391_240_000, (402, 168, 149, 225, 56), "0.3812", 24_630_000), (2023, 359_815_000, (374, 139, 152, 258, 77), "0.3746", 20_920_000))


class Growth:
    def __init__(self, b: Business):
        self.b = b
        self._deals()

    # ---- pipeline --------------------------------------------------------------------------------------------------
    def _deals(self):
        chance = Random(71)
        self.deals, self.log = [], []
        day, number = date(2024, 10, 7), 2101
        while day <= AS_OF:
            self._deal(chance, number, day)
            number += 1
            day = next_business_day(day + timedelta(days=chance.choice((1, 2, 2, 3, 3, 4))))
        self._blemishes()

    def _deal(self, chance, number, created):
        known = chance.random() < 0.62
        customer = chance.choice([c for c in self.b.customers if c.start <= created and c.end is None]) if known else None
        account = customer.name if customer else chance.choice(PROSPECTS)
        title, kind, forecast, one_time, (low, high) = chance.choice(DEALS[1:] if known else DEALS)
        amount = round(one_time * chance.uniform(0.6, 1.9) / 50) * 5000
        monthly = round(chance.uniform(low, high) / 10) * 1000 if high else 0
        owner = chance.choice(("Priya Raman", "Priya Raman", "Tom Becker", "Tom Becker", "Tom Becker", "Owen Tate"))
        source = "Existing customer" if known else chance.choices([s[0] for s in SOURCES if s[2] and s[0] != "Existing customer"], (6, 4, 5, 4, 3, 2))[0]
        campaign = {"Lunch and learn": "CA-03", "Vendor lead": "CA-05", "Web inquiry": "CA-01"}.get(source)
        if campaign == "CA-03" and created < date(2026, 3, 1):
            campaign = "CA-02"
        original = created + timedelta(days=chance.choice((45, 60, 75, 90, 120)))
        expected, stage, entered, day = original, 0, created, created
        self.log.append((str(number), iso(created), STAGES[0][0], plain(amount), iso(expected)))
        status, closed, reason, lost_to = "Open", None, None, None
        while True:
            day = next_business_day(day + timedelta(days=chance.choice((6, 9, 14, 18, 24, 33))))
            if day > AS_OF:
                break
            luck = chance.random()
            if luck < (0.14, 0.13, 0.15, 0.10)[stage]:
                status = "No decision" if chance.random() < 0.2 else "Lost"
                reason = chance.choice(("Price", "Stayed with incumbent", "No budget", "Timing", "Went in-house"))
                lost_to = chance.choice(("Cornhusker IT", "Tri-State Networks", None, None)) if status == "Lost" else None
                closed = day
                break
            if luck < 0.62:
                if stage == 3:
                    status, closed = "Won", day
                    break
                stage += 2 if stage < 2 and chance.random() < 0.08 else 1
                entered = day
                if stage >= 2 and chance.random() < 0.3:
                    amount = round(amount * chance.uniform(0.85, 1.12) / 5000) * 5000
                self.log.append((str(number), iso(day), STAGES[stage][0], plain(amount), iso(expected)))
            elif day > expected - timedelta(days=10):
                expected += timedelta(days=chance.choice((30, 30, 45, 60)))
                self.log.append((str(number), iso(day), STAGES[stage][0], plain(amount), iso(expected)))
        name = STAGES[stage][0]
        if closed:
            self.log.append((str(number), iso(closed), status, plain(amount), iso(closed)))
            name, entered, expected = status, closed, closed
        elif expected < AS_OF and chance.random() < 0.8:
            noticed = min(AS_OF, next_business_day(max(entered, expected) + timedelta(days=number % 9)))
            expected = AS_OF + timedelta(days=chance.randrange(6, 80))
            self.log.append((str(number), iso(noticed), name, plain(amount), iso(expected)))
        activity = closed or min(AS_OF, max(entered, AS_OF - timedelta(days=chance.choice((1, 3, 6, 9, 15, 22, 41)))))
        step = None if closed or chance.random() < 0.15 else chance.choice(("Send revised quote", "Walk-through with operations", "Board meeting", "Reference call", "Contract review"))
        self.deals.append([str(number), f"{title}, {account}", customer.id if customer else None, account,
                           chance.choice(("M. Larsen", "J. Whitcomb", "R. Dvořák", "P. Nguyen", "T. O'Brien")), owner, source, campaign, kind, name, status,
                           {"Won": 100, "Lost": 0, "No decision": 0}.get(status, STAGES[stage][1]), int(status == "Open" and (stage == 3 and chance.random() < 0.6 or stage == 2 and number % 4 == 0)),
                           plain(amount), plain(monthly), (36 if monthly else None), plain(round(amount * 0.71)), forecast, iso(created), iso(entered), iso(activity),
                           iso(expected), iso(original), iso(closed) or None, reason, lost_to, step, iso(AS_OF + timedelta(days=chance.randrange(2, 20))) if step else None,
                           f"PSGQ{number + 1400}" if stage >= 2 else None])

    def _blemishes(self):
        """What the hygiene list is for: amounts, accounts and steps that are missing, a date in the past, a double."""
        still_open = [d for d in self.deals if d[10] == "Open"]
        still_open[0][13], still_open[0][14] = "0.00", "0.00"
        still_open[1][3] = still_open[1][2] = None
        still_open[2][21] = "2026-09-18"
        self._october(still_open[2][0], still_open[3][0])
        still_open[3][11] = 90
        double = list(still_open[4])
        double[0], double[1] = "2999", double[1].replace(",", " -")
        self.deals.append(double)
        self.log.append((double[0], double[18], "Qualify", double[13], double[22]))

    def _october(self, overdue, slipped):
        """What the reports of September and October differ in beside the ordinary: a date that nobody moved, a deal that
        leaves the quarter, one that grows and one that shrinks."""
        def logged(number, day, stage, amount, expected):
            if number == overdue and day > "2026-09-02":
                return None
            if number == slipped and day == "2026-10-13":
                day = "2026-09-21"
            if number == "2337" and day < "2026-10-16":
                amount = "9800.00"
            if number == "2334" and day < "2026-10-08":
                amount = "36500.00"
            return number, day, stage, amount, expected
        self.log = [row for row in (logged(*row) for row in self.log) if row]
        self.log.append((overdue, "2026-09-02", "Negotiate", "10000.00", "2026-09-18"))

    def crm_tables(self):
        quotas = []
        for first in (add_months(date(2025, 1, 1), 3 * n) for n in range(9)):
            last = add_months(first, 3) - timedelta(days=1)
            growth = 1 + (first.year - 2025) * 0.08
            for owner, amount in (("Priya Raman", 110000), ("Tom Becker", 125000), ("Owen Tate", 45000)):
                quotas.append((owner, iso(first), iso(last), f"{round(amount * growth, -3):.2f}"))
        campaigns = [("CA-01", "Website and search", "Web inquiry", "2024-11-01", "2026-12-31", "18000.00", "15240.00", "0.00", 61),
                     ("CA-02", "Cyber lunch series 2025", "Lunch and learn", "2025-02-01", "2025-11-30", "6400.00", "6120.00", "3000.00", 34),
                     ("CA-03", "Cyber lunch series 2026", "Lunch and learn", "2026-03-01", "2026-11-30", "7000.00", "5380.00", "3500.00", 29),
                     ("CA-04", "Ag tech field day", "Lunch and learn", "2026-08-14", "2026-08-14", "2500.00", "2711.00", "1000.00", 12),
                     ("CA-05", "Firewall trade-up with the vendor", "Vendor lead", "2026-01-15", "2026-12-15", "4000.00", "2650.00", "2650.00", 9)]
        return {"opportunity": self.deals, "stage_log": self.log, "stage": [(name, index, p) for index, (name, p) in enumerate(STAGES, 1)],
                "lead_source": list(SOURCES), "quota": quotas, "campaign": campaigns}

    # ---- awards and facts ------------------------------------------------------------------------------------------
    def awards(self, out: Folder):
        b, ledger = self.b, self.b.ledger
        out.json("records/past-answers.json", [
            {"awardId": "channel-100", "questionId": "Q1", "year": 2025, "answer": "Prairie Systems Group, Inc., founded in 2008.", "result": "shortlisted", "approvedBy": "Dana Whitfield"},
            {"awardId": "channel-100", "questionId": "Q7", "year": 2025, "answer": "In March 2025 a manufacturer of windows lost its plant network at 2 a.m.\nOur engineer was on site at 3:10; the first line ran again at 5:45. We then replaced eleven unmanaged switches. There has been no unplanned stop since.",
             "result": "shortlisted", "approvedBy": "Dana Whitfield"},
            {"awardId": "channel-100", "questionId": "Q8", "year": 2025, "answer": "We stopped selling hours and moved nine customers to a flat monthly price. Their tickets fell by a fifth.", "result": "shortlisted", "approvedBy": "Dana Whitfield"},
            {"awardId": "channel-100", "questionId": "Q9", "year": 2025, "answer": "Per seat", "result": "shortlisted", "approvedBy": "Dana Whitfield"},
            {"awardId": "alliance-growth", "questionId": "E2", "year": 2024, "answer": "Every August we teach password hygiene to about 60 seniors at the public library in Adair.", "result": "lost", "approvedBy": "Lucía Ortega"}])

        def income(accounts, first, last):
            return -sum(ledger.balance(a, last) - ledger.balance(a, first - timedelta(days=1)) for a in accounts)
        revenue, recurring = range(4000, 5000), (4000, 4010)
        known = [a for a in (4000, 4010, 4100, 4200, 4300, 4900)]
        costs = (5000, 5010, 5020, 5030, 5100)
        del revenue
        facts = []
        def fact(id, period, label, value=None, unit="", source="General ledger", day=AS_OF, text="", public=True, when=None):
            facts.append([id, period, label, text, "" if value is None else value, iso(when), unit, source, iso(day), "yes" if public else "no", 0 if unit == "USD" else ""])
        for period, first, last in (("2025", date(2025, 1, 1), date(2025, 12, 31)), ("LTM 2025-10", date(2024, 11, 1), date(2025, 10, 31)), ("LTM 2026-10", date(2025, 11, 1), AS_OF), ("2026-10", date(2026, 10, 1), AS_OF)):
            total, again = income(known, first, last), income(recurring, first, last)
            cost = -income(costs, first, last)
            fact("revenue.total", period, "Total revenue", plain(total), "USD", day=last, public=period == "2025")
            fact("revenue.recurring", period, "Recurring revenue", plain(again), "USD", day=last, public=False)
            fact("revenue.recurring_share", period, "Share of revenue that recurs", f"{again / total:.4f}", "percent", day=last)
            fact("margin.gross", period, "Gross margin", f"{(total - cost) / total:.4f}", "percent", day=last, public=False)
            if period == "2026-10":
                continue
            for name, label, account in STREAMS:
                fact(f"revenue.{name}", period, label, plain(income((account,), first, last)), "USD", day=last, public=False)
            fact("ebitda", period, "EBITDA", plain(total - cost + income(range(6010, 6950), first, last)), "USD", day=last, public=False)
        for year, total, shares, gross, ebitda in EARLIER_YEARS:
            day, source = date(year, 12, 31), f"Income tax return {year}"
            fact("revenue.total", f"{year}", "Total revenue", plain(total), "USD", source, day, public=False)
            parts = [total * share // 1000 for share in shares]
            parts[0] += total - sum(parts)
            for (name, label, account), part in zip(STREAMS, parts):
                fact(f"revenue.{name}", f"{year}", label, plain(part), "USD", source, day, public=False)
            fact("revenue.recurring", f"{year}", "Recurring revenue", plain(parts[0] + parts[1]), "USD", source, day, public=False)
            fact("revenue.recurring_share", f"{year}", "Share of revenue that recurs", f"{(parts[0] + parts[1]) / total:.4f}", "percent", source, day)
            fact("margin.gross", f"{year}", "Gross margin", gross, "percent", source, day, public=False)
            fact("ebitda", f"{year}", "EBITDA", plain(ebitda), "USD", source, day, public=False)
        active = [c for c in b.customers if c.end is None or c.end > AS_OF]
        fact("customers.active", "2026-10", "Customers with an agreement", len(active), "customers", "ConnectWise agreements")
        fact("customers.active", "2025-10", "Customers with an agreement", sum(c.start <= date(2025, 10, 31) and (c.end is None or c.end > date(2025, 10, 31)) for c in b.customers), "customers", "ConnectWise agreements", date(2025, 10, 31))
        fact("seats.managed", "2026-10", "Seats under management", sum(c.seats for c in active), "devices", "ConnectWise agreements")
        for day in (date(2024, 12, 31), date(2025, 12, 31)):
            there = [c for c in b.customers if c.start <= day and (c.end is None or c.end > day)]
            fact("customers.active", f"{day:%Y-%m}", "Customers with an agreement", len(there), "customers", "ConnectWise agreements", day)
            fact("seats.managed", f"{day:%Y-%m}", "Seats under management", sum(c.seats for c in there), "devices", "ConnectWise agreements", day)
        stayed = [c.end is None or c.end > date(2025, 12, 31) for c in b.customers if c.start <= date(2024, 12, 31)]
        fact("customers.retention", "2025", "Customers who stayed through the year", f"{sum(stayed) / len(stayed):.4f}", "percent", "ConnectWise agreements", date(2025, 12, 31))
        fact("customers.active", "2023-12", "Customers with an agreement", 74, "customers", "Board report 2023", date(2023, 12, 31))
        fact("customers.healthcare", "2026-10", "Customers in healthcare", sum(c.industry == "Healthcare" for c in active), "customers", "ConnectWise companies")
        staff = lambda day: sum(p.hired <= day and (p.left is None or p.left > day) for p in PEOPLE)
        for day in (date(2024, 12, 31), date(2025, 12, 31), date(2026, 9, 30), AS_OF):
            fact("staff.count", f"{day:%Y-%m}", "Employees", staff(day), "people", "Payroll", day)
        fact("company.legal_name", "", "Legal name", text="Prairie Systems Group, Inc.", source="Articles of incorporation", day=date(2008, 4, 1))
        fact("company.founded", "", "Founded", source="Articles of incorporation", day=date(2008, 4, 1), when=date(2008, 4, 1))
        fact("company.headquarters", "", "Headquarters", text="Des Moines, Iowa", source="Lease", day=date(2026, 1, 1))
        fact("company.state", "", "State of the headquarters", text="Iowa", source="Lease", day=date(2026, 1, 1))
        fact("company.pricing", "", "Pricing model", text="Per seat", source="Price list", day=date(2026, 1, 1))
        fact("company.owner", "", "Owner and CEO", text="Dana Whitfield", source="Stock register", day=date(2026, 1, 1))
        fact("company.boilerplate", "", "About the company", source="Approved by Dana Whitfield", day=date(2026, 9, 15),
             text="Prairie Systems Group looks after the computers, networks and security of about 90 organizations in Iowa, Nebraska and South Dakota. The firm of 25 people was founded in 2008 and is based in Des Moines.")
        fact("company.website", "", "Web site", text="https://prairie.example", source="Registrar", day=date(2026, 1, 1))
        fact("media.contact", "", "Media contact", text="Lucía Ortega, marketing coordinator, 515-555-0160, press@prairie.example", source="Marketing", day=date(2026, 9, 15))
        fact("response.median", "2026-Q3", "Median first response, minutes", "11.5", "minutes", "ConnectWise tickets", date(2026, 9, 30))
        fact("satisfaction.score", "2026-Q3", "Customers who rated a ticket good", "0.968", "percent", "Survey", date(2026, 9, 30))
        fact("certificates.security", "2025", "Engineers with a security certificate", 4, "people", "Certificates on file", date(2025, 9, 30))
        out.csv("records/facts.csv", ["id", "period", "label", "text", "value", "day", "unit", "source", "as_of", "public", "digits"], facts)
