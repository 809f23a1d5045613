// A delivery's content: {"subject", "html", "text", "files": [], "links": [], "after"}. Body and files are
// {"path", "name", "media_type", "sha256", "bytes"}, the path below the workspace; of a notice, which is small, the
// body is the text itself. `after` is the channel whose delivery of the same edition has to be sent first: a link in a
// mail leads to a file in a folder.
#include "service/claims.hpp"
#include "base/file.hpp"
#include "base/nearest.hpp"
#include "data/sha256.hpp"
#include "data/words.hpp"
#include "delivery/names.hpp"
#include "service/attention.hpp"
#include "service/closing.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::service {

namespace fs = std::filesystem;
using model::Json;

namespace {

struct Ways {
    data::Channel const* mail = nullptr; // nullptr: nobody is written to
    std::vector<data::Channel const*> copies;
    data::Channel const* linked = nullptr; // the folder that links lead to
};

data::Channel const& channel_of(data::Workspace const& workspace, data::Schedule const& schedule,
                                std::string const& name) {
    auto const& channels = workspace.delivery.channels;
    auto const found = channels.find(name);
    if (found != channels.end()) return found->second;
    std::vector<std::string> names;
    for (auto const& [n, c] : channels) names.push_back(n);
    auto const like = nearest(name, names);
    throw Error(
        ErrorCode::usage,
        fmt::format("there is no [delivery.channels.{}]{}", name, like ? "; did you mean '" + *like + "'?" : ""),
        schedule.position);
}

bool is_folder(data::Channel const& channel) {
    return std::holds_alternative<data::FolderSettings>(channel.way);
}

/// Throws Error{usage} with the schedule's line for what cannot be.
Ways ways_of(data::Workspace const& workspace, data::Schedule const& schedule, bool to_anybody) {
    Ways ways;
    for (auto const& name : schedule.copies) ways.copies.push_back(&channel_of(workspace, schedule, name));
    if (to_anybody) {
        if (!schedule.via.empty()) {
            ways.mail = &channel_of(workspace, schedule, schedule.via);
        } else {
            for (auto const& [name, channel] : workspace.delivery.channels) {
                if (!channel.is_mail()) continue;
                if (ways.mail != nullptr)
                    throw Error(
                        ErrorCode::usage,
                        fmt::format("there are several channels for mail, {} and {}; say which with via = \"{}\"",
                                    ways.mail->name, name, name),
                        schedule.position);
                ways.mail = &channel;
            }
        }
        if (ways.mail == nullptr)
            throw Error(ErrorCode::usage,
                        "there is no channel for mail: add [delivery.channels.mail], or leave `to` out",
                        schedule.position);
    }
    for (auto const* channel : ways.copies)
        if (ways.linked == nullptr && is_folder(*channel)) ways.linked = channel;
    for (auto const& [name, channel] : workspace.delivery.channels)
        if (ways.linked == nullptr && is_folder(channel)) ways.linked = &channel;
    return ways;
}

std::vector<std::string> recipients(store::Edition const& edition) {
    return Json::parse(edition.to).get<std::vector<std::string>>();
}

std::string contact(data::DeliverySettings const& settings) {
    if (!settings.reply_to.empty()) return settings.reply_to;
    return settings.owner.empty() ? settings.from.address : settings.owner.front();
}

delivery::LetterTerms terms_of(data::Workspace const& workspace, data::Schedule const& schedule,
                               store::Edition const& edition, data::Channel const& channel, Ways const& ways) {
    delivery::LetterTerms terms{.subject = schedule.subject, .file_name = schedule.file_name};
    terms.contact = contact(workspace.delivery);
    terms.reason = edition.note;
    if (!channel.is_mail()) return terms; // a folder takes everything
    terms.max_attachment = channel.max_attachment;
    if (ways.linked != nullptr) terms.link = workspace.delivery.link;
    return terms;
}

Json stored(fs::path const& root, fs::path const& path, std::string const& sha256) {
    auto const below = path.lexically_normal().lexically_relative(root.lexically_normal());
    bool const inside = !below.empty() && *below.begin() != "..";
    return {{"path", (inside ? below : path).string()}, {"sha256", sha256}};
}

Json file_entry(fs::path const& root, delivery::File const& file) {
    Json entry = stored(root, file.path, file.sha256);
    entry["name"] = file.name;
    entry["media_type"] = file.media_type;
    entry["bytes"] = file.bytes;
    return entry;
}

/// Under a name of its content, so that what is composed again differently never replaces what was claimed.
Json write_body(fs::path const& root, fs::path const& folder, std::string const& extension, std::string const& body) {
    auto const hash = data::sha256_hex(body);
    fs::path const path = folder / ("letter-" + hash.substr(0, 12) + extension);
    fs::create_directories(folder);
    write_file(path, body);
    for (auto const& written : {path, folder}) keep_on_disk(written); // before it is claimed
    return stored(root, path, hash);
}

Json content_of(data::Workspace const& workspace, store::Edition const& edition, Product const& product,
                delivery::Letter const& letter, delivery::LetterTerms const& terms, Ways const& ways) {
    fs::path const folder = product.files.empty() ? workspace.root / ".deckle" / "artifacts" / edition.id
                                                  : product.files.front().path.parent_path();
    Json content{{"subject", letter.subject},
                 {"html", write_body(workspace.root, folder, ".html", letter.html)},
                 {"text", write_body(workspace.root, folder, ".txt", letter.text)},
                 {"files", Json::array()},
                 {"links", Json::array()}};
    for (auto const& file : letter.files) content["files"].push_back(file_entry(workspace.root, file));
    for (auto const& file : letter.linked) {
        Json entry = file_entry(workspace.root, file);
        entry["url"] = delivery::link_to(terms.link, file.name);
        content["links"].push_back(std::move(entry));
    }
    if (!letter.linked.empty()) content["after"] = ways.linked->name;
    return content;
}

} // namespace

std::optional<std::string> cannot_leave(Office& office, data::Schedule const& schedule, store::Edition const& edition,
                                        Product const& product) {
    try {
        auto const ways = ways_of(office.workspace, schedule, !recipients(edition).empty());
        if (ways.mail == nullptr) return std::nullopt;
        Diagnostics diagnostics;
        (void)delivery::compose(office.workspace, edition, product,
                                terms_of(office.workspace, schedule, edition, *ways.mail, ways), office.templates,
                                diagnostics);
    } catch (Error const& e) {
        return e.to_string();
    }
    return std::nullopt;
}

std::vector<Outgoing> compose_messages(Office& office, data::Schedule const& schedule, store::Edition const& edition,
                                       Product const& product) {
    auto const& workspace = office.workspace;
    auto const to = recipients(edition);
    auto ways = ways_of(workspace, schedule, !to.empty());
    std::vector<Outgoing> messages;
    auto const add = [&](data::Channel const& channel, std::vector<std::string> addresses) {
        auto const terms = terms_of(workspace, schedule, edition, channel, ways);
        Diagnostics diagnostics;
        auto const letter = delivery::compose(workspace, edition, product, terms, office.templates, diagnostics);
        for (auto const& d : diagnostics.items())
            office.log.warning("message", {{"edition", edition.id}, {"message", d.to_string()}});
        messages.push_back(
            {channel.name, std::move(addresses), content_of(workspace, edition, product, letter, terms, ways).dump()});
        return !letter.linked.empty();
    };
    bool const linked = ways.mail != nullptr && add(*ways.mail, to);
    if (linked && std::ranges::find(ways.copies, ways.linked) == ways.copies.end()) ways.copies.push_back(ways.linked);
    for (auto const* channel : ways.copies) (void)add(*channel, {""});
    // What a mail links to goes first.
    std::ranges::stable_partition(messages,
                                  [&](Outgoing const& m) { return linked && m.channel == ways.linked->name; });
    return messages;
}

std::string send_also(Office& office, store::Edition const& edition, std::string const& address,
                      std::string const& by) {
    auto const& settings = office.workspace.delivery;
    if (auto const problem = address_problem(address); !problem.empty())
        throw Error(ErrorCode::usage, "'" + address + "' is no mail address: " + problem);
    if (!is_allowed_recipient(address, settings.allow))
        throw Error(ErrorCode::usage, "'" + address + "' may not be written to: its domain is not in [delivery] allow");
    return office.database.transact([&] {
        store::Deliveries deliveries(office.database);
        auto const all = deliveries.list({.edition = edition.id, .limit = 100'000});
        auto const like = std::ranges::find_if(all, [](auto const& d) { return !d.recipient.empty(); });
        auto const same =
            std::ranges::find_if(all, [&](auto const& d) { return data::fold(d.recipient) == data::fold(address); });
        if (like == all.end())
            throw Error(ErrorCode::refused, fmt::format("the edition {} is {} and went to nobody by mail", edition.id,
                                                        to_string(edition.state)));
        auto const now = office.clock.now();
        store::Delivery d = *like;
        d.recipient = same == all.end() ? address : same->recipient;
        d.message_id = domain_of(settings.sender());
        using enum store::EditionState;
        if (!store::Editions(office.database)
                 .step(edition.id, {done, delivering}, {.to = delivering, .by = by, .note = "also to " + address}, now))
            throw Error(ErrorCode::refused, fmt::format("the edition {} is {}: what does not go out goes to nobody",
                                                        edition.id, to_string(edition.state)));
        auto id = deliveries.claim(d, now);
        if (!id) id = deliveries.renew(d, now);
        if (!id)
            throw Error(ErrorCode::refused, fmt::format("{} has a delivery of the edition {} already: see `deckle "
                                                        "delivery list --schedule {}`",
                                                        address, edition.id, edition.schedule));
        store::Queue queue(office.database);
        enqueue_delivery(queue, *id);
        return *id;
    });
}

void enqueue_delivery(store::Queue& queue, std::string const& delivery) {
    for (int n = 1;; ++n) {
        store::NewJob const job{
            fmt::format("deliver/{}/{}", delivery, n), "deliver", Json{{"delivery", delivery}}.dump(), {}};
        if (queue.enqueue(job)) return;
    }
}

void claim_messages(Office& office, data::Schedule const& schedule, store::Edition const& edition,
                    std::string const& run, std::vector<Outgoing> const& messages) {
    auto const now = office.clock.now();
    auto const& settings = office.workspace.delivery;
    store::Deliveries deliveries(office.database);
    store::Queue queue(office.database);
    office.database.transact([&] {
        for (auto const& message : messages) {
            bool const guarded = settings.channels.at(message.channel).is_mail();
            for (auto const& address : message.to) {
                store::Delivery d;
                d.schedule = edition.schedule;
                d.period = edition.period;
                d.subject = edition.subject + (edition.part.empty() ? "" : "#" + edition.part);
                d.revision = edition.revision;
                d.recipient = address;
                d.channel = message.channel;
                d.edition = edition.id;
                d.run = run;
                d.content = message.content;
                d.message_id = domain_of(settings.sender());
                auto id = deliveries.claim(d, now);
                if (!id) id = deliveries.renew(d, now);
                if (!id) continue; // by an earlier attempt
                if (!guarded || is_allowed_recipient(address, settings.allow)) {
                    enqueue_delivery(queue, *id);
                    continue;
                }
                auto const where = schedule.position.to_string();
                (void)deliveries.settle(
                    *id, 0, store::DeliveryState::failed,
                    fmt::format("{}: [schedules.{}] writes to {}, whose domain is not in [delivery] "
                                "allow; add it there, or take the address out",
                                where.empty() ? "deckle.toml" : where, edition.schedule, address),
                    now);
                office.log.warning("recipient refused", {{"delivery", *id}, {"edition", edition.id}});
                needs_person(office, Need::undelivered, edition.schedule, edition.period);
            }
        }
        (void)close_edition(office.database, edition.id, now); // to nobody at all
    });
}

} // namespace deckle::service
