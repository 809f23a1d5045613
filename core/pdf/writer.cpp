#include "pdf/writer.hpp"
#include "base/error.hpp"
#include "pdf/content.hpp"
#include "pdf/document.hpp"
#include "pdf/numbers.hpp"
#include "pdf/objects.hpp"
#include "pdf/resources.hpp"
#include "pdf/srgb.hpp"
#include "pdf/tags.hpp"
#include <cassert>
#include <fmt/core.h>

namespace deckle::pdf {
namespace {

constexpr double smallest_side = 3, largest_side = 14'400;
constexpr std::size_t names_per_node = 512;

} // namespace

struct Writer::Document {
    struct PageRecord {
        HPDF_Page page = nullptr;
        layout::Size size;
        Object resources;
        Names names;
        std::vector<PlacedLink> inner_links; // to anchors, which may come later
        std::optional<std::uint32_t> tag_key;
    };
    struct Destination {
        std::size_t page = 0;
        layout::Point at;
    };

    Document(WriterOptions o, Diagnostics& d)
        : options(std::move(o)), diagnostics(d), resources(objects, options.pdf_a) {}

    WriterOptions options;
    Diagnostics& diagnostics;
    Objects objects;
    Resources resources;
    std::vector<PageRecord> pages;
    std::map<std::string, Destination, std::less<>> anchors;
    std::optional<Tags> tags;
    Object info;
    bool finished = false;

    void take_from(Content& content, std::size_t page);
    void annotate(std::size_t page, PlacedLink const& link, std::string_view action);
    void write_tags();
    [[nodiscard]] std::string destination(Destination const& place) const;
    void write_links();
    void write_names();
    void write_pdf_a();
    void write_outline(std::vector<layout::OutlineEntry> const& entries);
};

std::string Writer::Document::destination(Destination const& place) const {
    PageRecord const& page = pages[place.page];
    std::string out = fmt::format("[{} 0 R/XYZ ", Objects::number_of(page.page));
    append_number(out, std::max(place.at.x, 0.0));
    out += ' ';
    append_number(out, page.size.height - place.at.y);
    return out + " 0]";
}

void Writer::Document::annotate(std::size_t index, PlacedLink const& link, std::string_view action) {
    PageRecord& page = pages[index];
    layout::Rect const& rect = link.rect;
    std::string body = "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[";
    append_number(body, rect.x);
    body += ' ';
    append_number(body, page.size.height - rect.y - rect.height);
    body += ' ';
    append_number(body, rect.x + rect.width);
    body += ' ';
    append_number(body, page.size.height - rect.y);
    body += "]";
    body += action;
    std::optional<std::uint32_t> key;
    if (tags && link.node != 0) {
        key = tags->add_annotation(index, link.node);
        body += fmt::format("/StructParent {}/Contents{}", *key, text_string(link.uri));
    }
    Object const annotation = objects.add(body += '\n');
    if (key) tags->set_object(*key, annotation.number);
    objects.add_to_array(page.page, "Annots", annotation);
}

/// Names, links and anchors that a content stream collected.
void Writer::Document::take_from(Content& content, std::size_t index) {
    PageRecord& page = pages[index];
    if (content.key() && !page.tag_key) {
        page.tag_key = content.key();
        HPDF_Dict_AddNumber(page.page, "StructParents", static_cast<HPDF_INT32>(*page.tag_key));
    }
    page.names.merge(content.names());
    objects.set(page.resources, resources.dictionary(page.names));
    for (PlacedLink& link : content.links()) {
        if (link.uri.starts_with('#'))
            page.inner_links.push_back(std::move(link));
        else if (!link.uri.empty())
            annotate(index, link, "/A<</S/URI/URI" + byte_string(escape_uri(link.uri)) + ">>");
    }
    for (PlacedAnchor& anchor : content.anchors()) {
        // The first place of a name counts, as in HTML.
        if (!anchor.name.empty()) anchors.try_emplace(std::move(anchor.name), Destination{index, anchor.at});
    }
}

void Writer::Document::write_links() {
    for (std::size_t page = 0; page < pages.size(); ++page)
        for (PlacedLink const& link : pages[page].inner_links) {
            std::string const name = link.uri.substr(1);
            if (anchors.contains(name))
                annotate(page, link, "/Dest" + byte_string(name));
            else
                diagnostics.warning("link-target",
                                    fmt::format("a link leads to #{}, which is nowhere in the document", name));
        }
}

/// Name trees: of anchors with one level of leaves, its keys in the order of their bytes, as std::map keeps them; of
/// attached files.
void Writer::Document::write_names() {
    std::string body;
    if (!anchors.empty()) {
        std::string kids;
        for (auto it = anchors.begin(); it != anchors.end();) {
            std::string names, first = byte_string(it->first), last;
            for (std::size_t i = 0; i < names_per_node && it != anchors.end(); ++i, ++it) {
                last = byte_string(it->first);
                names += last + destination(it->second);
            }
            kids += objects.add(fmt::format("/Limits[{}{}]/Names[{}]\n", first, last, names)).reference() + " ";
        }
        body += fmt::format("/Dests {}\n", objects.add(fmt::format("/Kids[{}]\n", kids)).reference());
    }
    if (!options.attachments.empty()) {
        WrittenAttachments const files = write_attachments(objects, std::move(options.attachments), options.created);
        body += fmt::format("/EmbeddedFiles {}\n", objects.add(fmt::format("/Names[{}]\n", files.names)).reference());
        for (Object const& file : files.files) objects.add_to_array(objects.catalog(), "AF", file);
    }
    if (!body.empty()) objects.add_dictionary(objects.catalog(), "Names", body);
}

/// What device colours mean, and the space in which pages blend.
// ISO 19005-2, 6.2.3 and 6.2.10
void Writer::Document::write_pdf_a() {
    Object const profile = objects.add_stream("/N 3\n", srgb_profile());
    Object const intent = objects.add(fmt::format("/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
                                                  "/Info(sRGB IEC61966-2.1)/DestOutputProfile {}\n",
                                                  profile.reference()));
    objects.add_to_array(objects.catalog(), "OutputIntents", intent);
    for (PageRecord const& page : pages)
        if (page.names.transparent || !page.names.states.empty())
            objects.add_dictionary(page.page, "Group", "/S/Transparency/CS/DeviceRGB\n");
}

void Writer::Document::write_outline(std::vector<layout::OutlineEntry> const& entries) {
    struct Node {
        Object object;
        int level = 0;
        std::size_t parent = 0, previous = 0, next = 0, first = 0, last = 0,
                    descendants = 0; // 0 = none; nodes[0] is the root
        layout::OutlineEntry const* entry = nullptr;
    };
    std::vector<Node> nodes(1);
    std::vector<std::size_t> open{0};
    for (layout::OutlineEntry const& entry : entries) {
        if (entry.page >= pages.size()) {
            diagnostics.warning("outline-page", fmt::format("the bookmark \"{}\" is on page {}, which does not exist",
                                                            entry.title, entry.page + 1));
            continue;
        }
        while (open.size() > 1 && nodes[open.back()].level >= entry.level) open.pop_back();
        Node node;
        node.object = objects.reserve();
        node.level = entry.level;
        node.entry = &entry;
        node.parent = open.back();
        node.previous = nodes[open.back()].last;
        std::size_t const index = nodes.size();
        nodes.push_back(node);
        if (node.previous != 0) nodes[node.previous].next = index;
        Node& parent = nodes[node.parent];
        if (parent.first == 0) parent.first = index;
        parent.last = index;
        for (std::size_t const ancestor : open) ++nodes[ancestor].descendants;
        open.push_back(index);
    }
    if (nodes.size() == 1) return;
    nodes[0].object = objects.reserve();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        Node const& node = nodes[i];
        std::string body;
        auto const refer = [&](std::string_view key, std::size_t to) {
            body += fmt::format("/{} {}", key, nodes[to].object.reference());
        };
        if (i == 0) {
            body = "/Type/Outlines";
        } else {
            body =
                "/Title" + text_string(node.entry->title) + "/Dest" + destination({node.entry->page, node.entry->at});
            refer("Parent", node.parent);
            if (node.previous != 0) refer("Prev", node.previous);
            if (node.next != 0) refer("Next", node.next);
        }
        if (node.first != 0) {
            refer("First", node.first);
            refer("Last", node.last);
            body += fmt::format("/Count {}", node.descendants);
        }
        objects.set(node.object, body += '\n');
    }
    objects.add_reference(objects.catalog(), "Outlines", nodes[0].object);
    // A short document does without a panel beside it.
    if (pages.size() > 4) HPDF_Dict_AddName(objects.catalog(), "PageMode", "UseOutlines");
}

/// Last of all, since the elements are packed.
void Writer::Document::write_tags() {
    Object const root = objects.reserve();
    objects.add_reference(objects.catalog(), "StructTreeRoot", root);
    objects.add_dictionary(objects.catalog(), "MarkInfo", "/Marked true\n");
    std::vector<std::uint32_t> numbers;
    for (PageRecord const& page : pages) {
        HPDF_Dict_AddName(page.page, "Tabs", "S");
        numbers.push_back(Objects::number_of(page.page));
    }
    objects.check("tag the pages");
    tags->write(objects, root, numbers);
}

Writer::Writer(WriterOptions options, Diagnostics& diagnostics)
    : document_(std::make_unique<Document>(std::move(options), diagnostics)) {}

Writer::~Writer() = default;

void Writer::structure(layout::Structure&& structure) {
    Document& d = *document_;
    assert(d.tags || d.pages.empty());
    if (d.tags)
        d.tags->append(std::move(structure));
    else
        d.tags.emplace(std::move(structure));
}

void Writer::page(layout::Page&& page) {
    Document& d = *document_;
    assert(!d.finished);
    auto const fits = [](double side) { return side >= smallest_side && side <= largest_side; };
    if (!fits(page.size.width) || !fits(page.size.height))
        throw Error(ErrorCode::usage,
                    fmt::format("page {} measures {:.1f} x {:.1f} points, but the sides of a PDF page are 3 to "
                                "14,400 points long: change the size in @page",
                                d.pages.size() + 1, page.size.width, page.size.height));
    Content content(d.resources, page.size.height, d.diagnostics, d.pages.size(), true);
    if (d.tags) content.set_tags(&*d.tags, {});
    content.items(page.items);
    Document::PageRecord record;
    record.size = page.size;
    record.page = d.objects.add_page(page.size.width, page.size.height, content.finish());
    record.resources = d.objects.reserve();
    d.objects.add_reference(record.page, "Resources", record.resources);
    d.pages.push_back(std::move(record));
    d.take_from(content, d.pages.size() - 1);
}

void Writer::append(std::size_t page, std::vector<layout::Item>&& items) {
    Document& d = *document_;
    assert(!d.finished && page < d.pages.size());
    if (items.empty()) return;
    Content content(d.resources, d.pages[page].size.height, d.diagnostics, page, false);
    if (d.tags) content.set_tags(&*d.tags, d.pages[page].tag_key);
    content.items(items);
    if (std::string const& operators = content.finish(); !operators.empty())
        d.objects.append_content(d.pages[page].page, operators);
    d.take_from(content, page);
}

void Writer::finish(std::vector<layout::OutlineEntry>&& outline, layout::Metadata&& metadata) {
    Document& d = *document_;
    assert(!d.finished);
    d.finished = true;
    if (d.pages.empty())
        throw Error(ErrorCode::data,
                    "the document has no page: a PDF needs at least one, so check that the template prints something");
    bool const attached = !d.options.attachments.empty();
    d.write_links();
    d.write_names();
    d.write_outline(outline);
    SubsetCache own;
    d.resources.write(d.options.subsets != nullptr ? *d.options.subsets : own);

    Objects& objects = d.objects;
    HPDF_Dict const catalog = objects.catalog();
    if (!metadata.language.empty())
        HPDF_Dict_Add(catalog, "Lang", HPDF_String_New(objects.document()->mmgr, metadata.language.c_str(), nullptr));
    int const part = !d.resources.keeps_pdf_a() ? 0 : attached ? 3 : 2;
    if (d.options.pdf_a) d.write_pdf_a();
    // Metadata stays readable for programs that know XMP but not PDF.
    objects.add_reference(
        catalog, "Metadata",
        objects.add_stream("/Type/Metadata/Subtype/XML\n", xmp_packet(metadata, d.options, part), Compression::none));
    if (!metadata.title.empty()) objects.add_dictionary(catalog, "ViewerPreferences", "/DisplayDocTitle true\n");
    if (!d.options.labels.empty()) objects.add_dictionary(catalog, "PageLabels", page_labels(d.options.labels));
    objects.check("complete the catalogue");
    d.info = objects.add(info_body(metadata, d.options));
    if (d.tags) d.write_tags();
}

std::vector<text::Face const*> Writer::faces() const {
    return document_->resources.faces();
}

std::string Writer::take() {
    assert(document_->finished);
    return document_->objects.write(document_->info);
}

} // namespace deckle::pdf
