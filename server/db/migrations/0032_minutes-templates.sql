CREATE TABLE "minutes_templates" (
	"region_code" text collate "C" PRIMARY KEY NOT NULL,
	"template" jsonb,
	"version" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "minutes_templates" ADD CONSTRAINT "minutes_templates_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;