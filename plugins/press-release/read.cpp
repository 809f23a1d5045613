#include "draft.hpp"
#include "text.hpp"
#include <algorithm>
#include <deckle/rows.hpp>

namespace press_release {

using deckle::Rows;

namespace {

std::vector<std::string> split(std::string const& text, char separator) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= text.size();) {
        auto const to = std::min(text.find(separator, from), text.size());
        auto const first = text.find_first_not_of(' ', from);
        if (first < to) out.push_back(text.substr(first, text.find_last_not_of(' ', to - 1) - first + 1));
        from = to + 1;
    }
    return out;
}

Record record_at(Rows const& rows, std::int64_t i) {
    auto text = [&](char const* column) { return rows.field(column).text(i); };
    Record r;
    r.slug = text("slug");
    r.news = text("news");
    r.headline = text("headline");
    r.subhead = text("subhead");
    r.city = text("city");
    r.state = text("state");
    r.embargo_time = text("embargo_time");
    r.lead = text("lead");
    r.body = text("body");
    r.call_to_action = text("call_to_action");
    r.link = text("link");
    r.award_id = text("award_id");
    r.hashtags = text("hashtags");
    r.handles = text("handles");
    r.image = text("image");
    r.image_alt = text("image_alt");
    r.team = text("team");
    r.release_date = rows.field("release_date").date(i);
    r.embargo_date = rows.field("embargo_date").date(i);
    r.trademarks = split(text("trademarks"), '|');
    return r;
}

std::optional<AwardRules> award_of(deckle::Job& job, std::string const& id) {
    Rows const rows(job, "award_catalogue");
    for (std::int64_t i = 0; i < rows.count() && !id.empty(); ++i) {
        if (rows.field("award_id").text(i) != id) continue;
        auto const from = rows.field("release_from").date(i);
        return AwardRules{id, rows.field("award").text(i), rows.field("organizer").text(i),
                          rows.field("naming").text(i), from ? from : rows.field("result_date").date(i)};
    }
    return std::nullopt;
}

/// Rows with this slug, and those without one.
bool belongs(Rows const& rows, std::int64_t i, std::string const& slug) {
    std::string const own = rows.field("slug").text(i);
    return own.empty() || own == slug;
}

void read_around(deckle::Job& job, Record& r) {
    Rows const quotes(job, "quotes");
    for (std::int64_t i = 0; i < quotes.count(); ++i)
        if (quotes.field("slug").text(i) == r.slug)
            r.quotes.push_back({quotes.field("quote_id").text(i), quotes.field("speaker").text(i),
                                quotes.field("title").text(i), quotes.field("text").text(i),
                                quotes.field("approved_by").text(i), quotes.field("approved_date").date(i)});
    Rows const contacts(job, "media_contacts");
    for (std::int64_t i = 0; i < contacts.count(); ++i)
        if (belongs(contacts, i, r.slug))
            r.contacts.push_back({contacts.field("name").text(i), contacts.field("title").text(i),
                                  contacts.field("company").text(i), contacts.field("phone").text(i),
                                  contacts.field("email").text(i)});
    Rows const about(job, "boilerplates");
    for (std::int64_t i = 0; i < about.count(); ++i)
        if (belongs(about, i, r.slug))
            r.boilerplates.push_back({about.field("company").text(i), about.field("text").text(i),
                                      about.field("website").text(i), about.field("listed").boolean(i)});
    Rows const outlets(job, "outlets");
    auto const base = r.embargo_date ? r.embargo_date : r.release_date;
    for (std::int64_t i = 0; i < outlets.count(); ++i) {
        if (!belongs(outlets, i, r.slug)) continue;
        auto due = outlets.field("due_date").date(i);
        if (auto const days = outlets.field("due_days").integer(i); !due && base && days)
            due = *base + static_cast<int>(*days);
        r.steps.push_back({outlets.field("outlet").text(i), outlets.field("channel").text(i),
                           outlets.field("owner").text(i), outlets.field("url").text(i), due,
                           outlets.field("done_date").date(i)});
    }
}

} // namespace

Facts read_facts(deckle::Job& job) {
    Rows const rows(job, "facts");
    Facts facts;
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        std::string const id = rows.field("id").text(i), period = rows.field("period").text(i);
        facts.is_public[period.empty() ? id : id + "." + period] = rows.field("public").boolean(i);
        if (period.empty()) facts.texts[id] = rows.field("text").text(i);
    }
    return facts;
}

Record from_award(AwardRules const& award, std::string const& company, Json const& outcome, Facts const& facts) {
    auto known = [&](char const* name, char const* otherwise) {
        auto const it = facts.texts.find(name);
        return it == facts.texts.end() || it->second.empty() ? std::string(otherwise) : it->second;
    };
    Record r;
    r.slug = award.id;
    r.news = "award";
    r.award_id = award.id;
    r.award = award;
    std::string const name = award.naming.empty() ? award.name : award.naming;
    std::string const place = known("company.headquarters", "[City], [State]");
    auto const comma = place.find(',');
    r.city = place.substr(0, comma);
    if (comma != std::string::npos) r.state = place.substr(place.find_first_not_of(" ,", comma));
    auto const result = outcome.is_object() ? Date::parse(outcome.value("date", "")) : std::nullopt;
    r.release_date = result;
    if (award.release_from && (!r.release_date || *r.release_date < *award.release_from))
        r.release_date = award.release_from;
    r.headline = company + " named to " + name;
    std::string const organizer = award.organizer.empty() ? "[organizer]" : award.organizer;
    r.lead = company + " was named to the " + name + " by " + organizer + (result ? " on " + ap_date(*result) : "") +
             ". [What the award is for, and why the firm won it, in one sentence.]";
    r.body = "[What the judges weighed, and the figures that decided "
             "it.]\n\n[What comes of it for customers.]";
    r.call_to_action = "More about the award: [address].";
    std::string const owner = known("company.owner", "");
    if (!owner.empty())
        r.quotes.push_back(
            {"owner", owner, "owner and CEO of " + company, "[What it means, in the owner's words.]", "", {}});
    if (std::string const about = known("company.boilerplate", ""); !about.empty())
        r.boilerplates.push_back({company, about, known("company.website", ""), false});
    if (std::string const contact = known("media.contact", ""); !contact.empty())
        r.contacts.push_back({contact, "", "", "", ""});
    return r;
}

Record read_record(deckle::Job& job) {
    Rows const rows(job, "releases");
    auto const origin = deckle::Origin::of(job.request());
    bool const from_win = origin && origin->report == "award-submission";
    std::string const award_id = from_win && origin->params.is_object() ? origin->params.value("award", "") : "";
    std::string const wanted = job.params().at("release").get<std::string>();
    std::optional<Record> found;
    std::string known;
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        Record r = record_at(rows, i);
        known += (known.empty() ? "" : ", ") + r.slug;
        bool match = false;
        if (from_win)
            match = !award_id.empty() && r.award_id == award_id;
        else if (!wanted.empty())
            match = r.slug == wanted;
        else // the one dated next, else the last one
            match =
                !found || !found->release_date ||
                (r.release_date && (*found->release_date < job.as_of()
                                        ? *r.release_date > *found->release_date
                                        : *r.release_date >= job.as_of() && *r.release_date < *found->release_date));
        if (match) found = std::move(r);
    }
    if (from_win && !found) {
        if (award_id.empty())
            throw deckle::PluginError("", "The draft it starts from names no award: its parameter award is empty");
        auto const award = award_of(job, award_id);
        if (!award)
            throw deckle::PluginError("", "The draft it starts from is for award '" + award_id +
                                              "', which award_catalogue does not have");
        Record made = from_award(*award, job.company(), origin->outcome, read_facts(job));
        Record around;
        around.slug = made.slug;
        around.release_date = made.release_date;
        read_around(job, around);
        if (!around.contacts.empty()) made.contacts = around.contacts;
        if (!around.boilerplates.empty()) made.boilerplates = around.boilerplates;
        made.steps = around.steps;
        return made;
    }
    if (!found)
        throw deckle::PluginError("/release", wanted.empty()
                                                  ? "The dataset releases has no rows"
                                                  : "There is no release '" + wanted + "'; there are: " + known);
    found->award = award_of(job, found->award_id);
    if (from_win && origin->outcome.is_object())
        if (auto const day = Date::parse(origin->outcome.value("date", "")); day && !found->release_date)
            found->release_date = day;
    read_around(job, *found);
    return *found;
}

} // namespace press_release
