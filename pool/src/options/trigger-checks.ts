/** Checks the options that say which Lambda triggers a pool has. */
import { arnMemberOf, arnOf, readLambdaArn } from '../triggers/lambda-arns.ts';
import { optionNameOf, TRIGGER_NAMES } from '../triggers/trigger-names.ts';
import { type Check, callable, invalid, object, text } from './checks.ts';
import type { PoolOptions, PoolServiceOptions } from './service-options.ts';

export const TRIGGER_FUNCTIONS: Check = object(
  Object.fromEntries(TRIGGER_NAMES.map((name) => [optionNameOf(name), callable])),
);

/** Also plain HTTP and other machines, because nobody but the user names the endpoint. */
export const LAMBDA_ENDPOINT: Check = (value, path) => {
  text()(value, path);
  // The check of the text has let nothing else pass
  if (!isEndpoint(value as string)) {
    throw invalid(`${path} must be a URL like "http://127.0.0.1:3001", without user, path and query`);
  }
};

function isEndpoint(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, origin, href } = new URL(value);
  return /^https?:$/.test(protocol) && href === `${origin}/`;
}

/**
 * Checks that the triggers of LambdaConfig can be run. A function takes the place of an ARN, so that ARN may be anything.
 *
 * @param path where the pool stands in the options: `pools[0].`
 * @throws TypeError that names the ARN's member of LambdaConfig
 */
export function checkLambdaArns(
  { userPool, settings, triggers = {} }: PoolOptions,
  lambdaEndpoint: string | undefined,
  path = '',
): void {
  const config = (settings?.userPool ?? userPool)?.LambdaConfig;
  const at = `${path}${settings ? 'settings.userPool' : 'userPool'}.LambdaConfig`;
  for (const name of TRIGGER_NAMES) {
    const arn: unknown = arnOf(config, name);
    if (arn === undefined || triggers[optionNameOf(name)]) continue;
    const member = `${at}.${arnMemberOf(config, name)}`;
    if (typeof arn !== 'string' || !readLambdaArn(arn)) {
      throw invalid(
        `${member} must be the ARN of a Lambda function, like "arn:aws:lambda:us-east-1:000000000000:function:NAME"`,
      );
    }
    if (lambdaEndpoint === undefined) {
      throw invalid(
        `${member} is an ARN, so lambdaEndpoint (--lambda-endpoint) must say where the Lambda API is, or triggers must have a function`,
      );
    }
  }
}

/** @throws TypeError as above */
export function checkEachLambdaArn({ pools, lambdaEndpoint }: PoolServiceOptions): void {
  for (const [index, pool] of pools.entries()) checkLambdaArns(pool, lambdaEndpoint, `pools[${index}].`);
}
