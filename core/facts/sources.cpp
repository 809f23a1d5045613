#include "facts/sources.hpp"
#include "base/nearest.hpp"
#include "data/values.hpp"
#include "facts/expression.hpp"
#include "facts/sql.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::facts {
namespace {

class Gatherer {
public:
    Gatherer(data::Workspace const& workspace, data::Catalogue const& catalogue, Date as_of, Instant now,
             Diagnostics& diagnostics)
        : workspace_(workspace), catalogue_(catalogue), as_of_(as_of), now_(now), diagnostics_(diagnostics) {}

    void by_hand(store::HandFacts& store) {
        for (auto const& kept : store.current())
            guarded(kept.id, [&] {
                Fact fact = from_json(kept.content);
                fact.id = kept.id;
                fact.origin = Origin::hand;
                fact.place = fmt::format("set by {} on {}", kept.author,
                                         to_local(kept.at, workspace_.company.zone).date.to_string());
                take(std::move(fact), kept.period);
            });
    }

    void dataset() {
        if (!workspace_.datasets.contains("facts")) return;
        guarded("", [&] {
            auto const loaded = data::load_dataset(
                workspace_, catalogue_, {.name = "facts", .required = true, .columns = {}}, now_, diagnostics_);
            auto const& table = loaded.table;
            auto const column = [&](char const* name) -> data::Column const& { return *table.find(name); };
            for (std::int64_t row = 0; row < table.rows; ++row) {
                auto const text = [&](char const* name) {
                    auto const& c = column(name);
                    return c.is_null(row) ? std::string() : std::string(c.text(row));
                };
                auto const day = [&](char const* name) {
                    auto const& c = column(name);
                    return c.is_null(row) ? std::nullopt : std::optional(c.date(row));
                };
                Fact fact;
                fact.id = text("id");
                fact.label = text("label");
                fact.value.unit = text("unit");
                fact.source = text("source");
                fact.evidence = text("evidence");
                fact.as_of = day("as_of");
                fact.valid_until = day("valid_until");
                fact.is_public = !column("public").is_null(row) && column("public").boolean(row);
                fact.origin = Origin::dataset;
                fact.place = loaded.source.file;
                if (!column("digits").is_null(row))
                    fact.value.digits = static_cast<int>(std::clamp<std::int64_t>(column("digits").integer(row), 0, 9));
                bool const number = !column("value").is_null(row);
                auto const date = day("day");
                auto const words = text("text");
                if (number + date.has_value() + !words.empty() != 1) {
                    trouble(fact.id, fmt::format("{}, row {}: exactly one of text, value and day is filled",
                                                 loaded.source.file, row + 1));
                    continue;
                }
                if (number)
                    fact.value.content = column("value").decimal(row).trimmed();
                else if (date)
                    fact.value.content = *date;
                else
                    fact.value.content = words;
                take(std::move(fact), text("period"));
            }
        });
    }

    void configured(store::Store& store) {
        for (auto const& [id, source] : workspace_.facts)
            guarded(id, [&, &name = id, &from = source] {
                from.figure.empty() ? by_sql(name, from) : by_figure(name, from, store);
            });
    }

    FactSet finish() { return {std::move(facts_), std::move(troubles_)}; }

private:
    void trouble(std::string id, std::string message) { troubles_.push_back({std::move(id), std::move(message)}); }

    template <class F>
    void guarded(std::string const& id, F&& f) {
        try {
            f();
        } catch (Error const& e) {
            trouble(id, e.to_string());
        }
    }

    void take(Fact fact, std::string const& period) {
        auto const parsed = parse_period(period);
        if (!is_fact_id(fact.id))
            return trouble(fact.id,
                           fmt::format("'{}' ({}) is no name of a fact: words in lower case with dots between, "
                                       "such as revenue.managed",
                                       fact.id, fact.place));
        if (!parsed)
            return trouble(fact.id, fmt::format("'{}' ({}) is no period: 2026, 2026-10, 2026-Q3, 2026-10-31, "
                                                "LTM 2026-10, or nothing",
                                                period, fact.place));
        fact.period = *parsed;
        if (fact.label.empty()) fact.label = fact.id;
        facts_.push_back(std::move(fact));
    }

    Fact begin(std::string const& id, data::FactSource const& from) {
        Fact fact;
        fact.id = id;
        fact.label = from.label;
        fact.value.unit = from.unit;
        fact.value.digits = from.digits;
        fact.source = from.source;
        fact.evidence = from.evidence;
        fact.is_public = from.is_public;
        return fact;
    }

    void by_figure(std::string const& id, data::FactSource const& from, store::Store& store) {
        auto const colon = from.figure.find(':');
        std::string const report = from.figure.substr(0, colon);
        std::string const figure = from.figure.substr(colon + 1);
        bool any = false;
        for (auto const& made : store.figure_history(report, figure)) {
            if (!made.figure.value) continue; // n/a then
            Fact fact = begin(id, from);
            if (from.unit.empty()) fact.value.unit = made.figure.unit;
            if (auto const number = Decimal::parse(*made.figure.value))
                fact.value.content = number->trimmed();
            else if (auto const day = Date::parse(*made.figure.value))
                fact.value.content = *day;
            else
                continue;
            if (fact.source.empty()) fact.source = fmt::format("Report {}", report);
            fact.as_of = made.as_of;
            if (from.valid_days) fact.valid_until = made.as_of + *from.valid_days;
            fact.origin = Origin::figure;
            fact.place = fmt::format("{} of run {}", from.figure, made.run);
            any = true;
            take(std::move(fact), made.figure.period);
        }
        if (!any) trouble(id, no_figure(report, figure, store));
    }

    static std::string no_figure(std::string const& report, std::string const& figure, store::Store& store) {
        for (auto const& run : store.runs({report, 20})) {
            std::vector<std::string> ids;
            for (auto const& known : store.figures(run.id)) ids.push_back(known.id);
            if (!ids.empty() && std::ranges::find(ids, figure) == ids.end())
                return fmt::format("the report {} has no figure {}{}", report, figure, suggestion(figure, ids));
            if (!ids.empty()) return fmt::format("the figure {} of {} was not available in any run", figure, report);
        }
        return fmt::format("no run of {} has the figure {} yet; `deckle run {} --period ...` makes one", report, figure,
                           report);
    }

    void by_sql(std::string const& id, data::FactSource const& from) {
        std::vector<data::DatasetRequest> wanted;
        for (auto const& name : tables_of(from.sql, catalogue_))
            wanted.push_back({.name = name, .required = true, .columns = {}});
        auto const datasets = data::load(workspace_, catalogue_, wanted, now_, diagnostics_);
        Date as_of = as_of_;
        std::string files;
        for (auto const& [name, dataset] : datasets.datasets) {
            as_of = std::min(as_of, to_local(dataset.source.fetched, workspace_.company.zone).date);
            files += (files.empty() ? "" : ", ") + name;
        }
        auto const rows = query(from.sql, datasets, as_of_);
        if (rows.empty()) trouble(id, "the SQL has no result");
        for (auto const& row : rows) {
            Fact fact = begin(id, from);
            fact.value.content = value_of(row, from);
            if (fact.source.empty()) fact.source = files.empty() ? "SQL" : files;
            fact.as_of = as_of;
            if (from.valid_days) fact.valid_until = as_of + *from.valid_days;
            fact.origin = Origin::sql;
            fact.place = fmt::format("SQL over {}", files.empty() ? "nothing" : files);
            take(std::move(fact), row.period                ? *row.period
                                  : from.period.empty()     ? as_of_.to_string().substr(0, 7)
                                  : from.period == "always" ? ""
                                                            : from.period);
        }
    }

    [[nodiscard]] static std::variant<std::string, Decimal, Date> value_of(SqlRow const& row,
                                                                           data::FactSource const& from) {
        auto const number = Decimal::parse(row.value);
        if (row.of) {
            auto const whole = Decimal::parse(*row.of);
            if (!number || !whole) throw Error(ErrorCode::data, "value and of are not both numbers");
            if (whole->is_zero()) throw Error(ErrorCode::data, "n/a, because the whole (of) is 0");
            return number->divided_by(*whole);
        }
        if (!number) {
            if (auto const day = Date::parse(row.value)) return *day;
            return row.value;
        }
        int const scale = from.scale ? *from.scale : data::is_currency(from.unit) ? 4 : 0;
        if (!row.whole || scale == 0) return *number;
        return Decimal::from_units(number->units(), scale).trimmed();
    }

    data::Workspace const& workspace_;
    data::Catalogue const& catalogue_;
    Date as_of_;
    Instant now_;
    Diagnostics& diagnostics_;
    std::vector<Fact> facts_;
    std::vector<Trouble> troubles_;
};

} // namespace

FactSet gather(data::Workspace const& workspace, data::Catalogue const& catalogue, store::Store& store,
               store::HandFacts& by_hand, Date as_of, Instant now, Diagnostics& diagnostics) {
    Gatherer gatherer(workspace, catalogue, as_of, now, diagnostics);
    gatherer.by_hand(by_hand);
    gatherer.configured(store);
    gatherer.dataset();
    return gatherer.finish();
}

} // namespace deckle::facts
