DROP INDEX "ledger_texts_terms";--> statement-breakpoint
ALTER TABLE "ledger_texts" ADD COLUMN "scopes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
UPDATE "ledger_texts" SET "scopes" = "line"."scopes" FROM "ledger_lines" "line" WHERE "line"."subject_id" = "ledger_texts"."subject_id";--> statement-breakpoint
CREATE INDEX "assignments_status" ON "assignments" USING btree ("status","recommendation_id");--> statement-breakpoint
CREATE INDEX "recommendations_newest" ON "recommendations" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "ledger_texts_terms" ON "ledger_texts" USING gin ("terms","scopes");--> statement-breakpoint
CREATE INDEX "assignment_clocks_look_back" ON "assignment_clocks" USING btree ("due_at") WHERE "assignment_clocks"."stopped_at" is null and "assignment_clocks"."kind" in ('first-look-back', 'second-look-back');--> statement-breakpoint
CREATE FUNCTION "ledger_found"("wanted" tsquery, "within" text[], "most" integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE ROWS 10000 SET enable_seqscan = off AS $$
BEGIN
  IF "within" IS NULL THEN
    RETURN QUERY SELECT "subject_id" FROM "ledger_texts" WHERE "terms" @@ "wanted" LIMIT "most";
  ELSE
    RETURN QUERY SELECT "subject_id" FROM "ledger_texts" WHERE "terms" @@ "wanted" AND "scopes" && "within" LIMIT "most";
  END IF;
END $$;
