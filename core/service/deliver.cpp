#include "service/deliver.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "data/sha256.hpp"
#include "model/json.hpp"
#include "service/attention.hpp"
#include "service/closing.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace deckle::service {

using delivery::Outcome;
using model::Json;
using store::Delivery;
using enum store::DeliveryState;

namespace {

/// For what happens between the last moment before it leaves and the keeper's next renewal.
constexpr std::chrono::milliseconds leaving_lease = std::chrono::minutes(1);

std::string delivery_id(store::Job const& job) {
    return Json::parse(job.payload).at("delivery");
}

/// A person has decided about the delivery while it was on its way: nothing may leave.
struct Decided {};

class Courier {
public:
    /// `dead`: nobody works at the job any more.
    Courier(Office& office, store::Job const& job, bool dead = false)
        : office_(office), job_(job), dead_(dead), deliveries_(office.database), queue_(office.database),
          delivery_(deliveries_.find(delivery_id(job))) {}

    [[nodiscard]] Delivery const& delivery() const { return delivery_; }

    void run(delivery::Transport& transport) {
        if (delivery_.state != pending) return leave_as_it_is();
        delivery::Message message;
        auto const now = office_.clock.now();
        try {
            if (auto const why = waits_for()) return put_off(*why);
            message = message_of(office_.workspace, delivery_, now);
            delivery::check_message(message);
        } catch (Error const& e) {
            return give_up(e.what());
        }
        delivery::Receipt receipt{Outcome::later, "", ""};
        tried_ = true;
        try {
            receipt = transport.send(message, [&] { leave(); });
        } catch (LeaseLost const&) {
            throw;
        } catch (Decided const&) {
            delivery_ = deliveries_.find(delivery_.id);
            return leave_as_it_is();
        } catch (std::exception const& e) {
            receipt = {left_ ? Outcome::unknown : Outcome::later, "", e.what()};
        }
        record(receipt);
    }

    void give_up(std::string const& why) {
        office_.database.transact([&] {
            end_job();
            if (!settle(failed, why)) return;
            needs_person(office_, Need::undelivered, delivery_.schedule, delivery_.period);
        });
    }

    void put_off(std::string const& why, std::chrono::milliseconds at_least = {}) {
        if (job_.attempt >= delivery_attempts)
            return give_up(fmt::format("given up after {} attempts: {}", job_.attempt, why));
        office_.database.transact([&] {
            (void)settle(pending, why);
            if (job_.attempt == late_attempts) needs_person(office_, Need::late, delivery_.schedule, delivery_.period);
            auto const wait = std::max(delivery_wait(office_, delivery_.id, job_.attempt), at_least);
            if (!queue_.fail(job_, why, wait) && !left_) throw LeaseLost(job_);
        });
    }

    /// It threw, or its worker was ended. REQUIRES: a transaction is open.
    void failed_at(std::string const& why) {
        tried_ = true;
        if (delivery_.state == sending) {
            lose(why);
            (void)queue_.complete(job_);
        } else if (delivery_.state == pending && !dead_) {
            put_off(why);
        } else if (delivery_.state == pending) {
            give_up(why);
        } else {
            (void)queue_.complete(job_);
        }
    }

    /// What it is already; but one that is leaving by nobody's hand any more is unknown.
    void leave_as_it_is() {
        office_.database.transact([&] {
            complete(office_, job_);
            if (delivery_.state == sending) lose("its worker ended while it was leaving");
            (void)close_edition(office_.database, delivery_.edition, office_.clock.now());
        });
    }

private:
    /// REQUIRES: a transaction is open.
    void lose(std::string const& why) {
        auto const now = office_.clock.now();
        if (!deliveries_.lost(delivery_.id, why, now)) return;
        say(unknown, why);
        needs_person(office_, Need::unknown, delivery_.schedule, delivery_.period);
    }

    /// Why its time has not come: the file that it links to is not in its folder yet. Throws Error when it never will.
    std::optional<std::string> waits_for() {
        auto const content = Json::parse(delivery_.content);
        auto const channel = content.value("after", std::string());
        if (channel.empty()) return std::nullopt;
        auto const all = deliveries_.list({.edition = delivery_.edition, .limit = 100'000});
        auto const first = std::ranges::find(all, channel, [](Delivery const& d) { return d.channel; });
        if (first != all.end() && first->state == sent) return std::nullopt;
        if (first != all.end() && (first->state == pending || first->state == sending))
            return "waits until the file that it links to is there (" + first->id + ")";
        throw Error(ErrorCode::data,
                    fmt::format("the file that it links to is not in the folder '{}'{}", channel,
                                first == all.end() ? "" : ": see `deckle delivery show " + first->id + "`"));
    }

    /// The last moment at which nothing has left: for this worker alone, and only while the job is its own.
    void leave() {
        office_.database.transact([&] {
            if (!queue_.renew(job_, leaving_lease)) throw LeaseLost(job_);
            if (!deliveries_.leaving(delivery_.id, job_.token, office_.clock.now())) throw Decided();
        });
        left_ = true;
    }

    void record(delivery::Receipt const& receipt) {
        std::string const answer =
            receipt.phase.empty() ? receipt.answer : fmt::format("{}: {}", receipt.phase, receipt.answer);
        switch (receipt.outcome) {
        case Outcome::accepted:
            return office_.database.transact([&] {
                (void)settle(sent, answer);
                end_job();
                (void)close_edition(office_.database, delivery_.edition, office_.clock.now());
            });
        case Outcome::refused:
            return give_up(answer);
        case Outcome::later:
            return put_off(answer, receipt.wait);
        case Outcome::unknown:
            return office_.database.transact([&] {
                end_job();
                if (!settle(unknown, answer)) return;
                needs_person(office_, Need::unknown, delivery_.schedule, delivery_.period);
            });
        }
    }

    /// What has left is recorded by the token, whoever has the job now; before that the job has to be this worker's.
    void end_job() {
        if (!queue_.complete(job_) && !left_ && !dead_) throw LeaseLost(job_);
    }

    bool settle(store::DeliveryState state, std::string const& answer) {
        bool const settled = deliveries_.settle(delivery_.id, job_.token, state, answer, office_.clock.now(), tried_);
        if (settled)
            say(state, answer);
        else
            office_.log.warning("delivery was decided meanwhile", {{"delivery", delivery_.id}, {"message", answer}});
        return settled;
    }

    void say(store::DeliveryState state, std::string const& message) {
        LogFields const fields{{"delivery", delivery_.id},
                               {"edition", delivery_.edition},
                               {"run", delivery_.run},
                               {"schedule", delivery_.schedule},
                               {"channel", delivery_.channel},
                               {"recipient", delivery_.recipient},
                               {"message_id", delivery_.message_id},
                               {"message", message}};
        std::string const event = "delivery " + std::string(to_string(state));
        if (state == failed || state == unknown)
            office_.log.error(event, fields);
        else
            office_.log.info(event, fields);
    }

    Office& office_;
    store::Job const& job_;
    bool dead_;
    store::Deliveries deliveries_;
    store::Queue queue_;
    Delivery delivery_;
    bool tried_ = false, left_ = false;
};

std::string checked(std::filesystem::path const& root, Json const& entry) {
    std::filesystem::path const path = root / entry.at("path").get<std::string>();
    std::string bytes;
    try {
        bytes = read_file(path);
    } catch (Error const& e) {
        throw Error(ErrorCode::data,
                    fmt::format("{}; services on several machines need the workspace in one shared folder. If it is "
                                "gone for good, `deckle schedule revise` makes the edition again",
                                e.what()));
    }
    if (data::sha256_hex(bytes) != entry.at("sha256").get_ref<std::string const&>())
        throw Error(ErrorCode::data, fmt::format("{} was changed after it was made: its SHA-256 is another one; it is "
                                                 "not sent",
                                                 path.string()));
    return bytes;
}

std::string body(std::filesystem::path const& root, Json const& content, char const* name) {
    auto const found = content.find(name);
    if (found == content.end() || found->is_null()) return {};
    return found->is_string() ? found->get<std::string>() : checked(root, *found);
}

/// What the key of a notice says it is about, as far as it does.
struct About {
    std::string notice, schedule, period;
};

/// "held/SCHEDULE/PERIOD/HASH", "missed/SCHEDULE/TIME", "failed/restate/SCHEDULE/DAY", "configuration/DAY/HASH" ...
About about(Delivery const& d) {
    if (d.subject != "notice") return {d.subject, {}, {}}; // reminder
    std::vector<std::string> parts(1);
    for (char const c : d.period) {
        if (c == '/')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    About about{parts[0], {}, {}};
    bool const of_day = parts[0] == "failed" && parts.back().size() == 10; // else it ends with a hash
    bool const of_schedule = parts[0] == "missed" || parts[0] == "never";
    if (of_day && parts.size() == 4) about.schedule = parts[2];
    if (of_schedule && parts.size() == 3) about.schedule = parts[1];
    if (!of_day && !of_schedule && parts.size() == 4) {
        about.schedule = parts[1];
        about.period = parts[2];
    }
    return about;
}

} // namespace

delivery::Message message_of(data::Workspace const& workspace, Delivery const& d, Instant date) {
    auto const& settings = workspace.delivery;
    auto const content = Json::parse(d.content);
    delivery::Message message;
    message.id = d.message_id;
    message.from_name = settings.from.name;
    message.from = settings.sender();
    message.reply_to = settings.reply_to;
    message.to = d.recipient;
    message.subject = content.at("subject");
    message.html = body(workspace.root, content, "html");
    message.text = body(workspace.root, content, "text");
    for (Json const& file : content.value("files", Json::array()))
        message.attachments.push_back({file.at("name"), file.at("media_type"), checked(workspace.root, file)});
    message.date = date;
    message.zone = workspace.company.zone;
    message.headers = {{"X-Deckle-Delivery", d.id}};
    auto const header = [&](char const* name, std::string const& value) {
        if (!value.empty()) message.headers.emplace_back(name, value);
    };
    header("X-Deckle-Run", d.run);
    if (d.edition.empty()) {
        auto const told = about(d);
        message.notice = told.notice;
        header("X-Deckle-Schedule", told.schedule);
        header("X-Deckle-Period", told.period);
        return message;
    }
    header("X-Deckle-Schedule", d.schedule);
    header("X-Deckle-Period", d.period);
    header("X-Deckle-Revision", std::to_string(d.revision));
    return message;
}

std::chrono::milliseconds delivery_wait(Office const& office, std::string const& delivery, int attempt) {
    auto const wait = back_off(office.retry_after, attempt);
    auto const share = hash64(fmt::format("{}/{}", delivery, attempt)) % 100;
    return wait + wait * static_cast<int>(share) / 1000;
}

void deliver(Office& office, store::Job const& job, delivery::Transport& transport) {
    Courier(office, job).run(transport);
}

void deliver(Office& office, store::Job const& job) {
    Courier courier(office, job);
    auto const& d = courier.delivery();
    if (d.state != pending) return courier.leave_as_it_is();
    auto const channel = office.workspace.delivery.channels.find(d.channel);
    if (channel == office.workspace.delivery.channels.end())
        return courier.give_up(fmt::format("there is no [delivery.channels.{}] in deckle.toml any more: add it back "
                                           "under that name, then `deckle delivery resend {}`",
                                           d.channel, d.id));
    if (channel->second.is_mail() && !is_allowed_recipient(d.recipient, office.workspace.delivery.allow))
        return courier.give_up(fmt::format("the domain of {} is not in [delivery] allow", d.recipient));
    auto const transport = office.open_transport(channel->second);
    courier.run(*transport);
}

void fail_deliver(Office& office, store::Job const& job, std::string const& reason) {
    store::Queue queue(office.database);
    office.database.transact([&] {
        auto const dead = queue.dead();
        bool const is_dead = std::ranges::find(dead, job.id, &store::DeadJob::id) != dead.end();
        if (!is_dead && !queue.renew(job, leaving_lease)) return; // another worker has it
        Courier(office, job, is_dead).failed_at(reason);
    });
}

} // namespace deckle::service
