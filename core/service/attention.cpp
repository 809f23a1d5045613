#include "service/attention.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "model/formatter.hpp"
#include "service/deliver.hpp"
#include "service/plan.hpp"
#include "store/editions.hpp"
#include "store/store.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace deckle::service {

using model::Json;
using store::Delivery;
using store::Edition;

namespace {

constexpr std::size_t most = 100'000; // editions or deliveries of a schedule and period
constexpr std::size_t most_rows = 40; // of a table in a mail
constexpr int most_waits = 40;        // for others that are at work, within `longest_wait`
constexpr std::chrono::minutes longest_wait{10};

constexpr std::array<std::pair<Need, std::string_view>, 6> words = {{{Need::failed, "failed"},
                                                                     {Need::held, "held"},
                                                                     {Need::waiting, "waiting"},
                                                                     {Need::undelivered, "undelivered"},
                                                                     {Need::late, "late"},
                                                                     {Need::unknown, "unknown"}}};

std::string_view word_of(Need need) {
    return std::ranges::find(words, need, &std::pair<Need, std::string_view>::first)->second;
}

Need need_of(std::string const& word) {
    auto const known = std::ranges::find(words, word, &std::pair<Need, std::string_view>::second);
    if (known == words.end()) throw Error(ErrorCode::data, "the queue holds a notice of an unknown kind: " + word);
    return known->first;
}

bool is_of_deliveries(Need need) {
    return need == Need::undelivered || need == Need::late || need == Need::unknown;
}

/// What a gate says about the run of a held edition.
struct Hold {
    std::string gates;  // that keep it back: "fresh complete"; empty: it cannot leave
    bool again = false; // it is made again by itself
    [[nodiscard]] bool is_unread() const { return gates.empty() && again; }
};

Hold hold_of(Office& office, Edition const& e) {
    Hold hold;
    if (e.run.empty()) { // its data could not be read
        hold.again = true;
        return hold;
    }
    auto const gates = Json::parse(store::Store(office.database).notes(e.run).gates);
    for (auto const& gate : gates) {
        if (gate.at("good").get<bool>()) continue;
        hold.again = (hold.gates.empty() || hold.again) && gate.value("may_become_good", true);
        hold.gates += (hold.gates.empty() ? "" : " ") + gate.at("gate").get<std::string>();
    }
    return hold;
}

/// One kind of need of one schedule and period, in words.
class Teller {
public:
    Teller(Office& office, Need need, std::string const& schedule, std::string const& period)
        : office_(office), workspace_(office.workspace), need_(need), schedule_(schedule), period_(period),
          formatter_(workspace_.company.locale, workspace_.company.zone) {
        if (auto const known = workspace_.schedules.find(schedule); known != workspace_.schedules.end())
            configured_ = &known->second;
    }

    std::optional<Notice> tell() {
        if (is_of_deliveries(need_)) {
            auto const state = need_ == Need::unknown ? store::DeliveryState::unknown
                               : need_ == Need::late  ? store::DeliveryState::pending
                                                      : store::DeliveryState::failed;
            deliveries_ = store::Deliveries(office_.database)
                              .list({.schedule = schedule_, .period = period_, .states = {state}, .limit = most});
            if (need_ == Need::late) // those that will be so in a moment too
                std::erase_if(deliveries_, [](Delivery const& d) { return d.attempts + 1 < late_attempts; });
            std::ranges::reverse(deliveries_); // oldest first
            if (deliveries_.empty()) return std::nullopt;
            return keyed(deliveries_.size() == 1 ? of_delivery(deliveries_.front()) : of_deliveries());
        }
        auto const state = need_ == Need::failed ? store::EditionState::failed
                           : need_ == Need::held ? store::EditionState::held
                                                 : store::EditionState::waiting;
        editions_ = store::Editions(office_.database)
                        .list({.schedule = schedule_, .period = period_, .states = {state}, .limit = most});
        std::ranges::reverse(editions_);
        if (editions_.empty()) return std::nullopt;
        return keyed(editions_.size() == 1 ? of_edition(editions_.front()) : of_editions());
    }

private:
    /// The same things in the same state are told once. What is held is made again and again: that is the same hold
    /// while the same gates keep it back.
    Notice keyed(Notice notice) {
        std::string all;
        for (auto const& d : deliveries_)
            all +=
                need_ == Need::late ? d.id + "\n" : fmt::format("{} {}\n", d.id, d.changed.time_since_epoch().count());
        for (auto const& e : editions_) {
            auto const hold = need_ == Need::held ? hold_of(office_, e) : Hold();
            all += need_ == Need::held ? fmt::format("{} {} {}\n", e.id, hold.gates, hold.again)
                                       : fmt::format("{} {}\n", e.id, e.changed.time_since_epoch().count());
        }
        notice.key = fmt::format("{}/{}/{}/{:016x}", word_of(need_), schedule_, period_, hash64(all));
        return notice;
    }

    // ---- one edition
    [[nodiscard]] std::string title(Edition const& e) const {
        std::string text = title_of(workspace_, e.subject) + ", " + part_of(e);
        if (e.revision > 1) text += fmt::format(", revision {}", e.revision);
        return text;
    }
    [[nodiscard]] std::string part_of(Edition const& e) const {
        return e.part.empty() ? words_of(e.period) : words_of(e.period) + ", " + e.part;
    }
    [[nodiscard]] std::string words_of(std::string const& period) const { return period_words(period, formatter_); }
    [[nodiscard]] std::string run_command(Edition const& e) const {
        return fmt::format("deckle schedule run {} --period {}{}", e.schedule, e.period,
                           e.part.empty() ? "" : " --part " + shell_word(e.part));
    }
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> about(Edition const& e) const {
        std::vector<std::pair<std::string, std::string>> about = {
            {"Report", title_of(workspace_, e.subject)}, {"Period", part_of(e)}, schedule_words()};
        about.emplace_back("Due", formatter_.datetime(e.due));
        about.emplace_back("Since", formatter_.datetime(e.changed));
        if (e.revision > 1) about.emplace_back("Revision", std::to_string(e.revision));
        if (e.attempts > 1) about.emplace_back("Tried", fmt::format("{} times", e.attempts));
        about.emplace_back("Edition", e.id);
        if (!e.run.empty()) about.emplace_back("Run", e.run);
        return about;
    }
    [[nodiscard]] std::pair<std::string, std::string> schedule_words() const {
        return {"Schedule", configured_ == nullptr ? schedule_ : schedule_ + " (" + configured_->when + ")"};
    }

    /// What the checks found: a sentence, or rows of the notice where it is more.
    [[nodiscard]] std::string findings(Notice& n, std::string const& reason) const {
        std::vector<std::vector<std::string>> found;
        for (std::string_view left = reason; !left.empty();) {
            std::string line = first_line(left);
            left.remove_prefix(std::min(line.size() + 1, left.size()));
            auto const colon = line.find(": ");
            std::string const check = colon == std::string::npos ? "" : line.substr(0, colon);
            if (colon != std::string::npos) line.erase(0, colon + 2);
            for (std::size_t from = 0, to = 0; from < line.size(); from = to + 2) {
                to = std::min(line.find("; ", from), line.size());
                found.push_back({check, line.substr(from, to - from)});
            }
        }
        if (found.size() < 3) return sentence(reason);
        n.columns = {"Check", "What it found"};
        auto const all = found.size();
        for (auto& row : found) add_row(n, std::move(row), all);
        return "What keeps it back stands below.";
    }

    /// What becomes of a held one by itself.
    [[nodiscard]] std::string outlook(Edition const& e, Hold const& hold) const {
        if (!hold.again || configured_ == nullptr) return "It will not become right by itself.";
        return fmt::format("It is made again by itself as the data change, until {}; then it is given up.",
                           formatter_.datetime(e.due + configured_->give_up));
    }

    Notice of_edition(Edition const& e) {
        Notice n;
        n.about = about(e);
        if (need_ == Need::failed) {
            bool const is_whole = e.part.empty() && configured_ != nullptr && configured_->each;
            bool const given_up = !hold_of(office_, e).gates.empty(); // made, and held until then
            n.subject = (given_up ? "Given up: " : "Not made: ") + title(e);
            n.what =
                is_whole
                    ? fmt::format("Some rows give no report of {}; the others do. {}", title(e), sentence(e.reason))
                    : fmt::format("{} {}, and Deckle does not try again by itself. Nobody has got anything. {}",
                                  title(e),
                                  given_up ? "was made, but a check kept it back too long" : "could not be made",
                                  sentence(e.reason));
            if (!e.run.empty()) n.now.emplace_back("See what happened", "deckle runs show " + e.run);
            n.now.emplace_back("When the cause is gone, make it again", run_command(e));
            if (given_up) n.now.emplace_back("Send it as it is", "deckle schedule release " + e.id);
        } else if (need_ == Need::held) {
            auto const hold = hold_of(office_, e);
            n.subject = "Held: " + title(e);
            n.what = fmt::format("{} {}, so nobody has got it. {} {}", title(e),
                                 hold.is_unread() ? "cannot be made from what there is"
                                                  : "was made, but a check keeps it back",
                                 hold.is_unread() ? sentence(e.reason) : findings(n, e.reason), outlook(e, hold));
            if (!hold.again || hold.is_unread())
                n.now.emplace_back("When the data are right, make it again", run_command(e));
            if (!hold.is_unread()) n.now.emplace_back("Send it as it is", "deckle schedule release " + e.id);
            n.now.emplace_back("Or give it up", "deckle schedule stop " + e.id);
        } else {
            n.subject = "To review: " + title(e);
            n.what = fmt::format("{} is made and waits for somebody to look at it. {}", title(e),
                                 e.release_at ? "Unless it is stopped it goes out by itself at " +
                                                    formatter_.datetime(*e.release_at) + "."
                                              : "Until it is released nobody gets it.");
            for (auto& output : store::Store(office_.database).outputs(e.run))
                if (output.format == "pdf") {
                    n.about.emplace_back("File", (workspace_.root / output.path).string());
                    n.files.push_back(std::move(output));
                }
            n.now = {{"See it", "deckle schedule show " + e.id},
                     {"Send it", "deckle schedule release " + e.id},
                     {"Keep it back", "deckle schedule stop " + e.id}};
        }
        return n;
    }

    // ---- several
    /// Their common reason as a sentence; empty when they differ.
    template <class Item>
    [[nodiscard]] static std::string common(std::vector<Item> const& items, std::string Item::*reason) {
        bool const same = std::ranges::all_of(
            items, [&](Item const& i) { return first_line(i.*reason) == first_line(items.front().*reason); });
        std::string const text = first_line(items.front().*reason);
        return same && !text.empty() ? "For each it is the same: " + sentence(text) : "";
    }
    void add_row(Notice& n, std::vector<std::string> row, std::size_t all) const {
        if (n.rows.size() < most_rows)
            n.rows.push_back(std::move(row));
        else if (n.rows.size() == most_rows)
            n.rows.push_back({fmt::format("and {} more", all - most_rows)});
    }
    [[nodiscard]] std::string of_all(char const* verb) const {
        return fmt::format("deckle schedule {} --schedule {} --period {}", verb, schedule_, period_);
    }
    [[nodiscard]] std::string see_all() const {
        return fmt::format("deckle schedule editions {} --state {}", schedule_, word_of(need_));
    }

    Notice of_editions() {
        auto const n_all = editions_.size();
        auto const& first = editions_.front();
        std::string const name = title_of(workspace_, first.subject) + ", " + words_of(period_);
        std::string const run = fmt::format("deckle schedule run {} --period {}", schedule_, period_);
        Notice n;
        n.about = {{"Report", title_of(workspace_, first.subject)}, {"Period", words_of(period_)}, schedule_words()};
        n.about.emplace_back("Due", formatter_.datetime(first.due));
        std::string const why = need_ == Need::waiting ? "" : common(editions_, &Edition::reason);
        bool const reasons = need_ != Need::waiting && why.empty();
        n.columns = {"Part", reasons ? "Why" : "Edition"};
        for (auto const& e : editions_) {
            std::string part = e.part.empty() ? "all" : e.part;
            if (e.revision > 1) part += fmt::format(", revision {}", e.revision);
            add_row(n, {part, reasons ? first_line(e.reason) + "\n" + e.id : e.id}, n_all);
        }
        if (need_ == Need::failed) {
            n.subject = fmt::format("Not made: {} parts of {}", n_all, name);
            n.what =
                fmt::format("{} parts of {} could not be made, and Deckle does not try again by itself. Nobody has "
                            "got these. {}",
                            n_all, name, why);
            n.now = {{"See them all", see_all()}, {"When the cause is gone, make them again", run}};
        } else if (need_ == Need::held) {
            auto const again =
                std::ranges::count_if(editions_, [&](Edition const& e) { return hold_of(office_, e).again; });
            n.subject = fmt::format("Held: {} parts of {}", n_all, name);
            n.what =
                fmt::format("{} parts of {} were made, but a check keeps them back, so nobody has got these. {} {}",
                            n_all, name, why,
                            again == 0 ? "They will not become right by themselves."
                            : static_cast<std::size_t>(again) == n_all
                                ? "They are made again by themselves as the data change."
                                : fmt::format("{} of them are made again by themselves as the data change.", again));
            n.now = {{"See them all", see_all()},
                     {"When the data are right, make them again", run},
                     {"Send them as they are", of_all("release") + " --state held"},
                     {"Or give them up", of_all("stop") + " --state held"}};
        } else {
            auto const soonest = std::ranges::min_element(
                editions_, {}, [](Edition const& e) { return e.release_at.value_or(Instant::max()); });
            n.subject = fmt::format("To review: {} parts of {}", n_all, name);
            n.what = fmt::format("{} parts of {} are made and wait for somebody to look at them. {}", n_all, name,
                                 soonest->release_at ? "Those that are not stopped go out by themselves from " +
                                                           formatter_.datetime(*soonest->release_at) + " on."
                                                     : "Until they are released nobody gets them.");
            n.now = {{"See one", "deckle schedule show EDITION"},
                     {"Send them all", of_all("release")},
                     {"Or one", "deckle schedule release EDITION"},
                     {"Keep one back", "deckle schedule stop EDITION"}};
        }
        return n;
    }

    // ---- deliveries
    [[nodiscard]] static std::string whom(Delivery const& d) { return d.recipient.empty() ? d.channel : d.recipient; }
    [[nodiscard]] std::string part_of(Delivery const& d) const {
        return words_of(d.period) + (d.part().empty() ? "" : ", " + d.part());
    }

    Notice of_delivery(Delivery const& d) {
        std::string const to = whom(d), what = title_of(workspace_, d.subject) + ", " + part_of(d);
        Notice n;
        n.about = {{"Recipient", to}, {"Channel", d.channel}, schedule_words()};
        n.about.emplace_back("Since", formatter_.datetime(d.changed));
        if (need_ == Need::unknown) {
            n.subject = fmt::format("Not known: {} to {}", what, to);
            n.what = fmt::format("It is not known whether {} has {}: the line or the program broke off while it was "
                                 "leaving. So that nobody gets it twice, Deckle does not send it again by itself. {}",
                                 to, what, sentence(d.answer));
            n.about.emplace_back("Message-ID", d.message_id);
            n.now = {{"Ask the recipient or look into the mail server's log. It has arrived",
                      "deckle delivery resolve " + d.id + " sent"},
                     {"It has not arrived: send it again", "deckle delivery resolve " + d.id + " again"}};
        } else if (need_ == Need::late) {
            n.subject = fmt::format("Not yet delivered: {} to {}", what, to);
            n.what = fmt::format("{} has not got {} yet. It is tried again by itself, {} times at most. {}", to, what,
                                 delivery_attempts, sentence(d.answer));
            n.about.emplace_back("Tried", fmt::format("{} times", d.attempts));
            n.now = {{"See each attempt", "deckle delivery show " + d.id},
                     {"See what the way to it needs", "deckle delivery test " + d.channel}};
        } else {
            n.subject = fmt::format("Not delivered: {} to {}", what, to);
            n.what =
                fmt::format("{} did not get {}. The others are not touched by that. {}", to, what, sentence(d.answer));
            if (d.attempts > 0)
                n.about.emplace_back("Tried", fmt::format("{} {}", d.attempts, d.attempts == 1 ? "time" : "times"));
            n.now = {{"When the cause is gone, send it again", "deckle delivery resend " + d.id}};
            if (!d.recipient.empty()) {
                n.now.emplace_back("If the address was wrong, send it to the right one",
                                   "deckle delivery send " + d.edition + " --to ADDRESS");
                n.now.emplace_back("and give this one up", "deckle delivery resolve " + d.id + " cancel");
            }
        }
        n.about.emplace_back("Delivery", d.id);
        n.about.emplace_back("Edition", d.edition);
        return n;
    }

    Notice of_deliveries() {
        auto const n_all = deliveries_.size();
        std::string const name = title_of(workspace_, deliveries_.front().subject) + ", " + words_of(period_);
        Notice n;
        n.about = {{"Report", title_of(workspace_, deliveries_.front().subject)},
                   {"Period", words_of(period_)},
                   schedule_words()};
        std::string const why = need_ == Need::unknown ? "" : common(deliveries_, &Delivery::answer);
        bool const reasons = need_ != Need::unknown && why.empty();
        n.columns = {"To", reasons ? "Why" : "Delivery"};
        for (auto const& d : deliveries_) {
            std::string to = whom(d);
            if (auto const part = d.part(); !part.empty()) to += "\n" + part;
            add_row(n,
                    {to, reasons                  ? first_line(d.answer) + "\n" + d.id
                         : need_ == Need::unknown ? d.id + "\n" + d.message_id
                                                  : d.id},
                    n_all);
        }
        if (need_ == Need::unknown) {
            n.subject = fmt::format("Not known: {} to {} recipients", name, n_all);
            n.what =
                fmt::format("It is not known whether these {} have got {}: the line or the program broke off while "
                            "it was leaving. So that nobody gets it twice, Deckle does not send it again by itself.",
                            n_all, name);
            n.now = {{"Ask the recipients or look into the mail server's log. For each that has arrived",
                      "deckle delivery resolve DELIVERY sent"},
                     {"For each that has not: send it again", "deckle delivery resolve DELIVERY again"}};
        } else if (need_ == Need::late) {
            n.subject = fmt::format("Not yet delivered: {} to {} recipients", name, n_all);
            n.what = fmt::format("These {} have not got {} yet. It is tried again by itself, {} times at most. {}",
                                 n_all, name, delivery_attempts, why);
            n.now = {
                {"See them all", fmt::format("deckle delivery list --schedule {} --period {}", schedule_, period_)},
                {"See what the ways to them need", "deckle delivery test"}};
        } else {
            n.subject = fmt::format("Not delivered: {} to {} recipients", name, n_all);
            n.what = fmt::format("These {} did not get {}. The others are not touched by that. {}", n_all, name, why);
            n.now = {{"When the cause is gone, send it to them again",
                      fmt::format("deckle delivery resend --failed --schedule {} --period {}", schedule_, period_)}};
        }
        return n;
    }

    Office& office_;
    data::Workspace const& workspace_;
    Need need_;
    std::string const &schedule_, &period_;
    model::Formatter formatter_;
    data::Schedule const* configured_ = nullptr;
    std::vector<Edition> editions_;
    std::vector<Delivery> deliveries_;
};

/// Others of the schedule and period are at work: what becomes of them belongs into the same notice.
bool is_under_way(Office& office, Need need, std::string const& schedule, std::string const& period) {
    if (need == Need::late) return false; // it is about those that are
    if (is_of_deliveries(need)) {
        using enum store::DeliveryState;
        return !store::Deliveries(office.database)
                    .list({.schedule = schedule, .period = period, .states = {pending, sending}, .limit = 1})
                    .empty();
    }
    using enum store::EditionState;
    return !store::Editions(office.database)
                .list({.schedule = schedule, .period = period, .states = {queued, making}, .limit = 1})
                .empty();
}

} // namespace

std::optional<Notice> attention(Office& office, Need need, std::string const& schedule, std::string const& period) {
    return Teller(office, need, schedule, period).tell();
}

void needs_person(Office& office, Need need, std::string const& schedule, std::string const& period) {
    if (schedule.empty()) return;
    // Reviewers may have to be quick.
    std::chrono::milliseconds const span = need == Need::waiting ? std::chrono::minutes(10) : std::chrono::hours(1);
    auto const now = office.clock.now().time_since_epoch();
    store::Queue queue(office.database);
    auto const enqueue = [&](std::int64_t n, std::chrono::milliseconds delay) {
        return queue.enqueue(
            {.key = fmt::format("attention/{}/{}/{}/{}", word_of(need), schedule, period, to_iso(Instant(span * n))),
             .lane = "deliver",
             .payload = Json{{"need", word_of(need)},
                             {"schedule", schedule},
                             {"period", period},
                             {"since", to_iso(office.clock.now() + delay)}}
                            .dump(),
             .delay = delay});
    };
    auto const this_span = now / span;
    if (!enqueue(this_span, {})) (void)enqueue(this_span + 1, span * (this_span + 1) - now);
}

void run_attention(Office& office, store::Job const& job) {
    auto const payload = Json::parse(job.payload);
    Need const need = need_of(payload.at("need"));
    std::string const schedule = payload.at("schedule"), period = payload.at("period");
    office.database.transact([&] {
        auto const since = parse_instant(payload.value("since", ""));
        bool const may_wait = since && office.clock.now() - *since < longest_wait && job.attempt <= most_waits;
        if (may_wait && is_under_way(office, need, schedule, period)) {
            if (!store::Queue(office.database).fail(job, "others are at work", office.gather)) throw LeaseLost(job);
            return;
        }
        complete(office, job);
        auto const notice = attention(office, need, schedule, period);
        if (!notice) return; // settled meanwhile
        auto const now = office.clock.now();
        if (need != Need::waiting) {
            (void)notices(office).tell(*notice, schedule, now);
            return;
        }
        auto const known = office.workspace.schedules.find(schedule);
        auto tell = notices(office);
        auto const& reviewers = known == office.workspace.schedules.end() || known->second.reviewer.empty()
                                    ? tell.owners(schedule)
                                    : known->second.reviewer;
        (void)tell.send("notice", notice->key, tell.compose(*notice), reviewers, tell.channel(schedule), now);
    });
}

void fail_attention(Office& office, store::Job const& job, std::string const& reason) {
    auto const again = job.attempt < most_waits + usual_attempts
                           ? std::optional(back_off(office.retry_after, usual_attempts))
                           : std::nullopt;
    if (!store::Queue(office.database).fail(job, reason, again)) return;
    office.log.error(again ? "attempt failed" : "notice failed", {{"job", job.key}, {"message", reason}});
}

} // namespace deckle::service
