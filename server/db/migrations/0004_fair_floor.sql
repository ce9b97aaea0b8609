CREATE TABLE "site_budgets" (
	"site_id" uuid PRIMARY KEY NOT NULL,
	"minutes" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "floors" ADD COLUMN "mode" text DEFAULT 'chaired' NOT NULL;--> statement-breakpoint
ALTER TABLE "floors" ADD COLUMN "rule" text DEFAULT 'fair' NOT NULL;--> statement-breakpoint
ALTER TABLE "speeches" ADD COLUMN "site_id" uuid;--> statement-breakpoint
ALTER TABLE "speeches" ADD COLUMN "end_reason" text;--> statement-breakpoint
ALTER TABLE "site_budgets" ADD CONSTRAINT "site_budgets_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speeches" ADD CONSTRAINT "speeches_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "floors" ADD CONSTRAINT "floors_mode" CHECK ("floors"."mode" in ('chaired', 'free'));--> statement-breakpoint
ALTER TABLE "floors" ADD CONSTRAINT "floors_rule" CHECK ("floors"."rule" in ('fair', 'first-come'));--> statement-breakpoint
-- What was spoken before counts for the site where its speaker is.
UPDATE "speeches" SET "site_id" = "participants"."site_id" FROM "participants" WHERE "participants"."id" = "speeches"."participant_id";
