#include "layout/resources.hpp"
#include "base/file.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::layout {
namespace {

constexpr int most_sheets = 500; // sheets that import others, and those others again, may be endless

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

/// `url` as seen from the folder of `base`; only what begins with neither a scheme nor a slash changes.
std::string joined(std::string const& base, std::string const& url) {
    std::size_t const host = base.find("//"), slash = base.rfind('/');
    if (host != std::string::npos && slash == host + 1) return base + '/' + url; // "https://deckle.example"
    return base.substr(0, slash + 1) + url;                                      // npos + 1 is 0
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
    if (!base_href_.empty() && from == document_ && !has_scheme(address) && !address.starts_with('/'))
        address = joined(base_href_, address);
    if (has_scheme(address) || address.starts_with("//")) {
        diagnostics_.warning("refused-address",
                             fmt::format("{} is not read: only files of the document's own folders are", url),
                             position);
        return std::nullopt;
    }
    std::filesystem::path path = decoded(address);
    if (path.native().find('\0') != std::string::npos) { // the system would read another name than the one checked
        diagnostics_.warning("refused-address", "a file name with a NUL character is not read", position);
        return std::nullopt;
    }
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
    if (std::filesystem::file_size(path, error) > options_.limits.bytes) {
        diagnostics_.warning(
            "file-too-large",
            fmt::format("{} has more than {} bytes (max-bytes) and is left out", url, options_.limits.bytes), position);
        return std::nullopt;
    }
    return css::Loaded{path.string(), read_file(path)};
}

std::string Resources::link(std::string_view href) const {
    std::string const url(href);
    if (!has_scheme(base_href_) || has_scheme(url) || url.starts_with('/') || url.starts_with('#')) return url;
    return joined(base_href_, url);
}

css::Loader Resources::loader() {
    return [this](std::string const& url, std::string const& from) -> std::optional<css::Loaded> {
        if (++sheets_ <= most_sheets) return load(url, from, Position{from, 0, 0});
        diagnostics_.warning("css-import",
                             fmt::format("more than {} style sheets; the rest are left out", most_sheets));
        return std::nullopt;
    };
}

} // namespace deckle::layout
