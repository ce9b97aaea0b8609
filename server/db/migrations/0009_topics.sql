CREATE TABLE "lexicons" (
	"region_code" text collate "C" PRIMARY KEY NOT NULL,
	"categories" jsonb NOT NULL,
	"threshold" real NOT NULL,
	"half_life_days" integer NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suggestion_themes" (
	"suggestion_id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"theme_id" uuid,
	"fixed" boolean DEFAULT false NOT NULL,
	"category" text
);
--> statement-breakpoint
CREATE TABLE "theme_states" (
	"meeting_id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "themes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"words" text[] NOT NULL,
	"name" text,
	"kept" boolean DEFAULT false NOT NULL,
	"merged_into_id" uuid,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "topic_suggestions" (
	"topic_id" uuid NOT NULL,
	"suggestion_id" uuid NOT NULL,
	CONSTRAINT "topic_suggestions_topic_id_suggestion_id_pk" PRIMARY KEY("topic_id","suggestion_id")
);
--> statement-breakpoint
CREATE TABLE "topics" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_code" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"category" text NOT NULL,
	"status" text NOT NULL,
	"heat" real NOT NULL,
	"proposed_at" timestamptz(3) NOT NULL,
	"decided_at" timestamptz(3),
	"decided_by" uuid,
	"reason" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "topics_status" CHECK ("topics"."status" in ('proposed', 'triaged', 'dismissed')),
	CONSTRAINT "topics_decided" CHECK (("topics"."status" = 'proposed') = ("topics"."decided_at" is null))
);
--> statement-breakpoint
ALTER TABLE "lexicons" ADD CONSTRAINT "lexicons_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestion_themes" ADD CONSTRAINT "suggestion_themes_suggestion_id_suggestions_id_fk" FOREIGN KEY ("suggestion_id") REFERENCES "public"."suggestions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestion_themes" ADD CONSTRAINT "suggestion_themes_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestion_themes" ADD CONSTRAINT "suggestion_themes_theme_id_themes_id_fk" FOREIGN KEY ("theme_id") REFERENCES "public"."themes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "theme_states" ADD CONSTRAINT "theme_states_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_merged_into_id_themes_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."themes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_suggestions" ADD CONSTRAINT "topic_suggestions_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_suggestions" ADD CONSTRAINT "topic_suggestions_suggestion_id_suggestions_id_fk" FOREIGN KEY ("suggestion_id") REFERENCES "public"."suggestions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_decided_by_accounts_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "suggestion_themes_meeting" ON "suggestion_themes" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "suggestion_themes_theme" ON "suggestion_themes" USING btree ("theme_id");--> statement-breakpoint
CREATE INDEX "themes_meeting" ON "themes" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "themes_merged_into" ON "themes" USING btree ("merged_into_id");--> statement-breakpoint
CREATE INDEX "topic_suggestions_suggestion" ON "topic_suggestions" USING btree ("suggestion_id");--> statement-breakpoint
CREATE INDEX "topics_region" ON "topics" USING btree ("region_code","category");