#include "transports/transports.hpp"
#include "transports/folder.hpp"
#include "transports/smtp.hpp"

namespace deckle::transports {
namespace {

using Made = std::unique_ptr<delivery::Transport>;

Made make(data::Channel const& channel, data::DeliverySettings const& settings, SecretReader const& secret) {
    if (auto const* smtp = std::get_if<data::SmtpSettings>(&channel.way))
        return make_smtp(*smtp, domain_of(settings.from.address), secret);
    return make_folder(std::get<data::FolderSettings>(channel.way));
}

} // namespace
} // namespace deckle::transports

char const* const deckle_module_id = DECKLE_MODULE_ID;

deckle::delivery::Transport* deckle_transport(deckle::data::Channel const& channel,
                                              deckle::data::DeliverySettings const& settings,
                                              deckle::transports::SecretReader const& secret) {
    return deckle::transports::make(channel, settings, secret).release();
}
