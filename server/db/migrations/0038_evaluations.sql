CREATE TABLE "evaluations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assignment_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"opened_at" timestamptz(3) NOT NULL,
	"closed_at" timestamptz(3),
	"conclusion" text,
	"because" jsonb,
	CONSTRAINT "evaluations_once" UNIQUE("assignment_id","round"),
	CONSTRAINT "evaluations_closed" CHECK (("evaluations"."closed_at" is null) = ("evaluations"."conclusion" is null))
);
--> statement-breakpoint
CREATE TABLE "evaluator_candidates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_code" text collate "C" NOT NULL,
	"category" text NOT NULL,
	"name" text NOT NULL,
	"affiliation" text NOT NULL,
	"removed_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "evaluator_draws" (
	"id" uuid PRIMARY KEY NOT NULL,
	"evaluation_id" uuid NOT NULL,
	"counts" jsonb NOT NULL,
	"pool" jsonb NOT NULL,
	"pool_hash" text NOT NULL,
	"secret" text NOT NULL,
	"commitment" text NOT NULL,
	"announced" text NOT NULL,
	"prepared_at" timestamptz(3) NOT NULL,
	"public_seed" text,
	"drawn_at" timestamptz(3),
	CONSTRAINT "evaluator_draws_evaluation_id_unique" UNIQUE("evaluation_id")
);
--> statement-breakpoint
CREATE TABLE "evaluators" (
	"id" uuid PRIMARY KEY NOT NULL,
	"evaluation_id" uuid NOT NULL,
	"side" text NOT NULL,
	"name" text NOT NULL,
	"account_id" uuid,
	"organization_id" uuid,
	"candidate_id" uuid,
	"category" text,
	"token" text,
	"grade" text,
	"put" smallint,
	"handled" smallint,
	"consensus" smallint,
	"words" text DEFAULT '' NOT NULL,
	"given_at" timestamptz(3),
	"replaced_at" timestamptz(3),
	"replaced_why" text,
	"replaced_by_id" uuid,
	CONSTRAINT "evaluators_token_unique" UNIQUE("token"),
	CONSTRAINT "evaluators_account" UNIQUE("evaluation_id","account_id"),
	CONSTRAINT "evaluators_organization" UNIQUE("evaluation_id","organization_id"),
	CONSTRAINT "evaluators_candidate" UNIQUE("evaluation_id","candidate_id"),
	CONSTRAINT "evaluators_one_kind" CHECK (num_nonnulls("evaluators"."account_id", "evaluators"."organization_id", "evaluators"."candidate_id") = 1 and ("evaluators"."candidate_id" is null) = ("evaluators"."token" is null)),
	CONSTRAINT "evaluators_given" CHECK (("evaluators"."given_at" is null) = ("evaluators"."grade" is null))
);
--> statement-breakpoint
CREATE TABLE "look_back_topics" (
	"topic_id" uuid PRIMARY KEY NOT NULL,
	"assignment_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "look_backs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assignment_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"finding" text NOT NULL,
	"words" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"by_name" text NOT NULL,
	CONSTRAINT "look_backs_once" UNIQUE("assignment_id","stage")
);
--> statement-breakpoint
ALTER TABLE "assignment_clocks" DROP CONSTRAINT "assignment_clocks_kind";--> statement-breakpoint
ALTER TABLE "assignments" DROP CONSTRAINT "assignments_status";--> statement-breakpoint
ALTER TABLE "clock_rules" ADD COLUMN "second_reply" jsonb;--> statement-breakpoint
ALTER TABLE "clock_rules" ADD COLUMN "evaluation" jsonb;--> statement-breakpoint
ALTER TABLE "clock_rules" ADD COLUMN "first_look_back" jsonb;--> statement-breakpoint
ALTER TABLE "clock_rules" ADD COLUMN "second_look_back" jsonb;--> statement-breakpoint
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluator_candidates" ADD CONSTRAINT "evaluator_candidates_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluator_draws" ADD CONSTRAINT "evaluator_draws_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluators" ADD CONSTRAINT "evaluators_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluators" ADD CONSTRAINT "evaluators_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluators" ADD CONSTRAINT "evaluators_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluators" ADD CONSTRAINT "evaluators_candidate_id_evaluator_candidates_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."evaluator_candidates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "look_back_topics" ADD CONSTRAINT "look_back_topics_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "look_back_topics" ADD CONSTRAINT "look_back_topics_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "look_backs" ADD CONSTRAINT "look_backs_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evaluations_open" ON "evaluations" USING btree ("opened_at") WHERE "evaluations"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "evaluator_candidates_region" ON "evaluator_candidates" USING btree ("region_code") WHERE "evaluator_candidates"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "evaluators_account_waiting" ON "evaluators" USING btree ("account_id") WHERE "evaluators"."given_at" is null;--> statement-breakpoint
CREATE INDEX "evaluators_organization_waiting" ON "evaluators" USING btree ("organization_id") WHERE "evaluators"."given_at" is null;--> statement-breakpoint
CREATE INDEX "look_back_topics_assignment" ON "look_back_topics" USING btree ("assignment_id");--> statement-breakpoint
CREATE INDEX "assignments_registered" ON "assignments" USING btree ("issued_at") WHERE "assignments"."status" = 'registered';--> statement-breakpoint
ALTER TABLE "assignment_clocks" ADD CONSTRAINT "assignment_clocks_kind" CHECK ("assignment_clocks"."kind" in ('sign', 'reply', 'second-reply', 'evaluation', 'first-look-back', 'second-look-back'));--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_status" CHECK ("assignments"."status" in ('issued', 'signed', 'drafted', 'countersigned', 'replied', 'accepted', 'returned', 'closed', 'registered'));