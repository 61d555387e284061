-- SPDX-License-Identifier: Apache-2.0
-- What the migrations in Sources/Preservation/Schema add up to; a test compares it.
-- Record it anew with RECORD_SNAPSHOTS=1, which fails once.

CREATE TABLE analysis (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;

CREATE TABLE artifact (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 64 AND digest NOT GLOB '*[^0-9a-f]*'),
  byteCount INTEGER NOT NULL CHECK (byteCount >= 0)
) STRICT;

CREATE TABLE version (
  id INTEGER PRIMARY KEY,
  analysis INTEGER NOT NULL REFERENCES analysis (id),
  number INTEGER NOT NULL CHECK (number > 0),
  fingerprint TEXT NOT NULL UNIQUE
    CHECK (length(fingerprint) = 64 AND fingerprint NOT GLOB '*[^0-9a-f]*'),
  title TEXT NOT NULL,
  registeredAt TEXT NOT NULL CHECK (registeredAt GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (analysis, number)
) STRICT;

CREATE TABLE versionFile (
  version INTEGER NOT NULL REFERENCES version (id),
  path TEXT NOT NULL CHECK (path <> ''),
  artifact TEXT NOT NULL REFERENCES artifact (digest),
  mediaType TEXT NOT NULL,
  PRIMARY KEY (version, path)
) STRICT;

CREATE INDEX versionFileArtifact ON versionFile (artifact);

CREATE TABLE signal (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE
    CHECK (length(fingerprint) = 64 AND fingerprint NOT GLOB '*[^0-9a-f]*'),
  name TEXT NOT NULL CHECK (name <> ''),
  point TEXT NOT NULL CHECK (json_type(point) = 'object'),
  document TEXT NOT NULL CHECK (json_type(document) = 'object')
) STRICT;

CREATE INDEX signalName ON signal (name);

CREATE TABLE signalFile (
  signal INTEGER NOT NULL REFERENCES signal (id),
  input TEXT NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  artifact TEXT NOT NULL REFERENCES artifact (digest),
  mediaType TEXT NOT NULL,
  PRIMARY KEY (signal, input, position)
) STRICT;

CREATE INDEX signalFileArtifact ON signalFile (artifact);

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL REFERENCES version (id),
  signal INTEGER NOT NULL REFERENCES signal (id),
  seed TEXT NOT NULL CHECK (length(seed) BETWEEN 1 AND 20 AND seed NOT GLOB '*[^0-9]*'),
  planFingerprint TEXT NOT NULL
    CHECK (length(planFingerprint) = 64 AND planFingerprint NOT GLOB '*[^0-9a-f]*'),
  engine TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  message TEXT,
  holder TEXT,
  createdAt TEXT NOT NULL CHECK (createdAt GLOB '????-??-??T??:??:??.???Z'),
  startedAt TEXT CHECK (startedAt GLOB '????-??-??T??:??:??.???Z'),
  endedAt TEXT CHECK (endedAt GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (planFingerprint, version, signal)
) STRICT;

CREATE INDEX runVersion ON run (version);

CREATE INDEX runSignal ON run (signal);

CREATE TABLE runStatusMove (
  fromStatus TEXT NOT NULL,
  toStatus TEXT NOT NULL,
  PRIMARY KEY (fromStatus, toStatus)
) STRICT;

CREATE TABLE stepOutput (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE
    CHECK (length(fingerprint) = 64 AND fingerprint NOT GLOB '*[^0-9a-f]*'),
  kind TEXT NOT NULL CHECK (kind <> ''),
  kindVersion INTEGER NOT NULL,
  components TEXT NOT NULL CHECK (json_type(components) = 'object'),
  seconds REAL NOT NULL CHECK (seconds >= 0),
  host TEXT NOT NULL,
  engine TEXT NOT NULL,
  log TEXT NOT NULL,
  recordedAt TEXT NOT NULL CHECK (recordedAt GLOB '????-??-??T??:??:??.???Z')
) STRICT;

CREATE TABLE stepArtifact (
  stepOutput INTEGER NOT NULL REFERENCES stepOutput (id),
  name TEXT NOT NULL CHECK (name <> ''),
  artifact TEXT NOT NULL REFERENCES artifact (digest),
  mediaType TEXT NOT NULL,
  PRIMARY KEY (stepOutput, name)
) STRICT;

CREATE INDEX stepArtifactArtifact ON stepArtifact (artifact);

CREATE TABLE quantity (
  name TEXT PRIMARY KEY,
  meaning TEXT NOT NULL
) STRICT;

CREATE TABLE result (
  id INTEGER PRIMARY KEY,
  stepOutput INTEGER NOT NULL REFERENCES stepOutput (id),
  quantity TEXT NOT NULL REFERENCES quantity (name),
  subject TEXT CHECK (subject <> ''),
  sigma INTEGER CHECK (sigma BETWEEN -2 AND 2),
  value REAL NOT NULL
    CHECK (value BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  uncertainty REAL CHECK (uncertainty BETWEEN 0 AND 1.7976931348623157e308),
  entries INTEGER CHECK (entries >= 0),
  sumW REAL CHECK (sumW BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  sumW2 REAL CHECK (sumW2 BETWEEN 0 AND 1.7976931348623157e308),
  unit TEXT CHECK (unit <> '')
) STRICT;

CREATE UNIQUE INDEX resultIdentity
  ON result (stepOutput, quantity, coalesce(subject, ''), coalesce(sigma, 9));

CREATE TABLE stepRun (
  run INTEGER NOT NULL REFERENCES run (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  step TEXT NOT NULL CHECK (step <> ''),
  kind TEXT NOT NULL,
  kindVersion INTEGER NOT NULL,
  fingerprint TEXT NOT NULL
    CHECK (length(fingerprint) = 64 AND fingerprint NOT GLOB '*[^0-9a-f]*'),
  status TEXT NOT NULL CHECK (status IN
    ('pending', 'running', 'succeeded', 'cached', 'failed', 'cancelled', 'skipped')),
  reason TEXT NOT NULL,
  message TEXT,
  seconds REAL CHECK (seconds >= 0),
  host TEXT,
  log TEXT,
  startedAt TEXT CHECK (startedAt GLOB '????-??-??T??:??:??.???Z'),
  endedAt TEXT CHECK (endedAt GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (run, step),
  UNIQUE (run, position)
) STRICT;

CREATE INDEX stepRunFingerprint ON stepRun (fingerprint);

CREATE INDEX stepRunStep ON stepRun (step);

CREATE TABLE lease (
  fingerprint TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  acquiredAt TEXT NOT NULL,
  renewedAt TEXT NOT NULL
) STRICT;

CREATE TRIGGER runStatusIsLegal BEFORE UPDATE OF status ON run
WHEN NEW.status <> OLD.status AND NOT EXISTS (
  SELECT 1 FROM runStatusMove WHERE fromStatus = OLD.status AND toStatus = NEW.status)
BEGIN SELECT RAISE(ABORT, 'a run can only move along runStatusMove'); END;

CREATE TRIGGER runIdentityIsFixed
BEFORE UPDATE OF id, version, signal, seed, planFingerprint, createdAt ON run
BEGIN SELECT RAISE(ABORT, 'the identity of a run never changes'); END;

CREATE TRIGGER runIsKept BEFORE DELETE ON run
BEGIN SELECT RAISE(ABORT, 'a run is never deleted'); END;

CREATE TRIGGER stepRunIdentityIsFixed
BEFORE UPDATE OF run, position, step, kind, kindVersion, fingerprint ON stepRun
BEGIN SELECT RAISE(ABORT, 'the identity of a step never changes'); END;

CREATE TRIGGER stepRunHasOutput BEFORE UPDATE OF status ON stepRun
WHEN NEW.status IN ('succeeded', 'cached') AND NOT EXISTS (
  SELECT 1 FROM stepOutput WHERE fingerprint = NEW.fingerprint)
BEGIN SELECT RAISE(ABORT, 'a step that succeeded has an output'); END;

CREATE TRIGGER stepRunStartsWithoutOutput BEFORE INSERT ON stepRun
WHEN NEW.status <> 'pending'
BEGIN SELECT RAISE(ABORT, 'a step starts as pending'); END;

CREATE TRIGGER analysisIsFixed BEFORE UPDATE ON analysis
BEGIN SELECT RAISE(ABORT, 'an analysis never changes'); END;

CREATE TRIGGER analysisIsKept BEFORE DELETE ON analysis
BEGIN SELECT RAISE(ABORT, 'an analysis is never deleted'); END;

CREATE TRIGGER artifactIsFixed BEFORE UPDATE ON artifact
BEGIN SELECT RAISE(ABORT, 'an artifact never changes'); END;

CREATE TRIGGER artifactIsKept BEFORE DELETE ON artifact
BEGIN SELECT RAISE(ABORT, 'an artifact is never deleted'); END;

CREATE TRIGGER versionIsFixed BEFORE UPDATE ON version
BEGIN SELECT RAISE(ABORT, 'a version never changes'); END;

CREATE TRIGGER versionIsKept BEFORE DELETE ON version
BEGIN SELECT RAISE(ABORT, 'a version is never deleted'); END;

CREATE TRIGGER versionFileIsFixed BEFORE UPDATE ON versionFile
BEGIN SELECT RAISE(ABORT, 'a file of a version never changes'); END;

CREATE TRIGGER versionFileIsKept BEFORE DELETE ON versionFile
BEGIN SELECT RAISE(ABORT, 'a file of a version is never deleted'); END;

CREATE TRIGGER signalIsFixed BEFORE UPDATE ON signal
BEGIN SELECT RAISE(ABORT, 'a signal never changes'); END;

CREATE TRIGGER signalIsKept BEFORE DELETE ON signal
BEGIN SELECT RAISE(ABORT, 'a signal is never deleted'); END;

CREATE TRIGGER signalFileIsFixed BEFORE UPDATE ON signalFile
BEGIN SELECT RAISE(ABORT, 'a file of a signal never changes'); END;

CREATE TRIGGER signalFileIsKept BEFORE DELETE ON signalFile
BEGIN SELECT RAISE(ABORT, 'a file of a signal is never deleted'); END;

CREATE TRIGGER stepOutputIsFixed BEFORE UPDATE ON stepOutput
BEGIN SELECT RAISE(ABORT, 'the output of a step never changes'); END;

CREATE TRIGGER stepOutputIsKept BEFORE DELETE ON stepOutput
BEGIN SELECT RAISE(ABORT, 'the output of a step is never deleted'); END;

CREATE TRIGGER stepArtifactIsFixed BEFORE UPDATE ON stepArtifact
BEGIN SELECT RAISE(ABORT, 'a file of a step never changes'); END;

CREATE TRIGGER stepArtifactIsKept BEFORE DELETE ON stepArtifact
BEGIN SELECT RAISE(ABORT, 'a file of a step is never deleted'); END;

CREATE TRIGGER resultIsFixed BEFORE UPDATE ON result
BEGIN SELECT RAISE(ABORT, 'a result never changes'); END;

CREATE TRIGGER resultIsKept BEFORE DELETE ON result
BEGIN SELECT RAISE(ABORT, 'a result is never deleted'); END;

CREATE VIEW versions AS
SELECT analysis.name AS analysis, version.number AS version, version.title,
  version.registeredAt, version.fingerprint
FROM version JOIN analysis ON analysis.id = version.analysis;

CREATE VIEW runs AS
SELECT analysis.name AS analysis, version.number AS version, run.id AS run,
  signal.name AS signal, signal.point, run.seed, run.status, run.message, run.engine,
  run.startedAt, run.endedAt
FROM run
JOIN version ON version.id = run.version
JOIN analysis ON analysis.id = version.analysis
JOIN signal ON signal.id = run.signal;

CREATE VIEW steps AS
SELECT runs.analysis, runs.version, runs.run, runs.signal, stepRun.step, stepRun.kind,
  stepRun.status, stepRun.reason, stepRun.message, stepRun.seconds, stepRun.host
FROM runs JOIN stepRun ON stepRun.run = runs.run;

CREATE VIEW results AS
SELECT analysis.name AS analysis, version.number AS version, run.id AS run,
  signal.name AS signal, signal.point, stepRun.step, stepRun.kind, result.quantity,
  result.subject, result.sigma, result.value, result.uncertainty, result.entries,
  result.sumW, result.sumW2, result.unit
FROM stepRun
JOIN stepOutput ON stepOutput.fingerprint = stepRun.fingerprint
JOIN result ON result.stepOutput = stepOutput.id
JOIN run ON run.id = stepRun.run
JOIN signal ON signal.id = run.signal
JOIN version ON version.id = run.version
JOIN analysis ON analysis.id = version.analysis
WHERE stepRun.status IN ('succeeded', 'cached');

CREATE TABLE scan (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  version INTEGER NOT NULL REFERENCES version (id),
  specification TEXT NOT NULL CHECK (json_type(specification) = 'object'),
  family TEXT NOT NULL CHECK (json_type(family) = 'object'),
  fingerprint TEXT NOT NULL
    CHECK (length(fingerprint) = 64 AND fingerprint NOT GLOB '*[^0-9a-f]*'),
  seed TEXT NOT NULL CHECK (length(seed) BETWEEN 1 AND 20 AND seed NOT GLOB '*[^0-9]*'),
  engine TEXT NOT NULL,
  status TEXT NOT NULL
    CHECK (status IN ('created', 'running', 'stopped', 'finished', 'failed')),
  reason TEXT,
  holder TEXT,
  createdAt TEXT NOT NULL CHECK (createdAt GLOB '????-??-??T??:??:??.???Z'),
  startedAt TEXT CHECK (startedAt GLOB '????-??-??T??:??:??.???Z'),
  stopRequestedAt TEXT CHECK (stopRequestedAt GLOB '????-??-??T??:??:??.???Z'),
  endedAt TEXT CHECK (endedAt GLOB '????-??-??T??:??:??.???Z'),
  CHECK (status NOT IN ('stopped', 'finished', 'failed') OR reason <> '')
) STRICT;

CREATE INDEX scanVersion ON scan (version);

CREATE TABLE scanStatusMove (
  fromStatus TEXT NOT NULL,
  toStatus TEXT NOT NULL,
  PRIMARY KEY (fromStatus, toStatus)
) STRICT;

CREATE TABLE scanFile (
  scan INTEGER NOT NULL REFERENCES scan (id),
  path TEXT NOT NULL CHECK (path <> ''),
  artifact TEXT NOT NULL REFERENCES artifact (digest),
  mediaType TEXT NOT NULL,
  PRIMARY KEY (scan, path)
) STRICT;

CREATE INDEX scanFileArtifact ON scanFile (artifact);

CREATE TABLE scanProposal (
  scan INTEGER NOT NULL REFERENCES scan (id),
  number INTEGER NOT NULL CHECK (number >= 0),
  round INTEGER NOT NULL CHECK (round >= 1),
  position TEXT NOT NULL CHECK (json_type(position) = 'array'),
  point TEXT NOT NULL CHECK (json_type(point) = 'object'),
  acquisition REAL
    CHECK (acquisition BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
  hyperparameters TEXT NOT NULL CHECK (json_type(hyperparameters) = 'array'),
  createdAt TEXT NOT NULL CHECK (createdAt GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (scan, number),
  UNIQUE (scan, position)
) STRICT;

CREATE TABLE scanOutcome (
  scan INTEGER NOT NULL,
  number INTEGER NOT NULL,
  attempt INTEGER NOT NULL CHECK (attempt >= 1),
  run INTEGER REFERENCES run (id),
  status TEXT NOT NULL CHECK (status IN ('finished', 'failed')),
  outputs TEXT NOT NULL CHECK (json_type(outputs) = 'object'),
  message TEXT,
  createdAt TEXT NOT NULL CHECK (createdAt GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (scan, number, attempt),
  FOREIGN KEY (scan, number) REFERENCES scanProposal (scan, number),
  CHECK (status = 'failed' OR (run IS NOT NULL AND outputs <> '{}' AND message IS NULL)),
  CHECK (status = 'finished' OR message <> '')
) STRICT;

CREATE INDEX scanOutcomeRun ON scanOutcome (run);

CREATE TABLE scanRound (
  scan INTEGER NOT NULL REFERENCES scan (id),
  round INTEGER NOT NULL CHECK (round >= 1),
  evaluations INTEGER NOT NULL CHECK (evaluations >= 0),
  misclassified REAL CHECK (misclassified BETWEEN 0 AND 1),
  shift REAL CHECK (shift BETWEEN 0 AND 1),
  createdAt TEXT NOT NULL CHECK (createdAt GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (scan, round, evaluations)
) STRICT;

CREATE TRIGGER scanStatusIsLegal BEFORE UPDATE OF status ON scan
WHEN NEW.status <> OLD.status AND NOT EXISTS (
  SELECT 1 FROM scanStatusMove WHERE fromStatus = OLD.status AND toStatus = NEW.status)
BEGIN SELECT RAISE(ABORT, 'a scan can only move along scanStatusMove'); END;

CREATE TRIGGER scanStartsAsCreated BEFORE INSERT ON scan WHEN NEW.status <> 'created'
BEGIN SELECT RAISE(ABORT, 'a scan starts as created'); END;

CREATE TRIGGER scanProposalFollows BEFORE INSERT ON scanProposal
WHEN NEW.number <> (
  SELECT coalesce(max(number) + 1, 0) FROM scanProposal WHERE scan = NEW.scan)
  OR NEW.round < (SELECT coalesce(max(round), 1) FROM scanProposal
    WHERE scan = NEW.scan AND number = NEW.number - 1)
BEGIN SELECT RAISE(ABORT, 'proposals are numbered from 0 without gaps, by round'); END;

CREATE TRIGGER scanProposalIsOfARunningScan BEFORE INSERT ON scanProposal
WHEN 'running' <> (SELECT status FROM scan WHERE id = NEW.scan)
BEGIN SELECT RAISE(ABORT, 'only a running scan proposes'); END;

CREATE TRIGGER scanProposalIsAPoint BEFORE INSERT ON scanProposal
WHEN json_array_length(NEW.position) = 0
  OR json_array_length(NEW.position) <> (SELECT count(*) FROM json_each(NEW.point))
  OR EXISTS (SELECT 1 FROM json_each(NEW.position)
    WHERE type NOT IN ('integer', 'real') OR value NOT BETWEEN 0 AND 1)
  OR EXISTS (SELECT 1 FROM json_each(NEW.point) WHERE type NOT IN ('integer', 'real'))
BEGIN SELECT RAISE(ABORT, 'a proposal is a position in the unit cube and the numbers there'); END;

CREATE TRIGGER scanOutcomeFollows BEFORE INSERT ON scanOutcome
WHEN NEW.attempt <> (SELECT coalesce(max(attempt) + 1, 1) FROM scanOutcome
    WHERE scan = NEW.scan AND number = NEW.number)
  OR EXISTS (SELECT 1 FROM scanOutcome
    WHERE scan = NEW.scan AND number = NEW.number AND status = 'finished')
BEGIN SELECT RAISE(ABORT, 'attempts are numbered from 1, until one has finished'); END;

CREATE TRIGGER scanOutcomeIsOfItsVersion BEFORE INSERT ON scanOutcome
WHEN NEW.run IS NOT NULL AND NOT EXISTS (SELECT 1 FROM scan JOIN run ON run.version = scan.version
  WHERE scan.id = NEW.scan AND run.id = NEW.run)
BEGIN SELECT RAISE(ABORT, 'the runs of a scan are of its version'); END;

CREATE TRIGGER scanOutcomeHasNumbers BEFORE INSERT ON scanOutcome
WHEN EXISTS (SELECT 1 FROM json_each(NEW.outputs)
  WHERE type <> 'object' OR json_type(value, '$.value') IS NULL
    OR json_type(value, '$.value') NOT IN ('integer', 'real'))
BEGIN SELECT RAISE(ABORT, 'an output of a scan has a number as value'); END;

CREATE TRIGGER scanRoundFollows BEFORE INSERT ON scanRound
WHEN EXISTS (SELECT 1 FROM scanRound WHERE scan = NEW.scan
    AND (round > NEW.round OR evaluations > NEW.evaluations))
  OR NEW.round > (SELECT coalesce(max(round), 0) FROM scanProposal WHERE scan = NEW.scan)
BEGIN SELECT RAISE(ABORT, 'rounds are assessed in their order, when they were proposed'); END;

CREATE TRIGGER scanIdentityIsFixed
BEFORE UPDATE OF id, name, version, specification, family, fingerprint, seed, createdAt ON scan
BEGIN SELECT RAISE(ABORT, 'the identity of a scan never changes'); END;

CREATE TRIGGER scanIsKept BEFORE DELETE ON scan
BEGIN SELECT RAISE(ABORT, 'a scan is never deleted'); END;

CREATE TRIGGER scanFileIsFixed BEFORE UPDATE ON scanFile
BEGIN SELECT RAISE(ABORT, 'a file of a scan never changes'); END;

CREATE TRIGGER scanFileIsKept BEFORE DELETE ON scanFile
BEGIN SELECT RAISE(ABORT, 'a file of a scan is never deleted'); END;

CREATE TRIGGER scanProposalIsFixed BEFORE UPDATE ON scanProposal
BEGIN SELECT RAISE(ABORT, 'a proposal never changes'); END;

CREATE TRIGGER scanProposalIsKept BEFORE DELETE ON scanProposal
BEGIN SELECT RAISE(ABORT, 'a proposal is never deleted'); END;

CREATE TRIGGER scanOutcomeIsFixed BEFORE UPDATE ON scanOutcome
BEGIN SELECT RAISE(ABORT, 'an outcome never changes'); END;

CREATE TRIGGER scanOutcomeIsKept BEFORE DELETE ON scanOutcome
BEGIN SELECT RAISE(ABORT, 'an outcome is never deleted'); END;

CREATE TRIGGER scanRoundIsFixed BEFORE UPDATE ON scanRound
BEGIN SELECT RAISE(ABORT, 'a round never changes'); END;

CREATE TRIGGER scanRoundIsKept BEFORE DELETE ON scanRound
BEGIN SELECT RAISE(ABORT, 'a round is never deleted'); END;

CREATE VIEW scanPoints AS
SELECT scan.name AS scan, scanProposal.number, scanProposal.round, scanProposal.point,
  scanProposal.acquisition, coalesce(scanOutcome.status, 'pending') AS status,
  scanOutcome.attempt, scanOutcome.run, scanOutcome.outputs, scanOutcome.message
FROM scanProposal
JOIN scan ON scan.id = scanProposal.scan
LEFT JOIN scanOutcome
  ON scanOutcome.scan = scanProposal.scan AND scanOutcome.number = scanProposal.number
  AND scanOutcome.attempt = (SELECT max(attempt) FROM scanOutcome AS other
    WHERE other.scan = scanProposal.scan AND other.number = scanProposal.number);

CREATE VIEW scans AS
SELECT scan.name AS scan, analysis.name AS analysis, version.number AS version, scan.seed,
  scan.status, scan.reason,
  (SELECT count(*) FROM scanProposal WHERE scanProposal.scan = scan.id) AS proposed,
  (SELECT count(*) FROM scanOutcome
    WHERE scanOutcome.scan = scan.id AND scanOutcome.status = 'finished') AS finished,
  scan.engine, scan.createdAt, scan.startedAt, scan.endedAt
FROM scan
JOIN version ON version.id = scan.version
JOIN analysis ON analysis.id = version.analysis;
