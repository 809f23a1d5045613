-- The cash-flow report's figures, each from the raw tables alone.

CREATE TABLE month_end AS   -- the as-of date and the four month ends before it
WITH RECURSIVE m(day) AS (SELECT as_of FROM run UNION ALL SELECT date(day, 'start of month', '-1 day') FROM m LIMIT 5) SELECT day FROM m;

-- ---- receivables -----------------------------------------------------------------------------------------------------
CREATE TABLE receivable AS  -- what was open at the close of each month; credits negative
WITH owed AS (
    SELECT m.day AS at, i.id, party, i.day, due, deposit,
           total - coalesce((SELECT sum(amount) FROM payment AS p WHERE p.invoice = i.id AND p.day <= m.day), 0) AS amount
    FROM invoice AS i JOIN month_end AS m ON i.day <= m.day)
SELECT at, id, party, day, due, amount, amount < 0 AS credit FROM owed WHERE amount <> 0 AND NOT (deposit AND amount < 0)
UNION ALL
SELECT m.day, c.id, party, c.day, c.day, -(total - coalesce((SELECT sum(amount) FROM payment AS p WHERE p.memo = c.id AND p.day <= m.day), 0)), 1
FROM memo AS c JOIN month_end AS m ON c.day <= m.day
UNION ALL
SELECT m.day, p.id, party, p.day, p.day, -amount, 1
FROM payment AS p JOIN month_end AS m ON p.day <= m.day WHERE invoice = '' AND kind <> 'Credit applied';

CREATE VIEW aged AS
SELECT *, CASE WHEN credit THEN 'unapplied' WHEN late <= 0 THEN 'current' WHEN late <= 30 THEN '1_30' WHEN late <= 60 THEN '31_60'
          WHEN late <= 90 THEN '61_90' ELSE 'over_90' END AS bucket
FROM (SELECT *, CAST(julianday(at) - julianday(due) AS INTEGER) AS late FROM receivable WHERE amount <> 0);
CREATE VIEW aged_now AS SELECT aged.* FROM aged, run WHERE at = as_of;
CREATE VIEW bucket(name) AS VALUES ('current'), ('1_30'), ('31_60'), ('61_90'), ('over_90'), ('unapplied');
CREATE VIEW customer AS
SELECT party, sum(amount) AS total, sum(CASE WHEN late > 0 AND NOT credit THEN amount ELSE 0 END) AS overdue, max(CASE WHEN credit THEN 0 ELSE late END) AS oldest
FROM aged_now GROUP BY party;

INSERT INTO figure(id, value, digits) SELECT 'ar.total', sum(amount) / 100.0, 2 FROM aged_now;
INSERT INTO figure(id, value, digits) SELECT 'ar.bucket.' || name, (SELECT coalesce(sum(amount), 0) / 100.0 FROM aged_now WHERE bucket = name), 2 FROM bucket;
INSERT INTO figure(id, value, digits) SELECT 'ar.overdue', sum(overdue) / 100.0, 2 FROM customer;
INSERT INTO figure(id, value, digits) SELECT 'ar.concentration', 1.0 * max(total) / sum(total), 3 FROM customer;

-- ---- days sales outstanding ------------------------------------------------------------------------------------------
CREATE VIEW billed AS       -- deposits are no sales
SELECT m.day AS at, sum(total) AS total FROM month_end AS m JOIN invoice AS i ON i.day BETWEEN date(m.day, '-89 days') AND m.day AND NOT deposit GROUP BY 1;
CREATE VIEW dso AS
SELECT at, 90.0 * sum(amount) / total AS days, 90.0 * sum(CASE WHEN bucket = 'current' THEN amount END) / total AS best FROM aged JOIN billed USING (at) GROUP BY at;
INSERT INTO figure(id, value, digits) SELECT 'cash.dso', days, 1 FROM dso, run WHERE at = as_of;
INSERT INTO figure(id, value, digits) SELECT 'cash.dso.best', best, 1 FROM dso, run WHERE at = as_of;
INSERT INTO figure(id, value, digits) SELECT 'cash.add', days - best, 1 FROM dso, run WHERE at = as_of;

WITH RECURSIVE month(first, last, sales) AS (
    SELECT first, as_of, (SELECT sum(total) FROM invoice WHERE day BETWEEN first AND as_of AND NOT deposit) FROM run
    UNION ALL
    SELECT date(first, '-1 month'), date(first, '-1 day'), (SELECT sum(total) FROM invoice AS i WHERE i.day >= date(month.first, '-1 month') AND i.day < month.first AND NOT deposit)
    FROM month LIMIT 12),
running AS (SELECT *, sum(sales) OVER (ORDER BY last DESC) AS until, CAST(strftime('%d', last) AS INTEGER) AS days FROM month),
ar AS (SELECT sum(amount) AS total FROM aged_now)
INSERT INTO figure(id, value, digits)
SELECT 'cash.dso.count_back', (SELECT coalesce(sum(days), 0) FROM running, ar WHERE until < total)
    + (SELECT 1.0 * (total - (until - sales)) * days / sales FROM running, ar WHERE until >= total ORDER BY last DESC LIMIT 1), 1;

INSERT INTO figure(id, value, digits)
SELECT 'cash.cei', 1.0 * (opening + sales - closing) / (opening + sales - fresh), 3
FROM (SELECT (SELECT sum(amount) FROM aged WHERE at = before) AS opening, (SELECT sum(total) FROM invoice WHERE day BETWEEN first AND as_of AND NOT deposit) AS sales,
             (SELECT sum(amount) FROM aged_now) AS closing, (SELECT sum(amount) FROM aged_now WHERE bucket = 'current') AS fresh FROM run);

-- ---- payables --------------------------------------------------------------------------------------------------------
CREATE TABLE payable AS     -- open bills in dollars, at the rate of the as-of date
SELECT id, party, day, due, terms, hold, open < 0 AS credit, CAST(julianday(as_of) - julianday(due) AS INTEGER) AS late,
       CAST(round(open * CASE currency WHEN 'USD' THEN 1.0 ELSE (SELECT rate FROM rate WHERE rate.currency = b.currency AND rate.day <= as_of ORDER BY day DESC LIMIT 1) END) AS INTEGER) AS amount
FROM (SELECT bill.*, total - coalesce((SELECT sum(amount) FROM bill_paid AS p WHERE p.bill = bill.id AND p.day <= as_of), 0) AS open, as_of FROM bill, run WHERE bill.day <= as_of) AS b
WHERE open <> 0;
CREATE VIEW payable_aged AS
SELECT *, CASE WHEN credit THEN 'unapplied' WHEN late <= 0 THEN 'current' WHEN late <= 30 THEN '1_30' WHEN late <= 60 THEN '31_60'
          WHEN late <= 90 THEN '61_90' ELSE 'over_90' END AS bucket FROM payable;
INSERT INTO figure(id, value, digits) SELECT 'ap.total', sum(amount) / 100.0, 2 FROM payable;
INSERT INTO figure(id, value, digits) SELECT 'ap.bucket.' || name, (SELECT coalesce(sum(amount), 0) / 100.0 FROM payable_aged WHERE bucket = name), 2 FROM bucket;
INSERT INTO figure(id, value, digits) SELECT 'ap.overdue', (SELECT coalesce(sum(amount), 0) / 100.0 FROM payable WHERE late > 0 AND NOT credit), 2;

-- ---- cash, credit ----------------------------------------------------------------------------------------------------
CREATE VIEW bank_balance AS SELECT account, balance FROM bank_move AS m, run
WHERE position = (SELECT max(position) FROM bank_move AS x WHERE x.account = m.account AND x.day <= as_of);
INSERT INTO figure(id, value, digits) SELECT 'cash.closing', sum(balance) / 100.0, 2 FROM bank_balance;
INSERT INTO figure(id, value, digits) SELECT 'cash.line.limit', sum("limit"), 2 FROM credit_lines WHERE kind = 'bank';
INSERT INTO figure(id, value, digits) SELECT 'cash.line.drawn', sum(drawn), 2 FROM credit_lines WHERE kind = 'bank';
-- 80 % of what is at most 90 days from its invoice date, without customers that have more than a tenth past that, and at
-- most a fifth of it from one customer (no customer is a vendor as well)
WITH customers AS (SELECT party, sum(CASE WHEN NOT credit THEN amount ELSE 0 END) AS owed, sum(CASE WHEN credit THEN amount ELSE 0 END) AS credits,
                          sum(CASE WHEN NOT credit AND julianday(as_of) - julianday(day) > 90 THEN amount ELSE 0 END) AS old FROM aged_now, run GROUP BY party),
     eligible AS (SELECT CASE WHEN old * 10 > owed THEN credits ELSE owed - old + credits END AS amount FROM customers),
     cap AS (SELECT sum(amount) / 5.0 AS amount FROM eligible)
INSERT INTO figure(id, value, digits)
SELECT 'cash.borrowing_base', 0.8 * sum(min(eligible.amount, cap.amount)) / 100.0, 2 FROM eligible, cap;
INSERT INTO figure(id, value, digits) SELECT 'cash.line.available', min(sum("limit"), (SELECT value FROM figure WHERE id = 'cash.borrowing_base')) - sum(drawn), 2
FROM credit_lines WHERE kind = 'bank';
INSERT INTO figure(id, value, digits) SELECT 'cash.cards', sum(balance), 2 FROM credit_cards;
INSERT INTO figure(id, value, digits) SELECT 'cash.liquidity', sum(value), 2 FROM figure WHERE id IN ('cash.closing', 'cash.line.available');
INSERT INTO figure(id, value, digits)
SELECT 'cash.runway', CASE WHEN net < 0 THEN (SELECT value FROM figure WHERE id = 'cash.closing') * 3 / -net END, 1
FROM (SELECT sum(amount) / 100.0 AS net FROM bank_move, run WHERE day > date(first, '-2 months', '-1 day') AND day <= as_of AND category <> 'Transfer');

-- ---- statement from the trial balances ---------------------------------------------------------------------------------
CREATE VIEW line(account, name) AS
SELECT account, CASE
    WHEN account BETWEEN 1010 AND 1030 THEN 'cash' WHEN account = 1100 THEN 'receivables' WHEN account = 1190 THEN 'allowance'
    WHEN account = 1300 THEN 'inventory' WHEN account IN (1400, 1410) THEN 'prepaid' WHEN account = 1500 THEN 'fixed_assets'
    WHEN account = 1590 THEN 'accumulated_depreciation' WHEN account = 1900 THEN 'other_assets' WHEN account = 2000 THEN 'payables'
    WHEN account = 2100 THEN 'credit_cards' WHEN account IN (2200, 2210) THEN 'accrued' WHEN account = 2300 THEN 'sales_tax'
    WHEN account = 2350 THEN 'income_tax_payable' WHEN account = 2400 THEN 'deferred_revenue' WHEN account = 2450 THEN 'customer_deposits'
    WHEN account = 2500 THEN 'line_of_credit' WHEN account BETWEEN 2600 AND 2699 THEN 'loans' WHEN account = 3000 THEN 'equity'
    WHEN account = 3100 THEN 'distributions' WHEN account = 3900 THEN 'retained_earnings' WHEN account BETWEEN 4000 AND 4999 THEN 'revenue'
    WHEN account BETWEEN 5000 AND 5999 THEN 'cogs' WHEN account = 6700 THEN 'bad_debt' WHEN account = 6950 THEN 'depreciation'
    WHEN account BETWEEN 6000 AND 6999 THEN 'opex' WHEN account = 7000 THEN 'interest' WHEN account IN (7100, 7300) THEN 'other_income'
    WHEN account = 7200 THEN 'gain_loss_disposal' WHEN account = 7900 THEN 'tax' END
FROM (SELECT DISTINCT account FROM ledger);
CREATE TABLE change AS SELECT name, sum(amount) / 100.0 AS amount FROM moved JOIN line USING (account) WHERE name IS NOT NULL GROUP BY name;
CREATE VIEW standing AS SELECT name, sum(amount) / 100.0 AS amount FROM ledger JOIN line USING (account), run WHERE day = as_of AND name IS NOT NULL GROUP BY name;
CREATE TABLE statement AS
SELECT (SELECT -sum(amount) FROM change WHERE name IN ('revenue', 'cogs', 'opex', 'bad_debt', 'depreciation', 'interest', 'other_income', 'gain_loss_disposal', 'tax')) AS net_income,
       (SELECT sum(amount) FROM change WHERE name IN ('depreciation', 'bad_debt', 'gain_loss_disposal')) AS not_cash,
       (SELECT -sum(amount) FROM change WHERE name IN ('receivables', 'inventory', 'prepaid', 'payables', 'credit_cards', 'accrued', 'sales_tax', 'income_tax_payable',
                                                      'deferred_revenue', 'customer_deposits')) AS working_capital,
       (SELECT -sum(amount) FROM change WHERE name IN ('bad_debt', 'allowance')) AS written_off,
       (SELECT -sum(amount) FROM change WHERE name IN ('fixed_assets', 'accumulated_depreciation', 'depreciation', 'gain_loss_disposal', 'other_assets')) AS cfi,
       (SELECT -sum(amount) FROM change WHERE name IN ('line_of_credit', 'loans', 'equity', 'distributions', 'retained_earnings')) AS cff,
       (SELECT amount FROM change WHERE name = 'cash') AS cash
FROM run;
-- in January last year's profit, and its distributions, went into retained earnings without any money
UPDATE statement SET cff = cff + (SELECT sum(amount) / 100.0 FROM ledger, run WHERE day = before AND account >= 4000) WHERE (SELECT strftime('%m', as_of) FROM run) = '01';
INSERT INTO figure(id, value, digits) SELECT 'cash.cfo', net_income + not_cash + working_capital + written_off, 2 FROM statement;
INSERT INTO figure(id, value, digits) SELECT 'cash.cfi', cfi, 2 FROM statement;
INSERT INTO figure(id, value, digits) SELECT 'cash.cff', cff, 2 FROM statement;
INSERT INTO figure(id, value, digits) SELECT 'cash.unreconciled', cash - (net_income + not_cash + working_capital + written_off + cfi + cff), 2 FROM statement;

CREATE TABLE cost AS        -- of the three months up to the as-of date
SELECT sum(m.amount) / 100.0 AS amount, (SELECT julianday(as_of) - julianday(first, '-2 months', '-1 day') FROM run) AS days
FROM (SELECT n.account, n.day, n.amount - CASE WHEN strftime('%m', n.day) = '01' THEN 0 ELSE coalesce(o.amount, 0) END AS amount
      FROM ledger AS n LEFT JOIN ledger AS o ON o.account = n.account AND o.day = date(n.day, 'start of month', '-1 day')) AS m, run
WHERE account BETWEEN 5000 AND 5999 AND m.day > date(first, '-2 months', '-1 day') AND m.day <= as_of;
INSERT INTO figure(id, value, digits) SELECT 'cash.dpo', (SELECT value FROM figure WHERE id = 'ap.total') * days / amount, 1 FROM cost;
-- the newest count, else the ledger
CREATE VIEW stock AS SELECT coalesce((SELECT sum(value) FROM inventory WHERE date = (SELECT max(date) FROM inventory, run WHERE date <= as_of)),
    (SELECT sum(amount) / 100.0 FROM ledger, run WHERE account = 1300 AND day = as_of)) AS value;
INSERT INTO figure(id, value, digits) SELECT 'cash.dio', (SELECT value FROM stock) * days / amount, 1 FROM cost;
INSERT INTO figure(id, value, digits) SELECT 'cash.ccc', (SELECT days FROM dso, run WHERE at = as_of) + ((SELECT value FROM stock)
    - (SELECT value FROM figure WHERE id = 'ap.total')) * cost.days / cost.amount, 1 FROM cost;
CREATE VIEW current AS
SELECT (SELECT sum(amount) FROM standing WHERE name IN ('cash', 'receivables', 'allowance', 'prepaid', 'inventory')) AS assets,
       (SELECT sum(amount) FROM standing WHERE name IN ('cash', 'receivables', 'allowance')) AS quick,
       (SELECT -sum(amount) FROM standing WHERE name IN ('payables', 'credit_cards', 'accrued', 'sales_tax', 'income_tax_payable', 'deferred_revenue', 'customer_deposits', 'line_of_credit')) AS debts;
INSERT INTO figure(id, value, digits) SELECT 'cash.current_ratio', assets / debts, 2 FROM current;
INSERT INTO figure(id, value, digits) SELECT 'cash.quick_ratio', quick / debts, 2 FROM current;

-- ---- recurring revenue -----------------------------------------------------------------------------------------------
CREATE TABLE mrr AS
SELECT d.day AS at, g.party, round((g.amount + coalesce((SELECT sum(amount) FROM addition AS a WHERE a.agreement = g.id AND a.start <= d.day
           AND (a.cancelled IS NULL OR a.cancelled > d.day)), 0)) / 1.0 / g.months) AS amount
FROM agreement AS g, (SELECT as_of AS day FROM run UNION SELECT date(as_of, '-1 year') FROM run) AS d
WHERE g.start <= d.day AND (g.cancelled IS NULL OR g.cancelled > d.day) AND (g.end IS NULL OR g.end >= d.day);
INSERT INTO figure(id, value, digits) SELECT 'recurring.mrr', sum(amount) / 100.0, 2 FROM mrr, run WHERE at = as_of;
WITH before AS (SELECT party, sum(amount) AS amount FROM mrr, run WHERE at < as_of GROUP BY party), now AS (SELECT party, sum(amount) AS amount FROM mrr, run WHERE at = as_of GROUP BY party)
INSERT INTO figure(id, value, digits)
SELECT 'recurring.nrr', sum(coalesce(now.amount, 0)) / sum(before.amount), 3 FROM before LEFT JOIN now USING (party)
UNION ALL
SELECT 'recurring.grr', sum(min(coalesce(now.amount, 0), before.amount)) / sum(before.amount), 3 FROM before LEFT JOIN now USING (party);
INSERT INTO figure(id, value, digits) SELECT 'recurring.share', 1.0 * sum(CASE WHEN recurring THEN amount END) / sum(amount), 3 FROM sold, run WHERE day BETWEEN first AND as_of AND NOT deposit;

-- ---- unbilled work ---------------------------------------------------------------------------------------------------
CREATE VIEW unbilled AS
SELECT work.*, CAST(julianday(as_of) - julianday(day) AS INTEGER) AS days FROM work, run WHERE day <= as_of AND (invoiced IS NULL OR invoiced > as_of);
INSERT INTO figure(id, value, digits) SELECT 'unbilled.total', coalesce(sum(amount), 0) / 100.0, 2 FROM unbilled;
INSERT INTO figure(id, value, digits) SELECT 'unbilled.lag', avg(julianday(invoiced) - julianday(day)), 1 FROM work, run WHERE invoiced BETWEEN date(as_of, '-89 days') AND as_of;

-- ---- the next 13 weeks -----------------------------------------------------------------------------------------------
CREATE TABLE horizon AS     -- weeks begin on Monday; the first is that of the next working day
SELECT date(day, '-6 days', 'weekday 1') AS first, date(day, '-6 days', 'weekday 1', '+90 days') AS last
FROM (SELECT date(as_of, '+' || CASE strftime('%w', as_of) WHEN '5' THEN 3 WHEN '6' THEN 2 ELSE 1 END || ' days') AS day FROM run);
CREATE TABLE week AS
WITH RECURSIVE w(number, first) AS (SELECT 1, first FROM horizon UNION ALL SELECT number + 1, date(first, '+7 days') FROM w LIMIT 13)
SELECT number, first, date(first, '+6 days') AS last FROM w;

-- how many days after the due date each customer pays, over invoices fully paid in the last twelve months; half up, away from zero
CREATE TABLE habit AS
WITH paid AS (SELECT i.party, julianday(max(p.day)) - julianday(i.due) AS late, max(p.day) AS day
              FROM invoice AS i JOIN payment AS p ON p.invoice = i.id, run WHERE p.day <= as_of GROUP BY i.id HAVING sum(p.amount) >= i.total AND i.total <> 0)
SELECT party, CAST(round(avg(late)) AS INTEGER) AS days FROM paid, run WHERE day > date(as_of, '-1 year') GROUP BY party;

CREATE TABLE flow(day TEXT, amount INTEGER, kind TEXT);     -- cents, money in positive

-- open invoices, the customer's credits taken off the oldest
CREATE TABLE expected AS
WITH credit AS (SELECT party, -sum(amount) AS amount FROM aged_now WHERE credit GROUP BY party),
     owing AS (SELECT id, party, due, amount, sum(amount) OVER (PARTITION BY party ORDER BY due, rowid) AS until
               FROM (SELECT r.rowid, r.* FROM receivable AS r, run WHERE at = as_of AND NOT credit))
SELECT owing.id, owing.party, due, max(0, min(owing.amount, until - coalesce(credit.amount, 0))) AS amount,
       date(due, coalesce(habit.days, 0) || ' days') AS likely
FROM owing LEFT JOIN credit USING (party) LEFT JOIN habit USING (party);
UPDATE expected SET amount = amount - min(amount, coalesce((SELECT CAST(round(disputed_amount * 100) AS INTEGER) FROM crm.collection_note AS n, run
    WHERE n.kind = 'Dispute' AND n.state = 'Open' AND n.invoice = expected.id AND n.day <= as_of), 0));
CREATE TABLE promised AS SELECT company AS party, promised_for AS day FROM crm.collection_note, run
WHERE kind = 'Promise' AND state = 'Open' AND promised_for > as_of AND day <= as_of;
INSERT INTO flow SELECT day, amount, 'invoices' FROM expected JOIN promised USING (party);
DELETE FROM expected WHERE party IN (SELECT party FROM promised);
INSERT INTO flow SELECT max(likely, date(as_of, '+1 day')), amount, 'invoices' FROM expected, run WHERE likely > as_of OR due > as_of;
-- overdue beyond the customer's habit: half of it, a quarter of that half in each of the first four weeks
WITH half AS (SELECT CAST(round(amount / 2.0) AS INTEGER) AS h FROM expected, run WHERE likely <= as_of AND due <= as_of),
     one AS (SELECT h, CAST(round(h / 4.0) AS INTEGER) AS a FROM half), two AS (SELECT *, CAST(round((h - a) / 3.0) AS INTEGER) AS b FROM one),
     three AS (SELECT *, CAST(round((h - a - b) / 2.0) AS INTEGER) AS c FROM two)
INSERT INTO flow
SELECT last, CASE number WHEN 1 THEN a WHEN 2 THEN b WHEN 3 THEN c ELSE h - a - b - c END, 'overdue' FROM three, week WHERE number <= 4;

-- agreements: billed on the first of the month, every one, three or twelve months from the start
INSERT INTO flow
SELECT date(m.day, (days_of.days + coalesce(habit.days, 0)) || ' days'), m.months * CAST(round((g.amount + coalesce((SELECT sum(amount) FROM addition AS a
       WHERE a.agreement = g.id AND a.start <= m.day AND (a.cancelled IS NULL OR a.cancelled > m.day)), 0)) / 1.0 / m.months) AS INTEGER), 'agreements'
FROM agreement AS g
JOIN (WITH RECURSIVE first_of(day) AS (SELECT date(as_of, 'start of month', '+1 month') FROM run UNION ALL SELECT date(day, '+1 month') FROM first_of LIMIT 4)
      SELECT f.day, c.months FROM first_of AS f, (SELECT DISTINCT months FROM agreement) AS c) AS m ON m.months = g.months
JOIN (SELECT value ->> 'id' AS id, terms.days FROM json_each(readfile('agreements.json')) JOIN terms ON terms.name = value ->> '$.billingTerms.name') AS days_of ON days_of.id = g.id
LEFT JOIN habit ON habit.party = g.party
WHERE (strftime('%Y', m.day) * 12 + strftime('%m', m.day) - strftime('%Y', g.start) * 12 - strftime('%m', g.start)) % g.months = 0
  AND g.start <= m.day AND (g.cancelled IS NULL OR g.cancelled > m.day) AND (g.end IS NULL OR g.end >= m.day);
INSERT INTO flow
SELECT date(max(invoice_date, date(as_of, '+1 day')), (terms.days + coalesce(habit.days, 0)) || ' days'), CAST(round(amount * 100) AS INTEGER), 'milestones'
FROM milestones JOIN terms ON terms.name = milestones.terms LEFT JOIN habit ON habit.party = milestones.customer, run WHERE invoice_id = '';

-- bills, the vendor's credits taken off the oldest; what is on hold waits
WITH credit AS (SELECT party, -sum(amount) AS amount FROM payable WHERE credit GROUP BY party),
     owing AS (SELECT *, sum(amount) OVER (PARTITION BY party ORDER BY due, id) AS until FROM payable WHERE NOT credit)
INSERT INTO flow
SELECT max(due, date(as_of, '+1 day')), -max(0, min(owing.amount, until - coalesce(credit.amount, 0))), 'bills' FROM owing LEFT JOIN credit USING (party), run WHERE NOT hold;
INSERT INTO flow SELECT day, -CAST(round(amount * 100) AS INTEGER), 'payroll' FROM payroll, run WHERE day > as_of;
INSERT INTO flow SELECT max(due_date, date(as_of, '+1 day')), -CAST(round(amount * 100) AS INTEGER), 'taxes' FROM tax_dates, run WHERE paid_date = '' OR paid_date > as_of;
CREATE TABLE series AS
SELECT category AS kind, next_date AS day, cycle, CAST(round(amount * 100) AS INTEGER) AS amount FROM standing_payments WHERE method <> 'card'
UNION ALL SELECT 'debt', next_payment_date, cycle, CAST(round(payment * 100) AS INTEGER) FROM loans
UNION ALL SELECT 'debt', due_date, 'once', CAST(round(due_amount * 100) AS INTEGER) FROM credit_lines WHERE due_date <> ''
UNION ALL SELECT 'cards', due_date, 'once', CAST(round(due_amount * 100) AS INTEGER) FROM credit_cards;
-- the day of the month is kept; a series on a month's last day stays on last days
WITH RECURSIVE coming(month) AS (SELECT date(as_of, 'start of month') FROM run UNION ALL SELECT date(month, '+1 month') FROM coming LIMIT 5),
dated AS (
    SELECT kind, amount, day FROM series WHERE cycle = 'once'
    UNION ALL
    SELECT kind, amount, CASE WHEN date(day, '+1 day') = date(day, 'start of month', '+1 month') THEN date(month, '+1 month', '-1 day')
                         ELSE date(month, (strftime('%d', day) - 1) || ' days') END
    FROM series, coming WHERE cycle <> 'once'
      AND (strftime('%Y', month) * 12 + strftime('%m', month) - strftime('%Y', day) * 12 - strftime('%m', day)) % CASE cycle WHEN 'monthly' THEN 1 WHEN 'semiannual' THEN 6 ELSE 12 END = 0)
INSERT INTO flow SELECT dated.day, -amount, kind FROM dated, run WHERE dated.day > as_of;
DELETE FROM flow WHERE amount = 0 OR day > (SELECT last FROM horizon);

CREATE TABLE forecast AS
WITH placed AS (SELECT amount, (SELECT min(number) FROM week WHERE flow.day <= week.last) AS number FROM flow),
     sums AS (SELECT number, first, (SELECT coalesce(sum(amount), 0) FROM placed AS p WHERE amount > 0 AND p.number = week.number) / 100.0 AS money_in,
                     (SELECT coalesce(-sum(amount), 0) FROM placed AS p WHERE amount < 0 AND p.number = week.number) / 100.0 AS money_out FROM week)
SELECT *, (SELECT value FROM figure WHERE id = 'cash.closing') + sum(money_in - money_out) OVER (ORDER BY number) AS closing FROM sums;
INSERT INTO figure(id, value, digits) SELECT 'forecast.low', min(closing), 2 FROM forecast;
INSERT INTO figure(id, value) SELECT 'forecast.low_week', first FROM forecast ORDER BY closing, number LIMIT 1;
-- the minimum of deckle.toml
INSERT INTO figure(id, value, digits) SELECT 'forecast.cushion', min(closing) - 250000, 2 FROM forecast;
INSERT INTO figure SELECT 'forecast.receipts', money_in, 2, first FROM forecast;
INSERT INTO figure SELECT 'forecast.payments', money_out, 2, first FROM forecast;
INSERT INTO figure SELECT 'forecast.closing', closing, 2, first FROM forecast;
