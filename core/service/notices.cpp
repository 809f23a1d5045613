#include "service/notices.hpp"
#include "base/hash.hpp"
#include "base/mail_address.hpp"
#include "base/text.hpp"
#include "template/template.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::service {

using model::Json;

namespace {

constexpr char const* page = "notice.html.mustache";

/// The first line of a cell stands out, those after it do not.
Json cell(std::string const& text, bool right) {
    Json notes = Json::array();
    for (auto at = text.find('\n'); at != std::string::npos;) {
        auto const next = text.find('\n', at + 1);
        notes.push_back(text.substr(at + 1, next == std::string::npos ? next : next - at - 1));
        at = next;
    }
    return {{"text", first_line(text)}, {"notes", notes}, {"side", right ? "right" : "left"}};
}

} // namespace

std::string sentence(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos) text += '.';
    return text;
}

std::string title_of(data::Workspace const& workspace, std::string const& subject) {
    std::string const plain = subject.substr(0, subject.find('#'));
    auto const colon = plain.find(':');
    if (colon == std::string::npos) return plain;
    std::string const name = plain.substr(colon + 1);
    if (!plain.starts_with("pack:")) return name;
    auto const pack = workspace.packs.find(name);
    return pack == workspace.packs.end() || pack->second.title.empty() ? "pack " + name : pack->second.title;
}

std::vector<std::string> const& Notices::owners(std::string const& schedule) const {
    auto const known = workspace_.schedules.find(schedule);
    return known == workspace_.schedules.end() || known->second.owner.empty() ? workspace_.delivery.owner
                                                                              : known->second.owner;
}

std::string Notices::channel(std::string const& schedule) const {
    auto const& delivery = workspace_.delivery;
    if (!delivery.notice_channel.empty()) return delivery.notice_channel;
    auto const known = workspace_.schedules.find(schedule);
    if (known != workspace_.schedules.end() && !known->second.via.empty()) return known->second.via;
    std::string only;
    for (auto const& [name, c] : delivery.channels) {
        if (!c.is_mail()) continue;
        if (!only.empty()) return only; // of several, the first by name
        only = name;
    }
    return only;
}

bool Notices::never_again(std::string const& schedule, Instant now) {
    auto const known = workspace_.schedules.find(schedule);
    if (known == workspace_.schedules.end()) return false;
    auto const& s = known->second;
    return tell({fmt::format("never/{}/{:016x}", schedule, hash64(s.when + "\n" + s.shift + "\n" + s.zone)),
                 "Never again: " + schedule,
                 fmt::format("The schedule {} ({}) has no day left on which it fires, so nothing will come from it.",
                             schedule, s.when),
                 {{"Schedule", schedule}, {"Where", s.position.to_string()}},
                 {{"See its days", "deckle schedule explain " + schedule}},
                 {},
                 {}},
                schedule, now);
}

bool Notices::wrong_schedule(std::string const& schedule, std::string const& message, Instant now) {
    std::string const day = to_local(now, workspace_.company.zone).date.to_string();
    return tell({fmt::format("schedule/{}/{:016x}", day, hash64(schedule + "\n" + message)),
                 "Cannot be made: " + schedule,
                 fmt::format("As it stands, nothing will come of the schedule {} when it fires. {}", schedule,
                             sentence(message)),
                 {{"Schedule", schedule}, {"Workspace", workspace_.root.string()}},
                 {{"When it is mended, look at it once more", "deckle schedule explain " + schedule}},
                 {},
                 {}},
                schedule, now);
}

bool Notices::wrong_configuration(std::string const& message, Instant now) {
    std::string const day = to_local(now, workspace_.company.zone).date.to_string();
    return tell({fmt::format("configuration/{}/{:016x}", day, hash64(message)),
                 "Configuration: " + first_line(message),
                 "The configuration was changed and cannot be used. What is scheduled goes on as it was before the "
                 "change. " +
                     sentence(message),
                 {{"Workspace", workspace_.root.string()}},
                 {{"When it is mended, look at it once more", "deckle doctor"}},
                 {},
                 {}},
                "", now);
}

bool Notices::daily_failed(std::string const& job, std::string const& reason, Instant now) {
    bool const reminders = job.starts_with("reminders/");
    auto const slash = job.find('/'), end = job.rfind('/');
    std::string const schedule = reminders ? "" : job.substr(slash + 1, end - slash - 1);
    return tell({"failed/" + job,
                 reminders ? "No reminders today" : "Not looked at again: " + schedule,
                 fmt::format("{} It is tried again tomorrow. {}",
                             reminders ? "What is due could not be made up, so no reminder was sent."
                                       : "The periods that were sent could not be compared with the data as they are.",
                             sentence(reason)),
                 {{"Job", job}},
                 {{"See it now", reminders ? "deckle reminders list" : "deckle schedule restated " + schedule}},
                 {},
                 {}},
                schedule, now);
}

bool Notices::tell(Notice const& notice, std::string const& schedule, Instant now) {
    return send("notice", notice.key, compose(notice), owners(schedule), channel(schedule), now);
}

bool Notices::send(std::string const& kind, std::string const& key, NoticeText const& text,
                   std::vector<std::string> const& to, std::string const& wanted, Instant now) {
    auto const& channels = workspace_.delivery.channels;
    std::string const name = wanted.empty() ? channel("") : wanted;
    auto const by = channels.find(name);
    bool const mail = by != channels.end() && by->second.is_mail();
    std::vector<std::string> recipients = to;
    if (by != channels.end() && !mail) recipients = {""}; // a folder or a webhook: one for all
    Json files = Json::array();
    std::int64_t bytes = 0;
    for (auto const& file : text.files) {
        bytes += file.size;
        files.push_back({{"path", file.path},
                         {"name", std::filesystem::path(file.path).filename().string()},
                         {"media_type", "application/pdf"},
                         {"sha256", file.sha256},
                         {"bytes", file.size}});
    }
    if (!mail || bytes > static_cast<std::int64_t>(by->second.max_attachment)) files = Json::array();
    bool const nowhere = by == channels.end() || recipients.empty();
    if (nowhere) recipients = {""};
    return office_.database.transact([&] {
        store::Deliveries deliveries(office_.database);
        store::Queue queue(office_.database);
        bool told = false;
        for (auto const& recipient : recipients) {
            store::Delivery d;
            d.period = key;
            d.subject = kind;
            d.recipient = recipient;
            d.channel = nowhere ? "" : name;
            d.content =
                Json{{"subject", text.subject}, {"html", text.html}, {"text", text.text}, {"files", files}}.dump();
            d.message_id = domain_of(workspace_.delivery.sender());
            auto const id = deliveries.claim(d, now);
            if (!id) continue;
            if (!std::exchange(told, true)) office_.log.warning(kind, {{"about", key}, {"message", text.subject}});
            if (nowhere)
                deliveries.resolve(*id, store::DeliveryState::cancelled, "",
                                   by == channels.end() ? "there is no channel for it: add [delivery.channels.mail]"
                                                        : "there is nobody to tell: add [delivery] owner",
                                   now);
            else
                (void)queue.enqueue(
                    {.key = "deliver/" + *id + "/1", .lane = "deliver", .payload = Json{{"delivery", *id}}.dump()});
        }
        return told;
    });
}

NoticeText Notices::compose(Notice const& n) const {
    NoticeText out;
    out.files = n.files;
    out.subject = first_line(workspace_.company.name + ": " + n.subject);
    Json model{{"subject", out.subject}, {"company", workspace_.company.name},
               {"headline", n.subject},  {"what", Json::array()},
               {"about", Json::array()}, {"now", Json::array()}};
    for (std::string_view rest = n.what; !rest.empty();) {
        auto const end = rest.find('\n');
        if (auto const line = rest.substr(0, end); !line.empty()) model["what"].push_back(std::string(line));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    for (auto const& [label, value] : n.about) model["about"].push_back({{"label", label}, {"value", value}});
    for (auto const& [what, command] : n.now) model["now"].push_back({{"what", what}, {"command", command}});
    if (!n.rows.empty()) {
        Json table{{"head", Json::array()}, {"rows", Json::array()}};
        auto const right = [&](std::size_t i) { return i < n.columns.size() && n.columns[i].starts_with('>'); };
        for (std::size_t i = 0; i < n.columns.size(); ++i)
            table["head"].push_back(
                {{"text", right(i) ? n.columns[i].substr(1) : n.columns[i]}, {"side", right(i) ? "right" : "left"}});
        for (auto const& row : n.rows) {
            Json cells = Json::array();
            for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(cell(row[i], right(i)));
            table["rows"].push_back({{"cells", cells}});
        }
        model["table"] = std::move(table);
    } else {
        model["table"] = false;
    }
    templates::Theme theme;
    if (!workspace_.theme.brand.empty()) theme.brand = workspace_.theme.brand;
    model["brand"] = templates::readable_brand(theme);
    auto const loaded =
        templates::Template::load(page, {workspace_.root / "templates" / "mail", office_.templates / "mail"});
    model::Formatter const formatter(workspace_.company.locale, workspace_.company.zone);
    Diagnostics diagnostics;
    out.html = loaded.render(model, {.formatter = formatter, .theme = theme}, diagnostics);

    out.text = n.subject + "\n\n";
    for (Json const& line : model["what"]) out.text += line.get<std::string>() + "\n\n";
    for (auto const& row : n.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::string const head = i < n.columns.size() ? n.columns[i].substr(n.columns[i].starts_with('>')) : "";
            std::string value = row[i];
            for (auto at = value.find('\n'); at != std::string::npos; at = value.find('\n', at + 9))
                value.insert(at + 1, "        ");
            out.text += i == 0 ? value + "\n" : value.empty() ? "" : fmt::format("    {}: {}\n", head, value);
        }
        out.text += "\n";
    }
    for (auto const& [what, command] : n.now) out.text += what + ":\n    " + command + "\n\n";
    for (auto const& [label, value] : n.about) out.text += label + ": " + value + "\n";
    return out;
}

} // namespace deckle::service
