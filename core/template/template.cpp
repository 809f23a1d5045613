#include "template/template.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "template/engine.hpp"
#include "template/markdown.hpp"
#include "template/scope.hpp"
#include "template/source.hpp"
#include "template/sources.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace deckle::templates {
namespace {

using model::Json;

/// Relative addresses are refused too: a page that stands alone has nothing they could mean.
bool is_safe_url(std::string_view url) {
    std::string start(url.substr(0, 16));
    std::ranges::transform(start, start.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    constexpr std::array<std::string_view, 5> allowed{"http://", "https://", "mailto:", "#", "data:image/"};
    return url.empty() || std::ranges::any_of(allowed, [&](auto scheme) { return start.starts_with(scheme); });
}

bool is_safe_in_style(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '%' ||
               c == '#' || c == '-' || c == ' ';
    });
}

/// Answers the engine from the model while one page is rendered.
class Page final : public Host {
public:
    Page(Source const& source, std::string const& style_sheets, Json const& root, RenderContext const& context,
         Diagnostics& diagnostics)
        : source_(source), style_sheets_(style_sheets), scope_(root), context_(context), diagnostics_(diagnostics) {}

    std::string variable(std::size_t index) override {
        auto const& tag = source_.tags[index];
        if (tag.kind == TagKind::literal) return tag.name;
        if (tag.kind == TagKind::missing_partial)
            return marker(tag, "missing-partial", fmt::format("partial {}", tag.name), "there is no such partial file");
        try {
            return tag.pseudo != Pseudo::none ? pseudo(tag) : value(tag);
        } catch (Error const& error) {
            diagnostics_.error("not-printable", fmt::format("{}: {}", tag.name, error.what()), tag.position);
            return shown(fmt::format("«not printable: {}»", tag.name));
        }
    }

    Section section(std::size_t index) override {
        auto const& tag = source_.tags[index];
        set_entering(nullptr);
        auto const& top = scope_.top();
        if (tag.pseudo == Pseudo::first) return {top.index == 0};
        if (tag.pseudo == Pseudo::last) return {top.index + 1 == top.count};
        if (tag.pseudo == Pseudo::logo) return {!context_.theme.logo.empty()};
        if (tag.pseudo == Pseudo::reason) return {model::leaf_type(*top.node) == "na"};
        if (tag.pseudo == Pseudo::sum) return {!scope_.sum().empty()};
        if (tag.pseudo == Pseudo::value) return {!plain_number(*top.node).empty()};
        if (tag.pseudo != Pseudo::none) return {true};
        auto const* node = scope_.find(tag);
        if (node == nullptr || node->is_null() || *node == false) return {false};
        if (tag.kind == TagKind::inverted) return {!(node->is_array() && node->empty())};
        set_entering(node);
        return node->is_array() ? Section{!node->empty(), true, node->size()} : Section{true};
    }

    // The engine asks for a section, then enters its items one by one; sections inside ask and finish in between.
    void enter(std::size_t item) override {
        auto const* node = at_depth_[depth_++];
        if (node == nullptr)
            scope_.push(scope_.top()); // a section on a pseudo-name stays where it is
        else if (node->is_array())
            scope_.push({&(*node)[item], true, item, node->size()});
        else
            scope_.push({node, scope_.top().in_list, scope_.top().index, scope_.top().count});
    }
    void leave() override {
        scope_.pop();
        --depth_;
    }

private:
    void set_entering(Json const* node) {
        if (at_depth_.size() <= depth_) at_depth_.resize(depth_ + 1);
        at_depth_[depth_] = node;
    }

    /// As it may stand on the page.
    [[nodiscard]] std::string shown(std::string text) const {
        return source_.plain ? std::move(text) : escape_markup(text);
    }

    std::string marker(Tag const& tag, std::string code, std::string const& what, std::string const& why) {
        diagnostics_.error(std::move(code), fmt::format("{}: {}", what, why), tag.position);
        return shown(fmt::format("«missing: {}»", what));
    }

    std::string pseudo(Tag const& tag) {
        auto const& top = scope_.top();
        switch (tag.pseudo) {
        case Pseudo::type:
            return std::string(model::leaf_type(*top.node));
        case Pseudo::reason:
            return model::leaf_type(*top.node) == "na"
                       ? shown(model::reason_text((*top.node)["$na"].get_ref<std::string const&>()))
                       : "";
        case Pseudo::align:
            return std::string(scope_.align());
        case Pseudo::index:
            return std::to_string(top.index + 1);
        case Pseudo::first:
            return top.index == 0 ? "first" : "";
        case Pseudo::last:
            return top.index + 1 == top.count ? "last" : "";
        case Pseudo::lang:
            return context_.formatter.language_tag();
        case Pseudo::style:
            return style();
        case Pseudo::logo:
            return context_.theme.logo.empty() ? "" : data_uri(context_.theme.logo, context_.image_roots);
        case Pseudo::sources:
            return shown(sources_line(scope_.root(), context_.formatter));
        case Pseudo::sum:
            return shown(std::string(scope_.sum()));
        case Pseudo::value:
            return shown(plain_number(*top.node));
        case Pseudo::none:
            break;
        }
        return {};
    }

    /// The number of a leaf as it came: "1234.50". Empty for what is no number.
    static std::string plain_number(Json const& leaf) {
        auto const type = model::leaf_type(leaf);
        if (type == "money") return leaf["$money"].at(0).get<std::string>();
        if (type == "num") return leaf["$num"].get<std::string>();
        if (type == "pct") return leaf["$pct"].get<std::string>();
        return {};
    }

    /// The theme's variables, then the style sheets.
    std::string style() { return theme_variables(context_.theme, context_.paper) + style_sheets_; }

    std::string value(Tag const& tag) {
        auto const* node = scope_.find(tag);
        if (node == nullptr) return marker(tag, "missing-name", tag.name, "the report model has no such name here");
        auto const type = model::leaf_type(*node);
        if (tag.kind == TagKind::raw && !source_.plain) {
            if (type == "markdown") return markdown_to_html((*node)["$markdown"].get_ref<std::string const&>());
            if (type == "chart" && context_.chart) return context_.chart((*node)["$chart"], diagnostics_);
            if (type != "chart")
                diagnostics_.error("raw-refused",
                                   fmt::format("{} is no $markdown or $chart: it is printed escaped", tag.name),
                                   tag.position);
            else
                diagnostics_.error("chart-unavailable",
                                   fmt::format("{}: this output draws no charts; its text stands there", tag.name),
                                   tag.position);
        }
        std::string text =
            type == "image" ? image((*node)["$image"].get_ref<std::string const&>()) : context_.formatter.text(*node);
        if (tag.place == Place::url && !is_safe_url(text)) {
            diagnostics_.error("unsafe-url",
                               fmt::format("{}: only http, https, mailto and # addresses are linked, not \"{}\"",
                                           tag.name, text.substr(0, 60)),
                               tag.position);
            return "#";
        }
        if (tag.place == Place::style_attribute && !is_safe_in_style(text)) {
            diagnostics_.error("unsafe-style",
                               fmt::format("{}: \"{}\" may not stand in a style", tag.name, text.substr(0, 60)),
                               tag.position);
            return "0";
        }
        return shown(std::move(text));
    }

    std::string image(std::string const& path) {
        for (auto const& root : context_.image_roots) {
            std::error_code error;
            if (std::filesystem::exists(root / path, error)) return data_uri(root / path, context_.image_roots);
        }
        throw Error(ErrorCode::io, fmt::format("there is no image {} in the workspace or the report's folder", path));
    }

    Source const& source_;
    std::string const& style_sheets_;
    Scope scope_;
    RenderContext const& context_;
    Diagnostics& diagnostics_;
    std::vector<Json const*> at_depth_; // what the section last asked for at each depth enters
    std::size_t depth_ = 0;
};

} // namespace

struct Template::Impl {
    Impl(Source read, Folders const& folders) : source(std::move(read)), engine(source) {
        // The nearest style sheet of the theme, then what this report adds.
        for (auto const* name : {"theme.css", "report.css"}) {
            auto const path = find_file(name, folders);
            if (path.empty()) continue;
            auto const text = read_file(path);
            if (text.find("</") != std::string::npos)
                throw Error(ErrorCode::refused,
                            fmt::format("{} contains \"</\", which would end the page's style element", path.string()));
            style_sheets += "\n" + text;
            source.files.push_back(path);
        }
    }
    Source source;
    Engine engine;
    std::string style_sheets;
};

Template::Template(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Template::~Template() = default;
Template::Template(Template&&) noexcept = default;
Template& Template::operator=(Template&&) noexcept = default;

Template Template::load(std::string const& name, Folders const& folders) {
    return Template(std::make_unique<Impl>(read_source(name, folders, nullptr), folders));
}

Template Template::from_text(std::string const& text, std::string const& name, Folders const& folders) {
    return Template(std::make_unique<Impl>(read_source_text(text, name, folders, nullptr), folders));
}

std::string Template::render(Json const& model, RenderContext const& context, Diagnostics& diagnostics) const {
    Page page(impl_->source, impl_->style_sheets, model, context, diagnostics);
    return impl_->engine.render(page);
}

std::vector<std::filesystem::path> const& Template::files() const {
    return impl_->source.files;
}

} // namespace deckle::templates
