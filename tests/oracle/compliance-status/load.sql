-- The sheets as typed tables: empty cells NULL, money whole cents. The due day of a deadline with a time is its day in Chicago.

CREATE TABLE person AS
SELECT id, name, replace(role, ' ', '') AS roles, nullif(start_date, '') AS start, nullif(end_date, '') AS gone, CAST(round(hourly_cost * 100) AS INTEGER) AS rate FROM people;
CREATE VIEW staff AS SELECT person.* FROM person, run WHERE (start IS NULL OR start <= as_of) AND (gone IS NULL OR gone >= as_of);

CREATE TABLE requirement AS
SELECT id, program_id AS program, kind, CASE scope WHEN '' THEN 'company' ELSE scope END AS scope, role, CAST(nullif("count", '') AS INTEGER) AS needed, mandatory <> 'no' AS mandatory,
       CASE WHEN due_time LIKE '%PST' THEN date(due_date || ' ' || CASE due_time WHEN '11:59 PM PST' THEN '23:59' END, '+2 hours') ELSE nullif(due_date, '') END AS due,
       coalesce(CAST(nullif(valid_months, '') AS INTEGER), CASE cycle WHEN 'annual' THEN 12 WHEN 'semiannual' THEN 6 WHEN 'quarterly' THEN 3 WHEN 'monthly' THEN 1 END) AS months,
       nullif(points_needed, '') + 0.0 AS points_needed, nullif(points_have, '') + 0.0 AS points_have, part_of, coalesce(CAST(round(nullif(fee, '') * 100) AS INTEGER), 0) AS fee,
       coalesce(nullif(hours, '') + 0.0, 0) AS hours, owner, nullif(started_date, '') AS started, status, nullif(replaced_by, '') AS successor
FROM requirements;
CREATE TABLE program AS SELECT id, CAST(round(nullif(benefit, '') * 100) AS INTEGER) AS benefit FROM programs;

-- What was done; no proof of the sample renews inside its window, so that each runs for its months from its day.
-- date(day, '+n months') runs over into the next month where the day is missing; this takes the month's last day instead.
CREATE TABLE proof AS
WITH done AS (
    SELECT id, requirement_id AS requirement, person_id AS person, date AS day, nullif(expires_date, '') AS stated, 0 AS certificate, evidence, evidence_hash AS noted,
           coalesce(CAST(round(nullif(cost, '') * 100) AS INTEGER), 0) AS cost, coalesce(nullif(hours, '') + 0.0, 0) AS hours FROM completions
    UNION ALL
    SELECT id, requirement_id, person_id, earned_date, nullif(expires_date, ''), 1, evidence, '', coalesce(CAST(round(nullif(cost, '') * 100) AS INTEGER), 0), coalesce(nullif(hours, '') + 0.0, 0) FROM certificates)
SELECT done.*, CASE WHEN stated IS NOT NULL THEN stated WHEN certificate OR months IS NULL THEN '9999-12-31'
       ELSE min(date(day, '+' || months || ' months'), date(day, 'start of month', '+' || (months + 1) || ' months', '-1 day')) END AS until
FROM done LEFT JOIN requirement ON requirement.id = done.requirement, run WHERE day <= as_of;

CREATE TABLE received AS SELECT id, date AS day, requirement_id AS requirement, nullif(deadline, '') AS deadline, verified_how <> '' AND verified_date <= as_of AS verified FROM notices, run WHERE date <= as_of;
