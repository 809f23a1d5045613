#!/usr/bin/env python3
"""Writes statement.html, a bank statement of 40 pages: make_statement.py > statement.html

Every booking is invented; the numbers come from a small generator of its own, so the file is the same everywhere.
"""
import datetime

state = 20261031


def rnd(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % n


def money(cents):
    sign = "\u2212" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


OUT = [
    ("Card payment", ["Brackenfold Fuel, Leith", "Tern & Daughter Stationers", "Mossgate Car Park", "Quill Street Coffee",
                      "Penhallow Hardware", "Larkrise Rail", "Oatmere Bakery", "Fennick Office Supply"], 350, 9000),
    ("Direct debit", ["Halyard Broadband", "Isla Water", "Corrie Energy", "Sable Insurance, policy 77-2041",
                      "Larch Leasing, van 2"], 3500, 42000),
    ("Payment to", ["Marram Components Ltd, inv. {n}", "Whinfell Logistics, inv. {n}", "Tolbooth Print Co, inv. {n}",
                    "Ravelston Cleaning, inv. {n}"], 12000, 420000),
    ("Charge", ["Payment abroad, reference {n}", "Cash handling"], 120, 1500),
]
IN = [
    ("Received from", ["Halloran & Pike Dental LLP, NB-2026-{n}", "Cairn Veterinary Group, NB-2026-{n}",
                       "Dunmore Architects, NB-2026-{n}", "St Ninian\u2019s School, NB-2026-{n}",
                       "Orrin Valley Foods, NB-2026-{n}"], 24000, 780000),
    ("Card settlement", ["Terminal 114-2", "Terminal 114-3"], 8000, 96000),
]

OPENING = 4182033
ROWS = 1436

head = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Statement 10/2026, account 6016 1331 9268</title>
<meta name="author" content="Bank of Corstorphine">
<style>
  @page {
    size: A4;
    margin: 32mm 18mm 20mm 22mm;
    @top-left { content: element(mark); vertical-align: bottom; padding-bottom: 5mm }
    @top-right {
      content: "Account 6016 1331 9268\\A Statement 10/2026, 31 October 2026";
      white-space: pre-line; text-align: right; vertical-align: bottom; padding-bottom: 5mm;
      font: 7.5pt/1.4 "Liberation Sans", Arial, sans-serif; color: #5a6472;
    }
    @bottom-left { content: "Bank of Corstorphine plc · 1 Exchange Place, Edinburgh"; font: 7pt "Liberation Sans", Arial, sans-serif; color: #7d8794 }
    @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 7.5pt "Liberation Sans", Arial, sans-serif; color: #5a6472 }
  }
  @page :first { margin-top: 20mm; @top-left { content: none } @top-right { content: none } }
  :root { --ink: #1b2430; --quiet: #5a6472; --line: #dde2e8; --brand: #7a1f3d }
  body { margin: 0; font: 8.5pt/1.35 "Liberation Sans", Arial, sans-serif; color: var(--ink) }
  .mark { position: running(mark); font-weight: bold; color: var(--brand); font-size: 10pt; letter-spacing: .02em }
  .mark::before { content: ""; display: inline-block; width: 7pt; height: 7pt; margin-right: 5pt; background: var(--brand); transform: rotate(45deg) }
  .first { position: relative; height: 82mm }
  .first .mark { position: static; font-size: 15pt }
  .first .mark::before { width: 10pt; height: 10pt; margin-right: 8pt }
  .window { position: absolute; left: 0; top: 25mm; width: 85mm; height: 45mm }
  .window .sender { font-size: 6.5pt; color: var(--quiet); border-bottom: .5pt solid var(--quiet); padding-bottom: 1.5mm; margin: 0 0 5mm; display: inline-block }
  .window p { margin: 0; font-size: 10pt; line-height: 1.35 }
  .facts { position: absolute; right: 0; top: 25mm; width: 74mm; border-collapse: collapse }
  .facts th { text-align: left; font-weight: normal; color: var(--quiet); padding: 1.2mm 0 }
  .facts td { text-align: right; padding: 1.2mm 0 }
  .facts tr + tr > * { border-top: .5pt solid var(--line) }
  h1 { font-size: 15pt; line-height: 1.2; margin: 0 0 2mm }
  .lede { margin: 0 0 6mm; color: var(--quiet) }
  .summary { display: flex; border-top: 1pt solid var(--brand); border-bottom: .5pt solid var(--line); margin-bottom: 7mm }
  .summary div { flex: 1; padding: 2.5mm 4mm 2.5mm 0 }
  .summary div + div { border-left: .5pt solid var(--line); padding-left: 4mm }
  .summary span { display: block; font-size: 7pt; color: var(--quiet) }
  .summary b { font-size: 12pt; font-variant-numeric: tabular-nums }
  table.book { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 8pt }
  .book caption { text-align: left; font-weight: bold; font-size: 10pt; padding-bottom: 2mm }
  .book thead th { font-size: 7pt; color: var(--quiet); text-align: left; padding: 0 2mm 1.2mm 0; border-bottom: .8pt solid var(--ink) }
  .book td { padding: 1.05mm 2mm 1.05mm 0; border-bottom: .4pt solid var(--line); vertical-align: top; font-variant-numeric: tabular-nums }
  .book td:nth-child(2) { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
  .book :is(td, th):nth-child(n+3) { text-align: right; padding-right: 0 }
  .book tr { break-inside: avoid }
  .book td small { color: var(--quiet); font-size: 7pt }
  .book .day td:first-child { font-weight: bold }
  .book tbody tr:nth-child(even) td { background: #f8f9fb }
  .book tbody tr { -deckle-add: balance attr(data-v, 0) }
  .book .brought { -deckle-show-on: continued } .book .carried { -deckle-show-on: not-last }
  .book :is(.brought, .carried) td { font-weight: bold; background: #f3eef0; border: none }
  .brought .amount::after { content: -deckle-sum(balance, before-page table, "#,##0.00") }
  .carried .amount::after { content: -deckle-sum(balance, up-to-page table, "#,##0.00") }
  .book tfoot td { border-bottom: none; border-top: .8pt solid var(--ink); padding-top: 1.5mm; font-weight: bold }
  .book .sum td { border-top: .8pt solid var(--ink); border-bottom: 2.2pt double var(--ink); font-weight: bold; background: none; padding: 1.6mm 0 }
  .end { margin-top: 8mm; font-size: 7.5pt; color: var(--quiet); break-inside: avoid }
</style>
</head>
<body>
<div class="mark">Bank of Corstorphine</div>
<section class="first">
  <div class="mark">Bank of Corstorphine</div>
  <div class="window">
    <p class="sender">Bank of Corstorphine plc, 1 Exchange Place, Edinburgh EH2 4QA</p>
    <p>Northbeam Managed IT Ltd<br>Ms Isobel Raeburn<br>Unit 7, Harbour Yard<br>Leith<br>Edinburgh EH6 6RA</p>
  </div>
  <table class="facts">
    <tr><th scope="row">Account</th><td>6016 1331 9268, business</td></tr>
    <tr><th scope="row">IBAN</th><td>GB07 CORS 6016 1331 9268 41</td></tr>
    <tr><th scope="row">Currency</th><td>Pounds sterling</td></tr>
    <tr><th scope="row">Statement</th><td>10/2026 of 31 October 2026</td></tr>
    <tr><th scope="row">Overdraft agreed</th><td>25,000.00</td></tr>
  </table>
</section>
"""

lines, balance, paid_in, paid_out = [], OPENING, 0, 0
previous = None
for i in range(ROWS):
    day = 1 + i * 31 // ROWS
    incoming = rnd(100) < 36
    kinds = IN if incoming else OUT
    weights = [3, 1] if incoming else [9, 3, 4, 2]
    pick = rnd(sum(weights))
    kind = 0
    while pick >= weights[kind]:
        pick -= weights[kind]
        kind += 1
    label, names, low, high = kinds[kind]
    text = names[rnd(len(names))].replace("{n}", f"{rnd(9000) + 1000}").replace("&", "&amp;")
    amount = low + rnd(high - low)
    if incoming:
        amount = amount * 34 // 100
    balance += amount if incoming else -amount
    if incoming:
        paid_in += amount
    else:
        paid_out += amount
    date = datetime.date(2026, 10, day).strftime("%d %b")
    first = ' class="day"' if day != previous else ""
    previous = day
    cells = f"<td>{money(amount)}<td>" if not incoming else f"<td><td>{money(amount)}"
    value = f"{amount / 100 if incoming else -amount / 100:.2f}"
    lines.append(f"<tr{first} data-v={value}><td>{date}<td>{text} <small>{label}</small>{cells}<td>{money(balance)}")

print(head, end="")
print(f"""<h1>Closing balance £{money(balance)} on 31 October</h1>
<p class="lede">{ROWS:,} bookings between 1 and 31 October 2026. Please check them and tell us within 30 days what is not right.</p>
<div class="summary">
  <div><span>Opening, 1 October</span><b>{money(OPENING)}</b></div>
  <div><span>Paid out</span><b>{money(paid_out)}</b></div>
  <div><span>Paid in</span><b>{money(paid_in)}</b></div>
  <div><span>Closing, 31 October</span><b>{money(balance)}</b></div>
</div>
<table class="book">
<caption>Bookings</caption>
<colgroup><col style="width: 17mm"><col><col style="width: 24mm"><col style="width: 24mm"><col style="width: 27mm"></colgroup>
<thead><tr><th>Date<th>Booking<th>Paid out, £<th>Paid in, £<th>Balance, £
<tr class="brought"><td><td>Brought forward<td><td><td class="amount"></thead>
<tfoot><tr class="carried"><td><td>Carried forward<td><td><td class="amount"></tfoot>
<tbody>
<tr data-v={OPENING / 100:.2f}><td>01 Oct<td>Opening balance<td><td><td>{money(OPENING)}""")
print("\n".join(lines))
print(f"""<tr class="sum"><td>31 Oct<td>Closing balance<td>{money(paid_out)}<td>{money(paid_in)}<td>{money(balance)}
</tbody>
</table>
<p class="end">Deposits are protected up to £85,000 by the deposit scheme. Interest on the agreed overdraft is 11.9&nbsp;% a year, on an overdraft not agreed 19.9&nbsp;%; neither was due in October. Questions: 0131 555 0100, Monday to Friday, 8 to 18&nbsp;h.</p>
</body>
</html>""")
