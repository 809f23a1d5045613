-- The raw rows as plain tables: dates ISO, money whole cents, quantities and rates as they are.
-- sqlite3 has no decimal type; every amount in the files has at most two decimal places, so cents are exact.

ATTACH 'crm.db' AS crm;

CREATE VIEW terms(name, days) AS VALUES ('Net 30', 30), ('Net 15', 15), ('Net 45', 45), ('Net 10', 10), ('Net 20', 20),
    ('Due on receipt', 0), ('2/10 net 30', 30);

CREATE TABLE psa_invoice AS
SELECT value ->> 'invoiceNumber' AS id, value ->> '$.company.name' AS party, value ->> 'type' AS type, value ->> '$.status.name' AS status,
       substr(value ->> 'date', 1, 10) AS day, substr(value ->> 'dueDate', 1, 10) AS due, value ->> '$.billingTerms.name' AS terms,
       CAST(round((value ->> 'total') * 100) AS INTEGER) AS total
FROM json_each(readfile('invoices.json'));

CREATE TABLE invoice AS
SELECT id, party, type = 'DownPayment' AS deposit, day, coalesce(due, date(day, '+' || terms.days || ' days'), day) AS due, total
FROM psa_invoice LEFT JOIN terms ON terms.name = psa_invoice.terms
WHERE type <> 'CreditMemo' AND status NOT IN ('Voided', 'New');
CREATE UNIQUE INDEX invoice_id ON invoice(id);

CREATE TABLE memo AS SELECT id, party, day, -total AS total FROM psa_invoice WHERE type = 'CreditMemo' AND status <> 'Voided';

-- MM/DD/YYYY -> YYYY-MM-DD
CREATE TABLE payment AS
SELECT Num AS id, "Applied To" AS invoice, "Credit Memo" AS memo, Customer AS party, "Transaction Type" AS kind,
       substr("Date", 7, 4) || '-' || substr("Date", 1, 2) || '-' || substr("Date", 4, 2) AS day,
       CAST(round(replace(Amount, ',', '') * 100) AS INTEGER) AS amount
FROM payments;
CREATE INDEX payment_invoice ON payment(invoice);
CREATE INDEX payment_memo ON payment(memo);

CREATE TABLE rate AS
SELECT substr(Datum, 7, 4) || '-' || substr(Datum, 4, 2) || '-' || substr(Datum, 1, 2) AS day, "Währung" AS currency, "Kurs in USD" + 0.0 AS rate
FROM rates;

CREATE TABLE bill AS
SELECT Ref AS id, Vendor AS party, substr("Bill Date", 7, 4) || '-' || substr("Bill Date", 1, 2) || '-' || substr("Bill Date", 4, 2) AS day,
       substr("Due Date", 7, 4) || '-' || substr("Due Date", 1, 2) || '-' || substr("Due Date", 4, 2) AS due, Currency AS currency,
       Terms AS terms, Hold = 'Yes' AS hold, CAST(round(replace(Amount, ',', '') * 100) AS INTEGER) AS total
FROM bills;

CREATE TABLE bill_paid AS
SELECT Bill AS bill, substr("Date", 7, 4) || '-' || substr("Date", 1, 2) || '-' || substr("Date", 4, 2) AS day,
       CAST(round(replace(Amount, ',', '') * 100) AS INTEGER) AS amount
FROM bill_payments;
CREATE INDEX bill_paid_bill ON bill_paid(bill);

-- "(1,234.50)" is negative
CREATE TABLE bank_move AS
SELECT "Bank ID" AS id, Account AS account, Category AS category,
       substr(d, -4) || '-' || printf('%02d', substr(d, 1, instr(d, '/') - 1)) || '-' ||
           printf('%02d', substr(d, instr(d, '/') + 1, length(d) - 5 - instr(d, '/'))) AS day,
       CAST(round(replace(replace(replace(Amount, ',', ''), '(', '-'), ')', '') * 100) AS INTEGER) AS amount,
       CAST(round(replace(replace(replace(Balance, ',', ''), '(', '-'), ')', '') * 100) AS INTEGER) AS balance,
       row_number() OVER () AS position
FROM (SELECT *, Posted AS d FROM bank);
CREATE INDEX bank_account ON bank_move(account, position);

CREATE TABLE ledger AS
SELECT CAST("Account #" AS INTEGER) AS account, substr("As of", 7, 4) || '-' || substr("As of", 1, 2) || '-' || substr("As of", 4, 2) AS day,
       CAST(round((replace(Debit, ',', '') - replace(Credit, ',', '')) * 100) AS INTEGER) AS amount
FROM balances;
CREATE INDEX ledger_day ON ledger(day, account);

-- What moved in each account during the month; income and expense start again at zero in January.
CREATE TABLE moved AS
SELECT account,
       sum(CASE WHEN day = as_of THEN amount WHEN account >= 4000 AND strftime('%m', as_of) = '01' THEN 0 ELSE -amount END) AS amount
FROM ledger, run WHERE day IN (as_of, before) GROUP BY account;

CREATE TABLE agreement AS
SELECT value ->> 'id' AS id, value ->> '$.company.name' AS party, substr(value ->> 'startDate', 1, 10) AS start,
       substr(value ->> 'endDate', 1, 10) AS end, substr(value ->> 'dateCancelled', 1, 10) AS cancelled,
       CASE value ->> '$.billingCycle.name' WHEN 'Monthly' THEN 1 WHEN 'Quarterly' THEN 3 WHEN 'Yearly' THEN 12 END AS months,
       CAST(round((value ->> 'billAmount') * 100) AS INTEGER) AS amount
FROM json_each(readfile('agreements.json'));

CREATE TABLE addition AS
SELECT value ->> 'agreementId' AS agreement, substr(value ->> 'effectiveDate', 1, 10) AS start, substr(value ->> 'cancelledDate', 1, 10) AS cancelled,
       (value ->> 'quantity') * CAST(round((value ->> 'unitPrice') * 100) AS INTEGER) AS amount
FROM json_each(readfile('agreement-additions.json')) WHERE value ->> 'billCustomer' = 'Billable';

CREATE TABLE work AS
SELECT Company AS party, substr(d, -4) || '-' || printf('%02d', substr(d, 1, instr(d, '/') - 1)) || '-' ||
           printf('%02d', substr(d, instr(d, '/') + 1, length(d) - 5 - instr(d, '/'))) AS day,
       CASE WHEN i = '' THEN NULL ELSE substr(i, -4) || '-' || printf('%02d', substr(i, 1, instr(i, '/') - 1)) || '-' ||
           printf('%02d', substr(i, instr(i, '/') + 1, length(i) - 5 - instr(i, '/'))) END AS invoiced,
       'time' AS kind, CAST(round("Ext. Amount" * 100) AS INTEGER) AS amount
FROM (SELECT *, "Date" AS d, "Invoice Date" AS i FROM time)
WHERE "Billable Option" = 'Billable' AND Status <> 'WrittenOff'
UNION ALL
SELECT value ->> '$.company.name', substr(value ->> 'date', 1, 10), NULL, value ->> 'itemType', CAST(round((value ->> 'extendedPrice') * 100) AS INTEGER)
FROM json_each(readfile('unbilled-items.json'));

CREATE TABLE sold AS
SELECT i.day, "Class" AS stream, "Recurring" = 'Yes' AS recurring, CAST(round(replace("Ext Price", ',', '') * 100) AS INTEGER) AS amount, i.deposit
FROM lines JOIN invoice AS i ON i.id = "Invoice #";
