CREATE TABLE "breakout_announcements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"breakout_id" uuid NOT NULL,
	"text" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "breakout_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"breakout_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"name" text NOT NULL,
	"agenda_item_id" uuid,
	"note" text DEFAULT '' NOT NULL,
	"note_by" text,
	"note_at" timestamptz(3),
	"note_version" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "breakout_seats" (
	"breakout_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"group_id" uuid,
	CONSTRAINT "breakout_seats_breakout_id_participant_id_pk" PRIMARY KEY("breakout_id","participant_id")
);
--> statement-breakpoint
CREATE TABLE "breakout_sites" (
	"breakout_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	CONSTRAINT "breakout_sites_breakout_id_site_id_pk" PRIMARY KEY("breakout_id","site_id")
);
--> statement-breakpoint
CREATE TABLE "breakouts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"opened_at" timestamptz(3) NOT NULL,
	"ends_at" timestamptz(3) NOT NULL,
	"closed_at" timestamptz(3),
	"voice_id" uuid,
	"version" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "breakout_announcements" ADD CONSTRAINT "breakout_announcements_breakout_id_breakouts_id_fk" FOREIGN KEY ("breakout_id") REFERENCES "public"."breakouts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breakout_groups" ADD CONSTRAINT "breakout_groups_breakout_id_breakouts_id_fk" FOREIGN KEY ("breakout_id") REFERENCES "public"."breakouts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breakout_groups" ADD CONSTRAINT "breakout_groups_agenda_item_id_agenda_items_id_fk" FOREIGN KEY ("agenda_item_id") REFERENCES "public"."agenda_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breakout_seats" ADD CONSTRAINT "breakout_seats_breakout_id_breakouts_id_fk" FOREIGN KEY ("breakout_id") REFERENCES "public"."breakouts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breakout_seats" ADD CONSTRAINT "breakout_seats_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breakout_seats" ADD CONSTRAINT "breakout_seats_group_id_breakout_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."breakout_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breakout_sites" ADD CONSTRAINT "breakout_sites_breakout_id_breakouts_id_fk" FOREIGN KEY ("breakout_id") REFERENCES "public"."breakouts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breakout_sites" ADD CONSTRAINT "breakout_sites_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breakout_sites" ADD CONSTRAINT "breakout_sites_group_id_breakout_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."breakout_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breakouts" ADD CONSTRAINT "breakouts_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breakouts" ADD CONSTRAINT "breakouts_voice_id_participants_id_fk" FOREIGN KEY ("voice_id") REFERENCES "public"."participants"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "breakout_announcements_breakout" ON "breakout_announcements" USING btree ("breakout_id","at");--> statement-breakpoint
CREATE INDEX "breakout_groups_breakout" ON "breakout_groups" USING btree ("breakout_id","place");--> statement-breakpoint
CREATE INDEX "breakouts_meeting" ON "breakouts" USING btree ("meeting_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "breakouts_one_at_a_time" ON "breakouts" USING btree ("meeting_id") WHERE "breakouts"."closed_at" is null;