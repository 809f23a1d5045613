#include "samples.hpp"
#include <Poco/Data/Session.h>
#include <Poco/Data/SQLite/Connector.h>
#include <unistd.h>

namespace deckle::store {
namespace {

namespace fs = std::filesystem;

/// All stores of this process; gone at its end.
struct Folder {
    fs::path path = fs::path(testing::TempDir()) / ("deckle-store-" + std::to_string(::getpid()));
    int made = 0;
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

Place fresh() {
    static Folder folder;
    return folder.path / std::to_string(folder.made++) / ".deckle/store.db";
}

void run(Place const& place, std::vector<std::string> const& statements) {
    Poco::Data::SQLite::Connector::registerConnector();
    fs::create_directories(place.file.parent_path());
    Poco::Data::Session session("SQLite", place.file.string());
    session.begin();
    for (auto const& sql : statements) session << sql, Poco::Data::Keywords::now;
    session.commit();
}

} // namespace

Kind kind() {
    return {fresh, run, [](std::string_view sql) { return std::string(sql); }};
}

} // namespace deckle::store
