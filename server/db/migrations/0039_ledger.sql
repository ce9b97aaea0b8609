CREATE TABLE "assignment_reminders" (
	"id" uuid NOT NULL,
	"assignment_id" uuid NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"by_name" text NOT NULL,
	"words" text NOT NULL,
	CONSTRAINT "assignment_reminders_id_assignment_id_pk" PRIMARY KEY("id","assignment_id")
);
--> statement-breakpoint
CREATE TABLE "ledger_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_id" uuid NOT NULL,
	"recommendation_id" uuid,
	"past_id" uuid,
	"organization_id" uuid,
	"meeting_id" uuid,
	"proposer_id" uuid,
	"year" integer NOT NULL,
	"state" text NOT NULL,
	"grade" text,
	"region_code" text collate "C",
	"scopes" text[] NOT NULL,
	"places" text[] NOT NULL,
	"paused" boolean NOT NULL,
	"warn_at" timestamptz(3) NOT NULL,
	"due_at" timestamptz(3) NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"changed_at" timestamptz(3) NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "ledger_lines_subject_known" CHECK (num_nonnulls("ledger_lines"."recommendation_id", "ledger_lines"."past_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "ledger_texts" (
	"subject_id" uuid PRIMARY KEY NOT NULL,
	"terms" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"region_code" text collate "C",
	"name" text NOT NULL,
	"filter" jsonb NOT NULL,
	"sort" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "past_recommendations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_code" text collate "C" NOT NULL,
	"number" text NOT NULL,
	"year" integer NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"meeting_title" text NOT NULL,
	"proposer" text NOT NULL,
	"departments" text NOT NULL,
	"recommended_on" date NOT NULL,
	"replied_on" date,
	"grade" text,
	"reply" text NOT NULL,
	"imported_by" uuid NOT NULL,
	"imported_at" timestamptz(3) NOT NULL,
	CONSTRAINT "past_recommendations_number" UNIQUE("region_code","number")
);
--> statement-breakpoint
ALTER TABLE "assignment_reminders" ADD CONSTRAINT "assignment_reminders_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_past_id_past_recommendations_id_fk" FOREIGN KEY ("past_id") REFERENCES "public"."past_recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_views" ADD CONSTRAINT "ledger_views_owner_id_accounts_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_views" ADD CONSTRAINT "ledger_views_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "past_recommendations" ADD CONSTRAINT "past_recommendations_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "past_recommendations" ADD CONSTRAINT "past_recommendations_imported_by_accounts_id_fk" FOREIGN KEY ("imported_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assignment_reminders_assignment" ON "assignment_reminders" USING btree ("assignment_id","at");--> statement-breakpoint
CREATE INDEX "ledger_lines_newest" ON "ledger_lines" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "ledger_lines_changed" ON "ledger_lines" USING btree ("changed_at","id");--> statement-breakpoint
CREATE INDEX "ledger_lines_due" ON "ledger_lines" USING btree ("due_at","id");--> statement-breakpoint
CREATE INDEX "ledger_lines_state" ON "ledger_lines" USING btree ("state","created_at","id");--> statement-breakpoint
CREATE INDEX "ledger_lines_year" ON "ledger_lines" USING btree ("year","created_at","id");--> statement-breakpoint
CREATE INDEX "ledger_lines_grade" ON "ledger_lines" USING btree ("grade","created_at","id");--> statement-breakpoint
CREATE INDEX "ledger_lines_organization" ON "ledger_lines" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "ledger_lines_meeting" ON "ledger_lines" USING btree ("meeting_id","created_at","id");--> statement-breakpoint
CREATE INDEX "ledger_lines_proposer" ON "ledger_lines" USING btree ("proposer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "ledger_lines_subject" ON "ledger_lines" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "ledger_lines_counts" ON "ledger_lines" USING btree ("state","due_at","warn_at");--> statement-breakpoint
CREATE INDEX "ledger_lines_scopes" ON "ledger_lines" USING gin ("scopes");--> statement-breakpoint
CREATE INDEX "ledger_lines_places" ON "ledger_lines" USING gin ("places");--> statement-breakpoint
CREATE INDEX "ledger_texts_terms" ON "ledger_texts" USING gin ("terms");--> statement-breakpoint
CREATE INDEX "ledger_views_owner" ON "ledger_views" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "ledger_views_region" ON "ledger_views" USING btree ("region_code");--> statement-breakpoint
-- Terms are found by their index and hardly ever read: out of the way, the rest of the table is small enough to stay in memory.
ALTER TABLE "ledger_texts" SET (toast_tuple_target = 128);
