// A small editable document: prints its texts, and finds one word that it does not like.
#include <deckle/document.hpp>
#include <deckle/model.hpp>
#include <deckle/plugin.hpp>

namespace {

using deckle::Field;

struct Essay {
    static constexpr char const* descriptor = R"json({
        "id": "essay", "version": "1.0.0", "title": "Essay", "kind": "document", "summary": "A few questions",
        "params": {"type": "object", "properties": {"topic": {"type": "string", "default": "growth"}}},
        "datasets": [{"name": "facts", "version": 1, "columns": [{"name": "id"}, {"name": "printed"}]}],
        "templates": [], "history": "none", "outputs": [], "min_host": "1.0"})json";

    void generate(deckle::Job& job) {
        deckle::Edits const edits(job.request());
        auto const origin = deckle::Origin::of(job.request());
        std::string owner = "nobody";
        if (job.bound("facts")) {
            auto const facts = job.open("facts");
            for (std::int64_t row = 0; row < facts.rows(); ++row)
                if (facts.column("id").text(row) == "company.owner") owner = facts.column("printed").text(row);
        }
        deckle::Report report("An essay on " + job.params().at("topic").get<std::string>());
        Field name{.id = "Q1", .label = "Name and size"};
        name.value = "Tiny IT has {{customers.active}} customers.";
        name.section = "Company";
        name.required = true;
        name.limit = Field::Limit{8, Field::Unit::words};
        name.offered = {{"2024", "Tiny IT, founded in 2008."}, {"2025", "Tiny IT."}};
        Field number{.id = "Q2", .label = "Revenue (USD)", .kind = Field::Kind::number};
        number.value = "{{revenue.total.2025|num:0}}";
        number.section = "Company";
        Field story{.id = "Q3", .label = "Your story"};
        story.value = origin ? "After " + origin->fields.at("Q1") : "";
        story.section = "Story";
        story.markdown = true;
        story.approver = "Dana Whitfield";
        Field model{.id = "Q4", .label = "Model", .kind = Field::Kind::choice};
        model.choices = {"Per seat", "Hourly"};
        Field day{.id = "Q5", .label = "Day", .kind = Field::Kind::date};
        Field proof{.id = "Q6", .label = "Proof", .kind = Field::Kind::file};
        Field post{.id = "X", .label = "Post"};
        post.limit = Field::Limit{40, Field::Unit::x_weighted};
        std::vector<deckle::Json> blocks;
        for (Field* field : {&name, &number, &story, &model, &day, &proof, &post}) {
            report.field(*field);
            blocks.push_back(deckle::block::heading(field->label));
            std::string const text = edits.text(field->id, field->value);
            blocks.push_back(field->markdown ? deckle::block::markdown(text) : deckle::block::text(text));
            if (text.find("synergy") != std::string::npos)
                report.finding({"essay.hype", deckle::Finding::Severity::warning, "No synergy, please", field->id});
        }
        report.lead("By " + owner + (edits.present() ? ", " + edits.state() : ""));
        report.section("answers", "Answers", blocks);
        job.write(report.json());
    }
};

} // namespace

DECKLE_PLUGIN(Essay)
