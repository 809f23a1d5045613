// The only file that includes kainjow's header. A list is a vector of placeholders of its length, shared by all lists
// of that length: which list is meant follows from the depth, since between asking for a section and entering its items
// the engine asks for nothing else at that depth.
#include "template/engine.hpp"
#include "base/error.hpp"
#include <charconv>
#include <map>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wextra"
#include <kainjow/mustache.hpp>
#pragma GCC diagnostic pop

namespace deckle::templates {
namespace {

namespace mustache = kainjow::mustache;

class Context final : public mustache::basic_context<std::string> {
public:
    Context(Host& host, std::vector<TagKind> const& kinds) : host_(host), kinds_(kinds) {}

    mustache::data const* get(std::string const& name) const override {
        std::size_t tag = 0;
        std::from_chars(name.data(), name.data() + name.size(), tag);
        auto const kind = kinds_[tag];
        if (kind != TagKind::section && kind != TagKind::inverted) {
            text_ = mustache::data(host_.variable(tag));
            return &text_;
        }
        auto const section = host_.section(tag);
        if (kind == TagKind::inverted) return section.shown ? &true_ : nullptr; // printed without entering anything
        if (!section.shown) return nullptr;
        if (lists_at_depth_.size() <= depth_) lists_at_depth_.resize(depth_ + 1);
        lists_at_depth_[depth_] = section.list ? &placeholders(section.items) : nullptr;
        return section.list ? lists_at_depth_[depth_] : &true_;
    }
    mustache::data const* get_partial(std::string const&) const override { return nullptr; } // none is left
    void push(mustache::data const* item) override {
        auto const* list = lists_at_depth_.at(depth_);
        host_.enter(list == nullptr ? 0 : static_cast<std::size_t>(item - list->list_value().data()));
        ++depth_;
    }
    void pop() override {
        --depth_;
        host_.leave();
    }

private:
    mustache::data const& placeholders(std::size_t count) const {
        auto it = placeholders_.find(count);
        if (it == placeholders_.end())
            it = placeholders_.emplace(count, mustache::data(mustache::list(count, mustache::data(true)))).first;
        return it->second;
    }

    Host& host_;
    std::vector<TagKind> const& kinds_;
    std::size_t depth_ = 0;
    mutable mustache::data text_{""};
    mustache::data const true_{true};
    mutable std::vector<mustache::data const*> lists_at_depth_;
    mutable std::map<std::size_t, mustache::data> placeholders_;
};

struct Sink {
    std::string out;
    Sink& operator<<(std::string const& text) {
        out += text;
        return *this;
    }
};

} // namespace

struct Engine::Impl {
    mutable mustache::mustache parsed; // `render` is not const, but writes only when it fails, which it cannot here
    std::vector<TagKind> kinds;
};

Engine::Engine(Source const& source) : impl_(std::make_unique<Impl>(Impl{mustache::mustache(source.canonical()), {}})) {
    if (!impl_->parsed.is_valid()) throw Error(ErrorCode::failed, "template: " + impl_->parsed.error_message());
    for (auto const& tag : source.tags) impl_->kinds.push_back(tag.kind);
}

Engine::~Engine() = default;

std::string Engine::render(Host& host) const {
    Context context(host, impl_->kinds);
    Sink sink;
    impl_->parsed.render(context, sink);
    return std::move(sink.out);
}

} // namespace deckle::templates
