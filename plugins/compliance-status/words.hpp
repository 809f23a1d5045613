/// Short ways to write the leaves and names this report uses.
#pragma once
#include "status.hpp"
#include <deckle/words.hpp>

namespace compliance {

using deckle::Json;
namespace leaf = deckle::leaf;
namespace block = deckle::block;
using Args = std::vector<std::pair<std::string, Json>>;

using deckle::Metric;
using deckle::words::bind;
using deckle::words::counted;
using deckle::words::task;

[[nodiscard]] inline Json count(std::int64_t n) {
    return leaf::num(Decimal(n));
}
[[nodiscard]] inline Json days(std::int64_t n) {
    return counted(n, "day", "days");
}
[[nodiscard]] inline Json day(std::optional<Date> d) {
    return d ? leaf::date(*d) : Json("");
}
/// Names up to `most`, then how many more: "Dev Patel, Zoe Marchetti and 3 more".
[[nodiscard]] inline Json names(std::vector<std::string> const& all, std::size_t most = 3) {
    std::string text;
    std::size_t const shown = all.size() > most + 1 ? most : all.size();
    for (std::size_t i = 0; i < shown; ++i)
        text += (i == 0 ? "" : shown == all.size() && i + 1 == shown ? " and " : ", ") + all[i];
    if (shown == all.size()) return text;
    return leaf::text("{names} and {n} more",
                      {{"names", text}, {"n", count(static_cast<std::int64_t>(all.size() - shown))}});
}

struct Words {
    std::string currency;

    /// In a sentence or as a key figure: whole units, with symbol.
    [[nodiscard]] Json money(Decimal amount) const { return leaf::money(amount, currency, {.digits = 0}); }
    /// In a column whose heading names the unit; blank for zero.
    [[nodiscard]] Json cell(Decimal amount) const {
        return amount.is_zero() ? Json("") : leaf::money(amount, currency, {.digits = 0, .symbol = false});
    }
    [[nodiscard]] Json total(Decimal amount) const {
        return leaf::money(amount, currency, {.digits = 0, .symbol = false});
    }
    [[nodiscard]] Json exact(Decimal amount) const { return leaf::money(amount, currency); }
    [[nodiscard]] std::string unit() const { return deckle::words::unit(currency); }
};

/// A light in a shape and a word, so that it needs no color.
[[nodiscard]] inline char const* light_text(Light l) {
    switch (l) {
    case Light::red:
        return "■ Late";
    case Light::amber:
        return "▲ Due soon";
    case Light::open:
        return "○ Open, in time";
    case Light::green:
        return "● In order";
    case Light::none:
        break;
    }
    return "– Not required";
}
[[nodiscard]] inline char const* tone(Light l) {
    return l == Light::red ? "bad" : l == Light::amber ? "soon" : "";
}

/// How a notice came, as in "the call of October 26".
[[nodiscard]] inline std::string channel(Notice const& n) {
    if (n.channel == "phone") return "call";
    if (n.channel == "email") return "e-mail";
    if (n.channel == "portal") return "portal message";
    return n.channel.empty() || n.channel == "other" ? "notice" : n.channel;
}

/// "12 days overdue", "due in 30 days", "expired 17 days ago" ...
[[nodiscard]] inline Json status_text(Item const& item, Date as_of) {
    int const n = item.days(as_of);
    switch (item.status) {
    case Status::overdue:
        return leaf::text("{days} overdue", {{"days", days(-n)}});
    case Status::expired:
        return item.date ? leaf::text("expired {days} ago", {{"days", days(-n)}}) : Json("too few are still valid");
    case Status::due_30:
    case Status::due_60:
    case Status::due_90:
        return n == 0 ? Json("due today") : leaf::text("due in {days}", {{"days", days(n)}});
    case Status::expiring:
        return n == 0 ? Json("expires today") : leaf::text("expires in {days}", {{"days", days(n)}});
    case Status::undated:
        return "no date is set";
    case Status::not_started:
        return "not started";
    case Status::in_progress:
        return "in progress";
    case Status::compliant:
        return "complete";
    case Status::not_applicable:
        break;
    }
    switch (item.requirement->state) {
    case State::waived:
        return "waived";
    case State::not_applicable:
        return "does not apply";
    case State::replaced:
        return item.requirement->replaced_by.empty()
                   ? Json("replaced")
                   : leaf::text("replaced by {id}", {{"id", item.requirement->replaced_by}});
    case State::open:
        break;
    }
    return "nobody it applies to is known";
}

} // namespace compliance
