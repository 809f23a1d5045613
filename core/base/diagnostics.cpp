#include "base/diagnostics.hpp"
#include <algorithm>

namespace deckle {
namespace {

constexpr std::size_t most_bytes = 400; // of a message

} // namespace

std::string Diagnostic::to_string() const {
    char const* const word = severity == Severity::note ? "note" : severity == Severity::warning ? "warning" : "error";
    std::string const place = position.to_string();
    return (place.empty() ? "" : place + ": ") + word + ": " + message + " [" + code + "]";
}

void Diagnostics::add(Severity severity, std::string code, std::string message, Position position) {
    if (message.size() > most_bytes) { // it quotes the source, which may be endless
        std::size_t end = most_bytes;
        while (end > 0 && (message[end] & 0xC0) == 0x80) --end; // not inside a character
        message.resize(end);
        message += " ...";
    }
    auto same = [&](Diagnostic const& d) {
        return d.code == code && d.message == message && d.position.line == position.line &&
               d.position.column == position.column && d.position.file == position.file;
    };
    if (std::any_of(items_.begin(), items_.end(), same)) return;
    if (++stored_[code] > per_code) {
        ++suppressed_[code];
        return;
    }
    items_.push_back({severity, std::move(code), std::move(message), std::move(position)});
}

void Diagnostics::note(std::string code, std::string message, Position position) {
    add(Severity::note, std::move(code), std::move(message), std::move(position));
}
void Diagnostics::warning(std::string code, std::string message, Position position) {
    add(Severity::warning, std::move(code), std::move(message), std::move(position));
}
void Diagnostics::error(std::string code, std::string message, Position position) {
    add(Severity::error, std::move(code), std::move(message), std::move(position));
}

void Diagnostics::append(Diagnostics const& other) {
    for (auto const& d : other.items_) add(d.severity, d.code, d.message, d.position);
    for (auto const& [code, n] : other.suppressed_) suppressed_[code] += n;
}

std::size_t Diagnostics::count(Severity severity) const {
    return static_cast<std::size_t>(
        std::count_if(items_.begin(), items_.end(), [&](Diagnostic const& d) { return d.severity == severity; }));
}

bool Diagnostics::has(std::string const& code) const {
    return std::any_of(items_.begin(), items_.end(), [&](Diagnostic const& d) { return d.code == code; });
}

} // namespace deckle
