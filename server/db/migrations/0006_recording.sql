CREATE TABLE "recording_switches" (
	"meeting_id" uuid PRIMARY KEY NOT NULL,
	"on" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recordings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"meeting_id" uuid NOT NULL,
	"speech_id" uuid NOT NULL,
	"source" text NOT NULL,
	"part" integer NOT NULL,
	"file" text NOT NULL,
	"has_audio" boolean NOT NULL,
	"has_video" boolean NOT NULL,
	"started_at" timestamptz(3) NOT NULL,
	"ended_at" timestamptz(3),
	"seconds" double precision,
	"bytes" bigint,
	"end" text,
	"host" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "recording_switches" ADD CONSTRAINT "recording_switches_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recordings" ADD CONSTRAINT "recordings_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recordings" ADD CONSTRAINT "recordings_speech_id_speeches_id_fk" FOREIGN KEY ("speech_id") REFERENCES "public"."speeches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recordings_meeting" ON "recordings" USING btree ("meeting_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "recordings_part" ON "recordings" USING btree ("speech_id","source","part");