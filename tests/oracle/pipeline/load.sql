-- The deals as they stood at the end of the as-of date, of the day before its month (the last report) and of the quarter;
-- amounts in whole cents. What was logged after such a day had not happened yet.

ATTACH 'crm.db' AS crm;

CREATE TABLE stage AS SELECT name, position, probability / 100.0 AS chance FROM crm.stage;
CREATE TABLE quarter AS     -- this one and the next, of calendar years
WITH q AS (SELECT date(as_of, 'start of month', '-' || ((strftime('%m', as_of) - 1) % 3) || ' months') AS first FROM run)
SELECT 'this' AS name, first, date(first, '+3 months', '-1 day') AS last FROM q
UNION ALL SELECT 'next', date(first, '+3 months'), date(first, '+6 months', '-1 day') FROM q;
ALTER TABLE quarter ADD COLUMN id;
UPDATE quarter SET id = strftime('%Y', first) || '-Q' || ((strftime('%m', first) + 2) / 3);

CREATE TABLE log AS SELECT rowid AS n, opportunity_id AS id, changed AS day, stage, CAST(round(one_time * 100) AS INTEGER) AS one_time, expected_close AS expected FROM crm.stage_log;
CREATE INDEX log_id ON log(id, day, n);

CREATE TABLE deal AS
WITH moment(at) AS (SELECT as_of FROM run UNION SELECT before FROM run),
placed AS (
    SELECT m.at, o.*, o.closed IS NOT NULL AND o.closed <= m.at AS is_closed,
           -- something happened to it after that day
           (coalesce(o.closed > m.at, 0) OR o.stage_entered > m.at OR EXISTS (SELECT 1 FROM log AS l WHERE l.id = o.id AND l.day > m.at)) AS later,
           (SELECT l.n FROM log AS l JOIN stage ON stage.name = l.stage WHERE l.id = o.id AND l.day <= m.at ORDER BY l.day DESC, l.n DESC LIMIT 1) AS last
    FROM moment AS m JOIN crm.opportunity AS o ON o.created <= m.at)
SELECT p.at, p.id, p.name, p.owner, coalesce(p.source, '') AS source, p.created, p.closed,
       CASE WHEN is_closed THEN p.status ELSE 'Open' END AS status,
       CASE WHEN is_closed OR NOT later THEN p.stage ELSE l.stage END AS stage,
       CASE WHEN is_closed OR NOT later THEN CAST(round(p.one_time * 100) AS INTEGER) ELSE l.one_time END AS one_time,
       CAST(round(p.monthly * 100) AS INTEGER) AS monthly, p.term_months,
       CASE WHEN is_closed OR NOT later THEN p.expected_close ELSE l.expected END AS expected,
       CASE WHEN is_closed OR NOT later OR (p.status = 'Open' AND l.stage = p.stage) THEN p.probability / 100.0 END AS own_chance,
       p.is_commit AND p.status = 'Open' AS committed,
       CASE WHEN NOT later THEN p.stage_entered
            -- the first of the entries since the last other stage
            ELSE (SELECT min(x.day) FROM log AS x WHERE x.id = p.id AND x.stage = l.stage AND x.day <= p.at AND NOT EXISTS (
                  SELECT 1 FROM log AS y WHERE y.id = p.id AND y.stage <> l.stage AND y.day <= p.at AND (y.day > x.day OR (y.day = x.day AND y.n > x.n)))) END AS entered,
       CASE WHEN p.last_activity <= p.at THEN p.last_activity END AS activity
FROM placed AS p LEFT JOIN log AS l ON l.n = p.last;
ALTER TABLE deal ADD COLUMN value INTEGER;      -- first year
UPDATE deal SET value = one_time + 12 * monthly;
ALTER TABLE deal ADD COLUMN chance REAL;
UPDATE deal SET chance = CASE WHEN status = 'Won' THEN 1 WHEN status <> 'Open' THEN 0 ELSE coalesce(own_chance, (SELECT s.chance FROM stage AS s WHERE s.name = deal.stage)) END;
CREATE VIEW today AS SELECT deal.* FROM deal, run WHERE at = as_of;
CREATE VIEW then_ AS SELECT deal.* FROM deal, run WHERE at = before;
