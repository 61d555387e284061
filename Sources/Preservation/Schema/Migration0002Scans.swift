// SPDX-License-Identifier: Apache-2.0

/// Scans with their append-only logs. Frozen: add a migration, never edit this.
let migration0002Scans = """
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
  INSERT INTO scanStatusMove (fromStatus, toStatus) VALUES
    ('created', 'running'), ('created', 'stopped'),
    ('running', 'stopped'), ('running', 'finished'), ('running', 'failed'),
    ('stopped', 'running'), ('finished', 'running'), ('failed', 'running');

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
  """
