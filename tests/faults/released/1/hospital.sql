BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE audit (
	id CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id CHAR(32), 
	event VARCHAR(60) NOT NULL, 
	subject_kind VARCHAR(20) NOT NULL, 
	subject_id CHAR(32), 
	facts JSON NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id)
);
INSERT INTO "audit" VALUES('01a20133ed7f73cfb3af706063e4edc6','2026-11-22 03:01:50.079576','01a20133ed017896b852ee7c0c6082f4','people.signed_in','device','01a20133ed777a0e881e2bf9de695cd2','{"device_kind": "own"}');
INSERT INTO "audit" VALUES('01a20133ee4278029d420f6829508612','2026-11-22 03:01:50.274804','01a20133ed017ab9b3af947d0d0ca0c6','people.signed_in','device','01a20133ee3a766cac4ca3328a9b3619','{"device_kind": "own"}');
INSERT INTO "audit" VALUES('01a20133f3d8732fa7845f24e568ee77','2026-11-22 03:01:51.704493','01a20133ed017896b852ee7c0c6082f4','people.signed_in','device','01a20133f3c573a885ba8e867a42fe6d','{"device_kind": "own"}');
CREATE TABLE checkin (
	id CHAR(32) NOT NULL, 
	author_id CHAR(32) NOT NULL, 
	pairing_id CHAR(32), 
	audience VARCHAR(6) NOT NULL, 
	about VARCHAR(5) NOT NULL, 
	shift_date DATE NOT NULL, 
	shift_start DATETIME, 
	shift_end DATETIME, 
	day_uncertain BOOLEAN NOT NULL, 
	face INTEGER, 
	contact VARCHAR(10), 
	minutes INTEGER, 
	need VARCHAR(8), 
	words_sealed BLOB, 
	written_at DATETIME NOT NULL, 
	changed_at DATETIME, 
	sent_to_mentor_at DATETIME, 
	read_at DATETIME, 
	taken_back_at DATETIME, 
	head CHAR(32) NOT NULL, 
	CONSTRAINT pk_checkin PRIMARY KEY (id), 
	CONSTRAINT fk_checkin_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_checkin_pairing_id_pairing FOREIGN KEY(pairing_id) REFERENCES pairing (id)
);
CREATE TABLE contact (
	id CHAR(32) NOT NULL, 
	pairing_id CHAR(32) NOT NULL, 
	recorded_by_id CHAR(32) NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	means VARCHAR(12) NOT NULL, 
	happened_on DATE NOT NULL, 
	minutes INTEGER, 
	checkin_id CHAR(32), 
	head CHAR(32) NOT NULL, 
	taken_back_at DATETIME, 
	CONSTRAINT pk_contact PRIMARY KEY (id), 
	CONSTRAINT fk_contact_pairing_id_pairing FOREIGN KEY(pairing_id) REFERENCES pairing (id), 
	CONSTRAINT fk_contact_recorded_by_id_person FOREIGN KEY(recorded_by_id) REFERENCES person (id), 
	CONSTRAINT uq_contact_checkin_id UNIQUE (checkin_id)
);
CREATE TABLE device (
	id CHAR(32) NOT NULL, 
	browser CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	owner_tag VARCHAR(22) NOT NULL, 
	kind VARCHAR(6) NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	first_seen_at DATETIME NOT NULL, second_step_at DATETIME, 
	CONSTRAINT pk_device PRIMARY KEY (id), 
	CONSTRAINT fk_device_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_device_browser_person_id UNIQUE (browser, person_id), 
	CONSTRAINT uq_device_owner_tag UNIQUE (owner_tag)
);
INSERT INTO "device" VALUES('01a20133ed777a0e881e2bf9de695cd2','c45d331e45e44aca9a6eb14d4419b540','01a20133ed017896b852ee7c0c6082f4','zKIloLinE65qD2GJzC-CSQ','own','Recorded phone','2026-11-22 03:01:50.070260',NULL);
INSERT INTO "device" VALUES('01a20133ee3a766cac4ca3328a9b3619','bcd81af54383483c82004e099a23f1b9','01a20133ed017ab9b3af947d0d0ca0c6','lDTaggylH_cE7KgRujdz6g','own','Recorded phone','2026-11-22 03:01:50.266247',NULL);
INSERT INTO "device" VALUES('01a20133f3c573a885ba8e867a42fe6d','93dc2fad84734d26bb29b66c35221d8b','01a20133ed017896b852ee7c0c6082f4','ZLkdYB7roNWJcm-n4BmTZA','own','Recorded phone','2026-11-22 03:01:51.682406',NULL);
CREATE TABLE draft (
	person_id CHAR(32) NOT NULL, 
	id CHAR(32) NOT NULL, 
	form VARCHAR(80) NOT NULL, 
	fields_sealed BLOB, 
	written_at DATETIME NOT NULL, 
	head CHAR(32) NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (person_id, id), 
	CONSTRAINT fk_draft_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE entry (
	id CHAR(32) NOT NULL, 
	author_id CHAR(32) NOT NULL, 
	prompt VARCHAR(10), 
	body_sealed BLOB, 
	written_at DATETIME NOT NULL, 
	changed_at DATETIME, 
	since JSON NOT NULL, 
	shown_in_id CHAR(32), 
	shown_at DATETIME, 
	trashed_at DATETIME, 
	erased_at DATETIME, 
	recovered_from CHAR(32), 
	CONSTRAINT pk_entry PRIMARY KEY (id), 
	CONSTRAINT fk_entry_author_id_person FOREIGN KEY(author_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_entry_shown_in_id_pairing FOREIGN KEY(shown_in_id) REFERENCES pairing (id)
);
CREATE TABLE feed (
	person_id CHAR(32) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	entity_id CHAR(32) NOT NULL, 
	rev BIGINT NOT NULL, 
	gone BOOLEAN NOT NULL, 
	CONSTRAINT pk_feed PRIMARY KEY (person_id, kind, entity_id), 
	CONSTRAINT fk_feed_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE feed_counter (
	person_id CHAR(32) NOT NULL, 
	rev BIGINT NOT NULL, 
	CONSTRAINT pk_feed_counter PRIMARY KEY (person_id), 
	CONSTRAINT fk_feed_counter_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE feedback (
	id CHAR(32) NOT NULL, 
	author_id CHAR(32) NOT NULL, 
	pairing_id CHAR(32), 
	meeting_enough VARCHAR(10), 
	helps INTEGER, 
	safe_to_ask INTEGER, 
	words_sealed BLOB, 
	act_since DATETIME, 
	given_at DATETIME NOT NULL, 
	changed_at DATETIME, 
	taken_back_at DATETIME, 
	head CHAR(32) NOT NULL, 
	CONSTRAINT pk_feedback PRIMARY KEY (id), 
	CONSTRAINT fk_feedback_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_feedback_pairing_id_pairing FOREIGN KEY(pairing_id) REFERENCES pairing (id)
);
CREATE TABLE heartbeat (
	process VARCHAR(20) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_heartbeat PRIMARY KEY (process)
);
INSERT INTO "heartbeat" VALUES('worker','2026-11-22 03:01:49.422798');
CREATE TABLE held_op (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	op_id CHAR(32) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	action VARCHAR(20) NOT NULL, 
	entity_id CHAR(32) NOT NULL, 
	parent CHAR(32), 
	reason VARCHAR(30) NOT NULL, 
	said_sealed BLOB, 
	fingerprint BLOB NOT NULL, 
	written_at DATETIME NOT NULL, 
	received_at DATETIME NOT NULL, 
	discarded_at DATETIME, 
	CONSTRAINT pk_held_op PRIMARY KEY (id), 
	CONSTRAINT fk_held_op_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE help_contact (
	id CHAR(32) NOT NULL, 
	site_id CHAR(32), 
	lang VARCHAR(8) NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	label VARCHAR(80) NOT NULL, 
	phone VARCHAR(40) NOT NULL, 
	note VARCHAR(120) NOT NULL, 
	confirmed_on DATE NOT NULL, 
	CONSTRAINT pk_help_contact PRIMARY KEY (id), 
	CONSTRAINT fk_help_contact_site_id_site FOREIGN KEY(site_id) REFERENCES site (id) ON DELETE CASCADE
);
CREATE TABLE helped_answer (
	checkin_id CHAR(32) NOT NULL, 
	answer VARCHAR(8), 
	answered_on DATE NOT NULL, 
	CONSTRAINT pk_helped_answer PRIMARY KEY (checkin_id), 
	CONSTRAINT fk_helped_answer_checkin_id_checkin FOREIGN KEY(checkin_id) REFERENCES checkin (id) ON DELETE CASCADE
);
CREATE TABLE invitation (
	made_by_id CHAR(32), 
	code_hash VARCHAR(100) NOT NULL, 
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	made_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_invitation PRIMARY KEY (id), 
	CONSTRAINT fk_invitation_made_by_id_person FOREIGN KEY(made_by_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_invitation_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_invitation_person_id UNIQUE (person_id), 
	CONSTRAINT uq_invitation_token_hash UNIQUE (token_hash)
);
CREATE TABLE note (
	id CHAR(32) NOT NULL, 
	pairing_id CHAR(32) NOT NULL, 
	author_id CHAR(32) NOT NULL, 
	written_at DATETIME NOT NULL, 
	reply_to CHAR(32), 
	words_sealed BLOB NOT NULL, 
	head CHAR(32) NOT NULL, 
	read_at DATETIME, 
	taken_back_at DATETIME, 
	CONSTRAINT pk_note PRIMARY KEY (id), 
	CONSTRAINT fk_note_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_note_pairing_id_pairing FOREIGN KEY(pairing_id) REFERENCES pairing (id)
);
CREATE TABLE organisation (
	id INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	sender_name VARCHAR(40) NOT NULL, 
	lang VARCHAR(8) NOT NULL, 
	zone VARCHAR(40) NOT NULL, 
	epoch CHAR(32) NOT NULL, 
	demo_since DATETIME, second_step_required_from DATETIME, 
	CONSTRAINT pk_organisation PRIMARY KEY (id)
);
INSERT INTO "organisation" VALUES(1,'St Mary''s Hospital','St Mary''s','en','Europe/London','bebb328328744d2fb4bc539b7a0b372e',NULL,NULL);
CREATE TABLE outgoing_mail (
	id CHAR(32) NOT NULL, 
	address VARCHAR(254) NOT NULL, 
	sender_name VARCHAR(40) NOT NULL, 
	subject VARCHAR(200) NOT NULL, 
	text_sealed BLOB NOT NULL, 
	made_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	locked_by VARCHAR(80), 
	locked_until DATETIME, 
	finished_at DATETIME, 
	outcome VARCHAR(12), 
	CONSTRAINT pk_outgoing_mail PRIMARY KEY (id)
);
CREATE TABLE pairing (
	id CHAR(32) NOT NULL, 
	programme_id CHAR(32) NOT NULL, 
	mentor_id CHAR(32) NOT NULL, 
	mentee_id CHAR(32) NOT NULL, 
	made_by_id CHAR(32) NOT NULL, 
	made_at DATETIME NOT NULL, 
	why VARCHAR(400) NOT NULL, 
	faster_days INTEGER, 
	last_checked_in_at DATETIME, 
	talk_wanted_since DATETIME, 
	talk_wanted_checkin CHAR(32), 
	ended_at DATETIME, 
	ended_by_id CHAR(32), 
	CONSTRAINT pk_pairing PRIMARY KEY (id), 
	CONSTRAINT fk_pairing_ended_by_id_person FOREIGN KEY(ended_by_id) REFERENCES person (id), 
	CONSTRAINT fk_pairing_made_by_id_person FOREIGN KEY(made_by_id) REFERENCES person (id), 
	CONSTRAINT fk_pairing_mentee_id_person FOREIGN KEY(mentee_id) REFERENCES person (id), 
	CONSTRAINT fk_pairing_mentor_id_person FOREIGN KEY(mentor_id) REFERENCES person (id), 
	CONSTRAINT fk_pairing_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id)
);
INSERT INTO "pairing" VALUES('01a20133ed0672b99bda9c564804d4db','01a20133ecfb74f3aadb1ad61b519f0f','01a20133ed017ab9b3af947d0d0ca0c6','01a20133ed017896b852ee7c0c6082f4','01a20133ed0175f1a38efe62972df6bd','2026-11-22 03:01:49.955723','You both work nights on surgical wards.',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE person (
	id CHAR(32) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	email VARCHAR(254), 
	staff_number VARCHAR(40), 
	unit_id CHAR(32), 
	lang VARCHAR(8) NOT NULL, 
	zone VARCHAR(40) NOT NULL, 
	password_hash VARCHAR(255), 
	invited_at DATETIME NOT NULL, 
	joined_at DATETIME, 
	welcomed_at DATETIME, 
	closed_at DATETIME, second_step_later_at DATETIME, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT fk_person_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT uq_person_email UNIQUE (email), 
	CONSTRAINT uq_person_staff_number UNIQUE (staff_number)
);
INSERT INTO "person" VALUES('01a20133ed017896b852ee7c0c6082f4','Mary Okafor','mary@example.org',NULL,'01a20133ecf77d17a6b4bf45d6e105d0','en','Europe/London',NULL,'2026-11-22 03:01:49.940961','2026-11-22 03:01:49.940961','2026-11-22 03:01:49.940961',NULL,NULL);
INSERT INTO "person" VALUES('01a20133ed017ab9b3af947d0d0ca0c6','Ana Ruiz','ana@example.org',NULL,'01a20133ecf77d17a6b4bf45d6e105d0','en','Europe/London',NULL,'2026-11-22 03:01:49.941313','2026-11-22 03:01:49.941313','2026-11-22 03:01:49.941313',NULL,NULL);
INSERT INTO "person" VALUES('01a20133ed0175f1a38efe62972df6bd','Carol Jones','carol@example.org',NULL,NULL,'en','Europe/London',NULL,'2026-11-22 03:01:49.941430','2026-11-22 03:01:49.941430','2026-11-22 03:01:49.941430',NULL,NULL);
INSERT INTO "person" VALUES('01a20133ed017df3a24d3ad1febe2a91','Charlie Doe','charlie@example.org',NULL,NULL,'en','Europe/London',NULL,'2026-11-22 03:01:49.941541','2026-11-22 03:01:49.941541','2026-11-22 03:01:49.941541',NULL,NULL);
INSERT INTO "person" VALUES('01a20133ed017588bed009c762407129','Ada Smith','ada@example.org',NULL,NULL,'en','Europe/London',NULL,'2026-11-22 03:01:49.941681','2026-11-22 03:01:49.941681','2026-11-22 03:01:49.941681',NULL,NULL);
CREATE TABLE person_role (
	person_id CHAR(32) NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	CONSTRAINT pk_person_role PRIMARY KEY (person_id, role), 
	CONSTRAINT fk_person_role_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "person_role" VALUES('01a20133ed017896b852ee7c0c6082f4','mentee');
INSERT INTO "person_role" VALUES('01a20133ed017ab9b3af947d0d0ca0c6','mentor');
INSERT INTO "person_role" VALUES('01a20133ed0175f1a38efe62972df6bd','coordinator');
INSERT INTO "person_role" VALUES('01a20133ed017df3a24d3ad1febe2a91','mentee');
INSERT INTO "person_role" VALUES('01a20133ed017df3a24d3ad1febe2a91','mentor');
INSERT INTO "person_role" VALUES('01a20133ed017588bed009c762407129','administrator');
CREATE TABLE phone_code (
	sign_in_id CHAR(32) NOT NULL, 
	code_hash VARCHAR(100) NOT NULL, 
	tries INTEGER NOT NULL, 
	used_at DATETIME, 
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	made_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_phone_code PRIMARY KEY (id), 
	CONSTRAINT fk_phone_code_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_phone_code_sign_in_id_sign_in FOREIGN KEY(sign_in_id) REFERENCES sign_in (id) ON DELETE CASCADE, 
	CONSTRAINT uq_phone_code_person_id UNIQUE (person_id), 
	CONSTRAINT uq_phone_code_token_hash UNIQUE (token_hash)
);
CREATE TABLE programme (
	id CHAR(32) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	created_at DATETIME NOT NULL, 
	hello_hours INTEGER NOT NULL, 
	first_talk_days INTEGER NOT NULL, 
	weekly_days INTEGER NOT NULL, 
	fortnightly_days INTEGER NOT NULL, 
	CONSTRAINT pk_programme PRIMARY KEY (id)
);
INSERT INTO "programme" VALUES('01a20133ecfb74f3aadb1ad61b519f0f','New nurses 2026','2026-11-22 03:01:49.941819',72,14,28,91);
CREATE TABLE programme_coordinator (
	programme_id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_programme_coordinator PRIMARY KEY (programme_id, person_id), 
	CONSTRAINT fk_programme_coordinator_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_programme_coordinator_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id) ON DELETE CASCADE
);
INSERT INTO "programme_coordinator" VALUES('01a20133ecfb74f3aadb1ad61b519f0f','01a20133ed0175f1a38efe62972df6bd');
CREATE TABLE push_day (
	person_id CHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	used INTEGER NOT NULL, 
	bundled_at DATETIME, 
	CONSTRAINT pk_push_day PRIMARY KEY (person_id, day), 
	CONSTRAINT fk_push_day_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE push_delivery (
	id CHAR(32) NOT NULL, 
	message_id CHAR(32) NOT NULL, 
	subscription_id CHAR(32) NOT NULL, 
	due_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	locked_by VARCHAR(80), 
	locked_until DATETIME, 
	finished_at DATETIME, 
	outcome VARCHAR(20), 
	CONSTRAINT pk_push_delivery PRIMARY KEY (id), 
	CONSTRAINT fk_push_delivery_message_id_push_message FOREIGN KEY(message_id) REFERENCES push_message (id) ON DELETE CASCADE, 
	CONSTRAINT fk_push_delivery_subscription_id_push_subscription FOREIGN KEY(subscription_id) REFERENCES push_subscription (id) ON DELETE CASCADE, 
	CONSTRAINT uq_push_delivery_message_id_subscription_id UNIQUE (message_id, subscription_id)
);
CREATE TABLE push_message (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	sign_in_id CHAR(32), 
	kind VARCHAR(20) NOT NULL, 
	dedup_key VARCHAR(200) NOT NULL, 
	navigate VARCHAR(200) NOT NULL, 
	created_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	settled_how VARCHAR(20), 
	CONSTRAINT pk_push_message PRIMARY KEY (id), 
	CONSTRAINT fk_push_message_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_push_message_sign_in_id_sign_in FOREIGN KEY(sign_in_id) REFERENCES sign_in (id) ON DELETE CASCADE, 
	CONSTRAINT uq_push_message_dedup_key UNIQUE (dedup_key)
);
CREATE TABLE push_origin_pause (
	origin VARCHAR(280) NOT NULL, 
	until DATETIME NOT NULL, 
	why VARCHAR(40), 
	CONSTRAINT pk_push_origin_pause PRIMARY KEY (origin)
);
CREATE TABLE push_subscription (
	id CHAR(32) NOT NULL, 
	sign_in_id CHAR(32) NOT NULL, 
	endpoint_hash VARCHAR(64) NOT NULL, 
	origin VARCHAR(280) NOT NULL, 
	address_sealed BLOB NOT NULL, 
	key_id VARCHAR(40) NOT NULL, 
	made_at DATETIME NOT NULL, 
	confirmed_at DATETIME NOT NULL, 
	accepted_at DATETIME, 
	wait_until DATETIME, 
	gone_at DATETIME, 
	needs_resubscribe_at DATETIME, 
	CONSTRAINT pk_push_subscription PRIMARY KEY (id), 
	CONSTRAINT fk_push_subscription_sign_in_id_sign_in FOREIGN KEY(sign_in_id) REFERENCES sign_in (id) ON DELETE CASCADE, 
	CONSTRAINT uq_push_subscription_endpoint_hash UNIQUE (endpoint_hash)
);
CREATE TABLE quarantined_op (
	person_id CHAR(32) NOT NULL, 
	digest BLOB NOT NULL, 
	op_id CHAR(32) NOT NULL, 
	reason VARCHAR(30) NOT NULL, 
	envelope TEXT NOT NULL, 
	received_at DATETIME NOT NULL, 
	CONSTRAINT pk_quarantined_op PRIMARY KEY (person_id, digest), 
	CONSTRAINT fk_quarantined_op_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE quiet_hours (
	person_id CHAR(32) NOT NULL, 
	starts TIME NOT NULL, 
	ends TIME NOT NULL, 
	nights_until DATE, 
	away_until DATE, 
	CONSTRAINT pk_quiet_hours PRIMARY KEY (person_id), 
	CONSTRAINT fk_quiet_hours_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE recovery_code (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	code_hash VARCHAR(100) NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT pk_recovery_code PRIMARY KEY (id), 
	CONSTRAINT fk_recovery_code_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE reminder_last_ask (
	person_id CHAR(32) NOT NULL, 
	asked_on DATE NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	CONSTRAINT pk_reminder_last_ask PRIMARY KEY (person_id), 
	CONSTRAINT fk_reminder_last_ask_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE reminder_rule (
	id CHAR(32) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	zone VARCHAR(40) NOT NULL, 
	wall_time TIME NOT NULL, 
	next_due_at DATETIME NOT NULL, 
	CONSTRAINT pk_reminder_rule PRIMARY KEY (id), 
	CONSTRAINT uq_reminder_rule_kind_zone UNIQUE (kind, zone)
);
CREATE TABLE reset_link (
	made_by_id CHAR(32), 
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	made_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_reset_link PRIMARY KEY (id), 
	CONSTRAINT fk_reset_link_made_by_id_person FOREIGN KEY(made_by_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_reset_link_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_reset_link_person_id UNIQUE (person_id), 
	CONSTRAINT uq_reset_link_token_hash UNIQUE (token_hash)
);
CREATE TABLE second_factor (
	person_id CHAR(32) NOT NULL, 
	secret_sealed BLOB NOT NULL, 
	made_at DATETIME NOT NULL, 
	confirmed_at DATETIME, 
	last_step BIGINT, 
	CONSTRAINT pk_second_factor PRIMARY KEY (person_id), 
	CONSTRAINT fk_second_factor_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE sign_in (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	device_id CHAR(32) NOT NULL, 
	here_hash VARCHAR(64) NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	last_human_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	revoked_why VARCHAR(40), 
	CONSTRAINT pk_sign_in PRIMARY KEY (id), 
	CONSTRAINT fk_sign_in_device_id_device FOREIGN KEY(device_id) REFERENCES device (id) ON DELETE CASCADE, 
	CONSTRAINT fk_sign_in_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "sign_in" VALUES('f9473349ec17416da39db8f84d4860d8','01a20133ed017896b852ee7c0c6082f4','01a20133ed777a0e881e2bf9de695cd2','de811b8c86e24768c62b94619460ef7381819f7d9f358c280a4410099e3df399','2026-11-22 03:01:50.078320','2027-05-21 03:01:50.078327','2026-11-22 03:01:50.078330',NULL,NULL);
INSERT INTO "sign_in" VALUES('4e81f9aee9514e369098c56522d2cf3e','01a20133ed017ab9b3af947d0d0ca0c6','01a20133ee3a766cac4ca3328a9b3619','95389ee92163b44a75234fb0991002969afe7aa4c94292bb2d2d4ac1af74b13a','2026-11-22 03:01:50.273771','2027-05-21 03:01:50.273779','2026-11-22 03:01:50.273782',NULL,NULL);
INSERT INTO "sign_in" VALUES('27f56d3cfc334f69950a1fcb39e2bcc6','01a20133ed017896b852ee7c0c6082f4','01a20133f3c573a885ba8e867a42fe6d','d2f17ea5107f808fcf38ba6f1e229ae5e451a88c9170b2a687542545fbcb4c11','2026-11-22 03:01:51.697647','2027-05-21 03:01:51.697655','2026-11-22 03:01:51.697658',NULL,NULL);
CREATE TABLE site (
	id CHAR(32) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	zone VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_site PRIMARY KEY (id), 
	CONSTRAINT uq_site_name UNIQUE (name)
);
INSERT INTO "site" VALUES('01a20133ecef7a47814b4a098cda27e9','North site','Europe/London');
CREATE TABLE sync_op (
	person_id CHAR(32) NOT NULL, 
	op_id CHAR(32) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	action VARCHAR(20) NOT NULL, 
	entity_id CHAR(32) NOT NULL, 
	status VARCHAR(12) NOT NULL, 
	reason VARCHAR(30), 
	key_id VARCHAR(24) NOT NULL, 
	fingerprint BLOB NOT NULL, 
	received_at DATETIME NOT NULL, 
	CONSTRAINT pk_sync_op PRIMARY KEY (person_id, op_id), 
	CONSTRAINT fk_sync_op_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE taken_back (
	id CHAR(32) NOT NULL, 
	author_id CHAR(32) NOT NULL, 
	taken_back_at DATETIME NOT NULL, 
	CONSTRAINT pk_taken_back PRIMARY KEY (id), 
	CONSTRAINT fk_taken_back_author_id_person FOREIGN KEY(author_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE tries (
	"key" VARCHAR(64) NOT NULL, 
	began_at DATETIME NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_tries PRIMARY KEY ("key")
);
CREATE TABLE unit (
	id CHAR(32) NOT NULL, 
	site_id CHAR(32) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_unit PRIMARY KEY (id), 
	CONSTRAINT fk_unit_site_id_site FOREIGN KEY(site_id) REFERENCES site (id)
);
INSERT INTO "unit" VALUES('01a20133ecf77d17a6b4bf45d6e105d0','01a20133ecef7a47814b4a098cda27e9','Ward 4');
CREATE INDEX ix_audit_at ON audit (at);
CREATE INDEX ix_audit_event ON audit (event);
CREATE INDEX ix_outgoing_mail_due ON outgoing_mail (finished_at, due_at);
CREATE INDEX ix_reminder_rule_next_due_at ON reminder_rule (next_due_at);
CREATE INDEX ix_tries_began_at ON tries (began_at);
CREATE INDEX ix_help_contact_site_id ON help_contact (site_id);
CREATE INDEX ix_device_person_id ON device (person_id);
CREATE INDEX ix_feed_person_rev ON feed (person_id, rev);
CREATE INDEX ix_held_op_person_op ON held_op (person_id, op_id);
CREATE INDEX ix_pairing_mentee_id ON pairing (mentee_id);
CREATE INDEX ix_pairing_mentor_id ON pairing (mentor_id);
CREATE UNIQUE INDEX uq_pairing_one_active_mentor ON pairing (programme_id, mentee_id) WHERE ended_at IS NULL;
CREATE INDEX ix_checkin_author_written ON checkin (author_id, written_at);
CREATE INDEX ix_checkin_pairing_sent ON checkin (pairing_id, sent_to_mentor_at);
CREATE INDEX ix_contact_pairing_on ON contact (pairing_id, happened_on);
CREATE INDEX ix_entry_author_written ON entry (author_id, written_at);
CREATE INDEX ix_entry_shown_in_id ON entry (shown_in_id);
CREATE INDEX ix_entry_trashed_at ON entry (trashed_at);
CREATE INDEX ix_feedback_author_id ON feedback (author_id);
CREATE INDEX ix_feedback_pairing_id ON feedback (pairing_id);
CREATE INDEX ix_note_pairing_written ON note (pairing_id, written_at);
CREATE INDEX ix_sign_in_person_id ON sign_in (person_id);
CREATE INDEX ix_push_message_due ON push_message (due_at, id) WHERE settled_at IS NULL;
CREATE INDEX ix_push_message_person ON push_message (person_id, created_at);
CREATE INDEX ix_push_subscription_sign_in_id ON push_subscription (sign_in_id);
CREATE INDEX ix_push_delivery_due ON push_delivery (due_at, id) WHERE finished_at IS NULL;
CREATE INDEX ix_push_delivery_subscription_id ON push_delivery (subscription_id);
CREATE INDEX ix_recovery_code_person_id ON recovery_code (person_id);
COMMIT;
