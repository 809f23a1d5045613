#include "data/table_builder.hpp"
#include "store/store.hpp"
#include <algorithm>

namespace deckle::store {

std::string_view to_string(Status status) {
    switch (status) {
    case Status::started:
        return "started";
    case Status::ok:
        return "ok";
    case Status::partial:
        return "partial";
    case Status::failed:
        return "failed";
    case Status::held:
        return "held";
    }
    return {};
}

data::Table figures_table(Store& store, std::optional<Run> const& run) {
    std::vector<Figure> const figures = run ? store.figures(run->id) : std::vector<Figure>{};
    auto number = [](Figure const& f) { return f.value ? Decimal::parse(*f.value) : std::nullopt; };
    int scale = 4; // at least; one scale holds the column
    for (Figure const& f : figures)
        if (auto const value = number(f)) scale = std::max(scale, value->trimmed().scale());

    data::TableBuilder table({{.name = "id", .type = data::Type::text},
                              {.name = "period", .type = data::Type::text},
                              {.name = "value", .type = data::Type::decimal, .scale = scale},
                              {.name = "unit", .type = data::Type::text},
                              {.name = "as_of", .type = data::Type::date}});
    for (Figure const& f : figures) {
        table[0].text(f.id);
        table[1].text(f.period);
        if (auto const value = number(f))
            table[2].decimal(*value);
        else
            table[2].null();
        table[3].text(f.unit);
        table[4].date(run->as_of);
    }
    return table.finish();
}

} // namespace deckle::store
