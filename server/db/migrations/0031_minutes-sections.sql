CREATE TABLE "minutes_sections" (
	"meeting_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"agenda_item_ids" uuid[] NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "minutes_sections_meeting_id_account_id_pk" PRIMARY KEY("meeting_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "minutes_sections" ADD CONSTRAINT "minutes_sections_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_sections" ADD CONSTRAINT "minutes_sections_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;