CREATE TABLE "receipt_letters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"suggestion_id" uuid NOT NULL,
	"email" text NOT NULL,
	"language" text NOT NULL,
	"asked_at" timestamptz(3) NOT NULL,
	"token_hash" text,
	"token_until" timestamptz(3),
	"confirmed_at" timestamptz(3),
	"stop_token" text NOT NULL,
	CONSTRAINT "receipt_letters_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "receipt_letters_stop_token_unique" UNIQUE("stop_token"),
	CONSTRAINT "receipt_letters_once" UNIQUE("suggestion_id","email")
);
--> statement-breakpoint
ALTER TABLE "evaluator_candidates" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "evaluators" ADD COLUMN "mailed_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "receipt_letters" ADD CONSTRAINT "receipt_letters_suggestion_id_suggestions_id_fk" FOREIGN KEY ("suggestion_id") REFERENCES "public"."suggestions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "receipt_letters_email" ON "receipt_letters" USING btree ("email");