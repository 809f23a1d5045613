// One server for the whole program; each store is a schema of its own in it.
#include "postgresql_kind.hpp"
#include "samples.hpp"
#include "store/dialect.hpp"
#include <Poco/Data/PostgreSQL/Connector.h>
#include <Poco/Data/Session.h>

namespace deckle::store {

tests::PostgresqlServer& server() {
    static tests::PostgresqlServer started;
    return started;
}

namespace {

void run(Place const& place, std::vector<std::string> const& statements) {
    Poco::Data::PostgreSQL::Connector::registerConnector();
    Poco::Data::Session session("PostgreSQL", place.postgresql + " password='secret\\'of\\'tests'");
    session.begin();
    for (auto const& sql : statements) session << sql, Poco::Data::Keywords::now;
    session.commit();
}

Place fresh() {
    static int made = 0;
    std::string const schema = "store" + std::to_string(made++);
    run(server().place(), {"CREATE SCHEMA " + schema});
    return {server().connection() + " options=-csearch_path=" + schema, tests::PostgresqlServer::password};
}

} // namespace

Kind kind() {
    return {fresh, run, schema_for_postgresql};
}

} // namespace deckle::store
