// deckle draft export: the document in the forms that people and portals take.
#include "app/make_report.hpp"
#include "app/open_draft.hpp"
#include "app/output.hpp"
#include "drafts/export.hpp"
#include "drafts/states.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <set>

namespace deckle::app {

using model::Json;

namespace {

std::set<std::string> formats_of(std::string const& list) {
    std::set<std::string> const known = {"pdf", "html", "md", "txt", "docx", "fields"};
    std::set<std::string> formats;
    for (std::size_t at = 0; at <= list.size();) {
        auto const comma = std::min(list.find(',', at), list.size());
        std::string const name = list.substr(at, comma - at);
        if (!known.contains(name))
            throw Error(ErrorCode::usage, "unknown format '" + name + "'; known: pdf, html, md, txt, docx, fields");
        formats.insert(name);
        at = comma + 1;
    }
    return formats;
}

/// Every text for its box of the form, on standard output.
void print_form(std::vector<drafts::FormField> const& fields, std::string const& only) {
    for (auto const& field : fields) {
        if (!only.empty()) {
            std::cout << field.text << "\n";
            continue;
        }
        std::cout << fmt::format("=== {} === {}{}\n{}\n\n", field.id, field.label,
                                 field.count.empty() ? "" : " (" + field.count + ")", field.text);
    }
}

/// Whether the document may go out, said on standard error.
void tell_state(drafts::Document const& document, Json const& model, model::Formatter const& formatter) {
    auto const& draft = document.draft();
    if (!drafts::is_out(draft.state) && draft.state != "approved")
        std::cerr << fmt::format("Draft {} is not approved ({})\n", draft.id, draft.state);
    for (std::string const& text : drafts::finding_texts(model, formatter, true))
        std::cerr << "error: " << text << "\n";
}

} // namespace

int export_draft(Common const& common, DraftOptions const& options) {
    auto const wanted = formats_of(options.formats);
    Desk desk(common, options.as_of);
    auto const document = desk.document(desk.drafts.find(options.id));
    auto const& draft = document.draft();
    std::set<report::Format> pages;
    if (wanted.contains("pdf")) pages.insert(report::Format::pdf);
    if (wanted.contains("html")) pages.insert(report::Format::html);
    auto made = desk.make(document, pages);
    auto fields = drafts::to_form_fields(made.model, desk.formatter);
    if (!options.field.empty()) {
        std::erase_if(fields, [&](auto const& f) { return f.id != options.field; });
        if (fields.empty()) throw Error(ErrorCode::usage, fmt::format("the document has no field '{}'", options.field));
    }
    tell_state(document, made.model, desk.formatter);
    if (options.out == "-" && wanted == std::set<std::string>{"fields"}) {
        print_form(fields, options.field);
        return ok;
    }
    auto const name = [&](std::string_view extension) {
        return report::file_name(desk.session.workspace.company.name, draft.report, draft.id, 1, extension);
    };
    std::vector<report::Output> outputs;
    if (!pages.empty()) {
        std::string const stem =
            report::file_name(desk.session.workspace.company.name, draft.report, draft.period, 1, "");
        for (auto& output : made.outputs) { // by draft, since a month may have several
            output.name = name(std::string_view(output.name).substr(std::min(stem.size(), output.name.size())));
            outputs.push_back(std::move(output));
        }
    }
    auto const add = [&](char const* format, std::string file, std::string bytes) {
        outputs.push_back({format, std::move(file), std::move(bytes)});
    };
    made.model["title"] = draft.title; // of the document; the plugin's title tells the writer how it stands
    if (wanted.contains("md")) add("md", name("md"), drafts::to_markdown(made.model, desk.formatter));
    if (wanted.contains("txt")) add("txt", name("txt"), drafts::to_plain_text(made.model, desk.formatter));
    if (wanted.contains("docx")) add("docx", name("docx"), drafts::to_docx(made.model, desk.formatter, desk.as_of));
    if (wanted.contains("fields"))
        for (auto const& field : fields) add("fields", name(field.id + ".txt"), field.text + "\n");
    store::RunEnd written;
    write_outputs(outputs, options.out, written);
    print_diagnostics(desk.diagnostics);
    if (common.json) {
        Json list = Json::array();
        for (auto const& o : written.outputs)
            list.push_back({{"path", o.path}, {"format", o.format}, {"sha256", o.sha256}, {"bytes", o.size}});
        std::cout
            << Json{{"draft", draft.id}, {"version", draft.version}, {"state", draft.state}, {"outputs", list}}.dump(2)
            << "\n";
        return ok;
    }
    for (auto const& output : written.outputs) {
        std::cout << output.path;
        for (auto const& field : fields)
            if (output.format == "fields" && output.path.ends_with("." + field.id + ".txt"))
                std::cout << (field.count.empty() ? "" : "  ") << field.count;
        std::cout << "\n";
    }
    return ok;
}

} // namespace deckle::app
