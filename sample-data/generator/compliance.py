"""Partner, insurance and compliance programs: what they demand, what was done, the notices that came, and the evidence."""

from datetime import date, timedelta
from hashlib import sha256
from random import Random

from .books import add_months
from .cast import PEOPLE
from .exports import Folder, iso

MISSING = {"evidence/insurer-2025.pdf", "evidence/hipaa-p16.pdf", "evidence/cert-005.pdf", "evidence/cert-010.pdf"}   # named in the records, not there


def proof(name, day, remark=""):
    """A file of evidence: one line of text, as a page where the name says so."""
    line = f"Prairie Systems Group: {name.split('/')[1].rsplit('.', 1)[0]}, {day}{remark}"
    if not name.endswith(".pdf"):
        return f"account,reviewer,decision\n{line},Hanna Fischer,keep\n".encode()
    stream = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET".encode()
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
               b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    out, places = b"%PDF-1.4\n", []
    for index, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (index, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def records(out: Folder):
    out.csv("records/programs.csv", ["id", "name", "vendor", "tier", "renewal_date", "owner", "benefit", "benefit_note", "url"], [
        ["MSP-SEC", "Solutions Partner, Security", "Microsoft", "Designated", "2027-02-28", "Victor Lindahl", "38400.00", "Rebates, internal licenses, support hours", "https://partner.example/microsoft"],
        ["HPI", "Print and PC partner", "HP", "Business", "2026-12-31", "Nora Kim", "9200.00", "Deal registration and 4 % rebate", "https://partner.example/hp"],
        ["FW", "Firewall partner", "SonicWall", "Silver", "2027-01-31", "Sam Delgado", "14800.00", "Margin 6 points better", "https://partner.example/firewall"],
        ["CYB", "Cyber and E&O insurance", "Corn Belt Mutual Insurance", "", "2026-12-30", "Ellen Sorensen", "", "No cover, and four customers require it", ""],
        ["SOC2", "SOC 2 Type II", "AICPA", "In preparation", "2027-03-31", "Marcus Oyelaran", "60000.00", "Two hospital contracts ask for it", ""],
        ["TRUST", "Cybersecurity Trustmark", "GTIA", "Holder", "2027-02-28", "Victor Lindahl", "", "Used in every proposal", ""],
        ["HIPAA", "HIPAA business associate duties", "U.S. HHS", "", "", "Marcus Oyelaran", "", "20 customers in healthcare", ""]])
    header = ["id", "program_id", "name", "kind", "scope", "role", "count", "mandatory", "due_date", "due_time", "cycle", "valid_months", "window_days", "points_needed",
              "points_have", "part_of", "fee", "hours", "owner", "started_date", "status", "replaced_by", "control", "source"]
    def requirement(id, program, name, kind, due, **more):
        row = dict.fromkeys(header, "") | {"id": id, "program_id": program, "name": name, "kind": kind, "due_date": due} | {k: str(v) for k, v in more.items()}
        return [row[k] for k in header]
    out.csv("records/requirements.csv", header, [
        requirement("R01", "HPI", "Partner code of conduct", "code_of_ethics", "2026-10-31", scope="company", cycle="annual", valid_months=12, hours="0.5", owner="Nora Kim", source="Partner agreement 4.2"),
        requirement("R02", "HPI", "Anti-corruption training", "training", "2026-10-31", scope="person", role="sales", cycle="annual", valid_months=12, hours="1.25", owner="Nora Kim", source="Partner agreement 4.3"),
        requirement("R03", "HPI", "Risk questionnaire", "questionnaire", "2026-11-30", scope="company", hours="1.5", due_time="11:59 PM PST", owner="Ellen Sorensen", started_date="2026-10-21"),
        requirement("R04", "HPI", "Due diligence fee", "fee", "2026-11-30", fee="120.00", owner="Ellen Sorensen"),
        requirement("R05", "MSP-SEC", "Capability score", "points", "2027-02-28", points_needed=70, points_have="66.5", owner="Victor Lindahl", source="Each metric needs at least 1 point"),
        requirement("R05A", "MSP-SEC", "Performance", "points", "", points_needed=1, points_have="0", part_of="R05", owner="Priya Raman"),
        requirement("R05B", "MSP-SEC", "Skilling", "points", "", points_needed=1, points_have="40", part_of="R05", owner="Victor Lindahl"),
        requirement("R05C", "MSP-SEC", "Customer success", "points", "", points_needed=1, points_have="26.5", part_of="R05", owner="Victor Lindahl"),
        requirement("R06", "MSP-SEC", "Six engineers certified in security", "certification", "2027-02-28", scope="count", role="engineer", count=6, valid_months=12, window_days=180, hours=40, fee="165.00", owner="Victor Lindahl"),
        requirement("R07", "MSP-SEC", "Net customer adds, 12 months", "revenue", "2027-02-28", owner="Priya Raman", mandatory="no"),
        requirement("R08", "FW", "Two certified engineers", "certification", "2027-01-31", scope="count", role="engineer", count=2, valid_months=24, window_days=90, hours=24, fee="350.00", owner="Sam Delgado"),
        requirement("R09", "FW", "Sales accreditation", "training", "2026-12-15", scope="count", role="sales", count=2, valid_months=24, hours=3, owner="Tom Becker"),
        requirement("R10", "FW", "Yearly purchases of $60,000", "revenue", "2027-01-31", points_needed=60000, points_have=48750, owner="Nora Kim"),
        requirement("R11", "FW", "Logo audit", "audit", "", owner="Lucía Ortega", mandatory="no"),
        requirement("R12", "CYB", "Insurer's questionnaire", "questionnaire", "2026-11-20", due_time="5:00 PM CST", cycle="annual", valid_months=12, hours=4, owner="Ellen Sorensen"),
        requirement("R13", "CYB", "MFA for every administrator, attested", "control", "2026-11-20", hours=2, owner="Victor Lindahl", started_date="2026-10-12"),
        requirement("R14", "CYB", "Premium, half year", "insurance", "2026-12-30", fee="17400.00", cycle="semiannual", owner="Ellen Sorensen"),
        requirement("R15", "SOC2", "Access review", "control", "2026-10-15", cycle="quarterly", valid_months=3, hours=3, owner="Hanna Fischer", control="CC6.2"),
        requirement("R16", "SOC2", "Vendor risk review", "control", "2026-12-31", cycle="annual", valid_months=12, hours=8, owner="Marcus Oyelaran", control="CC9.2", started_date="2026-09-28"),
        requirement("R17", "SOC2", "Restore test with evidence", "control", "2026-11-30", cycle="quarterly", valid_months=3, hours=5, owner="Aisha Bello", control="A1.3"),
        requirement("R18", "SOC2", "Penetration test", "audit", "2027-01-31", cycle="annual", valid_months=12, fee="8900.00", hours=10, owner="Victor Lindahl", control="CC4.1"),
        requirement("R19", "SOC2", "Old change log policy", "control", "2026-06-30", status="replaced", replaced_by="R20", owner="Marcus Oyelaran", control="CC8.1"),
        requirement("R20", "SOC2", "Change management policy, version 2", "control", "2026-12-15", hours=4, owner="Marcus Oyelaran", control="CC8.1"),
        requirement("R21", "TRUST", "Trustmark renewal", "registration", "2027-02-28", cycle="annual", valid_months=12, window_days=60, fee="1500.00", hours=16, owner="Victor Lindahl"),
        requirement("R22", "HIPAA", "Privacy training, all technicians", "training", "2026-09-30", scope="person", role="technician", cycle="annual", valid_months=12, hours=1, owner="Marcus Oyelaran"),
        requirement("R23", "HIPAA", "Privacy training, all engineers", "training", "2026-09-30", scope="person", role="engineer", cycle="annual", valid_months=12, hours=1, owner="Marcus Oyelaran"),
        requirement("R24", "HIPAA", "Risk analysis", "audit", "2027-01-29", cycle="annual", valid_months=12, hours=20, owner="Marcus Oyelaran"),
        requirement("R25", "HIPAA", "State dental board registration", "registration", "2026-12-31", status="not_applicable", owner="Ellen Sorensen"),
        requirement("R26", "MSP-SEC", "Partner agreement accepted", "registration", "2026-02-28", valid_months=36, hours="0.25", owner="Dana Whitfield")])

    chance = Random(83)
    completions = [["R01", "", "2026-10-05", "", "", "evidence/hp-code-2026.pdf", "", "0.50"], ["R26", "", "2025-02-20", "", "", "evidence/ms-agreement.pdf", "", "0.25"],
                   ["R12", "", "2025-11-20", "", "", "evidence/insurer-2025.pdf", "", "3.50"], ["R14", "", "2026-06-30", "2026-12-30", "", "evidence/premium-h1.pdf", "17400.00", ""],
                   ["R14", "", "2025-12-30", "2026-06-30", "", "evidence/premium-2025-h2.pdf", "17400.00", ""],
                   ["R15", "", "2026-07-14", "", "", "evidence/access-q2.csv", "", "2.75"], ["R17", "", "2026-08-27", "", "", "evidence/restore-q3.pdf", "", "4.50"],
                   ["R21", "", "2026-02-24", "", "", "evidence/trustmark-2026.pdf", "1500.00", "14.00"], ["R24", "", "2026-01-28", "", "", "evidence/risk-2026.pdf", "", "18.00"],
                   ["R19", "", "2025-06-20", "", "", "evidence/change-v1.pdf", "", "3.00"],
                   ["R02", "P04", "2026-10-08", "", "94", "evidence/hp-p04.pdf", "", "1.25"], ["R09", "P05", "2025-03-03", "", "88", "evidence/fw-sales-p05.pdf", "", "3.00"]]
    for person in PEOPLE:
        if person.left is None and person.roles and person.roles[0] in ("technician", "engineer") and person.id not in ("P22", "P25"):
            day = date(2026, 9, 1) + timedelta(days=chance.randrange(0, 34))
            completions.append(["R22" if person.roles[0] == "technician" else "R23", person.id, iso(day), "", str(chance.randrange(80, 101)), f"evidence/hipaa-{person.id.lower()}.pdf", "", "1.00"])
    completions.sort(key=lambda c: (c[2], c[0], c[1]))
    filed = {"evidence/hp-code-2026.pdf": "", "evidence/risk-2026.pdf": " (draft)"}   # what was filed, where its hash was noted
    rows = []
    for index, (requirement_id, person, day, expires, score, evidence, cost, hours) in enumerate(completions, 1):
        noted = sha256(proof(evidence, day, filed[evidence])).hexdigest() if evidence in filed else ""
        rows.append([f"D{index:03d}", requirement_id, person, day, expires, score, evidence, noted, cost, hours])
        if evidence not in MISSING:
            out.bytes(f"records/{evidence}", proof(evidence, day))
    out.csv("records/completions.csv", ["id", "requirement_id", "person_id", "date", "expires_date", "score", "evidence", "evidence_hash", "cost", "hours"], rows)

    certificates = [("P10", "Security Operations Analyst", "Microsoft", "R06", "2026-03-12", 12), ("P11", "Security Operations Analyst", "Microsoft", "R06", "2026-01-20", 12),
                    ("P12", "Security Operations Analyst", "Microsoft", "R06", "2026-06-04", 12), ("P13", "Identity Administrator", "Microsoft", "R06", "2025-12-02", 12),
                    ("P14", "Identity Administrator", "Microsoft", "R06", "2025-10-15", 12), ("P25", "Identity Administrator", "Microsoft", "R06", "2026-08-21", 12),
                    ("P26", "Identity Administrator", "Microsoft", "R06", "2025-06-30", 24), ("P10", "Network security professional", "SonicWall", "R08", "2024-12-09", 24),
                    ("P12", "Network security professional", "SonicWall", "R08", "2025-09-17", 24), ("P12", "CISSP", "ISC2", "", "2023-05-30", 36),
                    ("P16", "Azure Administrator", "Microsoft", "", "2026-02-18", 12), ("P17", "Azure Administrator", "Microsoft", "", "2025-11-26", 12),
                    ("P15", "Wireless associate", "Aruba", "", "2024-02-29", 36), ("P13", "Azure Solutions Architect", "Microsoft", "", "2026-05-08", 12),
                    ("P19", "A+", "CompTIA", "", "2024-07-02", 36), ("P23", "Network+", "CompTIA", "", "2025-01-15", 36), ("P09", "CISM", "ISACA", "", "2024-10-10", 36)]
    rows = []
    for index, (person, name, vendor, requirement_id, day, valid) in enumerate(certificates, 1):
        earned = date.fromisoformat(day)
        last = add_months(earned.replace(day=1), valid)
        expires = min(last + timedelta(days=earned.day - 1), add_months(last, 1) - timedelta(days=1))
        evidence = f"evidence/cert-{index:03d}.pdf"
        if evidence not in MISSING:
            out.bytes(f"records/{evidence}", proof(evidence, day))
        rows.append([f"CERT-{index:03d}", person, name, vendor, requirement_id, day, iso(expires), evidence, "165.00" if vendor == "Microsoft" else "350.00", str(16 + index)])
    out.csv("records/certificates.csv", ["id", "person_id", "name", "vendor", "requirement_id", "earned_date", "expires_date", "evidence", "cost", "hours"], rows)

    out.csv("records/notices.csv", ["id", "date", "channel", "sender", "program_id", "requirement_id", "claim", "deadline", "amount", "verified_how", "verified_date", "verified_by"], [
        ["N01", "2026-09-04", "email", "HP partner desk", "HPI", "R01", "Accept the code of conduct", "2026-10-31", "", "Portal", "2026-09-07", "Nora Kim"],
        ["N02", "2026-10-12", "fax", "Unknown third party", "HPI", "R01", "Register by card within the period or lose partner status", "2026-12-31", "120.00", "", "", ""],
        ["N03", "2026-10-19", "portal", "HP partner portal", "HPI", "R04", "Due diligence fee", "2026-11-30", "120.00", "Portal", "2026-10-19", "Nora Kim"],
        ["N04", "2026-10-14", "email", "Corn Belt Mutual Insurance", "CYB", "R12", "Return the questionnaire", "2026-11-20", "", "Called the agent", "2026-10-15", "Ellen Sorensen"],
        ["N05", "2026-10-26", "phone", "Caller named Kevin", "", "", "Your security certificate has lapsed, pay to reinstate", "2026-11-02", "499.00", "", "", ""],
        ["N06", "2026-08-31", "portal", "Microsoft partner center", "MSP-SEC", "R05", "Score below 70 at anniversary ends the designation", "2027-02-28", "", "Portal", "2026-09-01", "Victor Lindahl"],
        ["N09", "2026-10-08", "email", "Audit firm", "SOC2", "R19", "Send the change log policy", "2026-12-15", "", "Engagement letter", "2026-10-08", "Marcus Oyelaran"],
        ["N07", "2026-10-02", "email", "SonicWall channel team", "FW", "R09", "Second sales accreditation missing", "2026-12-15", "", "Account manager", "2026-10-05", "Tom Becker"],
        ["N08", "2026-10-22", "letter", "U.S. HHS regional office", "HIPAA", "R24", "Have the risk analysis at hand", "2026-12-15", "", "", "", ""]])

    controls = [("C01", "Multi-factor sign-in for administrators", "Victor Lindahl", "partial", "R13", "2026-09-30", "2026-12-31", "CC6.1", "A.8.5", "PR.AA-03", "6.5"),
                ("C02", "Access review each quarter", "Hanna Fischer", "implemented", "R15", "2026-07-14", "2026-10-14", "CC6.2", "A.5.18", "PR.AA-05", "5.1"),
                ("C03", "Access is removed on the last day", "Hanna Fischer", "implemented", "", "2026-08-14", "2027-02-14", "CC6.3", "A.6.5", "PR.AA-05", "6.2"),
                ("C04", "Restore test each quarter", "Aisha Bello", "implemented", "R17", "2026-08-27", "2026-11-27", "A1.3", "A.8.13", "PR.DS-11", "11.5"),
                ("C05", "Patches within 14 days", "Caleb Stone", "implemented", "", "2026-10-02", "2027-01-02", "CC7.1", "A.8.8", "ID.RA-01", "7.3"),
                ("C06", "Logs are kept and watched", "Victor Lindahl", "implemented", "", "2026-05-20", "2026-11-20", "CC7.2", "A.8.15", "DE.CM-01", "8.2"),
                ("C07", "Incident response exercise", "Victor Lindahl", "planned", "", "", "2027-01-15", "CC7.4", "A.5.24", "RS.MA-01", "17.7"),
                ("C08", "Vendors are assessed before they are used", "Marcus Oyelaran", "partial", "R16", "", "2026-12-31", "CC9.2", "A.5.19", "GV.SC-07", "15.5"),
                ("C09", "Changes are reviewed", "Marcus Oyelaran", "partial", "R20", "", "2026-12-15", "CC8.1", "A.8.32", "PR.PS-01", ""),
                ("C10", "Security awareness for everyone", "Marcus Oyelaran", "implemented", "", "2026-09-25", "2027-09-25", "CC1.4", "A.6.3", "PR.AT-01", "14.1"),
                ("C11", "Endpoints are watched for malware", "Victor Lindahl", "implemented", "", "2026-10-12", "2027-04-12", "CC6.8", "A.8.7", "DE.CM-09", "10.1"),
                ("C12", "Disks are encrypted", "Caleb Stone", "implemented", "", "2026-03-02", "2027-03-02", "CC6.7", "A.8.24", "PR.DS-01", "3.6"),
                ("C13", "Penetration test each year", "Victor Lindahl", "not_implemented", "R18", "", "2027-01-31", "CC4.1", "", "ID.RA-01", "18.2"),
                ("C14", "Data center doors", "", "not_applicable", "", "", "", "CC6.4", "A.7.2", "", "")]
    out.csv("records/controls.csv", ["id", "name", "owner", "status", "requirement_id", "tested_date", "next_test_date", "evidence"],
            [[*c[:7], "evidence/access-q2.csv" if c[0] == "C02" else "evidence/restore-q3.pdf" if c[0] == "C04" else ""] for c in controls])
    frameworks = ("SOC 2", "ISO 27001:2022", "NIST CSF 2.0", "CIS Controls v8")
    out.csv("records/control-mappings.csv", ["control_id", "framework", "reference"],
            [[c[0], framework, reference] for c in controls for framework, reference in zip(frameworks, c[7:]) if reference])
