CREATE TABLE "minutes_forms" (
	"meeting_id" uuid PRIMARY KEY NOT NULL,
	"form" jsonb NOT NULL,
	"hash" text NOT NULL,
	"prefix" text,
	"year" integer,
	"serial" integer,
	CONSTRAINT "minutes_forms_whole" CHECK (num_nulls("minutes_forms"."prefix", "minutes_forms"."year", "minutes_forms"."serial") in (0, 3))
);
--> statement-breakpoint
ALTER TABLE "minutes_editions" ADD COLUMN "form" jsonb;--> statement-breakpoint
ALTER TABLE "minutes_forms" ADD CONSTRAINT "minutes_forms_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "minutes_forms_number" ON "minutes_forms" USING btree ("prefix","year","serial");