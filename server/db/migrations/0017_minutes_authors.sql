CREATE TABLE "minutes_authors" (
	"meeting_id" uuid NOT NULL,
	"client_id" bigint NOT NULL,
	"from_clock" bigint NOT NULL,
	"account_id" uuid NOT NULL,
	"created_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "minutes_authors_meeting_id_client_id_from_clock_pk" PRIMARY KEY("meeting_id","client_id","from_clock")
);
--> statement-breakpoint
CREATE TABLE "minutes_touches" (
	"meeting_id" uuid NOT NULL,
	"block_id" text NOT NULL,
	"account_id" uuid NOT NULL,
	"first_at" timestamptz(3) DEFAULT now() NOT NULL,
	"last_at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "minutes_touches_meeting_id_block_id_account_id_pk" PRIMARY KEY("meeting_id","block_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "minutes_updates" DROP CONSTRAINT "minutes_updates_account_id_accounts_id_fk";
--> statement-breakpoint
ALTER TABLE "minutes_snapshots" ADD COLUMN "revision" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "minutes_authors" ADD CONSTRAINT "minutes_authors_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_authors" ADD CONSTRAINT "minutes_authors_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_touches" ADD CONSTRAINT "minutes_touches_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_touches" ADD CONSTRAINT "minutes_touches_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_updates" DROP COLUMN "account_id";