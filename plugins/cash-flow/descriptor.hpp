/// What Deckle knows about this plugin before it runs it.
#pragma once

namespace cash_flow {

constexpr char const* descriptor = R"json({
  "id": "cash-flow",
  "version": "1.0.0",
  "title": "Cash flow",
  "kind": "report",
  "summary": "Lowest cash of the next 13 weeks and what decides it: forecast, cash-flow statement, receivables, payables, unbilled work, working capital, recurring revenue and actions",
  "history": "previous",
  "min_host": "1.0",
  "templates": ["report.html.mustache"],
  "outputs": [],
  "params": {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "minimum_cash": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,4})?$", "default": "0", "description": "Cash the firm wants to keep at all times, in the company currency; the report warns below it"},
      "cash_today": {"type": ["string", "null"], "pattern": "^-?[0-9]+(\\.[0-9]{1,4})?$", "default": null, "description": "Cash at the close of the as-of date, for a bank export without balances"},
      "scenario": {"enum": ["base", "collections_slip", "payables_stretched", "one_more_hire", "top_customer_late"], "default": "base", "description": "The case the title, chart and weekly table show; all are compared under How the forecast is made"},
      "hire_cost": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,4})?$", "default": "8500", "description": "Cost of one more hire, a month"},
      "usual_flows": {"enum": ["auto", "always", "never"], "default": "auto", "description": "Fill each week up to what the bank usually shows: auto = only on the side whose sources (agreements; bills and payroll) are not bound"},
      "ageing_by": {"enum": ["due", "invoice"], "default": "due", "description": "Age receivables and payables by days past the due date, or since the document date"},
      "credits": {"enum": ["separate", "aged"], "default": "separate", "description": "Unapplied credits in a column of their own, or in the bucket of their date"},
      "dso_basis": {"enum": ["ending", "average"], "default": "ending", "description": "Balance in DSO and DPO: at the end, or the mean of start and end of the window"},
      "dso_days": {"type": "integer", "minimum": 28, "maximum": 366, "default": 90, "description": "Window of DSO and DPO in days"},
      "advance_rate": {"type": "string", "pattern": "^(0(\\.[0-9]{1,6})?|1(\\.0+)?)$", "default": "0.8", "description": "Share of eligible receivables the lender advances, where the credit line does not say"},
      "cross_age": {"type": "string", "pattern": "^(0(\\.[0-9]{1,6})?|1(\\.0+)?)$", "default": "0.1", "description": "Above this share over 90 days, the lender takes none of a customer's invoices"},
      "lender_concentration": {"type": "string", "pattern": "^(0(\\.[0-9]{1,6})?|1(\\.0+)?)$", "default": "0.2", "description": "Above this share in one customer, the lender does not count the rest"},
      "overdue_days": {"type": "integer", "minimum": 0, "maximum": 3650, "default": 60, "description": "Alert when a customer is later than this many days"},
      "concentration": {"type": "string", "pattern": "^(0(\\.[0-9]{1,6})?|1(\\.0+)?)$", "default": "0.25", "description": "Alert when one customer owes more than this share of receivables"},
      "unbilled_days": {"type": "integer", "minimum": 0, "maximum": 3650, "default": 30, "description": "Alert when billable work is older than this many days"},
      "dso_rise": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,4})?$", "default": "5", "description": "Alert when DSO is this many days above the mean of the three months before"},
      "accuracy": {"type": "string", "pattern": "^(0(\\.[0-9]{1,6})?|1(\\.0+)?)$", "default": "0.8", "description": "Alert when the last forecast was less right than this"},
      "discount_hurdle": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,6})?$", "default": "0.15", "description": "Take early-payment discounts that earn at least this yearly rate"},
      "renewal_days": {"type": "integer", "minimum": 1, "maximum": 730, "default": 90, "description": "List agreements that end within this many days"},
      "stale_days": {"type": "integer", "minimum": 0, "maximum": 3650, "default": 7, "description": "Alert when the newest row of a source is older than this many days"},
      "owner": {"type": "string", "minLength": 1, "maxLength": 80, "default": "Owner", "description": "Who acts where no one is named"}
    }
  },
  "datasets": [
    {"name": "invoices", "version": 1, "required": true, "columns": [
      {"name": "id", "required": true}, {"name": "number", "required": false},
      {"name": "customer_id", "required": false}, {"name": "customer", "required": true},
      {"name": "date", "required": true}, {"name": "due_date", "required": false},
      {"name": "terms", "required": false}, {"name": "currency", "required": false},
      {"name": "rate", "required": false}, {"name": "subtotal", "required": false},
      {"name": "tax", "required": false}, {"name": "total", "required": true},
      {"name": "balance", "required": false}, {"name": "paid_date", "required": false},
      {"name": "status", "required": false}, {"name": "kind", "required": false},
      {"name": "agreement_id", "required": false}]},
    {"name": "bank_transactions", "version": 1, "required": true, "columns": [
      {"name": "account", "required": false}, {"name": "date", "required": true},
      {"name": "amount", "required": true}, {"name": "currency", "required": false},
      {"name": "text", "required": false}, {"name": "category", "required": false},
      {"name": "counter_account", "required": false}, {"name": "balance", "required": false}]},
    {"name": "bank_accounts", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "name", "required": true}, {"name": "currency", "required": false},
      {"name": "balance", "required": false}, {"name": "balance_date", "required": false},
      {"name": "restricted", "required": false}]},
    {"name": "payments", "version": 1, "required": false, "columns": [
      {"name": "invoice_id", "required": false}, {"name": "customer_id", "required": false},
      {"name": "customer", "required": false}, {"name": "date", "required": true},
      {"name": "amount", "required": true}, {"name": "currency", "required": false},
      {"name": "rate", "required": false}, {"name": "kind", "required": false},
      {"name": "credit_memo_id", "required": false}]},
    {"name": "credit_memos", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "number", "required": false},
      {"name": "customer_id", "required": false}, {"name": "customer", "required": true},
      {"name": "date", "required": true}, {"name": "currency", "required": false},
      {"name": "rate", "required": false}, {"name": "total", "required": true},
      {"name": "balance", "required": false}, {"name": "status", "required": false}]},
    {"name": "invoice_lines", "version": 1, "required": false, "columns": [
      {"name": "invoice_id", "required": true}, {"name": "amount", "required": true},
      {"name": "recurring", "required": false}]},
    {"name": "customers", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "name", "required": true}, {"name": "owner", "required": false}]},
    {"name": "contacts", "version": 1, "required": false, "columns": [
      {"name": "name", "required": true}, {"name": "company_id", "required": false},
      {"name": "company", "required": false}, {"name": "role", "required": false},
      {"name": "phone", "required": false}, {"name": "email", "required": false},
      {"name": "primary", "required": false}]},
    {"name": "collections", "version": 1, "required": false, "columns": [
      {"name": "date", "required": true}, {"name": "customer_id", "required": false},
      {"name": "customer", "required": true}, {"name": "invoice_id", "required": false},
      {"name": "kind", "required": true}, {"name": "owner", "required": false},
      {"name": "contact", "required": false}, {"name": "promised_date", "required": false},
      {"name": "promised_amount", "required": false}, {"name": "disputed_amount", "required": false},
      {"name": "status", "required": false}]},
    {"name": "bills", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "number", "required": false},
      {"name": "vendor_id", "required": false}, {"name": "vendor", "required": true},
      {"name": "date", "required": true}, {"name": "due_date", "required": false},
      {"name": "terms", "required": false}, {"name": "discount_rate", "required": false},
      {"name": "discount_date", "required": false}, {"name": "currency", "required": false},
      {"name": "rate", "required": false}, {"name": "total", "required": true},
      {"name": "balance", "required": false}, {"name": "paid_date", "required": false},
      {"name": "status", "required": false}, {"name": "hold", "required": false}]},
    {"name": "bill_payments", "version": 1, "required": false, "columns": [
      {"name": "bill_id", "required": false}, {"name": "vendor_id", "required": false},
      {"name": "vendor", "required": false}, {"name": "date", "required": true},
      {"name": "amount", "required": true}, {"name": "currency", "required": false},
      {"name": "rate", "required": false}, {"name": "kind", "required": false}]},
    {"name": "vendors", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "name", "required": true},
      {"name": "distributor", "required": false}, {"name": "on_hold", "required": false}]},
    {"name": "credit_lines", "version": 1, "required": false, "columns": [
      {"name": "name", "required": true}, {"name": "kind", "required": false}, {"name": "limit", "required": true},
      {"name": "drawn", "required": true}, {"name": "borrowing_base", "required": false},
      {"name": "advance_rate", "required": false}, {"name": "due_date", "required": false},
      {"name": "due_amount", "required": false}, {"name": "expires", "required": false}]},
    {"name": "credit_cards", "version": 1, "required": false, "columns": [
      {"name": "name", "required": true}, {"name": "limit", "required": false},
      {"name": "balance", "required": true}, {"name": "due_date", "required": false},
      {"name": "due_amount", "required": false}, {"name": "payroll_used", "required": false}]},
    {"name": "loans", "version": 1, "required": false, "columns": [
      {"name": "name", "required": true}, {"name": "payment", "required": false},
      {"name": "cycle", "required": false}, {"name": "next_payment_date", "required": false},
      {"name": "end_date", "required": false}]},
    {"name": "payroll", "version": 1, "required": false, "columns": [
      {"name": "date", "required": true}, {"name": "kind", "required": false}, {"name": "amount", "required": true},
      {"name": "cycle", "required": false}, {"name": "end_date", "required": false}]},
    {"name": "standing_payments", "version": 1, "required": false, "columns": [
      {"name": "name", "required": true}, {"name": "category", "required": false},
      {"name": "amount", "required": true}, {"name": "currency", "required": false},
      {"name": "next_date", "required": true}, {"name": "cycle", "required": false},
      {"name": "start_date", "required": false}, {"name": "end_date", "required": false},
      {"name": "method", "required": false}]},
    {"name": "tax_dates", "version": 1, "required": false, "columns": [
      {"name": "name", "required": true}, {"name": "due_date", "required": true},
      {"name": "amount", "required": true}, {"name": "paid_date", "required": false}]},
    {"name": "agreements", "version": 1, "required": false, "columns": [
      {"name": "id", "required": true}, {"name": "name", "required": true},
      {"name": "customer_id", "required": false}, {"name": "customer", "required": true},
      {"name": "start_date", "required": true}, {"name": "end_date", "required": false},
      {"name": "cancelled_date", "required": false}, {"name": "status", "required": false},
      {"name": "amount", "required": true}, {"name": "cycle", "required": false},
      {"name": "currency", "required": false}, {"name": "next_invoice_date", "required": false},
      {"name": "terms", "required": false}, {"name": "auto_renews", "required": false},
      {"name": "notice_days", "required": false}]},
    {"name": "agreement_additions", "version": 1, "required": false, "columns": [
      {"name": "agreement_id", "required": true}, {"name": "quantity", "required": true},
      {"name": "included", "required": false}, {"name": "unit_price", "required": true},
      {"name": "cycle", "required": false}, {"name": "billable", "required": false},
      {"name": "usage", "required": false}, {"name": "effective_date", "required": false},
      {"name": "cancelled_date", "required": false}]},
    {"name": "project_milestones", "version": 1, "required": false, "columns": [
      {"name": "project", "required": true}, {"name": "customer_id", "required": false},
      {"name": "customer", "required": true}, {"name": "invoice_date", "required": true},
      {"name": "amount", "required": true}, {"name": "terms", "required": false},
      {"name": "invoice_id", "required": false}]},
    {"name": "time_entries", "version": 1, "required": false, "columns": [
      {"name": "date", "required": true}, {"name": "customer_id", "required": false},
      {"name": "customer", "required": false}, {"name": "hours", "required": true},
      {"name": "billable", "required": false}, {"name": "rate", "required": false},
      {"name": "amount", "required": false}, {"name": "status", "required": false},
      {"name": "invoice_id", "required": false}, {"name": "invoice_date", "required": false}]},
    {"name": "unbilled_items", "version": 1, "required": false, "columns": [
      {"name": "date", "required": true}, {"name": "kind", "required": false},
      {"name": "customer_id", "required": false}, {"name": "customer", "required": true},
      {"name": "amount", "required": true}, {"name": "invoice_id", "required": false},
      {"name": "invoice_date", "required": false}]},
    {"name": "accounts", "version": 1, "required": false, "columns": [
      {"name": "number", "required": true}, {"name": "name", "required": true}, {"name": "line", "required": false}]},
    {"name": "balances", "version": 1, "required": false, "columns": [
      {"name": "account", "required": true}, {"name": "date", "required": true}, {"name": "amount", "required": true}]},
    {"name": "inventory", "version": 1, "required": false, "columns": [
      {"name": "date", "required": true}, {"name": "value", "required": true}]},
    {"name": "opportunities", "version": 1, "required": false, "columns": [
      {"name": "status", "required": true}, {"name": "probability", "required": false},
      {"name": "amount", "required": false}, {"name": "expected_close_date", "required": false}]},
    {"name": "exchange_rates", "version": 1, "required": false, "columns": [
      {"name": "date", "required": true}, {"name": "currency", "required": true}, {"name": "rate", "required": true}]}
  ],
  "sections": [
    {"id": "today", "title": "Cash today", "needs": ["bank_transactions"]},
    {"id": "alerts", "title": "What needs you", "needs": ["invoices"]},
    {"id": "weeks", "title": "Cash at the end of each week", "needs": ["invoices", "bank_transactions"]},
    {"id": "forecast", "title": "How the forecast is made", "needs": ["invoices", "bank_transactions"]},
    {"id": "cash", "title": "Cash, availability and liquidity", "needs": ["credit_lines"]},
    {"id": "statement", "title": "Cash-flow statement", "needs": ["accounts", "balances"]},
    {"id": "receivables", "title": "Receivables", "needs": ["invoices"]},
    {"id": "payables", "title": "Payables", "needs": ["bills"]},
    {"id": "unbilled", "title": "Unbilled work", "needs": ["time_entries"]},
    {"id": "working-capital", "title": "Working capital", "needs": ["invoices"]},
    {"id": "recurring", "title": "Recurring revenue and renewals", "needs": ["agreements"]},
    {"id": "actions", "title": "Actions", "needs": ["invoices"]}
  ]
})json";

} // namespace cash_flow
