-- What every report's oracle has: the run, and the figures as they are found.

CREATE TABLE run AS SELECT @as_of AS as_of, date(@as_of, 'start of month') AS first, date(@as_of, 'start of month', '-1 day') AS before;
-- `digits` is how far the report shows a figure, and how far it is compared; no digits: text; no period: the month reported
CREATE TABLE figure(id TEXT, value, digits INTEGER, period TEXT);
CREATE VIEW shown AS SELECT id, coalesce(period, strftime('%Y-%m', as_of)) AS period, CASE WHEN value IS NULL OR digits IS NULL THEN value ELSE printf('%.*f', digits, value) END AS text, value, digits FROM figure, run;
