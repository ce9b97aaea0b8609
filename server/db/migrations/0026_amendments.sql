CREATE TABLE "amendments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"block_id" text,
	"before" text NOT NULL,
	"proposed" text NOT NULL,
	"reason" text NOT NULL,
	"author_id" uuid NOT NULL,
	"author_name" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"decided_by" uuid,
	"decided_by_name" text,
	"decided_at" timestamptz(3),
	"decision_reason" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "amendments_kind" CHECK ("amendments"."kind" in ('replace', 'remove', 'add')),
	CONSTRAINT "amendments_status" CHECK ("amendments"."status" in ('open', 'accepted', 'refused', 'withdrawn')),
	CONSTRAINT "amendments_decided" CHECK (("amendments"."status" = 'open') = ("amendments"."decided_at" is null))
);
--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_author_id_accounts_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_decided_by_accounts_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "amendments_meeting" ON "amendments" USING btree ("meeting_id","created_at");