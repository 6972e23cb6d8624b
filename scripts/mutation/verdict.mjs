/** Whether the report of a part is as it has to be: the score, and for some parts every survivor. */
import { describeMutant, keyOf } from './mutants.mjs';

/** Below this score a part fails, in per cent. */
const MIN_SCORE = 90;

/**
 * @param report Stryker's JSON report
 * @param argued the rows of the list of argued survivors
 * @param part the part's row in parts.mjs
 */
export function judge(report, argued, { everySurvivorArgued = false }) {
  const mutants = Object.entries(report.files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({
      ...describeMutant(file, source, mutant),
      status: mutant.status,
      at: mutant.location.start,
    })),
  );
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const figures = count(mutants, survivors, argued);
  const problems = [
    ...(figures.score < MIN_SCORE ? [`the score is ${figures.score} %, and has to be ${MIN_SCORE} %`] : []),
    ...(everySurvivorArgued ? unargued(survivors, argued) : []),
    ...noSurvivors(survivors, argued),
  ];
  return { figures, problems };
}

/** A mutant that cannot run, such as code that does not parse, counts for nothing. */
function count(mutants, survivors, argued) {
  const withStatus = (status) => mutants.filter((mutant) => mutant.status === status).length;
  const killed = withStatus('Killed');
  const timeout = withStatus('Timeout');
  const valid = killed + timeout + survivors.length;
  const score = Math.floor((1000 * (killed + timeout)) / valid) / 10;
  return { mutants: valid, killed, timeout, survived: survivors.length, argued: argued.length, score };
}

function unargued(survivors, argued) {
  const known = new Set(argued.map(keyOf));
  return survivors
    .filter((survivor) => !known.has(keyOf(survivor)))
    .map(
      ({ at, status: _, ...survivor }) =>
        `line ${at.line} survives and is not argued: ${JSON.stringify(survivor)}`,
    );
}

function noSurvivors(survivors, argued) {
  const found = new Set(survivors.map(keyOf));
  return argued
    .filter((row) => !found.has(keyOf(row)))
    .map((row) => `is argued and does not survive any more: ${keyOf(row)}`);
}
