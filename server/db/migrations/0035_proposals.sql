CREATE TABLE "proposal_passages" (
	"proposal_id" uuid NOT NULL,
	"block_id" text NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "proposal_passages_proposal_id_block_id_pk" PRIMARY KEY("proposal_id","block_id")
);
--> statement-breakpoint
CREATE TABLE "proposal_signers" (
	"proposal_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"invited_at" timestamptz(3) NOT NULL,
	"answer" text DEFAULT 'invited' NOT NULL,
	"answered_at" timestamptz(3),
	"text_version" integer,
	CONSTRAINT "proposal_signers_proposal_id_account_id_pk" PRIMARY KEY("proposal_id","account_id"),
	CONSTRAINT "proposal_signers_answer" CHECK ("proposal_signers"."answer" in ('invited', 'signed', 'declined'))
);
--> statement-breakpoint
CREATE TABLE "proposal_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"proposal_id" uuid NOT NULL,
	"move" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"by_id" uuid NOT NULL,
	"by_name" text NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposal_suggestions" (
	"proposal_id" uuid NOT NULL,
	"suggestion_id" uuid NOT NULL,
	CONSTRAINT "proposal_suggestions_proposal_id_suggestion_id_pk" PRIMARY KEY("proposal_id","suggestion_id")
);
--> statement-breakpoint
CREATE TABLE "proposal_themes" (
	"proposal_id" uuid NOT NULL,
	"theme_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "proposal_themes_proposal_id_theme_id_pk" PRIMARY KEY("proposal_id","theme_id")
);
--> statement-breakpoint
CREATE TABLE "proposal_votes" (
	"proposal_id" uuid NOT NULL,
	"vote_id" uuid NOT NULL,
	CONSTRAINT "proposal_votes_proposal_id_vote_id_pk" PRIMARY KEY("proposal_id","vote_id")
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"region_code" text collate "C" NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"measures" jsonb NOT NULL,
	"text_version" integer DEFAULT 1 NOT NULL,
	"proposer_id" uuid NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"submitted_at" timestamptz(3),
	"returned" text,
	"claimed_by" uuid,
	"claimed_at" timestamptz(3),
	"claimed_until" timestamptz(3),
	"first_reviewer_id" uuid,
	"merged_into_id" uuid,
	"status_before" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "proposals_status" CHECK ("proposals"."status" in ('draft', 'received', 'first-review', 'second-review', 'ready', 'merged', 'dropped')),
	CONSTRAINT "proposals_merged" CHECK (("proposals"."status" = 'merged') = ("proposals"."merged_into_id" is not null)),
	CONSTRAINT "proposals_merged_before" CHECK (("proposals"."status" = 'merged') = ("proposals"."status_before" is not null)),
	CONSTRAINT "proposals_claim" CHECK (("proposals"."claimed_by" is null) = ("proposals"."claimed_at" is null) and ("proposals"."claimed_by" is null) = ("proposals"."claimed_until" is null))
);
--> statement-breakpoint
CREATE TABLE "recommendation_proposers" (
	"recommendation_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "recommendation_proposers_recommendation_id_account_id_pk" PRIMARY KEY("recommendation_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "region_settings" (
	"region_code" text collate "C" NOT NULL,
	"key" text NOT NULL,
	"value" jsonb,
	"version" integer NOT NULL,
	CONSTRAINT "region_settings_region_code_key_pk" PRIMARY KEY("region_code","key")
);
--> statement-breakpoint
ALTER TABLE "recommendations" DROP CONSTRAINT "recommendations_number";--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "region_code" text collate "C";--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "number" text;--> statement-breakpoint
-- Until now one sequence was the whole country's. Each keeps its number, as one of the region that its meeting was held in.
UPDATE "recommendations" SET
	"number" = '协商建议〔' || "year" || '〕' || "serial" || '号',
	"region_code" = coalesce(
		(SELECT "region_code" FROM "sites" WHERE "sites"."meeting_id" = "recommendations"."meeting_id" AND "kind" = 'main' ORDER BY "position" LIMIT 1),
		(SELECT "region_code" FROM "meeting_regions" WHERE "meeting_regions"."meeting_id" = "recommendations"."meeting_id" ORDER BY "position" LIMIT 1)
	);--> statement-breakpoint
ALTER TABLE "recommendations" ALTER COLUMN "region_code" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "recommendations" ALTER COLUMN "number" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "proposal_passages" ADD CONSTRAINT "proposal_passages_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_signers" ADD CONSTRAINT "proposal_signers_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_signers" ADD CONSTRAINT "proposal_signers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_steps" ADD CONSTRAINT "proposal_steps_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_steps" ADD CONSTRAINT "proposal_steps_by_id_accounts_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_suggestions" ADD CONSTRAINT "proposal_suggestions_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_suggestions" ADD CONSTRAINT "proposal_suggestions_suggestion_id_suggestions_id_fk" FOREIGN KEY ("suggestion_id") REFERENCES "public"."suggestions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_themes" ADD CONSTRAINT "proposal_themes_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_votes" ADD CONSTRAINT "proposal_votes_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_votes" ADD CONSTRAINT "proposal_votes_vote_id_votes_id_fk" FOREIGN KEY ("vote_id") REFERENCES "public"."votes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_proposer_id_accounts_id_fk" FOREIGN KEY ("proposer_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_claimed_by_accounts_id_fk" FOREIGN KEY ("claimed_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_first_reviewer_id_accounts_id_fk" FOREIGN KEY ("first_reviewer_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_merged_into_id_proposals_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_proposers" ADD CONSTRAINT "recommendation_proposers_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_proposers" ADD CONSTRAINT "recommendation_proposers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "region_settings" ADD CONSTRAINT "region_settings_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "proposal_signers_account" ON "proposal_signers" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "proposal_steps_proposal" ON "proposal_steps" USING btree ("proposal_id","at");--> statement-breakpoint
CREATE INDEX "proposal_suggestions_suggestion" ON "proposal_suggestions" USING btree ("suggestion_id");--> statement-breakpoint
CREATE INDEX "proposal_votes_vote" ON "proposal_votes" USING btree ("vote_id");--> statement-breakpoint
CREATE INDEX "proposals_meeting" ON "proposals" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "proposals_proposer" ON "proposals" USING btree ("proposer_id");--> statement-breakpoint
CREATE INDEX "proposals_merged_into" ON "proposals" USING btree ("merged_into_id") WHERE "proposals"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX "proposals_title_trigrams" ON "proposals" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
INSERT INTO "recommendation_proposers" ("recommendation_id", "account_id", "position") SELECT "id", "created_by", 0 FROM "recommendations";--> statement-breakpoint
CREATE INDEX "recommendation_proposers_account" ON "recommendation_proposers" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recommendations_title_trigrams" ON "recommendations" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_serial" UNIQUE("region_code","year","serial");--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_number" UNIQUE("region_code","number");