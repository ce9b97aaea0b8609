CREATE TABLE "calendar_days" (
	"region_code" text collate "C" NOT NULL,
	"day" date NOT NULL,
	"work" boolean NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "calendar_days_region_code_day_pk" PRIMARY KEY("region_code","day")
);
--> statement-breakpoint
CREATE TABLE "clock_rules" (
	"region_code" text collate "C" PRIMARY KEY NOT NULL,
	"sign" jsonb,
	"reply" jsonb,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assignment_clocks" (
	"assignment_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"started_at" timestamptz(3) NOT NULL,
	"period" jsonb NOT NULL,
	"pauses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"extensions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"due_at" timestamptz(3) NOT NULL,
	"stopped_at" timestamptz(3),
	CONSTRAINT "assignment_clocks_assignment_id_kind_pk" PRIMARY KEY("assignment_id","kind"),
	CONSTRAINT "assignment_clocks_kind" CHECK ("assignment_clocks"."kind" in ('sign', 'reply'))
);
--> statement-breakpoint
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_rules" ADD CONSTRAINT "clock_rules_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_clocks" ADD CONSTRAINT "assignment_clocks_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assignment_clocks_due" ON "assignment_clocks" USING btree ("due_at") WHERE "assignment_clocks"."stopped_at" is null;--> statement-breakpoint
INSERT INTO "assignment_clocks" ("assignment_id", "kind", "started_at", "period", "due_at", "stopped_at")
SELECT "id", 'sign', "issued_at", '{"amount":7,"unit":"calendar-days"}'::jsonb, "sign_due_at", "signed_at" FROM "assignments"
UNION ALL
SELECT a."id", 'reply', a."issued_at", '{"amount":3,"unit":"months"}'::jsonb, a."reply_due_at", r."replied_at" FROM "assignments" a LEFT JOIN "replies" r ON r."assignment_id" = a."id";--> statement-breakpoint
ALTER TABLE "assignments" DROP COLUMN "sign_due_at";--> statement-breakpoint
ALTER TABLE "assignments" DROP COLUMN "reply_due_at";