#include "store/facts.hpp"
#include "store/sql.hpp"

namespace deckle::store {

using namespace Poco::Data::Keywords;

void HandFacts::add(HandFact const& fact) {
    guarded(database_, [&] {
        database_.sql("INSERT INTO hand_facts (id, period, at, author, content) VALUES (?, ?, ?, ?, ?)"), bind(fact.id),
            bind(fact.period), bind(fact.at.time_since_epoch().count()), bind(fact.author), bind(fact.content), now;
    });
}

std::vector<HandFact> HandFacts::current() {
    return select("WHERE seq IN (SELECT max(seq) FROM hand_facts GROUP BY id, period) AND content <> '' AND ?1 = '' "
                  "ORDER BY id, period",
                  "");
}

std::vector<HandFact> HandFacts::history(std::string const& id) {
    return select("WHERE id = ?1 ORDER BY seq DESC", id);
}

std::vector<HandFact> HandFacts::select(std::string const& where, std::string const& argument) {
    return guarded(database_, [&] {
        std::vector<HandFact> all;
        HandFact row;
        std::int64_t at = 0;
        Poco::Data::Statement s = database_.sql("SELECT id, period, at, author, content FROM hand_facts " + where);
        s, bind(argument), into(row.id), into(row.period), into(at), into(row.author), into(row.content);
        for_rows(s, [&] {
            row.at = Instant(std::chrono::milliseconds(at));
            all.push_back(row);
        });
        return all;
    });
}

} // namespace deckle::store
