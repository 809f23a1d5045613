#include "store/commentary.hpp"
#include "store/sql.hpp"
#include <Poco/Data/Statement.h>

namespace deckle::store {

using namespace Poco::Data::Keywords;

template <class... Binding>
std::vector<Commentary> Commentaries::select(std::string const& where, Binding const&... bindings) {
    return guarded(database_, [&] {
        std::vector<Commentary> found;
        Commentary row;
        std::int64_t written = 0;
        Poco::Data::Statement s =
            database_.sql("SELECT report, period, version, text, author, written FROM commentaries AS c " + where);
        ((void)(s, bindings), ...);
        s, into(row.report), into(row.period), into(row.version), into(row.text), into(row.author), into(written);
        for_rows(s, [&] {
            row.written = Instant(std::chrono::milliseconds(written));
            found.push_back(row);
        });
        return found;
    });
}

int Commentaries::write(Commentary const& c) {
    return transacted(database_, [&] {
        auto const before = history(c.report, c.period);
        int const last = before.empty() ? 0 : before.back().version;
        if (before.empty() ? c.text.empty() : before.back().text == c.text) return last;
        int const version = last + 1;
        database_.sql("INSERT INTO commentaries VALUES (?, ?, ?, ?, ?, ?)"), bind(c.report), bind(c.period),
            bind(version), bind(c.text), bind(c.author), bind(c.written.time_since_epoch().count()), now;
        return version;
    });
}

std::optional<Commentary> Commentaries::current(std::string const& report, std::string const& period) {
    auto found = select("WHERE report = ? AND period = ? ORDER BY version DESC LIMIT 1", bind(report), bind(period));
    if (found.empty() || found.front().text.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Commentary> Commentaries::history(std::string const& report, std::string const& period) {
    return select("WHERE report = ? AND period = ? ORDER BY version", bind(report), bind(period));
}

std::vector<Commentary> Commentaries::all() {
    return select("WHERE version = (SELECT max(version) FROM commentaries AS o WHERE o.report = c.report AND "
                  "o.period = c.period) AND text <> '' ORDER BY period DESC, report");
}

} // namespace deckle::store
