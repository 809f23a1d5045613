// Writes what it reads: every cell of the dataset "table" as text, through the C++ layer.
#include <deckle/model.hpp>
#include <deckle/plugin.hpp>

namespace {

std::string cell(deckle::Column const& column, std::int64_t row) {
    if (column.is_null(row)) return "null";
    switch (column.type()) {
    case deckle::ColumnType::text:
        return std::string(column.text(row));
    case deckle::ColumnType::integer:
        return std::to_string(column.integer(row));
    case deckle::ColumnType::decimal:
        return column.decimal(row).to_string();
    case deckle::ColumnType::date:
        return column.date(row).to_string();
    case deckle::ColumnType::datetime:
        return std::to_string(column.datetime(row).time_since_epoch().count());
    case deckle::ColumnType::boolean:
        return column.boolean(row) ? "true" : "false";
    }
    return {};
}

struct Rows {
    static constexpr char const* descriptor = R"json({
        "id": "rows", "version": "1.2.0", "title": "Rows", "kind": "report", "summary": "Every cell as text",
        "params": {"type": "object", "properties": {
            "minimum": {"type": ["number", "string"], "default": 250000},
            "from": {"type": "string", "default": "2026-10-01"},
            "throw": {"type": "string", "default": ""}}},
        "datasets": [{"name": "table", "version": 1, "required": true, "columns": [{"name": "id", "required": true}]}],
        "templates": [], "history": "none", "outputs": ["rows.txt"], "min_host": "1.0"})json";

    void generate(deckle::Job& job) {
        std::string const fault = job.params().value("throw", "");
        if (fault == "std") throw std::runtime_error("a fault on purpose");
        if (fault == "int") throw 42;
        if (fault == "memory") throw std::bad_alloc();
        if (fault == "param") throw deckle::PluginError("/throw", "no such fault");
        if (fault == "missing-column") (void)job.open("table").column("nothing");
        if (fault == "wrong-type") (void)job.open("table").column("id").date(0);
        if (fault == "not-a-date") (void)job.date_param("throw");
        if (fault == "bad-utf8") job.write("\xff");

        deckle::Dataset const table = job.open("table");
        deckle::Json cells = deckle::Json::array();
        for (std::int64_t row = 0; row < table.rows(); ++row) {
            job.check_stop();
            deckle::Json line = deckle::Json::array();
            for (deckle::Column const& column : table.columns()) line.push_back(cell(column, row));
            cells.push_back(std::move(line));
        }
        job.progress(0.5, "half way");
        job.log(deckle::LogLevel::info, std::to_string(table.rows()) + " rows");
        job.write_output("rows.txt", "text/plain", std::string_view("a\0b", 3));
        deckle::Report report("Rows");
        report.set("cells", cells)
            .set("minimum", job.decimal_param("minimum").to_string())
            .set("from", job.date_param("from").to_string())
            .set("period", job.period().label)
            .set("as_of", job.as_of().to_string())
            .set("week_start", static_cast<int>(job.week_start()))
            .set("bound", deckle::Json::array({job.bound("table"), job.bound("table", "id"), job.bound("table", "x"),
                                               job.bound("other")}));
        if (table.rows() > 0 && table.columns().size() > 1)
            report.set("currency", std::string(table.currency(table.column("amount"), 0, job.currency())));
        job.write(report.json());
    }
};

} // namespace

DECKLE_PLUGIN(Rows)
