CREATE TABLE "minutes_states" (
	"meeting_id" uuid PRIMARY KEY NOT NULL,
	"stage" text DEFAULT 'live' NOT NULL,
	"edition" integer DEFAULT 1 NOT NULL,
	"content_hash" text,
	"locked_at" timestamptz(3),
	"unlock_reason" text,
	"unlock_asked_at" timestamptz(3),
	"version" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "minutes_states_stage" CHECK ("minutes_states"."stage" in ('live', 'draft', 'amending', 'signed')),
	CONSTRAINT "minutes_states_locked" CHECK (("minutes_states"."stage" = 'signed') = ("minutes_states"."locked_at" is not null)),
	CONSTRAINT "minutes_states_hash" CHECK (("minutes_states"."stage" in ('amending', 'signed')) = ("minutes_states"."content_hash" is not null))
);
--> statement-breakpoint
CREATE TABLE "minutes_consents" (
	"meeting_id" uuid NOT NULL,
	"region_code" text collate "C" NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "minutes_signatures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"edition" integer NOT NULL,
	"region_code" text collate "C" NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"content_hash" text NOT NULL,
	"signed_at" timestamptz(3) NOT NULL,
	"ended_at" timestamptz(3),
	"ended_by" text,
	CONSTRAINT "minutes_signatures_ended" CHECK (("minutes_signatures"."ended_at" is null) = ("minutes_signatures"."ended_by" is null))
);
--> statement-breakpoint
CREATE TABLE "minutes_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"edition" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"state" "bytea" NOT NULL,
	"content_hash" text NOT NULL,
	"created_by" uuid,
	"created_by_name" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "minutes_versions_kind" CHECK ("minutes_versions"."kind" in ('auto', 'named', 'signed', 'restored'))
);
--> statement-breakpoint
ALTER TABLE "minutes_states" ADD CONSTRAINT "minutes_states_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_consents" ADD CONSTRAINT "minutes_consents_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_consents" ADD CONSTRAINT "minutes_consents_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_signatures" ADD CONSTRAINT "minutes_signatures_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_signatures" ADD CONSTRAINT "minutes_signatures_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_versions" ADD CONSTRAINT "minutes_versions_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_versions" ADD CONSTRAINT "minutes_versions_created_by_accounts_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "minutes_consents_region" ON "minutes_consents" USING btree ("meeting_id","region_code");--> statement-breakpoint
CREATE UNIQUE INDEX "minutes_consents_account" ON "minutes_consents" USING btree ("meeting_id","account_id");--> statement-breakpoint
CREATE INDEX "minutes_signatures_meeting" ON "minutes_signatures" USING btree ("meeting_id","signed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "minutes_signatures_region" ON "minutes_signatures" USING btree ("meeting_id","region_code") WHERE "minutes_signatures"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "minutes_signatures_account" ON "minutes_signatures" USING btree ("meeting_id","account_id") WHERE "minutes_signatures"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "minutes_versions_meeting" ON "minutes_versions" USING btree ("meeting_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "minutes_versions_signed" ON "minutes_versions" USING btree ("meeting_id","edition") WHERE "minutes_versions"."kind" = 'signed';