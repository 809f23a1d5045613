#include "data/store_settings.hpp"
#include "data/workspace_reader.hpp"
#include <regex>

namespace deckle::data {

StoreSettings read_store_settings(Section section, std::string const& file, Problems& problems) {
    static std::regex const password("(^|\\s)password\\s*=");
    StoreSettings settings;
    settings.postgresql = section.required("postgresql");
    if (settings.postgresql.find("://") != std::string::npos)
        section.problem("postgresql",
                        "[store] postgresql is written in words: \"host=db.example dbname=deckle user=deckle\"");
    else if (std::regex_search(settings.postgresql, password))
        section.problem("postgresql",
                        "[store] postgresql must not hold the password: write password = { env = \"NAME\" } "
                        "or { file = \"path\" } below it");
    if (auto const company = section.text("company")) settings.company = *company;
    Settings secrets;
    read_setting(section, file, {.name = "password", .kind = Key::Kind::secret}, secrets, problems);
    if (auto const it = secrets.find("password"); it != secrets.end()) settings.password = it->second;
    section.finish();
    return settings;
}

} // namespace deckle::data
