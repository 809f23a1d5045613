/// The one exception class, and where something is.
#pragma once
#include <stdexcept>
#include <string>

namespace deckle {

/// A place in a text file; line and column count from 1, 0 = unknown. Column counts bytes.
struct Position {
    std::string file;
    int line = 0;
    int column = 0;

    /// "file:line:column", without the parts that are unknown; empty when nothing is known.
    [[nodiscard]] std::string to_string() const;
};

enum class ErrorCode {
    failed,  // the run cannot go on
    usage,   // the caller asked for something impossible: command line, parameter, configuration
    data,    // a source or a dataset is wrong
    io,      // a file or a server cannot be read or written
    plugin,  // a plugin broke, or broke the contract
    limit,   // a size, depth, time or memory limit
    refused, // forbidden by policy
};

/// This run cannot go on. The message says what, where (dataset, row, column) and what to do.
class Error : public std::runtime_error {
public:
    Error(ErrorCode code, std::string const& message, Position position = {});

    [[nodiscard]] ErrorCode code() const { return code_; }
    [[nodiscard]] Position const& position() const { return position_; }
    /// Message with the position in front: "deckle.toml:3:1: unknown key ...".
    [[nodiscard]] std::string to_string() const;

private:
    ErrorCode code_;
    Position position_;
};

} // namespace deckle
