// Names are followed through the sample without printing: instead of one item, each open section stands for all items
// it can have there, so a name is unknown only when no item has it, and doubtful when some have not.
#include "base/error.hpp"
#include "model/formatter.hpp"
#include "template/scope.hpp"
#include "template/template.hpp"
#include <fmt/format.h>

namespace deckle::templates {
namespace {

using model::Json;
using Nodes = std::vector<Json const*>;

constexpr std::size_t max_nodes = 400; // of a big sample, the first items are enough

/// What `run` holds when the host fills it (core/report); only the names matter.
Json sample_run() {
    return Json::parse(R"({"company":"C","report":"r","report_title":"R","period":"p","as_of":{"$date":"2026-10-31"},
        "revision":1,"revised":true,"correction":{"revision":2,"reason":"r"},"currency":"USD","paper":"letter",
        "sources":[{"name":"n","dataset":"d","connector":"c","file":"f","fetched":{"$datetime":"2026-11-01T11:00:00Z"},"rows":1,"rejected":0}],
        "rows_read":1,"rows_rejected":1,"bad_rows":[{"dataset":"d","file":"f","row":1,"column":"c","text":"t","reason":"r"}],
        "checks":{"hold":1,"failed":[{"id":"a.b","label":"l","expected":1,"actual":2,"difference":1,"note":"n"}]},
        "partial":true,"theme":{"confidentiality":"confidential"}})");
}

class Linter {
public:
    Linter(Source const& source, Json const& sample, Diagnostics& diagnostics)
        : source_(source), diagnostics_(diagnostics) {
        levels_.push_back({&sample});
    }

    void pieces(std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            if (source_.pieces[i].kind != Piece::Kind::tag) continue;
            auto const& tag = source_.tags[source_.pieces[i].tag];
            if (tag.kind == TagKind::section || tag.kind == TagKind::inverted) {
                section(tag, i + 1);
                i = tag.end - 1;
            } else if (tag.kind == TagKind::variable || tag.kind == TagKind::raw) {
                variable(tag);
            }
        }
    }

private:
    struct Found {
        Nodes nodes;
        std::size_t lacking = 0; // items of the innermost level without the name, here or further out
    };

    Found find(Tag const& tag) const {
        Found found;
        if (tag.path.empty()) return {levels_.back()};
        Nodes const* outer = nullptr; // the nearest outer level that has the name
        for (std::size_t level = levels_.size() - 1; !tag.anchored && outer == nullptr && level-- > 0;)
            for (auto const* node : levels_[level])
                if (member(node, {tag.path.front()}) != nullptr) outer = &levels_[level];
        auto const add = [&](Json const* node) {
            if (node != nullptr && found.nodes.size() < max_nodes) found.nodes.push_back(node);
            return node != nullptr;
        };
        for (auto const* node : levels_.back()) {
            bool const own = member(node, {tag.path.front()}) != nullptr;
            bool any = own && add(member(node, tag.path));
            if (!own && outer != nullptr)
                for (auto const* other : *outer) any = add(member(other, tag.path)) || any;
            found.lacking += any ? 0 : 1;
        }
        return found;
    }

    void section(Tag const& tag, std::size_t body) {
        if (tag.pseudo != Pseudo::none) {
            pieces(body, tag.end);
            return;
        }
        auto const found = find(tag);
        Nodes inside;
        for (auto const* node : found.nodes) {
            if (node->is_null() || *node == false) continue;
            if (!node->is_array())
                inside.push_back(node);
            else
                for (auto const& item : *node)
                    if (inside.size() < max_nodes) inside.push_back(&item);
        }
        if (tag.kind == TagKind::inverted) {
            pieces(body, tag.end); // printed where the name is absent, so inside nothing new
            return;
        }
        if (inside.empty()) {
            diagnostics_.note("section-not-checked",
                              fmt::format("the sample has no {} here, so the names inside are not checked", tag.name),
                              tag.position);
            return;
        }
        levels_.push_back(std::move(inside));
        pieces(body, tag.end);
        levels_.pop_back();
    }

    void variable(Tag const& tag) {
        if (tag.pseudo != Pseudo::none) {
            if (tag.kind == TagKind::raw && tag.pseudo != Pseudo::style)
                diagnostics_.error("raw-refused", fmt::format("{} is plain text; write {{{{{}}}}}", tag.name, tag.name),
                                   tag.position);
            return;
        }
        auto const found = find(tag);
        if (found.nodes.empty()) {
            diagnostics_.error("missing-name", fmt::format("the report model has no {} here", tag.name), tag.position);
            return;
        }
        if (found.lacking > 0)
            diagnostics_.warning(
                "missing-name",
                fmt::format("{} of {} items have no {}; put it into a section: {{{{#.{}}}}}...{{{{/.{}}}}}",
                            found.lacking, levels_.back().size(), tag.name, tag.name, tag.name),
                tag.position);
        for (auto const* node : found.nodes) {
            auto const type = model::leaf_type(*node);
            if (type.empty() && !node->is_null()) {
                diagnostics_.error("not-printable",
                                   fmt::format("{} is {}", tag.name,
                                               node->is_array() ? "a list; print its items in a section"
                                                                : "an object; name one of its members"),
                                   tag.position);
                return;
            }
            if (tag.kind == TagKind::raw && type != "markdown" && type != "chart") {
                diagnostics_.error(
                    "raw-refused",
                    fmt::format(
                        "{} is not always $markdown or $chart, which alone may be printed raw; write {{{{{}}}}}",
                        tag.name, tag.name),
                    tag.position);
                return;
            }
        }
    }

    Source const& source_;
    Diagnostics& diagnostics_;
    std::vector<Nodes> levels_;
};

} // namespace

void lint(std::string const& name, Folders const& folders, Json const* sample, Diagnostics& diagnostics) {
    Source source;
    try {
        source = read_source(name, folders, &diagnostics);
    } catch (Error const& error) {
        diagnostics.error("template-unreadable", error.what(), error.position());
        return;
    }
    if (sample == nullptr || diagnostics.has("template-syntax")) return; // names inside wrong sections would mislead
    Json model = *sample;
    if (!model.contains("run")) model["run"] = sample_run();
    Linter(source, model, diagnostics).pieces(0, source.pieces.size());
}

} // namespace deckle::templates
