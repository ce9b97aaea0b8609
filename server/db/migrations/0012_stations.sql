CREATE TABLE "stations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"code" text NOT NULL,
	"retired" boolean DEFAULT false NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "stations_code_unique" UNIQUE("code"),
	CONSTRAINT "stations_kind" CHECK ("stations"."kind" in ('main-hall', 'hall', 'post', 'studio'))
);
--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "code" text;--> statement-breakpoint
-- Sites that are there already get a code of seven characters; the condition makes the draw anew for each row.
UPDATE "sites" SET "code" = (SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + floor(random() * 32)::int, 1), '') FROM generate_series(1, 7) WHERE "sites"."id" IS NOT NULL);--> statement-breakpoint
ALTER TABLE "sites" ALTER COLUMN "code" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "stations" ADD CONSTRAINT "stations_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stations_region" ON "stations" USING btree ("region_code");--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_code_unique" UNIQUE("code");