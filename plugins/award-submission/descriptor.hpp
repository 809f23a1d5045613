/// What Deckle knows about this plugin before it runs it.
#pragma once

namespace award_submission {

constexpr char const* descriptor = R"json({
  "id": "award-submission",
  "version": "1.0.0",
  "title": "Award submission",
  "kind": "document",
  "summary": "One award entry: deadline, eligibility by rules over facts, the answers, three years of figures, evidence, checklist and the plan for after a win",
  "history": "none",
  "min_host": "1.0",
  "templates": ["report.html.mustache"],
  "outputs": [],
  "params": {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "award": {"type": "string", "maxLength": 80, "default": "", "description": "award_catalogue.award_id; empty = the open award whose deadline comes next"},
      "year": {"type": "integer", "minimum": 0, "maximum": 9999, "default": 0, "description": "Last of the three years in the financial schedule; 0 = the last calendar year that is over at the as-of date"}
    }
  },
  "datasets": [
    {"name": "award_catalogue", "version": 2, "required": true, "columns": [
      {"name": "award_id", "required": true}, {"name": "award", "required": true},
      {"name": "organizer", "required": false}, {"name": "category", "required": false},
      {"name": "status", "required": false}, {"name": "summary", "required": false},
      {"name": "opens", "required": false}, {"name": "deadline", "required": false},
      {"name": "deadline_time", "required": false}, {"name": "result_date", "required": false},
      {"name": "fee", "required": false}, {"name": "currency", "required": false},
      {"name": "hours", "required": false}, {"name": "verified_financials", "required": false},
      {"name": "naming", "required": false}, {"name": "release_from", "required": false},
      {"name": "url", "required": false}, {"name": "source", "required": false},
      {"name": "not_verified", "required": false}]},
    {"name": "award_questions", "version": 1, "required": true, "columns": [
      {"name": "award_id", "required": true}, {"name": "question_id", "required": true},
      {"name": "section", "required": false}, {"name": "question", "required": true},
      {"name": "kind", "required": false}, {"name": "limit", "required": false},
      {"name": "limit_unit", "required": false}, {"name": "required", "required": false},
      {"name": "weight", "required": false}, {"name": "guidance", "required": false},
      {"name": "choices", "required": false}, {"name": "suggestion", "required": false},
      {"name": "criteria", "required": false}, {"name": "proves", "required": false}]},
    {"name": "award_rules", "version": 1, "required": false, "columns": [
      {"name": "award_id", "required": true}, {"name": "rule_id", "required": true},
      {"name": "rule", "required": false}, {"name": "meaning", "required": true},
      {"name": "unit", "required": false}]},
    {"name": "award_criteria", "version": 1, "required": false, "columns": [
      {"name": "award_id", "required": true}, {"name": "criterion_id", "required": true},
      {"name": "criterion", "required": true}, {"name": "weight", "required": false},
      {"name": "guidance", "required": false}]},
    {"name": "award_entrants", "version": 1, "required": false, "columns": [
      {"name": "award_id", "required": true}, {"name": "entrant", "required": true},
      {"name": "metric", "required": true}, {"name": "value", "required": true}]},
    {"name": "past_answers", "version": 1, "required": false, "columns": [
      {"name": "award_id", "required": true}, {"name": "question_id", "required": true},
      {"name": "year", "required": true}, {"name": "answer", "required": true},
      {"name": "result", "required": false}]},
    {"name": "facts", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "period", "required": false},
      {"name": "label", "required": true}, {"name": "text", "required": false},
      {"name": "value", "required": false}, {"name": "day", "required": false},
      {"name": "unit", "required": false}, {"name": "source", "required": false},
      {"name": "as_of", "required": false},
      {"name": "printed", "required": false}]}
  ],
  "sections": [
    {"id": "cover", "title": "Deadline and eligibility", "needs": ["award_catalogue"]},
    {"id": "answers", "title": "Answers", "needs": ["award_questions"]},
    {"id": "criteria", "title": "What the judges weigh", "needs": ["award_criteria"]},
    {"id": "schedule", "title": "Three years in figures", "needs": ["facts"]},
    {"id": "evidence", "title": "Evidence", "needs": ["award_questions"]},
    {"id": "checklist", "title": "Checklist"},
    {"id": "ranking", "title": "Ranking simulator", "needs": ["award_entrants"]},
    {"id": "after", "title": "After a win"}
  ]
})json";

} // namespace award_submission
