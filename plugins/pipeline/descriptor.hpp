/// What Deckle knows about this plugin before it runs it.
#pragma once

namespace pipeline {

constexpr char const* descriptor = R"json({
  "id": "pipeline",
  "version": "1.0.0",
  "title": "Sales pipeline",
  "kind": "report",
  "summary": "Will the quarter be made, and what decides it: forecast against quota, what changed, stages, stalled deals, win rate, people, sources, recurring revenue, reasons and record errors",
  "history": "previous",
  "min_host": "1.0",
  "templates": ["report.html.mustache"],
  "outputs": [],
  "params": {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "value": {"enum": ["first_year", "tcv", "acv", "one_time"], "default": "first_year", "description": "What a deal is worth, and what the quota counts: one-time plus 12 months of the recurring part, the whole contract, 12 months of the recurring part alone, or the one-time part alone"},
      "no_decision": {"enum": ["lost", "left_out"], "default": "lost", "description": "Deals closed without a decision count as lost in the win rate, or not at all"},
      "window_months": {"type": "integer", "minimum": 1, "maximum": 60, "default": 12, "description": "Months of closed deals that win rate, deal size, sales cycle and sources are taken from"},
      "commit_probability": {"type": "string", "pattern": "^(0(\\.[0-9]{1,6})?|1(\\.0+)?)$", "default": "0.9", "description": "Where the source does not say what is committed: open deals from this probability on"},
      "best_case_probability": {"type": "string", "pattern": "^(0(\\.[0-9]{1,6})?|1(\\.0+)?)$", "default": "0.5", "description": "The best case counts committed deals and those from this probability on"},
      "stalled_factor": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,4})?$", "default": "1.5", "description": "A deal is stalled when it stays in a stage longer than this many times what won deals took there"},
      "stalled_days": {"type": "integer", "minimum": 1, "maximum": 3650, "default": 30, "description": "A deal is stalled when nothing was done for this many days"},
      "rows": {"type": "integer", "minimum": 3, "maximum": 500, "default": 12, "description": "Longest list of single deals; what is left out is counted"},
      "salesperson": {"type": "string", "maxLength": 80, "default": "", "description": "Only the deals and the quota of this person, as the source writes the name; empty: everybody"},
      "owner": {"type": "string", "minLength": 1, "maxLength": 80, "default": "Sales manager", "description": "Who acts where no one is named"}
    }
  },
  "datasets": [
    {"name": "opportunities", "version": 1, "required": true, "columns": [
      {"name": "id", "required": true}, {"name": "name", "required": true}, {"name": "account", "required": false},
      {"name": "contact", "required": false}, {"name": "owner", "required": false},
      {"name": "source", "required": false}, {"name": "campaign_id", "required": false},
      {"name": "type", "required": false}, {"name": "stage", "required": true}, {"name": "status", "required": true},
      {"name": "probability", "required": false}, {"name": "commit", "required": false},
      {"name": "amount", "required": false}, {"name": "monthly_amount", "required": false},
      {"name": "term_months", "required": false}, {"name": "created_date", "required": false},
      {"name": "stage_date", "required": false}, {"name": "last_activity_date", "required": false},
      {"name": "expected_close_date", "required": false}, {"name": "original_close_date", "required": false},
      {"name": "closed_date", "required": false}, {"name": "loss_reason", "required": false},
      {"name": "lost_to", "required": false}, {"name": "next_step", "required": false},
      {"name": "next_step_date", "required": false}]},
    {"name": "stages", "version": 1, "required": false, "columns": [
      {"name": "name", "required": true}, {"name": "position", "required": true},
      {"name": "probability", "required": false}]},
    {"name": "stage_history", "version": 1, "required": false, "columns": [
      {"name": "opportunity_id", "required": true}, {"name": "date", "required": true},
      {"name": "stage", "required": true}, {"name": "amount", "required": false},
      {"name": "expected_close_date", "required": false}]},
    {"name": "quotas", "version": 1, "required": false, "columns": [
      {"name": "owner", "required": false}, {"name": "start_date", "required": true},
      {"name": "end_date", "required": true}, {"name": "amount", "required": true}]},
    {"name": "sources", "version": 1, "required": false, "columns": [
      {"name": "name", "required": true}, {"name": "channel", "required": false}]},
    {"name": "campaigns", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "name", "required": true}, {"name": "source", "required": false},
      {"name": "start_date", "required": false}, {"name": "end_date", "required": false},
      {"name": "cost", "required": false}, {"name": "funded", "required": false}]},
    {"name": "opportunities@previous", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "name", "required": true}, {"name": "account", "required": false},
      {"name": "owner", "required": false}, {"name": "stage", "required": true}, {"name": "status", "required": true},
      {"name": "amount", "required": false}, {"name": "monthly_amount", "required": false},
      {"name": "term_months", "required": false}, {"name": "created_date", "required": false},
      {"name": "stage_date", "required": false},
      {"name": "expected_close_date", "required": false}, {"name": "original_close_date", "required": false},
      {"name": "closed_date", "required": false}]},
    {"name": "stage_history@previous", "version": 1, "required": false, "columns": [
      {"name": "opportunity_id", "required": true}, {"name": "date", "required": true},
      {"name": "stage", "required": true}, {"name": "amount", "required": false},
      {"name": "expected_close_date", "required": false}]}
  ],
  "sections": [
    {"id": "today", "title": "The quarter at a glance", "needs": ["opportunities", "quotas"]},
    {"id": "alerts", "title": "What needs you", "needs": ["opportunities"]},
    {"id": "forecast", "title": "How the quarter fills up", "needs": ["opportunities", "quotas"]},
    {"id": "changes", "title": "What changed since the last report", "needs": ["opportunities"]},
    {"id": "slippage", "title": "Slipped and pulled in", "needs": ["stage_history"]},
    {"id": "stages", "title": "Stages and conversion", "needs": ["stages", "stage_history"]},
    {"id": "stalled", "title": "Stalled deals", "needs": ["opportunities"]},
    {"id": "performance", "title": "Win rate, deal size and velocity", "needs": ["opportunities"]},
    {"id": "people", "title": "By person", "needs": ["opportunities"]},
    {"id": "lead-sources", "title": "By lead source", "needs": ["campaigns"]},
    {"id": "recurring", "title": "Recurring and one-time", "needs": ["opportunities"]},
    {"id": "reasons", "title": "Why deals are lost", "needs": ["opportunities"]},
    {"id": "records", "title": "Records to put right", "needs": ["opportunities"]},
    {"id": "actions", "title": "Actions", "needs": ["opportunities"]}
  ]
})json";

} // namespace pipeline
