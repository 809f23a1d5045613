#include "layout/resources.hpp"
#include "base/file.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::layout {
namespace {

/// Percent-decoded, without query and fragment.
std::string decoded(std::string const& url) {
    std::string out;
    for (std::size_t i = 0; i < url.size() && url[i] != '?' && url[i] != '#'; ++i) {
        auto digit = [&](std::size_t at) {
            char const c = at < url.size() ? url[at] : 'x';
            return c >= '0' && c <= '9'   ? c - '0'
                   : c >= 'a' && c <= 'f' ? c - 'a' + 10
                   : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                          : -1;
        };
        if (url[i] == '%' && digit(i + 1) >= 0 && digit(i + 2) >= 0) {
            out += static_cast<char>(digit(i + 1) * 16 + digit(i + 2));
            i += 2;
        } else {
            out += url[i];
        }
    }
    return out;
}

bool has_scheme(std::string const& url) {
    std::size_t const colon = url.find(':');
    return colon != std::string::npos && colon > 1 && colon < url.find('/');
}

} // namespace

std::optional<css::Loaded> Resources::load(std::string const& url, std::string const& from, Position const& position) {
    if (url.starts_with("data:")) {
        if (auto data = parse_data_uri(url)) return css::Loaded{"data:", std::move(data->bytes)};
        diagnostics_.warning("missing-file", "a data: address is damaged", position);
        return std::nullopt;
    }
    std::string address = url.starts_with("file://") ? url.substr(7) : url;
    if (has_scheme(address) || address.starts_with("//")) {
        diagnostics_.warning("refused-address",
                             fmt::format("{} is not read: only files of the document's own folders are", url),
                             position);
        return std::nullopt;
    }
    std::filesystem::path path = decoded(address);
    if (path.is_relative()) {
        std::filesystem::path const folder = std::filesystem::path(from).parent_path();
        path = (folder.is_absolute() ? folder : options_.base / folder) / path;
        std::error_code ignored;
        if (!folder.empty() && folder.is_relative() && !std::filesystem::exists(path, ignored)) {
            path = options_.base / decoded(address);
        }
    }
    bool allowed = !options_.base.empty() && is_inside(path, options_.base);
    for (std::filesystem::path const& root : options_.roots) allowed = allowed || is_inside(path, root);
    std::error_code error;
    if (!allowed) {
        diagnostics_.warning("refused-address", fmt::format("{} lies outside the folders that may be read", url),
                             position);
        return std::nullopt;
    }
    if (!std::filesystem::is_regular_file(path, error)) {
        diagnostics_.warning("missing-file", fmt::format("{} does not exist (looked for {})", url, path.string()),
                             position);
        return std::nullopt;
    }
    return css::Loaded{path.string(), read_file(path)};
}

css::Loader Resources::loader() {
    return [this](std::string const& url, std::string const& from) { return load(url, from, Position{from, 0, 0}); };
}

} // namespace deckle::layout
