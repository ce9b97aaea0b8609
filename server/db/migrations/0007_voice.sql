CREATE TABLE "stance_counts" (
	"suggestion_id" uuid PRIMARY KEY NOT NULL,
	"agrees" integer NOT NULL,
	"disagrees" integer NOT NULL,
	"passes" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stances" (
	"suggestion_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"stance" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"command_id" uuid NOT NULL,
	CONSTRAINT "stances_suggestion_id_account_id_pk" PRIMARY KEY("suggestion_id","account_id"),
	CONSTRAINT "stances_stance" CHECK ("stances"."stance" in ('agree', 'disagree', 'pass'))
);
--> statement-breakpoint
CREATE TABLE "region_categories" (
	"region_code" text collate "C" PRIMARY KEY NOT NULL,
	"categories" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "supports" (
	"suggestion_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"supported" boolean NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"command_id" uuid NOT NULL,
	CONSTRAINT "supports_suggestion_id_account_id_pk" PRIMARY KEY("suggestion_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "suggestions" ADD COLUMN "category" text;--> statement-breakpoint
ALTER TABLE "suggestions" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "suggestions" ADD COLUMN "via" text;--> statement-breakpoint
ALTER TABLE "suggestions" ADD COLUMN "pinned" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "suggestions" ADD COLUMN "flags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "suggestions" ADD COLUMN "support_count" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "suggestions" ADD COLUMN "merged_directly_id" uuid;--> statement-breakpoint
ALTER TABLE "suggestions" ADD COLUMN "status_before_merge" text;--> statement-breakpoint
ALTER TABLE "stance_counts" ADD CONSTRAINT "stance_counts_suggestion_id_suggestions_id_fk" FOREIGN KEY ("suggestion_id") REFERENCES "public"."suggestions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stances" ADD CONSTRAINT "stances_suggestion_id_suggestions_id_fk" FOREIGN KEY ("suggestion_id") REFERENCES "public"."suggestions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stances" ADD CONSTRAINT "stances_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "region_categories" ADD CONSTRAINT "region_categories_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supports" ADD CONSTRAINT "supports_suggestion_id_suggestions_id_fk" FOREIGN KEY ("suggestion_id") REFERENCES "public"."suggestions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supports" ADD CONSTRAINT "supports_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stances_account" ON "stances" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "supports_account" ON "supports" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_merged_directly_id_suggestions_id_fk" FOREIGN KEY ("merged_directly_id") REFERENCES "public"."suggestions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
UPDATE "suggestions" merged SET "merged_directly_id" = "merged_into_id", "status_before_merge" = CASE
	WHEN "answer" IS NOT NULL THEN 'answered'
	WHEN EXISTS (SELECT FROM "suggestion_steps" step WHERE step."suggestion_id" = merged."id" AND step."kind" = 'published') THEN 'published'
	ELSE 'pending' END
WHERE "status" = 'merged';--> statement-breakpoint
UPDATE "suggestions" survivor SET "support_count" = counted."people"
FROM (SELECT coalesce("merged_into_id", "id") AS "id", count(DISTINCT "author_id")::int AS "people" FROM "suggestions" GROUP BY 1) counted
WHERE survivor."id" = counted."id";--> statement-breakpoint
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_merge_can_be_undone" CHECK (("suggestions"."merged_into_id" is null) = ("suggestions"."merged_directly_id" is null) and ("suggestions"."merged_into_id" is null) = ("suggestions"."status_before_merge" is null));