CREATE TABLE "clock_warnings" (
	"region_code" text collate "C" PRIMARY KEY NOT NULL,
	"sign" integer,
	"reply" integer,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice_settings" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"language" text DEFAULT 'zh-CN' NOT NULL,
	"rhythms" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"email" text,
	"unconfirmed" text,
	"token_hash" text,
	"token_until" timestamptz(3),
	"asked_at" timestamptz(3),
	CONSTRAINT "notice_settings_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"about" jsonb NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"read_at" timestamptz(3),
	"rhythm" text NOT NULL,
	"mailed_at" timestamptz(3),
	CONSTRAINT "notices_rhythm" CHECK ("notices"."rhythm" in ('at-once', 'daily', 'weekly', 'none'))
);
--> statement-breakpoint
CREATE TABLE "recommendation_publicity" (
	"recommendation_id" uuid PRIMARY KEY NOT NULL,
	"publicity" text NOT NULL,
	"reason" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "recommendation_publicity_values" CHECK ("recommendation_publicity"."publicity" in ('public', 'reply-withheld', 'withheld'))
);
--> statement-breakpoint
CREATE TABLE "clock_reminders" (
	"assignment_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "clock_reminders_assignment_id_kind_pk" PRIMARY KEY("assignment_id","kind")
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"webhook_id" uuid NOT NULL,
	"event" text NOT NULL,
	"body" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"delivered_at" timestamptz(3),
	"outcome" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_code" text collate "C",
	"organization_id" uuid,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"removed_at" timestamptz(3),
	CONSTRAINT "webhooks_scope" CHECK (("webhooks"."region_code" is null) <> ("webhooks"."organization_id" is null))
);
--> statement-breakpoint
ALTER TABLE "clock_warnings" ADD CONSTRAINT "clock_warnings_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_settings" ADD CONSTRAINT "notice_settings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_publicity" ADD CONSTRAINT "recommendation_publicity_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_reminders" ADD CONSTRAINT "clock_reminders_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_created_by_accounts_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notices_account" ON "notices" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "notices_unread" ON "notices" USING btree ("account_id") WHERE "notices"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notices_unmailed" ON "notices" USING btree ("rhythm","account_id") WHERE "notices"."mailed_at" is null and "notices"."rhythm" <> 'none';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_webhook" ON "webhook_deliveries" USING btree ("webhook_id","at");--> statement-breakpoint
CREATE INDEX "webhooks_region" ON "webhooks" USING btree ("region_code");--> statement-breakpoint
CREATE INDEX "webhooks_organization" ON "webhooks" USING btree ("organization_id");