// deckle delivery test: each channel step by step, until something is wrong.
#include "app/make_report.hpp"
#include "app/modules.hpp"
#include "app/options.hpp"
#include "app/output.hpp"
#include "app/session.hpp"
#include "base/mail_address.hpp"
#include "base/nearest.hpp"
#include <iostream>

namespace deckle::app {
namespace {

using delivery::Check;
using model::Json;

delivery::Message test_message(data::Workspace const& workspace, std::string const& channel, std::string const& to) {
    auto const now = SystemClock().now();
    auto const& from = workspace.delivery.from;
    std::string const at = std::to_string(now.time_since_epoch().count());
    delivery::Message message;
    message.id = "test." + channel + "." + at + "@" + domain_of(workspace.delivery.sender());
    message.from_name = from.name;
    message.from = workspace.delivery.sender();
    message.reply_to = workspace.delivery.reply_to;
    message.to = to;
    message.notice = "test";
    message.subject = workspace.company.name + ": test of the channel '" + channel + "'";
    message.text = "This is a test of Deckle: deckle delivery test " + channel + " --to " + to + "\n";
    message.attachments = {{"deckle-test-" + at + ".txt", "text/plain", message.text}};
    message.date = now;
    message.zone = workspace.company.zone;
    return message;
}

Check sent(data::Workspace const& workspace, data::Channel const& channel, delivery::Transport& transport,
           std::string const& to) {
    if (channel.is_mail() && !is_allowed_recipient(to, workspace.delivery.allow))
        return {"send", false, to + " is in no domain of [delivery] allow"};
    auto const receipt = transport.send(test_message(workspace, channel.name, to), [] {});
    bool const good = receipt.outcome == delivery::Outcome::accepted;
    return {"send", good,
            (good ? "" : std::string(name_of(receipt.outcome)) + " at " + receipt.phase + ": ") + receipt.answer};
}

std::vector<Check> checks_of(data::Workspace const& workspace, data::Channel const& channel, std::string const& to) {
    std::vector<Check> checks;
    try {
        auto const transport = open_transport(workspace, channel);
        checks = transport->test();
        bool const good = std::all_of(checks.begin(), checks.end(), [](Check const& c) { return c.ok; });
        if (good && !to.empty()) checks.push_back(sent(workspace, channel, *transport, to));
    } catch (std::exception const& e) { // a secret that is not there, a message that cannot be sent
        checks.push_back({"settings", false, message_of(e)});
    }
    return checks;
}

} // namespace

int test_delivery(Common const& common, DeliveryTestOptions const& options) {
    Session const session(common);
    auto const& channels = session.workspace.delivery.channels;
    if (channels.empty())
        throw Error(ErrorCode::usage, "deckle.toml has no [delivery.channels.NAME], so there is nothing to test");
    if (!options.channel.empty() && !channels.contains(options.channel)) {
        std::vector<std::string> names;
        for (auto const& [name, channel] : channels) names.push_back(name);
        auto const like = nearest(options.channel, names);
        throw Error(ErrorCode::usage, "there is no channel '" + options.channel + "' in deckle.toml" +
                                          (like ? "; did you mean '" + *like + "'?" : ""));
    }
    if (auto const problem = address_problem(options.to); !options.to.empty() && !problem.empty())
        throw Error(ErrorCode::usage, "--to '" + options.to + "' is no mail address: " + problem);

    bool good = true;
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (auto const& [name, channel] : channels) {
        if (!options.channel.empty() && name != options.channel) continue;
        Json steps = Json::array();
        bool works = true;
        for (auto const& check : checks_of(session.workspace, channel, options.to)) {
            works = works && check.ok;
            steps.push_back({{"step", check.name}, {"ok", check.ok}, {"detail", check.detail}});
            rows.push_back({name, channel.kind(), check.name, check.ok ? "ok" : "PROBLEM", check.detail});
        }
        list.push_back({{"channel", name}, {"kind", channel.kind()}, {"ok", works}, {"steps", std::move(steps)}});
        good = good && works;
    }
    if (common.json)
        std::cout << list.dump(2) << "\n";
    else
        print_table({{"Channel"}, {"Kind"}, {"Step"}, {"State"}, {"Detail"}}, rows);
    return good ? ok : failed;
}

} // namespace deckle::app
