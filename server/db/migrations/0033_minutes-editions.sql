CREATE TABLE "minutes_editions" (
	"meeting_id" uuid NOT NULL,
	"edition" integer NOT NULL,
	"content_hash" text NOT NULL,
	"locked_at" timestamptz(3) NOT NULL,
	"standings" jsonb NOT NULL,
	"opened_at" timestamptz(3),
	"open_reason" text,
	CONSTRAINT "minutes_editions_meeting_id_edition_pk" PRIMARY KEY("meeting_id","edition"),
	CONSTRAINT "minutes_editions_opened" CHECK (("minutes_editions"."opened_at" is null) = ("minutes_editions"."open_reason" is null))
);
--> statement-breakpoint
ALTER TABLE "minutes_editions" ADD CONSTRAINT "minutes_editions_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "minutes_editions_standings" ON "minutes_editions" USING gin ("standings" jsonb_path_ops);--> statement-breakpoint
-- What was signed before this was published: without what stood behind its citations, which nobody kept.
INSERT INTO "minutes_editions" ("meeting_id", "edition", "content_hash", "locked_at", "standings", "opened_at", "open_reason")
SELECT signed."meeting_id", signed."edition", signed."content_hash", signed."created_at", '[]', opened."at", opened."details"->>'reason'
FROM "minutes_versions" AS signed
LEFT JOIN LATERAL (
	SELECT "at", "details" FROM "audit_entries"
	WHERE "action" = 'minutes:open-edition' AND "subject_id" = signed."meeting_id"::text AND "details"->>'edition' = (signed."edition" + 1)::text
	ORDER BY "id" LIMIT 1
) AS opened ON true
WHERE signed."kind" = 'signed';
