/// A document with its cascade, for tests.
#pragma once
#include "css/cascade.hpp"
#include "html/parse.hpp"
#include <memory>
#include <string>

namespace deckle::css_test {

struct Styled {
    Diagnostics diagnostics;
    std::unique_ptr<html::Document> document;
    std::unique_ptr<css::Cascade> cascade;

    explicit Styled(std::string const& html, std::string const& sheet = {}, css::CascadeOptions options = {},
                    css::Loader const& load = {}) {
        document = std::make_unique<html::Document>(html::parse(html, "t.html", diagnostics));
        auto sheets = css::document_sheets(*document, diagnostics, load);
        if (!sheet.empty()) sheets.push_back(css::parse(sheet, {"t.css", 1, 1}, diagnostics, load));
        cascade = std::make_unique<css::Cascade>(*document, std::move(sheets), std::move(options), diagnostics);
    }

    html::Element const& element(std::string_view id) const {
        auto const* e = document->by_id(id);
        if (!e) throw std::runtime_error("no element #" + std::string(id));
        return *e;
    }
    css::ComputedStyle const& style(std::string_view id = "x") const { return cascade->style(element(id)); }
    std::string messages() const {
        std::string out;
        for (auto const& d : diagnostics.items()) out += d.to_string() + "\n";
        return out;
    }
};

/// Style of one <div> with the given declarations.
inline std::string declared(std::string const& declarations) {
    Styled const s("<div id=p><div id=x></div></div>", "#x{" + declarations + "}");
    css::ComputedStyle base = s.style("p");
    css::ComputedStyle plain;
    static_cast<css::InheritedStyle&>(plain) = base;
    plain.display = css::Display::block;
    return css::dump(s.style("x"), plain) + (s.diagnostics.empty() ? "" : " ! " + s.diagnostics.items()[0].code);
}

} // namespace deckle::css_test
