CREATE TABLE "minutes_taken_in" (
	"meeting_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	CONSTRAINT "minutes_taken_in_meeting_id_kind_subject_id_pk" PRIMARY KEY("meeting_id","kind","subject_id")
);
--> statement-breakpoint
ALTER TABLE "minutes_taken_in" ADD CONSTRAINT "minutes_taken_in_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
INSERT INTO "minutes_taken_in" ("meeting_id", "kind", "subject_id") SELECT "meeting_id", 'speech', "speech_id" FROM "minutes_speeches";
