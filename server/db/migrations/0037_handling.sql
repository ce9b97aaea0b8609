CREATE TABLE "conversation_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assignment_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text,
	"bytes" integer,
	"message_id" uuid,
	"position" integer,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversation_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assignment_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"by_name" text NOT NULL,
	"side" text NOT NULL,
	"stage" text NOT NULL,
	"way" text NOT NULL,
	"held_on" date,
	"text" text NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recommendation_supervisors" (
	"recommendation_id" uuid NOT NULL,
	"host_code" text collate "C" NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "recommendation_supervisors_recommendation_id_host_code_pk" PRIMARY KEY("recommendation_id","host_code")
);
--> statement-breakpoint
CREATE TABLE "reply_drafts" (
	"assignment_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"text" text NOT NULL,
	"items" jsonb NOT NULL,
	"drafted_by" uuid NOT NULL,
	"drafted_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "replies" DROP CONSTRAINT "replies_assignment_id_unique";--> statement-breakpoint
ALTER TABLE "assignments" DROP CONSTRAINT "assignments_status";--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "part" text DEFAULT 'lead' NOT NULL;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "host_code" text collate "C";--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "issued_by" uuid;--> statement-breakpoint
ALTER TABLE "replies" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "replies" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "replies" ADD COLUMN "drafted_by" uuid;--> statement-breakpoint
ALTER TABLE "replies" ADD COLUMN "sent_back" jsonb;--> statement-breakpoint
ALTER TABLE "conversation_files" ADD CONSTRAINT "conversation_files_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_files" ADD CONSTRAINT "conversation_files_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_files" ADD CONSTRAINT "conversation_files_message_id_conversation_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."conversation_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_messages" ADD CONSTRAINT "conversation_messages_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_messages" ADD CONSTRAINT "conversation_messages_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_supervisors" ADD CONSTRAINT "recommendation_supervisors_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_supervisors" ADD CONSTRAINT "recommendation_supervisors_host_code_regions_code_fk" FOREIGN KEY ("host_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_supervisors" ADD CONSTRAINT "recommendation_supervisors_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_drafts" ADD CONSTRAINT "reply_drafts_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_drafts" ADD CONSTRAINT "reply_drafts_drafted_by_accounts_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversation_files_message" ON "conversation_files" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "conversation_files_left" ON "conversation_files" USING btree ("created_at","message_id");--> statement-breakpoint
CREATE INDEX "conversation_files_account" ON "conversation_files" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "conversation_messages_assignment" ON "conversation_messages" USING btree ("assignment_id","at");--> statement-breakpoint
CREATE INDEX "recommendation_supervisors_account" ON "recommendation_supervisors" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_host_code_regions_code_fk" FOREIGN KEY ("host_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_issued_by_accounts_id_fk" FOREIGN KEY ("issued_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replies" ADD CONSTRAINT "replies_drafted_by_accounts_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What was given before belongs to the co-hosting region that its department is of.
UPDATE "assignments" SET "host_code" = coalesce((
	SELECT "meeting_regions"."region_code" FROM "recommendations"
	JOIN "meeting_regions" ON "meeting_regions"."meeting_id" = "recommendations"."meeting_id"
	WHERE "recommendations"."id" = "assignments"."recommendation_id" AND starts_with("organizations"."region_code", "meeting_regions"."region_code")
	ORDER BY length("meeting_regions"."region_code") DESC LIMIT 1
), "organizations"."region_code") FROM "organizations" WHERE "organizations"."id" = "assignments"."organization_id";--> statement-breakpoint
ALTER TABLE "assignments" ALTER COLUMN "host_code" SET NOT NULL;--> statement-breakpoint
-- Of several departments of one region the one that has answered leads, or the one that was given it first; the others have a part.
UPDATE "assignments" SET "part" = 'co-handler', "status" = CASE "status" WHEN 'replied' THEN 'countersigned' ELSE "status" END
FROM (
	SELECT "id", row_number() OVER (PARTITION BY "recommendation_id", "host_code" ORDER BY ("status" = 'replied') DESC, "issued_at", "id") AS "place"
	FROM "assignments" WHERE "status" <> 'returned'
) AS "ranked" WHERE "ranked"."id" = "assignments"."id" AND "ranked"."place" > 1;--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_one_lead" ON "assignments" USING btree ("recommendation_id","host_code") WHERE "assignments"."part" = 'lead' and "assignments"."status" <> 'returned';--> statement-breakpoint
CREATE INDEX "assignments_host" ON "assignments" USING btree ("host_code","status");--> statement-breakpoint
CREATE UNIQUE INDEX "replies_one_stands" ON "replies" USING btree ("assignment_id","round") WHERE "replies"."sent_back" is null;--> statement-breakpoint
CREATE INDEX "reply_items_suggestion" ON "reply_items" USING btree ("suggestion_id");--> statement-breakpoint
ALTER TABLE "replies" ADD CONSTRAINT "replies_version" UNIQUE("assignment_id","version");--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_part" CHECK ("assignments"."part" in ('lead', 'co-handler'));--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_status" CHECK ("assignments"."status" in ('issued', 'signed', 'drafted', 'countersigned', 'replied', 'accepted', 'returned'));