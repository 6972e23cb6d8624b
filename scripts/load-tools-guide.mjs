/** Writes what `npm run test:loads` has measured into docs/guide/load-testing.md, and what it means for many users. */
import { cpus } from 'node:os';
import { quantile, table, writeBetween } from '../bench/report.mjs';

const PAGE = 'docs/guide/load-testing.md';
const USERS = 10_000;
/** AWS's default for InitiateAuth, in requests a second for an account in a region: quota UserAuthentication. */
const QUOTA = 120;
/** A core that is always busy answers late. */
const BUSY = 0.7;

/** @param figures what load-tools.mjs measures. `isBusy`: whether the machine had other work when it began */
export function writeLoadGuide({ artillery, engines, isBusy }) {
  const others = isBusy ? ' and with other programs. On a quiet machine the times are shorter' : '';
  const machine = `Measured with ${cpus().length} cores (${cpus()[0].model.trim()}), which the load tool shared with the local pool${others}.`;
  const runners = [
    { name: 'Artillery', perCore: 1 / artillery.cpuSecondsOfOne },
    ...Object.entries(engines).map(([name, { cpuSeconds, trends }]) => ({
      name: `k6's engine, ${name}`,
      perCore: trends.sign_in_duration.length / cpuSeconds,
    })),
  ];
  writeBetween(PAGE, 'artillery', `${machine}\n\n\`\`\`text\n${artillery.summary}\n\`\`\``);
  writeBetween(PAGE, 'k6', `${machine}\n\n${engineTable(engines)}`);
  const oneCore = runners.map(({ name, perCore }) => `${perCore.toFixed(1)} with ${name}`).join(', ');
  writeBetween(
    PAGE,
    'cores',
    `Sign-ins that one core makes in a second: ${oneCore}.\n\n${coresTable(runners)}`,
  );
}

const engineTable = (engines) =>
  table([
    ['250 sign-ins', 'signed in', 'a second', 'median', 'p95', 'sign-ins for each second of a core'],
    ...Object.entries(engines).map(
      ([
        name,
        {
          seconds,
          cpuSeconds,
          outcomes,
          trends: { sign_in_duration: times },
        },
      ]) => [
        name,
        String(outcomes['signed-in']),
        (times.length / seconds).toFixed(1),
        `${quantile(times, 0.5).toFixed(0)} ms`,
        `${quantile(times, 0.95).toFixed(0)} ms`,
        (times.length / cpuSeconds).toFixed(1),
      ],
    ),
  ]);

/** The rows are the times in which the users arrive: two that are round, and the shortest that the quota allows. */
function coresTable(runners) {
  const rows = [
    ['ten minutes', 600],
    [`${Math.ceil(USERS / QUOTA)} seconds`, Math.ceil(USERS / QUOTA)],
    ['one minute', 60],
  ];
  return table([
    [
      '10,000 users arrive within',
      'sign-ins a second',
      'of the quota',
      ...runners.map(({ name }) => `cores: ${name}`),
    ],
    ...rows.map(([name, seconds]) => {
      const rate = USERS / seconds;
      return [
        name,
        rate.toFixed(1),
        `${Math.round((rate / QUOTA) * 100)} %`,
        ...runners.map(({ perCore }) => String(Math.ceil(rate / (perCore * BUSY)))),
      ];
    }),
  ]);
}
