#!/usr/bin/env python3
"""Compares `deckle schedule explain` with a second implementation of what schedules mean, on Python's zoneinfo.

usage: oracle.py DECKLE FOLDER [--workspaces N] [--schedules N] [--seed N]

Random rules (words and cron text), zones, holidays, shifts, fiscal years and days to begin with, among them the days on
which clocks change. Written from the documentation alone (core/schedule/*.hpp): shares nothing with the program but the
system's time zones. Exit code 1 and the smallest case of each difference when there is one.
"""
import argparse
import calendar
import datetime as dt
import json
import pathlib
import random
import shutil
import subprocess
import sys
import zoneinfo

DAY = dt.timedelta(days=1)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december"]
ZONES = ["UTC", "America/Chicago", "America/New_York", "America/St_Johns", "America/Sao_Paulo", "America/Havana",
         "America/Santiago", "America/Asuncion", "America/Phoenix", "Europe/Berlin", "Europe/Dublin", "Europe/London",
         "Europe/Lisbon", "Europe/Chisinau", "Atlantic/Azores", "Africa/Casablanca", "Africa/Cairo", "Asia/Beirut",
         "Asia/Gaza", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Asia/Tehran", "Asia/Jerusalem",
         "Australia/Sydney", "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Auckland", "Pacific/Chatham",
         "Pacific/Easter", "Pacific/Apia", "Pacific/Kiritimati", "Antarctica/Troll"]


def instant(day, hour, minute, zone):
    """The moment (UTC) at which a clock in `zone` shows that, the first of two; the end of the gap when it never does."""
    wall = dt.datetime.combine(day, dt.time(hour, minute))
    readings = [wall.replace(tzinfo=zone, fold=fold).astimezone(dt.timezone.utc) for fold in (0, 1)]
    real = [u for u in readings if u.astimezone(zone).replace(tzinfo=None) == wall]
    if real:
        return min(real)
    low, high = min(readings) - DAY / 24, max(readings) + DAY / 24  # the clocks go forward between them
    before = low.astimezone(zone).utcoffset()
    while high - low > dt.timedelta(seconds=1):
        middle = low + dt.timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def clock_changes(begin, days, zone):
    """What clocks in `zone` show half an hour into each hour that is left out or comes twice: (day, hour, minute)."""
    found = []
    at = dt.datetime.combine(begin, dt.time(), zone).astimezone(dt.timezone.utc)
    for _ in range(days * 24):
        change = (at + DAY / 24).astimezone(zone).utcoffset() - at.astimezone(zone).utcoffset()
        if change:
            wall = at.astimezone(zone).replace(tzinfo=None) + DAY / 24 + change / 2
            found.append((wall.date(), wall.hour, wall.minute))
        at += DAY / 24
    return found


def month_start(day, months=0):
    n = day.year * 12 + day.month - 1 + months
    return dt.date(n // 12, n % 12 + 1, 1)


def span(day, months, fiscal_month):
    """First and last day of the fiscal month, quarter or year that holds `day`."""
    start = month_start(day, -((day.month - fiscal_month) % months))
    return start, month_start(start, months) - DAY


def ordinal(n):
    return f"{n}{'th' if n % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


class Holidays:
    """Days off beside the weekends, as a text file or as iCalendar."""

    def __init__(self, rng):
        self.fixed, self.yearly, self.nth = set(), set(), set()
        for _ in range(rng.randint(0, 6)):
            begin = dt.date(2024, 1, 1) + rng.randint(0, 4500) * DAY
            self.fixed.update(begin + i * DAY for i in range(rng.choice([1, 1, 2, 9, 50])))
        for _ in range(rng.randint(0, 5)):
            self.yearly.add(rng.choice([(12, 25), (1, 1), (2, 29), (7, 4), (5, 1), (rng.randint(1, 12), rng.randint(1, 28))]))
        for _ in range(rng.randint(0, 4)):
            self.nth.add((rng.choice([1, 2, 3, 4, 5, -1]), rng.randint(0, 6), rng.randint(1, 12)))

    def __contains__(self, day):
        if day in self.fixed or (day.month, day.day) in self.yearly:
            return True
        days = calendar.monthrange(day.year, day.month)[1]
        return any(month == day.month and weekday == day.weekday() and
                   (day.day > days - 7 if nth < 0 else (day.day - 1) // 7 == nth - 1) for nth, weekday, month in self.nth)

    def text(self):
        lines = [f"{d} Closed" for d in sorted(self.fixed)]
        lines += [f"{m:02}-{d:02} Each year" for m, d in sorted(self.yearly)]
        lines += [f"{'last' if n < 0 else ordinal(n)} {WEEKDAYS[w]} of {MONTHS[m - 1]} Nth" for n, w, m in sorted(self.nth)]
        return "# holidays\n" + "\n".join(lines) + "\n"

    def ics(self):
        events = [(f"DTSTART;VALUE=DATE:{d:%Y%m%d}", f"DTEND;VALUE=DATE:{d + DAY:%Y%m%d}") for d in sorted(self.fixed)]
        for month, day in sorted(self.yearly):
            events.append((f"DTSTART;VALUE=DATE:2016{month:02}{day:02}", "RRULE:FREQ=YEARLY"))
        for nth, weekday, month in sorted(self.nth):
            year = next(y for y in range(2012, 2050) if self.day_in(y, nth, weekday, month))
            events.append((f"DTSTART;VALUE=DATE:{self.day_in(year, nth, weekday, month):%Y%m%d}",
                           f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{WEEKDAYS[weekday][:2].upper()}"))
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
        for i, event in enumerate(events):
            lines += ["BEGIN:VEVENT", f"UID:{i}", "SUMMARY:A holiday with a name that is folded\r\n  over two lines", *event,
                      "END:VEVENT"]
        return "\r\n".join(lines + ["END:VCALENDAR", ""])

    @staticmethod
    def day_in(year, nth, weekday, month):
        days = [dt.date(year, month, d) for d in range(1, calendar.monthrange(year, month)[1] + 1)]
        days = [d for d in days if d.weekday() == weekday]
        return days[nth if nth < 0 else nth - 1] if nth <= len(days) else None


class Rule:
    """What `when` says: its text, the days it names, the times of day."""

    def __init__(self, rng, business, fiscal_month, changes):
        self.times = sorted({rng.choice(changes)[1:] if changes and rng.random() < .7 else
                             (rng.choice([0, 0, 1, 2, 2, 3, 7, 16, 23]), rng.choice([0, 0, 15, 30, 59]))
                             for _ in range(rng.choice([1, 1, 1, 2, 4]))})
        clock = " and ".join(f"{h}:{m:02}" if rng.random() < .5 else f"{h:02}:{m:02}" for h, m in self.times)
        kind = rng.choice(["daily", "business", "weekdays", "nth", "nth weekday", "nth business", "last business", "cron",
                           "cron"])
        fiscal = {"month": 1, "quarter": 3, "year": 12}
        if kind == "daily":
            self.days = lambda day: True
            self.text = rng.choice(["every day", "daily", "every day at"]) + " " + clock
        elif kind == "business":
            self.days = business
            self.text = "every business day " + clock
        elif kind == "weekdays":
            chosen = rng.sample(range(7), rng.randint(1, 3))
            self.days = lambda day: day.weekday() in chosen
            self.text = rng.choice([", ", " and "]).join(WEEKDAYS[w] if rng.random() < .5 else WEEKDAYS[w][:3].upper()
                                                         for w in chosen) + " " + clock
        elif kind == "nth":
            n, unit = rng.choice([-1, 1, 2, 15, 28, 29, 30, 31]), rng.choice(list(fiscal))

            def nth_day(day):
                first, last = span(day, fiscal[unit], fiscal_month)
                wanted = last if n < 0 else first + (n - 1) * DAY
                return day == (min(wanted, last) if unit == "month" else wanted)
            self.days = nth_day
            self.text = f"{'last day' if n < 0 else ordinal(n)} of {unit} {clock}"
        elif kind == "nth weekday":
            n, weekday = rng.choice([-1, 1, 2, 3, 4, 5]), rng.randint(0, 6)
            self.days = lambda day: day.weekday() == weekday and (
                (day + 7 * DAY).month != day.month if n < 0 else (day.day + 6) // 7 == n)
            self.text = f"{'last' if n < 0 else ordinal(n)} {WEEKDAYS[weekday]}{rng.choice(['', ' of month'])} {clock}"
        elif kind in ("nth business", "last business"):
            n, unit, backward = rng.randint(1, 15), rng.choice(list(fiscal)), kind == "last business"

            def nth_business(day):
                first, last = span(day, fiscal[unit], fiscal_month)
                if not business(day):
                    return False
                between = (day, last) if backward else (first, day)
                if (between[1] - between[0]).days > 250:
                    return False
                count = sum(business(between[0] + i * DAY) for i in range((between[1] - between[0]).days + 1))
                return count == n
            self.days = nth_business
            if backward:
                self.text = f"{'' if n == 1 else ordinal(n) + ' '}last business day of {unit} {clock}"
            else:
                self.text = f"{ordinal(n)} business day {rng.choice(['after ' + unit + ' end', 'of ' + unit])} {clock}"
        else:
            self.cron(rng)

    def cron(self, rng):
        def field(least, most, names=(), whole=.5):
            if rng.random() < whole:
                return "*", set(range(least, most + 1))
            texts, values = [], set()
            for _ in range(rng.choice([1, 1, 2])):
                low = rng.randint(least, min(most, 28))  # no day that no month has
                high = rng.randint(low, most)
                step = rng.choice([1, 1, 2, 5])
                name = (lambda n: names[n - least][:3]) if names and rng.random() < .5 else str
                form = rng.choice(["one", "range", "step", "all/step"])
                if form == "one":
                    texts.append(name(low))
                    values.add(low)
                elif form == "range":
                    texts.append(f"{name(low)}-{name(high)}")
                    values.update(range(low, high + 1))
                elif form == "step":
                    texts.append(f"{name(low)}-{name(high)}/{step}")
                    values.update(range(low, high + 1, step))
                else:
                    texts.append(f"*/{step}")
                    values.update(range(least, most + 1, step))
            return ",".join(texts), values

        hour = rng.choice(["*", "*/6", "0", "1", "2", "3", "2,3", "0-3", "23"])
        minute = rng.choice(["0", "30", "15,45", "*/20", "59"])
        hours = field_values(hour, 0, 23)
        minutes = field_values(minute, 0, 59)
        self.times = sorted((h, m) for h in hours for m in minutes)
        days, months, weekdays = field(1, 31), field(1, 12, MONTHS, .8), field(0, 6, ["sunday"] + WEEKDAYS[:6])
        any_day, any_weekday = days[0].startswith("*"), weekdays[0].startswith("*")

        def fires(day):
            by_day, by_weekday = day.day in days[1], day.isoweekday() % 7 in weekdays[1]
            return day.month in months[1] and (
                by_day and by_weekday if any_day or any_weekday else by_day or by_weekday)
        self.days = fires
        self.text = f"{minute} {hour} {days[0]} {months[0]} {weekdays[0]}"


def field_values(text, least, most):
    values = set()
    for part in text.split(","):
        part, _, step = part.partition("/")
        low, high = (least, most) if part == "*" else map(int, (part.split("-") * 2)[:2])
        values.update(range(low, high + 1, int(step or 1)))
    return values


def period_text(rule, day, fiscal_month):
    if rule == "this month":
        return f"{day:%Y-%m}"
    months = {"previous month": 1, "previous quarter": 3, "previous year": 12}[rule]
    first, last = span(span(day, months, fiscal_month)[0] - DAY, months, fiscal_month)
    if months == 1:
        return f"{first:%Y-%m}"
    if months == 3 and first.month % 3 == 1:
        return f"{first.year}-Q{first.month // 3 + 1}"
    if months == 12 and first.month == 1:
        return str(first.year)
    return f"{first:%Y-%m}..{last:%Y-%m}"


class Case:
    def __init__(self, rng, name, fiscal_month, begin):
        self.name = name
        self.holidays = Holidays(rng) if rng.random() < .7 else None
        self.file = name + rng.choice([".txt", ".ics"])
        self.zone = rng.choice(ZONES)
        self.rule = Rule(rng, self.business, fiscal_month, clock_changes(begin, 20, zoneinfo.ZoneInfo(self.zone)))
        self.shift = rng.choice(["none", "none", "next", "previous"])
        self.period = rng.choice(["previous month", "previous quarter", "previous year", "this month"])
        self.fiscal_month = fiscal_month

    def business(self, day):
        return day.weekday() < 5 and not (self.holidays is not None and day in self.holidays)

    def toml(self):
        holidays = f'holidays = "{self.file}"\n' if self.holidays is not None else ""
        return (f'[schedules.{self.name}]\nreport = "cash-flow"\nwhen = "{self.rule.text}"\nzone = "{self.zone}"\n'
                f'shift = "{self.shift}"\nperiod = "{self.period}"\n{holidays}')

    def firings(self, begin, count):
        """(moment, period) of the first `count` from the local day `begin` on."""
        zone = zoneinfo.ZoneInfo(self.zone)
        found, own = {}, {}
        day, last = begin - 120 * DAY, None
        while day < begin + 3700 * DAY:
            if last is not None and day > last + 120 * DAY:
                break
            if self.rule.days(day):
                moved = day
                while self.shift != "none" and not self.business(moved):
                    moved += DAY if self.shift == "next" else -DAY
                for hour, minute in self.rule.times:
                    at = instant(moved, hour, minute, zone)
                    if at >= instant(begin, 0, 0, zone):
                        if at not in own or not own[at]:  # the day itself, else the latest that was moved to it
                            found[at], own[at] = period_text(self.period, day, self.fiscal_month), moved == day
                if len(found) >= count:
                    last = max(sorted(found)[:count]).date()
            day += DAY
        return sorted(found.items())[:count]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("deckle")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--schedules", type=int, default=60, help="in each of the workspaces")
    parser.add_argument("--workspaces", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    compared, wrong = 0, []
    for number in range(options.workspaces):
        fiscal_month = rng.choice([1, 1, 2, 4, 7, 10, 12])
        shutil.rmtree(options.folder, ignore_errors=True)
        options.folder.mkdir(parents=True)
        begin = dt.date(2025, 1, 1) + rng.randint(0, 3600) * DAY
        if rng.random() < .8:  # shortly before clocks change in one of the zones
            changes = clock_changes(begin, 366, zoneinfo.ZoneInfo(rng.choice(ZONES)))
            begin = rng.choice(changes)[0] - 6 * DAY if changes else begin
        cases = [Case(rng, f"s{number}-{i}", fiscal_month, begin) for i in range(options.schedules)]
        toml = ('[company]\nname = "Oracle"\ncurrency = "USD"\nzone = "UTC"\nlocale = "en_US"\n'
                f'fiscal_year_start = "{fiscal_month:02}-01"\n')
        for case in cases:
            toml += case.toml()
            if case.holidays is not None:
                text = case.holidays.text() if case.file.endswith(".txt") else case.holidays.ics()
                (options.folder / case.file).write_text(text, newline="")
        (options.folder / "deckle.toml").write_text(toml)
        count = rng.choice([12, 60, 200])
        answer = subprocess.run([options.deckle, "schedule", "explain", "-w", options.folder, "--json", "--no-parts",
                                 "--from", str(begin), "--count", str(count)], capture_output=True, text=True)
        if answer.returncode != 0:
            sys.exit(f"deckle schedule explain: exit code {answer.returncode}\n{answer.stderr}")
        answered = {s["schedule"]: s["firings"] for s in json.loads(answer.stdout)}
        for case in cases:
            zone = zoneinfo.ZoneInfo(case.zone)
            said = [(f["at"], f["local"].rsplit(" ", 1)[0], f["period"]) for f in answered[case.name]]
            meant = [(f"{at:%Y-%m-%dT%H:%M:%SZ}", f"{at.astimezone(zone):%a %Y-%m-%d %H:%M}", period)
                     for at, period in case.firings(begin, count)]
            # Zone rules end in 2037, and it looks ten years ahead.
            known = [m for m in meant if m[0] < min("2037", str(begin.replace(year=begin.year + 9, day=1)))]
            compared += len(known)
            if said[:len(known)] != known:
                at = next((i for i, (a, b) in enumerate(zip(said, known)) if a != b), min(len(said), len(known)))
                wrong.append(f"{case.toml()}fiscal year from month {fiscal_month}, from {begin}, firing {at + 1}: said "
                             f"{said[at] if at < len(said) else 'nothing'}, meant {known[at] if at < len(known) else 'nothing'}")
    print(f"{compared} firings of {options.workspaces * options.schedules} schedules, {len(wrong)} schedules differ")
    if wrong:
        sys.exit("\n\n".join(wrong[:5]))
    if compared < options.workspaces * options.schedules * 5:
        sys.exit("too few firings were compared")


if __name__ == "__main__":
    main()
