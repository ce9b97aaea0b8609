ALTER TABLE "stages" ADD COLUMN "view" text DEFAULT 'speaker' NOT NULL;--> statement-breakpoint
ALTER TABLE "stages" ADD CONSTRAINT "stages_view" CHECK ("stages"."view" in ('speaker', 'opinion'));