#include "base/error.hpp"

namespace deckle {

std::string Position::to_string() const {
    std::string s = file;
    if (line > 0) s += (s.empty() ? "line " : ":") + std::to_string(line);
    if (line > 0 && column > 0) s += ":" + std::to_string(column);
    return s;
}

Error::Error(ErrorCode code, std::string const& message, Position position)
    : std::runtime_error(message), code_(code), position_(std::move(position)) {}

std::string Error::to_string() const {
    std::string const place = position_.to_string();
    return place.empty() ? what() : place + ": " + what();
}

} // namespace deckle
