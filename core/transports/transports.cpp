#include "transports/transports.hpp"
#include "transports/folder.hpp"
#include "transports/graph.hpp"
#include "transports/smtp.hpp"
#include "transports/webhook.hpp"

namespace deckle::transports {
namespace {

using Made = std::unique_ptr<delivery::Transport>;

Made make(data::Channel const& channel, data::DeliverySettings const& settings, Outside const& outside) {
    if (auto const* smtp = std::get_if<data::SmtpSettings>(&channel.way))
        return make_smtp(*smtp, domain_of(settings.from.address), outside.secret);
    if (auto const* graph = std::get_if<data::GraphSettings>(&channel.way)) return make_graph(*graph, outside.secret);
    if (auto const* webhook = std::get_if<data::WebhookSettings>(&channel.way)) return make_webhook(*webhook, outside);
    return make_folder(std::get<data::FolderSettings>(channel.way));
}

} // namespace
} // namespace deckle::transports

char const* const deckle_module_id = DECKLE_MODULE_ID;

deckle::delivery::Transport* deckle_transport(deckle::data::Channel const& channel,
                                              deckle::data::DeliverySettings const& settings,
                                              deckle::transports::Outside const& outside) {
    return deckle::transports::make(channel, settings, outside).release();
}
