CREATE TABLE "receipt_claims" (
	"suggestion_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "receipt_claims_suggestion_id_account_id_pk" PRIMARY KEY("suggestion_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "receipt_claims" ADD CONSTRAINT "receipt_claims_suggestion_id_suggestions_id_fk" FOREIGN KEY ("suggestion_id") REFERENCES "public"."suggestions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt_claims" ADD CONSTRAINT "receipt_claims_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "receipt_claims_account" ON "receipt_claims" USING btree ("account_id");