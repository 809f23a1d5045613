#include "css/property.hpp"
#include "base/nearest.hpp"
#include <unordered_map>
#include <vector>

namespace deckle::css {
namespace {

struct Table {
    std::vector<Property> list;
    std::unordered_map<std::string_view, PropertyId> ids;

    Table() {
        for (auto part :
             {box_properties(), border_properties(), background_properties(), font_properties(), text_properties(),
              flex_properties(), page_properties(), generated_properties(), svg_properties()})
            list.insert(list.end(), part.begin(), part.end());
        for (std::size_t i = 0; i < list.size(); ++i) ids.emplace(list[i].name, static_cast<PropertyId>(i));
    }
};

Table const& table() {
    static Table const instance;
    return instance;
}

} // namespace

ComputedStyle const& initial_style() {
    static ComputedStyle const instance = [] {
        ComputedStyle s;
        for (auto* border : {&s.border.top, &s.border.right, &s.border.bottom, &s.border.left, &s.outline})
            border->width = 2.25; // medium; 0 in the end unless there is a style
        return s;
    }();
    return instance;
}

std::string_view similar_property(std::string_view name) {
    static auto const names = [] {
        std::vector<std::string> list;
        for (auto const& p : table().list) list.emplace_back(p.name);
        return list;
    }();
    auto const found = nearest(name, names);
    return found ? table().list[*find_property(*found)].name : std::string_view{};
}

std::optional<PropertyId> find_property(std::string_view name) {
    auto const found = table().ids.find(name);
    if (found == table().ids.end()) return std::nullopt;
    return found->second;
}

Property const& property(PropertyId id) {
    return table().list[id];
}

bool sets_font_size(PropertyId id) {
    static auto const size = *find_property("font-size"), all = *find_property("font");
    return id == size || id == all;
}

bool sets_color(PropertyId id) {
    static auto const color = *find_property("color");
    return id == color;
}

bool sets_direction(PropertyId id) {
    static auto const direction = *find_property("direction");
    return id == direction;
}

bool set_property(PropertyId id, Tokens value, Context& x) {
    auto const& p = property(id);
    Cursor c(value);
    if (c.done()) return false;
    if (c.peek().type == Token::Type::ident) {
        bool const inherit = c.peek().is("inherit"), initial = c.peek().is("initial"), revert = c.peek().is("revert");
        if (inherit || initial || revert || c.peek().is("unset")) {
            c.take();
            if (!c.done()) return false;
            if (revert && x.user_agent) {
                p.copy(x.style, *x.user_agent);
                return true;
            }
            p.copy(x.style, inherit || (!initial && p.inherited) ? x.parent : initial_style());
            return true;
        }
    }
    return p.read(c, x) && c.done();
}

} // namespace deckle::css
