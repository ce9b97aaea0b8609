CREATE TABLE "minutes_speeches" (
	"meeting_id" uuid NOT NULL,
	"speech_id" uuid NOT NULL,
	CONSTRAINT "minutes_speeches_meeting_id_speech_id_pk" PRIMARY KEY("meeting_id","speech_id")
);
--> statement-breakpoint
ALTER TABLE "minutes_speeches" ADD CONSTRAINT "minutes_speeches_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_speeches" ADD CONSTRAINT "minutes_speeches_speech_id_speeches_id_fk" FOREIGN KEY ("speech_id") REFERENCES "public"."speeches"("id") ON DELETE cascade ON UPDATE no action;