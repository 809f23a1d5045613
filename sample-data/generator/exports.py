"""Writes the documents the way the vendors' own exports look, awkward corners included."""

import csv
import io
import json
import sqlite3
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from .books import ACCOUNTS, BANKS, HIDDEN_ACCOUNT, add_months, month_end, months
from .business import AS_OF, FIRST, Business
from .cast import PEOPLE, VENDORS

OPENING = FIRST - timedelta(days=1)
COMPANY = "Prairie Systems Group"
CLASSES = {4000: "Managed", 4010: "Cloud", 4100: "Projects", 4200: "Hardware", 4300: "T&M", 2450: "Other"}


# ---- notations -----------------------------------------------------------------------------------------------------
def plain(cents):                       # 1234.50
    sign, cents = "-" if cents < 0 else "", abs(cents)
    return f"{sign}{cents // 100}.{cents % 100:02d}"


def grouped(cents):                     # 1,234.50
    sign, cents = "-" if cents < 0 else "", abs(cents)
    return f"{sign}{cents // 100:,}.{cents % 100:02d}"


def bracketed(cents):                   # (1,234.50)
    return f"({grouped(-cents)})" if cents < 0 else grouped(cents)


def us(day):                            # 10/05/2026
    return day.strftime("%m/%d/%Y") if day else ""


def bank_day(day):                      # 10/5/2026
    return f"{day.month}/{day.day}/{day.year}"


def iso(day):
    return day.isoformat() if day else ""


def midnight(day):
    return f"{day.isoformat()}T00:00:00Z"


def number(value):
    return f"{value:g}"


class Folder:
    def __init__(self, root: Path):
        self.root = root

    def text(self, name, content, encoding="utf-8", newline="\n"):
        self.bytes(name, content.replace("\n", newline).encode(encoding))

    def bytes(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def csv(self, name, header, rows, *, top=(), bottom=(), separator=",", encoding="utf-8", newline="\n", blank_after=None):
        """`top` and `bottom` are lines as they are; a blank line is put after every `blank_after` rows."""
        out = io.StringIO()
        for line in top:
            out.write(line + "\n")
        writer = csv.writer(out, delimiter=separator, lineterminator="\n")
        writer.writerow(header)
        for index, row in enumerate(rows):
            writer.writerow(row)
            if blank_after and index % blank_after == blank_after - 1:
                out.write("\n")
        for line in bottom:
            out.write(line + "\n")
        self.text(name, out.getvalue(), encoding, newline)

    def json(self, name, rows):
        """One row a line, so that a change is readable in a diff."""
        body = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        self.text(name, f"[\n{body}\n]\n")


def report_lines(title, period):
    return [COMPANY, title, f'"{period}"', ""]


def total_lines(row):
    return [row, "", '"Saturday, Oct 31, 2026 06:12 PM GMT-05:00 - Accrual Basis"']


# ---- which documents are published -----------------------------------------------------------------------------------
class Published:
    def __init__(self, b: Business):
        self.invoices = [i for i in b.invoices if i.date >= FIRST or i.open(OPENING)]
        chosen = {id(i) for i in self.invoices}
        self.payments = [p for p in b.payments if (id(p.invoice) in chosen if p.invoice else p.date >= FIRST)]
        used = {id(p.credit_memo) for p in self.payments if p.credit_memo}
        self.memos = [m for m in b.credit_memos if m.date >= FIRST or m.open(OPENING) or id(m) in used]
        self.bills = [x for x in b.bills if x.date >= FIRST or x.open(OPENING)]
        self.moves = sorted((m for m in b.bank_moves if m.date >= FIRST), key=lambda m: m.date)


# ---- ConnectWise ---------------------------------------------------------------------------------------------------
def company_ref(customer):
    return {"id": customer.id, "identifier": customer.identifier, "name": customer.name}


def connectwise(out: Folder, b: Business, published: Published):
    rows = []
    for i in published.invoices:
        left = i.open(AS_OF)
        state = "Voided" if i.void else "New" if i.draft else "Closed" if left <= 0 else "Sent"
        credits = sum(p.amount for p in published.payments if p.invoice is i and p.kind != "Payment") if i.paid else 0
        row = {"id": i.id, "invoiceNumber": i.number, "type": i.type, "status": {"name": state, "isClosed": state in ("Closed", "Voided")},
               "company": company_ref(i.customer), "date": midnight(i.date)}
        if i.due:
            row["dueDate"] = midnight(i.due)
        row |= {"billingTerms": {"name": i.terms}, "currency": {"currencyCode": "USD"}, "subtotal": i.subtotal / 100,
                "salesTax": i.tax / 100, "total": i.total / 100,
                "payments": (sum(amount for _, amount in i.paid) - credits) / 100, "credits": credits / 100,
                "balance": left / 100}
        if i.agreement:
            row["agreement"] = {"id": i.agreement.id, "name": i.agreement.name}
        if i.project:
            row["project"] = {"name": i.project}
        if i.order:
            row["customerPO"] = i.order
        rows.append((i.date, i.id, row))
    for m in published.memos:
        left = m.open(AS_OF)
        rows.append((m.date, m.id, {"id": m.id, "invoiceNumber": m.number, "type": "CreditMemo",
                     "status": {"name": "Sent" if left else "Closed", "isClosed": not left}, "company": company_ref(m.customer),
                     "date": midnight(m.date), "dueDate": midnight(m.date), "currency": {"currencyCode": "USD"},
                     "subtotal": -m.total / 100, "salesTax": 0.0, "total": -m.total / 100, "balance": -left / 100, "reference": m.reason}))
    out.json("exports/connectwise/invoices.json", [row for _, _, row in sorted(rows, key=lambda r: r[:2])])

    lines = defaultdict(list)
    for i in published.invoices:
        for index, line in enumerate(i.lines, 1):
            lines[i.date.year].append([i.number, index, line.product, line.text, number(line.quantity), grouped(line.price), grouped(line.amount),
                                       grouped(line.cost) if line.cost else "", line.account, CLASSES[line.account], "Yes" if line.recurring else "No"])
    for year, rows in lines.items():
        out.csv(f"exports/connectwise/invoice-detail-{year}.csv",
                ["Invoice #", "Line", "Product Id", "Description", "Qty", "Unit Price", "Ext Price", "Ext Cost", "GL Account", "Class", "Recurring"], rows)

    cycles = {1: "Monthly", 3: "Quarterly", 12: "Yearly"}
    agreements, additions = [], []
    for a in b.agreements:
        if a.cancelled and a.cancelled < FIRST:
            continue
        following = next((m for m in months(add_months(AS_OF.replace(day=1), 1), add_months(AS_OF, 12)) if a.bills_in(m)), None)
        row = {"id": a.id, "name": a.name, "type": {"name": a.type}, "company": company_ref(a.customer), "startDate": midnight(a.start)}
        if a.end:
            row["endDate"] = midnight(a.end)
        row |= {"noEndingDateFlag": a.end is None, "cancelledFlag": a.cancelled is not None and a.cancelled <= AS_OF}
        if a.cancelled:
            row["dateCancelled"] = midnight(a.cancelled)
        row |= {"billAmount": a.amount / 100, "billingCycle": {"name": cycles[a.cycle]}, "billingTerms": {"name": a.customer.terms},
                "nextInvoiceDate": midnight(following) if following else None,
                "agreementStatus": "Cancelled" if a.cancelled and a.cancelled <= AS_OF else "Active"}
        agreements.append(row)
        for x in a.additions:
            row = {"id": x.id, "agreementId": a.id, "product": {"identifier": x.product}, "description": x.text, "quantity": x.quantity,
                   "lessIncluded": 0, "unitPrice": x.price / 100, "unitCost": x.cost / 100,
                   "billCustomer": "Billable" if x.billable else "DoNotBill", "effectiveDate": midnight(x.start)}
            if x.end:
                row["cancelledDate"] = midnight(x.end)
            additions.append(row)
    out.json("exports/connectwise/agreements.json", agreements)
    out.json("exports/connectwise/agreement-additions.json", additions)

    out.json("exports/connectwise/companies.json", [
        {"id": c.id, "identifier": c.identifier, "name": c.name, "billingTerms": {"name": c.terms}, "creditLimit": c.seats * 500,
         "territoryManager": {"name": "Ellen Sorensen" if c.seats < 30 else "Priya Raman"}, "market": {"name": c.industry},
         "city": c.city.split(", ")[0], "state": c.city.split(", ")[1], "dateAcquired": midnight(c.start),
         "dateLeft": midnight(c.end) if c.end else None, "deletedFlag": False} for c in b.customers])

    entries = [[e.id, bank_day(e.date), e.person.name, e.customer.id, e.customer.name, e.agreement.id if e.agreement else "", e.work_type,
                f"{e.hours:.2f}", e.billable, plain(e.rate), plain(e.amount) if e.billable == "Billable" else "", e.status,
                e.invoice.number if e.invoice else "", bank_day(e.invoice.date) if e.invoice else "", e.notes] for e in b.time_entries]
    out.csv("exports/connectwise/time-entries.csv",
            ["Entry ID", "Date", "Member", "Company ID", "Company", "Agreement", "Work Type", "Hours", "Billable Option", "Hourly Rate",
             "Ext. Amount", "Status", "Invoice #", "Invoice Date", "Notes"], entries, encoding="cp1252", newline="\r\n")
    out.json("exports/connectwise/unbilled-items.json", [
        {"id": f"UB-{index}", "date": midnight(u.date), "itemType": u.kind, "company": company_ref(u.customer), "description": u.text,
         "extendedPrice": u.amount / 100, "extendedCost": u.cost / 100, "invoice": None} for index, u in enumerate(b.unbilled, 3301)])

    people = (("Harlan Clinic", "Joyce Abernathy", "Accounts payable", "712-555-0142"), ("Harlan Clinic", "Dr. Alan Reyes", "Practice owner", "712-555-0143"),
              ("Tri-County Co-op", "Dale Rasmussen", "Controller", "712-555-0117"), ("Quad Rivers Logistics", "Simone Achebe", "Accounts payable", "563-555-0188"),
              ("Siouxland Truck Center", "Bud Hanrahan", "Office manager", "712-555-0121"), ("Belle Plaine Bottling", "Carla Wentz", "Accounts payable", "319-555-0164"),
              ("José Ramírez Builders", "José Ramírez", "Owner", "402-555-0176"), ("Blackhawk Steel Fabricators", "Neil O'Hara", "Controller", "319-555-0131"),
              ("Meadowlark Hospice", "Ruth Engström", "Accounts payable", "712-555-0109"), ("Keokuk Valley Schools", "Paul Dietz", "Business office", "319-555-0150"))
    roles = {"Accounts payable": "Accounts Payable", "Controller": "Accounts Payable", "Business office": "Accounts Payable", "Office manager": "Accounts Payable",
             "Practice owner": "Owner", "Owner": "Owner"}
    out.json("exports/connectwise/contacts.json", [
        {"id": 7001 + index, "name": name, "title": title, "type": roles[title], "company": company_ref(b.by_name[customer]), "phone": phone,
         "email": f"{name.split()[-1].lower().replace(chr(39), '').encode('ascii', 'ignore').decode()}@{b.by_name[customer].identifier.lower()}.example",
         "defaultFlag": title in roles and roles[title] == "Accounts Payable" or title == "Owner"}
        for index, (customer, name, title, phone) in enumerate(people)])


# ---- QuickBooks ----------------------------------------------------------------------------------------------------
def quickbooks(out: Folder, b: Business, published: Published):
    span = "November 2024 - October 2026"
    rows = [[us(p.date), p.id, p.kind, p.customer.id, p.customer.name, p.invoice.number if p.invoice else "", p.credit_memo.number if p.credit_memo else "",
             p.method, grouped(p.amount)] for p in published.payments]
    out.csv("exports/quickbooks/received-payments.csv",
            ["Date", "Num", "Transaction Type", "Customer ID", "Customer", "Applied To", "Credit Memo", "Method", "Amount"], rows,
            top=report_lines("Payments and Credits Applied", span), blank_after=500,
            bottom=total_lines(f'TOTAL,,,,,,,,"{grouped(sum(p.amount for p in published.payments))}"'))

    rows = [[x.id, x.number, x.vendor.id, x.vendor.name, us(x.date), us(x.due), x.vendor.terms, x.vendor.currency,
             f"{x.rate:.4f}" if x.vendor.currency != "USD" else "", grouped(x.amount), grouped(x.open(AS_OF)), "Open" if x.open(AS_OF) else "Paid",
             x.account, x.memo + ("\nRMA 55-2081 opened; do not pay" if x.hold else ""), "Yes" if x.hold else "No"] for x in published.bills]
    out.csv("exports/quickbooks/bills.csv",
            ["Ref", "Num", "Vendor ID", "Vendor", "Bill Date", "Due Date", "Terms", "Currency", "Exchange Rate", "Amount", "Open Balance", "Status",
             "Account", "Memo/Description", "Hold"], rows, top=report_lines("Bills and Vendor Credits", span), encoding="utf-8-sig", newline="\r\n",
            bottom=total_lines(f'TOTAL,,,,,,,,,"{grouped(sum(x.amount for x in published.bills))}"'))

    rows = []
    for x in published.bills:
        rows += [(day, x, amount, kind) for day, amount, kind in x.paid]
    rows.sort(key=lambda r: (r[0], r[1].id, r[3]))
    out.csv("exports/quickbooks/bill-payments.csv", ["Date", "Num", "Transaction Type", "Vendor ID", "Vendor", "Bill", "Currency", "Amount"],
            [[us(day), f"BP-{5001 + n}", f"Bill Payment" if kind == "Payment" else "Discount", x.vendor.id, x.vendor.name, x.id, x.vendor.currency, grouped(amount)]
             for n, (day, x, amount, kind) in enumerate(rows)],
            top=report_lines("Bill Payment List", span), bottom=total_lines(f'TOTAL,,,,,,,"{grouped(sum(r[2] for r in rows))}"'))

    classes = {4000: "Managed", 4010: "Cloud", 4100: "Projects", 4200: "Hardware", 4300: "T&M", 5000: "Hardware", 5010: "Cloud", 5020: "Managed",
               5030: "Projects", 5100: "Managed"}
    out.csv("exports/quickbooks/chart-of-accounts.csv", ["Account #", "Full name", "Type", "Class", "Status"],
            [[account, name, type, classes.get(account, ""), "Active"] for account, (name, type) in ACCOUNTS.items() if account != HIDDEN_ACCOUNT],
            top=report_lines("Account List", "As of October 31, 2026"))
    out.csv("exports/quickbooks/vendors.csv", ["Vendor ID", "Vendor", "Terms", "Type", "Credit Limit", "Phone", "Email"],
            [[v.id, v.name, v.terms, "Distributor" if v.kind == "distributor" else v.kind.title(), {"V01": "60,000.00", "V02": "35,000.00"}.get(v.id, ""),
              f"800-555-01{index:02d}", f"receivables@{''.join(c for c in v.name.lower() if c.isascii() and c.isalnum())}.example"]
             for index, v in enumerate(VENDORS, 10)])

    for month in months(add_months(FIRST, -1), AS_OF):
        day = month_end(month)
        rows, debit, credit = [], 0, 0
        for account, amount in b.ledger.trial_balance(day).items():
            if not amount or account == HIDDEN_ACCOUNT:
                continue
            rows.append([us(day), account, ACCOUNTS[account][0], grouped(amount) if amount > 0 else "", grouped(-amount) if amount < 0 else ""])
            debit, credit = debit + max(amount, 0), credit + max(-amount, 0)
        out.csv(f"exports/quickbooks/trial-balance-{day:%Y-%m}.csv", ["As of", "Account #", "Account", "Debit", "Credit"], rows,
                top=report_lines("Trial Balance", f"As of {day:%B} {day.day}, {day.year}"), blank_after=20,
                bottom=total_lines(f'TOTAL,,,"{grouped(debit)}","{grouped(credit)}"'))


# ---- bank, payroll service, exchange rates ---------------------------------------------------------------------------
def bank(out: Folder, b: Business, published: Published):
    balance = {account: b.ledger.balance(account, OPENING) for account in BANKS}
    by_month = defaultdict(list)
    for index, m in enumerate(published.moves):
        balance[m.account] += m.amount
        by_month[m.date.replace(day=1)].append(
            [bank_day(m.date), BANKS[m.account], m.text, bracketed(m.amount), grouped(balance[m.account]), m.counterparty, m.category, m.contra,
             m.reference, f"FPB{240000001 + index * 3}"])
    for month, rows in sorted(by_month.items()):
        out.csv(f"exports/bank/bank-{month:%Y-%m}.csv",
                ["Posted", "Account", "Description", "Amount", "Balance", "Counterparty", "Category", "Offset Account", "Reference", "Bank ID"], rows,
                top=[f"First Prairie Bank - posted activity {month:%B %Y}", ""], bottom=["", f"End of report,,{len(rows)} items"])
    out.csv("exports/bank/accounts.csv", ["Account", "Name", "Bank", "Kind", "Balance", "Balance Date", "Ledger Account"],
            [[text, ACCOUNTS[account][0], "First Prairie Bank", {1010: "checking", 1020: "checking", 1030: "money_market"}[account],
              grouped(b.ledger.balance(account, AS_OF)), bank_day(AS_OF), account] for account, text in BANKS.items()])

    days = []
    for day, kind, amount, heads in b.payroll:
        if FIRST <= day:
            days.append(f'    <PayDay date={quoteattr(iso(day))} type={quoteattr(kind.title())} employees="{heads}"><Amount currency="USD">{plain(amount)}</Amount></PayDay>')
    out.text("exports/payroll/calendar.xml", '<?xml version="1.0" encoding="UTF-8"?>\n<PayrollCalendar client="Prairie Systems Group" schedule="Biweekly, Friday">\n'
             f'  <Note>{escape("Net pay, tax & retirement deposits, benefits; holidays moved to the business day before")}</Note>\n'
             "  <PayDays>\n" + "\n".join(days) + "\n  </PayDays>\n</PayrollCalendar>\n")

    rows = [[f"{day:%d.%m.%Y}", "EUR", f"{rate:.4f}".replace(".", ",")] for day, rate in b.rates.items() if day >= date(2024, 9, 1)]
    out.csv("exports/rates/kurse.csv", ["Datum", "Währung", "Kurs in USD"], rows, separator=";", encoding="cp1252", newline="\r\n",
            top=["Referenzkurse;;", ""])


# ---- what the firm keeps in sheets of its own --------------------------------------------------------------------------
def records(out: Folder, b: Business):
    cloud = b.bills and [x for x in b.bills if x.vendor.name == "Pax8"][-1].amount
    standing = [
        ("S01", "Rent", "Prairie Crossing Properties", "rent", 9_475_00, "2026-01-02", "monthly", "", "bank"),
        ("S02", "Pax8 licenses", "Pax8", "subscriptions", round(cloud, -4), "2026-01-25", "monthly", "", "bank"),
        ("S03", "PSA, RMM and help desk", "ConnectWise", "subscriptions", 14_100_00, "2026-01-25", "monthly", "", "bank"),
        ("S04", "Fiber and trunks", "Hawkeye Fiber & Voice", "utilities", 2_148_00, "2026-01-20", "monthly", "", "bank"),
        ("S05", "Electricity", "MidState Electric", "utilities", 1_120_00, "2026-01-28", "monthly", "", "bank"),
        ("S06", "Vehicles", "Wolfe Fleet Service", "vehicles", 950_00, "2026-01-26", "monthly", "", "bank"),
        ("S07", "Package, cyber and E&O premium, 6 months", "Corn Belt Mutual Insurance", "insurance", 17_400_00, "2026-06-30", "semiannual", "", "bank"),
        ("S08", "Owner distribution", "Dana Whitfield", "owners", 9_000_00, "2026-01-16", "monthly", "", "bank"),
        ("S09", "Owner distribution for tax", "Dana Whitfield", "owners", 11_500_00, "2027-01-15", "annual", "", "bank"),
        ("S10", "Card processing and service fees", "First Prairie Bank", "other", 1_370_00, "2026-01-31", "monthly", "", "bank"),
        ("S11", "Firewall lab and workstations", "Equipment", "capex", 23_850_00, "2026-10-14", "once", "", "bank"),
        ("S12", "Storage for the lab", "Equipment", "capex", 6_800_00, "2026-12-09", "once", "", "bank"),
        ("S15", "Remote support platform, yearly", "ScreenPath", "subscriptions", 11_400_00, "2026-12-01", "annual", "", "bank"),
        ("S16", "Switches for Pella plant network", "TD SYNNEX", "other", 12_600_00, "2026-11-18", "once", "", "bank"),
        ("S17", "Firewalls for six Elkhorn branches", "Ingram Micro", "other", 11_700_00, "2026-11-24", "once", "", "bank"),
        ("S18", "Cabling for Belle Plaine line 3", "Kestrel Cabling, LLC", "other", 5_600_00, "2026-12-04", "once", "", "bank"),
        ("S19", "Operating room network equipment, Ashgrove", "Ingram Micro", "other", 16_900_00, "2026-12-10", "once", "", "bank"),
        ("S20", "Generator and UPS replacement", "Equipment", "capex", 14_100_00, "2026-11-12", "once", "", "bank"),
        ("S13", "Spring trade show booth", "Midwest Tech Expo", "other", 4_500_00, "2027-01-12", "once", "", "bank"),
        ("S14", "Design and meeting subscriptions", "Several", "subscriptions", 1_180_00, "2026-01-09", "monthly", "", "card"),
    ]
    out.csv("records/standing-payments.csv", ["id", "name", "payee", "category", "amount", "next_date", "cycle", "end_date", "method"],
            [row[:4] + (plain(row[4]),) + row[5:] for row in sorted(standing)])
    owed = lambda account: plain(-b.ledger.balance(account, AS_OF))
    out.csv("records/loans.csv", ["id", "name", "lender", "balance", "balance_date", "interest_rate", "payment", "cycle", "next_payment_date", "end_date", "account"],
            [["L1", "Term loan 88-1140", "First Prairie Bank", owed(2600), iso(AS_OF), "7.25%", "4780.00", "monthly", "2026-11-16", "2029-06-15", 2600],
             ["L2", "Vehicle loan 88-2093", "First Prairie Bank", owed(2610), iso(AS_OF), "7.90%", "682.40", "monthly", "2026-11-19", "2029-10-19", 2610]])
    distributor = sum(x.open(AS_OF) for x in b.bills if x.vendor.name == "Ingram Micro")
    interest = round(-b.ledger.balance(2500, AS_OF) * 0.085 / 12)
    out.csv("records/credit-lines.csv", ["id", "name", "lender", "kind", "limit", "drawn", "balance_date", "interest_rate", "borrowing_base", "advance_rate", "due_date",
                                         "due_amount", "expires", "account"],
            [["C1", "Operating line", "First Prairie Bank", "bank", "150000.00", owed(2500), iso(AS_OF), "8.5%", "yes", "80%", "2026-11-30", plain(interest), "2027-04-30", 2500],
             ["C2", "Ingram Micro credit", "Ingram Micro", "distributor", "60000.00", plain(distributor), iso(AS_OF), "", "no", "", "", "", "", ""]])
    out.csv("records/credit-cards.csv", ["id", "name", "issuer", "limit", "balance", "balance_date", "due_date", "due_amount", "payroll_used", "account"],
            [["K1", "Business card ending 4417", "Prairie Card Services", "25000.00", owed(2100), iso(AS_OF), "2026-11-12", owed(2100), "no", 2100]])
    out.csv("records/tax-dates.csv", ["id", "name", "kind", "due_date", "amount", "paid_date"],
            [[key, name, kind, iso(day), plain(amount), iso(day) if day <= AS_OF else ""] for key, name, kind, day, amount in sorted(b.taxes, key=lambda t: t[3])
             if day >= FIRST] + [["PT-2026", "Property tax on equipment", "property", "2027-01-29", "2340.00", ""]])

    rows = []
    invoiced = [i for i in b.invoices if i.type == "Progress" and i.date >= date(2026, 9, 1) and not i.draft][:4]
    for index, i in enumerate(invoiced, 1):
        rows.append([f"M-{index:03d}", i.project, i.customer.id, i.customer.name, "Final acceptance", iso(i.date), plain(i.subtotal), i.terms, i.number])
    future = (("Keokuk Valley Schools", "Laptop rollout", "Delivery, 40 laptops", "2026-11-09", 41_600_00, "Net 30"),
              ("Keokuk Valley Schools", "Laptop rollout", "Imaging and handover", "2026-11-30", 9_800_00, "Net 30"),
              ("Ashgrove Surgical Center", "Operating room network", "Design approved", "2026-11-05", 12_400_00, "Net 30"),
              ("Ashgrove Surgical Center", "Operating room network", "Cutover", "2026-12-18", 24_800_00, "Net 30"),
              ("Belle Plaine Bottling", "Line 3 wireless", "Survey and cabling", "2026-11-12", 9_300_00, "Net 30"),
              ("Pella Crossing Windows", "Plant network", "Phase 2 cutover", "2026-11-20", 18_500_00, "Net 30"),
              ("Elkhorn Valley Bank", "Branch firewalls", "Six branches done", "2026-12-04", 16_900_00, "Net 15"),
              ("Greater Ottumwa Clinic", "Microsoft 365 tenant move", "Mail moved", "2026-12-11", 13_200_00, "Net 30"),
              ("Bremer Ag Credit", "Core switch replacement", "Cutover", "2027-01-04", 19_400_00, "Net 15"),
              ("Ridgeway Machine", "Backup redesign", "Restore test passed", "2026-12-17", 11_600_00, "Net 30"))
    for index, (name, project, what, day, amount, terms) in enumerate(future, len(rows) + 1):
        rows.append([f"M-{index:03d}", project, b.by_name[name].id, name, what, day, plain(amount), terms, ""])
    out.csv("records/milestones.csv", ["id", "project", "customer_id", "customer", "name", "invoice_date", "amount", "terms", "invoice_id"], rows)

    rows = []
    for month in months(date(2026, 8, 1), AS_OF):
        day = month_end(month)
        value = b.ledger.balance(1300, day)
        items = [("AP-6E", "Wi-Fi 6E access point", 11, 343_00), ("UPS-1500", "Line-interactive UPS", 5, 541_00), ("MON-27", "27 inch monitor", 14, 228_00)]
        if day == AS_OF:
            items.append(("LAP-5450-K", "Laptop 14 inch, Keokuk Valley order", 40, 785_00))
        for code, text, quantity, cost in items:
            rows.append([code, iso(day), text, quantity, plain(quantity * cost)])
            value -= quantity * cost
        rows.append(["MISC", iso(day), "Goods in transit and spares", "", plain(value)])
    out.csv("records/inventory.csv", ["item", "date", "description", "quantity", "value"], rows)

    plan = (("revenue", -388_000_00, 1_900_00), ("cogs", 225_000_00, 900_00), ("opex", 138_000_00, 350_00), ("depreciation", 4_650_00, 0), ("interest", 1_450_00, 0),
            ("tax", 3_300_00, 0), ("distributions", 9_000_00, 0), ("fixed_assets", 3_500_00, 0))
    out.csv("records/budget-2026.csv", ["line", "month", "amount", "version"],
            [[line, iso(month), plain(amount + (step if amount > 0 else -step) * index), "2026"] for index, month in enumerate(months(date(2026, 1, 1), date(2026, 12, 1)))
             for line, amount, step in plan])

    out.csv("records/people.csv", ["id", "name", "title", "role", "team", "email", "start_date", "end_date", "hourly_cost"],
            [[p.id, p.name, p.title, "; ".join(p.roles), p.team, f"{p.name.split()[0].lower().encode('ascii', 'ignore').decode()}@prairie.example", iso(p.hired), iso(p.left),
              plain(round(p.salary * 100 * 1.18 / 1880))] for p in PEOPLE], encoding="cp1252", newline="\r\n")


# ---- the CRM: a SQLite file ----------------------------------------------------------------------------------------
def crm(out: Folder, b: Business, published: Published, growth):
    path = out.root / "exports/crm/crm.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.executescript("""
        CREATE TABLE opportunity(id TEXT PRIMARY KEY, name TEXT, company_id INTEGER, company TEXT, contact TEXT, owner TEXT, source TEXT, campaign_id TEXT, type TEXT,
            stage TEXT, status TEXT, probability INTEGER, is_commit INTEGER, one_time TEXT, monthly TEXT, term_months INTEGER, cost TEXT, forecast_type TEXT, created TEXT,
            stage_entered TEXT, last_activity TEXT, expected_close TEXT, original_close TEXT, closed TEXT, loss_reason TEXT, competitor TEXT, next_step TEXT, next_step_on TEXT, quote_no TEXT);
        CREATE TABLE stage_log(opportunity_id TEXT, changed TEXT, stage TEXT, one_time TEXT, expected_close TEXT);
        CREATE TABLE stage(name TEXT, position INTEGER, probability INTEGER);
        CREATE TABLE lead_source(name TEXT, channel TEXT, active INTEGER);
        CREATE TABLE quota(owner TEXT, first_day TEXT, last_day TEXT, amount TEXT);
        CREATE TABLE campaign(id TEXT, name TEXT, source TEXT, first_day TEXT, last_day TEXT, budget TEXT, cost TEXT, funded TEXT, leads INTEGER);
        CREATE TABLE collection_note(id INTEGER PRIMARY KEY, day TEXT, company_id INTEGER, company TEXT, invoice TEXT, kind TEXT, owner TEXT, contact TEXT, note TEXT,
            promised_for TEXT, promised_amount TEXT, disputed_amount TEXT, state TEXT, next_action TEXT);
    """)
    for table, rows in growth.crm_tables().items():
        db.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
    db.executemany(f"INSERT INTO collection_note VALUES ({','.join('?' * 14)})", collection_notes(b))
    db.commit()
    db.execute("VACUUM")
    db.close()


def collection_notes(b: Business):
    find = b.by_name.__getitem__
    def invoices(name):
        return sorted((i for i in b.invoices if i.customer.name == name and i.open(AS_OF) > 0 and (i.due or i.date) < AS_OF), key=lambda i: i.due or i.date)
    ellen, priya = "Ellen Sorensen", "Priya Raman"
    disputed = b.disputed
    rows = [
        ("2026-08-25", "Harlan Clinic", "", "Email", ellen, "Joyce Abernathy", "Statement sent, no answer.", None, None, None, None, "2026-09-02"),
        ("2026-09-02", "Harlan Clinic", b.harlan.number, "Call", ellen, "Joyce Abernathy", "Waiting for the owner's signature on phase 2.", None, None, None, None, "2026-09-16"),
        ("2026-09-16", "Harlan Clinic", "", "Email", ellen, "Dr. Alan Reyes", "Signed acceptance attached; asked for a date.", None, None, None, None, "2026-10-01"),
        ("2026-10-01", "Harlan Clinic", "", "Promise", ellen, "Dr. Alan Reyes", "Pays everything when the\ninsurer's settlement arrives.", "2026-10-15", 46_300_00, None, "Broken", "2026-10-16"),
        ("2026-10-20", "Harlan Clinic", "", "Call", ellen, "Joyce Abernathy", "No money yet; Dr. Reyes to call back. He has not.", None, None, None, None, "2026-11-02"),
        ("2026-10-07", "Tri-County Co-op", b.county.number, "Call", ellen, "Dale Rasmussen", "Board approves checks on the second Thursday.", None, None, None, None, "2026-10-26"),
        ("2026-10-26", "Tri-County Co-op", "", "Promise", ellen, "Dale Rasmussen", "Check run of November 13.", "2026-11-13", 28_600_00, None, "Open", "2026-11-13"),
        ("2026-10-02", "José Ramírez Builders", disputed.number, "Dispute", priya, "José Ramírez", "Two of eight access points never reached the site; paid the rest in part.", None, None, disputed.open(AS_OF), "Open", "2026-11-04"),
        ("2026-10-19", "Siouxland Truck Center", "", "Call", ellen, "Bud Hanrahan", "Will look into it.", None, None, None, None, "2026-11-03"),
        ("2026-10-27", "Quad Rivers Logistics", "", "Call", ellen, "Simone Achebe", "New payables desk after the sale; needs our W-9 again. Sent.", None, None, None, None, "2026-11-05"),
        ("2026-10-28", "Belle Plaine Bottling", "", "Email", ellen, "Carla Wentz", "In approval.", None, None, None, None, "2026-11-06"),
        ("2026-09-10", "Meadowlark Hospice", "", "Promise", ellen, "Ruth Engström", "End of the month.", "2026-09-30", None, None, "Kept", ""),
        ("2026-03-04", "Corydon Auto Group", "", "Letter", ellen, "", "Second letter to the old address came back.", None, None, None, None, ""),
    ]
    assert invoices("Harlan Clinic") and invoices("Tri-County Co-op")
    money = lambda amount: None if amount is None else plain(amount)
    rows.sort(key=lambda r: (r[0], r[1]))
    return [(index, day, find(name).id, name, invoice or None, kind, owner, contact, note, promised, money(amount), money(dispute), state, following or None)
            for index, (day, name, invoice, kind, owner, contact, note, promised, amount, dispute, state, following) in enumerate(rows, 1)]
