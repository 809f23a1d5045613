#include "layout/layout.hpp"
#include "base/error.hpp"
#include "html/parse.hpp"
#include "layout/book.hpp"
#include "layout/context.hpp"
#include "layout/font_faces.hpp"
#include "layout/paginate.hpp"
#include "layout/structure_tree.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace deckle::layout {
namespace {

constexpr int most_passes = 8;

Metadata metadata_of(html::Document const& document) {
    Metadata data;
    data.language = std::string(document.root().attribute("lang").value_or(""));
    html::Element const* head = document.head();
    for (html::Element const* child = head ? head->first_element() : nullptr; child; child = child->next_element()) {
        if (child->tag == html::Tag::title && data.title.empty()) {
            std::string const text = child->text_content();
            std::size_t const begin = text.find_first_not_of(" \t\r\n"), end = text.find_last_not_of(" \t\r\n");
            if (begin != std::string::npos) data.title = text.substr(begin, end - begin + 1);
        }
        if (child->tag != html::Tag::meta) continue;
        std::string const name(child->attribute("name").value_or(""));
        std::string const content(child->attribute("content").value_or(""));
        if (name == "author") data.author = content;
        if (name == "description") data.subject = content;
        if (name == "keywords") data.keywords = content;
    }
    return data;
}

/// The folder that <base href> names; only the first counts.
std::string base_of(html::Document const& document) {
    html::Element const* head = document.head();
    for (html::Element const* child = head ? head->first_element() : nullptr; child; child = child->next_element())
        if (auto const href = child->attribute("href"); href && child->tag == html::Tag::base)
            return std::string(*href);
    return {};
}

/// Gives the sink the structure, if it is wanted.
bool tag(BoxSource const& source, BoxTree const& tree, PageSink& sink) {
    if (source.options.tags == Tags::off) return false;
    if (source.options.tags == Tags::automatic && has_more_rows(tree, most_tagged_rows)) {
        source.diagnostics.note(
            "not-tagged", fmt::format("the tables have more than {} rows, so the document is written without tags "
                                      "for readers who cannot see it, which would double its size",
                                      most_tagged_rows));
        return false;
    }
    sink.structure(build_structure(source, tree));
    return true;
}

std::size_t problems(Diagnostics const& diagnostics) {
    return diagnostics.count(Severity::warning) + diagnostics.count(Severity::error);
}

/// In strict mode a warning or an error since `before` ends the work.
struct Strictness {
    Options const& options;
    Diagnostics const& diagnostics;
    std::size_t before = problems(diagnostics), first = diagnostics.items().size();

    void check() const {
        if (!options.strict || problems(diagnostics) <= before) return;
        auto const& items = diagnostics.items();
        auto const bad = std::find_if(items.begin() + static_cast<std::ptrdiff_t>(first), items.end(),
                                      [](Diagnostic const& d) { return d.severity != Severity::note; });
        throw Error(ErrorCode::failed,
                    fmt::format("strict mode: {} problem(s) in the document{}", problems(diagnostics) - before,
                                bad == items.end() ? "" : ", the first: " + bad->message),
                    bad == items.end() ? Position{} : bad->position);
    }
};

/// What stands between HTML text and layout: the tree, its styles, and the fonts its sheets bring.
template <class Work>
auto with_styles(std::string_view html, std::string const& name, text::FontSet& fonts, Options const& options,
                 Diagnostics& diagnostics, Work work) {
    Limits const& most = options.limits;
    html::Document const document = html::parse(html, name, diagnostics, {most.bytes, most.depth, most.elements});
    Resources resources(options, diagnostics);
    resources.set_base(name, base_of(document));
    std::vector<css::StyleSheet> sheets =
        css::document_sheets(document, diagnostics, resources.loader(), options.sheets);
    css::CascadeOptions cascade_options;
    cascade_options.page_width = options.page.width;
    cascade_options.page_height = options.page.height;
    auto const metrics = [&fonts](css::ComputedStyle const& style) -> text::FaceMetrics const& {
        text::FontRequest request;
        request.families = style.font_family;
        request.weight = style.font_weight;
        request.italic = style.font_style != css::FontStyle::normal;
        return fonts.font(request).metrics();
    };
    cascade_options.zero_advance = [metrics](css::ComputedStyle const& style) {
        return metrics(style).zero_advance * style.font_size;
    };
    cascade_options.x_height = [metrics](css::ComputedStyle const& style) {
        return metrics(style).x_height * style.font_size;
    };
    cascade_options.check_time = [&] { check_time(options, {name, 0, 0}); };
    std::optional<css::StyleSheet> user_agent;
    if (!options.user_agent_file.empty()) {
        user_agent =
            css::parse(options.user_agent, {options.user_agent_file, 1, 1}, diagnostics, {}, css::Origin::user_agent);
        cascade_options.user_agent = &*user_agent;
    }
    if (user_agent) add_font_faces(user_agent->font_faces(), fonts, resources, diagnostics);
    for (css::StyleSheet const& sheet : sheets) // before the cascade, which measures ch and ex in them
        add_font_faces(sheet.font_faces(), fonts, resources, diagnostics);
    css::Cascade const cascade(document, std::move(sheets), cascade_options, diagnostics);
    return work(document, cascade);
}

Outcome layout_pages(html::Document const& document, css::Cascade const& cascade, text::FontSet& fonts,
                     Options const& options, PageSink& sink, Diagnostics& diagnostics) {
    Resources resources(options, diagnostics);
    resources.set_base(document.file(), base_of(document));
    ReplacedStore pictures(resources);
    BoxSource const source{document, cascade, options, diagnostics, pictures};
    Outcome outcome;
    PageFacts facts;
    facts.total = options.place.total;
    for (int pass = 1;; ++pass) {
        BoxTree const tree = build_boxes(source, facts);
        Context context(source, fonts, resources), margins(source, fonts, resources);
        context.aggregates = tree.aggregates.get();
        context.tree = &tree;
        bool const last = !tree.needs_page_facts || pass == most_passes;
        NoSink nothing;
        if (last) outcome.tagged = tag(source, tree, sink);
        // Page numbers in the flow: lay out until they no longer change, then once more for good.
        bool const explain = last && options.explain_breaks;
        PageFacts found = paginate(context, margins, tree, last ? sink : nothing, metadata_of(document),
                                   explain ? &outcome.breaks : nullptr);
        outcome.pages = found.total;
        outcome.shows_pages = tree.needs_page_facts;
        if (options.place.total != 0) found.total = options.place.total;
        found.counters = tree.facts.counters;
        found.wants_counters = tree.facts.wants_counters;
        if (last) {
            if (tree.needs_page_facts && found != facts) {
                diagnostics.warning(
                    "unsettled-page-numbers",
                    fmt::format("page numbers in the text did not settle in {} passes; some may be wrong", pass));
            }
            outcome.anchors = std::move(found.anchor_pages);
            break;
        }
        if (found == facts) pass = most_passes - 1; // settled: the next pass is the last
        facts = std::move(found);
    }
    return outcome;
}

} // namespace

Outcome layout_one(std::string_view html, std::string const& name, text::FontSet& fonts, Options const& options,
                   PageSink& sink, Diagnostics& diagnostics) {
    return with_styles(html, name, fonts, options, diagnostics, [&](auto const& document, auto const& cascade) {
        return layout_pages(document, cascade, fonts, options, sink, diagnostics);
    });
}

Result layout_document(html::Document const& document, css::Cascade const& cascade, text::FontSet& fonts,
                       Options const& options, PageSink& sink, Diagnostics& diagnostics) {
    Strictness const strictness{options, diagnostics};
    Outcome outcome = layout_pages(document, cascade, fonts, options, sink, diagnostics);
    strictness.check();
    return {outcome.pages, std::move(outcome.breaks)};
}

Result layout_html(std::string_view html, std::string const& name, text::FontSet& fonts, Options const& options,
                   PageSink& sink, Diagnostics& diagnostics) {
    Strictness const strictness{options, diagnostics};
    Outcome outcome = layout_one(html, name, fonts, options, sink, diagnostics);
    strictness.check();
    return {outcome.pages, std::move(outcome.breaks)};
}

Result layout_book(std::vector<Chapter> const& chapters, Options const& options, PageSink& sink,
                   Diagnostics& diagnostics) {
    Strictness const strictness{options, diagnostics};
    Result result = Book(chapters, options, diagnostics).run(sink);
    strictness.check();
    return result;
}

std::string dump_boxes(std::string_view html, std::string const& name, text::FontSet& fonts, Options const& options,
                       Diagnostics& diagnostics) {
    Strictness const strictness{options, diagnostics};
    std::string text =
        with_styles(html, name, fonts, options, diagnostics, [&](auto const& document, auto const& cascade) {
            Resources resources(options, diagnostics);
            resources.set_base(name, base_of(document));
            ReplacedStore pictures(resources);
            return dump(build_boxes({document, cascade, options, diagnostics, pictures}, {}));
        });
    strictness.check();
    return text;
}

} // namespace deckle::layout
