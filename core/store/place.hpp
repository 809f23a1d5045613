/// Where a store is.
#pragma once
#include <filesystem>
#include <string>

namespace deckle::store {

/// A SQLite file, or a PostgreSQL database.
struct Place {
    Place(std::filesystem::path sqlite) : file(std::move(sqlite)) {} // NOLINT: a path is a place
    /// `connection` as libpq reads it ("host=db.example dbname=deckle"), without a password. REQUIRES: Poco's connector
    /// "PostgreSQL" is registered when the place is opened (core/postgresql).
    Place(std::string connection, std::string secret)
        : postgresql(std::move(connection)), password(std::move(secret)) {}

    std::filesystem::path file;
    std::string postgresql, password;
    std::string company; // whose it is: a store of another one is refused; empty = not looked at

    /// For messages; never the password.
    [[nodiscard]] std::string name() const {
        return postgresql.empty() ? file.string() : "PostgreSQL (" + postgresql + ")";
    }
};

} // namespace deckle::store
