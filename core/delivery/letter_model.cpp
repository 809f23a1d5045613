#include "delivery/letter_model.hpp"
#include "base/text.hpp"
#include "delivery/names.hpp"
#include "template/theme.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace deckle::delivery {

using model::Json;
using model::text_of;

namespace {

Json const* member(Json const& object, char const* name) {
    auto const it = object.find(name);
    return it == object.end() || it->is_null() ? nullptr : &*it;
}

Json const* run_of(Product const& product, char const* name) {
    if (product.models.empty()) return nullptr;
    auto const* run = member(product.models.front(), "run");
    return run == nullptr ? nullptr : member(*run, name);
}

/// The blocks of kind `kind`, in the report's order, with the section each is in.
struct Found {
    Json const* section;
    Json const* block;
};
std::vector<Found> blocks(Json const& report, char const* kind) {
    std::vector<Found> found;
    auto const* sections = member(report, "sections");
    if (sections == nullptr) return found;
    for (Json const& section : *sections)
        if (auto const* list = member(section, "blocks"))
            for (Json const& block : *list)
                if (auto const* content = member(block, kind)) found.push_back({&section, content});
    return found;
}

/// Tones as colors that read on white; a template cannot compare.
Json toned(Json item) {
    auto const tone = text_of(item, "tone");
    item["bad"] = tone == "bad" ? Json(true) : Json();
    item["soon"] = tone == "soon" ? Json(true) : Json();
    return item;
}

/// The first ones of the report, two to a row.
Json key_figures(Json const& report, std::size_t most) {
    Json rows = Json::array();
    auto const* figures = member(report, "key_figures"); // of a template of its own
    auto const found = blocks(report, "key_figures");
    if (!found.empty()) figures = found.front().block;
    if (figures == nullptr) return rows;
    std::size_t n = 0;
    for (Json const& figure : *figures) {
        if (n == most) break;
        if (n++ % 2 == 0) rows.push_back({{"cells", Json::array()}});
        Json cell = toned(figure);
        if (!cell.contains("note")) cell["note"] = nullptr;
        rows.back()["cells"].push_back(std::move(cell));
    }
    if (n % 2 == 1) rows.back()["odd"] = true;
    return rows;
}

struct Needed {
    Json actions = Json::array();
    std::size_t more = 0; // in the report beside these
};

/// What the report's first list of actions has, with owner and day from the list of all of them, its last one.
Needed needed(Json const& report, std::size_t most) {
    Needed needed;
    auto const found = blocks(report, "actions");
    if (found.empty()) return needed;
    Json const &first = *found.front().block, &all = *found.back().block;
    for (Json const& action : first) {
        if (needed.actions.size() == most) break;
        Json item = toned(action);
        auto const full = std::ranges::find_if(all, [&](Json const& a) { return a.at("what") == action.at("what"); });
        for (char const* name : {"owner", "due"})
            if (!item.contains(name)) item[name] = full != all.end() && full->contains(name) ? full->at(name) : Json();
        auto const& what = action.at("what");
        auto const* args = what.is_object() ? member(what, "args") : nullptr;
        item["head"] = args != nullptr && args->contains("head") ? args->at("head") : Json();
        item["rest"] = args == nullptr || !args->contains("head") ? what : args->value("rest", Json(""));
        needed.actions.push_back(std::move(item));
    }
    needed.more = std::max(first.size(), all.size()) - needed.actions.size();
    return needed;
}

Json report_block(Json const& report, Room const& room, bool named) {
    auto const* run = member(report, "run");
    auto needed = delivery::needed(report, room.actions);
    Json block{{"name", named && run != nullptr ? Json(text_of(*run, "report_title")) : Json()},
               {"answer", report.value("title", Json(""))},
               {"lead", room.leads ? report.value("lead", Json()) : Json()},
               {"figures", key_figures(report, room.figures)},
               {"has_figures", nullptr},
               {"actions", std::move(needed.actions)},
               {"needs_you", nullptr},
               {"more_actions", nullptr}};
    if (!block["figures"].empty()) block["has_figures"] = true;
    if (!block["actions"].empty() || needed.more > 0) block["needs_you"] = true;
    if (needed.more > 0)
        block["more_actions"] = fmt::format("{} {} in the report", needed.more,
                                            block["actions"].empty() ? (needed.more == 1 ? "item" : "items") : "more");
    return block;
}

std::string id_of(Json const& report) {
    auto const* run = member(report, "run");
    return run == nullptr ? std::string() : text_of(*run, "report");
}

/// Of "cash-flow: exports/x.csv is missing" lines the one of this report, without its id.
std::string why_missing(std::string const& message, std::string const& report) {
    std::string const start = report + ": ";
    for (std::string_view rest = message; !rest.empty();) {
        auto const line = rest.substr(0, rest.find('\n'));
        if (line.starts_with(start)) return std::string(line.substr(start.size()));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
    return {};
}

/// What the reader must know before anything else.
Json warnings(data::Workspace const& workspace, store::Edition const& edition, Product const& product) {
    Json list = Json::array();
    auto const add = [&](std::string head, std::string rest) {
        list.push_back({{"head", std::move(head)}, {"rest", std::move(rest)}});
    };
    if (edition.subject.starts_with("pack:")) {
        auto const pack = workspace.packs.find(edition.subject.substr(5));
        if (pack != workspace.packs.end())
            for (auto const& id : pack->second.reports)
                if (std::ranges::none_of(product.models, [&](Json const& m) { return id_of(m) == id; }))
                    add(fmt::format("The report {} is missing.", id), why_missing(product.message, id));
    }
    for (Json const& report : product.models) {
        auto const* run = member(report, "run");
        if (run == nullptr || !run->value("partial", false)) continue;
        auto const rejected = run->value("rows_rejected", std::int64_t{0});
        add(text_of(*run, "report_title") + " is partial.",
            rejected > 0 ? fmt::format("{} of {} rows could not be read, so the totals they belong to are incomplete.",
                                       rejected, run->value("rows_read", std::int64_t{0}))
                         : std::string("Some of it could not be read or drawn."));
    }
    if (list.empty() && product.status == store::Status::partial)
        add("This issue is partial.", first_line(product.message));
    return list;
}

std::string size_text(std::int64_t bytes) {
    if (bytes < 1'000'000) return fmt::format("{} KB", std::max<std::int64_t>(1, (bytes + 500) / 1000));
    return fmt::format("{}.{} MB", bytes / 1'000'000, bytes / 100'000 % 10);
}

Json file_item(File const& file, std::string const& link) {
    return {{"name", file.name},
            {"size", size_text(file.bytes)},
            {"url", link.empty() ? Json() : Json(link_to(link, file.name))}};
}

Json about(store::Edition const& edition, Product const& product, model::Formatter const& formatter) {
    Json list = Json::array();
    auto const add = [&](char const* label, std::string const& value) {
        if (!value.empty()) list.push_back({{"label", label}, {"value", value}});
    };
    add("Period", period_text(edition, product, formatter));
    add("As of", as_of_text(product, formatter));
    add("For", edition.part);
    if (edition.revision > 1) add("Revision", std::to_string(edition.revision));
    add("Schedule", edition.schedule);
    add("Run", product.run);
    return list;
}

} // namespace

std::string period_text(store::Edition const& edition, Product const& product, model::Formatter const& formatter) {
    auto const at = edition.period.find('@');
    std::string text = edition.period.substr(0, at);
    if (auto const* period = run_of(product, "period")) text = formatter.text(*period);
    if (text.size() == 7 && text[4] == '-' && text[5] == 'Q') text = text.substr(5) + " " + text.substr(0, 4);
    if (at != std::string::npos) text += ", as of " + as_of_text(product, formatter);
    return text;
}

std::string as_of_text(Product const& product, model::Formatter const& formatter) {
    auto const* as_of = run_of(product, "as_of");
    return as_of == nullptr ? std::string() : formatter.text(*as_of);
}

Json letter_model(data::Workspace const& workspace, store::Edition const& edition, Product const& product,
                  LetterTerms const& terms, Letter const& letter, Room const& room, model::Formatter const& formatter) {
    bool const pack = edition.subject.starts_with("pack:");
    templates::Theme theme;
    if (!workspace.theme.brand.empty()) theme.brand = workspace.theme.brand;
    auto const text_or_null = [](std::string const& text) { return text.empty() ? Json() : Json(text); };
    Json model{{"subject", letter.subject},
               {"company", workspace.company.name},
               {"confidentiality", text_or_null(workspace.theme.confidentiality)},
               {"brand", templates::readable_brand(theme)},
               {"title", title_of(workspace, edition, product)},
               {"part", text_or_null(edition.part)},
               {"period", period_text(edition, product, formatter)},
               {"as_of", text_or_null(edition.period.find('@') == std::string::npos ? as_of_text(product, formatter)
                                                                                    : "")}, // the period says it
               {"corrected", nullptr},
               {"warnings", warnings(workspace, edition, product)},
               {"reports", Json::array()},
               {"more_reports", nullptr},
               {"files", Json::array()},
               {"links", Json::array()},
               {"about", about(edition, product, formatter)},
               {"contact", text_or_null(terms.contact)}};
    if (edition.revision > 1)
        model["corrected"] = {{"revision", edition.revision}, {"reason", text_or_null(terms.reason)}};
    for (Json const& report : product.models) {
        if (model["reports"].size() == room.reports) break;
        model["reports"].push_back(report_block(report, room, pack));
    }
    if (auto const more = product.models.size() - model["reports"].size(); more > 0)
        model["more_reports"] = fmt::format("{} more {} in the file", more, more == 1 ? "report is" : "reports are");
    for (auto const& file : letter.files) model["files"].push_back(file_item(file, ""));
    for (auto const& file : letter.linked) model["links"].push_back(file_item(file, terms.link));
    return model;
}

} // namespace deckle::delivery
