/// What Deckle knows about this plugin before it runs it.
#pragma once

namespace press_release {

constexpr char const* descriptor = R"json({
  "id": "press-release",
  "version": "1.0.0",
  "title": "Press release",
  "kind": "document",
  "summary": "One press release as a newsroom sends it, checked against the rules of the trade; with the note to staff, posts for the networks, the distribution list, and files for e-mail and the website",
  "history": "none",
  "min_host": "1.0",
  "templates": ["report.html.mustache"],
  "outputs": ["release.txt", "newsroom.jsonld"],
  "params": {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "release": {"type": "string", "maxLength": 80, "default": "", "description": "releases.slug; empty = the one dated next. A draft that starts from an award that was won takes the release of that award, or begins a new one"}
    }
  },
  "datasets": [
    {"name": "releases", "version": 1, "required": true, "columns": [
      {"name": "slug", "required": true}, {"name": "news", "required": false},
      {"name": "headline", "required": false}, {"name": "subhead", "required": false},
      {"name": "city", "required": false}, {"name": "state", "required": false},
      {"name": "release_date", "required": false}, {"name": "embargo_date", "required": false},
      {"name": "embargo_time", "required": false}, {"name": "lead", "required": false},
      {"name": "body", "required": false}, {"name": "call_to_action", "required": false},
      {"name": "link", "required": false}, {"name": "award_id", "required": false},
      {"name": "trademarks", "required": false}, {"name": "hashtags", "required": false},
      {"name": "handles", "required": false}, {"name": "image", "required": false},
      {"name": "image_alt", "required": false}, {"name": "team", "required": false}]},
    {"name": "quotes", "version": 1, "required": false, "columns": [
      {"name": "slug", "required": true}, {"name": "quote_id", "required": true},
      {"name": "speaker", "required": true}, {"name": "title", "required": false},
      {"name": "text", "required": true}, {"name": "approved_by", "required": false},
      {"name": "approved_date", "required": false}]},
    {"name": "media_contacts", "version": 1, "required": false, "columns": [
      {"name": "name", "required": true}, {"name": "title", "required": false},
      {"name": "company", "required": false}, {"name": "phone", "required": false},
      {"name": "email", "required": false}, {"name": "slug", "required": false}]},
    {"name": "boilerplates", "version": 1, "required": false, "columns": [
      {"name": "company", "required": true}, {"name": "text", "required": true},
      {"name": "slug", "required": false}, {"name": "website", "required": false},
      {"name": "listed", "required": false}]},
    {"name": "outlets", "version": 1, "required": false, "columns": [
      {"name": "slug", "required": false}, {"name": "outlet", "required": true},
      {"name": "channel", "required": false}, {"name": "owner", "required": false},
      {"name": "due_date", "required": false}, {"name": "due_days", "required": false},
      {"name": "done_date", "required": false}, {"name": "url", "required": false}]},
    {"name": "award_catalogue", "version": 2, "required": false, "columns": [
      {"name": "award_id", "required": true}, {"name": "award", "required": true},
      {"name": "organizer", "required": false}, {"name": "naming", "required": false},
      {"name": "result_date", "required": false}, {"name": "release_from", "required": false}]},
    {"name": "facts", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "period", "required": false},
      {"name": "label", "required": true}, {"name": "text", "required": false},
      {"name": "public", "required": false}]}
  ],
  "sections": [
    {"id": "release", "title": "The release", "needs": ["releases"]},
    {"id": "quotes", "title": "Quotes and their approval", "needs": ["quotes"]},
    {"id": "staff", "title": "Note to staff"},
    {"id": "social", "title": "Posts for the networks"},
    {"id": "distribution", "title": "Distribution", "needs": ["outlets"]}
  ]
})json";

} // namespace press_release
