CREATE TABLE "barred_devices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"device_id" uuid,
	"name" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"by_name" text NOT NULL,
	"lifted_at" timestamptz(3),
	"lifted_by_name" text
);
--> statement-breakpoint
CREATE TABLE "device_traces" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"device_id" uuid,
	"network" text NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "guard_finding_accounts" (
	"finding_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "guard_finding_accounts_finding_id_account_id_pk" PRIMARY KEY("finding_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "guard_findings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"automatic" boolean NOT NULL,
	"evidence" jsonb NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"decided_at" timestamptz(3),
	"decided_by_name" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "guard_findings_state" CHECK ("guard_findings"."state" in ('suspected', 'set-aside', 'restored'))
);
--> statement-breakpoint
CREATE TABLE "guard_rules" (
	"region_code" text collate "C" PRIMARY KEY NOT NULL,
	"words" text[] NOT NULL,
	"links" text,
	"domains" text[] NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "guard_rules_links" CHECK ("guard_rules"."links" in ('flag', 'allow'))
);
--> statement-breakpoint
CREATE TABLE "meeting_defence" (
	"meeting_id" uuid PRIMARY KEY NOT NULL,
	"defence" text NOT NULL,
	CONSTRAINT "meeting_defence_known" CHECK ("meeting_defence"."defence" in ('auto', 'on', 'off'))
);
--> statement-breakpoint
ALTER TABLE "barred_devices" ADD CONSTRAINT "barred_devices_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "barred_devices" ADD CONSTRAINT "barred_devices_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_traces" ADD CONSTRAINT "device_traces_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guard_finding_accounts" ADD CONSTRAINT "guard_finding_accounts_finding_id_guard_findings_id_fk" FOREIGN KEY ("finding_id") REFERENCES "public"."guard_findings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guard_finding_accounts" ADD CONSTRAINT "guard_finding_accounts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guard_findings" ADD CONSTRAINT "guard_findings_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guard_rules" ADD CONSTRAINT "guard_rules_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_defence" ADD CONSTRAINT "meeting_defence_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "barred_devices_meeting" ON "barred_devices" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "guard_finding_accounts_account" ON "guard_finding_accounts" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "guard_findings_meeting" ON "guard_findings" USING btree ("meeting_id");