-- The figures, each from the sheets alone.

-- ---- what is asked of whom ---------------------------------------------------------------------------------------------
CREATE TABLE due AS         -- the earliest of the requirement's own day and those of verified notices
SELECT r.id, min(coalesce(r.due, '9999-12-31'), coalesce((SELECT min(deadline) FROM received WHERE requirement = r.id AND verified), '9999-12-31')) AS day FROM requirement AS r;
CREATE TABLE holder AS      -- of requirements of n people: those with the role who are there, and how long what they have lasts
SELECT r.id AS requirement, s.id AS person, max(until) AS until
FROM requirement AS r JOIN proof ON proof.requirement = r.id JOIN staff AS s ON s.id = proof.person AND ';' || s.roles || ';' LIKE '%;' || r.role || ';%' WHERE scope = 'count' GROUP BY r.id, s.id;
CREATE TABLE item AS
WITH asked AS (
    SELECT r.*, NULL AS person FROM requirement AS r WHERE scope <> 'person' AND status = '' AND part_of = ''
    UNION ALL
    SELECT r.*, s.id FROM requirement AS r JOIN staff AS s ON r.role = '' OR ';' || s.roles || ';' LIKE '%;' || r.role || ';%' WHERE scope = 'person' AND status = '' AND part_of = ''),
judged AS (
    SELECT a.*, d.day AS due_day,
           (SELECT max(until) FROM proof WHERE requirement = a.id AND (a.person IS NULL OR proof.person = a.person)) AS until,
           (SELECT count(*) FROM holder, run WHERE requirement = a.id AND until >= as_of) AS have,
           (SELECT max(until) FROM holder AS h WHERE requirement = a.id AND (SELECT count(*) FROM holder AS k WHERE k.requirement = h.requirement AND k.until >= h.until) >= a.needed) AS enough_until,
           (SELECT count(*) FROM requirement AS p WHERE p.part_of = a.id AND p.points_have < p.points_needed) AS below
    FROM asked AS a JOIN due AS d USING (id)),
met AS (
    SELECT j.*, CASE WHEN scope = 'count' THEN have >= needed WHEN points_needed IS NOT NULL THEN coalesce(points_have >= points_needed AND below = 0, 0) ELSE coalesce(until >= as_of, 0) END AS complete,
           CASE WHEN scope = 'count' THEN enough_until WHEN points_needed IS NOT NULL THEN NULL ELSE until END AS valid
    FROM judged AS j, run)
SELECT m.*, CASE WHEN complete AND julianday(valid) - julianday(as_of) <= 90 THEN 'expiring' WHEN complete THEN 'compliant'
            WHEN scope <> 'count' AND points_needed IS NULL AND until IS NOT NULL THEN 'expired'
            WHEN due_day = '9999-12-31' THEN 'undated' WHEN due_day < as_of THEN 'overdue'
            WHEN julianday(due_day) - julianday(as_of) <= 30 THEN 'due_30' WHEN julianday(due_day) - julianday(as_of) <= 60 THEN 'due_60'
            WHEN julianday(due_day) - julianday(as_of) <= 90 THEN 'due_90' ELSE 'open_later' END AS state,
       CASE WHEN scope = 'count' THEN min(have, needed) * 1.0 / needed ELSE complete END AS credit
FROM met AS m, run;

INSERT INTO figure(id, value, digits) SELECT 'compliance.score', 1.0 * sum(credit) / count(*), 6 FROM item;
INSERT INTO figure(id, value, digits) SELECT 'compliance.met', sum(credit), 6 FROM item;
INSERT INTO figure(id, value, digits) SELECT 'compliance.counted', count(*), 0 FROM item;
CREATE VIEW state(name) AS VALUES ('overdue'), ('expired'), ('due_30'), ('due_60'), ('due_90'), ('expiring'), ('undated'), ('open_later');
INSERT INTO figure(id, value, digits) SELECT 'compliance.' || name, (SELECT count(*) FROM item WHERE state = name), 0 FROM state;
INSERT INTO figure(id, value, digits) SELECT 'compliance.score.' || lower(program), 1.0 * sum(credit) / count(*), 6 FROM item GROUP BY program;

-- ---- programs ------------------------------------------------------------------------------------------------------------
CREATE TABLE light AS
SELECT program.id, benefit, CASE WHEN max(mandatory AND state IN ('overdue', 'expired')) THEN 'late' WHEN max(mandatory AND state IN ('due_30', 'due_60', 'due_90', 'expiring', 'undated')) THEN 'due'
       WHEN max(mandatory AND state = 'open_later') THEN 'open' ELSE 'in_order' END AS light
FROM program JOIN item ON item.program = program.id GROUP BY program.id;
INSERT INTO figure(id, value, digits) SELECT 'compliance.programs', count(*), 0 FROM program;
INSERT INTO figure(id, value, digits) SELECT 'compliance.programs.' || name, (SELECT count(*) FROM light WHERE light = name), 0 FROM (SELECT 'late' AS name UNION SELECT 'due' UNION SELECT 'open' UNION SELECT 'in_order');
INSERT INTO figure(id, value, digits) SELECT 'compliance.benefit', sum(benefit) / 100.0, 2 FROM program;
INSERT INTO figure(id, value, digits) SELECT 'compliance.benefit.at_risk', coalesce(sum(benefit), 0) / 100.0, 2 FROM light WHERE light = 'late';
INSERT INTO figure(id, value, digits) SELECT 'compliance.benefit.due', coalesce(sum(benefit), 0) / 100.0, 2 FROM light WHERE light = 'due';

-- ---- cost ----------------------------------------------------------------------------------------------------------------
CREATE TABLE spent AS       -- of twelve months; an hour costs what the person does, else the requirement's owner, else $52
SELECT proof.*, r.program, proof.hours * coalesce(p.rate, o.rate, 5200) AS labor
FROM proof LEFT JOIN requirement AS r ON r.id = proof.requirement LEFT JOIN person AS p ON p.id = proof.person LEFT JOIN person AS o ON o.name = r.owner, run
WHERE day > date(as_of, '-12 months') AND day <= as_of;
CREATE TABLE still AS
SELECT program, fee * times AS fee, hours * times AS hours, hours * times * rate AS labor
FROM (SELECT i.*, CASE WHEN scope = 'count' THEN needed - have ELSE 1 END AS times,
             coalesce(CASE WHEN scope = 'person' THEN p.rate WHEN scope = 'count' THEN (SELECT avg(rate) FROM staff WHERE ';' || roles || ';' LIKE '%;' || i.role || ';%') END, o.rate, 5200) AS rate
      FROM item AS i LEFT JOIN person AS p ON p.id = i.person LEFT JOIN person AS o ON o.name = i.owner WHERE NOT complete);
INSERT INTO figure(id, value, digits) SELECT 'compliance.cost.fees', sum(cost) / 100.0, 2 FROM spent;
INSERT INTO figure(id, value, digits) SELECT 'compliance.cost.hours', sum(hours), 2 FROM spent;
INSERT INTO figure(id, value, digits) SELECT 'compliance.cost.spent', sum(cost + labor) / 100.0, 2 FROM spent;
INSERT INTO figure(id, value, digits) SELECT 'compliance.cost.to_close', sum(fee + labor) / 100.0, 2 FROM still;
INSERT INTO figure(id, value, digits) SELECT 'compliance.cost.to_close.hours', sum(hours), 2 FROM still;
INSERT INTO figure(id, value, digits)
SELECT 'compliance.return', sum(benefit) / (SELECT sum(c) FROM (SELECT cost + labor AS c, program FROM spent UNION ALL SELECT fee + labor, program FROM still) WHERE program IN (SELECT id FROM program WHERE benefit IS NOT NULL)), 2 FROM program;

-- ---- notices -------------------------------------------------------------------------------------------------------------
CREATE VIEW noticed AS      -- a notice about a replaced requirement is about the new version
SELECT n.*, coalesce(r.successor, r.id) AS about FROM received AS n LEFT JOIN requirement AS r ON r.id = n.requirement;
INSERT INTO figure(id, value, digits) SELECT 'compliance.notices', count(*), 0 FROM received;
INSERT INTO figure(id, value, digits) SELECT 'compliance.notices.unverified', sum(NOT verified), 0 FROM received;
INSERT INTO figure(id, value, digits) SELECT 'compliance.notices.triage', sum(about IS NULL), 0 FROM noticed;
CREATE VIEW answer AS
SELECT n.id, max(NOT complete OR coalesce(valid <= n.deadline, 0)) AS open, max(EXISTS (SELECT 1 FROM proof WHERE requirement = n.about AND proof.day > n.day)) AS later
FROM noticed AS n JOIN item AS i ON i.id = n.about GROUP BY n.id;
INSERT INTO figure(id, value, digits) SELECT 'compliance.notices.act', sum(open), 0 FROM answer;
INSERT INTO figure(id, value, digits) SELECT 'compliance.notices.reply', sum(NOT open AND NOT later), 0 FROM answer;
INSERT INTO figure(id, value, digits)
SELECT 'compliance.notices.conflicts', count(*), 0
FROM (SELECT id FROM (SELECT id, due AS day FROM requirement WHERE status = '' AND due IS NOT NULL UNION SELECT about, deadline FROM noticed WHERE deadline IS NOT NULL AND about IS NOT NULL) GROUP BY id HAVING count(DISTINCT day) > 1);
INSERT INTO figure(id, value, digits) SELECT 'compliance.silent', count(*), 0 FROM item WHERE NOT complete AND id NOT IN (SELECT about FROM noticed WHERE about IS NOT NULL);

-- ---- people, evidence, controls --------------------------------------------------------------------------------------------
INSERT INTO figure(id, value, digits) SELECT 'compliance.people.critical', count(DISTINCT holder.person), 0 FROM item AS i JOIN holder ON holder.requirement = i.id, run WHERE i.have <= i.needed AND holder.until >= as_of;
CREATE VIEW named AS SELECT evidence AS file, noted FROM proof WHERE evidence <> '' UNION ALL SELECT evidence, '' FROM controls WHERE evidence <> '';
INSERT INTO figure(id, value, digits) SELECT 'compliance.evidence.files', count(*), 0 FROM named WHERE file IN (SELECT file FROM evidence);
INSERT INTO figure(id, value, digits) SELECT 'compliance.evidence.missing', count(*), 0 FROM named WHERE file NOT IN (SELECT file FROM evidence);
INSERT INTO figure(id, value, digits) SELECT 'compliance.evidence.changed', count(*), 0 FROM named JOIN evidence USING (file) WHERE noted NOT IN ('', sha256);
INSERT INTO figure(id, value, digits) SELECT 'compliance.controls.references', count(*), 0 FROM control_mappings AS m JOIN controls AS c ON c.id = m.control_id WHERE c.status <> 'not_applicable';
INSERT INTO figure(id, value, digits) SELECT 'compliance.controls.coverage', sum(c.status = 'implemented') * 1.0 / count(*), 6 FROM control_mappings AS m JOIN controls AS c ON c.id = m.control_id WHERE c.status <> 'not_applicable';
