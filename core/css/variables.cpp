#include "css/variables.hpp"
#include "css/value.hpp"
#include <set>

namespace deckle::css {
namespace {

constexpr std::size_t max_size = 64 * 1024;
constexpr int max_depth = 32;

class Substitution {
public:
    Substitution(std::string_view text, Lookup const& lookup, std::string& missing)
        : text_(text), lookup_(lookup), missing_(missing) {}

    bool run(Tokens tokens, std::string& out, int depth) {
        if (depth > max_depth) return false;
        for (std::size_t i = 0; i < tokens.size() && tokens[i].type != Token::Type::end;) {
            auto const& t = tokens[i];
            bool const env = t.is_function("env"); // paper has no safe areas or the like: always the fallback
            if (!env && !t.is_function("var")) {
                out += text_.substr(t.begin, t.end - t.begin);
                if (out.size() > max_size) return false;
                ++i;
                continue;
            }
            Cursor c(tokens.subspan(i));
            auto const before = c.rest().size();
            Cursor in(c.take_block());
            // take_block also skips white space behind the bracket, which separates what follows
            i += before - c.rest().size();
            auto const& name = in.peek();
            if (name.type != Token::Type::ident || (!env && !name.text.starts_with("--"))) return false;
            std::string const wanted(in.take().text);
            while (env && in.peek().type == Token::Type::number) in.take();
            bool const has_fallback = in.take_comma();
            if (auto const* value = env ? nullptr : lookup_(wanted)) {
                ((out += "/**/") += *value) += "/**/ ";
            } else if (has_fallback) {
                if (!run(in.rest(), out, depth + 1)) return false;
                out += ' ';
            } else {
                missing_ = wanted;
                return false;
            }
            if (out.size() > max_size) return false;
        }
        return true;
    }

private:
    std::string_view text_;
    Lookup const& lookup_;
    std::string& missing_;
};

} // namespace

std::optional<std::string> substitute(std::string_view text, Lookup const& lookup, std::string& missing) {
    TextStore store;
    auto const tokens = tokenize(text, store);
    std::string out;
    if (!Substitution(text, lookup, missing).run(tokens, out, 0)) return std::nullopt;
    return out;
}

CustomProperties resolve_variables(CustomProperties const* inherited, CustomProperties const& declared) {
    CustomProperties out = inherited ? *inherited : CustomProperties{};
    for (auto const& entry : declared) out.erase(entry.first);
    std::set<std::string_view> open, done;
    Lookup const lookup = [&](std::string_view name) -> std::string const* {
        auto const own = declared.find(name);
        if (own != declared.end() && !done.contains(own->first) && !open.contains(own->first)) {
            open.insert(own->first);
            std::string missing;
            auto value = own->second.find('(') == std::string::npos ? std::optional(own->second)
                                                                    : substitute(own->second, lookup, missing);
            open.erase(own->first);
            done.insert(own->first);
            if (value) out[own->first] = std::move(*value);
        }
        auto const found = out.find(name);
        return found == out.end() ? nullptr : &found->second;
    };
    for (auto const& entry : declared) (void)lookup(entry.first);
    return out;
}

} // namespace deckle::css
