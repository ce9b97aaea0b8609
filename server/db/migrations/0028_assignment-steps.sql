CREATE TABLE "assignment_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assignment_id" uuid NOT NULL,
	"move" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"by_name" text NOT NULL,
	"reason" text NOT NULL,
	"proposed_id" uuid
);
--> statement-breakpoint
ALTER TABLE "assignments" DROP CONSTRAINT "assignments_status";--> statement-breakpoint
ALTER TABLE "assignment_steps" ADD CONSTRAINT "assignment_steps_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_steps" ADD CONSTRAINT "assignment_steps_proposed_id_organizations_id_fk" FOREIGN KEY ("proposed_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assignment_steps_assignment" ON "assignment_steps" USING btree ("assignment_id","at");--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_status" CHECK ("assignments"."status" in ('issued', 'signed', 'replied', 'returned'));--> statement-breakpoint
INSERT INTO "assignment_steps" ("id", "assignment_id", "move", "at", "by_name", "reason")
SELECT gen_random_uuid(), a."id", 'sign', a."signed_at", c."name", '' FROM "assignments" a JOIN "accounts" c ON c."id" = a."signed_by" WHERE a."signed_at" IS NOT NULL
UNION ALL
SELECT gen_random_uuid(), r."assignment_id", 'reply', r."replied_at", c."name", '' FROM "replies" r JOIN "accounts" c ON c."id" = r."replied_by";
