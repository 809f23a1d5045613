// The sheets of a document, remembered for those of one template.
#include "css/sheet_data.hpp"
#include "css/stylesheet.hpp"
#include "html/document.hpp"

namespace deckle::css {

StyleSheet SheetCache::parse(std::string text, Position const& start, Diagnostics& diagnostics, Loader const& load) {
    constexpr std::size_t most = 64;
    std::pair key(std::move(text), start.to_string());
    if (auto const known = sheets_.find(key); known != sheets_.end()) return known->second;
    std::size_t const before = diagnostics.items().size();
    StyleSheet sheet = css::parse(key.first, start, diagnostics, load);
    bool const same_again = diagnostics.items().size() == before && sheet.data().imports.empty();
    if (same_again && sheets_.size() < most) sheets_.emplace(std::move(key), sheet);
    return sheet;
}

std::vector<StyleSheet> document_sheets(html::Document const& document, Diagnostics& diagnostics, Loader const& load,
                                        SheetCache* cache) {
    std::vector<StyleSheet> out;
    auto const for_print = [](html::Element const& e) {
        auto const media = e.attribute("media");
        if (!media) return true;
        TextStore store;
        auto const tokens = tokenize(*media, store);
        return media_matches(Tokens(tokens).first(tokens.size() - 1));
    };
    // iterative: <style> may stand anywhere
    auto const* node = static_cast<html::Node const*>(&document.root());
    while (node) {
        auto const* e = node->as_element();
        if (e && e->tag == html::Tag::style && for_print(*e)) {
            auto start = document.position(e->first ? *e->first : *static_cast<html::Node const*>(e));
            out.push_back(cache ? cache->parse(e->text_content(), start, diagnostics, load)
                                : parse(e->text_content(), start, diagnostics, load));
        } else if (e && e->tag == html::Tag::link && e->attribute("href") && for_print(*e)) {
            auto const rel = lower_case(e->attribute("rel").value_or(""));
            if (rel == "stylesheet") {
                std::string const href(*e->attribute("href"));
                if (auto const loaded = load ? load(href, document.file()) : std::nullopt)
                    out.push_back(parse(loaded->bytes, {loaded->file, 1, 1}, diagnostics, load));
                else
                    diagnostics.warning("css-import", "the style sheet '" + href + "' cannot be read",
                                        document.position(*e));
            }
        }
        if (e && e->first) {
            node = e->first;
            continue;
        }
        while (node && !node->next) node = node->parent;
        if (node) node = node->next;
    }
    return out;
}

} // namespace deckle::css
