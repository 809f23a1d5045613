-- The pipeline report's figures, each from the raw tables alone.

-- ---- forecast against quota, this quarter and the next ---------------------------------------------------------------
CREATE TABLE share_of AS    -- cents, by quarter and kind
SELECT q.id AS quarter, q.name,
       coalesce(sum(CASE WHEN d.status = 'Won' AND d.closed BETWEEN q.first AND q.last THEN d.value END), 0) AS won,
       coalesce(sum(CASE WHEN d.status = 'Won' AND d.closed BETWEEN q.first AND q.last THEN d.one_time END), 0) AS won_once,
       coalesce(sum(CASE WHEN is_open THEN d.value END), 0) AS open,
       coalesce(sum(CASE WHEN is_open THEN d.one_time END), 0) AS open_once,
       coalesce(sum(CASE WHEN is_open AND committed THEN d.value END), 0) AS committed,
       coalesce(sum(CASE WHEN is_open AND (committed OR d.chance >= 0.5) THEN d.value END), 0) AS best,
       coalesce(sum(CASE WHEN is_open THEN d.value * d.chance END), 0) AS weighted,
       coalesce(sum(CASE WHEN is_open THEN 12 * d.monthly * d.chance END), 0) AS weighted_again,
       (SELECT round(sum(amount) * 100) FROM crm.quota WHERE first_day >= q.first AND last_day <= q.last) AS quota
FROM quarter AS q JOIN (SELECT today.*, q.id AS quarter, status = 'Open' AND expected BETWEEN q.first AND q.last AS is_open FROM today JOIN quarter AS q) AS d ON d.quarter = q.id
GROUP BY q.id;
INSERT INTO figure SELECT 'pipeline.won', won / 100.0, 2, quarter FROM share_of;
INSERT INTO figure SELECT 'pipeline.won.one_time', won_once / 100.0, 2, quarter FROM share_of;
INSERT INTO figure SELECT 'pipeline.won.recurring', (won - won_once) / 100.0, 2, quarter FROM share_of;
INSERT INTO figure SELECT 'pipeline.commit', (won + committed) / 100.0, 2, quarter FROM share_of;
INSERT INTO figure SELECT 'pipeline.weighted', (won + weighted) / 100.0, 2, quarter FROM share_of;
INSERT INTO figure SELECT 'pipeline.weighted.recurring', (won - won_once + weighted_again) / 100.0, 2, quarter FROM share_of;
INSERT INTO figure SELECT 'pipeline.best_case', (won + best) / 100.0, 2, quarter FROM share_of;
INSERT INTO figure SELECT 'pipeline.open', open / 100.0, 2, quarter FROM share_of;
INSERT INTO figure SELECT 'pipeline.open.one_time', open_once / 100.0, 2, quarter FROM share_of;
INSERT INTO figure SELECT 'pipeline.quota', quota / 100.0, 2, quarter FROM share_of;
INSERT INTO figure SELECT 'pipeline.gap', (quota - won - committed) / 100.0, 2, quarter FROM share_of;
INSERT INTO figure SELECT 'pipeline.coverage', CASE WHEN won < quota THEN 1.0 * open / (quota - won) END, 2, quarter FROM share_of;

-- ---- the deals closed in twelve months -------------------------------------------------------------------------------
CREATE VIEW closed AS SELECT today.*, julianday(closed) - julianday(created) AS days FROM today, run WHERE closed > date(as_of, '+1 day', '-1 year', '-1 day') AND status <> 'Open';
CREATE VIEW rate AS SELECT 1.0 * sum(status = 'Won') / count(*) AS by_count, 1.0 * sum(CASE WHEN status = 'Won' THEN value END) / sum(value) AS by_value FROM closed;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.win_rate.count', by_count, 3 FROM rate;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.win_rate.value', by_value, 3 FROM rate;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.coverage_needed', 1 / by_count, 2 FROM rate;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.deal.average', avg(value) / 100, 2 FROM closed WHERE status = 'Won';
INSERT INTO figure(id, value, digits) SELECT 'pipeline.cycle.mean', avg(days), 1 FROM closed WHERE status = 'Won';
WITH w AS (SELECT value, row_number() OVER (ORDER BY value) AS n, count(*) OVER () AS c FROM closed WHERE status = 'Won')
INSERT INTO figure(id, value, digits) SELECT 'pipeline.deal.median', avg(value) / 100, 2 FROM w WHERE n IN ((c + 1) / 2, (c + 2) / 2);
WITH w AS (SELECT days, row_number() OVER (ORDER BY days) AS n, count(*) OVER () AS c FROM closed WHERE status = 'Won')
INSERT INTO figure(id, value, digits) SELECT 'pipeline.cycle.median', avg(days), 1 FROM w WHERE n IN ((c + 1) / 2, (c + 2) / 2);
INSERT INTO figure(id, value, digits)
SELECT 'pipeline.velocity', (SELECT count(*) FROM today WHERE status = 'Open') * (SELECT value FROM figure WHERE id = 'pipeline.deal.average') * by_count
    / (SELECT value FROM figure WHERE id = 'pipeline.cycle.mean'), 2 FROM rate;

-- ---- what is open ----------------------------------------------------------------------------------------------------
CREATE VIEW open_deal AS SELECT * FROM today WHERE status = 'Open';
INSERT INTO figure(id, value, digits) SELECT 'pipeline.open.deals', count(*), 0 FROM open_deal;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.open.all', sum(value) / 100.0, 2 FROM open_deal;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.open.weighted', sum(value * chance) / 100.0, 2 FROM open_deal;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.open.tcv', sum(one_time + monthly * coalesce(term_months, 12)) / 100.0, 2 FROM open_deal;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.open.acv', sum(12 * monthly) / 100.0, 2 FROM open_deal;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.open.one_time', sum(one_time) / 100.0, 2 FROM open_deal;

-- days in each stage of the deals won: from an entry to the next one, or to the close
CREATE TABLE stay AS
SELECT l.id, l.stage, sum(julianday(coalesce((SELECT min(x.day) FROM log AS x WHERE x.id = l.id AND (x.day > l.day OR (x.day = l.day AND x.n > l.n))), t.closed)) - julianday(l.day)) AS days
FROM log AS l JOIN today AS t USING (id) JOIN stage AS s ON s.name = l.stage WHERE t.status = 'Won' GROUP BY l.id, l.stage;
CREATE TABLE usual AS
WITH s AS (SELECT stage, days, row_number() OVER (PARTITION BY stage ORDER BY days) AS n, count(*) OVER (PARTITION BY stage) AS c FROM stay)
SELECT stage, avg(days) AS days FROM s WHERE n IN ((c + 1) / 2, (c + 2) / 2) GROUP BY stage;
CREATE VIEW stalled AS SELECT o.* FROM open_deal AS o LEFT JOIN usual AS u USING (stage), run
WHERE julianday(as_of) - julianday(entered) > 1.5 * u.days OR julianday(as_of) - julianday(activity) >= 30;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.stalled.deals', count(*), 0 FROM stalled;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.stalled.value', coalesce(sum(value), 0) / 100.0, 2 FROM stalled;

-- how far the closed deals came
CREATE VIEW came AS
SELECT c.id, CASE WHEN status = 'Won' THEN 5 ELSE (SELECT max(s.position) FROM log AS l JOIN stage AS s ON s.name = l.stage WHERE l.id = c.id) END AS far FROM closed AS c;
INSERT INTO figure(id, value, digits)
SELECT 'pipeline.conversion.' || position, 1.0 * (SELECT count(*) FROM came WHERE far > position) / (SELECT count(*) FROM came WHERE far >= position), 3 FROM stage;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.conversion.overall', avg(far = 5), 3 FROM came;

-- ---- slipped out of the month ------------------------------------------------------------------------------------------
CREATE VIEW both AS
SELECT t.value, t.expected AS was, n.status, n.expected AS is_now, n.closed FROM then_ AS t JOIN today AS n USING (id) WHERE t.status = 'Open';
INSERT INTO figure(id, value, digits) SELECT 'pipeline.slipped', coalesce(sum(value), 0) / 100.0, 2 FROM both, run WHERE was BETWEEN first AND as_of AND status = 'Open' AND is_now > as_of;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.slippage', (SELECT value FROM figure WHERE id = 'pipeline.slipped') * 100.0 / sum(value), 3 FROM both, run WHERE was BETWEEN first AND as_of;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.pulled_in', coalesce(sum(value), 0) / 100.0, 2 FROM both, run
WHERE was > as_of AND ((status = 'Open' AND is_now BETWEEN first AND as_of) OR (status = 'Won' AND closed BETWEEN first AND as_of));

-- ---- what changed since the report of the month before -----------------------------------------------------------------
CREATE TABLE change AS
SELECT coalesce(t.id, n.id) AS id, coalesce(t.value, 0) AS was, coalesce(n.value, 0) AS is_now, t.id IS NOT NULL AS was_in, n.id IS NOT NULL AS is_in,
       (SELECT status FROM then_ AS x WHERE x.id = n.id) AS status_then, (SELECT expected FROM then_ AS x WHERE x.id = n.id) AS expected_then,
       (SELECT status FROM today AS x WHERE x.id = t.id) AS status_now, (SELECT expected FROM today AS x WHERE x.id = t.id) AS expected_now
FROM (SELECT d.* FROM then_ AS d JOIN quarter AS q ON q.name = 'this' WHERE status = 'Open' AND expected BETWEEN q.first AND q.last) AS t
FULL JOIN (SELECT d.* FROM today AS d JOIN quarter AS q ON q.name = 'this' WHERE status = 'Open' AND expected BETWEEN q.first AND q.last) AS n ON n.id = t.id;
CREATE TABLE kind AS
SELECT CASE WHEN was_in AND is_in AND is_now > was THEN 'amount_up' WHEN was_in AND is_in AND is_now < was THEN 'amount_down'
            WHEN was_in AND is_in THEN 'same' WHEN is_in AND status_then IS NULL THEN 'new' WHEN is_in AND status_then <> 'Open' THEN 'reopened'
            WHEN is_in AND expected_then > last THEN 'pulled_in' WHEN is_in THEN 'dated_in'
            WHEN status_now IS NULL THEN 'removed' WHEN status_now = 'Won' THEN 'won' WHEN status_now <> 'Open' THEN 'lost'
            WHEN expected_now > last THEN 'slipped' ELSE 'dated_out' END AS name, is_now - was AS amount
FROM change JOIN quarter AS q ON q.name = 'this';
CREATE VIEW move(name) AS VALUES ('new'), ('pulled_in'), ('dated_in'), ('reopened'), ('amount_up'), ('amount_down'), ('slipped'), ('dated_out'), ('won'), ('lost'), ('removed');
-- the first report of the check has none before it
CREATE VIEW has_last AS SELECT as_of > '2026-07-31' AS yes FROM run;
INSERT INTO figure SELECT 'pipeline.change.before', CASE WHEN yes THEN (SELECT coalesce(sum(was), 0) / 100.0 FROM change) END, 2, q.id FROM has_last, quarter AS q WHERE q.name = 'this';
INSERT INTO figure SELECT 'pipeline.change.' || move.name, CASE WHEN yes THEN (SELECT coalesce(sum(amount), 0) / 100.0 FROM kind WHERE kind.name = move.name) END, 2, q.id
FROM move, has_last, quarter AS q WHERE q.name = 'this';

-- ---- in and out of the month -------------------------------------------------------------------------------------------
INSERT INTO figure(id, value, digits) SELECT 'pipeline.created', coalesce(sum(value), 0) / 100.0, 2 FROM today, run WHERE created BETWEEN first AND as_of;
INSERT INTO figure(id, value, digits) SELECT 'pipeline.closed', coalesce(sum(value), 0) / 100.0, 2 FROM today, run WHERE status <> 'Open' AND closed BETWEEN first AND as_of;
