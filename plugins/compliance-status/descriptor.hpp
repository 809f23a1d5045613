/// What Deckle knows about this plugin before it runs it.
#pragma once

namespace compliance {

constexpr char const* descriptor = R"json({
  "id": "compliance-status",
  "version": "1.0.0",
  "title": "Compliance status",
  "kind": "report",
  "summary": "Which partner, insurance and compliance programs are late or due, what is at risk and what it costs: lights, deadlines with a calendar file, notices against proof, certificates by person, controls by framework, evidence and actions",
  "history": "none",
  "min_host": "1.0",
  "templates": ["report.html.mustache"],
  "outputs": ["due.ics"],
  "params": {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "loaded_rate": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,4})?$", "default": "65", "description": "Loaded cost of an hour, in the company currency, where neither the person's nor the owner's is known"},
      "owner": {"type": "string", "minLength": 1, "maxLength": 80, "default": "Owner", "description": "Who acts where no one is named"}
    }
  },
  "datasets": [
    {"name": "programs", "version": 1, "required": true, "columns": [
      {"name": "id", "required": true}, {"name": "name", "required": true}, {"name": "vendor", "required": true},
      {"name": "tier", "required": false}, {"name": "renewal_date", "required": false},
      {"name": "owner", "required": false}, {"name": "benefit", "required": false},
      {"name": "benefit_note", "required": false}]},
    {"name": "requirements", "version": 1, "required": true, "columns": [
      {"name": "id", "required": true}, {"name": "program_id", "required": true}, {"name": "name", "required": true},
      {"name": "kind", "required": false}, {"name": "scope", "required": false}, {"name": "role", "required": false},
      {"name": "count", "required": false}, {"name": "mandatory", "required": false},
      {"name": "due_date", "required": false}, {"name": "due_time", "required": false},
      {"name": "cycle", "required": false}, {"name": "valid_months", "required": false},
      {"name": "window_days", "required": false}, {"name": "points_needed", "required": false},
      {"name": "points_have", "required": false}, {"name": "part_of", "required": false},
      {"name": "fee", "required": false}, {"name": "hours", "required": false}, {"name": "owner", "required": false},
      {"name": "started_date", "required": false}, {"name": "status", "required": false},
      {"name": "replaced_by", "required": false}, {"name": "source", "required": false}]},
    {"name": "completions", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "requirement_id", "required": true},
      {"name": "person_id", "required": false}, {"name": "date", "required": true},
      {"name": "expires_date", "required": false}, {"name": "evidence", "required": false},
      {"name": "evidence_sha256", "required": false}, {"name": "evidence_hash", "required": false},
      {"name": "cost", "required": false}, {"name": "hours", "required": false}]},
    {"name": "certificates", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "person_id", "required": true}, {"name": "name", "required": true},
      {"name": "vendor", "required": false}, {"name": "requirement_id", "required": false},
      {"name": "earned_date", "required": true}, {"name": "expires_date", "required": false},
      {"name": "evidence", "required": false}, {"name": "evidence_sha256", "required": false},
      {"name": "cost", "required": false}, {"name": "hours", "required": false}]},
    {"name": "notices", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "date", "required": true}, {"name": "channel", "required": false},
      {"name": "sender", "required": false}, {"name": "program_id", "required": false},
      {"name": "requirement_id", "required": false}, {"name": "claim", "required": false},
      {"name": "deadline", "required": false}, {"name": "amount", "required": false},
      {"name": "verified_how", "required": false}, {"name": "verified_date", "required": false},
      {"name": "verified_by", "required": false}]},
    {"name": "people", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "name", "required": true}, {"name": "title", "required": false},
      {"name": "role", "required": false}, {"name": "start_date", "required": false},
      {"name": "end_date", "required": false}, {"name": "hourly_cost", "required": false}]},
    {"name": "controls", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "name", "required": true}, {"name": "owner", "required": false},
      {"name": "status", "required": false}, {"name": "requirement_id", "required": false},
      {"name": "tested_date", "required": false}, {"name": "next_test_date", "required": false},
      {"name": "evidence", "required": false}, {"name": "evidence_sha256", "required": false}]},
    {"name": "control_mappings", "version": 1, "required": false, "columns": [
      {"name": "control_id", "required": true}, {"name": "framework", "required": true},
      {"name": "reference", "required": true}]}
  ],
  "sections": [
    {"id": "today", "title": "Compliance at a glance", "needs": ["requirements"]},
    {"id": "alerts", "title": "What needs you", "needs": ["requirements"]},
    {"id": "programs", "title": "Programs at a glance", "needs": ["programs", "requirements"]},
    {"id": "late", "title": "Late and lapsed", "needs": ["requirements"]},
    {"id": "calendar", "title": "The next 90 days", "needs": ["requirements"]},
    {"id": "notices", "title": "Notices against requirements", "needs": ["notices"]},
    {"id": "people", "title": "People: training and certificates", "needs": ["people"]},
    {"id": "cost", "title": "What it costs and what it brings", "needs": ["programs", "requirements"]},
    {"id": "requirements", "title": "Every requirement", "needs": ["requirements"]},
    {"id": "controls", "title": "One control, several frameworks", "needs": ["controls", "control_mappings"]},
    {"id": "evidence", "title": "Evidence index", "needs": ["completions"]},
    {"id": "actions", "title": "Actions", "needs": ["requirements"]}
  ]
})json";

} // namespace compliance
