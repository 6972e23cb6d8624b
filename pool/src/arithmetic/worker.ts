/** What a worker thread of `in-workers.ts` runs: one calculation for each message. */
import { calculate, type SrpCalculations } from './arithmetic.ts';
import { createOpensslHost } from './openssl.ts';

/** A calculation as it is posted to a thread. */
export interface Message<Name extends keyof SrpCalculations> {
  readonly name: Name;
  readonly parameters: SrpCalculations[Name]['parameters'];
}

const host = createOpensslHost();

export default function work<Name extends keyof SrpCalculations>({
  name,
  parameters,
}: Message<Name>): SrpCalculations[Name]['result'] {
  return calculate(host, name, parameters);
}
