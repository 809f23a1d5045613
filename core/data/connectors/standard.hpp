/// The connectors that are part of the program.
#pragma once
#include "data/connectors/connector.hpp"

namespace deckle::data {

[[nodiscard]] std::unique_ptr<Connector> make_csv_connector();
[[nodiscard]] std::unique_ptr<Connector> make_json_connector();
[[nodiscard]] std::unique_ptr<Connector> make_xml_connector();
[[nodiscard]] std::unique_ptr<Connector> make_sqlite_connector();
[[nodiscard]] std::unique_ptr<Connector> make_toml_connector();

/// 1.5e3 -> 1500; plain notation stays. Texts that would need more than 60 digits stay as they are and are refused
/// later.
[[nodiscard]] std::string without_exponent(std::string_view number);

/// Names that occur more than once become "Amount#1", "Amount#2".
[[nodiscard]] std::vector<std::string> unique_names(std::vector<std::string> names);

} // namespace deckle::data
