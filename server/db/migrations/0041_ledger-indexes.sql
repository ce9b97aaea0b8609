DROP INDEX "ledger_lines_year";--> statement-breakpoint
CREATE INDEX "suggestions_shown" ON "suggestions" USING btree ("meeting_id","pinned","created_at","id");