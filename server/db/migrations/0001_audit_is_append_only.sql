-- An entry of the audit trail is written once. The sealer may fill in its place and hashes, once; nothing else may change it.
CREATE FUNCTION audit_entries_protect() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.place IS NULL AND NEW.place IS NOT NULL
    AND (NEW.id, NEW.at, NEW.actor_id, NEW.actor_name, NEW.action, NEW.subject_id, NEW.details)
      IS NOT DISTINCT FROM (OLD.id, OLD.at, OLD.actor_id, OLD.actor_name, OLD.action, OLD.subject_id, OLD.details)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit trail is append-only';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_entries_protect BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_protect();
--> statement-breakpoint
CREATE TRIGGER audit_entries_protect_all BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_protect();
--> statement-breakpoint
-- What the sealer looks for, every second.
CREATE INDEX audit_entries_unsealed ON audit_entries (id) WHERE place IS NULL;
