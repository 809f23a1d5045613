#include "service/reminders.hpp"
#include "data/dataset.hpp"
#include "model/formatter.hpp"
#include "schedule/ics_events.hpp"
#include "service/notices.hpp"
#include "store/reminders.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::service {

using model::Json;

namespace {

std::string text_at(data::Table const& table, char const* name, std::int64_t row) {
    auto const* column = table.find(name);
    return column == nullptr || column->is_null(row) ? "" : std::string(column->text(row));
}

std::optional<Date> date_at(data::Table const& table, char const* name, std::int64_t row) {
    auto const* column = table.find(name);
    return column == nullptr || column->is_null(row) ? std::nullopt : std::optional(column->date(row));
}

/// The newest draft whose parameter `name` is `value`.
DraftProgress const* draft_of(std::vector<DraftProgress> const& drafts, char const* name, std::string const& value) {
    auto const it = std::ranges::find_if(
        drafts, [&](DraftProgress const& d) { return d.params.is_object() && d.params.value(name, Json()) == value; });
    return it == drafts.end() ? nullptr : &*it;
}

/// What is left of a document, or why nothing is.
void put_progress(DueItem& item, DraftProgress const* draft, std::string const& start) {
    if (draft == nullptr) {
        item.left = "no draft yet: " + start;
        return;
    }
    if (draft->state != "draft" && draft->state != "review" && draft->state != "approved") {
        item.done = fmt::format("its draft {} is {}", draft->id, draft->state);
        return;
    }
    item.left = draft->state == "approved"
                    ? fmt::format("approved, not handed in: deckle draft export {}", draft->id)
                    : fmt::format("{} of {} answers approved, draft {}", draft->approved, draft->fields, draft->id);
}

void put_time(DueItem& item, std::string const& stated, Clocks const& clocks) {
    item.stated = stated;
    if (stated.empty()) return;
    auto const deadline = parse_deadline(item.day, stated, clocks);
    if (!deadline) {
        item.left += fmt::format("{}its time \"{}\" cannot be read", item.left.empty() ? "" : "; ", stated);
        return;
    }
    item.at = deadline->at;
    item.east = deadline->east;
}

/// "2026-11-30 11:59 PM PST" of an item whose moment is known: only where it says that moment.
void put_stated(DueItem& item, std::string const& stated, Clocks const& clocks) {
    auto const day = Date::parse(stated.substr(0, 10));
    if (!day || stated.size() < 12) return;
    auto const deadline = parse_deadline(*day, stated.substr(11), clocks);
    if (!deadline || deadline->at != *item.at) return;
    item.day = *day;
    item.stated = stated.substr(11);
    item.east = deadline->east;
}

/// The calendar day at a moment, so many minutes east of UTC.
Date day_at(Instant at, int east) {
    auto const day = std::chrono::floor<std::chrono::days>(at + std::chrono::minutes(east));
    return Date::from_days(static_cast<std::int32_t>(day.time_since_epoch().count()));
}

std::string counted(std::size_t n, char const* one, char const* many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
}

std::string days_text(Standing const& s) {
    if (s.passed) return s.days == 0 ? "passed today" : "passed";
    if (s.hours) return counted(static_cast<std::size_t>(*s.hours), "hour", "hours");
    return s.days == 0 ? "today" : counted(static_cast<std::size_t>(s.days), "day", "days");
}

/// The day, and where a time is stated the moment as stated and at the company.
std::string due_text(DueItem const& item, model::Formatter const& formatter) {
    std::string out = formatter.date(item.day);
    if (!item.stated.empty()) out += ", " + item.stated;
    if (item.at) out += fmt::format(" ({})", formatter.datetime(*item.at, true));
    return out;
}

Clocks clocks_of(data::Workspace const& workspace, Instant now) {
    Clocks clocks;
    for (auto const& offset :
         zone_offsets(workspace.company.zone, now - std::chrono::days(800), now + std::chrono::days(800)))
        clocks.add(offset.from, offset.minutes);
    return clocks;
}

} // namespace

std::string DueItem::deadline() const {
    return stated.empty() && at ? to_iso(*at) : stated.empty() ? day.to_string() : day.to_string() + " " + stated;
}

std::vector<DueItem> award_items(data::Table const& catalogue, std::vector<DraftProgress> const& drafts,
                                 Clocks const& clocks) {
    std::vector<DueItem> items;
    for (std::int64_t row = 0; row < catalogue.rows; ++row) {
        auto const day = date_at(catalogue, "deadline", row);
        if (!day || text_at(catalogue, "status", row) == "historic") continue;
        DueItem item;
        std::string const award = text_at(catalogue, "award_id", row);
        item.id = "award/" + award;
        item.what = "Entry for " + text_at(catalogue, "award", row);
        item.day = *day;
        put_progress(item, draft_of(drafts, "award", award), "deckle draft new award-submission --set award=" + award);
        put_time(item, text_at(catalogue, "deadline_time", row), clocks);
        items.push_back(std::move(item));
    }
    return items;
}

std::vector<DueItem> release_items(data::Table const& releases, std::vector<DraftProgress> const& drafts,
                                   Clocks const& clocks) {
    std::vector<DueItem> items;
    for (std::int64_t row = 0; row < releases.rows; ++row) {
        auto const day = date_at(releases, "embargo_date", row);
        if (!day) continue;
        DueItem item;
        std::string const slug = text_at(releases, "slug", row);
        item.id = "release/" + slug;
        std::string const headline = text_at(releases, "headline", row);
        item.what = "Embargo ends: " + (headline.empty() ? slug : headline);
        item.day = *day;
        put_progress(item, draft_of(drafts, "release", slug), "deckle draft new press-release --set release=" + slug);
        put_time(item, text_at(releases, "embargo_time", row), clocks);
        items.push_back(std::move(item));
    }
    return items;
}

std::vector<DueItem> calendar_items(std::string const& report, std::string_view ics, std::string const& zone,
                                    Clocks const& clocks) {
    std::vector<DueItem> items;
    std::size_t unread = 0;
    for (auto const& event : schedule::calendar_events(ics, unread)) {
        DueItem item;
        item.id = report + "/" + event.uid;
        item.what = event.summary;
        constexpr std::string_view owner = "Owner: ";
        if (event.description.starts_with(owner))
            item.owner = event.description.substr(owner.size(), event.description.find('\n') - owner.size());
        item.at = event.at;
        item.day = event.at ? to_local(*event.at - std::chrono::milliseconds(1), zone).date : event.day;
        if (event.at) put_stated(item, event.stated, clocks);
        items.push_back(std::move(item));
    }
    return items;
}

Standing standing(DueItem const& item, std::vector<int> const& days, std::set<int> const& given, Instant now,
                  std::string const& zone) {
    Standing s;
    s.days = item.day - (item.east ? day_at(now, *item.east) : to_local(now, zone).date);
    s.passed = item.at ? now >= *item.at : s.days < 0;
    if (!item.done.empty()) {
        s.silent = item.done;
    } else if (s.passed) {
        // Said once, where it was spoken of before.
        if (given.empty())
            s.silent = "passed before it was ever spoken of";
        else if (given.contains(-1))
            s.silent = "passed, and that was said";
        else
            s.steps = {-1};
    } else {
        // The digest comes once a day: what ends before the next one is spoken of for the last time.
        bool const last_chance = item.at && *item.at <= now + std::chrono::days(1);
        if (last_chance && s.days > 0) s.hours = std::chrono::ceil<std::chrono::hours>(*item.at - now).count();
        for (int const step : days)
            if (step >= (last_chance ? 0 : s.days) && !given.contains(step)) s.steps.push_back(step);
        auto const next = std::ranges::find_if(days, [&](int step) { return step < s.days; });
        if (s.steps.empty() && next != days.end())
            s.silent = fmt::format("next {} before", counted(static_cast<std::size_t>(*next), "day", "days"));
        else if (s.steps.empty())
            s.silent = "nothing more is said about it";
    }
    return s;
}

std::vector<DueItem> due_items(Office& office, Survey& survey, std::vector<std::string>& problems) {
    std::vector<DueItem> items;
    auto const add = [&](std::vector<DueItem> more) { std::ranges::move(more, std::back_inserter(items)); };
    auto const trying = [&](std::string const& what, auto&& f) {
        try {
            f();
        } catch (Error const& e) {
            problems.push_back(what + ": " + e.to_string());
        }
    };
    auto const now = office.clock.now();
    auto const& workspace = office.workspace;
    Clocks const clocks = clocks_of(workspace, now);
    std::vector<DraftProgress> drafts;
    trying("drafts", [&] { drafts = survey.drafts(); });
    auto const table = [&](char const* dataset, auto const& items_of) {
        if (!workspace.datasets.contains(dataset)) return;
        trying(dataset, [&] {
            Diagnostics diagnostics;
            data::DatasetRequest const all{dataset, office.catalogue.find(dataset)->version, true, {}};
            add(items_of(data::load_dataset(workspace, office.catalogue, all, now, diagnostics).table, drafts, clocks));
        });
    };
    table("award_catalogue", award_items);
    table("releases", release_items);
    static std::vector<std::string> const none;
    for (auto const& report : workspace.reminders ? workspace.reminders->calendars : none)
        trying(report, [&] {
            if (auto const ics = survey.calendar(report))
                add(calendar_items(report, *ics, workspace.company.zone, clocks));
        });
    std::ranges::stable_sort(items, {}, [](DueItem const& i) { return std::pair(i.day, i.id); });
    return items;
}

void enqueue_reminders(Office& office) {
    auto const& r = office.workspace.reminders;
    if (!r) return;
    auto const now = office.clock.now();
    auto const today = to_local(now, office.workspace.company.zone).date;
    if (now < from_local(today, r->hour, r->minute, 0, office.workspace.company.zone)) return;
    (void)store::Queue(office.database)
        .enqueue({.key = "reminders/" + today.to_string(), .lane = "make", .payload = "{}"});
}

void run_reminders(Office& office, Survey& survey, store::Job const& job) {
    if (office.workspace.reminders) {
        std::vector<std::string> problems;
        auto const items = due_items(office, survey, problems);
        office.database.transact([&] {
            complete(office, job);
            (void)send_digest(office, items, problems);
        });
        return;
    }
    office.database.transact([&] { complete(office, job); });
}

bool send_digest(Office& office, std::vector<DueItem> const& items, std::vector<std::string> const& problems) {
    auto const& workspace = office.workspace;
    auto const& settings = workspace.reminders.value();
    auto const now = office.clock.now();
    std::string const today = to_local(now, workspace.company.zone).date.to_string();
    model::Formatter const formatter(workspace.company.locale, workspace.company.zone);
    return office.database.transact([&] {
        auto const said = store::Deliveries(office.database).list({.period = today, .notices = true});
        if (std::ranges::any_of(said, [](auto const& d) { return d.subject == "reminder"; })) return false;
        store::Reminders reminders(office.database);
        Notice n;
        n.key = today;
        n.columns = {"Due", "Left", "What"};
        std::string first;
        for (auto const& item : items) {
            auto const given = reminders.given(item.id, item.deadline());
            auto const s = standing(item, settings.days, given, now, workspace.company.zone);
            bool any = false;
            for (int const step : s.steps) any = reminders.claim(item.id, item.deadline(), step, now) || any;
            if (!any) continue;
            if (first.empty() && !s.passed)
                first = fmt::format("{} {}", item.what, s.days == 0 ? "today" : "in " + days_text(s));
            std::string what = item.what;
            for (auto const& more : {item.left, item.owner})
                if (!more.empty()) what += "\n" + more;
            n.rows.push_back({due_text(item, formatter), days_text(s), what});
        }
        if (n.rows.empty() && problems.empty()) return false;
        n.subject = n.rows.empty()
                        ? "Reminders could not be made up"
                        : counted(n.rows.size(), "reminder", "reminders") + (first.empty() ? "" : ": " + first);
        n.what =
            "What is due, and what is left to do. Each stands here again as its day comes nearer, until it is done.";
        for (auto const& problem : problems) n.what += "\nNot looked at, so something may be missing here: " + problem;
        n.now.emplace_back("See everything with a deadline", "deckle reminders list");
        n.about = {{"Day", formatter.date(to_local(now, workspace.company.zone).date)},
                   {"Zone", workspace.company.zone}};
        auto const to = settings.to.empty() ? workspace.delivery.owner : settings.to;
        auto tell = notices(office);
        return tell.send("reminder", n.key, tell.compose(n), to, settings.channel, now);
    });
}

} // namespace deckle::service
