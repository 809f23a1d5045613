/// What a plugin throws to end a job.
#pragma once
#include "plugin.h"
#include <exception>
#include <stdexcept>
#include <string>

namespace deckle {

/// The report cannot be made. `pointer` is the JSON pointer of the parameter at fault ("/weeks"), "" when none is;
/// `message` says what is wrong and what to do, for the person who ran the report.
class PluginError : public std::runtime_error {
public:
    PluginError(std::string const& pointer, std::string const& message)
        : PluginError(pointer, message, pointer.empty() ? DECKLE_FAILED : DECKLE_INVALID_PARAMS) {}
    PluginError(std::string pointer, std::string const& message, deckle_status status)
        : std::runtime_error(message), pointer_(std::move(pointer)), status_(status) {}

    [[nodiscard]] std::string const& pointer() const { return pointer_; }
    [[nodiscard]] deckle_status status() const { return status_; }

private:
    std::string pointer_;
    deckle_status status_;
};

/// The host asked to stop and the plugin did.
class Cancelled : public std::exception {
public:
    [[nodiscard]] char const* what() const noexcept override { return "cancelled"; }
};

} // namespace deckle
