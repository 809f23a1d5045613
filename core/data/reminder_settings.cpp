#include "data/reminder_settings.hpp"
#include "base/mail_address.hpp"
#include "data/workspace_reader.hpp"
#include <algorithm>
#include <charconv>

namespace deckle::data {
namespace {

/// "08:00" -> minutes after midnight; -1 for anything else.
int minutes_of(std::string const& text) {
    int hour = -1, minute = -1;
    char const* const s = text.data();
    if (text.size() != 5 || text[2] != ':' || std::from_chars(s, s + 2, hour).ptr != s + 2 ||
        std::from_chars(s + 3, s + 5, minute).ptr != s + 5 || hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return -1;
    return hour * 60 + minute;
}

} // namespace

ReminderSettings read_reminders(Section section, DeliverySettings const& delivery) {
    ReminderSettings reminders;
    reminders.position = section.at("days");
    if (auto const* days = section.node("days")) {
        reminders.days.clear();
        auto const* list = days->as_array();
        auto const wrong = [&] {
            section.problem("days", "[reminders] days is a list of whole numbers from 0 to 365, such as [30, 7, 1, 0]");
        };
        if (list == nullptr || list->empty()) wrong();
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            auto const* n = list->get(i)->as_integer();
            if (n == nullptr || n->get() < 0 || n->get() > 365) {
                wrong();
                break;
            }
            reminders.days.push_back(static_cast<int>(n->get()));
        }
        std::ranges::sort(reminders.days, std::greater());
        auto const rest = std::ranges::unique(reminders.days);
        reminders.days.erase(rest.begin(), rest.end());
    }
    if (auto const at = section.text("at")) {
        int const minutes = minutes_of(*at);
        if (minutes < 0)
            section.problem("at", "[reminders] at = \"" + *at + "\" is no time of day such as \"08:00\"");
        else
            reminders.hour = minutes / 60, reminders.minute = minutes % 60;
    }
    reminders.to = section.texts("to");
    for (auto const& address : reminders.to)
        if (auto const why = address_problem(address); !why.empty())
            section.problem("to", "'" + address + "' is no mail address: " + why);
        else if (!delivery.allow.empty() && !is_allowed_recipient(address, delivery.allow))
            section.problem("to", address + " is in no domain of [delivery] allow, so nothing would reach it");
    reminders.channel = section.text("channel").value_or("");
    if (!reminders.channel.empty() && !delivery.channels.contains(reminders.channel))
        section.problem("channel", "there is no [delivery.channels." + reminders.channel + "]");
    if (section.has("calendars")) reminders.calendars = section.texts("calendars");
    section.finish();
    return reminders;
}

} // namespace deckle::data
