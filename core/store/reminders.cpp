#include "store/reminders.hpp"
#include "store/sql.hpp"
#include <Poco/Data/Statement.h>

namespace deckle::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Statement;

bool Reminders::claim(std::string const& item, std::string const& deadline, int step, Instant now_is) {
    return transacted(database_, [&] {
        int claimed = 0;
        Statement s = database_.sql("INSERT INTO reminders (item, deadline, step, given) VALUES (?, ?, ?, ?) "
                                    "ON CONFLICT (item, deadline, step) DO NOTHING RETURNING step");
        s, bind(item), bind(deadline), bind(step), bind(ms(now_is)), into(claimed);
        bool once = false;
        for_rows(s, [&] { once = true; });
        return once;
    });
}

std::set<int> Reminders::given(std::string const& item, std::string const& deadline) {
    return guarded(database_, [&] {
        std::set<int> steps;
        int step = 0;
        Statement s = database_.sql("SELECT step FROM reminders WHERE item = ? AND deadline = ?");
        s, bind(item), bind(deadline), into(step);
        for_rows(s, [&] { steps.insert(step); });
        return steps;
    });
}

} // namespace deckle::store
