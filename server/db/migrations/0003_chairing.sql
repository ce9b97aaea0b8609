CREATE TABLE "bars" (
	"meeting_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "bars_meeting_id_account_id_pk" PRIMARY KEY("meeting_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"done_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "chairings" (
	"meeting_id" uuid PRIMARY KEY NOT NULL,
	"entry" text DEFAULT 'open' NOT NULL,
	"locked" boolean DEFAULT false NOT NULL,
	"quorum" integer,
	"chair_id" uuid,
	"version" integer DEFAULT 0 NOT NULL,
	"desk_version" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "chairings_entry" CHECK ("chairings"."entry" in ('open', 'lobby'))
);
--> statement-breakpoint
CREATE TABLE "lobby_entries" (
	"meeting_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"site_id" uuid,
	"status" text NOT NULL,
	"asked_at" timestamptz(3) NOT NULL,
	CONSTRAINT "lobby_entries_meeting_id_account_id_pk" PRIMARY KEY("meeting_id","account_id"),
	CONSTRAINT "lobby_entries_status" CHECK ("lobby_entries"."status" in ('waiting', 'admitted', 'refused', 'left'))
);
--> statement-breakpoint
CREATE TABLE "roll_call_names" (
	"roll_call_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"answered_at" timestamptz(3),
	CONSTRAINT "roll_call_names_roll_call_id_participant_id_pk" PRIMARY KEY("roll_call_id","participant_id")
);
--> statement-breakpoint
CREATE TABLE "roll_calls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"started_at" timestamptz(3) NOT NULL,
	"ended_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "second_chairs" (
	"meeting_id" uuid NOT NULL,
	"region_code" text collate "C" NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "second_chairs_meeting_id_region_code_pk" PRIMARY KEY("meeting_id","region_code")
);
--> statement-breakpoint
CREATE TABLE "vote_tallies" (
	"vote_id" uuid PRIMARY KEY NOT NULL,
	"yes" integer DEFAULT 0 NOT NULL,
	"no" integer DEFAULT 0 NOT NULL,
	"abstain" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "vote_tallies_counts" CHECK ("vote_tallies"."yes" >= 0 and "vote_tallies"."no" >= 0 and "vote_tallies"."abstain" >= 0)
);
--> statement-breakpoint
CREATE TABLE "vote_voters" (
	"vote_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"choice" text,
	CONSTRAINT "vote_voters_vote_id_participant_id_pk" PRIMARY KEY("vote_id","participant_id")
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"agenda_item_id" uuid,
	"question" text NOT NULL,
	"secret" boolean NOT NULL,
	"majority" text NOT NULL,
	"base" text NOT NULL,
	"opened_at" timestamptz(3) NOT NULL,
	"closed_at" timestamptz(3),
	"present" integer,
	"quorum" integer,
	"outcome" text,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "held_by_chair" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "voter" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "may_chair" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "bars" ADD CONSTRAINT "bars_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bars" ADD CONSTRAINT "bars_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chairings" ADD CONSTRAINT "chairings_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chairings" ADD CONSTRAINT "chairings_chair_id_accounts_id_fk" FOREIGN KEY ("chair_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lobby_entries" ADD CONSTRAINT "lobby_entries_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lobby_entries" ADD CONSTRAINT "lobby_entries_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lobby_entries" ADD CONSTRAINT "lobby_entries_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_call_names" ADD CONSTRAINT "roll_call_names_roll_call_id_roll_calls_id_fk" FOREIGN KEY ("roll_call_id") REFERENCES "public"."roll_calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_call_names" ADD CONSTRAINT "roll_call_names_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_calls" ADD CONSTRAINT "roll_calls_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_chairs" ADD CONSTRAINT "second_chairs_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_chairs" ADD CONSTRAINT "second_chairs_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote_tallies" ADD CONSTRAINT "vote_tallies_vote_id_votes_id_fk" FOREIGN KEY ("vote_id") REFERENCES "public"."votes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote_voters" ADD CONSTRAINT "vote_voters_vote_id_votes_id_fk" FOREIGN KEY ("vote_id") REFERENCES "public"."votes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote_voters" ADD CONSTRAINT "vote_voters_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_agenda_item_id_agenda_items_id_fk" FOREIGN KEY ("agenda_item_id") REFERENCES "public"."agenda_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calls_meeting" ON "calls" USING btree ("meeting_id","at");--> statement-breakpoint
CREATE INDEX "calls_participant" ON "calls" USING btree ("participant_id");--> statement-breakpoint
CREATE INDEX "roll_calls_meeting" ON "roll_calls" USING btree ("meeting_id");--> statement-breakpoint
CREATE UNIQUE INDEX "roll_calls_one_at_a_time" ON "roll_calls" USING btree ("meeting_id") WHERE "roll_calls"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "votes_meeting" ON "votes" USING btree ("meeting_id","opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "votes_one_at_a_time" ON "votes" USING btree ("meeting_id") WHERE "votes"."closed_at" is null;