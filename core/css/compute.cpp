#include "css/compute.hpp"
#include "css/variables.hpp"

namespace deckle::css {
namespace {

class Computer {
public:
    Computer(ComputedStyle& style, ComputedStyle const& parent, ComputeOptions const& options, Diagnostics& diagnostics)
        : style_(style), options_(options), diagnostics_(diagnostics), context_{style,
                                                                                parent,
                                                                                options.root_font_size,
                                                                                options.cascade->font_size,
                                                                                options.cascade->page_width,
                                                                                options.cascade->page_height,
                                                                                &options.cascade->zero_advance} {
        context_.x_height = &options.cascade->x_height;
        context_.page_size = options.page_size;
        context_.viewport_width = options.viewport_width > 0 ? options.viewport_width : context_.page_width;
        context_.viewport_height = options.viewport_height > 0 ? options.viewport_height : context_.page_height;
    }

    /// With `font_size` that is the element's, whatever the declarations say.
    void run(std::vector<Applied> const& declarations, double const* font_size_given = nullptr) {
        all_ = &declarations;
        variables(declarations);
        // what others refer to comes first: font size and direction, then colour
        for (auto const& d : declarations)
            if (d.declaration->custom.empty() &&
                (sets_font_size(d.declaration->property) || sets_direction(d.declaration->property)))
                set(d);
        auto const font_size = font_size_given ? *font_size_given : style_.font_size;
        style_.font_size = font_size;
        context_.user_agent = nullptr;
        decided_ = true;
        for (auto const& d : declarations)
            if (d.declaration->custom.empty() && sets_color(d.declaration->property)) set(d);
        current_color();
        for (auto const& d : declarations) {
            if (!d.declaration->custom.empty() || sets_color(d.declaration->property)) continue;
            bool const sized = sets_font_size(d.declaration->property);
            if (sets_direction(d.declaration->property)) continue;
            set(d);
            if (sized) style_.font_size = font_size;
        }
        finish();
    }

private:
    void variables(std::vector<Applied> const& declarations) {
        CustomProperties declared;
        for (auto const& d : declarations) {
            auto const& name = d.declaration->custom;
            if (name.empty()) continue;
            if (equals_nocase(d.declaration->text, "inherit") || equals_nocase(d.declaration->text, "unset")) {
                declared.erase(name);
                continue;
            }
            declared[name] = d.declaration->text;
        }
        if (declared.empty()) return;
        std::erase_if(declared, [](auto const& entry) { return equals_nocase(entry.second, "initial"); });
        style_.custom = std::make_shared<CustomProperties const>(resolve_variables(style_.custom.get(), declared));
    }

    /// Borders and decoration take the element's colour unless they name their own.
    void current_color() {
        for (auto* border :
             {&style_.border.top, &style_.border.right, &style_.border.bottom, &style_.border.left, &style_.outline})
            border->color = style_.color;
        style_.decoration_color = style_.color;
    }

    /// The element as it is without the author's rules.
    void prepare_revert() {
        reverted_ = std::make_unique<ComputedStyle>(initial_style());
        static_cast<InheritedStyle&>(*reverted_) = context_.parent;
        std::vector<Applied> rest;
        for (auto const& d : *all_)
            if (d.sheet->origin == Origin::user_agent) rest.push_back(d);
        bool const size_known = decided_;
        Computer(*reverted_, context_.parent, options_, diagnostics_)
            .run(rest, size_known ? &style_.font_size : nullptr);
        context_.user_agent = reverted_.get();
    }

    void set(Applied const& d) {
        if (!context_.user_agent && d.sheet->origin == Origin::author && equals_nocase(d.declaration->text, "revert"))
            prepare_revert();
        context_.file = &d.sheet->file;
        context_.unitless = d.unitless;
        auto const& declaration = *d.declaration;
        if (!declaration.has_var) {
            // checked when parsed; what depends on more (page size) fails here quietly by design of that property
            (void)set_property(declaration.property, declaration.value, context_);
            return;
        }
        std::string missing;
        auto const text = substitute(
            declaration.text,
            [&](std::string_view name) -> std::string const* {
                if (!style_.custom) return nullptr;
                auto const found = style_.custom->find(name);
                return found == style_.custom->end() ? nullptr : &found->second;
            },
            missing);
        auto const& p = property(declaration.property);
        if (text) {
            TextStore store;
            auto const tokens = tokenize(*text, store);
            auto const before = style_;
            if (set_property(declaration.property, tokens, context_)) return;
            style_ = before;
        }
        // invalid at computed-value time: as if unset
        p.copy(style_, p.inherited ? context_.parent : initial_style());
        diagnostics_.warning(text ? "unknown-value" : "unknown-variable",
                             text ? "'" + *text + "' is not a value of " + std::string(p.name)
                             : missing.empty()
                                 ? "the variables in '" + std::string(declaration.text) + "' cannot be resolved"
                                 : "the variable " + missing + " has no value here",
                             d.sheet->position(declaration.at));
    }

    void finish() {
        for (auto* border :
             {&style_.border.top, &style_.border.right, &style_.border.bottom, &style_.border.left, &style_.outline})
            if (border->style == BorderStyle::none || border->style == BorderStyle::hidden) border->width = 0;
        bool const out_of_flow = style_.float_ != Float::none || style_.position == PositionKind::absolute ||
                                 style_.position == PositionKind::fixed || style_.position == PositionKind::running;
        if (out_of_flow || options_.blockify) style_.display = blockified(style_.display);
    }

    ComputedStyle& style_;
    ComputeOptions const& options_;
    Diagnostics& diagnostics_;
    Context context_;
    std::vector<Applied> const* all_ = nullptr;
    bool decided_ = false; // the font size is
    std::unique_ptr<ComputedStyle> reverted_;
};

} // namespace

bool blockifies(Display display) {
    return display == Display::flex || display == Display::inline_flex || display == Display::grid;
}

Display blockified(Display display) {
    switch (display) {
    case Display::inline_:
    case Display::inline_block:
    case Display::table_row_group:
    case Display::table_header_group:
    case Display::table_footer_group:
    case Display::table_row:
    case Display::table_cell:
    case Display::table_column_group:
    case Display::table_column:
    case Display::table_caption:
        return Display::block;
    case Display::inline_flex:
        return Display::flex;
    case Display::inline_table:
        return Display::table;
    default:
        return display;
    }
}

void compute_into(ComputedStyle& style, std::vector<Applied> const& declarations, ComputedStyle const& parent,
                  ComputeOptions const& options, Diagnostics& diagnostics) {
    Computer(style, parent, options, diagnostics).run(declarations);
}

ComputedStyle compute(std::vector<Applied> const& declarations, ComputedStyle const& parent,
                      ComputeOptions const& options, Diagnostics& diagnostics) {
    ComputedStyle style = initial_style();
    static_cast<InheritedStyle&>(style) = parent;
    compute_into(style, declarations, parent, options, diagnostics);
    return style;
}

StylePtr anonymous_style(ComputedStyle const& parent, Display display) {
    auto style = std::make_shared<ComputedStyle>();
    static_cast<InheritedStyle&>(*style) = parent;
    style->display = display;
    return style;
}

} // namespace deckle::css
