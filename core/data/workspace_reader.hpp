/// Reading a workspace with its problems collected, for load_workspace and `deckle data check`.
#pragma once
#include "data/config.hpp"
#include "data/workspace.hpp"

namespace deckle::data {

/// Throws Error{usage} only when there is no deckle.toml; everything else is in `problems`.
[[nodiscard]] Workspace read_workspace(std::filesystem::path const& root, Catalogue const& catalogue,
                                       ConnectorRegistry const& connectors, Problems& problems);

/// The sound ones of the tables [datasets.*] into `workspace.datasets`. REQUIRES: its connections are read.
void read_datasets(Section& section, std::string const& file, Workspace& workspace, Catalogue const& catalogue,
                   ConnectorRegistry const& connectors, Problems& problems);

/// One [schedules.NAME] of `document`. REQUIRES: packs, datasets and [delivery] are read.
[[nodiscard]] Schedule read_schedule(Section section, toml::table const& document, std::string const& file,
                                     Workspace const& workspace, Catalogue const& catalogue, Problems& problems);
[[nodiscard]] ServiceSettings read_service(Section section);
[[nodiscard]] ReminderSettings read_reminders(Section section, DeliverySettings const& delivery);

/// [delivery] with its channels.
[[nodiscard]] DeliverySettings read_delivery(Section section, std::string const& file,
                                             std::filesystem::path const& root, Problems& problems);

/// Lower-case letters, digits, and - . _: what tables of a kind are named by.
[[nodiscard]] bool is_id(std::string_view text);

/// One key a connector declares; nothing when it is absent.
void read_setting(Section& section, std::string const& file, Key const& key, Settings& settings, Problems& problems);

/// `decimal`, `dates` and `zone`, over `start`.
[[nodiscard]] Notation read_notation(Section& section, Notation start);

} // namespace deckle::data
