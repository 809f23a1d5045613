#include "postgresql/postgresql.hpp"
#include <Poco/Data/PostgreSQL/Connector.h>

char const* const deckle_module_id = DECKLE_MODULE_ID;

void deckle_postgresql() {
    Poco::Data::PostgreSQL::Connector::registerConnector();
}
