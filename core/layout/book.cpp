#include "layout/book.hpp"
#include <fmt/format.h>
#include <utility>

namespace deckle::layout {
namespace {

constexpr int most_passes = 8;

/// "id" of the chapter "name", for the book.
std::string in_book(std::string const& name, std::string const& id) {
    return name.empty() ? id : name + "/" + id;
}

/// A chapter's pages on their way into the book: numbers and names become the book's.
class ChapterSink final : public PageSink {
public:
    struct State { // what the chapters before have left
        std::size_t pages = 0;
        NodeId nodes = 0; // the number of the last
        std::vector<OutlineEntry> outline;
        Metadata metadata; // of the first chapter
    };

    ChapterSink(PageSink& book, Chapter const& chapter, std::set<std::string> const& anchors, State& state)
        : book_(book), chapter_(chapter), anchors_(anchors), state_(state), first_page_(state.pages),
          node_offset_(state.nodes) {}

    void structure(Structure&& structure) override {
        bool const first = state_.nodes == 0;
        for (std::size_t i = 1; i < structure.nodes.size(); ++i) {
            StructureNode& node = structure.nodes[i];
            if (node.parent != 0)
                node.parent += node_offset_;
            else if (!first) { // below the first chapter's document
                node.parent = 1;
                if (node.role == Role::document) node.role = Role::section;
            }
        }
        std::map<NodeId, StructureDetails> details;
        for (auto& [id, d] : structure.details) {
            if (!d.id.empty()) d.id = in_book(chapter_.name, d.id);
            for (std::string& header : d.headers) header = in_book(chapter_.name, header);
            details.emplace(id + node_offset_, std::move(d));
        }
        structure.details = std::move(details);
        state_.nodes += static_cast<NodeId>(structure.nodes.size() - 1);
        book_.structure(std::move(structure));
    }
    void page(Page&& page) override {
        place(page.items);
        if (state_.pages == first_page_ && !chapter_.name.empty())
            page.items.insert(page.items.begin(), Anchor{chapter_.name, {}});
        ++state_.pages;
        book_.page(std::move(page));
    }
    void append(std::size_t page, std::vector<Item>&& items) override {
        place(items);
        book_.append(first_page_ + page, std::move(items));
    }
    void finish(std::vector<OutlineEntry>&& outline, Metadata&& metadata) override {
        if (first_page_ == 0) state_.metadata = std::move(metadata);
        if (!chapter_.title.empty()) {
            if (outline.empty() || outline.front().level > 1) outline.insert(outline.begin(), OutlineEntry{});
            outline.front().title = chapter_.title;
        }
        for (OutlineEntry& entry : outline) {
            entry.page += first_page_;
            state_.outline.push_back(std::move(entry));
        }
    }

private:
    void place(std::vector<Item>& items) {
        for (Item& item : items) {
            if (auto* run = std::get_if<GlyphRun>(&item))
                place(run->node);
            else if (auto* link = std::get_if<Link>(&item)) {
                place(link->node);
                if (link->uri.starts_with('#') && anchors_.contains(link->uri.substr(1)))
                    link->uri = "#" + in_book(chapter_.name, link->uri.substr(1));
            } else if (auto* anchor = std::get_if<Anchor>(&item)) {
                anchor->name = in_book(chapter_.name, anchor->name);
            } else if (auto* group = std::get_if<std::unique_ptr<Group>>(&item)) {
                place((*group)->node);
                place((*group)->items);
            }
        }
    }
    void place(NodeId& node) const {
        if (node != 0) node += node_offset_;
    }

    PageSink& book_;
    Chapter const& chapter_;
    std::set<std::string> const& anchors_;
    State& state_;
    std::size_t first_page_;
    NodeId node_offset_;
};

} // namespace

Book::Book(std::vector<Chapter> const& chapters, Options const& options, Diagnostics& diagnostics)
    : chapters_(chapters), options_(options), diagnostics_(diagnostics), known_(chapters.size()) {}

Options Book::options_of(std::size_t chapter) const {
    Options options = options_;
    options.place = {known_[chapter].before, total_, &anchors_};
    return options;
}

void Book::try_out(std::size_t chapter) {
    Options options = options_of(chapter);
    options.explain_breaks = false;
    options.strict = false;
    NoSink nothing;
    Diagnostics told_later;
    Chapter const& c = chapters_[chapter];
    known_[chapter].outcome = layout_one(c.html, c.file, *c.fonts, options, nothing, told_later);
    known_[chapter].tried = known_[chapter].before;
    known_[chapter].anchors.clear();
    for (auto const& [id, page] : known_[chapter].outcome.anchors)
        if (id.front() != '\1') known_[chapter].anchors.insert(id); // others are page_key()s
}

/// Where each chapter begins, and the pages of all anchors.
void Book::number() {
    total_ = 0;
    anchors_.clear();
    for (std::size_t i = 0; i < chapters_.size(); ++i) {
        Known& chapter = known_[i];
        chapter.before = total_;
        if (!chapters_[i].name.empty()) anchors_.emplace(chapters_[i].name, total_ + 1);
        for (std::string const& id : chapter.anchors)
            anchors_.emplace(in_book(chapters_[i].name, id), chapter.outcome.anchors.find(id)->second);
        total_ += chapter.outcome.pages;
    }
}

/// Lays out again what depends on the numbers; true when they are as they were.
bool Book::settle() {
    auto const before = std::pair(total_, anchors_);
    for (std::size_t i = 0; i < chapters_.size(); ++i)
        if (known_[i].before != known_[i].tried || known_[i].outcome.shows_pages) try_out(i);
    number();
    return std::pair(total_, anchors_) == before;
}

Result Book::run(PageSink& sink) {
    for (std::size_t i = 0; i < chapters_.size(); ++i) {
        try_out(i); // behind those before; references forward are not known yet
        number();
    }
    int pass = 1;
    while (!settle())
        if (++pass == most_passes) {
            diagnostics_.warning(
                "unsettled-page-numbers",
                fmt::format("page numbers of the book did not settle in {} passes; some may be wrong", pass));
            break;
        }
    for (std::size_t i = 0; i < chapters_.size() && options_.tags == Tags::automatic; ++i) {
        if (known_[i].outcome.tagged) continue;
        options_.tags = Tags::off; // one without structure would be silent among others that speak
        diagnostics_.note("not-tagged",
                          fmt::format("{} has too many table rows for tags, so the book has none", chapters_[i].file));
    }

    Result result;
    ChapterSink::State state;
    for (std::size_t i = 0; i < chapters_.size(); ++i) {
        Chapter const& c = chapters_[i];
        ChapterSink chapter(sink, c, known_[i].anchors, state);
        std::size_t const first = state.pages;
        Outcome outcome = layout_one(c.html, c.file, *c.fonts, options_of(i), chapter, diagnostics_);
        for (PageBreak& each : outcome.breaks) result.breaks.push_back({first + each.page, std::move(each.text)});
    }
    result.pages = state.pages;
    sink.finish(std::move(state.outline), std::move(state.metadata));
    return result;
}

} // namespace deckle::layout
