#include "data/connectors/connector.hpp"
#include "base/file.hpp"
#include "data/connectors/files.hpp"
#include "data/connectors/standard.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <cstdlib>

namespace deckle::data {

Setting const* SourceRequest::find(std::string_view key) const {
    auto const it = settings.find(key);
    return it == settings.end() ? nullptr : &it->second;
}

std::string SourceRequest::text(std::string_view key, std::string_view otherwise) const {
    auto const* setting = find(key);
    return setting == nullptr || setting->texts.empty() ? std::string(otherwise) : setting->texts.front();
}

void ConnectorRegistry::add(std::unique_ptr<Connector> connector) {
    std::string const name = connector->name();
    connectors_[name] = std::move(connector);
}

Connector const* ConnectorRegistry::find(std::string_view name) const {
    auto const it = connectors_.find(name);
    return it == connectors_.end() ? nullptr : it->second.get();
}

std::vector<std::string> ConnectorRegistry::names() const {
    std::vector<std::string> list;
    for (auto const& [name, connector] : connectors_) list.push_back(name);
    return list;
}

ConnectorRegistry const& ConnectorRegistry::standard() {
    static ConnectorRegistry const registry = [] {
        ConnectorRegistry r;
        r.add(make_csv_connector());
        r.add(make_json_connector());
        r.add(make_xml_connector());
        r.add(make_sqlite_connector());
        r.add(make_toml_connector());
        return r;
    }();
    return registry;
}

std::string read_secret(Setting const& setting, std::string_view key, std::filesystem::path const& root) {
    std::string secret;
    if (!setting.secret_env.empty()) {
        char const* const value = std::getenv(setting.secret_env.c_str());
        if (value == nullptr)
            throw Error(ErrorCode::usage,
                        std::string(key) + ": the environment variable " + setting.secret_env + " is not set",
                        setting.position);
        secret = value;
    } else {
        secret = trim(read_file(inside_workspace(root, setting.secret_file)));
    }
    if (secret.empty()) throw Error(ErrorCode::usage, std::string(key) + ": the secret is empty", setting.position);
    return secret;
}

std::string without_exponent(std::string_view number) {
    auto const e = number.find_first_of("eE");
    if (e == std::string_view::npos) return std::string(number);
    int const exponent = std::atoi(std::string(number.substr(e + 1)).c_str());
    if (exponent > 60 || exponent < -60) return std::string(number);
    bool const negative = number[0] == '-';
    std::string digits(number.substr(negative ? 1 : 0, e - (negative ? 1 : 0)));
    auto const point = std::min(digits.find('.'), digits.size());
    if (point < digits.size()) digits.erase(point, 1);
    auto place = static_cast<long>(point) + exponent;
    while (place <= 0) {
        digits.insert(0, 1, '0');
        ++place;
    }
    while (static_cast<long>(digits.size()) < place) digits += '0';
    if (static_cast<long>(digits.size()) > place) digits.insert(static_cast<std::size_t>(place), 1, '.');
    return (negative ? "-" : "") + digits;
}

std::vector<std::string> unique_names(std::vector<std::string> names) {
    auto const written = names;
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto const same = std::count(written.begin(), written.end(), written[i]);
        if (same > 1)
            names[i] += "#" + std::to_string(
                                  1 + std::count(written.begin(), written.begin() + static_cast<long>(i), written[i]));
    }
    return names;
}

} // namespace deckle::data
