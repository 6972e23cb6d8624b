/** What the command writes once its pools answer: where, what they have, and how to sign in. */
import type { Kept, PoolService, PoolServiceOptions, ServedPool } from '../index.ts';
import { DEFAULT_PASSWORD, DEFAULT_POOL } from './default-pool.ts';
import { toPrintable, toShellWord } from './printable-text.ts';

const MAX_USERS_SHOWN = 8;

/** What the command that signs in needs besides the names that the pool knows. */
export interface SignInHint {
  /** Whether the first app client has a secret. */
  readonly hasSecret: boolean;
  /** The password of the first user, if it is public because it stands in the documentation. */
  readonly publicPassword: string | undefined;
}

export function signInHintOf(options: PoolServiceOptions): SignInHint {
  const [client] = options.pools[0]?.clients ?? [];
  const secret = client && ('ClientId' in client ? client.secrets?.length : client.clientSecret);
  return {
    hasSecret: Boolean(secret),
    publicPassword: options === DEFAULT_POOL ? DEFAULT_PASSWORD : undefined,
  };
}

export function formatWelcome(
  { pools }: PoolService,
  hint: SignInHint,
  endpoint: string,
  kept?: Kept,
): string {
  const [first] = pools;
  const lines = [
    first && pools.length === 1
      ? `The local user pool ${first.userPoolId} answers at ${endpoint}`
      : `${pools.length} local user pools answer at ${endpoint}`,
    '',
    ...pools.flatMap((pool) => formatPool(pool, pools.length > 1)),
    'Sign in from another terminal:',
    '',
    ...(first ? [`  ${formatSignInCommand(first, hint, endpoint)}`] : []),
    '',
    'The pool sends no SMS and no e-mail. See the codes here:',
    '',
    `  ${endpoint}/_/outbox`,
    '',
    ...(kept
      ? formatKept(kept)
      : ['It is not for production. It keeps everything in memory, and Ctrl-C ends it.']),
  ];
  return `${lines.map(toPrintable).join('\n')}\n`;
}

/** Says where each pool comes from, because what the folder has wins over a seed that was changed. */
function formatKept({ dataFolder, keptPoolIds, addedPoolIds }: Kept): readonly string[] {
  return [
    `It keeps everything in ${dataFolder}, which has its keys and verifiers.`,
    ...(keptPoolIds.length > 0 ? [`  from there, whatever the seed says: ${keptPoolIds.join(', ')}`] : []),
    ...(addedPoolIds.length > 0 ? [`  new there: ${addedPoolIds.join(', ')}`] : []),
    '',
    'It is not for production. Ctrl-C ends it.',
  ];
}

function formatPool({ userPoolId, clientIds, users }: ServedPool, hasOthers: boolean): string[] {
  const all = users.all();
  const names = all.slice(0, MAX_USERS_SHOWN).map(({ username }) => username);
  const more = all.length > names.length ? ` and ${all.length - names.length} more` : '';
  return [
    ...(hasOthers ? [`  user pool    ${userPoolId}`] : []),
    `  app clients  ${clientIds.join(', ') || 'none'}`,
    `  users        ${names.join(', ') || 'none'}${more}`,
    '',
  ];
}

/** Writes the command to copy into a shell. It shows the default password, which is public, and no secret of a seed. */
function formatSignInCommand(
  { userPoolId, clientIds, users }: ServedPool,
  { hasSecret, publicPassword }: SignInHint,
  endpoint: string,
): string {
  const [clientId = 'CLIENT_ID'] = clientIds;
  const [user] = users.all();
  const words = [
    `npx cognito-srp-engine sign-in --endpoint ${endpoint} --user-pool-id ${userPoolId}`,
    `--client-id ${clientId} --username ${toShellWord(user?.username ?? 'NAME')}`,
  ];
  if (hasSecret) words.unshift('COGNITO_CLIENT_SECRET=…');
  if (publicPassword !== undefined) words.unshift(`COGNITO_PASSWORD=${publicPassword}`);
  return words.join(' ');
}

/** The line of --json. The ids of the first pool stand beside the endpoint, for scripts that know one pool. */
export function formatWelcomeJson({ pools }: PoolService, endpoint: string): string {
  const ids = pools.map(({ userPoolId, clientIds }) => ({ userPoolId, clientIds }));
  return `${JSON.stringify({ endpoint, ...ids[0], pools: ids })}\n`;
}
