#include "transports/base64.hpp"
#include <Poco/Base64Decoder.h>
#include <Poco/Base64Encoder.h>
#include <Poco/Exception.h>
#include <sstream>

namespace deckle::transports {

std::string to_base64(std::string_view bytes) {
    std::ostringstream text;
    Poco::Base64Encoder encoder(text);
    encoder.rdbuf()->setLineLength(0);
    encoder.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    encoder.close();
    return text.str();
}

std::optional<std::string> from_base64(std::string_view text) {
    try {
        std::istringstream in{std::string(text)};
        Poco::Base64Decoder decoder(in);
        std::string bytes;
        for (int c; (c = decoder.get()) != std::char_traits<char>::eof();) bytes += static_cast<char>(c);
        return decoder.bad() ? std::nullopt : std::optional(bytes);
    } catch (Poco::DataFormatException const&) {
        return std::nullopt;
    }
}

} // namespace deckle::transports
