ALTER TABLE "stages" DROP CONSTRAINT "stages_view";--> statement-breakpoint
ALTER TABLE "stages" ADD CONSTRAINT "stages_view" CHECK ("stages"."view" in ('speaker', 'opinion', 'voice'));